"""段块顺序 of pack.yaml: the blocks of a text in another order, and what is wrong with such a list."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen import packs
from reportgen.build import build
from reportgen.diagnostics import Label, Span
from reportgen.packs.order import arranged
from reportgen.word.text import read
from tests import small_packs
from tests.docxtpl_forms import xml_of
from tests.filled import lines
from tests.odd_files import UPRIGHT, WIDE, named
from tests.word_files import docx, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.diagnostics import Diagnostic

SAMPLE = Path(__file__).parents[1] / "data" / "shatian-2021.yaml"
END = "{%p endblock %}"
BLOCKS = lines("{%p block 一 %}", "一", END, "{%p block 二 %}", "二", "{%p block 内 %}", "内", END, END)
WITH = "".join(named(name) for name in "甲乙丙")


def pack(order: str, more: str = "") -> str:
    """Write a manifest with an order."""
    files = f"文件: [{{模板: report.docx, 输出: 报告.docx}}{more}]"
    return small_packs.DEFAULTS["pack.yaml"].replace(
        "文件: [{模板: report.docx, 输出: 报告.docx}]", f"{files}\n标题样式: [标题一, 标题二]\n段块顺序: {order}"
    )


def built(body: str, order: str) -> bytes:
    """Build a document of a template whose blocks are put into an order."""
    made = small_packs.built({"pack.yaml": pack(order), "report.docx": docx(body)})
    (document,) = made.documents
    return document.data


def said(data: bytes) -> list[str]:
    """Give the texts of a document."""
    made, _ = read(data, "d.docx")
    assert made
    return [one.text for one in made.paragraphs]


def named_in(finding: Diagnostic) -> str:
    """Give the block or the text that a finding names."""
    told = finding.values.get("name", finding.values.get("text"))
    return told.message if isinstance(told, Label) else str(told)


def found(body: str, order: str, **more: bytes) -> list[tuple[str, str]]:
    """Give the code and the name or text of each finding."""
    more_files = "".join(f", {{模板: {name}.docx, 输出: {name}.docx}}" for name in more)
    given: dict[str, str | bytes | None] = {"pack.yaml": pack(order, more_files), "report.docx": docx(body)}
    given |= {f"{name}.docx": data for name, data in more.items()}
    return [(one.rule.code, named_in(one)) for one in small_packs.found(given)]


def test_blocks_come_in_the_order_of_the_list() -> None:
    assert said(built(BLOCKS, "[二, 一]")) == ["二", "内", "一"]
    assert said(built(BLOCKS, "[一, 二]")) == ["一", "二", "内"]


def test_numerals_follow_the_order_in_which_headings_come() -> None:
    body = "".join(
        lines(f"{{%p block {name} %}}") + paragraph(name, "1") + paragraph("小", "2") + lines(END) for name in "甲乙丙"
    )
    assert said(built(body, "[丙, 甲, 乙]")) == ["一、丙", "（一）小", "二、甲", "（一）小", "三、乙", "（一）小"]


def test_what_shows_nothing_stays_between_the_blocks() -> None:
    body = named("甲") + lines("{%p set x = 1 %}", "") + lines("{%p block 乙 %}", "乙{{ x }}", END) + named("丙")
    assert said(built(body, "[丙, 乙, 甲]")) == ["丙", "", "乙1", "甲"]


def test_a_name_set_between_blocks_is_not_known_before() -> None:
    body = named("甲") + lines("{%p set x = 1 %}", "{%p block 乙 %}", "乙{{ x }}", END)
    assert found(body, "[甲, 乙]") == []
    assert found(body, "[乙, 甲]") == [("T502", "x")]


def test_a_block_that_ends_with_a_table_is_followed_by_a_paragraph() -> None:
    body = lines("{%p block 甲 %}") + table(["甲"]) + lines(END) + named("乙")
    assert b"</w:tbl><w:p/><w:sectPr" in xml_of(built(body, "[乙, 甲]"))


def test_every_section_takes_its_pages_along() -> None:
    body = named("正文", UPRIGHT) + named("附件", WIDE) + paragraph()
    xml = xml_of(built(body, "[附件, 正文]"))
    assert xml.index(b'w:w="16838"') < xml.index(b'w:w="11906"')


@pytest.mark.parametrize(
    ("body", "order", "faults"),
    [
        (WITH, "[丙, 乙, 甲]", []),
        (WITH, "[丙, 甲]", [("P112", "乙")]),
        (WITH, "[丙, 甲, 乙, 丁]", [("P111", "丁")]),
        (WITH, "[丙, 甲, 乙, 丙]", [("P113", "丙")]),
        (BLOCKS, "[一, 二, 内]", [("P111", "内")]),
        ("甲", "[甲]", [("P111", "甲")]),
        (lines("前") + WITH, "[甲, 乙, 丙]", [("P114", "前")]),
        (
            lines("前", "言") + WITH + lines("{{ 甲 }}村"),
            "[甲, 乙, 丙]",
            [("P114", "前言"), ("P114", "甲")],
        ),
        (
            lines("{%p if 甲 > 0 %}") + named("丁") + lines("{%p endif %}") + WITH,
            "[甲, 乙, 丙]",
            [("P114", "if 甲 > 0")],
        ),
        (paragraph(runs="<w:r><w:pict/></w:r>") + WITH, "[甲, 乙, 丙]", [("P114", "a picture or a formula")]),
        (named("正文", UPRIGHT) + named("附件"), "[附件, 正文]", [("P115", "附件")]),
        (named("正文", UPRIGHT) + named("附件", UPRIGHT), "[附件, 正文]", []),
        (named("正文", UPRIGHT) + named("附件") + named("附表"), "[正文, 附表, 附件]", []),
    ],
)
def test_a_list_that_does_not_fit_its_template_is_refused(
    body: str, order: str, faults: Sequence[tuple[str, str]]
) -> None:
    assert found(body if body.startswith("<") else paragraph(body), order) == list(faults)


def test_a_header_that_a_block_would_lose_is_a_reason() -> None:
    references = '<w:headerReference w:type="default" r:id="rId2"/>'
    first, second = named("封面", UPRIGHT), named("正文", UPRIGHT.replace("<w:pgSz", f"{references}<w:pgSz"))
    data = docx(first + second, headers=[paragraph("页眉")])
    findings = small_packs.found({"pack.yaml": pack("[正文, 封面]"), "report.docx": data})
    assert [(one.rule.code, one.values["name"]) for one in findings] == [("P115", "封面")]


def test_every_template_with_blocks_is_ordered_and_others_stay() -> None:
    assert found(WITH, "[甲, 乙, 丙]", plain=docx(paragraph("甲"))) == []
    assert found(WITH, "[甲, 乙, 丙]", other=docx(named("丁"))) == [("P112", "丁")]
    assert found(WITH, "[丁, 丙, 甲, 乙]", other=docx(named("乙") + named("丁"))) == []


def test_a_finding_stands_in_the_list_and_points_to_the_block() -> None:
    def one(order: str) -> Diagnostic:
        (finding,) = small_packs.found({"pack.yaml": pack(order), "report.docx": docx(WITH)})
        return finding

    missing, twice = one("[甲, 乙]"), one("[甲, 乙, 丙, 乙]")
    assert (missing.span.path, missing.span.line) == ("pack.yaml", 6)
    assert [(label.span.path, label.span.line) for label in missing.related] == [("report.docx", 7)]
    assert twice.span.column > twice.related[0].span.column


def test_the_sections_of_the_shipped_report_can_be_put_into_another_order() -> None:
    pack, found = packs.load("meizhou-self-evaluation@2021.1", Span())
    assert pack, found
    template = pack.templates["report.docx"]
    names = ["封面", "开篇", "自评情况", "基本情况", "下一步工作", "落款", "佐证清单", "评分表"]
    assert sorted(template.blocks) == sorted(names)
    order = [(name, Span()) for name in names]
    templates, wrong = arranged(pack.templates, order, Span())
    assert wrong == []
    (document,) = build(SAMPLE, pack=pack._replace(templates=templates)).documents
    headings = [one for one in said(document.data) if re.match("[一二三四]、|（[一二]）部门整体", one)]
    assert headings == [
        "一、绩效自评情况",
        "（二）部门整体支出绩效指标分析",
        "二、部门基本情况",
        "（一）部门整体概况",
        "三、下一步工作计划",
    ]

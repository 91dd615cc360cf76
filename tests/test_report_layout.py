"""What a layout asks a report for: read out of the templates of a pack, and named where a report lacks it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen import packs, report
from reportgen.audit import audit
from reportgen.cli import main
from reportgen.cli.face import CANNOT_RUN
from reportgen.report import Layout
from reportgen.report.layout import of_pack
from tests import small_packs

if TYPE_CHECKING:
    from pathlib import Path

PACK = "meizhou-self-evaluation@2021.1"
TEMPLATE = """{{ 自评.总分 }}年度部门整体支出绩效自评报告
填报人：
{%p if 甲 > 0 %}
联系电话：
{%p endif %}
一、部门基本情况
（一）部门整体概况
1.部门职责
{%p for 项 in [甲] %}
（二）{{ 项 }}
（三）各项工作
{%p endfor %}
{%p if 甲 > 0 %}{%p endif %}
二、自评结论
三、{{ 甲 }}情况
填报日期：
"""


def missing(text: str, layout: Layout) -> list[str]:
    """Give what is missed in a report."""
    found = audit(replace(report.of_text(text, "报告.txt"), layout=layout))
    return [str(one.values.get("title") or one.values["label"]) for one in found if one.rule.code in {"A605", "A606"}]


def test_a_template_is_read_but_for_what_is_filled_in_or_depends() -> None:
    with small_packs.made({"report.docx": TEMPLATE}) as (pack, found, _):
        assert pack, found
        headings = ((1, "部门基本情况"), (2, "部门整体概况"), (1, "自评结论"))
        assert of_pack(pack) == Layout(headings, ("填报人",))


def test_a_template_that_is_gone_asks_for_nothing() -> None:
    with small_packs.made({"report.docx": TEMPLATE}) as (pack, found, _):
        assert pack, found
        (pack.folder / "report.docx").unlink()
        assert of_pack(pack) == Layout((), ())


def test_the_pack_that_comes_along_asks_for_its_sections_and_fields() -> None:
    pack, found = packs.asked(PACK, templates=False)
    assert pack, found
    layout = of_pack(pack)
    assert [title for level, title in layout.sections if level == 1] == [
        "部门基本情况",
        "绩效自评情况",
        "下一步工作计划",
    ]
    assert layout.labels == ("部门名称", "下属二级预算单位数量", "填报人", "联系电话", "填报日期")


@pytest.mark.parametrize(
    ("asked", "title", "is_there"),
    [
        ("部门基本情况", "单位基本概况", True),
        ("部门整体支出绩效目标", "年度绩效目标设定情况", True),
        ("部门整体收入和部门整体支出情况", "单位整体收支情况（以决算数为统计口径）", True),
        ("部门整体支出绩效管理存在问题及改进意见", "存在的问题和整改情况", True),
        ("下一步工作计划", "下一步工作打算", True),
        ("下一步工作计划", "年度工作任务", False),
        ("部门整体支出绩效目标", "部门整体支出绩效指标分析", False),
        ("自评结论", "自评组织", False),
    ],
)
def test_titles_are_compared_by_the_words_that_count(asked: str, title: str, *, is_there: bool) -> None:
    assert missing(f"一、{title}\n", Layout(((1, asked),), ())) == ([] if is_there else [asked])


def test_what_is_in_a_missing_section_is_not_told_of() -> None:
    asked = ((1, "绩效自评情况"), (2, "自评结论"), (1, "工作计划"), (2, "打算"))
    assert missing("一、单位职能\n", Layout(asked, ())) == ["工作计划", "绩效自评情况"]
    assert missing("一、绩效自评情况\n", Layout(asked, ())) == ["工作计划", "自评结论"]


def test_a_report_without_headings_is_asked_for_its_cover_only() -> None:
    layout = Layout(((1, "自评结论"),), ("部门名称", "填报人", "填报日期"))
    assert missing("2023年度绩效自评报告\n评价单位：河湾镇\n报告日期：2024年5月\n", layout) == ["填报人"]


def test_the_command_takes_a_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("一、部门基本情况\n", "utf-8")
    main(["check", str(path), "--pack", PACK, "--format", "short"])
    printed = capsys.readouterr()
    assert "A605" in printed.out + printed.err
    assert main(["check", str(path), "--pack", "nothing@1"]) == CANNOT_RUN
    main(["check", str(path), "--format", "short"])
    printed = capsys.readouterr()
    assert "A605" not in printed.out + printed.err

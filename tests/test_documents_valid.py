"""Every kind of document that the program makes passes the Open XML SDK's validator and openxml-audit."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docxtpl

from reportgen import packs
from reportgen.build import build
from reportgen.diagnostics import Span
from reportgen.facts import Picture
from tests.docxtpl_forms import FACTS, OTHERWISE, SAME, tabled
from tests.filled import lines, template
from tests.pictures import frame, jpeg, png
from tests.subdocs import Given, linked, rich
from tests.word_files import cell, field, paragraph, run, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SAMPLE = Path(__file__).parents[1] / "data" / "shatian-2021.yaml"
# What each variant of the sample replaces: a pattern, and what stands there instead.
VARIANTS: dict[str, list[tuple[str, str]]] = {
    "as it is": [],
    "with an opening": [(r"(?m)^填报日期:", "开篇: |\n  第一段。\n\n  第二段。\n填报日期:")],
    "without what may be left out": [(r"(?ms)^统筹工作:.*?(?=^\S)", ""), (r"(?ms)^满意度调查:.*?(?=^\S)", "")],
    "with empty lists": [
        (r"(?ms)^内设机构:.*?(?=^\S)", "内设机构: []\n"),
        (r"(?ms)^存在问题:.*?(?=^\S)", "存在问题: []\n"),
    ],
    "of a city": [("级别: 县级", "级别: 市级"), ("自称: 我镇", "自称: 我局")],
    "with a purchase budget": [(r"  预算数: 0\n", "  预算数: 2.00\n")],
    "without petitions": [(r"(?ms)^信访:.*?(?=^\S)", "信访: {件数: 0, 回复件数: 0, 按时回复件数: 0}\n")],
    "without projects": [(r"(?ms)^专项资金项目:.*?(?=^\S)", "专项资金项目: {计划完成数: 0, 及时完成数: 0}\n")],
}
NONE: dict[str, Any] = {
    **FACTS,
    "长": "甲\u2029乙\n丙\t丁",
    "图": Picture("图 <1>.png", "PNG", 2000, 1000, png(2000, 1000)),
    "像": docxtpl.InlineImage(None, BytesIO(png()), width=99, anchor="https://www.example.org/"),
    "子": Given(rich()),
    "链": Given(linked()),
    "照片": Picture("照片.jpg", "JPEG", 2, 1, jpeg(frame())),
}
NOTHING = lines("{%p for x in 无 %}", "{%p endfor %}")
NO_ROWS = table(["{%tr for x in 无 %}"], ["{{ x }}"], ["{%tr endfor %}"])
GONE = "<w:r><w:delText>{{ 值 }}</w:delText></w:r>"
DUE = "甲{{ '【待补：乙】' }}丙"
WIDTH = '<w:tcW w:w="9" w:type="dxa"/>'
BOX = (
    '<w:r><w:pict><v:shape id="{}" style="width:99pt;height:99pt"><v:textbox><w:txbxContent>{}</w:txbxContent>'
    "</v:textbox></v:shape></w:pict></w:r>"
)
LOOP, CELLS = ("{%p for x in 列 %}", "{%p endfor %}"), ("{%tc for x in 列 %}", "{%tc endfor %}")


def note(kind: str, *texts: str) -> tuple[str, str]:
    """Give a paragraph with the sign of a note, and the notes: those that draw the line, and one of these texts."""
    sign = f'<w:r><w:{kind}Reference w:id="2"/></w:r>'
    drawn = "".join(
        f'<w:{kind} w:type="{name}" w:id="{at}"><w:p><w:r><w:{name}/></w:r></w:p></w:{kind}>'
        for at, name in enumerate(("separator", "continuationSeparator"))
    )
    return paragraph("甲", runs=sign), f'{drawn}<w:{kind} w:id="2">{lines(*texts)}</w:{kind}>'


MERGED = table(["{%tr for x in 列 %}", ""], [cell("{% vm %}甲"), "{{ x }}"], ["{%tr endfor %}", ""])
END = lines("{%p endif %}")
FOOTNOTE, ENDNOTE = note("footnote", "{{ 长 }}"), note("endnote", "{{ 值 }}", *LOOP)
EMPTY_NOTE = note("footnote", "{%p for x in 无 %}", "{%p endfor %}")
PICTURES = lines("甲{{ 图 }}{{ 照片 }}乙", LOOP[0], "{{ 图 }}", LOOP[1])
SHAPED = cell("{% colspan 二 %}{% cellbg '#FFC000' %}甲", WIDTH), cell("{% cellbg '' %}{% vm 真 %}乙")
CELLS_SHAPED = table(SHAPED, [CELLS[0], cell("{% hm %}{% cellbg 色 %}丙"), CELLS[1]], ["一", "二", "三"])
FORMS: dict[str, tuple[str, dict[str, Any]]] = {
    **SAME,
    **{name: (one.body, {}) for name, one in OTHERWISE.items()},
    "merged cells": (MERGED + paragraph(), {}),
    "merged cells with properties": (MERGED.replace(cell("{% vm %}甲"), cell("{% vm %}甲", WIDTH)) + paragraph(), {}),
    "an empty cell": (table([cell(NOTHING), "乙"]) + paragraph(), {}),
    "a cell that ends with a table": (table([table(["内"]) + NOTHING]) + paragraph(), {}),
    "a body that ends with a table": (table(["内"]) + NOTHING, {}),
    "no table": (paragraph() + NO_ROWS + paragraph(), {}),
    "no table in a cell": (table([NO_ROWS + NOTHING]) + paragraph(), {}),
    "an empty header": (paragraph(), {"headers": [NOTHING], "footers": [NOTHING]}),
    "a row of cells from a loop": (table([CELLS[0], "{{ x }}", CELLS[1]]) + paragraph(), {}),
    "a row of no cells": (table([CELLS[0].replace("列", "无"), "{{ x }}", CELLS[1]], ["甲"]) + paragraph(), {}),
    "a text box": (paragraph(runs=BOX.format("a", lines("{{ 长 }}"))), {}),
    "an empty text box": (paragraph(runs=BOX.format("a", NOTHING)), {}),
    "a text box in a condition": (lines("{%p if 真 %}") + paragraph(runs=BOX.format("a", lines("甲"))) + END, {}),
    "a footnote": (FOOTNOTE[0], {"footnotes": FOOTNOTE[1]}),
    "an endnote": (ENDNOTE[0], {"endnotes": ENDNOTE[1]}),
    "a note without text": (EMPTY_NOTE[0], {"footnotes": EMPTY_NOTE[1]}),
    "a note in a condition": (lines("{%p if 假 %}") + FOOTNOTE[0] + END, {"footnotes": FOOTNOTE[1]}),
    "breaks in a header": (paragraph(), {"headers": [lines("{{ 长 }}")], "footers": [table(["{{ 长 }}"]) + NOTHING]}),
    "a field in a loop": (lines(LOOP[0]) + paragraph("{{ x }}", runs=field(" PAGE ", "1")) + lines(LOOP[1]), {}),
    "a heading": (lines("{%p if 真 %}") + paragraph("{{ 长 }}", "1") + END, {}),
    "breaks": (lines("{{ 长 }}"), {}),
    "pictures": (PICTURES, {}),
    "pictures as paragraphs": (
        paragraph("{{p 图 }}", "1") + lines("{{p 照片 }}") + table([cell(lines("{{p 照片 }}"))]) + paragraph(),
        {},
    ),
    "pictures everywhere": (
        table([cell("{{ 图 }}", WIDTH)]) + FOOTNOTE[0],
        {
            "headers": [lines("{{ 图 }}")],
            "footers": [lines("{{ 照片 }}")],
            "footnotes": note("footnote", "{{ 图 }}")[1],
        },
    ),
    "a picture in a link": (paragraph(runs=f'<w:hyperlink w:anchor="a">{run("{{ 图 }}")}</w:hyperlink>'), {}),
    "a picture in a text box": (paragraph(runs=BOX.format("a", lines("{{ 图 }}"))), {}),
    "cells on grounds": (CELLS_SHAPED + paragraph(), {}),
    "what is to come": (paragraph(runs=f"<w:r><w:rPr><w:b/><w:u/></w:rPr><w:t>{DUE}</w:t></w:r>"), {}),
    "what is to come in a link": (paragraph(runs=f'<w:hyperlink w:anchor="a">{run(DUE)}</w:hyperlink>'), {}),
    "an image of a program": (paragraph(runs=run("{{ 像 }}")), {"headers": [lines("{{ 像 }}")]}),
    "a sub-document": (lines("{{p 子 }}", "{{p 子 }}", "{{p 链 }}", "{{p 链 }}"), {}),
    "a sub-document in other places": (
        tabled([cell(lines("{{p 子 }}"))]),
        {"headers": [lines("{{p 链 }}")], "footers": [lines("{{p 子 }}")]},
    ),
    "a content control": (f"<w:sdt><w:sdtContent>{lines('{{ 长 }}')}</w:sdtContent></w:sdt>", {}),
    "an inline content control": (paragraph(runs=f"<w:sdt><w:sdtContent>{run('{{ 值 }}')}</w:sdtContent></w:sdt>"), {}),
    "an insertion": (paragraph(runs=f'<w:ins w:id="1" w:author="a">{run("{{ 长 }}")}</w:ins>'), {}),
    "a deletion": (
        paragraph(runs='<w:del w:id="1" w:author="a"><w:r><w:delText>{{ 值 }}</w:delText></w:r></w:del>'),
        {},
    ),
    "bookmarks in a loop": (
        lines("{%p for x in 列 %}")
        + paragraph(runs=f'<w:bookmarkStart w:id="1" w:name="a"/>{run("{{ x }}")}<w:bookmarkEnd w:id="1"/>')
        + lines("{%p endfor %}"),
        {},
    ),
}


def samples(folder: Path) -> Iterator[tuple[str, bytes]]:
    for name, changes in VARIANTS.items():
        text = SAMPLE.read_text("utf-8")
        for pattern, instead in changes:
            assert re.search(pattern, text), (name, pattern)
            text = re.sub(pattern, instead, text, count=1)
        facts = folder / "facts.yaml"
        facts.write_text(text, "utf-8")
        built = build(facts)
        assert built.documents, (name, [(one.rule.code, one.values) for one in built.study.found])
        yield f"sample {name}", built.documents[0].data
    pack, _ = packs.load("meizhou-self-evaluation@2021.1", Span())
    assert pack
    turned = {name: one.arranged([*one.blocks][::-1]) for name, one in pack.templates.items()}
    (ordered,) = build(SAMPLE, pack=pack._replace(templates=turned)).documents
    yield "sample in another order", ordered.data
    (traced,) = build(SAMPLE, trace=True).documents
    yield "sample traced", traced.data
    facts.write_text(re.sub(r"(?ms)^(?:收入|存在问题|信访):.*?(?=^\S)", "", SAMPLE.read_text("utf-8")), "utf-8")
    (draft,) = build(facts, draft=True).documents
    yield "sample as a draft", draft.data


def forms() -> Iterator[tuple[str, bytes]]:
    for name, (body, parts) in FORMS.items():
        data, found = template(body, **parts).render(NONE)
        assert data is not None, (name, found)
        yield name, data


def test_every_kind_of_document_is_valid(
    validate: Callable[[Iterable[Path]], list[object]],
    tmp_path: Path,
) -> None:
    documents = []
    for number, (name, data) in enumerate([*samples(tmp_path), *forms()]):
        documents.append(tmp_path / f"{number} {name}.docx")
        documents[-1].write_bytes(data)
    assert validate(documents) == []

"""What a tag leaves behind when it takes paragraphs and rows away: documents that Word opens."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest

from reportgen.word.guard import mend
from tests.filled import lines, template
from tests.word_files import cell, paragraph, table

NOTHING = "{%p for 村 in 无 %}", "{%p endfor %}"
ROWS = (["{%tr for 村 in 无 %}"], ["{{ 村 }}"], ["{%tr endfor %}"])


def filled(body: str, **parts: Any) -> dict[str, str]:  # noqa: ANN401 — as `docx`
    """Fill a template in with an empty list and give the XML of the stories."""
    data, found = template(body, **parts).render({"无": []})
    assert data is not None, found
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist() if name.startswith("word/")}


@pytest.mark.parametrize("properties", ["", '<w:tcW w:w="900" w:type="dxa"/>'])
def test_an_empty_cell_gets_its_paragraph(properties: str) -> None:
    xml = filled(table([cell(lines(*NOTHING), properties), "乙"]) + paragraph())["word/document.xml"]
    assert re.search(r"(<w:tc>|</w:tcPr>)<w:p/></w:tc>", xml)


def test_a_cell_that_ends_with_a_table_gets_a_paragraph() -> None:
    xml = filled(table([table(["内"]) + lines(*NOTHING)]) + paragraph())["word/document.xml"]
    assert "</w:tbl><w:p/></w:tc>" in xml


def test_a_body_that_ends_with_a_table_gets_a_paragraph() -> None:
    xml = filled(table(["内"]) + lines(*NOTHING))["word/document.xml"]
    assert "</w:tbl><w:p/><w:sectPr" in xml


def test_a_table_without_rows_is_left_out() -> None:
    xml = filled(paragraph("前") + table(*ROWS) + paragraph("后"))["word/document.xml"]
    assert "<w:tbl>" not in xml
    assert "前" in xml
    assert "后" in xml


def test_a_table_without_rows_inside_a_cell_leaves_a_sound_cell() -> None:
    xml = filled(table([cell(table(*ROWS) + lines(*NOTHING)), "乙"]) + paragraph())["word/document.xml"]
    assert xml.count("<w:tbl>") == 1
    assert "<w:tc><w:p/></w:tc>" in xml


def test_only_the_table_without_rows_is_left_out() -> None:
    body = table(["甲"]) + paragraph() + table(*ROWS) + paragraph() + table(["乙"], *ROWS) + paragraph()
    xml = filled(body)["word/document.xml"]
    assert xml.count("<w:tbl>") == 2
    assert xml.count("<w:tr>") == 2


@pytest.mark.parametrize(
    ("parts", "name", "end"),
    [
        ({"headers": [lines(*NOTHING)]}, "word/header1.xml", "<w:p/></w:hdr>"),
        ({"footers": [lines(*NOTHING)]}, "word/footer1.xml", "<w:p/></w:ftr>"),
        (
            {"footnotes": f'<w:footnote w:id="2">{lines(*NOTHING)}</w:footnote>'},
            "word/footnotes.xml",
            '<w:footnote w:id="2"><w:p/></w:footnote>',
        ),
    ],
)
def test_other_stories_keep_a_paragraph(parts: dict[str, Any], name: str, end: str) -> None:
    assert end in filled(paragraph(), **parts)[name]


def test_a_text_box_keeps_a_paragraph() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{lines(*NOTHING)}</w:txbxContent></w:pict></w:r>"
    xml = filled(paragraph(runs=box))["word/document.xml"]
    assert "<w:txbxContent><w:p/></w:txbxContent>" in xml


def test_a_row_without_cells_is_left_out() -> None:
    none = [cell("{%tc for 村 in 无 %}"), cell("{{ 村 }}"), cell("{%tc endfor %}")]
    xml = filled(table(["甲"], none) + paragraph())["word/document.xml"]
    assert xml.count("<w:tr>") == 1
    assert "<w:tbl>" not in filled(table(none) + paragraph())["word/document.xml"]


@pytest.mark.parametrize(
    ("body", "fragile"),
    [
        (lines(*NOTHING, "末"), False),
        (lines(*NOTHING), True),
        (table(["头"], *ROWS) + paragraph(), False),
        (table(*ROWS, ["尾"]) + paragraph(), False),
        (table(*ROWS) + paragraph(), True),
        (table(ROWS[0], ROWS[2]) + paragraph(), True),
        (table([cell(lines(*NOTHING, "末"))]) + paragraph(), False),
        (table([cell(lines("首", *NOTHING))]) + paragraph(), True),
        (lines("{{ 无 | 数量 }}"), False),
    ],
)
def test_only_what_may_break_is_looked_at_again(body: str, *, fragile: bool) -> None:
    assert any(mend in menders for menders in template(body).menders.values()) == fragile


def test_a_sound_document_is_left_as_it_is() -> None:
    body = table(["甲", table(["乙"]) + paragraph("丙")]) + paragraph("{{ 无 | 数量 }}")
    assert "<w:p/>" not in filled(body)["word/document.xml"]

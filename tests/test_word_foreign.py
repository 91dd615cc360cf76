"""Word files of other programs: what python-docx writes is read as a reader sees it, also what it does not see."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, cast

import docx as python_docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml

from reportgen.word.text import Table, dump, read
from tests.word_files import NAMESPACES, field, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document as Made

    from reportgen.word.text import Document

BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
UNSEEN = {
    "content control": (f"<w:sdt><w:sdtContent>{run('乙')}</w:sdtContent></w:sdt>", "甲", "甲乙"),
    "tied to data": (
        f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent>{run("乙")}</w:sdtContent></w:sdt>',
        "甲",
        "甲乙",
    ),
    "insertion": (f"<w:ins>{run('乙')}</w:ins>", "甲", "甲乙"),
    "moved here": (f"<w:moveTo>{run('乙')}</w:moveTo>", "甲", "甲乙"),
    "simple field": (f'<w:fldSimple w:instr="PAGE">{run("1")}</w:fldSimple>', "甲", "甲1"),
    "smart tag": (f"<w:smartTag>{run('乙')}</w:smartTag>", "甲", "甲乙"),
    "formula": ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "甲", "甲x"),
    "symbol": ('<w:r><w:sym w:font="Symbol" w:char="F0B4"/></w:r>', "甲", "甲×"),
    "hidden": ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>乙</w:t></w:r>", "甲乙", "甲"),
    "field": (field("PAGE", "1"), "甲1", "甲1"),
}


def opened(made: Made) -> Document:
    out = BytesIO()
    made.save(out)
    document, found = read(out.getvalue(), "a.docx")
    assert document, found
    return document


def appended(made: Made, xml: str) -> None:
    """Put XML of ours before the end of a document."""
    for one in parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"):
        made.element.body.insert(len(made.element.body) - 1, one)


@pytest.mark.parametrize(("runs", "theirs", "ours"), UNSEEN.values(), ids=UNSEEN)
def test_trap_python_docx_does_not_see_all_text(runs: str, theirs: str, ours: str) -> None:
    made = python_docx.Document()
    appended(made, paragraph("甲", runs=runs))
    assert [one.text for one in made.paragraphs] == [theirs]
    assert [one.text for one in opened(made).paragraphs] == [ours]


def test_trap_python_docx_does_not_see_paragraphs_in_content_controls_and_text_boxes() -> None:
    made = python_docx.Document()
    appended(made, f"<w:sdt><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>")
    appended(made, paragraph("乙", runs=BOX.format(paragraph("框"))))
    assert [one.text for one in made.paragraphs] == ["乙"]
    assert [one.text for one in opened(made).paragraphs] == ["甲", "乙", "框"]


def test_headings_lists_and_tables_of_python_docx() -> None:
    made = python_docx.Document()
    made.add_heading("绩效自评报告", 0)
    made.add_heading("部门概况", 1)
    for style in ("List Number", "List Number", "List Bullet", "List Number"):
        made.add_paragraph("项", style)
    made.add_heading("职责", 2)
    table = made.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "并"
    table.cell(2, 2).text = "末"
    document = opened(made)
    assert dump(document) == (
        "[Title] 绩效自评报告\n[heading 1] 部门概况\n[List Number] ‹1.›项\n[List Number] ‹2.›项\n[List Bullet] ‹•›项\n"
        "[List Number] ‹3.›项\n[heading 2] 职责\n| 并 |  |  |\n|  |  |  |\n|  |  | 末 |\n"
    )
    assert [(one.level, one.text) for one in document.paragraphs if one.level] == [(1, "部门概况"), (2, "职责")]
    found = cast("Table", document.layout["正文"][-1])
    assert (found.rows[0].cells[0].columns, found.rows[0].cells[0].rows) == (2, 2)


def test_headers_of_sections_of_python_docx() -> None:
    made = python_docx.Document()
    made.sections[0].header.paragraphs[0].text = "眉"
    made.add_paragraph("甲")
    made.add_section(WD_SECTION.NEW_PAGE)
    own = made.add_section(WD_SECTION.NEW_PAGE)
    own.different_first_page_header_footer = True
    own.header.is_linked_to_previous = False
    own.first_page_header.paragraphs[0].text = "首"
    made.add_paragraph("乙")
    document = opened(made)
    assert [(one.part, one.text) for one in document.paragraphs if one.part != "正文"] == [
        ("页眉1", "眉"),
        ("页眉2", "首"),
        ("页眉3", ""),
    ]
    assert [dict(one.headers) for one in document.sections] == [
        {"default": "页眉1"},
        {"default": "页眉1"},
        {"default": "页眉3", "first": "页眉2"},
    ]

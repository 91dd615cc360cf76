"""Tags where nobody fills any in are refused, and the paragraph that shows them is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from reportgen import word
from reportgen.word.review import review
from tests.docxtpl_forms import plain, xml_of
from tests.filled import lines
from tests.word_files import WML, docx, paragraph, part, relationships, run, table

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic

OPEN: Final = "application/vnd.openxmlformats-officedocument"
DRAWN: Final = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
PIECES: Final = "<a:p><a:r><a:t>甲{{ </a:t></a:r><a:r><a:t>值 }}</a:t></a:r></a:p>"
CHART: Final = (
    f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" {DRAWN}><c:chart><c:title><c:tx>'
    f"<c:rich>{PIECES}</c:rich></c:tx></c:title></c:chart></c:chartSpace>"
)
DIAGRAM: Final = (
    f'<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" {DRAWN}>'
    f"<dgm:t>{PIECES}</dgm:t></dgm:dataModel>"
)
CUSTOM: Final = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="urn:vt">'
    '<property name="文号"><vt:lpwstr>甲{{ 值 }}</vt:lpwstr></property></Properties>'
)
LEVEL: Final = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:lvlText w:val="甲{{ 值 }}"/></w:lvl></w:abstractNum>'
)
SHOWN: Final = '<w:r><w:drawing><a:graphic xmlns:a="urn:a" r:id="rId50"/></w:drawing></w:r>'
PICTURE: Final = '<w:r><w:drawing><a:x xmlns:a="urn:a" descr="{}"/></w:drawing></w:r>'
LINK: Final = '<w:hyperlink {}="{}">' + run("链接") + "</w:hyperlink>"
CONTROL: Final = '<w:sdt><w:sdtPr><w:alias w:val="{}"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'


def shown(kind: str, content_type: str, content: str) -> dict[str, Any]:
    """Give a part that the main text links to as `rId50`."""
    name = f"{kind}s/{kind}1.xml"
    return {
        "links": [("rId50", kind, name)],
        "types": {f"word/{name}": content_type},
        "replace": {f"word/{name}": content.encode()},
    }


def refused(body: str, **parts: Any) -> list[Diagnostic]:  # noqa: ANN401 — as `docx`
    compiled, found = word.compile(docx(body, **parts), "t.docx")
    assert compiled is None
    assert {one.rule.code for one in found} == {"T540"}
    assert [str(one.span) for one in review(docx(body, **parts), "t.docx") if one.rule.code == "T540"]
    return found


@pytest.mark.parametrize(
    ("kind", "content_type", "content"),
    [
        ("chart", f"{OPEN}.drawingml.chart+xml", CHART),
        ("diagramData", f"{OPEN}.drawingml.diagramData+xml", DIAGRAM),
        ("diagramDrawing", "application/vnd.ms-office.drawingml.diagramDrawing+xml", DIAGRAM),
    ],
)
def test_trap_a_chart_or_diagram_is_not_filled_in_and_is_reported_where_it_is_shown(
    kind: str, content_type: str, content: str
) -> None:
    body, parts = paragraph("前") + table([paragraph(runs=SHOWN)]), shown(kind, content_type, content)
    assert content.encode() == xml_of(plain(body, {"值": "乙"}, **parts), f"word/{kind}s/{kind}1.xml")
    (found,) = refused(body, **parts)
    assert (found.span.part, found.span.line, found.span.cell) == ("正文", 2, "表1 第1行第1列")
    assert found.values["text"] == "甲{{ 值 }}"


def test_a_tag_in_a_drawing_that_nothing_shows_is_reported_with_its_part() -> None:
    (found,) = refused(paragraph("前"), **shown("chart", f"{OPEN}.drawingml.chart+xml", CHART))
    assert (found.span.part, found.span.line) == ("word/charts/chart1.xml", 0)


def test_trap_a_property_of_the_file_is_not_filled_in() -> None:
    links = ("rId1", "officeDocument", "word/document.xml"), ("rId2", "custom-properties", "docProps/custom.xml")
    parts: dict[str, Any] = {
        "types": {"docProps/custom.xml": f"{OPEN}.custom-properties+xml"},
        "replace": {"docProps/custom.xml": CUSTOM.encode(), "_rels/.rels": relationships(*links)},
    }
    assert CUSTOM.encode() == xml_of(plain(lines("甲"), {"值": "乙"}, **parts), "docProps/custom.xml")
    (found,) = refused(lines("甲"), **parts)
    assert (found.span.part, found.values["text"]) == ("docProps/custom.xml", "甲{{ 值 }}")


def test_a_tag_in_the_numeral_of_a_list_is_reported() -> None:
    numbering = part("numbering", LEVEL).decode()
    (found,) = refused(lines("甲"), **shown("numbering", f"{WML}.numbering+xml", numbering))
    assert (found.span.part, found.values["text"]) == ("word/numberings/numbering1.xml", "甲{{ 值 }}")


@pytest.mark.parametrize(
    "body",
    [
        paragraph(runs='<w:r><w:pict><v:shape id="a"><v:textpath string="甲{{ 值 }}"/></v:shape></w:pict></w:r>'),
        paragraph(runs=PICTURE.format("甲｛｛ 值 ｝｝") * 2),
        paragraph(runs=f"<w:r><w:drawing><a:x {DRAWN}>{PIECES}</a:x></w:drawing></w:r>"),
        paragraph(runs=LINK.format("w:tooltip", "{% if 值 %}")),
        CONTROL.format("甲{{ 值 }}", paragraph("控件")),
    ],
    ids=["watermark", "description", "drawn text", "tooltip", "title of a control"],
)
def test_a_tag_beside_the_text_of_a_paragraph_is_reported(body: str) -> None:
    found = refused(paragraph("前") + body, headers=[body])
    assert [(one.span.part, one.span.line) for one in found] == [("正文", 2), ("页眉1", 1)]


def test_a_tag_in_a_description_of_a_table_is_reported_at_its_first_cell() -> None:
    body = table(["甲"]).replace("<w:tblW", '<w:tblCaption w:val="{{ 值 }}"/><w:tblW')
    (found,) = refused(paragraph("前") + body + paragraph())
    assert (found.span.line, found.span.cell) == (2, "表1 第1行第1列")


@pytest.mark.parametrize(
    "address", ["https://www.example.org/{{ 值 }}", "https://www.example.org/%7B%7B%20值%20%7D%7D"]
)
def test_a_tag_in_the_address_of_a_link_is_reported_where_the_link_stands(address: str) -> None:
    body = paragraph("前") + paragraph(runs=LINK.format("r:id", "rId50"))
    (found,) = refused(body, links=[("rId50", "hyperlink", address)])
    assert (found.span.part, found.span.line, found.values["text"]) == ("正文", 2, "https://www.example.org/{{ 值 }}")


def test_a_tag_in_the_address_of_a_link_that_nobody_uses_is_reported() -> None:
    (found,) = refused(lines("甲"), links=[("rId50", "hyperlink", "https://www.example.org/{{ 值 }}")])
    assert (found.span.part, found.span.line) == ("正文", 0)


def test_braces_that_are_no_tag_and_what_is_deleted_are_no_fault() -> None:
    body = paragraph(runs=PICTURE.format("{28A0092B-C50C-407E-A947-70E740481C1C}"))
    body += paragraph(runs=f'<w:del w:id="1" w:author="a">{PICTURE.format("{{ 值 }}")}</w:del>')
    made = shown("chart", f"{OPEN}.drawingml.chart+xml", CHART.replace("{{", "{").replace("}}", "}"))
    compiled, found = word.compile(docx(body, **made), "t.docx")
    assert compiled is not None, found

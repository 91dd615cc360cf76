"""The traps of Word files that an office, a validator or an archive makes, and of docxtpl outside the body."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx as python_docx
import docxtpl
import jinja2
import pytest

from reportgen import pdf
from reportgen.build import build
from reportgen.word import compile  # noqa: A004 — the field's word
from reportgen.word.review import review
from tests.docxtpl_forms import plain, xml_of
from tests.filled import faults, lines, template
from tests.test_validators import FAULTS
from tests.word_files import WML, cell, docx, paragraph, part, parts, relationships, run, table, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Printed

SAMPLE = Path(__file__).parents[1] / "data" / "shatian-2021.yaml"
TEMPLATES = sorted((Path(__file__).parents[1] / "templates").rglob("*.docx"))


def test_trap_names_that_a_template_needs_are_found_with_our_environment_only() -> None:
    body = lines("{{ 值 | 金额 }}{{ 表[0] }}")
    with pytest.raises(jinja2.TemplateSyntaxError):
        docxtpl.DocxTemplate(io.BytesIO(docx(body))).get_undeclared_template_variables()
    assert [(one.rule.code, one.values["name"]) for one in template(body).check([{}])] == [
        ("T502", "值"),
        ("T502", "表"),
    ]


def test_trap_tags_in_comments_are_not_filled_in() -> None:
    name, remark = "word/comments.xml", '<w:comment w:id="1" w:author="a">{}</w:comment>'
    body = paragraph("甲", runs='<w:r><w:commentReference w:id="1"/></w:r>')
    made: dict[str, Any] = {
        "types": {name: f"{WML}.comments+xml"},
        "replace": {name: part("comments", remark.format(paragraph("{{ 值 }}")))},
        "links": [("rId77", "comments", "comments.xml")],
    }
    assert "{{ 值 }}".encode() in xml_of(plain(body, {"值": "乙"}, **made), name)
    assert [one.rule.code for one in review(docx(body, **made), "t.docx")] == ["T210"]


def test_trap_footnotes_are_filled_in_once_for_each_section() -> None:
    section = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    notes = f'<w:footnote w:id="2">{lines("{{ 值 }}{{ 次 }}")}</w:footnote>'
    values = {"值": "{{ 次 }}", "次": "一"}
    assert "一一".encode() in xml_of(plain(section * 2, values, footnotes=notes), "word/footnotes.xml")
    data, _ = template(section * 2 + paragraph(), footnotes=notes).render(values)
    assert data is not None
    assert "{{ 次 }}一".encode() in xml_of(data, "word/footnotes.xml")


@pytest.mark.parametrize("tag", [f"{{% {shape} 值 / 0 %}}" for shape in ("colspan", "cellbg", "vm", "hm")])
def test_trap_tags_that_shape_a_cell_move_within_it(tag: str) -> None:
    body = lines("{{ 值 }}") + table(["甲", cell(f"乙{tag}", '<w:tcW w:w="9" w:type="dxa"/>')]) + paragraph()
    _, found = template(body).render({"值": Decimal(1)})
    assert [(one.span.line, one.span.cell) for one in found] == [(3, "表1 第1行第2列")]


def test_trap_each_header_has_places_of_its_own() -> None:
    made = template(lines("甲"), headers=[lines("乙", "{{ 值 / 0 }}"), lines("{{ 值 / 0 }}")])
    _, found = made.render({"值": Decimal(1)})
    assert [(one.span.part, one.span.line) for one in found] == [("页眉1", 2), ("页眉2", 1)]


def test_trap_escapes_of_quotes_survive_in_tags() -> None:
    body = lines("{{ '\\u201c三公\\u201d' }}")
    assert b"\xe2\x80\x9c" in xml_of(plain(body, {}))
    assert [one.rule.code for one in faults(lines("{{ '甲 }}"))] == ["T532"]


ITEM = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
OWN_PART: dict[str, Any] = {
    "links": [("rId77", "customXml", "../customXml/item1.xml")],
    "types": {"customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"},
    "replace": {
        "customXml/item1.xml": b'<facts xmlns="urn:facts"/>',
        "customXml/_rels/item1.xml.rels": relationships(("rId1", "customXmlProps", "itemProps1.xml")),
        "customXml/itemProps1.xml": (
            f'<ds:datastoreItem ds:itemID="{{1B1A8B4A-9C8C-4C55-9A7D-5F0D2F2A1C11}}" xmlns:ds="{ITEM}"/>'
        ).encode(),
    },
}


def test_trap_an_office_keeps_controls_and_bookmarks_but_not_tags_of_controls(
    tool: Callable[[str], Path], tmp_path: Path
) -> None:
    control = '<w:sdtPr><w:alias w:val="甲控件"/><w:tag w:val="乙标识"/><w:id w:val="77"/></w:sdtPr>'
    body = f'<w:p><w:bookmarkStart w:id="1" w:name="丙书签"/>{run("文")}<w:bookmarkEnd w:id="1"/></w:p>'
    body += f"<w:sdt>{control}<w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
    source = tmp_path / "in" / "a.docx"
    source.parent.mkdir()
    source.write_bytes(docx(body, **OWN_PART))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [
        str(tool("soffice")),
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(convert, check=True, capture_output=True)
    with zipfile.ZipFile(tmp_path / "a.docx") as opened:
        xml = opened.read("word/document.xml").decode()
        assert opened.read("customXml/item1.xml").endswith(OWN_PART["replace"]["customXml/item1.xml"])
    assert '<w:id w:val="77"/>' not in xml
    assert [one in xml for one in ("<w:sdt>", "甲控件", "丙书签", "乙标识")] == [True, True, True, False]


@pytest.mark.parametrize("name", FAULTS)
def test_trap_python_docx_opens_what_no_validator_passes(name: str) -> None:
    source = io.BytesIO()
    document = python_docx.Document()
    document.add_paragraph("正文")
    document.add_table(1, 1)
    document.save(source)
    with zipfile.ZipFile(source) as opened:
        files = {one: opened.read(one) for one in opened.namelist()}
    text = files["word/document.xml"].decode()
    assert FAULTS[name].old in text
    files["word/document.xml"] = text.replace(FAULTS[name].old, FAULTS[name].new, 1).encode()
    noticed = False
    try:
        python_docx.Document(io.BytesIO(zipped(files)))
    except Exception:  # noqa: BLE001 — whatever it is
        noticed = True
    assert noticed == (name == "a body that is not closed")


def test_trap_names_that_an_explorer_wrote_are_no_utf8() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        for name, data in {**parts(paragraph("甲")), "word/media/tupian.png": b"BM"}.items():
            opened.writestr(name, data)
    packed = out.getvalue().replace(b"tupian", "图片啊".encode("gbk"))
    assert "图片啊" not in "".join(zipfile.ZipFile(io.BytesIO(packed)).namelist())
    _, found = compile(packed, "t.docx")
    assert [one.rule.code for one in found] == ["T119"]


@pytest.mark.parametrize("name", ["word/CON", "word/nul.png", "word/..\\a.png", "C:\\a.png"])
def test_trap_names_that_windows_takes_for_something_else(name: str) -> None:
    files = {**parts(paragraph("甲")), name: b"BM"}
    _, found = compile(zipped(files), "t.docx")
    assert found


def test_trap_fonts_are_never_carried_along() -> None:
    (made,) = build(SAMPLE).documents
    with zipfile.ZipFile(io.BytesIO(made.data)) as opened:
        assert [one for one in opened.namelist() if re.search("odttf|fonts/", one)] == []
        assert b"embedTrueTypeFonts" not in b"".join(map(opened.read, opened.namelist()))


def test_trap_no_font_of_official_documents_is_at_hand_and_others_stand_in() -> None:
    settings = Path(pdf.__file__).with_name("fonts.conf").read_text("utf-8")
    assert all(
        f"<family>{font}</family><accept>" in settings for font in ("仿宋_GB2312", "楷体_GB2312", "方正小标宋简体")
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.parent.name)
def test_trap_no_template_carries_fonts(path: Path) -> None:
    with zipfile.ZipFile(path) as opened:
        assert [one for one in opened.namelist() if re.search("odttf|fonts/", one)] == []


def test_trap_two_pages_of_one_document_differ_in_their_bytes(printed: Printed) -> None:
    assert re.search(rb"/CreationDate", printed.pdf.read_bytes())
    assert build(SAMPLE).documents == build(SAMPLE).documents

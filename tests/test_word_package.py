"""A .docx as a package: what is read, what is refused, and what is written again."""

from __future__ import annotations

import datetime as dt
import io
import struct
import sys
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from reportgen.word import container, package
from tests import word_files
from tests.word_files import NAMESPACES, WML, docx, field, paragraph, part, run, table, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from reportgen.diagnostics import Diagnostic
    from tests.tools.validators import Finding

RICH = docx(
    paragraph("标题", "1") + table(["甲", "乙"], ["1", "2"]) + paragraph(runs=field("PAGE", "1")),
    headers=[paragraph("页眉")],
    footers=[paragraph("第"), paragraph("首页")],
    footnotes='<w:footnote w:id="1"><w:p/></w:footnote>',
    endnotes='<w:endnote w:id="1"><w:p/></w:endnote>',
)


def found(data: bytes) -> list[Diagnostic]:
    return package.read(data, "模板.docx")[1].found


def codes(data: bytes) -> set[str]:
    read, trees = package.read(data, "模板.docx")
    assert (read is None) == bool(trees.found)
    return {one.rule.code for one in trees.found}


def sound(data: bytes) -> package.Package:
    read, trees = package.read(data, "模板.docx")
    assert trees.found == []
    assert read
    return read


def listed(data: bytes, name: str, **fields: int) -> bytes:
    """Change fields of one entry's record in the list of contents: flags, method, crc, packed, size, offset."""
    places = {"flags": (8, "<H"), "method": (10, "<H"), "crc": (16, "<L"), "packed": (20, "<L"), "size": (24, "<L")}
    places["offset"] = (42, "<L")
    at = data.index(name.encode(), data.index(b"PK\1\2")) - 46
    changed = bytearray(data)
    for key, value in fields.items():
        offset, form = places[key]
        struct.pack_into(form, changed, at + offset, value)
    return bytes(changed)


def with_part(name: str, data: bytes = b"BM", kind: str = "image/png") -> bytes:
    return docx(paragraph("甲"), types={name: kind}, replace={name: data})


def twice() -> bytes:
    out = io.BytesIO(docx(paragraph("甲")))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("word/Document.xml", part("document", "<w:body/>"))
    return out.getvalue()


def linked(kind: str, target: str, key: str = "rId77") -> bytes:
    return docx(paragraph("甲"), links=[(key, kind, target)])


def body(xml: str) -> bytes:
    return docx(xml)


def main(document: bytes) -> bytes:
    return docx("", replace={"word/document.xml": document})


def typed(kind: str) -> bytes:
    return docx("", types={"word/document.xml": kind})


def raw(name: str, data: bytes | None) -> bytes:
    return docx(paragraph("甲"), replace={name: data})


DOCUMENT = part("document", "<w:body><w:p/></w:body>")
STRICT = b'<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
SPLIT = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r></w:p><w:p>'
    '<w:r><w:instrText>AUTO c:\\x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
NESTED = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPER</w:instrText></w:r>'
    f'{field("PAGE", "1")}<w:r><w:instrText>LINK</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
TYPED_IN = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("DDEAUTO")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
UNENDED = SPLIT.replace('"end"', '"separate"')
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NO_ROOT_LINKS = word_files.relationships()

CONTAINER: dict[str, tuple[bytes, set[str]]] = {
    "empty": (b"", {"T101"}),
    "only spaces": (b" \n", {"T101"}),
    "text": (b"hello", {"T101"}),
    "pdf": (b"%PDF-1.7 ...", {"T101"}),
    "rtf": (b"{\\rtf1 ...", {"T101"}),
    "web page": (b"\xef\xbb\xbf <html>", {"T101"}),
    "old doc": (OLE + bytes(600), {"T102"}),
    "password": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), {"T103"}),
    "encrypted entry": (listed(RICH, "word/document.xml", flags=1), {"T103"}),
    "cut off": (RICH[: len(RICH) // 2], {"T104"}),
    "list of contents cut": (RICH[:-30] + RICH[-22:], {"T104"}),
    "declared length too small": (listed(RICH, "word/document.xml", size=10), {"T105"}),
    "declared length too large": (listed(RICH, "word/document.xml", size=100_000), {"T105"}),
    "packed length too small": (listed(RICH, "word/document.xml", packed=10), {"T105"}),
    "packed length too large": (listed(RICH, "word/document.xml", packed=1_000_000), {"T105"}),
    "checksum": (listed(RICH, "word/document.xml", crc=1), {"T105"}),
    "local header elsewhere": (listed(RICH, "word/document.xml", offset=1), {"T105"}),
    "local header of another part": (listed(RICH, "word/document.xml", offset=0), {"T105"}),
    "local header behind the end": (listed(RICH, "word/document.xml", offset=0x7FFFFFFF), {"T105"}),
    "not deflate": (
        listed(zipped(word_files.parts("甲"), zipfile.ZIP_STORED), "word/document.xml", method=8),
        {"T105"},
    ),
    "method": (listed(RICH, "word/document.xml", method=12), {"T106"}),
    "absolute name": (with_part("/word/a.png"), {"T107"}),
    "name upwards": (with_part("word/../../a.png"), {"T107"}),
    "backslash": (with_part("word\\a.png"), {"T107"}),
    "drive": (with_part("C:/a.png"), {"T107"}),
    "nul in the name": (RICH.replace(b"word/footer1.xml", b"word/foo\0er1.xml"), {"T107", "T123"}),
    "empty step": (with_part("word//a.png"), {"T107"}),
    "folder with content": (with_part("word/media/"), {"T107"}),
    "duplicate": (twice(), {"T108"}),
    "zip bomb": (with_part("word/a.png", bytes(9 << 20)), {"T111"}),
    "bare zip": (zipped({"a.txt": b"x"}), {"T101"}),
    "empty zip": (zipped({"a/": b""}), {"T112"}),
}

CONTENT: dict[str, tuple[bytes, set[str]]] = {
    "no content types": (raw("[Content_Types].xml", None), {"T112"}),
    "no root relationships": (raw("_rels/.rels", None), {"T112"}),
    "no main relationship": (raw("_rels/.rels", NO_ROOT_LINKS), {"T112"}),
    "no main document": (raw("word/document.xml", None), {"T112"}),
    "not well-formed": (main(b"<w:document>"), {"T113"}),
    "header not well-formed": (docx("", headers=["<w:p>"]), {"T113"}),
    "unused part not well-formed": (with_part("customXml/item1.xml", b"<a>", "application/xml"), {"T113"}),
    "too deep": (main(part("document", "<w:p>" * 300 + "</w:p>" * 300)), {"T113"}),
    "no xml": (main(b""), {"T113"}),
    "utf-16": (main(DOCUMENT.decode().replace("UTF-8", "UTF-16").encode("utf-16")), {"T114"}),
    "utf-16 without a mark": (main(DOCUMENT.decode().encode("utf-16-le")), {"T114"}),
    "gbk": (main('<?xml version="1.0" encoding="GBK"?><a>中</a>'.encode("gbk")), {"T114"}),
    "gbk undeclared": (main("<a>中</a>".encode("gbk")), {"T114"}),
    "utf-7": (main(b"<?xml version='1.0' encoding='UTF-7'?><a/>"), {"T114"}),
    "doctype": (main(DOCUMENT.replace(b"<w:doc", b"<!DOCTYPE a><w:doc", 1)), {"T115"}),
    "entities": (main(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), {"T115"}),
    "another root": (raw("word/styles.xml", part("hdr", "")), {"T116"}),
    "workbook": (main(b'<workbook xmlns="urn:x"/>'), {"T117"}),
    "strict": (main(STRICT), {"T129"}),
    "strict part": (raw("word/styles.xml", STRICT), {"T129"}),
    "template for new documents": (typed(f"{WML}.template.main+xml"), {"T118"}),
    "macros": (typed("application/vnd.ms-word.document.macroEnabled.main+xml"), {"T118"}),
    "macro project": (with_part("word/vbaProject.bin", kind="application/vnd.ms-office.vbaProject"), {"T118"}),
    "activex": (with_part("word/a.bin", kind="application/vnd.ms-office.activeX"), {"T118"}),
    "ole": (with_part("word/a.bin", kind="application/vnd.openxmlformats-officedocument.oleObject"), {"T118"}),
    "no content type": (raw("word/a.bin", b"x"), {"T119"}),
    "no content type, no suffix": (raw("word/a", b"x"), {"T119"}),
    "linked picture": (linked("image", "https://example.org/a.png"), {"T120"}),
    "linked file": (linked("image", "\\\\server\\a.png"), {"T120"}),
    "link to a file": (linked("hyperlink", "file:///c:/a.exe"), {"T120"}),
    "vml source": (body(f'<w:p><w:r><w:pict><v:imagedata src="//s/a"/></w:pict></w:r></w:p>{paragraph()}'), {"T120"}),
    "vml link": (body('<w:p><w:r><w:pict><v:shape href="file:///a"/></w:pict></w:r></w:p>'), {"T120"}),
    "attached template": (linked("attachedTemplate", "file:///D:/a.dotm"), {"T121"}),
    "embedded object": (linked("oleObject", "embeddings/a.bin"), {"T122"}),
    "sub-document": (linked("subDocument", "file:///a.docx"), {"T122"}),
    "other format": (linked("aFChunk", "a.html"), {"T122"}),
    "unknown link": (linked("urn:x/", "document.xml"), {"T122"}),
    "missing picture": (linked("image", "media/a.png"), {"T123"}),
    "null target": (linked("image", "../NULL"), {"T123"}),
    "dde": (body(paragraph(runs=field("DDEAUTO c:\\\\x"))), {"T124"}),
    "include": (body(paragraph(runs=field(' INCLUDEPICTURE "http://x/a.png" \\d '))), {"T124"}),
    "include text": (body('<w:p><w:fldSimple w:instr="INCLUDETEXT a"/></w:p>'), {"T124"}),
    "split over runs and paragraphs": (body(f"<w:p>{SPLIT}</w:p>"), {"T124"}),
    "built from a field": (body(f"<w:p>{NESTED}</w:p>"), {"T124"}),
    "typed as text": (body(f"<w:p>{TYPED_IN}</w:p>"), {"T124"}),
    "never ended": (body(f"<w:p>{UNENDED}</w:p>"), {"T124"}),
    "outside a field": (body("<w:p><w:r><w:instrText>QUOTE 1</w:instrText></w:r></w:p>"), {"T124"}),
    "without instruction": (body(paragraph(runs=field(" "))), {"T124"}),
    "deleted": (body("<w:p><w:r><w:delInstrText>DDE a</w:delInstrText></w:r></w:p>"), {"T124"}),
    "hyperlink to a file": (body(paragraph(runs=field('HYPERLINK \\o "x" "file:///a"'))), {"T124"}),
    "hyperlink to a server": (body(paragraph(runs=field("HYPERLINK \\\\s\\a"))), {"T124"}),
    "field in a header": (docx("", headers=[paragraph(runs=field("DDE a"))]), {"T124"}),
    "other document": (body("<w:altChunk/><w:p/>"), {"T125"}),
    "object": (body("<w:p><w:r><w:object><o:OLEObject/></w:object></w:r></w:p>"), {"T125"}),
    "control": (body("<w:p><w:r><w:control/></w:r></w:p>"), {"T125"}),
    "mail merge": (raw("word/styles.xml", part("styles", "<w:mailMerge/>")), {"T125"}),
    "type declared twice": (
        raw("[Content_Types].xml", word_files.content_types({"A.png": "image/png", "a.PNG": "image/gif"})),
        {"T118", "T127", "T130"},
    ),
    "link declared twice": (docx("", links=[("rId1", "hyperlink", "https://a/")]), {"T127"}),
    "dangling": (body('<w:p><w:hyperlink r:id="rId99"/></w:p>'), {"T128"}),
    "styles of another type": (docx("", types={"word/styles.xml": "application/xml"}), {"T130"}),
}

ACCEPTED: dict[str, bytes] = {
    "rich": RICH,
    "stored": zipped(word_files.parts("<w:p/>"), zipfile.ZIP_STORED),
    "folder entries": docx("", replace={"word/media/": b""}),
    "trash": docx("", replace={"[trash]/0000.dat": b"\0"}),
    "picture by suffix": docx(
        "<w:p/>",
        replace={
            "word/media/图 1.PNG": b"BM",
            "[Content_Types].xml": word_files.content_types(
                {"WORD/document.xml": f"{WML}.document.main+xml", "word/styles.xml": f"{WML}.styles+xml"},
                {"png": "IMAGE/png"},
            ),
        },
        links=[("rId9", "image", "media/%E5%9B%BE%201.png")],
    ),
    "web links": docx(
        '<w:p><w:hyperlink r:id="rId8"/><w:hyperlink r:id=""/></w:p>',
        links=[("rId8", "hyperlink", "https://www.example.org/"), ("rId9", "hyperlink", "mailto:a@example.org")],
    ),
    "link within": docx("<w:p/>", links=[("rId8", "hyperlink", "#a")]),
    "fields": docx(
        paragraph(runs=field(' TOC \\o "1-3" \\h ') + field("= 1 + 2") + field('HYPERLINK \\l "_Toc1" \\h'))
        + paragraph(runs=field('HYPERLINK "https://a.example/" \\o "x"') + field("page \\* MERGEFORMAT", "DDE"))
        + '<w:p><w:fldSimple w:instr=" NUMPAGES "/><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    ),
    "vml": docx('<w:p><w:r><w:pict><v:shape href="#a"><v:imagedata o:title="x"/></v:shape></w:pict></w:r></w:p>'),
    "byte order mark": docx("", replace={"word/document.xml": b"\xef\xbb\xbf" + DOCUMENT}),
    "absolute target": docx(
        "",
        replace={"_rels/.rels": word_files.relationships(("rId1", "officeDocument", "/Word/Document.xml"))},
    ),
    "own data": docx(
        "", replace={"customXml/item1.xml": b"<a/>"}, links=[("rId8", "customXml", "../customXml/item1.xml")]
    ),
    "no document links": docx("", replace={"word/_rels/document.xml.rels": None}),
    "links of no part": docx("", replace={"x/_rels/a.xml.rels": NO_ROOT_LINKS}),
}


@pytest.mark.parametrize(("data", "expected"), CONTAINER.values(), ids=CONTAINER)
def test_a_damaged_or_hostile_container_is_refused(data: bytes, expected: set[str]) -> None:
    assert expected <= codes(data)


@pytest.mark.parametrize(("data", "expected"), CONTENT.values(), ids=CONTENT)
def test_what_a_template_may_not_hold_is_refused_and_nothing_else_said(data: bytes, expected: set[str]) -> None:
    assert codes(data) == expected


@pytest.mark.parametrize("data", ACCEPTED.values(), ids=ACCEPTED)
def test_what_word_and_wps_write_is_accepted(data: bytes) -> None:
    sound(data)


def test_every_rule_of_the_package_stages_has_a_case() -> None:
    tried = {code for cases in (CONTAINER, CONTENT) for _, expected in cases.values() for code in expected}
    assert tried | {"T109", "T110", "T126"} == {f"T{number}" for number in range(101, 131)}


@pytest.mark.parametrize(
    ("limit", "code"),
    [("MAX_FILE", "T110"), ("MAX_TOTAL", "T110"), ("MAX_PART", "T110"), ("MAX_PARTS", "T109")],
)
def test_limits_hold_before_anything_is_unpacked(limit: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, limit, 5)
    monkeypatch.setattr(container, "_inflate", None)
    assert codes(RICH) == {code}


def test_a_document_of_too_many_tags_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.word.opening.MAX_TAGS", 50)
    assert codes(docx("<w:p/>" * 50)) == {"T126"}


def test_everything_wrong_is_said_at_once_with_its_place() -> None:
    data = docx(
        paragraph("好") + table(["甲", paragraph("取数", runs=field("DDE a"))]),
        headers=[paragraph("页眉", runs=field("QUOTE a"))],
        links=[("rId8", "image", "https://example.org/a.png")],
        replace={"word/styles.xml": b"<a>"},
    )
    places = {(one.rule.code, one.span.part, one.span.line, one.span.cell, one.span.quote) for one in found(data)}
    assert places == {
        ("T124", "正文", 3, "表1 第1行第2列", "取数"),
        ("T124", "页眉1", 1, "", "页眉"),
        ("T120", "正文", 0, "", ""),
        ("T113", "word/styles.xml", 0, "", ""),
    }


def test_a_broken_part_is_named_with_the_line() -> None:
    [one] = found(main(b'<?xml version="1.0"?>\n<w:document\n xmlns:w="x">\n</w:doc>'))
    assert (one.span.part, one.values["line"]) == ("word/document.xml", 4)
    assert "mismatch" in str(one.values["reason"])
    assert "line 4, column" not in str(one.values["reason"])


def test_one_hostile_part_says_no_more_than_can_be_read() -> None:
    assert len(found(body("<w:altChunk/>" * 1_000 + "<w:p/>"))) == 100


def test_names_that_cannot_be_printed_are_shown_escaped() -> None:
    [one] = [one for one in found(with_part("word/a\n.png")) if one.rule.code == "T107"]
    assert one.span.part == "word/a\\x0a.png"


def test_stories_come_in_reading_order() -> None:
    assert [tuple(story) for story in sound(RICH).stories] == [
        ("正文", "word/document.xml"),
        ("页眉1", "word/header1.xml"),
        ("页脚1", "word/footer1.xml"),
        ("页脚2", "word/footer2.xml"),
        ("脚注", "word/footnotes.xml"),
        ("尾注", "word/endnotes.xml"),
    ]


def test_a_header_that_no_section_uses_is_no_story() -> None:
    reference = '<w:headerReference w:type="default" r:id="rId2"/>'
    once = f"<w:p><w:pPr><w:sectPr>{reference}</w:sectPr></w:pPr></w:p>"
    files = word_files.parts(once + once, headers=["<w:p/>", "<w:p/>", "<w:p/>", "<w:p/>"])
    assert [story.part for story in sound(zipped(files)).stories] == [
        "word/document.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/header3.xml",
    ]


@given(st.binary())
def test_no_bytes_make_it_raise(data: bytes) -> None:
    assert codes(data)
    assert codes(b"PK\3\4" + data)


@given(st.data())
def test_no_damage_makes_it_raise(data: st.DataObject) -> None:
    damaged = bytearray(RICH)
    for at, byte in data.draw(st.lists(st.tuples(st.integers(0, len(RICH) - 1), st.integers(0, 255)), max_size=8)):
        damaged[at] = byte
    package.read(bytes(damaged[: data.draw(st.integers(0, len(RICH)))]), "x")
    package.read(bytes(damaged), "x")


@given(st.text(), st.sampled_from(["word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/styles.xml"]))
def test_no_xml_makes_it_raise(text: str, name: str) -> None:
    for content in (text, f"<a>{text}</a>", f'<w:document {NAMESPACES}><w:p r:id="{text}">{text}</w:p></w:document>'):
        package.read(raw(name, content.encode(errors="surrogatepass")), "x")


NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1)
PARTS = st.dictionaries(NAMES, st.binary(max_size=300) | st.integers(0, 9_000).map(bytes), min_size=1)


@given(PARTS)
def test_what_is_packed_reads_back_and_does_not_depend_on_the_order(files: Mapping[str, bytes]) -> None:
    parts = [package.part(name, data) for name, data in files.items()]
    packed = package.pack(parts)
    assert package.pack(reversed(parts)) == packed
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert opened.testzip() is None
        assert {one.filename: opened.read(one) for one in opened.infolist()} == files
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    if len({name.casefold() for name in files}) == len(files):
        assert container.unpack(packed, "")[0] == {one.name: one for one in parts}


@pytest.mark.parametrize("data", ACCEPTED.values(), ids=ACCEPTED)
def test_packing_what_was_read_keeps_the_digest(data: bytes) -> None:
    packed = package.pack(sound(data).parts.values())
    assert package.digest(packed) == package.digest(data)
    assert package.pack(sound(packed).parts.values()) == packed


def test_parts_are_copied_as_they_were_compressed() -> None:
    data = zipped(word_files.parts("<w:p/>"), zipfile.ZIP_STORED)
    with zipfile.ZipFile(io.BytesIO(package.pack(sound(data).parts.values()))) as packed:
        assert {one.compress_type for one in packed.infolist()} == {zipfile.ZIP_STORED}
        assert packed.namelist() == [
            "[Content_Types].xml",
            "_rels/.rels",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/styles.xml",
        ]


def test_the_digest_sees_every_byte_and_name_but_not_the_compression() -> None:
    files = {"a": b"bc", "d": b""}
    digests = {
        package.digest(zipped(one))
        for one in (files, {"a": b"b", "c": b"d"}, {"ab": b"c", "d": b""}, {"a": b"bc"}, {"a": b"bcd"})
    }
    assert len(digests) == 5
    assert package.digest(zipped(files, zipfile.ZIP_STORED)) == package.digest(zipped(files))


def test_the_digest_of_something_else_is_a_bug() -> None:
    with pytest.raises(ValueError, match="T101"):
        package.digest(b"hello")


def test_the_caller_chooses_how_to_deflate() -> None:
    data = b"".join(b"%d," % number for number in range(9_999))
    fast, best = (package.part("a", data, package.deflate_zlib(level)) for level in (1, 9))
    assert fast.compressed != best.compressed
    assert zlib.decompress(fast.compressed, -15) == data
    assert package.part("a", b"x").compressed == b"x"


@pytest.mark.parametrize("deflate", [package.deflate_zlib(1), package.deflate_isal(), package.deflate_isal(3)])
def test_whatever_deflates_the_content_is_the_same(deflate: container.Deflate) -> None:
    files = {"a.xml": "数字：2032.55".encode() * 5_000, "b.xml": b"<b/>"}
    ours, ordinary = (
        package.pack(package.part(name, data, way) for name, data in files.items())
        for way in (deflate, package.ORDINARY)
    )
    assert package.digest(ours) == package.digest(ordinary)
    assert ours != ordinary
    with zipfile.ZipFile(io.BytesIO(ours)) as opened:
        assert {one: opened.read(one) for one in opened.namelist()} == files


def test_isal_is_asked_for_only_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "isal", None)
    assert package.part("a", b"x" * 99).compressed == package.part("a", b"x" * 99, package.deflate_zlib(6)).compressed
    with pytest.raises(ImportError):
        package.deflate_isal()


def test_a_package_that_no_zip_can_hold_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    one = package.part("a", b"x")
    with pytest.raises(ValueError, match="one name"):
        package.pack([one, one])
    with pytest.raises(ValueError, match="65,535"):
        package.pack(one._replace(name=str(number)) for number in range(65_536))
    monkeypatch.setattr(container, "MAX_PACKED", 10)
    with pytest.raises(ValueError, match="2 GiB"):
        package.pack([one])


def core_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read("docProps/core.xml").decode()


APP = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>x</Company></Properties>'
CORE = b"""<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">
<c:lastModifiedBy>nobody</c:lastModifiedBy></c:coreProperties>"""
OFFICE = "application/vnd.openxmlformats-officedocument"
MADE_BY_WORD = docx(
    "<w:p/>",
    types={"docProps/app.xml": f"{OFFICE}.extended-properties+xml", "docProps/t.png": "image/png"},
    replace={
        "docProps/app.xml": APP,
        "docProps/t.png": b"BM",
        "_rels/.rels": word_files.relationships(
            ("rId1", "officeDocument", "word/document.xml"),
            ("rId2", "thumbnail", "docProps/t.png"),
            ("rId3", "extended-properties", "docProps/app.xml"),
        ),
    },
)


@pytest.mark.parametrize("data", [RICH, MADE_BY_WORD], ids=["bare", "with preview"])
def test_a_settled_package_carries_the_given_properties_and_no_others(data: bytes) -> None:
    settled = package.settled(sound(data))
    created = dt.datetime(2022, 6, 24, 17, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    core = package.properties(settled, "报告 <A&B>", "砂田镇", created)
    packed = package.pack({**settled.parts, core.name: core}.values())
    assert package.settled(sound(packed)).parts.keys() == sound(packed).parts.keys() == settled.parts.keys()
    assert settled.content_types == dict(sound(packed).content_types.items())
    assert settled.relationships == sound(packed).relationships
    text = core_of(packed)
    assert "<dc:title>报告 &lt;A&amp;B&gt;</dc:title><dc:creator>砂田镇</dc:creator>" in text
    assert text.count(">2022-06-24T09:00:00Z<") == 2
    assert b"Company" not in packed
    assert "docProps/t.png" not in settled.parts
    assert b"Company" not in settled.parts.get("docProps/app.xml", core).data


def test_core_properties_stay_where_they_are() -> None:
    links = word_files.relationships(
        ("rId1", "officeDocument", "word/document.xml"), ("rId2", "core-properties", "p.xml")
    )
    made = {"_rels/.rels": links, "p.xml": CORE}
    settled = package.settled(sound(docx("<w:p/>", types={"p.xml": word_files.CORE}, replace=made)))
    assert "docProps/core.xml" not in settled.parts
    assert b"nobody" not in settled.parts["p.xml"].data
    assert settled.relationships[""][1] == ("rId2", "core-properties", "p.xml", False)
    assert package.properties(settled, "甲", "", None).name == "p.xml"


def test_a_preview_that_the_text_shows_too_stays() -> None:
    shown = docx(
        "<w:p/>",
        types={"docProps/t.png": "image/png"},
        links=[("rId9", "image", "../docProps/t.png")],
        replace={
            "docProps/t.png": b"BM",
            "_rels/.rels": word_files.relationships(
                ("rId2", "officeDocument", "word/document.xml"), ("rId1", "thumbnail", "docProps/t.png")
            ),
        },
    )
    settled = package.settled(sound(shown))
    assert "docProps/t.png" in settled.parts
    assert {link.id: link.kind for link in settled.relationships[""]} == {
        "rId2": "officeDocument",
        "rId3": "core-properties",
    }


def test_properties_never_look_at_the_clock() -> None:
    settled = package.settled(sound(RICH))
    assert package.properties(settled, "", "", None) == settled.parts["docProps/core.xml"]
    assert b"created" not in settled.parts["docProps/core.xml"].data
    local = package.properties(settled, "", "", dt.datetime(2022, 6, 24))  # noqa: DTZ001 — a date without a zone is the case
    assert b">2022-06-24T00:00:00Z<" in local.data
    assert package.properties(sound(RICH), "", "", None).name == "docProps/core.xml"


def test_a_settled_package_passes_the_validators(
    validate: Callable[[list[Path]], list[Finding]], tmp_path: Path
) -> None:
    out = io.BytesIO()
    Document().save(out)
    settled = package.settled(sound(out.getvalue()))
    core = package.properties(settled, "报告", "砂田镇", dt.datetime(2022, 6, 24, tzinfo=dt.UTC))
    path = tmp_path / "settled.docx"
    path.write_bytes(package.pack({**settled.parts, core.name: core}.values()))
    assert validate([path]) == []

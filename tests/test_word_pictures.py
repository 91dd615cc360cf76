"""Pictures among the facts, placed by tags: how large, how often, in which part, and what the package holds."""

from __future__ import annotations

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import docx as python_docx
import pytest
from lxml import etree

from reportgen.facts import Gap, Picture, picture
from reportgen.language import Log
from reportgen.schema import Field, Kind
from reportgen.word import compile  # noqa: A004 — the field's word
from reportgen.word.container import unpack
from reportgen.word.pictures import A4
from reportgen.word.text import read
from tests.docxtpl_forms import BOX, xml_of
from tests.filled import lines, template, texts
from tests.pictures import frame, jpeg, png
from tests.word_files import cell, docx, paragraph, relationships, run, table

DOT, MM = 9525, 36_000
SEEN = Picture("附件/村口.png", "PNG", 200, 100, png(200, 100))
OTHER = Picture("乙.jpg", "JPEG", 300, 100, jpeg(frame(300, 100)))
FACTS: dict[str, Any] = {
    "照片": SEEN,
    "照片们": [SEEN, OTHER, SEEN],
    "真": True,
    "缺": Gap("缺", stand_in="【待补：缺】"),
}
WIDTH = '<w:tcW w:w="{}" w:type="{}"/>'
SECTION = '<w:pgSz w:w="{}" w:h="{}"/><w:pgMar w:top="{}" w:right="0" w:bottom="0" w:left="0" w:gutter="0"/>'


def filled(body: str, values: dict[str, Any] = FACTS, **parts: Any) -> bytes:  # noqa: ANN401 — as `docx`
    data, found = template(body + paragraph("末"), **parts).render(values)
    assert data is not None, found
    return data


def sizes(data: bytes, name: str = "word/document.xml") -> list[tuple[int, int]]:
    drawn = etree.fromstring(xml_of(data, name)).iter("{*}extent")
    return [(int(one.get("cx", "")), int(one.get("cy", ""))) for one in drawn]


def shown(data: bytes) -> list[tuple[str, bytes]]:
    """Read the pictures of a body back: what stands for each, and its bytes."""
    document = python_docx.Document(io.BytesIO(data))
    found = []
    for one in document.inline_shapes:
        key = one._inline.graphic.graphicData.pic.blipFill.blip.embed  # noqa: SLF001 — python-docx shows no other way
        found.append((one._inline.docPr.get("descr"), document.part.related_parts[key].blob))  # noqa: SLF001
    return found


def test_a_picture_is_placed_with_its_size_and_its_name() -> None:
    data = filled(lines("{{ 照片 }}"))
    assert sizes(data) == [(200 * DOT, 100 * DOT)]
    assert shown(data) == [("村口", SEEN.data)]
    assert texts(lines("前{{ 照片 }}后"), FACTS) == ["前后"]


def test_pictures_of_a_loop_have_numbers_of_their_own_and_each_is_held_once() -> None:
    data = filled(lines("{%p for x in 照片们 %}", "{{ x }}", "{%p endfor %}"))
    assert shown(data) == [("村口", SEEN.data), ("乙", OTHER.data), ("村口", SEEN.data)]
    assert re.findall(r'<wp:docPr id="(\d+)"', xml_of(data).decode()) == ["1", "2", "3"]
    assert len([name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "media" in name]) == 2


NOTE = '<w:footnote w:id="2">{}</w:footnote>'


def test_pictures_of_other_parts_have_links_of_their_own() -> None:
    body = lines("{{ 照片 }}")
    data = filled(body, headers=[body], footers=[body], footnotes=NOTE.format(body))
    numbers = []
    for name in ("document", "header1", "footer1", "footnotes"):
        numbers += re.findall(r'<wp:docPr id="(\d+)"', xml_of(data, f"word/{name}.xml").decode())
        assert b'Target="/word/media/picture' in xml_of(data, f"word/_rels/{name}.xml.rels")
    assert sorted(numbers) == ["1", "2", "3", "4"]
    document = python_docx.Document(io.BytesIO(data))
    (image,) = [one for one in document.sections[0].header.part.rels.values() if one.reltype.endswith("/image")]
    assert image.target_part.blob == SEEN.data


def test_parts_without_pictures_get_no_links() -> None:
    data = filled(lines("甲"), headers=[lines("{{ 照片 }}")])
    assert b"picture" not in xml_of(data, "word/_rels/document.xml.rels")
    assert "word/media/" not in " ".join(zipfile.ZipFile(io.BytesIO(filled(lines("甲")))).namelist())


@pytest.mark.parametrize(
    ("body", "size"),
    [
        (lines("{{ 图 }}"), (A4.width, A4.width // 2)),
        (table([cell("{{ 图 }}", WIDTH.format(2216, "dxa"))]), (2000 * 635, 1000 * 635)),
        (table([cell("{{ 图 }}", WIDTH.format(99999, "dxa"))]), (A4.width, A4.width // 2)),
        (table([cell("{{ 图 }}", WIDTH.format(100, "dxa"))]), (A4.width, A4.width // 2)),
        (table([cell("{{ 图 }}", WIDTH.format("9" * 5000, "dxa"))]), (A4.width, A4.width // 2)),
        (table([cell("{{ 图 }}", WIDTH.format("9" * 10, "dxa"))]), (A4.width, A4.width // 2)),
        (table([cell("{{ 图 }}", WIDTH.format(2500, "pct"))]), (A4.width, A4.width // 2)),
        (table([cell(lines("{{ 图 }}"))]), (A4.width, A4.width // 2)),
        (paragraph(runs=BOX.format(lines("{{ 图 }}"))), (A4.width, A4.width // 2)),
        (
            lines("{{ 图 }}") + f"<w:p><w:pPr><w:sectPr>{SECTION.format(3000, 9000, -600)}</w:sectPr></w:pPr></w:p>",
            (3000 * 635, 1500 * 635),
        ),
        (
            lines("{{ 图 }}") + f"<w:p><w:pPr><w:sectPr>{SECTION.format(30000, 2000, -600)}</w:sectPr></w:pPr></w:p>",
            (2800 * 635, 1400 * 635),
        ),
        (
            lines("{{ 图 }}") + f"<w:p><w:pPr><w:sectPr>{SECTION.format(300, 200, 600)}</w:sectPr></w:pPr></w:p>",
            (A4.width, A4.width // 2),
        ),
        (
            lines("{{ 图 }}") + f"<w:p><w:pPr><w:sectPr>{SECTION.format('9' * 10, 200, 600)}</w:sectPr></w:pPr></w:p>",
            (A4.width, A4.width // 2),
        ),
    ],
)
def test_a_large_picture_is_made_as_small_as_its_place(body: str, size: tuple[int, int]) -> None:
    data = filled(body, {"图": Picture("图.png", "PNG", 4000, 2000, png(4000, 2000))})
    assert sizes(data) == [size]


def test_a_picture_in_a_header_is_as_wide_as_the_text_or_the_cell() -> None:
    wide = {"图": Picture("图.png", "PNG", 4000, 2, png(4000, 2))}
    header = lines("{{ 图 }}") + table([cell("{{ 图 }}", WIDTH.format(2216, "dxa"))]) + paragraph()
    made = sizes(filled(lines("甲"), wide, headers=[header]), "word/header1.xml")
    assert [one for one, _ in made] == [156 * MM, 2000 * 635]


def test_a_picture_of_a_dot_and_a_very_long_one_are_seen() -> None:
    long = Picture("长.png", "PNG", 60_000, 1, png(60_000, 1))
    high = Picture("高.png", "PNG", 1, 1_000_000, png(1, 1_000_000))
    assert sizes(filled(lines("{{ 长 }}{{ 高 }}"), {"长": long, "高": high})) == [(A4.width, 93), (8, A4.height)]


@pytest.mark.parametrize(
    ("path", "name"), [("a\"<&>'b.png", "a\"<&>'b"), ("C/甲\x01乙\ud800.png", "甲乙"), (".png", ".png"), ("", "")]
)
def test_what_a_picture_is_called_comes_out_and_nothing_of_its_folder(path: str, name: str) -> None:
    data = filled(lines("{{ 照片 }}"), {"照片": Picture(path, "PNG", 2, 1, png())})
    assert shown(data)[0][0] == name


def test_the_format_of_the_run_goes_on_behind_a_picture() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
    data = filled(paragraph(runs=bold.format("前{{ 照片 }}后")))
    assert b'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">\xe5\x90\x8e</w:t></w:r>' in xml_of(data)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("{{ 照片 if 真 else '' }}", 1),
        ("{{ 照片 if not 真 else '' }}", 0),
        ("{{ 照片 | 默认('') }}", 1),
        ("{{ 照片们 | 首 }}", 1),
        ("{{ 缺 }}", 0),
        ("{% if 有(照片) %}{{ 照片 }}{% endif %}", 1),
    ],
)
def test_an_expression_gives_a_picture(tag: str, expected: int) -> None:
    assert len(sizes(filled(lines(tag)))) == expected


def test_a_program_makes_a_picture_of_bytes() -> None:
    assert picture("附件/村口.png", SEEN.data) == SEEN
    assert picture("乙.jpg", OTHER.data) == OTHER
    for data in (b"", b"GIF89a", SEEN.data[:-9], OTHER.data[:9]):
        with pytest.raises(ValueError, match=r"图\.png is neither"):
            picture("图.png", data)


@pytest.mark.parametrize("tag", ["{{ 照片 ~ '甲' }}", "{{ 照片们 | 顿号 }}", "{{ 照片 | 金额 }}"])
def test_a_picture_is_no_text(tag: str) -> None:
    data, _ = template(lines(tag)).render(FACTS)
    assert data is None


def test_the_form_lets_a_tag_print_a_picture() -> None:
    compiled = template(lines("{{ 照片 }}{{ 照片 if 真 else '' }}"))
    assert compiled.check([{"照片": Field(Kind.PICTURE), "真": Field(Kind.TRUTH)}]) == []
    cells = template(table(["{% colspan 照片 %}"]) + paragraph())
    assert [one.rule.code for one in cells.check([{"照片": Field(Kind.PICTURE)}])] == ["T529"]


def test_the_form_says_what_is_no_picture() -> None:
    compiled = template(lines("{{p 照片 }}{{p 任意 }}", "{{p 名 }}", "{{p 名 ~ '甲' if 真 else 照片 }}"))
    form = {"照片": Field(Kind.PICTURE), "名": Field(Kind.TEXT), "真": Field(Kind.TRUTH), "任意": Field(Kind.OPEN)}
    assert [(one.rule.code, one.span.line, one.values) for one in compiled.check([form])] == [
        ("T545", 2, {"value": "名"})
    ]


def test_a_traced_document_holds_the_picture_too() -> None:
    log = Log()
    data, _ = template(lines("{{ 照片 }}{{ 名 }}")).render({"照片": SEEN, "名": "甲"}, log=log)
    assert data is not None
    assert [one.text for one in log.outputs] == ["甲"]
    document, _ = read(data, "d.docx", traced=True)
    assert document is not None
    assert [one.text for one in document.paragraphs] == ["甲"]
    assert len(sizes(data)) == 1


DRAWN = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="1" cy="1"/><wp:docPr id="1" name="甲"/></wp:inline></w:drawing></w:r>'
)


def test_drawings_of_the_template_have_other_numbers() -> None:
    data = filled(paragraph(runs=DRAWN + run("{{ 照片 }}") + DRAWN), headers=[paragraph(runs=DRAWN)])
    numbers = [
        number
        for name in ("document", "header1")
        for number in re.findall(r'<wp:docPr [^>]*id="(\d+)"', xml_of(data, f"word/{name}.xml").decode())
    ]
    assert len(set(numbers)) == len(numbers) == 4


def test_a_document_with_pictures_is_a_template_again() -> None:
    body = docx(lines("{{ 照片 }}", "{{ '{' ~ '{ 照片 }' ~ '}' }}"))
    first, _ = compile(body, "t.docx")
    assert first is not None
    once, _ = first.render(FACTS)
    assert once is not None
    second, found = compile(once, "d.docx")
    assert second is not None, found
    twice, _ = second.render(FACTS)
    assert twice is not None
    assert [one for _, one in shown(twice)] == [SEEN.data] * 2
    parts, wrong = unpack(twice, "")
    assert wrong == []
    assert parts["word/_rels/document.xml.rels"].data.count(b"/image") == 1


def test_links_in_a_file_of_another_spelling_are_added_to() -> None:
    known = relationships(("rId1", "styles", "styles.xml"))
    parts = {"word/_rels/document.xml.rels": None, "word/_rels/Document.xml.rels": known}
    data = filled(lines("{{ 照片 }}"), replace=parts)
    names = [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if name.endswith("ocument.xml.rels")]
    assert names == ["word/_rels/Document.xml.rels"]


def test_threads_that_share_a_template_keep_their_pictures_apart() -> None:
    shared = template(lines("{%p for x in 列 %}", "{{ x }}", "{%p endfor %}"))
    values = [
        {"列": [Picture("图.png", "PNG", 1 + at, 1, png(1 + at, 1)) for at in range(number)]} for number in range(40)
    ]
    alone = [shared.render(one)[0] for one in values]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda one: shared.render(one)[0], values)) == alone

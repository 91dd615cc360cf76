"""docxtpl's InlineImage and Subdoc in a document: what comes along, what it becomes, what is refused by its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import docxtpl
import pytest
from docx.shared import Mm, Pt
from lxml import etree

from reportgen.word.text import read
from tests.docxtpl_forms import canonical, tabled, xml_of
from tests.filled import SENTINEL, lines, template
from tests.pictures import frame, jpeg, png
from tests.subdocs import Given, rich
from tests.word_files import W, cell, field, paragraph, part, run, table
from tests.word_files import docx as word_file

if TYPE_CHECKING:
    from pathlib import Path

HERE = "{{p x }}"
NUMBERING = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
LIST = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr></w:pPr>'
DRAWN = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="7" name="a"/><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'r:embed="rId9"/></wp:inline></w:drawing></w:r>'
)


def names(data: bytes) -> list[str]:
    """Give the names of the parts of a document."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return opened.namelist()


def made(body: str, value: object, **parts: Any) -> bytes:  # noqa: ANN401 — as `docx`
    """Fill a template in with one value, and see to it that the rest is there."""
    data, found = template(body + paragraph(SENTINEL), **parts).render({"x": value})
    assert data is not None, found
    document, wrong = read(data, "d.docx")
    assert document is not None, wrong
    assert [one.text for one in document.paragraphs if one.part == "正文"][-1] == SENTINEL
    return data


def put(body: str, into: str = lines(HERE), **more: Any) -> str:  # noqa: ANN401 — as `docx`
    """Give the text XML of a document into which a body was put as a Subdoc."""
    return xml_of(made(into, Given(word_file(body, **more)))).decode()


def refusal(body: str, **more: Any) -> str:  # noqa: ANN401 — as `docx`
    """Give what is said of a body that cannot be put in."""
    with pytest.raises(ValueError, match="this Subdoc") as refused:
        put(body, **more)
    return str(refused.value)


def listed(*nums: tuple[str, str]) -> dict[str, Any]:
    """Give the parts that lists need: their numbers, each with the number of its pattern."""
    patterns = dict.fromkeys(pattern for _, pattern in nums)
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="l"/></w:lvl>'
    content = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:nsid w:val="0000000{key}"/>{level}</w:abstractNum>'
        for key in patterns
    )
    content += "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{pattern}"/></w:num>' for key, pattern in nums)
    return {
        "links": [("rId8", "numbering", "numbering.xml")],
        "types": {"word/numbering.xml": NUMBERING},
        "replace": {"word/numbering.xml": part("numbering", content)},
    }


def sizes(xml: bytes) -> list[tuple[str, str]]:
    """Give the sizes of the drawings in a text."""
    return re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"', xml.decode())


@pytest.mark.parametrize(
    "asked",
    [{"width": Mm(30)}, {"height": Mm(30)}, {"width": Mm(30), "height": Pt(9)}, {"width": 914_401}, {"height": 99}],
)
@pytest.mark.parametrize("tag", ["前{{ x }}后", "{{r x }}", HERE])
def test_an_image_has_the_size_that_docxtpl_gives_it(asked: dict[str, int], tag: str) -> None:
    body = lines("{{ x }}")
    theirs = docxtpl.DocxTemplate(io.BytesIO(word_file(body)))
    image = docxtpl.InlineImage(theirs, io.BytesIO(png(10, 21)), **asked)
    theirs.render({"x": image})
    out = io.BytesIO()
    theirs.save(out)
    assert sizes(xml_of(made(lines(tag), image))) == sizes(xml_of(out.getvalue())) != []


def test_an_image_without_a_size_is_as_one_of_the_facts() -> None:
    image = docxtpl.InlineImage(None, io.BytesIO(png(10, 20)))
    assert sizes(xml_of(made(lines("{{ x }}"), image))) == [("95250", "190500")]


def test_an_image_is_read_from_a_path_or_an_open_file(tmp_path: Path) -> None:
    path = tmp_path / "照片.jpg"
    path.write_bytes(jpeg(frame()))
    with path.open("rb") as opened:
        opened.read()
        for held in (path, str(path), opened):
            data = made(lines("{{ x }}"), docxtpl.InlineImage(None, held))
            assert 'descr="照片"' in xml_of(data).decode()
            assert [name for name in names(data) if name.endswith(".jpeg")]


def test_an_image_leads_on_from_the_story_that_it_stands_in() -> None:
    image = docxtpl.InlineImage(None, io.BytesIO(png()), width=9, anchor="https://www.example.org/?a=1&b=2")
    data = made(lines("甲"), image, headers=[lines("{{ x }}")])
    links = xml_of(data, "word/_rels/header1.xml.rels").decode()
    (key,) = set(re.findall(r'<a:hlinkClick [^>]*r:id="(\w+)"', xml_of(data, "word/header1.xml").decode()))
    assert f'Id="{key}"' in links
    assert 'Target="https://www.example.org/?a=1&amp;b=2" TargetMode="External"' in links
    assert "example" not in xml_of(data, "word/_rels/document.xml.rels").decode()


@pytest.mark.parametrize(
    ("held", "anchor", "said"),
    [
        (io.BytesIO(b"GIF89a"), None, "neither a sound PNG nor a sound JPEG"),
        (io.BytesIO(png()), "javascript:a()", "not to javascript"),
        (io.BytesIO(png()), "file:///C:/a.exe", "not to file"),
    ],
)
def test_an_image_that_cannot_be_shown_is_refused(held: io.BytesIO, anchor: str | None, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        template(lines("{{ x }}")).render({"x": docxtpl.InlineImage(None, held, anchor=anchor)})


def test_a_sub_document_gives_the_document_that_docxtpl_gives() -> None:
    data = word_file(lines("前", HERE, "后"))
    theirs = docxtpl.DocxTemplate(io.BytesIO(data))
    part_of_it = theirs.new_subdoc()
    part_of_it.add_paragraph("甲 & <乙>").add_run("丙\t丁").bold = True
    part_of_it.add_table(1, 2).cell(0, 1).text = "格"
    part_of_it.add_paragraph("末")
    ours, _ = template(lines("前", HERE, "后")).render({"x": part_of_it})
    theirs.render({"x": part_of_it})
    out = io.BytesIO()
    theirs.save(out)
    assert ours
    assert canonical(xml_of(ours)) == canonical(xml_of(out.getvalue()))


def test_a_sub_document_of_a_file_has_its_styles_lists_and_pictures_like_docxtpls() -> None:
    theirs = docxtpl.DocxTemplate(io.BytesIO(word_file(lines(HERE, "后"))))
    value = theirs.new_subdoc(io.BytesIO(rich()))
    ours = made(lines(HERE), value)
    theirs.render({"x": value})
    out = io.BytesIO()
    theirs.save(out)
    found, expected = (
        re.findall(r'<w:(?:pStyle|tblStyle) w:val="[\w-]+"/>|<w:t>\w+</w:t>|wp:extent cx="\d+"', xml_of(one).decode())
        for one in (ours, out.getvalue())
    )
    assert found == expected[: len(found)] != []
    for name in ("Heading2", "ListNumber", "LightGrid-Accent1", "Heading2Char", "Normal"):
        assert (f'w:styleId="{name}"' in xml_of(ours, "word/styles.xml").decode()) == (name != "Normal")


def test_styles_are_those_of_the_template_by_name_and_others_come_along() -> None:
    styles = {"x": "标题一", "1": "框", "b": "甲"}
    source = word_file(paragraph("甲", "x") + paragraph("乙", "1") + paragraph("丙", "没有"), styles=styles)
    xml = etree.fromstring(xml_of(source, "word/styles.xml"))
    for style in xml.iter(f"{{{W}}}style"):
        if style.get(f"{{{W}}}styleId") == "1":
            etree.SubElement(style, f"{{{W}}}basedOn").set(f"{{{W}}}val", "b")
            etree.SubElement(style, f"{{{W}}}next").set(f"{{{W}}}val", "x")
            etree.SubElement(style, f"{{{W}}}link").set(f"{{{W}}}val", "没有")
    replaced = {"word/styles.xml": etree.tostring(xml)}
    body = paragraph("甲", "x") + paragraph("乙", "1") + paragraph("丙", "没有")
    data = made(lines(HERE), Given(word_file(body, replace=replaced)))
    assert re.findall('pStyle w:val="(.*?)"', xml_of(data).decode()) == ["1", "11"]
    found = xml_of(data, "word/styles.xml").decode()
    assert found.count("<w:name ") == 6
    assert re.search('w:styleId="11">.*?<w:basedOn w:val="b"/><w:next w:val="1"/></w:style>', found)
    assert found.count("w:default") == 1


def test_a_long_chain_of_styles_comes_along() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:name w:val="s{at}"/><w:basedOn w:val="s{at + 1}"/></w:style>'
        for at in range(3_000)
    )
    source = word_file(paragraph("甲", "s0"), replace={"word/styles.xml": part("styles", styles)})
    assert "s2999" in xml_of(made(lines(HERE), Given(source)), "word/styles.xml").decode()


def test_lists_keep_their_own_numbers() -> None:
    item = f"<w:p>{LIST}{run('项')}</w:p>"
    body = item.format(1) + item.format(2) + item.format(3) + item.format(9) + item.format(0)
    given = Given(word_file(body, styles={"l": "标题二"}, **listed(("1", "5"), ("2", "5"), ("3", "6"))))
    data = made(lines(HERE, HERE), given, **listed(("1", "1"), ("4", "7")))
    numbers = re.findall('numId w:val="(.)"', xml_of(data).decode().replace('"10"', '"A"'))
    assert numbers == [*"567", "0", "0", "8", "9", "A", "0", "0"]
    root = etree.fromstring(xml_of(data, "word/numbering.xml"))
    kinds = [str(one.tag).rpartition("}")[2] for one in root]
    assert kinds == ["abstractNum"] * 6 + ["num"] * 8
    pattern = {one.get(f"{{{W}}}numId"): one[0].get(f"{{{W}}}val") for one in root if one.tag == f"{{{W}}}num"}
    assert pattern == {"1": "1", "4": "7", "5": "8", "6": "8", "7": "9", "8": "10", "9": "10", "10": "11"}
    assert xml_of(data, "word/numbering.xml").count(b"nsid") == 2
    assert xml_of(data, "word/numbering.xml").count(b'<w:pStyle w:val="2"/>') == 4


def test_a_list_without_a_pattern_is_none_and_a_drawing_may_show_nothing() -> None:
    numbers = {**listed(), "replace": {"word/numbering.xml": part("numbering", "")}}
    body = f"<w:p>{LIST.format(1)}{DRAWN.replace('rId9', '')}</w:p>"
    assert 'numId w:val="0"' in put(body, **numbers)


def test_a_template_without_lists_gets_them() -> None:
    body = f"<w:p>{LIST.format(1)}{run('项')}</w:p>"
    data = made(lines("甲"), Given(word_file(body, **listed(("1", "1")))), headers=[lines(HERE)])
    assert 'Target="/word/numbering.xml"' in xml_of(data, "word/_rels/document.xml.rels").decode()
    assert "/word/numbering.xml" in xml_of(data, "[Content_Types].xml").decode()


def test_pictures_and_links_lead_on_from_the_story() -> None:
    link = f'<w:hyperlink r:id="rId7">{run("网")}</w:hyperlink>'
    body = paragraph(runs=DRAWN + link) + paragraph(runs=DRAWN)
    given = Given(
        word_file(
            body,
            links=[("rId7", "hyperlink", "https://www.example.org/"), ("rId9", "image", "media/a.png")],
            types={"word/media/a.png": "image/png"},
            replace={"word/media/a.png": png()},
        )
    )
    data = made(lines(HERE), given, headers=[lines(HERE)])
    assert len([name for name in names(data) if "media" in name]) == 1
    ids: list[str] = []
    for story in ("document", "header1"):
        xml, links = (xml_of(data, name).decode() for name in (f"word/{story}.xml", f"word/_rels/{story}.xml.rels"))
        used = set(re.findall(r'r:(?:id|embed)="(\w+)"', xml.replace("headerReference", "")))
        assert used <= set(re.findall(r' Id="(\w+)"', links))
        ids += re.findall(r'docPr id="(\d+)"', xml)
    assert len(set(ids)) == len(ids) == 4


def test_marks_have_ids_and_names_of_their_own() -> None:
    marked = '<w:bookmarkStart w:id="1" w:name="表"/><w:bookmarkEnd w:id="1"/><w:ins w:id="1" w:author="甲"/>'
    referring = field("REF 表 ") + '<w:fldSimple w:instr=" REF 表 "/>'
    referring += f'<w:hyperlink w:anchor="表">{run("见表")}</w:hyperlink>'
    shape = '<w:r><w:pict><v:shapetype id="t"/><v:shape id="s" type="#t"/></w:pict></w:r>'
    edited = '<w:p w:rsidR="00A1"/>'
    xml = put(paragraph("甲", runs=marked + referring + shape) + edited, lines(HERE, HERE))
    starts = re.findall('bookmarkStart w:id="(.*?)" w:name="(.*?)"', xml)
    assert len(set(starts)) == 2
    for key, name in starts:
        assert f'<w:bookmarkEnd w:id="{key}"/>' in xml
        assert f'w:anchor="{name}"' in xml
        assert len(re.findall(f" REF {name} |>REF {name} <", xml)) == 2
    assert {one for pair in starts for one in pair} & {"1", "表"} == set()
    assert sorted(re.findall('type="#(.*?)"', xml)) == sorted(re.findall('shapetype id="(.*?)"', xml))
    assert len(set(re.findall('shape id="(.*?)"', xml))) == 2
    assert "rsid" not in xml


@pytest.mark.parametrize(
    ("body", "more", "said"),
    [
        (
            paragraph(runs='<w:r><w:footnoteReference w:id="2"/></w:r>'),
            {"footnotes": f'<w:footnote w:id="2">{paragraph("注")}</w:footnote>'},
            "it holds a footnote",
        ),
        (paragraph(runs='<w:r><w:commentReference w:id="0"/></w:r>'), {}, "it holds a comment"),
        ("<w:p><w:pPr><w:sectPr/></w:pPr></w:p>", {}, "it holds a section break"),
        (
            paragraph(runs='<w:r><w:drawing><c:chart xmlns:c="urn:c" r:id="rId9"/></w:drawing></w:r>'),
            {
                "links": [("rId9", "chart", "charts/a.xml")],
                "types": {"word/charts/a.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"},
                "replace": {"word/charts/a.xml": b'<c:chartSpace xmlns:c="urn:c"/>'},
            },
            "it holds a chart",
        ),
        (paragraph(runs=DRAWN), {"links": [("rId9", "image", "file:///D:/a.png")]}, "T120"),
        (paragraph(runs="<w:r><w:control/></w:r>"), {}, "T125"),
        (paragraph(runs=field("DDEAUTO excel a.xls")), {}, "T124"),
        (paragraph(runs='<w:hyperlink r:id="rId77"/>'), {}, "T128"),
        (paragraph("甲\U000f0001"), {}, "character U\\+F0001"),
    ],
)
def test_what_cannot_come_along_is_refused_by_its_name(body: str, more: dict[str, Any], said: str) -> None:
    assert re.search(said, refusal(body, **more))


def test_a_sub_document_stands_in_a_cell_and_alone() -> None:
    data = made(tabled([cell(lines(HERE))]), Given(word_file(table(["格"]))))
    assert b"</w:tbl><w:p/></w:tc>" in xml_of(data)
    with pytest.raises(ValueError, match="whole paragraphs stand alone"):
        made(lines("甲{{ x }}"), docxtpl.RichTextParagraph("甲"))


def test_a_template_stays_as_it_was() -> None:
    compiled = template(lines(HERE))
    given = Given(word_file(paragraph("甲", "z"), styles={"z": "别的"}))
    first, second = (compiled.render({"x": given})[0] for _ in range(2))
    assert first == second
    plain, _ = compiled.render({"x": ""})
    assert plain
    assert "别的" not in xml_of(plain, "word/styles.xml").decode()

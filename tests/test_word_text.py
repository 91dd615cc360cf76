"""The text of a Word file: which paragraphs there are, where each stands, what it says and which output printed it."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reportgen.language import Mark, closing, opening
from reportgen.word import places, text
from tests import word_files
from tests.word_files import cell, docx, field, paragraph, run, table

if TYPE_CHECKING:
    from collections.abc import Sequence

BOX = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"


def read(data: bytes, *, traced: bool = False) -> text.Document:
    document, found = text.read(data, "报告.docx", traced=traced)
    assert found == []
    assert document
    return document


def texts(body: str) -> list[str]:
    return [one.text for one in read(docx(body)).paragraphs]


INSIDE = {
    "text": (run("甲"), "甲"),
    "several runs": (run("甲") + run(" 乙 "), "甲 乙 "),
    "tabs": ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:ptab/></w:r>", "甲\t乙\t"),
    "line breaks": ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/></w:r>", "甲\n乙\n"),
    "page and column breaks": ('<w:r><w:br w:type="page"/><w:br w:type="column"/><w:t>甲</w:t></w:r>', "甲"),
    "hyphens": ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>b</w:t></w:r>", "a-b"),
    "symbol": ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "\uf0fe"),
    "unreadable symbols": ('<w:r><w:sym/><w:sym w:char="D800"/><w:sym w:char="FFFFFFFFF"/></w:r>', ""),
    "insertion": (f"<w:ins>{run('甲')}</w:ins>", "甲"),
    "deletion": ("<w:del><w:r><w:delText>甲</w:delText></w:r></w:del>", ""),
    "deletion with ordinary text": (f"<w:del>{run('甲')}</w:del>", ""),
    "move": (f"<w:moveFrom>{run('甲')}</w:moveFrom><w:moveTo>{run('甲')}</w:moveTo>", "甲"),
    "content control": (f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt>", "甲"),
    "link": (f'<w:hyperlink w:anchor="a">{run("甲")}</w:hyperlink>', "甲"),
    "smart tag": (f"<w:smartTag>{run('甲')}</w:smartTag>", "甲"),
    "simple field": (f'<w:fldSimple w:instr="PAGE">{run("1")}</w:fldSimple>', "1"),
    "field": (field("PAGE", "1"), "1"),
    "formula": ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "x"),
    "pinyin": (f"<w:r><w:ruby><w:rt>{run('shā')}</w:rt><w:rubyBase>{run('砂')}</w:rubyBase></w:ruby></w:r>", "砂"),
    "tab stops": ('<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>' + run("甲"), "甲"),
    "comment within text": ("<w:r><w:t>甲<!-- x -->乙</w:t></w:r><!-- y -->", "甲乙"),
    "private use": (run("\U000f0001\U00100000"), "\U000f0001\U00100000"),
    "alternatives": (
        (
            f"<mc:AlternateContent><mc:Choice>{run('甲')}</mc:Choice><mc:Choice>{run('乙')}</mc:Choice>"
            f"<mc:Fallback>{run('丙')}</mc:Fallback></mc:AlternateContent>"
        ),
        "甲",
    ),
    "fallback alone": (f"<mc:AlternateContent><mc:Fallback>{run('丙')}</mc:Fallback></mc:AlternateContent>", ""),
}


@pytest.mark.parametrize(("runs", "expected"), INSIDE.values(), ids=INSIDE)
def test_the_text_of_a_paragraph(runs: str, expected: str) -> None:
    assert texts(f"<w:p>{runs}</w:p>") == [expected]


def test_the_texts_of_a_paragraph_are_those_that_are_read() -> None:
    runs = run("甲") + f"<w:del>{run('乙')}</w:del><w:ins>{run('丙')}</w:ins>" + BOX.format(paragraph("框"))
    document = etree.fromstring(
        word_files.part("document", paragraph(runs=f"{runs}<m:r><m:t>x</m:t></m:r><w:r><w:tab/></w:r>"))
    )
    [first, box] = places.body(document).places
    assert [one.text for one in places.texts(first.element)] == ["甲", "丙"]
    assert places.text_of(first.element) == "甲丙x\t"
    assert places.text_of(box.element) == "框"


def test_a_text_box_has_paragraphs_of_its_own() -> None:
    assert texts(paragraph("前", runs=BOX.format(paragraph("框一") + table(["框二"])) + run("后"))) == [
        "前后",
        "框一",
        "框二",
    ]


def test_paragraphs_are_numbered_by_part_wherever_they_stand() -> None:
    inner = table(["深"], ["深二"])
    control = f"<w:sdt><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
    rows = table(["甲", "乙"], [inner + paragraph("丙"), "丁"])
    document = read(
        docx(
            paragraph("一", "1") + table(["零"]) + control + rows,
            headers=[paragraph("页眉")],
            footers=[paragraph("页脚", "a1")],
            footnotes=f'<w:footnote w:id="1">{paragraph("注")}</w:footnote>',
            endnotes=f'<w:endnote w:id="1">{paragraph("尾")}</w:endnote>',
        ),
    )
    assert [(one.part, one.number, one.cell, one.style, one.text) for one in document.paragraphs] == [
        ("正文", 1, "", "标题一", "一"),
        ("正文", 2, "表1 第1行第1列", "", "零"),
        ("正文", 3, "", "", "控件"),
        ("正文", 4, "表2 第1行第1列", "", "甲"),
        ("正文", 5, "表2 第1行第2列", "", "乙"),
        ("正文", 6, "表2 第2行第1列 表1 第1行第1列", "", "深"),
        ("正文", 7, "表2 第2行第1列 表1 第2行第1列", "", "深二"),
        ("正文", 8, "表2 第2行第1列", "", "丙"),
        ("正文", 9, "表2 第2行第2列", "", "丁"),
        ("页眉1", 1, "", "", "页眉"),
        ("页脚1", 1, "", "正文缩进", "页脚"),
        ("脚注", 1, "", "", "注"),
        ("尾注", 1, "", "", "尾"),
    ]


def test_rows_and_cells_in_content_controls_count() -> None:
    rows = table(["甲", "乙"], ["丙", "丁"])
    rows = rows.replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>", 1).replace(
        "</w:tr>", "</w:tr></w:sdtContent></w:sdt>", 1
    )
    rows = rows.replace("<w:tc>", "<w:customXml><w:tc>", 1).replace("</w:tc>", "</w:tc></w:customXml>", 1)
    assert [one.cell[3:] for one in read(docx(rows)).paragraphs] == [
        "第1行第1列",
        "第1行第2列",
        "第2行第1列",
        "第2行第2列",
    ]


@pytest.mark.parametrize(
    ("key", "styles", "expected"),
    [
        ("", word_files.part("styles", ""), ""),
        ("a", None, ""),
        ("1", None, "标题一"),
        ("9", None, "9"),
        ("b", word_files.part("styles", '<w:style w:styleId="b"/>'), "b"),
        ("b", word_files.part("styles", '<w:style w:styleId="b"><w:name/></w:style>'), "b"),
        ("b", word_files.part("styles", '<w:style w:type="table" w:default="1" w:styleId="b"/>'), "b"),
        ("b", word_files.part("styles", '<w:style w:type="paragraph" w:default="true" w:styleId="b"/>'), ""),
    ],
)
def test_a_style_is_called_by_its_name(key: str, styles: bytes | None, expected: str) -> None:
    data = docx(paragraph("甲", key), replace={"word/styles.xml": styles} if styles else None)
    assert [one.style for one in read(data).paragraphs] == [expected]


def test_a_document_without_styles_can_be_read() -> None:
    data = docx(paragraph("甲", "1"), replace={"word/_rels/document.xml.rels": None, "word/styles.xml": None})
    assert [one.style for one in read(data).paragraphs] == ["1"]


def test_the_document_of_anyone_can_be_read() -> None:
    links = [("rId8", "attachedTemplate", "file:///C:/a.dotm"), ("rId9", "oleObject", "embeddings/a.bin")]
    data = docx(
        paragraph("甲", runs=field("MERGEFIELD a", "乙")),
        links=links,
        types={"word/document.xml": f"{word_files.WML}.template.main+xml", "word/embeddings/a.bin": "application/x"},
        replace={"word/embeddings/a.bin": b"x"},
    )
    assert [one.text for one in read(data).paragraphs] == ["甲乙"]


def test_what_is_no_document_gives_no_text() -> None:
    document, found = text.read(b"hello", "x.docx")
    assert document is None
    assert [one.rule.code for one in found] == ["T101"]


def test_a_broken_footer_is_said_and_the_rest_is_read() -> None:
    document, found = text.read(docx(paragraph("甲"), footers=["<w:p>"]), "x.docx")
    assert [one.rule.code for one in found] == ["T113"]
    assert document
    assert [one.text for one in document.paragraphs] == ["甲"]
    assert text.dump(document) == "甲\n"


def marked(index: int, content: str) -> str:
    return f"{opening(index)}{content}{closing()}"


def test_marks_say_which_output_printed_what() -> None:
    data = docx(
        paragraph(f"收入{marked(0, '2845.81')}万元，{marked(1, '占' + marked(2, '71%') + marked(70_000, ''))}。")
        + paragraph(marked(65_000, "甲")),
    )
    one, two = read(data, traced=True).paragraphs
    assert one.text == "收入2845.81万元，占71%。"
    assert one.marks == (Mark(2, 9, 0), Mark(12, 16, 1), Mark(13, 16, 2), Mark(16, 16, 70_000))
    assert (two.text, two.marks) == ("甲", (Mark(0, 1, 65_000),))


def test_an_output_over_several_paragraphs_marks_each_and_never_another_part() -> None:
    inner, outer = opening(4), opening(3)
    data = docx(
        paragraph(f"甲{outer}乙")
        + paragraph(f"丙{inner}丁")
        + paragraph()
        + paragraph(f"戊{closing()}己{closing()}庚{inner}"),
        footers=[paragraph("辛")],
    )
    assert [(one.text, one.marks) for one in read(data, traced=True).paragraphs] == [
        ("甲乙", (Mark(1, 2, 3),)),
        ("丙丁", (Mark(0, 2, 3), Mark(1, 2, 4))),
        ("", (Mark(0, 0, 3), Mark(0, 0, 4))),
        ("戊己庚", (Mark(0, 1, 4), Mark(0, 2, 3), Mark(3, 3, 4))),
        ("辛", ()),
    ]


def test_a_story_without_paragraphs_has_no_marks() -> None:
    assert read(docx(""), traced=True).paragraphs == ()


SAID = st.text(st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0xEFFFF, exclude_characters="\ufffe\uffff"))


@given(st.lists(st.lists(st.tuples(st.integers(0, 100_000), SAID)), min_size=1))
def test_a_traced_document_reads_as_the_plain_one_and_names_its_outputs(lines: list[list[tuple[int, str]]]) -> None:
    plain = read(docx("".join(paragraph("".join(said for _, said in line)) for line in lines)))
    body = "".join(paragraph("".join(marked(*output) for output in line)) for line in lines)
    traced = read(docx(body), traced=True)
    assert [one.text for one in traced.paragraphs] == [one.text for one in plain.paragraphs]
    for one, line in zip(traced.paragraphs, lines, strict=True):
        named = sorted((mark.output, one.text[mark.start : mark.end]) for mark in one.marks)
        assert named == sorted(line)


@given(
    st.binary(max_size=200), st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
)
def test_nothing_makes_it_raise_and_every_character_comes_back(data: bytes, said: str) -> None:
    assert text.read(b"PK\3\4" + data, "x")[0] is None
    assert texts(paragraph(said)) == [said]


DUMPED: Sequence[tuple[str, str, str]] = [
    ("paragraphs", paragraph("标题", "1") + paragraph("甲") + paragraph(), "[标题一] 标题\n甲\n\n"),
    ("signs", paragraph(runs="<w:r><w:t>甲</w:t><w:br/><w:t>乙\u2028丙</w:t><w:tab/></w:r>"), "甲⏎乙⏎丙⇥\n"),
    ("table", table(["甲", "乙"], ["", "a|b"]), "| 甲 | 乙 |\n|  | a\\|b |\n"),
    ("paragraphs in a cell", table([paragraph("甲", "1") + paragraph("乙")]), "| 甲⏎乙 |\n"),
    (
        "a table in a cell",
        table([table(["甲", "乙"], ["丙", "丁"]) + paragraph("后")]),
        "| (| 甲 | 乙 |; | 丙 | 丁 |)⏎后 |\n",
    ),
    (
        "merged cells",
        table(
            [cell("甲", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), "乙"],
            [cell("藏", '<w:gridSpan w:val="2"/><w:vMerge/>'), cell("丙", '<w:hMerge w:val="continue"/>')],
        ),
        "| 甲 |  | 乙 |\n|  |  |  |\n",
    ),
    (
        "nonsense columns",
        table([cell("甲", '<w:gridSpan w:val="x"/>'), cell("乙", '<w:gridSpan w:val="0"/>')]),
        "| 甲 | 乙 |\n",
    ),
    ("too many columns", table([cell("甲", '<w:gridSpan w:val="99"/>')]), f"| 甲{' | ' * 62} |\n"),
    ("absurdly many columns", table([cell("甲", f'<w:gridSpan w:val="{"9" * 5_000}"/>')]), "| 甲 |\n"),
    ("text box", paragraph("前", runs=BOX.format(paragraph("框")), style="1"), "[标题一] 前\n框\n"),
    ("no rows", "<w:tbl/>", ""),
]


@pytest.mark.parametrize(("body", "expected"), [one[1:] for one in DUMPED], ids=[one[0] for one in DUMPED])
def test_a_dump_reads_like_the_document(body: str, expected: str) -> None:
    assert text.dump(read(docx(body))) == expected


def test_a_dump_names_every_part_after_the_main_text() -> None:
    data = docx(paragraph("甲"), headers=[paragraph("乙")], footers=[table(["丙"])])
    assert text.dump(read(data)) == "甲\n== 页眉1 ==\n乙\n== 页脚1 ==\n| 丙 |\n"


def test_the_deepest_xml_that_is_read_does_not_exhaust_the_stack() -> None:
    deep = "<w:sdt>" * 240 + paragraph("甲") + "</w:sdt>" * 240
    assert texts(deep) == ["甲"]
    assert texts(f"<w:p>{'<w:ins>' * 240}{run('甲')}{'</w:ins>' * 240}</w:p>") == ["甲"]


def test_a_stored_zip_reads_the_same() -> None:
    files = word_files.parts(paragraph("甲"))
    assert read(word_files.zipped(files, zipfile.ZIP_STORED)) == read(word_files.zipped(files))

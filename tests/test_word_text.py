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
from tests import lists, word_files
from tests.word_files import cell, docx, field, paragraph, run, table

if TYPE_CHECKING:
    from collections.abc import Sequence

BOX = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"


def read(data: bytes, *, traced: bool = False) -> text.Document:
    document, found = text.read(data, "报告.docx", traced=traced)
    assert found == []
    assert document
    return document


def said(text: str) -> str:
    """Write a text of a formula."""
    return f"<m:r><m:t>{text}</m:t></m:r>"


def held(name: str, text: str) -> str:
    """Write a part of a form."""
    return f"<m:{name}>{said(text)}</m:{name}>"


def fraction(above: str, below: str) -> str:
    return f"<m:f>{held('num', above)}{held('den', below)}</m:f>"


def texts(body: str) -> list[str]:
    return [one.text for one in read(docx(body)).paragraphs]


INSIDE = {
    "text": (run("甲"), "甲"),
    "several runs": (run("甲") + run(" 乙 "), "甲 乙 "),
    "tabs": ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:ptab/></w:r>", "甲\t乙\t"),
    "line breaks": ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/></w:r>", "甲\n乙\n"),
    "page and column breaks": ('<w:r><w:br w:type="page"/><w:br w:type="column"/><w:t>甲</w:t></w:r>', "甲"),
    "hyphens": ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>b</w:t></w:r>", "a-b"),
    "symbol": ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑"),
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
    "field without a result": (field("TC 甲").replace('<w:r><w:t xml:space="preserve"></w:t></w:r>', ""), ""),
    "field in the code of a field": (
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
            f"{field('MERGEFIELD a', '乙')}{run('丙')}"
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("丁")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        "丁",
    ),
    "end of a field from before": (f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{run("甲")}', "甲"),
    "formula": ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "x"),
    "symbol by its place": ('<w:r><w:sym w:font="Symbol" w:char="B4"/></w:r>', "×"),
    "symbol of an unknown font": ('<w:r><w:sym w:font="X" w:char="F0FE"/></w:r>', "\uf0fe"),
    "hidden": (f"{run('甲')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>乙</w:t></w:r>", "甲"),
    "not hidden": ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>乙</w:t></w:r>', "乙"),
    "hidden on the screen of the web": ("<w:r><w:rPr><w:webHidden/></w:rPr><w:t>乙</w:t></w:r>", "乙"),
    "no-break space": (run("甲\u00a0乙\u00ad"), "甲\u00a0乙\u00ad"),
    "repeated control": (
        "<w:sdt><w:sdtContent>"
        + f"<w:sdt><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt>" * 2
        + "</w:sdtContent></w:sdt>",
        "甲甲",
    ),
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


FORMULAS = {
    "fraction": (fraction("实际支出", "预算"), "实际支出/预算"),
    "fraction of sums": (fraction("a+b", "2,788.55") + said("×100%"), "(a+b)/2,788.55×100%"),
    "fraction in brackets": (f"<m:d><m:e>{fraction('0', '756+2032.55')}</m:e></m:d>", "(0/(756+2032.55))"),
    "other brackets": (
        (
            '<m:d><m:dPr><m:begChr m:val="["/><m:sepChr m:val=","/><m:endChr m:val=""/></m:dPr>'
            f"{held('e', 'a')}{held('e', 'b')}</m:d>"
        ),
        "[a,b",
    ),
    "power": (f"<m:sSup>{held('e', 'x')}{held('sup', 'n+1')}</m:sSup>", "x^(n+1)"),
    "index": (f"<m:sSub>{held('e', 'x')}{held('sub', '12')}</m:sSub>", "x_12"),
    "both": (f"<m:sSubSup>{held('e', 'x')}{held('sub', '1')}{held('sup', '2')}</m:sSubSup>", "x_1^2"),
    "root": (f"<m:rad>{held('deg', '')}{held('e', 'x')}</m:rad>", "√x"),
    "third root": (f"<m:rad>{held('deg', '3')}{held('e', 'a+b')}</m:rad>", "3√(a+b)"),
    "sum": (
        (
            '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>'
            f"{held('sub', 'i=1')}{held('sup', 'n')}{held('e', 'x')}</m:nary>"
        ),
        "∑_(i=1)^nx",
    ),
    "integral": (f"<m:nary>{held('e', 'x')}</m:nary>", "∫x"),
    "function": (f"<m:func>{held('fName', 'min')}{held('e', 'x')}</m:func>", "minx"),
    "deleted": (f"<w:del>{said('x')}</w:del>{said('y')}<!-- z -->", "y"),
    "of ordinary text": ("<m:r><w:rPr/><w:t>x</w:t></m:r>", "x"),
    "nothing": ("<m:f/>", "/"),
}


@pytest.mark.parametrize(("formula", "expected"), FORMULAS.values(), ids=FORMULAS)
def test_a_formula_is_read_on_one_line(formula: str, expected: str) -> None:
    assert texts(f"<w:p>{run('=')}<m:oMathPara><m:oMath>{formula}</m:oMath></m:oMathPara></w:p>") == [f"={expected}"]


def test_the_texts_of_a_paragraph_are_those_that_are_read() -> None:
    runs = run("甲") + f"<w:del>{run('乙')}</w:del><w:ins>{run('丙')}</w:ins>" + BOX.format(paragraph("框"))
    document = etree.fromstring(
        word_files.part(
            "document", paragraph(runs=f"{runs}<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath><w:r><w:tab/></w:r>")
        )
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


def mark(sign: str, text: str, more: str = "") -> str:
    """Write a paragraph whose mark bears a sign of its own."""
    return f"<w:p><w:pPr>{more}<w:rPr>{sign}</w:rPr></w:pPr>{run(text) if text else ''}</w:p>"


DELETED = '<w:del w:id="1" w:author="a"/>'
JOINED = {
    "deleted": (mark(DELETED, "甲") + paragraph("乙", "1"), [(2, "标题一", "甲乙")]),
    "moved away": (mark("<w:moveFrom/>", "甲") + paragraph("乙"), [(2, "", "甲乙")]),
    "hidden": (mark("<w:vanish/>", "甲") + paragraph("乙"), [(2, "", "甲乙")]),
    "a heading that runs on": (
        mark("<w:vanish/><w:specVanish/>", "甲", '<w:pStyle w:val="1"/>') + paragraph("乙"),
        [(1, "标题一", "甲"), (2, "", "乙")],
    ),
    "inserted": (mark("<w:ins/>", "甲") + paragraph("乙"), [(1, "", "甲"), (2, "", "乙")]),
    "three": (mark(DELETED, "甲") + mark(DELETED, "乙") + paragraph("丙"), [(3, "", "甲乙丙")]),
    "over a bookmark": (mark(DELETED, "甲") + '<w:bookmarkEnd w:id="1"/>' + paragraph("乙"), [(2, "", "甲乙")]),
    "with a text box": (
        mark(DELETED, "甲").replace("</w:p>", BOX.format(paragraph("框")) + "</w:p>") + paragraph("乙"),
        [(2, "", "框"), (3, "", "甲乙")],
    ),
    "before a table": (mark(DELETED, "甲") + table(["乙"]), [(1, "", "甲"), (2, "", "乙")]),
    "empty before a table": (mark(DELETED, "") + table(["乙"]), [(2, "", "乙")]),
    "at the end": (paragraph("甲") + mark(DELETED, ""), [(1, "", "甲")]),
    "the last in a cell": (table([mark(DELETED, "甲") + paragraph("乙") + mark(DELETED, "")]), [(2, "", "甲乙")]),
}


@pytest.mark.parametrize(("body", "expected"), JOINED.values(), ids=JOINED)
def test_a_paragraph_without_a_mark_goes_on_in_the_next(body: str, expected: list[tuple[int, str, str]]) -> None:
    document = read(docx(body))
    assert [(one.number, one.style, one.text) for one in document.paragraphs] == expected
    assert text.dump(document).count("标题一") == sum(style == "标题一" for _, style, _ in expected)


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(map(cell, cells))}</w:tr>"


def test_rows_and_cells_that_are_deleted_are_not_there() -> None:
    inner = table(["深"])
    nested = f"<w:tbl>{row('丁', properties=DELETED)}{row('戊')}</w:tbl>"
    body = (
        paragraph("前")
        + f"<w:tbl>{row('甲', cell('乙', '<w:cellDel/>'))}{row('丙', inner + paragraph(), properties=DELETED)}"
        + f"{row(nested + paragraph())}</w:tbl>"
        + f"<w:tbl>{row('己', properties=DELETED)}</w:tbl>"
    )
    document = read(docx(body))
    assert text.dump(document) == "前\n| 甲 |\n| (| 戊 |)⏎ |\n"
    assert [isinstance(one, text.Table) for one in document.layout["正文"]] == [False, True]
    assert [(one.cell, one.text) for one in document.paragraphs] == [
        ("", "前"),
        ("表1 第1行第1列", "甲"),
        ("表1 第3行第1列 表1 第2行第1列", "戊"),
        ("表1 第3行第1列", ""),
    ]


def test_a_table_knows_its_head_and_what_its_merged_cells_cover() -> None:
    down, on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = (
        row("头", cell("宽", wide), cell("藏", '<w:hMerge w:val="continue"/>'), properties="<w:tblHeader/>")
        + row(cell("并", down), "乙", "丙", "丁", properties='<w:tblHeader w:val="0"/>')
        + row(cell("", on), cell("并二", wide + down), "戊")
        + row(cell("", on), cell("", wide + on), "己", properties="")
        + row("庚", cell("孤", on), properties='<w:gridBefore w:val="1"/>')
    )
    (found,) = read(docx(f"<w:tbl>{rows}</w:tbl>")).layout["正文"]
    assert isinstance(found, text.Table)
    assert [one.head for one in found.rows] == [True, False, False, False, False]
    assert [[(one.column, one.columns, one.rows, one.continued) for one in line.cells] for line in found.rows] == [
        [(1, 1, 1, False), (2, 2, 1, False), (4, 1, 1, True)],
        [(1, 1, 3, False), (2, 1, 1, False), (3, 1, 1, False), (4, 1, 1, False)],
        [(1, 1, 1, True), (2, 2, 2, False), (4, 1, 1, False)],
        [(1, 1, 1, True), (2, 2, 1, True), (4, 1, 1, False)],
        [(2, 1, 1, False), (3, 1, 1, True)],
    ]


HEADS = {
    "by its name": ("heading 2", "", "", 2),
    "by its Chinese name": ("标题 3", "", "", 3),
    "by its level": ("章", '<w:outlineLvl w:val="0"/>', "", 1),
    "the ninth": ("款", '<w:outlineLvl w:val="8"/>', "", 9),
    "by that of its base": ("节", "", "章", 1),
    "by itself first": ("heading 4", '<w:outlineLvl w:val="1"/>', "", 2),
    "body text by its level": ("heading 5", '<w:outlineLvl w:val="9"/>', "", 0),
    "no heading": ("Body Text", "", "", 0),
    "a level that is none": ("b", '<w:outlineLvl w:val="x"/>', "", 0),
}


@pytest.mark.parametrize(("name", "properties", "base", "level"), HEADS.values(), ids=HEADS)
def test_a_heading_has_a_level(name: str, properties: str, base: str, level: int) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="h"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/><w:pPr>'
    styles += f"{properties}</w:pPr></w:style>"
    styles += '<w:style w:type="paragraph" w:styleId="章"><w:name w:val="章"/>'
    styles += '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    data = docx(paragraph("甲", "h"), replace={"word/styles.xml": word_files.part("styles", styles)})
    assert [one.level for one in read(data).paragraphs] == [level]


@pytest.mark.parametrize(("outline", "level"), [("0", 1), ("8", 9), ("9", 0), ("", 1)])
def test_a_paragraph_may_say_its_level_itself(outline: str, level: int) -> None:
    said = f'<w:p><w:pPr><w:pStyle w:val="1"/><w:outlineLvl w:val="{outline}"/></w:pPr>{run("甲")}</w:p>'
    styles = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    data = docx(said, replace={"word/styles.xml": word_files.part("styles", styles)})
    assert [one.level for one in read(data).paragraphs] == [level]


def test_text_is_hidden_by_styles_too() -> None:
    styles = "".join(
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{key}"/><w:rPr><w:vanish/></w:rPr></w:style>'
        for key, kind in (("藏", "character"), ("隐", "paragraph"))
    )
    styles += '<w:style w:type="paragraph" w:styleId="隐二"><w:name w:val="隐二"/><w:basedOn w:val="隐"/></w:style>'
    shown = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>丙</w:t></w:r>"
    body = paragraph("甲", runs='<w:r><w:rPr><w:rStyle w:val="藏"/></w:rPr><w:t>乙</w:t></w:r>')
    body += paragraph("丁", "隐", runs=shown) + paragraph("戊", "隐二")
    data = docx(body, replace={"word/styles.xml": word_files.part("styles", styles)})
    assert [one.text for one in read(data).paragraphs] == ["甲", "丙", ""]


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


def test_a_dump_shows_automatic_numbers_in_brackets_of_their_own() -> None:
    numbering = lists.definition(lists.level(0, "chineseCounting", "%1、"), lists.level(1, "bullet", "•"), key="0")
    body = lists.item(key="1") + table([lists.item(1, "1")])
    assert text.dump(read(lists.listed(body, numbering + lists.listing("1", "0")))) == "‹一、›项\n| ‹•›项 |\n"


def test_a_dump_names_every_part_after_the_main_text() -> None:
    data = docx(paragraph("甲"), headers=[paragraph("乙")], footers=[table(["丙"])])
    assert text.dump(read(data)) == "甲\n== 页眉1 ==\n乙\n== 页脚1 ==\n| 丙 |\n"


def test_the_deepest_xml_that_is_read_does_not_exhaust_the_stack() -> None:
    deep = "<w:sdt>" * 240 + paragraph("甲") + "</w:sdt>" * 240
    assert texts(deep) == ["甲"]
    assert texts(f"<w:p>{'<w:ins>' * 240}{run('甲')}{'</w:ins>' * 240}</w:p>") == ["甲"]
    assert texts(f"<w:p><w:oMath/><m:oMath>{'<m:e>' * 240}{said('x')}{'</m:e>' * 240}</m:oMath></w:p>") == ["x"]
    fractions = f"{'<m:f><m:num>' * 120}{said('x')}{'</m:num></m:f>' * 120}"
    assert texts(f"<w:p><m:oMath>{fractions}</m:oMath></w:p>")[0].endswith("x" + "/)" * 119 + "/")
    tables = "<w:tbl><w:tr><w:tc>" * 80 + paragraph("甲") + "</w:tc></w:tr></w:tbl>" * 80
    assert text.dump(read(docx(tables))).count("甲") == 1


def test_a_stored_zip_reads_the_same() -> None:
    files = word_files.parts(paragraph("甲"))
    assert read(word_files.zipped(files, zipfile.ZIP_STORED)) == read(word_files.zipped(files))


def test_what_word_computes_is_told_apart() -> None:
    page = f'<w:fldSimple w:instr="PAGE">{run("12")}</w:fldSimple>'
    body = f"<w:p>{run('共')}{field('NUMPAGES', '28')}{run('页，第')}{page}{run('页')}</w:p>{paragraph('28')}"
    document, _ = text.read(docx(body), "a.docx")
    assert document is not None
    assert [(one.text, one.computed) for one in document.paragraphs] == [
        ("共28页，第12页", ((1, 3), (6, 8))),
        ("28", ()),
    ]


def test_what_word_computes_stands_where_it_does_without_marks() -> None:
    body = f"<w:p>{run(f'{opening(0)}甲乙{closing()}')}{field('PAGE', '7')}</w:p>"
    document, _ = text.read(docx(body), "a.docx", traced=True)
    assert document is not None
    (line,) = document.paragraphs
    assert (line.text, line.marks, line.computed) == ("甲乙7", (Mark(0, 2, 0),), ((2, 3),))

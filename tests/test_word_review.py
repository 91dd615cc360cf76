"""A template is examined as far as it can be read: everything wrong with it at once, each in its place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen import cli, packs
from reportgen.diagnostics import Span
from reportgen.lint import template
from reportgen.schema import Field, Kind, group, listing
from reportgen.word.annotate import annotate
from reportgen.word.review import review
from tests import odd_files, small_packs
from tests.word_files import cell, docx, field, paragraph, part, run, table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportgen.diagnostics import Diagnostic

SHIPPED = Path(__file__).parents[1] / "templates" / "meizhou-self-evaluation" / "2021.1"
FORM = {"甲": Field(Kind.NUMBER, minimum=Decimal(0)), "村": listing(group({"名称": Field(Kind.TEXT)}))}


def found(data: bytes, headings: Sequence[str] = (), names: Sequence[str] = ()) -> list[Diagnostic]:
    return review(data, "t.docx", headings, [FORM], names)


def codes(data: bytes, headings: Sequence[str] = (), names: Sequence[str] = ()) -> list[str]:
    return [one.rule.code for one in found(data, headings, names)]


def lines(*texts: str) -> bytes:
    return docx("".join(map(paragraph, texts)))


def test_the_shipped_template_has_nothing_wrong() -> None:
    pack, _ = packs.read(SHIPPED, templates=False)
    assert pack is not None
    assert template((SHIPPED / "report.docx").read_bytes(), "report.docx", pack) == []


def test_everything_is_said_at_once() -> None:
    data = lines(
        "{{ 甲 }}人，{{ 以 }}人",
        "{{ 甲 | 百分笔 }}",
        "{%p for 一村 in 村 %}",
        "{{ 一村.名 }}，94分",
        "{%p endif %}",
        "{{ 甲 ",
    )
    said = [(one.span.line, one.rule.code) for one in found(data)]
    assert said == [(1, "T502"), (2, "T503"), (3, "T524"), (4, "T201"), (4, "T502"), (5, "T523"), (6, "T532")]


def test_a_crossed_tag_names_the_one_that_is_open() -> None:
    (crossed,) = (one for one in found(lines("{%p if 甲 > 0 %}", "{%p endfor %}", "{%p endif %}")))
    assert (crossed.rule.code, crossed.span.line, crossed.related[0].span.line) == ("T523", 2, 1)


@pytest.mark.parametrize("tag", ["{%p fro 一村 in 村 %}", "{%p for 一村 in 村 | 排 %}", "{%p set 一村 = 甲 | 排 %}"])
def test_what_a_faulty_tag_would_name_is_not_reported_again(tag: str) -> None:
    said = codes(lines(tag, "{{ 一村 }}{{ 二村 }}"))
    assert said.count("T502") == 1


def boxed(typed: str) -> str:
    content = f"<w:txbxContent>{paragraph(typed)}</w:txbxContent>"
    return f"<w:r><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r>"


def note(kind: str, typed: str) -> str:
    return f'<w:{kind} w:id="2">{paragraph(typed)}</w:{kind}>'


PLACES: dict[str, tuple[Callable[[str], bytes], str, int, str]] = {
    "body": (lambda typed: lines("甲", typed), "正文", 2, ""),
    "split runs": (lambda typed: docx(paragraph("甲") + paragraph(runs="".join(map(run, typed)))), "正文", 2, ""),
    "cell": (lambda typed: docx(table(["甲", typed]) + paragraph()), "正文", 2, "表1 第1行第2列"),
    "nested table": (
        lambda typed: docx(table(["甲", table([typed]) + paragraph()]) + paragraph()),
        "正文",
        2,
        "表1 第1行第2列 表1 第1行第1列",
    ),
    "header": (lambda typed: docx(paragraph(), headers=[paragraph(typed)]), "页眉1", 1, ""),
    "footer": (lambda typed: docx(paragraph(), footers=[paragraph(typed)]), "页脚1", 1, ""),
    "footnote": (lambda typed: docx(paragraph(), footnotes=note("footnote", typed)), "脚注", 1, ""),
    "endnote": (lambda typed: docx(paragraph(), endnotes=note("endnote", typed)), "尾注", 1, ""),
    "text box": (lambda typed: docx(paragraph(runs=boxed(typed))), "正文", 2, ""),
}
TYPED = {
    "{{ 乙 }}": "T502",
    "{{ 甲 | 乙 }}": "T503",
    "{% if 甲 > 0 %}": "T524",
    "{% endif %}": "T523",
    "{{ 甲": "T532",
    "{ 甲 }}": "T203",
    "94分": "T201",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("typed", TYPED)
def test_a_fault_has_its_place_wherever_it_stands(place: str, typed: str) -> None:
    make, where, number, around = PLACES[place]
    (one,) = found(make(typed))
    assert one.rule.code == TYPED[typed]
    assert (one.span.part, one.span.line, one.span.cell, one.span.quote) == (where, number, around, typed)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("截至{{ 甲 }}年12月31日", "12月31日"),
        ("共3个村，3个组，占100%", "3个、100%"),
        ("三个村", "三个"),
        ("832平台、GB/T 9704", "9704"),
    ],
)
def test_numbers_between_the_tags_are_literal(typed: str, numbers: str) -> None:
    (one,) = found(lines(typed), names=["832平台", ""])
    assert (one.rule.code, one.values["numbers"]) == ("T201", numbers)


@pytest.mark.parametrize(
    "typed",
    ["一般公共预算、第一、一是，（一）", "{{ '94分' if 甲 > 0 else '0分' }}", "{# 94分 #}", "一、概况", "①概况"],
)
def test_what_puts_in_order_or_stands_in_tags_is_no_literal_number(typed: str) -> None:
    assert codes(lines(typed)) == []


def test_what_word_computes_is_not_the_authors() -> None:
    simple = f'<w:fldSimple w:instr="PAGE">{run("9")}</w:fldSimple>'
    assert codes(docx(paragraph(runs=run("第") + field("PAGE", "１") + run("页，") + simple))) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("甲,乙", "，"), ("甲(乙)", "（ ）"), ("ＰＰＰ项目", "PPP"), ("“甲”.", "。"), ("甲．乙", ".")],
)
def test_odd_widths_are_shown_mended(typed: str, meant: str) -> None:
    (one,) = found(lines(typed))
    assert (one.rule.code, one.values["meant"]) == ("T202", meant)


@pytest.mark.parametrize("typed", ["http://www.example.org/a,b", "甲，乙（丙）：丁。", "Word (WPS)", "a. b"])
def test_widths_that_are_right(typed: str) -> None:
    assert codes(lines(typed)) == []


def heading(text: str, properties: str = "", style: str = "") -> bytes:
    """Write a heading; `style` is what the style itself holds."""
    styles = f'<w:style w:type="paragraph" w:styleId="1"><w:name w:val="标题一"/>{style}</w:style>'
    base = f'<w:style w:type="paragraph" w:styleId="0"><w:name w:val="根"/><w:pPr>{NUMBERED}</w:pPr></w:style>'
    body = paragraph(text, "1").replace("</w:pPr>", f"{properties}</w:pPr>")
    return docx(body * 2, replace={"word/styles.xml": part("styles", styles + base)})


NUMBERED = '<w:numPr><w:numId w:val="1"/></w:numPr>'


@pytest.mark.parametrize(
    "numeral", ["一、", "（一）", "(二)", "1.", "1．", "12、", "（1）", "①", "第一章", "1.1 ", "　1.2."]
)
def test_headings_have_no_typed_numeral(numeral: str) -> None:
    said = found(heading(f"{numeral}概况"), ["标题一"])
    assert [(one.rule.code, one.values["numeral"]) for one in said] == [("T204", numeral.strip())] * 2


@pytest.mark.parametrize("title", ["一般情况", "{{ 甲 }}、概况", "下一步", "（概况）"])
def test_headings_that_begin_otherwise(title: str) -> None:
    assert codes(heading(title), ["标题一"]) == []


@pytest.mark.parametrize(
    ("properties", "style", "times"),
    [
        (NUMBERED, "", 2),
        ("", f"<w:pPr>{NUMBERED}</w:pPr>", 1),
        ("", '<w:basedOn w:val="0"/>', 1),
        (NUMBERED.replace('"1"', '"0"'), '<w:basedOn w:val="0"/>', 0),
        ("", f'<w:basedOn w:val="0"/><w:pPr>{NUMBERED.replace("1", "0")}</w:pPr>', 0),
        ("", '<w:basedOn w:val="1"/>', 0),
        ("<w:numPr/>", "", 0),
    ],
)
def test_headings_are_not_numbered_by_word(properties: str, style: str, times: int) -> None:
    assert codes(heading("概况", properties, style), ["标题一"]) == ["T205"] * times


def test_a_missing_style_is_said_once() -> None:
    body = paragraph("甲", "无") * 2 + paragraph(runs='<w:r><w:rPr><w:rStyle w:val="没有"/></w:rPr></w:r>')
    assert [(one.rule.code, one.span.line, one.values["style"]) for one in found(docx(body))] == [
        ("T206", 1, "无"),
        ("T206", 3, "没有"),
    ]


def test_a_template_without_styles_has_none_to_miss() -> None:
    data = docx(paragraph("甲", "无"), replace={"word/_rels/document.xml.rels": None, "word/styles.xml": None})
    assert "T206" not in codes(data)


def test_an_odd_font_is_said_once_with_the_style_that_has_it() -> None:
    fonts = '<w:rPr><w:rFonts w:eastAsia="汉仪旗黑" w:ascii="Times New Roman" w:asciiTheme="minorHAnsi"/></w:rPr>'
    styles = f"<w:docDefaults><w:rPrDefault>{fonts.replace('旗黑', '中黑')}</w:rPrDefault></w:docDefaults>"
    styles += f'<w:style w:type="paragraph" w:styleId="1"><w:name w:val="标题一"/>{fonts}</w:style>'
    body = paragraph(runs=run("甲").replace("<w:t", f"{fonts}<w:t"))
    said = found(docx(body, replace={"word/styles.xml": part("styles", styles)}))
    assert [(one.span.part, one.span.quote, one.values["font"]) for one in said] == [
        ("word/styles.xml", "", "汉仪中黑"),
        ("word/styles.xml", "标题一", "汉仪旗黑"),
    ]


LOOP = (["{%tr for 一村 in 村 %}"], ["{{ 一村.名称 }}"], ["{%tr endfor %}"])
HEAD = "<w:tr><w:trPr><w:tblHeader{}/></w:trPr>"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (table(["村"], *LOOP), ["T208"]),
        (table(["村"], *LOOP).replace("<w:tr>", HEAD.format(""), 1), []),
        (table(["村"], *LOOP).replace("<w:tr>", HEAD.format(' w:val="0"'), 1), ["T208"]),
        (table(*LOOP), []),
        (table(["村"], ["镇"]), []),
        (table(["村"], [cell(table(*LOOP) + paragraph())]), []),
        ("<w:tbl><w:tblPr/><w:tblGrid/></w:tbl>", []),
    ],
)
def test_tables_that_grow_repeat_their_head(body: str, said: list[str]) -> None:
    assert codes(docx(body + paragraph())) == said


def test_leftovers_of_editing_are_said_once_a_paragraph() -> None:
    change = f'<w:ins w:id="1" w:author="甲">{run("乙")}</w:ins>'
    row = table(["丙"]).replace("<w:tr>", '<w:tr><w:trPr><w:ins w:id="2" w:author="甲"/></w:trPr>')
    section = '<w:sectPr><w:sectPrChange w:id="3" w:author="甲"><w:sectPr/></w:sectPrChange></w:sectPr>'
    body = paragraph(runs=change * 2) + row + paragraph("丁").replace("<w:r>", f"<w:pPr>{section}</w:pPr><w:r>", 1)
    said = found(docx(body))
    assert [(one.rule.code, one.span.line) for one in said] == [("T209", 1), ("T209", 2), ("T209", 3)]


def test_a_story_without_paragraphs_has_a_place_all_the_same() -> None:
    grid = '<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:ins w:id="1" w:author="甲"/></w:trPr></w:tr></w:tbl>'
    (one,) = found(docx(grid))
    assert (one.rule.code, one.span) == ("T209", Span("t.docx", part="正文"))


@pytest.mark.parametrize("code", [code for code in odd_files.BAD if code.startswith("T")])
def test_no_file_is_too_odd_to_be_examined_and_annotated(code: str) -> None:
    data = odd_files.made(code, "bad")
    if isinstance(data, bytes):
        said = found(data, ["标题一"])
        annotate(data, "t.docx", [(one.span, ["甲"]) for one in said])
        assert code in [one.rule.code for one in said]


def test_a_file_that_cannot_be_opened_is_no_template() -> None:
    assert codes(b"%PDF-1.7") == ["T101"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    manifest = small_packs.DEFAULTS["pack.yaml"] + "标题样式: [标题一]\n"
    body = paragraph("一、概况", "1") + paragraph("{{ 丙 }}94分")
    return small_packs.write(tmp_path, {"pack.yaml": manifest, "report.docx": docx(body)})


def test_a_template_belongs_to_the_pack_of_its_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["template", "lint", str(folder / "report.docx"), "--format", "short", "--lang", "en"]) == 1
    printed = capsys.readouterr().out
    assert [line.split("[")[1][:4] for line in printed.splitlines()] == ["T204", "T201", "T502"]


def test_a_template_elsewhere_takes_the_pack_that_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = folder.parent / "新.docx"
    copy.write_bytes((folder / "report.docx").read_bytes())
    assert cli.main(["template", "lint", str(copy), "--lang", "en"]) == 0
    alone = capsys.readouterr().out
    assert "T201" in alone
    assert "T502" not in alone
    assert "No pack is given" in alone
    assert cli.main(["template", "lint", str(copy), "--pack", str(folder), "--lang", "en"]) == 1
    assert capsys.readouterr().out.endswith("errors: 2, warnings: 1, notes: 0\n")


def test_a_template_or_pack_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["template", "lint", str(tmp_path / "x.docx"), "--pack", "no@1", "--format", "short"]) == 1
    printed = capsys.readouterr().out
    assert "P101" in printed
    assert "S001" in printed

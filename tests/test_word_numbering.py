"""Automatic numbers as a reader sees them: lists, levels and styles, and every format of numerals."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.word.text import read
from reportgen.word.text.numerals import numeral
from tests import lists
from tests.lists import CASES, definition, item, level, listed, listing, numbered, restart, style
from tests.word_files import WML, docx, paragraph, part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

# What LibreOffice 7 shows otherwise than Word.
OFFICE: Mapping[str, tuple[str, ...]] = {
    # It knows no legal numbering …
    "legal numbers": ("Article I", "I.01"),
    "chapters by style": ("第一章", "一.1", "一.2", "一.2.1", "第二章", "二.1", "二.1.1"),
    # … and every level starts anew after the one above.
    "never started anew": ("1.", "(1)", "(2)", "2.", "(1)"),
    "started anew by the first level only": ("1", "1.1", "1)", "2)", "1.2", "1)", "2", "2.1", "1)"),
    # A list that starts by itself does so at a paragraph of that level, and a style is on the level that it says.
    "restarted above": ("1.1", "3"),
    "a style on the level that names it": ("第一章", "第二章"),
    "bullets": ("•", "◦", "•"),
    "twenty in circles": ("⑳", "㉑"),
    "decimalEnclosedFullstop": ("1", "2"),
    "decimalEnclosedParen": ("1", "2"),
    "ideographDigital": ("九", "十", "十一"),
}


def numerals(data: bytes) -> list[str]:
    document, found = read(data, "lists.docx")
    assert document, found
    return [one.numeral for one in document.paragraphs]


@pytest.fixture(scope="module")
def all_lists() -> bytes:
    return lists.document()


def by_case(lines: Iterator[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Gather what stands in front of the items of each construction, from pairs of numeral and text."""
    found: dict[str, list[str]] = {}
    for front, text in lines:
        if text.startswith("# "):
            found[text[2:]] = items = []
        else:
            items.append(front)
    return {name: tuple(one) for name, one in found.items()}


def test_lists_are_numbered_as_word_numbers_them(all_lists: bytes) -> None:
    document, found = read(all_lists, "lists.docx")
    assert document, found
    shown = by_case((one.numeral, one.text) for one in document.paragraphs)
    assert shown == {name: case.numerals for name, case in CASES.items()}


@pytest.fixture(scope="module")
def office(all_lists: bytes, tool: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let LibreOffice write all lists as text and as another Word file."""
    folder = tmp_path_factory.mktemp("lists")
    (folder / "lists.docx").write_bytes(all_lists)
    program = [str(tool("soffice")), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    for form in ("txt:Text (encoded):UTF8", "docx:MS Word 2007 XML"):
        convert = ["--convert-to", form, "--outdir", str(folder / "made"), str(folder / "lists.docx")]
        subprocess.run([*program, *convert], check=True, capture_output=True)
    return folder / "made"


def test_another_program_shows_the_same_numerals(office: Path) -> None:
    text = (office / "lists.txt").read_text("utf-8-sig").rstrip("\n")
    lines = (re.fullmatch(r" *(.*?) ?(# .*|项|)", line) for line in text.split("\n"))
    shown = by_case((line[1], line[2]) for line in lines if line)
    assert shown == {name: OFFICE.get(name, case.numerals) for name, case in CASES.items()}


def test_a_file_that_went_through_another_program_has_the_same_numerals(office: Path) -> None:
    document, found = read((office / "lists.docx").read_bytes(), "lists.docx")
    assert document, found
    shown = by_case((one.numeral, one.text) for one in document.paragraphs)
    written = {"bullets": ("•", "−", "•"), "twenty in circles": ("⑳", "21")}
    assert shown == {name: {**OFFICE, **written}.get(name, case.numerals) for name, case in CASES.items()}


FORMATS = [
    ("decimal", {0: "0", 7: "7", 40_000: "40000"}),
    ("nothing known", {7: "7"}),
    ("none", {7: ""}),
    ("bullet", {7: ""}),
    ("decimalZero", {7: "07", 10: "10", 100: "100"}),
    ("decimalFullWidth2", {10: "１０"}),
    ("numberInDash", {3: "- 3 -"}),
    ("decimalEnclosedCircle", {0: "0", 20: "⑳", 21: "21"}),
    ("decimalEnclosedFullstop", {20: "⒛", 21: "21"}),
    ("decimalEnclosedParen", {20: "⒇", 21: "21"}),
    ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
    ("chineseCounting", {0: "○", 10: "十", 99: "九十九", 100: "一〇〇"}),
    ("chineseCountingThousand", {0: "零", 110: "一百一十", 1001: "一千零一", 20_000: "二万"}),
    ("chineseLegalSimplified", {10: "壹拾", 19: "壹拾玖", 20: "贰拾", 105: "壹佰零伍", 20_000: "贰万"}),
    ("ideographLegalTraditional", {3: "參", 20_000: "貳萬"}),
    ("ideographDigital", {10: "一〇", 105: "一〇五"}),
    ("taiwaneseDigital", {10: "一○"}),
    ("japaneseCounting", {0: "〇", 10: "十", 110: "百十", 105: "百五", 1100: "千百", 10_000: "一万"}),
    ("ideographTraditional", {10: "癸", 11: "11"}),
    ("ideographZodiac", {12: "亥", 13: "13"}),
    ("ideographZodiacTraditional", {1: "甲子", 13: "丙子", 60: "癸亥", 61: "61"}),
    ("upperLetter", {0: "", 26: "Z", 27: "AA", 53: "AAA", 780: "Z" * 30, 781: "A"}),
    ("lowerRoman", {0: "", 4: "iv", 1994: "mcmxciv"}),
    ("upperRoman", {49: "XLIX"}),
    ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 22: "22nd", 112: "112th"}),
    ("chicago", {0: "0", 1: "*", 4: "§", 5: "**"}),
]


@pytest.mark.parametrize(("kind", "expected"), FORMATS, ids=[kind for kind, _ in FORMATS])
def test_a_count_is_written_in_every_format(kind: str, expected: dict[int, str]) -> None:
    assert {count: numeral(kind, count) for count in expected} == expected


ONE = definition(level(0, "decimal", "%1."), key="0") + listing("1", "0")
SIGNS = [
    ("Wingdings", "\uf06c", "●"),
    ("Symbol", "\uf0b7", "•"),
    ("Wingdings", "\uf001", "•"),
    ("Symbol", "\U000f00b7", "\U000f00b7"),
    ("", "-", "-"),
]


@pytest.mark.parametrize(("font", "sign", "expected"), SIGNS)
def test_bullets_of_fonts_of_symbols_are_shown_by_a_sign(font: str, sign: str, expected: str) -> None:
    look = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""
    bullet = level(0, "bullet", sign).replace("</w:lvl>", f"{look}</w:lvl>")
    assert numerals(listed(item(key="1"), definition(bullet, key="0") + listing("1", "0"))) == [expected]


ODD = {
    "no level": (definition(key="0") + listing("1", "0"), item(key="1"), [""]),
    "no definition": (listing("1", "0"), item(key="1"), [""]),
    "a list of nothing": ('<w:num w:numId="1"/>', item(key="1"), [""]),
    "a level too deep": (definition(level(12, "decimal", "%1"), key="0") + listing("1", "0"), item(12, "1"), [""]),
    "a level that is no number": (ONE, item(key="1").replace('ilvl w:val="0"', 'ilvl w:val="x"'), ["1."]),
    "a level that says nothing": (definition('<w:lvl w:ilvl="0"/>', key="0") + listing("1", "0"), item(key="1"), [""]),
    "a place below its own": (
        definition(level(0, "decimal", "%1.%2"), key="0") + listing("1", "0"),
        item(key="1"),
        ["1."],
    ),
    "a start that is no number": (
        definition(level(0, "decimal", "%1", start=-5), key="0") + listing("1", "0"),
        item(key="1"),
        ["0"],
    ),
    "an enormous start": (
        definition(level(0, "lowerRoman", "%1", start=999_999_999), key="0") + listing("1", "0"),
        item(key="1"),
        ["m" * 32 + "dcclxvii"],
    ),
    "an override of no level": (ONE.replace("</w:num>", "<w:lvlOverride/></w:num>"), item(key="1"), ["1."]),
    "an override without a start": (
        ONE.replace("</w:num>", '<w:lvlOverride w:ilvl="0"><w:startOverride/></w:lvlOverride></w:num>'),
        item(key="1"),
        ["1."],
    ),
    "a level without a list": (ONE, item(key="1").replace('<w:numId w:val="1"/>', ""), [""]),
    "hidden": (ONE.replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>"), item(key="1"), [""]),
    "a number in alternatives": (
        ONE.replace(
            '<w:numFmt w:val="decimal"/>',
            '<mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" w:format="001, 002"/></mc:Choice><mc:Fallback>'
            '<w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>',
        ),
        item(key="1"),
        ["1."],
    ),
}


@pytest.mark.parametrize(("numbering", "body", "expected"), ODD.values(), ids=ODD)
def test_odd_lists_are_read_all_the_same(numbering: str, body: str, expected: list[str]) -> None:
    assert numerals(listed(body, numbering)) == expected


def test_styles_of_lists_in_a_circle_give_no_number() -> None:
    links = definition(key="0", more='<w:numStyleLink w:val="圈"/>') + listing("1", "0")
    assert numerals(listed(item(key="1"), links, style("圈", numbered("1"), kind="numbering"))) == [""]
    assert numerals(listed(item(key="1"), links)) == [""]


def test_styles_based_on_each_other_give_no_number() -> None:
    circle = style("甲", "", "乙") + style("乙", numbered("", 1), "甲")
    assert numerals(listed(item(key="", style="甲"), ONE, circle)) == [""]


def test_a_level_of_a_paragraph_alone_belongs_to_the_list_of_its_style() -> None:
    numbering = definition(level(0, "decimal", "%1."), level(1, "decimal", "(%2)"), key="0") + listing("1", "0")
    below = item(1, "1", "列").replace('<w:numId w:val="1"/>', "")
    assert numerals(listed(item(key="", style="列") + below, numbering, style("列", numbered("1")))) == ["1.", "(1)"]


def test_text_boxes_count_apart_and_headers_go_on_in_footers() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{item(key='1') * 2}</w:txbxContent></v:textbox></w:pict></w:r>"
    holder = item(key="1").replace("</w:p>", f"{box}</w:p>")
    numbering = {"word/numbering.xml": part("numbering", ONE)}
    data = docx(
        item(key="1") + holder + item(key="1"),
        headers=[item(key="1")],
        footers=[item(key="1")],
        footnotes=f'<w:footnote w:id="1">{item(key="1")}</w:footnote>',
        links=[("rId90", "numbering", "numbering.xml")],
        types={"word/numbering.xml": f"{WML}.numbering+xml"},
        replace=numbering,
    )
    assert numerals(data) == ["1.", "2.", "1.", "2.", "3.", "1.", "2.", "1."]


def test_what_is_deleted_does_not_count() -> None:
    deleted = item(key="1").replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>").replace("w:t", "w:delText")
    assert numerals(listed(item(key="1") + deleted + item(key="1"), ONE)) == ["1.", "2."]


def test_a_document_without_lists_has_no_numbers() -> None:
    assert numerals(docx(item(key="1") + paragraph("甲"))) == ["", ""]


LEVELS = st.lists(st.integers(0, 8), max_size=30)


@given(LEVELS, st.sampled_from(["decimal", "chineseCounting", "lowerLetter"]))
def test_a_level_counts_from_one_after_each_one_above(depths: list[int], kind: str) -> None:
    levels = (level(at, kind, f"%{at + 1}") for at in range(9))
    body = "".join(item(at, "1") for at in depths)
    shown = numerals(listed(body, definition(*levels, key="0") + listing("1", "0")))
    expected = []
    counts = [0] * 9
    for at in depths:
        counts = [max(one, 1) for one in counts[:at]] + [counts[at] + 1] + [0] * (8 - at)
        expected.append(numeral(kind, counts[at]))
    assert shown == expected


WORDS = st.sampled_from(["", "0", "1", "9", "-1", "x", "999999999999", "%1", "%9%1", "decimal", "列", "圈"])


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), max_size=5), st.data())
def test_no_numbering_makes_reading_fail(given_lists: list[tuple[str, str, str, str]], data: st.DataObject) -> None:
    numbering, styles, body = "", "", ""
    for key, depth, kind, text in given_lists:
        other = data.draw(WORDS)
        more = data.draw(st.sampled_from(["", f'<w:numStyleLink w:val="{other}"/>', f'<w:styleLink w:val="{other}"/>']))
        lvl = level(0, kind, text, f'<w:lvlRestart w:val="{other}"/>').replace('ilvl="0"', f'ilvl="{depth}"')
        numbering += definition(lvl, key=key, more=more) + listing(other, key, restart(0, 3))
        styles += style(key, f'{numbered(other, 1)}<w:outlineLvl w:val="{depth}"/>', other)
        body += item(0, other, key) + item(1, key, other) + item(key="", style=key)
    document, found = read(listed(body, numbering, styles), "x.docx")
    assert document, found
    assert len(document.paragraphs) == 3 * len(given_lists)

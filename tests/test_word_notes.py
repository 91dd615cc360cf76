"""Sections of a Word file with their headers and footers, and its notes: where each is called from, and its sign."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.word import text
from tests import lists, word_files
from tests.test_word_text import DELETED, marked, read
from tests.word_files import docx, paragraph, run, table


def section(*references: str, more: str = "") -> str:
    """Write the properties of a section; a reference is `header first rId1`."""
    said = (one.split() for one in references)
    links = "".join(f'<w:{kind}Reference w:type="{use}" r:id="{key}"/>' for kind, use, key in said)
    return f"<w:sectPr>{links}{more}</w:sectPr>"


def sectioned(*parts: str, settings: str = "", **others: Any) -> bytes:  # noqa: ANN401 — as `docx`
    """Write a document of paragraphs and properties of sections; headers are rId2, rId3 …, footers follow them."""
    *first, last = parts
    body = "".join(f"<w:p><w:pPr>{one}</w:pPr></w:p>" if one.startswith("<w:sectPr>") else one for one in first)
    return docx(
        "",
        links=[("rId90", "settings", "settings.xml")],
        types={"word/settings.xml": f"{word_files.WML}.settings+xml"},
        replace={
            "word/document.xml": word_files.part("document", f"<w:body>{body}{last}</w:body>"),
            "word/settings.xml": word_files.part("settings", settings),
        },
        **others,
    )


def test_a_section_keeps_the_headers_of_the_one_before() -> None:
    data = sectioned(
        section("header default rId2", "header first rId3", "footer default rId4", more="<w:titlePg/>"),
        paragraph("甲"),
        section("footer even rId5"),
        section("header default rId3", "header first rId9", more="<w:titlePg/>"),
        settings="<w:evenAndOddHeaders/>",
        headers=[paragraph("一"), paragraph("二")],
        footers=[paragraph("三"), paragraph("四")],
    )
    first = {"default": "页眉1", "first": "页眉2", "even": ""}
    assert read(data).sections == (
        text.Section(1, 1, first, {"default": "页脚1", "first": "", "even": ""}),
        text.Section(2, 3, {"default": "页眉1", "even": ""}, {"default": "页脚1", "even": "页脚2"}),
        text.Section(
            4, 3, {**first, "default": "页眉2", "first": ""}, {"default": "页脚1", "first": "", "even": "页脚2"}
        ),
    )


def test_a_document_that_says_nothing_has_one_section() -> None:
    none = {"default": ""}
    assert read(sectioned(paragraph("甲"), paragraph("乙"))).sections == (text.Section(1, 2, none, none),)


def test_what_follows_the_last_section_is_one() -> None:
    found = read(sectioned(section(), paragraph("甲"))).sections
    assert [(one.first, one.last) for one in found] == [(1, 1), (2, 2)]


def test_what_a_section_was_before_a_change_is_no_section() -> None:
    before = f"<w:sectPrChange>{section()}</w:sectPrChange>"
    assert [(one.first, one.last) for one in read(sectioned(paragraph("甲"), section(more=before))).sections] == [
        (1, 1)
    ]


def noted(*parts: str, kind: str = "footnote") -> str:
    """Write a paragraph of texts, and of calls of notes: `*1` brings its own sign, `-1` is deleted."""
    runs = ""
    for one in parts:
        key = one.strip("*-")
        own = ' w:customMarkFollows="1"' if one.startswith("*") else ""
        call = f'<w:r><w:{kind}Reference{own} w:id="{key}"/></w:r>'
        runs += run(one) if not key.isdecimal() else f"<w:del>{call}</w:del>" if one.startswith("-") else call
    return paragraph(runs=runs)


def notes(*keys: int, kind: str = "footnote") -> str:
    """Write notes, after a line that parts them from the text."""
    line = f'<w:{kind} w:type="separator" w:id="0">{paragraph("线")}</w:{kind}>'
    return line + "".join(f'<w:{kind} w:id="{key}">{paragraph(f"注{key}")}</w:{kind}>' for key in keys)


def test_a_note_knows_where_it_is_called_from() -> None:
    body = paragraph("前") + noted("增长5%", "2", "，", "1", "。", "2") + table([noted("表", "3", "9")])
    document = read(docx(body, footnotes=notes(1, 2, 3)))
    assert document.notes == (
        text.Note("脚注", (2,), "1", 2, 4),
        text.Note("脚注", (1,), "2", 2, 5),
        text.Note("脚注", (3,), "4", 3, 1),
    )
    assert text.dump(document).endswith("== 脚注 ==\n‹2›注1\n‹1›注2\n‹4›注3\n")


def test_a_note_of_a_traced_document_is_called_from_the_text_without_marks() -> None:
    body = noted(f"收入{marked(7, '2845.81')}万元", "1", marked(8, "甲"), "2")
    document = read(docx(body, footnotes=notes(1, 2)), traced=True)
    assert [one.at for one in document.notes] == [11, 12]


def test_a_note_is_called_from_the_paragraph_that_its_own_goes_on_in() -> None:
    first = noted("甲", "1").replace("<w:p>", f"<w:p><w:pPr><w:rPr>{DELETED}</w:rPr></w:pPr>", 1)
    document = read(docx(first + noted("乙", "2"), footnotes=notes(1, 2)))
    assert [(one.caller, one.at) for one in document.notes] == [(2, 1), (2, 2)]


def test_a_note_whose_call_is_deleted_is_not_there_and_one_that_nobody_calls_is() -> None:
    document = read(docx(noted("甲", "-1", "2"), footnotes=notes(1, 2, 3)))
    assert [(one.number, one.numeral, one.text) for one in document.paragraphs[1:]] == [(2, "1", "注2"), (3, "", "注3")]
    assert [one.paragraphs for one in document.notes] == [(2,)]


def counted(kind: str = "", start: str = "", anew: str = "") -> str:
    values = {"numFmt": kind, "numStart": start, "numRestart": anew}
    said = "".join(f'<w:{name} w:val="{value}"/>' for name, value in values.items() if value)
    return f"<w:footnotePr>{said}</w:footnotePr>"


COUNTED = {
    "as usual": ("", "", ["1", "2", "3"]),
    "in circles": ("", counted("decimalEnclosedCircleChinese"), ["①", "②", "③"]),
    "from three": ("", counted(start="3"), ["3", "4", "5"]),
    "anew in each section": ("", counted(anew="eachSect"), ["1", "2", "1"]),
    "by page": ("", counted(anew="eachPage"), ["", "", ""]),
    "as the section says": (counted("upperRoman"), counted("lowerLetter"), ["I", "II", "c"]),
}


@pytest.mark.parametrize(("own", "settings", "expected"), COUNTED.values(), ids=COUNTED)
def test_notes_have_the_signs_that_word_shows(own: str, settings: str, expected: list[str]) -> None:
    body = noted("1", "2"), section(more=own), noted("3"), section()
    document = read(sectioned(*body, settings=settings, footnotes=notes(1, 2, 3)))
    assert [one.sign for one in document.notes] == expected


def test_endnotes_are_counted_by_themselves_and_own_signs_are_not() -> None:
    body = noted("甲", "1", "*2", "3") + noted("乙", "1", kind="endnote")
    document = read(docx(body, footnotes=notes(1, 2, 3), endnotes=notes(1, kind="endnote")))
    assert [(one.part, one.sign) for one in document.notes] == [
        ("脚注", "1"),
        ("脚注", ""),
        ("脚注", "2"),
        ("尾注", "i"),
    ]


def test_a_list_in_a_note_keeps_its_own_number() -> None:
    numbering = lists.definition(lists.level(0, "decimal", "%1."), key="0") + lists.listing("1", "0")
    data = docx(
        noted("甲", "1"),
        footnotes=f'<w:footnote w:id="1">{lists.item(key="1")}</w:footnote>',
        links=[("rId90", "numbering", "numbering.xml")],
        types={"word/numbering.xml": f"{word_files.WML}.numbering+xml"},
        replace={"word/numbering.xml": word_files.part("numbering", numbering)},
    )
    assert [one.numeral for one in read(data).paragraphs] == ["", "1."]

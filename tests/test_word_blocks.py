"""Named blocks of Word templates: where they may stand, what is wrong with them, and others in their place."""

from __future__ import annotations

import pytest

from reportgen.word.text import read
from tests.docxtpl_forms import xml_of
from tests.filled import SENTINEL, faults, lines, template, texts
from tests.word_files import field, paragraph, table

OPEN, END = "{%p block 段 %}", "{%p endblock %}"
BLOCK = lines(OPEN, "甲", END)
MARKED = '<w:bookmarkStart w:id="1" w:name="书签"/>', '<w:bookmarkEnd w:id="1"/>'


def codes(body: str, **parts: object) -> list[tuple[str, int, list[int]]]:
    """Give the faults of a template: code, paragraph, and the paragraphs that are pointed to beside."""
    return [(one.rule.code, one.span.line, [other.span.line for other in one.related]) for one in faults(body, **parts)]


def said(data: bytes | None) -> list[str]:
    """Give the texts of the body of a document."""
    assert data
    document, _ = read(data, "d.docx")
    assert document
    return [one.text for one in document.paragraphs if one.part == "正文"]


def test_a_block_knows_the_names_around_it_and_keeps_its_own() -> None:
    body = lines(
        "{%p set x = 1 %}", "{%p for y in [2, 3] %}", OPEN, "{{ x }}{{ y }}", "{%p set x = 9 %}", "{{ x }}", END
    )
    assert texts(body + lines("{%p endfor %}", "{{ x }}"), {}) == ["12", "9", "13", "9", "1"]


def test_blocks_stand_in_every_story_and_are_known_by_their_names() -> None:
    note = '<w:footnote w:id="2">' + lines("{%p block 注 %}", "脚注", END) + "</w:footnote>"
    rows = table(["{%tr block 行 %}"], ["乙"], ["{%tr endblock 行 %}"])
    made = template(
        BLOCK + rows + paragraph(),
        headers=[lines("{%p block 眉 %}", "页眉", END)],
        footers=[lines("{%p block 脚 %}", "{%p block 码 %}", "页脚", END, END)],
        footnotes=note,
    )
    assert list(made.blocks) == ["段", "行", "眉", "脚", "码", "注"]
    data, _ = made.render({})
    assert data
    for name, said in (("document", "甲"), ("header1", "页眉"), ("footer1", "页脚"), ("footnotes", "脚注")):
        assert said.encode() in xml_of(data, f"word/{name}.xml")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (lines(OPEN, "甲", "{%p endblock 端 %}"), [("T546", 3, [1])]),
        (lines(OPEN, "甲"), [("T524", 1, [])]),
        (lines("甲", END), [("T523", 2, [])]),
        (lines(OPEN, "{%p if 1 %}", END, "{%p endif %}"), [("T523", 3, [2, 1])]),
        (BLOCK + BLOCK, [("T547", 4, [1])]),
        (lines("{%p if 1 %}", OPEN, END, "{%p else %}", OPEN, END, "{%p endif %}"), [("T547", 5, [2])]),
        (lines("甲{% block 段 %}乙{% endblock %}"), [("T548", 1, [])]),
        (lines("甲{%r block 段 %}乙{%r endblock %}"), [("T548", 1, [])]),
        (table(["{%tc block 段 %}", "甲", "{%tc endblock %}"]), [("T548", 1, [])]),
        (lines(OPEN) + table(["{%tr endblock %}"], ["乙"]), [("T528", 2, [1])]),
    ],
)
def test_a_faulty_block_is_found_with_its_beginning(body: str, found: list[tuple[str, int, list[int]]]) -> None:
    assert codes(body) == found


def test_a_name_is_given_once_in_all_stories() -> None:
    ((code, line, beside),) = codes(BLOCK, headers=[BLOCK])
    assert (code, line, beside) == ("T547", 1, [1])


def test_a_field_that_a_block_cuts_is_refused() -> None:
    begin, end, _ = field("REF 书签", "一").partition('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    body = lines(OPEN) + paragraph(runs=begin) + lines(END) + paragraph(runs=end)
    assert codes(body) == [("T539", 3, [])]


def test_a_bookmark_that_reaches_out_of_a_block_is_left_out() -> None:
    start, end = MARKED
    inside = template(lines(OPEN) + paragraph("甲", runs=start + end) + lines(END)).render({})[0]
    across = template(lines(OPEN) + paragraph("甲", runs=start) + lines(END) + paragraph("乙", runs=end)).render({})[0]
    assert inside
    assert across
    assert b"bookmark" in xml_of(inside)
    assert b"bookmark" not in xml_of(across)


def test_a_block_alone_needs_no_mending_and_what_can_vanish_in_it_does() -> None:
    assert not template(lines(OPEN, "甲", END)).menders
    assert template(lines(OPEN, "{%p if 1 %}", "甲", "{%p endif %}", END)).menders
    assert template(lines(OPEN, END)).menders
    assert not template(table(["{%tr block 段 %}"], ["甲"], ["{%tr endblock %}"]) + paragraph()).menders


def test_another_block_takes_the_place_of_one() -> None:
    body = lines("{%p if 真 %}", OPEN, "旧", END, "{%p endif %}", "{%p for x in [1, 2] %}")
    body += lines("{%p block 项 %}", "{{ x }}", "{%p block 内 %}", "内", END, END, "{%p endfor %}", SENTINEL)
    parent = template(body, headers=[lines("{%p block 眉 %}", "眉", END)])
    child = template(lines(OPEN, "新{{ y }}", END, "{%p block 内 %}", "第{{ x }}", END))
    made = parent.replacing(child.blocks)
    assert [one.values["name"] for one in made.check([{}])] == ["真", "y"]
    assert said(made.render({"真": True, "y": "甲"})[0]) == ["新甲", "1", "第1", "2", "第2", SENTINEL]
    assert said(parent.render({"真": True})[0]) == ["旧", "1", "内", "2", "内", SENTINEL]


def test_a_block_that_leaves_nothing_is_mended_where_it_is_put() -> None:
    parent = template(table([lines(OPEN, "旧", END), "乙"]) + paragraph(SENTINEL))
    nothing = template(lines("{%p block 段 %}", "{%p if false %}", "新", "{%p endif %}", END, SENTINEL))
    data, _ = parent.replacing(nothing.blocks).render({})
    assert data
    assert b"<w:tc><w:p/></w:tc>" in xml_of(data)

"""Large templates and documents: thousands of tags, blocks, runs and rows are filled in, or refused at their place."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from tests.filled import faults, lines, template, texts
from tests.word_files import cell, paragraph, run, table

if TYPE_CHECKING:
    from reportgen.word import Template

MANY = 5_000


def said(made: Template, values: dict[str, Any]) -> list[str]:
    """Fill a template in and give the text of each `w:t` of its body; quicker than reading a large document."""
    data, found = made.render(values)
    assert data is not None, found
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return re.findall("<w:t(?: [^>]*)?>([^<]*)</w:t>", opened.read("word/document.xml").decode())


@pytest.mark.parametrize("together", [True, False], ids=["one run", "many runs"])
def test_thousands_of_tags_in_one_paragraph_are_filled_in_their_order(*, together: bool) -> None:
    tags = [f"{{{{ 数.n{at} }}}}，" for at in range(MANY)]
    runs = run("".join(tags)) if together else "".join(map(run, tags))
    values = {"数": {f"n{at}": f"{at}" for at in range(MANY)}}
    assert texts(paragraph(runs=runs), values) == ["".join(f"{at}，" for at in range(MANY))]


def test_thousands_of_runs_without_a_tag_stay_as_they_are() -> None:
    runs = [f"<w:r><w:t>{at}</w:t></w:r>" for at in range(4 * MANY)]
    made = template(paragraph(runs="".join([*runs, run("{{ 甲 }}")])))
    assert said(made, {"甲": "末"}) == [*map(str, range(4 * MANY)), "末"]
    assert "".join(runs) in next(iter(made.literals))


def test_thousands_of_tags_that_leave_nothing_are_carried_out_in_their_order() -> None:
    steps = lines("{%p set 甲 = '' %}", *(f"{{%p set 甲 = 甲 ~ '{at % 10}' %}}" for at in range(1_000)))
    assert texts(f"{steps}{lines('{{ 甲 }}')}", {}) == ["0123456789" * 100]


def test_what_follows_a_cell_that_is_taken_out_stays() -> None:
    shaped = cell(lines("{% hm %}", "{%tc set 乙 = 1 %}"))
    assert texts(table(["{%tc for x in 列 %}", shaped, "{{ x }}", "{%tc endfor %}"]), {"列": ["一", "二"]}) == [
        "一",
        "二",
    ]


@pytest.mark.parametrize(
    "body",
    [
        lines(*["{%p if 真 %}"] * 3_000, "甲", *["{%p endif %}"] * 3_000),
        lines(*["{%p for x in 列 %}"] * 3_000, "甲", *["{%p endfor %}"] * 3_000),
    ],
    ids=["if", "for"],
)
def test_thousands_of_blocks_in_each_other_are_refused_each_at_its_place(body: str) -> None:
    found = faults(body)
    assert {one.rule.code for one in found} == {"T526"}
    assert [one.span.line for one in found] == [*range(31, 3_001)]


def test_thousands_of_blocks_after_each_other_are_read() -> None:
    body = lines(*("{%p if 真 %}", "甲", "{%p endif %}") * 1_000)
    assert said(template(body + paragraph("末")), {"真": True}) == ["甲"] * 1_000 + ["末"]


def test_of_thousands_of_mistakes_each_is_said_once_at_its_place() -> None:
    found = faults(lines(*["前{{ 甲", "前{%p set 乙 = 1 %}", "{{ 甲 乙 }}"] * 500))
    assert Counter(one.rule.code for one in found) == {"T532": 500, "T533": 500, "T501": 500}
    assert {(one.rule.code, one.span.line % 3) for one in found} == {("T532", 1), ("T533", 2), ("T501", 0)}


def test_thirty_thousand_rows_are_written() -> None:
    made = template(table(["{%tr for 行 in 列 %}"], ["{{ 行 }}"], ["{%tr endfor %}"]) + paragraph("末"))
    rows = [f"第{at}行" for at in range(30_000)]
    assert said(made, {"列": rows}) == [*rows, "末"]


def test_a_template_of_thousands_of_written_rows_is_read_with_its_places() -> None:
    rows = [[f"{at}"] for at in range(MANY)]
    assert said(template(table(*rows, ["{{ 甲 }}"]) + paragraph()), {"甲": "末"}) == [*map(str, range(MANY)), "末"]
    (found,) = faults(table(*rows, ["{{ 甲 乙 }}"]) + paragraph())
    assert (found.span.line, found.span.cell) == (MANY + 1, f"表1 第{MANY + 1}行第1列")

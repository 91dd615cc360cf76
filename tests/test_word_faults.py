"""Mistakes that show when a template is filled in: each is said with its paragraph or cell, all of them at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reportgen import word
from reportgen.facts import Gap
from reportgen.schema import Field, Kind, listing
from reportgen.word.review import review
from tests.test_word_review import PLACES
from tests.word_files import docx, paragraph, table

VALUES: dict[str, Any] = {
    "甲": Decimal(5),
    "零": Decimal(0),
    "文": "字",
    "坏": "乙\x07",
    "缺": Gap("缺"),
    "列": ["东", "西"],
}
RUN_TIME = {
    "{{ 缺 }}": "T514",
    "{{ (甲 / 零) | 金额 }}": "T519",
    "{{ 文 * 2 }}": "T517",
    "{{ 文 > 甲 }}": "T518",
    "{{ 坏 }}": "T531",
    "{{ 列 }}": "T513",
    "{{ 列[7] }}": "T507",
    "{% for x in 甲 %}{{ x }}{% endfor %}": "T520",
    "{{ 文 | 金额 }}": "T511",
    "{{p 文 }}": "T545",
}
SHAPING = {
    "{% colspan 零 %}": "T542",
    "{% colspan 文 %}": "T542",
    "{% cellbg 文 %}": "T543",
    "{% vm 文 > 甲 %}": "T518",
}


def faults(data: bytes) -> list[Any]:
    """Fill a template in that compiles, and give what is wrong."""
    compiled, found = word.compile(data, "t.docx")
    assert compiled is not None, found
    made, found = compiled.render(VALUES)
    assert made is None
    return found


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("typed", RUN_TIME)
def test_what_goes_wrong_while_filling_in_has_its_place(place: str, typed: str) -> None:
    make, where, number, around = PLACES[place]
    (one,) = faults(make(typed))
    assert one.rule.code == RUN_TIME[typed]
    assert (one.span.part, one.span.line, one.span.cell, one.span.quote) == (where, number, around, typed)


@pytest.mark.parametrize("place", ["cell", "nested table"])
@pytest.mark.parametrize("typed", SHAPING)
def test_a_cell_that_cannot_be_shaped_has_its_place(place: str, typed: str) -> None:
    make, where, number, around = PLACES[place]
    (one,) = faults(make(typed))
    assert (one.rule.code, one.span.part, one.span.line, one.span.cell) == (SHAPING[typed], where, number, around)


def test_what_goes_wrong_while_filling_in_is_said_at_once() -> None:
    tags = [*RUN_TIME] * 2
    body = "".join(map(paragraph, tags)) + table(*[[one] for one in SHAPING]) + paragraph()
    said = [(one.rule.code, one.span.line) for one in faults(docx(body))]
    assert said == list(zip([*map(RUN_TIME.get, tags), *SHAPING.values()], range(1, len(tags) + 5), strict=False))


WRONG = {
    "{{ 甲 乙 }}": "T501",
    "{{ 丙 }}": "T502",
    "{{ 甲 | 丁 }}": "T503",
    "{% fi 甲 > 0 %}": "T522",
    "{% endfor %}": "T523",
    "{{ 甲": "T532",
    "{%p for x in 村": "T532",
    "甲{%p set x = 甲 %}": "T533",
    "{% vm %}": "T534",
    "{% cellbg '黄' %}": "T534",
    "{{ 文 * 甲 }}": "T517",
    "{{p 甲 }}": "T545",
    "{{ 甲 / 甲 }}": "T144",
    "{{ 村 }}": "T513",
    "{{ 甲 | 百分笔 }}": "T503",
    "{% if 甲 > 0 %}": "T524",
    "{{ 文 | 金额 }}": "T511",
    "94分": "T201",
    "甲,乙": "T202",
    "{ 甲 }}": "T203",
}


def test_all_mistakes_of_a_template_are_said_at_once_and_none_twice() -> None:
    form = {"甲": Field(Kind.NUMBER), "文": Field(Kind.TEXT), "村": listing(Field(Kind.TEXT))}
    body = "".join(map(paragraph, WRONG))
    said = [(one.rule.code, one.span.line) for one in review(docx(body), "t.docx", [], [form])]
    assert said == [(code, number) for number, code in enumerate(WRONG.values(), 1)]

"""Loops, conditions and names set in a template: what they print, how they nest, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from reportgen import language
from reportgen.cli.catalogue import RULES
from reportgen.diagnostics import Span
from reportgen.facts import Gap, Number
from reportgen.language import Failed, Misuse, Tag
from reportgen.language import run as running
from reportgen.language.printing import TOO_LONG
from tests import tags

if TYPE_CHECKING:
    from reportgen.facts import Value

FACTS: Final[dict[str, Value]] = {
    "甲": Number("2032.55", 2),
    "真": True,
    "缺": Gap("缺"),
    "列": [Number(1), Number(2), Number(3)],
    "项": [{"名": "供水", "村": ["东", "西"]}, {"名": "道路", "村": ["南"]}],
    "无": [],
}


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{% for x in 列 %}{{ x }}；{% endfor %}", "1；2；3；"),
        ("{% for x in 无 %}{{ x }}{% endfor %}。", "。"),
        ("{% for x in [甲, '乙'] %}{{ x }}{% endfor %}", "2032.55乙"),
        ("{% for x in 列 if 真 else 无 %}{{ x }}{% endfor %}", "123"),
        (
            "{%for x in 列%}{{loop.index}}{{loop.index0}}{{loop.length}}{{ loop.first }}{{ loop.last }} {%endfor%}",
            "103是否 213否否 323否是 ",
        ),
        (
            "{% for x in 项 %}{% for y in x.村 %}{{ loop.index }}{{ y }}{%endfor%}{{ loop.index }}{{ x.名 }}{%endfor%}",
            "1东2西1供水1南2道路",
        ),
        ("{% for x in 列 %}{% for x in 列 %}{{ x }}{% endfor %}{{ x }} {% endfor %}", "1231 1232 1233 "),
        ("{% if 真 %}甲{% endif %}", "甲"),
        ("{% if 缺 %}甲{% elif 甲 > 1 %}乙{% else %}丙{% endif %}", "乙"),
        ("{% if 缺 %}甲{% elif 缺 %}乙{% else %}丙{% endif %}", "丙"),
        ("{% if(真) %}甲{% endif %}", "甲"),
        ("{% if（真） %}甲{%　endif　%}", "甲"),
        ("{%\tif\n真 %}甲{% endif %}", "甲"),
        ("{% set x = 甲 * 2 %}{{ x }}", "4065.10"),
        ("{% set x＝甲 == 1 %}{{ x }}", "否"),
        ("{% set ｘ１ = 1 %}{{ x1 }}", "1"),
        ("{% set x = 1 %}{% if 真 %}{% set x = 2 %}{% endif %}{{ x }}", "2"),
        ("{% set x = 1 %}{% for y in 列 %}{% set x = y %}{% endfor %}{{ x }}", "1"),
        (
            "{% for y in 列 %}{% if y == 1 %}{% set x = 5 %}{% else %}{% set x = y %}{% endif %}{{ x }}{%endfor%}",
            "523",
        ),
        ("{# 说明 #}甲", "甲"),
    ],
)
def test_a_template_prints(template: str, printed: str) -> None:
    assert tags.plain(template.replace("{# 说明 #}", ""), FACTS) == printed


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("{% macro x() %}{% endmacro %}", [(1, "T522"), (2, "T522")]),
        ("{% include 'x' %}{% import os %}{% extends 'x' %}{% do 1 %}{% raw %}", [(n, "T522") for n in range(1, 6)]),
        ("{% %}{%-%}{% 1 %}", [(1, "T522"), (2, "T522"), (3, "T522")]),
        ("{% ifx 甲 %}{% elsif 乙 %}{% endif %}", [(1, "T522"), (2, "T522")]),
        ("{% fro 甲 in 乙 %}{{ 甲 }}{% endfor %}", [(1, "T522")]),
        ("{% fro 甲 in 乙 %}", [(1, "T522"), (1, "T524")]),
        ("{% endif %}{% endfor %}{% else %}{% elif 真 %}", [(1, "T523"), (2, "T523"), (3, "T523"), (4, "T523")]),
        ("{% if 真 %}{% endfor %}{% endif %}", [(2, "T523")]),
        ("{% for x in 列 %}{% else %}{% endfor %}", [(2, "T523")]),
        ("{% if 真 %}{% else %}{% else %}{% endif %}", [(3, "T523")]),
        ("{% if 真 %}{% else %}{% elif 真 %}{% endif %}", [(3, "T523")]),
        ("{% if 真 %}{% for x in 列 %}", [(1, "T524"), (2, "T524")]),
        ("{% block 甲 %}{% if 真 %}{% endblock %}{% endif %}", [(3, "T523")]),
        ("{% if 真 %}{% for x in 列 %}{% endif %}{% endfor %}{% if 真 %}", [(3, "T523"), (5, "T524")]),
        ("{% block 甲 %}{% endblock 乙 %}{% block 乙 %}{% endblock 1 %}", [(2, "T546"), (4, "T501")]),
        ("{% block %}{% endblock 甲 %}{% block 甲 乙 %}{% endblock %}", [(1, "T501"), (3, "T501")]),
        ("{% if %}{% endif %}", [(1, "T501")]),
        ("{% if 真 %}{% else 真 %}{% endif 真 %}", [(2, "T501"), (3, "T501")]),
        ("{% for x in 列 %}{% endfor x %}", [(2, "T501")]),
        ("{% for %}{% endfor %}", [(1, "T501")]),
        ("{% for x %}{% endfor %}", [(1, "T501")]),
        ("{% for x of 列 %}{% endfor %}", [(1, "T501")]),
        ("{% for x in %}{% endfor %}", [(1, "T501")]),
        ("{% for x, y in 列 %}{% endfor %}", [(1, "T501")]),
        ("{% for x in 列 recursive %}{% endfor %}", [(1, "T501")]),
        ("{% for x.y in 列 %}{% endfor %}", [(1, "T501")]),
        ("{% for 1 in 列 %}{% endfor %}", [(1, "T501")]),
        ("{% for x in 列 if x > 1 %}{% endfor %}", [(1, "T504")]),
        ("{% for loop in 列 %}{% endfor %}", [(1, "T501")]),
        ("{% for true in 列 %}{% endfor %}", [(1, "T501")]),
        ("{% set x %}{% set = 1 %}{% set x.y = 1 %}{% set x, y = 1 %}", [(n, "T501") for n in range(1, 5)]),
        ("{% set x == 1 %}{% set loop = 1 %}{% set none = 1 %}{% set not = 1 %}", [(n, "T501") for n in range(1, 5)]),
        ("{% if 甲 + %}{{ ) }}{% elif 无 无 %}{{ x| }}{% endif %}", [(n, "T501") for n in range(1, 5)]),
    ],
)
def test_every_tag_that_cannot_be_read_is_found_at_once(template: str, found: list[tuple[int, str]]) -> None:
    assert tags.wrong(template) == found


def test_an_unclosed_block_says_what_would_close_it() -> None:
    _, found = tags.read("{% for x in 列 %}{% if 真 %}")
    assert tags.said(found) == [
        "“for x in 列” is opened here and never closed add “endfor” where it ends",
        "“if 真” is opened here and never closed add “endif” where it ends",
    ]


def test_a_wrong_closing_tag_points_to_the_tag_that_is_still_open() -> None:
    _, found = tags.read("{% if 真 %}{% endfor %}{% endif %}")
    assert [(one.span.line, [label.span.line for label in one.related]) for one in found] == [(2, [1])]


def test_blocks_do_not_nest_without_end() -> None:
    template = "{% if 真 %}" * 1000 + "{% endif %}" * 1000
    assert {code for _, code in tags.wrong(template, FACTS)} == {"T526"}
    assert tags.wrong("{% for x in 列 %}" * 30 + "{% endfor %}" * 30) == []
    assert tags.plain("{% if 真 %}" * 30 + "{{ 甲 }}" + "{% endif %}" * 30, FACTS) == "2032.55"


def test_loops_do_not_go_round_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MAX_ROUNDS", 10)
    template = "{% for x in 列 %}{% for y in 列 %}{{ x }}{% endfor %}{% endfor %}"
    assert tags.wrong(template, FACTS) == [(2, "T525")]
    assert tags.plain("{% for x in 列 %}{{ x }}{% endfor %}" * 3, FACTS) == "123123123"


def test_all_outputs_together_do_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MAX_OUTPUT", 10)
    assert tags.wrong("12345{{ 甲 }}", FACTS) == [(1, "T516")]
    assert tags.wrong("{% for x in 列 %}123456{% endfor %}", FACTS) == [(1, "T516")]
    assert tags.plain("{% for x in 列 %}123{% endfor %}{{ 列[0] }}", FACTS) == "1231231231"


@pytest.mark.parametrize("items", ["甲", "'文字'", "真", "项[0]"])
def test_a_loop_takes_a_list(items: str) -> None:
    assert tags.wrong(f"{{% for x in {items} %}}{{% endfor %}}", FACTS) == [(1, "T520")]


def test_a_loop_over_a_gap_names_it() -> None:
    assert tags.wrong("{% for x in 缺 %}{% endfor %}", FACTS) == [(1, "T514")]


def test_a_careful_run_finds_everything_at_once() -> None:
    template = (
        "{{ 缺 }}{{ 甲 }}{{ 甲 / 0 }}{% if 甲 > '1' %}{{ 不到 }}{% endif %}"
        "{% for x in 甲 %}{{ 不到 }}{% endfor %}{% for x in 列 %}{{ x | 日期 }}{% endfor %}"
        "{% set y = 甲 + '1' %}{{ y }}{{ y ~ '' }}{{ [1] }}"
    )
    assert tags.wrong(template, FACTS) == [
        (1, "T514"),
        (3, "T519"),
        (4, "T518"),
        (7, "T520"),
        (11, "T511"),
        (11, "T511"),
        (11, "T511"),
        (13, "T517"),
        (16, "T513"),
    ]


def test_a_careful_run_says_the_same_thing_once() -> None:
    assert tags.wrong("{% for x in 列 %}{{ 甲 / 0 }}{% endfor %}", FACTS) == [(2, "T519")]


def test_a_run_that_is_not_careful_stops_at_the_first_fault() -> None:
    with pytest.raises(Failed) as raised:
        tags.plain("{{ 甲 }}{{ 甲 / 0 }}{{ 缺 }}", FACTS)
    assert (raised.value.diagnostic.rule.code, raised.value.diagnostic.span.line) == ("T519", 2)


def test_a_gap_that_is_reported_is_still_said_where_nothing_else_is_wrong() -> None:
    values: dict[str, Value] = {"缺": Gap("缺", reported=True)}
    assert tags.wrong("{{ 缺 }}", values) == [(1, "T514")]
    assert tags.wrong("{{ 1 / 0 }}{{ 缺 }}", values) == [(1, "T519")]


def test_a_sink_takes_what_is_printed_and_may_refuse_it() -> None:
    def shout(text: str) -> str:
        if "文" in text:
            raise Misuse(TOO_LONG, limit=0)
        return f"<{text}>"

    pieces = [Tag("{{", "甲", Span("t", 1), shout), Tag("{{", "'文'", Span("t", 2), shout)]
    first, _ = language.parse(pieces[:1])
    assert language.compile({"t": first}).text("t", FACTS) == "<2032.55>"
    both, _ = language.parse(pieces)
    assert [one.span.line for one in language.compile({"t": both}).faults("t", FACTS)] == [2]


def test_a_run_leaves_the_values_as_they_were() -> None:
    values = dict(FACTS)
    tags.plain("{% set 甲 = 1 %}{% for 真 in 列 %}{% set y = 真 %}{% endfor %}", values)
    assert values == FACTS


@pytest.mark.parametrize(
    ("homes", "reported"),
    [
        ((1, 1, 1), []),
        ((1, 1, 2), ["T528"]),
        ((1, 2, 1), ["T528"]),
        ((1, 2, 2), ["T528", "T528"]),
    ],
)
def test_the_tags_of_a_block_have_one_home(homes: tuple[int, int, int], reported: list[str]) -> None:
    words = ("if 真", "else", "endif")
    block = [
        Tag("{%", word, Span(line=line), home=home) for line, (word, home) in enumerate(zip(words, homes, strict=True))
    ]
    found = language.parse(block)[1]
    assert [one.rule.code for one in found] == reported
    assert all(one.related[0].span == Span() for one in found)


def test_every_rule_of_the_language_is_tried() -> None:
    here = Path(__file__).parent
    pages = [*here.glob("test_language_*.py"), here / "spec" / "language.md"]
    tried = " ".join(page.read_text("utf-8") for page in pages)
    rules = {code for code in RULES if "T501" <= code < "T530"}
    assert len(rules) > 20
    assert {code for code in rules if code not in tried} == set()

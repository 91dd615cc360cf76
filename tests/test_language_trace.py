"""Which facts each output of a traced run came from and which conditions it stood under; marks and numerals."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from typing import TYPE_CHECKING, Final

import pytest

from reportgen import language
from reportgen.diagnostics import Span
from reportgen.facts import Gap, Number
from reportgen.language import Log, Numeral, Piece, Tag, Text, parse, strip, traced
from tests import tags

if TYPE_CHECKING:
    from reportgen.facts import Value

FACTS: Final[dict[str, Value]] = {
    "甲": Number("2032.55", 2),
    "乙": Number("5.54", 2),
    "真": True,
    "假": False,
    "文": "文字",
    "日": dt.date(2021, 12, 31),
    "缺": Gap("缺"),
    "组": {"子": Number(3), "缺": Gap("组.缺")},
    "列": [Number(1), Number(2)],
    "村": ["茜坑", "沙溪"],
    "无": [],
    "项": [
        {"名": "供水", "额": Number(3), "标": Number(2), "点": ["东"], "是": True},
        {"名": "道路", "额": Number(4), "标": Number(5), "点": ["西"], "是": False},
    ],
}

Row = tuple[str, str, str]
"""An output: its text, the facts it came from and the conditions it stood under, each a list of paths."""

TEMPLATES: Final[list[tuple[str, list[Row]]]] = [
    ("{% set x = 甲 + 乙 %}甲{{ x }}", [("2038.09", "甲 乙", "")]),
    ("{% set x = 文 if 真 else 甲 %}{{ x }}", [("文字", "文", "真")]),
    ("{% if 真 %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ x }}", [("1", "", "真")]),
    ("{% if 甲 > 乙 %}{{ 文 }}{% endif %}{{ 日 | 年份 }}", [("文字", "文", "甲 乙"), ("2021", "日", "")]),
    ("{% if 假 %}{% elif 组.子 > 1 %}{{ 文 }}{% endif %}", [("文字", "文", "假 组.子")]),
    ("{% if 假 %}{% else %}{{ 文 }}{% endif %}", [("文字", "文", "假")]),
    ("{% if 假 %}{% endif %}{{ 文 }}", [("文字", "文", "")]),
    (
        "{% if 真 %}{% if 有(缺) %}{% else %}{{ 文 }}{% endif %}{{ 甲 }}{% endif %}",
        [("文字", "文", "缺 真"), ("2032.55", "甲", "真")],
    ),
    ("{% for x in 列 %}{{ x }}{% endfor %}{{ 文 }}", [("1", "列[1]", "列"), ("2", "列[2]", "列"), ("文字", "文", "")]),
    (
        "{% for x in 村 %}{{ loop.index }}{{ '、' if not loop.last else '' }}{% endfor %}",
        [("1", "", "村"), ("、", "", "村"), ("2", "", "村"), ("", "", "村")],
    ),
    (
        "{% for x in 项 %}{% for y in x.点 %}{{ y }}{{ x.名 }}{% endfor %}{% endfor %}",
        [
            ("东", "项[1].点[1]", "项 项[1].点"),
            ("供水", "项[1].名", "项 项[1].点"),
            ("西", "项[2].点[1]", "项 项[2].点"),
            ("道路", "项[2].名", "项 项[2].点"),
        ],
    ),
    ("{% for x in 项 | 筛选('是') %}{{ x.额 }}{% endfor %}", [("3", "项[1].额", "项 项[1].是 项[2].是")]),
    ("{% for x in 项 %}{% if x.是 %}{{ x.名 }}{% endif %}{% endfor %}", [("供水", "项[1].名", "项 项[1].是")]),
    ("{% for x in 列 %}{% set y = x * 2 %}{{ y }}{% endfor %}", [("2", "列[1]", "列"), ("4", "列[2]", "列")]),
    ("{% for x in 无 %}{{ x }}{% endfor %}{{ 甲 }}", [("2032.55", "甲", "")]),
]


def rows(outputs: list[tags.Output]) -> list[tuple[str, set[str], set[str]]]:
    return [tuple(one) for one in outputs]  # type: ignore[misc]  # an output is such a tuple


def wanted(rows: list[Row]) -> list[tuple[str, set[str], set[str]]]:
    return [(text, set(facts.split()), set(conditions.split())) for text, facts, conditions in rows]


@pytest.mark.parametrize(("template", "outputs"), TEMPLATES)
def test_an_output_knows_its_facts_and_conditions(template: str, outputs: list[Row]) -> None:
    text, found = tags.traced(template, deepcopy(FACTS))
    assert rows(found) == wanted(outputs)
    assert text == tags.plain(template, FACTS)


def test_marks_lie_in_each_other_where_a_text_was_written_by_a_traced_run() -> None:
    log = Log()
    inner = tags.program("收入{{ 甲 }}万元").text(
        "t", {"甲": language.remember(Number(5), language.Trace(frozenset("甲")))}, log
    )
    text, marks = strip(tags.program("{{ 文 }}。").text("t", {"文": inner}, log))
    assert text == "收入5万元。"
    assert [(mark.start, mark.end, mark.output) for mark in marks] == [(0, 5, 1), (2, 3, 0)]


def test_texts_with_marks_compare_without_them() -> None:
    log = Log()
    inner = language.remember(
        tags.program("{{ 甲 }}").text("t", {"甲": Number(5)}, log), language.Trace(frozenset("甲"))
    )
    assert tags.program("{{ 文 == '5' }}{{ '5' in 文 }}{{ 文 in ['5'] }}").text("t", {"文": inner}) == "是是是"


def test_numerals_are_outputs_that_come_from_no_fact() -> None:
    pieces: list[Piece] = [
        Numeral(1, Span()),
        Text("概况"),
        Tag("{%", "if 真", Span()),
        Numeral(2, Span()),
        Numeral(2, Span()),
        Numeral(1, Span()),
        Tag("{%", "endif", Span()),
        Numeral(2, Span()),
    ]
    statements, found = parse(pieces)
    assert found == []
    program = language.compile({"t": statements})
    assert program.text("t", FACTS) == "一、概况（一）（二）二、（一）"
    remembering = traced(deepcopy(FACTS))
    assert isinstance(remembering, dict)
    log = Log()
    assert strip(program.text("t", remembering, log))[0] == "一、概况（一）（二）二、（一）"
    assert [(one.text, set(one.trace.facts), set(one.trace.conditions)) for one in log.outputs] == [
        ("一、", set(), set()),
        ("（一）", set(), {"真"}),
        ("（二）", set(), {"真"}),
        ("二、", set(), {"真"}),
        ("（一）", set(), set()),
    ]


def test_a_mapping_and_a_gap_are_left_to_what_they_hold() -> None:
    origin = language.Trace(frozenset("甲"))
    group: dict[str, Value] = {"甲": Number(1)}
    assert language.remember(group, origin) is group
    gap = Gap("甲")
    assert language.remember(gap, origin) is gap


def test_a_mark_without_its_partner_ends_at_the_edge_of_the_text() -> None:
    opened, closed = language.opening(40_000), language.closing()
    assert strip(f"甲{opened}乙") == ("甲乙", (language.Mark(1, 2, 40_000),))
    assert strip(f"甲{closed}乙{opened}{closed}") == ("甲乙", (language.Mark(2, 2, 40_000),))

"""Every row of `spec/language/` holds, plain and traced, and all parts of the language have enough rows."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from jinja2 import nodes

from reportgen import language
from reportgen.diagnostics import Span
from reportgen.facts import Gap
from reportgen.language import FILTERS, FUNCTIONS, Failed, Tag
from reportgen.language.statements import Keep, Output
from tests import tags
from tests.language_table import Row, facts, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.facts import Value

KINDS: Final = frozenset(("number", "rate", "text", "date", "truth", "list", "group", "gap"))
Used = tuple[str, int, str]
"""A name of the language, the place of an operand, and the kind of value that stands there."""


def outcome(template: str) -> tuple[str, str]:
    """Give what a template prints and the code of the first finding: read, then checked, then run."""
    statements, found = tags.read(template)
    found = found or language.check(statements, [language.shape(facts()).fields])
    found = found or language.compile({"t": statements}).faults("t", facts())
    assert tags.said(found) is not None
    return ("", found[0].rule.code) if found else (tags.plain(template, facts()), "")


def ids(row: Row) -> str:
    return f"{row.page}: {row.written}"


@pytest.mark.parametrize("row", rows(), ids=ids)
def test_a_row_prints_what_it_says(row: Row) -> None:
    assert outcome(row.template) == (row.printed, row.code)


@pytest.mark.parametrize("row", [row for row in rows() if not row.code], ids=ids)
def test_a_row_comes_from_the_facts_it_names(row: Row) -> None:
    text, outputs = tags.traced(row.template, facts())
    assert text == row.printed
    assert frozenset[str]().union(*(one.facts for one in outputs)) == row.facts
    assert frozenset[str]().union(*(one.conditions for one in outputs)) == row.conditions


def test_a_row_prints_the_same_by_its_english_names() -> None:
    tried = set()
    for row in rows():
        for one in (*FILTERS.values(), *FUNCTIONS.values()):
            place = rf"\b{one.chinese}(?=\()" if one.called else rf"(?<=\| ){one.chinese}\b"
            english = re.sub(place, one.english, row.template)
            if english != row.template and row.code != "T151":
                assert outcome(english) == (row.printed, row.code)
                tried.add(one.chinese)
    assert tried == {one.chinese for one in (*FILTERS.values(), *FUNCTIONS.values())}


def kind(value: Value) -> str:
    """Name the kind of a value."""
    if isinstance(value, Decimal):
        return "rate" if getattr(value, "unit", "") == "%" else "number"
    kinds = {str: "text", dt.date: "date", bool: "truth", list: "list", dict: "group", Gap: "gap"}
    return kinds[type(value)]


def operands(tree: nodes.Expr) -> Iterator[tuple[str, list[nodes.Expr]]]:
    """Give every filter and function in a tree with what it is given."""
    for one in tree.find_all(nodes.Filter):
        if one.node is not None:
            yield one.name, [one.node, *one.args]
    if isinstance(tree, nodes.Filter) and tree.node is not None:
        yield tree.name, [tree.node, *tree.args]


def used(listed: Iterable[Row]) -> set[Used]:
    """Give what the rows show: which name with which kind of value in which place."""
    found = set()
    for row in listed:
        for statement in tags.read(row.template)[0]:
            if isinstance(statement, Output):
                for name, given in operands(statement.tree):
                    found |= {(name, at, known) for at, tree in enumerate(given) if (known := kind_of(tree))}
    return found


def kind_of(tree: nodes.Expr) -> str:
    """Give the kind of value that a tree has; none where it has no value."""
    program = language.compile({"t": [Keep(tree, Tag("{{", "", Span()))]})
    try:
        return kind(program.value("t", facts()))
    except Failed:
        return ""


def test_every_filter_has_a_row_for_every_kind_of_value() -> None:
    wanted = {(one.chinese, 0, kind) for one in FILTERS.values() for kind in KINDS}
    assert wanted - used(rows()) == set()


def test_every_function_has_a_row_for_every_kind_of_value_in_both_places() -> None:
    wanted = {(one.chinese, at, kind) for one in FUNCTIONS.values() for at in (0, 1) for kind in KINDS}
    assert wanted - used(rows()) == set()


def test_a_kind_without_a_row_is_noticed() -> None:
    left = [row for row in rows() if "完成 | 金额" not in row.template]
    assert used(rows()) - used(left) == {("金额", 0, "truth")}


def test_a_row_can_fail() -> None:
    assert outcome("{{ 拨款 | 金额 }}") == ("2032.55", "")
    assert outcome("{{ 拨款 | 日期 }}") == ("", "T511")

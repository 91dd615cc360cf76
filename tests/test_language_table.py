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
from reportgen.facts import Gap, Range
from reportgen.language import FILTERS, FUNCTIONS, Failed, Log, Tag
from reportgen.language.expressions import _MEANINGS
from reportgen.language.operators import COMPARISONS
from reportgen.language.statements import For, If, Keep, Output, Set
from tests import language_table, tags
from tests.language_table import Row, facts, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.facts import Value

KINDS: Final = frozenset(("number", "rate", "text", "date", "truth", "list", "group", "gap"))
CALCULATING: Final = ("Add", "Concat", "Div", "Mul", "Neg", "Sub")
COMPARING: Final = ("eq", "ne", "lt", "lteq", "gt", "gteq", "in", "notin")
CHOOSING: Final = ("And", "CondExpr", "Not", "Or")
LOOKING_UP: Final = ("Getattr", "Getitem", "Test")
STATEMENTS: Final = ("For", "If", "Output", "Set")
Used = tuple[str, int, str]
"""A name of the language, the place of an operand, and the kind of value that stands there."""


def outcome(template: str) -> tuple[str, str]:
    """Give what a template prints, or the code of the first finding."""
    found = language_table.findings(template)
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


@pytest.mark.parametrize("row", [row for row in rows() if not (row.code or row.written.startswith("{"))], ids=ids)
def test_the_value_of_a_formula_remembers_the_same(row: Row) -> None:
    statements, _ = language.formula(row.written, Span())
    program, remembering = language.compile({"t": statements}), language.traced(facts())
    assert isinstance(remembering, dict)
    value = program.value("t", remembering, Log())
    assert language.printed(value) == row.printed
    assert language.trace(value)[:2] == (row.facts, row.conditions)
    assert language.trace(program.value("t", facts())) == language.EMPTY


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
    kinds = {str: "text", dt.date: "date", bool: "truth", list: "list", dict: "group", Gap: "gap", Range: "range"}
    return kinds[type(value)]


def operands(tree: nodes.Node) -> Iterator[tuple[str, list[nodes.Node]]]:
    """Give every filter, function, operator and look-up in a tree with what it is given."""
    for one in (tree, *tree.find_all(nodes.Node)):
        if isinstance(one, nodes.Filter) and one.node is not None:
            yield one.name, [one.node, *one.args]
        elif isinstance(one, nodes.Compare):
            for operand in one.ops:
                yield operand.op, [one.expr, operand.expr]
        elif isinstance(one, nodes.Concat):
            yield "Concat", list(one.nodes)
        elif isinstance(one, nodes.BinExpr):
            yield type(one).__name__, [one.left, one.right]
        elif isinstance(one, nodes.CondExpr):
            yield "CondExpr", [one.test]
        elif isinstance(one, nodes.Neg | nodes.Not | nodes.Getattr | nodes.Getitem | nodes.Test):
            yield type(one).__name__, [one.node]


def read(row: Row) -> Iterator[tuple[str, list[nodes.Node]]]:
    """Give what a row uses with what it is given: statements by their names as well."""
    waiting = tags.read(row.template)[0]
    while waiting:
        statement = waiting.pop()
        trees: list[nodes.Expr] = []
        if isinstance(statement, Output | Set):
            trees = [statement.tree]
        elif isinstance(statement, For):
            trees = [statement.items]
            waiting += statement.body
        elif isinstance(statement, If):
            trees = [arm.test for arm in statement.branches if arm.test is not None]
            waiting += [inner for arm in statement.branches for inner in arm.body]
        for tree in trees:
            yield type(statement).__name__, [tree]
            yield from operands(tree)


def used(listed: Iterable[Row]) -> set[Used]:
    """Give what the rows show: which name with which kind of value in which place."""
    return {
        (name, at, known)
        for row in listed
        for name, given in read(row)
        for at, tree in enumerate(given)
        if (known := kind_of(tree))
    }


def kind_of(tree: nodes.Node) -> str:
    """Give the kind of value that a tree has; none where it has no value."""
    assert isinstance(tree, nodes.Expr)
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


def test_every_operator_and_statement_has_a_row_for_every_kind_of_value() -> None:
    names = {*CALCULATING, *COMPARING, *CHOOSING, *LOOKING_UP, *STATEMENTS}
    shown = {(name, kind) for name, _, kind in used(rows())}
    assert {(name, kind) for name in names for kind in KINDS} - shown == set()


def test_every_kind_of_tree_that_runs_is_an_operator_here() -> None:
    plain = {"Compare", "Const", "Filter", "List", "Name"}
    ran = {of.__name__ for of in _MEANINGS}
    assert ran == {*CALCULATING, *CHOOSING, *LOOKING_UP, *plain}
    assert set(COMPARISONS) == set(COMPARING)


@pytest.mark.parametrize("row", rows(), ids=ids)
def test_what_is_found_before_the_run_goes_wrong_in_the_run(row: Row) -> None:
    """A tag is refused beforehand only if it fails; but for unknown names, what depends on luck, and what misleads."""
    statements, unread = tags.read(row.template)
    found = language.check(statements, [language.shape(facts()).fields])
    if not unread and {one.rule.code for one in found} - {"T502", "T144", "T152"}:
        assert language.compile({"t": statements}).faults("t", facts()) != []


def test_every_code_is_explained_on_the_first_page() -> None:
    page = (language_table.FOLDER / "facts.md").read_text("utf-8")
    assert set(re.findall(r"^\| (T\d{3}) \|", page, re.MULTILINE)) == {row.code for row in rows() if row.code}


def test_there_are_enough_rows() -> None:
    assert len(rows()) > 900
    assert len({(row.written, row.page) for row in rows()}) == len(rows())


def test_a_kind_without_a_row_is_noticed() -> None:
    left = [row for row in rows() if "完成 | 金额" not in row.template]
    assert used(rows()) - used(left) == {("金额", 0, "truth")}


def test_a_row_can_fail() -> None:
    assert outcome("{{ 拨款 | 金额 }}") == ("2032.55", "")
    assert outcome("{{ 拨款 | 日期 }}") == ("", "T511")

"""A checked syntax tree in, a function out that gives its value: small functions that call each other, no code.

So there is no Python for a tag to reach, and nothing to compile; a function serves any number of runs at once.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from jinja2 import nodes

from reportgen.facts import Gap, Value
from reportgen.language.dialect import LOOP
from reportgen.language.functions import LENIENT, TABLE, concat
from reportgen.language.operators import ARITHMETIC, COMPARISONS, figure, item, member, missing, negative
from reportgen.language.printing import Absent
from reportgen.language.trace import named

if TYPE_CHECKING:
    from reportgen.language.run import Run

_REMEMBERED: Final = 4096

Scope = dict[str, Value]
"""The names that are visible somewhere, with their values."""
Evaluate = Callable[[Scope, "Run"], Value]
"""Gives the value of an expression; raises `Misuse` and `ArithmeticError`."""


@lru_cache(_REMEMBERED)
def meaning(tree: nodes.Expr) -> Evaluate:
    """Give the function that evaluates a tree; the same tree, so the same text, has the same function."""
    return _MEANINGS[type(tree)](tree)


def dotted(tree: nodes.Node) -> str:
    """Give `a.b.c` for a chain of look-ups (`a.b['c']` is the same), or an empty text."""
    if isinstance(tree, nodes.Name):
        return str(tree.name)
    if isinstance(tree, nodes.Getattr):
        key: object = tree.attr
    elif isinstance(tree, nodes.Getitem) and isinstance(tree.arg, nodes.Const):
        key = tree.arg.value
    else:
        return ""
    before = dotted(tree.node)
    return f"{before}.{key}" if before and isinstance(key, str) else ""


def _constant(tree: nodes.Const) -> Evaluate:
    value = tree.value
    return lambda _scope, _run: value


def _name(tree: nodes.Name) -> Evaluate:
    name = tree.name

    def look_up(scope: Scope, _run: Run) -> Value:
        if name in scope:
            return scope[name]
        raise missing(name)

    return look_up


def _member(tree: nodes.Getattr) -> Evaluate:
    owner, key, whole = meaning(tree.node), tree.attr, dotted(tree) or tree.attr
    name = tree.node.name if isinstance(tree.node, nodes.Name) else ""

    # Most of what is looked up is there: both of these save a call for each.
    def look_up_in_named(scope: Scope, run: Run) -> Value:
        group = scope.get(name)
        return group[key] if isinstance(group, dict) and key in group else member(owner(scope, run), key, whole)

    def look_up(scope: Scope, run: Run) -> Value:
        group = owner(scope, run)
        return group[key] if isinstance(group, dict) and key in group else member(group, key, whole)

    return look_up_in_named if name else look_up


def _item(tree: nodes.Getitem) -> Evaluate:
    assert isinstance(tree.arg, nodes.Const)  # noqa: S101 — the dialect takes no other
    owner, at = meaning(tree.node), tree.arg.value
    whole = dotted(tree) or f"{dotted(tree.node)}[{at}]"
    return lambda scope, run: item(owner(scope, run), at, whole)


def _list(tree: nodes.List) -> Evaluate:
    listed = [meaning(one) for one in tree.items]
    return lambda scope, run: [one(scope, run) for one in listed]


def _calculation(tree: nodes.BinExpr) -> Evaluate:
    sign = str(tree.operator)
    left, right, calculate = meaning(tree.left), meaning(tree.right), ARITHMETIC[sign]
    return lambda scope, run: calculate(figure(sign, left(scope, run)), figure(sign, right(scope, run)))


def _negative(tree: nodes.Neg) -> Evaluate:
    operand = meaning(tree.node)
    return lambda scope, run: negative(figure("-", operand(scope, run)))


def _joined(tree: nodes.Concat) -> Evaluate:
    parts = [meaning(part) for part in tree.nodes]
    return lambda scope, run: concat(*(part(scope, run) for part in parts))


def _comparison(tree: nodes.Compare) -> Evaluate:
    first = meaning(tree.expr)
    rest = [(COMPARISONS[operand.op], meaning(operand.expr)) for operand in tree.ops]

    def compare(scope: Scope, run: Run) -> Value:
        left = run.note(first(scope, run))
        for holds, operand in rest:
            right = run.note(operand(scope, run))
            for one in right if isinstance(right, list) else ():
                run.note(one)
            if not holds(left, right):
                return False
            left = right
        return True

    return compare


def _and(tree: nodes.And) -> Evaluate:
    left, right = meaning(tree.left), meaning(tree.right)
    return lambda scope, run: run.note(left(scope, run)) and run.note(right(scope, run))


def _or(tree: nodes.Or) -> Evaluate:
    left, right = meaning(tree.left), meaning(tree.right)
    return lambda scope, run: run.note(left(scope, run)) or run.note(right(scope, run))


def _not(tree: nodes.Not) -> Evaluate:
    operand = meaning(tree.node)
    return lambda scope, run: not run.note(operand(scope, run))


def _choice(tree: nodes.CondExpr) -> Evaluate:
    assert tree.expr2 is not None  # noqa: S101 — the dialect takes no if without else
    test, yes, no = meaning(tree.test), meaning(tree.expr1), meaning(tree.expr2)
    return lambda scope, run: yes(scope, run) if run.note(test(scope, run)) else no(scope, run)


def _filtered(tree: nodes.Filter) -> Evaluate:
    assert tree.node is not None  # noqa: S101 — only a filter block has none
    call = TABLE[tree.name].call
    value = _lenient(tree.node) if tree.name in LENIENT else meaning(tree.node)
    arguments = [meaning(argument) for argument in tree.args]
    if not arguments:
        return lambda scope, run: call(value(scope, run))
    return lambda scope, run: call(value(scope, run), *[argument(scope, run) for argument in arguments])


def _given(tree: nodes.Test) -> Evaluate:
    operand = _lenient(tree.node)
    return lambda scope, run: not isinstance(run.note(operand(scope, run)), Gap)


def _lenient(tree: nodes.Expr) -> Evaluate:
    """Give an expression that is a gap where anything is missing on the way to its value."""
    operand = meaning(tree)

    def evaluate(scope: Scope, run: Run) -> Value:
        try:
            return operand(scope, run)
        except Absent as absent:
            return absent.gap

    return evaluate


_MEANINGS: Final[dict[type[nodes.Node], Callable[[Any], Evaluate]]] = {
    nodes.Add: _calculation,
    nodes.And: _and,
    nodes.Compare: _comparison,
    nodes.Concat: _joined,
    nodes.CondExpr: _choice,
    nodes.Const: _constant,
    nodes.Div: _calculation,
    nodes.Filter: _filtered,
    nodes.Getattr: _member,
    nodes.Getitem: _item,
    nodes.List: _list,
    nodes.Mul: _calculation,
    nodes.Name: _name,
    nodes.Neg: _negative,
    nodes.Not: _not,
    nodes.Or: _or,
    nodes.Sub: _calculation,
    nodes.Test: _given,
}


def loop_values(number: int, length: int, *, traced: bool) -> dict[str, Value]:
    """Give what `loop` holds in round `number` (from 0) of `length`; traced counts remember their names."""
    values: dict[str, Value] = {
        "index": Decimal(number + 1),
        "index0": Decimal(number),
        "first": number == 0,
        "last": number == length - 1,
        "length": Decimal(length),
    }
    return {key: named(value, f"{LOOP}.{key}") for key, value in values.items()} if traced else values

"""The tree of an expression in, what it says in few kinds of words out, for whoever reads printed text backwards.

Names, literal texts, filters and choices are told apart; all that is computed is one kind, as it cannot be undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes

from reportgen.language.expressions import dotted
from reportgen.language.functions import TABLE

if TYPE_CHECKING:
    from collections.abc import Sequence


class Words(NamedTuple):
    """A literal text."""

    text: str


class Name(NamedTuple):
    """A look-up, `a.b.c`."""

    dotted: str


class Called(NamedTuple):
    """A filter or function, by its Chinese name, over a value, with the other values it takes."""

    name: str
    value: Said
    others: tuple[Said, ...]


class Choice(NamedTuple):
    """One of two, by a test."""

    test: Said
    then: Said
    other: Said


class Joined(NamedTuple):
    """Texts joined to one."""

    parts: tuple[Said, ...]


class Opposite(NamedTuple):
    """What holds where another test does not."""

    test: Said


class Compared(NamedTuple):
    """A value beside another one, with the sign between them (`gt`, `eq` …)."""

    left: Said
    sign: str
    right: Said


class Computed(NamedTuple):
    """Anything else: a figure, or a truth."""


Said = Words | Name | Called | Choice | Joined | Opposite | Compared | Computed


def said(tree: nodes.Node | None) -> Said:  # noqa: PLR0911 — one return for each kind of words
    """Tell what an expression says; nothing counts as computed."""
    name = dotted(tree) if tree is not None else ""
    if name:
        return Name(name)
    match tree:
        case nodes.Const():
            return _constant(tree)
        case nodes.Filter():
            node, *others = _operands(tree)
            return Called(TABLE[tree.name].chinese, said(node), tuple(map(said, others)))
        case nodes.CondExpr():
            return Choice(said(tree.test), said(tree.expr1), said(tree.expr2))
        case nodes.Concat():
            return Joined(tuple(map(said, tree.nodes)))
        case nodes.Not():
            return Opposite(said(tree.node))
        case nodes.Compare() if len(tree.ops) == 1:
            return Compared(said(tree.expr), tree.ops[0].op, said(tree.ops[0].expr))
        case _:
            return Computed()


def _constant(tree: nodes.Const) -> Said:
    if isinstance(tree.value, bool):
        return Words("true" if tree.value else "false")
    return Words(str(tree.value))


def _operands(tree: nodes.Filter) -> Sequence[nodes.Node]:
    first = [] if tree.node is None else [tree.node]
    return [*first, *tree.args] or [nodes.Const("")]

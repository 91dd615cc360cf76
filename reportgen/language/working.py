"""A formula in, how it is written with its figures out: `0÷(756+2032.55)`, signs as in official documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from jinja2 import nodes

from reportgen.language.statements import Keep, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reportgen.language.statements import Tag

_SIGNS: Final[dict[type[nodes.Node], str]] = {nodes.Add: "+", nodes.Sub: "−", nodes.Mul: "×", nodes.Div: "÷"}
_SUM, _PRODUCT = 1, 2
_RANKS: Final[dict[str, int]] = {"+": _SUM, "−": _SUM, "×": _PRODUCT, "÷": _PRODUCT}
_ROUNDING: Final = frozenset({"舍入", "round"})
_SIZE: Final = frozenset({"绝对值", "abs"})
_TOTAL: Final = frozenset({"合计", "sum"})


class _Operation(NamedTuple):
    """Two parts with a sign between them."""

    sign: str
    left: Part
    right: Part


class _Choice(NamedTuple):
    """Two parts, of which the truth of an operand chooses one."""

    test: int
    yes: Part
    no: Part


class _Size(NamedTuple):
    """A part between bars: its size without its sign."""

    inner: Part


Part = int | _Operation | _Choice | _Size
"""A part of a written formula; a number stands for the operand of that index."""


class Working(NamedTuple):
    """A formula taken apart; every operand is a routine that gives its value."""

    whole: Part
    operands: tuple[Sequence[Statement], ...]

    def written(self, figures: Callable[[int], str], holds: Callable[[int], bool], *, factor: str = "") -> str:
        """Fill the figures in; empty where nothing is calculated. A `factor` such as `×100%` follows the formula.

        Only the operands of what is written are asked for; `holds` tells whether a condition does.
        """
        whole = _chosen(self.whole, holds)
        if isinstance(whole, int):
            return ""
        return _written(whole, _PRODUCT if factor else 0, figures, holds) + factor

    def divisors(self) -> Iterator[Sequence[Statement]]:
        """Give the operands of all that is divided by, whatever a condition chooses left out."""
        for part in _divisors(self.whole):
            yield self.operands[part]


def working(statements: Sequence[Statement]) -> Working | None:
    """Take a formula apart; None where there is none."""
    kept = statements[0] if statements else None
    if not isinstance(kept, Keep):
        return None
    taker = _Taker(kept.tag)
    return Working(taker.part(kept.tree), tuple(taker.operands))


@dataclass(slots=True)
class _Taker:
    """Takes a tree apart; what is not written out is an operand."""

    tag: Tag
    operands: list[Sequence[Statement]] = field(default_factory=list)

    def part(self, tree: nodes.Expr) -> Part:
        if isinstance(tree, nodes.BinExpr) and type(tree) in _SIGNS:
            return _Operation(_SIGNS[type(tree)], self.part(tree.left), self.part(tree.right))
        if isinstance(tree, nodes.CondExpr) and tree.expr2 is not None:
            return _Choice(self.operand(tree.test), self.part(tree.expr1), self.part(tree.expr2))
        if isinstance(tree, nodes.Filter) and tree.node is not None:
            return self.filtered(tree, tree.node)
        return self.operand(tree)

    def filtered(self, tree: nodes.Filter, inner: nodes.Expr) -> Part:
        if tree.name in _ROUNDING:
            return self.part(inner)
        if tree.name in _SIZE:
            return _Size(self.part(inner))
        if tree.name in _TOTAL and not tree.args and isinstance(inner, nodes.List) and inner.items:
            first, *others = map(self.part, inner.items)
            for other in others:
                first = _Operation("+", first, other)
            return first
        return self.operand(tree)

    def operand(self, tree: nodes.Expr) -> int:
        self.operands.append([Keep(tree, self.tag)])
        return len(self.operands) - 1


def _divisors(part: Part) -> Iterator[int]:
    if isinstance(part, _Size):
        yield from _divisors(part.inner)
    if isinstance(part, _Operation):
        yield from _divisors(part.left)
        yield from _single(part.right) if part.sign == "÷" else _divisors(part.right)


def _single(part: Part) -> Iterator[int]:
    """Give the operands of a part."""
    if isinstance(part, int):
        yield part
    elif isinstance(part, _Size):
        yield from _single(part.inner)
    elif isinstance(part, _Operation):
        yield from (*_single(part.left), *_single(part.right))


def _chosen(part: Part, holds: Callable[[int], bool]) -> Part:
    while isinstance(part, _Choice):
        part = part.yes if holds(part.test) else part.no
    return part


def _written(part: Part, rank: int, figures: Callable[[int], str], holds: Callable[[int], bool]) -> str:
    """Write a part, in brackets where it binds less than what stands around it."""
    part = _chosen(part, holds)
    if isinstance(part, int):
        return figures(part)
    if isinstance(part, _Size):
        return f"|{_written(part.inner, 0, figures, holds)}|"
    assert isinstance(part, _Operation)  # noqa: S101 — a choice is made by now
    own = _RANKS[part.sign]
    text = f"{_written(part.left, own, figures, holds)}{part.sign}{_written(part.right, own + 1, figures, holds)}"
    return f"({text})" if own < rank else text

"""A formula in, how it is written with its figures out: `0÷(756+2032.55)`, signs as in official documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jinja2 import nodes

from reportgen.language.statements import Keep, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SIGNS: Final[dict[type[nodes.Node], str]] = {nodes.Add: "+", nodes.Sub: "−", nodes.Mul: "×", nodes.Div: "÷"}
_RANKS: Final[dict[type[nodes.Node], int]] = {nodes.Add: 1, nodes.Sub: 1, nodes.Mul: 2, nodes.Div: 2}
_PRODUCT: Final = 2
_LEAF: Final = 3


@dataclass(frozen=True, slots=True)
class Working:
    """The parts of a written formula: signs as text, and between them operands, each a routine that gives its value."""

    parts: tuple[str | int, ...]
    operands: tuple[Sequence[Statement], ...]
    is_product: bool

    def written(self, figures: Callable[[int], str], *, factor: str = "") -> str:
        """Fill the figures in; a `factor` such as `×100%` follows, after brackets where a sum needs them."""
        text = "".join(figures(part) if isinstance(part, int) else part for part in self.parts)
        if not factor:
            return text
        return f"{text}{factor}" if self.is_product else f"({text}){factor}"


def working(statements: Sequence[Statement]) -> Working | None:
    """Take a formula apart; None where there is nothing to calculate in it."""
    kept = statements[0] if statements else None
    if not isinstance(kept, Keep) or type(kept.tree) not in _SIGNS:
        return None
    parts: list[str | int] = []
    operands: list[Sequence[Statement]] = []

    def write(tree: nodes.Expr, rank: int) -> None:
        own = _RANKS.get(type(tree), _LEAF)
        if own == _LEAF:
            parts.append(len(operands))
            operands.append([Keep(tree, kept.tag)])
            return
        assert isinstance(tree, nodes.BinExpr)  # noqa: S101 — the four signs are
        if own < rank:
            parts.append("(")
        write(tree.left, own)
        parts.append(_SIGNS[type(tree)])
        write(tree.right, own + 1)
        if own < rank:
            parts.append(")")

    write(kept.tree, 0)
    return Working(tuple(parts), tuple(operands), _RANKS[type(kept.tree)] == _PRODUCT)

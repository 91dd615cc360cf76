"""Places where something departs, in; one finding for all of them out: how often, where first, what stands there."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Times

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic, Rule, Span

_SHOWN: Final = 5  # values, the most frequent first
_LEAST: Final = Decimal("0.05")
_HERE: Final = N_("here: {found}")


class Tally:
    """What departs in one way, by what stands there; each value keeps its first place and how often it was met."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._places: dict[str, dict[Span, None]] = {}

    def add(self, value: str, span: Span) -> None:
        """Note a value at a place; a place counts once for each value."""
        self._places.setdefault(value, {})[span] = None

    def found(self, rule: Rule, **values: object) -> list[Diagnostic]:
        """Give one finding with `found` and `count`, at the first place of the most frequent value; none for none."""
        if not self._places:
            return []
        often = sorted(self._places.items(), key=lambda one: -len(one[1]))
        count = len({span for places in self._places.values() for span in places})
        related = tuple(Label(next(iter(places)), _HERE, {"found": value}) for value, places in often[1:_SHOWN])
        shown = "、".join(value for value, _ in often[:_SHOWN]) + ("……" if len(often) > _SHOWN else "")
        place = next(iter(often[0][1]))
        return [rule.at(place, help=None, related=related, found=shown, count=Times(count), **values)]


def plain(number: Decimal) -> str:
    """Write a measure with at most one decimal."""
    return f"{abs(number) if abs(number) < _LEAST else number:.1f}".removesuffix(".0")

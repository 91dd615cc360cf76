"""Places where something departs, in; one finding for all of them out: how often, where first, what stands there."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics.messages import N_
from reportgen.diagnostics.model import Label, Times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics.model import Diagnostic, Rule, Span

_SHOWN: Final = 5  # values, the most frequent first, and further places
_HERE: Final = N_("here: {found}")


class Tally:
    """What departs in one way, by what stands there; each value keeps its places."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._places: dict[str, dict[Span, None]] = {}

    def add(self, value: str, span: Span) -> None:
        """Note a value at a place; a place counts once for each value."""
        self._places.setdefault(value, {})[span] = None

    def found(self, rule: Rule, *, help: str | None = None, **values: object) -> list[Diagnostic]:  # noqa: A002 — as Rule.at
        """Give one finding with `found` and `count`, at the first place of the most frequent value; none for none.

        Further places are beside it: the first of each other value before those where a value stands again.
        """
        if not self._places:
            return []
        often = sorted(self._places.items(), key=lambda one: -len(one[1]))
        count = len({span for places in self._places.values() for span in places})
        (_, place), *further = islice(_in_turn(often), _SHOWN + 1)
        related = tuple(Label(span, _HERE, {"found": value}) for value, span in further)
        shown = "、".join(value for value, _ in often[:_SHOWN]) + ("……" if len(often) > _SHOWN else "")
        return [rule.at(place, help=help, related=related, found=shown, count=Times(count), **values)]


def _in_turn(often: list[tuple[str, dict[Span, None]]]) -> Iterator[tuple[str, Span]]:
    for value, places in often:
        yield value, next(iter(places))
    for value, places in often:
        yield from ((value, span) for span in islice(places, 1, None))

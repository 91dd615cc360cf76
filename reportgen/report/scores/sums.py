"""Indicators that are scored together in; what the points of each group add up to out."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.formats import half_a_unit, places

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from reportgen.report.model import Section
    from reportgen.report.scores.model import Indicator, Sheet

_SHOWN: Final = 12  # parts of a sum
_FINE: Final = 2  # decimals of points that may have been rounded
FULL: Final = Decimal(100)
"""The full mark of a report that states none."""


class Points(Enum):
    """What is added."""

    SCORE = "score"
    WEIGHT = "weight"

    def of(self, one: Indicator) -> Decimal | None:
        """Give those of an indicator."""
        return one.points if self is Points.SCORE else one.weight and one.weight.value


class Sum(NamedTuple):
    """What points add up to: the points of the parts right below, and of the indicators at the bottom."""

    value: Decimal
    parts: tuple[Decimal, ...]
    addends: tuple[Decimal, ...]

    def fits(self, stated: Decimal) -> bool:
        """Whether a stated total can be this, as far as rounding allows."""
        fine = [one for one in map(_plain, self.addends) if places(one) >= _FINE]
        slack = sum(map(half_a_unit, fine), Decimal(0))
        rounded = self.value.quantize(Decimal((0, (1,), -places(stated))), ROUND_HALF_UP)
        return abs(stated - self.value) <= slack or rounded == stated

    def __str__(self) -> str:
        """Write the parts with signs between them."""
        shown = [shown_of(one) for one in self.parts[:_SHOWN]]
        return "+".join([*shown, *["…"] * (len(self.parts) > _SHOWN)])


class Adder:
    """Adds the points of a sheet."""

    def __init__(self, sheet: Sheet, points: Points, unread: Iterable[Section] = ()) -> None:
        """Take the sheet, and the sections with points of which nothing tells what they are."""
        self.sheet = sheet
        self._points = points
        self._unread: Collection[int] = {id(one) for one in unread} if sheet.table is None else ()
        own = {id(one.section) for one in sheet.indicators}
        self._is_part = points is Points.SCORE and any(one not in own for one in self._unread)
        self._below: dict[int, list[Indicator]] = defaultdict(list)
        for one in sheet.indicators:
            self._below[id(one.parent)].append(one)
        self._sums: dict[int, Sum | None] = {}
        self._unknown: set[int] = set()
        for one in reversed(sheet.indicators):
            if id(one) in self._below:
                self._sums[id(one)] = self._add(one)

    def sum(self, group: Indicator | None) -> Sum | None:
        """Give what is below a group, or all of it; nothing where no points are, or not all can be told."""
        if group is None:
            return None if self._is_part else self._add(None)
        return self._sums.get(id(group))

    def stated(self) -> Sum | None:
        """Give the sum of what the top groups are given, where each is given points."""
        tops = self._below[id(None)]
        given = [self._points.of(one) for one in tops]
        known = [one for one in given if one is not None]
        if len(tops) < 2 or len(known) < len(tops) or not any(id(one) in self._below for one in tops):  # noqa: PLR2004 — several
            return None
        return Sum(sum(known, Decimal(0)), tuple(known), tuple(known))

    def bottom(self) -> list[Indicator]:
        """Give the indicators that are no group."""
        return [one for one in self.sheet.indicators if id(one) not in self._below]

    def missing(self, group: Indicator | None) -> bool:
        """Tell whether an indicator of a group, or of all, has no points though it is not said to be without."""
        below = self.bottom() if group is None else self.bottom_of(group)
        return any(self._points.of(one) is None and not one.unscored for one in below)

    def bottom_of(self, group: Indicator) -> list[Indicator]:
        """Give those below one group."""
        below = self._below.get(id(group))
        return [two for one in below for two in self.bottom_of(one)] if below else [group]

    def tops(self) -> list[tuple[Indicator, Decimal]]:
        """Give the top indicators with what is below them, or what they are given."""
        sums = ((one, self._sums.get(id(one))) for one in self._below[id(None)])
        points = ((one, below.value if below else self._points.of(one)) for one, below in sums)
        return [(one, value) for one, value in points if value is not None]

    def _add(self, group: Indicator | None) -> Sum | None:
        parts: list[Decimal] = []
        addends: list[Decimal] = []
        for one in self._below[id(group)]:
            below = self._sums.get(id(one))
            if id(one) in self._unknown or self._is_unknown(one):
                self._unknown.add(id(group))
                return None
            own = self._points.of(one)
            if below:
                parts.append(below.value)
                addends += below.addends
            elif own is not None:
                parts.append(own)
                addends.append(own)
        return Sum(sum(parts, Decimal(0)), tuple(parts), tuple(addends)) if parts else None

    def _is_unknown(self, one: Indicator) -> bool:
        if self._points is Points.WEIGHT or id(one) in self._below or one.points is not None:
            return False
        given = one.is_full or (one.weight is not None and not one.unscored)
        return given or (one.section is not None and id(one.section) in self._unread)


def shown_of(value: Decimal) -> str:
    """Write points without zeros at the end."""
    return f"{_plain(value):f}"


def _plain(value: Decimal) -> Decimal:
    """Give a number without zeros after its last decimal."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()

"""Amounts in; the bounds between which the true ones lie, as far as they may have been rounded, out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from reportgen import units
from reportgen.formats import places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.report.measures import Measure


class Bounds(NamedTuple):
    """The least and the greatest that something can be, both ends allowed, in the own unit of what it measures."""

    low: Fraction
    high: Fraction

    def meets(self, other: Bounds) -> bool:
        """Tell whether both can be the same."""
        return self.low <= other.high and other.low <= self.high


def bounds(measures: Sequence[Measure]) -> list[Bounds] | None:
    """Give the bounds of amounts that belong together; those in one unit are as fine as the finest of them.

    None where a word such as 以上 leaves one of them without an end.
    """
    finest: dict[str, int] = {}
    for one in measures:
        finest[one.quantity.unit] = max(finest.get(one.quantity.unit, 0), places(one.value))
    found = [_bounds(one, finest[one.quantity.unit]) for one in measures]
    known = [one for one in found if one]
    return known if len(known) == len(found) else None


def _bounds(one: Measure, finest: int) -> Bounds | None:
    quantity = one.quantity
    factor = units.unit(quantity.unit).factor if quantity.unit else Fraction(1)
    if quantity.about:
        ends = quantity.low, quantity.high
        return Bounds(*(Fraction(end) * factor for end in ends)) if all(end.is_finite() for end in ends) else None
    counted = quantity.unit and units.unit(quantity.unit).counts
    slack = Fraction(0) if counted and not finest else Fraction(1, 2 * 10**finest) * factor
    exact = Fraction(one.value) * factor
    return Bounds(exact - slack, exact + slack)


def quotient(one: Bounds, other: Bounds) -> Bounds | None:
    """Give the bounds of a share or rate; None where what divides can be nothing."""
    if other.low <= 0:
        return None
    ends = [end / divisor for end in one for divisor in other]
    return Bounds(min(ends), max(ends))


def total(several: Sequence[Bounds]) -> Bounds:
    """Give the bounds of a sum."""
    return Bounds(sum((one.low for one in several), Fraction(0)), sum((one.high for one in several), Fraction(0)))


def shown(value: Fraction, like: Sequence[Measure]) -> str:
    """Write an amount as others like it are written: with the unit of the first and the most decimals of all."""
    unit = like[0].quantity.unit
    decimals = max(places(one.value) for one in like)
    return f"{rounded(value / (units.unit(unit).factor if unit else 1), decimals)}{unit}"


def rounded(value: Fraction, decimals: int) -> str:
    """Write a number with so many decimals, rounded half up."""
    scaled = value * 10**decimals
    whole = (abs(scaled) * 2 + 1) // 2
    return f"{Decimal(int(whole) if scaled >= 0 else -int(whole)).scaleb(-decimals):f}"

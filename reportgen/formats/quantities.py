"""What a number in a text says: its value, its unit, and the interval of values that rounding makes it of."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import units

if TYPE_CHECKING:
    import datetime as dt
    import re

Interval = tuple[Decimal, Decimal]
"""From the first up to but not including the second; a single value has itself at both ends."""

EXACT: Final = Context(prec=200, rounding=ROUND_HALF_UP)
ZERO: Final = Decimal(0)
INFINITE: Final = Decimal("Infinity")
_TENTH: Final = Decimal("0.1")


class Kind(StrEnum):
    """What a quantity is: how it is written, and with what it can be compared."""

    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "percentage points"
    MULTIPLE = "multiple"
    FRACTION = "fraction"
    CAPITAL = "capital amount"
    ORDINAL = "ordinal"
    YEAR = "year"
    MONTH = "month"
    DATE = "date"
    DAY = "day of a year"
    CODE = "code"


KINDS_OF_DIMENSIONS: Final = {
    "money": Kind.MONEY,
    "ratio": Kind.PERCENT,
    "points": Kind.POINTS,
    "multiple": Kind.MULTIPLE,
}
_APART: Final = {Kind.DATE: Kind.DATE, Kind.MONTH: Kind.DATE} | {
    kind: kind for kind in (Kind.DAY, Kind.ORDINAL, Kind.CODE)
}
"""Kinds that compare with their like only; all others compare as numbers with units."""


class About(StrEnum):
    """How a word such as 约 or 以上 widens what a number stands for."""

    AROUND = "around"
    ABOVE = "above"
    BELOW = "below"
    LEAST = "at least"
    MOST = "at most"


class Quantity(NamedTuple):
    """One number or date of a text: what is written at `start` to `end`, and what it says.

    `value` is in the quantity's own `unit`: 84.73 with the unit %, 1.2 with the unit 亿元; a fraction is in per cent. A
    month is its first day, a day without its year is in the year 2000, a code is its digits as one number. `about` is
    the word that makes it rough. The true value lies in the interval from `low` up to but not including `high`; where
    both are the same, it is exactly this. Those of dates are counted in days since the beginning of the year 1.
    """

    text: str
    start: int
    end: int
    kind: Kind
    value: Decimal | dt.date
    low: Decimal
    high: Decimal
    unit: str = ""
    about: str = ""


def exactly(match: re.Match[str], kind: Kind, value: Decimal, unit: str = "") -> Quantity:
    """Make a quantity that is its value and no other."""
    return Quantity(match.group(), match.start(), match.end(), kind, value, value, value, unit)


def rounded_from(value: Decimal, slack: Decimal) -> Interval:
    """Give the values that are rounded half up to this one, where half a unit of the last place is `slack`."""
    if not slack:
        return value, value
    low, high = EXACT.subtract(value, slack), EXACT.add(value, slack)
    if value > 0:
        return low, high
    return EXACT.next_plus(low), EXACT.next_plus(high) if value else high


def widened(value: Decimal, slack: Decimal, about: About) -> Interval:
    """Give the values that a rough number stands for; a step is one unit of its last digit that is not zero.

    多 and 余 reach one step up, 约 one step either way and 近 one step down, these two at most a tenth of the number.
    """
    low, high = rounded_from(value, slack)
    step = Decimal((0, (1,), _exponent(value.normalize(EXACT)))) if value else ZERO
    near = max(slack, min(step, EXACT.multiply(abs(value), _TENTH)))
    match about:
        case About.AROUND:
            return min(low, EXACT.subtract(value, near)), max(high, EXACT.add(value, near))
        case About.ABOVE:
            return low, max(high, EXACT.add(value, step))
        case About.BELOW:
            return min(low, EXACT.subtract(value, near)), EXACT.next_plus(value)
        case About.LEAST:
            return low, INFINITE
        case _:
            return -INFINITE, max(high, EXACT.next_plus(value))


def half_a_unit(value: Decimal) -> Decimal:
    """Give half a unit of the last place that a number has."""
    return Decimal((0, (5,), -places(value) - 1))


def places(value: Decimal) -> int:
    """Give how many decimals a number is written with."""
    return max(0, -_exponent(value))


def agree(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities can be the same: their intervals meet, after exact conversion to one unit.

    A number without a unit takes that of the other. Dates and months compare with each other, and ordinals, codes and
    days without a year with their like only.
    """
    if _APART.get(one.kind) != _APART.get(other.kind):
        return False
    factor = units.ratio(one.unit, other.unit) if one.unit and other.unit else Fraction(1)
    if factor is None:
        return False
    low, high = (one.low, one.high) if factor == 1 else (_times(one.low, factor), _times(one.high, factor))
    if low == other.low:
        return True
    return other.low < high if low < other.low else low < other.high


def _times(end: Decimal, factor: Fraction) -> Fraction | Decimal:
    return Fraction(end) * factor if end.is_finite() else end


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 — no number of a text is infinite or none
    return exponent

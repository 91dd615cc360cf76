"""Units of numbers: what adding, comparing, multiplying and dividing does with them, and how one turns into another.

A number without a unit goes with any. Two units are never mixed in silence: 万元 and 元 must be converted first, 万元
and 人 have nothing in common. A quotient of like quantities is a rate and has the unit `%`, as rates of the facts have.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from reportgen import units
from reportgen.diagnostics import Rule, Severity, rule
from reportgen.language.printing import Misuse, sample
from reportgen.language.trace import measured

if TYPE_CHECKING:
    from decimal import Decimal

RATE: Final = "%"
_PER: Final = "/"

UNITS_DIFFER = rule(
    "T142",
    "units-differ",
    Severity.ERROR,
    "“{sign}” cannot bring “{left}” in {unit} and “{right}” in {other} together",
    "check which facts are meant; if it is right as it is, take the units off first: x | 去单位",
)
UNITS_TO_CONVERT = rule(
    "T143",
    "units-to-convert",
    Severity.ERROR,
    "“{sign}” cannot bring “{left}” in {unit} and “{right}” in {other} together as they are",
    "turn one into the unit of the other first: x | 换算('{unit}')",
)
NO_CONVERSION = rule(
    "T148",
    "no-conversion",
    Severity.ERROR,
    "“{value}” in {unit} cannot be turned into {wanted}",
    "only units of one kind turn into each other, such as 元, 千元, 万元 and 亿元, where the figure has an end",
)
NO_UNIT = rule(
    "T149",
    "no-unit",
    Severity.ERROR,
    "“{value}” has no unit, so that it cannot be turned into {wanted}",
    "give the unit in the form (单位), or write it after the number in the facts",
)


def unit_of(value: object) -> str:
    """Give the unit of a number, or an empty text."""
    return getattr(value, "unit", "")


def joint_unit(sign: str, left: Decimal, right: Decimal) -> str:
    """Give the unit of what a sign makes of two numbers; raises `Misuse` where their units do not go together."""
    one, other = getattr(left, "unit", ""), getattr(right, "unit", "")
    if not (one or other):
        return ""
    unit = combined(sign, one, other)
    if isinstance(unit, str):
        return unit
    raise Misuse(unit, sign=sign, left=sample(left), right=sample(right), unit=one, other=other)


def combined(sign: str, one: str, other: str) -> str | Rule:
    """Give the unit of what a sign makes of two units, or the rule that forbids it."""
    if sign == "*":
        return _product(one, other)
    if sign == "/" and (one == other or not ratio(one, other)):
        return _quotient(one, other)
    if one == other or not (one and other):
        return one or other
    return UNITS_TO_CONVERT if ratio(one, other) else UNITS_DIFFER


def ratio(unit: str, wanted: str) -> Fraction | None:
    """Give how many of one unit are in another of the same kind; None where they are of two kinds."""
    (unit, _, per), (wanted, _, wanted_per) = unit.partition(_PER), wanted.partition(_PER)
    if per != wanted_per or not unit or not wanted or RATE in {unit, wanted}:
        return None
    return units.ratio(unit, wanted)


def _product(one: str, other: str) -> str:
    """A rate or a plain number leaves the other's unit, 元/人 times 人 is 元; other products have no unit."""
    if not one or not other or RATE in {one, other}:
        return other if other and one in {"", RATE} else one
    for unit, count in ((one, other), (other, one)):
        whole, _, per = unit.partition(_PER)
        if per == count:
            return whole
    return ""


def _quotient(one: str, other: str) -> str:
    """Like by like is a rate, 万元 by 人 is 万元/人; a rate or a plain number below leaves the unit above."""
    if one == other:
        return RATE if one else ""
    if not one or other in {"", RATE}:
        return one
    return "" if one == RATE or _PER in f"{one}{other}" else f"{one}{_PER}{other}"


def converted(value: Decimal, wanted: str) -> Decimal:
    """Turn a number into another unit of the same kind, exactly; raises `Misuse`."""
    unit = unit_of(value)
    if not unit:
        raise Misuse(NO_UNIT, value=sample(value), wanted=wanted)
    if unit == wanted:
        return measured(value, unit)
    factor = ratio(unit, wanted)
    result = units.finite(Fraction(value) * factor) if factor else None
    if result is None:
        raise Misuse(NO_CONVERSION, value=sample(value), unit=unit, wanted=wanted)
    return measured(result.normalize(), wanted)

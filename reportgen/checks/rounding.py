"""Numbers that know what they may have been before they were rounded: facts in, sums and differences with bounds out.

A stated 2845.81 stands for anything from 2845.805 up to, but not including, 2845.815. Arithmetic carries such bounds
along, so that a sum of rounded parts is not held against a total that was rounded on its own.
"""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from reportgen import formats
from reportgen.facts import Number, Value
from reportgen.language import joint_unit, unit_of
from reportgen.units import ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

PERCENT: Final = "%"
_MAX_PLACES: Final = 4
_SIGNS: Final[Mapping[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


class Bounds(NamedTuple):
    """Where a number lies: `low` belongs to it, `high` only where both are the same."""

    low: Decimal
    high: Decimal


class Rounded(Number):
    """A number with its bounds and the paths of the facts that it comes from."""

    __slots__ = ("bounds", "paths")
    bounds: Bounds
    paths: tuple[str, ...]

    def __new__(cls, value: Decimal, decimals: int | None, unit: str, limits: Bounds, paths: tuple[str, ...]) -> Self:
        """Make a number."""
        self = super().__new__(cls, value, decimals, unit)
        self.bounds, self.paths = limits, paths
        return self

    def __add__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # the language adds Decimals only
        """Add."""
        return _calculated("+", self, other)

    def __radd__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Add to a plain number."""
        return _calculated("+", other, self)

    def __sub__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Subtract."""
        return _calculated("-", self, other)

    def __rsub__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Subtract from a plain number."""
        return _calculated("-", other, self)

    def __mul__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Multiply."""
        return _calculated("*", self, other)

    def __rmul__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Multiply a plain number."""
        return _calculated("*", other, self)

    def __truediv__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Divide."""
        return _calculated("/", self, other)

    def __rtruediv__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Divide a plain number."""
        return _calculated("/", other, self)

    def __neg__(self) -> Rounded:
        """Turn the sign."""
        return _calculated("-", Decimal(0), self)

    def __abs__(self) -> Rounded:
        """Leave the sign out."""
        return -self if self < 0 else self


def rounded(value: Value, path: str) -> Value:
    """Turn every number in a value (nested as in a facts file) into one with bounds; list items count from 1."""
    if isinstance(value, dict):
        return {name: rounded(inner, f"{path}.{name}") for name, inner in value.items()}
    if isinstance(value, list):
        return [rounded(item, f"{path}[{at}]") for at, item in enumerate(value, 1)]
    if not isinstance(value, Decimal):
        return value
    decimals = value.decimals if isinstance(value, Number) else None
    return Rounded(value, decimals, unit_of(value), bounds(value), (path,))


def bounds(value: Decimal) -> Bounds:
    """Give the bounds of a number; what is computed from exact numbers is exact."""
    if isinstance(value, Rounded):
        return value.bounds
    exact = Decimal(value)
    if not isinstance(value, Number) or _whole(value):
        return Bounds(exact, exact)
    return Bounds(*value.interval)


def _whole(value: Number) -> bool:
    """Whether a number is 0, 0% or 100% without decimals, which is written of exactly this much only."""
    percent = value.unit == PERCENT
    return value.as_tuple().exponent == (-2 if percent else 0) and (not value or (percent and value == 1))


def converted(value: Decimal, unit: str) -> Decimal | None:
    """Turn a number into another unit; None where that measures something else."""
    own = unit_of(value)
    if own == unit or not own or not unit:
        return value
    factor = ratio(own, unit)
    if factor is None:
        return None
    scaled = Rounded(value, None, "", bounds(value), getattr(value, "paths", ())) * Decimal(factor.numerator)
    scaled /= Decimal(factor.denominator)
    return Rounded(scaled, None, unit, scaled.bounds, scaled.paths)


def places(value: Decimal, unit: str) -> int:
    """Give how many decimals a number is written with in a unit: what is declared or typed, few of what is computed.

    A plain fraction may be written as a percentage.
    """
    decimals = _decimals(value, unit)
    if not isinstance(value, Number) or (unit == PERCENT) != (unit_of(value) == PERCENT):
        return min(decimals, _MAX_PLACES)
    return decimals if value.decimals is None else value.decimals


def _decimals(value: Decimal, unit: str) -> int:
    return max(0, formats.places(value) - (2 if unit == PERCENT else 0))


def agree(numbers: Iterable[Decimal]) -> bool:
    """Whether some one number rounds to all of these."""
    limits = [bounds(one) for one in numbers]
    highest = max(low for low, _ in limits)
    return all(highest == low or highest < high for low, high in limits)


def exceeds(one: Decimal, other: Decimal) -> bool:
    """Whether a number is more than another, however both were rounded."""
    return one > other and not agree((one, other))


def total(numbers: Iterable[Decimal]) -> Decimal:
    """Add numbers up, with their bounds."""
    return sum(numbers, Decimal(0))


def figure(value: Decimal, unit: str = "") -> str:
    """Write a number with its unit, or, where it has none, with the unit of those beside it."""
    unit = unit_of(value) or unit
    decimals = places(value, unit)
    return formats.percent(value, decimals) if unit == PERCENT else f"{formats.money(value, decimals)}{unit}"


def apart(one: Decimal, other: Decimal) -> str:
    """Write how far two numbers lie from each other; two percentages, in percentage points."""
    difference = abs(one - other)
    if unit_of(difference) == PERCENT:
        return formats.points(difference, places(difference, PERCENT))
    return figure(difference)


def _calculated(sign: str, left: Decimal, right: Decimal) -> Rounded:
    """Calculate with the values and with the ends of their bounds."""
    calculate, unit = _SIGNS[sign], joint_unit(sign, left, right)
    value, limits = calculate(Decimal(left), Decimal(right)), bounds(right)
    if sign == "/" and limits.low <= 0 <= limits.high:  # nothing can be said of such a quotient
        spread = Bounds(value, value)
    else:
        corners = [calculate(one, other) for one in bounds(left) for other in limits]
        spread = Bounds(min(corners), max(corners))
    if sign in {"+", "-"}:
        decimals = max(places(left, unit), places(right, unit))
    else:
        decimals = min(_decimals(value, unit), _MAX_PLACES)
    paths = [path for side in (left, right) if isinstance(side, Rounded) for path in side.paths]
    return Rounded(value, decimals, unit, spread, tuple(dict.fromkeys(paths)))

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
from reportgen.units import ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Arithmetic = Callable[[Decimal, Decimal], Decimal]

PERCENT: Final = "%"
_MAX_PLACES: Final = 6


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
        return _summed(operator.add, self, other)

    def __radd__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Add to a plain number."""
        return _summed(operator.add, other, self)

    def __sub__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Subtract."""
        return _summed(operator.sub, self, other)

    def __rsub__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Subtract from a plain number."""
        return _summed(operator.sub, other, self)

    def __mul__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Multiply."""
        return _scaled(operator.mul, self, other)

    def __rmul__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Multiply a plain number."""
        return _scaled(operator.mul, other, self)

    def __truediv__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Divide."""
        return _scaled(operator.truediv, self, other)

    def __rtruediv__(self, other: Decimal) -> Rounded:  # type: ignore[override]  # as above
        """Divide a plain number."""
        return _scaled(operator.truediv, other, self)

    def __neg__(self) -> Rounded:
        """Turn the sign."""
        return _summed(operator.sub, Decimal(0), self)

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
    return Rounded(value, decimals, _unit(value), bounds(value), (path,))


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
    own = _unit(value)
    if own in {"", PERCENT, unit} or unit in {"", PERCENT}:
        return value
    factor = ratio(own, unit)
    if factor is None:
        return None
    scaled = value * Decimal(factor.numerator) / Decimal(factor.denominator)
    assert isinstance(scaled, Rounded)  # noqa: S101 — only a number of the facts has a unit
    return Rounded(scaled, None, unit, scaled.bounds, scaled.paths)


def places(value: Decimal) -> int:
    """Give how many decimals a number is printed with, as it has them or as the form declares."""
    if isinstance(value, Number) and value.decimals is not None:
        return value.decimals
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 — no number here is infinite or none
    return min(max(0, -exponent - (2 if _unit(value) == PERCENT else 0)), _MAX_PLACES)


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
    unit = _unit(value) or unit
    decimals = _places_in(value, unit)
    return formats.percent(value, decimals) if unit == PERCENT else f"{formats.money(value, decimals)}{unit}"


def _places_in(value: Decimal, unit: str) -> int:
    """Give the decimals of a number when it is written in a unit: a plain fraction may become a percentage."""
    becomes_percent = unit == PERCENT and _unit(value) != PERCENT
    return max(0, places(value) - 2) if becomes_percent else places(value)


def _unit(value: Decimal) -> str:
    return value.unit if isinstance(value, Number) else ""


def _summed(sign: Arithmetic, left: Decimal, right: Decimal) -> Rounded:
    """Add or subtract: the result has the unit and the decimals of its operands."""
    unit = _unit(left) or _unit(right)
    return _calculated(sign, left, right, unit, max(_places_in(left, unit), _places_in(right, unit)))


def _scaled(sign: Arithmetic, left: Decimal, right: Decimal) -> Rounded:
    """Multiply or divide: rates and plain numbers leave the unit alone, what is divided by its like has none."""
    units = [unit for unit in (_unit(left), _unit(right)) if unit != PERCENT]
    unit = "".join(units) if "" in units or len(units) == 1 else ""
    return _calculated(sign, left, right, unit, None)


def _calculated(sign: Arithmetic, left: Decimal, right: Decimal, unit: str, decimals: int | None) -> Rounded:
    value = sign(Decimal(left), Decimal(right))
    limits = bounds(right)
    if sign is operator.truediv and limits.low <= 0 <= limits.high:  # nothing can be said of such a quotient
        spread = Bounds(value, value)
    else:
        corners = [sign(one, other) for one in bounds(left) for other in limits]
        spread = Bounds(min(corners), max(corners))
    paths = [path for side in (left, right) if isinstance(side, Rounded) for path in side.paths]
    return Rounded(value, decimals, unit, spread, tuple(dict.fromkeys(paths)))

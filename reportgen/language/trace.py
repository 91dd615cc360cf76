"""Values that remember which facts they came from, and under which conditions they stood.

A traced render uses these subclasses in place of plain values; operators and filters unite what operands remember.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, SupportsIndex

from reportgen.facts import Gap, Number, Range, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_NOTHING: Final[frozenset[str]] = frozenset()


class Trace(NamedTuple):
    """Paths of facts, those a value came from and those it stood under as `conditions`, and names it went `through`.

    They are names of computed values, as tags look them up: `指标.结转结余率.得分`, `自评.总分`, `loop.index`.
    """

    facts: frozenset[str] = _NOTHING
    conditions: frozenset[str] = _NOTHING
    through: frozenset[str] = _NOTHING

    def __or__(self, other: Trace) -> Trace:
        """Unite two traces."""
        return Trace(self.facts | other.facts, self.conditions | other.conditions, self.through | other.through)

    def as_conditions(self) -> Trace:
        """Turn everything into conditions."""
        return Trace(_NOTHING, self.facts | self.conditions)


EMPTY: Final = Trace()


def trace(value: object) -> Trace:
    """Give what a value remembers; a plain value remembers nothing."""
    return getattr(value, "trace", EMPTY)


def named(value: Value, name: str) -> Value:
    """Let a computed value remember the name by which tags look it up."""
    return remember(value, Trace(through=frozenset([name])))


def united(values: Iterable[object]) -> Trace:
    """Unite what several values remember."""
    result = EMPTY
    for value in values:
        origin = trace(value)
        if origin is not EMPTY:
            result |= origin
    return result


def _operator(name: str) -> Callable[[Any, Any], Any]:
    plain = getattr(Decimal, name)

    def traced(self: Any, other: Any) -> Any:  # noqa: ANN401 — any two numbers
        result = plain(self, other)
        return result if result is NotImplemented else TracedDecimal(result, trace(self) | trace(other))

    return traced


class _Arithmetic:
    """The operators of traced numbers."""

    __slots__ = ()
    __add__ = _operator("__add__")
    __radd__ = _operator("__radd__")
    __sub__ = _operator("__sub__")
    __rsub__ = _operator("__rsub__")
    __mul__ = _operator("__mul__")
    __rmul__ = _operator("__rmul__")
    __truediv__ = _operator("__truediv__")
    __rtruediv__ = _operator("__rtruediv__")

    def __neg__(self) -> TracedDecimal:
        return TracedDecimal(Decimal.__neg__(self), trace(self))  # type: ignore[arg-type]  # mixed into Decimals only

    def __abs__(self) -> TracedDecimal:
        return TracedDecimal(Decimal.__abs__(self), trace(self))  # type: ignore[arg-type]  # mixed into Decimals only


class Quantity(Decimal):
    """A computed number that has a unit."""

    __slots__ = ("unit",)
    unit: str

    def __new__(cls, value: Decimal, unit: str) -> Self:
        """Copy a number and give it a unit."""
        self = super().__new__(cls, value)
        self.unit = unit
        return self


class TracedDecimal(_Arithmetic, Decimal):
    """A computed number with its trace, and with its unit if it has one."""

    __slots__ = ("trace", "unit")
    trace: Trace
    unit: str

    def __new__(cls, value: Decimal, origin: Trace, unit: str | None = None) -> Self:
        """Copy a number and add where it came from; without a unit it keeps that of the number."""
        self = super().__new__(cls, value)
        self.trace = origin
        self.unit = getattr(value, "unit", "") if unit is None else unit
        return self


class TracedNumber(_Arithmetic, Number):
    """A fact's number with its trace."""

    __slots__ = ("trace",)
    trace: Trace

    @classmethod
    def of(cls, value: Number, origin: Trace) -> TracedNumber:
        """Copy a fact's number and add where it came from."""
        self = cls(value, value.decimals, value.unit, value.slack, value.about)
        self.trace = origin
        return self


class TracedText(str):
    """A text with its trace."""

    __slots__ = ("trace",)
    trace: Trace

    def __new__(cls, value: str, origin: Trace) -> Self:
        """Copy a text and add where it came from."""
        self = super().__new__(cls, value)
        self.trace = origin
        return self


class TracedDate(dt.date):
    """A date with its trace."""

    __slots__ = ("trace",)
    trace: Trace

    @classmethod
    def of(cls, value: dt.date, origin: Trace) -> TracedDate:
        """Copy a date and add where it came from."""
        self = cls(value.year, value.month, value.day)
        self.trace = origin
        return self


class TracedTruth(int):
    """是 or 否 with its trace (Python's bool cannot be subclassed)."""

    trace: Trace

    def __new__(cls, value: SupportsIndex, origin: Trace) -> Self:
        """Copy a truth value and add where it came from."""
        self = super().__new__(cls, value)
        self.trace = origin
        return self


class TracedRange(Range):
    """A range with its trace."""

    __slots__ = ("trace",)
    trace: Trace

    @classmethod
    def of(cls, value: Range, origin: Trace) -> TracedRange:
        """Copy a range and add where it came from."""
        self = cls(value.first, value.last)
        object.__setattr__(self, "trace", origin)
        return self


class TracedList(list[Any]):
    """A list with a trace of its own: what decided which items it holds."""

    __slots__ = ("trace",)
    trace: Trace

    def __init__(self, items: Iterable[Any], origin: Trace) -> None:
        """Copy items and add where their choice came from."""
        super().__init__(items)
        self.trace = origin


class TracedGap(Gap):
    """An absent fact; that it is absent can decide what is printed."""

    __slots__ = ()

    @property
    def trace(self) -> Trace:
        """The path of the absent fact."""
        return Trace(frozenset([self.path]))


_REMEMBERING: Final[tuple[tuple[type | tuple[type, ...], Callable[[Any, Trace], Value]], ...]] = (
    (Number, TracedNumber.of),
    (Decimal, TracedDecimal),
    (str, TracedText),
    ((bool, TracedTruth), TracedTruth),
    (dt.date, TracedDate.of),
    (list, TracedList),
    (Range, TracedRange.of),
)


def remember(value: Value, origin: Trace) -> Value:
    """Give a value that remembers `origin` beside what it remembers already; mappings are left to their members.

    With nothing to remember, a plain value stays plain.
    """
    if origin is EMPTY and trace(value) is EMPTY:
        return value
    origin = trace(value) | origin
    if origin == EMPTY:
        return value
    for kinds, remembering in _REMEMBERING:
        if isinstance(value, kinds):
            return remembering(value, origin)
    return value


def measured(value: Decimal, unit: str) -> Decimal:
    """Give a number another unit, or none, in place of its own; the decimals of a form no longer bind it."""
    origin = trace(value)
    if origin is not EMPTY:
        return TracedDecimal(value, origin, unit)
    return Quantity(value, unit) if unit else Decimal(value)


def in_unit(result: Decimal, unit: str) -> Decimal:
    """Give a computed number its unit, unless it is a `Number`, which knows its own."""
    return measured(result, unit) if unit and not isinstance(result, Number) else result


def traced(value: Value, path: str = "") -> Value:
    """Turn facts (nested as in a facts file) into values that remember their paths; list items count from 1."""
    if isinstance(value, dict):
        return {name: traced(inner, f"{path}.{name}" if path else name) for name, inner in value.items()}
    if isinstance(value, Gap):
        return TracedGap(value.path, value.reported, value.stand_in)
    if isinstance(value, list):
        value = [traced(item, f"{path}[{index}]") for index, item in enumerate(value, 1)]
    return remember(value, Trace(frozenset([path])))

"""The one table of filters and functions, each under its Chinese and its English name; nothing else can be called.

A filter takes the value left of its sign `|` first, a function what stands first in its brackets. Both refuse a value
of the wrong kind by raising `Misuse`; what they take and give is also declared, for a check before they run.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, Final, NamedTuple

from reportgen.diagnostics import N_, Label, Severity, Span, rule
from reportgen.facts import Gap, Value
from reportgen.language.printing import WRONG_KIND, Absent, Misuse, sample
from reportgen.language.quantities import RATE, unit_of
from reportgen.language.trace import EMPTY, remember, trace, united
from reportgen.schema import Field, Kind, group, listing

MAX_DECIMALS: Final = 12
TWO: Final = Decimal(2)
_DECIMALS: Final = {Decimal(number): number for number in range(MAX_DECIMALS + 1)}
FILTERS: Final[dict[str, Filter]] = {}
"""Every filter under each of its names."""
FUNCTIONS: Final[dict[str, Filter]] = {}
"""Every function under each of its names."""
TABLE: Final[dict[str, Filter]] = {}
"""Both together."""

OUT_OF_RANGE = rule(
    "T527",
    "filter-out-of-range",
    Severity.ERROR,
    "“{filter}” has no way to write “{value}”",
    "see `docs/reference/language.md` for the numbers that it takes",
)
OTHER_UNIT = rule(
    "T145",
    "unit-of-filter",
    Severity.ERROR,
    "“{filter}” takes {wanted}, “{value}” is in {unit}",
    "check which fact is meant; put a quotient in brackets: (a / b) | 百分比; turn an amount into 元: x | 换算('元')",
)


@dataclass(frozen=True, slots=True)
class Takes:
    """What one place of a filter takes: a phrase for messages, and the kinds and the units that fit; none means any.

    `holds` says what the items of a list must be, or the members that a `KEY` names.
    """

    wanted: Label
    kinds: frozenset[Kind] = frozenset()
    units: frozenset[str] = frozenset()
    holds: Takes | None = None


def takes(phrase: str, *kinds: Kind, units: frozenset[str] = frozenset()) -> Takes:
    """Say what fits a place: any of the kinds, or anything; a number in one of the units, or in any."""
    return Takes(Label(Span(), phrase), frozenset(kinds), units)


OPEN: Final = Field(Kind.OPEN)
ANY: Final = takes(N_("anything"))
NUMBER: Final = takes(N_("a number"), Kind.NUMBER)
WHOLE: Final = takes(N_("a whole number"), Kind.NUMBER)
RATIO: Final = takes(N_("a rate"), Kind.NUMBER, units=frozenset({RATE}))
YUAN: Final = takes(N_("an amount in 元"), Kind.NUMBER, units=frozenset({"元"}))
DECIMALS: Final = replace(
    NUMBER, wanted=Label(Span(), N_("a number of decimals from 0 to {most}"), {"most": MAX_DECIMALS})
)
DATE: Final = takes(N_("a date"), Kind.DATE)
LIST: Final = takes(N_("a list"), Kind.LIST)
AMOUNTS: Final = replace(LIST, holds=NUMBER)
PRINTED: Final = takes(N_("anything"))
"""What a bare tag can print."""
FILLED: Final = replace(LIST, wanted=Label(Span(), N_("a list that holds something")))
TEXT: Final = takes(N_("a text"), Kind.TEXT, Kind.PROSE, Kind.CHOICE)
KEY: Final = replace(TEXT)
"""The name of a member of the items of the list."""

Gives = Callable[[Field, Sequence[Field]], Field]
"""The form of a result, from that of the first value and those of the others; a `KEY` counts as the member it names."""


def gives(kind: Kind, unit: str = "") -> Gives:
    """Give results of one kind, whatever comes in."""
    form = Field(kind, unit=unit)
    return lambda _value, _others: form


def same(value: Field, _others: Sequence[Field]) -> Field:
    """Give what comes in."""
    return value


def either(value: Field, others: Sequence[Field]) -> Field:
    """Give what comes in or what stands in the brackets."""
    return joint(value, others[0])


def item_of(value: Field, _others: Sequence[Field]) -> Field:
    """Give an item of the list."""
    return value.item or OPEN


def items_or_member(value: Field, others: Sequence[Field]) -> Field:
    """Give what the items of the list are, or what the member of each is."""
    return others[0] if others else item_of(value, others)


def members(_value: Field, others: Sequence[Field]) -> Field:
    """Give a list of the member of each item."""
    return listing(others[0])


def joint(one: Field, other: Field) -> Field:
    """Give the form of what may be either of two values: names that only one of them has may be used too."""
    if one == other:
        return one
    if one.kind is other.kind is Kind.GROUP:
        both = {name: joint(field, other.fields[name]) for name, field in one.fields.items() if name in other.fields}
        return group({**one.fields, **other.fields, **both})
    if one.kind is other.kind is Kind.LIST:
        return listing(joint(one.item or OPEN, other.item or OPEN))
    if one.kind is other.kind:
        return Field(one.kind, unit=one.unit if one.unit == other.unit else "")
    return OPEN


class Filter(NamedTuple):
    """One filter or function: its names, what it does, what its places take, what it gives, and a sentence on it.

    `least` and `most` count the values in the brackets.
    """

    chinese: str
    english: str
    call: Callable[..., Value]
    takes: tuple[Takes, ...]
    gives: Gives
    least: int
    most: int
    meaning: str
    called: bool = False


Entering = Callable[[Callable[..., Value]], Callable[..., Value]]


def filtering(chinese: str, english: str, meaning: str, places: tuple[Takes, ...], result: Gives) -> Entering:
    """Enter a filter: its first parameter is what stands left of the sign `|`."""
    return _entering(FILTERS, partial(Filter, chinese, english, takes=places, gives=result, meaning=meaning), 1)


def calling(chinese: str, english: str, meaning: str, places: tuple[Takes, ...]) -> Entering:
    """Enter a function, which gives a text: all its parameters stand in its brackets."""
    make = partial(Filter, chinese, english, takes=places, gives=gives(Kind.TEXT), meaning=meaning, called=True)
    return _entering(FUNCTIONS, make, 0)


def _entering(table: dict[str, Filter], make: Callable[..., Filter], before: int) -> Entering:
    """Enter what stands below into a table; so many of its parameters stand before the brackets."""

    def enter(call: Callable[..., Value]) -> Callable[..., Value]:
        parameters = list(inspect.signature(call).parameters.values())[before:]
        least = sum(one.default is one.empty for one in parameters)
        entry = make(call=call, least=least, most=len(parameters))
        assert len(entry.takes) == before + entry.most  # noqa: S101 — what is declared is what is there
        for name in (entry.chinese, entry.english):
            table[name] = TABLE[name] = entry
        return call

    return enter


def wrong(name: str, place: Takes, value: object) -> Misuse:
    """Say that a value does not fit a place, or that it is absent."""
    if isinstance(value, Gap):
        return Absent.of(value)
    return Misuse(WRONG_KIND, filter=name, wanted=place.wanted, value=sample(value))


def figure(name: str, value: object) -> Decimal:
    """Take a number."""
    if isinstance(value, Decimal):
        return value
    raise wrong(name, NUMBER, value)


def whole(name: str, value: object) -> Decimal:
    """Take a whole number."""
    number = figure(name, value)
    if number != number.to_integral_value():
        raise wrong(name, WHOLE, value)
    return number


def fitting(name: str, value: object, place: Takes) -> Decimal:
    """Take a number that is in a unit that fits, or has none."""
    number = figure(name, value)
    unit = unit_of(number)
    if unit and unit not in place.units:
        raise Misuse(OTHER_UNIT, filter=name, wanted=place.wanted, value=sample(value), unit=unit)
    return number


def decimals(name: str, value: object) -> int:
    """Take a number of decimals."""
    number = _DECIMALS.get(value) if isinstance(value, Decimal) else None
    if number is None:
        raise wrong(name, DECIMALS, value)
    return number


def day(name: str, value: object) -> dt.date:
    """Take a date."""
    if isinstance(value, dt.date):
        return value
    raise wrong(name, DATE, value)


def text(name: str, value: object) -> str:
    """Take a text."""
    if isinstance(value, str):
        return value
    raise wrong(name, TEXT, value)


def items(name: str, value: object) -> list[Any]:
    """Take a list."""
    if isinstance(value, list):
        return value
    raise wrong(name, LIST, value)


def filled(name: str, value: object) -> list[Any]:
    """Take a list that holds something."""
    listed = items(name, value)
    if not listed:
        raise wrong(name, FILLED, value)
    return listed


def member(name: str, item: object, key: object) -> Value:
    """Take a member of an item of a list."""
    said = text(name, key)
    if not isinstance(item, dict) or said not in item:
        raise wrong(name, Takes(Label(Span(), N_("items with “{key}”"), {"key": said})), item)
    return item[said]


def written(name: str, write: Callable[..., str], value: Decimal, *places: int) -> Value:
    """Write a number as a filter does; raises `Misuse` for one that this way of writing does not reach."""
    try:
        text = write(value, *places)
    except ValueError:
        raise Misuse(OUT_OF_RANGE, filter=name, value=sample(value)) from None
    return text if (origin := trace(value)) is EMPTY else remember(text, origin)


def kept(result: Value, *origins: object) -> Value:
    """Let a result remember what its inputs remember; plain inputs give the plain result."""
    return remember(result, united(origins))

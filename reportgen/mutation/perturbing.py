"""A fact and what its form allows in, other values for it out: changed by as little as is printed, and by much."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reportgen import formats
from reportgen.facts import Number, Range, steps
from reportgen.language import Text
from reportgen.narrative import Narrative
from reportgen.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reportgen.facts import Fact, Facts, Value
    from reportgen.schema import Field

_MORE: Final = "又"
_OTHER: Final = "另外一段文字"
_DAY: Final = dt.timedelta(days=1)
_LONG: Final = dt.timedelta(days=400)
_PERCENT: Final = "%"
_PERCENT_PLACES: Final = 2

Round = Sequence[object]
"""Values that serve the same purpose, in the order in which they are tried until one can be printed."""


class State(NamedTuple):
    """Facts, and their prose as it is written."""

    facts: Facts
    told: Narrative


def rounds(fact: Fact, form: Field) -> list[Round]:
    """Give the changes of a fact: by one printed unit, by much upwards, and by much downwards if it can be counted."""
    found = _CHANGES[fact.kind](fact.value, form) if fact.kind in _CHANGES else []
    return [one for one in found if one]


def _number(value: Number, form: Field) -> list[list[Number]]:
    places = max(formats.places(value), (value.decimals or 0) + (_PERCENT_PLACES if value.unit == _PERCENT else 0))
    unit = Decimal((0, (1,), -places))
    far = 10 * (Decimal((0, (1,), -_PERCENT_PLACES)) if value.unit == _PERCENT else Decimal(1))
    low, high = form.minimum, form.maximum
    ways: tuple[tuple[Decimal | None, ...], ...] = (
        (value + unit, value - unit),
        (value * 2 + far, high and (value + high) / 2, value + unit * 2),
        (value / 3, low and (value + low) / 2, value - unit * 2),
    )
    return [list(_numbers(way, value, unit, form)) for way in ways]


def _numbers(way: Iterable[Decimal | None], value: Number, unit: Decimal, form: Field) -> Iterator[Number]:
    """Give the figures that the form takes, with as many decimals as the fact and with its unit."""
    for one in way:
        figure = value if one is None else one.quantize(unit, ROUND_FLOOR)
        low, high = form.minimum, form.maximum
        if figure != value and (low is None or figure >= low) and (high is None or figure <= high):
            yield Number(figure, value.decimals, value.unit, value.slack, value.about)


def _range(value: Range, form: Field) -> list[Round]:
    ends = _number(value.last, form)
    return [[Range(value.first, one) for one in way if one >= value.first] for way in ends[:2]]


def _date(value: dt.date, _form: Field) -> list[Round]:
    return [(value + _DAY,), (value + _LONG,), (value - _LONG,)]


def _truth(value: bool, _form: Field) -> list[Round]:  # noqa: FBT001 — it is the fact
    return [(not value,)]


def _choice(value: str, form: Field) -> list[Round]:
    return [(one,) for one in form.choices if one != value]


def _text(value: str, _form: Field) -> list[Round]:
    return [(value + _MORE,), (_OTHER,)]


def _list(value: list[Value], _form: Field) -> list[Round]:
    """Repeat the last item, and leave out all but the first, or that too."""
    return [([*value, value[-1]],), (value[:1] if value[1:] else [],)]


_CHANGES: Final[Mapping[Kind, Callable[[Any, Field], Sequence[Round]]]] = {
    Kind.NUMBER: _number,
    Kind.RANGE: _range,
    Kind.DATE: _date,
    Kind.TRUTH: _truth,
    Kind.CHOICE: _choice,
    Kind.TEXT: _text,
    Kind.PROSE: _text,
    Kind.LIST: _list,
}


def perturbed(state: State, fact: Fact, value: Value) -> State:
    """Give facts of which one is another; what is written into their values does not reach those given."""
    facts, routines = state.facts, dict(state.told.routines)
    if fact.kind is Kind.PROSE:
        own = Text(str(value)) if value == _OTHER else Text(_MORE)
        routines[fact.path] = [own] if value == _OTHER else [*routines[fact.path], own]
        return State(replace(facts, values=copied(facts.values)), Narrative(routines))
    if isinstance(value, list) and isinstance(fact.value, list):
        routines = dict(_reaching(routines, fact.path, len(fact.value), len(value)))
    values = copied(facts.values)
    *before, last = steps(fact.path)
    owner: Any = values
    for step in before:
        owner = owner[step]
    owner[last] = copied(value)
    everything = {**facts.all, fact.path: fact._replace(value=value)}
    return State(replace(facts, values=values, all=everything), Narrative(routines))


def _reaching(
    routines: Mapping[str, Sequence[Any]], path: str, before: int, after: int
) -> Iterator[tuple[str, Sequence[Any]]]:
    """Give the prose that is left when a list is cut, and that of an item that is repeated at its end."""
    last = f"{path}[{before}]"
    gone = [f"{path}[{at}]" for at in range(after + 1, before + 1)]
    for own, statements in routines.items():
        if not _lies_in(own, gone):
            yield own, statements
        if after > before and _lies_in(own, [last]):
            yield own.replace(last, f"{path}[{after}]", 1), statements


def _lies_in(path: str, items: Iterable[str]) -> bool:
    return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in items)


def copied(value: Any) -> Any:  # noqa: ANN401 — any value
    """Copy groups and lists, and leave what is in them."""
    if isinstance(value, dict):
        return {name: copied(inner) for name, inner in value.items()}
    if isinstance(value, list):
        again = copy(value)
        again[:] = [copied(one) for one in value]
        return again
    return value

"""Text in; the numbers and dates in it out, each with its value, its unit and the interval that rounding allows."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.formats import amounts, dates, grammar, numerals
from reportgen.formats.quantities import Kind, Quantity, exactly

if TYPE_CHECKING:
    from collections.abc import Callable

_COMMA: Final = grammar.WIDE | {ord("，"): ","}


def find(text: str) -> list[Quantity]:
    """Find the quantities of a running text, in order; every digit of it belongs to one of them.

    Chinese numerals count where a unit follows, or where they have several signs, one of them a place such as 十.
    """
    plain = grammar.WIDE_COMMA.sub(",", text).translate(grammar.WIDE)
    found: list[Quantity] = []
    last = end = 0
    while start := grammar.START.search(plain, end):
        quantity = _at(plain, start.start(), last)
        if quantity is None:
            end = start.end()
            continue
        if found and plain[last : quantity.start].strip() in grammar.BETWEEN:
            found[-1] = amounts.with_unit_of(found[-1], quantity)
        found.append(quantity._replace(text=text[quantity.start : quantity.end]))
        last = end = quantity.end
    return found


def read(text: str) -> Quantity | None:
    """Read a text that is one quantity and nothing else, blanks around it aside; None where it is not.

    More is read than in running text: a Chinese numeral alone, 1. and （36）, and a full-width comma between thousands.
    """
    said = text.strip()
    plain = said.translate(_COMMA)
    found = find(plain)
    whole = found[0] if len(found) == 1 and found[0].text == plain else _alone(plain)
    return whole and whole._replace(text=said)


def read_range(text: str) -> tuple[Quantity, Quantity] | None:
    """Read a text that is two quantities with a sign of a range between them, 3—11周岁; None where it is not."""
    said = text.strip()
    found = find(said)
    if len(found) != 2 or found[0].start or found[1].end != len(said):  # noqa: PLR2004 — both ends
        return None
    first, last = found
    return (first, last) if said[first.end : last.start].strip() in grammar.BETWEEN else None


def _at(plain: str, start: int, last: int) -> Quantity | None:
    """Read the quantity whose first figure stands at a place; what was read before ends at `last`."""
    match = grammar.quantity().match(plain, start)
    quantity = _READERS[match.lastgroup or ""](match, last) if match else None
    if quantity or match is None or match.lastgroup not in grammar.DATES:
        return quantity
    match = grammar.no_date().match(plain, start)
    return _READERS[match.lastgroup or ""](match, last) if match else None


def _alone(plain: str) -> Quantity | None:
    """Read what is a quantity only where nothing stands beside it."""
    match = re.fullmatch(grammar.ALONE, plain)
    if match is None:
        return None
    if match["spoken"]:
        return amounts.alone(match)
    return exactly(match, Kind.ORDINAL, Decimal(match["listed"] or match["dotted"]))


def _ordinal(match: re.Match[str], _last: int) -> Quantity:
    number = match["number"]
    value = int(number) if number.isdecimal() else numerals.whole(number)
    return exactly(match, Kind.ORDINAL, Decimal(value), match["order"] or "")


def _listed(match: re.Match[str], _last: int) -> Quantity:
    number = match.group().strip("().、是")
    return exactly(match, Kind.ORDINAL, Decimal(number if number.isdecimal() else numerals.whole(number)))


def _circled(match: re.Match[str], _last: int) -> Quantity:
    return exactly(match, Kind.ORDINAL, Decimal(int(unicodedata.numeric(match.group()))))


_READERS: Final[dict[str, Callable[[re.Match[str], int], Quantity | None]]] = {
    "date": dates.date,
    "spoken_date": dates.spoken,
    "month": dates.month,
    "day": dates.day,
    "code": amounts.code,
    "heading": _listed,
    "item": _listed,
    "circled": _circled,
    "ordinal": _ordinal,
    "part": amounts.part,
    "tenths": amounts.tenths,
    "doubled": amounts.doubled,
    "capital": amounts.capital,
    "figure": amounts.figure,
    "spoken": amounts.spoken,
}

"""What the grammar takes for a date in; the day, month or year that it names out, or nothing where there is none."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from decimal import Decimal
from typing import Final

from reportgen.formats import numerals
from reportgen.formats.quantities import Kind, Quantity, exactly

_ANY_YEAR: Final = 2000  # a leap year has every day
_NUMBERS: Final = re.compile("[0-9]+")


def date(match: re.Match[str], _last: int) -> Quantity | None:
    """Read 2021年12月31日, 2021-12-31, 2021.12.31 or 2021/12/31."""
    return _made(match, Kind.DATE, *map(int, _NUMBERS.findall(match.group())))


def month(match: re.Match[str], _last: int) -> Quantity | None:
    """Read 2021年12月."""
    return _made(match, Kind.MONTH, *map(int, _NUMBERS.findall(match.group())))


def day(match: re.Match[str], _last: int) -> Quantity | None:
    """Read 12月31日."""
    return _made(match, Kind.DAY, _ANY_YEAR, *map(int, _NUMBERS.findall(match.group())))


def spoken(match: re.Match[str], _last: int) -> Quantity | None:
    """Read 二〇二一年, with or without its month and day."""
    year, _, rest = match.group().partition("年")
    months, _, days = rest.removesuffix("日").partition("月")
    number = int(numerals.digits(year))
    if not months:
        return exactly(match, Kind.YEAR, Decimal(number), "年")
    if not days:
        return _made(match, Kind.MONTH, number, numerals.whole(months))
    return _made(match, Kind.DATE, number, numerals.whole(months), numerals.whole(days))


def _made(match: re.Match[str], kind: Kind, year: int, month: int, day: int = 1) -> Quantity | None:
    """Make a date, or a month of all its days."""
    try:
        value = dt.date(year, month, day)
    except ValueError:
        return None
    low = value.toordinal()
    high = low + calendar.monthrange(year, month)[1] if kind is Kind.MONTH else low
    return Quantity(match.group(), match.start(), match.end(), kind, value, Decimal(low), Decimal(high))

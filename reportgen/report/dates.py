"""Lines in; the dates, months and years in them out, each with the days that it may be and what it is said for."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import formats
from reportgen.formats import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.formats import Quantity
    from reportgen.report.model import Cover, Line

_HAN: Final = "[一二三四五六七八九十]"
_WRITTEN: Final = re.compile(
    r"(?<![\d.])(?:\d{4}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|\d{1,2}\s*月\s*(?:\d{1,2}\s*日|[底末])"
    r"|\d{4}([-./])\d{1,2}\1\d{1,2}(?![\d.])|\d{4}(?=\s*[-—–－～~至到]{1,2}\s*\d{4}\s*年))"
    rf"|[〇○零一二三四五六七八九]{{4}}年(?:{_HAN}{{1,2}}月(?:{_HAN}{{1,3}}日)?)?"
)
_UNTIL: Final = re.compile("截[止至]至?到?[（(]?\\s*$")
_BETWEEN: Final = re.compile(r"\s*(?:日|年|起)?\s*(?:至|到|[-—–－～~]{1,2})\s*(?:截至)?\s*")
_YEAR_END: Final = re.compile(r"度?\s*年?[底末]")
_FILLED: Final = re.compile("填报日期|填报时间|填表日期|报告日期")
_COMMON: Final = 2001  # a year whose February has 28 days
_MONTHS: Final = range(1, 13)
_YEARS: Final = range(1900, 2101)
_NEAR: Final = 8  # characters before a date in which 截至 may stand


class Role(Enum):
    """What a date is said for."""

    NAMED = "named"
    UNTIL = "until"
    START = "start"
    END = "end"
    FILLED = "filled"


class Date(NamedTuple):
    """A date as it stands in its line from `start` to `end`: it is one of the days from `first` to `last`.

    `kind` is that of the quantity that was read: a date, a day without its year, a month or a year. `sure` is whether
    its year is written with it, and not that of the date before or of the report.
    """

    line: Line
    start: int
    end: int
    role: Role
    kind: Kind
    first: dt.date
    last: dt.date
    sure: bool = True

    @property
    def text(self) -> str:
        """The words of the date."""
        return self.line.text[self.start : self.end]


def find(lines: Iterable[Line], year: int | None) -> Iterator[Date]:
    """Find the dates of all lines; days without a year are of the year before in their line, or else of `year`."""
    for line in lines:
        yield from _ranged([*_of_line(line, year)])


def filled(cover: Cover) -> Date | None:
    """Give the day, month or year in which the report was filled in, where the cover says so."""
    for one in cover.fields:
        read = _read(one.value) if _FILLED.fullmatch(one.label) else None
        days = _days(read, None) if read else None
        if read and days:
            return Date(one.line, one.start, one.end, Role.FILLED, read.kind, *days)
    return None


def _of_line(line: Line, year: int | None) -> Iterator[Date]:
    before = year
    for one in _WRITTEN.finditer(line.text):
        read = _read(one.group())
        days = _days(read, before) if read else None
        if read is None or days is None:
            continue
        late = _YEAR_END.match(line.text, one.end()) if read.kind is Kind.YEAR else None
        if late:
            days = days[1], days[1]
        role = Role.UNTIL if _UNTIL.search(line.text, max(0, one.start() - _NEAR), one.start()) else Role.NAMED
        end = late.end() if late else one.end()
        yield Date(line, one.start(), end, role, read.kind, *days, read.kind is not Kind.DAY)
        before = days[0].year


@lru_cache
def _read(text: str) -> Quantity | None:
    """Read a date; four figures are a year, the end of a month is its last day."""
    if text.endswith(("底", "末")):
        month = int(text[:-1].replace("月", ""))
        text = f"{month}月{calendar.monthrange(_COMMON, month)[1]}日" if month in _MONTHS else text
    return formats.read(f"{text}年" if text.isdecimal() and len(text) == len("2021") else text)


def _days(one: Quantity, year: int | None) -> tuple[dt.date, dt.date] | None:
    """Give the first and the last day that a quantity may be; nothing where it is no date, or none that there is."""
    if one.kind is Kind.YEAR and isinstance(one.value, Decimal) and int(one.value) in _YEARS:
        return dt.date(int(one.value), 1, 1), dt.date(int(one.value), 12, 31)
    if not isinstance(one.value, dt.date):
        return None
    if one.kind is Kind.MONTH:
        return one.value, dt.date.fromordinal(int(one.high) - 1)
    if one.kind is Kind.DATE:
        return one.value, one.value
    return _in_year(one.value, year)


def _in_year(day: dt.date, year: int | None) -> tuple[dt.date, dt.date] | None:
    try:
        found = day.replace(year=year) if year else None
    except ValueError:  # the 29th of February
        return None
    return (found, found) if found else None


def _ranged(found: list[Date]) -> Iterator[Date]:
    """Tell which dates begin and end a range."""
    for at, one in enumerate(found):
        after = found[at + 1] if at + 1 < len(found) else None
        begins = after is not None and _BETWEEN.fullmatch(one.line.text, one.end, after.start) is not None
        before = found[at - 1] if at else None
        ends = before is not None and _BETWEEN.fullmatch(one.line.text, before.end, one.start) is not None
        yield one._replace(role=Role.START if begins else Role.END) if begins or ends else one

"""Filters that write a date or stand in for what is absent, and the function that writes a range."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from reportgen import formats
from reportgen.diagnostics import N_, Severity, rule
from reportgen.facts import Gap, Value
from reportgen.language.functions.table import ANY, DATE, calling, day, either, filtering, gives, kept, takes, wrong
from reportgen.language.operators import not_below, not_comparable
from reportgen.language.printing import Misuse, printed, sample
from reportgen.schema import Kind

REVERSED = rule(
    "T147",
    "range-reversed",
    Severity.ERROR,
    "“{filter}” goes from the earlier or smaller to the later or larger, not from “{left}” to “{right}”",
    "check the two facts, or exchange them",
)
_END: Final = takes(N_("a number or a date"), Kind.NUMBER, Kind.DATE)
_TEXT: Final = gives(Kind.TEXT)


@filtering("日期", "date", N_("a date as 2021年12月31日"), (DATE,), _TEXT)
def _date(value: object) -> Value:
    return kept(formats.long_date(day("日期", value)), value)


@filtering("年月", "month", N_("a date as 2021年12月"), (DATE,), _TEXT)
def _month(value: object) -> Value:
    return kept(formats.month(day("年月", value)), value)


@filtering("月日", "month_day", N_("a date as 12月31日"), (DATE,), _TEXT)
def _month_day(value: object) -> Value:
    return kept(formats.month_day(day("月日", value)), value)


@filtering("年份", "year", N_("the year of a date, as a number"), (DATE,), gives(Kind.NUMBER))
def _year(value: object) -> Value:
    return kept(Decimal(day("年份", value).year), value)


@filtering("默认", "default", N_("the value, or what is given here where a fact is absent"), (ANY, ANY), either)
def _default(value: object, other: object) -> Value:
    return kept(other, value) if isinstance(value, Gap) else value


@calling("起止", "span", N_("a range of two numbers or two dates: 3—11, 2021年1月1日—12月31日"), (_END, _END))
def _span(first: object, last: object) -> Value:
    for end in (first, last):
        if not isinstance(end, Decimal | dt.date):
            raise wrong("起止", _END, end)
    if isinstance(first, dt.date) and isinstance(last, dt.date):
        words, is_reversed = formats.date_range(first, last), first > last
    elif isinstance(first, Decimal) and isinstance(last, Decimal):
        is_reversed = not not_below("起止", last, first)
        words = f"{printed(first)}—{printed(last)}" if first != last else printed(first)
    else:
        raise not_comparable("起止", first, last)
    if is_reversed:
        raise Misuse(REVERSED, filter="起止", left=sample(first), right=sample(last))
    return kept(words, first, last)

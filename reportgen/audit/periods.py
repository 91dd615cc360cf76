"""Figures that are counted up to several days of the year cannot be compared, nor with those of the whole year.

Found are two and more days that figures are counted up to, other than the last of the year: 截至11月30日 beside
截至12月12日. One such day, and the last day of the year, are left alone. All of them are told of at the first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.formats import Kind
from reportgen.report.dates import Role

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Date, Text

MIXED = rule(
    "A405",
    "periods-mixed",
    Severity.NOTE,
    "figures are counted up to {number} different days before the end of the year",
    "count all of them up to the same day, best the last of the year",
)
_FIGURE: Final = re.compile(r"[^。；\n]{0,60}?\d")
_LAST: Final = (12, 31)


def find(report: Text) -> Iterator[Diagnostic]:
    """Find different days that figures are counted up to."""
    days: dict[dt.date, Date] = {}
    for one in report.dates:
        is_day = one.role is Role.UNTIL and one.kind is not Kind.YEAR and (one.last.month, one.last.day) != _LAST
        if is_day and _FIGURE.match(one.line.text, one.end):
            days.setdefault(one.last, one)
    first, *others = days.values() if days else (None,)
    if first and others:
        related = tuple(Label(one.line.at(one.start, one.end), N_("and up to this day")) for one in others)
        yield MIXED.at(first.line.at(first.start, first.end), related=related, number=len(days))

"""Dates that depend on one another stand in their order.

A report is filled in after the year that it is about, nothing in it is counted up to a day after that, and a stretch
of time or a work (开工日期…，竣工日期…) ends after it begins. The year must be named by the title or by a field of the
cover, and what is planned (截至2026年6月将完成) is no count. Reports of half a year are left alone. Where the year of
an end is not written, it is taken for that of the beginning, and the finding is a warning.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.formats import Kind
from reportgen.report import dates
from reportgen.report.cover import stated_year
from reportgen.report.dates import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.dates import Date

EARLY = rule(
    "A402",
    "dates-out-of-order",
    Severity.ERROR,
    "“{date}” cannot be before “{other}”",
    "find out which of the two dates is wrong",
)
_PLANNED: Final = re.compile("[将拟]|计划|预计|力争|争取|确保|目标")
_PART: Final = re.compile("半年|季度|中期|月")
_BEGINS: Final = re.compile("(?:开工|动工|开始|启动|立项|签订|招标)[^。；，]{0,6}$")
_ENDS: Final = re.compile("[，、；]?[^。；]{0,8}(?:竣工|完工|结束|验收|交付|投入使用|终止)[^。；，]{0,6}$")
_BEGUN: Final = re.compile("(?:正式)?(?:开工|动工|开始|启动|立项|开标)[^。；，\\d]{0,6}[，、；]")
_ENDED: Final = re.compile("(?:正式|全面)?(?:竣工|完工|结束|通过验收|验收|交付|投入使用)")
_BEFORE, _AFTER = 10, 40  # characters around a date that tell whether it is planned


def find(report: Text) -> Iterator[Diagnostic]:
    """Find dates that are before others which they must follow."""
    filled = dates.filled(report.cover)
    yield from _before_the_end(report, filled)
    for start, one in zip(report.dates, report.dates[1:], strict=False):
        if (one.role is Role.END or _is_work(start, one)) and _ends_early(start, one):
            yield _finding(one, start, one) if one.sure else _finding(one, start, one).as_severe_as(Severity.WARNING)
    for one in report.dates if filled else ():
        if filled and one.role is Role.UNTIL and filled.last < one.first and not _is_planned(one):
            yield _finding(filled, one, one)


def _before_the_end(report: Text, filled: Date | None) -> Iterator[Diagnostic]:
    """Find a report that was filled in before the last month of its year; within that month it is likely a slip."""
    year = stated_year(report.cover)
    if filled is None or year is None or any(_PART.search(one.text) for one in report.cover.title):
        return
    if filled.last < dt.date(year, 12, 31):
        found = EARLY.at(filled.line.at(filled.start, filled.end), date=filled.text, other=f"{year}年12月31日")
        yield found if filled.last < dt.date(year, 12, 1) else found.as_severe_as(Severity.WARNING)


def _ends_early(start: Date, end: Date) -> bool:
    return start.sure and end.kind is not Kind.YEAR and end.last < start.first


def _is_work(start: Date, end: Date) -> bool:
    """Tell whether two dates are said of the beginning and the end of one work."""
    if start.line is not end.line or start.role is not Role.NAMED or end.role is not Role.NAMED:
        return False
    text = start.line.text
    if _BEGINS.search(text, max(0, start.start - _BEFORE), start.start):
        return _ENDS.fullmatch(text, start.end, end.start) is not None
    return _BEGUN.fullmatch(text, start.end, end.start) is not None and _ENDED.match(text, end.end) is not None


def _finding(early: Date, late: Date, at: Date) -> Diagnostic:
    """Say at one of two dates that the first, which must follow the second, is before it."""
    other = early if at is late else late
    related = (Label(other.line.at(other.start, other.end), N_("this is the other date")),)
    return EARLY.at(at.line.at(at.start, at.end), related=related, date=early.text, other=late.text)


def _is_planned(one: Date) -> bool:
    """Tell whether the words around a date speak of what is to come."""
    return _PLANNED.search(one.line.text, max(0, one.start - _BEFORE), one.end + _AFTER) is not None

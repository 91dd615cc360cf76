"""A report tells the figures of its own year; those of another year are last year's text, or belong to a comparison.

Found are figures that are counted up to a day, or the end, of an earlier year (截至2023年12月31日, 2020年年末 in a
report on 2024), and incomes, expenses, scores and things done of an earlier year (2023年完成…). Left alone are
sentences that compare (比, 同期, 上年) or say what was before (以来, 原, 结转), paragraphs that speak of the year of
the report as well, tables, and reports whose year is not known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.formats import Kind
from reportgen.report.dates import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Date, Text

OTHER = rule(
    "A403",
    "other-year",
    Severity.WARNING,
    "figures of {date} are told in a report on {year}",
    "if the figures are this year's, correct the year; if not, say that they are of an earlier year",
)

_PAST: Final = re.compile(
    "上一?年|去年|前年|[往历当]年|同期|以来|年初|比(?!例|率)|较|对照|持平|原|此前|曾|始建|立项|结转|结余|滚存|规划|起|基数|下降|自20"
)
_FIGURE: Final = re.compile(
    r"\d(?:\.\d+)?\s*(?:万|亿|元|%|％|个|人|户|项|亩|公里|平方|吨|家|处|次|件|所|座|名|宗|辆|套|台|株)"
)
_TOTAL: Final = re.compile(r"度?[^，。；、]{0,14}(?:收入|支出|自评得)[^，。；、]{0,8}\d")
_DONE: Final = re.compile(
    "(?:度|，)?(?:我[镇局校院]|全[镇县市校区]|本单位)?(?:共|累计)?"
    "(?:完成|实现|新建|建成|发放|投入|举办|开展|改造|整治|清拆|种植|救助)"
)
_BEGINS: Final = re.compile("(?:^|[，。；：！？（(、\\s])\\s*$")
_STOP: Final = re.compile("[。；！？]")
_BACK, _ON, _FAR = 80, 160, 5


def find(report: Text) -> Iterator[Diagnostic]:
    """Find figures of an earlier year that are told as those of the report's."""
    year = report.year
    if year is None:
        return
    current = {one.line.number for one in report.dates if one.last.year == year}
    counted = {one.line.number for one in report.dates if one.last.year == year and _counts_up(one)}
    covered = {one.line.number for one in report.cover.fields} | {one.number for one in report.cover.title}
    for one in report.dates:
        if one.line.cell or one.line.number in covered or not year - _FAR <= one.last.year < year or not one.sure:
            continue
        if one.line.number not in (counted if _counts_up(one) else current) and _tells(one, year):
            yield OTHER.at(one.line.at(one.start, one.end), date=one.text, year=year)


def _counts_up(one: Date) -> bool:
    return one.role is Role.UNTIL or (one.kind is Kind.YEAR and one.first == one.last)


def _tells(one: Date, year: int) -> bool:
    """Tell whether the sentence around a date gives figures of then, and speaks of no other time."""
    text = one.line.text
    stops = [found.end() for found in _STOP.finditer(text, max(0, one.start - _BACK), one.start)]
    start = stops[-1] if stops else max(0, one.start - _BACK)
    stop = _STOP.search(text, one.end, one.end + _ON)
    end = stop.start() if stop else min(len(text), one.end + _ON)
    if _PAST.search(text, start, end) or str(year) in text[start:end] or one.role in {Role.START, Role.END}:
        return False
    if one.role is Role.UNTIL:
        return _FIGURE.search(text, one.end, end) is not None
    if one.kind is not Kind.YEAR or not _BEGINS.search(text, max(0, one.start - 2), one.start):
        return False
    if one.first == one.last or _DONE.match(text, one.end):
        return _FIGURE.search(text, one.end, end) is not None
    return _TOTAL.match(text, one.end) is not None

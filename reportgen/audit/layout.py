"""A report has the sections and the fields of the cover that the layout asks for, where one is named (`--pack`).

Asked for are the sections of the upper two levels that the templates of the pack have under no condition, and the
fields of their cover. Titles are compared by the words that tell them apart: without the numeral, 部门 or 单位, 情况
and the like, and 存在问题 is enough of 存在问题及改进意见. Where a section is missing those in it are not told of. A
report without any heading is asked for no section.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, Span, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Layout, Text

NO_SECTION = rule(
    "A605",
    "missing-section",
    Severity.WARNING,
    "there is no section “{title}”, which the layout asks for",
    "add it, or give the section that holds it this heading",
)
NO_FIELD = rule(
    "A606",
    "no-cover-field",
    Severity.WARNING,
    "the cover has no “{label}”, which the layout asks for",
    "add it to the cover, and fill it in",
)

_IDLE: Final = re.compile(
    r"（[^（）]*）|本?(?:部门|单位)|整体支出(?=绩效)|整体|情况|概况|基本|主要|[的及其和与]|[\W\d_]"
)
_NAMES: Final = re.compile("(?:部门|单位|预算单位|评价单位|填报单位)(?:（单位）)?(?:名称|全称)?")
_UNITS: Final = re.compile("下属.*单位数量?")
_DAYS: Final = re.compile("(?:填报|填表|报告)(?:日期|时间)")
_PERSONS: Final = re.compile("填[报表]人")
_SAME: Final = (_NAMES, _UNITS, _DAYS, _PERSONS, re.compile("电话"))
_LIKE: Final = 0.6
_LEAST: Final = 2  # characters of a title that can be compared


def find(report: Text) -> Iterator[Diagnostic]:
    """Find sections and fields of the cover that the layout has and the report lacks."""
    if report.layout:
        yield from _sections(report, report.layout)
        yield from _fields(report, report.layout)


def _sections(report: Text, layout: Layout) -> Iterator[Diagnostic]:
    titles = [_core(one.title) for one in report.sections if one.heading]
    missing = 0
    for level, title in layout.sections if titles else ():
        if missing and level > missing:
            continue
        missing = 0 if any(_alike(_core(title), one) for one in titles) else level
        if missing:
            yield NO_SECTION.at(Span(report.path), title=title)


def _fields(report: Text, layout: Layout) -> Iterator[Diagnostic]:
    labels = [one.label for one in report.cover.fields]
    for label in layout.labels:
        if not any(label == one or any(same.search(label) and same.search(one) for same in _SAME) for one in labels):
            yield NO_FIELD.at(Span(report.path), label=label)


def _core(title: str) -> str:
    """Give the words of a title that tell it apart from others."""
    return _IDLE.sub("", title.replace("收支", "收入支出"))


def _alike(one: str, other: str) -> bool:
    """Tell whether one title holds the other, or most of its pairs of characters."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LEAST:
        return short == long
    pairs = {short[at : at + 2] for at in range(len(short) - 1)}
    return sum(pair in long for pair in pairs) >= _LIKE * len(pairs)

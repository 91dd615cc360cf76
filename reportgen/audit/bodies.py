"""Where five and more offices of a department are listed, their number is stated: 内设办公室、…等8个机构.

Whoever checks the report compares it with the plan of posts (三定方案). Looked for are lists of offices, centres and
stations under a heading on 机构, or behind 内设, 下设 and the like; a number of them anywhere in the section is enough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.report.listings import counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Listing, Section, Text

UNCOUNTED = rule(
    "A305",
    "count-not-stated",
    Severity.NOTE,
    "{number} are listed, but how many there are is not stated",
    "state the number, such as 共14个内设机构",
)
_LEAST: Final = 5
_BODY: Final = re.compile(".*(?:办公室|办|室|中心|所|站|科|股|队|局)(?:[（(].*[）)])?")
_HEADING: Final = re.compile("机构|部门概况|基本情况|科室")
_MARK: Final = re.compile("设")
_TWICE: Final = 2
_NEAR: Final = 30


def find(report: Text) -> Iterator[Diagnostic]:
    """Find lists of offices without their number; the first of a section is told of."""
    told: set[int] = set()
    for one in report.listings:
        section = report.section(one.line)
        if id(section) in told or not _lists_bodies(one, section):
            continue
        told.add(id(section))
        if not _counted(one.fewest, section):
            yield UNCOUNTED.at(one.line.at(*one.span), number=one.fewest)


def _lists_bodies(one: Listing, section: Section) -> bool:
    """Tell whether a list names the offices of a department."""
    if one.fewest < _LEAST or one.stated or not all(map(_BODY.fullmatch, one.names)):
        return False
    first = one.items[0]
    return bool(_HEADING.search(section.title) or _MARK.search(one.line.text, max(0, first.start - _NEAR), first.end))


def _counted(number: int, section: Section) -> bool:
    """Tell whether a section states a number of things that may be meant for one of offices, if not the right one."""
    stated = (count for line in section.lines for count in counts(line.text, 0, len(line.text)) if count.unit == "个")
    return any(number < _TWICE * count.value and count.value < _TWICE * number for count in stated)

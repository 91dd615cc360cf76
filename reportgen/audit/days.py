"""A date must exist: there is no 31st of June, no 30th of February and no 13th month.

Dates with 月 and 日 are looked at, and with signs between the numbers (2023-06-31) where the month exists. The 29th of
February is wrong where its year is written and has none. Days of the lunar calendar (农历) are left alone.
"""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.report.listings import value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

IMPOSSIBLE = rule(
    "A401",
    "impossible-date",
    Severity.ERROR,
    "there is no such day: “{date}”",
    "look the date up, and write it as it is",
)

_DATE: Final = re.compile(
    r"(?<![\d.．])(?:(?P<year>\d{4})\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号](?!线|楼|令|文)"
)
_MONTH: Final = re.compile(r"(?<!\d)(?:19|20)\d\d\s*年\s*(?P<month>\d{1,2})\s*月(?!\s*\d)")
_SIGNS: Final = re.compile(
    r"(?<![A-Za-z\d.／/—-])(?P<year>(?:19|20)\d\d)(?P<sign>[-./])(?P<month>0?[1-9]|1[0-2])(?P=sign)(?P<day>\d{1,2})(?![A-Za-z\d./—-])"
)
_SPOKEN: Final = re.compile(
    "(?<![正腊冬一二三四五六七八九十])(?P<month>[一二三四五六七八九十]{1,3})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
_LUNAR: Final = re.compile(r"(?:农历|阴历|旧历)\s*(?:\d{4}\s*年)?\s*$")
_LEAP: Final = 2000
_MONTHS: Final = 12
_NEAR: Final = 10  # characters before a date in which 农历 may stand


def find(report: Text) -> Iterator[Diagnostic]:
    """Find dates that there are not."""
    for line in report.lines:
        for pattern in (_DATE, _MONTH, _SIGNS, _SPOKEN):
            for found in pattern.finditer(line.text):
                if not _exists(found) and not _LUNAR.search(line.text, max(0, found.start() - _NEAR), found.start()):
                    yield IMPOSSIBLE.at(line.at(*found.span()), date=found.group())


def _exists(found: re.Match[str]) -> bool:
    parts = found.groupdict()
    month, day = value(parts["month"]), value(parts.get("day") or "1")
    if not 1 <= month <= _MONTHS:
        return False
    year = int(parts.get("year") or _LEAP)
    return 1 <= day <= calendar.monthrange(max(year, 1), month)[1]

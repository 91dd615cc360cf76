"""A report is read a year later, and after that: 今年, 明年, 去年, 目前, 现在 and 近期 then mean another time.

Each of these words is one finding with its places; the help says which year it stands for where the year of the report
is known. Write the year (2021年) or the day (截至2021年12月31日). 本年, 当年, 上年, 近年来, 今后 and 下一步 do not
depend on when one reads, and are left alone; so are words in quotation marks and titles, and 现 in 实现, 现场 or 现有.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Severity, Tally, rule
from reportgen.report.wording import STOPS, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

RELATIVE: Final = rule(
    "R102",
    "relative-time",
    Severity.WARNING,
    "“{found}” ({count}×) means another time when the report is read later",
    "write the year or the day that is meant, in figures",
)

_YEARS: Final = {"去年": -1, "今年": 0, "明年": 1}
_WORDS: Final = re.compile(
    "(?<![迄如])今年(?!轻|龄|均|幼|迈|少|长)"
    "|(?<![过减除扣失])去年"
    "|(?<![说表证注标写声指阐查载鲜清光公聪分文透申发列讲照昆三昌高简言英])明年(?!份|月日)"
    "|(?<![项题科栏节账条数面名品细曲剧书类总纲头])目前"
    "|(?<![附最临接将靠邻中])近期(?!目标|规划|计划|和|与|、|间)"
    "|(?<![实呈体出发表展涌再兑变重浮显])现在(?!岗|职|编|册|校|任|建|读|籍)"
    rf"|(?:(?<=[{STOPS}])|^)现(?=已|正|进入|处于|20\d\d)",
    re.MULTILINE,
)
_YEAR: Final = N_("write the year, in this report probably {year}年")


def find(text: Text) -> Iterator[Diagnostic]:
    """Find words that tell a time from the day of writing."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for line in text.lines:
        for found in _WORDS.finditer(said(line)):
            tallies[found.group()].add(found.group(), line.at(*found.span()))
    for word, tally in tallies.items():
        if text.year and word in _YEARS:
            yield from tally.found(RELATIVE, help=_YEAR, year=text.year + _YEARS[word])
        else:
            yield from tally.found(RELATIVE)

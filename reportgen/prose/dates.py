"""Days and years are written in full, without a zero in front: 2022年6月24日, not 2022年06月24日, 21年 or 2021全镇.

The number of a year right before what it is the year of (2019河湾镇饮水工程) lacks its 年. A year of two figures is
found where a sentence begins with it, and before a month; how long something took (历时21年) is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.report.wording import HAN, matches, tallied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

ZERO: Final = rule(
    "R120",
    "date-zero",
    Severity.NOTE,
    "a date with a zero in front, or a year of two figures: {found} ({count} in all)",
    "write 2022年6月4日: four figures for the year, no zero before month and day",
)
YEAR: Final = rule(
    "R124",
    "year-without-nian",
    Severity.WARNING,
    "after “{found}” 年 is missing",
    "write {found}年",
)

_ZERO: Final = re.compile(
    r"(?<!\d)(?:19|20)\d\d年(?:0\d月(?:\d\d?日)?|1[0-2]月0\d日|[1-9]月0\d日)|(?<!\d)0[1-9]月\d\d?日"
    r"|(?:(?<=[，。；、：（])|^)(?:1[6-9]|2\d)年(?=1?\d月|底|末|初|度|全[年镇县市区村]|启动|开始|上半年|下半年)"
    r"|(?<=[于至在从自])(?:1[6-9]|2\d)年(?=1?\d月|底|年初)",
    re.MULTILINE,
)
_UNITS: Final = (
    "年多余个名户人亩元万亿千百吨公平立株头只条件次米斤台套座家场份册辆间所处项宗片块面棵枚支杆盏级届号位期批组对"
    "天日月时分小周"
)
_YEAR: Final = re.compile(
    rf"(?<![\dA-Za-z.〔\[（(第年“/—～-])20[1-3]\d(?!度假)(?=度|全[年镇县市区乡村校局省]|我[镇乡局校县市院]|上半年|下半年|部门预算|财政(?!年度)|"
    rf"(?![{_UNITS}])[{HAN}]{{1,4}}[镇乡村县])"
)


def find(text: Text) -> Iterator[Diagnostic]:
    """Find dates and years that are not written in full."""
    yield from tallied(text, _ZERO).found(ZERO)
    for line, found in matches(text, _YEAR):
        yield YEAR.at(line.at(*found.span()), found=found.group())

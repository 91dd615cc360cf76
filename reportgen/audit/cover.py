"""The cover names who reports, who filled in the report, and when; an empty field sends the report back.

Only fields that stand on the cover are looked at: which ones a place asks for is said by its layout. A number of units
below it (下属二级预算单位数量) of 0 is filled in; “    年  月  日” and a line to write on
are not. What others fill in later (审核意见) may be empty.

The number to ring up has 11 figures and begins with 1, or 7 or 8 behind the area code, which may be left out; a
switchboard (400…), an extension and figures that are hidden with * are right as well. A date is written so that it is
read in one way: 2025年11月, not 202511.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Field, Text

EMPTY = rule(
    "A601",
    "empty-cover-field",
    Severity.WARNING,
    "nothing is filled in after “{label}”",
    "fill it in before the report is handed in",
)
ODD = rule(
    "A604",
    "odd-cover-field",
    Severity.NOTE,
    "“{value}” after “{label}” is hardly right",
    "a date is written as 2025年11月5日; a telephone number has 11 figures, or 7 or 8 behind the area code",
)

_BLANK: Final = re.compile(r"[\s_＿—–-]*(?:年[\s_＿]*月(?:[\s_＿]*日)?[\s_＿]*)?")
_OTHERS: Final = re.compile("审核意见")
_PHONE: Final = re.compile("(?:联[系络])?电话")
_FILLED: Final = re.compile("填报日期|填报时间|填表日期|报告日期")
_BARE: Final = re.compile(r"\d{5,8}|\d{4}\s*年\s*\d{1,2}(?:\s*月\s*\d{1,2})?")
_PART: Final = re.compile(r"[+＋]?[\d(（][\d\s()（）—–－-]{4,40}")
_EXTENSION: Final = re.compile(r"[-—–－转]{1,2}\s*\d{1,5}\s*$")
_SIGNS: Final = re.compile(r"\D")
_RIGHT: Final = re.compile(
    r"(?:86)?1[3-9]\d{9}|(?:86)?0(?:10|2\d|[3-9]\d\d)[2-9]\d{6,7}|[2-9]\d{6,7}|[48]00\d{7}|1\d{4}|9\d{4,5}|12\d{3}"
)
_HIDDEN: Final = re.compile("[*＊×xX]")


def find(report: Text) -> Iterator[Diagnostic]:
    """Find fields of the cover that are empty, or hold what is hardly right."""
    for one in report.cover.fields:
        if _BLANK.fullmatch(one.value) and not _OTHERS.search(one.label):
            yield EMPTY.at(one.line.at(), label=one.label)
        elif any(_odd(one)):
            yield ODD.at(one.line.at(one.start, one.end), label=one.label, value=one.value)


def _odd(one: Field) -> Iterable[bool]:
    """Tell of each date or number of a field whether it is odd."""
    if _FILLED.fullmatch(one.label):
        return (_BARE.fullmatch(one.value) is not None,)
    if not _PHONE.fullmatch(one.label) or _HIDDEN.search(one.value):
        return ()
    return (not _is_phone(part.group()) for part in _PART.finditer(one.value))


def _is_phone(text: str) -> bool:
    """Tell whether figures are a number that can be rung up, with an extension or without."""
    whole, short = (_SIGNS.sub("", said) for said in (text, _EXTENSION.sub("", text)))
    return any(_RIGHT.fullmatch(said) for said in (whole, short))

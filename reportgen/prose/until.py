"""截止 ends something on a day (报名截止), 截至 counts up to one (截至12月31日); 截止至 is both, and neither.

A figure that is counted up to a day asks for 截至. 截止 before a date, or before 目前 and the like, is found; 截止日期
and 报名于12月31日截止 are right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

UNTIL = rule(
    "R101",
    "until",
    Severity.WARNING,
    "“{found}” is wrong before a day up to which something is counted",
    "write “截至”",
)

_WRONG: Final = re.compile(
    r"截[止至]至|截止(?=到?\s*(?:\d|[一二三四五六七八九十]{1,3}月|目前|年底|年末|本年|当年|去年|今年))"
)


def find(text: Text) -> Iterator[Diagnostic]:
    """Find 截止 for 截至."""
    for line in text.lines:
        for found in _WRONG.finditer(line.text):
            yield UNTIL.at(line.at(*found.span()), found=found.group())

"""A word or a label that stands twice was pasted twice: 资产盘点情况资产盘点情况, 进一步进一步, 万元万元, ，，.

Three characters or more that follow themselves are found, and of shorter words those that are never doubled. A word
on both sides of its own rate (公开率100%公开) is found too. 研究研究, 目的的 and 干干净净 are right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.report.wording import HAN, matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

DOUBLED: Final = rule(
    "R111",
    "doubled-words",
    Severity.WARNING,
    "“{found}” stands twice",
    "delete one of the two",
)

_SHORT: Final = (
    "进行|开展|以及|并且|但是|同时|通过|根据|按照|关于|对于|由于|为了|已经|没有|其中|加强|推进|落实|截至|可以|我们"
    "|我镇|我乡|我局|我校|我院|我县|我市|万元|亿元|公里|平方米|人次"
)
_DOUBLED: Final = re.compile(
    rf"(?P<long>[{HAN}]{{4,20}})(?P=long)|(?P<three>(?!一)[{HAN}]{{3}})(?P=three)|(?P<short>{_SHORT})(?P=short)"
    r"|(?P<of>(?<![目标有])的)的(?![确士])|(?P<done>(?<!不)了)了(?![之了然解])|(?P<sign>[，。；：、])(?P=sign)"
    rf"|(?P<word>[{HAN}]{{2,4}})率(?:为|是|达到?)?\d{{1,3}}(?:\.\d{{1,4}})?[%％](?P=word)"
)


def find(text: Text) -> Iterator[Diagnostic]:
    """Find words that follow themselves."""
    for line, found in matches(text, _DOUBLED):
        yield DOUBLED.at(line.at(*found.span()), found=found[found.lastgroup or 0])

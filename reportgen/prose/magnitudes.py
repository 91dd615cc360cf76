"""An amount has figures and one word of size, 万 or 亿: 5000万元, not 5千万元, and 300万元, not 3百万元.

In one sentence amounts of one unit are of one size too: 4.2万平方米 beside 6200平方米 is easily read wrong, beside
0.62万平方米 it is not. Money is left alone there, for 3万元 in all and 500元 for each are both usual; so are amounts
under 1000.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, Tally, rule
from reportgen.report.wording import matches, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Line, Text

MIXED: Final = rule(
    "R105",
    "mixed-magnitudes",
    Severity.NOTE,
    "amounts with 万 and without it in one sentence: {found}",
    "write both with 万, or both without",
)
MAGNITUDE: Final = rule(
    "R106",
    "magnitude",
    Severity.WARNING,
    "“{found}”: figures stand with 万 or 亿 only",
    "write the amount out, such as 5000万 for 5千万 and 300万 for 3百万",
)

_NUMBER: Final = r"(?<![\d.,，])\d{1,9}(?:\.\d{1,6})?"
_UNIT: Final = "平方公里|平方米|立方米|公里|公斤|公顷|人次|户次|[米亩吨人户株头只羽斤]"
_WORD: Final = re.compile(rf"{_NUMBER} ?[十百千](?=[万亿元人户亩吨名个株头次]|平方米|立方米|公里|公斤)[万亿]?元?")
_AMOUNT: Final = re.compile(rf"(?P<number>{_NUMBER}) ?(?P<size>[万亿])?多?余? ?(?P<unit>{_UNIT})")
_SMALL: Final = 1000


def find(text: Text) -> Iterator[Diagnostic]:
    """Find amounts with a wrong word of size, and amounts of two sizes side by side."""
    for line, found in matches(text, _WORD):
        yield MAGNITUDE.at(line.at(*found.span()), found=found.group())
    tally = Tally()
    for line in text.lines:
        if "万" in line.text and _AMOUNT.search(line.text):
            for start, end, quoted in _mixed(line):
                tally.add(quoted, line.at(start, end))
    yield from tally.found(MIXED)


def _mixed(line: Line) -> Iterator[tuple[int, int, str]]:
    """Find the sentences with a unit that stands with 万 and without; gives the stretch from one to the other."""
    words = written(line)
    for start, end in line.sentences():
        first: dict[str, re.Match[str]] = {}
        for one in _AMOUNT.finditer(words, start, end):
            if not one["size"] and float(one["number"]) < _SMALL:
                continue
            other = first.setdefault(one["unit"], one)
            if bool(other["size"]) != bool(one["size"]):
                yield other.start(), one.end(), f"{other.group()}、{one.group()}"
                break

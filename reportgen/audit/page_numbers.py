"""A line of text that is a number and nothing else is the number of a page, left over from another file.

It stands after a sentence, or a heading with its numeral. Numbers in tables, below one another, and those after a label
(单位数量：) or beside a short word are left alone. All of them are told of at the first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Line, Text

STRAY = rule(
    "A603",
    "stray-page-number",
    Severity.NOTE,
    "the line holds nothing but “{number}”, which looks like the number of a page",
    "take it out; Word numbers the pages in the footer",
)

_NUMBER: Final = re.compile(
    r"\s*(?:[-—–－]{0,2}\s*\d{1,3}\s*[-—–－]{0,2}|第\s*\d{1,3}\s*页(?:[，,、/\s]*共\s*\d{1,3}\s*页)?)\s*"
)
_SENTENCE: Final = re.compile("[。！？；，]")
_TEXT: Final = 25  # so many characters are no word of a table


def find(report: Text) -> Iterator[Diagnostic]:
    """Find numbers of pages between the lines."""
    said = [one for one in report.lines if one.text.strip()]
    stray = [
        one
        for at, one in enumerate(said)
        if at and _NUMBER.fullmatch(one.text) and one.cell is None and not one.numeral
        if _is_text(report, said[at - 1]) and not (at + 1 < len(said) and _NUMBER.fullmatch(said[at + 1].text))
    ]
    if stray:
        others = tuple(Label(one.at(), N_("and this one")) for one in stray[1:])
        yield STRAY.at(stray[0].at(), related=others, number=stray[0].text.strip())


def _is_text(report: Text, line: Line) -> bool:
    """Tell whether a line is a sentence or a numbered heading, and no cell of a table that lost its borders."""
    if line.cell is not None:
        return False
    heading = report.section(line).heading
    is_heading = heading is not None and heading.line is line and bool(heading.numeral)
    return is_heading or len(line.text) >= _TEXT or _SENTENCE.search(line.text) is not None

"""A bracket is closed by one of its own kind: not (四）. The year of a document's number stands in 〔〕: 〔2021〕5号.

[2021]5号, (2021)5号 and （2021）5号 are found, except in the title of a document, which is left as it was published.
Before a bracket inside a sentence stands no comma: what is bracketed belongs to the words before it, 79.01%（其中…）.
Numerals such as ，（2） may follow a comma.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.report.wording import tallied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

YEAR_BRACKET: Final = rule(
    "R104",
    "year-bracket",
    Severity.NOTE,
    "the year of a document's number does not stand in 〔〕: {found}",
    "write it as 〔2021〕5号, with six-cornered brackets",
)
MIXED_BRACKETS: Final = rule(
    "R116",
    "bracket-mixed",
    Severity.NOTE,
    "a full-width bracket and a half-width one make a pair: {found} ({count} in all)",
    "write both full-width: （）",
)
STOP_BEFORE: Final = rule(
    "R121",
    "stop-before-bracket",
    Severity.NOTE,
    "a comma before a bracket: {found} ({count} in all)",
    "delete the comma: what stands in the brackets belongs to the words before it",
)

_YEAR: Final = re.compile(r"[\[(（【［](?:19|20)\d\d[\])）】］] ?第?\d{1,4}号(?![楼线机院井仓])")
_MIXED: Final = re.compile(r"\([^()（）\n]{0,60}）|（[^()（）\n]{0,60}\)")
_STOPPED: Final = re.compile("[，、,] ?[（(](?! ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?[）)])")


def find(text: Text) -> Iterator[Diagnostic]:
    """Find brackets of the wrong kind or place."""
    yield from tallied(text, _YEAR).found(YEAR_BRACKET)
    yield from tallied(text, _MIXED).found(MIXED_BRACKETS)
    yield from tallied(text, _STOPPED).found(STOP_BEFORE)

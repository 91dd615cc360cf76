"""In Chinese text the comma is ，, the semicolon ；, the colon ：, brackets are （） and quotation marks “”.

A half-width sign, typed without the Chinese input method, is found where Chinese stands beside it; all of a report are
one finding with the first places: 100万元,其中 is wrong, 100万元，其中 right. Half-width is right between figures
(1,234.5, 8:30, 1:3), in formulas, in foreign words and addresses, and in the title of a document in 《》, which is left
as it is. Brackets in a formula, in words or in figures, may be half-width too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, Tally, rule
from reportgen.report.wording import HAN, STOPS, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

HALF_WIDTH: Final = rule(
    "R103",
    "half-width",
    Severity.NOTE,
    "half-width signs in Chinese text: {found} ({count} in all)",
    "write the full-width signs ，；：（）“”: switch the Chinese input method on while typing them",
)

_WIDE: Final = f"[{HAN}{STOPS}“”（）《》％]"
_SIGN: Final = re.compile(f"""(?<={_WIDE})[,;:"]|(?<={_WIDE} )[,;:]|[,;:"](?= ?{_WIDE})""")
_BRACKETS: Final = re.compile(
    rf"(?<![=+×÷*/−(-])\((?=[^()（）\n]{{0,80}}[{HAN}])[^()（）\n]{{1,81}}\)(?! ?[=+×÷*/−])"
    rf"|^\s{{0,9}}\(\d\d?\)(?= ?[{HAN}])",
    re.MULTILINE,
)
_FORMULA: Final = re.compile(rf"[=+×÷*/−]|[{HAN}] ?- ?[{HAN}]")


def find(text: Text) -> Iterator[Diagnostic]:
    """Find half-width signs in Chinese text."""
    tally = Tally()
    for line in text.lines:
        if line.text.isascii():
            continue
        words = written(line)
        for found in _SIGN.finditer(words):
            tally.add(found.group(), line.at(*found.span()))
        for found in _BRACKETS.finditer(words):
            if not _FORMULA.search(found.group()):
                tally.add("()", line.at(*found.span()))
    yield from tally.found(HALF_WIDTH)

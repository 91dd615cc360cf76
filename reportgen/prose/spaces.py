"""A space inside a Chinese sentence is left over from the end of a line of a PDF or an older file: 执 行, 农业、 生态.

All of a report are one finding with the first places. Only sentences are looked at, which hold a comma or a stop:
headings and labels may be spaced out. Spaces beside foreign words and figures, after a numeral, and in a name of two
characters that stands alone (王 伟) are left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, Tally, rule
from reportgen.report.wording import HAN, written
from reportgen.word.look.roles import BLANKS, numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

STRAY_SPACE: Final = rule(
    "R110",
    "stray-space",
    Severity.NOTE,
    "spaces inside of sentences: “{found}” ({count} in all)",
    "delete them; they are often left over from the ends of lines in a PDF",
)

_SENTENCE: Final = re.compile("[，；。]")
_BLANK: Final = "[ \u3000\xa0]{1,2}"
_SPACE: Final = re.compile(
    rf"[{HAN}，。；、！？：”》）]{_BLANK}(?=[{HAN}“《（])|[{HAN}\d%％”》）]{_BLANK}(?=[，。；：、！？）”》])"
)


def find(text: Text) -> Iterator[Diagnostic]:
    """Find spaces that nobody meant."""
    tally = Tally()
    for line in text.lines:
        if not _SENTENCE.search(line.text):
            continue
        words = written(line)
        for found in _SPACE.finditer(words, _begin(words)):
            start, end = found.start(), found.end() + 1
            if not _is_name(words, start, end):
                tally.add(words[start:end], line.at(start, end))
    yield from tally.found(STRAY_SPACE)


def _begin(words: str) -> int:
    """Find where the text of a line begins, after its blanks and its numeral with the blanks after it."""
    first = len(words) - len(words.lstrip(BLANKS))
    mark = numeral(words[first : first + 20])
    return first + len(mark.typed) + 1 if mark else first


def _is_name(words: str, start: int, end: int) -> bool:
    """Tell whether one character on each side of a space is all: a name of two characters that is spaced out."""
    around = words[start - 1 : start] + words[end : end + 1]
    return not re.search(f"[{HAN}]", around) and re.fullmatch(f"[{HAN}][^{HAN}]+[{HAN}]", words[start:end]) is not None

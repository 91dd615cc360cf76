"""A line in; its words out as far as they are the writer's own, as long as the line: names and quotations are gaps.

What others wrote, a title in 《》 or an address, is left as they wrote it: a sign of no meaning stands for each of its
characters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Tally
from reportgen.language import GAP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.report.model import Line, Text

HAN: Final = "\u3007\u4e00-\u9fff"
"""The characters of Chinese, as part of a class of a pattern."""
STOPS: Final = "、。，；：！？"
"""The full-width signs that end a part of a sentence, as part of a class of a pattern."""
_TITLES: Final = re.compile(
    r"(?<=《)[^《》\n]{1,120}(?=》)|(?:https?://|www\.)[\w.:/?&=%#~+-]+|[\w.+-]+@[\w-]+\.[\w.-]+"
)
_QUOTED: Final = re.compile("(?<=[“‘])[^“”‘’\n]{1,80}(?=[”’])")
_HINTS: Final = re.compile("[《@]|://|www")


def written(line: Line) -> str:
    """Give the text of a line without titles of documents and addresses."""
    return _TITLES.sub(_gap, line.text) if _HINTS.search(line.text) else line.text


def said(line: Line) -> str:
    """Give the text of a line without what stands in quotation marks either."""
    text = written(line)
    return _QUOTED.sub(_gap, text) if "“" in text or "‘" in text else text


def matches(text: Text, pattern: re.Pattern[str]) -> Iterator[tuple[Line, re.Match[str]]]:
    """Find a pattern in all that is written, line by line."""
    for line in text.lines:
        for found in pattern.finditer(written(line)):
            yield line, found


def tallied(text: Text, pattern: re.Pattern[str]) -> Tally:
    """Count what a pattern finds in all that is written, by the words found."""
    tally = Tally()
    for line, found in matches(text, pattern):
        tally.add(found.group(), line.at(*found.span()))
    return tally


def _gap(found: re.Match[str]) -> str:
    return GAP * len(found.group())

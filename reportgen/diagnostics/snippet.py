"""A line of a file and a place in it in, the excerpt that shows the place out: cut to fit, with marks under it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportgen.diagnostics.model import Span

_TAB: Final = "    "
_BEFORE: Final = 60  # characters of a long line that are shown before the place
_WIDTH: Final = 140  # characters of a line that are shown
_UNSEEN: Final = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(said: str) -> str:
    """Replace what would command the terminal, change the direction of writing or not be encoded."""
    return _UNSEEN.sub("\ufffd", said)


def excerpt(span: Span, line: str, word: str, gutter: int) -> str:
    """Show a place in its line, the marks wide enough for wide characters, and a word about it.

    `gutter` is the width of line numbers, the same for all places of a finding.
    """
    start = max(span.column - 1, 0)
    stop = span.end_column - 1 if span.end_column > span.column else len(line)
    first = start - _BEFORE if len(line) > _WIDTH and start > _BEFORE else 0
    last = first + _WIDTH
    head, tail = "…" if first else "", "…" if last < len(line) else ""
    shown = visible(line[first:last].rstrip("\r"))
    before, marked = head + shown[: start - first], shown[start - first : max(stop - first, 0)]
    marks = " " * width(before) + "^" * max(1, width(marked.rstrip())) if span.column else ""
    rows = [
        f"{'':{gutter}}--> {visible(str(span))}",
        f"{'':{gutter}} |",
        f"{span.line:{gutter}} | {head}{shown.replace(chr(9), _TAB)}{tail}",
        f"{'':{gutter}} | {marks} {word}",
    ]
    return "\n".join(row.rstrip() for row in rows)


def width(said: str) -> int:
    """Count the columns that a text takes on a terminal."""
    return sum(_columns(character) for character in said)


def _columns(character: str) -> int:
    """Count the columns of a character; a tab is shown as spaces, a mark or an invisible sign takes none."""
    if character == "\t":
        return len(_TAB)
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1

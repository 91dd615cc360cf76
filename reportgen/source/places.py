"""Character offsets in, places out: of a stretch of the file, and of a stretch of a scalar's value."""

from __future__ import annotations

import re
from array import array
from bisect import bisect
from functools import cached_property, lru_cache
from io import StringIO
from itertools import accumulate
from typing import TYPE_CHECKING

from reportgen.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.source.nodes import Node

_FOLD = r"(?P<fold>[ \t]*\r?\n[ \t\r\n]*)|"
_PLAIN = re.compile(_FOLD + r"(?P<one>.)")
_SINGLE = re.compile(_FOLD + r"(?P<one>''|.)")
_DOUBLE = re.compile(_FOLD + r"(?P<joined>\\\r?\n[ \t\r\n]*)|(?P<one>\\x..|\\u.{4}|\\U.{8}|\\.|.)")


class Source:
    """A file as it was decoded: its path, its text, and where each of its lines begins."""

    def __init__(self, text: str, path: str) -> None:
        """Take a text as it stands; its lines are counted when the first place in it is asked for."""
        self.text = text
        self.path = path

    @cached_property
    def _lines(self) -> array[int]:
        # One more character ends the last line, so that no line begins at the end of the text but an empty one.
        return array("I", accumulate(map(len, StringIO(f"{self.text}.", newline="\n")), initial=0))

    def span(self, start: int, end: int = -1) -> Span:
        """Give the place of `text[start:end]`; its end column is 0 when it ends on another line, or nowhere (-1)."""
        start, end = min(start, len(self.text)), min(end, len(self.text))
        line = bisect(self._lines, start)
        first = self._lines[line - 1]
        return Span(self.path, line, start - first + 1, end - first + 1 if start <= end < self._lines[line] else 0)


def within(node: Node, start: int, end: int) -> Span:
    """Give the place of characters `start` to `end` of a scalar's value in the file, or of its node where unknown.

    An empty stretch gives the place of the character it stands before.
    """
    value = node.value
    if not isinstance(value, str) or not 0 <= start <= end <= len(value):
        return node.span
    offsets = _offsets(node, value)
    if len(offsets) != len(value) or start == len(value):
        return node.span
    first = node.start + offsets[start]
    last = node.start + offsets[end - 1] + 1 if end > start else first
    return node.source.span(first, last)


@lru_cache(maxsize=1)
def _offsets(node: Node, value: str) -> Sequence[int]:
    """Map each character of a scalar to where it stands in the node; the places of one text are asked for in turn."""
    raw = node.source.text[node.start : node.end]
    return _block(raw, value) if node.style == "block" else _flow(raw, quoted=node.style == "quoted")


def _flow(raw: str, *, quoted: bool) -> list[int]:
    """Map each character of a plain or quoted scalar to where it begins in `raw`; line breaks fold as in YAML 1.1."""
    pattern, margin = ({"'": _SINGLE, '"': _DOUBLE}[raw[0]], 1) if quoted else (_PLAIN, 0)
    offsets: list[int] = []
    for match in pattern.finditer(raw, margin, len(raw) - margin):
        breaks = match.group().count("\n")
        count = {"one": 1, "joined": breaks - 1, "fold": max(1, breaks - 1)}[str(match.lastgroup)]
        offsets += [match.start()] * count
    return offsets


def _block(raw: str, value: str) -> list[int]:
    """Map each character of a `|` or `>` scalar to where it stands in `raw`, line by line."""
    header, *lines = raw.split("\n")
    indent = _margin(lines) - _margin(value.split("\n"))
    offsets: list[int] = []
    at, last = len(header) + 1, 0
    for line in lines:
        content = line.removesuffix("\r")[indent:]
        if content.strip():
            while len(offsets) < len(value) and not value.startswith(content, len(offsets)):
                offsets.append(last)
            last = at + indent + len(content)
            offsets += range(at + indent, last)
        at += len(line) + 1
    return offsets + [last] * (len(value) - len(offsets))


def _margin(lines: list[str]) -> int:
    """Count the spaces before the first line that holds anything."""
    first = next((line for line in lines if line.strip()), "")
    return len(first) - len(first.lstrip(" "))

"""Character offsets in, places out: of a stretch of the file, and of a stretch of a scalar's value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.diagnostics import Span

if TYPE_CHECKING:
    from reportgen.source.nodes import Node

_FOLD = r"(?P<fold>[ \t]*\r?\n[ \t\r\n]*)|"
_PLAIN = re.compile(_FOLD + r"(?P<one>.)")
_SINGLE = re.compile(_FOLD + r"(?P<one>''|.)")
_DOUBLE = re.compile(_FOLD + r"(?P<joined>\\\r?\n[ \t\r\n]*)|(?P<one>\\x..|\\u.{4}|\\U.{8}|\\.|.)")


def place(text: str, path: str, start: int, end: int, known: tuple[int, int] = (0, 1)) -> Span:
    """Give the place of `text[start:end]`; its end column is 0 when it ends on another line.

    `known` is an offset before it with the number of its line, so that not all lines have to be counted.
    """
    start, end = min(start, len(text)), min(end, len(text))
    line_start = text.rfind("\n", 0, start) + 1
    column = start - line_start + 1
    return Span(
        path,
        text.count("\n", known[0], line_start) + known[1],
        column,
        0 if "\n" in text[start:end] else column + end - start,
    )


def within(text: str, node: Node, start: int, end: int) -> Span:
    """Give the place of characters `start` to `end` of a scalar's value in the file, or of its node where unknown.

    `text` is the file's text; an empty stretch gives the place of the character it stands before.
    """
    value = node.value
    if not isinstance(value, str) or not 0 <= start <= end <= len(value):
        return node.span
    raw = text[node.start : node.end]
    offsets = _block(raw, value) if node.style == "block" else _flow(raw, quoted=node.style == "quoted")
    if len(offsets) != len(value) or start == len(value):
        return node.span
    first = node.start + offsets[start]
    last = node.start + offsets[end - 1] + 1 if end > start else first
    return place(text, node.span.path, first, last, (node.start, node.span.line))


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

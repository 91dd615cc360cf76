"""The place map: a traced run puts each output between two private-use characters that carry its number.

Planes 15 and 16 are reserved for this; facts and templates that hold characters of these planes are refused.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_LOW: Final = 0xF0000
_HIGH: Final = 0x100000
_RADIX: Final = 0x8000
_CLOSING: Final = chr(0x10FFFD)
_MARKS: Final = re.compile(f"{_CLOSING}|[\U000f0000-\U000f7fff][\U00100000-\U00107fff]")


_WRITTEN: Final = re.compile(b"\xf4\x8f\xbf\xbd|\xf3[\xb0-\xb7]..\xf4[\x80-\x87]..", re.DOTALL)  # the same in UTF-8


class Mark(NamedTuple):
    """Output number `output` printed `text[start:end]` of a paragraph; marks may nest."""

    start: int
    end: int
    output: int


def opening(index: int) -> str:
    """Give the two characters that open output `index`, from 0 to 2**30 - 1."""
    high, low = divmod(index, _RADIX)
    return chr(_LOW + low) + chr(_HIGH + high)


def closing() -> str:
    """Give the character that closes the innermost output."""
    return _CLOSING


def strip(text: str) -> tuple[str, tuple[Mark, ...]]:
    """Take the marks out of a text; a mark without its partner in this text ends at the text's edge."""
    parts: list[str] = []
    marks: list[Mark] = []
    open_marks: list[tuple[int, int]] = []
    position = length = 0
    for found in _MARKS.finditer(text):
        parts.append(text[position : found.start()])
        length += found.start() - position
        position = found.end()
        sign = found.group()
        if sign != _CLOSING:
            open_marks.append((length, (ord(sign[1]) - _HIGH) * _RADIX + ord(sign[0]) - _LOW))
        elif open_marks:
            start, index = open_marks.pop()
            marks.append(Mark(start, length, index))
    parts.append(text[position:])
    length += len(text) - position
    marks += [Mark(start, length, index) for start, index in reversed(open_marks)]
    return "".join(parts), tuple(sorted(marks))


def unmarked(written: bytes) -> bytes:
    """Take the marks out of a text in UTF-8."""
    return _WRITTEN.sub(b"", written)

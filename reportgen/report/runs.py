"""The text of a line in; the runs of names with 、 between them out, those in brackets or quotes apart from others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SIGN: Final = re.compile("[、，。；：！？!?;:,()（）“”《》‘’]")
_PAIRS: Final = {"（": "）", "“": "”", "《": "》", "‘": "’"}
_PLAIN: Final = {"(": "（", ")": "）", ":": "：", ";": "；", ",": "，"}
_NUMERAL: Final = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})")
_BLANKS: Final = " \u3000\t\xa0\n"
BETWEEN: Final = "、"
BRACKET: Final = "（"
_QUOTE: Final = "“"
_COMMA: Final = "，"


class Item(NamedTuple):
    """A stretch of a line's text."""

    start: int
    end: int


class Run(NamedTuple):
    """Names with 、 between them, or a single one in brackets.

    `sign` is what stands before the first one, at `at`: a bracket, a stop, or nothing at the beginning of a line.
    `whole` is whether they are all that stands between two brackets.
    """

    items: tuple[Item, ...]
    sign: str
    at: int
    whole: bool


class _Frame(NamedTuple):
    """What stands between two brackets or quotes, or in the whole line: the stops in it, with their places."""

    sign: str
    at: int
    stops: list[tuple[int, str]]


def runs(text: str) -> Iterator[Run]:
    """Find the runs of names in a text; those within brackets come before the run around them.

    What stands behind a bracket that is not closed is left out; a quote may be closed by the sign that opened it.
    """
    frames = [_Frame("", -1, [])]
    for found in _SIGN.finditer(text):
        sign = _PLAIN.get(found.group(), found.group())
        if sign == _PAIRS.get(frames[-1].sign) or sign == frames[-1].sign == _QUOTE:
            yield from _parted(text, frames.pop(), found.start(), closed=True)
        elif sign in _PAIRS:
            frames.append(_Frame(sign, found.start(), []))
        elif sign not in _PAIRS.values():
            frames[-1].stops.append((found.start(), sign))
    yield from _parted(text, frames[0], len(text), closed=False)


def _parted(text: str, frame: _Frame, end: int, *, closed: bool) -> Iterator[Run]:
    """Part a frame at its stops into runs; in brackets without 、 commas may stand between names."""
    whole = closed and frame.sign == BRACKET
    between = BETWEEN
    if whole and frame.stops and all(sign == _COMMA for _, sign in frame.stops):
        between = _COMMA
    parts: list[tuple[int, int]] = []
    sign, at, start = frame.sign, frame.at, frame.at + 1
    for place, stop in (*frame.stops, (end, "")):
        parts.append((start, place))
        start = place + 1
        if stop == between:
            continue
        alone = whole and not frame.stops
        names = _named(text, parts) if alone or len(parts) > 1 else ()
        if len(names) > 1 or (names and alone):
            yield Run(names, sign, at, whole and not stop and at == frame.at)
        parts, sign, at = [], stop, place


def _stripped(text: str, start: int, end: int) -> Item:
    said = text[start:end]
    return Item(start + len(said) - len(said.lstrip(_BLANKS)), end - len(said) + len(said.rstrip(_BLANKS)))


def _named(text: str, parts: Sequence[tuple[int, int]]) -> tuple[Item, ...]:
    """Give the items without the numeral of a heading or paragraph, and without what is empty."""
    items = [_stripped(text, *one) for one in parts]
    numbered = _NUMERAL.fullmatch(text, items[0].start, items[0].end) is not None
    return tuple(one for one in items[numbered:] if one.start < one.end)

"""What people type in tags in, plain ASCII expressions out: full-width signs, curly quotes, `10%`; and where tags lie.

Everything inside a string literal stays as it was typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

GAP: Final = "\ufffc"
"""Stands for each character of what is no text of its writer: a tag, a name, a quotation."""
SIGNS: Final = str.maketrans(
    {chr(0xFF01 + offset): chr(0x21 + offset) for offset in range(94)}
    | {"×": "*", "÷": "/", "−": "-", "≤": "<=", "≥": ">=", "≠": "!=", "　": " ", "\u00a0": " ", "【": "[", "】": "]"},
)
_PARTNER: Final = {'"': '"', "'": "'", "“": "”", "‘": "’", "＂": "＂", "＇": "＇"}
_PERCENT: Final = re.compile(r"(?<![\w.])([0-9]+(?:\.[0-9]+)?)[ \t]*%")
_OPEN: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPENING: Final = re.compile("[{][{%#]")
_STOP: Final = re.compile(f"[{{%}}{''.join(_PARTNER)}]")
_WIDE: Final = tuple(zip("｛｝％＃", "{}%#", strict=True))


class Typed(NamedTuple):
    """A stretch of text: literal (`kind` empty) or a tag whose `kind` is its opening sign `{{`, `{%` or `{#`."""

    kind: str
    text: str
    start: int
    end: int


class Unclosed(Exception):
    """A tag that is opened and never closed; carries where it opens."""

    def __init__(self, start: int) -> None:
        """Take the offset of the opening sign."""
        super().__init__(start)
        self.start = start


def pieces(text: str) -> Iterator[Typed]:
    """Cut text into literals and tags; raises `Unclosed` where a tag does not end."""
    flat = text
    for wide, plain in _WIDE:
        flat = flat.replace(wide, plain)
    position = 0
    while opening := _OPENING.search(flat, position):
        start, kind = opening.start(), opening.group()
        if start > position:
            yield Typed("", text[position:start], position, start)
        end = _closing(flat, start + 2, _OPEN[kind])
        if end < 0:
            raise Unclosed(start)
        yield Typed(kind, text[start + 2 : end], start, end + 2)
        position = end + 2
    if position < len(text):
        yield Typed("", text[position:], position, len(text))


def untagged(text: str) -> str:
    """Put a gap in place of every tag; one that does not end takes the rest."""
    done: list[str] = []
    try:
        done += [GAP * (one.end - one.start) if one.kind else one.text for one in pieces(text)]
    except Unclosed as unclosed:
        return untagged(text[: unclosed.start]) + GAP * (len(text) - unclosed.start)
    return "".join(done)


def _closing(flat: str, position: int, closing: str) -> int:
    """Find the end of a tag; a comment ends at its sign wherever it stands, the others not inside a string literal."""
    if closing == "#}":
        return flat.find(closing, position)
    while stop := _STOP.search(flat, position):
        position = stop.start()
        if flat.startswith(closing, position):
            return position
        if flat[position] in _PARTNER:
            position = _literal_end(flat, position)
            if position < 0:
                return -1
        elif flat[position : position + 2] in _OPEN:
            return -1
        else:
            position += 1
    return -1


def _literal_end(text: str, start: int) -> int:
    """Give the offset behind a string literal; curly quotes nest; -1 when it does not end."""
    opening, closing = text[start], _PARTNER[text[start]]
    if opening == closing:
        return text.find(closing, start + 1) + 1 or -1
    depth, position = 1, start + 1
    while position < len(text):
        char = text[position]
        if char == closing:
            depth -= 1
            if depth == 0:
                return position + 1
        elif char == opening:
            depth += 1
        position += 1
    return -1


def normalise(expression: str) -> str:
    """Read full-width signs as ASCII and give string literals one spelling; `10%` becomes 0.10.

    Raises `Unclosed` at a quote without its partner.
    """
    done: list[str] = []
    position = start = 0
    while position < len(expression):
        if expression[position] not in _PARTNER:
            position += 1
            continue
        end = _literal_end(expression, position)
        if end < 0:
            raise Unclosed(position)
        done += [_plain(expression[start:position]), _literal(expression[position + 1 : end - 1])]
        position = start = end
    return "".join([*done, _plain(expression[start:])])


def _plain(text: str) -> str:
    return _PERCENT.sub(lambda match: _hundredth(match[1]), text.translate(SIGNS))


def _hundredth(figure: str) -> str:
    whole, _, fraction = figure.partition(".")
    whole = whole.zfill(3)
    return f"{whole[:-2].lstrip('0') or '0'}.{whole[-2:]}{fraction}"


def _literal(content: str) -> str:
    escaped = content.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'

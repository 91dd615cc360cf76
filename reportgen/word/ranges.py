"""The pieces of a template in, the same out with nothing in them that a block would repeat or cut in two.

Bookmarks, comments and fields reach from a mark to another. What a loop or a condition would do to them Word does not
open, or opens with a complaint.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import Diagnostic, Severity, rule
from reportgen.language import Tag, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.language import Piece

_MARK: Final = re.compile(
    r'<w:(bookmark|commentRange|perm|moveFromRange|moveToRange)(?:Start|End)\b[^>]*?\bw:id="([^"]*)"[^>]*/>',
)
_BOTH: Final = 2
_ONLY_ONCE: Final = re.compile(
    r"<(?:wp:docPr|w:(?:comment|footnote|endnote)Reference|w:(?:ins|del|moveFrom|moveTo|cellIns|cellDel)|w:\w+Change)\b"
    r"|<v:\w+ (?:[^>]*\s)?id=",
)
_FIELD: Final = re.compile(r'w:fldCharType="(begin|end)"')
_LOOP: Final = "for"
_OPENING: Final = frozenset({_LOOP, "if", "elif", "else", "block"})
_CLOSING: Final = frozenset({"elif", "else", "endif", "endfor", "endblock"})

ONLY_ONCE = rule(
    "T536",
    "only-once",
    Severity.ERROR,
    "this loop holds a picture, a comment, a tracked change or the mark of a note, which cannot be repeated",
    "accept tracked changes; put the rest before or behind the loop",
)
FIELD_CUT = rule(
    "T539",
    "field-cut",
    Severity.ERROR,
    "a field begins and does not end, or ends and does not begin, in the block that “{name}” closes",
    "put the whole field (a reference, a table of contents) into the block, or all of it outside",
)


class _Stretch(NamedTuple):
    """One piece, the number of the innermost arm of a condition or loop that it stands in, and the innermost loop."""

    piece: Piece
    arm: int
    looped: Tag | None


def whole(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Diagnostic]]:
    """Leave out marks that would come out alone or repeated, and refuse what can neither be repeated nor left out."""
    stretches = list(_stretches(pieces))
    found = [
        ONLY_ONCE.at(loop.span) for piece, _, loop in stretches if loop is not None and _ONLY_ONCE.search(_text(piece))
    ]
    places: dict[tuple[str, str], list[_Stretch]] = {}
    for one in stretches:
        for mark in _MARK.finditer(_text(one.piece)):
            places.setdefault((mark[1], mark[2]), []).append(one)
    lost = {mark for mark, ends in places.items() if not _together(ends)}
    kept = [_without(piece, lost) for piece in pieces] if lost else list(pieces)
    return kept, [*found, *_cut_fields(pieces)]


def _stretches(pieces: Sequence[Piece]) -> Iterator[_Stretch]:
    arms: list[tuple[int, Tag | None]] = [(-1, None)]
    for number, piece in enumerate(pieces):
        word = _word(piece)
        if word in _CLOSING and len(arms) > 1:
            arms.pop()
        arm, loop = arms[-1]
        yield _Stretch(piece, arm, loop)
        if word in _OPENING:
            arms.append((number, piece if isinstance(piece, Tag) and word == _LOOP else loop))


def _word(piece: Piece) -> str:
    """Give the word that a statement begins with."""
    words = piece.text.split(None, 1) if isinstance(piece, Tag) and piece.kind == "{%" else []
    return words[0] if words else ""


def _together(ends: Sequence[_Stretch]) -> bool:
    """Whether marks are a pair, in the same arm of every condition, and in no loop."""
    return len(ends) == _BOTH and ends[0].arm == ends[1].arm and ends[0].looped is None


def _cut_fields(pieces: Sequence[Piece]) -> Iterator[Diagnostic]:
    depth = 0
    opened: list[int] = []
    lowest = [0]
    for piece in pieces:
        word = _word(piece)
        if isinstance(piece, Tag) and word in _CLOSING and opened:
            start = opened.pop()
            if lowest.pop() < start or depth != start:
                yield FIELD_CUT.at(piece.span, name=piece.text.strip())
            depth = start
        if word in _OPENING:
            opened.append(depth)
            lowest.append(depth)
        for mark in _FIELD.finditer(_text(piece)):
            depth += 1 if mark[1] == "begin" else -1
            lowest[-1] = min(lowest[-1], depth)


def _without(piece: Piece, lost: set[tuple[str, str]]) -> Piece:
    if not isinstance(piece, Text):
        return piece
    return Text(_MARK.sub(lambda mark: "" if (mark[1], mark[2]) in lost else mark[0], piece.text))


def _text(piece: Piece) -> str:
    return piece.text if isinstance(piece, Text) else ""

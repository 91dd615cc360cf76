"""The tree of one story (body, header, footer, notes) in, the pieces of its template out, in their order.

A tag leaves a marker in the tree: two noncharacters around its number. The tree is written and cut at the markers; the
literal XML between the tags never meets the language's parser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from reportgen.diagnostics import Diagnostic, Severity, Span, rule
from reportgen.language import Tag, Text
from reportgen.word.markup import w
from reportgen.word.places import body
from reportgen.word.tags import CLOSE, OPEN, Cut, paragraph, sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element as Element

    from reportgen.language import Piece

_MARKER: Final = re.compile(f"{OPEN}(\\d+){CLOSE}")
_RESERVED: Final = re.compile("[\ufdd0-\ufdef\U000f0000-\U0010ffff]")
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TRACES: Final = ("proofErr", "lastRenderedPageBreak")
_WORDS: Final = frozenset({"t", "delText", "instrText", "delInstrText"})
_EDITS: Final = re.compile(r"\{.*\}(rsid\w*|paraId|textId)")
_BOOKMARK: Final = re.compile(r'<w:bookmark(?:Start|End)\b[^>]*?\bw:id="([^"]*)"[^>]*/>')
_ONLY_ONCE: Final = re.compile(r"<(?:wp:docPr|w:commentReference|w:footnoteReference|w:endnoteReference)\b")

RESERVED = rule(
    "T535",
    "reserved-character",
    Severity.ERROR,
    "the text holds the character {code}, which is kept for the program's own use",
    "delete it; it may be invisible",
)
ONLY_ONCE = rule(
    "T536",
    "only-once",
    Severity.ERROR,
    "this loop holds a picture, a comment or the sign of a note, which a document can hold only once",
    "put it before or behind the loop",
)


class Pieces(NamedTuple):
    """A story cut at its tags; `fragile` if a tag may leave something behind that Word does not open."""

    pieces: list[Piece]
    fragile: bool


def cut(root: Element, place: Span, headings: Mapping[str, int]) -> tuple[Pieces, list[Diagnostic]]:
    """Cut a story into pieces; `headings` maps ids of styles to the level of their numeral. The tree is used up."""
    _clean(root)
    if reserved := _RESERVED.search(etree.tostring(root, encoding="unicode")):
        return Pieces([], fragile=False), [RESERVED.at(place, code=f"U+{ord(reserved.group()):04X}")]
    state = Cut(place, headings)
    for one in body(root).places:
        paragraph(one, state)
    fragile = not all(map(sound, state.thinned))
    pieces = list(_assembled(etree.tostring(root, encoding="unicode"), state.pieces))
    return Pieces(list(_repeatable(pieces, state.found)), fragile), state.found


def _clean(root: Element) -> None:
    """Take out what an editor left behind: spelling marks, ids of sessions, blanks, and stand-ins of text boxes."""
    for trace in list(root.iter(_FALLBACK, *map(w, _TRACES))):
        parent = trace.getparent()
        assert parent is not None  # noqa: S101 — a trace stands in a paragraph
        parent.remove(trace)
    for element in root.iter(etree.Element):
        for name in [name for name in map(str, element.attrib) if _EDITS.fullmatch(name)]:
            del element.attrib[name]
        if etree.QName(element).localname not in _WORDS and not (element.text or "").strip():
            element.text = None
        element.tail = None  # no element of Word has text beside it


def _assembled(xml: str, cut_out: Sequence[Sequence[Piece]]) -> Iterator[Piece]:
    position = 0
    for marker in _MARKER.finditer(xml):
        if marker.start() > position:
            yield Text(xml[position : marker.start()])
        yield from cut_out[int(marker[1])]
        position = marker.end()
    yield Text(xml[position:])


def _repeatable(pieces: Sequence[Piece], found: list[Diagnostic]) -> Iterator[Piece]:
    """Leave out bookmarks that a loop would repeat, and refuse what cannot be repeated."""
    looped = {at for at, _ in _inside_loops(pieces)}
    for at, loop in _inside_loops(pieces):
        if _ONLY_ONCE.search(_text(pieces[at])):
            found.append(ONLY_ONCE.at(loop.span))
    ids = {match[1] for at in looped for match in _BOOKMARK.finditer(_text(pieces[at]))}
    for piece in pieces:
        if ids and isinstance(piece, Text):
            yield Text(_BOOKMARK.sub(lambda match: "" if match[1] in ids else match[0], piece.text))
        else:
            yield piece


def _inside_loops(pieces: Sequence[Piece]) -> Iterator[tuple[int, Tag]]:
    """Give the number of each piece inside a loop, with the tag that opens the loop."""
    loops: list[Tag] = []
    for at, piece in enumerate(pieces):
        word = piece.text.split(None, 1)[:1] if isinstance(piece, Tag) and piece.kind == "{%" else []
        if word == ["for"] and isinstance(piece, Tag):
            loops.append(piece)
        elif word == ["endfor"] and loops:
            loops.pop()
        elif loops:
            yield at, loops[-1]


def _text(piece: Piece) -> str:
    return piece.text if isinstance(piece, Text) else ""

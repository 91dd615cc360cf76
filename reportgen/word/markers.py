"""What a tag leaves in the tree where it was cut out: a marker, and behind its number the pieces that it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.language import Tag
from reportgen.word.markup import w

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.language import Piece
    from reportgen.word.pictures import Room

OPEN, CLOSE = "\ufdd0", "\ufdd1"
MARKER: Final = re.compile(f"{OPEN}(\\d+){CLOSE}")
_BLOCK: Final = re.compile(r"\s*(?:end)?block(?=\s|$)")
_ROOTS: Final = ("document", "hdr", "ftr", "footnotes", "endnotes")
_HOMES: Final = frozenset(
    map(w, (*_ROOTS, "body", "footnote", "endnote", "txbxContent", "tbl", "tr", "tc")),
)
_INNER: Final = {w("tbl"): w("tr"), w("tr"): w("tc")}


class Join(NamedTuple):
    """A paragraph that a tag in it joins to the one before, or to the one after."""

    paragraph: Element
    span: Span
    after: bool


@dataclass(slots=True)
class Cut:
    """What was cut out of one story so far, by the number of its marker, and what was found wrong.

    `areas` are the text areas of the pages; `thinned` holds what paragraphs, rows or cells were taken out of; `shaped`
    the cells that tags shape, with the words of those; `spread` says that tags may change what columns a table has.
    """

    place: Span
    headings: Mapping[str, int]
    areas: Mapping[Element, Room]
    pieces: list[list[Piece]] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    holders: dict[Element, int] = field(default_factory=dict)
    thinned: set[Element] = field(default_factory=set)
    joins: list[Join] = field(default_factory=list)
    shaped: set[tuple[Element, str]] = field(default_factory=set)
    spread: bool = False
    _left: Element | None = None

    def marker(self, *cut: Piece) -> str:
        """Keep pieces and give the marker that stands for them."""
        self._left = None
        self.pieces.append(list(cut))
        return f"{OPEN}{len(self.pieces) - 1}{CLOSE}"

    def leave(self, element: Element, *cut: Piece, stays: bool) -> None:
        """Leave pieces where an element stands, or before it if it stays; one marker stands for all in one place."""
        parent, before = element.getparent(), element.getprevious()
        assert parent is not None  # noqa: S101 — a paragraph, row or cell stands in a story
        place = parent if before is None else before
        behind = "" if stays else element.tail or ""
        if place is self._left:
            self.pieces[-1] += cut
            put_before(element, behind)
        else:
            put_before(element, self.marker(*cut) + behind)
        self._left = None if behind else place
        if not stays:
            parent.remove(element)

    def home(self, element: Element) -> tuple[object, ...]:
        """Name the stretch of layout that a marker in an element belongs to: what holds it, and the way down to it."""
        holder, *way = _way(element)
        return (self.holders.setdefault(holder, len(self.holders) + 1), *(one.tag for one in way))


def put_before(element: Element, text: str) -> None:
    """Put text in front of an element."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None  # noqa: S101 — a paragraph, row or cell stands in a story
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text


def sound(holder: Element, state: Cut) -> bool:
    """Whether something always stays where a paragraph, row or cell was taken out, so that Word opens the file.

    Something stays if it is the last that there is; among rows and cells also if it stands before the first tag. What
    stands in a named block stays as if the block were not there.
    """
    inner = _INNER.get(holder.tag, w("p"))
    blocks = [one for one in holder if one.tag != w("sectPr")]
    last = bool(blocks) and blocks[-1].tag == inner and not _decides(blocks[-1].tail or "", state)
    return last or (inner != w("p") and _first_stays(holder, inner, state))


def _decides(text: str, state: Cut) -> bool:
    """Whether one of the tags in a text can leave anything out: all can but the ends of named blocks."""
    tags = (one for marker in MARKER.finditer(text) for one in state.pieces[int(marker[1])])
    return not all(isinstance(one, Tag) and _BLOCK.match(one.text) for one in tags)


def _first_stays(holder: Element, inner: str, state: Cut) -> bool:
    beside = holder.text or ""
    for one in holder:
        if one.tag == inner:
            return not _decides(beside, state)
        beside += one.tail or ""
    return False


def _way(element: Element) -> list[Element]:
    """Give what holds a stretch of layout (a cell, a table, a story), and the elements between it and `element`."""
    way = [element]
    while way[0].tag not in _HOMES:
        parent = way[0].getparent()
        assert parent is not None  # noqa: S101 — the root of every story is a home
        way.insert(0, parent)
    return way

"""`{%-` and `-%}`: the tags of a paragraph in, those signs out of them; and paragraphs joined with their neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.language import Typed
from reportgen.word.markers import OPEN, Join
from reportgen.word.markup import w

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from reportgen.diagnostics import Span
    from reportgen.word.markers import Cut

_SIGNS: Final = ("-", "－")
_STATEMENT: Final = "{%"
_MARKS: Final = frozenset(
    w(f"{kind}{end}") for kind in ("bookmark", "commentRange", "perm") for end in ("Start", "End")
)

NOTHING_TO_JOIN = rule(
    "T544",
    "nothing-to-join",
    Severity.ERROR,
    "{{%- and -%}} join a paragraph to the one before or after, and none that can be joined stands there",
    "take the - out of the tag, or put both paragraphs side by side",
)


def joins(cut_up: Sequence[Typed], paragraph: Element, span: Span) -> Iterator[Join]:
    """Tell whether a paragraph begins or ends with a tag that joins it to its neighbour."""
    said = [piece for piece in cut_up if piece.kind or piece.text.strip()]
    if said and _before(said[0]):
        yield Join(paragraph, span, after=False)
    if said and _after(said[-1]):
        yield Join(paragraph, span, after=True)


def trimmed(cut_up: Sequence[Typed]) -> Iterator[Typed]:
    """Take the signs out of the tags, and the blanks that they ask for out of the text beside them."""
    for left, piece, right in zip([None, *cut_up], cut_up, [*cut_up[1:], None], strict=False):
        text, start = piece.text, piece.start
        if piece.kind:
            if piece.kind == _STATEMENT:
                text = text[_before(piece) : len(text) - _after(piece)]
            yield piece._replace(text=text)
            continue
        if left and _after(left):
            text = text.lstrip()
            start = piece.end - len(text)
        if right and _before(right):
            text = text.rstrip()
        if text:
            yield Typed("", text, start, start + len(text))


def join(state: Cut) -> None:
    """Join the paragraphs that were found to be joined, once their tags are cut out; what cannot be is reported."""
    into: dict[Element, Element] = {}
    for one in state.joins:
        if one.paragraph in into and not one.after:
            continue
        here = into.get(one.paragraph, one.paragraph)
        other = _beside(here, after=one.after)
        if other is None:
            state.found.append(NOTHING_TO_JOIN.at(one.span))
            continue
        first, second = (here, other) if one.after else (other, here)
        into[second] = first
        _append(first, second)


def _before(piece: Typed) -> bool:
    return piece.kind == _STATEMENT and piece.text.startswith(_SIGNS)


def _after(piece: Typed) -> bool:
    return piece.kind == _STATEMENT and piece.text.endswith(_SIGNS) and len(piece.text) > _before(piece)


def _beside(paragraph: Element, *, after: bool) -> Element | None:
    """Find the paragraph beside one, if neither a tag nor the end of a section stands between."""
    way = [paragraph]
    for other in paragraph.itersiblings(preceding=not after):
        way.append(other)
        if other.tag not in _MARKS:
            break
    first, *_ = way if after else reversed(way)
    between = way[:-1] if after else way[1:]
    parted = any(OPEN in (one.tail or "") for one in between)
    ended = first.find(f"{w('pPr')}/{w('sectPr')}") is not None
    found = way[-1]
    return None if found is paragraph or found.tag != w("p") or parted or ended else found


def _append(first: Element, second: Element) -> None:
    parent, before = second.getparent(), second.getprevious()
    assert parent is not None  # noqa: S101 — both stand in one story
    assert before is not None  # noqa: S101 — at least the first stands before
    before.tail = (before.tail or "") + (second.tail or "")
    parent.remove(second)
    first.extend(child for child in list(second) if child.tag != w("pPr"))

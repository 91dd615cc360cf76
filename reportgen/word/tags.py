"""One paragraph of a template in, its tags cut out of the tree: joined from their runs, a marker in place of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import N_, Label, Severity, Span, rule
from reportgen.language import LAYOUT, TORN, Numeral, Tag, Typed, Unclosed, pieces
from reportgen.word.cells import OUTSIDE, shape
from reportgen.word.joins import joins, trimmed
from reportgen.word.markers import put_before
from reportgen.word.markup import w
from reportgen.word.pictures import room
from reportgen.word.places import texts
from reportgen.word.rich import in_run, in_story, no_text, single_spaced
from reportgen.word.sinks import layout_of, run_sink

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from reportgen.language import Hold, Sink
    from reportgen.word.markers import Cut
    from reportgen.word.places import Place
    from reportgen.word.sinks import RunSink

_LEVEL: Final = re.compile(r"\s*(p|tr|tc|r|vm|hm|colspan|cellbg)(?=\s|$)")
_LEVELS: Final = {
    "{%": _LEVEL,
    "{#": re.compile(r"(p|tr|tc)(?=\s|$)"),
    "{{": re.compile(r"(p|r)\s+(?=[^\W\d])(?!(?:if|and|or|in|is|not)\b)"),
}
_WHOLE: Final = {"p": w("p"), "tr": w("tr"), "tc": w("tc")}
_NAMES: Final = {
    "p": Label(Span(), N_("paragraph")),
    "tr": Label(Span(), N_("row")),
    "tc": Label(Span(), N_("cell")),
}
_MORE: Final = Label(Span(), N_("a picture, a break or the mark of a note"))
_NOT_TEXT: Final = (
    *map(w, ("drawing", "pict", "object", "br", "sectPr", "fldChar", "fldSimple", "sym")),
    *map(w, ("footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef")),
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
)
_STYLE: Final = f"{w('pPr')}/{w('pStyle')}"
_RUN: Final = "r"
_STATEMENT: Final = re.compile(r"[{｛][%％]\s*(?:(?:p|tr|tc|r)\s+)?([^\W\d]\w*[^{｛%％]*)")
_OUTPUT: Final = "{{"
_LOOSE: Final = (w("p"), w("ins"), w("moveTo"))
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

UNCLOSED = rule(
    "T532",
    "unclosed-tag",
    Severity.ERROR,
    "a tag is opened and not closed in its paragraph: “{tag}”",
    "close it with the sign that belongs to it: {{{{ }}}} or {{% %}}",
)
BESIDE = rule(
    "T533",
    "text-beside-tag",
    Severity.ERROR,
    "“{text}” stands beside a tag that takes the whole {whole} away",
    "put the tag alone into a paragraph, row or cell of its own",
)
NOT_WHOLE = rule(
    "T548",
    "block-not-whole",
    Severity.ERROR,
    "“{tag}” stands in a text or for a cell, and a block takes whole paragraphs or whole rows",
    "write {{%p block 名 %}} and {{%p endblock %}} in paragraphs of their own, in a table {{%tr block 名 %}}",
)


def paragraph(place: Place, state: Cut) -> Span:
    """Cut the tags of one paragraph out and give its span; what cannot be cut is reported and left."""
    parts = list(texts(place.element))
    whole = "".join(part.text or "" for part in parts)
    span = state.place._replace(line=place.number, cell=place.cell, quote=whole.strip())
    cut_up = typed = list(_cut_up(whole, place.element, span, state))
    level = state.headings.get(_style(place.element)) if state.headings else None
    tagged = any(piece.kind for piece in typed)
    layout = layout_of(place.element) if tagged or level else None
    if tagged:
        cut_up = list(trimmed(typed))
        inner = _inner(cut_up)
        if len(inner) < len(cut_up):
            _put_around(place.element, cut_up, inner, span, state)
            cut_up = inner
        elif any(_level(piece) in _WHOLE for piece in cut_up):
            _replace_whole(place.element, cut_up, whole, span, state)
            return span
        else:
            state.joins += joins(typed, place.element, span)
        _take(parts, cut_up, layout, span, state)
    said = any(not piece.kind and piece.text.strip() for piece in cut_up)
    if level and (said or any(piece.kind == _OUTPUT for piece in cut_up)):
        first = next(part for part in parts if part.getparent() is not None)
        first.text = state.marker(Numeral(level, span, run_sink(first, layout).write, waits=not said)) + (
            first.text or ""
        )
        first.set(_SPACE, "preserve")
    return span


def _inner(cut_up: Sequence[Typed]) -> list[Typed]:
    """Give what stands between tags for paragraphs, `{%p if … %}text{%p endif %}`; all where none stand around text."""
    own = [_level(piece) == "p" and piece.kind == "{%" for piece in cut_up]
    said = [at for at, piece in enumerate(cut_up) if not own[at] and (piece.kind or piece.text.strip())]
    first, last = (said[0], said[-1]) if said else (0, 0)
    around = any(own[:first]) and any(own[last:])
    inner = [piece for at, piece in enumerate(cut_up) if first <= at <= last]
    return inner if around and not any(_level(piece) in _WHOLE for piece in inner) else list(cut_up)


def _put_around(paragraph: Element, cut_up: Sequence[Typed], inner: Sequence[Typed], span: Span, state: Cut) -> None:
    """Put the tags around the text of a paragraph around the paragraph itself."""
    parent = paragraph.getparent()
    assert parent is not None  # noqa: S101 — a paragraph stands in a story
    state.thinned.add(parent)
    home = state.home(parent)
    start, end = inner[0].start, inner[-1].end
    before, after = (
        state.marker(*(Tag("{%", _LEVEL.sub("", tag.text, count=1), span, home=home) for tag in tags if tag.kind))
        for tags in ([one for one in cut_up if one.end <= start], [one for one in cut_up if one.start >= end])
    )
    put_before(paragraph, before)
    paragraph.tail = after + (paragraph.tail or "")


def _cut_up(whole: str, paragraph: Element, span: Span, state: Cut) -> Iterator[Typed]:
    """Cut the text of a paragraph into tags and the rest, as far as its tags are closed."""
    try:
        yield from pieces(whole)
    except Unclosed as unclosed:
        left = whole[unclosed.start :]
        state.found.append(UNCLOSED.at(span, tag=left.strip()))
        torn = (Tag(TORN, one[1], span) for one in _STATEMENT.finditer(left))
        paragraph.tail = state.marker(*torn) + (paragraph.tail or "")


def _level(piece: Typed) -> str:
    """Tell what a tag stands for beside itself: a paragraph, a row, a cell, a run, or the shape of a cell."""
    words = _LEVELS.get(piece.kind)
    found = words and words.match(piece.text)
    return found[1] if found else ""


def _style(paragraph: Element) -> str:
    style = paragraph.find(_STYLE)
    return "" if style is None else str(style.get(w("val")))


def _replace_whole(paragraph: Element, cut_up: Sequence[Typed], whole: str, span: Span, state: Cut) -> None:
    """Let tags that stand for a whole paragraph, row or cell take its place; at fault they stand before it."""
    level = next(one for one in map(_level, cut_up) if one in _WHOLE)
    target = next((one for one in (paragraph, *paragraph.iterancestors()) if one.tag == _WHOLE[level]), None)
    own = [piece for piece in cut_up if _level(piece) == level or piece.kind == "{#"]
    taken = set(own)
    beside = "".join(whole[piece.start : piece.end] for piece in cut_up if piece not in taken)
    lost = "" if target is None else _lost(target, whole, beside)
    if target is None:
        state.found.append(OUTSIDE.at(span, tag=whole.strip()))
    elif lost and not any(one.rule is UNCLOSED and one.span == span for one in state.found[-1:]):
        state.found.append(BESIDE.at(span, text=lost, whole=_NAMES[level]))
    element = paragraph if target is None else target
    parent = element.getparent()
    assert parent is not None  # noqa: S101 — a paragraph, row or cell stands in a story
    if level == "tc":
        _refuse_blocks(own, span, state)
    state.thinned.add(parent)
    state.spread = state.spread or level == "tc"
    home = state.home(parent)
    kinds = {"{%": "{%", _OUTPUT: LAYOUT}
    sink: Sink = str
    hold: Hold | None = None
    if any(tag.kind == _OUTPUT for tag in own):
        before = single_spaced(paragraph.find(w("pPr")))
        sink, hold = partial(no_text, before), partial(in_story, before, room(paragraph, state.areas))
    said = [
        Tag(kinds[tag.kind], _LEVEL.sub("", tag.text, count=1), span, sink, home, hold)
        for tag in own
        if tag.kind in kinds
    ]
    state.leave(element, *said, stays=bool(lost) or target is None)


def _refuse_blocks(tags: Sequence[Typed], span: Span, state: Cut) -> None:
    """Report tags that begin a named block where none can begin."""
    for tag in tags:
        text = _LEVEL.sub("", tag.text, count=1)
        if tag.kind == "{%" and text.split(None, 1)[:1] == ["block"]:
            state.found.append(NOT_WHOLE.at(span, tag=text.strip()))


def _lost(target: Element, whole: str, beside: str) -> object:
    """Give what would be lost with an element: its text, `beside` in place of the `whole` paragraph, or a picture."""
    text = "".join(part.text or "" for part in target.iter(w("t"))).replace(whole, beside, 1)
    return text.strip() or (_MORE if any(True for _ in target.iter(*_NOT_TEXT)) else "")


class _Spot(NamedTuple):
    """What the tags that begin in one `w:t` have in common."""

    text: Element
    span: Span
    sink: RunSink
    home: object
    hold: Hold


def _take(parts: Sequence[Element], cut_up: Sequence[Typed], layout: str | None, span: Span, state: Cut) -> None:
    """Cut tags out of the texts that they are spread over, and leave a marker in the text where each begins."""
    ends = list(accumulate(len(part.text or "") for part in parts))
    kept: list[list[str]] = [[] for _ in parts]
    at = 0
    spot: _Spot | None = None
    for piece in cut_up:
        while ends[at] <= piece.start:
            at += 1
        if piece.kind:
            part = parts[at]
            if spot is None or spot.text is not part:
                sink = run_sink(part, layout)
                spot = _Spot(part, span, sink, state.home(part), partial(in_run, sink, room(part, state.areas)))
            kept[at].append(_marked(piece, spot, state))
            continue
        start = piece.start
        for index in range(at, bisect_left(ends, piece.end) + 1):
            kept[index].append(piece.text[start - piece.start : ends[index] - piece.start])
            start = ends[index]
    for part, said in zip(parts, kept, strict=True):
        text, old = "".join(said), part.text
        if said and text != old:
            part.text = text
            part.set(_SPACE, "preserve")
        elif old and not said:
            _drop(part)


def _marked(tag: Typed, spot: _Spot, state: Cut) -> str:
    """Give the marker of a tag; a comment has none, nor what shapes a cell."""
    if tag.kind == "{#":
        return ""
    level = _level(tag)
    text = _LEVEL.sub("", tag.text, count=1) if level else tag.text
    if level and level != _RUN:
        shape(level, text, spot.text, spot.span, state)
        return ""
    if tag.kind == "{%":
        _refuse_blocks([tag._replace(text=text)], spot.span, state)
    return state.marker(Tag(tag.kind, text, spot.span, spot.sink.write, spot.home, spot.hold))


def _drop(part: Element) -> None:
    """Take out a text that a tag used up, with its run if nothing else is in it, and with the insertion around that."""
    run = part.getparent()
    holder = None if run is None else run.getparent()
    assert run is not None  # noqa: S101 — a text that is read stands in something
    run.remove(part)
    if holder is not None and holder.tag in _LOOSE and all(one.tag == w("rPr") for one in run):
        holder.remove(run)
        around = holder.getparent()
        if around is not None and holder.tag != w("p") and len(holder) == 0:
            around.remove(holder)

"""The tree of one story in, pieces of a template out: each tag is found, joined from its runs, and cut out of the XML.

A tag leaves a marker in the tree: two noncharacters around its number. Writing the tree and cutting it at the markers gives
the literal XML between the tags, which never meets the language's parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

from reportgen.diagnostics import N_, Diagnostic, Label, Severity, Span, rule
from reportgen.language import Numeral, Piece, Tag, Text, Typed, Unclosed, pieces
from reportgen.word.markup import w
from reportgen.word.places import Place, body, texts
from reportgen.word.sinks import RunSink, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARKER: Final = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_RESERVED: Final = re.compile("[\ufdd0-\ufdef\U000f0000-\U0010ffff]")
_LEVEL: Final = re.compile(r"\s*(p|tr|tc|vm)(?=\s|$)")
_WHOLE: Final = {"p": w("p"), "tr": w("tr"), "tc": w("tc")}
_NAMES: Final = {
    "p": Label(Span(), N_("paragraph")),
    "tr": Label(Span(), N_("row")),
    "tc": Label(Span(), N_("cell")),
}
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_BEFORE_MERGE: Final = frozenset(map(w, ("cnfStyle", "tcW", "gridSpan", "hMerge")))

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
OUTSIDE = rule(
    "T534",
    "tag-outside-table",
    Severity.ERROR,
    "“{tag}” stands outside a table",
    "use {{%p … %}} for paragraphs",
)
RESERVED = rule(
    "T535",
    "reserved-character",
    Severity.ERROR,
    "the text holds the private-use character {code}",
    "delete it; it may be invisible",
)


@dataclass(slots=True)
class Cut:
    """What was cut out of one story, by marker number."""

    path: str
    part: str
    headings: dict[str, int]
    pieces: list[list[Piece]] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    def marker(self, *cut: Piece) -> str:
        """Keep pieces and give the marker that stands for them."""
        self.pieces.append(list(cut))
        return f"{_OPEN}{len(self.pieces) - 1}{_CLOSE}"


def cut(root: Element, path: str, part: str, headings: dict[str, int]) -> tuple[list[Piece], list[Diagnostic]]:
    """Cut a story into pieces; `headings` maps style ids to the level of their numeral."""
    state = Cut(path, part, headings)
    for place in body(root).places:
        _paragraph(place, state)
    xml = etree.tostring(root, encoding="unicode")
    return list(_assemble(xml, state)), state.found


def _assemble(xml: str, state: Cut) -> Iterator[Piece]:
    position = 0
    for marker in _MARKER.finditer(xml):
        if marker.start() > position:
            yield Text(xml[position : marker.start()])
        yield from state.pieces[int(marker[1])]
        position = marker.end()
    yield Text(xml[position:])


def _paragraph(place: Place, state: Cut) -> None:
    parts = list(texts(place.element))
    whole = "".join(part.text or "" for part in parts)
    span = Span(state.path, place.number, part=state.part, cell=place.cell, quote=whole.strip())
    if reserved := _RESERVED.search(whole):
        state.found.append(RESERVED.at(span, code=f"U+{ord(reserved.group()):04X}"))
        return
    try:
        tags = [piece for piece in pieces(whole) if piece.kind]
    except Unclosed as unclosed:
        state.found.append(UNCLOSED.at(span, tag=whole[unclosed.start :].strip()))
        return
    structural = [tag for tag in tags if _level(tag) in _WHOLE]
    if structural:
        _replace_whole(place.element, structural, whole, span, state)
        return
    for tag in reversed(tags):
        _take(parts, tag, span, state)
    level = state.headings.get(_style(place.element))
    if level and whole.strip():
        _put(parts[0], 0, state.marker(Numeral(level, span, RunSink(parts[0]))))


def _level(tag: Typed) -> str:
    found = _LEVEL.match(tag.text) if tag.kind == "{%" else None
    return found[1] if found else ""


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else str(style.get(w("val")))


def _replace_whole(paragraph: Element, tags: list[Typed], whole: str, span: Span, state: Cut) -> None:
    """Let tags that stand for a whole paragraph, row or cell take its place."""
    level = _level(tags[0])
    target = paragraph
    while target is not None and target.tag != _WHOLE[level]:
        target = target.getparent()
    if target is None:
        state.found.append(OUTSIDE.at(span, tag=whole.strip()))
        return
    beside = "".join(text.text or "" for text in target.iter(w("t")))
    for tag in tags:
        beside = beside.replace(whole[tag.start : tag.end], "", 1)
    if beside.strip():
        state.found.append(BESIDE.at(span, text=beside.strip(), whole=_NAMES[level]))
        return
    cut_out = [Tag("{%", _LEVEL.sub("", tag.text, 1), span) for tag in tags]
    _leave_text(target, state.marker(*cut_out))


def _leave_text(element: Element, text: str) -> None:
    """Put text where an element stood."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    text += element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    parent.remove(element)


def _take(parts: list[Element], tag: Typed, span: Span, state: Cut) -> None:
    """Cut one tag out of the texts that it is spread over, and leave its marker in the first."""
    position = 0
    first: tuple[Element, int] | None = None
    for part in parts:
        text = part.text or ""
        start, end = tag.start - position, tag.end - position
        position += len(text)
        if start < len(text) and end > 0:
            part.text = text[: max(start, 0)] + text[end:]
            first = first or (part, max(start, 0))
    assert first is not None  # noqa: S101 — the tag was found in these texts
    if tag.kind == "{#":
        return
    if _level(tag) == "vm":
        _merge(first[0], tag, span, state)
        return
    _put(*first, state.marker(Tag(tag.kind, tag.text, span, RunSink(first[0]))))


def _put(part: Element, offset: int, marker: str) -> None:
    text = part.text or ""
    part.text = text[:offset] + marker + text[offset:]
    part.set(_SPACE, "preserve")


def _merge(part: Element, tag: Typed, span: Span, state: Cut) -> None:
    """Merge a cell with the one above unless the expression of its `vm` tag holds; a cell that goes on prints nothing."""
    cell = next(part.iterancestors(w("tc")), None)
    if cell is None:
        state.found.append(OUTSIDE.at(span, tag=f"{{%{tag.text}%}}"))
        return
    test = Tag("{%", f"if {_LEVEL.sub('', tag.text, 1)}", span)
    otherwise, end = Tag("{%", "else", span), Tag("{%", "endif", span)
    properties = cell.find(w("tcPr"))
    if properties is None:
        properties = etree.Element(w("tcPr"))
        cell.insert(0, properties)
    place = sum(child.tag in _BEFORE_MERGE for child in properties)
    merge = etree.Element(w("vMerge"))
    merge.set(w("val"), state.marker(test, Text("restart"), otherwise, Text("continue"), end))
    properties.insert(place, merge)
    properties.tail = (properties.tail or "") + state.marker(test)
    empty = Text(f"<w:p>{_format(part)}</w:p>")
    cell[-1].tail = (cell[-1].tail or "") + state.marker(otherwise, empty, end)


def _format(part: Element) -> str:
    paragraph = next(part.iterancestors(w("p")))
    return written(paragraph.find(w("pPr")))

"""The bytes of a .docx go in, what a reader finds in it comes out, all tracked changes accepted."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from reportgen.language import Mark, strip
from reportgen.word.markup import w
from reportgen.word.opening import MAIN, opened
from reportgen.word.places import CALLS, TEXT_BOX, body, computed, said, shown, text_of
from reportgen.word.text.model import Document, Paragraph
from reportgen.word.text.notes import STORIES, Call, Notes
from reportgen.word.text.numbering import Counter, Lists
from reportgen.word.text.sections import Sections
from reportgen.word.text.styles import BODY_TEXT, Styles, listed, on, properties
from reportgen.word.text.tables import deleted, left

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from reportgen.diagnostics import Diagnostic
    from reportgen.word.opening import Package, Trees
    from reportgen.word.places import Body, Place
    from reportgen.word.text.model import Block, Note, Section
    from reportgen.word.text.styles import Listed, Style

_MARGINS = {"页眉": "页", "页脚": "页"}  # their lists go on in one another
_BETWEEN = "\0"  # no XML holds it
_RANGES = tuple(map(w, ("p", "tbl", "sdt", "customXml")))  # the others that stand between paragraphs show nothing


def read(data: bytes, path: str, *, traced: bool = False) -> tuple[Document | None, list[Diagnostic]]:
    """Read the text of a .docx, all tracked changes accepted; the document is None if it cannot be read.

    With `traced` the marks of a traced render are taken out of the text; without, every character is the author's.
    """
    package, trees = opened(data, path)
    if package is None:
        return None, trees.found
    reader = _Reader(package, trees, traced=traced)
    paragraphs: list[Paragraph] = []
    layout: dict[str, tuple[Block, ...]] = {}
    for story in package.stories:
        root = trees.get(story.part)
        if root is None:
            continue
        lines, layout[story.name] = reader.story(story.name, root)
        plain = _unmarked([line.text for line in lines]) if traced and lines else [(line.text, ()) for line in lines]
        for line, (text, marks) in zip(lines, plain, strict=True):
            where = story.name, line.place.number, line.place.cell, line.style
            paragraphs.append(Paragraph(*where, text, marks, line.numeral, line.level, line.computed))
    return Document(path, tuple(paragraphs), layout, reader.sections, tuple(reader.notes)), trees.found


class _Line(NamedTuple):
    """A paragraph as it is read, marks and all."""

    place: Place
    style: str
    text: str
    numeral: str
    level: int
    computed: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Text:
    """The text of a paragraph, piece by piece, before which of them it calls for notes, and which Word computes."""

    traced: bool
    pieces: list[str] = field(default_factory=list)
    calls: list[tuple[Element, int]] = field(default_factory=list)
    fields: list[int] = field(default_factory=list)

    def computed(self) -> Iterator[tuple[int, int]]:
        """Give the stretches of the text without marks that Word computes."""
        at = 0
        for number, piece in enumerate(self.pieces if self.fields else ()):
            start, at = at, at + len(strip(piece)[0] if self.traced else piece)
            if number in self.fields:
                yield start, at

    def called(self, number: int) -> Iterator[Call]:
        """Give the calls of the paragraph, which has this number, with their places in the text without marks."""
        at = done = 0
        for element, pieces in self.calls:
            before = "".join(self.pieces[done:pieces])
            at += len(strip(before)[0] if self.traced else before)
            done = pieces
            yield Call(element, number, at)


class _Reader:
    """The styles and lists of one file, how far its lists have counted, its sections, and where it calls for notes."""

    def __init__(self, package: Package, trees: Trees, *, traced: bool) -> None:
        links = package.relationships.get(package.main, ())
        linked = {link.kind: link.target for link in links if not link.external}
        names = {story.part: story.name for story in package.stories}
        self.sections: tuple[Section, ...] = ()
        self.notes: list[Note] = []
        self._traced = traced
        self._styles = Styles(trees.get(linked.get("styles", "")))
        self._lists = Lists(trees.get(linked.get("numbering", "")), self._styles)
        self._settings = trees.get(linked.get("settings", ""))
        self._margins = {link.id: names[link.target] for link in links if link.target in names}
        self._counters: dict[tuple[str, bool], Counter] = {}
        self._calls: list[Call] = []
        self._body: tuple[Element, Sections] | None = None
        self._computed: set[Element] = set()
        parts = (linked.get("styles", ""), *names)
        self._hides = any(b"vanish" in package.parts[name].data for name in parts if name in package.parts)
        self._calling = not STORIES.keys().isdisjoint(names.values())

    def story(self, name: str, root: Element) -> tuple[list[_Line], tuple[Block, ...]]:
        """Read one story, the body first: its paragraphs that are there, and how they stand in tables."""
        found = body(root)
        self._computed = computed(root)
        gone = set(deleted(found.blocks))
        signs: Mapping[int, str] = {}
        if name == MAIN:
            sections = Sections(root, found.places, self._settings)
            self.sections = sections.read(self._margins)
            self._body = root, sections
        elif name in STORIES and self._body is not None:
            notes = Notes(name, found.places, self._calls, self._body[1].counting(name))
            gone |= notes.uncalled(self._body[0])
            signs = notes.signs()
            self.notes += notes.read()
        lines = list(self._lines(name, found, gone))
        if signs:
            lines = [one._replace(numeral=one.numeral or signs.get(one.place.number, "")) for one in lines]
        return lines, left(found.blocks, gone)

    def _lines(self, story: str, found: Body, gone: set[int]) -> Iterator[_Line]:
        """Read the paragraphs of a story but those that are `gone`, which takes in those that go on in the next.

        Headers and footers are counted together, text boxes apart from what is around them.
        """
        begun: dict[Element, _Text] = {}
        for place in found.places:
            if place.number in gone:
                continue
            own = properties(place.element)
            style = self._styles.get(own.style)
            text = begun.pop(place.element, None) or _Text(self._traced)
            self._read(place.element, style, text)
            if own.joined:
                following = _next(place.element)
                if following is not None or not any(text.pieces):
                    gone.add(place.number)
                    begun |= {} if following is None else {following: text}
                    continue
            self._calls += text.called(place.number)
            level = style.level if own.outline is None else own.outline + 1 if own.outline < BODY_TEXT else 0
            member = listed(own.listed, style.listed)
            numeral = self._numeral(story, place.element, member) if member else ""
            yield _Line(place, style.name, "".join(text.pieces), numeral, level, tuple(text.computed()))

    def _numeral(self, story: str, paragraph: Element, member: Listed) -> str:
        boxed = next(paragraph.iterancestors(TEXT_BOX), None) is not None
        counter = self._counters.setdefault((_MARGINS.get(story[:2], story), boxed), Counter(self._lists))
        return counter.next(member)

    def _read(self, paragraph: Element, style: Style, text: _Text) -> None:
        """Add what a paragraph says to what is known of it, and where it calls for notes."""
        if not self._hides and not self._calling and not self._computed:
            text.pieces.append(text_of(paragraph))
            return
        for leaf in shown(paragraph):
            if self._hides and self._hidden(leaf.getparent(), style):
                continue
            if leaf.tag in CALLS:
                text.calls.append((leaf, len(text.pieces)))
            if leaf in self._computed:
                text.fields.append(len(text.pieces))
            text.pieces.append(said(leaf))

    def _hidden(self, run: Element | None, around: Style) -> bool:
        """Tell whether the text of a run is hidden, by itself, by its style, or by that of its paragraph."""
        own = None if run is None else run.find(w("rPr"))
        hidden = on(own, "vanish")
        if hidden is not None:
            return hidden
        named = None if own is None else own.find(w("rStyle"))
        return around.hidden or (named is not None and self._styles.get(str(named.get(w("val"), ""))).hidden)


def _next(paragraph: Element) -> Element | None:
    """Give the paragraph that one without a mark of its own goes on in; none before a table or an end."""
    following = next((one for one in paragraph.itersiblings() if one.tag in _RANGES), None)
    return following if following is not None and following.tag == w("p") else None


def _unmarked(texts: list[str]) -> list[tuple[str, tuple[Mark, ...]]]:
    """Take the marks out of the paragraphs of one story; an output over several of them has a mark in each."""
    plain, marks = strip(_BETWEEN.join(texts))
    lines = plain.split(_BETWEEN)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    own: list[list[Mark]] = [[] for _ in lines]
    for start, end, output in marks:
        for at in range(bisect_right(starts, start) - 1, bisect_right(starts, end)):
            own[at].append(Mark(max(start - starts[at], 0), min(end - starts[at], len(lines[at])), output))
    return [(line, tuple(sorted(one))) for line, one in zip(lines, own, strict=True)]

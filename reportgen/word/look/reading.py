"""A Word file in, what its look is made of out: sections, lines of text as they are formatted, tables, page numbers."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.word.formatting import Characters, Formatting, Shape
from reportgen.word.look.standard import NATURAL
from reportgen.word.markup import R, on, w, whole
from reportgen.word.places import body, inside, text_of, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element as Element

    from reportgen.diagnostics import Span
    from reportgen.word.opening import Package, Trees
    from reportgen.word.text import Paragraph

NUMBER: Final = "\0"  # stands for the number in the text of a page number
_TWIPS: Final = 20
_LETTER: Final = {"w": 12_240, "h": 15_840, "top": 1440, "bottom": 1440, "left": 1440, "right": 1440, "gutter": 0}
_FULL: Final = 5000  # the whole width, in fiftieths of a per cent
_WIDE: Final = "\u2e80"  # characters from here on are as wide as high
_SIDES: Final = ("top", "bottom", "left", "right")


class Piece(NamedTuple):
    """A stretch of text of one look."""

    text: str
    look: Characters


class Line(NamedTuple):
    """One paragraph: its place, style, heading level, the number that Word puts before it, text, look, section from 0.

    `boxed` says that it stands in a text box, `breaks` that it holds a page break.
    """

    span: Span
    style: str
    level: int
    numeral: str
    text: str
    shape: Shape
    pieces: tuple[Piece, ...]
    section: int
    boxed: bool
    breaks: bool

    @property
    def size(self) -> Decimal:
        """The largest size in it, in points."""
        return max((one.look.size for one in self.pieces), default=Decimal(0))


class PageNumber(NamedTuple):
    """A paragraph with a page number: its text with a sign for the number, how it and the number look.

    `free` says that it stands in a frame or a text box, wherever that is.
    """

    span: Span
    text: str
    shape: Shape
    look: Characters
    free: bool


class Section(NamedTuple):
    """A stretch of pages; measures in points, page numbers by the kind of page (default, first, even)."""

    span: Span
    width: Decimal
    height: Decimal
    margins: Mapping[str, Decimal]
    pitch: Decimal
    added: Decimal
    own_first: bool
    continuous: bool
    numbers: Mapping[str, tuple[PageNumber, ...]]


class Table(NamedTuple):
    """A table that stands in no other: its first paragraph, its width and height in points, and what its rows do."""

    span: Span
    width: Decimal
    height: Decimal
    columns: int
    repeats: bool
    splits: bool
    section: int


class Pages(NamedTuple):
    """Everything of a Word file that its look is judged by; `mirrored` where odd and even pages differ."""

    span: Span
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    mirrored: bool


def read(package: Package, trees: Trees, said: Mapping[int, Paragraph]) -> Pages:
    """Read how a Word file looks; what is hidden or deleted is not seen.

    `said` is what is read of the main part as text, by the numbers of its paragraphs.
    """
    reader = _Reader(package, trees, said)
    return Pages(
        package.place(package.main),
        tuple(reader.lines.values()),
        tuple(reader.sections()),
        tuple(reader.tables()),
        mirrored=reader.mirrored,
    )


class _Reader:
    """One Word file and its formatting; each part is read once."""

    def __init__(self, package: Package, trees: Trees, said: Mapping[int, Paragraph]) -> None:
        """Read the lines of the main part."""
        self._said = said
        self._package, self._trees = package, trees
        self._links = {one.id: one for one in package.relationships.get(package.main, ())}
        self._formatting = Formatting(package, trees)
        self._root = trees.get(package.main)
        assert self._root is not None  # noqa: S101 — an opened package has a main part
        settings = next((trees.get(one.target) for one in self._links.values() if one.kind == "settings"), None)
        self.mirrored = settings is not None and on(settings.find(w("evenAndOddHeaders")))
        self.lines = dict(self._lines(self._root))
        self.numbers = cache(self._numbers)

    def _lines(self, root: Element) -> Iterator[tuple[Element, Line]]:
        span = self._package.place(self._package.main)
        section = 0
        for one in body(root).places:
            paragraph, table = one.element, _style_of_table(one.element) if one.cell else ""
            text, said = text_of(paragraph), self._said.get(one.number)
            yield (
                paragraph,
                Line(
                    span._replace(line=one.number, cell=one.cell, quote=text.strip()),
                    said.style if said else "",
                    said.level if said else 0,
                    said.numeral if said else "",
                    text,
                    self._formatting.shape(paragraph, table),
                    tuple(self._pieces(paragraph, table)),
                    section,
                    boxed=_in_box(paragraph),
                    breaks=any(br.get(w("type")) == "page" for br in paragraph.iter(w("br"))),
                ),
            )
            section += paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None

    def _pieces(self, paragraph: Element, table: str) -> Iterator[Piece]:
        """Read what is seen of a paragraph, with neighbours of one look together."""
        runs = ((part.text or "", next(part.iterancestors(w("r")), None)) for part in texts(paragraph))
        looks = ((text, self._formatting.characters(run, paragraph, table)) for text, run in runs if run is not None)
        for look, same in groupby(looks, lambda one: one[1]):
            if not look.hidden:
                yield Piece("".join(text for text, _ in same), look)

    def sections(self) -> Iterator[Section]:
        """Read the sections in order; one that names no header or footer goes on with that of the section before."""
        first: dict[int, Span] = {}
        for one in self.lines.values():
            first.setdefault(one.section, one.span)
        ends = [end for one in self.lines if (end := one.find(f"{w('pPr')}/{w('sectPr')}")) is not None]
        last = None if self._root is None else self._root.find(f"{w('body')}/{w('sectPr')}")
        parts: dict[str, str] = {}
        for at, end in enumerate([*ends, *([] if last is None else [last])]):
            for reference in end.iterchildren(w("footerReference"), w("headerReference")):
                link = self._links.get(str(reference.get(f"{{{R}}}id")))
                if link is not None:
                    parts[f"{reference.tag} {reference.get(w('type'), 'default')}"] = link.target
            yield self._section(end, first.get(at, self._package.place(self._package.main)), parts)

    def _section(self, end: Element, span: Span, parts: Mapping[str, str]) -> Section:
        size, margins, grid, kind = (end.find(w(name)) for name in ("pgSz", "pgMar", "docGrid", "type"))
        says = {} if grid is None else {str(name).rpartition("}")[2]: str(value) for name, value in grid.items()}
        gridded = says.get("type", "default") != "default"
        sides = {side: _measure(margins, side) for side in (*_SIDES, "gutter")}
        sides["left"] += sides.pop("gutter")
        found: dict[str, tuple[PageNumber, ...]] = {}
        for named, part in parts.items():
            page = named.rpartition(" ")[2]
            found[page] = (*found.get(page, ()), *self.numbers(part))
        return Section(
            span,
            _measure(size, "w"),
            _measure(size, "h"),
            sides,
            Decimal(whole(says.get("linePitch")) or 0) / _TWIPS if gridded else Decimal(0),
            _signed(says.get("charSpace")) / 4096 if says.get("type") == "linesAndChars" else Decimal(0),
            own_first=on(end.find(w("titlePg"))),
            continuous=kind is not None and kind.get(w("val")) == "continuous",
            numbers=found,
        )

    def _numbers(self, part: str) -> tuple[PageNumber, ...]:
        """Read the page numbers in a header or footer."""
        root = self._trees.get(part)
        return () if root is None else tuple(self._numbered(root, self._package.place(part)))

    def _numbered(self, root: Element, place: Span) -> Iterator[PageNumber]:
        for one in body(root).places:
            text, run = _with_number(one.element)
            if run is not None:
                span = place._replace(line=one.number, cell=one.cell, quote=text_of(one.element).strip())
                look = self._formatting.characters(run, one.element)
                free = _in_box(one.element) or one.element.find(f"{w('pPr')}/{w('framePr')}") is not None
                yield PageNumber(span, text.strip(), self._formatting.shape(one.element), look, free)

    def tables(self) -> Iterator[Table]:
        """Read the tables that stand in no other."""
        root = self._root
        for one in () if root is None else root.iter(w("tbl")):
            first = next((self.lines[inner] for inner in one.iter(w("p")) if inner in self.lines), None)
            if first is None or next(one.iterancestors(w("tbl")), None) is not None:
                continue
            rows = list(inside(one, w("tr")))
            own = one.find(w("tblPr"))
            grid = [_signed(column.get(w("w"))) / _TWIPS for column in one.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
            yield Table(
                first.span,
                _width(own, grid),
                sum((self._height(row, grid) for row in rows), Decimal(0)),
                max(len(list(inside(row, w("tc")))) for row in rows),
                repeats=on(rows[0].find(f"{w('trPr')}/{w('tblHeader')}")),
                splits=not all(on(row.find(f"{w('trPr')}/{w('cantSplit')}")) for row in rows),
                section=first.section,
            )

    def _height(self, row: Element, grid: Sequence[Decimal]) -> Decimal:
        """Estimate how high a row is, from how wide its words run in its cells."""
        high = Decimal(0)
        cells = list(inside(row, w("tc")))
        even = sum(grid, Decimal(0)) / (len(cells) or 1)
        for cell in cells:
            own = cell.find(f"{w('tcPr')}/{w('tcW')}")
            told = Decimal(0) if own is None or own.get(w("type")) != "dxa" else _signed(own.get(w("w"))) / _TWIPS
            wide = max(told or even, Decimal(_TWIPS))
            lines = [self.lines[one] for one in cell.iter(w("p")) if one in self.lines]
            high = max(high, sum((_rows(line, wide) * NATURAL * line.size for line in lines), Decimal(0)))
        return high


def _with_number(paragraph: Element) -> tuple[str, Element | None]:
    """Read a paragraph with a sign in place of the page number; gives the run with the number, if there is one."""
    said: list[str] = []
    run: Element | None = None
    fields: list[str] = []
    for one in paragraph.iter(*map(w, ("t", "fldChar", "instrText", "fldSimple"))):
        if next(one.iterancestors(w("p")), None) is not paragraph:
            continue
        simple = next(one.iterancestors(w("fldSimple")), None)
        kind = one.get(w("fldCharType"))
        if one.tag == w("fldSimple") and _counts_pages(str(one.get(w("instr"), ""))):
            said.append(NUMBER)
            run = next(one.iter(w("r")), one)
        elif one.tag == w("instrText") and fields:
            fields[-1] += one.text or ""
            run = one.getparent() if _counts_pages(fields[-1]) else run
        elif kind == "begin":
            fields.append("")
        elif kind == "end" and fields:
            said += [NUMBER] if _counts_pages(fields.pop()) else []
        elif one.tag == w("t") and not (simple is not None and _counts_pages(str(simple.get(w("instr"), "")))):
            said += [] if any(map(_counts_pages, fields)) else [one.text or ""]
    return "".join(said), run


def _counts_pages(instruction: str) -> bool:
    return instruction.split()[:1] == ["PAGE"]


def _in_box(paragraph: Element) -> bool:
    return next(paragraph.iterancestors(w("txbxContent")), None) is not None


def _style_of_table(paragraph: Element) -> str:
    table = next(paragraph.iterancestors(w("tbl")), None)
    style = None if table is None else table.find(f"{w('tblPr')}/{w('tblStyle')}")
    return "" if style is None else str(style.get(w("val"), ""))


def _width(own: Element | None, grid: Sequence[Decimal]) -> Decimal:
    """Give how far a table reaches to the right of the margin, in points."""
    wide, indent = (None if own is None else own.find(w(name)) for name in ("tblW", "tblInd"))
    fixed = wide is not None and wide.get(w("type")) == "dxa" and _signed(wide.get(w("w"))) > 0
    moved = Decimal(0) if indent is None else _signed(indent.get(w("w"))) / _TWIPS
    told = _signed(wide.get(w("w"))) / _TWIPS if fixed and wide is not None else sum(grid, Decimal(0))
    return max(moved, Decimal(0)) + told


def _rows(line: Line, wide: Decimal) -> int:
    """Count the rows that the words of a paragraph need in a width."""
    length = sum(line.size if one >= _WIDE else line.size / 2 for one in line.text)
    return max(int(-(-length // wide)), 1)


def _measure(element: Element | None, name: str) -> Decimal:
    """Give a measure of the page in points; what is not said is as in Word's own blank page."""
    told = None if element is None else element.get(w(name))
    return Decimal(_LETTER[name]) / _TWIPS if told is None else _signed(told) / _TWIPS


def _signed(told: str | None) -> Decimal:
    digits = (told or "").removeprefix("-")
    number = whole(digits) or 0
    return Decimal(-number if (told or "").startswith("-") else number)

"""The paragraphs and tables of one story, as a reader counts them: a root element goes in, numbered places come out.

Every `w:p` counts, in document order, also in tables, content controls and text boxes; of `mc:AlternateContent` only
the first choice is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, Union

from reportgen.word.equations import M, linear
from reportgen.word.markup import w
from reportgen.word.signs import symbol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

MAX_COLUMNS = 63
TEXT_BOX = w("txbxContent")
NOTES = (w("footnote"), w("endnote"))
CALLS = (w("footnoteReference"), w("endnoteReference"))

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _TBL, _TR, _TC = w("p"), w("tbl"), w("tr"), w("tc")
_ALTERNATE, _CHOICE = f"{_MC}AlternateContent", f"{_MC}Choice"
_T, _MATH = w("t"), f"{{{M}}}oMath"
_BR, _SYM, _FIELD = w("br"), w("sym"), w("fldChar")
_TYPE, _NOTE = w("type"), "normal"
_SIGNS = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-"}
_LEAVES = {_T, _MATH, _BR, _SYM, _FIELD, *_SIGNS, *CALLS}
_UNREAD = {
    _P,
    *map(w, ("pPr", "rPr", "sdtPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "rt")),
}


class Place(NamedTuple):
    """One paragraph: its element, its number in the story from 1, the cell around it (`表2 第3行第1列`, or empty)."""

    element: Element
    number: int
    cell: str


class Cell(NamedTuple):
    """One cell: its element and what stands in it."""

    element: Element
    blocks: tuple[Block, ...]


class Row(NamedTuple):
    """One row of a table: its element and its cells."""

    element: Element
    cells: tuple[Cell, ...]


class Table(NamedTuple):
    """One table: its rows; nested tables stand in the cells."""

    rows: tuple[Row, ...]


Block: TypeAlias = Union[int, Table]  # noqa: UP007 — `|` cannot hold a name that mypy resolves later
"""The number of a paragraph, or a table of blocks."""


class Body(NamedTuple):
    """All paragraphs of a story in order, and how they stand in tables."""

    places: tuple[Place, ...]
    blocks: tuple[Block, ...]


def body(root: Element) -> Body:
    """Number the paragraphs of one story."""
    walk = _Walk()
    blocks = walk.blocks(root, "")
    return Body(tuple(walk.places), blocks)


def texts(paragraph: Element) -> Iterator[Element]:
    """Give the `w:t` of one paragraph, those of its text boxes and of tracked deletions left out."""
    return (leaf for leaf in _leaves(paragraph) if leaf.tag == _T)


def shown(paragraph: Element) -> Iterator[Element]:
    """Give the elements of one paragraph that a reader sees: texts, breaks, formulas, calls of notes, no codes."""
    codes: list[bool] = []
    hidden = 0
    for leaf in _leaves(paragraph):
        kind = leaf.get(w("fldCharType")) if leaf.tag == _FIELD else ""
        if kind == "begin":
            codes.append(True)
            hidden += 1
        elif kind in ("separate", "end") and codes:
            hidden -= codes.pop()
            codes += [False] if kind == "separate" else []
        elif not hidden and leaf.tag != _FIELD:
            yield leaf


def computed(root: Element) -> set[Element]:
    """Give the `w:t` that Word computes: the results of fields, such as page numbers and tables of contents."""
    found = {text for field in root.iter(w("fldSimple")) for text in field.iter(w("t"))}
    depth = 0
    for one in root.iter(w("fldChar"), w("t")):
        if one.tag == w("t"):
            found |= {one} if depth > 0 else set()
        else:
            depth += {"begin": 1, "end": -1}.get(str(one.get(w("fldCharType"))), 0)
    return found


def text_of(paragraph: Element) -> str:
    r"""Read the text of one paragraph as it stands when all tracked changes are accepted.

    Tabs are `\t`, line breaks `\n`; page breaks, field instructions and the paragraphs of text boxes are left out.
    """
    return "".join(map(said, shown(paragraph)))


def said(leaf: Element) -> str:
    """Read one element that a reader sees."""
    if leaf.tag == _T:
        return "".join((leaf.text or "", *(inner.tail or "" for inner in leaf)))
    if leaf.tag in _SIGNS:
        return _SIGNS[leaf.tag]
    if leaf.tag == _BR:
        return "" if leaf.get(w("type")) in ("page", "column") else "\n"
    if leaf.tag == _SYM:
        return _symbol(str(leaf.get(w("font"), "")), str(leaf.get(w("char"), "")))
    return linear(leaf) if leaf.tag == _MATH else ""


@dataclass(slots=True)
class _Walk:
    places: list[Place] = field(default_factory=list)

    def blocks(self, element: Element, cell: str) -> tuple[Block, ...]:
        found: list[Block] = []
        self._collect(element, cell, found, [0])
        return tuple(found)

    def _collect(self, element: Element, cell: str, found: list[Block], tables: list[int]) -> None:
        for child in _read(element):
            if child.tag == _TBL:
                tables[0] += 1
                found.append(self._table(child, f"{cell} 表{tables[0]}".lstrip()))
                continue
            if child.tag == _P:
                self.places.append(Place(child, len(self.places) + 1, cell))
                found.append(len(self.places))
                if next(child.iterdescendants(_P), None) is None:
                    continue
            elif child.tag in NOTES and child.get(_TYPE, _NOTE) != _NOTE:
                continue  # a line that parts notes from text
            self._collect(child, cell, found, tables)

    def _table(self, table: Element, name: str) -> Table:
        return Table(
            tuple(
                Row(
                    line,
                    tuple(
                        Cell(cell, self.blocks(cell, f"{name} 第{row}行第{column}列"))
                        for column, cell in enumerate(inside(line, _TC), 1)
                    ),
                )
                for row, line in enumerate(inside(table, _TR), 1)
            ),
        )


def _read(element: Element) -> Iterator[Element]:
    """Give the children, of alternatives the first choice only."""
    for child in element:
        if child.tag == _ALTERNATE:
            yield from list(child.iterchildren(_CHOICE))[:1]
        else:
            yield child


def inside(element: Element, tag: str) -> Iterator[Element]:
    """Find the rows of a table, or the cells of a row, through content controls and revision marks."""
    for child in _read(element):
        if child.tag == tag:
            yield child
        else:
            yield from inside(child, tag)


def _leaves(element: Element) -> Iterator[Element]:
    for child in _read(element):
        if child.tag in _LEAVES:
            yield child
        elif child.tag not in _UNREAD:
            yield from _leaves(child)


def _symbol(font: str, code: str) -> str:
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return symbol(font, char) if char.isprintable() or "\ue000" <= char <= "\uf8ff" else ""

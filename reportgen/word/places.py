"""The paragraphs and tables of one story, as a reader counts them: a root element goes in, numbered places come out.

Every `w:p` counts, in document order, also in tables, content controls and text boxes; of `mc:AlternateContent` only
the first choice is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, Union

from reportgen.word.markup import w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

MAX_COLUMNS = 63

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _TBL, _TR, _TC = w("p"), w("tbl"), w("tr"), w("tc")
_ALTERNATE, _CHOICE = f"{_MC}AlternateContent", f"{_MC}Choice"
_T, _MATH = w("t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BR, _SYM = w("br"), w("sym")
_SIGNS = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-"}
_LEAVES = {_T, _MATH, _BR, _SYM, *_SIGNS}
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
    """One cell: what stands in it, over how many columns, and whether a merged cell above or beside goes on in it."""

    blocks: tuple[Block, ...]
    columns: int
    continued: bool


class Table(NamedTuple):
    """One table: its rows of cells; nested tables stand in the cells."""

    rows: tuple[tuple[Cell, ...], ...]


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
    """Give the `w:t` of one paragraph that are read, those of its text boxes and of tracked deletions left out."""
    return (leaf for leaf in _leaves(paragraph) if leaf.tag == _T)


def text_of(paragraph: Element) -> str:
    r"""Read the text of one paragraph as it stands when all tracked changes are accepted.

    Tabs are `\t`, line breaks `\n`; page breaks, field instructions and the paragraphs of text boxes are left out.
    """
    return "".join(map(_said, _leaves(paragraph)))


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
            self._collect(child, cell, found, tables)

    def _table(self, table: Element, name: str) -> Table:
        rows = enumerate(inside(table, _TR), 1)
        return Table(
            tuple(
                tuple(
                    self._cell(cell, f"{name} 第{row}行第{column}列")
                    for column, cell in enumerate(inside(line, _TC), 1)
                )
                for row, line in rows
            ),
        )

    def _cell(self, cell: Element, name: str) -> Cell:
        columns = _property(cell, "gridSpan") or ""
        merged = [_property(cell, kind) for kind in ("vMerge", "hMerge")]
        return Cell(
            self.blocks(cell, name),
            min(max(int(columns), 1), MAX_COLUMNS) if columns.isdecimal() and len(columns) <= len("63") else 1,
            any(one is not None and one != "restart" for one in merged),
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


def _property(cell: Element, name: str) -> str | None:
    found = cell.find(f"{w('tcPr')}/{w(name)}")
    return None if found is None else str(found.get(w("val"), ""))


def _leaves(element: Element) -> Iterator[Element]:
    for child in _read(element):
        if child.tag in _LEAVES:
            yield child
        elif child.tag not in _UNREAD:
            yield from _leaves(child)


def _said(leaf: Element) -> str:
    if leaf.tag in _SIGNS:
        return _SIGNS[leaf.tag]
    if leaf.tag == _BR:
        return "" if leaf.get(w("type")) in ("page", "column") else "\n"
    if leaf.tag == _SYM:
        return _symbol(leaf.get(w("char"), ""))
    return "".join((leaf.text or "", *(inner.tail or "" for inner in leaf)))


def _symbol(code: str) -> str:
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return char if char.isprintable() or "\ue000" <= char <= "\uf8ff" else ""

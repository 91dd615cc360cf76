"""The XML of a filled story in, the same out with each table's grid as wide as its rows have become.

Tags that repeat cells, leave them out or let them reach over columns change how many columns a table has.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from lxml import etree

from reportgen.word.markup import w, whole
from reportgen.word.places import MAX_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

_TABLE, _ROW, _CELL, _WIDTH = w("tbl"), w("tr"), w("tc"), w("w")
_SPAN: Final = f"{w('tcPr')}/{w('gridSpan')}"
_EDGES: Final = tuple(f"{w('trPr')}/{w(name)}" for name in ("gridBefore", "gridAfter"))


def fit(xml: str) -> str:
    """Let every grid have the columns of its widest row, up to MAX_COLUMNS; the table stays as wide as it was."""
    root = etree.fromstring(xml, etree.XMLParser(huge_tree=True))
    rows: Counter[Element] = Counter()
    for cell in root.iter(_CELL):
        rows[next(cell.iterancestors(_ROW))] += _number(cell, _SPAN) or 1
    tables: dict[Element, int] = {}
    for row, columns in rows.items():
        table = next(row.iterancestors(_TABLE))
        tables[table] = max(tables.get(table, 0), columns + sum(_number(row, edge) for edge in _EDGES))
    for table, columns in tables.items():
        wanted = min(columns, MAX_COLUMNS)
        grid = table.find(w("tblGrid"))
        old = [] if grid is None else grid.findall(w("gridCol"))
        widths = [width for one in old if (width := whole(one.get(_WIDTH))) is not None]
        if grid is not None and widths and len(widths) == len(old) != wanted:
            _widen(grid, old, _spread(widths, wanted))
    return etree.tostring(root, encoding="unicode")


def _number(holder: Element, path: str) -> int:
    found = holder.find(path)
    return (whole(found.get(w("val"))) or 0) if found is not None else 0


def _spread(widths: Sequence[int], wanted: int) -> list[int]:
    """Give the widths of columns: new ones are as wide as the average, the width of lost ones is shared out."""
    if wanted > len(widths):
        average = sum(widths) // wanted
        return [one * len(widths) // wanted for one in widths] + [average] * (wanted - len(widths))
    share = sum(widths[wanted:]) // wanted
    return [one + share for one in widths[:wanted]]


def _widen(grid: Element, columns: Sequence[Element], widths: Sequence[int]) -> None:
    for old in columns[len(widths) :]:
        grid.remove(old)
    for at, width in enumerate(widths):
        column = columns[at] if at < len(columns) else _added(grid, at)
        column.set(_WIDTH, str(width))


def _added(grid: Element, at: int) -> Element:
    column = etree.Element(w("gridCol"))
    grid.insert(at, column)
    return column

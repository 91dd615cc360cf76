"""The tables of one story: as they are counted they go in; what is left of them, with merged cells, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.word.markup import w, whole
from reportgen.word.places import MAX_COLUMNS
from reportgen.word.text.model import Cell, Row, Table
from reportgen.word.text.styles import on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.etree import _Element as Element

    from reportgen.word import places
    from reportgen.word.text.model import Block

_ROW, _CELL, _VAL = w("trPr"), w("tcPr"), w("val")
_ROW_DELETED, _CELL_DELETED = f"{_ROW}/{w('del')}", f"{_CELL}/{w('cellDel')}"


def deleted(blocks: Sequence[places.Block]) -> Iterator[int]:
    """Give the numbers of the paragraphs in rows and cells that are marked as deleted."""
    for table in blocks:
        if not isinstance(table, int):
            for row in table.rows:
                gone = row.element.find(_ROW_DELETED) is not None
                for cell in row.cells:
                    out = gone or cell.element.find(_CELL_DELETED) is not None
                    yield from _numbers(cell.blocks) if out else deleted(cell.blocks)


def left(blocks: Sequence[places.Block], gone: Collection[int]) -> tuple[Block, ...]:
    """Give the layout without the paragraphs, rows and cells that are not there, nor tables that have no rows."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, int):
            found += [] if block in gone else [block]
        else:
            rows = _rows([row for row in block.rows if row.element.find(_ROW_DELETED) is None], gone)
            found += [Table(rows)] if rows or not block.rows else []
    return tuple(found)


def _numbers(blocks: Sequence[places.Block]) -> Iterator[int]:
    for block in blocks:
        if isinstance(block, int):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _numbers(cell.blocks)


def _rows(rows: Sequence[places.Row], gone: Collection[int]) -> tuple[Row, ...]:
    """Read the rows of one table from the last to the first, to know how far down a cell goes."""
    found: list[Row] = []
    below: dict[int, int] = {}
    for row in reversed(rows):
        properties = row.element.find(_ROW)
        column = 1 + _number(properties, "gridBefore", 0)
        cells: list[Cell] = []
        further: dict[int, int] = {}
        for one in row.cells:
            if one.element.find(_CELL_DELETED) is not None:
                continue
            own = one.element.find(_CELL)
            columns = max(_number(own, "gridSpan", 1), 1)
            down, beside = _merged(own, "vMerge"), _merged(own, "hMerge")
            reach = 1 + below.get(column, 0)
            if down:
                further[column] = reach
            cells.append(Cell(left(one.blocks, gone), column, columns, 1 if down else reach, down or beside))
            column += columns
        below = further
        found.append(Row(tuple(cells), bool(on(properties, "tblHeader"))))
    return tuple(reversed(found))


def _number(properties: Element | None, name: str, usual: int) -> int:
    found = None if properties is None else properties.find(w(name))
    number = None if found is None else whole(found.get(_VAL))
    return usual if number is None else min(number, MAX_COLUMNS)


def _merged(properties: Element | None, name: str) -> bool:
    """Tell whether a merged cell goes on here."""
    found = None if properties is None else properties.find(w(name))
    return found is not None and found.get(_VAL) != "restart"

"""A Word file that was read, or a plain text, in; its lines and tables, each with its place, out."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import Span
from reportgen.report.model import Cell, Line, Piece, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.word import text as word

MAIN: Final = "正文"
BREAK: Final = re.compile("\r\n?|\n|\f|\v|\x85|\u2028|\u2029")
"""What ends a line of a plain text; lines are counted by it."""
_SOFT: Final = re.compile(
    r"\n(?=[ \t\u3000]*"
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳]))"
)
_BAR: Final = re.compile(r"\s*\|.*\|\s*")
_RULE: Final = re.compile(r"[\s|:+-]*-[\s|:+-]*")
_COLUMNS: Final = 2  # a table has at least so many, and as many rows
_INDENTS: Final = 3  # a paragraph begins with fewer tabs


class Lines(NamedTuple):
    """All lines in reading order, and the tables among them."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...]


def of_document(document: word.Document) -> Lines:
    """Give the lines of a Word file's body; headers, footers and notes are left out."""
    reader = _Document(document)
    reader.blocks(document.layout.get(MAIN, ()))
    return Lines(tuple(reader.lines), tuple(reader.tables))


def of_text(text: str, path: str) -> Lines:
    """Give the lines of a plain text; rows that tabs or bars part into cells, one below the other, are a table."""
    lines: list[Line] = []
    tables: list[Table] = []
    for parted, group in groupby(_rows(text, path), lambda one: bool(one.parts)):
        rows = list(group)
        if parted and len(rows) >= _COLUMNS:
            tables.append(_table(rows, lines, len(tables)))
        else:
            lines += [Line(len(lines) + at, one.text, (Piece(0, one.span),)) for at, one in enumerate(rows)]
    return Lines(tuple(lines), tuple(tables))


class _Row(NamedTuple):
    """A line of a plain text with its place, and the cells that it is parted into, each with where it begins."""

    text: str
    span: Span
    parts: list[tuple[int, str]]


class _Document:
    """Goes through the layout of a Word file."""

    def __init__(self, document: word.Document) -> None:
        self._path = document.path
        self._own = {one.number: one for one in document.paragraphs if one.part == MAIN}
        self.lines: list[Line] = []
        self.tables: list[Table] = []

    def blocks(self, blocks: Sequence[word.Block], cell: tuple[int, int, int] | None = None) -> None:
        """Take the paragraphs and tables of the body or of a cell; those of a table in a cell belong to the cell."""
        for block in blocks:
            if isinstance(block, int):
                self._paragraph(self._own[block], cell)
            elif cell is None:
                self._table(block)
            else:
                for row in block.rows:
                    for one in row.cells:
                        self.blocks(() if one.continued else one.blocks, cell)

    def _paragraph(self, one: word.Paragraph, cell: tuple[int, int, int] | None) -> None:
        span = Span(self._path, one.number, 1, part=one.part, cell=one.cell)
        for start, said in _split(_SOFT, one.text):
            place = (Piece(0, span._replace(column=start + 1)),)
            first = (one.numeral, one.level) if not start else ("", 0)
            self.lines.append(Line(len(self.lines), said, place, *first, cell))

    def _table(self, table: word.Table) -> None:
        number = len(self.tables)
        self.tables.append(Table(()))
        grid: list[dict[int, Cell]] = [{} for _ in table.rows]
        for at, row in enumerate(table.rows):
            for one in row.cells:
                if one.continued:
                    continue
                before = len(self.lines)
                self.blocks(one.blocks, (number, at, one.column - 1))
                cell = Cell(at, one.column - 1, tuple(self.lines[before:]), row.head)
                for down in range(at, min(at + one.rows, len(grid))):
                    grid[down] |= dict.fromkeys(range(cell.column, cell.column + one.columns), cell)
        self.tables[number] = _filled(grid)


def _rows(text: str, path: str) -> Iterator[_Row]:
    for number, said in enumerate(BREAK.split(text), 1):
        yield _Row(said, Span(path, number, 1), _parts(said))


def _split(sign: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """Give the stretches between signs with where each begins."""
    start = 0
    for found in sign.finditer(text):
        yield start, text[start : found.start()]
        start = found.end()
    yield start, text[start:]


def _parts(said: str) -> list[tuple[int, str]]:
    """Part a row of a plain text into cells, each with its place; nothing where it is no row."""
    sign = "|" if _BAR.fullmatch(said) else "\t"
    inner = said.strip().strip("|") if sign == "|" else said
    start = said.index(inner) if inner else 0
    parts: list[tuple[int, str]] = []
    for one in inner.split(sign):
        parts.append((start, one))
        start += len(one) + 1
    said_in = sum(bool(one.strip()) for _, one in parts)
    return parts if said_in >= _COLUMNS or (said_in and len(parts) > _INDENTS) else []


def _table(rows: Sequence[_Row], lines: list[Line], number: int) -> Table:
    """Make a table of rows of a plain text; a line of dashes is none."""
    grid: list[dict[int, Cell]] = []
    for row in rows:
        if _RULE.fullmatch(row.text):
            continue
        grid.append({})
        for column, (start, one) in enumerate(row.parts):
            text = one.strip()
            span = row.span._replace(column=row.span.column + start + len(one) - len(one.lstrip()))
            line = Line(len(lines), text, (Piece(0, span),), cell=(number, len(grid) - 1, column))
            lines.append(line)
            grid[-1][column] = Cell(len(grid) - 1, column, (line,), len(grid) == 1)
    return _filled(grid)


def _filled(grid: Sequence[dict[int, Cell]]) -> Table:
    width = max((max(row, default=-1) for row in grid), default=-1) + 1
    return Table(tuple(tuple(_row(row, at, width)) for at, row in enumerate(grid)))


def _row(row: dict[int, Cell], at: int, width: int) -> Iterator[Cell]:
    for column in range(width):
        yield row.get(column) or Cell(at, column, ())

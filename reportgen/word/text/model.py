"""What is read of a Word file: paragraphs in reading order, and by part how they stand in tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, Union

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.language import Mark


class Paragraph(NamedTuple):
    """One paragraph: the reader's name of its part, its number there, the cell around it, its style's name, its text.

    `style` is empty for the default style; `level` is that of a heading, 1 to 9, and 0 of other text. `numeral` is the
    automatic number or bullet that Word shows in front, `（一）`; it is no part of the text. `marks` say which output
    printed what, in a traced render only; `computed` are the stretches that Word computes, such as page numbers.
    """

    part: str
    number: int
    cell: str
    style: str
    text: str
    marks: tuple[Mark, ...] = ()
    numeral: str = ""
    level: int = 0
    computed: tuple[tuple[int, int], ...] = ()


class Cell(NamedTuple):
    """One cell: what stands in it, its first column in the grid from 1, over how many columns and rows it goes.

    Where a merged cell above or beside goes on, `continued` is set, and what stands in the cell is not shown.
    """

    blocks: tuple[Block, ...]
    column: int
    columns: int
    rows: int
    continued: bool


class Row(NamedTuple):
    """One row of a table; `head` where it is repeated at the top of each page."""

    cells: tuple[Cell, ...]
    head: bool


class Table(NamedTuple):
    """One table; nested tables stand in the cells."""

    rows: tuple[Row, ...]


Block: TypeAlias = Union[int, Table]  # noqa: UP007 — `|` cannot hold a name that mypy resolves later
"""The number of a paragraph, or a table of blocks."""


class Section(NamedTuple):
    """A section of the body: its first and last paragraph, and the parts above and below its pages.

    `headers` and `footers` name them (页眉1) for `default`, and for `first` and `even` where those pages have others; a
    name is empty where nothing stands there. What a section does not say it takes from the one before.
    """

    first: int
    last: int
    headers: Mapping[str, str]
    footers: Mapping[str, str]


class Note(NamedTuple):
    """A footnote or endnote: its part and its paragraphs there, its sign, and where the body calls for it.

    `caller` is the paragraph, `at` the place in its text. The sign is empty where it depends on the pages, or stands in
    the text itself.
    """

    part: str
    paragraphs: tuple[int, ...]
    sign: str
    caller: int
    at: int


class Document(NamedTuple):
    """All paragraphs of a Word file in reading order; by part how they stand in tables; sections; notes called for."""

    path: str
    paragraphs: tuple[Paragraph, ...]
    layout: Mapping[str, tuple[Block, ...]]
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()

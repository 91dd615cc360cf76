"""What is read of a report that anyone wrote: its lines with their places, its tables, its outline and its cover."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.report.scores.model import Scores

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Span
    from reportgen.report.dates import Date
    from reportgen.report.formulas import Formula
    from reportgen.report.listings import Listing
    from reportgen.report.measures import Measure
    from reportgen.report.wholes import Whole

_SENTENCE: Final = re.compile("[^。！？；\n]*[。！？；]?")


class Piece(NamedTuple):
    """Where a stretch of a line's text begins, and the place there; a line of prose in a facts file has several."""

    start: int
    span: Span


class Line(NamedTuple):
    """One paragraph: its number in reading order from 0, its text, and where the text stands.

    `numeral` is the automatic number of Word in front, no part of the text; `level` that of a heading by its style,
    0 for other text. `cell` tells the table from 0, its row and its column, both from 0.
    """

    number: int
    text: str
    pieces: tuple[Piece, ...]
    numeral: str = ""
    level: int = 0
    cell: tuple[int, int, int] | None = None

    def at(self, start: int = 0, end: int | None = None) -> Span:
        """Give the place of a stretch of the text, with its exact words as the quote; all of the line by default.

        A stretch over several pieces is placed in the piece where it begins.
        """
        stop = len(self.text) if end is None else end
        which = max(bisect_right(self.pieces, start, key=lambda one: one.start) - 1, 0)
        piece = self.pieces[which]
        last = self.pieces[which + 1].start if which + 1 < len(self.pieces) else len(self.text)
        column = piece.span.column + start - piece.start
        quote = self.text[start:stop]
        return piece.span._replace(column=column, end_column=column + max(min(stop, last) - start, 0), quote=quote)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Give where each sentence or clause begins and ends; its stop, 。！？ or ；, belongs to it."""
        for found in _SENTENCE.finditer(self.text):
            if found.group().strip():
                yield found.span()


class Cell(NamedTuple):
    """One cell of a table: its first row and column from 0, the lines in it, and whether it is in a head row."""

    row: int
    column: int
    lines: tuple[Line, ...]
    head: bool = False

    @property
    def text(self) -> str:
        """All that stands in it, a line break between its lines."""
        return "\n".join(one.text for one in self.lines)


class Table(NamedTuple):
    """One table as a grid: every row has all columns, a merged cell stands in each place that it covers."""

    rows: tuple[tuple[Cell, ...], ...]


class Heading(NamedTuple):
    """A heading: its line, its level from 1, its numeral as it is shown, and the words after it in the line's text.

    `numeral` is empty where none is shown. What follows the words in the same line, after 。 or ：, is text.
    """

    line: Line
    level: int
    numeral: str
    start: int
    end: int

    @property
    def title(self) -> str:
        """The words of the heading."""
        return self.line.text[self.start : self.end]


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A stretch of a report below one heading, without the sections in it; the first has no heading, nor a parent.

    The line of the heading is its first line; `lines` of tables are among them.
    """

    heading: Heading | None
    parent: Section | None
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """The words of its heading, or nothing."""
        return self.heading.title if self.heading else ""

    @property
    def path(self) -> tuple[str, ...]:
        """The titles of the sections around it and its own, outermost first."""
        above = self.parent.path if self.parent else ()
        return (*above, self.title) if self.heading else above

    def lies_in(self, other: Section) -> bool:
        """Whether it is another section, or stands in it."""
        return self is other or (self.parent is not None and self.parent.lies_in(other))


class Field(NamedTuple):
    """A field of the cover: its label, what is filled in (perhaps nothing), and where that stands in its line."""

    label: str
    value: str
    line: Line
    start: int
    end: int


class Cover(NamedTuple):
    """What stands before the text: the lines of the title, and the fields with their labels as they are written."""

    title: tuple[Line, ...] = ()
    fields: tuple[Field, ...] = ()


class Layout(NamedTuple):
    """What a layout asks a report for: its sections by level and title, and the labels of the cover."""

    sections: tuple[tuple[int, str], ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A report as it is set out: `path` is its file, `lines` stand in reading order, those of tables among them.

    `sections` stand in reading order as well, each before those in it; `owners` is the number of each line's section.
    `year` is the year that it is about, `unit` the name of whoever reports; None and empty where that is not said.
    `dates` are all dates, months and years, `listings` all lists of names, in reading order.
    `formulas` are those written out with figures, `measures` the amounts, counts and rates outside them and tables,
    `wholes` those of them that are parted into others.
    `scores` are the indicators and the totals.
    `layout` is what it is asked for, where that is known.
    """

    path: str
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()
    owners: tuple[int, ...] = ()
    cover: Cover = field(default_factory=Cover)
    year: int | None = None
    unit: str = ""
    dates: tuple[Date, ...] = ()
    listings: tuple[Listing, ...] = ()
    layout: Layout | None = None
    formulas: tuple[Formula, ...] = ()
    measures: tuple[Measure, ...] = ()
    wholes: tuple[Whole, ...] = ()
    scores: Scores = field(default_factory=Scores)

    def section(self, line: Line) -> Section:
        """Give the innermost section that a line stands in."""
        return self.sections[self.owners[line.number]]

    def below(self, section: Section) -> Iterator[Line]:
        """Give the lines of a section and of all sections in it."""
        first = self.owners[section.lines[0].number] if section.lines else 0
        inside = (self.sections[at] for at in range(first, len(self.sections)))
        for one in takewhile(lambda one: one.lies_in(section), inside):
            yield from one.lines

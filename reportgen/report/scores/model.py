"""What a report says about its indicators: scores, full marks, deductions, and the totals, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from reportgen.diagnostics import Span
    from reportgen.report.model import Cell, Line, Section

_SIGNS: Final = re.compile(r"[^\w]+|_")


def key(name: str) -> str:
    """Give what two ways of writing one name have in common: its characters without quotes, brackets and blanks."""
    return _SIGNS.sub("", name)


class Figure(NamedTuple):
    """A number of points, and where it stands; `words` is where the words about it in a text do: 自评得94分."""

    value: Decimal
    line: Line
    start: int
    end: int
    words: tuple[int, int] = (0, 0)

    @property
    def whole(self) -> tuple[int, int]:
        """Give where it begins and ends with its words."""
        return self.words if self.words[1] else (self.start, self.end)

    @property
    def span(self) -> Span:
        """Give its place, words and all."""
        return self.line.at(*self.whole)


class Passage(NamedTuple):
    """Words in a line."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """Give the words."""
        return self.line.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Give its place."""
        return self.line.at(self.start, self.end)


class Statement(NamedTuple):
    """What is said of an indicator at one place: `name` is where it is named there, empty where 该项 stands for it.

    `full` says that it has full marks, in words; `unscored` that it is not scored. `deductions` has every 扣…分 of the
    place, `reason` what is given as its reason. `rate` is the rate of execution in its row of a table; `table` is the
    number of the table that it stands in, `row` has the cells of its row but for standards.
    """

    name: Passage
    score: Figure | None = None
    weight: Figure | None = None
    deductions: tuple[Figure, ...] = ()
    reason: Passage | None = None
    full: bool = False
    unscored: bool = False
    rate: Figure | None = None
    table: int | None = None
    row: tuple[Cell, ...] = ()

    @property
    def whole(self) -> Span:
        """Give where its points stand: in a sentence from the first to the last, in a table the name of the row."""
        figures = [one for one in (self.weight, self.score, *self.deductions[:1]) if one]
        if self.table is not None or not figures:
            return self.name.span
        line = (self.score or figures[0]).line
        own = [one for one in figures if one.line is line]
        return line.at(min(one.whole[0] for one in own), max(one.whole[1] for one in own))


@dataclass(frozen=True, slots=True, eq=False)
class Indicator:
    """One indicator or group of them: `level` counts from 1 at the top, `statements` stand in reading order.

    `section` is the one that its heading opens, None where it has no heading of its own; `named` is where a table names
    it. `is_group` says that other indicators belong to it.
    """

    name: str
    level: int
    parent: Indicator | None
    statements: tuple[Statement, ...] = ()
    section: Section | None = None
    named: Passage | None = None
    is_group: bool = False

    @property
    def score(self) -> Figure | None:
        """Give the first score that is said."""
        return next((one.score for one in self.statements if one.score), None)

    @property
    def weight(self) -> Figure | None:
        """Give the first full mark that is said."""
        return next((one.weight for one in self.statements if one.weight), None)

    @property
    def lost(self) -> Decimal | None:
        """Give by how much the score falls short of the full mark; None where one of them is not said."""
        return self.weight.value - self.score.value if self.weight and self.score else None

    @property
    def weights(self) -> list[Decimal]:
        """Give all full marks that are said."""
        return [one.weight.value for one in self.statements if one.weight]

    @property
    def points(self) -> Decimal | None:
        """Give the score, or the full mark where full marks are given in words."""
        if self.score:
            return self.score.value
        return self.weight.value if self.weight and any(one.full for one in self.statements) else None

    @property
    def is_full(self) -> bool:
        """Whether it has full marks, as far as that is said."""
        if any(one.full for one in self.statements):
            return True
        return self.score is not None and self.weight is not None and self.score.value >= self.weight.value

    @property
    def unscored(self) -> bool:
        """Whether it is said that it is not scored."""
        return any(one.unscored for one in self.statements)

    @property
    def place(self) -> Span:
        """Give where it is named: its heading, else the first place that speaks of it."""
        if self.section and self.section.heading:
            heading = self.section.heading
            return heading.line.at(heading.start, heading.end)
        return (self.named or self.statements[0].name).span


class Sheet(NamedTuple):
    """Indicators that are scored together: those of the text, `table` None, or of one table; each group before its own.

    `totals` are rows of the table such as 合计; those of the text stand in `Scores`. `scored` says that there are
    scores and not only full marks, `of_project` that the table is about one project.
    """

    table: int | None
    indicators: tuple[Indicator, ...]
    totals: tuple[Statement, ...] = ()
    scored: bool = True
    of_project: bool = False


class Total(NamedTuple):
    """A total that is stated in the text, with the full mark and the grade that are said beside it."""

    score: Figure
    weight: Figure | None = None
    grade: Passage | None = None
    deductions: tuple[Figure, ...] = ()


class Scores(NamedTuple):
    """Everything about scores: all indicators with all that is said of each, the same by source, and the totals.

    An indicator of the text that stands in a table again is one of `indicators`, and one of each sheet. `weight` is the
    full mark of the whole, `unread` are points of the text that could belong to any indicator, `taken` the deductions
    that name none.
    """

    indicators: tuple[Indicator, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    totals: tuple[Total, ...] = ()
    weight: Figure | None = None
    unread: tuple[Figure, ...] = ()
    taken: tuple[Figure, ...] = ()

    def leaves(self) -> Iterator[Indicator]:
        """Give the indicators that are no group."""
        return (one for one in self.indicators if not one.is_group)

"""A report in; its paragraphs and rows of tables in reading order, as patterns know them, and its parts by heading out.

A part begins with a heading that the pattern knows as well, by its own words or words much like them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.recovery.pieces import Paragraph
from reportgen.word.plain import BREAK, CELL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reportgen.recovery.pieces import Piece
    from reportgen.report import Line, Text

_ALIKE: Final = 0.65
"""How much two titles must have in common to be taken for the same."""
_MANY: Final = 400  # headings; of a report that has more, only those are known that are the same
_UNSAID: Final = re.compile(r"[^\w]|[_\d]")
_STOPS: Final = "。：: \t\u3000"
_NUMBER: Final = re.compile(r"[\s—-]*\d{1,4}[\s—-]*")


class Row(NamedTuple):
    """A paragraph, or a row of a table with `CELL` after each cell: its text and where this stands.

    A heading has its level, its words without the numeral, and what follows these in the same line. What `goes_on`
    belongs to the paragraph of the row before it.
    """

    text: str
    line: Line
    level: int = 0
    title: str = ""
    rest: str = ""
    goes_on: bool = False


class Part(NamedTuple):
    """What the pattern has below a heading, and the rows of a report below the same; `same` where the words are.

    The rows go on to the next heading that the pattern knows; `near` are those up to any heading as high as this one.
    """

    pattern: tuple[Piece, ...]
    rows: tuple[Row, ...]
    near: tuple[Row, ...] = ()
    same: bool = True


class _Stretch(NamedTuple):
    """What the pattern has below a heading, and the title and the level of this."""

    title: str
    level: int
    body: tuple[Piece, ...]


def parts(listed: Sequence[Row], pattern: Sequence[Piece]) -> list[Part]:
    """Part a report where the pattern is parted; what of the pattern the report has no heading for, has no rows."""
    stretches = list(_stretches(pattern))
    heads = [at for at, row in enumerate(listed) if row.level]
    places = _places([one.title for one in stretches[1:]], [listed[at].title for at in heads])
    starts = sorted(heads[head] for head in places.values())
    found: list[Part] = []
    for number, body in _folded(stretches, places):
        at = heads[places[number - 1]] if number - 1 in places else -1
        if number and at < 0:
            found.append(Part(body, ()))
            continue
        end = next((start for start in starts if start > at), len(listed))
        below = _below(listed[at], listed[at + 1 : end]) if number else tuple(listed[:end])
        near = tuple(takewhile(_within(listed[at]), below)) if number else below
        found.append(Part(body, below, near, not number or listed[at].title == stretches[number].title))
    return found


def rows(text: Text) -> Iterator[Row]:
    """Give the rows of a report that say something."""
    headings = {one.heading.line.number: one.heading for one in text.sections if one.heading}
    for table, lines in groupby(text.lines, key=lambda one: one.cell and one.cell[0]):
        if table is not None:
            yield from _table(text, table)
            continue
        for line in lines:
            heading = headings.get(line.number)
            said = line.text.strip().replace("\n", BREAK)
            if heading:
                rest = line.text[heading.end :].lstrip(_STOPS).strip()
                yield Row(said, line, heading.level, heading.title.strip(), rest)
            elif said and not _NUMBER.fullmatch(said):
                yield Row(said, line)


def _table(text: Text, number: int) -> Iterator[Row]:
    """Give the rows of a table; a cell that is merged stands where it begins."""
    for at, cells in enumerate(text.tables[number].rows):
        own = [one for column, one in enumerate(cells) if one.column == column]
        lines = [line for one in own if one.row == at for line in one.lines]
        if lines:
            yield Row("".join((one.text.replace("\n", "") if one.row == at else "") + CELL for one in own), lines[0])


def _stretches(pattern: Sequence[Piece]) -> Iterator[_Stretch]:
    title, level = "", 0
    body: list[Piece] = []
    for one in pattern:
        if isinstance(one, Paragraph) and one.title:
            yield _Stretch(title, level, tuple(body))
            title, level, body = one.title, one.level, []
        else:
            body.append(one)
    yield _Stretch(title, level, tuple(body))


def _folded(stretches: Sequence[_Stretch], places: Mapping[int, int]) -> Iterator[tuple[int, tuple[Piece, ...]]]:
    """Give the number of each stretch with what it has; what a report has no heading for belongs to the one above."""
    whole = [list(one.body) for one in stretches]
    above: list[int] = []
    for number, one in enumerate(stretches):
        while above and stretches[above[-1]].level >= one.level:
            above.pop()
        if number == 0 or number - 1 in places:
            above.append(number)
        elif above and stretches[above[-1]].level:
            whole[above[-1]] += one.body
            whole[number] = []
    for number, body in enumerate(whole):
        yield number, tuple(body)


def _below(heading: Row, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Give rows after the text that follows a heading in its own line."""
    return (Row(heading.rest, heading.line), *rows) if heading.rest else tuple(rows)


def _within(heading: Row) -> Callable[[Row], bool]:
    return lambda row: not 0 < row.level <= heading.level


def _places(titles: Sequence[str], headings: Sequence[str]) -> dict[int, int]:
    """Give the heading of a report for each title, by their numbers, keeping the order of both where that can be."""
    pairs = _pairs(titles, headings)
    places = dict(_in_order(pairs))
    taken = set(places.values())
    best = {title: heading for title, heading, _ in sorted(pairs, key=lambda one: one[2])}
    wanted = Counter(best.values())
    for title, heading in best.items():
        if title not in places and heading not in taken and wanted[heading] == 1:
            places[title] = heading
    return places


def _pairs(titles: Sequence[str], headings: Sequence[str]) -> list[tuple[int, int, float]]:
    """Give the numbers of titles and headings that are alike, and how much; those with better ones are left out."""
    plain = [_UNSAID.sub("", one) for one in headings]
    same: defaultdict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(plain):
        same[one].append(at)
    pairs: list[tuple[int, int, float]] = []
    known = {_UNSAID.sub("", one) for one in titles}
    for title, one in enumerate(_UNSAID.sub("", each) for each in titles):
        if same[one]:
            pairs += [(title, at, 1.0) for at in same[one][:_MANY]]
        elif len(headings) <= _MANY:
            close = [(title, at, _alike(one, other)) for at, other in enumerate(plain) if other not in known]
            pairs += [pair for pair in close if pair[2] >= _ALIKE]
    return pairs


def _alike(one: str, other: str) -> float:
    """Tell how many of their pairs of characters two titles share."""
    mine, others = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    return 2 * len(mine & others) / max(len(mine) + len(others), 1)


def _in_order(pairs: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Choose, of pairs of numbers that both rise, those that are most alike in all."""
    best: list[tuple[float, int]] = []  # the weight up to a pair, and the pair before it
    ends: list[int] = sorted({heading for _, heading, _ in pairs})
    reach: list[tuple[float, int]] = [(0.0, -1)] * (len(ends) + 1)  # the best weight of a pair below each heading
    for _, inner in groupby(enumerate(pairs), key=lambda one: one[1][0]):
        row = [(at, bisect_left(ends, heading), weight) for at, (_, heading, weight) in inner]
        fresh = [(at, place, (reach[place][0] + weight, reach[place][1])) for at, place, weight in row]
        best += [score for _, _, score in fresh]
        for at, place, (weight, _) in fresh:
            for above in range(place + 1, len(reach)):
                if reach[above][0] >= weight:
                    break
                reach[above] = (weight, at)
    chosen: list[tuple[int, int]] = []
    at = reach[-1][1]
    while at >= 0:
        chosen.append(pairs[at][:2])
        at = best[at][1]
    return chosen

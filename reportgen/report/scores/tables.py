"""A table in; the indicators in its rows out, with their groups and the rows of totals, where it is one of scores.

Columns are told by the words of their heads, in any order; a head may stand in the middle of a table again.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.formats.grammar import WIDE
from reportgen.report.scores.columns import Column, beside, heads
from reportgen.report.scores.model import Figure, Indicator, Passage, Sheet, Statement, key
from reportgen.word.look.roles import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.report.model import Cell, Line, Table

_N: Final = r"\d{1,4}(?:\.\d{1,6})?"
_NUMBER: Final = re.compile(rf"\s*(?P<value>{_N})\s*(?:分|%)?\s*")
_OF: Final = re.compile(rf"(?<![\d.])(?P<score>{_N})\s*分?\s*/\s*(?P<weight>{_N})\s*分?")
_NAMED: Final = re.compile(rf"[（(]?\s*(?:满分|分值|权重)?\s*(?<![\d.])(?P<weight>{_N})\s*分\s*[)）]?\s*$")
_NONE: Final = re.compile(r"\s*(?:[—–\-/／无]+|不计分|不适用|不赋分|不参与评分)\s*")
_UNSCORED: Final = re.compile(r"[（(]?(?:不计分|不适用|不赋分)[)）]?$")
_DEDUCTED: Final = re.compile(rf"扣(?:减|除|掉|分|了){{0,3}}\s*(?P<value>{_N})\s*分")
_TOTAL: Final = re.compile(
    "(?:自评|评价|综合|绩效|指标)?(?:合计|总计|总分|总得分|总评分|得分合计|分值合计|合计得分|总分合计)(?:值|数)?"
)
_SUBTOTAL: Final = "小计"
_BRACKETS: Final = re.compile(r"[（(][^（）()]*[)）]")
_GROUP_LEVEL: Final = 2  # numerals 一、 and （一） open a group, whose own may have none
_HIGH: Final = 9
_FIRST: Final = 6  # rows in which a table says what it is of
_OF_PROJECT: Final = ("项目名称", "项目资金", "年度资金总额")


class _Row(NamedTuple):
    """The cells that name what a row is about, from the outermost, and what is said."""

    names: tuple[Cell, ...]
    statement: Statement


Path = tuple[tuple[int, int], ...]


def read(table: Table, number: int) -> Sheet | None:
    """Read a table; None where it has neither scores nor full marks."""
    reader = _Reader(number)
    for at, row in enumerate(table.rows):
        reader.row(at, row)
    first = (cell for row in table.rows[:_FIRST] for cell in row)
    return reader.sheet(of_project=any(key(cell.text).startswith(_OF_PROJECT) for cell in first))


class _Reader:
    """Goes down a table and keeps its columns, and the groups that it is in."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._columns: dict[int, Column] = {}
        self._head = -2
        self._above: list[Cell | None] = []
        self._levels: list[tuple[int, Cell]] = []
        self._banner: Cell | None = None
        self._left: Cell | None = None
        self._rows: list[_Row] = []
        self._totals: list[Statement] = []
        self._scored = False

    def row(self, at: int, row: Sequence[Cell]) -> None:
        """Take the next row."""
        goes_on = self._head == at - 1
        self._left = row[0] if row and _words(row[0]) else self._left
        found = {} if any(_number(one) for one in row) else heads(row, goes_on=goes_on)
        if found:
            self._columns = (self._columns if goes_on else {}) | found
            self._head = at
            self._above, self._levels, self._banner = [], [], None
            self._scored = self._scored or Column.SCORE in found.values()
        elif labelled := beside(row, at):
            self._labelled(labelled)
        elif {Column.SCORE, Column.WEIGHT} & set(self._columns.values()):
            self._data(at, row)

    def _data(self, at: int, row: Sequence[Cell]) -> None:
        places = [one for one in sorted(self._columns) if self._columns[one] is Column.NAME and one < len(row)]
        first = next((one for one in row if _words(one) and not _number(one) and not _NONE.fullmatch(one.text)), None)
        is_total = first is not None and _TOTAL.fullmatch(key(first.text)) is not None
        names = [first] if first and is_total else self._names(row, places)
        if not names:
            return
        fresh = {place: cell for place, cell in enumerate(row) if (cell.row, cell.column) == (at, place)}
        between = range(places[0], places[-1] + 1) if places else ()
        if not is_total:
            self._groups(fresh, row, places)
        statement = self._statement(names[-1], [(place, cell) for place, cell in fresh.items() if place not in between])
        if statement is None:
            return
        if is_total:
            self._totals.append(statement)
        elif _SUBTOTAL in names[-1].text:
            above = names[:-1] or [one for one in self._above[:1] if one]
            self._rows.append(_Row(tuple(above or names), statement))
        else:
            self._rows.append(_Row(tuple(names), statement))

    def _labelled(self, cells: dict[Column, Cell]) -> None:
        """Take a row in which each number stands beside its label; the first cell, or one above it, names it."""
        held, self._columns = self._columns, dict(enumerate(cells))
        said = self._statement(self._left, list(enumerate(cells.values()))) if self._left else None
        self._columns = held
        self._rows += [_Row((self._left,), said)] if said and self._left else []
        self._scored = True

    def _groups(self, fresh: dict[int, Cell], row: Sequence[Cell], places: Sequence[int]) -> None:
        """Take the points that stand between the columns of names: they are those of the group to their left."""
        for depth, (left, right) in enumerate(pairwise(places)):
            between = [(place, cell) for place, cell in fresh.items() if left < place < right]
            statement = self._statement(row[left], between) if _words(row[left]) else None
            if statement:
                names = [one for one in self._above[: depth + 1] if one]
                self._rows.append(_Row(tuple(names), statement))

    def _names(self, row: Sequence[Cell], places: Sequence[int]) -> list[Cell]:
        """Give the cells with the names of a row from the outermost, those of rows above included."""
        if not places:
            return next(([cell] for cell in reversed(row[: self._first(row)]) if _words(cell)), [])
        own = [row[one] if _words(row[one]) else None for one in places]
        own = [None if one and one in own[:depth] else one for depth, one in enumerate(own)]
        if len(places) == 1:
            return self._numbered(own[0])
        if own[0] and {id(row[one]) for one in places} == {id(own[0])}:
            self._banner, self._above = own[0], []
            return [own[0]]
        given = [depth for depth, one in enumerate(own) if one]
        if given:
            above = [*self._above, *[None] * len(own)]
            self._above = [*above[: given[0]], *own[given[0] : given[-1] + 1]]
        return [one for one in (self._banner, *self._above) if one]

    def _numbered(self, own: Cell | None) -> list[Cell]:
        """Give the names of a row of one column, whose numerals tell the level."""
        if own is None:
            return [cell for _, cell in self._levels]
        mark = numeral(own.text.strip())
        level = mark.level if mark else _HIGH
        open_groups = [one for one in self._levels if one[0] < level and (mark or one[0] <= _GROUP_LEVEL)]
        self._levels = [*open_groups, (level, own)]
        return [cell for _, cell in self._levels]

    def _first(self, row: Sequence[Cell]) -> int:
        return next((place for place, one in enumerate(row) if _number(one)), 0)

    def _statement(self, name: Cell, cells: Sequence[tuple[int, Cell]]) -> Statement | None:
        said = {column: [cell for place, cell in cells if self._columns.get(place) is column] for column in Column}
        scores, weights = said[Column.SCORE], said[Column.WEIGHT]
        both = next((pair for cell in scores for pair in _pairs(cell)), None)
        score, weight = both or (_figure(scores), _figure(weights))
        reason = next((_passage(cell) for cell in said[Column.REASON] if _words(cell)), None)
        none = any(_NONE.fullmatch(one.text) for one in scores + weights)
        unscored = score is None and (none or (reason is not None and "不计分" in reason.text))
        if not (score or weight or unscored):
            return None
        alone = _figure(said[Column.DEDUCTION])
        deductions = [alone] if alone else list(_deductions(reason)) if reason else []
        given = reason if reason and not _NONE.fullmatch(reason.text) else None
        rate = _figure(said[Column.RATE])
        return Statement(
            _passage(name),
            score,
            weight,
            tuple(deductions),
            given,
            unscored=unscored,
            rate=rate,
            table=self._number,
            row=tuple(cell for place, cell in cells if self._columns.get(place) is not Column.STANDARD),
        )

    def sheet(self, *, of_project: bool) -> Sheet | None:
        """Give the indicators read, each below its group."""
        if not self._rows:
            return None
        return Sheet(
            self._number, tuple(_tree(self._rows, self._number)), tuple(self._totals), self._scored, of_project
        )


def _tree(rows: Sequence[_Row], number: int) -> Iterator[Indicator]:
    """Give the indicators of rows; a name of a group may have its points beside it, 30/36."""
    groups = {_path(row.names[:depth]) for row in rows for depth in range(1, len(row.names))}
    said: dict[Path, list[Statement]] = {}
    for row in rows:
        if _path(row.names) in groups:
            said.setdefault(_path(row.names), []).append(row.statement)
    made: dict[Path, Indicator] = {}
    for row in rows:
        parent = None
        for depth in range(1, len(row.names)):
            path, name = _path(row.names[:depth]), row.names[depth - 1]
            if path not in made:
                own = (*_beside(name, number), *said.get(path, ()))
                made[path] = Indicator(_clean(name), depth, parent, own, named=_passage(name))
                yield made[path]
            parent = made[path]
        if _path(row.names) not in groups:
            name = row.names[-1]
            own = (row.statement, *_beside(name, number))
            yield Indicator(_clean(name), len(row.names), parent, own, named=_passage(name))


def _path(names: Sequence[Cell]) -> Path:
    return tuple((one.row, one.column) for one in names)


def _clean(name: Cell) -> str:
    """Give a name without its points and its numeral."""
    text = "".join(name.text.split())
    text = _BRACKETS.sub("", _NAMED.sub("", _OF.sub("", text))) if any(map(str.isdigit, text)) else text
    text = _UNSCORED.sub("", text)
    mark = numeral(text)
    return text[len(mark.typed) :] if mark else text


def _beside(name: Cell, number: int) -> Iterator[Statement]:
    """Read the points that stand in the cell of a name."""
    named = _passage(name)
    for score, weight in _pairs(name):
        yield Statement(named, score, weight, table=number)
        return
    for line in name.lines:
        alone = _NAMED.search(line.text.translate(WIDE))
        if alone:
            yield Statement(named, None, _at(line, alone, "weight"), table=number)
            return


def _words(cell: Cell) -> bool:
    return any(one.text.strip() for one in cell.lines)


def _passage(cell: Cell) -> Passage:
    """Give the first line of a cell that says something."""
    line = next(one for one in cell.lines if one.text.strip())
    return Passage(line, 0, len(line.text))


def _number(cell: Cell) -> bool:
    return _NUMBER.fullmatch(cell.text.translate(WIDE)) is not None


def _figure(cells: Sequence[Cell]) -> Figure | None:
    lines = (line for cell in cells for line in cell.lines)
    found = ((line, _NUMBER.fullmatch(line.text.translate(WIDE))) for line in lines)
    return next((_at(line, match) for line, match in found if match), None)


def _deductions(reason: Passage) -> Iterator[Figure]:
    for found in _DEDUCTED.finditer(reason.line.text):
        yield _at(reason.line, found)


def _pairs(cell: Cell) -> Iterator[tuple[Figure, Figure]]:
    """Give scores with their full marks, 30/36."""
    for line in cell.lines:
        found = _OF.search(line.text.translate(WIDE))
        if found:
            yield _at(line, found, "score"), _at(line, found, "weight")


def _at(line: Line, found: re.Match[str], group: str = "value") -> Figure:
    return Figure(Decimal(found[group]), line, *found.span(group))

"""A pattern and rows in, what stands in the slots out: as our own program prints them, or as others may write them.

Loosely, literal paragraphs may be missing and numerals be others, but every row must have its place all the same.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import formats
from reportgen.recovery.pieces import ITEM, Any, Chosen, Count, Either, Many, Paragraph, Repeat, Says, Slot, inside
from reportgen.schema import Kind
from reportgen.word.plain import CELL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reportgen.recovery.pieces import Piece
    from reportgen.recovery.rows import Row

_MOST_ROWS: Final = 150
_MOST_LINES: Final = 400
_MOST_TRIES: Final = 20_000
_LONGEST: Final = 6000  # characters of a paragraph
_PARAGRAPHS: Final = 40  # of one prose
_TEXT: Final = rf"[^\n{CELL}]"
_KINDS: Final[Mapping[Kind, str]] = {
    Kind.NUMBER: r"(?:大?约|大概)?[-−]?\d[\d,]*(?:\.\d+)?",
    Kind.DATE: r"\d{4}年\d{1,2}月\d{1,2}日",
    Kind.PROSE: rf"[^{CELL}]+?",
}
_NUMERAL: Final = r"[0-9一二三四五六七八九十]{1,3}"
_LISTED: Final = rf"\s*(?:[（(]{_NUMERAL}[）)]|{_NUMERAL}[、.．]|[①-⑳])\s*"
_ORDINAL: Final = "[一二三四五六七八九十]{1,2}是"
_SCORE: Final = re.compile(r".{0,30}得分?\s*\d+(?:\.\d+)?\s*分[。.]?")
_SENTENCE: Final = re.compile(r"[^\n]*[。！？；：，][”’）]?")
_SPLIT: Final = re.compile(f"(?<=[。；;.])(?={_ORDINAL}|改进意见：)")


class Found(NamedTuple):
    """What stands in one slot: `path` names the items that it belongs to, `piece` is what the pattern has there."""

    path: str
    piece: Slot | Chosen | Says
    text: str
    row: Row | None = None


Captures = tuple[Found, ...]


def match(pattern: Sequence[Piece], rows: Sequence[Row], *, loose: bool = False) -> Captures | None:
    """Give what stands in the slots of a pattern if it fits all rows, else None."""
    if len(rows) > _MOST_ROWS:
        return None
    headed = any(isinstance(one, Paragraph) and one.level for one in inside(pattern))
    top = min((row.level for row in rows if row.level), default=0) if headed else 0
    taken = [one for row in rows for one in _apart(row, top) if not _SCORE.fullmatch(one.text)] if loose else list(rows)
    if len(taken) > _MOST_ROWS:
        return None
    return _Matcher(taken, top, loose=loose).run(pattern)


def match_text(pattern: Sequence[Piece], text: str) -> Captures | None:
    """Do the same for a single line."""
    return _Line(tuple(pattern), {}, loose=False).match(text, None)


def _apart(row: Row, top: int) -> list[Row]:
    """Part a row behind the words of a heading of the `top` level, and before each 一是 and the like."""
    if row.level and row.level == top:
        return [row, *(_apart(row._replace(text=row.rest, level=0), top) if row.rest else [])]
    said = _SPLIT.split(row.text)
    return [row._replace(text=one, level=0, goes_on=row.goes_on or at > 0) for at, one in enumerate(said)]


def match_lines(pattern: Sequence[Piece], rows: Sequence[Row]) -> Captures:
    """Give what stands in the slots of those paragraphs of a pattern, out of its loops, that are one row each."""
    lines = [_Line(one.pieces, {}, loose=False) for one in _paragraphs(pattern)]
    found: list[Found] = []
    for line in lines:
        for row in rows[:_MOST_LINES] if line.literal else ():
            found += line.match(row.text, row) or ()
    return tuple(found)


def _paragraphs(pattern: Sequence[Piece]) -> Iterator[Paragraph]:
    for one in pattern:
        if isinstance(one, Paragraph):
            yield one
        elif isinstance(one, Either):
            for arm in one.arms:
                yield from _paragraphs(arm)


class _TooManyError(Exception):
    """There are too many ways to fit a pattern to rows."""


class _Matcher:
    """Tries the pieces of a pattern on rows, one after the other, and goes back where it does not fit."""

    def __init__(self, rows: Sequence[Row], top: int, *, loose: bool) -> None:
        """Take rows, and the level of those headings that the pattern may have, if it has any."""
        self._rows = rows
        self._top = top
        self._loose = loose
        self._tries = 0
        self._lines: dict[tuple[int, int], _Line] = {}

    def run(self, pattern: Sequence[Piece]) -> Captures | None:
        with suppress(_TooManyError):
            return self._go(tuple(pattern), 0, {}, lambda at, _: () if at == len(self._rows) else None)
        return None

    def _go(
        self,
        pieces: tuple[Piece, ...],
        at: int,
        where: Mapping[str, int],
        then: Callable[[int, Mapping[str, int]], Captures | None],
    ) -> Captures | None:
        """Fit pieces to the rows from a place on, and what comes `then` to the rest; raises `_TooManyError`."""
        self._tries += 1
        if self._tries > _MOST_TRIES:
            raise _TooManyError
        over = self._loose and at == len(self._rows)
        if over or not pieces:
            return () if over else then(at, where)
        first, rest = pieces[0], pieces[1:]

        def go_on(at: int, where: Mapping[str, int]) -> Captures | None:
            return self._go(rest, at, where, then)

        match first:
            case Paragraph():
                return self._paragraph(first, at, where, go_on)
            case Either():
                return next(filter(_fits, (self._go((*arm, *rest), at, where, then) for arm in first.arms)), None)
            case Repeat():
                fresh = {key: number for key, number in where.items() if key != first.over}
                return self._repeat(first, at, fresh, go_on)
            case Says():
                found = go_on(at, where)
                return None if found is None else (Found(_placed(first.path, where), first, first.value), *found)
            case _:
                return go_on(at, where)

    def _repeat(
        self,
        loop: Repeat,
        at: int,
        where: Mapping[str, int],
        then: Callable[[int, Mapping[str, int]], Captures | None],
    ) -> Captures | None:
        """Fit as many items as there are."""
        number = where.get(loop.over, 0) + 1

        def again(after: int, inner: Mapping[str, int]) -> Captures | None:
            return self._repeat(loop, after, inner, then) if after > at else None

        below = {key: one for key, one in where.items() if not key.startswith(loop.over + ITEM)}
        found = self._go(loop.body, at, {**below, loop.over: number}, again) if at < len(self._rows) else None
        return then(at, where) if found is None else found

    def _paragraph(
        self,
        one: Paragraph,
        at: int,
        where: Mapping[str, int],
        then: Callable[[int, Mapping[str, int]], Captures | None],
    ) -> Captures | None:
        """Fit one paragraph to a row, or to several where prose stands in it."""
        line = self._line(one, where)
        for end in range(at + 1, min(at + (_PARAGRAPHS if line.long else 1), len(self._rows)) + 1):
            self._tries += 1
            if not self._may(one, at, end):
                break
            said = _joined(self._rows[at:end], title=one.level > 0)
            is_text = not (self._loose and line.long) or all(map(_SENTENCE.fullmatch, said.split("\n")))
            found = line.match(said, self._rows[at]) if is_text else None
            after = None if found is None else then(end, where)
            if found is not None and after is not None:
                return (*found, *after)
        missing = self._loose and (line.literal or not line.long or at == len(self._rows))
        return then(at, where) if missing or line.empty else None

    def _may(self, one: Paragraph, at: int, end: int) -> bool:
        """Tell whether a row can be what a paragraph is, a heading or none, and rows can be one text."""
        row, *others = self._rows[at:end]
        if one.level:
            return row.level > 0 and (row.level == self._top if self._loose else not row.rest)
        headed = 0 < row.level == self._top and (self._loose or not row.rest)
        return not headed and not any(other.level or CELL in other.text for other in others)

    def _line(self, one: Paragraph, where: Mapping[str, int]) -> _Line:
        key = (id(one), hash(tuple(sorted(where.items()))))
        if key not in self._lines:
            self._lines[key] = _Line(one.pieces, where, loose=self._loose)
        return self._lines[key]


def _joined(rows: Sequence[Row], *, title: bool) -> str:
    """Give the text of a heading, or of a paragraph or several."""
    if title:
        return rows[0].title
    return "".join(("" if row.goes_on or at == 0 else "\n") + row.text for at, row in enumerate(rows))


def _fits(found: Captures | None) -> bool:
    return found is not None


class _Line:
    """The pattern of one line as a regular expression."""

    def __init__(self, pieces: tuple[Piece, ...], where: Mapping[str, int], *, loose: bool) -> None:
        self._where = where
        self._loose = loose
        self._named: list[Slot | Chosen | Says | Repeat] = []
        self.long = any(isinstance(one, Slot) and one.field.kind is Kind.PROSE for one in inside(pieces))
        self.literal = any(isinstance(one, str) and any(map(str.isalpha, one)) for one in pieces)
        self._regex = re.compile(self._expression(pieces, {}))
        self.empty = self._regex.fullmatch("") is not None

    def match(self, text: str, row: Row | None) -> Captures | None:
        """Give what stands in the slots, if the whole text fits."""
        found = self._regex.fullmatch(text) if len(text) <= _LONGEST else None
        if found is None:
            return None
        captures: list[Found] = []
        for number, piece in enumerate(self._named):
            said = found[f"g{number}"]
            if said is None:
                continue
            if isinstance(piece, Repeat):
                captures += self._items(piece, said, row)
            elif isinstance(piece, Says):
                captures.append(Found(_placed(piece.path, self._where), piece, piece.value, row))
            else:
                captures.append(Found(_placed(piece.path, self._where), piece, said, row))
        return tuple(captures)

    def _items(self, loop: Repeat, said: str, row: Row | None) -> list[Found]:
        """Take the items of a stretch that was repeated apart."""
        captures: list[Found] = []
        at, number = 0, 0
        while at < len(said):
            number += 1
            inner = _Line(loop.body, {**self._where, loop.over: number}, loose=self._loose)
            found = inner._regex.match(said, at)
            if found is None or found.end() == at:
                break
            captures += inner.match(found.group(), row) or ()
            at = found.end()
        return captures

    def _expression(self, pieces: Sequence[Piece], seen: dict[str, str], *, inner: bool = False) -> str:
        """Write pieces as an expression; `inner` ones are repeated, and looked at again one by one."""
        said: list[str] = []
        for one in pieces:
            match one:
                case str():
                    opened = said and said[-1] is _LISTED
                    said.append(re.escape(one.lstrip("）") if opened and self._loose else one))
                case Count():
                    said += [self._count(one, said, inner=inner)]
                case Any():
                    said.append(rf"[^\n{CELL}，。；：、（）]*?" if one.figure else f"{_TEXT}*?")
                case Many():
                    said.append("(?!)" if self._where.get(one.over, 1) > 1 and not one.so else "")
                case Says():
                    said.append("" if inner else self._group(one, ""))
                case Either():
                    said.append(f"(?:{'|'.join(self._expression(arm, dict(seen), inner=inner) for arm in one.arms)})")
                case Repeat():
                    body = f"(?:{self._expression(one.body, {}, inner=True)})*"
                    said.append(body if inner else self._group(one, body))
                case Slot() | Chosen():
                    said.append(self._slot(one, seen, inner=inner))
        return "".join(said)

    def _slot(self, one: Slot | Chosen, seen: dict[str, str], *, inner: bool) -> str:
        field = one.field if isinstance(one, Slot) else None
        text = rf"[^\n{CELL}。；]{{1,60}}?" if self._loose else f"{_TEXT}+?"
        if isinstance(one, Slot) and field is not None and not one.between:
            text = "|".join(map(re.escape, field.choices)) or _KINDS.get(field.kind, text)
            text += "[%％]" if field.unit == "%" else ""
        if inner:
            return f"(?:{text})"
        if one.path in seen:
            return f"(?P={seen[one.path]})"
        if isinstance(one, Slot):
            seen[one.path] = f"g{len(self._named)}"
        return self._group(one, text)

    def _group(self, one: Slot | Chosen | Says | Repeat, text: str) -> str:
        self._named.append(one)
        return f"(?P<g{len(self._named) - 1}>{text})"

    def _count(self, one: Count, said: list[str], *, inner: bool) -> str:
        if self._loose:
            if said and said[-1].endswith("（"):
                said[-1] = said[-1][:-1]
            return _ORDINAL if one.ordinal else _LISTED
        number = self._where.get(one.over)
        if inner or number is None:
            return r"\S{1,4}?"
        return re.escape(formats.nth(number)) if one.ordinal else str(number)


def _placed(path: str, where: Mapping[str, int]) -> str:
    """Write the numbers of the items into a path."""
    done = ""
    rest = path
    while ITEM in rest:
        before, _, rest = rest.partition(ITEM)
        done += before + ITEM
        number = where.get(done.removesuffix(ITEM), 1)
        path = path.replace(ITEM, f"[{number}]", 1)
    return path

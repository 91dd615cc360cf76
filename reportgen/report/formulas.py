"""Lines in; the formulas that are written out in them with figures, and what each comes to exactly, out.

A formula is figures with signs of arithmetic between them and a sign of equality: 结转结余率=0÷(756+2032.55)×100%=0%.
"""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import units
from reportgen.formats import Kind, find, half_a_unit, places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.formats import Quantity
    from reportgen.report.model import Line

_EQUAL: Final = re.compile("[=＝≈]")
_SIGNS: Final = {
    **dict.fromkeys("+＋", "+"),
    **dict.fromkeys("-－−–", "-"),
    **dict.fromkeys("*×＊✕", "*"),
    **dict.fromkeys("/／÷", "/"),
    **dict.fromkeys("=＝≈", "="),
    **dict.fromkeys("(（[［", "("),
    **dict.fromkeys(")）]］", ")"),
}
_BETWEEN: Final = re.compile(r"(?P<signs>[-+＋－−–*×＊✕/／÷=＝≈()（）\[\]［］\s]+)(?P<label>[\u4e00-\u9fff“”]{0,24})")
_OPENING: Final = re.compile(r"[=＝≈](?:[=＝≈(（\[［\s]*[\u4e00-\u9fff“”]{1,24})?$|[=＝≈(（\[［\s]*$")
_CLOSING: Final = re.compile(r"[)）\]］\s]*")
_NUMBERS: Final = frozenset({Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.ORDINAL})
_BINDS: Final = {"+": 1, "-": 1, "*": 2, "/": 2}
_STOPS: Final = re.compile("[，。；：、！？,;:!?\\s]")
_LATER: Final = re.compile(r"[)）]?[，,；;。]\s*(?P<name>[\u4e00-\u9fff]{1,24}?)(?P<sign>[=＝]|为|是)\s*")
_LONGEST_BETWEEN: Final = 48
_LONGEST_NAME: Final = 32
_MOST: Final = 200  # figures of one formula


class Value(NamedTuple):
    """What an expression comes to, and the bounds that the rounding of its figures allows."""

    exact: Fraction
    low: Fraction
    high: Fraction


class Formula(NamedTuple):
    """One formula: the name before it, perhaps empty, its expression, and the result that is printed for it, if any.

    `start` to `end` is all of it in its line, from its name to its result; `first` to `last` is the expression. `signs`
    are the signs and brackets of it, in ASCII, the figures are `figures`; `value` is None where 0 divides.
    """

    line: Line
    start: int
    end: int
    name: str
    first: int
    last: int
    signs: str
    figures: tuple[Quantity, ...]
    value: Value | None
    result: Quantity | None

    @property
    def expression(self) -> str:
        """The expression as it is written."""
        return self.line.text[self.first : self.last]


class _Vague(Exception):
    """What divides may be 0, or the brackets do not match: nothing can be said of this formula."""


def of_lines(lines: Sequence[Line]) -> Iterator[Formula]:
    """Find the formulas of all lines, in order."""
    for line in lines:
        if _EQUAL.search(line.text):
            for run in _runs(line.text):
                yield from _formulas(line, run)


Token = str | int
"""A sign, or the place of a figure among those of its run."""


class _Run(NamedTuple):
    """A stretch of figures with nothing but signs, and words that name a figure, between them."""

    start: int
    end: int
    figures: tuple[Quantity, ...]
    tokens: tuple[Token, ...]


class _Side(NamedTuple):
    """What stands on one side of a sign of equality."""

    tokens: tuple[Token, ...]
    figures: tuple[Quantity, ...]


def _runs(text: str) -> Iterator[_Run]:
    """Find the longest stretches that can be formulas."""
    gathered: list[Quantity] = []
    for one in find(text):
        if one.kind not in _NUMBERS:
            yield from _run(text, gathered)
            gathered = []
            continue
        if gathered and not _joined(text[gathered[-1].end : one.start]):
            yield from _run(text, gathered)
            gathered = []
        gathered.append(one)
    yield from _run(text, gathered)


def _joined(between: str) -> bool:
    if len(between) > _LONGEST_BETWEEN:
        return False
    found = _BETWEEN.fullmatch(between)
    return found is not None and any(_SIGNS.get(sign, "(") not in "()" for sign in found["signs"])


def _run(text: str, figures: Sequence[Quantity]) -> Iterator[_Run]:
    if not figures or len(figures) > _MOST:
        return
    opening = _OPENING.search(text, max(figures[0].start - _LONGEST_BETWEEN, 0), figures[0].start)
    closing = _CLOSING.match(text, figures[-1].end)
    start = opening.start() if opening else figures[0].start
    end = closing.end() if closing else figures[-1].end
    if start and text[start - 1].isdecimal():
        return
    tokens: list[Token] = []
    at = start
    for number, one in enumerate(figures):
        tokens += [_SIGNS[sign] for sign in text[at : one.start] if sign in _SIGNS]
        tokens.append(number)
        at = one.end
    tokens += [_SIGNS[sign] for sign in text[at:end] if sign in _SIGNS]
    if "=" in tokens:
        yield _Run(start, end, tuple(figures), tuple(tokens))


def _formulas(line: Line, run: _Run) -> Iterator[Formula]:
    """Part a run at its signs of equality, and give each side that has something to reckon, with its result."""
    sides = list(_sides(run))
    results = [_alone(side) for side in sides]
    named = _name(line.text, run.start)
    for number, side in enumerate(sides):
        if len(side.figures) > 1:
            after = next((one for one in results[number + 1 :] if one), None)
            result = after or next((one for one in reversed(results[:number]) if one), None)
            with suppress(_Vague):
                yield _formula(line, run, side, named, result or _later(line.text, side, run))


def _sides(run: _Run) -> Iterator[_Side]:
    tokens: list[Token] = []
    for one in (*run.tokens, "="):
        if one != "=":
            tokens.append(one)
            continue
        yield _Side(tuple(tokens), tuple(run.figures[at] for at in tokens if isinstance(at, int)))
        tokens = []


def _alone(side: _Side) -> Quantity | None:
    return side.figures[0] if len(side.figures) == 1 else None


def _name(text: str, end: int) -> tuple[str, int]:
    """Give the words before a formula, back to a stop, and where they begin; those before a colon where none follow."""
    before = text[max(end - _LONGEST_NAME, 0) : end].rstrip(" （(：:")
    at = max((one.end() for one in _STOPS.finditer(before)), default=0)
    name = _EQUAL.split(before[at:])[0].strip()
    return name, max(end - _LONGEST_NAME, 0) + at


def _later(text: str, side: _Side, run: _Run) -> Quantity | None:
    """Give the result that is said in the next words: …×100%，差异率=0."""
    found = _LATER.match(text, run.end) if side.figures[-1] is run.figures[-1] else None
    if found is None:
        return None
    name = _name(text, run.start)[0]
    said = next(iter(find(text[found.end() : found.end() + _LONGEST_NAME])), None)
    if said is None or said.start or not (name.endswith(found["name"]) or found["name"].startswith(name)):
        return None
    return said._replace(start=said.start + found.end(), end=said.end + found.end())


def _formula(line: Line, run: _Run, side: _Side, named: tuple[str, int], result: Quantity | None) -> Formula:
    first, last = _bounds(line.text, side, run)
    try:
        value = _value(side)
    except ZeroDivisionError:
        value = None
    end = max(run.end, result.end if result else 0)
    signs = "".join(one for one in side.tokens if isinstance(one, str))
    return Formula(line, named[1], end, named[0], first, last, signs, side.figures, value, result)


def _bounds(text: str, side: _Side, run: _Run) -> tuple[int, int]:
    """Give where an expression begins and ends, with its brackets."""
    first, last = side.figures[0].start, side.figures[-1].end
    equal = max(text.rfind(sign, run.start, first) for sign in "=＝≈")
    if equal >= 0:
        first -= len(text[equal + 1 : first].lstrip())
    else:
        first = run.start
    while last < len(text) and _SIGNS.get(text[last]) == ")":
        last += 1
    return first, last


def _value(side: _Side) -> Value:
    """Reckon an expression; raises ZeroDivisionError where 0 divides, and _Vague where nothing comes of it."""
    finest = max((places(_number(one)) for one in side.figures if one.kind is not Kind.PERCENT), default=0)
    values: list[Value] = []
    waiting: list[str] = []
    figures = iter(side.figures)
    for part in ("(", *side.tokens, ")"):
        if isinstance(part, int):
            values.append(_of_figure(next(figures), side.figures[0], finest))
        elif part == "(":
            waiting.append(part)
        else:
            while waiting and waiting[-1] != "(" and (part == ")" or _BINDS[waiting[-1]] >= _BINDS[part]):
                _apply(waiting.pop(), values)
            _close(part, waiting)
    if len(values) != 1 or waiting:
        raise _Vague
    return values[0]


def _close(sign: str, waiting: list[str]) -> None:
    """Take the bracket away that a closing one ends, or keep a sign waiting."""
    if sign != ")":
        waiting.append(sign)
    elif waiting:
        waiting.pop()
    else:
        raise _Vague


def _apply(sign: str, values: list[Value]) -> None:
    if len(values) < len("ab"):
        raise _Vague
    other, one = values.pop(), values.pop()
    values.append(_reckon(sign, one, other))


def _reckon(sign: str, one: Value, other: Value) -> Value:
    match sign:
        case "+":
            return Value(one.exact + other.exact, one.low + other.low, one.high + other.high)
        case "-":
            return Value(one.exact - other.exact, one.low - other.high, one.high - other.low)
        case "*":
            ends = [low * high for low in one[1:] for high in other[1:]]
            return Value(one.exact * other.exact, min(ends), max(ends))
        case _:
            exact = one.exact / other.exact
            if other.low <= 0 <= other.high:
                raise _Vague
            ends = [low / high for low in one[1:] for high in other[1:]]
            return Value(exact, min(ends), max(ends))


def _of_figure(one: Quantity, first: Quantity, finest: int) -> Value:
    """Give a figure with the bounds of its rounding: all of a formula are as fine as the finest; 100% is exact."""
    exact, slack = Fraction(_number(one)), Fraction(half_a_unit(_number(one)))
    if one.kind is Kind.PERCENT:
        scale = units.unit(one.unit).factor
        return _around(exact * scale, slack * scale if places(_number(one)) else Fraction(0))
    factor = (units.ratio(one.unit, first.unit) if one.unit and first.unit else None) or Fraction(1)
    return _around(exact * factor, Fraction(1, 2 * 10**finest) * factor if finest else Fraction(0))


def _around(exact: Fraction, slack: Fraction) -> Value:
    return Value(exact, exact - slack, exact + slack)


def _number(one: Quantity) -> Decimal:
    assert isinstance(one.value, Decimal)  # noqa: S101 — no date is a figure of a formula
    return one.value

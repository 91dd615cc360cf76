"""Lines in; every amount, count and rate in them with what it is of, its roles and its period, out."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen import units
from reportgen.formats import Kind, find
from reportgen.report.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.diagnostics import Span
    from reportgen.formats import Quantity
    from reportgen.report.formulas import Formula
    from reportgen.report.model import Line

_AMOUNTS: Final = frozenset({Kind.MONEY, Kind.PERCENT, Kind.POINTS, Kind.MULTIPLE, Kind.CAPITAL, Kind.FRACTION})
_DATES: Final = frozenset({Kind.YEAR, Kind.MONTH, Kind.DATE, Kind.DAY})
_NOT_COUNTED: Final = frozenset({"岁", "年", "月", "日", "分", "time"})
_STOPS: Final = re.compile("[，。；：、,;:！？!?（(）)\n]")
_SENTENCES: Final = re.compile("[。！？\n]")
_ITEMS: Final = re.compile("[。！？；;\n]")
_RANGES: Final = frozenset({"—", "——", "–", "-", "～", "~", "至"})
_LONGEST: Final = 48


@dataclass(frozen=True, slots=True)
class Measure:
    """One amount, count or rate of a line, with the words right before it, which begin at `start`.

    `key` are these words laid bare, to be compared; `roles` what else they say (预算, 年初 …). `sentence` and `item`
    count the stretches of the line before it that 。 ends, and that ； ends as well. `period` is the date or the year
    that its sentence said last, as it is written, or nothing.
    """

    line: Line
    quantity: Quantity
    start: int
    key: str
    roles: frozenset[str]
    sentence: int = 0
    item: int = 0
    period: str = ""

    @property
    def value(self) -> Decimal:
        """The number that is written, in its own unit."""
        assert isinstance(self.quantity.value, Decimal)  # noqa: S101 — no date is an amount
        return self.quantity.value

    @property
    def words(self) -> str:
        """The words before it."""
        return self.line.text[self.start : self.quantity.start]

    @property
    def dimension(self) -> str:
        """What it measures: money, ratio, or the word for what is counted; nothing where it has no unit."""
        return units.unit(self.quantity.unit).dimension if self.quantity.unit else ""

    @property
    def span(self) -> Span:
        """Its place, with the words that say what it is of."""
        return self.line.at(self.start, self.quantity.end)


def of_lines(lines: Sequence[Line], formulas: Sequence[Formula]) -> Iterator[Measure]:
    """Read the measures of all lines outside tables, in order; the figures of formulas are none."""
    taken: dict[int, list[Formula]] = {}
    for one in formulas:
        taken.setdefault(one.line.number, []).append(one)
    for line in lines:
        if line.cell is None:
            yield from _of_line(line, taken)


def _of_line(line: Line, taken: Mapping[int, Sequence[Formula]]) -> Iterator[Measure]:
    text = line.text
    found = find(text)
    if not any(map(is_measure, found)):
        return
    sentences, items = _places(_SENTENCES, text), _places(_ITEMS, text)
    period, dated, before = "", -1, 0
    ranged = _in_ranges(text, found)
    formulas = taken.get(line.number, ())
    for number, one in enumerate(found):
        sentence = bisect_left(sentences, one.start)
        if one.kind in _DATES:
            period, dated = one.text, sentence
        elif is_measure(one):
            start = _beginning(text, before, one.start)
            before = one.end
            if number not in ranged and not any(each.start <= one.start < each.end for each in formulas):
                said = subject(text[start : one.start].strip("：: "))
                when = period if dated == sentence else ""
                yield Measure(line, one, start, *said, sentence, bisect_left(items, one.start), when)


def is_measure(one: Quantity) -> bool:
    """Tell whether a quantity measures something: money, a rate, or what is counted, but no age, time or score."""
    if one.kind in _AMOUNTS:
        return True
    counted = one.kind is Kind.NUMBER and one.unit and units.unit(one.unit).dimension not in _NOT_COUNTED
    return bool(counted) and any(sign.isdecimal() for sign in one.text)


def _places(signs: re.Pattern[str], text: str) -> list[int]:
    return [one.start() for one in signs.finditer(text)]


def _in_ranges(text: str, found: Sequence[Quantity]) -> set[int]:
    """Give the numbers of the quantities that are the ends of ranges."""
    ends: set[int] = set()
    for number, one in enumerate(found[1:], 1):
        if text[found[number - 1].end : one.start].strip() in _RANGES:
            ends |= {number - 1, number}
    return ends


def _beginning(text: str, before: int, end: int) -> int:
    """Find where the words before a figure begin: after a stop, or after what was measured before.

    Where a colon or a bracket stands right before the figure, the words in front of that count: 参保人数（累计）：12人.
    """
    first = max(before, end - _LONGEST)
    stops = [one.start() for one in _STOPS.finditer(text, first, end)]
    while stops and not text[stops[-1] + 1 : end].strip():
        end = stops.pop()
        if text[end] in "）)":
            end = max(text.rfind("（", first, end), text.rfind("(", first, end), first)
            stops = [one for one in stops if one < end]
        elif text[end] not in "：:":
            return end + 1
    return stops[-1] + 1 if stops else first

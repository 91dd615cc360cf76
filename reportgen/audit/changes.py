"""What grew from one figure to another grew by their difference, and did not fall.

Where a sentence states both figures (由上年的160万元增加到176万元，增长10%; 比上年的160万元增长10%), the change is
reckoned again, in per cent of the first, in percentage points between two rates, or as an amount, with what rounding
allows. A rise that is called 下降 or 减少, and a fall that is called 增长, are found as well. Changes whose first
figure is not stated are passed over, and so is a percentage that may mean percentage points.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.formats import Kind, places
from reportgen.report.rounding import Bounds, bounds, quotient, rounded, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.measures import Measure

WRONG = rule(
    "A214",
    "change-wrong",
    Severity.ERROR,
    "from {first} to {last} is {right}, but “{stated}” is written",
    "reckon the change again, and see whether it went up or down",
)
_FIRST: Final = N_("before: {value}")
_LAST: Final = N_("after: {value}")

_UP: Final = "增长|增加|上升|提高|提升|增幅|升高|扩大|多"
_DOWN: Final = "下降|减少|降低|减幅|降幅|缩减|压减|缩小|少"
_CHANGE: Final = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:率|额|幅度)?了?(?:为|达到?|约|近)?\s*$")
_TO: Final = re.compile(rf"(?:(?:{_UP}|{_DOWN})(?:到|至|为)|变为|变成|变化为|升至|降至|增至|减至|升到|降到)(?:了)?\s*$")
_FROM: Final = re.compile("[由从]")
_BEFORE: Final = re.compile("上年|去年|上一年|同期|前年|年初(?!预算|结转)")
_THAN: Final = re.compile("[比较](?:上年|去年|上一年|同期|前年|年初)")
_RATIO: Final = "ratio"


class _Change(NamedTuple):
    """A change as it is told: from what, to what, by how much, and whether the word for it says up."""

    first: Measure
    last: Measure
    by: Measure
    up: bool


def find(report: Text) -> Iterator[Diagnostic]:
    """Find changes that are not the difference of what they lie between."""
    for _, group in groupby(report.measures, lambda one: (one.line.number, one.sentence)):
        sentence = list(group)
        for at in range(1, len(sentence)):
            change = _to(sentence, at) or _by(sentence, at)
            yield from _judged(change) if change else ()


def _to(sentence: Sequence[Measure], at: int) -> _Change | None:
    """Read 由甲增加到乙: the change is the word itself, which says up or down."""
    first, last = sentence[at - 1 : at + 1]
    found = _TO.search(last.words)
    if not found or not _FROM.search(first.words) or first.dimension != last.dimension:
        return None
    up = re.search(f"{_UP}|升|增", found.group())
    return _Change(first, last, last, up is not None) if up or re.search(f"{_DOWN}|降|减", found.group()) else None


def _by(sentence: Sequence[Measure], at: int) -> _Change | None:
    """Read how much something changed, after the two figures that it lies between."""
    by = sentence[at]
    found = _CHANGE.search(by.words)
    if not found or at < len("甲乙"):
        return None
    first, last = sentence[at - 2 : at]
    if first.dimension != last.dimension or first.quantity.kind is Kind.POINTS:
        return None
    if _FROM.search(first.words) and _TO.search(last.words):
        return _Change(first, last, by, found["up"] is not None)
    if _THAN.search(last.words) and not _CHANGE.search(last.words):
        return _Change(last, first, by, found["up"] is not None)
    return _years(first, last, by, up=found["up"] is not None)


def _years(one: Measure, other: Measure, by: Measure, *, up: bool) -> _Change | None:
    """Read 上年甲，本年乙，增长…: two figures of one thing, one of which is of the year before."""
    if one.key != other.key and one.key and other.key:
        return None
    before = [_BEFORE.search(each.words) is not None for each in (one, other)]
    if before == [False, False] and one.period.endswith("年") and other.period.endswith("年"):
        before = [one.period < other.period, other.period < one.period]
    if before[0] == before[1]:
        return None
    return _Change(one, other, by, up) if before[0] else _Change(other, one, by, up)


def _judged(one: _Change) -> Iterator[Diagnostic]:
    """Reckon a change again."""
    said, stated = bounds([one.first, one.last]), bounds([one.by])
    if said is None or stated is None:
        return
    low, high = said
    change = Bounds(high.low - low.high, high.high - low.low)
    if one.by is one.last:
        wrong = change.high < 0 if one.up else change.low > 0
    else:
        true = _scaled(one, low, change)
        signed = Bounds(*sorted(end if one.up else -end for end in stated[0]))
        wrong = true is not None and not true.meets(signed)
    if wrong:
        yield WRONG.at(
            one.by.line.at(one.by.start, one.by.quantity.end),
            related=(
                Label(one.first.span, _FIRST, {"value": one.first.quantity.text}),
                Label(one.last.span, _LAST, {"value": one.last.quantity.text}),
            ),
            first=one.first.quantity.text,
            last=one.last.quantity.text,
            right=_right(one),
            stated=one.by.line.text[one.by.start : one.by.quantity.end].strip(),
        )


def _scaled(one: _Change, low: Bounds, change: Bounds) -> Bounds | None:
    """Give a difference in what the change is said in; None where that cannot be told."""
    kind, ratio = one.by.quantity.kind, one.first.dimension == _RATIO
    if kind is Kind.POINTS:
        return Bounds(100 * change.low, 100 * change.high) if ratio else None
    if kind is Kind.PERCENT:
        return None if ratio else quotient(change, low)
    return change if one.by.dimension == one.first.dimension else None


def _right(one: _Change) -> str:
    """Write the true change in the unit in which it is written."""
    said = bounds([one.first, one.last])
    assert said  # noqa: S101 — it was reckoned before
    first, last = ((low + high) / 2 for low, high in said)
    change = abs(last - first)
    word = "增长" if last > first else "下降"
    decimals = max(places(one.by.value), len("小数"))
    if one.by.quantity.kind is Kind.PERCENT and one.by is not one.last:
        return f"{word}{rounded(100 * change / first, decimals)}%"
    if one.first.dimension == _RATIO:
        return f"{word}{rounded(100 * change, decimals)}个百分点"
    return f"{word}{shown(change, [one.first, one.last])}"

"""Measures in; wholes with the parts that a sentence parts them into, and the shares said of these, out.

收入总计100万元，其中：拨款80万元，占80%；其他收入20万元，占20%.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.report.measures import Measure

_RATIO: Final = "ratio"
_OPENER: Final = re.compile(
    r"\s*[，,。；;：:、]?\s*(?P<bracket>[（(])?\s*(?P<sign>其中|包括|分别[是为]|具体[是为]|由(?=[^。；]{1,40}(?:组成|构成))"
    r"|按[^，。；]{1,14}?(?:划分|分类|分|来?看)|分为|(?<=[（(])(?!含|占|比|较|约|注|不|见|详)|(?<=[：:])(?!占|比|较))"
    r"\s*(?P<colon>[：:，,]|(?<=[分看])[，,]?)?"
)
_NAMED: Final = re.compile(r"(?:^|[，。；：、,;:（(])\s*(?P<name>[\u4e00-\u9fff]{2,16}?)(?:之?中|里)\s*[，：:,]\s*$")
_OTHER: Final = re.compile(
    "[比较超每]|同比|增[加长幅]|减少|下降|上年|去年|(?<![和转、])结余|节约|人均|平均|剩余|尚|还有|未|缺口|另"
)
_SHARE: Final = re.compile(r"占|比重|比例")
_LEVELS: Final = {"、": 1, "，": 2, ",": 2, "：": 2, ":": 2, "；": 3, ";": 3, "。": 4, "！": 4, "？": 4}
_ITEMS: Final = 3
_SENTENCE: Final = 4
_MOST: Final = 60  # parts of a whole
_LONGEST: Final = 2000  # characters in a bracket


class Part(NamedTuple):
    """A part of a whole: its measure, and the share that is said of it, if one is."""

    measure: Measure
    share: Measure | None = None


class Whole(NamedTuple):
    """What is parted: its measure, its parts in order, and the sign that says so, 其中 or the like.

    A whole that is `loose` may have fewer parts, or ones that are parts of a part: the signs between them do not say.
    """

    measure: Measure
    parts: tuple[Part, ...]
    sign: str
    loose: bool = False


def of_measures(measures: Sequence[Measure]) -> Iterator[Whole]:
    """Find the wholes of all lines, in order of their parts."""
    for _, group in groupby(measures, lambda one: one.line.number):
        line = list(group)
        for number in range(1, len(line)):
            found = _opened(line, number) or _named(line, number)
            if found:
                yield from _parts(found, line, number)


class _Open(NamedTuple):
    """A whole whose parts begin: where a bracket around them ends, and whether a colon opens them."""

    measure: Measure
    sign: str
    end: int
    colon: bool


def _opened(line: Sequence[Measure], number: int) -> _Open | None:
    """Tell whether the measure before, or the amount that it is a share of, is parted from here on."""
    text, one, before = line[number].line.text, line[number], line[number - 1]
    found = _OPENER.match(text, before.quantity.end, one.quantity.start)
    whole = _amount(line, number - 1)
    if not found or not found.group().strip() or not whole or not (found["sign"] or one.words.strip()):
        return None
    end = _closing(text, found.start("bracket")) if found["bracket"] else len(text)
    return _Open(whole, found["sign"] or "：", end, bool(found["colon"])) if one.quantity.start < end else None


def _amount(line: Sequence[Measure], number: int) -> Measure | None:
    """Give a measure, or, where it is a rate beside one, the amount before it in its item."""
    one = line[number]
    if one.dimension != _RATIO:
        return one
    before = line[number - 1] if number else None
    return before if before and before.item == one.item and before.dimension != _RATIO else None


def _named(line: Sequence[Measure], number: int) -> _Open | None:
    """Find the whole that is named again before its parts, as in 收入总计中，…."""
    one, before = line[number], line[number - 1]
    found = _NAMED.search(one.line.text, before.quantity.end, one.start)
    if not found:
        return None
    whole = next(
        (
            each
            for each in reversed(line[max(number - _MOST, 0) : number])
            if each.words.strip().endswith(found["name"])
        ),
        None,
    )
    return _Open(whole, f"{found['name']}中", len(one.line.text), colon=True) if whole else None


def _parts(opened: _Open, line: Sequence[Measure], first: int) -> Iterator[Whole]:
    """Gather the parts of a whole: as long as no sign between them is higher than that between the first two."""
    parts: list[Part] = []
    level, loose = 0, False
    end = line[first].quantity.start
    for number in range(first, len(line)):
        one = line[number]
        if one.quantity.start >= opened.end or len(parts) > _MOST:
            break
        text = one.line.text[end : one.start] if number > first else ""
        gap = max((_LEVELS[sign] for sign in text if sign in _LEVELS), default=0)
        end = one.quantity.end
        if one.dimension == _RATIO and parts and gap < _ITEMS and _SHARE.search(one.words):
            parts[-1] = parts[-1]._replace(share=parts[-1].share or one)
            continue
        if gap >= _SENTENCE or (level and gap > level):
            break
        if one.dimension != opened.measure.dimension or _OTHER.search(one.words):
            continue
        loose |= number > first and _opened(line, number) is not None
        if parts:
            loose |= gap >= _ITEMS and not opened.colon
            level = level or max(gap, 1)
        parts.append(Part(one))
    if parts:
        yield Whole(opened.measure, tuple(parts), opened.sign, loose)


def _closing(text: str, start: int) -> int:
    """Find where a bracket ends."""
    depth = 0
    for at in range(start, min(len(text), start + _LONGEST)):
        depth += (text[at] in "（(") - (text[at] in "）)")
        if not depth:
            return at
    return len(text)

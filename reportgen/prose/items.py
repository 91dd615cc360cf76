"""Items told as 一是, 二是, 三是 end all in ； or all in 。, and each numeral stands once, in order.

A comma before 三是 where the others have a stop, a 。 inside an item of a list with ；, and commas between items that
hold commas themselves are notes. A numeral that is missing or doubled is a warning: an item may have been lost. Items
may stand in one paragraph or begin paragraphs, and a list may stand inside of an item. 第一是 and 之一是 are no items.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import N_, Label, Severity, Span, rule
from reportgen.report.wording import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Line, Text

ITEMS: Final = rule(
    "R107",
    "running-items",
    Severity.NOTE,
    "the items 一是, 二是 …: {remark}",
    "end all items in ；, the last one in 。, or all of them in 。",
)
_STOPS: Final = N_("before “{of}” stands “{stop}”, before others “{other}”")
_COMMAS: Final = N_("commas part the items, and stand inside of them as well")
_INSIDE: Final = N_("a 。 inside of an item, where ； parts the items")
_TWICE: Final = N_("“{item}” stands twice")
_MISSING: Final = N_("“{item}” follows “{before}”")
_COUNT: Final = N_("number the items one after the other, and look whether one was lost")
_ALL: Final = "一二三四五六七八九十"
_ITEM: Final = re.compile(rf"(?:(?<=[。；，：！？;:,”）\s])|^)(?P<numeral>[{_ALL}])是(?!一，二)", re.MULTILINE)
_DEEPEST: Final = 4  # lists inside of each other that may go on
_NEAR: Final = 8  # characters before an item in which its stop stands
_FULL, _PART, _PAUSE = "。！？", "；;", "，,"


class _Item(NamedTuple):
    """An item: its line, where it begins there, its number, and what stands before it, nothing at the line's start."""

    line: Line
    start: int
    number: int
    before: str

    @property
    def word(self) -> str:
        return f"{_ALL[self.number - 1]}是"

    def at(self) -> Span:
        return self.line.at(self.start, self.start + len(self.word))


def find(text: Text) -> Iterator[Diagnostic]:
    """Find items with odd stops, and items that are missing or doubled."""
    for section in text.sections:
        for _, lines in groupby(section.lines, key=lambda one: one.cell):
            for items in _lists([item for line in lines for item in _items(line)]):
                yield from _count(items)
                yield from _stops([one for one in items if one.line == items[0].line])


def _items(line: Line) -> Iterator[_Item]:
    words = said(line)
    for found in _ITEM.finditer(words):
        before = words[max(found.start() - _NEAR, 0) : found.start()].rstrip()[-1:]
        yield _Item(line, found.start(), _ALL.index(found["numeral"]) + 1, before)


def _lists(items: Sequence[_Item]) -> list[list[_Item]]:
    """Part items into lists: an item goes on with the last list that waits for it, else with the last one."""
    lists: list[list[_Item]] = []
    waiting: list[list[_Item]] = []
    for one in items:
        if not waiting or (one.number == 1 and not _again(waiting[-1], one)):
            waiting = [*waiting[-_DEEPEST:], []]
            lists.append(waiting[-1])
        else:
            fit = next((at for at in range(len(waiting), 0, -1) if _waits(waiting[at - 1][-1], one)), None)
            del waiting[fit or len(waiting) :]
        waiting[-1].append(one)
    return lists


def _waits(last: _Item, one: _Item) -> bool:
    """Tell whether an item follows another one, in its paragraph or at the beginning of a further one."""
    return one.number == last.number + 1 and (last.line == one.line or not one.before)


def _again(items: Sequence[_Item], one: _Item) -> bool:
    """Tell whether 一是 follows 一是 in one paragraph, and begins no list inside of it."""
    return len(items) == 1 and items[0].line == one.line and one.before not in {"：", ":"}


def _count(items: Sequence[_Item]) -> Iterator[Diagnostic]:
    """Find numerals that do not follow the one before."""
    for last, one in pairwise(items):
        if one.number != last.number + 1:
            message = _TWICE if one.number == last.number else _MISSING
            remark = Label(Span(), message, {"item": one.word, "before": last.word})
            yield ITEMS.at(one.at(), help=_COUNT, remark=remark).as_severe_as(Severity.WARNING)


def _stops(items: Sequence[_Item]) -> Iterator[Diagnostic]:
    """Find stops between the items of one paragraph that are not the same, or do not fit."""
    parted = [_kind(one.before) for one in items[1:]]
    kinds = {one for one in parted if one}
    if len(kinds) > 1:
        usual = max(kinds, key=lambda kind: (parted.count(kind), kind != _PAUSE))
        odd, kind = next((one, kind) for one, kind in zip(items[1:], parted, strict=True) if kind and kind != usual)
        yield _said(odd, odd.start - 1, _STOPS, of=odd.word, stop=kind[0], other=usual[0])
        return
    between = [(one, one.line.text[one.start : after.start - 1]) for one, after in pairwise(items)]
    signs = {_PAUSE: "，,", _PART: "。"}.get(next(iter(kinds), ""), "")
    for one, words in between:
        if set(signs) & set(words.rstrip()):
            yield _said(one, one.start, _COMMAS if signs != "。" else _INSIDE)
            return


def _said(item: _Item, start: int, message: str, **values: object) -> Diagnostic:
    return ITEMS.at(item.line.at(start, item.start + len(item.word)), remark=Label(Span(), message, values))


def _kind(stop: str) -> str:
    return next((kind for kind in (_FULL, _PART, _PAUSE) if stop and stop in kind), "")

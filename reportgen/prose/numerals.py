"""Headings and items are numbered 一、 （一） 1. （1） ①, each level inside of the one before, each once, in order.

A heading without a numeral among numbered ones is a note, for Word's own numbering is often lost when text is pasted;
all such headings are one finding. A numeral that stands twice or leaves one out is a warning. （一） inside of 1. is on
the wrong level where 2. follows. Odd forms are 1、 for 1. and （一）、 for （一）. Lists may begin anew, and where a
numeral was lost the next one is not held against the one before.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import Severity, Tally, rule
from reportgen.formats import numerals
from reportgen.word.look.roles import BLANKS, LABEL, numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.report import Heading, Line, Text

MISSING: Final = rule(
    "R114",
    "numeral-missing",
    Severity.NOTE,
    "headings without a numeral among numbered ones: “{found}” ({count} in all)",
    "number them; a numeral that Word counted may have been lost in copying",
)
ORDER: Final = rule(
    "R115",
    "numeral-order",
    Severity.WARNING,
    "“{found}” follows “{before}”",
    "number the headings one after the other, and look whether a part was lost or stands twice",
)
LEVEL: Final = rule(
    "R117",
    "level-order",
    Severity.NOTE,
    "“{found}” stands below “{above}”",
    "the levels are 一、 then （一） then 1. then （1） then ①: choose the one that follows",
)
FORM: Final = rule(
    "R118",
    "numeral-form",
    Severity.NOTE,
    "numerals of an odd form: {found} ({count} in all)",
    "write 一、 and （一） and 1. and （1） and ①: a dot after 1, and no 、 after brackets",
)

_INLINE: Final = re.compile(r"(?<=[：；。，])(?:（[1-9]\d?）|[1-9]\d?[.．、](?!\d)|[①-⑳])")
_SIGN: Final = re.compile(r"\d+|[一二三四五六七八九十百]+|[①-⑳]")
_COUNTING: Final = re.compile("[一二三四五六七八九十]、[一二三四五六七八九十](?:、|产业)")
_BRACKETED: Final = re.compile(r"[（(].*[）)]")
_MOST: Final = 4  # numerals that may be left out for the next one to belong to the same list
_LONGEST: Final = 12  # characters of a numeral, and more
_TWICE: Final = 2  # lists of one level that are open, one inside of the other
_SECOND: Final = 2  # the level of （一）


class _Mark(NamedTuple):
    """A numeral as typed, whether it is right, its level and number, where it stands, and whether it begins a line."""

    typed: str
    right: bool
    level: int
    number: int
    span: Span
    first: bool


def find(text: Text) -> Iterator[Diagnostic]:
    """Find numerals that are missing, out of order, on a wrong level, or of an odd form."""
    headings = {one.heading.line.number: one.heading for one in text.sections if one.heading}
    counted = [one for one in headings.values() if one.numeral]
    missing, forms = Tally(), Tally()
    beginnings = {one.lines[0].number for one in text.sections if one.lines and not one.heading}
    reader = _Reader()
    for line in text.lines:
        if line.number in beginnings:
            reader = _Reader()
        heading = headings.get(line.number)
        if line.cell or not line.text.strip(BLANKS):
            continue
        if heading and not heading.numeral:
            reader.skip(heading.level)
            if _is_bare(heading, text) and any(one.level == heading.level for one in counted):
                missing.add(heading.title, line.at(heading.start, heading.end))
            continue
        for mark in _marks(line):
            if mark.first and _is_odd(mark):
                forms.add(_SIGN.sub(_example, mark.typed), mark.span)
            yield from reader.read(mark)
    yield from missing.found(MISSING)
    yield from forms.found(FORM)


def _is_bare(heading: Heading, text: Text) -> bool:
    """Tell whether a heading should have a numeral: not the title, a label with a colon, nor that of an annex."""
    after = heading.line.text[heading.end : heading.end + 1]
    return after not in {"：", ":"} and heading.line not in text.cover.title and not LABEL.match(heading.title)


def _marks(line: Line) -> Iterator[_Mark]:
    """Give the numeral that a line begins with, typed or counted by Word, and those that follow in it."""
    start = len(line.text) - len(line.text.lstrip(BLANKS))
    inner = ((found.start(), found.group()) for found in _INLINE.finditer(line.text, start + 1))
    for at, said in ((start, line.numeral or line.text[start : start + _LONGEST]), *inner):
        shown = numeral(said)
        if shown and not _COUNTING.match(said):
            whole = at == start and line.numeral
            span = line.at() if whole else line.at(at, at + len(shown.typed))
            yield _Mark(shown.typed, shown.right, shown.level, _number(shown.typed), span, at == start)


def _number(typed: str) -> int:
    found = _SIGN.search(typed)
    sign = found.group() if found else ""
    if sign.isdecimal():
        return int(sign)
    return int(unicodedata.numeric(sign)) if "①" <= sign <= "⑳" else numerals.whole(sign)


def _is_odd(mark: _Mark) -> bool:
    """Tell whether a numeral is of an odd form; what is odd about its brackets alone is told by other rules."""
    return not mark.right and mark.typed[0] != "第" and not _BRACKETED.fullmatch(mark.typed)


def _example(found: re.Match[str]) -> str:
    return "1" if found.group().isdecimal() else "一"


class _Reader:
    """The numerals that are open: of each list that may go on its last one, outermost first."""

    def __init__(self) -> None:
        self._open: list[_Mark] = []
        self._inside: dict[int, tuple[_Mark, _Mark]] = {}  # by its place among the open ones: （一）, inside of 1.
        self._loose: set[int] = set()

    def skip(self, level: int) -> None:
        """Pass a heading whose numeral was lost."""
        self._keep([one for one in self._open if one.level < level])
        self._loose |= {one.level for one in self._open}

    def read(self, mark: _Mark) -> Iterator[Diagnostic]:
        """Take the next numeral."""
        same = [at for at, one in enumerate(self._open) if one.level == mark.level]
        goes_on = [at for at in same if self._open[at].number == mark.number - 1]
        deeper = self._open and self._open[-1].level > mark.level >= _SECOND
        if goes_on:
            at = goes_on[-1]
            for odd, above in (one for place, one in self._inside.items() if place > at):
                yield LEVEL.at(odd.span, found=odd.typed, above=above.typed)
            continued = self._inside.get(at)
            self._keep(self._open[:at])
            self._inside |= {at: continued} if continued else {}
        elif mark.number == 1 and deeper and mark.first and len(same) < _TWICE:
            self._inside[len(self._open)] = mark, self._open[-1]
        elif mark.number == 1 or not same:
            self._keep([one for one in self._open if one.level < mark.level])
        else:
            last = self._open[same[-1]]
            if mark.first and self._is_wrong(mark, last):
                yield ORDER.at(mark.span, found=mark.typed, before=last.typed)
            self._keep(self._open[: same[-1]])
        self._open.append(mark)
        self._loose.discard(mark.level)

    def _keep(self, kept: list[_Mark]) -> None:
        self._open = kept
        self._inside = {at: one for at, one in self._inside.items() if at < len(kept)}

    def _is_wrong(self, mark: _Mark, last: _Mark) -> bool:
        """Tell whether a numeral stands twice or leaves some out, where none was lost between."""
        left_out = last.number < mark.number <= last.number + _MOST and mark.level not in self._loose
        return mark.number == last.number or left_out

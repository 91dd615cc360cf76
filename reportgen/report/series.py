"""A report in; the items that it announces with their number out: 三项措施：一是…；二是…, 下列4项工作：1.….

The items are told by their numerals, in the line of the announcement or at the beginning of the lines below it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.report.listings import counts, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.diagnostics import Span
    from reportgen.report.listings import Count
    from reportgen.report.model import Line, Text

_HAN: Final = "[一二三四五六七八九十]{1,3}"
_BEFORE: Final = r"(?<![\w“])"
_FORMS: Final = tuple(
    re.compile(one)
    for one in (
        rf"{_BEFORE}({_HAN})是",
        rf"{_BEFORE}({_HAN})、",
        rf"[（(]({_HAN})[）)]",
        r"(?<![\w.．（(-])(\d{1,2})(?:[.．](?!\d)|、)",
        r"[（(](\d{1,2})[）)]",
        "([①-⑳])",
        rf"{_BEFORE}第({_HAN})[，、是]",
    )
)
_COLON: Final = re.compile(r"\s*[：:]\s*")
_STOP: Final = re.compile(r"\s*[，。；]?\s*")
_LAST: Final = re.compile(r"\s*(?:[：:]|[。]?)\s*")
_HERE: Final = re.compile("以下|下列|如下")
_MATTERS: Final = re.compile(
    ".*(?:措施|方面|工作|问题|任务|原因|目标|特点|成效|做法|亮点|环节|举措|要求|重点|步骤|不足|困难|经验|制度|机制|行动|工程)"
)
_COUNTED: Final = frozenset(("个", "项", "点", "条", "方面", "大", "步", "类", "种", "件"))
_NO_MATTERS: Final = frozenset("村镇乡县区街社组单部人名户")
_BLANKS: Final = " \u3000\t\xa0"


class Series(NamedTuple):
    """Items that were announced: the line, the number that is stated, how many there are, and where the last is."""

    line: Line
    stated: Count
    number: int
    last: Span


class _Mark(NamedTuple):
    """The numeral of an item: its value, and where it begins and ends."""

    value: int
    start: int
    end: int


def find(report: Text) -> Iterator[Series]:
    """Find announced items whose numerals go on one by one from the first, and that end for sure."""
    for line in report.lines:
        for count in counts(line.text, 0, len(line.text)):
            if count.unit in _COUNTED and count.noun[:1] not in _NO_MATTERS:
                series = _in_line(report, line, count) or _below(report, line, count)
                if series:
                    yield series


def _in_line(report: Text, line: Line, count: Count) -> Series | None:
    """Read the items that follow an announcement in its line, and go on in the lines right below it."""
    between = _COLON.match(line.text, count.end)
    if between is None and _MATTERS.match(count.noun):
        between = _STOP.match(line.text, count.end)
    form = next((one for one in _FORMS if between and one.match(line.text, between.end())), None)
    if form is None or between is None:
        return None
    marks = _consecutive(map(_mark, form.finditer(line.text, between.end())))
    if not marks:
        return None
    number, last, where = len(marks), line, marks[-1]
    for other in _further(report, line):
        following = _first(form, other)
        if following is None or following.value != number + 1:
            break
        number, last, where = number + 1, other, following
    return Series(line, count, number, last.at(where.start, where.end))


def _below(report: Text, line: Line, count: Count) -> Series | None:
    """Read the items that are the lines, or the headings, below an announcement that ends its line."""
    end = _LAST.fullmatch(line.text, count.end)
    if end is None or not (_COLON.fullmatch(end.group()) or _HERE.search(line.text)):
        return None
    form: re.Pattern[str] | None = None
    number, last, where = 0, line, _Mark(0, 0, 0)
    for other in _further(report, line):
        form = form or next((one for one in _FORMS if _first(one, other)), None)
        mark = _first(form, other) if form else None
        if form is None or (mark and mark.value != number + 1):
            return None
        if mark:
            number, last, where = number + 1, other, mark
    return Series(line, count, number, last.at(where.start, where.end)) if number else None


def _further(report: Text, line: Line) -> Iterator[Line]:
    """Give the lines that say something below a line, in its section and those within it."""
    section = report.section(line)
    for number in range(line.number + 1, len(report.lines)):
        other = report.lines[number]
        if not report.section(other).lies_in(section):
            return
        if other.text.strip():
            yield other


def _first(form: re.Pattern[str], line: Line) -> _Mark | None:
    """Read the numeral that a line begins with, or that Word puts before it."""
    if line.numeral:
        shown = form.match(line.numeral)
        return _mark(shown)._replace(start=0, end=len(line.text)) if shown else None
    typed = form.match(line.text, len(line.text) - len(line.text.lstrip(_BLANKS)))
    return _mark(typed) if typed else None


def _mark(found: re.Match[str]) -> _Mark:
    return _Mark(value(found[1]), *found.span())


def _consecutive(marks: Iterable[_Mark]) -> list[_Mark]:
    """Give marks that go on from the first, up to where another series begins; none where one is missing."""
    found: list[_Mark] = []
    for one in marks:
        if one.value == len(found) + 1:
            found.append(one)
        elif one.value == 1:
            break
        else:
            return []
    return found

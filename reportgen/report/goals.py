"""A report in; the goals that were set for the year, and each list of goals that it gives elsewhere, out."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Span
    from reportgen.report.model import Line, Section, Text

_SET: Final = re.compile("(?:绩效|总体|年度|整体|工作|履职)(?:总体?)?目标(?!(?:管理|公开|申报|自评))")
_JUDGED: Final = re.compile("完成|实现|达成|合理|明确|设置|偏离|评分|得分|率")
_TOLD: Final = re.compile("目标(?:的)?(?:完成|实现|达成)情况")
_LIST: Final = re.compile("(?:绩效|年度|总体|整体|工作)(?:总体?)?目标(?:分别)?(?:是|为|有|包括|如下)[：:，,]?(?!了)")
_HAN: Final = "一二三四五六七八九十"
_ITEM: Final = re.compile(
    rf"(?:^|(?<=[。；：，,;:\s]))(?:[{_HAN}]是|[（(][\d{_HAN}]{{1,2}}[）)]|\d{{1,2}}[.．、](?!\d)|[①-⑳])\s*"
)
_STOP: Final = re.compile("[。！？]|；\\s*$")
_CLOSE: Final = re.compile("[。；！？;]")
_PART: Final = re.compile("[；;]")
_FEWEST: Final = 2
_FOLLOWING: Final = 20  # lines after the one that announces a list


class Goal(NamedTuple):
    """The words of one goal: their line, and where they stand in it."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.line.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Its place."""
        return self.line.at(self.start, self.end)


class Goals(NamedTuple):
    """A list of goals: the section that it stands in, and the place of what announces it."""

    section: Section
    span: Span
    goals: tuple[Goal, ...]


def sections(report: Text) -> list[Section]:
    """Give the sections in which goals are set; a section in another of them is not named by itself."""
    found: list[Section] = []
    for one in report.sections:
        if _SET.search(one.title) and not _JUDGED.search(one.title) and not (found and one.lies_in(found[-1])):
            found.append(one)
    return found


def below(report: Text, section: Section) -> Iterator[Goals]:
    """Give the goals of a section, as many as two: the headings next below its own, else the items of its list."""
    heading = section.heading
    assert heading  # noqa: S101 — a section is found by its title
    parts = (one.heading for one in report.sections if one.parent is section)
    goals = [Goal(one.line, one.start, one.end) for one in parts if one]
    yield from _several(section, heading.line.at(heading.start, heading.end), goals or _items(section.lines[1:]))


def told(report: Text, where_set: Section) -> Iterator[Goals]:
    """Give the lists of goals that stand elsewhere: where they are judged, and where it is told what came of them."""
    for section in report.sections:
        if section.lies_in(where_set):
            continue
        if _TOLD.search(section.title):
            yield from below(report, section)
            continue
        for at, line in enumerate(section.lines):
            found = None if line.cell else _LIST.search(line.text)
            if found:
                goals = _goals(line, found.end()) or _items(section.lines[at + 1 : at + _FOLLOWING])
                yield from _several(section, line.at(*found.span()), goals)


def _several(section: Section, span: Span, goals: list[Goal]) -> Iterator[Goals]:
    if len(goals) >= _FEWEST:
        yield Goals(section, span, tuple(goals))


def _items(lines: tuple[Line, ...]) -> list[Goal]:
    """Read the items that lines begin with, or that follow each other in a line."""
    return [goal for line in lines if not line.cell for goal in _numbered(line, 0)]


def _goals(line: Line, start: int) -> list[Goal]:
    """Read the goals that follow in a line: numbered, or parted by semicolons."""
    numbered = _numbered(line, start)
    if numbered or not line.text[start:].strip():
        return numbered
    stop = _STOP.search(line.text, start)
    end = stop.start() if stop else len(line.text)
    cuts = [start, *(one.end() for one in _PART.finditer(line.text, start, end)), end + 1]
    return [Goal(line, first, last - 1) for first, last in pairwise(cuts)]


def _numbered(line: Line, start: int) -> list[Goal]:
    marks = [one.span() for one in _ITEM.finditer(line.text, start)] + [(len(line.text), 0)]
    return [Goal(line, first, _end(line.text, first, last)) for (_, first), (last, _) in pairwise(marks)]


def _end(text: str, start: int, end: int) -> int:
    stop = _CLOSE.search(text, start, end)
    return stop.start() if stop else len(text[:end].rstrip("，, "))

"""The same passage in two places: one of them then says nothing of its own.

It comes about when the account of one indicator is copied below another. A passage is found at its second place when at
least 60 characters of it are the report's own text, word for word; how its items are numbered and how they are parted
makes no difference. Official formulas (the names of congresses, 指导思想), quoted names of documents and clauses with
figures may stand twice and do not count, nor do tables. A section about problems, measures or plans takes up what was
said before, a conclusion sums it up, and goals are named again where they are judged: all this is no repetition.
"""

from __future__ import annotations

import re
from itertools import accumulate, count
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import N_, Label, Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.report import Line, Section, Text

REPEATED = rule(
    "A508",
    "repeated-passage",
    Severity.WARNING,
    "{count} characters stand here word for word as before",
    "say in each place what belongs to its heading only",
)

_LEAST: Final = 60
_MOST: Final = 40  # clauses that a passage needs to have so many characters
_CLAUSE: Final = re.compile("[^，。；：！？,;:!?]+")
_ITEM: Final = re.compile(r"\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[）)]|[.．、](?!\d)|是)|[①-⑳])\s*")
_QUOTED: Final = re.compile("《[^》]*》|“[^”]*”|[《》“”]")
_FIGURE: Final = re.compile(r"\d")
_FORMULA: Final = re.compile(
    "习近平|党的[一二十]+大|[一二三四五六七八九]中全会|党中央|决策部署|重要讲话|重要指示|指导思想|各级党委"
)
_TAKES_UP: Final = re.compile("问题|不足|改进|整改|建议|下一步|打算|计划|安排|附件|附表|扣分|失分")
_SUMS_UP: Final = re.compile("结论")
_GOALS: Final = re.compile("目标|指标明确")


class _Clause(NamedTuple):
    """A clause of a section: its place, and what is known of it; the end of a section is an empty one."""

    section: Section
    line: Line
    start: int
    end: int
    said: str = ""


def find(report: Text) -> Iterator[Diagnostic]:
    """Find passages that stand in the report before."""
    clauses = [one for section in report.sections for one in _clauses(section)]
    numbers = _numbers(clauses)
    sums = list(accumulate((_own(one.said) for one in clauses), initial=0))
    seen: dict[tuple[int, ...], int] = {}
    at, end = 0, 0
    while at < len(clauses):
        end = max(end, at)
        while end < len(clauses) and sums[end] - sums[at] < _LEAST:
            end += 1
        whole = sums[end] - sums[at] >= _LEAST and end - at <= _MOST
        first = seen.setdefault(tuple(numbers[at:end]), at) if whole else at
        size = _size(numbers, first, at)
        if size and not _may(clauses[first].section, clauses[at].section):
            yield _repeated(clauses[first : first + size], clauses[at : at + size])
        at += size or 1


def _clauses(section: Section) -> Iterator[_Clause]:
    heading = section.heading
    for line in section.lines:
        begin = heading.end if heading and line is heading.line else 0
        for found in () if line.cell else _CLAUSE.finditer(line.text, begin):
            item = _ITEM.match(line.text, *found.span())
            start = item.end() if item else found.start()
            said = "".join(line.text[start : found.end()].split())
            if said:
                yield _Clause(section, line, found.start(), found.end(), said)
    if section.lines:
        yield _Clause(section, section.lines[-1], 0, 0)


def _numbers(clauses: Sequence[_Clause]) -> list[int]:
    """Give equal clauses the same number, and the end of each section one of its own."""
    numbers: dict[str, int] = {}
    ends = count(-1, -1)
    return [numbers.setdefault(one.said, len(numbers)) if one.said else next(ends) for one in clauses]


def _own(said: str) -> int:
    """Count the characters of a clause that stand twice by mistake only, its stop among them."""
    return 0 if _FIGURE.search(said) or _FORMULA.search(said) or not said else len(_QUOTED.sub("", said)) + 1


def _size(numbers: Sequence[int], first: int, at: int) -> int:
    """Count the clauses from one place on that are the same from another on."""
    size = 0
    while at + size < len(numbers) and first + size < at and numbers[first + size] == numbers[at + size]:
        size += 1
    return size


def _may(first: Section, second: Section) -> bool:
    """Tell whether a passage may stand below both of two headings."""
    paths = "，".join(first.path), "，".join(second.path)
    sums_up = any(map(_SUMS_UP.search, (first.title, second.title)))
    return sums_up or any(map(_TAKES_UP.search, paths)) or all(map(_GOALS.search, paths))


def _repeated(first: Sequence[_Clause], second: Sequence[_Clause]) -> Diagnostic:
    size = sum(len("".join(one.line.text[one.start : one.end + 1].split())) for one in second)
    return REPEATED.at(_place(second), related=(Label(_place(first), N_("the first time here")),), count=size)


def _place(clauses: Sequence[_Clause]) -> Span:
    """Give the place of a passage; in a passage of several paragraphs, of what stands in its first."""
    first = clauses[0]
    return first.line.at(first.start, next(one.end for one in reversed(clauses) if one.line is first.line))

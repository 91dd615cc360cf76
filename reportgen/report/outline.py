"""Lines in, the sections of a report out: by Word's headings, by numerals, or by words where numerals were lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.report.model import Heading, Section
from reportgen.word.look.roles import BLANKS, Numeral, numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.report.model import Line

_LONGEST: Final = 40  # the most characters of a heading
_RUN_IN: Final = 26  # of one that text follows in its line
_LOST: Final = 2  # the level of a heading whose numeral was lost
_KNOWN: Final = re.compile(
    "(?:下一步|今后|部门|单位|本部门|整体|年度|基本|主要|绩效|管理|工作|任务|及|和|与|、|重点|总体|支出|收入|情况)*"
    "(?:基本情况|基本概况|整体概况|主要职责|部门职能|机构设置|机构情况|内设机构|人员编制|人员情况|人员构成|工作任务|总体工作|绩效目标|支出情况|收支情况|自评情况|自评结论|自评得分情况"
    "|指标分析|存在问题|存在的问题|主要问题|改进意见|改进措施|工作计划|工作打算|工作安排)"
    "(?:及|和|与|、|的|主要|下一步|改进|意见|措施|建议|原因|分析|情况|整改|构成)*"
)
_INNER: Final = re.compile("[，；！？,;]")
_NEXT: Final = "\n"  # a line of a paragraph ends
_COMMAS: Final = {"，", ","}
_END: Final = re.compile("[。：:\n]")
_CONTENTS: Final = re.compile(r"(?:\.{3,}|…+|·{3,}|_{3,}|\t)\s*\d{1,3}\s*$")  # in a table of contents
_PAGE: Final = re.compile(r"[.…·_\s]*\d{0,3}\s*$")
_HEAD: Final = re.compile(r"\s*目\s*录\s*")
_MOST_ENTRIES: Final = 400  # lines of a table of contents
_PART: Final = re.compile(r"第[一二三四五六七八九十]{1,2}(?:部分|章)[、：:]?")
_REPORT: Final = re.compile(r"报告(?:[（(][^（）()]{0,20}[）)])?\s*$")
_SAYS: Final = re.compile(r"^\s*\d+(?:\.\d+)?\s*(?:%|％|分|个|人|万|元|年|月|日)")


class _Found(NamedTuple):
    """What a line is as a heading: the numeral, its level, and where the words begin and end."""

    numeral: str
    level: int
    start: int
    end: int


def sections(lines: Sequence[Line]) -> tuple[Section, ...]:
    """Part lines into sections, in reading order; what stands before the first heading is a section without one.

    Headings in tables count where there are no others: a form is one table, with a box for each part of the text.
    """
    contents = _contents(lines)
    reader = _Outline(contents, cells=False)
    for line in lines:
        reader.add(line)
    if reader.is_flat and any(line.cell for line in lines):
        reader = _Outline(contents, cells=True)
        for line in lines:
            reader.add(line)
    return tuple(reader.sections())


def _contents(lines: Sequence[Line]) -> range:
    """Give the numbers of the lines of a table of contents: from 目录 up to where its first entry stands again."""
    start = next((one.number for one in lines if _HEAD.fullmatch(one.text)), len(lines))
    first = ""
    for line in lines[start + 1 : start + _MOST_ENTRIES]:
        said = _PAGE.sub("", line.text.strip(BLANKS)).strip(BLANKS)
        if first and said == first:
            return range(start, line.number)
        first = first or said
    return range(0)


class _Outline:
    """The sections so far, as headings with their lines."""

    def __init__(self, contents: range, *, cells: bool) -> None:
        """Take the lines of a table of contents, which are no headings, and whether cells of tables may be some."""
        self._contents = contents
        self._cells = cells
        self._parts: list[tuple[Heading | None, list[Line]]] = [(None, [])]

    @property
    def is_flat(self) -> bool:
        """Whether no heading was found."""
        return len(self._parts) == 1

    def add(self, line: Line) -> None:
        """Take the next line."""
        found = None if (line.cell and not self._cells) or line.number in self._contents else _heading(line)
        if found is None or (self.is_flat and line.level and not found.numeral and _REPORT.search(line.text)):
            self._parts[-1][1].append(line)
        else:
            self._parts.append((Heading(line, found.level, found.numeral, found.start, found.end), [line]))

    def sections(self) -> Iterator[Section]:
        """Give all sections; each lies in the last one before it that has a higher heading."""
        around: list[Section] = []
        for heading, lines in self._parts:
            while heading and len(around) > 1 and _level(around[-1]) >= heading.level:
                around.pop()
            section = Section(heading, around[-1] if around else None, tuple(lines))
            around.append(section)
            yield section


def _level(section: Section) -> int:
    return section.heading.level if section.heading else 0


def _heading(line: Line) -> _Found | None:
    """Read a line as a heading, if it is one."""
    text = line.text
    start = len(text) - len(text.lstrip(BLANKS))
    shown = numeral(line.numeral) if line.numeral else None
    typed = None if shown else _numeral(text[start:])
    mark = shown or typed
    begin = start + (len(typed.typed) if typed else 0)
    begin += len(text[begin:]) - len(text[begin:].lstrip(BLANKS))
    end = _words_end(text, begin)
    if end is None or _SAYS.match(text[begin:]) or _CONTENTS.search(text, begin, end):
        return None
    if line.level:
        return _Found(mark.typed if mark else line.numeral, _depth(line.level, mark), begin, end)
    if mark and _is_title(text, begin, end) and (mark.level > _LOST or _stands_alone(text, begin, end)):
        return _Found(mark.typed, mark.level, begin, end)
    if not mark and not line.numeral and _KNOWN.fullmatch(text[begin:end]):
        return _Found("", _LOST, begin, end)
    return None


def _numeral(text: str) -> Numeral | None:
    """Read the numeral that a line begins with; 第一部分 is one as well."""
    found = _PART.match(text)
    return Numeral(found.group(), 1, right=True) if found else numeral(text)


def _depth(level: int, mark: Numeral | None) -> int:
    """Give the level of a heading of Word: that of its numeral, where it has one."""
    return mark.level if mark else level


def _words_end(text: str, begin: int) -> int | None:
    """Find where the words of a heading would end; None where they are too long or a sentence goes on."""
    stop = _END.search(text, begin)
    end = stop.start() if stop else len(text.rstrip(BLANKS))
    goes_on = stop and stop.group() != _NEXT and text[stop.end() :].strip(BLANKS)
    most = _RUN_IN if goes_on else _LONGEST
    return end if begin < end <= begin + most else None


def _is_title(text: str, begin: int, end: int) -> bool:
    """Tell whether words after a numeral are a heading: with a comma in them only where they end their line."""
    pauses = set(_INNER.findall(text[begin:end]))
    return not pauses or (pauses <= _COMMAS and end == len(text.rstrip(BLANKS)))


def _stands_alone(text: str, begin: int, end: int) -> bool:
    """Tell whether no text follows in the line, as it does after the first words of items of a list, or words known."""
    return (
        text[end : end + 1] == _NEXT
        or not text[end + 1 :].strip(BLANKS)
        or _KNOWN.fullmatch(text[begin:end]) is not None
    )

"""Goals are said to be measurable, yet none of them names a value to be reached: no score is earned by that.

Found where the text claims goals or their indicators to be 可衡量 or 可量化, while below the heading of the goals no
figure with a unit stands and nowhere in the report a column of target values. A figure counts unless it is one of next
year, or only describes a thing (5000万元的项目). A report without a heading of goals is left alone, and so is the
wording of a standard in a table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen import formats
from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.formats import Kind
from reportgen.report import goals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.report import Line, Text

UNMEASURED = rule(
    "A504",
    "goals-unmeasured",
    Severity.WARNING,
    "the goals are said to be measurable, yet none of them names a value to be reached",
    "set a target value for each goal, or lower the score",
)

_CLAIM: Final = re.compile(
    "可衡量|可量化|可考核|可以?(?:被)?(?:衡量|量化|考核)|能够?(?:衡量|量化|考核)|(?:已|全部|均|都)(?:已经?)?量化"
)
_DENIED: Final = re.compile("未|没有|不|缺|难|有待|还需|需要|应当|进一步|今后|下一步|加强|是否|如果|的，?(?:得|扣)")
_SUBJECT: Final = re.compile("目标|指标")
_COLUMN: Final = re.compile("(?:目标|指标|预期|计划)值")
_STATED: Final = re.compile(r"(?:目标|指标|预期|计划)值(?:分别)?[为是：:]?\s*[≥≤]?\s*\d")
_CLAUSE: Final = re.compile("[^，。；：！？,;:]+")
_QUOTED: Final = re.compile("“[^”]*”|《[^》]*》")
_NEXT: Final = re.compile("明年|下一?年|来年|后年|十四五|十五五")
_DOES: Final = re.compile("完成|达到|实现|新增|新建|建成|建设|修建|改造|种植|培训|提高|不低于|不少于|不超过|以上|控制")
_VALUES: Final = frozenset(Kind) - {Kind.ORDINAL, Kind.CODE, Kind.YEAR, Kind.MONTH, Kind.DATE, Kind.DAY}


def find(report: Text) -> Iterator[Diagnostic]:
    """Find the first claim that goals are measurable, where none is measured."""
    claim = next(_claims(report), None)
    lines = [line for one in goals.sections(report) for line in report.below(one)]
    if claim and lines and not any(map(_has_value, lines)) and not any(map(_is_target, report.lines)):
        yield UNMEASURED.at(claim, related=(Label(lines[0].at(), N_("the goals, without values")),))


def _claims(report: Text) -> Iterator[Span]:
    for line in report.lines:
        if line.cell or not _CLAIM.search(line.text):
            continue
        for start, end in line.sentences():
            said = line.text[start:end]
            if _CLAIM.search(said) and _SUBJECT.search(said) and not _DENIED.search(said):
                yield line.at(start, end)


def _is_target(line: Line) -> bool:
    """Tell whether a line gives a target value, or is the head of a column of them."""
    return bool(line.cell and _COLUMN.search(line.text)) or _STATED.search(line.text) is not None


def _has_value(line: Line) -> bool:
    """Tell whether a line of a goal says how much is to be reached."""
    text = _QUOTED.sub(lambda found: "　" * len(found.group()), line.text)
    return any(map(_says_how_much, _CLAUSE.findall(text)))


def _says_how_much(clause: str) -> bool:
    if _NEXT.search(clause):
        return False
    described = not _DOES.search(clause)
    return any(_is_value(one, clause[one.end :].strip(), described=described) for one in formats.find(clause))


def _is_value(one: formats.Quantity, after: str, *, described: bool) -> bool:
    """Tell whether a quantity can be a target: in figures, or at the end, and no mere description of a thing."""
    if not one.unit or one.kind not in _VALUES or (described and after.startswith("的")):
        return False
    return not after or any(sign.isdecimal() for sign in one.text)

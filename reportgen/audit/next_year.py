"""The goals of a year are those of this year: 力争明年动工 among them can be reached by no score of the report.

Looked at are sections under a heading that ends in 目标 or 目标情况. Found are 明年, 来年, 下一年 and 下年度, and the
year after that of the report where something is to be done in it (力争2025年建成), but not up to it (到2025年).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Section, Text

NEXT_YEAR = rule(
    "A404",
    "next-year-goal",
    Severity.WARNING,
    "among the goals of the year one is set for the next: “{goal}”",
    "write what was to be done in this year, and move what comes later to the plans for the next",
)

_GOALS: Final = re.compile("目标(?:的?(?:设定|设置|制定|申报))?(?:情况)?")
_OTHERS: Final = re.compile("完成|实现|指标|计划|打算|下一?步|今后|改进|[下明]年|未来|规划")
_NEXT: Final = r"(?:力争|争取|计划|拟|预计|确保|将|准备|力求)?(?:在|于)?(?:明年|来年|(?<!结转)下一?年度?)(?!初步)"
_PLANNED: Final = r"(?:力争|争取|计划|拟|预计|确保|将)(?:在|于)?{}年"


def find(report: Text) -> Iterator[Diagnostic]:
    """Find goals that are set for the year after that of the report."""
    later = f"|{_PLANNED.format(report.year + 1)}" if report.year else ""
    pattern = re.compile(_NEXT + later)
    for section in report.sections:
        if _has_goals(section):
            for line in section.lines:
                for found in pattern.finditer(line.text):
                    yield NEXT_YEAR.at(line.at(*found.span()), goal=found.group())


def _has_goals(section: Section) -> bool:
    """Tell whether a section stands under a heading on goals, and under none on what else is said of them."""
    titles = section.path
    first = next((at for at, title in enumerate(titles) if _is_on_goals(title)), len(titles))
    others = any(map(_OTHERS.search, titles[: first + 1])) or any(
        title.endswith("情况") for title in titles[first + 1 :]
    )
    return first < len(titles) and not others


def _is_on_goals(title: str) -> bool:
    found = [*_GOALS.finditer(title)]
    return bool(found) and found[-1].end() == len(title)

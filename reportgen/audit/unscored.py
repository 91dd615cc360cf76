"""An indicator that stands among scored ones has a score as well, or says that it is not scored.

A heading without a score counts where at least two of three headings of its kind have one; 不计分, 不适用, 不涉及 and
the like in its text are enough, and so is a score in a table. In a table, a row with a full mark needs a score.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Label, Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.scores import Indicator

UNSCORED = rule(
    "A108",
    "unscored-indicator",
    Severity.WARNING,
    "{count} of the indicators have no score: {names}",
    "write the score of each, or that it is not scored and why",
)

_NOT_SCORED: Final = re.compile(
    "不涉及|无此项|没有此项|不计分|不适用|不赋分|不参与|不作评|剔除|未安排|没有安排|分值调整|另行评价|得分|评分"
)
_FEW: Final = 3
_SHARE: Final = 3  # a third of the indicators may lack their scores


def find(report: Text) -> Iterator[Diagnostic]:
    """Find indicators without a score among those that have one."""
    unread = {id(report.section(one.line)) for one in report.scores.unread}
    bottom = list(report.scores.leaves())
    scored = [one for one in bottom if _is_scored(one)]
    missing = [one for one in bottom if not _is_scored(one) and id(one.section) not in unread and _is_expected(one)]
    if len(scored) < _FEW or not missing or len(missing) * _SHARE > len(bottom):
        return
    levels = Counter(one.level for one in scored)
    found = [one for one in missing if levels[one.level] * _SHARE >= len(scored)]
    if found:
        yield _finding(found)


def _finding(found: Sequence[Indicator]) -> Diagnostic:
    names = "、".join(one.name for one in found)
    labels = tuple(Label(one.place) for one in found[1:])
    return UNSCORED.at(found[0].place, related=labels, count=len(found), names=names)


def _is_scored(one: Indicator) -> bool:
    return one.points is not None or one.is_full or one.unscored


def _is_expected(one: Indicator) -> bool:
    """Tell whether an indicator ought to have a score: nothing in its text says that it has none."""
    if one.section is None:
        return one.weight is not None
    return not any(_NOT_SCORED.search(line.text) for line in one.section.lines if not line.cell)

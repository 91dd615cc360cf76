"""Points that are lost need a reason: a score below the full mark with nothing that says why cannot be checked.

A reason may stand beside the score, in the column 扣分原因, in the text of the indicator, or with the problems; a rate
below 100 % is one as well. 酌情扣分 alone is none. Groups are not looked at, nor indicators without a full mark
or in the list of a conclusion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.diagnostics import Severity, rule
from reportgen.report.scores.drafts import CONCLUSION
from reportgen.report.scores.reasons import Reasons
from reportgen.report.scores.sums import shown_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.scores import Statement

UNEXPLAINED = rule(
    "A106",
    "deduction-unexplained",
    Severity.WARNING,
    "“{name}” lost {lost} points, and nothing says why",
    "say what was not achieved and how many points were taken off for it",
)


def find(report: Text) -> Iterator[Diagnostic]:
    """Find scores below their full marks without a reason."""
    reasons = Reasons(report)
    for one in report.scores.leaves():
        lost = one.lost
        said = next((said for said in one.statements if said.score), None)
        if not said or not lost or lost < 0 or _is_listed(report, said):
            continue
        if not reasons.are_given(one) and not reasons.full_rate(one):
            yield UNEXPLAINED.at(said.whole, name=one.name, lost=shown_of(lost))


def _is_listed(report: Text, said: Statement) -> bool:
    """Tell whether a score stands in a conclusion, which sums up and gives no reasons."""
    return said.table is None and CONCLUSION.search(report.section(said.name.line).title) is not None

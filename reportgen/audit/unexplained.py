"""Points that are lost need a reason: a score below the full mark with nothing that says why cannot be checked.

A reason may stand beside the score, in the column 扣分原因, in the text of the indicator, or with the problems; a rate
below 100 % is one as well. 酌情扣分 alone is none. Groups are not looked at, nor indicators without a full mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.diagnostics import Severity, rule
from reportgen.report.scores.reasons import Reasons
from reportgen.report.scores.sums import shown_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

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
        if not lost or lost < 0 or reasons.are_given(one) or reasons.full_rate(one):
            continue
        said = next(said for said in one.statements if said.score)
        yield UNEXPLAINED.at(said.whole, name=one.name, lost=shown_of(lost))

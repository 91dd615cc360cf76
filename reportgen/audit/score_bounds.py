"""A score is no more than its full mark, and what is taken off is the difference between the two.

满分6分，得8分 cannot be, nor can 满分8分，得6分，扣1分. Several deductions count together, or one of them is their sum;
nothing is said of a score of 0 from which more would have been taken.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.report.scores.sums import shown_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.scores import Figure, Indicator, Statement

ABOVE = rule(
    "A105",
    "score-above-weight",
    Severity.ERROR,
    "“{name}” is given {score} points out of {weight}",
    "correct the score or the full mark",
)
NOT_DIFFERENCE = rule(
    "A107",
    "deduction-not-difference",
    Severity.ERROR,
    "“{name}” is given {score} points out of {weight}, that is {lost} less, but {deduction} are said to be taken off",
    "correct the deduction, the score or the full mark",
)

_MOST: Final = 8  # deductions of one indicator that are tried together


def find(report: Text) -> Iterator[Diagnostic]:
    """Find scores above their full marks, and deductions that are not the difference."""
    for one in report.scores.indicators:
        wrong = next((found for said in one.statements for found in _above(one, said)), None)
        if wrong:
            yield wrong
        else:
            yield from next((found for said in one.statements for found in [list(_taken(one, said))] if found), ())


def _above(one: Indicator, said: Statement) -> Iterator[Diagnostic]:
    weight = said.weight or one.weight
    if said.score and weight and said.score.value > weight.value:
        yield ABOVE.at(
            said.whole,
            related=(Label(said.score.span), Label(weight.span)),
            name=one.name,
            score=shown_of(said.score.value),
            weight=shown_of(weight.value),
        )


def _taken(one: Indicator, said: Statement) -> Iterator[Diagnostic]:
    weight = said.weight or one.weight
    if said.score is None or weight is None or not said.deductions:
        return
    lost = weight.value - said.score.value
    if _explains(said.deductions, lost, to_zero=not said.score.value):
        return
    yield NOT_DIFFERENCE.at(
        said.deductions[0].span,
        related=(Label(said.whole, N_("the score")),),
        name=one.name,
        score=shown_of(said.score.value),
        weight=shown_of(weight.value),
        lost=shown_of(lost),
        deduction="+".join(shown_of(found.value) for found in said.deductions),
    )


def _explains(deductions: Sequence[Figure], lost: Decimal, *, to_zero: bool) -> bool:
    """Tell whether some deductions, or all of them, come to what was lost."""
    taken = [one.value for one in deductions]
    if len(taken) > _MOST or (to_zero and sum(taken) >= lost):
        return True
    sizes = range(1, len(taken) + 1)
    return any(sum(some, Decimal(0)) == lost for size in sizes for some in combinations(taken, size))

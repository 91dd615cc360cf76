"""Every indicator has a full mark, and the full marks come to that of the whole report, 100 as a rule.

Without full marks nobody can tell whether points were lost. Where all have one, they are added: by group, and for the
whole where it states its own (满分100分) and the scores show that none was left out. Where only some have a full mark,
nothing is said of their sum.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Label, Severity, rule
from reportgen.report.scores.sums import Adder, Points, shown_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.scores import Figure, Indicator, Sheet
    from reportgen.report.scores.sums import Sum

NOT_STATED = rule(
    "A109",
    "weights-not-stated",
    Severity.NOTE,
    "{count} scores are printed, but not out of how many points each",
    "write the full mark of every indicator beside its score",
)
NOT_TOTAL = rule(
    "A110",
    "weights-not-total",
    Severity.ERROR,
    "the full marks add up to {sum} ({parts}), but {stated} is given for all of them",
    "correct the full mark that is wrong",
)

_FEW: Final = 3
_NEAR: Final = Decimal("0.2")  # of the full mark: a sum that differs by more is one of a part of them


def find(report: Text) -> Iterator[Diagnostic]:
    """Find scores without full marks, and full marks that do not add up."""
    scores = report.scores
    given = [one.score for one in scores.leaves() if one.score]
    if len(given) >= _FEW and not any(one.weight for one in scores.indicators):
        yield NOT_STATED.at(given[0].span, related=tuple(Label(one.span) for one in given[1:_FEW]), count=len(given))
    for sheet in scores.sheets:
        adder = Adder(sheet, Points.WEIGHT)
        yield from _groups(adder, Adder(sheet, Points.SCORE))
        yield from _whole(report, sheet, adder)


def _groups(adder: Adder, scores: Adder) -> Iterator[Diagnostic]:
    """Compare the full mark of each group with those in it, where the scores show that none was left out."""
    for group in adder.sheet.indicators:
        below, scored = adder.sum(group), scores.sum(group)
        confirmed = scored and group.score and scored.fits(group.score.value)
        if (
            confirmed
            and below
            and group.weight
            and _all_have_one(adder.bottom_of(group))
            and not _fits(below, group.weight)
        ):
            yield _finding(below, group.weight)


def _whole(report: Text, sheet: Sheet, adder: Adder) -> Iterator[Diagnostic]:
    """Compare the full mark of everything: that in the row of totals, else that of the text."""
    whole = adder.sum(None)
    bottom = adder.bottom()
    if whole is None or len(bottom) < _FEW or not _all_have_one(bottom):
        return
    for stated in _stated(report, sheet):
        groups = adder.stated()
        if not _fits(whole, stated) and not (groups and _fits(groups, stated)):
            yield _finding(whole, stated)
            return


def _stated(report: Text, sheet: Sheet) -> Iterator[Figure]:
    rows = [one.weight for one in sheet.totals if one.weight and (one.score or not sheet.scored)]
    yield from rows
    scored = [one for one in report.scores.sheets if one.scored]
    if len(scored) != 1 or scored[0] is not sheet or report.scores.weight is None:
        return
    whole = Adder(sheet, Points.SCORE).sum(None)
    totals = [*(one.score for one in report.scores.totals), *(one.score for one in sheet.totals if one.score)]
    if rows or (whole and any(whole.fits(one.value) for one in totals)):
        yield report.scores.weight


def _all_have_one(bottom: list[Indicator]) -> bool:
    return all(one.weight or one.unscored for one in bottom)


def _fits(whole: Sum, stated: Figure) -> bool:
    return whole.fits(stated.value) or abs(whole.value - stated.value) > _NEAR * stated.value


def _finding(whole: Sum, stated: Figure) -> Diagnostic:
    return NOT_TOTAL.at(stated.span, sum=shown_of(whole.value), parts=str(whole), stated=shown_of(stated.value))

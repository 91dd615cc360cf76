"""A total is the sum of the scores that are printed, and so is each subtotal; two places give one total.

Looked at are the scores of the indicators under their headings, those of each table, the total that the text states and
rows such as 合计 and 小计 of a table: 得90分 above scores that come to 88 (30+30+28) is wrong. Nothing is said where
not all scores can be told: where full marks stand beside all of them and do not come to that of the whole, or where
points stand in the text that may belong to any indicator; neither where a difference is explained by rounding. Totals
of another year, of single projects and of other reviewers (复核) are not compared.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.report.scores import key
from reportgen.report.scores.sums import FULL, Adder, Points, shown_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.scores import Figure, Indicator, Passage, Sheet
    from reportgen.report.scores.sums import Sum

NOT_SUM = rule(
    "A101",
    "total-not-sum",
    Severity.ERROR,
    "the scores add up to {sum} ({parts}), but {stated} is given as their total",
    "add the scores again and correct the total, or the score that is wrong",
)
NOT_SUBTOTALS = rule(
    "A102",
    "total-not-subtotals",
    Severity.ERROR,
    "the scores that belong to “{name}” add up to {sum} ({parts}), but {stated} is given for it",
    "add the scores again and correct the subtotal, or the score that is wrong",
)
TWO_TOTALS = rule(
    "A103",
    "total-not-table",
    Severity.ERROR,
    "the total is {stated} here, and {other} elsewhere",
    "find out which of them is right and write it at both places",
)

_NEAR: Final = Decimal("0.15")  # of a total: a sum that differs by more is one of a part of the scores
_FEW: Final = 2  # scores that make a sum
_ALIKE: Final = Decimal("0.85")  # of another total: less is the total of something else


class _Scored(NamedTuple):
    """A sheet with its sums."""

    sheet: Sheet
    adder: Adder
    whole: Sum
    stated: Sum | None


class _Group(NamedTuple):
    """What is below a group, whether its full marks confirm that it is all, and whether a score lacks."""

    sum: Sum
    sure: bool
    lacks: bool


class _Total(NamedTuple):
    """A total with its full mark, and where a table names it."""

    score: Figure
    weight: Figure | None
    name: tuple[Passage, ...] = ()


def find(report: Text) -> Iterator[Diagnostic]:
    """Find totals and subtotals that are not the sum of their scores, and totals that differ."""
    unread = [report.section(one.line) for one in report.scores.unread]
    scored: list[_Scored] = []
    for sheet in report.scores.sheets:
        adder = Adder(sheet, Points.SCORE, unread)
        whole = adder.sum(None)
        if sheet.scored and whole and len(whole.addends) >= _FEW:
            scored.append(_Scored(sheet, adder, whole, adder.stated()))
    yield from _subtotals(report, scored)
    wrong: set[Figure] = set()
    for one in scored:
        for total in _totals(report, one, scored):
            if _misses(one, total.score, total.weight or report.scores.weight):
                wrong.add(total.score)
                yield _not_sum(one, total)
    yield from _differing(report, scored, wrong)


def _subtotals(report: Text, scored: Sequence[_Scored]) -> Iterator[Diagnostic]:
    """Find groups whose own points are not the sum of theirs, one finding for each."""
    sums: dict[str, list[_Group]] = {}
    for one in scored:
        weights = Adder(one.sheet, Points.WEIGHT)
        for group in one.sheet.indicators:
            below = one.adder.sum(group)
            if below:
                sure, lacks = _confirmed(weights, group), one.adder.missing(group)
                sums.setdefault(key(group.name), []).append(_Group(below, sure, lacks))
    for group in report.scores.indicators:
        found = sums.get(key(group.name), []) if group.is_group else []
        given = [said.score for said in group.statements if said.score]
        wrong = [one for one in given if found and all(_differs(below, one.value) for below in found)]
        if wrong:
            below, first = found[0].sum, wrong[0]
            related = tuple(Label(one.span, N_("here as well")) for one in wrong[1:])
            yield NOT_SUBTOTALS.at(
                first.span,
                related=related,
                name=group.name,
                sum=shown_of(below.value),
                parts=str(below),
                stated=shown_of(first.value),
            )


def _confirmed(weights: Adder, group: Indicator) -> bool:
    """Tell whether the full marks show that every score below a group was read."""
    below = weights.sum(group)
    return below is not None and group.weight is not None and below.value == group.weight.value


def _differs(one: _Group, stated: Decimal) -> bool:
    """Tell whether a subtotal is not the sum: not where a score that lacks may be the rest."""
    below = one.sum.value
    if one.sum.fits(stated) or (one.lacks and stated > below):
        return False
    return one.sure or abs(below - stated) <= _NEAR * max(below, stated)


def _totals(report: Text, one: _Scored, scored: Sequence[_Scored]) -> Iterator[_Total]:
    """Give the totals of a sheet: the rows of a table, else those of the text."""
    rows = [_Total(row.score, row.weight, (row.name,)) for row in one.sheet.totals if row.score]
    if rows:
        yield from rows
    elif one.sheet.table is None or (len(scored) == 1 and not _is_of_project(report, one.sheet)):
        for total in report.scores.totals:
            yield _Total(total.score, total.weight)


def _misses(one: _Scored, figure: Figure, weight: Figure | None) -> bool:
    """Tell whether a total is none of the sums, where all scores are there."""
    stated = figure.value
    if one.whole.fits(stated) or (one.stated and one.stated.fits(stated)):
        return False
    if one.adder.missing(None) and stated > one.whole.value:
        return False
    full = weight.value if weight else FULL
    weights = [found.weights for found in one.adder.bottom() if found.weights and found.points is not None]
    if len(weights) == len(one.whole.addends):
        return sum(map(min, weights)) <= full <= sum(map(max, weights))
    return abs(stated - one.whole.value) <= _NEAR * max(stated, one.whole.value)


def _not_sum(one: _Scored, total: _Total) -> Diagnostic:
    given = one.adder.tops()
    labels = [Label(found.span) for found in total.name]
    labels += (Label(top.place, N_("{points} points here"), {"points": shown_of(points)}) for top, points in given)
    return NOT_SUM.at(
        total.score.span,
        related=tuple(labels),
        sum=shown_of(one.whole.value),
        parts=str(one.whole),
        stated=shown_of(total.score.value),
    )


def _differing(report: Text, scored: Sequence[_Scored], wrong: set[Figure]) -> Iterator[Diagnostic]:
    """Find totals of the text that differ from that of the table, or from the first one."""
    tables = [one for one in scored if one.sheet.totals and not _is_of_project(report, one.sheet)]
    rows = [row.score for one in tables for row in one.sheet.totals if row.score]
    listed = rows[0] if len({one.value for one in rows}) == 1 else None
    first: Figure | None = None
    for total in report.scores.totals:
        stated = total.score
        against = next((one for one in (listed, first) if one and _differ(one, stated)), None)
        if against and stated not in wrong and not (against in wrong and _right(tables, stated)):
            yield TWO_TOTALS.at(
                stated.span,
                related=(Label(against.span, N_("here"), {}),),
                stated=shown_of(stated.value),
                other=shown_of(against.value),
            )
        first = first or stated


def _differ(one: Figure, other: Figure) -> bool:
    low, high = sorted((one.value, other.value))
    return low != high and low > high * _ALIKE


def _right(tables: Sequence[_Scored], stated: Figure) -> bool:
    return any(one.whole.fits(stated.value) for one in tables)


def _is_of_project(report: Text, sheet: Sheet) -> bool:
    """Tell whether a table is about a single project, in a report that is not."""
    return sheet.of_project and not any("项目支出" in one.text for one in report.cover.title)

"""A score that follows a rate is the rate times the full mark, and a rate of 100 % earns full marks.

得分=96%×20分=19.5分 is reckoned again, and so is 得分=96%×10分 beside 得9分. 0×100% has no full mark in it. An
indicator of a rate (执行率, 完成率) that reached 100 % and lost points says why; where anything near it falls short,
nothing is said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Label, Severity, rule
from reportgen.formats import Kind, half_a_unit, places
from reportgen.report.scores.reasons import Reasons
from reportgen.report.scores.sums import shown_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Line, Text
    from reportgen.report.formulas import Formula
    from reportgen.report.scores import Figure, Indicator, Statement

NOT_RATE = rule(
    "A112",
    "score-not-rate",
    Severity.ERROR,
    "“{said}” is not the rate times the full mark: {right}",
    "correct the score, or say why points were taken off",
)

_SCORE: Final = re.compile("得分|计分|评分|分数")
_TERMS: Final = "执行率×分值"
_TWO: Final = 2
_PLACES: Final = 4  # decimals of a score that is reckoned again


def find(report: Text) -> Iterator[Diagnostic]:
    """Find scores that do not follow from their rates."""
    written: dict[int, list[Formula]] = defaultdict(list)
    for one in report.formulas:
        if _SCORE.search(one.name) and "*" in one.signs and one.value:
            written[one.line.number].append(one)
            yield from _wrong(one)
    reasons = Reasons(report)
    for leaf in report.scores.leaves():
        wrong = [found for said in leaf.statements for found in _beside(said, written)]
        yield from wrong[:1] or _lost(leaf, reasons)


def _wrong(one: Formula) -> Iterator[Diagnostic]:
    """Judge a formula by itself: its result, and whether a full mark is in it at all."""
    place = one.line.at(one.start, one.end)
    points = [figure.value for figure in one.figures if figure.kind is not Kind.PERCENT]
    if one.signs == "*" and len(one.figures) == _TWO and points == [0]:
        yield NOT_RATE.at(place, said=one.line.text[one.first : one.end], right=_TERMS)
    elif one.result and isinstance(one.result.value, Decimal) and one.result.unit in {"", "分"}:
        stated = one.result.value
        if not _follows(one, stated) and stated not in points:
            yield NOT_RATE.at(place, said=f"{one.expression}={one.result.text}", right=_reckoned(one))


def _beside(said: Statement, written: dict[int, list[Formula]]) -> Iterator[Diagnostic]:
    """Compare a score with a formula of its line or row that ends without a result."""
    score = said.score
    if score is None or said.deductions:
        return
    for line in _lines(said):
        for one in written.get(line.number, ()):
            later = said.table is not None or one.start > said.name.start
            if one.result is None and later and not _follows(one, score.value) and not _is_cap(said, one):
                label = Label(one.line.at(one.start, one.end))
                yield NOT_RATE.at(
                    said.whole, related=(label,), said=f"得{shown_of(score.value)}分", right=_reckoned(one)
                )


def _lines(said: Statement) -> Sequence[Line]:
    return [line for cell in said.row for line in cell.lines] or [(said.score or said.name).line]


def _is_cap(said: Statement, one: Formula) -> bool:
    """Tell whether a score is its full mark, because the formula gives more."""
    full: Figure | None = said.weight
    return bool(full and said.score and one.value and said.score.value == full.value < one.value.high)


def _follows(one: Formula, stated: Decimal) -> bool:
    assert one.value is not None  # noqa: S101 — no other is looked at
    slack = Fraction(half_a_unit(stated))
    low, high = (one.value.exact, one.value.exact) if one.signs == "*" else (one.value.low, one.value.high)
    return low - slack < Fraction(stated) <= high + slack


def _reckoned(one: Formula) -> str:
    assert one.value is not None  # noqa: S101 — no other is looked at
    exact = Decimal(one.value.exact.numerator) / Decimal(one.value.exact.denominator)
    return f"{one.expression}={shown_of(round(exact, _PLACES) if places(exact) > _PLACES else exact)}"


def _lost(one: Indicator, reasons: Reasons) -> Iterator[Diagnostic]:
    """Find points that were lost though the rate is 100 % and nothing says why."""
    rate = reasons.full_rate(one) if (one.lost or 0) > 0 else None
    said = next((said for said in one.statements if said.score and rate), None)
    if rate and said and said.score and one.weight:
        weight = shown_of(one.weight.value)
        words = f"{rate.text}，得{shown_of(said.score.value)}分"
        yield NOT_RATE.at(said.whole, related=(Label(rate.span),), said=words, right=f"100%×{weight}={weight}")

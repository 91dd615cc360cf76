"""The grade fits the total: from 90 points on 优, from 80 on 良, from 60 on 中, below that 差, of 100.

Bands that the report prints itself (85分至95分为良) count in place of the usual ones. A total out of more or
less than 100 is taken as its share of the full mark; 优秀, 良好 and the like are read as their short words.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import Label, Severity, rule
from reportgen.formats.grammar import WIDE
from reportgen.report.scores.sums import FULL, shown_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

NOT_SCORE = rule(
    "A111",
    "grade-not-score",
    Severity.WARNING,
    "{score} points are graded “{grade}”, but “{grade}” goes from {low} to {high}",
    "correct the grade, or the total",
)


class _Band(NamedTuple):
    """From which to which share of the full mark a grade goes; both ends may belong to it."""

    low: Decimal
    high: Decimal


_ALIKE: Final = 2  # less than half of another total is the total of something else
_SHORT: Final = {"优秀": "优", "良好": "良", "中等": "中", "较差": "差"}
_USUAL: Final = {
    "优": _Band(Decimal(90), FULL),
    "良": _Band(Decimal(75), Decimal(90)),
    "中": _Band(Decimal(60), Decimal(80)),
    "差": _Band(Decimal(0), Decimal(60)),
    "合格": _Band(Decimal(60), FULL),
    "不合格": _Band(Decimal(0), Decimal(60)),
}
_N: Final = r"(\d{1,3}(?:\.\d{1,2})?)"
_GRADE: Final = "(?P<grade>优秀?|良好?|中等?|较?差|合格|不合格)"
_SAYS: Final = r"\s*(?:的?[,，]?(?:等[级次])?[为是：:]|[：:])?\s*[“\"‘]?"
_EDGE: Final = r"(?:\((?:不?含)\))?"
_PRINTED: Final = re.compile(
    rf"(?<![\d.])(?P<from>\d{{1,3}}(?:\.\d{{1,2}})?)\s*分?{_EDGE}\s*(?:及?以上{_EDGE}"
    rf"(?:[,，、至到]?(?:不足|低于|未达到?|小于)?(?P<under>\d{{1,3}})\s*分?{_EDGE}(?:以下{_EDGE})?)?"
    rf"|[-—–～~至到]+\s*(?P<to>\d{{1,3}}(?:\.\d{{1,2}})?)\s*分?{_EDGE}){_SAYS}{_GRADE}"
)


def find(report: Text) -> Iterator[Diagnostic]:
    """Find grades that do not fit their totals."""
    highest = max((one.score.value for one in report.scores.totals), default=Decimal(0))
    graded = [one for one in report.scores.totals if one.grade and one.score.value * _ALIKE >= highest]
    if not graded:
        return
    printed = dict(_printed(report))
    for one in graded:
        assert one.grade is not None  # noqa: S101 — only those are taken
        grade = _SHORT.get(one.grade.text, one.grade.text)
        band = (printed or _USUAL).get(grade)
        weight = one.weight or report.scores.weight
        share = one.score.value * FULL / weight.value if weight and weight.value else one.score.value
        if band and not band.low <= share <= band.high:
            yield NOT_SCORE.at(
                one.grade.span,
                related=(Label(one.score.span),),
                score=shown_of(one.score.value),
                grade=one.grade.text,
                low=shown_of(band.low),
                high=shown_of(band.high),
            )


def _printed(report: Text) -> Iterator[tuple[str, _Band]]:
    """Read the bands that a report prints, from the best grade down."""
    for line in report.lines:
        if "优" in line.text and "分" in line.text:
            for found in _PRINTED.finditer(line.text.translate(WIDE)):
                high = found["to"] or found["under"]
                grade = _SHORT.get(found["grade"], found["grade"])
                yield grade, _Band(Decimal(found["from"]), Decimal(high) if high else FULL)

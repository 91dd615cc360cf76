"""One indicator has one score and one full mark, wherever it stands: in its heading, its text, the problems, a table.

A score of 8 in the text and 7 in the table is a fault of one of them (满分8分，得7分 … 自评得8分). Scores of groups are
left to their sums; a number that is the other one rounded is the same; names that several indicators of one list share
are not compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.formats import places
from reportgen.report.scores.sums import shown_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.scores import Figure

TWO_SCORES = rule(
    "A104",
    "two-scores",
    Severity.ERROR,
    "“{name}” is given {first} points at one place and {second} at another",
    "find out which is right and write it at every place",
)


def find(report: Text) -> Iterator[Diagnostic]:
    """Find indicators with two scores, or with two full marks."""
    for one in report.scores.indicators:
        scores = [said.score for said in one.statements if said.score]
        weights = [said.weight for said in one.statements if said.weight]
        for figures in ([] if one.is_group else scores, weights):
            other = next((two for two in figures if not _agree(figures[0], two)), None)
            if other:
                yield TWO_SCORES.at(
                    other.span,
                    related=(Label(figures[0].span, N_("here")),),
                    name=one.name,
                    first=shown_of(figures[0].value),
                    second=shown_of(other.value),
                )
                break


def _agree(one: Figure, other: Figure) -> bool:
    coarse, fine = sorted((one.value, other.value), key=places)
    return coarse == fine or (places(coarse) > 0 and round(fine, places(coarse)) == coarse)

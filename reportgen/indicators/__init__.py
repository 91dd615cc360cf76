"""Formulas in order give values; scoring rules give scores, each with the sentence that explains it.

`read` takes a pack's indicators.yaml, `evaluate` the facts; what comes out is what tags look up as 指标, 自评 and so on.
"""

from __future__ import annotations

from reportgen.indicators.definition import System
from reportgen.indicators.evaluation import OWN, Outcome, evaluate, routines, tell
from reportgen.indicators.reading import read, read_grades
from reportgen.indicators.results import assemble, form, scored_form

__all__ = [
    "OWN",
    "Outcome",
    "System",
    "assemble",
    "evaluate",
    "form",
    "read",
    "read_grades",
    "routines",
    "scored_form",
    "tell",
]

"""Formulas in order give values; scoring rules give scores, each with the sentence that explains it.

`read` takes a pack's indicators.yaml and `check` tests it against the form; `evaluate` takes the facts, `tell` writes
the prose, `assemble` gives what tags look up as 指标, 自评 and so on.
"""

from __future__ import annotations

from reportgen.indicators.definition import STANDINGS, System
from reportgen.indicators.evaluation import Outcome, evaluate, routines, tell
from reportgen.indicators.reading import read, read_grades
from reportgen.indicators.results import OWN, assemble, form, scored_form
from reportgen.indicators.soundness import check

__all__ = [
    "OWN",
    "STANDINGS",
    "Outcome",
    "System",
    "assemble",
    "check",
    "evaluate",
    "form",
    "read",
    "read_grades",
    "routines",
    "scored_form",
    "tell",
]

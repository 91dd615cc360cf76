"""A document in, who answers for every figure of it out: facts and rules prove it, or somebody typed it."""

from __future__ import annotations

from reportgen.proof.comparison import Comparison, Pair, compare
from reportgen.proof.figures import Figure, Words, figures
from reportgen.proof.findings import Known, coverage, differences, disagreements, known, typed
from reportgen.proof.ownership import Proof, Status, prove

__all__ = [
    "Comparison",
    "Figure",
    "Known",
    "Pair",
    "Proof",
    "Status",
    "Words",
    "compare",
    "coverage",
    "differences",
    "disagreements",
    "figures",
    "known",
    "prove",
    "typed",
]

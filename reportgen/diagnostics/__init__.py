"""What can be wrong with a report, where, and how to say it.

Every stage returns its value together with the diagnostics it found; no stage raises for a mistake in the user's files.
"""

from __future__ import annotations

from reportgen.diagnostics.messages import LANGUAGES, N_, Messages
from reportgen.diagnostics.model import (
    RULES,
    Diagnostic,
    Label,
    Rule,
    Severity,
    Span,
    Times,
    nearest,
    rule,
)
from reportgen.diagnostics.output import FORMATS, advice, beside, message, ordered, told
from reportgen.diagnostics.tally import Tally

__all__ = [
    "FORMATS",
    "LANGUAGES",
    "N_",
    "RULES",
    "Diagnostic",
    "Label",
    "Messages",
    "Rule",
    "Severity",
    "Span",
    "Tally",
    "Times",
    "advice",
    "beside",
    "message",
    "nearest",
    "ordered",
    "rule",
    "told",
]

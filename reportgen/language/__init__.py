"""The one language of formulas, checks, prose and Word templates: a closed dialect of Jinja over exact numbers.

Text in, statements (`parse`, `formula`), findings about their names (`check`), a compiled `Program`; the program prints text and
gives values. The only door to jinja2.
"""

from __future__ import annotations

from reportgen.language.functions import FILTERS, Filter
from reportgen.language.marks import Mark, closing, opening, strip
from reportgen.language.notation import Typed, Unclosed, pieces
from reportgen.language.printing import GAP_PRINTED, Misuse, printed
from reportgen.language.program import Failed, Mode, Program, compile  # noqa: A004 — the field's word
from reportgen.language.prose import PARAGRAPH, prose
from reportgen.language.references import check, names, shape
from reportgen.language.run import Log, Printed
from reportgen.language.statements import Numeral, Piece, Sink, Statement, Tag, Text, formula, parse
from reportgen.language.trace import EMPTY, Trace, remember, trace, traced, united
from reportgen.language.working import Working, working

__all__ = [
    "EMPTY",
    "FILTERS",
    "GAP_PRINTED",
    "Failed",
    "Filter",
    "Log",
    "Mark",
    "Misuse",
    "Mode",
    "Numeral",
    "Piece",
    "PARAGRAPH",
    "Printed",
    "Program",
    "Sink",
    "Statement",
    "Tag",
    "Text",
    "Typed",
    "Trace",
    "Unclosed",
    "Working",
    "check",
    "closing",
    "compile",
    "formula",
    "names",
    "opening",
    "parse",
    "pieces",
    "printed",
    "prose",
    "remember",
    "shape",
    "strip",
    "trace",
    "traced",
    "united",
    "working",
]

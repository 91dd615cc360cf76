"""The one language of formulas, checks, prose and Word templates: a closed dialect of Jinja over exact numbers.

Text in; statements (`parse`, `formula`, `prose`), findings about names (`check`), and a `Program` that prints texts and
gives values out. The only door to jinja2, whose parser reads the tags; nothing is ever run as Python.
"""

from __future__ import annotations

from reportgen.language.blocks import arranged, blocks, literals, outermost, replaced
from reportgen.language.functions import FILTERS, FUNCTIONS, Filter
from reportgen.language.marks import Mark, closing, opening, strip, unmarked
from reportgen.language.notation import GAP, Typed, Unclosed, pieces, untagged
from reportgen.language.operators import DIVIDED_BY_ZERO, MISSING_MEMBER
from reportgen.language.printing import GAP_PRINTED, Misuse, printed, sample
from reportgen.language.program import CONTEXT, Program, compile  # noqa: A004 — the field's word
from reportgen.language.prose import BREAK, PARAGRAPH, joint, prose
from reportgen.language.quantities import joint_unit, unit_of
from reportgen.language.references import check, form, names, shape
from reportgen.language.run import Failed, Log, Printed
from reportgen.language.statements import (
    LAYOUT,
    TORN,
    Block,
    Hold,
    Numeral,
    Piece,
    Set,
    Sink,
    Statement,
    Tag,
    Text,
    formula,
    parse,
)
from reportgen.language.trace import EMPTY, Trace, named, remember, trace, traced, united
from reportgen.language.working import Working, working

__all__ = [
    "BREAK",
    "CONTEXT",
    "DIVIDED_BY_ZERO",
    "EMPTY",
    "FILTERS",
    "FUNCTIONS",
    "GAP",
    "GAP_PRINTED",
    "LAYOUT",
    "MISSING_MEMBER",
    "PARAGRAPH",
    "TORN",
    "Block",
    "Failed",
    "Filter",
    "Hold",
    "Log",
    "Mark",
    "Misuse",
    "Numeral",
    "Piece",
    "Printed",
    "Program",
    "Set",
    "Sink",
    "Statement",
    "Tag",
    "Text",
    "Trace",
    "Typed",
    "Unclosed",
    "Working",
    "arranged",
    "blocks",
    "check",
    "closing",
    "compile",
    "form",
    "formula",
    "joint",
    "joint_unit",
    "literals",
    "named",
    "names",
    "opening",
    "outermost",
    "parse",
    "pieces",
    "printed",
    "prose",
    "remember",
    "replaced",
    "sample",
    "shape",
    "strip",
    "trace",
    "traced",
    "unit_of",
    "united",
    "unmarked",
    "untagged",
    "working",
]

"""Located nodes and a form in, typed facts and gaps out: the only place where text from a facts file gets a meaning."""

from __future__ import annotations

from reportgen.facts.binding import MISSING, bind, bind_list
from reportgen.facts.drafting import drafted, due, form_of
from reportgen.facts.model import INVENTED, RESERVED, STATED, Fact, Facts, Gap, Number, Picture, Range, Value
from reportgen.facts.paths import lookup, steps
from reportgen.facts.pictures import picture
from reportgen.facts.reading import Reading, read

__all__ = [
    "INVENTED",
    "MISSING",
    "RESERVED",
    "STATED",
    "Fact",
    "Facts",
    "Gap",
    "Number",
    "Picture",
    "Range",
    "Reading",
    "Value",
    "bind",
    "bind_list",
    "drafted",
    "due",
    "form_of",
    "lookup",
    "picture",
    "read",
    "steps",
]

"""Whether formulas and conditions can give the values that are asked of them, from the kinds and units of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.diagnostics import Severity, rule
from reportgen.language import names, working
from reportgen.lint.places import indicators, place
from reportgen.schema import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.indicators.definition import Indicator
    from reportgen.packs import Pack
    from reportgen.schema import Field

MAYBE_ZERO = rule(
    "P310",
    "zero-denominator-possible",
    Severity.WARNING,
    "“{name}” divides by {divisor}, which may be 0",
    "say by 特例 what that means: with 得, or with 不适用",
)


def values(pack: Pack) -> Iterator[Diagnostic]:
    """Find formulas and conditions that cannot give what is asked of them."""
    for one, node in zip(pack.system.indicators, indicators(pack), strict=True):
        divisor = "" if one.cases else _maybe_zero(one, pack.form)
        if divisor:
            yield MAYBE_ZERO.at(place(node, "公式"), name=one.name, divisor=divisor)


def _maybe_zero(one: Indicator, form: Field) -> str:
    """Name what a formula divides by and may be zero: facts of which none has to be more than that."""
    taken = working(one.formula)
    named = [name for routine in (taken.divisors() if taken else ()) for name in names(routine)]
    fields = [find(form, name) for name in named]
    sure = any(field and field.minimum is not None and field.minimum > 0 for field in fields)
    return "" if sure else "、".join(dict.fromkeys(named))

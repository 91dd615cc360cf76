"""The grades of a manifest in, in points of one hundred, best first, out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reportgen.diagnostics import Diagnostic, Severity, rule
from reportgen.facts import Gap, Number
from reportgen.indicators.definition import Grade
from reportgen.indicators.reading.pieces import word

if TYPE_CHECKING:
    from reportgen.facts import Facts

BAD_GRADE = rule(
    "I331",
    "bad-grade",
    Severity.ERROR,
    "this grade does not follow those before it",
    "write {{达: 90, 为: 优}}, then lower limits, the last one {{否则: 差}}",
)


def read_grades(bound: Facts) -> tuple[tuple[Grade, ...], list[Diagnostic]]:
    """Read a manifest's 等级: each has 达 in points of one hundred and 为 with the grade's word, the last one 否则."""
    items: Any = bound.values["等级"]
    found: list[Diagnostic] = []
    grades: list[Grade] = []
    limit = Decimal("Infinity")
    for at, item in enumerate(items if isinstance(items, list) else (), 1):
        last = at == len(items)
        own, said = (Decimal(0), item["否则"]) if last else (item["达"], item["为"])
        own = own.scaleb(2) if isinstance(own, Number) and own.unit == "%" else own
        given = {key for key, value in item.items() if not isinstance(value, Gap)}
        if given != ({"否则"} if last else {"达", "为"}) or not 0 <= own < limit:
            spans = [fact.span for key, fact in bound.all.items() if key.startswith(f"等级[{at}].")]
            found.append(BAD_GRADE.at(next(iter(spans), bound.all["等级"].span)))
            continue
        grades.append(Grade(own, word(said)))
        limit = own
    return tuple(grades), found

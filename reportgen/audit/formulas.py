"""A formula that is written out with figures can be reckoned again by anyone who reads it.

Each formula is reckoned exactly; its figures may have been rounded, as far as the finest of them says. A result that
this does not explain is wrong (结转结余率=50÷1000×100%=6%), and there is none at all where 0 divides. A name that lacks
the last sign of its indicator's (结转结余=… under 结转结余率) and a rate that ends without % are noted. Formulas that
give a score (得分=执行率×分值) are left to the scores; formulas in words alone or in unlike units are not reckoned.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from reportgen import units
from reportgen.diagnostics import Severity, rule
from reportgen.formats import Kind, half_a_unit, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.formats import Quantity
    from reportgen.report import Text
    from reportgen.report.formulas import Formula, Value

WRONG = rule(
    "A205",
    "formula-wrong",
    Severity.ERROR,
    "“{expression}” comes to {right}, but “{stated}” is written",
    "reckon the formula again and correct its figures or its result",
)
ZERO = rule(
    "A207",
    "zero-denominator",
    Severity.ERROR,
    "“{expression}” divides by 0: nothing can come of it, but “{stated}” is written",
    "say that the rate cannot be computed, and why",
)
INCOMPLETE = rule(
    "A208",
    "formula-incomplete",
    Severity.NOTE,
    "the formula of “{name}” is not written in full: {lacking}",
    "write the whole name of the indicator before the formula, and % after a rate",
)

_SCORE: Final = re.compile("得分|扣分|计分")
_RATE: Final = re.compile("[率度]$")
_PLAIN_UNITS: Final = frozenset({"", "%", "‰", "分"})
_SHOWN: Final = 2  # decimals of what is shown, where the result has fewer
_MISSING: Final = 2  # the most signs that a name lacks


def find(report: Text) -> Iterator[Diagnostic]:
    """Find formulas whose result is wrong, impossible or not written in full."""
    for one in report.formulas:
        found = list(_arithmetic(one)) or list(_lacking(one, report.section(one.line).title))
        yield from found


def _arithmetic(one: Formula) -> Iterator[Diagnostic]:
    if one.result is None or (_SCORE.search(one.name) and "*" in one.signs):
        return
    place = one.line.at(one.start, one.end)
    if one.value is None:
        yield ZERO.at(place, expression=one.expression, stated=one.result.text)
    elif _comparable(one, one.result) and not _fits(one.value, one.result):
        right = _written(one.value, one.result)
        yield WRONG.at(place, expression=one.expression, right=right, stated=one.result.text)


def _comparable(one: Formula, result: Quantity) -> bool:
    """Tell whether a result can be compared: it has the unit of the figures, or is a plain number or a rate."""
    own = {figure.unit for figure in one.figures} - _PLAIN_UNITS
    measured = {units.unit(unit).dimension for unit in own}
    if not isinstance(result.value, Decimal) or result.about or len(measured) > 1:
        return False
    return result.unit in _PLAIN_UNITS or not own or result.unit == one.figures[0].unit


def _fits(value: Value, result: Quantity) -> bool:
    """Tell whether what comes out can have been rounded to the result; a plain number may be a rate without its %."""
    scales = [_scale(result)] if result.unit else [Fraction(1), Fraction(1, 100)]
    return any(_meets(value, result, scale) for scale in scales)


def _meets(value: Value, result: Quantity, scale: Fraction) -> bool:
    assert isinstance(result.value, Decimal)  # noqa: S101 — no other is compared
    slack = Fraction(half_a_unit(result.value))
    low, high = (Fraction(result.value) - slack) * scale, (Fraction(result.value) + slack) * scale
    return value.low <= high and low <= value.high


def _scale(result: Quantity) -> Fraction:
    return units.unit(result.unit).factor if result.kind is Kind.PERCENT else Fraction(1)


def _written(value: Value, result: Quantity) -> str:
    """Write what comes out as the result is written."""
    assert isinstance(result.value, Decimal)  # noqa: S101 — no other is compared
    decimals = max(places(result.value), _SHOWN)
    said = round(value.exact / _scale(result), decimals)
    return f"{Decimal(said.numerator) / Decimal(said.denominator):.{decimals}f}{result.unit}"


def _lacking(one: Formula, title: str) -> Iterator[Diagnostic]:
    """Find a name that is cut off, and a rate that ends without its sign."""
    lacking = []
    if title.startswith(one.name) and 0 < len(title) - len(one.name) <= _MISSING and len(one.name) > _MISSING:
        lacking.append(f"{one.name}→{title}")
    named = _RATE.search(one.name) or _RATE.search(title)
    result = one.result
    if named and "/" in one.signs and result and not result.unit and not _SCORE.search(one.name):
        lacking.append(f"{result.text}→{result.text}%")
    if lacking:
        name = title if lacking[0].startswith(one.name) else one.name
        yield INCOMPLETE.at(one.line.at(one.start, one.end), name=name, lacking="；".join(lacking))

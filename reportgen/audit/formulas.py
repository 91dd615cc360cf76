"""A formula that is written out with figures can be reckoned again by anyone who reads it.

Each formula is reckoned exactly; its figures may have been rounded, as far as the finest of them says. A result that
this does not explain is wrong (结转结余率=50÷1000×100%=6%), and there is none at all where 0 divides. A rate of
execution whose budget stands above what was spent is upside down. A name that lacks the last sign of its indicator's
(结转结余=… under 结转结余率) and a rate that ends without % are noted. Formulas that give a score (得分=执行率×分值)
are left to the scores; formulas in words alone or in unlike units are not reckoned.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from reportgen import units
from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.formats import Kind, half_a_unit, places
from reportgen.report.rounding import rounded
from reportgen.report.subjects import BUDGET, GOAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.formats import Quantity
    from reportgen.report import Text
    from reportgen.report.formulas import Formula, Value
    from reportgen.report.measures import Measure

WRONG = rule(
    "A205",
    "formula-wrong",
    Severity.ERROR,
    "“{expression}” comes to {right}, but “{stated}” is written",
    "reckon the formula again and correct its figures or its result",
)
INVERTED = rule(
    "A206",
    "formula-inverted",
    Severity.ERROR,
    "“{expression}” divides {budget}, what was planned, by {actual}, what was done: {right}",
    "put what was done above what was planned, and reckon again",
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

_PLANNED: Final = N_("what was planned")
_DONE: Final = N_("what was done")
_QUOTIENTS: Final = frozenset({"/", "/)*", "/*", "/*)"})
_DONE_OF_PLANNED: Final = re.compile("执行率|完成率|控制率|支付率|支出率|到位率|办结率|进度")
_REACHED: Final = re.compile("实际|完成|达到|实现|支出|采购(?!预算)|支付|执行|决算|办结|到位|使用")
_LINES: Final = 3  # before a formula, in which its figures may be stated
_SCORE: Final = re.compile("得分|扣分|计分")
_RATE: Final = re.compile("[率度]$")
_PLAIN_UNITS: Final = frozenset({"", "%", "‰", "分"})
_SHOWN: Final = 2  # decimals of what is shown, where the result has fewer
_MISSING: Final = 2  # the most signs that a name lacks


def find(report: Text) -> Iterator[Diagnostic]:
    """Find formulas whose result is wrong, impossible or not written in full."""
    measured = _by_line(report.measures)
    for one in report.formulas:
        near = [each for at in range(one.line.number - _LINES, one.line.number + 1) for each in measured.get(at, ())]
        found = list(_inverted(one, near)) or list(_arithmetic(one))
        yield from found or _lacking(one, report.section(one.line).title)


def _by_line(measures: Sequence[Measure]) -> dict[int, list[Measure]]:
    found: dict[int, list[Measure]] = {}
    for one in measures:
        found.setdefault(one.line.number, []).append(one)
    return found


def _inverted(one: Formula, near: Sequence[Measure]) -> Iterator[Diagnostic]:
    """Find what was planned divided by what was done, both stated nearby, under a name that asks for the inverse."""
    if one.signs.strip("()") not in _QUOTIENTS or not _DONE_OF_PLANNED.search(one.name):
        return
    above, below = (figure.value for figure in one.figures[:2])
    planned = [each for each in near if each.roles & {BUDGET, GOAL} and not _REACHED.search(each.words)]
    done = [each for each in near if not each.roles & {BUDGET, GOAL} and _REACHED.search(each.words)]
    budget = next((each for each in planned if each.value == above), None)
    actual = next((each for each in done if each.value == below), None)
    if above == below or not budget or not actual or any(each.value == below for each in planned):
        return
    right = f"{actual.value}÷{budget.value}"
    if budget.value:
        right += f"×100%={rounded(100 * Fraction(actual.value) / Fraction(budget.value), _SHOWN)}%"
    yield INVERTED.at(
        one.line.at(one.start, one.end),
        related=(Label(budget.span, _PLANNED), Label(actual.span, _DONE)),
        expression=one.expression,
        budget=budget.quantity.text,
        actual=actual.quantity.text,
        right=right,
    )


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
    return f"{rounded(value.exact / _scale(result), decimals)}{result.unit}"


def _lacking(one: Formula, title: str) -> Iterator[Diagnostic]:
    """Find a name that is cut off, and a rate that ends without its sign."""
    lacking = []
    if title.startswith(one.name) and 0 < len(title) - len(one.name) <= _MISSING and len(one.name) > _MISSING:
        lacking.append(f"{one.name}→{title}")
    rated = _RATE.search(one.name) or _RATE.search(title) or one.figures[-1].kind is Kind.PERCENT
    result = one.result
    if rated and "/" in one.signs and result and not result.unit and not _SCORE.search(one.name):
        lacking.append(f"{result.text}→{result.text}%")
    if lacking:
        name = title if lacking[0].startswith(one.name) else one.name
        yield INCOMPLETE.at(one.line.at(one.start, one.end), name=name, lacking="；".join(lacking))

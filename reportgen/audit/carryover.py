"""What is carried over from the year before is no income of the year, and it has one scope at a time.

收入 of a year that holds 年初结转和结余 among its parts is 收入总计, not income. The carry-over of all money
(年初结转和 结余) and that of the appropriations alone (年初财政拨款结转和结余) may differ, but then the report says by
what. A figure for 财政拨款收入 that is this year's appropriations and the carry-over together is on another basis than
its name says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.report.rounding import Bounds, bounds, shown, total
from reportgen.report.subjects import BEFORE, BUDGET, FIRST, LAST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.measures import Measure
    from reportgen.report.wholes import Whole

INCOME = rule(
    "A215",
    "income-includes-carryover",
    Severity.WARNING,
    "“{income}” includes {carried}, which was carried over from the year before",
    "call it 收入总计, or leave what was carried over out of it",
)
SCOPES = rule(
    "A216",
    "carryover-two-scopes",
    Severity.WARNING,
    "“{all}” was carried over here, “{own}” there; what the difference of {difference} is, is nowhere said",
    "say what of it are appropriations and what other money is",
)
BASIS = rule(
    "A217",
    "basis-with-carryover",
    Severity.WARNING,
    "“{stated}” is the appropriations of the year and what was carried over together: {sum}",
    "compare the appropriations of the year with their budget, without what was carried over",
)
_CARRIED: Final = N_("carried over: {value}")
_OF_YEAR: Final = N_("of the year: {value}")
_OTHER: Final = N_("the other figure: {value}")

_CARRYOVER: Final = re.compile("结转|结余")
_INCOME: Final = re.compile("收入")
_ALL_MONEY: Final = re.compile("总计|来源|可用|收支|资金")
_GRANT: Final = "财政拨款"
_GENERAL: Final = "一般公共拨款"
_GRANTS: Final = frozenset({_GENERAL, "政府性基金拨款", "国有资本经营拨款"})
_MOST: Final = 5  # statements of one figure that are tried
_SAID: Final = re.compile("含[^。，；]{0,8}结转|结转[^。，；]{0,6}在内")


def find(report: Text) -> Iterator[Diagnostic]:
    """Find carry-over that is counted as income, has two scopes, or is part of a figure that is called otherwise."""
    for whole in report.wholes:
        yield from _income(whole)
    carried = [one for one in report.measures if FIRST in one.roles and _CARRYOVER.search(one.key) and one.value > 0]
    if carried:
        yield from _scopes(carried, report.measures)
        yield from _basis(carried, report.measures)


def _income(whole: Whole) -> Iterator[Diagnostic]:
    """Find what was carried over among the parts of income, where the parts come to all of it."""
    words = whole.measure.words
    carried = [one.measure for one in whole.parts if FIRST in one.measure.roles and _CARRYOVER.search(one.measure.key)]
    said = bounds([whole.measure, *(one.measure for one in whole.parts)])
    if _INCOME.search(words) and not _ALL_MONEY.search(words) and carried and said and total(said[1:]).meets(said[0]):
        label = Label(carried[0].span, _CARRIED, {"value": carried[0].quantity.text})
        income = whole.measure.quantity.text
        yield INCOME.at(whole.measure.span, related=(label,), income=income, carried=carried[0].quantity.text)


def _scopes(carried: Sequence[Measure], measures: Sequence[Measure]) -> Iterator[Diagnostic]:
    """Find the carry-over of all money beside that of the appropriations, where nothing says what the rest is."""
    everything = next((one for one in carried if _GRANT not in one.words), None)
    own = next((one for one in carried if _GRANT in one.words), None)
    said = everything and own and bounds([everything, own])
    if not everything or not own or not said or said[0].low <= said[1].high:
        return
    rest = Bounds(said[0].low - said[1].high, said[0].high - said[1].low)
    for one in measures:
        amount = bounds([one]) if one.dimension == everything.dimension else None
        if amount and amount[0].meets(rest):
            return
    yield SCOPES.at(
        own.span,
        related=(Label(everything.span, _OTHER, {"value": everything.quantity.text}),),
        all=everything.quantity.text,
        own=own.quantity.text,
        difference=shown((rest.low + rest.high) / 2, [everything, own]),
    )


def _basis(carried: Sequence[Measure], measures: Sequence[Measure]) -> Iterator[Diagnostic]:
    """Find a figure of the appropriations that is those of the year and what was carried over together."""
    money = [one for one in measures if one.dimension == "money" and not one.roles & {BUDGET, FIRST, LAST, BEFORE}]
    grants: dict[str, list[Measure]] = {}
    for one in money:
        if one.key in _GRANTS or one.key == _GRANT:
            grants.setdefault(one.key, []).append(one)
    of_year = [[one] for one in grants.get(_GRANT, [])[:_MOST]]
    others = [several[0] for key, several in grants.items() if key not in {_GRANT, _GENERAL}]
    of_year += [[one, *others] for one in grants.get(_GENERAL, [])[:_MOST]]
    for stated in grants.get(_GRANT, [])[:_MOST]:
        said = bounds([stated])
        sums = [(year, total(bounds(year) or [])) for year in of_year if stated not in year]
        if not said or _SAID.search(stated.line.text) or any(sum_.meets(said[0]) for _, sum_ in sums):
            continue
        found = next(
            (
                (year, one)
                for year, sum_ in sums
                for one in carried
                if total([sum_, *(bounds([one]) or [])]).meets(said[0]) and sum_.high < said[0].low
            ),
            None,
        )
        if found:
            yield _on_basis(stated, *found)
            return


def _on_basis(stated: Measure, year: Sequence[Measure], carried: Measure) -> Diagnostic:
    labels = [Label(one.span, _OF_YEAR, {"value": one.quantity.text}) for one in year if one.value]
    labels.append(Label(carried.span, _CARRIED, {"value": carried.quantity.text}))
    addends = "+".join(one.quantity.text for one in (*year, carried) if one.value)
    return BASIS.at(stated.span, related=tuple(labels), stated=stated.quantity.text, sum=addends)

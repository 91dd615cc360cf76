"""Whether formulas and conditions give what is asked of them, by the kinds and units of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen import indicators
from reportgen.diagnostics import Severity, rule
from reportgen.indicators.definition import OWN_UNIT
from reportgen.indicators.soundness import expressions
from reportgen.language import form, names, working
from reportgen.language.statements import Keep
from reportgen.lint.places import indicators as listed
from reportgen.lint.places import place
from reportgen.schema import Kind, find

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.indicators.definition import Indicator, Scoring
    from reportgen.packs import Pack
    from reportgen.schema import Field
    from reportgen.source import Node

_CONDITION: Final = "条件"
_RATE: Final = "%"
_RATES: Final = frozenset({"", _RATE})

MAYBE_ZERO = rule(
    "P310",
    "zero-denominator-possible",
    Severity.WARNING,
    "“{name}” divides by {divisor}, which may be 0",
    "say by 特例 what that means: with 得, or with 不适用",
)
NO_ANSWER = rule(
    "P311",
    "condition-without-answer",
    Severity.WARNING,
    "a condition of “{name}” gives {kind}, not 是否",
    "compare it with something; or ask by 有(…) whether it is given",
)
OTHER_UNIT = rule(
    "P312",
    "unit-of-another-kind",
    Severity.ERROR,
    "“{name}” is measured in {unit}, but its {key} takes it for {wanted}",
    "let the formula, the 格式, the 单位 and the limits of the rule speak of one thing",
)


def values(pack: Pack) -> Iterator[Diagnostic]:
    """Find formulas and conditions that do not give what is asked of them."""
    scope = {**pack.form.fields, **indicators.scored_form(pack.system)}
    for one, node in zip(pack.system.indicators, listed(pack), strict=True):
        yield from _denominators(one, node, pack.form)
        yield from _conditions(one, scope)
        yield from _units(one, node, form(one.formula, [scope]).unit)


def _denominators(one: Indicator, node: Node, facts: Field) -> Iterator[Diagnostic]:
    """Find a division by facts of which none has to be more than zero, in an indicator without special cases."""
    taken = working(one.formula)
    if taken is None or one.cases:
        return
    named = [name for routine in taken.divisors() for name in names(routine)]
    fields = [find(facts, name) for name in named]
    if named and not any(field and field.minimum is not None and field.minimum > 0 for field in fields):
        yield MAYBE_ZERO.at(place(node, "公式"), name=one.name, divisor="、".join(dict.fromkeys(named)))


def _conditions(one: Indicator, scope: Mapping[str, Field]) -> Iterator[Diagnostic]:
    for asked in expressions(one):
        kept = asked.routine[0] if asked.routine else None
        given = form(asked.routine, [asked.own, scope])
        if asked.key == _CONDITION and isinstance(kept, Keep) and given.kind not in {Kind.TRUTH, Kind.OPEN}:
            yield NO_ANSWER.at(kept.tag.span, name=one.name, kind=given.kind)


def _units(one: Indicator, node: Node, unit: str) -> Iterator[Diagnostic]:
    """Compare the unit of a formula, where it is known, with what the indicator takes it for."""
    if not unit:
        return
    if one.form in OWN_UNIT and unit not in _RATES:
        yield OTHER_UNIT.at(place(node, "格式"), name=one.name, unit=unit, key="格式", wanted=one.form)
    if one.unit and one.unit != unit:
        yield OTHER_UNIT.at(place(node, "单位"), name=one.name, unit=unit, key="单位", wanted=one.unit)
    if unit not in _RATES and _RATE in _limits(one.scoring):
        key = one.scoring.kind.value
        yield OTHER_UNIT.at(place(node, "评分", key), name=one.name, unit=unit, key=key, wanted=_RATE)


def _limits(scoring: Scoring) -> Sequence[str]:
    """Give the units of the limits of a rule."""
    limits = [band.limit for band in scoring.bands]
    return [one.unit for one in (*limits, scoring.start, scoring.step, scoring.full, scoring.zero)]

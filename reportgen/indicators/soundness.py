"""A declared system and the form of the facts in; what cannot work in it out, found before any facts are there."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import Diagnostic, Severity, rule
from reportgen.indicators.definition import BY_VALUE
from reportgen.indicators.evaluation import needed
from reportgen.indicators.results import INDICATORS, OWN, scored_form
from reportgen.language import check as check_names
from reportgen.language import form
from reportgen.language.statements import Keep
from reportgen.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.indicators.definition import Indicator, Routine, System
    from reportgen.schema import Field

CYCLE = rule(
    "I321",
    "indicator-cycle",
    Severity.ERROR,
    "the scores of these indicators depend on each other in a circle: {names}",
    "let one of them use facts only",
)
SCATTERED = rule(
    "I322",
    "scattered-level",
    Severity.ERROR,
    "“{name}” stands apart from the other indicators of “{level}”",
    "put the indicators of one level one after the other: their order is that of the report",
)
OTHER_KIND = rule(
    "I339",
    "other-kind",
    Severity.ERROR,
    "“{key}” of “{name}” must give {wanted}, not {kind}",
    "look whether the right fact is named",
)
_ANY: Final[Sequence[Kind]] = ()
_NUMBER: Final = (Kind.NUMBER,)
_TEXTS: Final = (Kind.TEXT, Kind.PROSE, Kind.CHOICE)


class Expression(NamedTuple):
    """An expression or reason of an indicator: its key, the kinds it may give (any if none), names of its own."""

    key: str
    routine: Routine
    kinds: Sequence[Kind] = _ANY
    own: Mapping[str, Field] = MappingProxyType({})


def expressions(one: Indicator) -> Iterator[Expression]:
    """Give every expression that scores an indicator, and every reason that is told before it is scored."""
    scoring = one.scoring
    yield Expression("公式", one.formula, _NUMBER if one.form or scoring.kind in BY_VALUE else _ANY)
    yield Expression("得分", scoring.score, _NUMBER)
    yield Expression("理由", scoring.reason, _TEXTS)
    points = {"分值": OWN.fields["分值"]}
    value = {key: OWN.fields[key] for key in ("值", "结果")} if one.formula else {}
    for own, cases in ((points, one.cases), (points | value, scoring.cases)):
        for case in cases:
            yield Expression("条件", case.condition, own=own)
            yield Expression("得", case.worth, _NUMBER, own)
            yield Expression("原因", case.reason, own=own)
    for clause in scoring.clauses:
        yield Expression("次数", clause.condition, _NUMBER) if clause.counted else Expression("条件", clause.condition)


def check(system: System, facts: Mapping[str, Field]) -> list[Diagnostic]:
    """Check every name that an indicator looks up, the order in which they can be scored, and their levels."""
    found = [one for indicator in system.indicators for one in _names(indicator, system, facts)]
    by_name = {one.name: one for one in system.indicators}
    try:
        TopologicalSorter(needed(system)).prepare()
    except CycleError as cycle:
        circle: list[str] = cycle.args[1]
        found.append(CYCLE.at(by_name[circle[0]].span, names=" → ".join(circle)))
    return [*found, *_scattered(system.indicators, 1), *_scattered(system.indicators, 2)]


def _names(one: Indicator, system: System, facts: Mapping[str, Field]) -> Iterator[Diagnostic]:
    """Check the names of one indicator: what scores it sees facts and other indicators, its prose itself as well."""
    known = scored_form(system)
    scoring = [{**facts, INDICATORS: known[INDICATORS]}]
    telling = [OWN.fields, {**facts, **known}]
    for asked in expressions(one):
        scopes = [asked.own, *scoring]
        yield from check_names(asked.routine, scopes) or _kind(one, asked, form(asked.routine, scopes))
    for clause in one.scoring.clauses:
        yield from check_names(clause.met, telling)
        yield from check_names(clause.unmet, telling)
    yield from check_names(one.text, telling)
    yield from check_names(one.improvement, telling)


def _kind(one: Indicator, asked: Expression, given: Field) -> Iterator[Diagnostic]:
    """Report an expression that cannot give what is asked of it."""
    kept = asked.routine[0] if asked.routine else None
    if isinstance(kept, Keep) and asked.kinds and given.kind not in {Kind.OPEN, *asked.kinds}:
        yield OTHER_KIND.at(kept.tag.span, key=asked.key, name=one.name, wanted=asked.kinds[0], kind=given.kind)


def _scattered(indicators: Sequence[Indicator], depth: int) -> Iterator[Diagnostic]:
    """Find levels that are taken up again after others came between."""
    seen: set[tuple[str, ...]] = set()
    for level, members in groupby(indicators, key=lambda one: one.levels[:depth]):
        first = next(members)
        if level in seen:
            yield SCATTERED.at(first.span, name=first.name, level=" › ".join(level))
        seen.add(level)

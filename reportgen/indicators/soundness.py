"""A declared system and the form of the facts in; what cannot work in it out, found before any facts are there."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import groupby
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic, Severity, rule
from reportgen.indicators.evaluation import needed
from reportgen.indicators.results import INDICATORS, OWN, scored_form
from reportgen.language import check as check_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.indicators.definition import Indicator, System
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
    yield from check_names(one.formula, scoring)
    yield from check_names(one.scoring.score, scoring)
    yield from check_names(one.scoring.reason, scoring)
    points, value = {"分值": OWN.fields["分值"]}, {"值": OWN.fields["值"]} if one.formula else {}
    for own, cases in ((points, one.cases), (points | value, one.scoring.cases)):
        for case in cases:
            for routine in (case.condition, case.reason, case.worth):
                yield from check_names(routine, [own, *scoring])
    for clause in one.scoring.clauses:
        yield from check_names(clause.condition, scoring)
        yield from check_names(clause.met, telling)
        yield from check_names(clause.unmet, telling)
    yield from check_names(one.text, telling)
    yield from check_names(one.improvement, telling)


def _scattered(indicators: Sequence[Indicator], depth: int) -> Iterator[Diagnostic]:
    """Find levels that are taken up again after others came between."""
    seen: set[tuple[str, ...]] = set()
    for level, members in groupby(indicators, key=lambda one: one.levels[:depth]):
        first = next(members)
        if level in seen:
            yield SCATTERED.at(first.span, name=first.name, level=" › ".join(level))
        seen.add(level)

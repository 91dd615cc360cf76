"""Facts with prose in, the same values with the prose written out: tags filled, each name looked up from where the prose stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic, Severity, rule
from reportgen.language import Failed, Log, Program, Statement, check, names, prose, remember, shape, united
from reportgen.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.facts import Facts, Value
    from reportgen.schema import Field

_STEPS: Final = re.compile(r"([^.\[\]]+)|\[(\d+)\]")

CYCLE = rule(
    "F301",
    "prose-cycle",
    Severity.ERROR,
    "these texts use each other in a circle: {names}",
    "let one of them say its part itself",
)


@dataclass(frozen=True, slots=True)
class Narrative:
    """The prose of one facts file: statements by path, in an order in which each comes after those it uses."""

    routines: Mapping[str, Sequence[Statement]]


def read(facts: Facts, sources: Mapping[str, str], known: Mapping[str, Field]) -> tuple[Narrative, list[Diagnostic]]:
    """Read every prose fact and check its names; `known` are the names that indicators add to the facts."""
    routines: dict[str, Sequence[Statement]] = {}
    found: list[Diagnostic] = []
    root = {**shape(facts.values).fields, **known}
    for fact in facts.all.values():
        if fact.kind is not Kind.PROSE:
            continue
        routines[fact.path], unread = prose(fact.node, sources[fact.span.path])
        inner = [shape(group).fields for group in _enclosing(facts.values, fact.path)]
        found += [*unread, *check(routines[fact.path], [*inner, root])]
    order, circles = _ordered(routines, facts)
    return Narrative({path: routines[path] for path in order}), [*found, *circles]


def fill(
    narrative: Narrative,
    program: Program,
    values: dict[str, Value],
    others: Mapping[str, Value],
    log: Log | None = None,
) -> list[Diagnostic]:
    """Write every prose out into `values`, in place; `others` are names beside the facts, as of indicators."""
    found: list[Diagnostic] = []
    for path in narrative.routines:
        scope = {**values, **others}
        for group in reversed(_enclosing(values, path)):
            scope |= group
        before = 0 if log is None else len(log.outputs)
        try:
            text: Value = program.text(path, scope, log)
        except Failed as failed:
            found.append(failed.diagnostic)
            continue
        if log is not None:
            text = remember(text, united(log.outputs[before:]))
        _put(values, path, text)
    return found


def _steps(path: str) -> list[str | int]:
    return [int(number) - 1 if number else name for name, number in _STEPS.findall(path)]


def _enclosing(values: Mapping[str, Value], path: str) -> list[dict[str, Value]]:
    """Give the groups that a path lies in, innermost first, without the outermost."""
    groups: list[dict[str, Value]] = []
    value: Any = values
    for step in _steps(path)[:-1]:
        value = value[step]
        if isinstance(value, dict):
            groups.append(value)
    return groups[::-1]


def _put(values: dict[str, Value], path: str, text: Value) -> None:
    *before, last = _steps(path)
    owner: Any = values
    for step in before:
        owner = owner[step]
    owner[last] = text


def _ordered(routines: Mapping[str, Sequence[Statement]], facts: Facts) -> tuple[list[str], list[Diagnostic]]:
    graph = {path: list(_used(path, statements, routines)) for path, statements in routines.items()}
    try:
        return list(TopologicalSorter(graph).static_order()), []
    except CycleError as cycle:
        circle = cycle.args[1]
        return [], [CYCLE.at(facts.all[circle[0]].span, names=" → ".join(circle))]


def _used(path: str, statements: Sequence[Statement], routines: Mapping[str, object]) -> Iterator[str]:
    """Give the prose that a prose looks up, by the first place outward at which its name leads to one."""
    for name in names(statements):
        for owner in _owners(path):
            target = f"{owner}.{name}" if owner else name
            if target in routines:
                yield target
                break


def _owners(path: str) -> Iterator[str]:
    while path:
        path = path.rpartition(".")[0] if "." in path else ""
        yield path

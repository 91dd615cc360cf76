"""Facts with prose in, the same values with the prose written out: each name is looked up from where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.diagnostics import Diagnostic, Severity, rule
from reportgen.facts import Gap, steps
from reportgen.language import (
    GAP_PRINTED,
    Failed,
    Log,
    Program,
    Statement,
    Trace,
    check,
    names,
    prose,
    remember,
    shape,
    united,
)
from reportgen.language.statements import Output
from reportgen.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.facts import Facts, Value
    from reportgen.schema import Field

    Graph = Mapping[str, Sequence[str]]

CYCLE = rule(
    "F301",
    "prose-cycle",
    Severity.ERROR,
    "these texts use each other in a circle: {names}",
    "let one of them say its part itself",
)
TWO_LEVELS = rule(
    "F302",
    "name-at-two-levels",
    Severity.WARNING,
    "“{name}” stands here and again further out: the nearest one is taken",
    "give one of the two another name, or write the whole way to the one that is meant",
)


class Narrative(NamedTuple):
    """The prose of one facts file: statements by path, in an order in which each comes after those it uses."""

    routines: Mapping[str, Sequence[Statement]]


def read(facts: Facts, known: Mapping[str, Field]) -> tuple[Narrative, list[Diagnostic]]:
    """Read every prose fact and check its names; `known` are the names that indicators add to the facts."""
    routines: dict[str, Sequence[Statement]] = {}
    found: list[Diagnostic] = []
    root = {**shape(facts.values).fields, **known}
    for fact in facts.all.values():
        if fact.kind is not Kind.PROSE:
            continue
        statements, unread = prose(fact.node)
        around = [group for _, group in _around(facts.values, fact.path)]
        unknown = check(statements, [*(shape(group).fields for group in around), root])
        given = [_given(group) for group in (*around, facts.values)]
        found += [*unread, *unknown, *_doubtful(statements, [*given[:-1], given[-1] | known.keys()])]
        routines[fact.path] = [] if unread or unknown else statements
    order, circles = _ordered(routines, facts)
    return Narrative({path: routines[path] for path in order}), [*found, *circles]


def fill(
    narrative: Narrative,
    program: Program,
    values: dict[str, Value],
    others: Mapping[str, Value],
    log: Log | None = None,
) -> list[Diagnostic]:
    """Write every prose out into `values`, in place; `others` are names beside the facts, as of indicators.

    What is not written yet is a gap, so that nothing prints it by mistake; one that another needs is written first.
    """
    writer = _Writer(program, values, others, log)
    for path in narrative.routines:
        _put(values, path, Gap(path))
    found: list[Diagnostic] = []
    written: set[str] = set()
    for first in narrative.routines:
        waiting = [first]
        while waiting:
            path = waiting[-1]
            failed = None if path in written else writer.write(path)
            needed = _unwritten(failed, narrative, written)
            if needed and needed not in waiting:
                waiting.append(needed)
                continue
            if needed and failed:
                circle = waiting[waiting.index(needed) :]
                failed = CYCLE.at(failed.span, names=" → ".join([*circle, needed]))
            if failed:
                found.append(failed)
                _put(values, path, Gap(path, reported=True))
            written.add(path)
            waiting.pop()
    return found


def _unwritten(failed: Diagnostic | None, narrative: Narrative, written: set[str]) -> str:
    """Give the prose that another one failed for, since it is not written yet."""
    if failed is None or failed.rule is not GAP_PRINTED:
        return ""
    name = str(failed.values["name"])
    return name if name in narrative.routines and name not in written else ""


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one prose after the other into the values."""

    program: Program
    values: dict[str, Value]
    others: Mapping[str, Value]
    log: Log | None

    def write(self, path: str) -> Diagnostic | None:
        """Write the prose at a path, or give what prevents it; outputs of a failed attempt leave the log."""
        scope = {**self.values, **self.others}
        for _, group in reversed(_around(self.values, path)):
            scope |= group
        before = 0 if self.log is None else len(self.log.outputs)
        try:
            text: Value = self.program.text(path, scope, self.log)
        except Failed as failed:
            if self.log is not None:
                del self.log.outputs[before:]
            return failed.diagnostic
        if self.log is not None:
            text = remember(text, united(self.log.outputs[before:]) | Trace(frozenset([path])))
        _put(self.values, path, text)
        return None


def _doubtful(statements: Sequence[Statement], scopes: Sequence[set[str]]) -> Iterator[Diagnostic]:
    """Find names that stand in more than one of the groups around a prose."""
    for statement in statements:
        if isinstance(statement, Output):
            for head in dict.fromkeys(name.partition(".")[0] for name in names([statement])):
                if sum(head in scope for scope in scopes) > 1:
                    yield TWO_LEVELS.at(statement.tag.span, name=head)


def _around(values: Mapping[str, Value], path: str) -> list[tuple[str, dict[str, Value]]]:
    """Give the groups that a path lies in, each with its own path, innermost first, without the outermost.

    A name whose value is not given leaves the view of the same name further out free.
    """
    groups: list[tuple[str, dict[str, Value]]] = []
    value: Any = values
    before = ""
    outer = _given(values)
    for step in steps(path)[:-1]:
        value = value[step]
        before += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
        if isinstance(value, dict):
            given = _given(value)
            groups.append((before[1:], {name: value[name] for name in value if name in given or name not in outer}))
            outer |= given
    return groups[::-1]


def _given(group: Mapping[str, Value]) -> set[str]:
    return {name for name, value in group.items() if not isinstance(value, Gap)}


def _put(values: dict[str, Value], path: str, text: Value) -> None:
    *before, last = steps(path)
    owner: Any = values
    for step in before:
        owner = owner[step]
    owner[last] = text


def _ordered(routines: Mapping[str, Sequence[Statement]], facts: Facts) -> tuple[list[str], list[Diagnostic]]:
    """Order prose so that each comes after what it names; lists that it names count too, where that makes no circle."""
    named = {path: list(_named(path, statements, facts.values)) for path, statements in routines.items()}
    exact = {path: [name for name in used if name in routines] for path, used in named.items()}
    members = _members(routines)
    whole = {
        path: [name for name in used if name in members and not _is_in(path, name)] for path, used in named.items()
    }
    try:
        wide = {path: [*exact[path], *whole[path]] for path in routines}
        return [path for path in TopologicalSorter({**members, **wide}).static_order() if path in routines], []
    except CycleError:
        return _untangled(exact, facts)


def _untangled(graph: Graph, facts: Facts) -> tuple[list[str], list[Diagnostic]]:
    """Order a graph without those of its members that stand in a circle, each circle reported once."""
    found: list[Diagnostic] = []
    while True:
        try:
            return list(TopologicalSorter(graph).static_order()), found
        except CycleError as cycle:
            circle: list[str] = cycle.args[1]
            found.append(CYCLE.at(facts.all[min(circle)].span, names=" → ".join(circle)))
            graph = {
                path: [name for name in used if name not in circle]
                for path, used in graph.items()
                if path not in circle
            }


def _named(path: str, statements: Sequence[Statement], values: Mapping[str, Value]) -> Iterator[str]:
    """Give the paths that the names of a prose lead to, each looked up outward from where it stands."""
    scopes = [*_around(values, path), ("", values)]
    for name in names(statements):
        head = name.partition(".")[0]
        owner = next((owner for owner, group in scopes if head in group), "")
        yield f"{owner}.{name}" if owner else name


def _members(paths: Iterable[str]) -> dict[str, list[str]]:
    """Give the lists and groups that paths lie in, each with what lies directly in it."""
    members: dict[str, dict[str, None]] = {}
    for path in paths:
        inner = path
        while outer := inner[: max(inner.rfind("."), inner.rfind("["), 0)]:
            members.setdefault(outer, {})[inner] = None
            inner = outer
    return {outer: list(inner) for outer, inner in members.items()}


def _is_in(path: str, outer: str) -> bool:
    return path.startswith((f"{outer}.", f"{outer}["))

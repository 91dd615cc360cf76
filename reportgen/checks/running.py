"""Checks and values in; a diagnostic for every statement that does not hold, at the facts that it is about, out."""

from __future__ import annotations

from decimal import localcontext
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reportgen.checks.definition import BALANCE, Kind, applies, text
from reportgen.checks.items import Item
from reportgen.checks.kinds import RULES, broken
from reportgen.checks.rounding import Rounded, rounded
from reportgen.diagnostics import Label
from reportgen.facts import STATED, Gap, Value
from reportgen.language import CONTEXT, GAP_PRINTED, MISSING_MEMBER, PARAGRAPH, Failed, names, strip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.checks.definition import Check, Operand
    from reportgen.checks.kinds import Broken, Given
    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.facts import Facts
    from reportgen.language import Program

    Scope = Mapping[str, Value]

_MAX_RELATED: Final = 4


def run(checks: Sequence[Check], program: Program, values: Scope, facts: Facts) -> list[Diagnostic]:
    """Test every check; one that cannot be evaluated is reported for that.

    A check does not apply where what it needs is missing and reported as such, or is not stated in 原报.
    """
    found: list[Diagnostic] = []
    for one in checks:
        for case in _cases(one, values):
            try:
                found += _found(one, program, case, facts)
            except Failed as failed:
                if not _excused(failed):
                    found.append(failed.diagnostic)
    return found


class _Case(NamedTuple):
    """What a check is about: all facts, or one item of a list, at `path`, whose names come first.

    In `bounded` the numbers that the check uses know their bounds.
    """

    scope: Scope
    bounded: Scope
    path: str = ""

    def places(self, used: Sequence[str]) -> list[str]:
        """Give the paths where names may stand, those of the item first."""
        return [*(f"{self.path}.{name}" for name in used if self.path), *used]


def _cases(one: Check, values: Scope) -> Iterator[_Case]:
    computed = one.listed() if one.kind is not Kind.CONDITION else []
    used = [name.split(".") for operand in computed for name in names(operand.routine)]
    bounded = _with_bounds(values, used, "")
    if not one.each:
        yield _Case(values, bounded)
        return
    items: Any = values
    for part in one.each.split("."):
        items = items[part]
    for at, item in enumerate(items if isinstance(items, list) else (), 1):  # a gap has none
        path = f"{one.each}[{at}]"
        yield _Case({**values, **item}, {**bounded, **_with_bounds(item, used, f"{path}.")}, path)


def _with_bounds(values: Scope, used: Iterable[Sequence[str]], path: str) -> dict[str, Value]:
    """Let what is used of a group know its bounds; all else stays as it is."""
    scope = dict(values)
    for head, *steps in used:
        inner, at = scope.get(head), f"{path}{head}"
        if isinstance(inner, dict) and steps:
            scope[head] = _with_bounds(inner, [steps], f"{at}.")
        elif head in scope:
            scope[head] = rounded(inner, at)
    return scope


def _found(one: Check, program: Program, case: _Case, facts: Facts) -> Iterator[Diagnostic]:
    """Say what is wrong, in the words of the check itself if it has any."""
    if one.applies and not program.value(applies(one), case.scope):
        return
    given = _given(one, program, case)
    with localcontext(CONTEXT):
        faults = list(broken(one, given))
    for fault in faults:
        said: object = fault.said
        if one.text:
            said = strip(program.text(text(one), case.scope))[0].replace(PARAGRAPH, "")
        at, *others = _spans(one, fault, case, facts)
        related = tuple(Label(span) for span in others[:_MAX_RELATED])
        advice = "{advice}" if one.advice else None
        finding = RULES[one.kind].at(at, help=advice, related=related, name=one.name, text=said, advice=one.advice)
        yield finding.as_severe_as(one.severity)


def _given(one: Check, program: Program, case: _Case) -> Given:
    """Evaluate the operands of a check; raises `Failed` where one has no value."""
    if one.kind is Kind.CONDITION:
        (condition,) = one.operands[Kind.CONDITION]
        return {Kind.CONDITION: [Item(condition, program.value(condition.key, case.scope))]}
    given = {
        role: [item for operand in operands for item in _items(operand, program, case.bounded)]
        for role, operands in one.operands.items()
        if role != BALANCE
    }
    return given | {BALANCE: _declared(one, program, case.bounded)}


def _items(operand: Operand, program: Program, scope: Scope) -> list[Item]:
    """Give the value of an operand, or the items of the list that it gives."""
    value = program.value(operand.key, scope)
    values = value if isinstance(value, list) else [value]
    for inner in values:
        if isinstance(inner, Gap):
            raise Failed(GAP_PRINTED.at(operand.span, name=inner.path, reported=inner.reported))
    return [Item(operand, inner, at) for at, inner in enumerate(values, 1)]


def _declared(one: Check, program: Program, scope: Scope) -> list[Item]:
    """Give what is declared as 平衡; where it is not given, nothing is."""
    operands = one.operands.get(BALANCE, ())
    try:
        return [item for operand in operands for item in _items(operand, program, scope)]
    except Failed as failed:
        if _excused(failed) or failed.diagnostic.rule is GAP_PRINTED:
            return []
        raise


def _excused(failed: Failed) -> bool:
    """Whether something is missing that is reported elsewhere, or that a published report need not state."""
    one = failed.diagnostic
    stated = f"{one.values.get('name')}.".startswith(f"{STATED}.")
    return one.rule in {GAP_PRINTED, MISSING_MEMBER} and (stated or bool(one.values.get("reported")))


def _spans(one: Check, fault: Broken, case: _Case, facts: Facts) -> list[Span]:
    """Give the places of the facts that something is wrong with, or else that of the check."""
    used = names([statement for operand in one.listed() for statement in operand.routine] + list(one.text))
    about = [span for item in fault.about for span in _places(item, case, facts)]
    spans = about or [facts.all[path].span for path in case.places(used) if path in facts.all]
    return list(dict.fromkeys(spans)) or [one.span]


def _places(item: Item, case: _Case, facts: Facts) -> list[Span]:
    """Give the places of all facts that a number comes from, or of one that holds any other value."""
    spans = [facts.all[path].span for path in case.places(item.paths) if path in facts.all]
    return spans if isinstance(item.value, Rounded) else spans[:1]

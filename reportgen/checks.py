"""A pack's checks.yaml and the facts in, a diagnostic for every statement about the facts that does not hold out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic, Label, Severity, Span, rule
from reportgen.facts import Facts, Value, bind_list
from reportgen.language import PARAGRAPH, Failed, formula, names, prose, strip
from reportgen.language import check as check_names
from reportgen.schema import Field, Kind, find, group, optional

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.language import Program, Statement
    from reportgen.source import Node

_TEXT: Final = Field(Kind.TEXT)
_SEVERITIES: Final = {"错误": Severity.ERROR, "警告": Severity.WARNING, "提示": Severity.NOTE}
CHECK: Final = group(
    {
        "名称": _TEXT,
        "条件": _TEXT,
        "适用": optional(Kind.TEXT),
        "级别": Field(Kind.CHOICE, choices=tuple(_SEVERITIES)),
        "说明": Field(Kind.PROSE),
        "建议": _TEXT,
        "每项": optional(Kind.TEXT),
    },
)
_MAX_RELATED: Final = 4

BROKEN = rule("C101", "check", Severity.ERROR, "{name}: {text}", "{advice}")
SAME_NAME = rule("C102", "same-check", Severity.ERROR, "there are two checks “{name}”", "rename one of them")
NO_LIST = rule(
    "C103",
    "no-list",
    Severity.ERROR,
    "the form has no list “{name}” whose items are groups of names",
    "let 每项 name a list of the form",
)


@dataclass(frozen=True, slots=True)
class Check:
    """A statement that must hold; `each` names the list whose items it is about, if it is about items."""

    name: str
    condition: Sequence[Statement]
    applies: Sequence[Statement]
    severity: Severity
    text: Sequence[Statement]
    advice: str
    each: str
    span: Span
    each_span: Span


def read(root: Node) -> tuple[tuple[Check, ...], list[Diagnostic]]:
    """Read the list of checks, which may be empty."""
    if root.value == ():
        return (), []
    bound, found = bind_list(root, CHECK, "核查规则")
    items = bound.values["核查规则"]
    listed = items if isinstance(items, list) else []
    checks = [
        _read(item, f"核查规则[{at}]", bound, found) for at, item in enumerate(listed, 1) if isinstance(item, dict)
    ]
    seen: set[str] = set()
    for one in checks:
        if one.name in seen:
            found.append(SAME_NAME.at(one.span, name=one.name))
        seen.add(one.name)
    return tuple(checks), found


def check(checks: Sequence[Check], form: Field, known: Mapping[str, Field]) -> list[Diagnostic]:
    """Check every name that the checks look up: in an item first, then in the facts and what is `known` beside them."""
    found: list[Diagnostic] = []
    for one in checks:
        scopes = [{**form.fields, **known}]
        if one.each:
            listed = find(form, one.each)
            if listed is None or listed.item is None or listed.item.kind is not Kind.GROUP:
                found.append(NO_LIST.at(one.each_span, name=one.each))
                continue
            scopes.insert(0, dict(listed.item.fields))
        for routine in (one.applies, one.condition, one.text):
            found += check_names(routine, scopes)
    return found


def _read(item: Mapping[str, Any], path: str, bound: Facts, found: list[Diagnostic]) -> Check:
    routines: dict[str, Sequence[Statement]] = {}
    for key in ("条件", "适用", "说明"):
        fact = bound.all.get(f"{path}.{key}")
        if fact is not None:
            routines[key], wrong = prose(fact.node) if key == "说明" else formula(str(fact.value), fact.span)
            found += wrong
    spans = [bound.all[f"{path}.{key}"].span if f"{path}.{key}" in bound.all else Span() for key in ("名称", "每项")]
    return Check(
        str(item["名称"]),
        routines.get("条件", ()),
        routines.get("适用", ()),
        _SEVERITIES.get(item["级别"], Severity.ERROR),
        routines.get("说明", ()),
        str(item["建议"] or ""),
        str(item["每项"] or ""),
        *spans,
    )


def routines(checks: Sequence[Check]) -> Iterator[tuple[str, Sequence[Statement]]]:
    """Give every routine of the checks under the key by which `run` runs it."""
    for one in checks:
        yield f"核查/{one.name}/条件", one.condition
        yield f"核查/{one.name}/适用", one.applies
        yield f"核查/{one.name}/说明", one.text


def looked_up(checks: Sequence[Check], head: str) -> set[str]:
    """Give the dotted names below `head` that checks look up."""
    used = (name for _, routine in routines(checks) for name in names(routine))
    return {name for name in used if name.partition(".")[0] == head}


def run(checks: Sequence[Check], program: Program, values: Mapping[str, Value], facts: Facts) -> list[Diagnostic]:
    """Test every check; one that cannot be evaluated is reported for that."""
    found: list[Diagnostic] = []
    for one in checks:
        for scope, path in _scopes(one, values):
            try:
                if not _holds(one, program, scope):
                    text = program.text(f"核查/{one.name}/说明", scope)
                    found.append(_broken(one, text, path, facts))
            except Failed as failed:
                found.append(failed.diagnostic)
    return found


def _scopes(one: Check, values: Mapping[str, Value]) -> Iterator[tuple[Mapping[str, Value], str]]:
    """Give the values that a check is about: all facts, or one item after the other."""
    if not one.each:
        yield values, ""
        return
    items: Any = values
    for part in one.each.split("."):
        items = items[part]
    for at, item in enumerate(items if isinstance(items, list) else (), 1):  # a gap has none
        yield {**values, **item}, f"{one.each}[{at}]"


def _holds(one: Check, program: Program, scope: Mapping[str, Value]) -> bool:
    if one.applies and not program.value(f"核查/{one.name}/适用", scope):
        return True
    return bool(program.value(f"核查/{one.name}/条件", scope))


def _broken(one: Check, text: str, path: str, facts: Facts) -> Diagnostic:
    used = names([*one.condition, *one.text])
    own = [f"{path}.{name}" for name in used] if path else []
    spans = [facts.all[place].span for place in (*own, *used) if place in facts.all]
    at, *others = spans or [one.span]
    related = tuple(Label(span) for span in others[:_MAX_RELATED])
    said = strip(text)[0].replace(PARAGRAPH, "")
    return BROKEN.at(at, related=related, name=one.name, text=said, advice=one.advice).as_severe_as(one.severity)

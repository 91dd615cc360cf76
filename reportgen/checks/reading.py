"""The nodes of a checks.yaml in, the declared checks out; every expression is read, every name in it can be checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reportgen.checks.definition import (
    ACTUAL,
    AGAINST,
    BALANCE,
    ONE,
    OTHER,
    PARTS,
    TARGET,
    Check,
    Kind,
    Operand,
)
from reportgen.checks.fitting import misfits
from reportgen.checks.kinds import BALANCES
from reportgen.diagnostics import N_, Diagnostic, Label, Severity, Span, rule
from reportgen.facts import Fact, Facts, Gap, bind_list
from reportgen.language import Statement, formula, prose
from reportgen.language import check as check_names
from reportgen.schema import Field, find, group, listing, optional
from reportgen.schema import Kind as Takes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.source import Node

_TEXT: Final = Field(Takes.TEXT)
_TEXTS: Final = listing(_TEXT)
_MAYBE_TEXT: Final = optional(Takes.TEXT)
_MAYBE_TEXTS: Final = listing(_TEXT, required=False)
_SEVERITIES: Final = {"错误": Severity.ERROR, "警告": Severity.WARNING, "提示": Severity.NOTE}
_STATEMENTS: Final[Mapping[Kind, Field]] = {
    Kind.CONDITION: _MAYBE_TEXT,
    Kind.SUM: group({PARTS: _TEXTS, AGAINST: _TEXT}, required=False),
    Kind.EQUAL: _MAYBE_TEXTS,
    Kind.AT_MOST: _MAYBE_TEXTS,
    Kind.IN_ORDER: _MAYBE_TEXTS,
    Kind.SAME_SET: _MAYBE_TEXTS,
    Kind.COUNT: group({PARTS: _TEXTS, AGAINST: _TEXT}, required=False),
    Kind.SHARES: group({PARTS: _TEXTS, AGAINST: _TEXTS, BALANCE: _MAYBE_TEXT}, required=False),
    Kind.TARGETS: group({PARTS: _TEXTS, ACTUAL: _MAYBE_TEXT, TARGET: _MAYBE_TEXT}, required=False),
}
CHECK: Final = group(
    {
        "名称": _TEXT,
        **{kind.value: form for kind, form in _STATEMENTS.items()},
        "适用": _MAYBE_TEXT,
        "级别": Field(Takes.CHOICE, choices=tuple(_SEVERITIES)),
        "说明": optional(Takes.PROSE),
        "建议": _MAYBE_TEXT,
        "每项": _MAYBE_TEXT,
    },
)
_LIST: Final = "核查规则"
_PAIR: Final = 2
_TWO: Final = Label(Span(), N_("two"))
_TWO_OR_MORE: Final = Label(Span(), N_("at least two"))

SAME_NAME = rule("C102", "same-check", Severity.ERROR, "there are two checks “{name}”", "rename one of them")
NO_LIST = rule(
    "C103",
    "no-list",
    Severity.ERROR,
    "the form has no list “{name}” whose items are groups of names",
    "let 每项 name a list of the form",
)
ONE_KIND = rule(
    "C112",
    "one-statement",
    Severity.ERROR,
    "“{name}” needs exactly one statement, it has {count}",
    "give one of: {kinds}",
)
TOO_FEW = rule(
    "C113",
    "too-few-values",
    Severity.ERROR,
    "{key} of “{name}” takes {wanted} expressions, not {count}",
    "write them as a list, each expression after “- ”",
)
NOT_TOLD = rule(
    "C114",
    "condition-not-told",
    Severity.ERROR,
    "the condition of “{name}” has no {keys}",
    "say what is wrong and what to do about it: of a condition, only its author can",
)
HALF_TARGETS = rule(
    "C117",
    "half-targets",
    Severity.ERROR,
    "均达标 of “{name}” has only one of 实际 and 目标",
    "name both members of the items, or neither where the items are rates that are to reach 100%",
)


def read(root: Node) -> tuple[tuple[Check, ...], list[Diagnostic]]:
    """Read the list of checks, which may be empty."""
    if root.value == ():
        return (), []
    bound, found = bind_list(root, CHECK, _LIST)
    reader = _Reader(bound, found)
    items = bound.values[_LIST]
    listed = items if isinstance(items, list) else []
    checks = [reader.check(item, f"{_LIST}[{at}]") for at, item in enumerate(listed, 1) if isinstance(item, dict)]
    seen: set[str] = set()
    for one in checks:
        if one.name and one.name in seen:
            found.append(SAME_NAME.at(one.span, name=one.name))
        seen.add(one.name)
    return tuple(checks), found


@dataclass(slots=True)
class _Reader:
    """Builds checks from bound values, reading the expressions in them."""

    bound: Facts
    found: list[Diagnostic]

    def check(self, item: Mapping[str, Any], path: str) -> Check:
        name, span = _word(item["名称"]), self.span(f"{path}.名称")
        given = [kind for kind in Kind if not _absent(item[kind])]
        if len(given) != 1:
            self.found.append(ONE_KIND.at(span, name=name, count=len(given), kinds="、".join(Kind)))
        kind = given[0] if given else Kind.CONDITION
        lacking = [key for key in ("说明", "建议") if _absent(item[key])]
        if given == [Kind.CONDITION] and lacking:
            self.found.append(NOT_TOLD.at(span, name=name, keys="、".join(lacking)))
        return Check(
            name,
            kind,
            self.operands(kind, item[kind], path, name) if given else {},
            self.formula(f"{path}.适用"),
            _SEVERITIES.get(item["级别"], Severity.ERROR),
            self.prose(f"{path}.说明"),
            _word(item["建议"]),
            _word(item["每项"]),
            span,
            self.span(f"{path}.每项"),
        )

    def span(self, path: str) -> Span:
        fact = self.bound.all.get(path)
        return fact.span if fact else Span()

    def formula(self, path: str) -> Sequence[Statement]:
        fact = self.bound.all.get(path)
        return () if fact is None else self.expression(str(fact.value), fact.span)

    def expression(self, text: str, span: Span) -> Sequence[Statement]:
        routine, wrong = formula(text, span)
        self.found += wrong
        return routine

    def prose(self, path: str) -> Sequence[Statement]:
        fact = self.bound.all.get(path)
        if fact is None:
            return ()
        routine, wrong = prose(fact.node)
        self.found += wrong
        return routine

    def operands(self, kind: Kind, value: object, path: str, name: str) -> dict[str, tuple[Operand, ...]]:
        """Read what a statement is about, by what each is for."""
        inner = f"{path}.{kind}"
        if isinstance(value, dict):
            roles = {key: self.listed(f"{inner}.{key}") for key in value}
            return self.targets(roles, name) if kind is Kind.TARGETS else roles
        listed = self.listed(inner)
        if kind is Kind.CONDITION:
            return {kind: listed}
        count = len(value) if isinstance(value, list) else _PAIR
        if count < _PAIR or (kind is Kind.SAME_SET and count > _PAIR):
            wanted = _TWO if kind is Kind.SAME_SET else _TWO_OR_MORE
            self.found.append(TOO_FEW.at(self.span(inner), key=kind, name=name, wanted=wanted, count=count))
        return {ONE: listed[:1], OTHER: listed[1:]} if kind is Kind.SAME_SET else {kind: listed}

    def targets(self, roles: Mapping[str, tuple[Operand, ...]], name: str) -> dict[str, tuple[Operand, ...]]:
        """Let 实际 and 目标 stand for these members of all items."""
        if bool(roles[ACTUAL]) != bool(roles[TARGET]):
            (only,) = (*roles[ACTUAL], *roles[TARGET])
            self.found.append(HALF_TARGETS.at(only.span, name=name))
        members = {role: self.members(roles[PARTS], roles[role]) for role in (ACTUAL, TARGET)}
        return {PARTS: roles[PARTS], **members}

    def listed(self, path: str) -> tuple[Operand, ...]:
        """Read one expression, or a list of them."""
        fact = self.bound.all.get(path)
        if fact is None:
            return ()
        if not isinstance(fact.value, list):
            return (self.operand(path, fact),)
        items = {at: self.bound.all.get(at) for at in (f"{path}[{number}]" for number in range(1, len(fact.value) + 1))}
        return tuple(self.operand(at, item) for at, item in items.items() if item is not None)

    def operand(self, path: str, fact: Fact) -> Operand:
        text = str(fact.value).strip()
        typed = f"'{text}'" if text in BALANCES else text
        return Operand(path, text, self.expression(typed, fact.span), fact.span)

    def members(self, parts: Sequence[Operand], named: Sequence[Operand]) -> tuple[Operand, ...]:
        """Read a member of every item that the parts give."""
        return tuple(
            Operand(
                f"{part.key}/{one.text}",
                one.text,
                self.expression(f"({part.text}) | 取('{one.text}')", one.span),
                one.span,
            )
            for one in named
            for part in parts
            if part.routine
        )


def _absent(value: object) -> bool:
    """Whether nothing is given, not even what is found wrong: an absent group is a mapping of gaps only."""
    if isinstance(value, dict):
        return all(map(_absent, value.values()))
    return isinstance(value, Gap) and not value.reported


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def check(checks: Sequence[Check], form: Field, known: Mapping[str, Field]) -> list[Diagnostic]:
    """Check every name that the checks look up: in an item first, then in the facts and what is `known` beside them.

    What the names stand for must be what the kind of the check takes.
    """
    found: list[Diagnostic] = []
    for one in checks:
        scopes = [{**form.fields, **known}]
        if one.each:
            listed = find(form, one.each)
            if listed is None or listed.item is None or listed.item.kind is not Takes.GROUP:
                found.append(NO_LIST.at(one.each_span, name=one.each))
                continue
            scopes.insert(0, dict(listed.item.fields))
        for routine in (one.applies, *(operand.routine for operand in one.listed()), one.text):
            found += check_names(routine, scopes)
        found += misfits(one, scopes)
    return found

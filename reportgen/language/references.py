"""Statements and the names they may use in, diagnostics out: every name is checked before a template runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any, Final

from jinja2 import nodes

from reportgen.diagnostics import Diagnostic, Span
from reportgen.facts import Gap, Picture, Value
from reportgen.language.dialect import LOOP, LOOP_KEYS, UNKNOWN_NAME, close
from reportgen.language.expressions import dotted
from reportgen.language.functions import KEY, OPEN, TABLE, joint
from reportgen.language.printing import Misuse
from reportgen.language.quantities import unit_of
from reportgen.language.statements import For, If, Keep, Output, Set, Statement
from reportgen.schema import Field, Kind, group, listing

Scope = Mapping[str, Field]
_LOOP: Final = group(dict.fromkeys(LOOP_KEYS, Field(Kind.NUMBER)))


def check(statements: Sequence[Statement], scopes: Sequence[Scope]) -> list[Diagnostic]:
    """Check a routine against the names that are known, innermost scope first."""
    checker = _Checker(scopes)
    checker.body(statements, {})
    return checker.found


def names(statements: Sequence[Statement]) -> list[str]:
    """Give the dotted names that a routine looks up, in their order, each once; loop variables included."""
    found: dict[str, None] = {}
    for tree in _trees(statements):
        _collect(tree, found)
    return list(found)


def shape(value: Value) -> Field:
    """Give the form of a value that is already known, so that names inside open data are checked too."""
    if isinstance(value, dict):
        return group({name: shape(inner) for name, inner in value.items()})
    if isinstance(value, list):
        return listing(reduce(joint, map(shape, value)) if value else OPEN)
    if isinstance(value, Gap | Picture):
        return OPEN
    if isinstance(value, bool):
        return Field(Kind.TRUTH)
    if isinstance(value, Decimal):
        return Field(Kind.NUMBER, unit=unit_of(value))
    return Field(Kind.DATE if isinstance(value, dt.date) else Kind.TEXT)


def _trees(statements: Sequence[Statement]) -> Iterator[nodes.Expr]:
    for statement in statements:
        if isinstance(statement, Output | Keep | Set):
            yield statement.tree
        elif isinstance(statement, For):
            yield statement.items
            yield from _trees(statement.body)
        elif isinstance(statement, If):
            for branch in statement.branches:
                if branch.test is not None:
                    yield branch.test
                yield from _trees(branch.body)


def _collect(tree: nodes.Node, found: dict[str, None]) -> None:
    name = dotted(tree)
    if name:
        found[name] = None
        return
    for child in tree.iter_child_nodes():
        _collect(child, found)


class _Checker:
    """Walks statements with the names that are visible at each."""

    def __init__(self, scopes: Sequence[Scope]) -> None:
        self.scopes = scopes
        self.found: list[Diagnostic] = []
        self.span = Span()

    def body(self, statements: Sequence[Statement], local: dict[str, Field]) -> None:
        for statement in statements:
            if isinstance(statement, Output | Keep):
                self.expression(statement.tree, statement.tag.span, local)
            elif isinstance(statement, Set):
                local[statement.name] = self.expression(statement.tree, statement.tag.span, local)
            elif isinstance(statement, For):
                self.loop(statement, local)
            elif isinstance(statement, If):
                self.branches(statement, local)

    def loop(self, block: For, local: dict[str, Field]) -> None:
        items = self.expression(block.items, block.tag.span, local)
        inner = {**local, block.name: items.item or OPEN, LOOP: _LOOP}
        self.body(block.body, inner)

    def branches(self, block: If, local: dict[str, Field]) -> None:
        for branch in block.branches:
            if branch.test is not None:
                self.expression(branch.test, branch.tag.span, local)
            self.body(branch.body, local)

    def expression(self, tree: nodes.Expr, span: Span, local: Mapping[str, Field]) -> Field:
        self.span = span
        return self.shape(tree, local)

    def shape(self, tree: nodes.Node, local: Mapping[str, Field]) -> Field:
        if isinstance(tree, nodes.Name):
            return self.name(tree.name, local)
        if isinstance(tree, nodes.Getattr):
            return self.member(self.shape(tree.node, local), tree.attr, dotted(tree) or tree.attr)
        if isinstance(tree, nodes.Getitem):
            return self.item(tree, local)
        if isinstance(tree, nodes.Filter):
            return self.filtered(tree, local)
        for child in tree.iter_child_nodes():
            self.shape(child, local)
        return OPEN

    def name(self, name: str, local: Mapping[str, Field]) -> Field:
        for scope in (local, *self.scopes):
            if name in scope:
                return scope[name]
        known = [known for scope in (local, *self.scopes) for known in scope]
        self.unknown(name, close(name, known))
        return OPEN

    def member(self, owner: Field, name: str, path: str) -> Field:
        if owner.kind is Kind.OPEN:
            return OPEN
        if name in owner.fields:
            return owner.fields[name]
        before = path[: -len(name)]
        advice = {key: f"{before}{value}" for key, value in close(name, owner.fields).items()}
        self.unknown(path, advice)
        return OPEN

    def item(self, tree: nodes.Getitem, local: Mapping[str, Field]) -> Field:
        owner = self.shape(tree.node, local)
        if isinstance(tree.arg, nodes.Const) and isinstance(tree.arg.value, str):
            return self.member(owner, tree.arg.value, dotted(tree) or tree.arg.value)
        return owner.item or OPEN

    def unknown(self, name: str, advice: Mapping[str, Any]) -> None:
        self.found.append(Misuse(UNKNOWN_NAME, name=name, **advice).at(self.span))

    def filtered(self, tree: nodes.Filter, local: Mapping[str, Field]) -> Field:
        """Check what a filter or function is given; it may name a member of the items of a list."""
        found = TABLE[tree.name]
        value = self.shape(tree.node, local) if tree.node else OPEN
        others = [self.shape(argument, local) for argument in tree.args]
        for at, (place, argument) in enumerate(zip(found.takes[1:], tree.args, strict=False)):
            if place is KEY and isinstance(argument, nodes.Const) and isinstance(argument.value, str):
                others[at] = self.member(value.item or OPEN, argument.value, argument.value)
        return found.gives(value, others)

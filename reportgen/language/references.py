"""Statements and the names they may use in, diagnostics out: names and kinds are checked before a template runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Final

from reportgen.facts import Picture, Range, Value
from reportgen.language.dialect import LOOP, LOOP_KEYS
from reportgen.language.expressions import dotted
from reportgen.language.forms import Forms
from reportgen.language.functions import OPEN, joint
from reportgen.language.quantities import unit_of
from reportgen.language.statements import Block, For, If, Keep, Output, Set, Statement
from reportgen.schema import Field, Kind, group, listing

if TYPE_CHECKING:
    from jinja2 import nodes

    from reportgen.diagnostics import Diagnostic

Scope = Mapping[str, Field]
_KINDS: Final = {str: Kind.TEXT, bool: Kind.TRUTH, dt.date: Kind.DATE, Picture: Kind.PICTURE}
_LOOP: Final = group(dict.fromkeys(LOOP_KEYS, Field(Kind.NUMBER)))


def check(statements: Sequence[Statement], scopes: Sequence[Scope]) -> list[Diagnostic]:
    """Check a routine against the names that are known, innermost scope first."""
    checker = _Checker(scopes)
    checker.body(statements, {})
    return checker.forms.found


def form(formula: Sequence[Statement], scopes: Sequence[Scope]) -> Field:
    """Give the form of the value of a formula, as far as it can be known from the names in it."""
    kept = formula[0] if formula else None
    return Forms(scopes).of(kept.tree, kept.tag, {}) if isinstance(kept, Keep) else OPEN


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
    if isinstance(value, Decimal):
        return Field(Kind.NUMBER, unit=unit_of(value))
    if isinstance(value, Range):
        return Field(Kind.RANGE, unit=value.first.unit)
    return next((Field(kind) for of, kind in _KINDS.items() if isinstance(value, of)), OPEN)


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
        elif isinstance(statement, Block):
            yield from _trees(statement.body)


def _collect(tree: nodes.Node, found: dict[str, None]) -> None:
    name = dotted(tree)
    if name:
        found[name] = None
        return
    for child in tree.iter_child_nodes():
        _collect(child, found)


class _Checker:
    """Walks statements with the forms of the names that are visible at each."""

    def __init__(self, scopes: Sequence[Scope]) -> None:
        self.forms = Forms(scopes)

    def body(self, statements: Sequence[Statement], local: dict[str, Field]) -> None:
        for statement in statements:
            if isinstance(statement, Output):
                self.forms.output(statement.tree, statement.tag, local)
            elif isinstance(statement, Keep):
                self.forms.of(statement.tree, statement.tag, local)
            elif isinstance(statement, Set):
                local[statement.name] = self.forms.of(statement.tree, statement.tag, local)
            elif isinstance(statement, For):
                item = self.forms.items(statement.items, statement.tag, local)
                self.body(statement.body, {**local, statement.name: item, LOOP: _LOOP})
            elif isinstance(statement, If):
                self.branches(statement, local)
            elif isinstance(statement, Block):
                self.body(statement.body, dict(local))

    def branches(self, block: If, local: dict[str, Field]) -> None:
        """Check every arm; a name that they set may be what any of them makes of it."""
        ends = [] if block.branches[-1].test is None else [local]
        for branch in block.branches:
            if branch.test is not None:
                self.forms.of(branch.test, branch.tag, local)
            inner = dict(local)
            self.body(branch.body, inner)
            ends.append(inner)
        for name in dict.fromkeys(name for end in ends for name in end):
            local[name] = reduce(joint, (end[name] for end in ends if name in end))

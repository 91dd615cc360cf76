"""The statements of a template in, its named blocks out; and statements with blocks in another order, or others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.language.statements import Block, For, If, Statement, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def blocks(statements: Sequence[Statement]) -> Iterator[Block]:
    """Give every named block, also those in loops, conditions and other blocks, in the order of their beginnings."""
    for statement in statements:
        if isinstance(statement, Block):
            yield statement
        for body in _bodies(statement):
            yield from blocks(body)


def outermost(statements: Sequence[Statement]) -> list[Block]:
    """Give the blocks that lie in nothing else, in their order."""
    return [statement for statement in statements if isinstance(statement, Block)]


def arranged(statements: Sequence[Statement], names: Sequence[str]) -> list[Statement]:
    """Give the same statements with the outermost blocks in the order of a list that names each; the rest stays."""
    order = {name: at for at, name in enumerate(names)}
    waiting = iter(sorted(outermost(statements), key=lambda block: order[block.name]))
    return [next(waiting) if isinstance(statement, Block) else statement for statement in statements]


def literals(statements: Sequence[Statement], *, conditional: bool = False) -> Iterator[str]:
    """Give every literal text, at any depth, in the order of the template; or only those under a condition."""
    for statement in statements:
        if isinstance(statement, Text) and not conditional:
            yield statement.text
        for body in _bodies(statement):
            yield from literals(body, conditional=conditional and not isinstance(statement, If))


def replaced(statements: Sequence[Statement], others: Mapping[str, Block]) -> list[Statement]:
    """Give the same statements with other blocks in place of those that have their names."""
    return [_replaced(statement, others) for statement in statements]


def _bodies(statement: Statement) -> list[list[Statement]]:
    if isinstance(statement, If):
        return [branch.body for branch in statement.branches]
    return [statement.body] if isinstance(statement, For | Block) else []


def _replaced(statement: Statement, others: Mapping[str, Block]) -> Statement:
    if isinstance(statement, If):
        arms = [replace(branch, body=replaced(branch.body, others)) for branch in statement.branches]
        return replace(statement, branches=arms)
    if isinstance(statement, Block) and statement.name in others:
        return others[statement.name]
    if isinstance(statement, For | Block):
        return replace(statement, body=replaced(statement.body, others))
    return statement

"""The statements of a story of a template in, the same without its XML out: only what a reader sees of literal text.

A paragraph or a row of a table ends in a line break, a cell in `CELL`; what stands in a cell has no other breaks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reportgen.language.statements import LAYOUT, Block, For, If, Numeral, Output, Set, Statement, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CELL: Final = "\x1f"
"""What ends a cell, and stands for nothing else."""
BREAK: Final = "\v"
"""What stands for a line break in a paragraph."""
_PIECE: Final = re.compile(r"<(?P<end>/?)(?P<name>[^\s/>]+)(?P<rest>[^>]*)>?|(?P<text>[^<]+)")
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_SIGNS: Final = {"w:tab": "\t", "w:br": BREAK, "w:cr": BREAK, "w:noBreakHyphen": "-"}


def plain(statements: Sequence[Statement]) -> list[Statement]:
    """Give the statements of one story as text."""
    return list(_Reader().body(statements))


class _Reader:
    """Walks the XML in the order of the story; what is open stays so from one statement to the next."""

    def __init__(self) -> None:
        self._in_tag = False
        self._said = False
        self._cells = 0

    def body(self, statements: Sequence[Statement]) -> Iterator[Statement]:
        for statement in statements:
            yield from self._statement(statement)

    def _statement(self, statement: Statement) -> Iterator[Statement]:
        match statement:
            case Text():
                text = "".join(self._read(statement.text))
                if text:
                    yield Text(text)
            case If():
                arms = [replace(arm, body=list(self._arm(arm.body))) for arm in statement.branches]
                if not self._in_tag:
                    yield replace(statement, branches=arms)
            case For() | Block():
                yield replace(statement, body=list(self.body(statement.body)))
            case Output() if self._in_tag or statement.tag.kind == LAYOUT:
                return
            case Set() | Output() | Numeral():
                yield statement
            case _:
                return

    def _arm(self, statements: Sequence[Statement]) -> Iterator[Statement]:
        """Read one of several stretches that begin and end with the same elements open."""
        state = (self._in_tag, self._said, self._cells)
        yield from self.body(statements)
        self._in_tag, self._said, self._cells = state

    def _read(self, xml: str) -> Iterator[str]:
        if self._in_tag:
            _, closed, xml = xml.partition(">")
            self._in_tag = not closed
        for piece in _PIECE.finditer(xml):
            if piece["text"] is None:
                self._in_tag = not piece.group().endswith(">")
                yield self._element(piece["name"], piece["rest"], ends=bool(piece["end"]))
            elif self._said:
                yield _unescaped(piece["text"])

    def _element(self, name: str, rest: str, *, ends: bool) -> str:
        """Give the sign that an element stands for, and keep in mind what is open."""
        if name == "w:t":
            self._said = not ends and not rest.endswith("/")
        elif name == "w:tc":
            self._cells += -1 if ends else 1
            return CELL if ends else ""
        elif ends:
            return "\n" if name == "w:tr" or (name == "w:p" and not self._cells) else ""
        elif rest in {"", "/"} and name in _SIGNS:
            return "" if name == "w:br" and self._cells else _SIGNS[name]
        return ""


def _unescaped(text: str) -> str:
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text

"""Prose (literals and expressions) out of a source file in, statements out: each tag with its place in the file.

A line break joins with nothing beside a Chinese character or a tag, else with a space; a blank line begins a paragraph.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic, Severity, rule
from reportgen.language.notation import Typed, Unclosed, pieces
from reportgen.language.statements import Statement, Tag, Text, parse
from reportgen.source import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.source import Node

PARAGRAPH: Final = "\u2029"
BREAK: Final = re.compile(r"[ \t\r]*\n[ \t\r\n]*")
_NARROW: Final = re.compile(r"[!-~\u00a1-\u024f]")

UNCLOSED = rule(
    "T508",
    "unclosed-tag",
    Severity.ERROR,
    "a tag is opened with {sign} here and not closed",
    "close it with the sign that belongs to it",
)
ONLY_EXPRESSIONS = rule(
    "T509",
    "statement-in-prose",
    Severity.ERROR,
    "prose may hold expressions only, not “{{%{tag}%}}”",
    "choose with {{{{ '甲' if 条件 else '乙' }}}}, or move the loop into the template",
)


def prose(node: Node) -> tuple[list[Statement], list[Diagnostic]]:
    """Read a node's text as prose."""
    value = str(node.value).strip()
    offset = str(node.value).find(value)
    found: list[Diagnostic] = []
    cut: list[Text | Tag] = []
    try:
        for piece in pieces(value):
            cut += _piece(piece, offset, node, found)
    except Unclosed as unclosed:
        start = offset + unclosed.start
        sign = value[unclosed.start : unclosed.start + 2]
        found.append(UNCLOSED.at(within(node, start, start + 2), sign=sign))
    statements, unread = parse(cut)
    return statements, [*found, *unread]


def _piece(piece: Typed, offset: int, node: Node, found: list[Diagnostic]) -> Iterator[Text | Tag]:
    span = within(node, offset + piece.start, offset + piece.end) if piece.kind else node.span
    if not piece.kind:
        yield Text(BREAK.sub(joint, piece.text))
    elif piece.kind == "{{":
        yield Tag("{{", piece.text, span)
    elif piece.kind == "{%":
        found.append(ONLY_EXPRESSIONS.at(span, tag=piece.text))


def joint(found: re.Match[str]) -> str:
    """Give what a line break is read as: the beginning of a paragraph, a space, or nothing."""
    if found.group().count("\n") > 1:
        return PARAGRAPH
    before = found.string[found.start() - 1 : found.start()]
    after = found.string[found.end() : found.end() + 1]
    return " " if _NARROW.match(before) and _NARROW.match(after) else ""

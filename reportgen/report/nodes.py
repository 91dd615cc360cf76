"""Prose of source files in, each a scalar with tags; its paragraphs out as lines with their places, the tags as gaps.

A line break joins as it does where prose is written out, so that a rule reads what a reader of the document will.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.language import BREAK, PARAGRAPH, joint, untagged
from reportgen.report.model import Line, Piece
from reportgen.source import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.source import Node


def lines(nodes: Iterable[Node]) -> list[list[Line]]:
    """Give the paragraphs of each scalar, numbered through all of them."""
    found: list[list[Line]] = []
    number = 0
    for node in nodes:
        found.append([])
        for text, pieces in _paragraphs(node):
            found[-1].append(Line(number, text, pieces))
            number += 1
    return found


def _paragraphs(node: Node) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    words = untagged(str(node.value)).rstrip()
    begin = len(words) - len(words.lstrip())
    text = ""
    pieces: list[Piece] = []
    while begin < len(words):
        stop = BREAK.search(words, begin)
        end = stop.start() if stop else len(words)
        pieces += (
            Piece(len(text) + start - begin, within(node, start, start + 1)) for start in _folds(node, begin, end)
        )
        text += words[begin:end]
        between = joint(stop) if stop else PARAGRAPH
        if between == PARAGRAPH:
            yield text, tuple(pieces)
            text, pieces = "", []
        else:
            text += between
        begin = stop.end() if stop else len(words)


def _folds(node: Node, begin: int, end: int) -> Iterator[int]:
    """Give where a stretch of a value begins, and where it goes on in a further line of the file behind a space."""
    yield begin
    value = str(node.value)
    line = within(node, begin, begin + 1).line
    at = value.find(" ", begin, end) + 1
    while 0 < at < end:
        here = within(node, at, at + 1).line
        if here != line:
            yield at
        line = here
        at = value.find(" ", at, end) + 1

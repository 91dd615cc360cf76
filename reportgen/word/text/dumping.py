"""A document that was read goes in, its text for reading and comparing comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.word.opening import MAIN
from reportgen.word.text.model import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.word.text.model import Block, Document, Paragraph

_SHOWN = str.maketrans({"\n": "⏎", "\r": "⏎", "\x85": "⏎", "\u2028": "⏎", "\u2029": "⏎", "\t": "⇥"})


def dump(document: Document) -> str:
    """Write a document for reading and comparing: a paragraph a line, `[style]` in front unless it is the default.

    A number or bullet that Word puts in front stands in `‹ ›`. A table has a line `| a | b |` for each row, empty where
    a merged cell goes on; each part after 正文 has a headline.
    """
    lines: list[str] = []
    known: dict[str, dict[int, Paragraph]] = {part: {} for part in document.layout}
    for one in document.paragraphs:
        known[one.part][one.number] = one
    for part, blocks in document.layout.items():
        own = known[part]
        lines += [] if part == MAIN else [f"== {part} =="]
        for block in blocks:
            lines += _rows(block, own) if isinstance(block, Table) else [_line(own[block])]
    return "".join(f"{line}\n" for line in lines)


def _line(paragraph: Paragraph) -> str:
    style = f"[{paragraph.style}] " if paragraph.style else ""
    return f"{style}{_said(paragraph)}"


def _said(paragraph: Paragraph) -> str:
    numeral = f"‹{paragraph.numeral}›" if paragraph.numeral else ""
    return f"{numeral}{paragraph.text}".translate(_SHOWN)


def _rows(table: Table, own: Mapping[int, Paragraph]) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            said = "" if cell.continued else "⏎".join(_inside(block, own) for block in cell.blocks)
            cells += [said, *[""] * (cell.columns - 1)]
        yield f"| {' | '.join(cells)} |"


def _inside(block: Block, own: Mapping[int, Paragraph]) -> str:
    if isinstance(block, Table):
        return f"({'; '.join(_rows(block, own))})"
    return _said(own[block]).replace("|", "\\|")

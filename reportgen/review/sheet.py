"""A document in, its paragraphs and tables as HTML out; what stands within a paragraph is for the caller to write.

Also the page around it: its style and script are known by their hashes, and nothing else may be loaded.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from reportgen.word.text import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reportgen.word.text import Block, Document, Paragraph, Row

_HERE: Final = Path(__file__).parent
_DEEPEST: Final = 6
_BREAKS: Final = {"\n": "<br>", "\t": "&emsp;"}


def filled(name: str, values: Mapping[str, object]) -> str:
    """Fill in the page of a name, with the style that all pages share, its own style and its script."""
    style = "".join(_HERE.joinpath(f"{one}.css").read_text("utf-8") for one in ("sheet", name))
    script = _HERE.joinpath(f"{name}.js").read_text("utf-8")
    return Template(_HERE.joinpath(f"{name}.html").read_text("utf-8")).substitute(
        style=style, style_hash=_hash(style), script=script, script_hash=_hash(script), **values
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def escaped(text: str) -> str:
    """Write a text as HTML, with its tabs and line breaks."""
    return "".join(_BREAKS.get(sign, sign) for sign in escape(text))


class Sheet:
    """Writes a document part by part; `within` writes the text of a paragraph."""

    def __init__(self, document: Document, within: Callable[[Paragraph], str]) -> None:
        """Take a document, and what writes the text of each paragraph, with marks or without."""
        self._layout = document.layout
        self._within = within
        self._tables = 0
        self._paragraphs: dict[str, dict[int, Paragraph]] = {part: {} for part in self._layout}
        for one in document.paragraphs:
            self._paragraphs[one.part][one.number] = one

    def parts(self) -> Iterator[str]:
        """Write part after part; what stands beside the body comes after it, under its name."""
        for at, (part, blocks) in enumerate(self._layout.items()):
            name = f' aria-label="{escape(part)}"'
            above = f'<p class="part">{escape(part)}</p>' if at else ""
            yield f'<section class="part-of"{name}>{above}{self._blocks(part, blocks)}</section>'

    def _blocks(self, part: str, blocks: Sequence[Block]) -> str:
        written = (
            self._table(part, block) if isinstance(block, Table) else self._paragraph(self._paragraphs[part][block])
            for block in blocks
        )
        return "\n".join(written)

    def _paragraph(self, one: Paragraph) -> str:
        tag = f"h{min(one.level + 1, _DEEPEST)}" if one.level and one.text.strip() else "p"
        numeral = f'<span class="numeral">{escape(one.numeral)}</span>' if one.numeral else ""
        return f'<{tag} class="p" data-style="{escape(one.style)}">{numeral}{self._within(one)}</{tag}>'

    def _table(self, part: str, table: Table) -> str:
        self._tables += 1
        name = f"表格{self._tables}，可左右滚动"
        heads = [row for row in table.rows if row.head]
        head = f"<thead>{self._rows(part, heads, 'th')}</thead>" if heads else ""
        body = self._rows(part, [row for row in table.rows if not row.head], "td")
        return (
            f'<div class="wide" role="region" tabindex="0" aria-label="{name}">'
            f"<table>{head}<tbody>{body}</tbody></table></div>"
        )

    def _rows(self, part: str, rows: Sequence[Row], tag: str) -> str:
        return "".join(f"<tr>{''.join(self._cells(part, row, tag))}</tr>" for row in rows)

    def _cells(self, part: str, row: Row, tag: str) -> Iterator[str]:
        for cell in row.cells:
            if not cell.continued:
                spans = (("colspan", cell.columns), ("rowspan", cell.rows))
                said = "".join(f' {name}="{count}"' for name, count in spans if count > 1)
                inside = self._blocks(part, cell.blocks)
                kind = tag if tag == "td" or any(self._says(part, block) for block in cell.blocks) else "td"
                yield f"<{kind}{said}>{inside}</{kind}>"

    def _says(self, part: str, block: Block) -> bool:
        return isinstance(block, Table) or bool(self._paragraphs[part][block].text.strip())

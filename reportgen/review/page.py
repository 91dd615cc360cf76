"""A document with its proofs in, one page for the browser out: it needs no other file and asks nothing of a network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, Final

from reportgen.proof import Status
from reportgen.review.knowledge import invented, knowledge
from reportgen.word.text import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.build import Study
    from reportgen.facts import Fact
    from reportgen.proof import Proof
    from reportgen.verification import Proven
    from reportgen.word.text import Block, Paragraph, Row

    Places = Mapping[int, tuple[Paragraph, str]]

_HERE: Final = Path(__file__).parent
_DEEPEST: Final = 6
_BREAKS: Final = {"\n": "<br>", "\t": "&emsp;"}
_CLASSES: Final = {
    Status.PROVED: "proved",
    Status.PROSE: "prose",
    Status.TEMPLATE: "template",
    Status.UNPROVED: "unproved",
}


def page(title: str, own: Proven, study: Study) -> str:
    """Write the page of one document."""
    style, script = (_HERE.joinpath(f"page.{kind}").read_text("utf-8") for kind in ("css", "js"))
    data = json.dumps(knowledge(own.proofs, study), ensure_ascii=False, separators=(",", ":"))
    counts = Counter(one.status for one in own.proofs)
    return Template(_HERE.joinpath("page.html").read_text("utf-8")).substitute(
        title=escape(title),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        data=data.replace("<", "\\u003c"),
        report="\n".join(_Report(own, study.facts.all if study.facts else {}).parts()),
        total=len(own.proofs),
        **{f"count_{name}": counts[status] for status, name in _CLASSES.items()},
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class _Report:
    """Writes the document itself, with a mark around each figure."""

    def __init__(self, own: Proven, facts: Mapping[str, Fact]) -> None:
        self._layout = own.document.layout
        self._facts = facts
        self._tables = 0
        numbered = groupby(enumerate(own.proofs), key=lambda one: id(one[1].paragraph))
        figures = {key: list(some) for key, some in numbered}
        self._paragraphs: dict[str, dict[int, Paragraph]] = {part: {} for part in self._layout}
        for one in own.document.paragraphs:
            self._paragraphs[one.part][one.number] = one
        self._figures = figures

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
        return f'<{tag} class="p" data-style="{escape(one.style)}">{numeral}{self._text(one)}</{tag}>'

    def _text(self, one: Paragraph) -> str:
        pieces: list[str] = []
        position = 0
        for number, proof in self._figures.get(id(one), ()):
            figure = proof.figure
            pieces += [_escaped(one.text[position : figure.start]), self._figure(number, proof)]
            position = figure.end
        return "".join([*pieces, _escaped(one.text[position:])])

    def _figure(self, number: int, one: Proof) -> str:
        kinds = [_CLASSES[one.status], *(["invented"] if invented(one.trace.facts, self._facts) else [])]
        return (
            f'<span class="f {" ".join(kinds)}" id="f{number}" role="button" tabindex="{-1 if number else 0}">'
            f"{_escaped(one.figure.text)}</span>"
        )

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
                kind = tag if tag == "td" or any(self._said(part, block) for block in cell.blocks) else "td"
                yield f"<{kind}{said}>{inside}</{kind}>"

    def _said(self, part: str, block: Block) -> Any:  # noqa: ANN401 — only whether there is anything
        return isinstance(block, Table) or self._paragraphs[part][block].text.strip()


def _escaped(text: str) -> str:
    return "".join(_BREAKS.get(sign, sign) for sign in escape(text))

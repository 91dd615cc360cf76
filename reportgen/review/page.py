"""A document with its proofs in, one page for the browser out: it needs no other file and asks nothing of a network."""

from __future__ import annotations

import json
from collections import Counter
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from reportgen.proof import Status
from reportgen.review.knowledge import invented, knowledge
from reportgen.review.sheet import Sheet, escaped, filled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.build import Study
    from reportgen.facts import Fact
    from reportgen.proof import Proof
    from reportgen.verification import Proven
    from reportgen.word.text import Paragraph

_CLASSES: Final = {
    Status.PROVED: "proved",
    Status.PROSE: "prose",
    Status.TEMPLATE: "template",
    Status.UNPROVED: "unproved",
}


def page(title: str, own: Proven, study: Study) -> str:
    """Write the page of one document."""
    data = json.dumps(knowledge(own.proofs, study), ensure_ascii=False, separators=(",", ":"))
    counts = Counter(one.status for one in own.proofs)
    figures = _Figures(own.proofs, study.facts.all if study.facts else {})
    return filled(
        "page",
        {
            "title": escape(title),
            "data": data.replace("<", "\\u003c"),
            "report": "\n".join(Sheet(own.document, figures.within).parts()),
            "total": len(own.proofs),
            **{f"count_{name}": counts[status] for status, name in _CLASSES.items()},
        },
    )


class _Figures:
    """Writes the text of paragraphs with a mark around each figure."""

    def __init__(self, proofs: Sequence[Proof], facts: Mapping[str, Fact]) -> None:
        self._facts = facts
        numbered = groupby(enumerate(proofs), key=lambda one: id(one[1].paragraph))
        self._own = {key: list(some) for key, some in numbered}

    def within(self, one: Paragraph) -> str:
        """Write the text of a paragraph."""
        pieces: list[str] = []
        position = 0
        for number, proof in self._own.get(id(one), ()):
            figure = proof.figure
            pieces += [escaped(one.text[position : figure.start]), self._figure(number, proof)]
            position = figure.end
        return "".join([*pieces, escaped(one.text[position:])])

    def _figure(self, number: int, one: Proof) -> str:
        kinds = [_CLASSES[one.status], *(["invented"] if invented(one.trace.facts, self._facts) else [])]
        return (
            f'<span class="f {" ".join(kinds)}" id="f{number}" role="button" tabindex="{-1 if number else 0}">'
            f"{escaped(one.figure.text)}</span>"
        )

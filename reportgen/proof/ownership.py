"""A traced document in, who answers for every figure of it out: facts and rules, or a hand that typed it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.language import EMPTY, Numeral, strip
from reportgen.proof.figures import Figure, Words, figures
from reportgen.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.facts import Facts
    from reportgen.language import Log, Printed, Trace
    from reportgen.word.text import Document, Paragraph

_BY_HAND: Final = frozenset({Kind.TEXT, Kind.PROSE})
_TEMPLATE: Final = -1


class Status(StrEnum):
    """Who answers for a figure."""

    PROVED = "proved"
    PROSE = "typed in prose"
    TEMPLATE = "typed in the template"
    UNPROVED = "unproved"


class Proof(NamedTuple):
    """One figure of a document, where it stands, and who answers for it.

    `typed` is the path of the fact, or the name of the text of an indicator, in which somebody typed it; `outputs` are
    the numbers of the outputs that printed it; `expected` is what stands in its place in the document as it was built.
    """

    paragraph: Paragraph
    figure: Figure
    status: Status
    trace: Trace = EMPTY
    typed: str = ""
    outputs: tuple[int, ...] = ()
    expected: str = ""


def prove(document: Document, log: Log, facts: Facts, words: Words, chosen: str = "") -> list[Proof]:
    """Find who answers for every figure of a document that was read from a traced render, in reading order.

    `chosen` is what its template says under conditions: the words that claim something there are proved by those.
    """
    judge = _Judge(log, facts, chosen)
    proofs: list[Proof] = []
    for paragraph in document.paragraphs:
        found = written(paragraph, words)
        owners = _owners(paragraph) if found else []
        proofs += [judge.proof(paragraph, figure, owners) for figure in found]
    return proofs


def written(paragraph: Paragraph, words: Words) -> list[Figure]:
    """Find the figures of a paragraph, but for those that Word computes, such as page numbers."""
    return [
        one
        for one in figures(paragraph.text, words)
        if not any(start <= one.start < end for start, end in paragraph.computed)
    ]


def _owners(paragraph: Paragraph) -> list[int]:
    """Give for each character the innermost output that printed it."""
    owners = [_TEMPLATE] * len(paragraph.text)
    for start, end, output in sorted(paragraph.marks, key=lambda mark: mark.start - mark.end):
        owners[start:end] = [output] * (end - start)
    return owners


def _literal(paragraph: Paragraph, figure: Figure, owners: Sequence[int]) -> str:
    """Give the words of the template around a figure, up to the next output on either side."""
    start, end = figure.start, figure.end
    while start and owners[start - 1] == _TEMPLATE:
        start -= 1
    while end < len(owners) and owners[end] == _TEMPLATE:
        end += 1
    return paragraph.text[start:end]


class _Judge:
    """Says of outputs whether what they print was computed or typed."""

    def __init__(self, log: Log, facts: Facts, chosen: str) -> None:
        self.outputs = log.outputs
        self.facts = facts.all
        self.chosen = chosen

    def proof(self, paragraph: Paragraph, figure: Figure, owners: Sequence[int]) -> Proof:
        """Judge a figure by those who printed its signs: one hand among them is enough to have typed it."""
        printed = tuple(dict.fromkeys(owners[at] for at in figure.signs))
        outputs = tuple(one for one in printed if one != _TEMPLATE)
        trace = EMPTY
        for one in outputs:
            trace |= self.outputs[one].trace
        judged = [self.judged(one, figure) for one in printed]
        status, typed = next((one for one in judged if one[0] is not Status.PROVED), (Status.PROVED, ""))
        if status is Status.TEMPLATE and figure.quantity is None and _literal(paragraph, figure, owners) in self.chosen:
            status = Status.PROVED
        return Proof(paragraph, figure, status, trace, typed, outputs)

    def judged(self, number: int, figure: Figure) -> tuple[Status, str]:
        """Judge a figure by one output, and name the text in which it was typed."""
        if number == _TEMPLATE:
            return Status.TEMPLATE, ""
        output = self.outputs[number]
        if isinstance(output.by, Numeral):
            return Status.PROVED, ""
        typed = next(self.typed(output, figure), "")
        if typed:
            return Status.PROSE, typed
        claimed = figure.quantity is None and output.trace.conditions
        computed = (output.trace.facts or output.trace.through) and not strip(output.text)[1]
        if claimed or computed:
            return Status.PROVED, ""
        return Status.TEMPLATE, min(output.trace.through, default="")

    def typed(self, output: Printed, figure: Figure) -> Iterator[str]:
        """Find the texts of facts that an output prints and that hold a figure among other words."""
        for path in sorted(output.trace.facts, key=len, reverse=True):
            fact = self.facts.get(path)
            said = str(fact.value).strip() if fact is not None and fact.kind in _BY_HAND else ""
            if figure.text in said and figure.text.strip() != said:
                yield path

"""What moves with each fact in; the figures and words out that stay where the facts change, with who is to blame."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import files, formats, proof
from reportgen.diagnostics import N_, Diagnostic, Severity, Span, rule
from reportgen.language import Numeral
from reportgen.packs import TEMPLATE_LIMIT
from reportgen.proof import Status
from reportgen.word.text import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.formats import Quantity
    from reportgen.language import Mark
    from reportgen.mutation.running import Moved, Sample
    from reportgen.proof import Proof
    from reportgen.word.text import Document, Paragraph

_SHOWN: Final = 5
_TAGS: Final = re.compile(r"\{[{%#].*?[}%#]\}")
_MARKUP: Final = re.compile("<[^>]+>")
_PARAGRAPH: Final = "</w:p>"
_STEPS: Final = re.compile(r"[.\[\]]")
_ENDS: Final = re.compile("[。；\n]")
_ROW: Final = re.compile("第[0-9]+列$")
_SHORTEST: Final = 2  # signs of a name that means something in a sentence

TYPED = rule(
    "N211",
    "figure-stays",
    Severity.ERROR,
    "“{figure}” was typed here: no change of any fact moves it",
    "print it with a tag, or declare it under 专名 if it is part of a name",
)
WORD = rule(
    "N212",
    "word-stays",
    Severity.ERROR,
    "“{figure}” was typed here, and stays while the figures beside it change",
    "let a tag choose the word by the figures",
)
OTHER = rule(
    "N213",
    "other-fact-printed",
    Severity.ERROR,
    "“{figure}” is spoken of here as “{name}”, and does not move with it: “{own}” is printed, the same only by chance",
    "let the tag name the fact that the words speak of",
)
IDLE = rule(
    "N214",
    "fact-moves-nothing",
    Severity.NOTE,
    "nothing in the documents changes with “{name}”",
    "print it where it belongs, or ask for it no longer, unless a check needs it",
)


class _Blamed(NamedTuple):
    """A figure of a document, and the template that the document is made of."""

    template: str
    proof: Proof


def survivors(sample: Sample, moves: Mapping[str, Moved]) -> Iterator[Diagnostic]:
    """Find what stays though it should move with a fact, and the facts that nothing moves with."""
    judge = _Judge(sample, moves)
    for template, proofs in sample.proofs.items():
        for one in proofs:
            yield from judge.judged(_Blamed(template, one))
    own = {sample.pack.author, sample.pack.dated}
    for path, moved in moves.items():
        if moved.changes and not moved.anything and path not in own:
            yield IDLE.at(sample.facts.all[path].span, name=path)


class _Judge:
    """Says of the figures of a sample's documents whether they survive what they should not."""

    def __init__(self, sample: Sample, moves: Mapping[str, Moved]) -> None:
        self.sample = sample
        self.moves = moves
        self.outputs = frozenset[int]().union(*(one.outputs for one in moves.values()))
        self.literals = frozenset[str]().union(*(one.literals for one in moves.values()))
        known = proof.known(sample.facts, {})
        self.known = {name: one for name, one in known.quantities.items() if name in moves}
        self.moving = {
            id(one.paragraph)
            for proofs in sample.proofs.values()
            for one in proofs
            if one.figure.quantity is not None and self.outputs & {*one.outputs}
        }
        self.templates: dict[str, Document | None] = {}

    def judged(self, one: _Blamed) -> Iterator[Diagnostic]:
        """Judge one figure: typed ones by whether anything moves them, printed ones by what they are called."""
        if one.proof.status is Status.TEMPLATE:
            if not self.stays(one.proof):
                return
            if one.proof.figure.quantity is not None:
                names = self.meant(one, one.proof.figure.quantity)
                yield TYPED.at(self.place(one), help=_advice(names), figure=one.proof.figure.text, tags=_tags(names))
            elif id(one.proof.paragraph) in self.moving:
                yield WORD.at(self.place(one), figure=one.proof.figure.text)
        elif one.proof.status is Status.PROVED and one.proof.figure.quantity is not None:
            yield from self.mistaken(one)

    def stays(self, one: Proof) -> bool:
        """Whether no change of any fact moves a typed figure, by its tag or with the literal text that holds it."""
        if one.outputs:
            return not self.outputs & {*one.outputs}
        text, figure = one.paragraph.text, one.figure.text
        return not any(
            figure in piece and piece in text
            for literal in self.literals
            for piece in (_MARKUP.sub("", part) for part in literal.split(_PARAGRAPH))
        )

    def mistaken(self, one: _Blamed) -> Iterator[Diagnostic]:
        """Find the fact that a printed figure is called after, where it equals it and does not move with it."""
        trace, quantity = one.proof.trace, one.proof.figure.quantity
        by = self.sample.outputs[one.proof.outputs[0]].by if one.proof.outputs else None
        if quantity is None or by is None or isinstance(by, Numeral) or not trace.facts:
            return
        others = [
            name
            for name in self.like(quantity)
            if name not in trace.facts and not self.moves[name].outputs & {*one.proof.outputs}
        ]
        said = self.spoken(one) if others else ""
        own = max((_named(name, said) for name in (*trace.facts, *trace.through)), default=0)
        name = max(others, key=lambda name: _named(name, said), default="")
        if name and _named(name, said) > own:
            printed = "、".join(sorted(trace.facts)[:_SHOWN])
            yield OTHER.at(by.span, figure=one.proof.figure.text, name=name, own=printed)

    def like(self, quantity: Quantity) -> list[str]:
        """Give the facts that a figure may well be, within rounding and in a unit that fits."""
        bounded = quantity.low.is_finite() and quantity.high.is_finite()
        if not bounded or quantity.kind in {formats.Kind.ORDINAL, formats.Kind.CODE}:
            return []
        return [name for name, one in self.known.items() if formats.agree(one, quantity)]

    def meant(self, one: _Blamed, quantity: Quantity) -> list[str]:
        """Give the facts that a typed figure may be; where the words before it name some of them, those alone."""
        names, said = self.like(quantity), self.spoken(one)
        return [name for name in names if _named(name, said)] or names

    def spoken(self, one: _Blamed) -> str:
        """Give the words typed before a figure, since the one before it; in a table also in other cells of its row."""
        paragraph, start = one.proof.paragraph, one.proof.figure.start
        around = [mark for mark in paragraph.marks if not (mark.start <= start and one.proof.figure.end <= mark.end)]
        before = [
            other.figure.end
            for other in self.sample.proofs[one.template]
            if other.paragraph is paragraph and other.figure.quantity is not None and other.figure.end <= start
        ]
        said = _ENDS.split(_typed(paragraph.text, around)[max(before, default=0) : start])[-1]
        row = _ROW.sub("", paragraph.cell)
        if not row or row == paragraph.cell:
            return said
        beside = (
            _typed(other.text, other.marks)
            for other in self.sample.documents[one.template].paragraphs
            if other.part == paragraph.part and other.cell != paragraph.cell and _ROW.sub("", other.cell) == row
        )
        return "\n".join([*beside, said])

    def place(self, one: _Blamed) -> Span:
        """Give the paragraph of the template that a typed figure stands in."""
        if one.proof.outputs:
            by = self.sample.outputs[one.proof.outputs[0]].by
            if by is not None:
                return by.span
        path = str(self.sample.pack.folder / one.template)
        if one.template not in self.templates:
            data, _ = files.read(self.sample.pack.folder / one.template, TEMPLATE_LIMIT)
            self.templates[one.template] = None if data is None else read(data, path)[0]
        document, built = self.templates[one.template], one.proof.paragraph
        home = _home(document.paragraphs if document else (), built, one.proof.figure.text)
        return Span(path, line=home.number, part=home.part, cell=home.cell, quote=home.text.strip())


def _home(paragraphs: Sequence[Paragraph], built: Paragraph, figure: str) -> Paragraph:
    """Find the paragraph of a template that became one of a document: that with the most of its text."""
    holding = [one for one in paragraphs if one.part == built.part and figure in _TAGS.sub("\n", one.text)]
    return max(holding, key=lambda one: _common(_TAGS.sub("\n", one.text), built.text), default=built)


def _common(template: str, built: str) -> int:
    blocks = SequenceMatcher(None, template, built, autojunk=False).get_matching_blocks()
    return sum(one.size for one in blocks) * 2 - len(template)


def _typed(text: str, marks: Sequence[Mark]) -> str:
    """Give a text without what outputs print, each of its characters in its place."""
    for start, end, _ in marks:
        text = text[:start] + "\ufffc" * (end - start) + text[end:]
    return text


def _named(name: str, said: str) -> int:
    """Tell how much of the name of a fact stands in words; nothing if not its last part."""
    parts = [part for part in _STEPS.split(name) if len(part) >= _SHORTEST]
    last = next((part for part in reversed(_STEPS.split(name)) if part and not part.isdecimal()), "")
    if len(last) < _SHORTEST or last not in said:
        return 0
    return sum(len(part) for part in dict.fromkeys(parts) if part in said)


def _tags(names: Sequence[str]) -> str:
    return "、".join(f"{{{{ {name} }}}}" for name in names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")


def _advice(names: Sequence[str]) -> str | None:
    if not names:
        return None
    return N_("{tags} prints the same") if len(names) == 1 else N_("one of these may be meant: {tags}")

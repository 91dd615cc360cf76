"""A document as its facts give it and one that somebody may have changed in; who answers for the latter's figures out.

Paragraphs are matched by their texts in reading order, and signs within a paragraph likewise; a figure is proved where
the same figure stands in the same place of the document as it was built.
"""

from __future__ import annotations

from bisect import bisect_right
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.proof.ownership import Proof, Status, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.proof.figures import Figure, Words
    from reportgen.word.text import Document, Paragraph

_SIGNS: Final = frozenset("+-−±<>＜＞≤≥≈")
_ALIKE: Final = 0.4  # of 1, how much of a paragraph must be left for it to count as changed, and not as another one


class Pair(NamedTuple):
    """A paragraph as it was built and as it stands; None where it is new, or gone."""

    built: Paragraph | None
    found: Paragraph | None


class Comparison(NamedTuple):
    """What stands behind every figure of a changed document, which figures are gone, and which paragraphs changed."""

    proofs: tuple[Proof, ...]
    gone: tuple[Proof, ...]
    changed: tuple[Pair, ...]


def compare(built: Document, proofs: Sequence[Proof], found: Document, words: Words) -> Comparison:
    """Compare a document with the one that its facts give."""
    own = {key: list(some) for key, some in groupby(proofs, key=lambda one: id(one.paragraph))}
    kept: list[Proof] = []
    gone: list[Proof] = []
    changed: list[Pair] = []
    for pair in _pairs(built.paragraphs, found.paragraphs):
        before = own.get(id(pair.built), []) if pair.built else []
        if pair.found is None:
            gone += before
        else:
            now, lost = _carried(pair, pair.found, before, words)
            kept += now
            gone += lost
        if pair.built is None or pair.found is None or pair.built.text != pair.found.text:
            changed.append(pair)
    return Comparison(tuple(kept), tuple(gone), tuple(changed))


def _carried(pair: Pair, found: Paragraph, before: Sequence[Proof], words: Words) -> tuple[list[Proof], list[Proof]]:
    """Carry the proofs of a paragraph over to the one that it became; what is left of them is gone."""
    if pair.built is not None and pair.built.text == found.text:
        return [one._replace(paragraph=found) for one in before], []
    built = pair.built.text if pair.built else ""
    blocks = _matcher(built, found.text).get_matching_blocks()
    waiting = {one.figure.start: one for one in before}
    kept: list[Proof] = []
    for figure in written(found, words):
        start = _source(figure, found.text, built, blocks)
        same = waiting.get(start) if start is not None else None
        if same is not None and same.figure.text == figure.text:
            kept.append(waiting.pop(same.figure.start)._replace(paragraph=found, figure=figure))
        else:
            kept.append(Proof(found, figure, Status.UNPROVED, expected=_instead(figure, blocks, before)))
    return kept, list(waiting.values())


def _source(figure: Figure, text: str, built: str, blocks: Sequence[tuple[int, int, int]]) -> int | None:
    """Find where a figure stood, if all of it stood together, and no sign before it came or went."""
    for old, new, size in blocks:
        if new <= figure.start and figure.end <= new + size:
            start = figure.start - new + old
            beside = text[: figure.start][-1:], built[:start][-1:]
            return start if beside[0] == beside[1] or not set(beside) & _SIGNS else None
    return None


def _instead(figure: Figure, blocks: Sequence[tuple[int, int, int]], before: Sequence[Proof]) -> str:
    """Find what stood where a figure stands now."""
    at = bisect_right([new for _, new, _ in blocks], figure.start) - 1
    old = figure.start if at < 0 else min(blocks[at][0] + figure.start - blocks[at][1], blocks[at][0] + blocks[at][2])
    return next((one.figure.text for one in before if one.figure.start <= old <= one.figure.end), "")


def _pairs(built: Sequence[Paragraph], found: Sequence[Paragraph]) -> list[Pair]:
    """Match paragraphs in their order, and then what was moved: new ones with those of the same text that are gone."""
    pairs = list(_in_order(built, found))
    gone: dict[str, list[Paragraph]] = {}
    for pair in pairs:
        if pair.found is None and pair.built is not None:
            gone.setdefault(pair.built.text, []).append(pair.built)
    moved: set[int] = set()
    for at, pair in enumerate(pairs):
        if pair.built is None and pair.found is not None and gone.get(pair.found.text):
            pairs[at] = Pair(gone[pair.found.text].pop(0), pair.found)
            moved.add(id(pairs[at].built))
    return [one for one in pairs if one.found is not None or id(one.built) not in moved]


def _in_order(built: Sequence[Paragraph], found: Sequence[Paragraph]) -> Iterator[Pair]:
    texts = [one.text for one in built], [one.text for one in found]
    for kind, first, last, start, end in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from map(Pair, built[first:last], found[start:end])
        else:
            yield from _changed(built[first:last], found[start:end])


def _changed(built: Sequence[Paragraph], found: Sequence[Paragraph]) -> Iterator[Pair]:
    """Match paragraphs that differ, in their order: where as many stand as stood, each with its own."""
    rest = list(found)
    alone = len(built) == len(found)
    for one in built:
        like = 0 if alone else next((at for at, other in enumerate(rest) if _alike(one, other)), None)
        if like is None:
            yield Pair(one, None)
            continue
        yield from (Pair(None, other) for other in rest[:like])
        yield Pair(one, rest[like])
        del rest[: like + 1]
    yield from (Pair(None, other) for other in rest)


def _alike(one: Paragraph, other: Paragraph) -> bool:
    matcher = _matcher(one.text, other.text)
    return matcher.quick_ratio() > _ALIKE and matcher.ratio() > _ALIKE


def _matcher(one: str, other: str) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)

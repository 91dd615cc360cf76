"""A Word file and stretches of its paragraphs in; a copy that marks them out: content controls with titles, or yellow.

The text stays as it is. A stretch that does not stand in runs beside each other, as one within a formula, is left bare.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from reportgen.word import places
from reportgen.word.container import pack, part
from reportgen.word.markup import serialized, w
from reportgen.word.opening import opened
from reportgen.word.stretches import PROPERTIES, RUN, Stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element as Element

_CODES: Final = (w("fldChar"), w("instrText"))
_AFTER_GROUND: Final = tuple(
    map(w, ("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang"))
) + tuple(map(w, ("eastAsianLayout", "specVanish", "oMath", "rPrChange")))
MAX_TITLE: Final = 64
"""How many characters Word lets the title of a content control have."""


class Stretch(NamedTuple):
    """Some characters of a paragraph, `text[start:end]`, by the reader's name of its part and its number there.

    One with a title is put into a content control, one without is laid on yellow.
    """

    part: str
    number: int
    text: str
    start: int
    end: int
    title: str = ""


def control(data: bytes, path: str, stretches: Iterable[Stretch]) -> bytes | None:
    """Mark stretches, which come in reading order, in a copy of a file; None if it cannot be opened."""
    package, trees = opened(data, path)
    if package is None:
        return None
    parts = {story.name: story.part for story in package.stories}
    changed: dict[str, bytes] = {}
    taken = max((_id(one) for name in parts.values() for one in _ids(trees.get(name))), default=0)
    for name, some in groupby(stretches, key=lambda one: one.part):
        root = trees.get(parts.get(name, ""))
        if root is None:
            continue
        elements = {one.number: one.element for one in places.body(root).places}
        for number, own in groupby(some, key=lambda one: one.number):
            taken = _mark(elements.get(number), list(own), taken)
        changed[parts[name]] = serialized(root)
    return pack({**package.parts, **{name: part(name, one) for name, one in changed.items()}}.values())


def _ids(root: Element | None) -> Iterable[Element]:
    return () if root is None else root.iterfind(f".//{w('sdtPr')}/{w('id')}")


def _id(element: Element) -> int:
    said = str(element.get(w("val"), ""))
    return int(said) if said.isdecimal() else 0


def _mark(paragraph: Element | None, own: Sequence[Stretch], taken: int) -> int:
    """Mark the stretches of one paragraph from its end on, and give the last id taken."""
    stretches = None if paragraph is None else Stretches(paragraph)
    if stretches is None or stretches.text != own[0].text:
        return taken
    for one in reversed(own):
        runs = _runs(stretches.between(one.start, one.end))
        if runs and one.title:
            taken += 1
            _enclose(runs, one.title, taken)
        for run in runs if not one.title else ():
            _highlight(run)
    return taken


def _runs(inside: Iterable[Element]) -> list[Element]:
    """Give the runs of what a reader sees; nothing where they are not beside each other, or hold more than that."""
    runs = list(dict.fromkeys(one.getparent() for one in inside))
    sound = all(run is not None and run.tag == RUN and not any(True for _ in run.iter(*_CODES)) for run in runs)
    beside = all(one is not None and one.getnext() is other for one, other in pairwise(runs))
    return [run for run in runs if run is not None] if sound and beside else []


def _enclose(runs: Sequence[Element], title: str, key: int) -> None:
    box = etree.Element(w("sdt"))
    properties = etree.SubElement(box, w("sdtPr"))
    etree.SubElement(properties, w("alias"), {w("val"): title[:MAX_TITLE]})
    etree.SubElement(properties, w("id"), {w("val"): str(key)})
    runs[0].addprevious(box)
    etree.SubElement(box, w("sdtContent")).extend(runs)


def _highlight(run: Element) -> None:
    properties = run.find(PROPERTIES)
    if properties is None:
        properties = etree.Element(PROPERTIES)
        run.insert(0, properties)
    for old in properties.findall(w("highlight")):
        properties.remove(old)
    at = next((at for at, one in enumerate(properties) if one.tag in _AFTER_GROUND), len(properties))
    properties.insert(at, etree.Element(w("highlight"), {w("val"): "yellow"}))

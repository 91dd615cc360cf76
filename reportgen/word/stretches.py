"""A paragraph of a Word file in; a stretch of its text as elements of its own out, however its runs were cut before.

Nothing changes but where runs begin: what a reader sees stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from copy import copy
from typing import TYPE_CHECKING, Final

from lxml import etree

from reportgen.word import places
from reportgen.word.markup import w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

RUN: Final = w("r")
PROPERTIES: Final = w("rPr")
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


class Stretches:
    """What a reader sees in one paragraph, piece by piece, and where in its text each piece begins."""

    def __init__(self, paragraph: Element) -> None:
        """Take a paragraph; it may be cut at any places, in any order."""
        self._elements: list[Element] = []
        self._starts: list[int] = []
        pieces: list[str] = []
        at = 0
        for element in places.shown(paragraph):
            self._elements.append(element)
            self._starts.append(at)
            pieces.append(places.said(element))
            at += len(pieces[-1])
        self._end = at
        self.text = "".join(pieces)

    def between(self, start: int, end: int) -> list[Element]:
        """Give what shows `text[start:end]` and nothing else; nothing where something that is no text were cut."""
        if not (self._cut(end) and self._cut(start)):
            return []
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [self._elements[at] for at in range(first, last) if self._stop(at) > self._starts[at]]

    def _stop(self, at: int) -> int:
        return self._starts[at + 1] if at + 1 < len(self._starts) else self._end

    def _cut(self, at: int) -> bool:
        """Let a run begin at a place of the text; False where it lies within something that is no text."""
        index = bisect_left(self._starts, at)
        if index and self._stop(index - 1) > at:
            element, start = self._elements[index - 1], self._starts[index - 1]
            if element.tag != w("t") or len(element):
                return False
            text = element.text or ""
            rest = copy(element)
            element.text, rest.text = text[: at - start], text[at - start :]
            for one in (element, rest):
                one.set(SPACE, "preserve")
            element.addnext(rest)
            self._elements.insert(index, rest)
            self._starts.insert(index, at)
        if 0 < index < len(self._elements):
            _part(self._elements[index - 1].getparent(), self._elements[index])
        return True


def _part(run: Element | None, first: Element) -> None:
    """Cut a run before one of its children, unless that begins another run."""
    if run is None or run.tag != RUN or first.getparent() is not run:
        return
    rest = etree.Element(RUN)
    rest.attrib.update(run.attrib)
    properties = run.find(PROPERTIES)
    moved = [first, *first.itersiblings()]
    rest.extend([*([] if properties is None else [copy(properties)]), *moved])
    run.addnext(rest)

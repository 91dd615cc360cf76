"""The sections of a Word file: its main part goes in; where each ends, and what stands above and below, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from reportgen.word.markup import R, w, whole
from reportgen.word.text.model import Section
from reportgen.word.text.styles import on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element as Element

    from reportgen.word.places import Place

_SECTION, _PROPERTIES, _BODY, _VAL = w("sectPr"), w("pPr"), w("body"), w("val")
_KINDS: Final = ("default", "first", "even")
_COUNTING: Final = ("numFmt", "numStart", "numRestart")
_NOTES: Final = {"脚注": ("footnotePr", "decimal"), "尾注": ("endnotePr", "lowerRoman")}


class Counting(NamedTuple):
    """How the notes of a section, which ends with a paragraph, are counted: format, first number, where it restarts."""

    last: int
    format: str
    start: int
    restart: str


class Sections:
    """The sections of one file."""

    def __init__(self, root: Element, places: Sequence[Place], settings: Element | None) -> None:
        """Take the main part, its paragraphs, and the part with the settings, if there is one."""
        self._settings = settings
        self._ends: list[tuple[int, Element]] = []
        numbers: dict[Element, int] = {}
        for one in root.iter(_SECTION):
            around = next(one.iterancestors(), root)
            if around.tag == _PROPERTIES:
                numbers = numbers or {place.element: place.number for place in places}
                holder = next(around.iterancestors(), root)
                self._ends += [(numbers[holder], one)] if holder in numbers else []
            elif around.tag == _BODY:
                self._ends.append((len(places), one))
        if not self._ends or self._ends[-1][0] < len(places):
            self._ends.append((len(places), etree.Element(_SECTION)))

    def read(self, stories: Mapping[str, str]) -> tuple[Section, ...]:
        """Give the sections; `stories` names headers and footers by the ids of their links."""
        found: list[Section] = []
        known = {(kind, use): "" for kind in ("header", "footer") for use in _KINDS}
        even = ["even"] if on(self._settings, "evenAndOddHeaders") else []
        first = 1
        for last, properties in self._ends:
            for kind, use in known:
                for one in properties.iterchildren(w(f"{kind}Reference")):
                    if one.get(w("type"), "default") == use:
                        known[kind, use] = stories.get(str(one.get(f"{{{R}}}id", "")), "")
            shown = ["default", *(["first"] if on(properties, "titlePg") else []), *even]
            above, below = ({use: known[kind, use] for use in shown} for kind in ("header", "footer"))
            found.append(Section(first, last, above, below))
            first = last + 1
        return tuple(found)

    def counting(self, story: str) -> list[Counting]:
        """Give for each section how its notes of one kind are counted."""
        name, usual = _NOTES[story]
        general = None if self._settings is None else self._settings.find(w(name))
        found: list[Counting] = []
        for last, properties in self._ends:
            own = properties.find(w(name))
            kind, first, restart = (_value(own, key) or _value(general, key) for key in _COUNTING)
            start = whole(first)
            found.append(Counting(last, kind or usual, 1 if start is None else start, restart))
        return found


def _value(holder: Element | None, name: str) -> str:
    found = None if holder is None else holder.find(w(name))
    return "" if found is None else str(found.get(_VAL, ""))

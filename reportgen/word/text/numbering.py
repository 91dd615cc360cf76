"""The automatic numbers of a Word file: its lists go in with paragraph after paragraph, the numerals shown come out.

Lists of one definition count on together, whichever of them a paragraph names; a list that says where it starts does so
at its first paragraph. Where a paragraph stands below a level that had none yet, that level counts as begun.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.word.markup import w, whole
from reportgen.word.signs import symbol
from reportgen.word.text.numerals import MOST, numeral
from reportgen.word.text.styles import on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from reportgen.word.text.styles import Listed, Styles

_LEVELS: Final = range(9)
_MOST_LINKS: Final = 3  # Word makes one
_PLACE: Final = re.compile("%([1-9])")
_BULLET: Final = "•"
_VAL: Final = w("val")


class _Level(NamedTuple):
    """A level of a list: where it starts, its number format and text, and which level above (from 1) starts it anew."""

    start: int = 0
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


class _List(NamedTuple):
    """A list: the definition that it counts on with, its levels, and the starts that are its own."""

    definition: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


class Lists:
    """The lists of one file by id."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Take the root of the part that holds them, if there is one, and the styles that they may stand for."""
        self._styles = styles
        found = [] if root is None else list(root)
        self._definitions = {one.get(w("abstractNumId"), ""): one for one in found if one.tag == w("abstractNum")}
        self._elements = {one.get(w("numId"), ""): one for one in found if one.tag == w("num")}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}

    def get(self, key: str) -> _List:
        """Give a list by its id; an unknown one has no levels."""
        if key not in self._lists:
            definition = self._definition(key)
            if definition not in self._levels:
                self._levels[definition] = dict(_levels(self._definitions.get(definition)))
            element = self._elements.get(key)
            overrides = [] if element is None else element.findall(w("lvlOverride"))
            levels = dict(self._levels[definition])
            starts: dict[int, int] = {}
            for one in overrides:
                levels |= dict(_levels(one))
                start = one.find(w("startOverride"))
                depth, value = whole(one.get(w("ilvl"))), None if start is None else whole(start.get(_VAL))
                starts |= {} if depth is None or value is None else {depth: value}
            self._lists[key] = _List(definition, levels, starts)
        return self._lists[key]

    def place(self, listed: Listed) -> tuple[_List, int]:
        """Give the list and the level of a paragraph; a style stands on the level that names it."""
        found = self.get(listed.list)
        linked = (at for at, level in found.levels.items() if listed.style and level.style == listed.style)
        return found, next(linked, listed.level)

    def _definition(self, key: str) -> str:
        """Follow a list, and the style of lists that it may stand for, to the definition."""
        for _ in range(_MOST_LINKS):
            if key not in self._elements:
                break
            named = self._elements[key].find(w("abstractNumId"))
            name = "" if named is None else str(named.get(_VAL, ""))
            element = self._definitions.get(name)
            link = None if element is None else element.find(w("numStyleLink"))
            if link is None:
                return name
            key = self._styles.list_of(str(link.get(_VAL, "")))
        return ""


class Counter:
    """The counts of all lists at one place of a text that is counted by itself: the body, the notes, the text boxes."""

    def __init__(self, lists: Lists) -> None:
        """Begin to count."""
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, listed: Listed) -> str:
        """Count one more paragraph and give its numeral, `（一）` or `•`; nothing where Word shows nothing."""
        found, depth = self._lists.place(listed)
        level = found.levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(found.definition, {})
        if depth in counts:
            counts[depth] += 1
        if depth in found.starts and (listed.list, depth) not in self._begun:
            counts.pop(depth, None)
        for at in range(depth + 1):
            if at not in counts:
                counts[at] = found.starts.get(at, found.levels.get(at, level).start)
                self._begun.add((listed.list, at))
        for at in [at for at in counts if at > depth]:
            restart = found.levels.get(at, level).restart
            if restart is None or depth < restart:
                del counts[at]
        return _shown(found, depth, counts)


def _levels(holder: Element | None) -> Iterator[tuple[int, _Level]]:
    for one in () if holder is None else holder.iterchildren(w("lvl")):
        depth = whole(one.get(w("ilvl")))
        if depth is not None and depth in _LEVELS:
            yield depth, _level(one)


def _level(element: Element) -> _Level:
    said = {name: element.find(w(name)) for name in ("start", "lvlText", "lvlRestart", "pStyle")}
    values = {name: None if one is None else one.get(_VAL) for name, one in said.items()}
    kind = next((str(one.get(_VAL, "")) for one in element.iter(w("numFmt"))), "decimal")
    text = str(values["lvlText"] or "")
    if kind == "bullet" and text:
        fonts = element.find(f"{w('rPr')}/{w('rFonts')}")
        text = "".join(symbol("" if fonts is None else str(fonts.get(w("ascii"), "")), one) for one in text)
        text = "".join(_BULLET if "\ue000" <= one <= "\uf8ff" else one for one in text)
    if on(element.find(w("rPr")), "vanish"):
        text = ""
    return _Level(
        whole(values["start"]) or 0,
        kind,
        text.strip(),
        whole(values["lvlRestart"]),
        bool(on(element, "isLgl")),
        str(values["pStyle"] or ""),
    )


def _shown(found: _List, depth: int, counts: Mapping[int, int]) -> str:
    level = found.levels[depth]

    def count(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        if at not in counts:
            return ""
        kind = found.levels.get(at, level).format
        return numeral("decimal" if level.legal and at < depth else kind, min(counts[at], MOST))

    return level.text if level.format == "bullet" else _PLACE.sub(count, level.text).strip()

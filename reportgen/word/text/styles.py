"""The styles of a Word file: their part goes in; what each says of a paragraph, with what it is based on, comes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.word.markup import w, whole

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BODY_TEXT: Final = 9
"""The outline level, counted from 0, of what is no heading."""

NO_LIST: Final = "0"
"""The list of what is not numbered, although its style is."""

_OFF: Final = {"0", "false", "off"}
_HEADING: Final = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_P_STYLE, _NUM_PR, _OUTLINE = w("pStyle"), w("numPr"), w("outlineLvl")
_VAL, _R_PR = w("val"), w("rPr")


class Listed(NamedTuple):
    """The list that a paragraph belongs to, its level there from 0, and the style that says so, if one does."""

    list: str
    level: int
    style: str = ""


class Style(NamedTuple):
    """A style: its name (none for the default one), its heading level (0 for none), its list; whether it hides text."""

    name: str
    level: int = 0
    listed: Listed | None = None
    hidden: bool = False


class Properties(NamedTuple):
    """What a paragraph says of itself: style, outline level from 0, own numbering, whether its mark is not there."""

    style: str
    outline: int | None
    listed: Element | None
    joined: bool


def properties(holder: Element) -> Properties:
    """Read the properties of a paragraph, or of a style's paragraphs, as they are when all changes are accepted.

    A paragraph whose mark is deleted, moved away or hidden goes on in the next one.
    """
    style, outline, listed, joined = "", None, None, False
    found = holder.find(w("pPr"))
    for one in () if found is None else found:
        if one.tag == _P_STYLE:
            style = str(one.get(_VAL, ""))
        elif one.tag == _OUTLINE:
            outline = whole(one.get(_VAL))
        elif one.tag == _NUM_PR:
            listed = one
        elif one.tag == _R_PR:
            joined = _not_there(one)
    return Properties(style, outline, listed, joined)


def listed(numbering: Element | None, given: Listed | None, style: str = "") -> Listed | None:
    """Read a numbering; what it leaves open is taken from the one that is given, the style's."""
    if numbering is None:
        return given
    found, depth = (numbering.find(w(name)) for name in ("numId", "ilvl"))
    key = None if found is None else str(found.get(_VAL, ""))
    level = None if depth is None else whole(depth.get(_VAL))
    if key is None:
        return None if given is None else Listed(given.list, given.level if level is None else level, style)
    return Listed(key, level or 0, style)


def on(holder: Element | None, name: str) -> bool | None:
    """Tell whether a property is switched on or off; None where nothing is said."""
    found = None if holder is None else holder.find(w(name))
    return None if found is None else found.get(_VAL) not in _OFF


class Styles:
    """The styles of one file by id."""

    def __init__(self, root: Element | None) -> None:
        """Take the root of the part that holds them, if there is one."""
        found = () if root is None else root.iterchildren(w("style"))
        self._elements = {str(one.get(w("styleId"), "")): one for one in found}
        self._known: dict[str, Style] = {}
        default = (key for key, one in self._elements.items() if _is_default(one))
        self._default = next(default, "")

    def get(self, key: str) -> Style:
        """Give a style by its id, without one the default style of paragraphs; an unknown one is called by its id."""
        wanted = key or self._default
        waiting: dict[str, None] = {}
        while wanted in self._elements and wanted not in self._known:
            if wanted in waiting:  # a circle
                break
            waiting[wanted] = None
            base = self._elements[wanted].find(w("basedOn"))
            wanted = "" if base is None else str(base.get(_VAL, ""))
        style = self._known.get(wanted, Style(""))
        for one in reversed(waiting):
            style = self._known[one] = _made(one, self._elements[one], style)
        return self._known.get(key or self._default, Style(key))

    def list_of(self, key: str) -> str:
        """Give the list that a style of lists stands for."""
        element = self._elements.get(key)
        own = None if element is None else listed(properties(element).listed, None)
        return "" if own is None else own.list


def _is_default(style: Element) -> bool:
    return style.get(w("default")) in {"1", "true", "on"} and style.get(w("type")) == "paragraph"


def _made(key: str, element: Element, base: Style) -> Style:
    title = element.find(w("name"))
    name = key if title is None else str(title.get(_VAL, key))
    own = properties(element)
    heading = _HEADING.fullmatch(name)
    level = base.level
    if own.outline is not None:
        level = own.outline + 1 if own.outline < BODY_TEXT else 0
    elif heading:
        level = int(heading[1])
    hidden = on(element.find(_R_PR), "vanish")
    return Style(
        "" if _is_default(element) else name,
        level,
        listed(own.listed, base.listed, key),
        base.hidden if hidden is None else hidden,
    )


def _not_there(mark: Element) -> bool:
    if mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None:
        return True
    return bool(on(mark, "vanish")) and not on(mark, "specVanish")

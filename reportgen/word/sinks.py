"""What printed text becomes in a run of Word: escaped, with tabs, line breaks, and new paragraphs like its own."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from lxml import etree

from reportgen.diagnostics import Severity, rule
from reportgen.language import PARAGRAPH, Misuse
from reportgen.word.markup import w
from reportgen.word.pictures import A4, drawing

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from reportgen.facts import Picture
    from reportgen.word.pictures import Room

_SIGNS: Final = "<>&\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_SPECIAL: Final = re.compile(f"[【{_SIGNS}]")  # one set of characters is searched twice as fast as two alternatives
_PIECE: Final = re.compile(f"【待补：[^】]*】|\r\n|[{_SIGNS}]")
_ESCAPES: Final = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_OPEN_TEXT: Final = '<w:t xml:space="preserve">'
_CLOSE_TEXT: Final = "</w:t>"
_LINE: Final = f"{_CLOSE_TEXT}<w:br/>{_OPEN_TEXT}"
_TAB: Final = f"{_CLOSE_TEXT}<w:tab/>{_OPEN_TEXT}"
# A line break is one, whether it is written as CR LF, CR or LF.
_BREAKS: Final = {"\r\n": _LINE, "\r": _LINE, "\n": _LINE, "\u2028": _LINE, "\t": _TAB}
_DUE: Final = "【"
_DECLARATIONS: Final = re.compile(r'\sxmlns:\w+="[^"]*"')
_GROUND: Final = re.compile("<w:highlight [^>]*/>")
# The properties of a run have an order: what comes first after the ground of its text, or else their end.
_AFTER_GROUND: Final = re.compile(
    "<w:(?:u|effect|bdr|shd|fitText|vertAlign|rtl|cs|em|lang|eastAsianLayout|specVanish|oMath)(?=[ />])|</w:rPr>"
)
_TRACKED: Final = tuple(map(w, ("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange")))

NOT_FOR_WORD = rule(
    "T531",
    "not-for-word",
    Severity.ERROR,
    "a value holds the character {code}, which a Word file cannot hold",
    "delete the character from the fact; it may be invisible",
)


class RunSink:
    """The sink of a tag that stands in the text of a run."""

    __slots__ = ("_look", "_room", "_signs")

    def __init__(self, text: Element, room: Room = A4) -> None:
        """Take the `w:t` that the tag stands in, and the room for a picture there.

        Its run and its paragraph give the format of what follows a break.
        """
        self._room = room
        run = text.getparent()
        paragraph = run.getparent() if run is not None else None
        self._look = ""
        self._signs = {**_ESCAPES, **_BREAKS, PARAGRAPH: _BREAKS["\n"]}
        if run is None:
            return
        self._look = own = written(run.find(w("rPr")))
        if paragraph is not None and _divisible(paragraph):
            before = written(paragraph.find(w("pPr")))
            self._signs[PARAGRAPH] = f"{_CLOSE_TEXT}</w:r></w:p><w:p>{before}<w:r>{own}{_OPEN_TEXT}"

    def __call__(self, text: str) -> str:
        """Give the XML of a text; raises `Misuse` for a character that no Word file can hold."""
        if text.isalnum() or not _SPECIAL.search(
            text
        ):  # no letter and no digit is special; most texts hold nothing else
            return text
        return _PIECE.sub(self._replace, text)

    def hold(self, picture: Picture, number: int) -> str:
        """Give the XML of a picture that has a number in the document, in a run of its own."""
        name = "".join(char for char in PurePath(picture.path).stem if char.isprintable())
        drawn = drawing(picture, self._room, number, name)
        return f"{_CLOSE_TEXT}</w:r><w:r>{drawn}</w:r><w:r>{self._look}{_OPEN_TEXT}"

    def _beside(self, look: str) -> str:
        """End the run and begin another one beside it."""
        return f"{_CLOSE_TEXT}</w:r><w:r>{look}{_OPEN_TEXT}"

    def _replace(self, found: re.Match[str]) -> str:
        char = found.group()
        if char[0] == _DUE:
            said = f"{_DUE}{_PIECE.sub(self._replace, char[1:])}"
            return f"{self._beside(_highlighted(self._look))}{said}{self._beside(self._look)}"
        if char not in self._signs:
            raise Misuse(NOT_FOR_WORD, code=f"U+{ord(char):04X}")
        return self._signs[char]


def _highlighted(look: str) -> str:
    """Give the properties of a run a yellow ground, for what a draft still lacks."""
    bare = _GROUND.sub("", look) or "<w:rPr></w:rPr>"
    return _AFTER_GROUND.sub(lambda found: f'<w:highlight w:val="yellow"/>{found.group()}', bare, count=1)


def _divisible(holder: Element) -> bool:
    """Whether what holds a run is a paragraph that can be divided: one that ends a section must stay whole."""
    return holder.tag == w("p") and holder.find(f"{w('pPr')}/{w('sectPr')}") is None


def written(properties: Element | None) -> str:
    """Write the properties of a paragraph or a run for a second use: without its tracked changes."""
    if properties is None:
        return ""
    own = properties
    if next(properties.iter(*_TRACKED), None) is not None:
        own = deepcopy(properties)
        etree.strip_elements(own, *_TRACKED)
    return _DECLARATIONS.sub("", etree.tostring(own, encoding="unicode", with_tail=False))

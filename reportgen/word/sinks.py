"""What printed text becomes in a run of Word: escaped, with tabs, line breaks, and new paragraphs like its own."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from lxml import etree

from reportgen.diagnostics import Severity, rule
from reportgen.language import PARAGRAPH, Misuse
from reportgen.word.markup import w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SIGNS: Final = "<>&\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_special: Final = re.compile(f"[【{_SIGNS}]").search  # one set is searched twice as fast as two alternatives
_PIECE: Final = re.compile(f"【待补：[^】]*】|\r\n|[{_SIGNS}]")
_ESCAPES: Final = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
OPEN_TEXT: Final = '<w:t xml:space="preserve">'
CLOSE_TEXT: Final = "</w:t>"
_LINE: Final = f"{CLOSE_TEXT}<w:br/>{OPEN_TEXT}"
_TAB: Final = f"{CLOSE_TEXT}<w:tab/>{OPEN_TEXT}"
# A line break is one, whether it is written as CR LF, CR or LF.
_BREAKS: Final = {"\r\n": _LINE, "\r": _LINE, "\n": _LINE, "\u2028": _LINE, "\t": _TAB}
DUE: Final = "【"
"""What a draft still lacks begins so."""
_DECLARATIONS: Final = re.compile(r'\sxmlns:\w+="[^"]*"')
_GROUND: Final = re.compile("<w:highlight [^>]*/>")
# The properties of a run have an order: what comes first after the ground of its text, or else their end.
_AFTER_GROUND: Final = re.compile(
    "<w:(?:u|effect|bdr|shd|fitText|vertAlign|rtl|cs|em|lang|eastAsianLayout|specVanish|oMath)(?=[ />])|</w:rPr>"
)
_PARAGRAPH, _LAYOUT, _SECTION, _LOOK = map(w, ("p", "pPr", "sectPr", "rPr"))
_CHANGES: Final = ("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange")
_TRACKED: Final = re.compile(rf"<w:(?:{'|'.join(_CHANGES)})\b")

PAGE: Final = "\ufdd2"

NOT_FOR_WORD = rule(
    "T531",
    "not-for-word",
    Severity.ERROR,
    "a value holds the character {code}, which a Word file cannot hold",
    "delete the character from the fact; it may be invisible",
)


class RunSink:
    """Writes what is printed in the text of a run; `write` is the sink of a tag there."""

    __slots__ = ("_before", "_signs", "look")

    def __init__(self, look: str, before: str | None) -> None:
        """Take the properties of the run, and of its paragraph unless that cannot be divided."""
        self.look, self._before = look, before
        self._signs = {**_ESCAPES, **_BREAKS, PARAGRAPH: _LINE if before is None else self._again()}

    def like(self, look: str) -> RunSink:
        """Give the sink of a run of another look in the same place, where PAGE turns the page."""
        other = RunSink(look, self._before)
        turned = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        page = f'{CLOSE_TEXT}<w:br w:type="page"/>{OPEN_TEXT}'
        other._signs[PAGE] = page if self._before is None else other._again(turned)
        return other

    def _again(self, between: str = "") -> str:
        """End the paragraph and begin another one like it."""
        return f"{CLOSE_TEXT}</w:r></w:p>{between}<w:p>{self._before}<w:r>{self.look}{OPEN_TEXT}"

    def write(self, text: str) -> str:
        """Give the XML of a text; raises `Misuse` for a character that no Word file can hold."""
        if text.isalnum() or not _special(text):  # no letter and no digit is special; most texts hold nothing else
            return text
        return _PIECE.sub(self._replace, text)

    def _beside(self, look: str) -> str:
        """End the run and begin another one beside it."""
        return f"{CLOSE_TEXT}</w:r><w:r>{look}{OPEN_TEXT}"

    def _replace(self, found: re.Match[str]) -> str:
        char = found.group()
        if char[0] == DUE:
            said = f"{DUE}{_PIECE.sub(self._replace, char[1:])}"
            return f"{self._beside(_highlighted(self.look))}{said}{self._beside(self.look)}"
        if char not in self._signs:
            raise Misuse(NOT_FOR_WORD, code=f"U+{ord(char):04X}")
        return self._signs[char]


def run_sink(text: Element, layout: str | None) -> RunSink:
    """Give the sink of a tag in a `w:t` of a paragraph with a layout; its run gives the format of what follows a break.

    A run within a link or a tracked change cannot be divided.
    """
    run = text.getparent()
    holder = None if run is None else run.getparent()
    look = "" if run is None else written(run.find(_LOOK))
    return RunSink(look, layout if holder is not None and holder.tag == _PARAGRAPH else None)


def layout_of(paragraph: Element) -> str | None:
    """Write the properties of a paragraph that can be divided; None for one that ends a section: it must stay whole."""
    properties = paragraph.find(_LAYOUT)
    return written(properties) if properties is None or properties.find(_SECTION) is None else None


def _highlighted(look: str) -> str:
    """Give the properties of a run a yellow ground, for what a draft still lacks."""
    bare = _GROUND.sub("", look) or "<w:rPr></w:rPr>"
    return _AFTER_GROUND.sub(lambda found: f'<w:highlight w:val="yellow"/>{found.group()}', bare, count=1)


def written(properties: Element | None) -> str:
    """Write the properties of a paragraph or a run for a second use: without its tracked changes."""
    if properties is None:
        return ""
    xml = _xml(properties)
    if _TRACKED.search(xml):
        properties = deepcopy(properties)
        etree.strip_elements(properties, *map(w, _CHANGES))
        xml = _xml(properties)
    return xml


def _xml(element: Element) -> str:
    return _DECLARATIONS.sub("", etree.tostring(element, encoding="unicode", with_tail=False))

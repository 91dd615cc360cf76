"""The XML of a filled story in, the same out with its signature and date where GB/T 9704 wants them (7.3.5.2).

The places depend on how long the two texts are, which no style can say: the signature ends two characters from the
right, the date begins two characters after the signature does; a date that is longer than the signature ends two
characters from the right itself and pushes the signature to the left.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics.snippet import width
from reportgen.language import strip
from reportgen.word.markup import w

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element as Element

STYLES: Final = ("署名", "成文日期")
_GAP: Final = 640  # all in twips: two characters of 16 points, 三号
_NARROW: Final = 155  # a figure of that size, set closer by a quarter of a point, so that 28 characters fill a line
_WIDE: Final = 315
_BETWEEN: Final = 72  # what Word puts between a Chinese character and a Latin one or a figure
_PER_CHARACTER: Final = 320
_END: Final = "</w:p>"
_TEXT: Final = re.compile("<w:t(?: [^>]*)?>([^<]*)</w:t>")
_ENTITY: Final = re.compile("&[^;]*;")
_SEAM: Final = re.compile("(?<=[一-鿿])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[一-鿿])")
_AFTER_INDENT: Final = re.compile(
    "<w:(?:contextualSpacing|mirrorIndents|suppressOverlap|jc|textDirection|textAlignment|textboxTightWrap|outlineLvl"
    "|divId|cnfStyle|rPr|sectPr|pPrChange)[ />]|</w:pPr>",
)


def closing(root: Element, styles: Mapping[str, str]) -> tuple[Callable[[str], str], ...]:
    """Tell who must place signature and date in a story; `styles` gives the ids of styles by their names."""
    ids = tuple(styles.get(name, "") for name in STYLES)
    used = {style.get(w("val")) for style in root.iter(w("pStyle"))}
    return (partial(_placed, *ids),) if used.issuperset(ids) else ()


def _placed(signature: str, date: str, xml: str) -> str:
    """Indent each signature that a date follows; whatever has an indent of its own keeps it."""
    at = 0
    while (at := xml.find(_style(signature), at)) >= 0:
        end = xml.find(_END, at) + len(_END)
        last = xml.find(_END, end) + len(_END)
        signed, dated = xml[at:end], xml[end:last]
        if _style(date) in dated and "<w:ind " not in signed + dated:
            indents = _indents(_width(signed), _width(dated))
            xml = xml[:at] + "".join(map(_indented, (signed, dated), indents)) + xml[last:]
        at += 1
    return xml


def _style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def _width(paragraph: str) -> int:
    text, _ = strip(_ENTITY.sub("&", "".join(_TEXT.findall(paragraph))))
    wide = width(text) - len(text)
    return wide * _WIDE + (len(text) - wide) * _NARROW + len(_SEAM.findall(text)) * _BETWEEN


def _indents(signature: int, date: int) -> tuple[int, int]:
    """Give the distances of two texts from the right."""
    if date > signature:
        return 2 * _GAP + date - signature, _GAP
    return _GAP, signature - date


def _indented(paragraph: str, twips: int) -> str:
    """Put an indent into the properties of a paragraph, where the schema has its place."""
    indent = f'<w:ind w:rightChars="{twips * 100 // _PER_CHARACTER}" w:right="{twips}"/>'
    start = paragraph.index("<w:pStyle ")
    return paragraph[:start] + _AFTER_INDENT.sub(lambda found: indent + found[0], paragraph[start:], count=1)

"""The styles of a template in; which are headings, which numbered, which are not there, and odd fonts out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from reportgen.diagnostics import Severity, rule
from reportgen.word.look.standard import COMMON_FONTS
from reportgen.word.markup import w
from reportgen.word.template import heading_levels
from reportgen.word.text import styles as reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from reportgen.diagnostics import Diagnostic
    from reportgen.word.package import Package, Trees

ODD_FONT = rule(
    "T207",
    "odd-font",
    Severity.WARNING,
    "the font “{font}” is missing on many computers, where Word takes another one in its place",
    "use a font that every office has, such as 仿宋_GB2312, 楷体_GB2312, 黑体, 宋体 or 方正小标宋简体",
)

_SCRIPTS: Final = tuple(map(w, ("ascii", "hAnsi", "eastAsia")))


class Styles:
    """The styles of one template by id, and what was reported of them already."""

    def __init__(self, package: Package, trees: Trees, headings: Sequence[str]) -> None:
        """Read the styles; `headings` names those of numbered headings."""
        self._levels, _ = heading_levels(package, trees, headings)
        self._titles = dict(enumerate(headings, 1))
        links = package.relationships.get(package.main, ())
        self._part = next((link.target for link in links if link.kind == "styles"), "")
        self._place = package.place(self._part)
        root = trees.get(self._part)
        self._root = root = etree.Element(w("styles")) if root is None else root
        self._read = reading.Styles(root)
        self._styles = {str(one.get(w("styleId"))): one for one in root.iterchildren(w("style"))}
        self._reported: set[str] = set()

    def heading(self, paragraph: Element) -> str:
        """Give the name of the style of a numbered heading, or nothing."""
        return self._titles.get(self._levels.get(_style(paragraph), 0), "")

    def numbered(self, paragraph: Element) -> bool:
        """Tell whether Word numbers a paragraph; what its style does to many is told of the first only."""
        own = reading.properties(paragraph)
        member = reading.listed(own.listed, self._read.get(own.style).listed)
        if member is None or member.list == reading.NO_LIST or (own.listed is None and own.style in self._reported):
            return False
        self._reported |= {own.style} if own.listed is None else set()
        return True

    def missing(self, key: str) -> bool:
        """Tell, once for each, whether a style that is used is not there."""
        new = bool(self._styles) and key not in self._styles and key not in self._reported
        self._reported |= {key} if new else set()
        return new

    def fonts(self) -> Iterator[Diagnostic]:
        """Find odd fonts in the styles."""
        for one in self._root.iter(w("rFonts")):
            style = next(one.iterancestors(w("style")), None)
            name = None if style is None else style.find(w("name"))
            quote = "" if name is None else str(name.get(w("val")))
            yield from (ODD_FONT.at(self._place._replace(quote=quote), font=font) for font in self.odd(one))

    def odd(self, fonts: Element) -> Iterator[str]:
        """Give, once for each, the fonts that a choice of fonts names and few computers have."""
        for font in dict.fromkeys(str(fonts.get(script, "")).removeprefix("@") for script in _SCRIPTS):
            if font and font.casefold() not in COMMON_FONTS and font not in self._reported:
                self._reported.add(font)
                yield font


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else str(style.get(w("val")))

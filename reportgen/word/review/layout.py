"""The tree of one story in; styles and fonts that are not there, tables without a head, leftovers of editing out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.word.markup import on, w
from reportgen.word.places import body, inside, texts
from reportgen.word.review.styles import ODD_FONT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.word.review.styles import Styles

NO_STYLE = rule(
    "T206",
    "style-not-there",
    Severity.WARNING,
    "something here has the style “{style}”, which the file does not hold",
    "choose its style anew in Word",
)
NO_HEAD = rule(
    "T208",
    "head-not-repeated",
    Severity.WARNING,
    "this table grows with the facts, and its first row is not repeated on the next page",
    "in Word put the cursor into the row; Table properties, Row, and there “Repeat as header row”",
)
TRACKED = rule(
    "T209",
    "tracked-change",
    Severity.WARNING,
    "a tracked change is left here and would be in every report",
    "in Word choose Review, and there accept or reject all changes",
)
COMMENT = rule(
    "T210",
    "comment",
    Severity.WARNING,
    "a comment is left here and would be in every report",
    "in Word choose Review, and there delete all comments",
)

_CHANGES: Final = (
    *map(w, ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange")),
    *(w(f"{of}PrChange") for of in ("p", "r", "sect", "tbl", "tr", "tc", "tblEx")),
    w("tblGridChange"),
)
_STYLED: Final = tuple(map(w, ("pStyle", "rStyle", "tblStyle")))
_LOOP: Final = re.compile(r"[{｛][%％]\s*tr\s+for\s")


def layout(root: Element, place: Span, styles: Styles) -> Iterator[Diagnostic]:
    """Find what is doubtful in the layout of one story."""
    here = _Here(root, place)
    for one in root.iter(*_STYLED):
        key = str(one.get(w("val")))
        if styles.missing(key):
            yield NO_STYLE.at(here.of(one), style=key)
    for one in root.iter(w("rFonts")):
        yield from (ODD_FONT.at(here.of(one), font=font) for font in styles.odd(one))
    for table in root.iter(w("tbl")):
        rows = list(inside(table, w("tr")))
        if any(_LOOP.search(_said(row, table)) for row in rows[1:]) and not _repeats(rows[0]):
            yield NO_HEAD.at(here.of(rows[0]))
    for broken, tags in ((TRACKED, _CHANGES), (COMMENT, (w("commentReference"),))):
        yield from map(broken.at, dict.fromkeys(map(here.of, root.iter(*tags))))


class _Here:
    """Where the elements of one story stand."""

    def __init__(self, root: Element, place: Span) -> None:
        """Number the paragraphs."""
        self._story = place
        self._spans = {
            one.element: place._replace(line=one.number, cell=one.cell, quote=_text(one.element))
            for one in body(root).places
        }

    def of(self, element: Element) -> Span:
        """Give the place of the paragraph around an element, or of the first one in the row or table around it."""
        around = [element, *element.iterancestors()]
        for one in around:
            if one in self._spans:
                return self._spans[one]
        inner = (self._spans[one] for holder in around for one in holder.iter(w("p")) if one in self._spans)
        return next(inner, self._story)


def _text(paragraph: Element) -> str:
    return "".join(part.text or "" for part in texts(paragraph)).strip()


def _said(row: Element, table: Element) -> str:
    """Read a row without the tables in it."""
    own = (one for one in row.iter(w("t")) if next(one.iterancestors(w("tbl"))) is table)
    return "".join(one.text or "" for one in own)


def _repeats(row: Element) -> bool:
    return on(row.find(f"{w('trPr')}/{w('tblHeader')}"))

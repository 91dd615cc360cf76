"""Tags that shape the table cell they stand in: merged down or sideways, over many columns, on a coloured ground."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from lxml import etree

from reportgen.diagnostics import Severity, rule
from reportgen.language import LAYOUT, Misuse, Tag, Text
from reportgen.word.markers import put_before
from reportgen.word.markup import w
from reportgen.word.places import MAX_COLUMNS
from reportgen.word.sinks import DUE, written
from reportgen.word.structure import ORDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from reportgen.diagnostics import Span
    from reportgen.word.markers import Cut

_ORDER: Final = ORDER[w("tcPr")]
_COLOUR: Final = re.compile("#?([0-9A-Fa-f]{6})")

OUTSIDE = rule(
    "T534",
    "tag-outside-table",
    Severity.ERROR,
    "“{tag}” stands outside a table",
    "use {{%p … %}} for paragraphs",
)
NOT_COLUMNS = rule(
    "T542",
    "not-columns",
    Severity.ERROR,
    "a cell cannot reach over “{value}” columns",
    "give colspan a whole number from 1 to {limit}",
)
NOT_A_COLOUR = rule(
    "T543",
    "not-a-colour",
    Severity.ERROR,
    "“{value}” is no colour for the ground of a cell",
    "give cellbg six signs such as 'FFC000', two each for red, green and blue, or an empty text for no colour",
)


TWICE = rule(
    "T165",
    "shaped-twice",
    Severity.ERROR,
    "“{tag}” stands in one cell twice",
    "leave one of the two",
)


def shape(word: str, rest: str, text: Element, span: Span, state: Cut) -> None:
    """Let a tag (`vm`, `hm`, `colspan`, `cellbg`, and what follows the word) shape the cell around its `w:t`."""
    cell = next(text.iterancestors(w("tc")), None)
    tag = f"{{% {word} {rest.strip()} %}}".replace("  ", " ")
    if cell is None:
        state.found.append(OUTSIDE.at(span, tag=tag))
        return
    if (cell, word) in state.shaped:
        state.found.append(TWICE.at(span, tag=tag))
        return
    state.shaped.add((cell, word))
    if word == "vm":
        _merge_down(cell, next(text.iterancestors(w("p"))), rest.strip() or "loop.first", span, state)
    elif word == "hm":
        _merge_sideways(cell, span, state)
    elif word == "colspan":
        state.spread = True
        _set(cell, "gridSpan", {"val": state.marker(Tag(LAYOUT, rest, span, columns))})
    else:
        _set(cell, "shd", {"val": "clear", "color": "auto", "fill": state.marker(Tag(LAYOUT, rest, span, ground))})


def columns(text: str) -> str:
    """Give the number of columns that a cell reaches over, one for no text; raises `Misuse` for what is none."""
    try:
        number = Decimal(_given(text) or "1")
    except InvalidOperation:
        number = Decimal(0)
    if not (number.is_finite() and 1 <= number <= MAX_COLUMNS and number == int(number)):
        raise Misuse(NOT_COLUMNS, value=text, limit=MAX_COLUMNS)
    return str(int(number))


def ground(text: str) -> str:
    """Give the colour of a cell's ground, that of the paper for no text; raises `Misuse` for what is none."""
    found = _COLOUR.fullmatch(text)
    if not found and _given(text) not in ("", "auto"):
        raise Misuse(NOT_A_COLOUR, value=text)
    return found[1] if found else "auto"


def _given(text: str) -> str:
    """Give a text, nothing for what a draft still lacks."""
    return "" if text.startswith(DUE) else text


def _merge_down(cell: Element, paragraph: Element, wanted: str, span: Span, state: Cut) -> None:
    """Merge a cell with the one above unless a test holds; a cell that goes on prints nothing."""
    test, otherwise, end = (Tag("{%", word, span) for word in (f"if {wanted}", "else", "endif"))
    properties = _set(cell, "vMerge", {"val": state.marker(test, Text("restart"), otherwise, Text("continue"), end)})
    properties.tail = state.marker(test) + (properties.tail or "")
    empty = Text(f"<w:p>{written(paragraph.find(w('pPr')))}</w:p>")
    cell[-1].tail = (cell[-1].tail or "") + state.marker(otherwise, empty, end)


def _merge_sideways(cell: Element, span: Span, state: Cut) -> None:
    """Let the first cell of a loop reach over all of them, and leave the others out."""
    old = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    each = "1" if old is None else str(old.get(w("val")))
    if each.isdecimal():
        _set(cell, "gridSpan", {"val": state.marker(Tag(LAYOUT, f"loop.length * {each}", span, columns))})
    row = cell.getparent()
    assert row is not None  # noqa: S101 — a cell stands in a row
    state.thinned.add(row)
    state.spread = True
    put_before(cell, state.marker(Tag("{%", "if loop.first", span)))
    cell.tail = state.marker(Tag("{%", "endif", span)) + (cell.tail or "")


def _set(cell: Element, name: str, attributes: Mapping[str, str]) -> Element:
    """Give a cell a property in place of the old one, and return its properties."""
    properties = cell.find(w("tcPr"))
    if properties is None:
        properties = etree.Element(w("tcPr"))
        properties.tail, cell.text = cell.text, None
        cell.insert(0, properties)
    for old in properties.findall(w(name)):
        properties.remove(old)
    place = _ORDER[w(name)]
    new = etree.Element(w(name), {w(key): value for key, value in attributes.items()})
    properties.insert(sum(_ORDER.get(str(child.tag), place) < place for child in properties), new)
    return properties

"""The tree of one part in, the same out in order: what Word itself puts right without a word when it opens a file.

Properties come in their order, tables have a grid, numbers that must differ do, and what points to a style, a list or a
comment that is not there points nowhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from reportgen.word.container import part
from reportgen.word.markup import serialized, w
from reportgen.word.structure import ORDER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.etree import _Element as Element

    from reportgen.word.opening import Package, Trees

_OWN_CHANGES: Final = 1 << 29  # numbers of tracked changes begin here, so that they meet no others
_CHANGES: Final = (
    *map(w, ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "tblGridChange")),
    *(w(f"{of}PrChange") for of in ("p", "r", "sect", "tbl", "tr", "tc", "tblEx")),
)
_STYLED: Final = tuple(map(w, ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")))
_REMARKS: Final = tuple(map(w, ("commentRangeStart", "commentRangeEnd", "commentReference")))
_SHAPES: Final = "{urn:schemas-microsoft-com:vml}*"
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BEHIND: Final = 99
_LAST: Final = 100


class Known(NamedTuple):
    """What the parts of a package can point to: styles, numbers of lists, comments; by their ids."""

    styles: Collection[str]
    numbers: Collection[str]
    comments: Collection[str]


def known(package: Package, trees: Trees) -> Known:
    """Find what the parts of a package can point to."""
    return Known(
        *(
            {str(one.get(w(key))) for _, root in _linked(package, trees, kind) for one in root.iterchildren(w(name))}
            for kind, name, key in (
                ("styles", "style", "styleId"),
                ("numbering", "num", "numId"),
                ("comments", "comment", "id"),
            )
        )
    )


def tidy(root: Element, can: Known) -> None:
    """Put the tree of a part with text in order."""
    _order(root, can)
    for table in root.iter(w("tbl")):
        _furnish(table)
    for number, change in enumerate(root.iter(*_CHANGES), _OWN_CHANGES):
        change.set(w("id"), str(number))
    for lost in [one for one in root.iter(*_REMARKS) if one.get(w("id")) not in can.comments]:
        _take_out(lost)
    shapes: set[str] = set()
    for shape in root.iter(_SHAPES):
        if shape.get("id") in shapes:
            del shape.attrib["id"]
        shapes.add(shape.get("id", ""))
    for number, drawing in enumerate(root.iter(_DRAWN), 1):
        drawing.set("name", drawing.get("name") or str(number))


def tidied(package: Package, trees: Trees) -> Package:
    """Put the styles and lists of a package in order, where they are not; uses their trees up."""
    parts, can = dict(package.parts), known(package, trees)
    for name, root in (*_linked(package, trees, "styles"), *_linked(package, trees, "numbering")):
        if _order(root, can):
            parts[name] = part(name, serialized(root))
    return replace(package, parts=parts)


def _order(root: Element, can: Known) -> bool:
    """Sort all properties, and take out what points to no style and to no list; tells whether there was any need."""
    needed = [_sort(holder) for holder in root.iter(*ORDER) if len(holder) > 1]
    lost = [
        one
        for tags, there in ((_STYLED, can.styles), ((w("numId"),), {*can.numbers, "0"}))
        for one in root.iter(*tags)
        if one.get(w("val")) not in there
    ]
    for one in lost:
        _take_out(one)
    return any(needed) or bool(lost)


def _linked(package: Package, trees: Trees, kind: str) -> Iterator[tuple[str, Element]]:
    """Give the parts of a kind that belong to the main document, with their trees."""
    for link in package.relationships.get(package.main, ()):
        root = trees.get(link.target) if link.kind == kind else None
        if root is not None:
            yield link.target, root


def _sort(holder: Element) -> bool:
    """Let properties stand in their order, those of other programs behind them, what was tracked last."""
    order = ORDER[str(holder.tag)]
    places = [_LAST if str(one.tag).endswith("Change") else order.get(str(one.tag), _BEHIND) for one in holder]
    if places == sorted(places):
        return False
    holder[:] = [one for _, one in sorted(zip(places, holder, strict=True), key=lambda pair: pair[0])]
    return True


def _furnish(table: Element) -> None:
    """Give a table the properties and the grid that it lacks, and take out rows without cells."""
    properties = table.find(w("tblPr"))
    if properties is None:
        properties = etree.Element(w("tblPr"))
        table.insert(0, properties)
    if table.find(w("tblGrid")) is None:
        properties.addnext(etree.Element(w("tblGrid")))
    for row in table.findall(w("tr")):
        if next(row.iter(w("tc")), None) is None:
            table.remove(row)


def _take_out(element: Element) -> None:
    """Take an element out, and a list's number with its level."""
    parent = element.getparent()
    assert parent is not None  # noqa: S101 — no part begins with a mark
    if element.tag == w("numId"):
        element, parent = parent, parent.getparent()
    assert parent is not None  # noqa: S101 — properties stand in a paragraph
    parent.remove(element)

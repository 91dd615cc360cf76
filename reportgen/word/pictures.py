"""Pictures in, what shows them in a document out: a drawing as large as the place allows, or as a program asks for."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.word.markup import R, w, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from reportgen.facts import Picture

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_DOT: Final = 9525  # EMU, the measure of drawings: 914,400 to the inch, of 96 dots
_TWIP: Final = 635
_TC, _WIDTH = w("tc"), f"{w('tcPr')}/{w('tcW')}"
_MARGINS: Final = 2 * 108 * _TWIP  # what Word leaves free left and right in a cell
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_NAMED: Final = ("wp:docPr", "pic:cNvPr")


class Room(NamedTuple):
    """How wide and how high a picture can be, in EMU."""

    width: int
    height: int


A4: Final = Room(156 * 36_000, 225 * 36_000)
"""The text of a page as GB/T 9704 has it."""


def rooms(root: Element) -> dict[Element, Room]:
    """Give the text area of a page for each block of a body; other stories have none."""
    found: dict[Element, Room] = {}
    body = root.find(w("body"))
    area = A4
    for block in () if body is None else reversed(body):
        section = block if block.tag == w("sectPr") else block.find(f"{w('pPr')}/{w('sectPr')}")
        area = area if section is None else _area(section)
        found[block] = area
    return found


def room(text: Element, areas: Mapping[Element, Room]) -> Room:
    """Give the room where a text stands: as wide as its cell, or else as the page."""
    width = None
    for one in text.iterancestors():
        if one.tag == _TC and width is None:
            width = _cell(one)
        if one in areas:
            return areas[one]._replace(width=min(width or areas[one].width, areas[one].width))
    return A4._replace(width=min(width or A4.width, A4.width))


def drawing(picture: Picture, size: Room, number: int, link: str, address: str = "") -> str:
    """Write the drawing of a picture; `number` is its own in the document, `link` leads to it, `address` on from it."""
    extent = f'cx="{max(size.width, 1)}" cy="{max(size.height, 1)}"'
    name = "".join(char for char in PurePath(picture.path).stem if char.isprintable()).translate(_ESCAPES)
    named = f'id="{number}" name="图片{number}" descr="{name}"'
    click = f'<a:hlinkClick xmlns:a="{_DRAWING}/main" xmlns:r="{R}" r:id="{address}"/>' if address else ""
    own, inner = (f"<{tag} {named}>{click}</{tag}>" if click else f"<{tag} {named}/>" for tag in _NAMED)
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {extent}/>{own}<wp:cNvGraphicFramePr>"
        f'<a:graphicFrameLocks xmlns:a="{_DRAWING}/main" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr>{inner}<pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{R}" r:embed="{link}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def fitted(picture: Picture, place: Room) -> Room:
    """Give the size of a picture: 96 dots to the inch, or less where the place is smaller."""
    wide, high = picture.width * _DOT, picture.height * _DOT
    if wide > place.width:
        wide, high = place.width, high * place.width // wide
    if high > place.height:
        wide, high = wide * place.height // high, place.height
    return Room(wide, high)


def measured(picture: Picture, width: int | None, height: int | None) -> Room:
    """Give the size that a program asks for, in EMU; of the side that it leaves out, so that nothing is distorted."""
    wide = width if width is not None else round(picture.width * (height or 0) / picture.height)
    return Room(wide, height if height is not None else round(picture.height * wide / picture.width))


def _cell(cell: Element) -> int | None:
    width = cell.find(_WIDTH)
    said = None if width is None or width.get(w("type")) != "dxa" else whole(width.get(w("w")))
    free = (said or 0) * _TWIP - _MARGINS
    return free if free > 0 else None


def _area(section: Element) -> Room:
    """Give the text area of the pages of a section."""
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        return A4
    wide, high = (_twips(size, side) for side in ("w", "h"))
    wide -= sum(_twips(margins, side) for side in ("left", "right", "gutter"))
    high -= sum(_twips(margins, side) for side in ("top", "bottom"))
    return Room(wide * _TWIP, high * _TWIP) if wide > 0 and high > 0 else A4


def _twips(element: Element, name: str) -> int:
    return whole(element.get(w(name), "").lstrip("-")) or 0

"""Pictures in, what shows them in a document out: a drawing as large as the place allows, and the parts behind it."""

from __future__ import annotations

import hashlib
import posixpath
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from reportgen.word.container import CONTENT_TYPES, part
from reportgen.word.markup import R, w, whole
from reportgen.word.opening import RELATIONSHIPS_NS, TYPES_NS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element as Element

    from reportgen.facts import Picture
    from reportgen.word.container import Part
    from reportgen.word.opening import Package

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_DOT: Final = 9525  # EMU, the measure of drawings: 914,400 to the inch, of 96 dots
_TWIP: Final = 635
_TC: Final = w("tc")
_MARGINS: Final = 2 * 108 * _TWIP  # what Word leaves free left and right in a cell
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_KINDS: Final = {"PNG": "png", "JPEG": "jpeg"}


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


def drawing(picture: Picture, place: Room, number: int, name: str) -> str:
    """Write the drawing of a picture, 96 dots to the inch or less; `number` is its own in the document."""
    wide, high = picture.width * _DOT, picture.height * _DOT
    if wide > place.width:
        wide, high = place.width, high * place.width // wide
    if high > place.height:
        wide, high = wide * place.height // high, place.height
    size = f'cx="{max(wide, 1)}" cy="{max(high, 1)}"'
    named = f'id="{number}" name="图片{number}" descr="{name.translate(_ESCAPES)}"'
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {size}/><wp:docPr {named}/><wp:cNvGraphicFramePr>"
        f'<a:graphicFrameLocks xmlns:a="{_DRAWING}/main" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{R}" r:embed="{_key(picture)}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def added(package: Package, shown: Mapping[str, Sequence[Picture]]) -> list[Part]:
    """Make the parts that the pictures shown in each part need: the pictures, the links to them, and their types."""
    pictures = {_target(one): one for own in shown.values() for one in own}
    if not pictures:
        return []
    types = etree.fromstring(package.parts[CONTENT_TYPES].data)
    for name, one in pictures.items():
        if name not in package.content_types:
            override = {"PartName": f"/{name}", "ContentType": f"image/{_KINDS[one.format]}"}
            etree.SubElement(types, f"{{{TYPES_NS}}}Override", override)
    return [
        *(part(name, one.data, _as_it_is) for name, one in pictures.items()),
        *(_linked(package, name, own) for name, own in shown.items() if own),
        part(CONTENT_TYPES, _written(types)),
    ]


def _linked(package: Package, source: str, pictures: Sequence[Picture]) -> Part:
    """Add links to pictures to those of a part."""
    folder, base = posixpath.split(source)
    wanted = posixpath.join(folder, "_rels", f"{base}.rels")
    name = next((one for one in package.parts if one.casefold() == wanted.casefold()), wanted)
    old = package.parts.get(name)
    root = etree.Element(f"{{{RELATIONSHIPS_NS}}}Relationships") if old is None else etree.fromstring(old.data)
    known = {one.get("Id") for one in root}
    for key, target in {_key(one): _target(one) for one in pictures}.items():
        if key not in known:
            link = {"Id": key, "Type": f"{R}/image", "Target": f"/{target}"}
            etree.SubElement(root, f"{{{RELATIONSHIPS_NS}}}Relationship", link)
    return part(name, _written(root))


def _key(picture: Picture) -> str:
    return f"picture{hashlib.sha256(picture.data).hexdigest()[:16]}"


def _target(picture: Picture) -> str:
    return f"word/media/{_key(picture)}.{_KINDS[picture.format]}"


def _as_it_is(data: bytes) -> bytes:
    """Pack nothing: a picture is packed already."""
    return data


def _cell(cell: Element) -> int | None:
    width = cell.find(f"{w('tcPr')}/{w('tcW')}")
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


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

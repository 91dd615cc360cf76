"""A Word file as a package: the bytes of a .docx, hostile or not, go in; its parts come out, and go in again, settled.

A package that `read` gives back has passed every check of container, opening and preflight; no other is rendered.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lxml import etree

from reportgen.language import unmarked as without_marks
from reportgen.word import preflight
from reportgen.word.container import (
    CONTENT_TYPES,
    ORDINARY,
    ROOT_RELATIONSHIPS,
    Deflate,
    Part,
    deflate_isal,
    deflate_zlib,
    pack,
    part,
    settled_order,
    unpack,
)
from reportgen.word.markup import serialized
from reportgen.word.opening import MAIN, RELATIONSHIPS_NS, TYPES_NS, Package, Relationship, Story, Trees, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from lxml.etree import _Element as Element

__all__ = [
    "MAIN",
    "ORDINARY",
    "Deflate",
    "Package",
    "Part",
    "Relationship",
    "Story",
    "Trees",
    "deflate_isal",
    "deflate_zlib",
    "digest",
    "pack",
    "part",
    "properties",
    "read",
    "settled",
    "unmarked",
]

_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_LINK = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NO_APP = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'


def read(data: bytes, path: str) -> tuple[Package | None, Trees]:
    """Read a .docx that may be hostile, and refuse what a template may not hold: then the package is None."""
    package, trees = opened(data, path)
    if package:
        trees.found += preflight.check(package, trees)
    return (None if trees.found else package), trees


def digest(data: bytes) -> str:
    """Give the content digest of a .docx: SHA-256 over part names and unpacked bytes, whatever the zip around them.

    Raises ValueError for bytes that are no sound zip.
    """
    parts, found = unpack(data, "")
    if found:
        raise ValueError(found[0].rule.code)
    content = hashlib.sha256()
    for name in sorted(parts, key=settled_order):
        for piece in (name.encode(), parts[name].data):
            content.update(len(piece).to_bytes(8, "big"))
            content.update(piece)
    return content.hexdigest()


def unmarked(data: bytes) -> bytes:
    """Give the document that a render without a log makes, of one that a traced render made."""
    parts, _ = unpack(data, "")
    plain = ((one, without_marks(one.data)) for one in parts.values())
    return pack([one if len(text) == len(one.data) else part(one.name, text) for one, text in plain])


def settled(package: Package) -> Package:
    """Prepare a template's package for its documents, once: core properties to fill in, no preview, no names."""
    links = [link for link in package.relationships[""] if link.kind != "thumbnail"]
    previews = {link.target for link in package.relationships[""]} - {link.target for link in links}
    previews -= {link.target for source, own in package.relationships.items() if source for link in own}
    parts = {name: one for name, one in package.parts.items() if name not in previews}
    types = {name: kind for name, kind in package.content_types.items() if name not in previews}
    if not any(link.kind == "core-properties" for link in links):
        links.append(Relationship(_new_id(package.relationships[""]), "core-properties", _CORE, external=False))
        types[_CORE] = _CORE_TYPE
    for name in (link.target for link in links if link.kind == "extended-properties"):
        parts[name] = part(name, serialized(etree.fromstring(_NO_APP)))
    for name, change in ((ROOT_RELATIONSHIPS, _linked(links)), (CONTENT_TYPES, _typed(types, previews))):
        root = etree.fromstring(parts[name].data)
        change(root)
        parts[name] = part(name, serialized(root))
    bare = replace(package, parts=parts, content_types=types, relationships={**package.relationships, "": tuple(links)})
    core = properties(bare, "", "", None)
    return replace(bare, parts={**parts, core.name: core})


def properties(package: Package, title: str, author: str, created: datetime | None) -> Part:
    """Make the core properties from what is given and nothing else; a time without a zone is taken as UTC.

    The part has its place in a package that `settled` gave. Raises ValueError for text that XML cannot hold.
    """
    links = package.relationships[""]
    name = next((link.target for link in links if link.kind == "core-properties"), _CORE)
    root = etree.Element(f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI})
    texts = {f"{{{_DC}}}title": title, f"{{{_DC}}}creator": author, f"{{{_CP}}}lastModifiedBy": author}
    for tag, text in texts.items():
        if text:
            etree.SubElement(root, tag).text = text
    if created:
        utc = created.astimezone(UTC) if created.tzinfo else created
        for tag in ("created", "modified"):
            moment = etree.SubElement(root, f"{{{_TERMS}}}{tag}", {f"{{{_XSI}}}type": "dcterms:W3CDTF"})
            moment.text = f"{utc:%Y-%m-%dT%H:%M:%S}Z"
    return part(name, serialized(root))


def _linked(links: list[Relationship]) -> Callable[[Element], None]:
    kept = {link.id: link for link in links}

    def change(root: Element) -> None:
        for one in list(root):
            if kept.pop(one.get("Id", ""), None) is None:
                root.remove(one)
        for link in kept.values():
            attributes = {"Id": link.id, "Type": _CORE_LINK, "Target": link.target}
            etree.SubElement(root, f"{{{RELATIONSHIPS_NS}}}Relationship", attributes)

    return change


def _typed(types: Mapping[str, str], gone: Collection[str]) -> Callable[[Element], None]:
    added = {f"/{_CORE}".casefold()} if _CORE in types else set()
    dropped = added | {f"/{name}".casefold() for name in gone}

    def change(root: Element) -> None:
        for one in list(root):
            if one.get("PartName", "").casefold() in dropped:
                root.remove(one)
        if added:
            override = {"PartName": f"/{_CORE}", "ContentType": _CORE_TYPE}
            etree.SubElement(root, f"{{{TYPES_NS}}}Override", override)

    return change


def _new_id(links: Sequence[Relationship]) -> str:
    taken = {link.id for link in links}
    return next(name for name in (f"rId{number}" for number in range(1, len(links) + 2)) if name not in taken)

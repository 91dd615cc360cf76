"""What the values of one document need besides their text, gathered while it is written: parts, and links to them."""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from reportgen.word.container import CONTENT_TYPES, part, stored
from reportgen.word.markup import R, W, serialized, w
from reportgen.word.opening import RELATIONSHIPS_NS, TYPES_NS

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element as Element

    from reportgen.word.container import Deflate, Part
    from reportgen.word.opening import Package

_PACKED: Final = ("image/png", "image/jpeg")
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


class Link(NamedTuple):
    """A link from a part: the last word of its type, and the part (from the root) or the address that it leads to."""

    kind: str
    target: str
    external: bool = False


class New(NamedTuple):
    """A part that a document gets: its bytes and its content type."""

    data: bytes
    type: str


@dataclass(slots=True)
class Needs:
    """Gathers what the values of one document need; `story` is the part that is being written."""

    package: Package
    story: str = ""
    numbers: int = 0
    parts: dict[str, New] = field(default_factory=dict)
    links: dict[str, dict[str, Link]] = field(default_factory=dict)
    trees: dict[str, Element] = field(default_factory=dict)

    def number(self) -> int:
        """Give a number that nothing else has that values put into this document."""
        self.numbers += 1
        return self.numbers

    def picture(self, data: bytes, suffix: str, kind: str) -> str:
        """Take a picture with the ending of its name and its content type; gives the id of the link to it."""
        key = f"picture{_digest(data)}"
        name = f"word/media/{key}.{suffix}"
        self.parts[name] = New(data, kind)
        return self._link(self.story, key, Link("image", f"/{name}"))

    def address(self, target: str) -> str:
        """Take the address that a text or a picture leads to; gives the id of the link to it."""
        return self._link(self.story, f"link{_digest(target.encode())}", Link("hyperlink", target, external=True))

    def tree(self, kind: str) -> Element:
        """Give the styles or the numbering of the document to be added to; a part is made where there is none."""
        links = self.package.relationships.get(self.package.main, ())
        name = next((link.target for link in links if link.kind == kind), f"word/{kind}.xml")
        if name not in self.trees:
            old = self.package.parts.get(name)
            self.trees[name] = etree.Element(w(kind), nsmap={"w": W}) if old is None else etree.fromstring(old.data)
            if old is None:
                self.parts[name] = New(b"", _TYPE.format(kind))
                self._link(self.package.main, kind, Link(kind, f"/{name}"))
        return self.trees[name]

    def changed(self, deflate: Deflate) -> list[Part]:
        """Give the parts that are new or other than those of the package."""
        trees = [part(name, serialized(tree), deflate) for name, tree in self.trees.items()]
        new = [(stored if one.type in _PACKED else part)(name, one.data, deflate) for name, one in self.parts.items()]
        links = [self._linked(source, own) for source, own in self.links.items()]
        named = {one.name for one in trees}
        added = {name: one.type for name, one in self.parts.items() if name not in self.package.content_types}
        return [
            *trees,
            *(one for one in new if one.name not in named),
            *links,
            *([self._typed(added)] if added else []),
        ]

    def _link(self, source: str, key: str, link: Link) -> str:
        self.links.setdefault(source, {})[key] = link
        return key

    def _linked(self, source: str, links: dict[str, Link]) -> Part:
        """Add links to those of a part."""
        folder, base = posixpath.split(source)
        name = _spelt(posixpath.join(folder, "_rels", f"{base}.rels"), self.package.parts)
        old = self.package.parts.get(name)
        root = etree.Element(f"{{{RELATIONSHIPS_NS}}}Relationships") if old is None else etree.fromstring(old.data)
        known = {one.get("Id") for one in root}
        for key, link in links.items():
            if key not in known:
                said = {"Id": key, "Type": f"{R}/{link.kind}", "Target": link.target}
                mode = {"TargetMode": "External"} if link.external else {}
                etree.SubElement(root, f"{{{RELATIONSHIPS_NS}}}Relationship", {**said, **mode})
        return part(name, serialized(root))

    def _typed(self, added: dict[str, str]) -> Part:
        types = etree.fromstring(self.package.parts[CONTENT_TYPES].data)
        for name, kind in added.items():
            etree.SubElement(types, f"{{{TYPES_NS}}}Override", {"PartName": f"/{name}", "ContentType": kind})
        return part(CONTENT_TYPES, serialized(types))


def _spelt(name: str, known: Collection[str]) -> str:
    """Give a name as a package spells it, which may differ in capitals."""
    return next((one for one in known if one.casefold() == name.casefold()), name)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]

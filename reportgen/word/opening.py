"""What a package is made of: the bytes of a .docx go in; its parts, types, relationships and stories come out.

Reads only what it needs to find its way, so that the document of anyone can be read; what a template may hold is the
business of preflight.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from reportgen.diagnostics import N_, Diagnostic, Severity, Span, rule
from reportgen.word.container import (
    ARCHIVE,
    CONTENT_TYPES,
    EXCEL,
    FIXED,
    OPEN_OTHER,
    OPEN_TEXT,
    ROOT_RELATIONSHIPS,
    SLIDES,
    Part,
    unpack,
)
from reportgen.word.markup import MAX_TAGS, STRICT, TOO_DENSE, R, local, parse, w
from reportgen.word.structure import TWICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element as Element

    from reportgen.word.container import Kind

MISSING = rule(
    "T112",
    "missing-part",
    Severity.ERROR,
    N_("the file has no {name}: it is no Word document, or damaged"),
    N_("open the file in Word or WPS and save it as .docx"),
)
OTHER_DOCUMENT = rule(
    "T117",
    "other-document",
    Severity.ERROR,
    N_("this is no Word document: its main part is a “{root}”"),
    N_("open the file in Word or WPS and save it as .docx"),
)
STRICT_FORM = rule(
    "T129",
    "strict-open-xml",
    Severity.ERROR,
    N_("the file is saved in the form “Strict Open XML”"),
    N_("in Word choose Save as, and there the ordinary “Word document (*.docx)”"),
)
DECLARED_TWICE = rule(
    "T127",
    "declared-twice",
    Severity.ERROR,
    N_("“{name}” is declared here more than once, with different meanings"),
    N_("open the file in Word and save it as .docx; do not trust it if it came from outside"),
)

MAIN = "正文"
TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"

_RELATIONSHIPS_OF = re.compile(r"(.*?)_rels/([^/]*)\.rels", re.IGNORECASE)
_STORIES = {"headerReference": ("header", "页眉"), "footerReference": ("footer", "页脚")}
_NOTES = {"footnotes": "脚注", "endnotes": "尾注"}


_ODF, _OPENED = "mimetype", b"application/vnd.oasis.opendocument."
_OTHERS = {"xl/workbook.xml": EXCEL, "ppt/presentation.xml": SLIDES}


class Relationship(NamedTuple):
    """A link from a part: its id, the last word of its type, the part (if external, the address) that it leads to."""

    id: str
    kind: str
    target: str
    external: bool


class Story(NamedTuple):
    """A part with text: the reader's name for it (正文, 页眉1, 页脚1, 脚注, 尾注), and its own name."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Package:
    """A Word file: parts by name, their content types, relationships by source part ("" for the package itself).

    `main` names the main document part, `stories` the parts with text in reading order, main first.
    """

    path: str
    parts: Mapping[str, Part]
    content_types: Mapping[str, str]
    main: str
    stories: tuple[Story, ...]
    relationships: Mapping[str, tuple[Relationship, ...]]

    def place(self, part: str) -> Span:
        """Give the place of a part, under the reader's name if it has one."""
        names = {story.part: story.name for story in self.stories}
        return Span(self.path, part=names.get(part, part))


class Trees:
    """The XML of the parts, each parsed once, with everything that was found wrong."""

    def __init__(self, parts: Mapping[str, Part], path: str, found: Iterable[Diagnostic]) -> None:
        """Take the parts, the path they came from, and what is known to be wrong already."""
        self.parts = parts
        self.path = path
        self.found = list(found)
        self._roots: dict[str, Element | None] = {}

    def get(self, name: str) -> Element | None:
        """Give the root element of a part, None if it is missing or broken."""
        if name not in self._roots and name in self.parts:
            self._roots[name], found = parse(self.parts[name].data, Span(self.path, part=name))
            self.found += found
        return self._roots.get(name)


def opened(data: bytes, path: str) -> tuple[Package | None, Trees]:
    """Open a .docx; the package is None when its main document cannot be found or read."""
    parts, found = unpack(data, path)
    trees = Trees(parts, path, found)
    if not parts:
        trees.found += [] if found else [MISSING.at(Span(path), name=CONTENT_TYPES)]
        return None, trees
    if other := _other(parts):
        trees.found = [other.at(Span(path))]
        return None, trees
    if sum(part.data.count(b"<") for part in parts.values()) > MAX_TAGS:
        trees.found.append(TOO_DENSE.at(Span(path), limit=MAX_TAGS))
        return None, trees
    for name in (CONTENT_TYPES, ROOT_RELATIONSHIPS):
        if name not in parts and not any(one.span.part == name for one in found):
            trees.found.append(MISSING.at(Span(path), name=name))
    types = _content_types(trees)
    links = _relationships(trees)
    main = next((link.target for link in links.get("", ()) if link.kind == "officeDocument"), "")
    if "" in links and main not in parts and main not in {one.span.part for one in found}:
        trees.found.append(MISSING.at(Span(path), name=main or "word/document.xml"))
    if not _is_document(trees, main):
        return None, trees
    return Package(path, parts, types, main, _stories(trees, main, links.get(main, ())), links), trees


def _other(parts: Mapping[str, Part]) -> Kind | None:
    """Say what a zip is that is no Word document, if that is known; another may be a damaged one."""
    kind = parts[_ODF].data if _ODF in parts else b""
    if kind.startswith(_OPENED):
        return OPEN_TEXT if kind.startswith(_OPENED + b"text") else OPEN_OTHER
    if CONTENT_TYPES in parts or any(name.startswith("word/") for name in parts):
        return next((kind for name, kind in _OTHERS.items() if name in parts), None)
    return FIXED if "OFD.xml" in parts else ARCHIVE


def _is_document(trees: Trees, main: str) -> bool:
    root = trees.get(main)
    if root is None or root.tag == w("document"):
        return root is not None
    place = Span(trees.path, part=main)
    strict = str(root.tag).startswith(f"{{{STRICT}")
    trees.found.append(STRICT_FORM.at(place) if strict else OTHER_DOCUMENT.at(place, root=local(root)))
    return False


def _content_types(trees: Trees) -> dict[str, str]:
    root = trees.get(CONTENT_TYPES)
    if root is None:
        return {}
    if root.tag != f"{{{TYPES_NS}}}Types":
        trees.found.append(MISSING.at(Span(trees.path), name=CONTENT_TYPES))
    declared = [
        *((f".{one.get('Extension', '')}", one) for one in root.iterchildren(f"{{{TYPES_NS}}}Default")),
        *((one.get("PartName", ""), one) for one in root.iterchildren(f"{{{TYPES_NS}}}Override")),
    ]
    types: dict[str, str] = {}
    for key, one in declared:
        kind = one.get("ContentType", "")
        if key.casefold() in types:
            twice = TWICE if types[key.casefold()] == kind else DECLARED_TWICE
            trees.found.append(twice.at(Span(trees.path, part=CONTENT_TYPES), name=key))
        types.setdefault(key.casefold(), kind)
    return {name: kind for name in trees.parts for kind in _declared(name.casefold(), types) if name != CONTENT_TYPES}


def _declared(name: str, types: Mapping[str, str]) -> Iterator[str]:
    suffix = posixpath.basename(name).rpartition(".")[2]
    kind = types.get(f"/{name}", types.get(f".{suffix}"))
    if kind is not None:
        yield kind


def _relationships(trees: Trees) -> dict[str, tuple[Relationship, ...]]:
    names = {name.casefold(): name for name in trees.parts}
    links: dict[str, tuple[Relationship, ...]] = {}
    for name in trees.parts:
        found = _RELATIONSHIPS_OF.fullmatch(name)
        root = trees.get(name) if found else None
        if found and root is not None:
            source = f"{found[1]}{found[2]}"
            links[names.get(source.casefold(), source)] = tuple(_links(root, found[1], names))
            ids: dict[str, Relationship] = {}
            for link in links[names.get(source.casefold(), source)]:
                if ids.setdefault(link.id, link) != link:
                    trees.found.append(DECLARED_TWICE.at(Span(trees.path, part=name), name=link.id))
    return links


def _links(root: Element, folder: str, names: Mapping[str, str]) -> Iterator[Relationship]:
    for one in root.iterchildren(f"{{{RELATIONSHIPS_NS}}}Relationship"):
        kind = one.get("Type", "").rpartition("/")[2]
        target = one.get("Target", "")
        external = one.get("TargetMode", "Internal") != "Internal"
        if not external and not target.startswith("#"):
            path = posixpath.normpath(posixpath.join("/", folder, target.partition("#")[0])).lstrip("/")
            target = names.get(path.casefold()) or names.get(unquote(path).casefold(), path)
        yield Relationship(one.get("Id", ""), kind, target, external)


def _stories(trees: Trees, main: str, links: tuple[Relationship, ...]) -> tuple[Story, ...]:
    ids = {link.id: link for link in links if link.target in trees.parts and not link.external}
    root = trees.get(main)
    used: dict[str, str] = {}
    counts: dict[str, int] = {}
    references = () if root is None else root.iter(*map(w, _STORIES))
    for reference in references:
        kind, name = _STORIES[local(reference)]
        link = ids.get(reference.get(f"{{{R}}}id", ""))
        if link and link.kind == kind and link.target not in used:
            counts[kind] = counts.get(kind, 0) + 1
            used[link.target] = f"{name}{counts[kind]}"
    order = sorted(used.items(), key=lambda one: one[1].startswith("页脚"))
    notes = {name: link.target for kind, name in _NOTES.items() for link in ids.values() if link.kind == kind}
    return (Story(MAIN, main), *(Story(name, part) for part, name in order), *starmap(Story, notes.items()))

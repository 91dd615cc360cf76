"""A Word file and remarks with their places in, a copy of the file with a comment of Word at each place out."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from lxml import etree

from reportgen.word.container import CONTENT_TYPES, pack, part
from reportgen.word.markup import R, W, serialized, w
from reportgen.word.opening import MAIN, RELATIONSHIPS_NS, TYPES_NS, opened
from reportgen.word.places import body

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element as Element

    from reportgen.diagnostics import Span
    from reportgen.word.opening import Package, Trees

    Remark = tuple[Span, Sequence[str]]

_AUTHOR: Final = "reportgen"
_KIND: Final = "comments"
_TYPE: Final = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{_KIND}+xml"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def annotate(data: bytes, path: str, remarks: Iterable[Remark]) -> bytes | None:
    """Put remarks, each some lines of text, as comments into a copy of a file; None if it cannot be opened or is empty.

    Word has comments in the body only, and none in text boxes: a remark on another part stands at the first paragraph
    and names its place.
    """
    package, trees = opened(data, path)
    if package is None:
        return None
    name = _comments(package)
    changed = {package.main: trees.get(package.main)}
    changed |= {name: trees.get(name)} if name in package.parts else _linked(package, trees, name)
    document, comments = changed[package.main], changed[name]
    anchors = {} if document is None else {one.number: _outermost(one.element) for one in body(document).places}
    if not anchors or comments is None:
        return None
    ids = (str(one.get(w("id"))) for one in comments.iter(w("comment")))
    first = max((int(one) for one in ids if one.isdecimal()), default=-1) + 1
    for key, (span, lines) in enumerate(remarks, first):
        here = span.line if span.part == MAIN and span.line in anchors else 0
        place = [] if here else [str(span._replace(path="")).strip()]
        comments.append(_comment(str(key), [*filter(None, place), *lines]))
        _anchor(anchors[here or 1], str(key))
    written = {one: part(one, serialized(root)) for one, root in changed.items() if root is not None}
    return pack({**package.parts, **written}.values())


def _comments(package: Package) -> str:
    """Give the name of the part that holds the comments, or of one that could."""
    links = (link for link in package.relationships.get(package.main, ()) if link.kind == _KIND and not link.external)
    known = next((link.target for link in links if link.target in package.parts), "")
    free = (posixpath.join(posixpath.dirname(package.main), f"{of}{_KIND}.xml") for of in ("", f"{_AUTHOR}-"))
    return known or next(name for name in free if name not in package.parts)


def _linked(package: Package, trees: Trees, name: str) -> dict[str, Element | None]:
    """Make an empty part for comments, and link it to the main document."""
    folder, base = posixpath.split(package.main)
    links = posixpath.join(folder, "_rels", f"{base}.rels")
    types, related = trees.get(CONTENT_TYPES), trees.get(links)
    if related is None:
        related = etree.fromstring(f'<Relationships xmlns="{RELATIONSHIPS_NS}"/>')
    if types is not None:
        etree.SubElement(types, f"{{{TYPES_NS}}}Override", {"PartName": f"/{name}", "ContentType": _TYPE})
    link = {"Id": f"{_AUTHOR}-{_KIND}", "Type": f"{R}/{_KIND}", "Target": posixpath.basename(name)}
    etree.SubElement(related, f"{{{RELATIONSHIPS_NS}}}Relationship", link)
    return {CONTENT_TYPES: types, links: related, name: etree.Element(w(_KIND), nsmap={"w": W})}


def _outermost(paragraph: Element) -> Element:
    """Give the paragraph that a text box hangs on, if a paragraph stands in one."""
    return [paragraph, *paragraph.iterancestors(w("p"))][-1]


def _anchor(paragraph: Element, key: str) -> None:
    """Let a comment be about a whole paragraph."""
    start, end = (etree.Element(w(f"commentRange{side}"), {w("id"): key}) for side in ("Start", "End"))
    paragraph.insert(0 if paragraph.find(w("pPr")) is None else 1, start)
    run = etree.Element(w("r"))
    etree.SubElement(run, w("commentReference"), {w("id"): key})
    paragraph.extend([end, run])


def _comment(key: str, lines: Sequence[str]) -> Element:
    comment = etree.Element(w("comment"), {w("id"): key, w("author"): _AUTHOR, w("initials"): _AUTHOR[:2]})
    for line in lines:
        run = etree.SubElement(etree.SubElement(comment, w("p")), w("r"))
        text = etree.SubElement(run, w("t"), {_SPACE: "preserve"})
        text.text = line
    return comment

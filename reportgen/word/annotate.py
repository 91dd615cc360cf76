"""A Word file and remarks with their places in, a copy of the file with a comment of Word at each place out.

A place with a quote and columns is just these words; the runs are cut there, and look as before.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from lxml import etree

from reportgen.word.container import CONTENT_TYPES, pack, part
from reportgen.word.markup import R, W, serialized, w
from reportgen.word.opening import MAIN, RELATIONSHIPS_NS, TYPES_NS, opened
from reportgen.word.places import body
from reportgen.word.stretches import RUN, SPACE, Stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element as Element

    from reportgen.diagnostics import Span
    from reportgen.word.opening import Package, Trees

    Remark = tuple[Span, Sequence[str]]

_AUTHOR: Final = "reportgen"
_KIND: Final = "comments"
_TYPE: Final = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{_KIND}+xml"
_HOLDERS: Final = frozenset(map(w, ("p", "hyperlink", "ins", "moveTo", "smartTag")))


def annotate(data: bytes, path: str, remarks: Iterable[Remark]) -> bytes | None:
    """Put remarks, each some lines of text, as comments into a copy of a file; None if it cannot be opened or is empty.

    A remark on some words of a paragraph is about these words; where they are not found there, about the paragraph.

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
    paragraphs = {} if document is None else {one.number: one.element for one in body(document).places}
    if not paragraphs or comments is None:
        return None
    ids = (str(one.get(w("id"))) for one in comments.iter(w("comment")))
    first = max((int(one) for one in ids if one.isdecimal()), default=-1) + 1
    read: dict[int, Stretches] = {}
    for key, (span, lines) in enumerate(remarks, first):
        here = span.line if span.part == MAIN and span.line in paragraphs else 0
        place = [] if here else [str(span._replace(path="")).strip()]
        comments.append(_comment(str(key), [*filter(None, place), *lines]))
        paragraph = paragraphs[here or 1]
        if here and here not in read:
            read[here] = Stretches(paragraph)
        words = _words(read[here], span) if here and _outermost(paragraph) is paragraph else []
        if words:
            _about(words, str(key))
        else:
            _anchor(_outermost(paragraph), str(key))
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


def _words(paragraph: Stretches, span: Span) -> list[Element]:
    """Give what shows the words of a place, if it has columns and the words stand there."""
    start, end = span.column - 1, span.end_column - 1
    sound = 0 <= start < end and paragraph.text[start:end] == span.quote
    return paragraph.between(start, end) if sound else []


def _about(words: Sequence[Element], key: str) -> None:
    """Let a comment be about some words."""
    start, end, run = _marks(key)
    _held(words[0]).addprevious(start)
    _held(words[-1]).addnext(end)
    end.addnext(run)


def _held(element: Element) -> Element:
    """Give the outermost element around a text that has a place where the marks of a comment may stand beside it."""
    found = element
    for one in element.iterancestors():
        if one.tag in _HOLDERS:
            break
        found = one
    return found


def _anchor(paragraph: Element, key: str) -> None:
    """Let a comment be about a whole paragraph."""
    start, end, run = _marks(key)
    paragraph.insert(0 if paragraph.find(w("pPr")) is None else 1, start)
    paragraph.extend([end, run])


def _marks(key: str) -> tuple[Element, Element, Element]:
    """Make the marks where a comment begins and ends, and the run that calls for it."""
    start, end = (etree.Element(w(f"commentRange{side}"), {w("id"): key}) for side in ("Start", "End"))
    run = etree.Element(RUN)
    etree.SubElement(run, w("commentReference"), {w("id"): key})
    return start, end, run


def _comment(key: str, lines: Sequence[str]) -> Element:
    comment = etree.Element(w("comment"), {w("id"): key, w("author"): _AUTHOR, w("initials"): _AUTHOR[:2]})
    for line in lines:
        run = etree.SubElement(etree.SubElement(comment, w("p")), RUN)
        text = etree.SubElement(run, w("t"), {SPACE: "preserve"})
        text.text = line
    return comment

"""A template's stories and other parts in; the tags that nobody would fill in, and that a reader would see, out."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import unquote

from lxml import etree

from reportgen.diagnostics import Diagnostic, Severity, Span, rule
from reportgen.word.markup import R, w
from reportgen.word.places import body, text_of, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from lxml.etree import _Element as Element

    from reportgen.word.opening import Package, Trees

SIGN: Final = re.compile("[{｛][{｛%％#＃]")
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SAID: Final = (
    w("t"),
    w("instrText"),
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
    f"{_DRAWN}t",
)
_GONE: Final = (w("del"), w("moveFrom"))
_OPEN: Final = "application/vnd.openxmlformats-officedocument"
_OTHER_PARTS: Final = (
    *(f"{_OPEN}.drawingml.{kind}+xml" for kind in ("chart", "chartshapes", "diagramdata")),
    "application/vnd.ms-office.drawingml.diagramdrawing+xml",
    f"{_OPEN}.wordprocessingml.numbering+xml",
    f"{_OPEN}.custom-properties+xml",
)
_braced = cast("Callable[[Element], list[Element]]", etree.XPath("//@*[contains(., '{') or contains(., '｛')]/.."))

NOT_READ = rule(
    "T540",
    "tag-not-read",
    Severity.ERROR,
    "“{text}” stands where no tag is filled in, as in a formula, a chart, a watermark, the code of a field, "
    "the address of a link or a property of the file",
    "move the tag into ordinary text",
)


def said(element: Element, *tags: str) -> str:
    """Read the texts of some kinds in an element, one after the other."""
    return "".join(str(one) for one in element.itertext(*tags, with_tail=False))


def in_story(root: Element, place: Span, spans: Mapping[Element, Span]) -> Iterator[Diagnostic]:
    """Find tags of a story outside the text of its paragraphs, whose places are given; deleted text may hold them."""
    found: dict[tuple[Span, str], None] = {}
    for element, text in (*_in_texts(root, spans), *_in_attributes(root)):
        around = [element, *element.iterancestors()]
        inner = (one for holder in around if holder.tag not in (root.tag, w("body")) for one in holder.iter(w("p")))
        found[next((spans[one] for one in (*around, *inner) if one in spans), place), text] = None
    yield from (NOT_READ.at(span, text=text) for span, text in found)


def _in_texts(root: Element, spans: Mapping[Element, Span]) -> Iterator[tuple[Element, str]]:
    if not SIGN.search(said(root, *_SAID)):
        return
    read = {text for one in spans for text in texts(one)}
    others = (one for one in root.iter(*_SAID) if one not in read and next(one.iterancestors(*_GONE), None) is None)
    for _, left in groupby(others, lambda one: tuple(one.iterancestors(w("p")))):
        first, *more = left
        text = "".join(one.text or "" for one in (first, *more)).strip()
        if SIGN.search(text):
            yield first, text


def _in_attributes(root: Element) -> Iterator[tuple[Element, str]]:
    for element in _braced(root):
        if next(element.iterancestors(*_GONE), None) is None:
            yield from ((element, str(one)) for one in dict.fromkeys(element.values()) if SIGN.search(str(one)))


def elsewhere(package: Package, trees: Trees) -> Iterator[Diagnostic]:
    """Find tags in the charts and diagrams of stories, in lists, in properties and in the addresses of links."""
    for name, kind in package.content_types.items():
        root = trees.get(name) if kind.casefold() in _OTHER_PARTS else None
        for text in () if root is None else dict.fromkeys(_in_part(root)):
            yield NOT_READ.at(_where(package, trees, name), text=text)
    for source, links in package.relationships.items():
        for link in links:
            if link.external and SIGN.search(unquote(link.target)):
                place = _holding(package, trees, source, [link.id]) or package.place(source)
                yield NOT_READ.at(place, text=unquote(link.target))


def _in_part(root: Element) -> Iterator[str]:
    """Give the texts with tags of a part, those of a drawing paragraph by paragraph."""
    paragraph = f"{_DRAWN}p"
    for one in root.iter("{*}*"):
        alone = not len(one) and next(one.iterancestors(paragraph), None) is None
        text = said(one).strip() if alone or one.tag == paragraph else ""
        if SIGN.search(text):
            yield text
    yield from (text for _, text in _in_attributes(root))


def _where(package: Package, trees: Trees, name: str) -> Span:
    """Give the paragraph of a story that shows a part, or the part's own place."""
    for story in package.stories:
        ids = [link.id for link in package.relationships.get(story.part, ()) if link.target == name]
        place = _holding(package, trees, story.part, ids)
        if place:
            return place
    return package.place(name)


def _holding(package: Package, trees: Trees, part: str, ids: Collection[str]) -> Span | None:
    """Give the first paragraph of a part that names one of its links."""
    root = trees.get(part)
    for one in () if root is None else body(root).places:
        named = (inner.items() for inner in one.element.iter("{*}*"))
        if any(str(key).startswith(f"{{{R}}}") and value in ids for items in named for key, value in items):
            quote = text_of(one.element).strip()
            return package.place(part)._replace(line=one.number, cell=one.cell, quote=quote)
    return None

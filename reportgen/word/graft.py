"""The blocks of one Word file in, the same fit to stand in another out: what they lean on is taken along.

Styles are those of the other file where it has one of the name; pictures, links and lists come along; ids are made
the blocks' own. What cannot be taken along is refused by its name.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import chain, count
from typing import TYPE_CHECKING, Final

from lxml import etree

from reportgen.word.markup import R, w, whole

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lxml.etree import _Element as Element

    from reportgen.word.needs import Needs
    from reportgen.word.opening import Package, Relationship

_STYLED: Final = tuple(map(w, ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink")))
_BOOKMARKS: Final = (w("bookmarkStart"), w("bookmarkEnd"))
_CHANGES: Final = "ins del moveFrom moveTo permStart permEnd rPrChange pPrChange"
_NUMBERED: Final = frozenset(map(w, _CHANGES.split()))
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SHAPE: Final = "{urn:schemas-microsoft-com:vml}"
_LEFT_BEHIND: Final = {
    w("footnoteReference"): "a footnote",
    w("endnoteReference"): "an endnote",
    w("commentReference"): "a comment",
    w("sectPr"): "a section break",
}
_EDITS: Final = re.compile(r"\{.*\}(rsid\w*|paraId|textId)")
_FIRST_ID: Final = 1 << 29  # ids of bookmarks and the like begin here, far from those of a template
_LONGEST: Final = 30  # characters of a bookmark's name that are kept; Word takes 40


class Unfit(ValueError):
    """The blocks hold something that cannot stand in another file; the message says what."""


def graft(root: Element, source: Package, part: str, needs: Needs) -> None:
    """Change the blocks below an element of a part of `source` so that they can stand in the story of `needs`.

    `source` has passed the checks of a template. Raises `Unfit`.
    """
    for one in root.iter(*_LEFT_BEHIND):
        raise Unfit(f"it holds {_LEFT_BEHIND[one.tag]}")
    styles = {str(one.get(w("styleId"))): one for one in _tree(source, "styles").iter(w("style"))}
    own = _Graft(source, part, needs, styles, _tree(source, "numbering"))
    own.lean(root)
    own.link(root)
    own.rename(root)


def _tree(package: Package, kind: str) -> Element:
    links = package.relationships.get(package.main, ())
    name = next((link.target for link in links if link.kind == kind), "")
    return etree.fromstring(package.parts[name].data) if name in package.parts else etree.Element(w(kind))


@dataclass(slots=True)
class _Graft:
    """Takes along what the blocks of one file lean on; the maps hold what each id has become."""

    source: Package
    part: str
    needs: Needs
    own_styles: Mapping[str, Element]
    own_lists: Element
    styles: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    waiting: list[Element] = field(default_factory=list)
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def lean(self, root: Element) -> None:
        """Let styles and lists be those of the other file; a name that leads nowhere is left out."""
        self.waiting.append(root)
        while self.waiting:  # what is added leans on more
            added = self.waiting.pop()
            for one in list(added.iter(*_STYLED)):
                self._set(one, self._style(one.get(w("val"), "")))
            for one in list(added.iter(w("numId"))):
                self._set(one, self._list(one.get(w("val"), "")))

    def _set(self, one: Element, value: str) -> None:
        parent = one.getparent()
        assert parent is not None  # noqa: S101 — only what stands in something names a style or a list
        if value:
            one.set(w("val"), value)
        else:
            parent.remove(one)

    def _style(self, key: str) -> str:
        """Give the id of a style in the other file, where it is added with what it leans on if none has its name."""
        own = self.own_styles.get(key)
        if own is None or key in self.styles:
            return self.styles.get(key, "")
        others = self.needs.tree("styles")
        self.known = self.known or {_called(one): str(one.get(w("styleId"))) for one in others.iter(w("style"))}
        if _called(own) in self.known:
            self.styles[key] = self.known[_called(own)]
            return self.styles[key]
        self.styles[key] = self.known[_called(own)] = _free(key, self.known.values())
        copy = deepcopy(own)
        copy.set(w("styleId"), self.styles[key])
        copy.attrib.pop(w("default"), "")
        others.append(copy)
        self.waiting.append(copy)
        return self.styles[key]

    def _list(self, key: str) -> str:
        """Give the number of a list in the other file, where it is added: it goes on with no list that is there."""
        own = next((one for one in self.own_lists.iterchildren(w("num")) if one.get(w("numId")) == key), None)
        copy = deepcopy(own)
        pattern = None if copy is None else copy.find(w("abstractNumId"))
        if copy is None or pattern is None or key in self.lists:
            return self.lists.get(key, "0")
        others = self.needs.tree("numbering")
        self.lists[key] = _next(others, "num", "numId")
        copy.set(w("numId"), self.lists[key])
        pattern.set(w("val"), self._pattern(pattern.get(w("val"), "")))
        others.insert(_end(others, "num"), copy)
        return self.lists[key]

    def _pattern(self, key: str) -> str:
        """Give the number of the pattern of a list in the other file, where it is added."""
        if key not in self.patterns:
            others = self.needs.tree("numbering")
            self.patterns[key] = _next(others, "abstractNum", "abstractNumId")
            for own in self.own_lists.iterchildren(w("abstractNum")):
                if own.get(w("abstractNumId")) == key:
                    copy = deepcopy(own)
                    copy.set(w("abstractNumId"), self.patterns[key])
                    etree.strip_elements(copy, w("nsid"), w("lvlPicBulletId"))
                    others.insert(_end(others, "abstractNum"), copy)
                    self.waiting.append(copy)
        return self.patterns[key]

    def link(self, root: Element) -> None:
        """Let every link lead on from the story of the other file."""
        links = {link.id: link for link in self.source.relationships.get(self.part, ())}
        for one in root.iter():
            for name, key in [(str(name), str(key)) for name, key in one.items()]:
                if name.startswith(f"{{{R}}}") and key:
                    one.set(name, self._linked(links[key]))

    def _linked(self, link: Relationship) -> str:
        if link.kind == "hyperlink":
            return self.needs.address(link.target)
        if link.kind != "image":
            raise Unfit(f"it holds a {link.kind}")
        data, suffix = self.source.parts[link.target].data, link.target.rpartition(".")[2]
        return self.needs.picture(data, suffix, self.source.content_types[link.target])

    def rename(self, root: Element) -> None:
        """Give marks, changes and drawings ids of their own, bookmarks and shapes names of their own."""
        ids: dict[tuple[str, str], str] = {}
        names: dict[str, str] = {}
        shapes: dict[str, str] = {}
        for one in root.iter():
            for name in [name for name in map(str, one.attrib) if _EDITS.fullmatch(name)]:
                del one.attrib[name]
            if one.tag in _BOOKMARKS or one.tag in _NUMBERED:
                kind = "bookmark" if one.tag in _BOOKMARKS else str(one.tag)
                number = ids.setdefault((kind, one.get(w("id"), "")), str(_FIRST_ID + self.needs.number()))
                one.set(w("id"), number)
            if one.tag == _DRAWN:
                one.set("id", str(self.needs.number()))
            elif one.tag == w("bookmarkStart"):
                name = one.get(w("name"), "")
                names[name] = f"{name[:_LONGEST]}_{self.needs.number()}"
                one.set(w("name"), names[name])
            elif str(one.tag).startswith(_SHAPE) and one.get("id"):
                shapes[str(one.get("id"))] = f"{one.get('id')}_{self.needs.number()}"
                one.set("id", shapes[str(one.get("id"))])
        _follow(root, names, shapes)


def _follow(root: Element, names: Mapping[str, str], shapes: Mapping[str, str]) -> None:
    """Let what names a bookmark or a shape name it as it is called now."""
    for one in root.iter():
        anchor, kind = one.get(w("anchor"), ""), str(one.get("type", ""))
        if anchor in names:
            one.set(w("anchor"), names[anchor])
        if kind.startswith("#") and kind[1:] in shapes:
            one.set("type", f"#{shapes[kind[1:]]}")
        if one.tag == w("instrText") and one.text:
            one.text = re.sub(r"\w+", lambda word: names.get(word[0], word[0]), one.text)
        if one.tag == w("fldSimple"):
            said = one.get(w("instr"), "")
            one.set(w("instr"), re.sub(r"\w+", lambda word: names.get(word[0], word[0]), said))


def _called(style: Element) -> tuple[str, str]:
    """Give the kind and the name of a style; names that Word made differ in capitals from file to file."""
    name = style.find(w("name"))
    return style.get(w("type"), ""), "" if name is None else str(name.get(w("val"))).casefold()


def _free(wanted: str, taken: Collection[str]) -> str:
    names = chain([wanted], (f"{wanted}{at}" for at in count(1)))
    return next(name for name in names if name not in taken)


def _next(root: Element, tag: str, name: str) -> str:
    return str(max((whole(one.get(w(name))) or 0 for one in root.iterchildren(w(tag))), default=0) + 1)


def _end(root: Element, tag: str) -> int:
    """Give the index behind the last child of a tag: patterns of lists stand before the lists."""
    order = [w("numPicBullet"), w("abstractNum"), w("num")]
    before = order[: order.index(w(tag)) + 1]
    return sum(one.tag in before for one in root)

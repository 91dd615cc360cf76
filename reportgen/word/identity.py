"""A package in; what points to nothing in it, what has the name or number of another, and words unexplained, out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

from reportgen.diagnostics import N_, Severity, rule
from reportgen.word.markup import R, W, local, w
from reportgen.word.structure import LACKING, MISPLACED, TWICE, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element

    from reportgen.word.opening import Package, Trees

NOWHERE = rule(
    "T169",
    "points-nowhere",
    Severity.ERROR,
    N_("“{element}” points here to number {id}, which the file does not hold"),
    N_("delete the mark in Word and insert it once more"),
)
UNEXPLAINED = rule(
    "T172",
    "unexplained-prefix",
    Severity.ERROR,
    N_("the prefix “{prefix}” is used here, and nothing says what it means"),
    N_("open the file in Word and save it as .docx; if Word cannot open it either, go back to an earlier copy"),
)

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ONE_EACH: Final = [
    "styles",
    "settings",
    "webSettings",
    "fontTable",
    "theme",
    "numbering",
    "footnotes",
    "endnotes",
    "comments",
]
_LISTED: Final = {
    "footnoteReference": ("footnotes", "footnote"),
    "endnoteReference": ("endnotes", "endnote"),
}
_POINTING: Final = tuple(map(w, _LISTED))
_UNIQUE: Final = {
    **{w(name): w("id") for name in ("footnote", "endnote", "comment")},
    w("style"): w("styleId"),
    w("abstractNum"): w("abstractNumId"),
    w("num"): w("numId"),
}
_SPACES: Final = ("http://schemas.", "urn:schemas-microsoft-com:", "http://www.w3.org/XML/1998/namespace")
_foreign = cast(
    "Callable[[Element], list[Any]]",
    etree.XPath(
        # one walk: to put the findings of several in order, libxml2 takes time with the square of the rows
        "//*[self::w:p or self::w:r or self::w:tr or self::w:tc or self::w:tbl or self::w:body]"
        "/@w:*[not(starts-with(local-name(), 'rsid'))]",
        namespaces={"w": W},
    ),
)
_explaining = cast(
    "Callable[[Element], list[Element]]",
    etree.XPath("//*[@mc:Ignorable or @mc:MustUnderstand or @Requires]", namespaces={"mc": _MC[1:-1]}),
)


def faults(package: Package, trees: Trees, name: str, root: Element) -> Iterator[Fault]:
    """Find what is wrong with the numbers and names of one part, and with what they point to in others."""
    yield from _twice(root)
    yield from _pointing(package, trees, name, root)
    yield from _prefixes(root)
    yield from _lists(root)


def repeated(package: Package) -> Iterator[str]:
    """Give the parts that the main document may have once and has more of, by their kinds."""
    kinds = [link.kind for link in package.relationships.get(package.main, ())]
    return (kind for kind in _ONE_EACH if kinds.count(kind) > 1)


def _twice(root: Element) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for element in root.iter(*_UNIQUE):
        key = (local(element), str(element.get(_UNIQUE[str(element.tag)], "")))
        if key in seen and key[1]:
            yield Fault(element, TWICE, {"name": " ".join(key)})
        seen.add(key)
    for element in root.iter(f"{_MC}AlternateContent"):
        if element.find(f"{_MC}Choice") is None:
            yield Fault(element, LACKING, {"element": "AlternateContent", "name": "Choice"})
        if len(element.findall(f"{_MC}Fallback")) > 1:
            yield Fault(element, TWICE, {"name": "Fallback"})


def _pointing(package: Package, trees: Trees, name: str, root: Element) -> Iterator[Fault]:
    links = package.relationships.get(name, ())
    kinds = {link.id: link.kind for link in links}
    known: dict[str, set[str]] = {}
    for element in root.iter(*_POINTING):
        kind, listed = _LISTED[local(element)]
        if kind not in known:
            roots = (trees.get(link.target) for link in links if link.kind == kind)
            known[kind] = {
                str(one.get(w("id"))) for of in roots if of is not None for one in of.iterchildren(w(listed))
            }
        if (number := element.get(w("id"))) and number not in known[kind]:
            yield Fault(element, NOWHERE, {"element": local(element), "id": number})
    for element in root.iter(w("headerReference"), w("footerReference")):
        key = str(element.get(f"{{{R}}}id"))
        if key in kinds and kinds[key] != local(element).removesuffix("Reference"):
            yield Fault(element, NOWHERE, {"element": local(element), "id": key})


def _prefixes(root: Element) -> Iterator[Fault]:
    ignored: set[str | None] = set()
    for element in _explaining(root):
        said = {
            key: str(element.get(key, "")).split() for key in (f"{_MC}Ignorable", f"{_MC}MustUnderstand", "Requires")
        }
        ignored |= {element.nsmap.get(prefix) for prefix in said[f"{_MC}Ignorable"]}
        for prefix in (one for words in said.values() for one in words if one not in element.nsmap):
            yield Fault(element, UNEXPLAINED, {"prefix": prefix})
    for attribute in _foreign(root):
        element = attribute.getparent()
        yield Fault(element, MISPLACED, {"element": attribute.attrname.rpartition("}")[2], "holder": local(element)})
    declared = (str(space) for _, (_, space) in etree.iterwalk(root, events=("start-ns",)))
    for element in () if all(space.startswith(_SPACES) for space in declared) else root.iter("*"):
        for key in map(str, element.attrib):
            space, _, attribute = key[1:].rpartition("}")
            if space and not space.startswith(_SPACES) and space not in ignored:
                yield Fault(element, MISPLACED, {"element": attribute, "holder": local(element)})


def _lists(root: Element) -> Iterator[Fault]:
    """Find numbers whose list is missing, in the part that holds both."""
    lists = {one.get(w("abstractNumId")) for one in root.iterchildren(w("abstractNum"))}
    for number in root.iterchildren(w("num")):
        of = number.find(w("abstractNumId"))
        if of is None:
            yield Fault(number, LACKING, {"element": "num", "name": "abstractNumId"})
        elif of.get(w("val")) not in lists:
            yield Fault(number, NOWHERE, {"element": "num", "id": of.get(w("val"))})

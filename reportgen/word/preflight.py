"""What a template may hold: an opened package goes in; parts, links, fields and elements not allowed come out.

All lists name what is allowed; only elements are refused by name, because Word's own are too many to list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, cast

from lxml import etree

from reportgen.diagnostics import N_, Diagnostic, Severity, Span, rule
from reportgen.word import identity, structure
from reportgen.word.container import CONTENT_TYPES
from reportgen.word.markup import STRICT, R, local, w
from reportgen.word.opening import STRICT_FORM, Package, Relationship, Trees
from reportgen.word.places import Place, body, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element

WRONG_ROOT = rule(
    "T116",
    "wrong-root",
    Severity.ERROR,
    N_("this part begins with “{found}” where its type asks for “{expected}”"),
    N_("open the file in Word and save it as .docx"),
)
CONTENT_TYPE = rule(
    "T118",
    "content-type",
    Severity.ERROR,
    N_("a template may not hold a part of the type {type} (macros, embedded objects and the like)"),
    N_("remove the object or the macro in Word and save the file as .docx"),
)
NO_CONTENT_TYPE = rule(
    "T119",
    "no-content-type",
    Severity.ERROR,
    N_("the file does not say what type this part is of"),
    N_("open the file in Word and save it as .docx"),
)
EXTERNAL = rule(
    "T120",
    "external-link",
    Severity.ERROR,
    N_("this part fetches something from outside the file: {target}"),
    N_("insert the picture into the document itself; of links only http, https and mailto are allowed"),
)
ATTACHED_TEMPLATE = rule(
    "T121",
    "attached-template",
    Severity.ERROR,
    N_("the document is tied to a template on someone's computer: {target}"),
    N_("in Word choose Developer tools, Document template, and there Normal.dotm"),
)
LINK_KIND = rule(
    "T122",
    "relationship-kind",
    Severity.ERROR,
    N_("a template may not hold a “{kind}” ({target})"),
    N_("remove the embedded object, macro or control in Word"),
)
LEADS_NOWHERE = rule(
    "T123",
    "missing-target",
    Severity.ERROR,
    N_("this part needs {target}, which the file does not hold"),
    N_("open the file in Word and save it as .docx"),
)
FIELD = rule(
    "T124",
    "field",
    Severity.ERROR,
    N_("a template may not hold the field “{field}”"),
    N_("in Word click into the field and press Ctrl+Shift+F9: it becomes plain text"),
)
ELEMENT = rule(
    "T125",
    "embedded-object",
    Severity.ERROR,
    N_("a template may not hold a “{element}” (an embedded object, a control or another document)"),
    N_("remove it in Word, or paste it as a picture"),
)
USED_OTHERWISE = rule(
    "T130",
    "wrong-content-type",
    Severity.ERROR,
    N_("this part serves as “{kind}”, but its type is {type}"),
    N_("open the file in Word and save it as .docx"),
)
DANGLING = rule(
    "T128",
    "dangling-id",
    Severity.ERROR,
    N_("something here refers to “{id}”, which is not in the list of this part's links"),
    N_("remove the picture or link here and insert it once more"),
)

NO_PICTURE = rule(
    "T171",
    "damaged-picture",
    Severity.ERROR,
    N_("this picture is damaged: the file holds nothing that is a picture"),
    N_("insert the picture in Word once more"),
)

MOST = 100

_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PACKAGE = "application/vnd.openxmlformats-package."
_ROOTS = {
    f"{_WML}document.main+xml": "document",
    f"{_WML}header+xml": "hdr",
    f"{_WML}footer+xml": "ftr",
    f"{_WML}footnotes+xml": "footnotes",
    f"{_WML}endnotes+xml": "endnotes",
    f"{_WML}styles+xml": "styles",
    f"{_WML}settings+xml": "settings",
    f"{_WML}webSettings+xml": "webSettings",
    f"{_WML}fontTable+xml": "fonts",
    f"{_WML}numbering+xml": "numbering",
    f"{_WML}comments+xml": "comments",
    f"{_WML}document.glossary+xml": "glossaryDocument",
    f"{_OFFICE}theme+xml": "theme",
    f"{_OFFICE}extended-properties+xml": "Properties",
    f"{_OFFICE}custom-properties+xml": "Properties",
    f"{_PACKAGE}core-properties+xml": "coreProperties",
    f"{_PACKAGE}relationships+xml": "Relationships",
}
_TEXTS = ["document.main", "header", "footer", "footnotes", "endnotes", "comments", "styles", "numbering"]
_WRITTEN = {f"{_WML}{kind}+xml" for kind in _TEXTS}
_SERVING = {
    **{kind: f"{_WML}{kind}+xml" for kind in ("header", "footer", "footnotes", "endnotes", "comments")},
    **{kind: f"{_WML}{kind}+xml" for kind in ("styles", "settings", "webSettings", "numbering", "fontTable")},
    **{kind: f"{_OFFICE}{kind}+xml" for kind in ("theme", "extended-properties", "custom-properties")},
    "core-properties": f"{_PACKAGE}core-properties+xml",
}
_OTHER_XML = {
    "application/xml",
    "text/xml",
    *(f"{_WML}{name}+xml" for name in ("commentsExtended", "commentsExtensible", "commentsIds", "people")),
    *(f"{_OFFICE}{name}+xml" for name in ("customXmlProperties", "themeOverride")),
    *(f"{_OFFICE}drawingml.{name}+xml" for name in ("chart", "chartshapes")),
    *(f"{_OFFICE}drawingml.diagram{name}+xml" for name in ("Colors", "Data", "Layout", "Style")),
    "application/vnd.ms-word.stylesWithEffects+xml",
    *(f"application/vnd.ms-office.{name}+xml" for name in ("chartcolorstyle", "chartstyle", "classificationlabels")),
    *(f"application/vnd.ms-office.{name}+xml" for name in ("drawingml.diagramDrawing", "intelligence2")),
}
_OTHER_TYPES = {
    *(f"image/{name}" for name in ("bmp", "emf", "gif", "jpeg", "jpg", "pjpeg", "png", "tiff", "wmf")),
    *(f"image/{name}" for name in ("vnd.ms-photo", "x-bmp", "x-emf", "x-png", "x-wmf")),
    *(f"application/{name}" for name in ("x-font-ttf", "x-font-otf", "x-fontdata")),
    *(f"{_OFFICE}{name}" for name in ("obfuscatedFont", "wordprocessingml.printerSettings")),
    "font/ttf",
    "font/otf",
}
_PICTURES = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II\xbc"),
    *(b"\1\0\0\0", b"\xd7\xcd\xc6\x9a", b"\1\0\x09\0", b"\2\0\x09\0"),
)
_TYPES = {kind.casefold(): kind for kind in (*_ROOTS, *_OTHER_XML, *_OTHER_TYPES)}
_LINKS = (
    "officeDocument core-properties extended-properties custom-properties thumbnail classificationlabels "
    "styles stylesWithEffects settings webSettings fontTable font theme themeOverride numbering printerSettings "
    "header footer footnotes endnotes comments commentsExtended commentsExtensible commentsIds people intelligence "
    "glossaryDocument customXml customXmlProps image hdphoto hyperlink chart chartUserShapes chartStyle "
    "chartColorStyle diagramColors diagramData diagramDrawing diagramLayout diagramQuickStyle"
)
_FIELD_WORDS = (
    "AUTHOR AUTONUM CREATEDATE DATE DOCPROPERTY EQ FORMCHECKBOX FORMDROPDOWN FORMTEXT HYPERLINK KEYWORDS LISTNUM "
    "NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF REF SAVEDATE SECTION SECTIONPAGES SEQ SHAPE STYLEREF SUBJECT "
    "SYMBOL TC TIME TITLE TOC XE"
)
_KINDS, _FIELDS = set(_LINKS.split()), set(_FIELD_WORDS.split())
_ELEMENTS = [
    *map(w, ("altChunk", "control", "frameset", "mailMerge", "movie", "object", "saveThroughXslt", "subDoc")),
    "{urn:schemas-microsoft-com:office:office}OLEObject",
]
_CHAR, _SIMPLE, _TEXT, _CODES = w("fldChar"), w("fldSimple"), w("t"), [w("instrText"), w("delInstrText")]
_VML = "{urn:schemas-microsoft-com:vml}*"
_FETCHED = ("src", "{urn:schemas-microsoft-com:office:office}href", "{urn:schemas-microsoft-com:office:office}althref")
_WEB = re.compile(r"(https?://|mailto:)\S", re.IGNORECASE)
_SWITCH = re.compile(r"\\[A-Za-z*@#!]")
_ARGUMENT = re.compile(r"\"[^\"]*\"?|\S+")
_REFERRING = cast("Callable[[Element], list[Element]]", etree.XPath("//@r:*/..", namespaces={"r": R}))
_SHOWN = 60
_WITH_VALUE = ("\\l", "\\o", "\\t", "\\*")


def check(package: Package, trees: Trees) -> list[Diagnostic]:
    """Find what a template may not hold, up to MOST findings a part, and every part whose XML is broken."""
    found: list[Diagnostic] = []
    for name, part in package.parts.items():
        kind = _known(package, name)
        found += _content_type(package, name, kind)
        if kind in _ROOTS or kind in _OTHER_XML or name.casefold().endswith((".xml", ".rels")):
            root = trees.get(name)
            if STRICT.encode() in part.data:
                found.append(STRICT_FORM.at(package.place(name)))
            elif root is not None:
                found += islice(_content(package, trees, name, root), MOST)
    for source, links in package.relationships.items():
        found += islice((one for link in links for one in _link(package, source, link)), MOST)
    found += [structure.TWICE.at(package.place(package.main), name=kind) for kind in identity.repeated(package)]
    return found


def _known(package: Package, name: str) -> str:
    """Give the content type of a part if it is allowed, in the letters of the list, or an empty text."""
    return _TYPES.get(package.content_types.get(name, "").casefold(), "")


def _content_type(package: Package, name: str, kind: str) -> Iterator[Diagnostic]:
    if name == CONTENT_TYPES or not package.content_types:  # that there is no list of types is said once
        return
    if name not in package.content_types:
        yield NO_CONTENT_TYPE.at(package.place(name))
    elif kind.startswith("image/") and not package.parts[name].data.startswith(_PICTURES):
        yield NO_PICTURE.at(package.place(name))
    elif not kind or (name == package.main and _ROOTS.get(kind) != "document"):
        yield CONTENT_TYPE.at(package.place(name), type=package.content_types[name])


def _content(package: Package, trees: Trees, name: str, root: Element) -> Iterator[Diagnostic]:
    expected = _ROOTS.get(_known(package, name))
    if expected and local(root) != expected:
        yield WRONG_ROOT.at(package.place(name), found=local(root), expected=expected)
        return
    here = _Here(package, name, root)
    if _known(package, name) in _WRITTEN:
        for fault in (*structure.faults(root), *identity.faults(package, trees, name, root)):
            yield fault.broken.at(here.of(fault.element), **fault.values)
    for element in root.iter(*_ELEMENTS):
        yield ELEMENT.at(here.of(element), element=local(element))
    for element in root.iter(_VML):
        yield from (EXTERNAL.at(here.of(element), target=target) for target in _fetched(element))
    for element, code in _fields(root):
        yield from (FIELD.at(here.of(element), field=word) for word in _refused(code))
    known = {link.id for link in package.relationships.get(name, ())}
    for element in _REFERRING(root):
        for attribute, value in element.items():
            if str(attribute).startswith(f"{{{R}}}") and value and value not in known:
                yield DANGLING.at(here.of(element), id=value)


class _Here:
    """The Word place of an element of one part; paragraphs are only counted when something is wrong."""

    def __init__(self, package: Package, name: str, root: Element) -> None:
        self.place = package.place(name)
        self.root = root
        self._places: dict[Element, Place] | None = None

    def of(self, element: Element) -> Span:
        if self._places is None:
            self._places = {place.element: place for place in body(self.root).places}
        around = [element, *element.iterancestors()]
        inner = (one for holder in around[:-2] for one in holder.iter(w("p")))
        for one in (*around, *inner, *element.itersiblings()):
            if one in self._places:
                found = self._places[one]
                quote = text_of(found.element)
                return Span(self.place.path, found.number, part=self.place.part, cell=found.cell, quote=quote)
        return self.place


def _fetched(element: Element) -> Iterator[str]:
    yield from (str(element.get(name)) for name in _FETCHED if element.get(name))
    target = str(element.get("href", ""))
    if target and not harmless(target):
        yield target


def harmless(target: str) -> bool:
    """Whether nothing happens at an address until a reader goes there: a web page, a mail, a place in the document."""
    return target.startswith("#") or bool(_WEB.match(target))


@dataclass(slots=True)
class _Field:
    element: Element
    code: list[str] = field(default_factory=list)
    separated: bool = False


def _fields(root: Element) -> Iterator[tuple[Element, str]]:
    """Give the first run and the instruction of every field, joined over runs; a field inside it shows as `{`."""
    nest: list[_Field] = []
    for element in root.iter(_CHAR, _SIMPLE, _TEXT, *_CODES):
        if element.tag == _TEXT and not nest:
            continue
        inner = nest[-1] if nest else _Field(element)
        kind = element.get(w("fldCharType"))
        if element.tag == _SIMPLE:
            yield element, str(element.get(w("instr"), ""))
        elif element.tag in _CODES and not nest:
            yield element, element.text or ""
        elif element.tag in _CODES or (element.tag == _TEXT and not inner.separated):
            inner.code.append(element.text or "")
        elif kind == "begin":
            inner.code.append("{")
            nest.append(_Field(element))
        elif kind == "separate":
            inner.separated = True
        elif kind == "end" and nest:
            yield inner.element, "".join(nest.pop().code)
    yield from ((one.element, "".join(one.code)) for one in nest)


def _refused(code: str) -> Iterator[str]:
    word = code.split(maxsplit=1)[0] if code.strip() else ""
    if word.startswith("="):
        return
    if word.upper() not in _FIELDS:
        yield word[:_SHOWN]
    elif word.upper() == "HYPERLINK":
        arguments = iter(_ARGUMENT.findall(code.strip()[len(word) :]))
        for one in arguments:
            if _SWITCH.fullmatch(one):
                next(arguments if one.lower() in _WITH_VALUE else iter(()), None)
            elif not harmless(one.strip('"')):
                yield f"{word} {one}"[:_SHOWN]


def _link(package: Package, source: str, link: Relationship) -> Iterator[Diagnostic]:
    place = package.place(source) if source else Span(package.path)
    if link.kind == "attachedTemplate":
        yield ATTACHED_TEMPLATE.at(place, target=link.target)
    elif link.kind not in _KINDS:
        yield LINK_KIND.at(place, kind=link.kind, target=link.target)
    elif link.external:
        if link.kind != "hyperlink" or not harmless(link.target):
            yield EXTERNAL.at(place, target=link.target)
    elif link.target not in package.parts:
        if not link.target.startswith("#"):
            yield LEADS_NOWHERE.at(place, target=link.target)
    elif _known(package, link.target) not in ("", _SERVING.get(link.kind, _known(package, link.target))):
        kind = package.content_types[link.target]
        yield USED_OTHERWISE.at(package.place(link.target), kind=link.kind, type=kind)

"""The tree of one part in; what stands in it where Word allows nothing of its kind out, each element with its fault.

Known are the elements that a body, a table, a paragraph and a run are built of, and the order of their properties;
what pictures, formulas and other languages inside a document hold is left to them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reportgen.diagnostics import N_, Rule, Severity, rule
from reportgen.word.markup import R, local, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

MISPLACED = rule(
    "T166",
    "misplaced",
    Severity.ERROR,
    N_("“{element}” stands here inside “{holder}”, where Word allows none"),
    N_("open the file in Word and save it as .docx; if Word cannot open it either, go back to an earlier copy"),
)
LACKING = rule(
    "T167",
    "lacking",
    Severity.ERROR,
    N_("“{element}” lacks its “{name}” here"),
    N_("open the file in Word and save it as .docx; if Word cannot open it either, go back to an earlier copy"),
)
TWICE = rule(
    "T168",
    "here-twice",
    Severity.ERROR,
    N_("“{name}” is here twice, where Word allows it once"),
    N_("open the file in Word and save it as .docx; if Word cannot open it either, go back to an earlier copy"),
)
BAD_VALUE = rule(
    "T170",
    "bad-value",
    Severity.ERROR,
    N_("“{value}” is nothing that “{name}” can be"),
    N_("open the file in Word and save it as .docx; if Word cannot open it either, go back to an earlier copy"),
)


class Fault(NamedTuple):
    """An element at fault, the rule that it breaks, and the values of its message."""

    element: Element
    broken: Rule
    values: Mapping[str, Any]


_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FOREIGN: Final = (_MC, _MATH, "{http://schemas.microsoft.com/office/word/", "{http://schemas.microsoft.com/office/2")
_RANGES: Final = (
    "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart "
    "moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd "
    "customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd proofErr "
    "permStart permEnd ins del moveFrom moveTo sdt customXml "
)
_BLOCKS: Final = f"{_RANGES}p tbl altChunk"
_INLINE: Final = f"{_RANGES}pPr r hyperlink fldSimple smartTag dir bdo subDoc"
_HOLDERS: Final = {
    "document": "background body",
    "body": f"{_BLOCKS} sectPr",
    **dict.fromkeys(("hdr", "ftr", "footnote", "endnote", "comment", "txbxContent"), _BLOCKS),
    "footnotes": "footnote",
    "endnotes": "endnote",
    "comments": "comment",
    "tbl": f"{_RANGES}tblPr tblGrid tr",
    "tr": f"{_RANGES}tblPrEx trPr tc",
    "tc": f"{_BLOCKS} tcPr",
    "p": _INLINE,
    **dict.fromkeys(("rt", "rubyBase"), _INLINE),
    "sdt": f"{_RANGES}sdtPr sdtEndPr sdtContent",
    "r": (
        "rPr br t contentPart delText instrText delInstrText noBreakHyphen softHyphen dayShort monthShort yearShort "
        "dayLong monthLong yearLong annotationRef footnoteRef endnoteRef separator continuationSeparator sym pgNum cr "
        "tab object pict fldChar ruby footnoteReference endnoteReference commentReference drawing ptab control movie "
        "lastRenderedPageBreak"
    ),
    "tblGrid": "gridCol tblGridChange",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "trPr": (
        "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden ins "
        "del trPrChange"
    ),
}
_CHILDREN: Final = {w(holder): frozenset(map(w, names.split())) for holder, names in _HOLDERS.items()}
_OPEN: Final = frozenset(
    {
        *map(w, ("sdtContent", "customXml", "smartTag", "ins", "del", "moveFrom", "moveTo", "hyperlink", "fldSimple")),
        *map(w, ("dir", "bdo")),
        f"{_MC}Choice",
        f"{_MC}Fallback",
        f"{_MC}AlternateContent",
    }
)
_OWN: Final = frozenset(map(w, ("customXmlPr", "smartTagPr", "fldData")))
_PROPERTIES: Final = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
        "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
        "vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
        "headers cellIns cellDel cellMerge tcPrChange"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
    ),
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
        "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
    ),
}
ORDER: Final = {
    w(holder): {w(name): at for at, name in enumerate(names.split(), 1)} for holder, names in _PROPERTIES.items()
}
"""The places that the properties of a paragraph, a run, a cell, a table and a section have among each other."""
ORDER[w("sectPr")][w("headerReference")] = ORDER[w("sectPr")][w("footerReference")]
_REPEATED: Final = frozenset(map(w, ("headerReference", "footerReference")))
_BODY, _SECTION = w("body"), w("sectPr")
_SHOWN: Final = 60  # letters of a text that stands where none may
_ALONE: Final = frozenset(map(w, ("pPr", "rPr", "tcPr")))
_BEFORE: Final = {
    w(late): frozenset(map(w, early.split()))
    for late, early in (
        ("tblPr", "tblPr tblGrid tr"),
        ("tblGrid", "tblGrid tr"),
        ("trPr", "trPr tc"),
        ("abstractNum", "num"),
        ("body", "body"),
    )
}
_NEEDED: Final = {
    w("bookmarkStart"): (w("id"), w("name")),
    **dict.fromkeys(map(w, ("bookmarkEnd", "commentRangeStart", "commentRangeEnd")), (w("id"),)),
    **dict.fromkeys(map(w, ("footnoteReference", "endnoteReference", "commentReference")), (w("id"),)),
    **dict.fromkeys(map(w, ("footnote", "endnote")), (w("id"),)),
    **dict.fromkeys(map(w, ("headerReference", "footerReference")), (f"{{{R}}}id",)),
    **dict.fromkeys(map(w, ("comment", "ins", "del", "moveFrom", "moveTo")), (w("id"), w("author"))),
    w("abstractNum"): (w("abstractNumId"),),
    w("num"): (w("numId"),),
    f"{_MC}Choice": ("Requires",),
}
_NUMBER, _MEASURE = "-?[0-9]+", "-?[0-9]+(?:[.][0-9]+)?(?:%|mm|cm|in|pt|pc|pi)?"
_JC: Final = "start|center|end|both|mediumKashida|distribute|numTab|highKashida|lowKashida|thaiDistribute|left|right"
_DATE: Final = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T[0-9:.]+(?:Z|[-+][0-9:]+)?"
_VALUES: Final = {
    (w(element), w(attribute)): re.compile(form)
    for form, attribute, names in (
        (_NUMBER, "val", "gridSpan gridBefore gridAfter ilvl numId outlineLvl id"),
        (_NUMBER, "id", "footnote endnote comment footnoteReference endnoteReference commentReference bookmarkStart"),
        (_MEASURE, "val", "sz szCs kern position"),
        (_MEASURE, "w", "gridCol tcW tblW tblInd pgSz"),
        (_JC, "val", "jc"),
        ("continue|restart", "val", "vMerge hMerge"),
        ("begin|separate|end", "fldCharType", "fldChar"),
        ("normal|separator|continuationSeparator|continuationNotice", "type", "footnote endnote"),
        ("paragraph|character|table|numbering", "type", "style"),
        ("default|first|even", "type", "headerReference footerReference"),
        (_DATE, "date", "ins del moveFrom moveTo comment"),
    )
    for element in names.split()
}
_VALUES[w("t"), "{http://www.w3.org/XML/1998/namespace}space"] = re.compile("default|preserve")
_VALUED: Final = {element: [one for one in _VALUES if one[0] == element] for element, _ in _VALUES}


def faults(root: Element) -> Iterator[Fault]:
    """Find everything in the tree of a part with text that Word would not open."""
    spaces = (root.nsmap.get(prefix) for prefix in root.get(f"{_MC}Ignorable", "").split())
    foreign = (*_FOREIGN, *(f"{{{space}}}" for space in spaces if space))
    for element in root.iter("*"):
        tag = str(element.tag)
        if tag in ORDER:
            yield from _properties(element, foreign)
        elif tag in _CHILDREN or tag in _OPEN:
            yield from _inside(element, foreign)
        for name in _NEEDED.get(tag, ()):
            if not element.get(name) and not _is_mark(element):
                yield Fault(element, LACKING, {"element": local(element), "name": name.rpartition("}")[2]})
        for key in _VALUED.get(tag, ()):
            value = element.get(key[1])
            if value is not None and not _VALUES[key].fullmatch(value):
                yield Fault(element, BAD_VALUE, {"name": local(element), "value": value})


def _is_mark(element: Element) -> bool:
    """Whether an element is a mark of another kind: those of math have no author."""
    parent = element.getparent()
    return parent is not None and str(parent.tag).startswith(_MATH)


def _inside(holder: Element, foreign: tuple[str, ...]) -> Iterator[Fault]:
    allowed = _allowed(holder)
    if allowed is None:
        return
    if holder.tag == w("document") and holder.find(_BODY) is None:
        yield Fault(holder, LACKING, {"element": "document", "name": "body"})
        return
    passed: set[str] = set()
    said = [holder.text or ""]
    for child in holder.iterchildren("*"):
        tag = str(child.tag)
        said.append(child.tail or "")
        known = tag in allowed or tag in _OWN or tag.startswith(foreign)
        late = bool(passed) if tag in _ALONE else tag in _BEFORE and not passed.isdisjoint(_BEFORE[tag])
        if not known or late or (_SECTION in passed and holder.tag == _BODY):
            yield Fault(child, MISPLACED, {"element": local(child), "holder": local(holder)})
            passed.discard(_SECTION)
        else:
            passed.add(tag)
    if letters := "".join(said).strip():
        yield Fault(holder, MISPLACED, {"element": letters[:_SHOWN], "holder": local(holder)})


def _allowed(holder: Element) -> frozenset[str] | None:
    """Give what may stand in an element; one that is open to many things may hold what is allowed around it."""
    around: Element | None = holder
    while around is not None and around.tag in _OPEN:
        around = around.getparent()
        if around is not None and around.tag == w("sdt"):
            around = around.getparent()
    return None if around is None or (around.tag == w("document") != holder.tag) else _CHILDREN.get(str(around.tag))


def _properties(holder: Element, foreign: tuple[str, ...]) -> Iterator[Fault]:
    order = ORDER[str(holder.tag)]
    seen: set[str] = set()
    for child in holder.iterchildren("*"):
        tag = str(child.tag)
        if tag not in order and not tag.startswith(foreign):
            yield Fault(child, MISPLACED, {"element": local(child), "holder": local(holder)})
        elif tag in seen and tag not in _REPEATED:
            yield Fault(child, TWICE, {"name": local(child)})
        seen.add(tag)

"""The tree of one story (body, header, footer, notes) in, the pieces of its template out, in their order.

A tag leaves a marker in the tree: two noncharacters around its number. The tree is written and cut at the markers; the
literal XML between the tags never meets the language's parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from lxml import etree

from reportgen.diagnostics import Diagnostic, Severity, Span, rule
from reportgen.language import Text
from reportgen.word import ranges
from reportgen.word.grid import fit
from reportgen.word.guard import mend
from reportgen.word.joins import join
from reportgen.word.markers import MARKER, OPEN, Cut, sound
from reportgen.word.markup import w
from reportgen.word.pictures import rooms
from reportgen.word.places import body, text_of
from reportgen.word.tags import paragraph
from reportgen.word.unread import SIGN, in_story, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element as Element

    from reportgen.language import Piece
    from reportgen.word.places import Place

RESERVED_SIGNS: Final = re.compile("[\ufdd0-\ufdef\U000f0000-\U0010ffff]")
_MAY_BE_RESERVED: Final = (b"\xef\xb7", b"\xf3", b"\xf4", b"&#")
_DECLARES: Final = b"xmlns"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BLOCKS: Final = (w("p"), w("tbl"), w("sdt"))
_TRACES: Final = ("proofErr", "lastRenderedPageBreak")
# In XML as it is written here, nothing but a tag goes on to a `>` before another `<`.
_EDITS: Final = re.compile(r' \w+:(?:rsid\w*|paraId|textId)="[^"]*"(?=[^<>]*>)')
_blanks = cast(
    "Callable[[Element], list[Any]]",
    etree.XPath(
        "//text()[normalize-space() = '' and not(parent::*[contains('|t|delText|instrText|delInstrText|',"
        " concat('|', local-name(), '|'))])]",
    ),
)

RESERVED = rule(
    "T535",
    "reserved-character",
    Severity.ERROR,
    "the text holds the character {code}, which is kept for the program's own use",
    "delete it; it may be invisible",
)
PREFIX_TWICE = rule(
    "T541",
    "prefix-twice",
    Severity.ERROR,
    "the XML of this part uses the prefix “{prefix}” in two meanings",
    "open the file in Word or WPS and save it as .docx",
)


Mender = Callable[[str], str]
"""Puts right in the XML of a filled story what its tags may have left behind."""


class Pieces(NamedTuple):
    """A story cut at its tags, and who must put it right when it is filled in."""

    pieces: list[Piece]
    menders: tuple[Mender, ...] = ()


def cut(root: Element, data: bytes, place: Span, headings: Mapping[str, int]) -> tuple[Pieces, list[Diagnostic]]:
    """Cut a story, the tree of `data`, into pieces; `headings` maps ids of styles to the level of their numeral.

    The tree is used up.
    """
    _clean(root)
    places = body(root).places
    refused = list(_declared_once(root, place)) if data.count(_DECLARES) > len(root.nsmap) else []
    if any(sign in data for sign in _MAY_BE_RESERVED):
        refused += _reserved(root, place, places)
    if refused:
        return Pieces([]), refused
    state = Cut(place, headings, rooms(root))
    spans = {one.element: paragraph(one, state) for one in places}
    unread = list(in_story(root, place, spans))
    join(state)
    _complete(root)
    _unbind(root)
    whole = all(sound(one, state) for one in state.thinned)
    menders = (() if whole else (mend,)) + ((fit,) if state.spread else ())
    xml = _EDITS.sub("", etree.tostring(root, encoding="unicode"))
    pieces, torn = ranges.whole(list(_assembled(xml, state.pieces)))
    return Pieces(pieces, menders), [*state.found, *unread, *torn]


def _clean(root: Element) -> None:
    """Take out what an editor left behind: spelling marks, blanks, and stand-ins of text with tags."""
    for alternatives in list(root.iter(f"{_MC}AlternateContent")):
        if SIGN.search(said(alternatives, w("t"))):
            alternatives[:] = alternatives.findall(f"{_MC}Choice")[:1]
    for trace in list(root.iter(*map(w, _TRACES))):
        parent = trace.getparent()
        assert parent is not None  # noqa: S101 — a trace stands in a paragraph
        parent.remove(trace)
    for blank in _blanks(root):
        if blank.is_tail:
            blank.getparent().tail = None
        else:
            blank.getparent().text = None


def _complete(root: Element) -> None:
    """Let every cell and text box end with a paragraph, if it is not for a tag to say how it ends."""
    for holder in root.iter(w("tc"), w("txbxContent")):
        last = next((one for one in reversed(holder) if one.tag in _BLOCKS), None)
        ended = last is not None and last.tag != w("tbl")
        if not ended and OPEN not in "".join((holder.text or "", *(one.tail or "" for one in holder))):
            etree.SubElement(holder, w("p"))


def _unbind(root: Element) -> None:
    """Free a control that tags fill in from the data that it is tied to: on opening, Word would show those instead."""
    for control in root.iter(w("sdt")):
        tied = control.findall(f"{w('sdtPr')}/{{*}}dataBinding")
        if tied and OPEN in "".join(map(str, control.itertext())):
            etree.strip_elements(control, *(one.tag for one in tied))


def _declared_once(root: Element, place: Span) -> Iterator[Diagnostic]:
    """Let the root declare all prefixes: a tag may take away the element that declares what another one uses."""
    prefixes = dict(root.nsmap)
    for _, (prefix, meaning) in etree.iterwalk(root, events=("start-ns",)):
        if prefix and prefixes.setdefault(prefix, meaning) != meaning:
            yield PREFIX_TWICE.at(place, prefix=prefix)
            return
    named = {prefix: meaning for prefix, meaning in prefixes.items() if prefix}
    etree.cleanup_namespaces(root, top_nsmap=named, keep_ns_prefixes=list(named))


def _reserved(root: Element, place: Span, places: Sequence[Place]) -> Iterator[Diagnostic]:
    found = RESERVED_SIGNS.search(etree.tostring(root, encoding="unicode"))
    if found:
        held = next((one for one in places if found[0] in text_of(one.element)), None)
        if held is not None:
            place = place._replace(line=held.number, cell=held.cell, quote=text_of(held.element).strip())
        yield RESERVED.at(place, code=f"U+{ord(found[0]):04X}")


def _assembled(xml: str, cut_out: Sequence[Sequence[Piece]]) -> Iterator[Piece]:
    position = 0
    for marker in MARKER.finditer(xml):
        if marker.start() > position:
            yield Text(xml[position : marker.start()])
        yield from cut_out[int(marker[1])]
        position = marker.end()
    yield Text(xml[position:])

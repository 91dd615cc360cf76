"""The XML of one part: bytes that may be hostile go in, the root or what is wrong with them comes out; and back again.

Seals lxml's parser: no DTD, no entities, no network, no recovery, no other encoding than UTF-8; no comment is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from reportgen.diagnostics import N_, Diagnostic, Severity, Span, rule

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_TAGS = 1_000_000

BROKEN_XML = rule(
    "T113",
    "broken-xml",
    Severity.ERROR,
    N_("this part is not well-formed XML: line {line}: {reason}"),
    N_("open the file in Word and save it as .docx; if Word cannot open it either, go back to an earlier copy"),
)
ENCODING = rule(
    "T114",
    "xml-encoding",
    Severity.ERROR,
    N_("this part is not written in UTF-8"),
    N_("open the file in Word and save it as .docx"),
)
DTD = rule(
    "T115",
    "xml-dtd",
    Severity.ERROR,
    N_("this part declares a document type or entities, which no Word document does"),
    N_("open the file in Word and save it as .docx; do not trust it if it came from outside"),
)
TOO_DENSE = rule(
    "T126",
    "too-many-elements",
    Severity.ERROR,
    N_("the document holds more than {limit} XML tags"),
    N_("split the document"),
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/"

_DECLARED = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_HEAD = 1_000
_DIGITS = 9


def w(name: str) -> str:
    """Give the tag of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def local(element: Element) -> str:
    """Give the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def on(element: Element | None, attribute: str = "val", otherwise: str = "1") -> bool:
    """Tell whether a switch is there and on; one without the attribute is what `otherwise` says."""
    return element is not None and str(element.get(w(attribute), otherwise)) not in {"0", "false", "off"}


def whole(said: str | None) -> int | None:
    """Read a whole number such as Word writes for a measure; None for anything else."""
    return int(said) if said and len(said) <= _DIGITS and said.isdecimal() else None


def serialized(root: Element) -> bytes:
    """Write the XML of one part, with the head that Word writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def parse(data: bytes, place: Span) -> tuple[Element | None, list[Diagnostic]]:
    """Parse the XML of one part; `place` names the part."""
    if not _is_utf8(data):
        return None, [ENCODING.at(place)]
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None, [DTD.at(place)]
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser), []
    except etree.XMLSyntaxError as error:
        reason = re.sub(r",? line \d+, column \d+.*", "", str(error.msg), flags=re.DOTALL).strip()
        return None, [BROKEN_XML.at(place, line=error.lineno or 1, reason=reason)]


def _is_utf8(data: bytes) -> bool:
    declared = _DECLARED.match(data[:_HEAD].removeprefix(b"\xef\xbb\xbf"))
    if (declared and declared[1].lower() not in _ENCODINGS) or b"\0" in data:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True

"""A finished document in, ours or anyone's; all that is found in it out.

Its faults and its wording, in Word the look, and beside its facts the figures.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import files, report
from reportgen.audit import audit
from reportgen.diagnostics import Severity, Span, ordered, rule
from reportgen.prose import proofread
from reportgen.report.lines import MAIN
from reportgen.verification import verify
from reportgen.word.container import is_text
from reportgen.word.look import look
from reportgen.word.text import Document, Paragraph, read

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Layout, Text
    from reportgen.verification import Verified

LIMIT: Final = 1 << 28
_WORD: Final = frozenset((".docx", ".docm", ".dotx", ".dotm", ".doc", ".wps"))
_PICTURES: Final = b"word/media/"
_LEAST: Final = 20  # characters that a file of scanned pages may hold as well: numbers of pages, a name

NO_TEXT = rule(
    "S020",
    "no-text",
    Severity.ERROR,
    "there is no text in this file",
    "check that this is the right file",
)
SCANNED = rule(
    "S021",
    "scanned",
    Severity.ERROR,
    "this file holds pictures of pages (a scan) and no text",
    "give the Word file that the scan was made of; the words of a picture cannot be read here",
)


class Checked(NamedTuple):
    """Everything found in a document, its bytes, what it says, and what was found out about its figures.

    A plain text has its lines as paragraphs of the body. `document` is None where the file cannot be read.
    """

    found: list[Diagnostic]
    path: Path
    data: bytes = b""
    document: Document | None = None
    text: str = ""
    verified: Verified | None = None

    def lines(self) -> dict[tuple[str, int], str]:
        """Give the texts of all paragraphs as findings place them: by part (none in a text file) and number."""
        paragraphs = self.document.paragraphs if self.document else ()
        return {("" if self.text else one.part, one.number): one.text for one in paragraphs}


def check(path: Path, facts: Path | None, layout: Layout | None = None) -> Checked:
    """Check a document by its path, a plain text or a Word file; one that cannot be read or opened says why.

    `layout` is what the report is asked for.
    """
    data, unread = files.read(path, LIMIT)
    if data is None:
        return Checked(unread, path)
    if path.suffix.lower() not in _WORD and is_text(data):
        text, broken = report.decode(data, str(path))
        if text is None:
            return Checked(broken, path)
        judged = _judged(report.of_text(text, str(path)), layout)
        return Checked(judged, path, data, _as_document(text, str(path)), text)
    document, _ = read(data, str(path))
    if document is not None and (silent := _silent(document, data)):
        return Checked([silent], path)
    said = _judged(report.of_document(document), layout) if document else []
    verified = verify(data, str(path), facts) if facts else None
    found = ordered([*look(data, str(path)), *said, *(verified.found if verified else ())])
    return Checked(found, path, data, document, verified=verified)


def _silent(document: Document, data: bytes) -> Diagnostic | None:
    """Tell whether a Word file says nothing that could be judged."""
    said = sum(len("".join(one.text.split())) for one in document.paragraphs if one.part == MAIN)
    if _PICTURES in data and said < _LEAST:
        return SCANNED.at(Span(document.path))
    return None if said else NO_TEXT.at(Span(document.path))


def _as_document(text: str, path: str) -> Document:
    lines = text.split("\n")
    paragraphs = tuple(Paragraph(MAIN, number, "", "", line) for number, line in enumerate(lines, 1))
    return Document(path, paragraphs, {MAIN: tuple(range(1, len(lines) + 1))})


def _judged(text: Text, layout: Layout | None) -> list[Diagnostic]:
    text = replace(text, layout=layout)
    return ordered([*audit(text), *proofread(text)])

"""Templates filled in for tests: body XML or paragraphs go in, the texts of the document come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportgen import word
from reportgen.word.text import Document, read
from tests.word_files import docx, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.diagnostics import Diagnostic

SENTINEL = "最后一段"


def template(body: str, headings: Sequence[str] = (), **parts: Any) -> word.Template:  # noqa: ANN401 — as `docx`
    """Compile a template which must have no fault."""
    compiled, found = word.compile(docx(body, **parts), "t.docx", headings)
    assert compiled is not None, found
    return compiled


def faults(body: str, **parts: Any) -> list[Diagnostic]:  # noqa: ANN401 — as `docx`
    """Compile a template which must have a fault, and give its faults."""
    compiled, found = word.compile(docx(body, **parts), "t.docx")
    assert compiled is None
    return found


def document(body: str, values: dict[str, Any], headings: Sequence[str] = (), **parts: Any) -> Document:  # noqa: ANN401 — as `docx`
    """Fill a template in and read the document."""
    data, found = template(body, headings, **parts).render(values)
    assert data is not None, found
    made, wrong = read(data, "d.docx")
    assert made is not None, wrong
    return made


def texts(body: str, values: dict[str, Any], **parts: Any) -> list[str]:  # noqa: ANN401 — as `docx`
    """Fill a template in and give the texts of its body's paragraphs, without the sentinel that closes them."""
    made = document(body + paragraph(SENTINEL), values, **parts)
    *others, last = [one.text for one in made.paragraphs if one.part == "正文"]
    assert last == SENTINEL
    return others


def lines(*texts: str) -> str:
    """Write a paragraph for each text."""
    return "".join(map(paragraph, texts))

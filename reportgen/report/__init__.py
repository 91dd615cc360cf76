"""The report of anyone in, Word or plain text; what it says out: its outline, its cover, and what stands in its lines.

No layout is asked for: numerals, styles and the field's own words decide what a line is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.language import untagged
from reportgen.report import cover, dates, formulas, lines, listings, measures, nodes, outline, scores, wholes
from reportgen.report.dates import Date
from reportgen.report.encoding import decode
from reportgen.report.listings import Listing
from reportgen.report.model import Cell, Cover, Field, Heading, Layout, Line, Piece, Section, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.source import Node
    from reportgen.word.text import Document

__all__ = [
    "Cell",
    "Cover",
    "Date",
    "Field",
    "Heading",
    "Layout",
    "Line",
    "Listing",
    "Piece",
    "Section",
    "Table",
    "Text",
    "decode",
    "of_document",
    "of_prose",
    "of_template",
    "of_text",
]


def of_document(document: Document) -> Text:
    """Read a report out of a Word file."""
    return _read(document.path, lines.of_document(document))


def of_template(document: Document) -> Text:
    """Read what a Word template says itself; its tags are gaps."""
    said, tables = lines.of_document(document)
    return _read(document.path, lines.Lines(tuple(one._replace(text=untagged(one.text)) for one in said), tables))


def of_prose(path: str, prose: Iterable[Node], year: int | None = None, unit: str = "") -> Text:
    """Read prose of source files, each a section of its own; its tags are gaps."""
    parts = nodes.lines(prose)
    sections = tuple(Section(None, None, tuple(part)) for part in parts)
    owners = tuple(number for number, part in enumerate(parts) for _ in part)
    return Text(path, tuple(line for part in parts for line in part), (), sections, owners, year=year, unit=unit)


def of_text(text: str, path: str) -> Text:
    """Read a report out of a plain text."""
    return _read(path, lines.of_text(text, path))


def _read(path: str, found: lines.Lines) -> Text:
    sections = outline.sections(found.lines)
    owners = [0] * len(found.lines)
    for number, section in enumerate(sections):
        for line in section.lines:
            owners[line.number] = number
    front = cover.front(found.lines, found.tables, sections)
    written = tuple(formulas.of_lines(found.lines))
    measured = tuple(measures.of_lines(found.lines, written))
    return Text(
        path,
        found.lines,
        found.tables,
        sections,
        tuple(owners),
        *front,
        dates=tuple(dates.find(found.lines, front.year)),
        listings=tuple(listings.find(found.lines)),
        formulas=written,
        measures=measured,
        wholes=tuple(wholes.of_measures(measured)),
        scores=scores.read(sections, found.tables, front.year),
    )

"""What a Word file says: a .docx, ours or anyone's, goes in; its paragraphs come out in order, each with its place.

The marks of a traced render (`reportgen.language.marks`) become stretches of the paragraphs that the outputs printed.
"""

from __future__ import annotations

from reportgen.word.text.dumping import dump
from reportgen.word.text.model import Block, Cell, Document, Note, Paragraph, Row, Section, Table
from reportgen.word.text.reading import read

__all__ = ["Block", "Cell", "Document", "Note", "Paragraph", "Row", "Section", "Table", "dump", "read"]

"""Word files: a template is compiled once and filled in many times, a document is read back as text; seals lxml.

What only authors of templates need stands beside: `word.review` and `word.annotate`.
"""

from __future__ import annotations

from reportgen.word.package import digest
from reportgen.word.template import Properties, Template, compile  # noqa: A004 — the field's word
from reportgen.word.text import Document, Paragraph, dump, read

__all__ = ["Document", "Paragraph", "Properties", "Template", "compile", "digest", "dump", "read"]

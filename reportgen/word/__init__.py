"""Word files: a template is compiled once and filled in many times, a document is read back as text; seals lxml.

What a build does not need stands beside: `word.text` reads documents, `word.review` and `word.annotate` help authors.
"""

from __future__ import annotations

from reportgen.word.package import digest, unmarked
from reportgen.word.template import Properties, Template, compile  # noqa: A004 — the field's word

__all__ = ["Properties", "Template", "compile", "digest", "unmarked"]

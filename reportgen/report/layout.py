"""A pack in; the sections and the fields of the cover that its templates ask a report for out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen import files, packs
from reportgen.report import lines, outline
from reportgen.report.cover import front
from reportgen.report.model import Layout
from reportgen.word.text import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.packs import Pack
    from reportgen.report.model import Line, Section

_DEEPEST: Final = 2  # sections further down are free
_OPENS: Final = re.compile(r"\{%[a-z]*-?\s*(?:if|for)\b")
_CLOSES: Final = re.compile(r"\{%[a-z]*-?\s*end(?:if|for)\b")
_TAG: Final = re.compile(r"\{[{%]")


def of_pack(pack: Pack) -> Layout:
    """Read the templates of a pack; what stands under a condition, or is filled in, is not asked for."""
    headings: list[tuple[int, str]] = []
    labels: list[str] = []
    for one in pack.outputs:
        data, _ = files.read(pack.folder / one.template, packs.TEMPLATE_LIMIT)
        document, _ = read(data or b"", one.template)
        found, tables = lines.of_document(document) if document else lines.Lines((), ())
        sections = outline.sections(found)
        kept = frozenset(_unconditional(found))
        headings += (asked for part in sections for asked in _asked(part, kept))
        labels += (field.label for field in front(found, tables, sections).cover.fields if field.line.number in kept)
    return Layout(tuple(dict.fromkeys(headings)), tuple(dict.fromkeys(labels)))


def _asked(section: Section, kept: frozenset[int]) -> Iterator[tuple[int, str]]:
    heading = section.heading
    if heading and heading.level <= _DEEPEST and heading.line.number in kept and not _TAG.search(heading.line.text):
        yield heading.level, heading.title


def _unconditional(found: Sequence[Line]) -> Iterator[int]:
    """Give the numbers of the lines that stand under no condition and in no loop."""
    depth = 0
    for one in found:
        opened, closed = len(_OPENS.findall(one.text)), len(_CLOSES.findall(one.text))
        if depth <= 0 and opened <= closed:
            yield one.number
        depth += opened - closed

"""What a Word file says: a .docx, ours or anyone's, goes in; its paragraphs come out in order, each with its place.

The marks of a traced render (`reportgen.language.marks`) become stretches of the paragraphs that the outputs printed.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from reportgen.language import Mark, strip
from reportgen.word.markup import w
from reportgen.word.opening import MAIN, Package, Trees, opened
from reportgen.word.places import Block, Table, body, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from reportgen.diagnostics import Diagnostic

_BETWEEN = "\0"  # no XML holds it
_SHOWN = str.maketrans({"\n": "⏎", "\r": "⏎", "\x85": "⏎", "\u2028": "⏎", "\u2029": "⏎", "\t": "⇥"})


class Paragraph(NamedTuple):
    """One paragraph: the reader's name of its part, its number there, the cell around it, its style's name, its text.

    `style` is empty for the default style; `marks` say which output printed what, in a traced render only.
    """

    part: str
    number: int
    cell: str
    style: str
    text: str
    marks: tuple[Mark, ...]


class Document(NamedTuple):
    """All paragraphs of a Word file in reading order, and by part how they stand in tables."""

    path: str
    paragraphs: tuple[Paragraph, ...]
    layout: Mapping[str, tuple[Block, ...]]


def read(data: bytes, path: str, *, traced: bool = False) -> tuple[Document | None, list[Diagnostic]]:
    """Read the text of a .docx, all tracked changes accepted; the document is None if it cannot be read.

    With `traced` the marks of a traced render are taken out of the text; without, every character is the author's.
    """
    package, trees = opened(data, path)
    if package is None:
        return None, trees.found
    names = _style_names(package, trees)
    paragraphs: list[Paragraph] = []
    layout: dict[str, tuple[Block, ...]] = {}
    for story in package.stories:
        root = trees.get(story.part)
        if root is None:
            continue
        found = body(root)
        layout[story.name] = found.blocks
        texts = [text_of(place.element) for place in found.places]
        said = _unmarked(texts) if traced and texts else [(one, ()) for one in texts]
        for place, (plain, marks) in zip(found.places, said, strict=True):
            style = _style(place.element, names)
            paragraphs.append(Paragraph(story.name, place.number, place.cell, style, plain, marks))
    return Document(path, tuple(paragraphs), layout), trees.found


def dump(document: Document) -> str:
    """Write a document for reading and comparing: a paragraph a line, `[style]` in front unless it is the default.

    A table has a line `| a | b |` for each row, empty where a merged cell goes on; each part after 正文 has a headline.
    """
    lines: list[str] = []
    for part, blocks in document.layout.items():
        own = {one.number: one for one in document.paragraphs if one.part == part}
        lines += [] if part == MAIN else [f"== {part} =="]
        for block in blocks:
            lines += _rows(block, own) if isinstance(block, Table) else [_line(own[block])]
    return "".join(f"{line}\n" for line in lines)


def _unmarked(texts: list[str]) -> list[tuple[str, tuple[Mark, ...]]]:
    """Take the marks out of the paragraphs of one story; an output over several of them has a mark in each."""
    plain, marks = strip(_BETWEEN.join(texts))
    lines = plain.split(_BETWEEN)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    own: list[list[Mark]] = [[] for _ in lines]
    for start, end, output in marks:
        for at in range(bisect_right(starts, start) - 1, bisect_right(starts, end)):
            own[at].append(Mark(max(start - starts[at], 0), min(end - starts[at], len(lines[at])), output))
    return [(line, tuple(sorted(one))) for line, one in zip(lines, own, strict=True)]


def _style_names(package: Package, trees: Trees) -> dict[str, str]:
    """Give the name of every paragraph style by its id, nothing for the default one."""
    links = package.relationships.get(package.main, ())
    root = trees.get(next((link.target for link in links if link.kind == "styles"), ""))
    names: dict[str, str] = {}
    for style in () if root is None else root.iterchildren(w("style")):
        name = style.find(w("name"))
        key = str(style.get(w("styleId"), ""))
        default = style.get(w("default")) in ("1", "true", "on") and style.get(w("type")) == "paragraph"
        names[key] = "" if default else key if name is None else str(name.get(w("val"), key))
    return names


def _style(paragraph: Element, names: Mapping[str, str]) -> str:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    key = "" if found is None else str(found.get(w("val"), ""))
    return names.get(key, key)


def _line(paragraph: Paragraph) -> str:
    style = f"[{paragraph.style}] " if paragraph.style else ""
    return f"{style}{paragraph.text}".translate(_SHOWN)


def _rows(table: Table, own: Mapping[int, Paragraph]) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        for cell in row:
            said = "" if cell.continued else "⏎".join(_inside(block, own) for block in cell.blocks)
            cells += [said, *[""] * (cell.columns - 1)]
        yield f"| {' | '.join(cells)} |"


def _inside(block: Block, own: Mapping[int, Paragraph]) -> str:
    if isinstance(block, Table):
        return f"({'; '.join(_rows(block, own))})"
    return own[block].text.translate(_SHOWN).replace("|", "\\|")

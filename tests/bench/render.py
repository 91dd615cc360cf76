"""`python -m tests.bench.render`: one report after another, docxtpl and `Template.render` in turn, texts compared."""

from __future__ import annotations

import sys
from functools import partial
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Final

import docxtpl
from jinja2 import Environment

from reportgen import formats, word
from reportgen.word.container import ORDINARY, Deflate, deflate_isal, deflate_zlib, unpack
from reportgen.word.text import read
from tests.bench import timing, work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.facts import Value
    from reportgen.word import Template
    from reportgen.word.text import Document

ROUNDS: Final = 40
PEER: Final = "docxtpl: open, render, save"


def main(rounds: int = ROUNDS) -> None:
    """Print medians and ratios; stops if the two do not say the same."""
    source = work.template()
    template = compiled(source)
    for number in range(3):
        same(by_docxtpl(source, work.data(number)), filled(template, work.data(number)))
    print(f"{timing.machine()}; {rounds} documents each, in turn; document.xml {_size(template):,} bytes")
    documents = [work.data(number) for number in range(rounds + 1)]
    sides: dict[str, Callable[[int], object]] = {PEER: lambda number: by_docxtpl(source, documents[number])}
    for name, deflate in deflates().items():
        sides[f"Template.render, {name}"] = partial(_numbered, template, documents, deflate)
    table(timing.in_turn(sides, rounds), PEER)


def table(times: Mapping[str, timing.Time], peer: str) -> None:
    """Print the median of each side and how many times faster than the peer it is."""
    print(f"{'':34}{'wall ms':>10}{'CPU ms':>10}{'× wall':>9}{'× CPU':>9}")
    for name, one in times.items():
        ratio = times[peer].wall / one.wall, times[peer].cpu / one.cpu
        print(f"{name:34}{one.wall:10.2f}{one.cpu:10.2f}{ratio[0]:9.1f}{ratio[1]:9.1f}")


def deflates() -> dict[str, Deflate]:
    """Give the ways of packing by name."""
    ways = {f"zlib {level}": deflate_zlib(level) for level in (6, 1)}
    if find_spec("isal") is None:
        return ways
    return {**ways, "isal 1": deflate_isal()}


def compiled(source: bytes) -> Template:
    """Compile a template of the benchmark."""
    template, found = word.compile(source, "work.docx")
    if template is None:
        sys.exit(f"The template has faults: {found}")
    return template


def filled(template: Template, values: Mapping[str, Value], deflate: Deflate = ORDINARY) -> bytes:
    """Fill a compiled template in."""
    data, found = template.render(values, deflate=deflate)
    if data is None:
        sys.exit(f"The document has faults: {found}")
    return data


def _numbered(template: Template, documents: Sequence[Mapping[str, Value]], deflate: Deflate, number: int) -> bytes:
    return filled(template, documents[number], deflate)


def by_docxtpl(source: bytes, values: Mapping[str, Value]) -> bytes:
    """Fill a template in as users of docxtpl do."""
    document = docxtpl.DocxTemplate(BytesIO(source))
    environment = Environment(autoescape=True)
    environment.filters |= {"money": formats.money, "percent": formats.percent}
    document.render(dict(values), environment, autoescape=True)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def same(one: bytes, other: bytes) -> None:
    """Stop unless two documents have the same paragraphs in the same parts."""
    said = [[(line.part, line.cell, line.text) for line in _document(data).paragraphs] for data in (one, other)]
    if said[0] != said[1]:
        sys.exit(f"The texts differ: {next(pair for pair in zip(*said, strict=False) if pair[0] != pair[1])}")
    print(f"{len(said[0])} paragraphs, {sum(len(text) for *_, text in said[0]):,} characters: equal")


def _document(data: bytes) -> Document:
    document, found = read(data, "work.docx")
    if document is None:
        sys.exit(f"The document cannot be read: {found}")
    return document


def _size(template: Template) -> int:
    return len(unpack(filled(template, work.data(0)), "")[0]["word/document.xml"].data)


if __name__ == "__main__":
    main()

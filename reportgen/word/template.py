"""A Word template in, compiled once; a compiled template and values in, the bytes of a document out, as often as wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from reportgen.language import Failed, Log, Program, Statement, check, parse
from reportgen.language import compile as compile_program
from reportgen.word.guard import mend
from reportgen.word.markup import w
from reportgen.word.package import Deflate, Package, deflate_zlib, pack, part, properties, read, settled
from reportgen.word.tags import cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from lxml.etree import _Element as Element

    from reportgen.diagnostics import Diagnostic
    from reportgen.facts import Value
    from reportgen.schema import Field

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES: Final = "styles"
_TRACES: Final = ("proofErr", "lastRenderedPageBreak")
_WORDS: Final = frozenset(map(w, ("t", "delText", "instrText")))
_EDITS: Final = re.compile(r"\{.*\}(rsid\w*|paraId|textId)")


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document says of itself: from the facts, never from the clock."""

    title: str = ""
    author: str = ""
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template; immutable to its users, and safe to share between threads."""

    package: Package
    routines: Mapping[str, Sequence[Statement]]
    program: Program

    def check(self, scopes: Sequence[Mapping[str, Field]]) -> list[Diagnostic]:
        """Check every name that the template looks up against the names it will be given."""
        return [found for statements in self.routines.values() for found in check(statements, scopes)]

    def render(
        self,
        values: Mapping[str, Value],
        about: Properties = Properties(),  # noqa: B008 — frozen
        *,
        log: Log | None = None,
        deflate: Deflate | None = None,
    ) -> tuple[bytes | None, list[Diagnostic]]:
        """Fill the template in; with a log, mark every output for the place map. None if anything is wrong."""
        deflate = deflate or deflate_zlib()
        try:
            stories = {name: self.program.text(name, values, log) for name in self.routines}
        except Failed:
            return None, self._faults(values)
        changed = [part(name, mend(_HEAD + xml).encode(), deflate) for name, xml in stories.items()]
        changed.append(properties(self.package, about.title, about.author, about.created))
        return pack({**self.package.parts, **{one.name: one for one in changed}}.values()), []

    def _faults(self, values: Mapping[str, Value]) -> list[Diagnostic]:
        return [fault for name in self.routines for fault in self.program.faults(name, values)]


def compile(data: bytes, path: str, headings: Sequence[str] = ()) -> tuple[Template | None, list[Diagnostic]]:  # noqa: A001 — the field's word
    """Compile a template; `headings` names the styles of the heading levels 1 to 5. None if anything is wrong."""
    package, found = read(data, path)
    if package is None:
        return None, found
    package = settled(package)
    levels = _levels(package, headings)
    routines: dict[str, Sequence[Statement]] = {}
    for story in package.stories:
        root = etree.fromstring(package.parts[story.part].data)
        _clean(root)
        pieces, wrong = cut(root, path, story.name, levels)
        routines[story.part], unread = parse(pieces)
        found += [*wrong, *unread]
    return (None if found else Template(package, routines, compile_program(routines))), found


def _levels(package: Package, headings: Sequence[str]) -> dict[str, int]:
    """Give the level of each heading style by its id."""
    links = (link.target for link in package.relationships.get(package.main, ()) if link.kind == _STYLES)
    wanted = {name: level for level, name in enumerate(headings, 1)}
    levels = {}
    for name in links:
        for style in etree.fromstring(package.parts[name].data).iter(w("style")):
            title = style.find(w("name"))
            if title is not None and title.get(w("val")) in wanted:
                levels[str(style.get(w("styleId")))] = wanted[title.get(w("val"))]
    return levels


def _clean(root: Element) -> None:
    """Take out what an editor left behind: spelling marks, page breaks as last seen, ids of editing sessions, layout blanks."""
    for trace in list(root.iter(*map(w, _TRACES))):
        parent = trace.getparent()
        if parent is not None:
            parent.remove(trace)
    for element in root.iter(etree.Element):
        for name in [name for name in element.attrib if _EDITS.fullmatch(name)]:
            del element.attrib[name]
        if element.tag not in _WORDS and not (element.text or "").strip():
            element.text = None
        if not (element.tail or "").strip():
            element.tail = None

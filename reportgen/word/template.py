"""A Word template in, compiled once; a compiled template and values in, a document's bytes out, as often as wanted."""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import N_, Diagnostic, Label, Severity, Span, rule
from reportgen.language import (
    Block,
    Failed,
    Log,
    Program,
    Statement,
    Text,
    arranged,
    blocks,
    check,
    literals,
    outermost,
    parse,
    replaced,
)
from reportgen.language import compile as compile_program
from reportgen.word.closing import closing
from reportgen.word.guard import mend
from reportgen.word.markup import W, w
from reportgen.word.needs import Needs
from reportgen.word.package import ORDINARY, Deflate, Package, Trees, pack, part, properties, read, settled
from reportgen.word.story import cut
from reportgen.word.tidy import known, tidied, tidy
from reportgen.word.unread import elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from reportgen.facts import Value
    from reportgen.schema import Field
    from reportgen.word.story import Mender

_HEAD: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES: Final = "styles"
_ELEMENT: Final = re.compile("<[^>]*>")
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_OWN_DRAWINGS: Final = 1 << 30  # numbers of the template's own drawings begin here, those of pictures at 1

NO_STYLE = rule(
    "T537",
    "no-heading-style",
    Severity.ERROR,
    "the template has no style “{style}”, which the pack names for numbered headings",
    "make the style in Word, or correct 标题样式 in pack.yaml",
)
BLOCK_TWICE = rule(
    "T547",
    "block-twice",
    Severity.ERROR,
    "there are two blocks “{name}”",
    "give one of them another name",
)
ODD_PREFIX = rule(
    "T538",
    "odd-prefix",
    Severity.ERROR,
    "the XML of this part does not use the prefix w for the elements of Word",
    "open the file in Word or WPS and save it as .docx",
)


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document says of itself: from the facts, never from the clock."""

    title: str = ""
    author: str = ""
    created: datetime | None = None


class Template(NamedTuple):
    """A compiled template; immutable to its users, and safe to share between threads.

    `literals` holds the texts between the tags as UTF-8, `menders` who puts a part right when it
    is filled in.
    """

    package: Package
    routines: Mapping[str, Sequence[Statement]]
    program: Program
    literals: Mapping[str, bytes]
    menders: Mapping[str, Sequence[Mender]]

    @property
    def blocks(self) -> Mapping[str, Block]:
        """The named blocks of all stories by name; each is whole in itself, so that another may take its place."""
        return {one.name: one for statements in self.routines.values() for one in blocks(statements)}

    def chosen(self) -> str:
        """Give all that the template itself says under conditions, without its layout."""
        xml = "".join(text for statements in self.routines.values() for text in literals(statements, conditional=True))
        said = _ELEMENT.sub("", xml)
        return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    def replacing(self, others: Mapping[str, Block]) -> Template:
        """Give a template with other blocks in place of its own of the same names, cut from a part like theirs."""
        return self._with(
            {
                name: replaced(statements, others)
                for name, statements in self.routines.items()
                if any(one.name in others for one in blocks(statements))
            }
        )

    @property
    def text(self) -> Sequence[Statement]:
        """The statements of the main text."""
        return self.routines[self.package.main]

    def arranged(self, names: Sequence[str]) -> Template:
        """Give a template with the outermost blocks of its text in the order of a list that names each of them."""
        now = [one.name for one in outermost(self.text)]
        same = now == [name for name in names if name in set(now)]
        return self if same else self._with({self.package.main: arranged(self.text, names)})

    def _with(self, changed: Mapping[str, Sequence[Statement]]) -> Template:
        """Give a template with other statements in some parts, which may leave behind what is to be mended."""
        routines = {**self.routines, **changed}
        menders = {name: (mend, *(one for one in self.menders.get(name, ()) if one is not mend)) for name in changed}
        return self._replace(routines=routines, program=compile_program(routines), menders={**self.menders, **menders})

    def check(self, scopes: Sequence[Mapping[str, Field]]) -> list[Diagnostic]:
        """Check every name that the template looks up against the names it will be given."""
        return [found for statements in self.routines.values() for found in check(statements, scopes)]

    def render(
        self,
        values: Mapping[str, Value],
        about: Properties = Properties(),
        *,
        log: Log | None = None,
        deflate: Deflate = ORDINARY,
    ) -> tuple[bytes | None, list[Diagnostic]]:
        """Fill the template in; with a log, mark every output for the place map. None if anything is wrong."""
        needs = Needs(self.package)
        stories: dict[str, bytes] = {}
        try:
            for name in self.routines:
                needs.story = name
                stories[name] = self._story(name, values, log, needs)
        except Failed:
            return None, self._faults(values)
        changed = [part(name, xml, deflate) for name, xml in stories.items()]
        changed.append(properties(self.package, about.title, about.author, about.created))
        changed += needs.changed(deflate)
        return pack({**self.package.parts, **{one.name: one for one in changed}}.values()), []

    def pieces(self, values: Mapping[str, Value], log: Log) -> list[str]:
        """Give what fills every story, piece by piece, without writing a file; raises `Failed`."""
        needs = Needs(self.package)
        printed: list[str] = []
        for name in self.routines:
            needs.story = name
            printed += self.program.parts(name, values, log, needs)
        return printed

    def _story(self, name: str, values: Mapping[str, Value], log: Log | None, needs: Needs) -> bytes:
        """Write one part; its literal texts, most of it, are not encoded again each time."""
        printed = self.program.parts(name, values, log, needs)
        if name in self.menders:
            return _HEAD + reduce(lambda xml, mended: mended(xml), self.menders[name], "".join(printed)).encode()
        known = self.literals.get
        return b"".join([_HEAD, *[known(one) or one.encode() for one in printed]])

    def _faults(self, values: Mapping[str, Value]) -> list[Diagnostic]:
        needs = Needs(self.package)
        return [fault for name in self.routines for fault in self.program.faults(name, values, needs)]


def compile(  # noqa: A001 — the field's word
    data: bytes,
    path: str,
    headings: Sequence[str] = (),
) -> tuple[Template | None, list[Diagnostic]]:
    """Compile a template; `headings` names the styles of the heading levels 1 to 5. None if anything is wrong.

    Nearly all that is made on the way stays to the end: to look for garbage meanwhile costs more with each size.
    """
    with _uncollected():
        return _compiled(data, path, headings)


@contextmanager
def _uncollected() -> Iterator[None]:
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _compiled(data: bytes, path: str, headings: Sequence[str]) -> tuple[Template | None, list[Diagnostic]]:
    package, trees = read(data, path)
    if package is None:
        return None, trees.found
    stories, found = cut_up(package, trees, headings)
    if found:
        return None, found
    program = compile_program(stories.routines)
    return Template(settled(tidied(package, trees)), stories.routines, program, stories.literals, stories.menders), []


class Stories(NamedTuple):
    """The stories of a template as read, as far as they can be: see `Template`."""

    routines: Mapping[str, Sequence[Statement]]
    literals: Mapping[str, bytes]
    menders: Mapping[str, Sequence[Mender]]


def cut_up(package: Package, trees: Trees, headings: Sequence[str]) -> tuple[Stories, list[Diagnostic]]:
    """Read the tags of every story of a template; what cannot be read is reported and left out. Uses the trees up."""
    ids = _style_ids(package, trees)
    levels, found = heading_levels(package, trees, headings)
    found += elsewhere(package, trees)
    routines: dict[str, Sequence[Statement]] = {}
    literals: dict[str, bytes] = {}
    numbers = count(_OWN_DRAWINGS)
    menders: dict[str, Sequence[Mender]] = {}
    there = known(package, trees)
    for story in package.stories:
        root = trees.get(story.part)
        assert root is not None  # noqa: S101 — no package is given whose parts cannot be read
        if root.nsmap.get("w") != W:
            found.append(ODD_PREFIX.at(package.place(story.part)))
            continue
        tidy(root, there)
        for one in root.iter(_DRAWN):
            one.set("id", str(next(numbers)))
        placed = closing(root, ids)
        (pieces, needed), wrong = cut(root, package.parts[story.part].data, package.place(story.part), levels)
        routines[story.part], unread = parse(pieces)
        literals |= {piece.text: piece.text.encode() for piece in pieces if isinstance(piece, Text)}
        menders |= {story.part: (*needed, *placed)} if needed or placed else {}
        found += [*wrong, *unread]
    return Stories(routines, literals, menders), [*found, *_twice(routines)]


def _twice(routines: Mapping[str, Sequence[Statement]]) -> Iterator[Diagnostic]:
    first: dict[str, Block] = {}
    for one in (block for statements in routines.values() for block in blocks(statements) if block.name):
        if first.setdefault(one.name, one) is not one:
            related = (Label(first[one.name].tag.span, N_("the other one")),)
            yield BLOCK_TWICE.at(one.tag.span, related=related, name=one.name)


def heading_levels(package: Package, trees: Trees, headings: Sequence[str]) -> tuple[dict[str, int], list[Diagnostic]]:
    """Give the level of each heading style by its id; a style that is not there is reported."""
    ids = _style_ids(package, trees)
    missing = [NO_STYLE.at(Span(package.path), style=name) for name in headings if name not in ids]
    return {ids[name]: level for level, name in enumerate(headings, 1) if name in ids}, missing


def _style_ids(package: Package, trees: Trees) -> dict[str, str]:
    """Give the id of each style by its name."""
    links = package.relationships.get(package.main, ())
    roots = [trees.get(link.target) for link in links if link.kind == _STYLES]
    ids = {}
    for style in (style for root in roots if root is not None for style in root.iter(w("style"))):
        title = style.find(w("name"))
        if title is not None:
            ids[str(title.get(w("val")))] = str(style.get(w("styleId")))
    return ids

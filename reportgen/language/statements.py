"""Tags in, a tree of statements out: what may stand in `{{ }}` and `{% %}`, and which tags make a block together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from reportgen.diagnostics import N_, Diagnostic, Label, Severity, Span, nearest, rule
from reportgen.language.dialect import RESERVED, expression, finish, parse_expression, parser, shown, unreadable
from reportgen.language.notation import SIGNS
from reportgen.language.printing import Misuse

Sink = Callable[[str], str]
"""Turns printed text into what the place of a tag can hold (escaped, with breaks); raises `Misuse` if it cannot."""

UNKNOWN_STATEMENT = rule(
    "T522",
    "unknown-statement",
    Severity.ERROR,
    "there is no statement “{name}”",
    "statements are for, if, elif, else, endif, endfor, set, block and endblock",
)
NOT_OPENED = rule(
    "T523",
    "not-opened",
    Severity.ERROR,
    "“{name}” has nothing to close or to continue here",
    "remove it, or add the opening tag before it",
)
NOT_CLOSED = rule(
    "T524",
    "not-closed",
    Severity.ERROR,
    "“{name}” is opened here and never closed",
    "add “{closing}” where it ends",
)

TOO_DEEP = rule(
    "T526",
    "blocks-too-deep",
    Severity.ERROR,
    "more than {limit} loops and conditions lie in each other here",
    "join conditions with and, or divide the template",
)

OTHER_BLOCK = rule(
    "T546",
    "other-block",
    Severity.ERROR,
    "“{name}” is closed here, but the open block is called “{opened}”",
    "write the same name at both ends, or none at the end",
)

NOT_AT_HOME = rule(
    "T528",
    "block-not-at-home",
    Severity.ERROR,
    "“{name}” stands in another part of the layout than the beginning of its block",
    "let a block begin and end in the same cell, or in paragraphs side by side",
)


LAYOUT: Final = "="
TORN: Final = "{"


Hold = Callable[[object, Any], str]
"""Makes of a picture, or of another value that writes itself, what the place of a tag can hold.

It is given what the run gathers, to which it adds what the value needs besides.
"""


class Text(NamedTuple):
    """Literal text."""

    text: str


class Tag(NamedTuple):
    """A tag as typed, without its signs: `kind` is `{{` or `{%`; where it stands; and the sink for what it prints.

    `hold` is the sink for what is no text, where a place can hold any.
    A third kind, `LAYOUT`, is an expression that shapes the layout (a number of columns, whole paragraphs): what it
    gives is no output with a place in the text. In a draft it is given the stand-in of what is still to come.
    A fourth, `TORN`, is a statement whose end is missing, as was reported: it opens or closes its block all the same.

    The tags of one block must have the same `home`: the stretch of a layout in which leaving text out does no harm.
    """

    kind: str
    text: str
    span: Span
    sink: Sink = str
    home: object = None
    hold: Hold | None = None


class Numeral(NamedTuple):
    """The numeral that the engine writes in front of a heading of a level from 1 to 5.

    One that `waits` is written, and counts, as soon as a tag of the same place prints anything, else not at all.
    """

    level: int
    span: Span
    sink: Sink = str
    waits: bool = False


Piece = Text | Tag | Numeral


class Output(NamedTuple):
    """Prints an expression."""

    tree: nodes.Expr
    tag: Tag


class Set(NamedTuple):
    """Gives an expression a name."""

    name: str
    tree: nodes.Expr
    tag: Tag


class Keep(NamedTuple):
    """Keeps the value of an expression for the caller, instead of printing it."""

    tree: nodes.Expr
    tag: Tag


@dataclass(slots=True)
class Branch:
    """One arm of a condition; an `else` has no test."""

    test: nodes.Expr | None
    tag: Tag
    body: list[Statement] = field(default_factory=list)


@dataclass(slots=True)
class If:
    """Chooses the first arm whose test holds."""

    branches: list[Branch]
    tag: Tag


@dataclass(slots=True)
class For:
    """Repeats its body for each item of a list."""

    name: str
    items: nodes.Expr
    tag: Tag
    body: list[Statement] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """A named stretch of a template, run where it stands; what is set in it is not known outside."""

    name: str
    tag: Tag
    body: list[Statement] = field(default_factory=list)


Statement = Text | Numeral | Output | Keep | Set | If | For | Block
_Open = If | For | Block
_NEVER: Final = nodes.Const(False)  # noqa: FBT003 — stands in for a test that cannot be read
_WORD: Final = re.compile(r"\s*([^\W\d]\w*)(.*)", re.DOTALL)
_EQUALS: Final = re.compile("[=＝]")
MAX_BLOCKS: Final = 30
_MISTYPED: Final = 0.65
"""How like a known one a word must be, to be read as it after it was reported: fro, elsif, but not endwhile."""
_CLOSING: Final = {If: "endif", For: "endfor", Block: "endblock"}


def parse(pieces: Iterable[Piece]) -> tuple[list[Statement], list[Diagnostic]]:
    """Read the pieces of one routine; a tag that cannot be read is reported and left out: all are found at once."""
    reader = _Reader()
    for piece in pieces:
        if isinstance(piece, Tag):
            reader.tag(piece)
        else:
            reader.add(piece)
    return reader.finish()


def formula(text: str, span: Span) -> tuple[list[Statement], list[Diagnostic]]:
    """Read one expression whose value is wanted, not its text."""
    tag = Tag("{{", text, span)
    try:
        return [Keep(expression(text), tag)], []
    except Misuse as misuse:
        return [], [misuse.at(span)]


class _Reader:
    """Keeps the open blocks while tags are read in order."""

    def __init__(self) -> None:
        self.body: list[Statement] = []
        self.open: list[tuple[_Open, list[Statement]]] = []
        self.crossed: list[_Open] = []
        self.found: list[Diagnostic] = []
        self.current = self.body

    def add(self, statement: Statement) -> None:
        self.current.append(statement)

    def tag(self, tag: Tag) -> None:
        try:
            if tag.kind == "{%":
                self.statement(tag)
            elif tag.kind == TORN:
                self.torn(tag)
            else:
                self.add(Output(expression(tag.text), tag))
        except Misuse as misuse:
            self.found.append(misuse.at(tag.span))

    def statement(self, tag: Tag) -> None:
        found = _WORD.match(tag.text)
        word, rest = (found[1], found[2]) if found else ("", "")
        handlers = {
            "for": self.open_for,
            "if": self.open_if,
            "elif": self.next_branch,
            "else": self.next_branch,
            "endif": self.close,
            "endfor": self.close,
            "block": self.open_block,
            "endblock": self.close,
            "set": self.set,
        }
        meant = word if word in handlers else nearest(word, handlers, _MISTYPED)
        if meant != word or not word:
            advice = {"close": meant} if meant else {}
            self.found.append(Misuse(UNKNOWN_STATEMENT, name=word or shown(tag.text), **advice).at(tag.span))
        if meant:
            handlers[meant](tag, meant, rest)

    def torn(self, tag: Tag) -> None:
        """Open or close a block as a statement would whose end is missing, and say nothing more of it."""
        found = self.found
        self.found = []
        with suppress(Misuse):
            self.statement(tag)
        self.found = found

    def open_for(self, tag: Tag, _word: str, rest: str) -> None:
        block = For("", nodes.List([]), tag)
        self.enter(block, block.body)
        block.name, block.items = _loop(rest)

    def open_if(self, tag: Tag, _word: str, rest: str) -> None:
        branch = Branch(_NEVER, tag)
        block = If([branch], tag)
        self.enter(block, branch.body)
        branch.test = expression(rest)

    def open_block(self, tag: Tag, _word: str, rest: str) -> None:
        block = Block("", tag)
        self.enter(block, block.body)
        block.name = _target(rest, tag.text)

    def enter(self, block: _Open, body: list[Statement]) -> None:
        if len(self.open) < MAX_BLOCKS:
            self.add(block)
        else:
            self.found.append(TOO_DEEP.at(block.tag.span, limit=MAX_BLOCKS))
        self.open.append((block, self.current))
        self.current = body

    def next_branch(self, tag: Tag, word: str, rest: str) -> None:
        block = self.open[-1][0] if self.open else None
        if not isinstance(block, If) or block.branches[-1].test is None:
            raise Misuse(NOT_OPENED, name=word)
        self.at_home(block, tag)
        branch = Branch(_NEVER if word == "elif" else None, tag)
        block.branches.append(branch)
        self.current = branch.body
        if word == "elif":
            branch.test = expression(rest)
        elif rest.strip():
            raise unreadable(tag.text)

    def close(self, tag: Tag, word: str, rest: str) -> None:
        while self.open and self.open[-1][0].tag.kind == TORN and _CLOSING[type(self.open[-1][0])] != word:
            self.current = self.open.pop()[1]
        if not self.open or _CLOSING[type(self.open[-1][0])] != word:
            self.cross(tag, word)
            return
        block, self.current = self.open.pop()
        self.at_home(block, tag)
        if isinstance(block, Block) and rest.strip():
            name = _target(rest, tag.text)
            if block.name and name != block.name:
                related = (Label(block.tag.span, N_("it begins here")),)
                self.found.append(OTHER_BLOCK.at(tag.span, related=related, name=name, opened=block.name))
        elif rest.strip():
            raise unreadable(tag.text)

    def cross(self, tag: Tag, word: str) -> None:
        """Report a closing tag that does not belong to the last tag still open; what it was meant for is closed."""
        related = [Label(self.open[-1][0].tag.span, N_("the last tag still open"))] if self.open else []
        meant = next((block for block, _ in reversed(self.open) if _CLOSING[type(block)] == word), None)
        if meant is not None:
            self.crossed.append(meant)
            related.append(Label(meant.tag.span, N_("it begins here")))
        self.found.append(NOT_OPENED.at(tag.span, related=tuple(related), name=word))

    def at_home(self, block: _Open, tag: Tag) -> None:
        if block.tag.home != tag.home and block.tag.kind != TORN:
            related = (Label(block.tag.span, N_("it begins here")),)
            self.found.append(NOT_AT_HOME.at(tag.span, related=related, name=tag.text.strip()))

    def set(self, tag: Tag, _word: str, rest: str) -> None:
        name, _, value = _EQUALS.sub("=", rest, 1).partition("=")
        self.add(Set(_target(name, tag.text), expression(value), tag))

    def finish(self) -> tuple[list[Statement], list[Diagnostic]]:
        settled = {id(block) for block in self.crossed}
        for block in (one for one, _ in self.open if id(one) not in settled and one.tag.kind != TORN):
            word = block.tag.text.strip()
            self.found.append(NOT_CLOSED.at(block.tag.span, name=word, closing=_CLOSING[type(block)]))
        return self.body, self.found


def _loop(text: str) -> tuple[str, nodes.Expr]:
    """Read `名 in 列表`."""
    whole = f"for {text.strip()}"
    reading = parser(text)
    try:
        name = reading.parse_assign_target(with_tuple=False, name_only=True).name
        reading.stream.expect("name:in")
    except TemplateSyntaxError:
        raise unreadable(whole) from None
    return _target(name, whole), finish(text, reading, parse_expression(text, reading))


def _target(name: str, text: str) -> str:
    """Take a name that a tag gives to a value; raises `Misuse` for what is none, or means something else already."""
    name = name.strip().translate(SIGNS)
    if not name.isidentifier() or name in RESERVED:
        raise unreadable(text)
    return name

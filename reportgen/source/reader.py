"""YAML text in, located nodes out, in one pass over the events of PyYAML's C parser; the only module that knows yaml.

Scalars stay text, so YAML's own guesses (`no`, `0123`, `12:30`) never bite; what is dangerous or unclear is refused.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

import yaml

from reportgen.diagnostics import N_, Diagnostic, Label, Severity, Span, ordered, rule
from reportgen.source.mistakes import (
    ALIAS,
    EXPLICIT_TAG,
    SEVERAL,
    Scene,
    colon,
    explain,
    indented,
    line_end,
    misread,
    quoted,
    tag_value,
)
from reportgen.source.nodes import Entry, Node, Style
from reportgen.source.places import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIMIT = 8 << 20  # bytes of a source file
DEPTH = 64  # lists and mappings within one another
NODES = 200_000  # parts of a file: values, keys, and the beginnings and ends of lists and mappings
MANY = 100  # findings that are shown of one file

DUPLICATE = rule(
    "S102",
    "duplicate-key",
    Severity.ERROR,
    "“{key}” is given twice",
    "keep one of the two, or write them as items of a list",
)
KEY = rule(
    "S104",
    "key-not-text",
    Severity.ERROR,
    "a key is a name, not empty, a list or a mapping",
    "write a name before the colon; a text that begins with a bracket goes in quotes",
)
TAG_IN_BRACKETS = N_("put the text that begins with a tag in quotes")
MERGE = rule("S106", "merge-key", Severity.ERROR, "“<<” is not read", "write the entries out here")
EMPTY = rule("S109", "empty-file", Severity.ERROR, "the file is empty", "write the facts into it, or give another file")
NOT_A_MAPPING = rule(
    "S110",
    "no-entries",
    Severity.ERROR,
    "the file does not consist of names with values",
    "write a name, a half-width colon and a space before each value, such as: 年度: 2021",
)
NOT_A_LIST = N_("this file is a list: begin each item with “- ”")
CONTROL = rule(
    "S113",
    "control-character",
    Severity.ERROR,
    "an invisible character stands here ({code})",
    "delete it and type the text around it again",
)
TOO_DEEP = rule(
    "S117",
    "too-deep",
    Severity.ERROR,
    "lists and entries stand more than {limit} levels deep within one another",
    "check the brackets and the indentation around this place",
)
TOO_MUCH = rule(
    "S118",
    "too-many-entries",
    Severity.ERROR,
    "the file holds more than {limit} values and names",
    "check that this is the right file",
)
TOO_MANY = rule(
    "S120",
    "too-many-mistakes",
    Severity.NOTE,
    "only the first {limit} mistakes of this file are shown",
    "mend these first",
)

# What XML or YAML does not carry, what breaks lines without showing it, and byte order marks.
CONTROLS = re.compile("[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\r(?!\n)")
_STYLES: dict[str, Style] = {"": "plain", "'": "quoted", '"': "quoted", "|": "block", ">": "block"}
_WIDE_SPACES = "\u3000\xa0"
_TOO_NESTED = "exceeded maximum nesting depth"
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)

Event = Any  # the C parser's events carry what the stubs of the Python classes do not promise
Part = Any  # a node, or the event of a scalar that is none yet

# Named tuples, made without the constructor in Python that would take as long as all the rest of a scalar.
_new_node: Callable[[tuple[Any, ...]], Node] = partial(tuple.__new__, Node)
_new_entry: Callable[[tuple[Any, ...]], Entry] = partial(tuple.__new__, Entry)


def parse(text: str, path: str, top: Literal["mapping", "list"] = "mapping") -> tuple[Node | None, list[Diagnostic]]:
    """Read a file whose outermost value is a mapping (or a list); None where it is not, or cannot be read to its end.

    Findings are ordered by place, at most `MANY` and a note that there were more.
    """
    controls = [*islice(CONTROLS.finditer(text), MANY + 1)]
    source = Source(CONTROLS.sub("\ufffd", text) if controls else text, path)
    found = [CONTROL.at(source.span(match.start(), match.end()), code=_code(match.group())) for match in controls]
    root = _Reader(source, found).read(top)
    if len(found) <= MANY:
        return root, ordered(found)
    return root, [*ordered(found)[:MANY], TOO_MANY.at(Span(path), limit=MANY)]


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


class _Reader:
    """Builds nodes from events; the open lists and mappings are a stack, so depth costs no recursion.

    `parts` is what the innermost of them holds so far; its scalars become nodes when it ends, names never do.
    """

    def __init__(self, source: Source, found: list[Diagnostic]) -> None:
        self.source = source
        self.found = found
        self.stack: list[tuple[Event, list[Part]]] = []
        self.parts: list[Part] = []
        self.anchors: dict[str, Span] = {}
        self.aliases: set[int] = set()

    def read(self, top: Literal["mapping", "list"]) -> Node | None:
        """Read the whole file, as `parse` promises."""
        return self._root(top) if self._walked(self.source.text) else None

    def _walked(self, text: str) -> bool:
        """Take a text in; False where it cannot be read to its end, and then it is said why."""
        known = len(self.found)
        try:
            return self._walk(iter(yaml.CSafeLoader(text).get_event, None))
        except yaml.MarkedYAMLError as error:
            if error.problem != _TOO_NESTED:
                self.found += filter(None, [explain(self._scene(error))])
                return False
            at: Event = error.problem_mark
        # Some parsers refuse deep nesting before they tell of its first levels: without the deepest they do.
        del self.found[known:]
        self.stack, self.parts = [], []
        return self._walked(text[: at.index])

    def _walk(self, events: Iterator[Event]) -> bool:
        """Take in events up to the end of the file, or to where reading makes no more sense; False there."""
        for event in islice(events, NODES):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse(event)
                if event.style == '"' and (match := CONTROLS.search(event.value)):
                    self.found.append(CONTROL.at(self._span(event), code=_code(match.group())))
                self.parts.append(event)
            elif kind in _ENDS:
                self._close(event)
            elif (whole := self._turn(event)) is not None:
                return whole
        self.found.append(TOO_MUCH.at(Span(self.source.path), limit=NODES))
        return False

    def _turn(self, event: Event) -> bool | None:
        """Take in what is no scalar and ends no list or mapping; whether all was read, if reading ends with it."""
        kind = type(event)
        if kind in _STARTS:
            if len(self.stack) == DEPTH:
                self.found.append(TOO_DEEP.at(self._span(event), limit=DEPTH))
                return False
            self._open(event)
        elif kind is yaml.AliasEvent:
            self._alias(event)
        elif kind is yaml.DocumentStartEvent and self.parts:
            self.found.append(SEVERAL.at(self._span(event)))
            return True
        return True if kind is yaml.StreamEndEvent else None

    def _span(self, event: Event) -> Span:
        return self.source.span(event.start_mark.index, event.end_mark.index)

    def _open(self, event: Event) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse(event)
        self.stack.append((event, self.parts))
        self.parts = []

    def _close(self, event: Event) -> None:
        opening, outer = self.stack.pop()
        inner, self.parts = self.parts, outer
        start = opening.start_mark.index
        mapping = type(opening) is yaml.MappingStartEvent
        value = self._entries(inner, start) if mapping else tuple(map(self._node, inner))
        end = event.end_mark.index if opening.flow_style or not inner else self._node(inner[-1]).end
        outer.append(Node(value, "flow" if opening.flow_style else "", start, end, self.source))

    def _node(self, part: Part) -> Node:
        if type(part) is Node:
            return part
        return _new_node((part.value, _STYLES[part.style], part.start_mark.index, part.end_mark.index, self.source))

    def _entries(self, inner: list[Part], start: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        parts = iter(inner)
        for key, part in zip(parts, parts, strict=True):
            name, node = key.value, self._node(part)
            if (
                type(name) is str
                and name
                and node.value != ""
                and name not in entries
                and name != "<<"
                and name[0] not in _WIDE_SPACES
            ):
                entries[name] = _new_entry((key.start_mark.index, key.end_mark.index, node))
            else:
                self._odd_entry(entries, self._node(key), node, start)
        return entries

    def _odd_entry(self, entries: dict[str, Entry], key: Node, node: Node, start: int) -> None:
        name = key.value
        if len(self.found) > MANY:
            return
        if not isinstance(name, str) or not name:
            self.found.append(self._odd_key(key, start))
        elif name in entries:
            first = (Label(entries[name].key_span, N_("first given here")),)
            self.found.append(DUPLICATE.at(key.span, related=first, key=name))
        elif name == "<<" and key.style == "plain":
            self.found.append(MERGE.at(key.span))
        elif self.source.text[key.start] in _WIDE_SPACES:
            self.found.append(indented(self.source, key.start))
        else:
            bare = node.start == node.end == key.end and key.style == "plain"
            self.found += filter(None, [colon(self.source, key.start, key.end) if bare else None])
            entries[name] = Entry(key.start, key.end, node)

    def _odd_key(self, key: Node, start: int) -> Diagnostic:
        if key.style != "flow" or key.start != start + 1 or not self.source.text.startswith("{{", start):
            return KEY.at(key.span)
        found = tag_value(self.source, start)
        return found or KEY.at(key.span, help=TAG_IN_BRACKETS)

    def _refuse(self, event: Event) -> None:
        if len(self.found) > MANY:
            return
        at, text = event.start_mark.index, self.source.text
        span = self.source.span(at, line_end(text, at))
        if event.anchor is not None:
            self.anchors[event.anchor] = span
            self.found.append(ALIAS.at(span, character="&", mended=quoted(text, at)))
        if event.tag is not None:
            self.found.append(EXPLICIT_TAG.at(span, mended=quoted(text, at)))

    def _alias(self, event: Event) -> None:
        at, text, span = event.start_mark.index, self.source.text, self._span(event)
        self.parts.append(Node("", "plain", at, event.end_mark.index, self.source))
        self.aliases.add(at)
        if len(self.found) > MANY:
            return
        anchor = self.anchors.get(event.anchor)
        related = (Label(anchor, N_("the value it refers to")),) if anchor else ()
        self.found.append(ALIAS.at(span, related=related, character="*", mended=quoted(text, at)))

    def _scene(self, error: yaml.MarkedYAMLError) -> Scene:
        began: Event = error.context_mark
        at: Event = error.problem_mark
        last = self._node(self.parts[-1]) if self.parts else None
        style = "alias" if last and last.start in self.aliases else last.style if last else ""
        openings = (opening.end_mark.index - 1 for opening, _ in reversed(self.stack) if opening.flow_style)
        text = self.source.text
        opened = next((index for index in openings if text[index] in "[{"), -1)
        return Scene(
            self.source,
            error.problem or "",
            error.context or "",
            min(at.index, len(text.rstrip())),
            began.index if began else -1,
            (last.start, last.end, style) if last else (-1, -1, ""),
            opened,
        )

    def _root(self, top: Literal["mapping", "list"]) -> Node | None:
        root = self._node(self.parts[0]) if self.parts else None
        if root is None or (root.value == "" and root.style == "plain"):
            if not self.found:
                self.found.append(EMPTY.at(Span(self.source.path)))
            return None
        if isinstance(root.value, dict if top == "mapping" else tuple):
            return root
        if isinstance(root.value, str):
            self.found += misread(root)
        if not self.found:
            self.found.append(NOT_A_MAPPING.at(root.span, help=None if top == "mapping" else NOT_A_LIST))
        return None

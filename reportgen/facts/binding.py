"""A tree of nodes and the form beside it in; facts, gaps and what is wrong with their names and shapes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import N_, Diagnostic, Label, Severity, Span, nearest, rule
from reportgen.facts import scalars
from reportgen.facts.misnamed import known_names, unknown, unusable
from reportgen.facts.model import RESERVED, STATED, Fact, Facts, Gap, Value
from reportgen.facts.pictures import Album
from reportgen.schema import NO, YES, Field, Kind, group, is_name, listing
from reportgen.source import Entry, Node, misread

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


_VALUE: Final = "值"
_SOURCE, _EVIDENCE, _NOTE = "来源", "佐证", "备注"
_LONG: Final = frozenset({_VALUE, _SOURCE, _EVIDENCE, _NOTE})
_NOTHING_SAID: Final = ("", "", "")
_OPEN: Final = Field(Kind.OPEN)
_OPEN_LIST: Final = Field(Kind.LIST)
_SHOWN: Final = 12  # names in one message
_SEPARATORS: Final = re.compile("[，、；]")
_SURE, _LIKELY = 0.7, 0.5  # how much a name resembles the one that was meant
_GUESSED: Final = 100  # unknown names for which the nearest known one is looked for

MISSING = rule("F205", "missing-fact", Severity.ERROR, "missing: {names}", "fill in:\n{lines}")
WRONG_SHAPE = rule(
    "F209", "wrong-shape", Severity.ERROR, "“{name}” takes {wanted}", "see the form that `reportgen new` writes"
)
LONG_FORM = rule(
    "F210",
    "long-form",
    Severity.ERROR,
    "beside 值 there may only be 来源, 佐证 and 备注, not “{key}”",
    "remove it, or move it into 备注",
)
SOURCE_OF_MANY = rule(
    "F217",
    "source-of-many",
    Severity.ERROR,
    "来源, 佐证 and 备注 belong to single values, not to the whole of “{name}”",
    "write them beside each value: {{值: …, 来源: …}}",
)
ONE_ITEM = rule(
    "F229",
    "one-item",
    Severity.WARNING,
    "“{name}” is a list of one item, because a half-width comma is what divides items",
    'write {mended}; if it is one item, put it in quotes: ["{item}"]',
)

WANTED_LIST: Final = Label(Span(), N_("a list, each item after “- ”"))
WANTED_GROUP: Final = Label(Span(), N_("a group of names with values"))
WANTED_SCALAR: Final = Label(Span(), N_("one value"))


def bind(root: Node, form: Field, folder: Path | None = None) -> tuple[Facts, list[Diagnostic]]:
    """Give every node of a facts file the meaning that the form assigns to its place.

    Pictures lie in `folder`.
    """
    binder = _Binder(form, folder)
    assert isinstance(root.value, dict)  # noqa: S101 — source.parse gives a mapping or nothing
    entries = {name: entry for name, entry in root.value.items() if name not in RESERVED}
    values = binder.group(entries, form, "", root)
    names = binder.texts(root.value.get("专名"), "专名")
    stated = binder.stated(root.value.get(STATED))
    return Facts(values, binder.facts, tuple(binder.gaps), names, stated), binder.finish()


def bind_list(root: Node, item: Field, name: str) -> tuple[Facts, list[Diagnostic]]:
    """Give a file that is one list its meaning; its items are called `name[1]`, `name[2]` and so on."""
    binder = _Binder(group({name: listing(item)}))
    values = {name: binder.value(root, listing(item), name, root)}
    return Facts(values, binder.facts, tuple(binder.gaps)), binder.finish()


class _Lack(NamedTuple):
    """Facts that one place lacks."""

    span: Span
    fields: Mapping[str, Field]


class _Binder:
    """Walks the nodes beside the form, collecting facts, gaps and diagnostics."""

    def __init__(self, form: Field, folder: Path | None = None) -> None:
        self.facts: dict[str, Fact] = {}
        self.gaps: list[Gap] = []
        self._found: list[Diagnostic] = []
        self._album = Album(folder)
        self._form = form
        self._homes: dict[str, list[str]] | None = None
        self._lacks: list[_Lack] = []
        self._meant: set[str] = set()
        self._guessed = 0
        self._takers = {Kind.GROUP: self._group, Kind.LIST: self._list, Kind.OPEN: self._open}
        self._readers = {Kind.PICTURE: self._picture}

    def finish(self) -> list[Diagnostic]:
        """Give everything that is wrong; what was given under another name or elsewhere is not missing as well."""
        for span, fields in self._lacks:
            lines = {path: _asked(path, form) for path, form in fields.items() if path not in self._meant}
            if lines:
                more = "…" if len(lines) > _SHOWN else ""
                first, *others = list(lines)[:_SHOWN]
                names = "、".join([first, *(path.rpartition(".")[2] for path in others)]) + more
                shown = "\n".join(list(lines.values())[:_SHOWN]) + more
                self._found.append(MISSING.at(span, names=names, lines=shown))
        self._lacks = []
        return self._found

    def group(self, entries: Mapping[str, Entry], form: Field, path: str, at: Entry | Node) -> dict[str, Value]:
        """Bind the members of a group; what it lacks is reported once, at the first one left blank or at `at`."""
        prefix = f"{path}." if path else ""
        absent = [
            name
            for name, wanted in form.fields.items()
            if name not in entries or _left_blank(entries[name].node, wanted)
        ]
        reported = self._incomplete(entries, form, prefix, at, absent)
        return {
            name: self._absent(wanted, prefix + name, reported=reported[name])
            if name in reported
            else self._given(entries[name].node, wanted, prefix + name, entries[name])
            for name, wanted in form.fields.items()
        }

    def _incomplete(
        self, entries: Mapping[str, Entry], form: Field, prefix: str, at: Entry | Node, absent: list[str]
    ) -> dict[str, bool]:
        """Report names that a group does not have and those that it lacks; give what is absent, and if that is said."""
        if not absent and len(entries) == len(form.fields):
            return {}
        lacking = [name for name in absent if name not in entries]
        strange = [(name, entry) for name, entry in entries.items() if name not in form.fields]
        meant = {self._unknown(name, entry, lacking, prefix[:-1]) for name, entry in strange}
        needed = [name for name in absent if _needed(form.fields[name]) and name not in meant]
        if needed:
            places = [entries[name].key_span for name in needed if name in entries]
            whole = _place(at) if prefix else Span(_place(at).path)
            span = places[0] if len(places) == len(needed) else whole
            self._lacks.append(_Lack(span, {prefix + name: form.fields[name] for name in needed}))
        return {name: name in meant or name in needed for name in absent}

    def value(self, node: Node, form: Field, path: str, at: Entry | Node) -> Value:
        """Bind what stands at a path; `at` is its entry, or the item itself in a list."""
        if _left_blank(node, form):
            return self._lack(form, path, at)
        return self._given(node, form, path, at)

    def _given(self, node: Node, form: Field, path: str, at: Entry | Node) -> Value:
        """Bind what is more than a blank."""
        if take := self._takers.get(form.kind):
            return take(node, form, path, at)
        if isinstance(node.value, str):
            return self._scalar(node, form, path, _NOTHING_SAID)
        inner, said = self._long(node)
        if not isinstance(inner.value, str):
            self._found.append(self._not_scalar(inner, form, path))
            return self._gap(path)
        return self._lack(form, path, at) if _blank(inner) else self._scalar(inner, form, path, said)

    def texts(self, entry: Entry | None, name: str) -> tuple[str, ...]:
        """Read a reserved list of plain texts; it may be left empty."""
        if entry is None or _blank(entry.node):
            return ()
        values = entry.node.value
        if not isinstance(values, tuple):
            self._found.append(WRONG_SHAPE.at(entry.node.span, name=name, wanted=WANTED_LIST))
            return ()
        wrong = [item.span for item in values if not isinstance(item.value, str) or not item.value.strip()]
        self._found += [WRONG_SHAPE.at(span, name=name, wanted=WANTED_SCALAR) for span in wrong]
        return tuple(item.value for item in values if isinstance(item.value, str) and item.value.strip())

    def stated(self, entry: Entry | None) -> dict[str, Value]:
        """Read what a published report states, by the names of the values that it is compared with; may be empty."""
        if entry is None or _blank(entry.node):
            return {}
        if not isinstance(entry.node.value, dict):
            self._found.append(WRONG_SHAPE.at(entry.node.span, name=STATED, wanted=WANTED_GROUP))
            return {}
        return {name: self._stated(name, inner, STATED) for name, inner in entry.node.value.items()}

    def _stated(self, name: str, entry: Entry, path: str) -> Value:
        """Read one stated value or a group of them; here 值 is a name as any other."""
        if not isinstance(entry.node.value, dict):
            return self._open_entry(name, entry, path)
        return {inner: self._stated(inner, below, f"{path}.{name}") for inner, below in entry.node.value.items()}

    def _group(self, node: Node, form: Field, path: str, at: Entry | Node) -> Value:
        if isinstance(node.value, dict) and _VALUE not in form.fields and _is_long(node):
            self._refuse_long(node, path)
            node = self._long(node)[0]
        if isinstance(node.value, dict):
            return self.group(node.value, form, path, at)
        self._found += misread(node) or [WRONG_SHAPE.at(node.span, name=path, wanted=WANTED_GROUP)]
        return self._absent(form, path, reported=True)

    def _list(self, node: Node, form: Field, path: str, at: Entry | Node) -> Value:
        if _is_long(node):
            self._refuse_long(node, path)
            node = self._long(node)[0]
        if not isinstance(node.value, tuple) or form.item is None:
            self._found += misread(node) or [WRONG_SHAPE.at(node.span, name=path, wanted=WANTED_LIST)]
            return self._gap(path)
        if len(node.value) == 1 and _left_blank(node.value[0], form.item):
            return self._lack(form, path, at)
        self._found += _joined(node, path)
        items = [self.value(item, form.item, f"{path}[{number}]", item) for number, item in enumerate(node.value, 1)]
        return self._fact(path, form, items, node, _NOTHING_SAID)

    def _open(self, node: Node, _form: Field, path: str, at: Entry | Node) -> Value:
        inner, said = self._long(node)
        if inner is not node and not isinstance(inner.value, str):
            self._refuse_long(node, path)
        node = inner
        if isinstance(node.value, dict):
            return {name: self._open_entry(name, entry, path) for name, entry in node.value.items()}
        if isinstance(node.value, tuple):
            self._found += _joined(node, path)
            items = [self._open(item, _OPEN, f"{path}[{number}]", item) for number, item in enumerate(node.value, 1)]
            return self._fact(path, _OPEN_LIST, items, node, _NOTHING_SAID)
        if _left_blank(node, _OPEN):
            return self._lack(_OPEN, path, at)
        return self._scalar(node, scalars.guess(node), path, said)

    def _open_entry(self, name: str, entry: Entry, path: str) -> Value:
        if not is_name(name):
            self._found.append(unusable(name, entry))
            if _left_blank(entry.node, _OPEN):
                return self._gap(f"{path}.{name}")
        return self._open(entry.node, _OPEN, f"{path}.{name}", entry)

    def _long(self, node: Node) -> tuple[Node, tuple[str, str, str]]:
        """Take the long form (值, 来源, 佐证, 备注) of one value apart, into the value and what is said of it."""
        if not isinstance(node.value, dict) or _VALUE not in node.value:
            return node, _NOTHING_SAID
        extra = {}
        for key, entry in node.value.items():
            if key not in _LONG:
                self._found.append(LONG_FORM.at(entry.key_span, key=key))
            elif key != _VALUE and isinstance(entry.node.value, str):
                extra[key] = entry.node.value
            elif key != _VALUE:
                self._found.append(WRONG_SHAPE.at(entry.node.span, name=key, wanted=WANTED_SCALAR))
        return node.value[_VALUE].node, (extra.get(_SOURCE, ""), extra.get(_EVIDENCE, ""), extra.get(_NOTE, ""))

    def _refuse_long(self, node: Node, path: str) -> None:
        """Say that a list or a group has no source as a whole."""
        self._found.append(SOURCE_OF_MANY.at(node.span, name=path))

    def _scalar(self, node: Node, form: Field, path: str, said: tuple[str, str, str]) -> Value:
        value, found = self._readers.get(form.kind, scalars.read)(node, form, path)
        self._found += found
        return self._gap(path) if value is None else self._fact(path, form, value, node, said)

    def _picture(self, node: Node, _form: Field, _path: str) -> tuple[Value | None, list[Diagnostic]]:
        return self._album.take(node)

    def _fact(self, path: str, form: Field, value: Value, node: Node, said: tuple[str, str, str]) -> Value:
        self.facts[path] = Fact(path, form.kind, value, node, *said, form.evidence)
        return value

    def _gap(self, path: str, *, reported: bool = True) -> Gap:
        gap = Gap(path, reported)
        self.gaps.append(gap)
        return gap

    def _absent(self, form: Field, path: str, *, reported: bool) -> Value:
        if form.kind is not Kind.GROUP:
            return self._gap(path, reported=reported)
        return {name: self._absent(inner, f"{path}.{name}", reported=reported) for name, inner in form.fields.items()}

    def _lack(self, form: Field, path: str, at: Entry | Node) -> Value:
        """Report a place that is there but left blank, where something is needed."""
        if _needed(form):
            self._lacks.append(_Lack(_place(at), {path: form}))
        return self._absent(form, path, reported=_needed(form))

    def _not_scalar(self, node: Node, form: Field, path: str) -> Diagnostic:
        raw = node.source.text[node.start : node.end]
        advice, mended = None, ""
        if isinstance(node.value, dict) and node.value.keys() <= _LONG:
            advice = N_("write 值 as well: {{值: …, 来源: …}}")
        elif node.style == "flow" and isinstance(node.value, tuple) and "\n" not in raw:
            advice = N_("a text that begins with a bracket is written below, after a “|”:\n{mended}")
            owner = "-" if path.endswith("]") else f"{path.rpartition('.')[2]}:"
            mended = f"{owner} |\n  {raw}"
        elif isinstance(node.value, tuple) and form.kind is Kind.PROSE:
            advice = N_("write one text after a “|”; an empty line in it begins a new paragraph")
        return WRONG_SHAPE.at(node.span, help=advice, name=path, wanted=WANTED_SCALAR, mended=mended)

    def _unknown(self, name: str, entry: Entry, lacking: list[str], path: str) -> str:
        """Report a name that the form does not have here; give the name that was meant, if it is one of this group."""
        self._guessed += 1
        homes = self._elsewhere(name)
        close = nearest(name, lacking, _SURE if homes else _LIKELY) if self._guessed <= _GUESSED else ""
        if not homes and not close and not path:
            close = nearest(name, RESERVED, _LIKELY)
        self._found.append(unknown(name, entry, close, homes[:_SHOWN]))
        if not close:
            self._meant |= {f"{home}.{name}" if home else name for home in homes[:1]}
        return close

    def _elsewhere(self, name: str) -> list[str]:
        """Give the groups of the form that have a name."""
        if self._homes is None:
            self._homes = {}
            for home, known in known_names(self._form):
                self._homes.setdefault(known, []).append(home)
        return self._homes.get(name, [])


def _joined(node: Node, path: str) -> list[Diagnostic]:
    """Find a list in brackets that is one item because its separators are Chinese ones."""
    if node.style != "flow" or not isinstance(node.value, tuple) or len(node.value) != 1:
        return []
    item = node.value[0]
    if item.style != "plain" or not isinstance(item.value, str) or not _SEPARATORS.search(item.value):
        return []
    mended = ", ".join(part.strip() for part in _SEPARATORS.split(item.value))
    return [ONE_ITEM.at(item.span, name=path, mended=f"[{mended}]", item=item.value)]


def _place(at: Entry | Node) -> Span:
    return at.key_span if isinstance(at, Entry) else at.span


def _is_long(node: Node) -> bool:
    return isinstance(node.value, dict) and _VALUE in node.value and node.value.keys() <= _LONG


def _needed(form: Field) -> bool:
    """Whether something must be given here: a group is needed when any of its members is."""
    if form.kind is Kind.GROUP and form.required:
        return any(_needed(inner) for inner in form.fields.values())
    return form.required


def _blank(node: Node) -> bool:
    return isinstance(node.value, str) and not node.value.strip()


def _left_blank(node: Node, form: Field) -> bool:
    """Whether nothing is given; in open data a text in quotes may be empty."""
    value = node.value
    return isinstance(value, str) and not value.strip() and (form.kind is not Kind.OPEN or node.style == "plain")


def _asked(path: str, form: Field) -> str:
    """Write the line that a lacking fact asks for, with what the form says of it."""
    choices = "、".join((YES, NO) if form.kind is Kind.TRUTH else form.choices)
    said = "，".join(part for part in (form.unit, choices, form.meaning) if part)
    name = "-" if path.endswith("]") else f"{path.rpartition('.')[2]}:"
    return f"  {name}  # {said}" if said else f"  {name}"

"""What was read of a report in, as text at the paths of facts; the values as a facts file writes them out."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reportgen import evidence, formats
from reportgen.blank.values import Text, Tree, words
from reportgen.facts import steps
from reportgen.recovery.pieces import NOTHING, Chosen, Says
from reportgen.schema import Kind
from reportgen.word.plain import BREAK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.recovery.matching import Found
    from reportgen.report import Line
    from reportgen.schema import Field

_TAG: Final = re.compile(r"(?<=[{｛])(?=[{｛%％#＃])")
_UNSOUND: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
_KEPT: Final = "\t\n"


class Read(NamedTuple):
    """One value as a facts file writes it, whether it is sure, and the line that it was read in."""

    tree: Tree
    sure: bool
    line: Line | None = None


def converted(found: Iterable[tuple[Found, bool]]) -> dict[str, Read]:
    """Give the values by path; of several that differ the first one counts, but is not sure."""
    values: dict[str, Read] = {}
    chosen: list[Found] = []
    alike: list[tuple[str, str]] = []
    for one, sure in found:
        if isinstance(one.piece, Says) and one.piece.like:
            alike.append((one.path, one.piece.like))
            continue
        if isinstance(one.piece, Chosen):
            chosen.append(one)
            continue
        tree = _tree(one)
        if tree is None:
            continue
        known = values.get(one.path)
        line = one.row.line if one.row else None
        if known is None or (sure and not known.sure):
            values[one.path] = Read(tree, sure, line)
        elif known.tree != tree and sure:
            values[one.path] = known._replace(sure=False)
    values = {**{path: values[like] for path, like in alike if like in values}, **values}
    filled = {path.rpartition("[")[0] for path in values if "[" in path}
    values = {path: read for path, read in values.items() if read.tree != [] or path not in filled}
    for one in chosen:
        values = {**dict(_resolved(one, values)), **values}
    return _evident(values)


def _tree(one: Found) -> Tree | None:
    """Give a value as a facts file writes it; None for what is none."""
    if isinstance(one.piece, Says):
        return [] if one.text == NOTHING else Text(one.text, plain=True)
    assert not isinstance(one.piece, Chosen)  # noqa: S101 — those are resolved together
    field = one.piece.field
    if one.piece.between:
        items = [said.strip() for said in one.text.split(one.piece.between)]
        return [_text(said, field.item.kind) for said in items if said] if field.item else None
    return scalar(one.text, field)


def scalar(text: str, field: Field) -> Text | None:
    """Give a single value as a facts file writes it."""
    if field.kind is Kind.NUMBER:
        return Text(text.replace(",", "").replace("−", "-"), plain=True)
    if field.kind is Kind.DATE:
        day = formats.read(text)
        known = day is not None and day.kind is formats.Kind.DATE and isinstance(day.value, dt.date)
        return Text(f"{day.value:%Y-%m-%d}", plain=True) if day and known else None
    return _text(text, field.kind) if text.strip() else None


def _text(text: str, kind: Kind) -> Text:
    """Write a text so that it is only a text: without tags, and without characters that no file may hold."""
    sound = "".join(sign for sign in text.replace(BREAK, "\n") if sign in _KEPT or _is_sound(sign))
    plain = _TAG.sub(" ", sound).strip()
    if kind is Kind.PROSE:
        return Text("\n\n".join(line.strip() for line in plain.split("\n") if line.strip()), prose=True)
    return words(" ".join(plain.split("\n")))


def _is_sound(sign: str) -> bool:
    return unicodedata.category(sign) not in _UNSOUND


def _resolved(one: Found, values: Mapping[str, Read]) -> Iterator[tuple[str, Read]]:
    """Say of each item whose member is named that it is one of those chosen."""
    assert isinstance(one.piece, Chosen)  # noqa: S101 — the caller has looked
    between, member = one.piece.between, one.piece.member
    listed = f"{between}{one.text}{between}"
    for path, read in values.items():
        owner, _, key = path.rpartition(".")
        if not (key == member and owner.startswith(f"{one.path}[") and isinstance(read.tree, Text)):
            continue
        if f"{between}{read.tree.value}{between}" in listed:
            yield f"{owner}.{one.piece.key}", Read(Text(one.piece.value, plain=True), sure=True)


def _evident(values: dict[str, Read]) -> dict[str, Read]:
    """Write what proves a value beside it, where the list of evidence names it."""
    known = dict(values)
    for path, read in values.items():
        if path.startswith(f"{evidence.LIST}["):
            del known[path]
        if not path.startswith(f"{evidence.LIST}[") or not path.endswith("].名称") or not isinstance(read.tree, Text):
            continue
        named, proof = read.tree.value, values.get(path.removesuffix("名称") + "佐证")
        if named in known and isinstance(known[named].tree, Text) and proof:
            known[named] = known[named]._replace(tree={"值": known[named].tree, "佐证": proof.tree})
    known.pop(evidence.LIST, None)
    return known


def nested(values: Mapping[str, Read]) -> dict[str, Tree]:
    """Put values into the groups and lists that their paths name."""
    root: dict[str | int, Any] = {}
    for path, read in values.items():
        *before, last = steps(path)
        inner: dict[str | int, Any] = root
        for step in before:
            inner = inner.setdefault(step, {})
        inner[last] = read.tree
    whole = _whole(root)
    return whole if isinstance(whole, dict) else {}


def _whole(value: Any) -> Tree:  # noqa: ANN401 — groups whose names are numbers are lists
    if not isinstance(value, dict):
        tree: Tree = value
        return tree
    if value and all(isinstance(step, int) for step in value):
        return [_whole(value[step]) for step in sorted(value)]
    return {str(step): _whole(inner) for step, inner in value.items()}


def lacking(form: Field, tree: Tree | None) -> int:
    """Count what must be there and is not: a list that is missing counts once."""
    if isinstance(tree, list):
        return sum(lacking(form.item, one) for one in tree) if form.item else 0
    if form.fields:
        members: Mapping[str, Tree] = tree if isinstance(tree, dict) else {}
        return sum(lacking(field, members.get(name)) for name, field in form.fields.items())
    return int(tree is None and form.required)

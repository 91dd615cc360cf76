"""Facts in, the lines of YAML that say the same again out: texts as they were typed, prose as blocks after a `|`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.facts import Gap
from reportgen.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.facts import Fact, Facts, Value

STEP: Final = "  "
_PLAIN: Final = re.compile(
    r"[\w“《（]([^:#\x00-\x1f\x7f-\xa0]|:(?=\S)|(?<=\S)#)*(?<!\s)"
)  # what needs no quotes behind a colon
_FOUR_DIGITS: Final = 0xFFFF


class Text(NamedTuple):
    """A scalar; `plain` says that it stood in its file without quotes, `prose` that it is written as a block."""

    value: str
    plain: bool = False
    prose: bool = False


Tree = Text | list["Tree"] | dict[str, "Tree"]


def words(text: str) -> Text:
    """Give a text of which it is not known how it stood in its file."""
    return Text(text, plain=bool(_PLAIN.fullmatch(text)))


def tree(value: Value, path: str, facts: Facts) -> Tree | None:
    """Give what a facts file writes for a value (at its path, among all facts); None for what is absent."""
    if isinstance(value, Gap):
        return None
    if isinstance(value, dict):
        members = {name: tree(inner, f"{path}.{name}", facts) for name, inner in value.items()}
        return {name: inner for name, inner in members.items() if inner is not None}
    if isinstance(value, list):
        items = [tree(item, f"{path}[{number}]", facts) for number, item in enumerate(value, 1)]
        return [item for item in items if item is not None]
    return _leaf(facts.all[path])


def _leaf(fact: Fact) -> Tree:
    """Write one fact, long where anything is said beside its value."""
    text = Text(str(fact.node.value), fact.node.style == "plain", fact.kind is Kind.PROSE)
    said = {"来源": fact.source, "佐证": fact.evidence, "备注": fact.note}
    beside: dict[str, Tree] = {
        name: Text(one, one.isprintable() and bool(_PLAIN.fullmatch(one))) for name, one in said.items() if one
    }
    return {"值": text, **beside} if beside else text


def entry(before: str, value: Tree, indent: str, comment: str = "") -> Iterator[str]:
    """Write a value behind `before`, a name with its colon or the sign of an item; what lies deeper at `indent`."""
    if isinstance(value, Text):
        first, *rest = _scalar(value, indent)
        yield f"{before} {first}{comment}"
        yield from rest
    elif value:
        yield f"{before}{comment}"
        yield from _members(value, indent) if isinstance(value, dict) else _items(value, indent)
    else:
        yield f"{before} {'{}' if isinstance(value, dict) else '[]'}{comment}"


def name(key: str) -> str:
    """Write a name as it can stand before a colon."""
    return key if key.isidentifier() else json.dumps(key, ensure_ascii=False)


def _members(members: Mapping[str, Tree], indent: str) -> Iterator[str]:
    for key, value in members.items():
        yield from entry(f"{indent}{name(key)}:", value, indent + STEP)


def _items(items: list[Tree], indent: str) -> Iterator[str]:
    """Write the items of a list; the first name of a group stands beside the sign of the list."""
    for item in items:
        if isinstance(item, dict) and item:
            first, *rest = _members(item, indent + STEP)
            yield f"{indent}- {first.lstrip()}"
            yield from rest
        else:
            yield from entry(f"{indent}-", item, indent + STEP)


def _scalar(text: Text, indent: str) -> list[str]:
    """Write a text so that it is read back as it is, but for line breaks at its end."""
    lines = text.value.rstrip("\n").split("\n")
    if (text.prose or len(lines) > 1) and all(map(str.isprintable, lines)) and not lines[0][:1].isspace() and lines[0]:
        return ["|", *(f"{indent}{line}" if line else "" for line in lines)]
    if text.plain and len(lines) == 1:
        return lines
    quoted = json.dumps("\n".join(lines), ensure_ascii=False)
    return ["".join(one if one.isprintable() else _escaped(ord(one)) for one in quoted)]


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code <= _FOUR_DIGITS else f"\\U{code:08x}"

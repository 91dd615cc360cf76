"""A file, a scalar in it and a new text in, the file with that scalar replaced and no other byte touched out."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import Diagnostic, Severity, rule
from reportgen.source.reader import CONTROLS, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.source.nodes import Node

UNWRITABLE = rule(
    "S130",
    "unwritable-character",
    Severity.ERROR,
    "a text with the invisible character {code} cannot be written into the file",
    "delete the character, or type the text again",
)
NO_ROOM = rule(
    "S131",
    "no-room-for-value",
    Severity.ERROR,
    "this value cannot be written here without changing what stands around it",
    "write it into the file by hand",
)

# Patterns are made when a value is written, which most runs never do.
_BLOCK: Final = r"(?P<sign>[|>])(?P<marks>[0-9+-]*)(?P<comment>[^\r\n]*)"
_ENDING: Final = r"(?:\r?\n[ \t\r\n]*)?\Z"  # the last line break of a block and the blank lines after it
_NOTHING: Final = r"[ \t]*(?:\r?\n|\Z)"  # to the end of a line
_MARGIN: Final = r" *(?:- +)*"
_FOLDED: Final = r"(?m)^(?=[^ \t\n])(.*\n)(?=\n*[^ \t\n])"


def replaced(data: bytes, node: Node, value: str) -> tuple[bytes | None, list[Diagnostic]]:
    """Give a file in which a scalar that was read from it says `value`; every other byte is kept.

    The scalar keeps its style where that can hold the value; else the spelling changes that changes least. Each
    spelling is tried by reading the new file: None where none gives the same tree with this value in it, or where the
    file has mistakes to be mended first.
    """
    if control := CONTROLS.search(value):
        return None, [UNWRITABLE.at(node.span, code=f"U+{ord(control.group()):04X}")]
    if value == node.value:
        return data, []
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data.removeprefix(mark).decode("utf-8")
    root, found = _read(text, node.source.path)
    if root is None:
        return None, found
    for spelling in _spellings(node, value):
        new = text[: node.start] + spelling + text[node.end :]
        again, _ = _read(new, node.source.path)
        if again is not None and _agree(root, again, node, value):
            return mark + new.encode("utf-8"), []
    return None, [NO_ROOM.at(node.span)]


def _read(text: str, path: str) -> tuple[Node | None, list[Diagnostic]]:
    """Read a file whatever its outermost value is; None and what is wrong unless it is sound."""
    root, found = parse(text, path)
    if root is None:
        root, wrong = parse(text, path, "list")
        found = wrong if root else found
    return (None, found) if found else (root, [])


def _agree(old: Node, new: Node, node: Node, value: str) -> bool:
    """Whether two trees are the same, but for `node` of the first, where the second has `value`."""
    if isinstance(old.value, str):
        if (old.start, old.end) == (node.start, node.end):
            return new.value == value
        return old.value == new.value and old.style == new.style
    if isinstance(old.value, dict):
        if not isinstance(new.value, dict) or [*old.value] != [*new.value]:
            return False
        pairs = zip(old.value.values(), new.value.values(), strict=True)
        return all(_agree(one.node, other.node, node, value) for one, other in pairs)
    if not isinstance(new.value, tuple) or len(old.value) != len(new.value):
        return False
    return all(_agree(one, other, node, value) for one, other in zip(old.value, new.value, strict=True))


def _spellings(node: Node, value: str) -> Iterator[str]:
    """Give the ways to write a value in place of a scalar, the best first."""
    if node.style == "block":
        old = _old_block(node)
        for sign in (old.sign, "|"):
            yield from _blocks(old._replace(sign=sign), value)
        yield from (f"{quotes}{old.comment}{old.ending}" for quotes in _quotes(value))
        return
    # An empty value stands right after its colon or dash; between brackets there may be neither.
    for before in ("",) if node.start < node.end else (" ", ": "):
        yield from (before + spelling for spelling in _inline(node, value))


def _inline(node: Node, value: str) -> Iterator[str]:
    """Give the ways to write a value in place of a scalar that is no block."""
    quotes = [*_quotes(value)]
    if node.style == "quoted":
        yield from (one for one in quotes if one[0] == node.source.text[node.start])
    elif "\n" not in value:
        yield value
    elif re.match(_NOTHING, node.source.text[node.end :]):
        yield from _blocks(_new_block(node), value)
    yield from quotes


def _quotes(value: str) -> Iterator[str]:
    """Give the ways to write a value in quotes: in those that need no sign before another first."""
    plain, escaped = f'"{value}"', json.dumps(value, ensure_ascii=False)
    if plain == escaped:
        yield plain
    if "\n" not in value:
        yield "'" + value.replace("'", "''") + "'"
    yield escaped


class _Block(NamedTuple):
    """How a block is written: `|` or `>`, what follows it in its line, the margin of its lines and what ends them.

    `marks` are those for margin and end; `depth` is how much deeper its lines stand than what the block belongs to.
    """

    sign: str
    marks: str
    comment: str
    margin: int
    depth: int
    end_of_line: str
    ending: str


def _new_block(node: Node) -> _Block:
    margin, depth = _fresh_margin(node)
    return _Block("|", "", "", margin, depth, _end_of_line(node), "")


def _old_block(node: Node) -> _Block:
    raw = node.source.text[node.start : node.end]
    head, ending = re.match(_BLOCK, raw), re.search(_ENDING, raw)
    assert head  # noqa: S101 — a block begins with its sign
    assert ending  # noqa: S101 — the end of a text is always found
    margin, depth = _fresh_margin(node)
    if raw[head.end() : ending.start()]:
        own = _leading(raw[head.end() :]) - _leading(str(node.value))
        margin, depth = own, depth + own - margin
    return _Block(head["sign"], head["marks"], head["comment"], margin, depth, _end_of_line(node), ending.group())


def _fresh_margin(node: Node) -> tuple[int, int]:
    """Give the margin for lines below a value, and how much of it is deeper than the list or mapping around it."""
    text = node.source.text
    start = text.rfind("\n", 0, node.start) + 1
    before = re.match(_MARGIN, text[start : node.start])
    width = len(before.group()) if before else 0
    if "-" in text[start : start + width] and start + width == node.start:
        return width, start + width - text.rfind("-", start, node.start)
    return width + 2, 2


def _end_of_line(node: Node) -> str:
    """Give the line break of the line of a node, or that of the file."""
    text = node.source.text
    at = max(text.find("\n", node.start), text.find("\n"))
    return "\r\n" if text[max(at - 1, 0) : at] == "\r" else "\n"


def _leading(text: str) -> int:
    """Count the spaces before the first line that holds anything else."""
    found = re.search(r"^( *)[^ \r\n]", text, re.MULTILINE)
    return len(found[1]) if found else 0


def _blocks(block: _Block, value: str) -> Iterator[str]:
    """Give the ways to write a value as a block: with its old marks and ending if they can stay."""
    said = value.rstrip("\n")
    breaks = len(value) - len(said)
    folded = re.sub(_FOLDED, r"\1\n", said) if block.sign == ">" else said
    lines = [" " * block.margin + line if line else "" for line in folded.split("\n")] if said else []
    digit = re.sub("[+-]", "", block.marks) or (str(block.depth) if re.match(r"\n* ", value) else "")
    marks = digit + {0: "-", 1: ""}.get(breaks, "+")
    endings = dict.fromkeys([block.ending, block.end_of_line * max(breaks, 1), block.end_of_line * (breaks - 1)])
    for mark in dict.fromkeys([block.marks, marks]):
        head = f"{block.sign}{mark}{block.comment}"
        yield from (block.end_of_line.join([head, *lines]) + ending for ending in endings)

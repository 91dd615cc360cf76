"""A file of a pack and a way into it in, the place there out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen import source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Span
    from reportgen.packs import Pack
    from reportgen.source import Node

INDICATORS: Final = "indicators.yaml"
SCHEMA: Final = "schema.yaml"
MANIFEST: Final = "pack.yaml"


def root(pack: Pack, name: str) -> Node:
    """Read a file of a pack again; that it can be read was found when the pack was."""
    path = str(pack.folder / name)
    node, _ = source.parse(pack.sources[path], path, "list" if name == INDICATORS else "mapping")
    assert node is not None  # noqa: S101 — see above
    return node


def place(node: Node, *way: str | int) -> Span:
    """Give the place where a way of names and numbers (from 0) ends: of the last name, or of what is numbered."""
    span = node.span
    for step in way:
        if isinstance(step, int):
            assert isinstance(node.value, tuple)  # noqa: S101 — a pack that was read has its form
            node = node.value[step]
            span = node.span
        else:
            assert isinstance(node.value, dict)  # noqa: S101 — as above
            entry = node.value[step]
            node, span = entry.node, entry.key_span
    return span


def indicators(pack: Pack) -> Iterator[Node]:
    """Give the node of each indicator, in their order."""
    listed = root(pack, INDICATORS).value
    assert isinstance(listed, tuple)  # noqa: S101 — as above
    yield from listed

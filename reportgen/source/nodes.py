"""What a source file is made of: located pieces of it, all scalars still text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from reportgen.diagnostics import Span

Style = Literal["plain", "quoted", "block", "flow", ""]


class Entry(NamedTuple):
    """A value of a mapping, and the place of its key."""

    key_span: Span
    node: Node


class Node(NamedTuple):
    """A scalar (text), a list or a mapping, as written.

    `style` is `plain`, `quoted` or `block` (`|`, `>`) for scalars, `flow` (brackets) or empty for lists and mappings.
    `text[start:end]` is what the node takes up in its file; a block scalar reaches to the start of the next line that
    is not its own, an empty value (`key:`) takes up nothing.
    """

    value: str | tuple[Node, ...] | dict[str, Entry]
    span: Span
    style: Style
    start: int
    end: int

"""What a source file is made of: located pieces of it, all scalars still text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from reportgen.diagnostics import Span
    from reportgen.source.places import Source

Style = Literal["plain", "quoted", "block", "flow", ""]


class Entry(NamedTuple):
    """A value in a mapping; its name is what `[start:end]` of the file's text takes up."""

    start: int
    end: int
    node: Node

    @property
    def key_span(self) -> Span:
        """The place of the name."""
        return self.node.source.span(self.start, self.end)


class Node(NamedTuple):
    """A scalar (text), a list or a mapping, as written.

    `style` is `plain`, `quoted` or `block` (`|`, `>`) for scalars, `flow` (brackets) or empty for lists and mappings.
    `source.text[start:end]` is what the node takes up in its file; a block scalar reaches to the start of the next line
    that is not its own, an empty value (`key:`) takes up nothing.
    """

    value: str | tuple[Node, ...] | dict[str, Entry]
    style: Style
    start: int
    end: int
    source: Source

    @property
    def span(self) -> Span:
        """The place in the file; a list or mapping without brackets has a beginning only."""
        return self.source.span(self.start, self.end if self.style else -1)

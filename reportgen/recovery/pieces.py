"""What the pattern of a report is made of: literal words, slots where facts stand, and what surrounds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, Union

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.schema import Field

ITEM: Final = "[*]"
"""Stands in a path for the number of an item."""
NOTHING: Final = ""
"""What a list that is empty is said to be."""


class Slot(NamedTuple):
    """The place of a fact; the items of a list stand in it with a sign between them."""

    path: str
    field: Field
    between: str = ""


class Chosen(NamedTuple):
    """The place of the members of those items of a list that are said to be so or not, by another member of theirs."""

    path: str
    key: str
    value: str
    member: str
    between: str


class Says(NamedTuple):
    """Takes no room: what stands here says the value of a fact, or that it is `like` that of another one."""

    path: str
    value: str = ""
    like: str = ""


class Many(NamedTuple):
    """Takes no room: a list has several items here, or not so."""

    over: str
    so: bool


class Count(NamedTuple):
    """The number of the item of a loop, plain or as 一是."""

    over: str
    ordinal: bool = False


class Any(NamedTuple):
    """What may be anything; a `figure` has no stop in it."""

    figure: bool = False


class Either(NamedTuple):
    """One of several stretches."""

    arms: tuple[tuple[Piece, ...], ...]


class Repeat(NamedTuple):
    """A stretch for each item of a list."""

    over: str
    body: tuple[Piece, ...]


class Paragraph(NamedTuple):
    """A paragraph, or a row of a table; a heading has a level from 1."""

    level: int
    pieces: tuple[Piece, ...]

    @property
    def title(self) -> str:
        """The words of a heading that is always the same, else nothing."""
        fixed = self.level and all(isinstance(one, str) for one in self.pieces)
        return "".join(map(str, self.pieces)) if fixed else ""


Piece: TypeAlias = Union[str, Slot, Chosen, Says, Many, Count, Any, Either, Repeat, Paragraph]  # noqa: UP007 — it is recursive


def inside(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Give pieces, and at any depth those in their arms and bodies."""
    for one in pieces:
        yield one
        match one:
            case Either():
                for arm in one.arms:
                    yield from inside(arm)
            case Repeat():
                yield from inside(one.body)
            case Paragraph():
                yield from inside(one.pieces)

"""What a facts file holds once it is understood: facts with their places, gaps, and the values that tags look up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.diagnostics import Span
    from reportgen.schema import Kind
    from reportgen.source import Node

INCLUDE: Final = "引入"
MAIN_ONLY: Final = ("模板包", "忽略", "更正")  # reserved names that an included file cannot have
RESERVED: Final = (*MAIN_ONLY, "专名", "原报", INCLUDE)
INVENTED: Final = "虚构"


class Number(Decimal):
    """A fact's number: exact, with its unit and the decimals it is printed with (None: as many as it has)."""

    __slots__ = ("decimals", "unit")
    decimals: int | None
    unit: str

    def __new__(cls, value: Decimal | str | int, decimals: int | None = None, unit: str = "") -> Self:
        """Make a number; `value` must be exact, never a float."""
        self = super().__new__(cls, value)
        self.decimals = decimals
        self.unit = unit
        return self


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact of the form that is absent: false in conditions, an error where it would be printed.

    `reported` says that its absence has been found wrong already, so that what follows from it need not be said again.
    """

    path: str
    reported: bool = False

    def __bool__(self) -> bool:
        """Count as false."""
        return False


Value = object  # str | Number | dt.date | bool | Gap | list[Value] | dict[str, Value]


@dataclass(frozen=True, slots=True)
class Fact:
    """One reported value, its path (as `收入.其他收入` or `重点工作[1].标题`, items counted from 1) and its place."""

    path: str
    kind: Kind
    value: Value
    node: Node
    source: str = ""
    evidence: str = ""
    note: str = ""

    @property
    def span(self) -> Span:
        """The place in the facts file."""
        return self.node.span


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one file: `values` nested as tags look them up, `all` by path, what is absent, and 专名."""

    values: dict[str, Value]
    all: Mapping[str, Fact]
    gaps: tuple[Gap, ...]
    names: tuple[str, ...] = ()

    def invented(self) -> list[Fact]:
        """Facts that say of themselves that they are invented."""
        return [fact for fact in self.all.values() if fact.source == INVENTED]

"""What a facts file holds once it is understood: facts with their places, gaps, and the values that tags look up."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from reportgen import formats, units
from reportgen.schema import ENDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.diagnostics import Span
    from reportgen.schema import Kind
    from reportgen.source import Node

STATED: Final = "原报"
INCLUDE: Final = "引入"
MAIN_ONLY: Final = ("模板包", "忽略", "更正")  # reserved names that an included file cannot have
RESERVED: Final = (*MAIN_ONLY, "专名", STATED, INCLUDE)
INVENTED: Final = "虚构"
_PERCENT_PLACES: Final = 2
_EXACT: Final = Context(prec=200)


class Number(Decimal):
    """A fact's number: exact, with its unit and the decimals it is printed with (None: as many as it has).

    A percentage is kept as a fraction, 0.8473, beside its unit %. `slack` is how far the true value may lie from this
    one; None: half a unit of the last place. `about` is 约, where the number is rough: it is printed before the number;
    arithmetic takes the figure alone.
    """

    __slots__ = ("about", "decimals", "slack", "unit")
    decimals: int | None
    unit: str
    slack: Decimal | None
    about: str

    def __new__(
        cls,
        value: Decimal | str | int,
        decimals: int | None = None,
        unit: str = "",
        slack: Decimal | None = None,
        about: str = "",
    ) -> Self:
        """Make a number; `value` must be exact, never a float."""
        self = Decimal.__new__(cls, value)
        self.decimals = decimals
        self.unit = unit
        self.slack = slack
        self.about = about
        return self

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """The values that rounding makes this number of, from the first up to but not including the second.

        Its last place is the finer one of what was typed and what the form declares. A whole number of things that are
        counted stands for itself alone: both ends are that number.
        """
        slack = self._half_a_unit() if self.slack is None else self.slack
        return _EXACT.subtract(self, slack), _EXACT.add(self, slack)

    def _half_a_unit(self) -> Decimal:
        declared = (self.decimals or 0) + (_PERCENT_PLACES if self.unit == "%" else 0)
        places = max(declared, formats.places(self))
        if places == 0 and units.unit(self.unit).counts:
            return Decimal(0)
        return Decimal((0, (5,), -places - 1))


@dataclass(frozen=True, slots=True)
class Range:
    """Two numbers, from the first to the last, printed 3—11; tags find them under 起 and 止."""

    first: Number
    last: Number

    def end(self, name: str) -> Number:
        """Give an end by its name."""
        return self.first if name == ENDS[0] else self.last


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact of the form that is absent: false in conditions, an error where it would be printed.

    `reported` says that its absence has been found wrong already, so that what follows from it need not be said again;
    `stand_in` is what a draft prints in its place.
    """

    path: str
    reported: bool = False
    stand_in: str = ""

    def __bool__(self) -> bool:
        """Count as false."""
        return False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture beside the facts: the path of its file, `PNG` or `JPEG`, its size in dots, and its bytes."""

    path: str
    format: str
    width: int
    height: int
    data: bytes = field(repr=False)


Value = object  # str | Number | Range | dt.date | bool | Picture | Gap | list[Value] | dict[str, Value]


class Fact(NamedTuple):
    """One reported value, its path (as `收入.其他收入` or `重点工作[1].标题`, items counted from 1) and its place."""

    path: str
    kind: Kind
    value: Value
    node: Node
    source: str = ""
    evidence: str = ""
    note: str = ""
    needs_evidence: bool = False

    @property
    def span(self) -> Span:
        """The place in the facts file."""
        return self.node.span


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one file: `values` nested as tags look them up, `all` by path, what is absent, and 专名.

    `stated` is 原报: what a published report says, to be compared and never printed; its places are in `all` too.
    """

    values: dict[str, Value]
    all: Mapping[str, Fact]
    gaps: tuple[Gap, ...]
    names: tuple[str, ...] = ()
    stated: Mapping[str, Value] = field(default_factory=dict)

    def invented(self) -> list[Fact]:
        """Facts that say of themselves that they are invented."""
        return [fact for fact in self.all.values() if fact.source == INVENTED]

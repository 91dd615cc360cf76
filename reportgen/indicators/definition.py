"""What an indicator system is made of, as its YAML file declares it; expressions and prose are kept as statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.facts import Number
from reportgen.language import Statement

if TYPE_CHECKING:
    from reportgen.diagnostics import Span

Routine = Sequence[Statement]
_ZERO: Final = Number(0)
_ONE: Final = Number(1)

HYPOTHESIS: Final = "假设"
STANDINGS: Final = ("官方", "公开可比", "见于报告", HYPOTHESIS)
"""Where a formula, a rule or points come from: official, comparable, seen in a report, or a hypothesis."""

BY_PERCENT: Final = frozenset({"百分比", "percent"})
BY_POINTS: Final = frozenset({"百分点", "points"})
OWN_UNIT: Final = BY_PERCENT | BY_POINTS
ROUNDED: Final = frozenset({*OWN_UNIT, "金额", "money", "定点", "fixed"})
FORMS: Final = frozenset({*ROUNDED, "数值", "plain"})
"""The filters that may print a value; `ROUNDED` ones take a number of decimals, `OWN_UNIT` ones say a unit."""


class Kind(StrEnum):
    """How a score comes about; the words are those of the file."""

    BANDS = "分段"
    STEPS = "逐级"
    RATIO = "按比例"
    CHECKLIST = "清单"
    COMPARE = "比较"
    YES_NO = "是否"
    CASES = "按情形"
    JUDGED = "评定"
    UNSCORED = "不计分"


BY_VALUE: Final = frozenset({Kind.BANDS, Kind.STEPS, Kind.RATIO})
"""The kinds that score the value of the formula."""


class Side(StrEnum):
    """On which side of its limit a band lies, and whether the limit itself belongs to it."""

    UP_TO = "至"
    BELOW = "未满"
    FROM = "达"
    ABOVE = "超过"
    ELSE = "否则"


class Leftover(StrEnum):
    """What the rest of a step takes that is not full."""

    NOTHING = "不扣"
    WHOLE = "按一级扣"
    PART = "按比例扣"


class Treatment(StrEnum):
    """What becomes of the points of an indicator that does not apply."""

    FULL = "计满分"
    LEFT_OUT = "剔除"


class Clause(NamedTuple):
    """One statement of a checklist or comparison: what it asks, its points, and how both outcomes are told.

    Its condition gives whether it is met or, where it is `counted`, how many cases there are: each of them takes or
    gives the points, up to `most`. One with a `veto` that is not met leaves no points at all.
    """

    text: str
    condition: Routine
    points: Decimal
    met: Routine
    unmet: Routine
    counted: bool = False
    most: Decimal | None = None
    veto: bool = False


class Band(NamedTuple):
    """One band of values and the points that it gives."""

    side: Side
    limit: Number
    points: Decimal


class Case(NamedTuple):
    """A case that decides where its condition holds: points, or what becomes of them, with the reason.

    The points are a number, or an expression (`worth`) with the text it was typed in. `text` says in the scoring
    standard what the case is about; one without a condition takes all that is left.
    """

    text: str
    condition: Routine
    reason: Routine
    points: Decimal | None = None
    worth: Routine = ()
    worth_text: str = ""
    treatment: Treatment | None = None


class Scoring(NamedTuple):
    """A scoring rule; which fields are set depends on its kind.

    Steps run upwards from `start`, or downwards where it is `below`, and take no more than `most`. A ratio gives no
    points at `zero`, all at `full`.
    """

    kind: Kind
    clauses: tuple[Clause, ...] = ()
    bands: tuple[Band, ...] = ()
    cases: tuple[Case, ...] = ()
    start: Number = _ZERO
    below: bool = False
    step: Number = _ZERO
    points: Decimal = Decimal(0)
    leftover: Leftover = Leftover.NOTHING
    most: Decimal | None = None
    absolute: bool = False
    full: Number = _ONE
    zero: Number = _ZERO
    score: Routine = ()
    reason: Routine = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator as declared; `basis` says of 公式, 评分 and 分值 whether they are official or assumed."""

    name: str
    title: str
    levels: tuple[str, str]
    weight: Decimal
    scoring: Scoring
    span: Span
    formula: Routine = ()
    formula_text: str = ""
    in_words: str = ""
    form: str = ""
    unit: str = ""
    cases: tuple[Case, ...] = ()
    standard: str = ""
    text: Routine = ()
    improvement: Routine = ()
    basis: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


class Grade(NamedTuple):
    """One grade: from how many per cent of the full marks on it is given; the last one begins at zero."""

    limit: Decimal
    word: str


class System(NamedTuple):
    """A pack's indicators in the order of the report, and the grades from the best on."""

    indicators: tuple[Indicator, ...] = ()
    grades: tuple[Grade, ...] = ()

"""A declared scoring rule and the values it asks for in, points and their explanation out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.facts import Gap, Number, Value
from reportgen.indicators import wording
from reportgen.indicators.definition import Kind, Side
from reportgen.language import Misuse, Trace, remember, trace, united

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportgen.indicators.definition import Band, Indicator, Routine, Scoring, Treatment

_CENT: Final = Decimal("0.01")

NO_BAND = rule(
    "I311",
    "no-band",
    Severity.ERROR,
    "no band of “{name}” takes the value {value}",
    "let the bands reach further, or end them with {{否则: 0}}",
)
NO_REASON = rule(
    "I312",
    "no-reason",
    Severity.ERROR,
    "“{name}” is given {points} of {full} points without a reason",
    "write the reason, or give the full points",
)
OVER_FULL = rule(
    "I313",
    "points-out-of-range",
    Severity.ERROR,
    "“{name}” cannot be given {points} points, its full points are {full}",
    "give between 0 and the full points",
)


@dataclass(frozen=True, slots=True)
class Score:
    """Points, why some were lost (empty where none were), and what became of an indicator that does not apply."""

    points: Value
    reason: Value = ""
    treatment: Treatment | None = None
    met: tuple[bool, ...] = ()

    def under(self, conditions: Trace) -> Score:
        """Let points and reason remember conditions that were looked at before."""
        return replace(self, points=remember(self.points, conditions), reason=remember(self.reason, conditions))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule may ask for: the indicator's value, as a number and as printed, and the value of a routine."""

    value: Value
    shown: str
    get: Callable[[Routine], Value]


def score(indicator: Indicator, asked: Asked) -> Score:
    """Apply the scoring rule of an indicator; raises `Misuse` for a rule that does not take the value."""
    scoring = indicator.scoring
    if scoring.kind is Kind.UNSCORED:
        return Score(Decimal(0))
    if scoring.kind is Kind.JUDGED:
        return _judged(indicator, asked)
    if scoring.clauses:
        return _clauses(indicator, asked)
    value = asked.value
    if not isinstance(value, Decimal):
        return Score(Gap(indicator.name, reported=True))
    figure = abs(Decimal(value)) if scoring.absolute else Decimal(value)
    by_value = {Kind.BANDS: _bands, Kind.STEPS: _steps, Kind.RATIO: _ratio}[scoring.kind]
    got, reason = by_value(indicator, figure, asked.shown)
    origin = trace(value) if scoring.kind is Kind.RATIO else trace(value).as_conditions()
    return _scored(indicator, got, reason, origin)


def _scored(indicator: Indicator, got: Decimal, reason: str, origin: Trace, met: Sequence[bool] = ()) -> Score:
    got = got.quantize(_CENT, ROUND_HALF_UP)
    points = remember(Number(got), origin)
    return Score(points, remember(reason if got < indicator.weight else "", origin), met=tuple(met))


def _bands(indicator: Indicator, value: Decimal, shown: str) -> tuple[Decimal, str]:
    bands = indicator.scoring.bands
    for at, band in enumerate(bands):
        if _takes(band, value):
            return band.points, wording.lost_by_band(indicator.title, shown, bands, at)
    raise Misuse(NO_BAND, name=indicator.name, value=shown)


def _takes(band: Band, value: Decimal) -> bool:
    return {
        Side.UP_TO: value <= band.limit,
        Side.BELOW: value < band.limit,
        Side.FROM: value >= band.limit,
        Side.ABOVE: value > band.limit,
        Side.ELSE: True,
    }[band.side]


def _steps(indicator: Indicator, value: Decimal, shown: str) -> tuple[Decimal, str]:
    scoring: Scoring = indicator.scoring
    steps = max(Decimal(0), ((value - scoring.start) / scoring.step).to_integral_value(ROUND_FLOOR))
    got = max(Decimal(0), indicator.weight - steps * scoring.points)
    return got, wording.lost_by_steps(indicator.title, shown, steps, scoring.step)


def _ratio(indicator: Indicator, value: Decimal, shown: str) -> tuple[Decimal, str]:
    got = min(max(Decimal(0), value), Decimal(1)) * indicator.weight
    return got, wording.lost_by_ratio(indicator.title, shown)


def _clauses(indicator: Indicator, asked: Asked) -> Score:
    scoring = indicator.scoring
    answers = [asked.get(clause.condition) for clause in scoring.clauses]
    met = [bool(answer) for answer in answers]
    unmet = [clause for clause, held in zip(scoring.clauses, met, strict=True) if not held]
    if scoring.kind is Kind.COMPARE:
        held = (clause.points for clause, yes in zip(scoring.clauses, met, strict=True) if yes)
        got = min(sum(held, Decimal(0)), indicator.weight)
    elif scoring.kind is Kind.YES_NO:
        got = Decimal(0) if unmet else indicator.weight
    else:
        got = max(Decimal(0), indicator.weight - sum((clause.points for clause in unmet), Decimal(0)))
    reason = wording.lost_by_clauses(scoring.kind, unmet) if unmet else ""
    return _scored(indicator, got, reason, united(answers).as_conditions(), met)


def _judged(indicator: Indicator, asked: Asked) -> Score:
    points, reason = asked.get(indicator.scoring.score), asked.get(indicator.scoring.reason)
    if not isinstance(points, Decimal):
        return Score(points)
    if not 0 <= points <= indicator.weight:
        raise Misuse(OVER_FULL, name=indicator.name, points=str(points), full=str(indicator.weight))
    if points == indicator.weight:
        return Score(points)
    if isinstance(reason, Gap):
        raise Misuse(NO_REASON, name=indicator.name, points=str(points), full=str(indicator.weight))
    return Score(points, reason)

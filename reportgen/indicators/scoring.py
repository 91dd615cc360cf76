"""A declared scoring rule and the values it asks for in, points and their explanation out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.facts import Gap, Number, Value
from reportgen.indicators import wording
from reportgen.indicators.definition import Kind, Side
from reportgen.language import Misuse, Trace, remember, sample, trace, united

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.indicators.definition import Band, Indicator, Treatment

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
NO_NUMBER = rule(
    "I315",
    "value-not-a-number",
    Severity.ERROR,
    "“{name}” is scored by its value, and “{value}” is no number",
    "let the formula calculate with numbers",
)


@dataclass(frozen=True, slots=True)
class Score:
    """Points, why some were lost (empty where none were), how they came about, and what of one that does not apply."""

    points: Value
    reason: Value = ""
    judgement: Value = ""
    treatment: Treatment | None = None
    met: tuple[bool, ...] = ()

    def under(self, conditions: Trace) -> Score:
        """Let everything remember conditions that were looked at before."""
        return replace(
            self,
            points=remember(self.points, conditions),
            reason=remember(self.reason, conditions),
            judgement=remember(self.judgement, conditions),
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule may ask for: the value and how it prints; an answer for each clause; what a person judged."""

    value: Value = ""
    shown: str = ""
    answers: Sequence[Value] = ()
    points: Value = ""
    reason: Value = ""


def score(indicator: Indicator, asked: Asked) -> Score:
    """Apply the scoring rule of an indicator; raises `Misuse` for a rule that does not take the value.

    The points are rounded to two decimals, half up, here and nowhere else.
    """
    kind = indicator.scoring.kind
    if kind is Kind.UNSCORED:
        return Score(Number(0))
    if kind is Kind.JUDGED:
        return _judged(indicator, asked)
    if kind in _BY_VALUE:
        return _by_value(indicator, asked)
    return _by_clauses(indicator, asked)


def unknown(indicator: Indicator) -> Score:
    """Give the score of an indicator that cannot be scored, for a reason that is reported already."""
    return Score(Gap(f"指标.{indicator.name}.得分", reported=True))


def _scored(indicator: Indicator, got: Decimal, origin: Trace, judgement: Value, met: Sequence[bool] = ()) -> Score:
    points = Number(got.quantize(_CENT, ROUND_HALF_UP))
    reason = judgement if points < indicator.weight else remember("", trace(judgement).as_conditions())
    return Score(remember(points, origin), reason, judgement, met=tuple(met))


def _by_value(indicator: Indicator, asked: Asked) -> Score:
    value = asked.value
    if isinstance(value, Gap):
        return unknown(indicator)
    if not isinstance(value, Decimal):
        raise Misuse(NO_NUMBER, name=indicator.name, value=sample(value))
    figure = abs(Decimal(value)) if indicator.scoring.absolute else Decimal(value)
    got, judgement = _BY_VALUE[indicator.scoring.kind](indicator, figure, asked.shown)
    origin = trace(value)
    decided = origin if indicator.scoring.kind is Kind.RATIO else origin.as_conditions()
    return _scored(indicator, got, decided, remember(judgement, origin))


def _bands(indicator: Indicator, value: Decimal, shown: str) -> tuple[Decimal, str]:
    for at, band in enumerate(indicator.scoring.bands):
        if _takes(band, value):
            return band.points, wording.judged_by_band(indicator, shown, at)
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
    scoring = indicator.scoring
    steps = max(Decimal(0), ((value - scoring.start) / scoring.step).to_integral_value(ROUND_FLOOR))
    got = max(Decimal(0), indicator.weight - steps * scoring.points)
    return got, wording.judged_by_steps(indicator, shown, steps)


def _ratio(indicator: Indicator, value: Decimal, shown: str) -> tuple[Decimal, str]:
    got = min(max(Decimal(0), value), Decimal(1)) * indicator.weight
    return got, wording.judged_by_ratio(indicator, shown)


_BY_VALUE: Final = {Kind.BANDS: _bands, Kind.STEPS: _steps, Kind.RATIO: _ratio}


def _by_clauses(indicator: Indicator, asked: Asked) -> Score:
    if any(isinstance(answer, Gap) and answer.reported for answer in asked.answers):
        return unknown(indicator)
    clauses = indicator.scoring.clauses
    met = [bool(answer) for answer in asked.answers]
    unmet = [clause for clause, held in zip(clauses, met, strict=True) if not held]
    taken = sum((clause.points for clause in unmet), Decimal(0))
    given = sum((clause.points for clause in clauses), Decimal(0)) - taken
    got = {
        Kind.CHECKLIST: max(Decimal(0), indicator.weight - taken),
        Kind.COMPARE: min(given, indicator.weight),
        Kind.YES_NO: Decimal(0) if unmet else indicator.weight,
    }[indicator.scoring.kind]
    origin = united(asked.answers).as_conditions()
    return _scored(indicator, got, origin, remember(wording.judged_by_clauses(indicator, unmet), origin), met)


def _judged(indicator: Indicator, asked: Asked) -> Score:
    points, reason = asked.points, asked.reason
    if isinstance(points, Gap):
        return unknown(indicator)
    if not isinstance(points, Decimal):
        raise Misuse(NO_NUMBER, name=indicator.name, value=sample(points))
    if not 0 <= points <= indicator.weight:
        raise Misuse(OVER_FULL, name=indicator.name, points=str(points), full=str(indicator.weight))
    said = "" if isinstance(reason, Gap) else str(reason).strip()
    if points < indicator.weight and not said:
        raise Misuse(NO_REASON, name=indicator.name, points=str(points), full=str(indicator.weight))
    judgement = remember(said, trace(reason) | trace(points).as_conditions())
    return _scored(indicator, Decimal(points), trace(points), judgement)

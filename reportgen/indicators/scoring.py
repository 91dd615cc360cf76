"""A declared scoring rule and the values it asks for in, points and their explanation out.

Cases are decided where their expressions are run; `granted` gives the score of the one that holds.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import Severity, rule
from reportgen.facts import Gap, Number, Value
from reportgen.indicators import wording
from reportgen.indicators.definition import Kind, Leftover, Side, Treatment
from reportgen.indicators.wording import Answer
from reportgen.language import Misuse, Trace, remember, sample, trace, united

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.indicators.definition import Band, Clause, Indicator, Scoring


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
NO_COUNT = rule(
    "I337",
    "not-a-count",
    Severity.ERROR,
    "“{clause}” of “{name}” counts cases, and “{value}” is no count",
    "let 次数 give a whole number from 0 on",
)


class Score(NamedTuple):
    """Points, why some were lost (empty where none were), how they came about, and what of one that does not apply."""

    points: Value
    reason: Value = ""
    judgement: Value = ""
    treatment: Treatment | None = None
    met: tuple[bool, ...] = ()

    def under(self, conditions: Trace) -> Score:
        """Let everything remember conditions that were looked at before."""
        return self._replace(
            points=remember(self.points, conditions),
            reason=remember(self.reason, conditions),
            judgement=remember(self.judgement, conditions),
        )


class Asked(NamedTuple):
    """What a rule may ask for: the value and how it prints; an answer for each clause; what a person judged."""

    value: Value = ""
    shown: str = ""
    answers: Sequence[Value] = ()
    points: Value = ""
    reason: Value = ""


def score(indicator: Indicator, asked: Asked) -> Score:
    """Apply the scoring rule of an indicator; raises `Misuse` for a rule that does not take the value.

    The points are rounded, once.
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


def granted(indicator: Indicator, points: Decimal, treatment: Treatment | None, reason: Value) -> Score:
    """Give the score of a case that holds: the full points where it lets the indicator not apply, at least 0 else."""
    if treatment is None:
        return _scored(indicator, _within(points, indicator), trace(points), reason)
    got = indicator.weight if treatment is Treatment.FULL else Decimal(0)
    judgement = remember(f"{reason}，{wording.treated(treatment)}", trace(reason))
    return Score(Number(got), reason, judgement, treatment)


def _within(points: Decimal, indicator: Indicator) -> Decimal:
    return min(max(Decimal(0), Decimal(points)), indicator.weight)


def _scored(indicator: Indicator, got: Decimal, origin: Trace, judgement: Value, met: Sequence[bool] = ()) -> Score:
    points = Number(wording.rounded(got))
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
    beyond = scoring.start - value if scoring.below else value - scoring.start
    steps = _counted(scoring, max(Decimal(0), beyond) / scoring.step)
    taken = min(steps * scoring.points, indicator.weight if scoring.most is None else scoring.most)
    return _within(indicator.weight - taken, indicator), wording.judged_by_steps(indicator, shown, beyond, steps)


def _counted(scoring: Scoring, steps: Decimal) -> Decimal:
    """Give how many steps take points, of which the last may not be full."""
    if scoring.leftover is Leftover.PART:
        return steps
    return steps.to_integral_value(ROUND_CEILING if scoring.leftover is Leftover.WHOLE else ROUND_FLOOR)


def _ratio(indicator: Indicator, value: Decimal, shown: str) -> tuple[Decimal, str]:
    scoring = indicator.scoring
    got = (value - scoring.zero) * indicator.weight / (scoring.full - scoring.zero)
    return _within(got, indicator), wording.judged_by_ratio(indicator, shown)


_BY_VALUE: Final = {Kind.BANDS: _bands, Kind.STEPS: _steps, Kind.RATIO: _ratio}


def _by_clauses(indicator: Indicator, asked: Asked) -> Score:
    if any(isinstance(answer, Gap) and answer.reported for answer in asked.answers):
        return unknown(indicator)
    clauses = indicator.scoring.clauses
    kind = indicator.scoring.kind
    answers = [_answered(indicator, clause, answer) for clause, answer in zip(clauses, asked.answers, strict=True)]
    total = sum((one.points for one in answers), Decimal(0))
    got = {
        Kind.CHECKLIST: indicator.weight - total,
        Kind.COMPARE: total,
        Kind.YES_NO: indicator.weight,
    }[kind]
    barred = any(not one.met and (one.clause.veto or kind is Kind.YES_NO) for one in answers)
    points = Decimal(0) if barred else _within(got, indicator)
    origin = united(asked.answers).as_conditions()
    judgement = remember(wording.judged_by_clauses(indicator, answers), origin)
    return _scored(indicator, points, origin, judgement, [one.met for one in answers])


def _answered(indicator: Indicator, clause: Clause, answer: Value) -> Answer:
    """Say whether a clause is met, how many cases it found, and which points these take or give."""
    takes = indicator.scoring.kind is Kind.CHECKLIST
    if not clause.counted:
        met = bool(answer)
        return Answer(clause, met, Decimal(1), clause.points if met is not takes else Decimal(0))
    count = Decimal(answer) if isinstance(answer, Decimal) else Decimal(-1)
    if count < 0 or count != count.to_integral_value():
        raise Misuse(NO_COUNT, clause=clause.text, name=indicator.name, value=sample(answer))
    points = count * clause.points
    return Answer(clause, (count == 0) is takes, count, points if clause.most is None else min(points, clause.most))


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

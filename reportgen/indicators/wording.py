"""The sentences that the engine itself writes about scores: what a rule asks, and why points were lost."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen import formats
from reportgen.indicators.definition import BY_PERCENT, BY_POINTS, ROUNDED, Kind, Side, Treatment
from reportgen.language import FILTERS, Text, printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.facts import Number, Value
    from reportgen.indicators.definition import Case, Clause, Indicator, Scoring

_REACHED: Final = {Side.UP_TO: "不超过{}", Side.BELOW: "低于{}", Side.FROM: "达到{}", Side.ABOVE: "超过{}"}
_PASSED: Final = {Side.UP_TO: "超过{}", Side.BELOW: "达到{}", Side.FROM: "低于{}", Side.ABOVE: "不超过{}"}
_TREATED: Final = {Treatment.FULL: "计满分", Treatment.LEFT_OUT: "不参与计分"}
_USUAL_DECIMALS: Final = 2
_MAX_DECIMALS: Final = 12


def points(value: Decimal) -> str:
    """Write points."""
    return f"{formats.plain(value)}分"


def shown(indicator: Indicator, value: Value) -> str:
    """Write a value in the indicator's own form; raises `Misuse` for one that the form does not take.

    A value that lies beside the limit of a band keeps as many decimals as it takes to see that: 10.004%, not 10.00%.
    """
    if not indicator.form:
        return printed(value)
    call = FILTERS[indicator.form].call
    if indicator.form not in ROUNDED:
        return printed(call(value))
    figure = abs(value) if indicator.scoring.absolute and isinstance(value, Decimal) else value
    limits = [band.limit for band in indicator.scoring.bands if band.limit != figure]
    decimals = _USUAL_DECIMALS
    while decimals < _MAX_DECIMALS and any(
        call(figure, Decimal(decimals)) == call(limit, Decimal(decimals)) for limit in limits
    ):
        decimals += 1
    return printed(call(value, Decimal(decimals)))


def limit(indicator: Indicator, value: Number) -> str:
    """Write a limit or a step of a scoring rule in the terms in which the value is printed, as exactly as it is."""
    if value.unit == "%" or indicator.form in BY_PERCENT:
        return f"{formats.plain(value.scaleb(2))}%"
    if indicator.form in BY_POINTS:
        return formats.points(value, _MAX_DECIMALS)
    return formats.plain(value)


def band(indicator: Indicator, chosen: int) -> str:
    """Say where a band lies: `超过10%、不超过20%`."""
    bands = indicator.scoring.bands
    own = bands[chosen]
    words = []
    if chosen:
        before = bands[chosen - 1]
        words.append(_PASSED[before.side].format(limit(indicator, before.limit)))
    if own.side is not Side.ELSE:
        words.append(_REACHED[own.side].format(limit(indicator, own.limit)))
    return "、".join(words) or "不论多少"


def standard(indicator: Indicator) -> str:
    """Say what a scoring rule asks, and what its special cases mean whose reasons are fixed texts."""
    said = [_rule(indicator), *(_case(case) for case in indicator.cases if _fixed(case))]
    return f"{'；'.join(said)}。"


def _rule(indicator: Indicator) -> str:
    scoring = indicator.scoring
    if scoring.kind is Kind.BANDS:
        absolute = "绝对值" if scoring.absolute else ""
        return "；".join(
            f"{absolute}{band(indicator, at)}的，{_given(one.points)}" for at, one in enumerate(scoring.bands)
        )
    if scoring.kind is Kind.STEPS:
        return _steps(indicator)
    if scoring.kind is Kind.RATIO:
        return f"得分={indicator.title}×分值，最高得满分"
    if scoring.kind is Kind.JUDGED:
        return "综合评定，未得满分的须说明原因"
    return "不计分" if scoring.kind is Kind.UNSCORED else _clauses(scoring)


def _given(value: Decimal) -> str:
    return f"得{points(value)}" if value else "不得分"


def _steps(indicator: Indicator) -> str:
    scoring = indicator.scoring
    start, step = limit(indicator, scoring.start), limit(indicator, scoring.step)
    absolute = "绝对值" if scoring.absolute else ""
    return f"以{start}为标准，{absolute}每超出{step}（含）扣{points(scoring.points)}，扣完为止"


def _clauses(scoring: Scoring) -> str:
    if scoring.kind is Kind.YES_NO:
        return f"{scoring.clauses[0].text}的，得满分；否则不得分"
    takes = scoring.kind is Kind.CHECKLIST
    listed = [f"{formats.circled(at)}{one.text}" for at, one in enumerate(scoring.clauses, 1)]
    each = {one.points for one in scoring.clauses}
    if len(each) == 1:
        own = points(each.pop())
        tail = f"每有一项不符扣{own}，扣完为止" if takes else f"每符合一项得{own}"
        return f"{'；'.join(listed)}。{tail}"
    verb = "不符扣" if takes else "得"
    pairs = zip(listed, scoring.clauses, strict=True)
    return "；".join(f"{text}（{verb}{points(one.points)}）" for text, one in pairs)


def _fixed(case: Case) -> bool:
    return all(isinstance(one, Text) for one in case.reason)


def _case(case: Case) -> str:
    reason = "".join(one.text for one in case.reason if isinstance(one, Text))
    means = _given(case.points or Decimal(0)) if case.treatment is None else _TREATED[case.treatment]
    return f"{reason}的，{means}"


def judged_by_band(indicator: Indicator, value: str, chosen: int) -> str:
    """Say in which band a value lies."""
    absolute = "绝对值" if indicator.scoring.absolute else ""
    return f"{indicator.title}为{value}，{absolute}{band(indicator, chosen)}"


def judged_by_steps(indicator: Indicator, value: str, steps: Decimal) -> str:
    """Say how many steps a value lies beyond its standard."""
    scoring = indicator.scoring
    start, step = limit(indicator, scoring.start), limit(indicator, scoring.step)
    absolute = "绝对值" if scoring.absolute else ""
    if not steps:
        return f"{indicator.title}为{value}，{absolute}超出标准{start}不满{step}"
    return f"{indicator.title}为{value}，{absolute}超出标准{start}满{formats.plain(steps)}个{step}"


def judged_by_ratio(indicator: Indicator, value: str) -> str:
    """Say which value the points were multiplied with."""
    return f"{indicator.title}为{value}，按比例计分"


def judged_by_clauses(indicator: Indicator, unmet: Sequence[Clause]) -> str:
    """Name the clauses that are not met, with the points of each."""
    kind = indicator.scoring.kind
    if not unmet:
        return "各项要求均已达到"
    if len(unmet) == 1:  # the points lost are said beside the reason
        return f"未达到“{unmet[0].text}”的要求"
    verb = "扣" if kind is Kind.CHECKLIST else "少得"
    said = "；".join(f"未达到“{one.text}”的要求，{verb}{points(one.points)}" for one in unmet)
    lost = sum((one.points for one in unmet), Decimal(0))
    return f"{said}（扣完为止）" if kind is Kind.CHECKLIST and lost > indicator.weight else said


def treated(treatment: Treatment) -> str:
    """Say what becomes of the points of an indicator that does not apply."""
    return f"不适用，{_TREATED[treatment]}"

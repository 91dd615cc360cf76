"""The sentences that the engine itself writes about scores: what a rule asks, and why points were lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from reportgen import formats
from reportgen.indicators.definition import BY_PERCENT, BY_POINTS, OWN_UNIT, ROUNDED, Kind, Leftover, Side, Treatment
from reportgen.language import FILTERS, printed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.facts import Number, Value
    from reportgen.indicators.definition import Case, Clause, Indicator, Scoring

_REACHED: Final = {Side.UP_TO: "不超过{}", Side.BELOW: "低于{}", Side.FROM: "达到{}", Side.ABOVE: "超过{}"}
_PASSED: Final = {Side.UP_TO: "超过{}", Side.BELOW: "达到{}", Side.FROM: "低于{}", Side.ABOVE: "不超过{}"}
_TREATED: Final = {Treatment.FULL: "计满分", Treatment.LEFT_OUT: "不参与计分"}
_CENT: Final = Decimal("0.01")
_FULL: Final = "分值"
_SIGN: Final = re.compile(r" *([-+*/]) *")
_SIGNS: Final = {"*": "×", "/": "÷", "-": "−", "+": "+"}
_USUAL_DECIMALS: Final = 2
_MAX_DECIMALS: Final = 12
_PERCENT_PLACES: Final = 2
_FAR: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Answer:
    """How a clause was answered: whether it is met, the cases it counted, and the points that these take or give."""

    clause: Clause
    met: bool
    count: Decimal
    points: Decimal


def points(value: Decimal) -> str:
    """Write points."""
    return f"{formats.plain(value)}分"


def shown(indicator: Indicator, value: Value) -> str:
    """Write a value in the indicator's own form and unit; raises `Misuse` for one that the form does not take.

    A value that lies beside the limit of a band keeps as many decimals as it takes to see that: 10.004%, not 10.00%.
    """
    if not indicator.form:
        return printed(value) + indicator.unit
    call = FILTERS[indicator.form].call
    if indicator.form not in ROUNDED:
        return printed(call(value)) + indicator.unit
    return printed(call(value, Decimal(_decimals(indicator, value)))) + indicator.unit


def _decimals(indicator: Indicator, value: Value) -> int:
    """Give with how many decimals a value is printed, so that it can be told from a limit that it lies beside."""
    decimals = _USUAL_DECIMALS
    if isinstance(value, Decimal):
        figure = abs(value) if indicator.scoring.absolute else value
        more = _PERCENT_PLACES if indicator.form in OWN_UNIT else 0
        beside = min(
            (abs(figure - limit) for limit in _limits(indicator.scoring, figure) if limit != figure), default=_FAR
        )
        while decimals < _MAX_DECIMALS and beside < Decimal(1).scaleb(-decimals - more):
            decimals += 1
    return decimals


def _limits(scoring: Scoring, figure: Decimal) -> list[Decimal]:
    """Give the limits on whose sides a rule gives different points; of steps, the one nearest to the value."""
    if scoring.kind is not Kind.STEPS:
        return [band.limit for band in scoring.bands if band.side is not Side.ELSE]
    step = -scoring.step if scoring.below else scoring.step
    steps = max(Decimal(0), ((figure - scoring.start) / step).to_integral_value())
    return [scoring.start + steps * step]


def limit(indicator: Indicator, value: Number) -> str:
    """Write a limit of a scoring rule in the terms in which the value is printed, as exactly as it is."""
    if value.unit == "%" or indicator.form in BY_PERCENT:
        return f"{formats.plain(value.scaleb(2))}%"
    return _distance(indicator, value)


def _distance(indicator: Indicator, value: Number) -> str:
    """Write the size of a step; between percentages lie percentage points."""
    if value.unit == "%" or indicator.form in BY_PERCENT | BY_POINTS:
        return formats.points(value, _MAX_DECIMALS)
    return formats.plain(value) + indicator.unit


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
    """Say what a scoring rule asks, and what its special cases mean that can be said without figures."""
    said = [_RULES[indicator.scoring.kind](indicator), *(_case(case) for case in indicator.cases if case.text)]
    return f"{'；'.join(said)}。"


def _given(value: Decimal) -> str:
    return f"得{points(value)}" if value else "不得分"


def _absolute(scoring: Scoring) -> str:
    return "绝对值" if scoring.absolute else ""


def _bands(indicator: Indicator) -> str:
    scoring = indicator.scoring
    return "；".join(
        f"{_absolute(scoring)}{band(indicator, at)}的，{_given(one.points)}" for at, one in enumerate(scoring.bands)
    )


def _steps(indicator: Indicator) -> str:
    scoring = indicator.scoring
    start = f"以{limit(indicator, scoring.start)}为标准，" if scoring.start or scoring.below else ""
    part = f"{_beyond(scoring)}部分" if start else ""
    ends = "扣完为止" if scoring.most is None else f"最多扣{points(scoring.most)}"
    return f"{start}{_absolute(scoring)}{part}{_each(indicator)}，{ends}"


def _beyond(scoring: Scoring) -> str:
    return "低于" if scoring.below else "超出"


def _each(indicator: Indicator) -> str:
    """Say what each step takes, and what the rest that is no full step."""
    scoring = indicator.scoring
    step, taken = _distance(indicator, scoring.step), f"扣{points(scoring.points)}"
    if scoring.leftover is Leftover.NOTHING:
        return f"每满{step}{taken}"
    rest = "按比例扣" if scoring.leftover is Leftover.PART else f"按{step}扣"
    return f"每{step}{taken}，不足{step}的{rest}"


def _ratio(indicator: Indicator) -> str:
    scoring, title = indicator.scoring, indicator.title
    full, zero = limit(indicator, scoring.full), limit(indicator, scoring.zero)
    if scoring.zero > scoring.full:
        return f"{title}不超过{full}的，得满分；达到{zero}的，不得分；其间按比例计分"
    if scoring.zero:
        return f"{title}达到{full}的，得满分；不超过{zero}的，不得分；其间按比例计分"
    part = "" if scoring.full == 1 else f"÷{full}"
    return f"得分={title}{part}×分值，最高得满分"


def _clauses(indicator: Indicator) -> str:
    scoring = indicator.scoring
    takes = scoring.kind is Kind.CHECKLIST
    listed = [f"{formats.circled(at)}{one.text}" for at, one in enumerate(scoring.clauses, 1)]
    each = {one.points for one in scoring.clauses}
    if len(each) == 1 and not any(one.veto or one.counted for one in scoring.clauses):
        own = points(each.pop())
        tail = f"每有一项不符扣{own}，扣完为止" if takes else f"每符合一项得{own}"
        return f"{'；'.join(listed)}。{tail}"
    pairs = zip(listed, scoring.clauses, strict=True)
    return "；".join(f"{text}（{_worth(one, takes=takes)}）" for text, one in pairs)


def _worth(clause: Clause, *, takes: bool) -> str:
    if clause.veto:
        return "不符的，本项不得分"
    verb = "扣" if takes else "得"
    own = f"{verb}{points(clause.points)}"
    if not clause.counted:
        return f"不符{own}" if takes else own
    most = "" if clause.most is None else f"，最多{verb}{points(clause.most)}"
    return f"每有一次{'不符' if takes else ''}{own}{most}"


def _yes_no(indicator: Indicator) -> str:
    return f"{indicator.scoring.clauses[0].text}的，得满分；否则不得分"


def _cases(indicator: Indicator) -> str:
    return "；".join(map(_case, indicator.scoring.cases))


def _case(case: Case) -> str:
    if case.treatment is not None:
        means = _TREATED[case.treatment]
    elif case.points is not None:
        means = _given(case.points)
    else:
        means = "得满分" if case.worth_text == _FULL else f"得分={_signed(case.worth_text)}"
    return f"{case.text}的，{means}"


def _signed(expression: str) -> str:
    """Write an expression with the signs of official documents."""
    return _SIGN.sub(lambda found: _SIGNS[found[1]], expression)


_RULES: Final[Mapping[Kind, Callable[[Indicator], str]]] = {
    Kind.BANDS: _bands,
    Kind.STEPS: _steps,
    Kind.RATIO: _ratio,
    Kind.CHECKLIST: _clauses,
    Kind.COMPARE: _clauses,
    Kind.YES_NO: _yes_no,
    Kind.CASES: _cases,
    Kind.JUDGED: lambda _: "综合评定，未得满分的须说明原因",
    Kind.UNSCORED: lambda _: "不计分",
}


def judged_by_band(indicator: Indicator, value: str, chosen: int) -> str:
    """Say in which band a value lies."""
    return f"{indicator.title}为{value}，{_absolute(indicator.scoring)}{band(indicator, chosen)}"


def judged_by_steps(indicator: Indicator, value: str, beyond: Decimal, steps: Decimal) -> str:
    """Say how far a value lies beyond its standard, and how many steps take points."""
    scoring = indicator.scoring
    start, step = limit(indicator, scoring.start), _distance(indicator, scoring.step)
    passed = f"{_absolute(scoring)}{_beyond(scoring)}标准{start}"
    if beyond <= 0:
        return f"{indicator.title}为{value}，没有{passed}"
    if not steps:
        return f"{indicator.title}为{value}，{passed}不满{step}"
    lost = steps * scoring.points
    times = "" if scoring.leftover is Leftover.PART else f"，计{formats.plain(steps)}次"
    cap = indicator.weight if scoring.most is None else scoring.most
    ends = "" if lost <= cap else "，扣完为止" if scoring.most is None else f"，最多扣{points(cap)}"
    return f"{indicator.title}为{value}，{passed}，{_each(indicator)}{times}{ends}"


def judged_by_ratio(indicator: Indicator, value: str) -> str:
    """Say which value the points were reckoned from."""
    return f"{indicator.title}为{value}，按比例计分"


def reckoned(indicator: Indicator, working: str, value: Decimal) -> str:
    """Say how the points of a case were reckoned, and what counts where they lie beyond the full ones or below zero."""
    counts = min(max(Decimal(0), value), indicator.weight)
    if counts != value:
        return f"得分={working}，按{points(counts)}计"
    return f"得分={working}={points(rounded(value))}"


def rounded(value: Decimal) -> Decimal:
    """Round points: to two decimals, half up, here and nowhere else."""
    return value.quantize(_CENT, ROUND_HALF_UP)


def judged_by_clauses(indicator: Indicator, answers: Sequence[Answer]) -> str:
    """Name the clauses that took points or gave none, and what was counted, with the points of each."""
    gives = indicator.scoring.kind is Kind.COMPARE
    told = [one for one in answers if not one.met or (gives and one.clause.counted)]
    if not told:
        return "各项要求均已达到"
    barring = [one for one in told if one.clause.veto]
    if barring:
        return f"{'；'.join(_answer(one, gives=gives) for one in barring)}，本项不得分"
    if len(told) == 1 and not (gives and told[0].clause.counted):  # the points lost are said beside the reason
        return _answer(told[0], gives=gives)
    said = "；".join(f"{_answer(one, gives=gives)}，{_counted(one, gives=gives)}" for one in told)
    lost = Decimal(0) if gives else sum((one.points for one in told), Decimal(0))
    return f"{said}（扣完为止）" if lost > indicator.weight else said


def _answer(answer: Answer, *, gives: bool) -> str:
    clause = answer.clause
    if not clause.counted:
        return f"未达到“{clause.text}”的要求"
    times = f"{formats.plain(answer.count)}次"
    return f"“{clause.text}”有{times}" if gives else f"“{clause.text}”有{times}不符"


def _counted(answer: Answer, *, gives: bool) -> str:
    """Say which points an answer takes, gives, or does not give."""
    if not gives:
        return f"扣{points(answer.points)}"
    return f"得{points(answer.points)}" if answer.clause.counted else f"少得{points(answer.clause.points)}"


def treated(treatment: Treatment) -> str:
    """Say what becomes of the points of an indicator that does not apply."""
    return f"不适用，{_TREATED[treatment]}"

"""A rate that stands beside what was done and what there was to do is their quotient, and some rates end at 100%.

A sentence that gives a number to be reached, the number reached and their rate (任务1303人，完成1104人，完成率80%) is
reckoned again, as far as rounding allows. The number reached is the one that the rate is named after
(合格485件，合格率97%) or, with a budget or task before it, what was done or spent. A rate of which more than 100%
cannot be, 覆盖率 or 占比, is an error above it, another one is doubtful; 增长率, 完成率, 执行率 and their like may be
any number.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.formats import Kind, places
from reportgen.report.rounding import bounds, quotient, rounded
from reportgen.report.subjects import BUDGET, GOAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.measures import Measure

WRONG = rule(
    "A211",
    "rate-of-counts",
    Severity.ERROR,
    "{done} of {all} is {right}%, but “{stated}” is written",
    "reckon the rate again, or correct the number that is wrong",
)
ABOVE = rule(
    "A212",
    "rate-above-100",
    Severity.ERROR,
    "“{stated}” is more than 100%, which this rate cannot be",
    "reckon the rate again",
)
_ALL: Final = N_("out of: {value}")
_DONE: Final = N_("of these: {value}")

_RATE: Final = re.compile("(?P<stem>[\u4e00-\u9fff]{2})(?:率|度|进度)(?:为|是|达到?|只有|仅)?$")
_DID: Final = re.compile("完成|实际|支出|执行|采购(?!预算)|支付|使用|办结|到位|已")
_SPENT: Final = re.compile("执行|完成|支出|支付|控制|使用|进度|到位")
_NEVER: Final = re.compile("覆盖|占比|占|普及|参保|合格|满意|入户|知晓|达标|到会|公开|回复|接种|签约|入学|比例")
_MAY_BE: Final = re.compile(
    "增|速|幅|完成|执行|控制|支出|支付|进度|偿债|负债|周转|产出|复种|达产|产销|杠杆|预算|任务|超|升|降|变动|差异|回报|收益|利"
    "|征收|入库|投|产|价|同比|上年|到位|贡献|差|折|为上|是上|倍"
)
_HUNDRED: Final = 100
_RATIO: Final = "ratio"
_NOT_FAR: Final = 10  # percentage points
_NEAR: Final = 3  # measures before a rate that it may be reckoned from


def find(report: Text) -> Iterator[Diagnostic]:
    """Find rates that are not the quotient of the numbers before them, and rates that cannot be so high."""
    for _, group in groupby(report.measures, lambda one: (one.line.number, one.sentence)):
        sentence = list(group)
        for at, one in enumerate(sentence):
            if one.dimension == _RATIO:
                yield from list(_above(one)) or _judged(sentence, at)


def _above(one: Measure) -> Iterator[Diagnostic]:
    """Find a rate of more than 100% that cannot be."""
    words = one.words.strip()
    if one.value <= _HUNDRED or one.quantity.about or one.quantity.kind is not Kind.PERCENT or _MAY_BE.search(words):
        return
    if _NEVER.search(words):
        yield ABOVE.at(one.span, stated=one.quantity.text)
    elif _RATE.search(words):
        yield ABOVE.at(one.span, stated=one.quantity.text).as_severe_as(Severity.WARNING)


def _judged(sentence: Sequence[Measure], at: int) -> Iterator[Diagnostic]:
    """Reckon a rate again from the numbers right before it, if these are what it is a rate of."""
    rate = sentence[at]
    named = _RATE.search(rate.words.strip()) or re.fullmatch(r"(?:已)?(?P<stem>完成)了?", rate.words.strip())
    if not named or GOAL in rate.roles or rate.quantity.about:
        return
    before: list[Measure] = []
    for one in reversed(sentence[max(at - _NEAR, 0) : at]):
        if one.dimension == _RATIO:
            break
        before.insert(0, one)
    certain = (_SPENT.search(rate.words) and _by_role(before)) or _by_name(before, rate, named["stem"])
    pair = certain or _alike(before, rate)
    if not pair or any(_fits(one, other, rate) for one in before for other in before if one is not other):
        return
    done, whole = pair
    yield WRONG.at(
        rate.span,
        related=(
            Label(whole.span, _ALL, {"value": whole.quantity.text}),
            Label(done.span, _DONE, {"value": done.quantity.text}),
        ),
        done=done.quantity.text,
        all=whole.quantity.text,
        right=rounded(100 * Fraction(done.value) / Fraction(whole.value), max(places(rate.value), 2)),
        stated=rate.quantity.text,
    ).as_severe_as(Severity.ERROR if certain else Severity.WARNING)


_Pair = tuple["Measure", "Measure"]


def _by_name(before: Sequence[Measure], rate: Measure, stem: str) -> _Pair | None:
    """Find the number that the rate is named after, and the number before it that it is a part of."""
    for whole, done in reversed(list(pairwise(before))):
        if done.key.endswith(stem) and stem not in whole.words:
            return (done, whole) if _near(done, whole, rate) else None
    return None


def _by_role(before: Sequence[Measure]) -> _Pair | None:
    """Find the budget or task, and what was done of it, if there is one of each."""
    planned = [one for one in before if one.roles & {BUDGET, GOAL} and not _DID.search(one.words)]
    done = [one for one in before if one not in planned and _DID.search(one.words)]
    return (done[0], planned[0]) if len(planned) == len(done) == 1 and _can_be(done[0], planned[0]) else None


def _alike(before: Sequence[Measure], rate: Measure) -> _Pair | None:
    """Find two numbers of the same things whose quotient is not far from the rate."""
    if len(before) != len("甲乙") or before[0].key[-2:] != before[1].key[-2:] or not before[0].key:
        return None
    done, whole = sorted(before, key=lambda one: one.value)
    return (done, whole) if _near(done, whole, rate) else None


def _can_be(done: Measure, whole: Measure) -> bool:
    return done.quantity.unit == whole.quantity.unit and whole.value > 0


def _near(done: Measure, whole: Measure, rate: Measure) -> bool:
    """Tell whether a quotient is near enough to a rate to be meant by it."""
    return _can_be(done, whole) and abs(100 * done.value / whole.value - rate.value) <= _NOT_FAR


def _fits(one: Measure, other: Measure, rate: Measure) -> bool:
    """Tell whether two numbers give a rate, as far as rounding allows."""
    if one.dimension != other.dimension:
        return False
    said, stated = bounds([one, other]), bounds([rate])
    true = quotient(*said) if said else None
    return true is None or stated is None or true.meets(stated[0])

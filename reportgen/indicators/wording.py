"""The sentences that the engine itself writes about scores: what a rule asks, and why points were lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen import formats
from reportgen.indicators.definition import Kind, Side, Treatment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from reportgen.indicators.definition import Band, Clause, Indicator, Scoring

_REACHED = {Side.UP_TO: "不超过{}", Side.BELOW: "低于{}", Side.FROM: "达到{}", Side.ABOVE: "超过{}"}
_PASSED = {Side.UP_TO: "超过{}", Side.BELOW: "达到{}", Side.FROM: "低于{}", Side.ABOVE: "不超过{}"}


def points(value: Decimal) -> str:
    """Write points."""
    return f"{formats.plain(value)}分"


def band(bands: Sequence[Band], chosen: int) -> str:
    """Say where a band lies: `超过10%、不超过20%`."""
    own, before = bands[chosen], bands[chosen - 1] if chosen else None
    words = [] if before is None else [_PASSED[before.side].format(before.shown)]
    if own.side is not Side.ELSE:
        words.append(_REACHED[own.side].format(own.shown))
    return "、".join(words) or "不论多少"


def standard(indicator: Indicator) -> str:
    """Say what a scoring rule asks."""
    scoring = indicator.scoring
    if scoring.kind is Kind.BANDS:
        said = "；".join(f"{band(scoring.bands, at)}的，得{points(one.points)}" for at, one in enumerate(scoring.bands))
    elif scoring.kind is Kind.STEPS:
        said = _steps(scoring)
    elif scoring.kind is Kind.RATIO:
        said = f"得分={indicator.title}×分值，最高得满分"
    elif scoring.kind is Kind.JUDGED:
        said = "综合评定，未得满分的须说明原因"
    elif scoring.kind is Kind.UNSCORED:
        said = "不计分"
    else:
        said = _clauses(scoring)
    return f"{said}。"


def _steps(scoring: Scoring) -> str:
    value = "绝对值每" if scoring.absolute else "每"
    start = formats.percent(scoring.start) if scoring.start else "0"
    return f"以{start}为标准，{value}超出{formats.percent(scoring.step, 0)}扣{points(scoring.points)}，扣完为止"


def _clauses(scoring: Scoring) -> str:
    if scoring.kind is Kind.YES_NO:
        return f"{scoring.clauses[0].text}的，得满分；否则不得分"
    verb = "扣" if scoring.kind is Kind.CHECKLIST else "得"
    listed = [f"{formats.circled(at)}{one.text}" for at, one in enumerate(scoring.clauses, 1)]
    each = {one.points for one in scoring.clauses}
    if len(each) == 1:
        tail = f"每有一项不符扣{points(each.pop())}，扣完为止" if verb == "扣" else f"每符合一项得{points(each.pop())}"
        return f"{'；'.join(listed)}。{tail}"
    pairs = zip(listed, scoring.clauses, strict=True)
    unmet = "不符" if verb == "扣" else ""
    return "；".join(f"{text}（{unmet}{verb}{points(one.points)}）" for text, one in pairs)


def lost_by_band(title: str, shown: str, bands: Sequence[Band], chosen: int) -> str:
    """Say why a band gives less than the full points."""
    return f"{title}为{shown}，{band(bands, chosen)}"


def lost_by_steps(title: str, shown: str, steps: Decimal, step: Decimal) -> str:
    """Say how many steps a value lies beyond its standard."""
    return f"{title}为{shown}，超出标准{formats.plain(steps)}个{formats.percent(step, 0)}"


def lost_by_ratio(title: str, shown: str) -> str:
    """Say which value the points were multiplied with."""
    return f"{title}为{shown}，按比例计分"


def lost_by_clauses(kind: Kind, unmet: Sequence[Clause]) -> str:
    """Name the clauses that were not met."""
    if kind is Kind.YES_NO:
        return f"没有做到“{unmet[0].text}”"
    verb = "扣" if kind is Kind.CHECKLIST else "少得"
    return "；".join(f"没有做到“{one.text}”，{verb}{points(one.points)}" for one in unmet)


def treated(treatment: Treatment) -> str:
    """Say what becomes of the points of an indicator that does not apply."""
    return "不适用，按满分计" if treatment is Treatment.FULL else "不适用，不参与计分"

"""What is parted adds up to its parts, and no part of it is greater than it is.

The parts of a whole (总额100万元，其中：甲70万元；乙30万元) are added, with what rounding allows each of them. More
than the whole is a mistake; less is one where the list is complete: where it says so (按…划分, 由…组成), where its
shares come to 100%, or where its parts are known to be all there are (基本支出 and 项目支出, 男 and 女), and likely
one where hardly anything is missing. 其中 with one part, or with some of many, is no mistake, nor are groups that
overlap.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.report.rounding import bounds, shown, total
from reportgen.report.subjects import BEFORE, BUDGET, GOAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.measures import Measure
    from reportgen.report.rounding import Bounds
    from reportgen.report.wholes import Whole

TOTAL = rule(
    "A201",
    "parts-not-total",
    Severity.ERROR,
    "the parts come to {sum} ({addends}), but the whole is “{stated}”",
    "correct the whole or the part that is wrong, or name the part that is missing",
)
ABOVE = rule(
    "A213",
    "part-above-whole",
    Severity.ERROR,
    "“{part}” is more than “{whole}”, which it is a part of",
    "find out which of the two is wrong, or say of what the part is one",
)
_PART: Final = N_("a part: {value}")
WHOLE: Final = N_("the whole: {value}")

_ALL_THERE_ARE: Final = tuple(
    tuple(map(re.compile, pair))
    for pair in (
        ("基本支出", "项目支出"),
        ("人员(?:经费|支出)", "公用(?:经费|支出)"),
        ("男", "女"),
        ("离休", "(?<!离)退休"),
        ("行政", "事业"),
        ("本年收入", "结转"),
        ("在职", "离?退休"),
    )
)
_SAYS_ALL: Final = re.compile("按|由|分为|分别")
_NOT_THE_SAME: Final = frozenset({BUDGET, GOAL, BEFORE})
_NEARLY: Final = Fraction(1, 50)
_ALL: Final = Decimal(100)
_ABOUT: Final = Decimal("0.1")
_MOST_SHOWN: Final = 8


def find(report: Text) -> Iterator[Diagnostic]:
    """Find wholes that are not what their parts come to, and parts that are greater than their wholes."""
    for whole in report.wholes:
        measures = [whole.measure, *(one.measure for one in whole.parts)]
        said = bounds(measures)
        alike = all(one.roles & _NOT_THE_SAME <= whole.measure.roles for one in measures)
        if said and alike:
            yield from list(_above(whole, said[0], said[1:])) or _sum(whole, measures, said)


def _above(whole: Whole, said: Bounds, parts: Sequence[Bounds]) -> Iterator[Diagnostic]:
    """Find parts that are greater than the whole; where signs do not say whose parts they are, the first alone."""
    certain = whole.parts[:1] if whole.loose else whole.parts
    for one, part in zip(certain, parts, strict=False):
        if part.low > said.high:
            yield ABOVE.at(
                one.measure.span,
                related=(Label(whole.measure.span, WHOLE, {"value": whole.measure.quantity.text}),),
                part=one.measure.quantity.text,
                whole=whole.measure.quantity.text,
            )


def _sum(whole: Whole, measures: Sequence[Measure], said: Sequence[Bounds]) -> Iterator[Diagnostic]:
    """Find a sum that is not the whole."""
    stated, parts = said[0], total(said[1:])
    if len(measures) < len("甲乙丙") or parts.meets(stated):
        return
    severity = _severity(whole, stated, parts)
    if severity:
        addends = "+".join(one.quantity.text for one in measures[1:])
        yield TOTAL.at(
            whole.measure.span,
            related=tuple(
                Label(one.span, _PART, {"value": one.quantity.text}) for one in measures[1 : _MOST_SHOWN + 1]
            ),
            sum=shown((parts.low + parts.high) / 2, measures),
            addends=addends,
            stated=whole.measure.quantity.text,
        ).as_severe_as(severity)


def _severity(whole: Whole, stated: Bounds, parts: Bounds) -> Severity | None:
    """Tell how bad it is that the parts differ from the whole; None where they may be some of many, or overlap."""
    if is_complete(whole):
        return Severity.ERROR
    if whole.loose:
        return None
    if parts.low > stated.high and whole.measure.dimension == "money":
        return Severity.ERROR
    off = max(parts.low - stated.high, stated.low - parts.high)
    return Severity.WARNING if off <= stated.high * _NEARLY else None


def is_complete(whole: Whole) -> bool:
    """Tell whether a list of parts is of all there are."""
    if _SAYS_ALL.match(whole.sign):
        return True
    names = [one.measure.words for one in whole.parts]
    if any(_both(one, other, names) for one, other in _ALL_THERE_ARE):
        return True
    shares = [one.share.value for one in whole.parts if one.share]
    return len(shares) == len(names) > 1 and abs(sum(shares, -_ALL)) <= _ABOUT


def _both(one: re.Pattern[str], other: re.Pattern[str], names: Sequence[str]) -> bool:
    """Tell whether each of two words is in a name of its own."""
    first = {at for at, name in enumerate(names) if one.search(name)}
    second = {at for at, name in enumerate(names) if other.search(name)}
    return bool(first and second and len(first | second) > 1)

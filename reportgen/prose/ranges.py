"""A range is written with ～ or —: 3～5万元. A hyphen parts the figures of a telephone number.

Found is a hyphen between two figures with a unit after it, not in a formula. And the difference of two rates is told in
百分点: from 80% to 85% it is 5个百分点, not 5%.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, Span, Tally, rule
from reportgen.report.wording import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

RANGE: Final = rule("R127", "bare-range", Severity.NOTE, "“{found}”: {remark}", "write ～ or — between the two figures")
_HYPHEN: Final = N_("a hyphen is no sign of a range")
_POINTS: Final = N_("from {first} to {last} it is {points} percentage points")
_WRITE: Final = N_("write {points}个百分点")
_FIGURE: Final = r"\d{1,9}(?:\.\d{1,6})?"
_RANGE: Final = re.compile(
    rf"(?<![\d.A-Za-z=（(/+×÷*-]){_FIGURE}(?:万|亿|%|月|年|日)?-{_FIGURE} ?"
    "(?:万元|亿元|元|周岁|岁|[%％‰℃]|万|个|名|人|户|公里|平方米|亩|吨|公斤|米|天|日|月|年|次|倍|小时)"
)
_CHANGE: Final = re.compile(
    rf"(?P<first>{_FIGURE})[%％](?:提高|上升|增长|增加|提升|下降|降低|减少)(?:到|至)(?P<last>{_FIGURE})[%％]，?"
    rf"(?P<said>(?:提高|上升|增长|增加|提升|下降|降低|减少)了?(?P<points>{_FIGURE})[%％])"
)


def find(text: Text) -> Iterator[Diagnostic]:
    """Find ranges with a hyphen, and differences of rates that are told in per cent."""
    tally = Tally()
    for line, found in matches(text, _RANGE):
        tally.add(found.group(), line.at(*found.span()))
    yield from tally.found(RANGE, remark=Label(Span(), _HYPHEN))
    for line, found in matches(text, _CHANGE):
        first, last, points = (Decimal(found[name]) for name in ("first", "last", "points"))
        if abs(last - first) == points:
            remark = Label(Span(), _POINTS, {"first": f"{first}%", "last": f"{last}%", "points": points})
            place, said = line.at(*found.span("said")), found["said"]
            one = RANGE.at(place, help=_WRITE, found=said, remark=remark, points=found["points"])
            yield one.as_severe_as(Severity.WARNING)

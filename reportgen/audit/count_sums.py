"""The parts of a number of things add up to it: 共15个，其中社区8个、行政村7个.

Parts with 、 between them that each have one number with the same measure word are added up. With 其中 before them,
and for people in brackets, only more than the whole is found, as a warning: parts may be left out, and may overlap
(党员 and 妇女). Other parts in brackets that are less than the whole are a warning as well. A list with 含 in it is
left alone, and amounts of money and other figures are added up by other rules.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.report.listings import AMONG, counts
from reportgen.report.runs import BRACKET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Listing, Text

OTHER_SUM = rule(
    "A302",
    "count-not-sum",
    Severity.ERROR,
    "{whole} are stated in all, the parts add up to {sum} ({working})",
    "count again, and correct the whole or the part that is wrong",
)
_PART: Final = re.compile("不?含|其中|包括")
_PEOPLE: Final = frozenset("人名位")


def find(report: Text) -> Iterator[Diagnostic]:
    """Find numbers of things that are not the sum of their parts."""
    for one in report.listings:
        yield from _added(one)


def _added(one: Listing) -> Iterator[Diagnostic]:
    count = one.stated
    if count is None or not count.unit or len(one.items) == 1 or any(map(_PART.match, one.names)):
        return
    parts = [counts(one.line.text, *item) for item in one.items]
    if any([part.unit for part in item] != [count.unit] for item in parts):
        return
    values = [item[0].value for item in parts]
    total = sum(values)
    overlap = one.tie == BRACKET and count.unit in _PEOPLE
    is_part = one.open or one.tie == AMONG or overlap
    if total == count.value or (is_part and total < count.value):
        return
    is_part = is_part or (one.tie == BRACKET and total < count.value)
    found = OTHER_SUM.at(
        one.line.at(*one.span),
        related=(Label(one.line.at(one.items[0].start, one.items[-1].end), N_("these are the parts")),),
        whole=one.line.text[count.start : count.end],
        sum=total,
        working="+".join(map(str, values)),
    )
    yield found.as_severe_as(Severity.WARNING) if is_part else found

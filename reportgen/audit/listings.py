"""A number that is stated with a list is that of the names in it: 五个点（…） has five, 三项措施：… three.

Lists in brackets, behind 包括, 分别是 or ：, before 等3个村 or 共3个村 are counted, and items with numerals
(一是…；二是…) that an announcement counts. 等 leaves a list open, so that only more names than stated are found there;
甲和乙 may be one name or two. It is a warning where a name may stand for several of what is counted (五个点 in four
villages), and where the list need not be whole. A number at least twice that of the names, or half of it, counts
something else.

Not found: lists that a repeated name makes too long, lists of kinds (村（社区）), of parts with their own numbers,
which are added up by another rule, and what is counted in 次 or 场.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.report import series
from reportgen.report.listings import AMONG, ETC, counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Listing, Text
    from reportgen.report.series import Series

DIFFERS = rule(
    "A301",
    "count-not-list",
    Severity.ERROR,
    "“{stated}” is what is said, {listed} is how many are listed",
    "count again: correct the number, or add what is missing",
)

_LOOSE: Final = re.compile("主要|包括|包含|涵盖|等")
_GENERIC: Final = re.compile(
    "社区|居|居委会|村|行政村|自然村|村委会|单位|部门|场|所|街道|乡|镇|办事处|组|户|机构|中心|科室|人|企业|学校|干部|职工"
)
_VILLAGE: Final = re.compile(
    "(?!贫困|脱贫|重点|示范|自然|行政|中心|空心|后进|先进|试点|城中|边远|移民|文明|美丽|薄弱)[\u4e00-\u9fff]{2}[村镇乡]"
)
_PLACES: Final = frozenset("村镇乡县区")
_FEW: Final = 2
_SURE: Final = 6  # characters of a noun; a longer one says more than what is counted


def find(report: Text) -> Iterator[Diagnostic]:
    """Find lists with another number than is stated."""
    for one in report.listings:
        yield from _listed(one)
    for other in series.find(report):
        yield from _announced(other)


def _listed(one: Listing) -> Iterator[Diagnostic]:
    count = one.stated
    if count is None or count.value < _FEW or one.tie == AMONG or _is_of_kinds(one):
        return
    if one.fewest <= count.value <= one.most or len({*one.names}) == count.value:
        return
    number = one.fewest if count.value < one.fewest else one.most
    lacks = number < count.value
    if (lacks and one.open) or (lacks and one.tie == ETC) or not (_close(number, count.value) or _one_village(one)):
        return
    said = one.line.text[count.start : count.end]
    found = DIFFERS.at(
        one.line.at(*one.span),
        related=(Label(one.line.at(one.items[0].start, one.items[-1].end), N_("this is the list")),),
        stated=said,
        listed=number,
    )
    loose = one.open or len(count.noun) > _SURE or _LOOSE.search(one.tie) or _one_village(one) or _in_places(one)
    yield found.as_severe_as(Severity.WARNING) if loose else found


def _announced(one: Series) -> Iterator[Diagnostic]:
    count = one.stated
    if count.value >= _FEW and count.value != one.number and _close(one.number, count.value):
        related = (Label(one.last, N_("this is the last")),)
        said = one.line.text[count.start : count.end]
        yield DIFFERS.at(one.line.at(count.start, count.end), related=related, stated=said, listed=one.number)


def _close(number: int, stated: int) -> bool:
    """Tell whether a number can be a wrong one for another: less than twice that, and more than half."""
    return number < _FEW * stated and stated < _FEW * number


def _is_of_kinds(one: Listing) -> bool:
    """Tell whether kinds are listed instead of names, or parts with the number of each."""
    parts = any(counts(one.line.text, *item) for item in one.items)
    return parts or any(len(name) == 1 or _GENERIC.fullmatch(name) for name in one.names)


def _one_village(one: Listing) -> bool:
    """Tell whether a single village or town stands for several in brackets."""
    return one.most == 1 and _VILLAGE.fullmatch(one.names[0]) is not None


def _in_places(one: Listing) -> bool:
    """Tell whether places are listed and something else is counted, of which a place may have several."""
    counted = one.stated.noun if one.stated else ""
    return {name[-1] for name in one.names} <= _PLACES and not _PLACES & set(counted or "村")

"""A share is its part divided by the whole, and the shares of all parts come to 100%.

Each share that stands behind an amount (基本支出60万元，占总支出的60%) is reckoned again, from the whole that it names
or from the one whose part it is; what rounding of both amounts explains is right. A share that is off by its last
digit where all of the list then come to 100% takes the balance, which is only noted. Where it is the share of another
amount nearby, that is said. Shares of all parts that do not come to 100% are found as well, and a list that says 占 in
one place and 占比 in another is noted. Shares of a whole that is nowhere stated are passed over.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.audit.parts import is_complete
from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.formats import places
from reportgen.report.rounding import bounds, quotient, rounded, total
from reportgen.report.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.measures import Measure
    from reportgen.report.wholes import Whole

WRONG = rule(
    "A202",
    "share-wrong",
    Severity.ERROR,
    "{part} of {whole} is {right}%, but “{stated}” is written",
    "reckon the share again",
)
SUM = rule(
    "A203",
    "shares-not-100",
    Severity.ERROR,
    "the shares come to {sum}% ({addends}), not to 100%",
    "correct the share that is wrong; where only rounding is left, let the last one take the balance",
)
OTHER = rule(
    "A204",
    "share-of-other-base",
    Severity.WARNING,
    "{part} of {whole} is {right}%; “{stated}” is its share of {other}",
    "name the whole that the share is of, or reckon it again",
)
WORDING = rule(
    "A221",
    "share-wording",
    Severity.NOTE,
    "“{one}” stands beside “{other}” in one list of shares",
    "say every share of a list in the same words",
)
_BALANCE: Final = N_("the difference of the last digit makes the shares come to 100%; that may be left")
_WHOLE: Final = N_("the whole: {value}")
_OTHER: Final = N_("the other amount: {value}")
_BESIDE: Final = N_("beside: {value}")

_BASE: Final = re.compile(r"占(?P<base>[\u4e00-\u9fff“”]*?)(?:的?(?:比例|比重|百分比|比)|的|了)?[为是达到约]*$")
_SHARE: Final = re.compile("占|比重|比例")
_NAMED: Final = re.compile("占[^比]")
_ALL: Final = Decimal(100)
_SLIGHTLY: Final = Decimal("0.05")
_NEAR: Final = 5
_LINES: Final = 3  # before that of a share, in which another whole may stand
_MOST: Final = 60  # measures before a share that may be its whole
_THREE: Final = 3


class _Share(NamedTuple):
    """A share, the amount it is said of, what it is a share of, and the list that it stands in."""

    measure: Measure
    part: Measure
    base: Measure
    list: Whole | None


def find(report: Text) -> Iterator[Diagnostic]:
    """Find shares that are wrong, do not come to 100%, or are said in different words."""
    keys = _by_key(report.measures)
    places_of = {id(one): at for at, one in enumerate(report.measures)}
    listed: set[int] = set()
    for whole in report.wholes:
        shares = [one.share for one in whole.parts if one.share]
        listed |= {id(one) for one in shares}
        found = [each for one in _of_list(whole, keys) for each in _judged(one, report.measures, places_of)]
        yield from found or _sum(whole)
        yield from _wording(shares)
    alone = [one for one in report.measures if one.dimension == "ratio" and id(one) not in listed]
    for one in alone:
        share = _alone(one, report.measures, places_of[id(one)], keys)
        yield from _judged(share, report.measures, places_of) if share else ()
    yield from _without_amounts(alone)


_Keys = dict[tuple[str, str], list["Measure"]]


def _by_key(measures: Sequence[Measure]) -> _Keys:
    found: _Keys = {}
    for one in measures:
        if one.key:
            found.setdefault((one.key, one.dimension), []).append(one)
    return found


def _of_list(whole: Whole, keys: _Keys) -> Iterator[_Share]:
    """Give the shares of a list, each with what it is a share of."""
    for part, share in whole.parts:
        base = share and _base(share, whole.measure, keys)
        if share and base:
            yield _Share(share, part, base, whole)


def _base(share: Measure, whole: Measure | None, keys: _Keys) -> Measure | None:
    """Find what a share is of: the whole whose part it is, unless another one is named."""
    found = _BASE.search(share.words.strip())
    key = subject(found["base"]).key if found else ""
    if not key or (whole and key in whole.key):
        return whole
    named = keys.get((key, whole.dimension if whole else "money"), [])
    before = [one for one in named if one.line.number <= share.line.number]
    return before[-1] if before else next(iter(named), None)


def _alone(share: Measure, measures: Sequence[Measure], at: int, keys: _Keys) -> _Share | None:
    """Read a share outside a list: behind its amount, of a whole that is named or stated: 占总额100万元的30%."""
    before = [one for one in measures[max(at - 2, 0) : at] if (one.line, one.item) == (share.line, share.item)]
    if before and share.words.strip().startswith("的") and "占" in before[-1].words:
        same = len(before) > 1 and before[0].dimension == before[1].dimension
        return _Share(share, before[0], before[1], None) if same else None
    base = _base(share, None, keys) if before and _SHARE.search(share.words) else None
    alike = base and base.dimension == before[-1].dimension and base is not before[-1]
    return _Share(share, before[-1], base, None) if base and alike else None


def _judged(one: _Share, measures: Sequence[Measure], places_of: Mapping[int, int]) -> Iterator[Diagnostic]:
    """Find a share that is wrong, unless it takes the balance of its list or is of another amount."""
    right = _right(one.part, one.base)
    if right is None or _fits(one.measure, one.part, one.base):
        return
    decimals = places(one.measure.value)
    values = {
        "part": one.part.quantity.text,
        "whole": one.base.quantity.text,
        "right": rounded(right, decimals),
        "stated": one.measure.quantity.text,
    }
    related = (Label(one.base.span, _WHOLE, {"value": one.base.quantity.text}),)
    if _balances(one, right):
        label = Label(one.measure.span, _BALANCE)
        yield WRONG.at(one.measure.span, related=(*related, label), **values).as_severe_as(Severity.NOTE)
        return
    other = _other(one, measures, places_of[id(one.measure)]) if decimals else None
    if other:
        label = Label(other.span, _OTHER, {"value": other.quantity.text})
        yield OTHER.at(one.measure.span, related=(*related, label), **values, other=other.quantity.text)
    else:
        yield WRONG.at(one.measure.span, related=related, **values)


def _right(part: Measure, base: Measure) -> Fraction | None:
    """Reckon a share in per cent from the amounts as they are written."""
    said = bounds([part, base])
    if said is None or sum(said[1]) <= 0:
        return None
    return 100 * sum(said[0], Fraction(0)) / sum(said[1], Fraction(0))


def _fits(share: Measure, part: Measure, base: Measure) -> bool:
    """Tell whether a share is right, as far as rounding of both amounts allows; so is one that cannot be reckoned."""
    amounts, stated = bounds([part, base]), bounds([share])
    true = quotient(*amounts) if amounts else None
    return true is None or stated is None or true.meets(stated[0])


def _balances(one: _Share, right: Fraction) -> bool:
    """Tell whether a share is off by its last digit only, in a list whose other shares are right, to make up 100%."""
    if one.list is None:
        return False
    shares = [each.share for each in one.list.parts if each.share]
    others = [
        each for each in one.list.parts if each.share and each.share is not one.measure and one.base is one.list.measure
    ]
    step = Fraction(2, 10 ** places(one.measure.value))
    return (
        len(shares) == len(one.list.parts)
        and sum(share.value for share in shares) == _ALL
        and abs(Fraction(one.measure.value) - right) < step
        and all(_fits(each.share, each.measure, one.base) for each in others if each.share)
    )


def _other(one: _Share, measures: Sequence[Measure], at: int) -> Measure | None:
    """Find another amount nearby that a share is of."""
    for each in reversed(measures[max(at - _MOST, 0) : at]):
        if one.measure.line.number - each.line.number > _LINES:
            break
        other = each.dimension == one.part.dimension and each is not one.base and each is not one.part
        if other and each.value > one.part.value and _fits(one.measure, one.part, each):
            return each
    return None


def _sum(whole: Whole) -> Iterator[Diagnostic]:
    """Find shares of all parts that do not come to 100%."""
    shares = [one.share for one in whole.parts if one.share]
    said = bounds([whole.measure, *(one.measure for one in whole.parts)])
    if len(shares) < len(whole.parts) or len(shares) == 1 or said is None:
        return
    if is_complete(whole) or total(said[1:]).meets(said[0]):
        yield from _not_all(shares)


def _not_all(shares: Sequence[Measure]) -> Iterator[Diagnostic]:
    come_to = sum((one.value for one in shares), Decimal(0))
    if come_to == _ALL:
        return
    severity = Severity.WARNING if abs(come_to - _ALL) <= _SLIGHTLY else Severity.ERROR
    addends = "+".join(one.quantity.text for one in shares)
    related = tuple(Label(one.span, _BESIDE, {"value": one.quantity.text}) for one in shares[:-1])
    yield SUM.at(shares[-1].span, related=related, sum=come_to, addends=addends).as_severe_as(severity)


def _without_amounts(alone: Sequence[Measure]) -> Iterator[Diagnostic]:
    """Find shares without amounts that do not come to 100%: 甲村占50%，乙村占30%，丙村占18%."""
    for _, group in groupby(alone, lambda one: (one.line.number, one.sentence)):
        shares = [one for one in group if "占" in one.words]
        names = [subject(one.words.partition("占")[0]).key for one in shares]
        come_to = sum((one.value for one in shares), Decimal(0))
        if len(shares) >= _THREE and all(names) and len({name[-1] for name in names}) == 1:
            yield from _not_all(shares) if abs(come_to - _ALL) <= _NEAR else ()


def _wording(shares: Sequence[Measure]) -> Iterator[Diagnostic]:
    """Note the share of a list that is said in other words than most, or than the first."""
    said = [("占…" if _NAMED.search(one.words) else one.words.strip(" ，,：:"), one) for one in shares]
    counts = {words: sum(words == each for each, _ in said) for words, _ in said}
    if len(counts) > 1:
        usual = max(counts, key=lambda words: counts[words])
        first = next(one for words, one in said if words == usual)
        odd = next(one for words, one in said if words != usual)
        label = Label(first.span, _BESIDE, {"value": first.line.text[first.start : first.quantity.end].strip()})
        yield WORDING.at(odd.span, related=(label,), one=_shown(odd), other=_shown(first))


def _shown(one: Measure) -> str:
    return one.line.text[one.start : one.quantity.end].strip()

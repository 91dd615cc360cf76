"""Two figures together say a third: the area of a house, or how many people a rate was taken of.

A number of houses beside their area gives the area of one; where one paragraph gives several, and one is more than
three times another, that is noted (1061间4.2万平方米 beside 46间6200平方米). A number beside its rate gives what the
rate was taken of (1520人，体检率76% of 2000人); where two of them in one sentence, or those of vaccination and of
insurance in one report, speak of the same people and give different numbers, that is noted as well. Both may be right:
they ask for a look, and for a word of explanation.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.report.rounding import Bounds, bounds, quotient, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.measures import Measure

EACH = rule(
    "A219",
    "unit-implausible",
    Severity.NOTE,
    "“{one}” makes {own} for each, “{other}” makes {others}",
    "see whether both figures are right",
)
BASES = rule(
    "A220",
    "implied-bases",
    Severity.NOTE,
    "“{one}” is a rate of about {own}, “{other}” one of about {others}",
    "state the number that each rate was taken of, and why they differ",
)
_OTHER: Final = N_("the other: {value}")

_HOUSES: Final = frozenset("间户栋幢处座套宗")
_BESIDE: Final = re.compile(r"[、，,（(]?\s*(?:共|总|合计|约|达|计|建筑)*(?:面积)?(?:为|达|约|共)*")
_TIMES: Final = 3
_PEOPLE: Final = frozenset("人户名")
_RATE: Final = re.compile("(?:率|进度)(?:为|是|达到?|约)?$")
_OF_TASKS: Final = re.compile(
    "完成|执行|合格|满意|办结|调解|成功|通过|达标|回复|答复|整改|验收|入学|巩固|就业|升学|优[秀良]|支付|到位|控制|增长|检出"
)
_AGE: Final = re.compile(r"\d+\s*周?岁(?:以上|以下|及以上)?")
_ALMOST_ALL: Final = re.compile(r"(?<!\d)(?:\d|1[0-8])\s*周?岁(?:及?以上)")
_INSURED: Final = re.compile("参保")
_ALIKE: Final = Fraction(8, 5)  # bases that differ by more are of other people
_APART: Final = Fraction(5, 4)  # those of all inhabitants that differ by more


class _Base(NamedTuple):
    """A number with its rate, and what the rate was taken of."""

    number: Measure
    rate: Measure
    base: Bounds


def find(report: Text) -> Iterator[Diagnostic]:
    """Note figures that hardly fit together."""
    bases: list[_Base] = []
    for _, group in groupby(report.measures, lambda one: (one.line.number, one.sentence)):
        sentence = list(group)
        yield from _houses(sentence)
        own = list(_bases(sentence))
        yield from _of_sentence(own)
        bases += own
    yield from _of_all(bases)


def _houses(sentence: Sequence[Measure]) -> Iterator[Diagnostic]:
    """Note the houses of a sentence of which one is much greater than another."""
    pairs = []
    for one, area in pairwise(sentence):
        between = one.line.text[one.quantity.end : area.quantity.start]
        if one.quantity.unit in _HOUSES and one.value and area.dimension == "area" and _BESIDE.fullmatch(between):
            said = bounds([area])
            pairs += [(sum(said[0], Fraction(0)) / 2 / Fraction(one.value), one, area)] if said else []
    if len(pairs) > 1:
        least, greatest = min(pairs, key=lambda pair: pair[0]), max(pairs, key=lambda pair: pair[0])
        if least[0] and greatest[0] > _TIMES * least[0]:
            first, last = sorted((least, greatest), key=lambda pair: pair[1].start)
            yield EACH.at(
                first[1].line.at(first[1].start, first[2].quantity.end),
                related=(Label(last[1].line.at(last[1].start, last[2].quantity.end), _OTHER, {"value": _both(last)}),),
                one=_both(first),
                own=f"{rounded(first[0], 1)}平方米",
                other=_both(last),
                others=f"{rounded(last[0], 1)}平方米",
            )


def _both(pair: tuple[Fraction, Measure, Measure]) -> str:
    return f"{pair[1].quantity.text}{pair[2].quantity.text}"


def _bases(sentence: Sequence[Measure]) -> Iterator[_Base]:
    """Reckon what rates were taken of, where that is not stated."""
    for at, (count, rate) in enumerate(pairwise(sentence)):
        if count.quantity.unit not in _PEOPLE or count.quantity.about or count.item != rate.item:
            continue
        if not _RATE.search(rate.words.strip()) or _OF_TASKS.search(rate.words) or rate.dimension != "ratio":
            continue
        before = sentence[at - 1] if at else None
        stated = before and before.item == count.item and before.quantity.unit == count.quantity.unit
        said, share = bounds([count]), bounds([rate])
        base = quotient(said[0], share[0]) if said and share and count.value else None
        if base and not stated:
            yield _Base(count, rate, base)


def _of_sentence(bases: Sequence[_Base]) -> Iterator[Diagnostic]:
    """Note two rates of one sentence that are of nearly the same people, but not of the same number."""
    for one, other in pairwise(bases):
        same = one.number.quantity.unit == other.number.quantity.unit and _age(one) == _age(other)
        low, high = sorted((one.base, other.base))
        if same and low.high < high.low <= low.high * _ALIKE:
            yield _differ(one, other)


def _of_all(bases: Sequence[_Base]) -> Iterator[Diagnostic]:
    """Note a rate of nearly all inhabitants and one of the insured that are of very different numbers."""
    everyone = next((one for one in bases if _ALMOST_ALL.search(one.number.words)), None)
    insured = next((one for one in bases if _INSURED.search(one.rate.words)), None)
    if everyone and insured and everyone.number.quantity.unit == insured.number.quantity.unit:
        low, high = sorted((everyone.base, insured.base))
        if high.low > low.high * _APART:
            yield _differ(everyone, insured)


def _age(one: _Base) -> str:
    found = _AGE.search(one.number.words)
    return found.group() if found else ""


def _differ(one: _Base, other: _Base) -> Diagnostic:
    values = [f"{each.number.quantity.text}、{each.rate.quantity.text}" for each in (one, other)]
    numbers = [f"{rounded(sum(each.base, Fraction(0)) / 2, 0)}{each.number.quantity.unit}" for each in (one, other)]
    return BASES.at(
        one.number.line.at(one.number.start, one.rate.quantity.end),
        related=(
            Label(other.number.line.at(other.number.start, other.rate.quantity.end), _OTHER, {"value": values[1]}),
        ),
        one=values[0],
        own=numbers[0],
        other=values[1],
        others=numbers[1],
    )

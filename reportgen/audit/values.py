"""One quantity has one value, wherever a report states it.

What has the same name, of the same year and day, and no other role (budget, goal, year end) is compared. For the lines
of the accounts (一般公共预算拨款, 基本支出 …) any other value is an error, as far as rounding allows. For other things
only values that look like one another are found, the same digits in another order (1.68万亩, 1.86万亩), since many
things of one name are many things. Figures of a part of something are compared with those of a part of the same, and
figures in one sentence with none of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations, islice
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.formats import agree
from reportgen.report.rounding import bounds
from reportgen.report.subjects import BEFORE, BUDGET, FIRST, GOAL, LAST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.measures import Measure

TWO = rule(
    "A210",
    "two-values",
    Severity.ERROR,
    "“{name}” is “{one}” here and “{other}” elsewhere",
    "write the right one in both places",
)
_OTHER: Final = N_("elsewhere: {value}")

_ACCOUNTS: Final = re.compile(
    "(?:一般公共|政府性基金|国有资本经营)拨款|基本支出|项目支出|(?:财政拨款)?结转结余(?:收入)?|收入|支出|三公(?:经费)?(?:支出)?"
    "|(?:行政|事业)编制"
)
_SUMS: Final = frozenset({"收入", "支出"})
_OF_ALL: Final = re.compile("总计|合计|总(?=收入|支出)")
_IN_PARTS: Final = frozenset({"收入", "支出", "基本支出", "项目支出"})
_MEASURED: Final = re.compile("面积|长度|规模|数量|和(?=结余)")
_ROLES: Final = frozenset({BUDGET, GOAL, BEFORE, FIRST, LAST})
_RATIO: Final = "ratio"
_YEAR: Final = re.compile(r"(\d{4})年?")
_YEAR_END: Final = re.compile(r"(\d{4}年)?12月31日")
_SHORTEST: Final = 4  # signs of a name that is not one of the accounts
_DIGITS: Final = 3  # of a value that can be mistyped
_MOST: Final = 40  # values of the same digits that are compared


def find(report: Text) -> Iterator[Diagnostic]:
    """Find quantities that have two values."""
    measures = [
        one for one in report.measures if one.key and not one.quantity.about and one.dimension not in {"", _RATIO}
    ]
    wholes = {id(part.measure): whole.measure for whole in report.wholes for part in whole.parts}
    kinds: dict[object, list[Measure]] = {}
    digits: dict[object, list[Measure]] = {}
    for one in measures:
        period = _period(one, report.year)
        name = _name(one)
        if _ACCOUNTS.fullmatch(name):
            kinds.setdefault((name, one.dimension, one.roles & _ROLES, period), []).append(one)
        written = str(one.value).replace(".", "").strip("0")
        if len(written) >= _DIGITS:
            alike = "".join(sorted(written)), one.quantity.unit, one.roles & _ROLES, period
            digits.setdefault(alike, []).append(one)
    found = {id(odd): (odd, usual) for several in kinds.values() for odd, usual in _odd(several, wholes)}
    for several in digits.values():
        for odd, usual in _mistyped(several):
            if not {id(odd), id(usual)} & {id(each) for pair in found.values() for each in pair}:
                found[id(odd)] = odd, usual
    for odd, usual in found.values():
        certain = _ACCOUNTS.fullmatch(_name(odd)) and _name(odd) == _name(usual)
        yield _two(odd, usual).as_severe_as(Severity.ERROR if certain else Severity.WARNING)


def _name(one: Measure) -> str:
    """Give the name to compare; 收入 and 支出 only where they are of all, with the word that says so."""
    key = _MEASURED.sub("", one.key)
    if key not in _SUMS:
        return key
    of_all = _OF_ALL.search(one.words)
    year = "本年" if "本年" in one.words else ""
    return (
        key if of_all and not year and of_all.group() != "总计" else f"{year}{of_all.group() if of_all else ''}…{key}"
    )


def _period(one: Measure, year: int | None) -> str:
    """Give the time that a figure is of; nothing for the year of the report or its end."""
    found = _YEAR.fullmatch(one.period) or _YEAR_END.fullmatch(one.period)
    said = found and (found[1] or "").removesuffix("年")
    return "" if found and said in {"", str(year)} else one.period


def _odd(several: Sequence[Measure], wholes: Mapping[int, Measure]) -> Iterator[tuple[Measure, Measure]]:
    """Find the first figure of one thing that is not what most say, or what the first says."""
    usual_value = Counter(one.value for one in several).most_common(1)[0][0]
    usual = next(one for one in several if one.value == usual_value)
    for one in several:
        same = agree(one.quantity, usual.quantity)
        if not same and not _together(one, usual) and _of_one(one, usual, wholes):
            yield (one, usual)
            return


def _together(one: Measure, other: Measure) -> bool:
    return (one.line.number, one.sentence) == (other.line.number, other.sentence)


def _of_one(one: Measure, other: Measure, wholes: Mapping[int, Measure]) -> bool:
    """Tell whether two figures are parts of the same, where either is a part."""
    first, second = wholes.get(id(one)), wholes.get(id(other))
    if first and second:
        said = bounds([first, second])
        return bool(said and said[0].meets(said[1]))
    return first is second or _name(one) not in _IN_PARTS


def _mistyped(several: Sequence[Measure]) -> Iterator[tuple[Measure, Measure]]:
    """Find figures of like names that have the same digits in another order."""
    for usual, odd in combinations(islice(several, _MOST), 2):
        if odd.value != usual.value and not _together(odd, usual) and _like(_name(odd), _name(usual)):
            yield odd, usual


def _like(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST:
        return False
    return one in other or other in one or sorted(one) == sorted(other)


def _two(odd: Measure, usual: Measure) -> Diagnostic:
    label = Label(usual.span, _OTHER, {"value": usual.quantity.text})
    name = odd.words.strip(" ，,：:")
    return TWO.at(odd.span, related=(label,), name=name, one=odd.quantity.text, other=usual.quantity.text)

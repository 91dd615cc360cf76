"""How numbers and dates are written: regular expressions, in one of which each named part is one way of writing.

All of it is bounded or possessive, so that a text is read in time that grows with its length, whatever it holds.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from reportgen import units
from reportgen.formats.numerals import CAPITAL, CAPITALS, DIGIT, NUMERAL, ZERO
from reportgen.formats.quantities import About

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDE: Final = dict(zip(range(ord("０"), ord("９") + 1), "0123456789", strict=True)) | str.maketrans(
    {"．": ".", "％": "%", "－": "-", "−": "-", "＋": "+", "／": "/", "（": "(", "）": ")"}
)
"""Full-width signs that are read as their ASCII forms; the length of a text stays the same."""
WIDE_COMMA: Final = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
"""A comma between thousands, where the digits are full-width as well."""
_PREFIXES: Final = (
    dict.fromkeys(("约", "大约", "大概"), About.AROUND)
    | dict.fromkeys(("近", "将近", "接近"), About.BELOW)
    | dict.fromkeys(("超", "超过", "逾", "突破", "至少", "不少于", "不低于", "高于", "多于"), About.LEAST)
    | dict.fromkeys(("不足", "不到", "不超过", "未超过", "至多", "低于", "少于", "不高于", "不多于"), About.MOST)
)
_SUFFIXES: Final = (
    dict.fromkeys(("左右", "上下"), About.AROUND)
    | {"有余": About.ABOVE, "以上": About.LEAST}
    | dict.fromkeys(("以下", "以内", "之内"), About.MOST)
)
ROUGH: Final = _PREFIXES | _SUFFIXES | dict.fromkeys("多余", About.ABOVE)
"""Words beside a number that make it rough."""
MAX_DIGITS: Final = 40
"""A figure of more digits is a code."""


def _any(words: Iterable[str]) -> str:
    """Match the longest of several words."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_NO_UNITS: Final = {"分": "分(?!之|别)", "成": "成(?![立为员果功熟长绩就本])"}
_NAMES: Final = "|".join(_NO_UNITS.get(name, name) for name in _any(units.COMMON).split("|"))
_POWERS: Final = _any(units.MAGNITUDES)
_GAP: Final = "[ \u00a0\u3000]?"
_UNIT: Final = (
    rf"{_GAP}(?P<more>[多余])?(?:(?P<name>(?:{_NAMES})(?:/(?:{_NAMES}))?)"
    rf"|(?P<power>{_POWERS})(?P<rest>[多余])?(?P<base>{_NAMES})?)?"
)
_AFTER: Final = f"{_any(_SUFFIXES)}|多(?![次年月个种方项元])"
_BEFORE: Final = (
    rf"(?:(?<![节合签预公特集条契违最附就靠邻临])(?P<about>{_any(_PREFIXES)}){_GAP})?"
    "(?P<sign>(?<![0-9A-Za-z)%减担肩背抱])[-+负])?$"
)
BEFORE_ENDS: Final = {*"-+负 \u00a0\u3000", *(word[-1] for word in _PREFIXES)}
LONGEST_BEFORE: Final = max(map(len, _PREFIXES)) + 2
BETWEEN: Final = frozenset({"—", "——", "–", "-", "～", "~", "至", "到"})
"""Signs of a range."""

_MONTH, _DAY, _YEAR = "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])", "[0-9]{4}"
_MONTHS, _DAYS = "(?:十[一二]?|[一二三四五六七八九])", "(?:三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_YEARS: Final = "[零〇○一二三四五六七八九]{4}"
_FIGURE: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3}(?![0-9]))++|[0-9]++)(?:\.[0-9]++)?"
_SPOKEN: Final = rf"(?:{NUMERAL}|{ZERO})(?:点[零〇○一二三四五六七八九]{{1,20}})?"
_ORDERS: Final = "位|名|届|章|节|条|款|项|批|轮|次|个|期|季度|号|类|组|村"
_DATES: Final = rf"""
    (?P<date>{_YEAR}{_GAP}年{_GAP}{_MONTH}{_GAP}月{_GAP}{_DAY}{_GAP}[日号]
        | {_YEAR}(?P<dash>[-./]){_MONTH}(?P=dash){_DAY}(?![0-9]))
    | (?P<spoken_date>{_YEARS}年(?:{_MONTHS}月(?:{_DAYS}日)?)?)
    | (?P<month>{_YEAR}{_GAP}年{_GAP}{_MONTH}{_GAP}月(?![0-9]))
    | (?P<day>{_MONTH}{_GAP}月{_GAP}{_DAY}{_GAP}[日号])
    |"""
_OTHERS: Final = rf"""
    (?P<code>0[0-9]{{2,3}}-[0-9]{{7,8}}(?![0-9]) | [0-9]++(?:\.[0-9]++){{2,}}+)
    | (?P<heading>^(?:[0-9]{{1,3}}\.(?![0-9])|[0-9]{{1,3}}、|{NUMERAL}、) | \((?:[0-9]{{1,3}}|{NUMERAL})\))
    | (?P<circled>[①-⑳㉑-㉟㊱-㊿])
    | (?P<part>(?P<base>[百千万]|{NUMERAL})分之(?:(?P<of>{_FIGURE})|(?P<said>百|{_SPOKEN})))
    | (?P<tenths>(?P<first>[0-9]|{DIGIT})成(?P<second>{DIGIT}))
    | (?P<doubled>翻了?(?P<times>{NUMERAL})番)
    | (?P<item>(?<!\w){NUMERAL}是)
    | (?P<ordinal>第{_GAP}(?P<number>[0-9]++|{NUMERAL})(?:{_GAP}(?P<order>{_ORDERS}))?)
    | (?P<capital>(?<![{CAPITALS}])(?=零|{CAPITAL})(?:
          [{CAPITALS}]{{1,40}}+[元圆](?:零?{CAPITAL}角)?(?:零?{CAPITAL}分)?[整正]?
        | {CAPITAL}角(?:零?{CAPITAL}分)?[整正]? | {CAPITAL}分[整正]?))
    | (?P<figure>{_FIGURE})
    | (?P<spoken>(?<![几数成])(?:{_SPOKEN})(?!几))
"""
START: Final = re.compile(rf"[0-9(第百千万翻十零〇○①-⑳㉑-㉟㊱-㊿壹贰叁肆伍陆柒捌玖]|{DIGIT}")
"""The signs that a quantity can begin with, but for the words and signs before it."""
ALONE: Final = rf"\((?P<listed>[0-9]++)\)|(?P<dotted>[0-9]++)\.|(?P<spoken>{_SPOKEN})"
"""What is a quantity only where nothing stands beside it."""
DATES: Final = frozenset({"date", "spoken_date", "month", "day"})
"""The parts of a `quantity` that may turn out to name no day there is."""


@cache
def quantity() -> re.Pattern[str]:
    """Match a quantity at its first figure; the unit and the words around it are looked for apart.

    Making this pattern takes as long as reading a facts file, most of which has only numbers that need none of it.
    """
    return re.compile(_DATES + _OTHERS, re.VERBOSE | re.MULTILINE)


@cache
def unit() -> re.Pattern[str]:
    """Match what may follow a figure; it matches nothing where nothing follows."""
    return re.compile(_UNIT)


@cache
def after() -> re.Pattern[str]:
    """Match a word behind a number and its unit that makes it rough."""
    return re.compile(_AFTER)


@cache
def before() -> re.Pattern[str]:
    """Match what may stand before a figure, up to its beginning."""
    return re.compile(_BEFORE)


@cache
def no_date() -> re.Pattern[str]:
    """Match the same for what looks like a date and is none."""
    return re.compile(_OTHERS, re.VERBOSE | re.MULTILINE)

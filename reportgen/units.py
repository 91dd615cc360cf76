"""The name of a unit in; what it measures, and how much of it, out. Conversions are exact: a factor is a fraction."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import Final, NamedTuple


class Unit(NamedTuple):
    """A unit: what it measures, and its size in that dimension's own unit; what is counted is whole (`counts`)."""

    dimension: str
    factor: Fraction = Fraction(1)
    counts: bool = False


Units = Mapping[str, Unit]

MEASURES: Final[Mapping[str, Mapping[str, Fraction]]] = {
    "money": {"元": Fraction(1), "角": Fraction(1, 10)},
    "length": {
        "米": Fraction(1),
        "公里": Fraction(1000),
        "千米": Fraction(1000),
        "km": Fraction(1000),
        "里": Fraction(500),
        "厘米": Fraction(1, 100),
        "毫米": Fraction(1, 1000),
    },
    "area": {
        "平方米": Fraction(1),
        "㎡": Fraction(1),
        "亩": Fraction(2000, 3),
        "公顷": Fraction(10_000),
        "平方公里": Fraction(1_000_000),
        "平方千米": Fraction(1_000_000),
    },
    "volume": {"立方米": Fraction(1), "升": Fraction(1, 1000), "毫升": Fraction(1, 1_000_000)},
    "mass": {
        "公斤": Fraction(1),
        "千克": Fraction(1),
        "kg": Fraction(1),
        "吨": Fraction(1000),
        "斤": Fraction(1, 2),
        "克": Fraction(1, 1000),
    },
    "energy": {"千瓦时": Fraction(1), "度": Fraction(1)},
    "power": {"千瓦": Fraction(1), "兆瓦": Fraction(1000)},
    "time": {"小时": Fraction(1), "分钟": Fraction(1, 60)},
    "ratio": {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "成": Fraction(1, 10)},
    "points": {"百分点": Fraction(1), "个百分点": Fraction(1)},
    "multiple": {"倍": Fraction(1)},
}
"""What is measured: each unit with its size in the first one of its dimension (a ratio: in the whole)."""
COUNTS: Final = (
    *"人户个次项件宗份村家名位条台套辆座处间所批场期篇张幅块盏棵株头只艘部支本册对组班岗站例起单年岁月日分",
    *("人次", "户次", "件次", "场次", "班次", "车次", "篇次", "批次", "台套", "网格", "社区", "季度"),
)
"""What is counted: each word is a dimension of its own."""
SYNONYMS: Final[Mapping[str, str]] = {"天": "日", "个月": "月", "周岁": "岁"}
"""Other words for what is counted."""
MAGNITUDES: Final[Mapping[str, int]] = {
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "十亿": 9,
    "千万": 7,
    "百万": 6,
    "十万": 5,
    "亿": 8,
    "万": 4,
    "千": 3,
    "百": 2,
}
"""What may stand before a unit, as 万 in 万元 and 万人: its power of ten; longer ones first."""
COMMON: Final[Units] = {
    **{name: Unit(dimension, factor) for dimension, names in MEASURES.items() for name, factor in names.items()},
    **{name: Unit(name, counts=True) for name in COUNTS},
    **{name: Unit(counted, counts=True) for name, counted in SYNONYMS.items()},
}
"""The units that every pack knows."""
_EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


def unit(name: str, known: Units = COMMON) -> Unit:
    """Give the unit of a name, with 万 or another magnitude before it; an unknown word is counted as well."""
    if name in known:
        return known[name]
    for magnitude, power in MAGNITUDES.items():
        rest = name.removeprefix(magnitude)
        if rest != name and (rest in known or not rest):
            base = known[rest] if rest else Unit("", counts=True)
            return base._replace(factor=base.factor * 10**power, counts=False)
    return Unit(name, counts="/" not in name)


def ratio(one: str, other: str, known: Units = COMMON) -> Fraction | None:
    """Give how many of the `other` unit there are in `one`; None where they measure different things."""
    have, want = unit(one, known), unit(other, known)
    return have.factor / want.factor if have.dimension == want.dimension else None


def finite(value: Fraction) -> Decimal | None:
    """Give a fraction as a decimal, exactly; None where it has no end, as one third has none."""
    rest, places = value.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, places = rest // prime, places + 1
    if rest != 1:
        return None
    return Decimal(value.numerator * (10**places // value.denominator)).scaleb(-places, _EXACT)

"""Filters that write a number, or make another number of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen import formats
from reportgen.diagnostics import N_
from reportgen.language.functions.table import (
    DECIMALS,
    NUMBER,
    RATIO,
    TEXT,
    TWO,
    WHOLE,
    YUAN,
    decimals,
    figure,
    filtering,
    fitting,
    gives,
    kept,
    same,
    text,
    whole,
    written,
)
from reportgen.language.quantities import converted, unit_of
from reportgen.language.trace import in_unit, measured
from reportgen.schema import Kind

if TYPE_CHECKING:
    from reportgen.facts import Value

_TEXT: Final = gives(Kind.TEXT)


@filtering(
    "金额", "money", N_("an amount with a fixed number of decimals; an exact zero prints 0"), (NUMBER, DECIMALS), _TEXT
)
def _money(value: object, places: object = TWO) -> Value:
    digits = decimals("金额", places)
    return written("金额", formats.money, figure("金额", value), digits)


@filtering("定点", "fixed", N_("a number with a fixed number of decimals"), (NUMBER, DECIMALS), _TEXT)
def _fixed(value: object, places: object = TWO) -> Value:
    digits = decimals("定点", places)
    return written("定点", formats.fixed, figure("定点", value), digits)


@filtering("数值", "plain", N_("a number without trailing zeros"), (NUMBER,), _TEXT)
def _plain(value: object) -> Value:
    return written("数值", formats.plain, figure("数值", value))


@filtering(
    "百分比",
    "percent",
    N_("a fraction as per cent; exactly 0 and exactly 1 print 0% and 100%"),
    (RATIO, DECIMALS),
    _TEXT,
)
def _percent(value: object, places: object = TWO) -> Value:
    digits = decimals("百分比", places)
    return written("百分比", formats.percent, fitting("百分比", value, RATIO), digits)


@filtering("百分点", "points", N_("the difference of two rates in percentage points"), (RATIO, DECIMALS), _TEXT)
def _points(value: object, places: object = TWO) -> Value:
    digits = decimals("百分点", places)
    return written("百分点", formats.points, fitting("百分点", value, RATIO), digits)


@filtering("成", "tenths", N_("a rate in tenths: 九成, 九成五; what lies between is 九成多"), (RATIO,), _TEXT)
def _tenths(value: object) -> Value:
    return written("成", formats.tenths, fitting("成", value, RATIO))


@filtering("中文数字", "chinese", N_("a whole number in Chinese numerals"), (WHOLE,), _TEXT)
def _chinese(value: object) -> Value:
    return written("中文数字", formats.chinese, whole("中文数字", value))


@filtering("圈码", "circled", N_("a whole number in a circle"), (WHOLE,), _TEXT)
def _circled(value: object) -> Value:
    return written("圈码", formats.circled, whole("圈码", value))


@filtering("第几是", "nth", N_("一是, 二是, 三是 …"), (WHOLE,), _TEXT)
def _nth(value: object) -> Value:
    return written("第几是", formats.nth, whole("第几是", value))


@filtering("大写", "capital", N_("an amount in yuan in the capital numerals of accounting"), (YUAN,), _TEXT)
def _capital(value: object) -> Value:
    return written("大写", formats.capital, fitting("大写", value, YUAN))


@filtering(
    "换算",
    "convert",
    N_("a number in another unit of the same kind, still a number"),
    (NUMBER, TEXT),
    gives(Kind.NUMBER),
)
def _converted(value: object, unit: object) -> Value:
    return kept(converted(figure("换算", value), text("换算", unit)), value, unit)


@filtering(
    "去单位", "unitless", N_("a number without its unit, so that it goes with any other"), (NUMBER,), gives(Kind.NUMBER)
)
def _unitless(value: object) -> Value:
    return measured(figure("去单位", value), "")


@filtering("舍入", "round", N_("a number rounded half up, still a number"), (NUMBER, DECIMALS), same)
def _rounded(value: object, places: object = TWO) -> Value:
    digits = decimals("舍入", places)
    number = figure("舍入", value)
    rounded = Decimal(str(written("舍入", formats.fixed, number, digits)))
    return kept(in_unit(rounded, unit_of(number)), number)


@filtering("绝对值", "abs", N_("a number without its sign"), (NUMBER,), same)
def _absolute(value: object) -> Value:
    number = figure("绝对值", value)
    return in_unit(abs(number), unit_of(number))

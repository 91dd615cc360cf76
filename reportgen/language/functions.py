"""The filters of the language, each under its Chinese and its English name: one table, nothing else can be called.

A filter takes the value left of its sign `|` first. It refuses a value of the wrong kind by raising `Misuse`.
"""

from __future__ import annotations

import datetime as dt
import inspect
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reportgen import formats
from reportgen.diagnostics import N_, Label, Severity, Span, rule
from reportgen.facts import Gap, Value
from reportgen.language.operators import equal
from reportgen.language.printing import (
    BAD_SHARES,
    MAX_TEXT,
    TOO_LONG,
    WRONG_KIND,
    Absent,
    Misuse,
    printed,
    sample,
)
from reportgen.language.trace import remember, trace, united

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DECIMALS: Final = 12
TWO: Final = Decimal(2)
_DECIMALS: Final = {Decimal(number): number for number in range(MAX_DECIMALS + 1)}
FILTERS: Final[dict[str, Filter]] = {}
"""Every filter under each of its names."""
LENIENT: Final = frozenset({"默认", "default"})
"""The filters that take a value even where it is absent."""

OUT_OF_RANGE = rule(
    "T527",
    "filter-out-of-range",
    Severity.ERROR,
    "“{filter}” has no way to write “{value}”",
    "see `docs/reference/language.md` for the numbers that it takes",
)
_NUMBER_WANTED: Final = Label(Span(), N_("a number"))
_WHOLE_WANTED: Final = Label(Span(), N_("a whole number"))
_DECIMALS_WANTED: Final = Label(Span(), N_("a number of decimals from 0 to {most}"), {"most": MAX_DECIMALS})
_DATE_WANTED: Final = Label(Span(), N_("a date"))
_LIST_WANTED: Final = Label(Span(), N_("a list"))
_FILLED_LIST_WANTED: Final = Label(Span(), N_("a list that holds something"))
_TEXT_WANTED: Final = Label(Span(), N_("a text"))


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its names, what it does, how many values its brackets take, and a sentence for the reference."""

    chinese: str
    english: str
    call: Callable[..., Value]
    least: int
    most: int
    meaning: str


def _filter(chinese: str, english: str, meaning: str) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    def enter(call: Callable[..., Value]) -> Callable[..., Value]:
        _, *taken = inspect.signature(call).parameters.values()
        least = sum(one.default is one.empty for one in taken)
        FILTERS[chinese] = FILTERS[english] = Filter(chinese, english, call, least, len(taken), meaning)
        return call

    return enter


def _figure(name: str, value: object) -> Decimal:
    if isinstance(value, Gap):
        raise Absent.of(value)
    if not isinstance(value, Decimal):
        raise Misuse(WRONG_KIND, filter=name, wanted=_NUMBER_WANTED, value=sample(value))
    return value


def _whole(name: str, value: object) -> Decimal:
    figure = _figure(name, value)
    if figure != figure.to_integral_value():
        raise Misuse(WRONG_KIND, filter=name, wanted=_WHOLE_WANTED, value=sample(value))
    return figure


def _decimals(name: str, value: object) -> int:
    decimals = _DECIMALS.get(_figure(name, value))
    if decimals is None:
        raise Misuse(WRONG_KIND, filter=name, wanted=_DECIMALS_WANTED, value=sample(value))
    return decimals


def _items(name: str, value: object) -> list[Any]:
    if isinstance(value, Gap):
        raise Absent.of(value)
    if not isinstance(value, list):
        raise Misuse(WRONG_KIND, filter=name, wanted=_LIST_WANTED, value=sample(value))
    return value


def _member(name: str, item: object, key: object) -> Value:
    if not isinstance(key, str):
        raise Misuse(WRONG_KIND, filter=name, wanted=_TEXT_WANTED, value=sample(key))
    if not isinstance(item, dict) or key not in item:
        wanted = Label(Span(), N_("items with “{key}”"), {"key": key})
        raise Misuse(WRONG_KIND, filter=name, wanted=wanted, value=sample(item))
    return item[key]


def _written(name: str, write: Callable[..., str], value: Decimal, *decimals: int) -> Value:
    """Write a number as a filter does; raises `Misuse` for one that this way of writing does not reach."""
    try:
        return remember(write(value, *decimals), trace(value))
    except ValueError:
        raise Misuse(OUT_OF_RANGE, filter=name, value=sample(value)) from None


def _kept(result: Value, *origins: object) -> Value:
    """Let a result remember what its inputs remember; plain inputs give the plain result."""
    return remember(result, united(origins))


@_filter("金额", "money", N_("an amount with a fixed number of decimals; an exact zero prints 0"))
def _money(value: object, decimals: object = TWO) -> Value:
    digits = _decimals("金额", decimals)
    return _written("金额", formats.money, _figure("金额", value), digits)


@_filter("定点", "fixed", N_("a number with a fixed number of decimals"))
def _fixed(value: object, decimals: object = TWO) -> Value:
    digits = _decimals("定点", decimals)
    return _written("定点", formats.fixed, _figure("定点", value), digits)


@_filter("数值", "plain", N_("a number without trailing zeros"))
def _plain(value: object) -> Value:
    return _written("数值", formats.plain, _figure("数值", value))


@_filter("百分比", "percent", N_("a fraction as per cent; exactly 0 and exactly 1 print 0% and 100%"))
def _percent(value: object, decimals: object = TWO) -> Value:
    digits = _decimals("百分比", decimals)
    return _written("百分比", formats.percent, _figure("百分比", value), digits)


@_filter("百分点", "points", N_("the difference of two rates in percentage points"))
def _points(value: object, decimals: object = TWO) -> Value:
    digits = _decimals("百分点", decimals)
    return _written("百分点", formats.points, _figure("百分点", value), digits)


@_filter("占比", "shares", N_("a list of amounts as fractions that add to exactly 1 when printed"))
def _shares(value: object, decimals: object = TWO) -> Value:
    amounts = [_figure("占比", item) for item in _items("占比", value)]
    try:
        parts = formats.shares(amounts, _decimals("占比", decimals))
    except ValueError:
        raise Misuse(BAD_SHARES) from None
    return _kept([_kept(part, *amounts, value) for part in parts], value)


@_filter("中文数字", "chinese", N_("a whole number in Chinese numerals"))
def _chinese(value: object) -> Value:
    return _written("中文数字", formats.chinese, _whole("中文数字", value))


@_filter("圈码", "circled", N_("a whole number in a circle"))
def _circled(value: object) -> Value:
    return _written("圈码", formats.circled, _whole("圈码", value))


@_filter("第几是", "nth", N_("一是, 二是, 三是 …"))
def _nth(value: object) -> Value:
    return _written("第几是", formats.nth, _whole("第几是", value))


@_filter("大写", "capital", N_("an amount in yuan in the capital numerals of accounting"))
def _capital(value: object) -> Value:
    return _written("大写", formats.capital, _figure("大写", value))


def _day(name: str, value: object) -> dt.date:
    if isinstance(value, Gap):
        raise Absent.of(value)
    if not isinstance(value, dt.date):
        raise Misuse(WRONG_KIND, filter=name, wanted=_DATE_WANTED, value=sample(value))
    return value


@_filter("日期", "date", N_("a date as 2021年12月31日"))
def _date(value: object) -> Value:
    return _kept(formats.long_date(_day("日期", value)), value)


@_filter("年月", "month", N_("a date as 2021年12月"))
def _month(value: object) -> Value:
    return _kept(formats.month(_day("年月", value)), value)


@_filter("月日", "month_day", N_("a date as 12月31日"))
def _month_day(value: object) -> Value:
    return _kept(formats.month_day(_day("月日", value)), value)


@_filter("年份", "year", N_("the year of a date, as a number"))
def _year(value: object) -> Value:
    return _kept(Decimal(_day("年份", value).year), value)


@_filter("顿号", "enumerate", N_("the items of a list with 、 between them"))
def _enumerated(value: object) -> Value:
    return _joined("顿号", value, "、")


@_filter("连接", "join", N_("the items of a list with the given text between them"))
def _joined_by(value: object, separator: object) -> Value:
    if not isinstance(separator, str):
        raise Misuse(WRONG_KIND, filter="连接", wanted=_TEXT_WANTED, value=sample(separator))
    return _joined("连接", value, separator)


def _joined(name: str, value: object, separator: str) -> Value:
    items = _items(name, value)
    texts = [printed(item) for item in items]
    _check_length(sum(map(len, texts)) + len(separator) * len(texts))
    return _kept(separator.join(texts), value, separator, *items)


def concat(*values: object) -> Value:
    """Join texts and numbers as printed, at most `MAX_TEXT` characters."""
    texts = [printed(value) for value in values]
    _check_length(sum(map(len, texts)))
    return _kept("".join(texts), *values)


def _check_length(length: int) -> None:
    if length > MAX_TEXT:
        raise Misuse(TOO_LONG, limit=MAX_TEXT)


@_filter("数量", "count", N_("how many items a list has"))
def _count(value: object) -> Value:
    return _kept(Decimal(len(_items("数量", value))), value)


@_filter("合计", "sum", N_("the sum of a list of numbers, or of one member of its items"))
def _total(value: object, key: object = None) -> Value:
    items = _items("合计", value)
    amounts = [_figure("合计", item if key is None else _member("合计", item, key)) for item in items]
    return _kept(sum(amounts, Decimal(0)), value)


def _extreme(name: str, choose: Callable[[list[Decimal]], Decimal], value: object) -> Value:
    amounts = [_figure(name, item) for item in _items(name, value)]
    if not amounts:
        raise Misuse(WRONG_KIND, filter=name, wanted=_FILLED_LIST_WANTED, value="[ ]")
    return _kept(choose(amounts), value, *amounts)


@_filter("最大", "max", N_("the largest number of a list"))
def _largest(value: object) -> Value:
    return _extreme("最大", max, value)


@_filter("最小", "min", N_("the smallest number of a list"))
def _smallest(value: object) -> Value:
    return _extreme("最小", min, value)


def _at(name: str, index: int, value: object) -> Value:
    items = _items(name, value)
    if not items:
        raise Misuse(WRONG_KIND, filter=name, wanted=_FILLED_LIST_WANTED, value="[ ]")
    return _kept(items[index], value)


@_filter("首", "first", N_("the first item of a list"))
def _first(value: object) -> Value:
    return _at("首", 0, value)


@_filter("末", "last", N_("the last item of a list"))
def _last(value: object) -> Value:
    return _at("末", -1, value)


@_filter("默认", "default", N_("the value, or what is given here where a fact is absent"))
def _default(value: object, other: object) -> Value:
    return _kept(other, value) if isinstance(value, Gap) else value


@_filter("舍入", "round", N_("a number rounded half up, still a number"))
def _rounded(value: object, decimals: object = TWO) -> Value:
    digits = _decimals("舍入", decimals)
    text = _written("舍入", formats.fixed, _figure("舍入", value), digits)
    return _kept(Decimal(str(text)), value)


@_filter("绝对值", "abs", N_("a number without its sign"))
def _absolute(value: object) -> Value:
    return abs(_figure("绝对值", value))


@_filter("取", "pluck", N_("one member of each item of a list"))
def _pluck(value: object, key: object) -> Value:
    return _kept([_member("取", item, key) for item in _items("取", value)], value)


@_filter("展开", "flatten", N_("the lists held by the items of a list, as one list"))
def _flatten(value: object, key: object) -> Value:
    lists = [_items("展开", _member("展开", item, key)) for item in _items("展开", value)]
    return _kept([inner for one in lists for inner in one], value, *lists)


@_filter("筛选", "where", N_("the items of a list whose member is true, or equals a value"))
def _where(value: object, key: object, wanted: object = None) -> Value:
    items = _items("筛选", value)
    tested = [_member("筛选", item, key) for item in items]
    kept = [
        item
        for item, said in zip(items, tested, strict=True)
        if (said if wanted is None else equal(said, wanted, "筛选"))
    ]
    return _kept(kept, value, *tested, wanted)


@_filter("达标", "reached", N_("the items of a list whose first member is not below the second"))
def _reached(value: object, actual: object, target: object) -> Value:
    items = _items("达标", value)
    pairs = [
        (_figure("达标", _member("达标", item, actual)), _figure("达标", _member("达标", item, target)))
        for item in items
    ]
    kept = [item for item, (done, wanted) in zip(items, pairs, strict=True) if done >= wanted]
    return _kept(kept, value, *(side for pair in pairs for side in pair))

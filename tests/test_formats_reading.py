"""What formats reads: rows for every way of writing, and properties over everything that it prints."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from decimal import ROUND_DOWN, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import formats, units
from reportgen.formats import Kind, Quantity, agree, find, grammar, read, read_range, writing
from reportgen.language import FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS = st.decimals(min_value=-(10**15), max_value=10**15, places=9) | st.integers(-(10**15), 10**15).map(Decimal)
DAYS = st.dates(dt.date(1000, 1, 1))
PLACES = st.integers(0, 8)

AMOUNTS = [
    # text, kind, value, unit, low, high
    ("2845.81", Kind.NUMBER, "2845.81", "", "2845.805", "2845.815"),
    ("2,845.81万元", Kind.MONEY, "2845.81", "万元", "2845.805", "2845.815"),
    ("2845.81 万元", Kind.MONEY, "2845.81", "万元", "2845.805", "2845.815"),
    ("２８４５．８１万元", Kind.MONEY, "2845.81", "万元", "2845.805", "2845.815"),
    ("２，０００户", Kind.NUMBER, "2000", "户", "2000", "2000"),
    ("28458100元", Kind.MONEY, "28458100", "元", "28458099.5", "28458100.5"),
    ("5千万元", Kind.MONEY, "5", "千万元", "4.5", "5.5"),
    ("1.2亿", Kind.NUMBER, "1.2", "亿", "1.15", "1.25"),
    ("三百万元", Kind.MONEY, "300", "万元", "299.5", "300.5"),
    ("十二万人", Kind.NUMBER, "12", "万人", "11.5", "12.5"),
    ("30人", Kind.NUMBER, "30", "人", "30", "30"),
    ("二百五十人", Kind.NUMBER, "250", "人", "250", "250"),
    ("两个", Kind.NUMBER, "2", "个", "2", "2"),
    ("15.2公里", Kind.NUMBER, "15.2", "公里", "15.15", "15.25"),
    ("5元/亩", Kind.NUMBER, "5", "元/亩", "4.5", "5.5"),
    ("94.5分", Kind.NUMBER, "94.5", "分", "94.45", "94.55"),
    ("84.73%", Kind.PERCENT, "84.73", "%", "84.725", "84.735"),
    ("84.73％", Kind.PERCENT, "84.73", "%", "84.725", "84.735"),
    ("0%", Kind.PERCENT, "0", "%", "-0.5", "0.5"),
    ("百分之九十七点二", Kind.PERCENT, "97.2", "%", "97.15", "97.25"),
    ("百分之97.2", Kind.PERCENT, "97.2", "%", "97.15", "97.25"),
    ("百分之百", Kind.PERCENT, "100", "%", "99.5", "100.5"),
    ("千分之三", Kind.PERCENT, "3", "‰", "2.5", "3.5"),
    ("九成", Kind.PERCENT, "9", "成", "8.5", "9.5"),
    ("九成五", Kind.PERCENT, "9.5", "成", "9.45", "9.55"),
    ("5.2个百分点", Kind.POINTS, "5.2", "百分点", "5.15", "5.25"),
    ("2.3倍", Kind.MULTIPLE, "2.3", "倍", "2.25", "2.35"),
    ("翻一番", Kind.MULTIPLE, "2", "倍", "1.5", "2.5"),
    ("翻了两番", Kind.MULTIPLE, "4", "倍", "3.5", "4.5"),
    ("五分之二", Kind.FRACTION, "40", "%", "40", "40"),
    ("万分之五", Kind.FRACTION, "0.05", "%", "0.05", "0.05"),
    ("壹拾贰万元整", Kind.CAPITAL, "120000", "元", "120000", "120000"),
    ("叁圆", Kind.CAPITAL, "3", "元", "3", "3"),
    ("负伍角", Kind.CAPITAL, "-0.5", "元", "-0.5", "-0.5"),
    ("-5.2%", Kind.PERCENT, "-5.2", "%", "-5.25", "-5.15"),
    ("−3", Kind.NUMBER, "-3", "", "-3.5", "-2.5"),
    ("负3人", Kind.NUMBER, "-3", "人", "-3", "-3"),
    ("+7户", Kind.NUMBER, "7", "户", "7", "7"),
    ("约1.2亿元", Kind.MONEY, "1.2", "亿元", "1.1", "1.3"),
    ("约100人", Kind.NUMBER, "100", "人", "90", "110"),
    ("约负3", Kind.NUMBER, "-3", "", "-3.5", "-2.5"),
    ("大约 0 元", Kind.MONEY, "0", "元", "-0.5", "0.5"),
    ("60亩左右", Kind.NUMBER, "60", "亩", "54", "66"),
    ("60多亩", Kind.NUMBER, "60", "亩", "59.5", "70"),
    ("60余万元", Kind.MONEY, "60", "万元", "59.5", "70"),
    ("1.2亿多元", Kind.MONEY, "1.2", "亿元", "1.15", "1.3"),
    ("十余个", Kind.NUMBER, "10", "个", "10", "20"),
    ("近60人", Kind.NUMBER, "60", "人", "54", "60"),
    ("超过60人", Kind.NUMBER, "60", "人", "60", "Infinity"),
    ("10人以上", Kind.NUMBER, "10", "人", "10", "Infinity"),
    ("不超过5%", Kind.PERCENT, "5", "%", "-Infinity", "5.5"),
    ("5日以内", Kind.NUMBER, "5", "日", "-Infinity", "5"),
    ("百分之九十以上", Kind.PERCENT, "90", "%", "89.5", "Infinity"),
    ("2021年", Kind.YEAR, "2021", "年", "2021", "2021"),
    ("二〇二一年", Kind.YEAR, "2021", "年", "2021", "2021"),
    ("3年", Kind.NUMBER, "3", "年", "3", "3"),
    ("①", Kind.ORDINAL, "1", "", "1", "1"),
    ("㊿", Kind.ORDINAL, "50", "", "50", "50"),
    ("一是", Kind.ORDINAL, "1", "", "1", "1"),
    ("（一）", Kind.ORDINAL, "1", "", "1", "1"),
    ("(12)", Kind.ORDINAL, "12", "", "12", "12"),
    ("一、", Kind.ORDINAL, "1", "", "1", "1"),
    ("3.", Kind.ORDINAL, "3", "", "3", "3"),
    ("第三位", Kind.ORDINAL, "3", "位", "3", "3"),
    ("第 12 条", Kind.ORDINAL, "12", "条", "12", "12"),
    ("第一", Kind.ORDINAL, "1", "", "1", "1"),
    ("5号", Kind.ORDINAL, "5", "号", "5", "5"),
    ("十二", Kind.NUMBER, "12", "", "11.5", "12.5"),
    ("三", Kind.NUMBER, "3", "", "2.5", "3.5"),
    ("零", Kind.NUMBER, "0", "", "-0.5", "0.5"),
    ("九点五", Kind.NUMBER, "9.5", "", "9.45", "9.55"),
    ("一万二", Kind.NUMBER, "12000", "", "11999.5", "12000.5"),
    ("0753-6320303", Kind.CODE, "7536320303", "", "7536320303", "7536320303"),
    ("1.2.3", Kind.CODE, "123", "", "123", "123"),
    ("0123", Kind.CODE, "123", "", "123", "123"),
    ("1" * 41, Kind.CODE, "1" * 41, "", "1" * 41, "1" * 41),
]

DATES = [
    *[
        (text, Kind.DATE, dt.date(2021, 12, 31))
        for text in ("2021年12月31日", "2021-12-31", "2021.12.31", "2021/12/31")
    ],
    ("2022年6月4日", Kind.DATE, dt.date(2022, 6, 4)),
    ("2022 年 06 月 04 日", Kind.DATE, dt.date(2022, 6, 4)),
    ("２０２２．６．２４", Kind.DATE, dt.date(2022, 6, 24)),
    ("二〇二一年十二月三十一日", Kind.DATE, dt.date(2021, 12, 31)),
    ("二〇二一年二月", Kind.MONTH, dt.date(2021, 2, 1)),
    ("2021年12月", Kind.MONTH, dt.date(2021, 12, 1)),
    ("12月31日", Kind.DAY, dt.date(2000, 12, 31)),
    ("2月29日", Kind.DAY, dt.date(2000, 2, 29)),
]

RUNNING = [
    ("帮扶5户30人，修路15.2公里。", "5户 30人 15.2公里"),
    ("3—11周岁，3～5人，20至30岁，5-10%", "3 11周岁 3 5人 20 30岁 5 10%"),
    ("2020—2021年度", "2020 2021年"),
    ("=(2845.81-2788.56)×100%", "2845.81 2788.56 100%"),
    ("比上年增长-5.2%，下降5.2个百分点", "-5.2% 5.2个百分点"),
    ("减负5%，负责3个", "5% 3个"),
    ("节约5万元，最近3年，签约3家", "5万元 3年 3家"),
    ("2022年6月31日", "2022年 6月 31日"),
    ("2021.13.31", "2021.13.31"),
    ("二〇二一年二月三十日", "一年 二月 三十日"),
    ("进一步、一般、一些、十分、千万不要、数十个、十几个、万一", ""),
    ("一起、一部分、统一是", ""),
    ("一个村，三个点，十二日", "一个 三个 十二日"),
    ("十九大、一千二百、二百五", "十九 一千二百 二百五"),
    ("一是好；二是快", "一是 二是"),
    ("一、概况\n（一）职能\n1.职责\n（1）执行\n①管理", "一、 （一） 1. （1） ①"),
    ("G235线，5G，PM2.5，235国道", "235 5 2.5 235"),
    ("粤府〔2021〕5号", "2021 5号"),
    ("第八批、第3名、第12页", "第八批 第3名 第12"),
    ("1,111,1111", "1,111 1111"),
    ("壹拾壹拾元", ""),
    ("翻二十番，三成立，三分之一、九成以上", "二十 三分之一 九成以上"),
    ("3年多，3个多月，5人多次", "3年多 3个 5人"),
    ("A3-5人", "3 5人"),
    ("第二百元", "第二百"),
    ("3分之1", "3 1"),
]


def near(end: Decimal, expected: str) -> bool:
    """Whether an end of an interval is the expected one, or its nearest neighbour."""
    wanted = Decimal(expected)
    return end == wanted or (end.is_finite() and abs(Fraction(end) - Fraction(wanted)) < Fraction(1, 10**40))


@pytest.mark.parametrize("row", AMOUNTS, ids=[row[0] for row in AMOUNTS])
def test_an_amount_is_read(row: tuple[str, Kind, str, str, str, str]) -> None:
    text, kind, value, unit, low, high = row
    with localcontext() as context:
        context.prec, context.rounding = 1, ROUND_DOWN
        quantity = read(f" {text}\n")
    assert quantity
    assert (quantity.text, quantity.kind, quantity.value, quantity.unit) == (text, kind, Decimal(value), unit)
    assert near(quantity.low, low)
    assert near(quantity.high, high)


@pytest.mark.parametrize(("text", "kind", "day"), DATES, ids=[row[0] for row in DATES])
def test_a_date_is_read(text: str, kind: Kind, day: dt.date) -> None:
    quantity = read(text)
    assert quantity
    assert (quantity.text, quantity.kind, quantity.value) == (text, kind, day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "甲",
        "5户30人",
        "3—11",
        "1e3",
        "12点",
        "2022年6月31日",
        "5 5",
        "三百人吗",
        "1_000",
        "2021年12月31",
    ],
)
def test_what_is_no_single_quantity_is_not_read(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(("text", "expected"), RUNNING, ids=[row[0] for row in RUNNING])
def test_quantities_are_found_in_running_text(text: str, expected: str) -> None:
    found = find(text)
    assert [quantity.text for quantity in found] == expected.split()
    assert [text[quantity.start : quantity.end] for quantity in found] == expected.split()


def test_the_ends_of_a_range_have_one_unit() -> None:
    assert [(one.unit, one.low) for one in find("3—11周岁")] == [("周岁", Decimal(3)), ("周岁", Decimal(11))]
    assert [one.kind for one in find("5～10%")] == [Kind.PERCENT, Kind.PERCENT]
    assert [(one.kind, one.unit, one.low == one.high) for one in find("2020—2021年")] == [(Kind.YEAR, "年", True)] * 2
    assert [one.unit for one in find("3户—11人")] == ["户", "人"]
    assert [one.unit for one in find("5-2021年12月")] == ["", ""]


@pytest.mark.parametrize(("text", "ends"), [("3—11周岁", "3 11周岁"), (" 3 ～ 11 ", "3 11"), ("５至６％", "５ ６％")])
def test_a_range_is_read(text: str, ends: str) -> None:
    both = read_range(text)
    assert both
    assert [one.text for one in both] == ends.split()


@pytest.mark.parametrize("text", ["3", "3,11", "约3—11周岁吗", "甲3—11", "3—11—12", ""])
def test_what_is_no_range_is_not_read(text: str) -> None:
    assert read_range(text) is None


AGREEING = [
    ("2845.81万元", "28458100元", True),
    ("2845.81万元", "28458149.9元", True),
    ("2845.81万元", "28458151元", False),
    ("1.2亿元", "12000万元", True),
    ("约1.2亿元", "1.28亿元", True),
    ("1.2亿元", "1.28亿元", False),
    ("壹拾贰万元整", "12.00万元", True),
    ("60多亩", "64.5亩", True),
    ("60多亩", "4.3公顷", True),
    ("60多亩", "6公顷", False),
    ("10人以上", "12人", True),
    ("10人以上", "9人", False),
    ("30人", "30", True),
    ("30人", "31人", False),
    ("30人", "30户", False),
    ("30周岁", "30岁", True),
    ("九成", "90%", True),
    ("三分之一", "33.33%", True),
    ("三分之一", "33.34%", False),
    ("百分之九十七点二", "97.2%", True),
    ("5.2个百分点", "5.2%", False),
    ("-5.2%", "5.2%", False),
    ("2021年12月31日", "2021-12-31", True),
    ("2021年12月31日", "2021年12月", True),
    ("2021年11月30日", "2021年12月", False),
    ("2022年1月1日", "2021年12月", False),
    ("12月31日", "12月31日", True),
    ("12月31日", "2000年12月31日", False),
    ("2021年", "2021", True),
    ("第三位", "3位", False),
    ("第三位", "第3位", True),
    ("0753-6320303", "7536320303", False),
    ("3", "3", True),
]


@pytest.mark.parametrize(("one", "other", "expected"), AGREEING, ids=[f"{one} {other}" for one, other, _ in AGREEING])
def test_quantities_agree_where_their_intervals_meet(one: str, other: str, expected: bool) -> None:  # noqa: FBT001 — a column
    first, second = read(one), read(other)
    assert first
    assert second
    assert agree(first, second) is agree(second, first) is expected


def holds(quantity: Quantity | None, value: Decimal) -> bool:
    """Whether a quantity that was read holds a value, given in its own unit, or without the 万 that is its unit."""
    assert quantity
    number = Fraction(value) * (units.ratio("", quantity.unit) or 1)
    return quantity.low <= number < quantity.high or quantity.low == quantity.high == value


PRINTED: dict[str, Callable[[Decimal, int], tuple[str, Decimal]]] = {
    "plain": lambda value, _: (formats.plain(value), value),
    "full": lambda value, _: (formats.full(value), value),
    "fixed": lambda value, places: (formats.fixed(value, places), value),
    "money": lambda value, places: (formats.money(value, places), value),
    "percent": lambda value, places: (formats.percent(value, places), value.scaleb(2)),
    "points": lambda value, places: (formats.points(value, places), value.scaleb(2)),
    "tenths": lambda value, _: tenths(Decimal(int(value) % 100 + 1)),
    "capital": lambda value, _: (formats.capital(round(value, 2)), round(value, 2)),
    "chinese": lambda value, _: whole(formats.chinese, value, 0),
    "circled": lambda value, _: whole(formats.circled, value, 1),
    "nth": lambda value, _: whole(formats.nth, value, 1),
    "heading": lambda value, places: whole(lambda n: formats.heading(places % 5 + 1, n), value, 1),
}
DAYS_PRINTED: dict[str, Callable[[dt.date], dt.date]] = {
    "long_date": lambda day: day,
    "month": lambda day: day.replace(day=1),
    "month_day": lambda day: day.replace(year=2000),
}
WHOLE = {"chinese", "circled", "nth"}
OF_SEVERAL = {"shares", "enumerate_list", "date_range"}


def whole(write: Callable[[int], str], value: Decimal, least: int) -> tuple[str, Decimal]:
    number = least + abs(int(value)) % 10**8
    return write(number), Decimal(number)


def tenths(cents: Decimal) -> tuple[str, Decimal]:
    return formats.tenths(cents.scaleb(-2)), cents.scaleb(-1)


def test_everything_that_formats_prints_is_read_here() -> None:
    public = {
        name
        for name, one in inspect.getmembers(writing, inspect.isfunction)
        if one.__module__ == writing.__name__ and not name.startswith("_")
    }
    assert public == PRINTED.keys() | DAYS_PRINTED.keys() | OF_SEVERAL


@pytest.mark.parametrize("name", PRINTED)
@given(value=NUMBERS, places=PLACES)
def test_what_is_printed_of_a_number_is_read_as_it(name: str, value: Decimal, places: int) -> None:
    text, said = PRINTED[name](value, places)
    assert holds(read(text), said)


@pytest.mark.parametrize("name", sorted(PRINTED.keys() & FILTERS.keys()))
@given(value=NUMBERS)
def test_what_a_filter_prints_of_a_number_is_read_as_it(name: str, value: Decimal) -> None:
    text, said = PRINTED[name](value, 2)
    taken = said if name in {"capital", *WHOLE} else said.scaleb(-1) if name == "tenths" else value
    assert FILTERS[name].call(taken) == text
    assert holds(read(text), said)


@pytest.mark.parametrize("name", DAYS_PRINTED)
@given(day=DAYS)
def test_what_is_printed_of_a_date_is_read_as_it(name: str, day: dt.date) -> None:
    quantity = read(getattr(formats, name)(day))
    assert quantity
    assert quantity.value == DAYS_PRINTED[name](day)
    if quantity.kind is not Kind.DAY:
        assert quantity.low <= day.toordinal() <= quantity.high


@given(st.lists(st.integers(0, 10**9).map(Decimal), min_size=1).filter(any), st.integers(0, 4))
def test_what_is_printed_of_shares_is_read_as_them(values: list[Decimal], places: int) -> None:
    parts = formats.shares(values, places)
    found = find(formats.enumerate_list([formats.percent(part, places) for part in parts]))
    assert [quantity.value for quantity in found] == [part * 100 for part in parts]


@given(DAYS, DAYS)
def test_what_is_printed_of_two_dates_is_read_as_them(first: dt.date, last: dt.date) -> None:
    found = find(formats.date_range(first, last))
    assert found[0].value == first
    assert found[-1].value in {last, last.replace(year=2000)}


@given(NUMBERS, PLACES, st.sampled_from(["万元", "亿元", "亩", "公里", "%", "人", "百分点"]))
def test_a_number_with_a_unit_in_a_sentence_holds_the_number(value: Decimal, places: int, unit: str) -> None:
    (quantity,) = find(f"共计{formats.fixed(value, places)}{unit}，完成。")
    assert quantity.unit == unit
    assert holds(quantity, value) or (units.unit(unit).counts and not places)


@given(st.integers(0, 10**16 - 1))
def test_capitals_of_an_independent_library_are_read(yuan: int) -> None:
    quantity = read(cn2an.an2cn(str(yuan), "rmb"))
    assert quantity
    assert quantity.value == yuan


@given(st.integers(0, 10**16 - 1))
def test_numerals_of_an_independent_library_are_read(number: int) -> None:
    quantity = read(cn2an.an2cn(str(number), "low"))
    assert quantity
    assert Fraction(quantity.low) <= number / (units.ratio(quantity.unit, "") or 1) < quantity.high


WRITTEN = st.lists(
    st.text(
        "0123456789０９,.%-—～年月日一二三十百千万亿零点两第是成番翻分之约多余以上元户人个（）()、壹拾整角 \nAg①",
        max_size=12,
    )
)


@given(WRITTEN)
def test_no_text_makes_finding_fail_and_no_digit_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    found = find(text)
    covered = {at for one in found for at in range(one.start, one.end)}
    assert {at for at, sign in enumerate(text) if re.match("[0-9０-９]", sign)} <= covered
    assert [one.start for one in found] == sorted({one.start for one in found})
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.low <= one.high for one in found)
    read(text)
    read_range(text)


@given(WRITTEN.map("".join), WRITTEN.map("".join))
def test_any_two_quantities_compare_and_each_agrees_with_itself(one: str, other: str) -> None:
    found = find(f"{one}，{other}")
    assert all(agree(first, second) is agree(second, first) for first in found for second in found)
    assert all(agree(first, first) for first in found)


def test_every_word_that_makes_a_number_rough_is_read() -> None:
    for word in grammar.ROUGH:
        texts = (f"{word}60亩", f"60{word}亩", f"60亩{word}")
        assert {quantity.about for text in texts if (quantity := read(text))} == {word}

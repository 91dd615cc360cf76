"""What formats prints: rows for every rule, and properties checked by a second computation that shares no code."""

from __future__ import annotations

import ast
import inspect
import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import ROUND_DOWN, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportgen import formats
from reportgen.formats import writing

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40) | st.integers()
PLACES = st.integers(0, 30)
CENTS = st.decimals(0, 10**12, places=2) | st.sampled_from([Decimal(0), Decimal("0.01")])
AMOUNTS = st.lists(CENTS, min_size=1, max_size=40).filter(any)


def rows(table: str) -> list[list[str]]:
    """Read a table: rows between bars or line ends, cells between spaces."""
    return [row.split() for line in table.strip().splitlines() for row in line.split("|")]


PLAIN = rows("""
    2845.81 2845.81 | 2845.8100 2845.81 | 12.00 12 | 100 100 | 0 0 | -0 0 | -0.00 0 | 0E+2 0 | 0E-30 0
    1E+3 1000 | 1.20E+1 12 | 1E-9 0.000000001 | -0.50 -0.5 | -1E+2 -100
    12345678901234567890123456789012345.6789 12345678901234567890123456789012345.6789
""")

ROUNDED = {
    "fixed": rows("""
        0 2 0.00 | -0 2 0.00 | 0E+2 2 0.00 | 0E+999999999 1 0.0 | 2845.81 2 2845.81 | 2.345 2 2.35 | 2.665 2 2.67
        -2.345 2 -2.35 | 2.3449999999999999999999999999999999 2 2.34 | 2.3450000000000000000000000000000001 2 2.35
        -0.004 2 0.00 | -0.005 2 -0.01 | 0.5 0 1 | -0.5 0 -1 | -0.4 0 0 | 1.5 0 2 | 2.5 0 3 | 1E+3 2 1000.00
        1E-99999999 2 0.00 | -1E-99999999 2 0.00 | 9.995 2 10.00 | 1.5 8 1.50000000
        1234567890123456789012345678901234567890.125 2 1234567890123456789012345678901234567890.13
    """),
    "money": rows("""
        0 2 0 | 0.00 2 0 | -0.00 2 0 | 0.001 2 0.00 | -0.001 2 0.00 | 2032.55 2 2032.55 | 756 2 756.00
        5.545 2 5.55 | -3.1 2 -3.10 | 23866.88 0 23867
    """),
    "percent": rows("""
        0.8473 2 84.73% | 0 2 0% | 0.0000 2 0% | -0 2 0% | 0E+2 0 0% | 1 2 100% | 1.0000 2 100% | 1 0 100%
        0.99999 2 100.00% | 1.00001 2 100.00% | 0.00001 2 0.00% | -0.00001 2 0.00% | -1 2 -100.00% | 0.5 2 50.00%
        0.902 1 90.2% | 0.123450 2 12.35% | 0.1234499999999999999999999999999999 2 12.34% | 0.845 0 85%
        12 2 1200.00% | 1E+30 0 100000000000000000000000000000000%
    """),
    "points": rows("""
        0.052 2 5.2个百分点 | 0 2 0个百分点 | -0.00001 2 0个百分点 | -0.0125 2 -1.25个百分点
        0.00005 2 0.01个百分点 | 0.1 2 10个百分点 | 1 2 100个百分点 | 0.056 0 6个百分点
    """),
}

SHARES = [
    ("last", 2, "2032.55 0 5.54 807.72", "0.7142 0 0.0019 0.2839"),
    ("largest", 2, "2032.55 0 5.54 807.72", "0.7142 0 0.0020 0.2838"),
    ("last", 2, "1311.05 1534.76", "0.4607 0.5393"),
    ("last", 2, "1 1 1 0 0", "0.3333 0.3333 0.3334 0 0"),
    ("largest", 2, "1 1 1", "0.3334 0.3333 0.3333"),
    ("largest", 0, "1 1 1 1 1 1 1", "0.15 0.15 0.14 0.14 0.14 0.14 0.14"),
    ("last", 2, "1 19999", "0.0001 0.9999"),
    ("last", 0, "1 1 198", "0.01 0 0.99"),
    ("last", 0, "5 5 5 5 80 0.001", "0.05 0.05 0.05 0.05 0.80 0.00"),
    ("last", 0, "1 1 1 1 1 1", "0.17 0.17 0.17 0.17 0.16 0.16"),
    ("last", 2, "0 7.5", "0 1"),
    ("last", 2, "1 0.0000001", "1 0"),
    ("last", 2, "1E+30 1E+30", "0.5 0.5"),
]

WHOLE = {
    "chinese": rows("""
        0 零 | 1 一 | 2 二 | 9 九 | 10 十 | 12 十二 | 19 十九 | 20 二十 | 21 二十一 | 100 一百 | 101 一百零一
        110 一百一十 | 111 一百一十一 | 1000 一千 | 1001 一千零一 | 1010 一千零一十 | 1100 一千一百
        2021 二千零二十一 | 10000 一万 | 10001 一万零一 | 10010 一万零一十 | 11000 一万一千 | 100000 十万
        100010 十万零一十 | 120000 十二万 | 1000100 一百万零一百 | 10100000 一千零一十万
        99999999 九千九百九十九万九千九百九十九 | 100000000 一亿
    """),
    "circled": rows("1 ① | 9 ⑨ | 20 ⑳ | 21 ㉑ | 35 ㉟ | 36 ㊱ | 50 ㊿ | 51 （51） | 120 （120）"),
    "nth": rows("1 一是 | 2 二是 | 10 十是 | 12 十二是"),
}

CAPITAL = rows("""
    0 零元整 | -0.00 零元整 | 1 壹元整 | 10 壹拾元整 | 120000 壹拾贰万元整 | 0.05 伍分 | 0.50 伍角
    0.55 伍角伍分 | 1.5 壹元伍角 | 1.500 壹元伍角 | 10.05 壹拾元零伍分 | 1005.60 壹仟零伍元陆角
    16409.02 壹万陆仟肆佰零玖元零贰分 | 6007.14 陆仟零柒元壹角肆分 | 1680.32 壹仟陆佰捌拾元叁角贰分
    100010 壹拾万零壹拾元整 | 20325500 贰仟零叁拾贰万伍仟伍佰元整 | 100000005 壹亿零伍元整 | 1E+8 壹亿元整
    1E+12 壹万亿元整 | 1000000000001 壹万亿零壹元整 | 1000100000000 壹万零壹亿元整 | -0.05 负伍分
    -120000 负壹拾贰万元整 | 3E-1 叁角
    9999999999999999.99 玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分
""")

HEADINGS = rows("""
    1 1 一、 | 1 11 十一、 | 2 1 （一） | 2 20 （二十） | 3 1 1. | 3 12 12. | 4 1 （1） | 5 1 ① | 5 51 （51）
""")

DATES = [
    (formats.long_date, date(2021, 12, 31), "2021年12月31日"),
    (formats.long_date, date(2022, 6, 4), "2022年6月4日"),
    (formats.long_date, datetime(2021, 12, 31, 23, 59, tzinfo=UTC), "2021年12月31日"),
    (formats.month, date(2021, 12, 31), "2021年12月"),
    (formats.month_day, date(2021, 12, 31), "12月31日"),
]

OF_A_NUMBER = [
    *(getattr(formats, name) for name in ("plain", "capital", *ROUNDED, *WHOLE)),
    lambda value: formats.shares([1, value]),
    lambda value: formats.fixed(1, value),
    lambda value: formats.shares([1], value),
    lambda value: formats.heading(1, value),
    lambda value: formats.heading(value, 1),
]

REFUSED = [
    (formats.plain, (Decimal("1E+10000"),), "more than 10000 digits"),
    (formats.plain, (Decimal("1E-10001"),), "below 10"),
    (formats.fixed, (Decimal("1E+999999999"),), "more than 10000 digits"),
    (formats.fixed, (10**20000,), "more than 10000 digits"),
    (formats.fixed, (1, -1), "whole number from 0 to 10000"),
    (formats.fixed, (1, Decimal("1.5")), "whole number from 0 to 10000"),
    (formats.money, (0, -1), "whole number from 0"),
    (formats.percent, (0, -1), "whole number from 0"),
    (formats.points, (1, -1), "whole number from 0"),
    (formats.shares, ([],), "at least one value above zero"),
    (formats.shares, ([0, Decimal("0.00")],), "at least one value above zero"),
    (formats.shares, ([1, Decimal("-0.01")],), "one is negative"),
    (formats.shares, ([1], -1), "whole number from 0"),
    (formats.shares, ([1], 2, "middle"), "'last' or 'largest', not 'middle'"),
    (formats.shares, ([1, Decimal("1E-10001")],), "below 10"),
    (formats.chinese, (-1,), "from 0 to 100000000"),
    (formats.chinese, (10**8 + 1,), "from 0 to 100000000"),
    (formats.chinese, (Decimal("1.5"),), "whole number"),
    (formats.circled, (0,), "from 1"),
    (formats.nth, (0,), "from 1"),
    (formats.heading, (0, 1), "from 1 to 5"),
    (formats.heading, (6, 1), "from 1 to 5"),
    (formats.heading, (1, 0), "from 1"),
    (formats.capital, (Decimal("0.001"),), "at most two decimals"),
    (formats.capital, (10**16,), "below 10"),
    (formats.capital, (-(10**16),), "below 10"),
]


def rounded_text(value: Decimal | int, places: int, factor: int = 1) -> str:
    """Round half up by fractions and place the point by hand."""
    units = int(abs(Fraction(value)) * factor * 10**places + Fraction(1, 2))
    digits = str(units).zfill(places + 1)
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 and units else text


def parse_chinese(text: str) -> int:
    """Read a Chinese numeral, one sign at a time."""
    total = section = digit = 0
    for sign in text:
        if sign in "零一二三四五六七八九":
            digit = "零一二三四五六七八九".index(sign)
        elif sign in "十百千":
            section += (digit or 1) * 10 ** ("十百千".index(sign) + 1)
            digit = 0
        else:
            total += (section + digit) * (10**4 if sign == "万" else 10**8)
            section = digit = 0
    return total + section + digit


def capital_by_replacement(cents: int) -> str:
    """Write every digit with its place, then strike what is not said."""
    places = "仟佰拾亿仟佰拾万仟佰拾元角分"
    names = ["仟", "佰", "拾", "万", *places]
    figures = str(cents).zfill(len(names))
    text = "".join("零壹贰叁肆伍陆柒捌玖"[int(figure)] + name for figure, name in zip(figures, names, strict=True))
    text = re.sub("(?:零[仟佰拾])+(?=[壹贰叁肆伍陆柒捌玖])", "零", text)
    text = re.sub("(?:零[仟佰拾])*零(?=[万亿元])", "", text)
    text = re.sub("^[零万亿]+|(?<=亿)万", "", text)
    text = text.removeprefix("元").replace("零角零分", "整").removesuffix("零分").replace("零角", "零")
    return "零元整" if text == "整" else text.removeprefix("零")


@pytest.mark.parametrize(("value", "text"), PLAIN)
def test_plain(value: str, text: str) -> None:
    """A plain number has neither trailing zeros nor an exponent."""
    assert formats.plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("function", "value", "places", "text"),
    [(getattr(formats, name), *row) for name, table in ROUNDED.items() for row in table],
)
def test_rounded_numbers(function: Callable[[Decimal, int], str], value: str, places: str, text: str) -> None:
    """A rounded number is rounded half up, once, whatever the caller's context."""
    with localcontext() as context:
        context.prec, context.rounding, context.Emax, context.Emin = 1, ROUND_DOWN, 1, -1
        assert function(Decimal(value), int(places)) == text


@given(NUMBERS, PLACES)
@example(Decimal("-0.005"), 2)
def test_fixed_agrees_with_fractions(value: Decimal | int, places: int) -> None:
    """Fixed decimals agree with exact arithmetic."""
    assert formats.fixed(value, places) == rounded_text(value, places)


@given(NUMBERS.filter(lambda value: value not in (0, 1)), PLACES)
def test_percent_agrees_with_fractions(value: Decimal | int, places: int) -> None:
    """A percentage agrees with exact arithmetic."""
    assert formats.percent(value, places) == f"{rounded_text(value, places, 100)}%"


@given(NUMBERS, PLACES)
def test_points_are_the_rounded_percentage(value: Decimal | int, places: int) -> None:
    """Percentage points are the percentage without its trailing zeros."""
    number = formats.points(value, places).removesuffix("个百分点")
    assert Fraction(number) == Fraction(rounded_text(value, places, 100))
    assert not re.search(r"\.\d*0$|E", number)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1E+60"), max_value=Decimal("1E+60")))
def test_plain_keeps_the_value(value: Decimal) -> None:
    """A plain number reads back as the same value, in its shortest spelling."""
    text = formats.plain(value)
    assert Fraction(text) == Fraction(value)
    assert re.fullmatch(r"0|-?(0|[1-9]\d*)(\.\d*[1-9])?", text)


@pytest.mark.parametrize(("balance", "places", "values", "parts"), SHARES)
def test_shares(balance: formats.Balance, places: int, values: str, parts: str) -> None:
    """A whole is split as the form does it."""
    with localcontext() as context:
        context.prec = 1
        found = formats.shares(map(Decimal, values.split()), places, balance)
    assert found == tuple(map(Decimal, parts.split()))


@given(AMOUNTS, st.integers(0, 4), st.sampled_from(["last", "largest"]))
@example([Decimal(1)] * 40, 0, "last")
def test_shares_add_up(values: list[Decimal], places: int, balance: formats.Balance) -> None:
    """Parts add up to exactly 1, keep their decimals, and none moves by a printed unit; zeros stay zero."""
    parts = formats.shares(values, places, balance)
    unit = Fraction(1, 10 ** (places + 2))
    total = sum(map(Fraction, values))
    assert sum(map(Fraction, parts)) == 1
    for value, part in zip(values, parts, strict=True):
        assert part.as_tuple().exponent == -(places + 2)
        assert part >= 0
        assert abs(Fraction(part) - Fraction(value) / total) < unit
        assert value or not part


@given(AMOUNTS, st.integers(0, 4))
def test_shares_last_rounds_all_but_the_last(values: list[Decimal], places: int) -> None:
    """Only the last non-zero part differs from its rounded value, unless largest remainders had to step in."""
    scale = 10 ** (places + 2)
    exact = [Fraction(value) / sum(map(Fraction, values)) * scale for value in values]
    expected = [Fraction(int(part + Fraction(1, 2))) for part in exact]
    last = max(index for index, value in enumerate(values) if value)
    expected[last] += scale - sum(expected)
    if abs(expected[last] - exact[last]) >= 1:
        assert formats.shares(values, places) == formats.shares(values, places, "largest")
    else:
        assert [Fraction(part) * scale for part in formats.shares(values, places)] == expected


@given(AMOUNTS, st.integers(0, 4))
def test_shares_largest_favours_the_largest_remainders(values: list[Decimal], places: int) -> None:
    """No part cut down has a larger remainder than a part that was given a unit, the earlier one winning a tie."""
    scale = 10 ** (places + 2)
    exact = [Fraction(value) / sum(map(Fraction, values)) * scale for value in values]
    parts = [Fraction(part) * scale for part in formats.shares(values, places, "largest")]
    raised = [(part % 1, -place) for place, part in enumerate(exact) if parts[place] > part]
    cut = [(part % 1, -place) for place, part in enumerate(exact) if parts[place] <= part and part % 1]
    assert not raised or not cut or min(raised) > max(cut)


@pytest.mark.parametrize(
    ("function", "number", "text"),
    [(getattr(formats, name), *row) for name, table in WHOLE.items() for row in table],
)
def test_whole_numbers(function: Callable[[Decimal | int], str], number: str, text: str) -> None:
    """A whole number is spelled, circled or counted, given as an int or as a Decimal."""
    assert function(int(number)) == function(Decimal(number)) == text


@given(st.integers(0, 10**8))
def test_chinese_reads_back(number: int) -> None:
    """A Chinese numeral reads back as its number, and says no 零 twice in a row or at its end."""
    text = formats.chinese(number)
    assert parse_chinese(text) == number
    assert not re.search("零零|.零$|^一十|零[十百千万亿]", text)


@pytest.mark.parametrize(("amount", "text"), CAPITAL)
def test_capital(amount: str, text: str) -> None:
    """An amount is written in capitals, whatever the caller's context."""
    with localcontext() as context:
        context.prec = 1
        assert formats.capital(Decimal(amount)) == text


@given(st.integers(0, 10**18 - 1) | st.integers(0, 10**6).map(lambda n: n * 10**6) | st.integers(0, 2000))
@example(100_000_000_00)
@example(1_0000_0000_0000_00)
@example(1_0000_0001_0000_05)
def test_capital_agrees_with_replacement(cents: int) -> None:
    """Capitals agree with writing every digit and striking the zeros, on both sides of zero."""
    amount = Decimal(cents).scaleb(-2)
    assert formats.capital(amount) == capital_by_replacement(cents)
    assert formats.capital(amount.copy_negate()) == ("负" if cents else "") + capital_by_replacement(cents)


def test_circled_signs_are_the_unicode_ones() -> None:
    """Each circled sign has its number as its numeric value."""
    assert [unicodedata.numeric(formats.circled(n)) for n in range(1, 51)] == list(range(1, 51))


@pytest.mark.parametrize(("level", "number", "text"), HEADINGS)
def test_heading(level: str, number: str, text: str) -> None:
    """Each of the five levels has its own numeral."""
    assert formats.heading(int(level), int(number)) == text


@pytest.mark.parametrize(("function", "day", "text"), DATES)
def test_dates(function: Callable[[date], str], day: date, text: str) -> None:
    """A date has no leading zeros."""
    assert function(day) == text


@given(st.dates())
def test_dates_are_their_parts(day: date) -> None:
    """A long date is year, month and day as they are counted, and the short forms are its ends."""
    assert formats.long_date(day) == f"{day.year}年{day.month}月{day.day}日"
    assert formats.long_date(day) == formats.month(day) + formats.month_day(day).partition("月")[2]


@pytest.mark.parametrize("function", [formats.long_date, formats.month, formats.month_day])
@pytest.mark.parametrize("day", [None, 1640908800, "2021-12-31"])
def test_only_a_date_is_a_date(function: Callable[[Any], str], day: object) -> None:
    """What babel would guess at is refused: nothing means today to it, a number a time."""
    with pytest.raises(TypeError, match="a date is expected"):
        function(day)


def test_enumerate_list() -> None:
    """Texts are joined by their separator."""
    assert formats.enumerate_list(["茜坑村", "沙溪村", "占上村"]) == "茜坑村、沙溪村、占上村"
    assert formats.enumerate_list(iter(["甲", "乙"]), "；") == "甲；乙"
    assert formats.enumerate_list([]) == ""


@pytest.mark.parametrize(("items", "message"), [("甲乙", "not one text"), ([1, 2], "expected str")])
def test_enumerate_list_takes_texts_only(items: list[str], message: str) -> None:
    """A single text is no list, and a number is no text."""
    with pytest.raises(TypeError, match=message):
        formats.enumerate_list(items)


@pytest.mark.parametrize("function", OF_A_NUMBER)
@pytest.mark.parametrize("value", [1.0, 0.5, float("nan"), True, "1", None, Fraction(1)])
def test_only_exact_numbers(function: Callable[[Any], object], value: object) -> None:
    """A float, or anything else but a Decimal or an int, is refused by its type."""
    with pytest.raises(TypeError, match=f"not {type(value).__name__}$"):
        function(value)


@pytest.mark.parametrize("function", OF_A_NUMBER)
@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_only_finite_numbers(function: Callable[[Any], object], value: str) -> None:
    """What is no finite number is refused."""
    with pytest.raises(ValueError, match=f"^{value} is not a finite number"):
        function(Decimal(value))


@pytest.mark.parametrize(("function", "arguments", "message"), REFUSED)
def test_refused(function: Callable[..., object], arguments: tuple[Any, ...], message: str) -> None:
    """What cannot be printed is refused with a reason."""
    with pytest.raises(ValueError, match=message):
        function(*arguments)


def test_the_largest_and_smallest_that_print() -> None:
    """The limits themselves are printed in full."""
    assert formats.plain(Decimal("1E+9999")) == f"1{'0' * 9999}"
    assert formats.plain(Decimal("1E-10000")) == f"0.{'0' * 9999}1"


def test_start_up_costs_no_babel() -> None:
    """Importing the module imports neither babel nor any other part of the project."""
    tree = ast.parse(inspect.getsource(writing))
    names = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    names += [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    assert set(names) == {"__future__", "datetime", "decimal", "itertools", "math", "typing"}

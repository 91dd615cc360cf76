"""What filters say when they refuse a value; that they round once; that shares add up; that claims are true."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import language
from reportgen.diagnostics import Span
from reportgen.facts import Gap, Number
from tests import tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.facts import Value

FACTS: Final[Mapping[str, Value]] = MappingProxyType(
    {
        "额": Number("2845.805", 3),
        "零": Number("0.00", 2),
        "负": Number("-2.345", 3),
        "率": Number("0.84725", 3, "%"),
        "整": Decimal(1),
        "日": dt.date(2021, 1, 9),
        "列": [Number("71.42", 2), Number("0.19", 2), Number("28.38", 2)],
        "文": "文字",
        "无": [],
        "缺": Gap("缺"),
        "项": [
            {"名": "供水", "额": Number(3), "标": Number(3), "点": ["甲", "乙"], "是": True, "类": "民生"},
            {"名": "道路", "额": Number(4), "标": Number(5), "点": [], "是": False, "类": "交通"},
            {"名": "学校", "额": Number(0), "标": Number(0), "点": ["丙"], "是": True, "类": "民生"},
        ],
    },
)


@pytest.mark.parametrize(
    ("expression", "code", "part"),
    [
        ("额 | 金额(13)", "T511", "a number of decimals from 0 to 12, not “13”"),
        ("额 | 金额(-1)", "T511", "decimals"),
        ("额 | 百分比(0.5)", "T511", "decimals"),
        ("额 | 舍入(文)", "T511", "“'文字'”"),
        ("1.5 | 中文数字", "T511", "a whole number"),
        ("1000000000 | 中文数字", "T527", "“中文数字” has no way to write “1000000000”"),
        ("0 | 圈码", "T527", "“圈码”"),
        ("负 | 圈码", "T511", "“-2.345”"),
        ("0 | 第几是", "T527", "“第几是”"),
        ("1.234 | 大写", "T527", "“1.234”"),
        ("10000000000000000 | 大写", "T527", "“大写”"),
        ("无 | 占比", "T515", "shares need"),
        ("[0, 0] | 占比", "T515", "shares need"),
        ("[1, -1] | 占比", "T515", "shares need"),
        ("[1, 文] | 占比", "T511", "“'文字'”"),
        ("列 | 占比(13)", "T511", "decimals"),
        ("无 | 最大", "T511", "a list that holds something"),
        ("无 | 最小", "T511", "a list that holds something"),
        ("无 | 首", "T511", "a list that holds something"),
        ("无 | 末", "T511", "a list that holds something"),
        ("[1, 文] | 最大", "T511", "a number"),
        ("项 | 合计", "T511", "a number, not “{ … }”"),
        ("项 | 合计('名')", "T511", "“'供水'”"),
        ("项 | 合计('无')", "T511", "items with “无”"),
        ("项 | 合计(1)", "T511", "a text"),
        ("列 | 取('名')", "T511", "items with “名”"),
        ("项 | 取([])", "T511", "a text"),
        ("项 | 展开('名')", "T511", "a list"),
        ("项 | 筛选('无')", "T511", "items with “无”"),
        ("项 | 筛选('名', 1)", "T518", "by “筛选”"),
        ("项 | 筛选('名', 缺)", "T514", "“缺”"),
        ("项 | 达标('名', '标')", "T511", "a number"),
        ("列 | 连接(1)", "T511", "“连接” takes a text"),
        ("项 | 顿号", "T513", "a group of names"),
        ("[1 / 3] | 顿号", "T512", "0.333333"),
        ("额 | 金额 | 金额", "T511", "“'2845.81'”"),
    ],
)
def test_a_filter_refuses(expression: str, code: str, part: str) -> None:
    statements, found = tags.read(f"{{{{ {expression} }}}}")
    assert found == []
    found = language.compile({"t": statements}).faults("t", FACTS)
    assert [one.rule.code for one in found] == [code]
    assert part in tags.said(found)[0]


FIGURES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12)


@given(FIGURES, FIGURES.filter(bool), st.integers(0, 6))
def test_printing_rounds_once_half_up_from_the_unrounded_value(left: Decimal, right: Decimal, decimals: int) -> None:
    """A quotient is as exact as 50 digits are; what is printed is that value rounded once."""
    values: dict[str, Value] = {"a": Number(left), "b": Number(right), "n": Number(decimals)}
    exact = tags.value("a / b", values)
    assert isinstance(exact, Decimal)
    unit = Decimal(1).scaleb(-decimals)
    rounded = exact.quantize(unit, context=Context(prec=100, rounding=ROUND_HALF_UP))
    assert Decimal(tags.plain("{{ (a / b) | 定点(n) }}", values)) == rounded
    assert Decimal(tags.plain("{{ (a / b) | 舍入(n) | 定点(n) }}", values)) == rounded
    assert Decimal(tags.plain("{% set q = a / b %}{{ q | 金额(n) }}", values)) == rounded


def test_rounding_twice_would_print_another_figure() -> None:
    values: dict[str, Value] = {"a": Number("2.3449999")}
    assert tags.plain("{{ a | 金额(2) }}", values) == "2.34"
    assert tags.plain("{{ (a | 舍入(3)) | 金额(2) }}", values) == "2.35"


AMOUNTS = st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=12).filter(any)


@given(AMOUNTS, st.integers(0, 4), st.sampled_from(["末项", "最大余数"]))
def test_printed_shares_add_to_one_hundred(amounts: list[Decimal], decimals: int, balance: str) -> None:
    """Each printed share is less than one printed unit away from the true one; what was changed is named."""
    values: dict[str, Value] = {"列": [Number(amount) for amount in amounts], "n": Number(decimals), "法": balance}
    text = tags.plain("{% for x in 列 | 占比(n, 法) %}{{ x | 百分比(n) }} {% endfor %}", values)
    printed = [Fraction(part.rstrip("%")) for part in text.split()]
    assert sum(printed) == 100
    exact = [Fraction(amount) * 100 / Fraction(sum(amounts)) for amount in amounts]
    assert all(abs(one - other) < Fraction(1, 10**decimals) for one, other in zip(printed, exact, strict=True))
    changed = tags.plain("{{ 列 | 占比调整(n, 法) }}", values)
    half = Fraction(1, 2 * 10**decimals)
    moved = [at for at, (one, other) in enumerate(zip(printed, exact, strict=True), 1) if abs(one - other) > half]
    assert {f"第{at}项" for at in moved} <= set(re.findall("第[0-9]+项", changed))


POSITIVE = st.decimals(Decimal("0.01"), 10**9, places=2)


@given(POSITIVE, POSITIVE, st.integers(0, 4))
def test_what_a_comparison_says_is_so(now: Decimal, before: Decimal, decimals: int) -> None:
    said = tags.plain("{{ 同比(甲, 乙, n) }}", {"甲": Number(now), "乙": Number(before), "n": Number(decimals)})
    rate = Fraction(now) * 100 / Fraction(before) - 100
    half = Fraction(1, 2 * 10**decimals)
    if said == "持平":
        assert abs(rate) < half
        return
    match = re.fullmatch(r"(增长|下降)([0-9.]+)%", said)
    assert match
    figure = Fraction(match[2]) * (1 if match[1] == "增长" else -1)
    assert figure * rate > 0
    assert abs(figure - rate) <= half or (figure > -100 > rate - half and abs(figure - rate) < 2 * half)


@given(POSITIVE, POSITIVE, st.integers(0, 4))
def test_a_target_is_met_only_where_it_is(actual: Decimal, target: Decimal, decimals: int) -> None:
    values: dict[str, Value] = {"甲": Number(actual), "乙": Number(target), "n": Number(decimals)}
    rate = Decimal(tags.plain("{{ 完成率(甲, 乙, n) }}", values).rstrip("%"))
    assert (rate >= 100) is (actual >= target)
    said = tags.plain("{{ 超额(甲, 乙) }}", values)
    words = "完成" if actual == target else "超额完成" if actual > target else "未完成，尚差"
    assert said == f"{words}{abs(actual - target) or ''}"


@given(st.lists(st.booleans(), min_size=1, max_size=9))
def test_all_is_said_only_of_all(held: list[bool]) -> None:
    said = tags.plain("{{ 列 | 均 }}、{{ 列 | 全部 }}", {"列": list(held)})
    some = f"{len(held)}项中{sum(held)}项"
    assert said == ("均、全部" if all(held) else f"{some}、{some}" if any(held) else "均未、无一")


def test_nothing_is_the_first_of_its_kind_while_a_gap_is_to_be_filled() -> None:
    template = "{{ 首次(甲, [乙, 丙]) }}"
    values: dict[str, Value] = {"甲": Number(1), "乙": Number(0), "丙": Gap("丙")}
    assert tags.plain(template, values) == "首次"
    assert tags.wrong(template, {**values, "丙": Gap("丙", reported=True)}) == [(1, "T514")]
    assert tags.plain(template, {**values, "丙": Gap("丙", reported=True, stand_in="【待补】")}) == "【待补】"


@pytest.mark.parametrize("body", ["同比(甲, 乙)", "完成率(甲, 丙)", "超额(甲, 丙)"])
@pytest.mark.parametrize(("size", "rules"), [("1E+20000", ["T527"]), ("1E-20000", ["T527"]), ("1E+2000", [])])
def test_a_claim_refuses_figures_that_nobody_could_write(body: str, size: str, rules: list[str]) -> None:
    facts = {"甲": Decimal(size), "乙": Decimal(0), "丙": Decimal("1E-2000")}
    read, _ = language.parse([language.Tag("{{", body, Span("t", 1))])
    assert [one.rule.code for one in language.compile({"t": read}).faults("t", facts)] == rules

"""Every filter, under both of its names: what it prints of each kind of value, and what it refuses."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Context, Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import language
from reportgen.facts import Gap, Number
from reportgen.language import FILTERS
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

PRINTED: Final = [
    ("额 | 金额", "2845.81"),
    ("额 | 金额(1)", "2845.8"),
    ("零 | 金额", "0"),
    ("0.001 | 金额", "0.00"),
    ("负 | 金额", "-2.35"),
    ("(1 / 3) | 金额", "0.33"),
    ("零 | 定点", "0.00"),
    ("额 | 定点(0)", "2846"),
    ("-0.001 | 定点", "0.00"),
    ("1.500 | 数值", "1.5"),
    ("零 | 数值", "0"),
    ("(1 / 8) | 数值", "0.125"),
    ("率 | 百分比", "84.73%"),
    ("率 | 百分比(0)", "85%"),
    ("零 | 百分比", "0%"),
    ("1 | 百分比", "100%"),
    ("0.99999 | 百分比", "100.00%"),
    ("0.052 | 百分点", "5.2个百分点"),
    ("负 | 百分点(0)", "-235个百分点"),
    ("([2032.55, 5.54, 807.72] | 占比)[2] | 百分比", "28.39%"),
    ("(列 | 占比)[0] | 百分比", "71.43%"),
    ("([1, 1, 1] | 占比(0))[2] | 百分比(0)", "34%"),
    ("12 | 中文数字", "十二"),
    ("0 | 中文数字", "零"),
    ("1 | 圈码", "①"),
    ("51 | 圈码", "（51）"),
    ("12 | 第几是", "十二是"),
    ("1005.60 | 大写", "壹仟零伍元陆角"),
    ("零 | 大写", "零元整"),
    ("日 | 日期", "2021年1月9日"),
    ("日 | 年月", "2021年1月"),
    ("日 | 月日", "1月9日"),
    ("日 | 年份", "2021"),
    ("(日 | 年份) + 1", "2022"),
    ("项 | 取('名') | 顿号", "供水、道路、学校"),
    ("列 | 顿号", "71.42、0.19、28.38"),
    ("无 | 顿号", ""),
    ("['甲', 1, 日] | 连接('；')", "甲；1；2021年1月9日"),
    ("项 | 数量", "3"),
    ("无 | 数量", "0"),
    ("列 | 合计", "99.99"),
    ("项 | 合计('额')", "7"),
    ("无 | 合计", "0"),
    ("列 | 最大", "71.42"),
    ("列 | 最小", "0.19"),
    ("列 | 首", "71.42"),
    ("列 | 末", "28.38"),
    ("(项 | 末).名", "学校"),
    ("缺 | 默认('—')", "—"),
    ("文 | 默认('—')", "文字"),
    ("零 | 默认('—')", "0"),
    ("额 | 舍入", "2845.81"),
    ("额 | 舍入(0)", "2846"),
    ("(负 | 舍入(2)) * 2", "-4.70"),
    ("(1 / 3) | 舍入(4)", "0.3333"),
    ("负 | 绝对值", "2.345"),
    ("项 | 取('额') | 合计", "7"),
    ("项 | 展开('点') | 顿号", "甲、乙、丙"),
    ("项 | 筛选('是') | 取('名') | 顿号", "供水、学校"),
    ("项 | 筛选('额') | 数量", "2"),
    ("项 | 筛选('是', 项[1].是) | 取('名') | 顿号", "道路"),
    ("项 | 筛选('类', '民生') | 合计('额')", "3"),
    ("项 | 达标('额', '标') | 取('名') | 顿号", "供水、学校"),
]


@pytest.mark.parametrize(("expression", "printed"), PRINTED)
def test_a_filter_prints(expression: str, printed: str) -> None:
    assert tags.plain(f"{{{{ {expression} }}}}", FACTS) == printed


def test_every_filter_prints_the_same_under_both_names() -> None:
    tried = set()
    for expression, printed in PRINTED:
        for one in FILTERS.values():
            if f"| {one.chinese}" in expression:
                english = expression.replace(f"| {one.chinese}", f"| {one.english}")
                assert tags.plain(f"{{{{ {english} }}}}", FACTS) == printed
                tried.add(one.chinese)
    assert tried == {one.chinese for one in FILTERS.values()}
    assert {FILTERS[one.english] for one in FILTERS.values()} == set(FILTERS.values())


NUMBERS: Final = ("金额", "定点", "数值", "百分比", "百分点", "中文数字", "圈码", "第几是", "大写", "舍入", "绝对值")
DATES: Final = ("日期", "年月", "月日", "年份")
LISTS: Final = ("占比", "顿号", "数量", "合计", "最大", "最小", "首", "末")
KEYED: Final = ("取('名')", "展开('点')", "筛选('是')", "达标('额', '标')", "合计('额')", "连接('')")


@pytest.mark.parametrize("name", [*NUMBERS, *DATES, *LISTS, *KEYED])
def test_a_filter_names_itself_and_what_it_takes(name: str) -> None:
    """Every filter but 默认, which takes anything, is given one of each kind that it does not take."""
    takes = "a number" if name in NUMBERS else "a date" if name in DATES else "a list"
    others = {"a number": "日 文 列 项[0] 项[0].是", "a date": "额 文 列 项[0]", "a list": "额 日 文 项[0] 项[0].是"}
    chinese = name.partition("(")[0]
    for other in others[takes].split():
        statements, found = tags.read(f"{{{{ {other} | {name} }}}}")
        assert found == []
        found = language.compile({"t": statements}).faults("t", FACTS)
        assert [one.rule.code for one in found] == ["T511"]
        said = tags.said(found)[0]
        assert f"“{chinese}” takes " in said
        assert takes in said or (chinese in {"中文数字", "圈码", "第几是"} and "number" in said)


def test_every_filter_is_in_one_of_these_tables() -> None:
    named = {name.partition("(")[0] for name in (*NUMBERS, *DATES, *LISTS, *KEYED)}
    assert named | {"默认"} == {one.chinese for one in FILTERS.values()}


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


@given(st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=12).filter(any), st.integers(0, 4))
def test_printed_shares_add_to_one_hundred(amounts: list[Decimal], decimals: int) -> None:
    values: dict[str, Value] = {"列": [Number(amount) for amount in amounts], "n": Number(decimals)}
    text = tags.plain("{% for x in 列 | 占比(n) %}{{ x | 百分比(n) }} {% endfor %}", values)
    assert sum(Decimal(part.rstrip("%")) for part in text.split()) == 100

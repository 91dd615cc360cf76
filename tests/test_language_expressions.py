"""What expressions give, and that nothing outside the language can be written: look-ups, operators, gaps, limits."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pytest

from reportgen import language
from reportgen.diagnostics import Span
from reportgen.facts import Gap, Number, Picture
from reportgen.language import Failed, Log
from tests import tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.facts import Value

FACTS: Final[Mapping[str, Value]] = MappingProxyType(
    {
        "甲": Number("2032.55", 2, "万元"),
        "乙": Number("5.54", 2, "万元"),
        "零": Number("0.00", 2),
        "率": Number("0.698", 1, "%"),
        "缺": Gap("组.缺"),
        "真": True,
        "假": False,
        "文": "文字",
        "空": "",
        "日": dt.date(2021, 12, 31),
        "列": [Number(1), Number(2)],
        "无": [],
        "组": {"子": Number(3), "缺": Gap("组.缺"), "if": "键"},
        "项": [{"名": "供水", "额": Number(3)}, {"名": "道路", "额": Number(4)}],
        "图": Picture("照片.png", "PNG", 2, 1, b""),
    },
)


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("甲", "2032.55"),
        ("零", "0"),
        ("率", "69.8%"),
        ("真", "是"),
        ("假", "否"),
        ("日", "2021年12月31日"),
        ("组.子", "3"),
        ("组['子']", "3"),
        ("组['if']", "键"),
        ("列[0]", "1"),
        ("项[1].名", "道路"),
        ("甲 + 乙", "2038.09"),
        ("甲 - 甲", "0"),
        ("-甲", "-2032.55"),
        ("2 * (甲 + 1)", "4067.10"),
        ("甲 + 甲 * 率 * 0", "2032.55000"),
        ("5 / 2", "2.5"),
        ("1 - 10%", "0.90"),
        ("0.0000010 * 0.5 * 20", "0.00001"),
        ("true", "是"),
        ("False", "否"),
        ("甲 > 乙", "是"),
        ("甲 == 2032.550", "是"),
        ("甲 != 甲", "否"),
        ("1 < 2 < 3", "是"),
        ("1 < 3 < 2", "否"),
        ("日 >= 日", "是"),
        ("日 == 日", "是"),
        ("日 != 日", "否"),
        ("文 == '文字'", "是"),
        ("真 == 真", "是"),
        ("真 == '是'", "是"),
        ("'否' != 真", "是"),
        ("1 in 列", "是"),
        ("3 not in 列", "是"),
        ("'字' in 文", "是"),
        ("真 and 文", "文字"),
        ("空 or '无'", "无"),
        ("缺 or '无'", "无"),
        ("not 缺", "是"),
        ("not 零", "是"),
        ("甲 ~ '万' ~ 真 ~ 日", "2032.55万是2021年12月31日"),
        ("'共' ~ 1 + 2 * 3 ~ '元' ~ 4 - 1", "共7元3"),
        ("'a' ~ 1 == 'a1'", "是"),
        ("'甲' if 甲 > 乙 else '乙'", "甲"),
        ("'甲' if 缺 else '乙' if 假 else '丙'", "丙"),
        ("有(甲)", "是"),
        ("given(缺)", "否"),
        ("甲 is defined", "是"),
        ("缺 is not defined", "是"),
        ("[甲, 乙] | 合计", "2038.09"),
        ("+".join(["1"] * 90), "90"),
        ("(" * 20 + "1" + ")" * 20, "1"),
    ],
)
def test_an_expression_prints(expression: str, printed: str) -> None:
    assert tags.plain(f"{{{{ {expression} }}}}", FACTS) == printed


@pytest.mark.parametrize(
    "expression",
    [
        "有(组.缺.更.深)",
        "有(组.没有)",
        "有(没有)",
        "有(没有.深)",
        "有(列[9])",
        "有(列[9].名)",
        "有(缺[0])",
        "有(文.长)",
        "有(缺 + 1)",
        "有([缺 | 金额])",
    ],
)
def test_whatever_is_missing_on_the_way_is_not_given(expression: str) -> None:
    assert tags.value(expression, FACTS) is False
    assert tags.value(f"{expression[1:]} is defined", FACTS) is False


def test_default_stands_in_for_whatever_is_missing_on_the_way() -> None:
    assert (
        tags.plain("{{ 缺 | 默认('—') }}{{ 组.没有.深 | 默认(甲) }}{{ 甲 | default(0) }}", FACTS) == "—2032.552032.55"
    )


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("缺", "T514"),
        ("缺 + 1", "T514"),
        ("1 - 缺", "T514"),
        ("-缺", "T514"),
        ("缺 > 1", "T514"),
        ("1 >= 缺", "T514"),
        ("缺 == 1", "T514"),
        ("'x' != 缺", "T514"),
        ("缺 == 缺", "T514"),
        ("1 in 缺", "T514"),
        ("缺 in 列", "T514"),
        ("'a' ~ 缺", "T514"),
        ("缺 | 金额", "T514"),
        ("缺 | 日期", "T514"),
        ("缺 | 顿号", "T514"),
        ("[缺, 1] | 合计", "T514"),
        ("缺.子", "T514"),
        ("缺[0]", "T514"),
        ("组['缺'].子", "T514"),
    ],
)
def test_a_gap_is_named_wherever_it_is_used(expression: str, code: str) -> None:
    with pytest.raises(Failed) as raised:
        tags.plain(f"{{{{ {expression} }}}}", FACTS)
    assert (raised.value.diagnostic.rule.code, raised.value.diagnostic.values["name"]) == (code, "组.缺")


@pytest.mark.parametrize(
    ("expression", "code", "part"),
    [
        ("没有", "T507", "“没有”"),
        ("组.没有", "T507", "“组.没有”"),
        ("列[2]", "T507", "“列[2]”"),
        ("列[0.5]", "T507", "“列[0.5]”"),
        ("列[真]", "T504", "[ ]"),
        ("列[true]", "T507", "“列[True]”"),
        ("列['a']", "T507", "“列.a”"),
        ("组[0]", "T507", "“组[0]”"),
        ("文.upper", "T507", "“文.upper”"),
        ("甲.real", "T507", "“甲.real”"),
        ("(组).没有", "T507", "“组.没有”"),
        ("(项 | 首).没有", "T507", "“没有”"),
        ("甲 + 文", "T517", "“+” calculates with numbers, “'文字'” is none"),
        ("文 + 文", "T517", "“+”"),
        ("真 + 1", "T517", "“是”"),
        ("日 - 日", "T517", "“-”"),
        ("列 + 列", "T517", "“[ … ]”"),
        ("组 * 2", "T517", "“{ … }”"),
        ("-文", "T517", "“-”"),
        ("甲 / 乙 | 百分比", "T145", "(a / b) | 百分比"),
        ("甲 / 零 | 百分比", "T517", "(a / b) | 百分比"),
        ("甲 / 零", "T519", "“2032.55” is divided by 0"),
        ("零 / 零", "T519", "“0”"),
        ("1 == '1'", "T518", "“1” and “'1'” cannot be compared by “==”"),
        ("'1' != 1", "T518", "“!=”"),
        ("1 == 真", "T518", "“是”"),
        ("真 == '对'", "T518", "“'对'”"),
        ("日 == '2021年12月31日'", "T518", "2021年12月31日"),
        ("列 == 列", "T518", "[ … ]"),
        ("文 > '字'", "T518", "“>”"),
        ("日 < 1", "T518", "“<”"),
        ("真 <= 真", "T518", "“<=”"),
        ("1 < 2 >= '3'", "T518", "“>=”"),
        ("'1' in 列", "T518", "“in”"),
        ("1 in 文", "T518", "“in”"),
        ("1 not in '12'", "T518", "“in”"),
        ("'子' in 组", "T520", "“in” takes a list, “{ … }” is none"),
        ("1 in 甲", "T520", "“2032.55”"),
        ("1 / 3", "T512", "(0.333333…)"),
        ("1 / 3 ~ ''", "T512", "0.333333"),
        ("列", "T513", "a list cannot be printed"),
        ("组", "T513", "a group of names"),
        ("图", "T529", "a picture cannot be part of a text"),
        ("图 ~ '甲'", "T529", "a picture"),
        ("图.宽", "T507", "“图.宽”"),
        ("图 == '照片.png'", "T518", "“…” and “'照片.png'”"),
        ("loop", "T507", "“loop”"),
        ("_write", "T507", "“_write”"),
        ("self", "T507", "“self”"),
        ("项[0].额 > '3'", "T518", "“3” and “'3'”"),
    ],
)
def test_a_misuse_is_said_not_guessed(expression: str, code: str, part: str) -> None:
    statements, found = tags.read(f"{{{{ {expression} }}}}")
    found = found or language.compile({"t": statements}).faults("t", FACTS)
    assert [one.rule.code for one in found] == [code]
    assert part in tags.said(found)[0]


def test_an_open_quote_is_found_in_a_formula() -> None:
    _, found = language.formula("甲 == “乙", Span("t", 1))
    assert [one.rule.code for one in found] == ["T505"]


def test_trap_a_missing_value_inside_a_filter_is_named() -> None:
    statements, _ = tags.read("{{ 组.没有 | 金额 }}")
    found = language.compile({"t": statements}).faults("t", FACTS)
    assert tags.said(found)[0].startswith("“组.没有” is not there")


def test_names_that_look_alike_stay_two_names() -> None:
    values = {"ﬁ": "合字", "fi": "两字", "㎡": "一"}
    assert tags.plain("{{ ﬁ }}{{ fi }}", values) == "合字两字"
    assert tags.value("甲 + 0", {"甲": Number(1), "曱": Number(2)}) == 1


def test_a_fact_may_be_called_like_something_inside() -> None:
    names = ("_write", "self", "environment", "context", "resolve", "l_0_x", "有", "def", "print", "lambda")
    values: dict[str, Value] = {name: name for name in names}
    assert tags.plain("".join(f"{{{{ {name} }}}}" for name in names), values) == "".join(names)


def test_numbers_compare_exactly_beyond_the_precision_of_arithmetic() -> None:
    long = "1" + "0" * 80
    values = {"长": Number(long), "近": Number(long + ".0000000001")}
    assert tags.value("长 == 近", values) is False
    assert tags.value("长 < 近", values) is True
    assert tags.value("长 == 长", values) is True


def test_a_number_too_large_is_refused_not_written() -> None:
    figure = "9" * 3900
    assert tags.wrong(
        f"{{% set x = {figure} %}}{{{{ x }}}}{{% set y = x * x * x %}}{{{{ y }}}}{{{{ y | 数值 }}}}", {}
    ) == [
        (4, "T516"),
        (5, "T527"),
    ]
    squares = "".join(f"{{% set x{at + 1} = x{at} * x{at} %}}" for at in range(9))
    found = tags.wrong(f"{{% set x0 = {figure} %}}{squares}{{{{ x9 > 1 }}}}", {})
    assert found == [(10, "T521")]


def test_texts_do_not_grow_without_end() -> None:
    doubled = "".join(f"{{% set x{at + 1} = x{at} ~ x{at} %}}" for at in range(30))
    assert tags.wrong("{% set x0 = 'x' %}" + doubled, {}) == [(22, "T516")]
    assert tags.wrong("{{ [x, x] | 连接(x) }}{{ x ~ x }}{{ x }}", {"x": "字" * 700_000}) == [(1, "T516"), (2, "T516")]
    assert tags.wrong("{{ x }}", {"x": "字" * 1_100_000}) == [(1, "T516")]


def test_arithmetic_does_not_depend_on_the_context_around_it() -> None:
    import decimal  # noqa: PLC0415 — only this test needs it

    with decimal.localcontext() as around:
        around.prec = 3
        around.rounding = decimal.ROUND_FLOOR
        assert tags.value("1 / 3 * 3 > 0.99999999", {}) is True
        assert tags.plain("{{ 2 / 3 | 舍入(0) }}".replace("2 / 3", "(2 / 3)"), {}) == "1"
        assert around.prec == 3


def test_one_program_serves_many_threads() -> None:
    template = "{% for x in 列 %}{% if x > 2 %}{{ loop.index }}:{{ x * 甲 }};{% endif %}{% endfor %}"
    shared = tags.program(template)

    def run(number: int) -> tuple[str, str]:
        values: dict[str, Value] = {"列": [Number(at) for at in range(number)], "甲": Number(number)}
        remembering = language.traced(values)
        assert isinstance(remembering, dict)
        return shared.text("t", values), language.strip(shared.text("t", remembering, Log()))[0]

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(run, range(200)))
    for number, (plain, traced) in enumerate(results):
        assert plain == traced == "".join(f"{at + 1}:{at * number};" for at in range(3, number))


def test_a_computed_zero_is_plain() -> None:
    assert tags.plain("{{ 0 * -1 }}{{ 甲 * 0 }}", {"甲": Number("-0.5")}) == "00"
    assert tags.value("0.00000001 * 0", {}) == Decimal(0)
    assert tags.plain("{{ 0.00000001 * 0 }}", {}) == "0"

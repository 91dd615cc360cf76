"""Names are checked before anything runs; the names that a routine uses; formulas written out; prose of a YAML file."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest

from reportgen import language, source
from reportgen.diagnostics import Span
from reportgen.facts import Gap, Number
from reportgen.schema import Field, Kind, group, listing
from tests import tags

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER: Final = Field(Kind.NUMBER)
TEXT: Final = Field(Kind.TEXT)
FORM: Final[Mapping[str, Field]] = {
    "甲": NUMBER,
    "收入": group({"拨款": NUMBER, "其他收入": NUMBER}),
    "村": listing(TEXT),
    "项": listing(group({"名": TEXT, "额": NUMBER, "点": listing(group({"标题": TEXT}))})),
    "数据": Field(Kind.OPEN),
}


def unknown(template: str) -> list[tuple[int, str, str]]:
    """Give tag, name and advice of every unknown name."""
    statements, found = tags.read(template)
    assert found == []
    found = language.check(statements, [{"近": TEXT}, FORM])
    assert {one.rule.code for one in found} <= {"T502"}
    return [(one.span.line, str(one.values["name"]), str(one.values.get("close", ""))) for one in found]


@pytest.mark.parametrize(
    "template",
    [
        "{{ 甲 }}{{ 收入.拨款 }}{{ 收入['拨款'] }}{{ 近 }}",
        "{{ 数据.任何.东西 }}{{ 数据['任何'].东西 }}{{ 数据[0].东西 }}",
        "{{ 项[0].名 }}{{ 村[0] }}{{ (项 | 首).名 }}{{ ((项 | 筛选('额') | 末).点 | first).标题 }}",
        "{{ 项 | 取('名') | 顿号 }}{{ (项 | 展开('点') | 首).标题 }}{{ 项 | 达标('额', '额') | 数量 }}",
        "{% for x in 项 %}{{ x.名 }}{{ loop.index }}{% for y in x.点 %}{{ y.标题 }}{{ x.额 }}{% endfor %}{% endfor %}",
        "{% for x in 数据.列 %}{{ x.任何 }}{% endfor %}{% for x in 项 | 取('额') | 占比 %}{{ x }}{% endfor %}",
        "{% set x = 收入 %}{{ x.拨款 }}{% if 有(收入.拨款) %}{% elif 甲 %}{{ x.拨款 }}{% else %}{{ 甲 }}{% endif %}",
        "{{ 甲 if 甲 > 1 and not 近 == '' else [甲, 近 ~ 甲] | 顿号 }}",
        "{{ (收入 | 默认(收入)).拨款 }}",
    ],
)
def test_known_names_pass(template: str) -> None:
    assert unknown(template) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("{{ 乙丙 }}", [(1, "乙丙", "")]),
        ("{{ 收人.拨款 }}", [(1, "收人", "收入")]),
        ("{{ 收入.其它收入 }}", [(1, "收入.其它收入", "收入.其他收入")]),
        ("{{ 收入['其它收入'] }}", [(1, "收入.其它收入", "收入.其他收入")]),
        ("{{ 甲.深 }}{{ (甲 | 金额).深 }}", [(1, "甲.深", ""), (2, "深", "")]),
        ("{{ 项[0].无 }}{{ (项 | 首).无 }}", [(1, "无", ""), (2, "无", "")]),
        ("{{ 项 | 取('无') | 顿号 }}", [(1, "无", "")]),
        ("{{ 项 | 展开('无') | 顿号 }}", [(1, "无", "")]),
        ("{{ 甲 | 默认(无) }}", [(1, "无", "")]),
        (
            "{% for x in 项 %}{{ x.无 }}{% endfor %}{{ x }}{{ loop.index }}",
            [(2, "x.无", ""), (4, "x", ""), (5, "loop", "")],
        ),
        ("{% for x in 无 %}{{ x.任何 }}{{ loop.无 }}{% endfor %}", [(1, "无", ""), (3, "loop.无", "")]),
        (
            "{% if 无 %}{% elif 无 %}{{ 无 }}{% endif %}{% set x = 无 %}",
            [(1, "无", ""), (2, "无", ""), (3, "无", ""), (5, "无", "")],
        ),
        ("{{ 有(无) }}{{ 有(收入.无) }}", [(1, "无", ""), (2, "收入.无", "")]),
        ("{{ 甲 + 无 ~ 无二 }}", [(1, "无", ""), (1, "无二", "")]),
    ],
)
def test_unknown_names_are_found_with_the_nearest_known(template: str, found: list[tuple[int, str, str]]) -> None:
    assert unknown(template) == found


KINDS: Final[Mapping[str, Field]] = {
    "拨款": Field(Kind.NUMBER, unit="万元"),
    "人数": Field(Kind.NUMBER, unit="人"),
    "率": Field(Kind.NUMBER, unit="%"),
    "个数": NUMBER,
    "日": Field(Kind.DATE),
    "是": Field(Kind.TRUTH),
    "文": TEXT,
    "数列": listing(NUMBER),
    "项": listing(group({"名": TEXT, "额": Field(Kind.NUMBER, unit="万元"), "人": Field(Kind.NUMBER, unit="人")})),
}


@pytest.mark.parametrize(
    ("template", "codes"),
    [
        ("{{ 文 in 数列 }}{{ 个数 in 文 }}{{ 文 in [文, 文] }}", ["T518", "T518"]),
        ("{{ 文 < 文 }}{{ 是 < 是 }}{{ 日 < 日 }}{{ 日 < 个数 }}{{ 日 == 日 }}", ["T518", "T518", "T518"]),
        ("{{ 项 | 达标('额', '人') | 数量 }}{{ 项 | 达标('额', '额') | 数量 }}", ["T142"]),
        ("{{ 同比(拨款, 人数) }}{{ 同比(拨款, 个数) }}{{ 起止(拨款, 人数) }}", ["T142", "T142"]),
        ("{{ 首次(个数, 数列) }}{{ 拨款 | 金额(个数) }}{{ 项 | 合计('额') }}", []),
        ("{% if 是 %}{% set x = 拨款 %}{% else %}{% set x = 人数 %}{% endif %}{{ x + 拨款 }}{{ x + 文 }}", ["T517"]),
        ("{% if 是 %}{% set x = 拨款 %}{% endif %}{{ x + 人数 }}", ["T142"]),
        ("{% if 是 %}{% set x = 文 %}{% else %}{% set x = 个数 %}{% endif %}{{ x + 1 }}{{ x ~ 文 }}", []),
        ("{{ (项 | 合计('额')) + 人数 }}{{ (项 | 取('额') | 最大) + 人数 }}{{ 项[0].额 + 人数 }}", ["T142"] * 3),
        ("{{ (拨款 * 率) + 人数 }}{{ (率 * 拨款) + 人数 }}{{ (拨款 * 人数) + 率 }}{{ -拨款 + 人数 }}", ["T142"] * 3),
        (
            "{{ 拨款 if 是 else 文 }}{{ (拨款 if 是 else 文) + 1 }}{{ (拨款 or 人数) + 率 }}{{ [拨款, 人数] | 数量 }}",
            [],
        ),
    ],
)
def test_kinds_and_units_are_checked_where_they_are_known(template: str, codes: list[str]) -> None:
    statements, found = tags.read(template)
    assert found == []
    assert [one.rule.code for one in language.check(statements, [KINDS])] == codes


def test_the_advice_is_to_write_the_nearest_name() -> None:
    statements, _ = tags.read("{{ 收入.其它收入 }}")
    assert tags.said(language.check(statements, [FORM])) == [
        "there is no value called “收入.其它收入” write “收入.其他收入”"
    ]


@pytest.mark.parametrize(
    ("template", "names"),
    [
        ("{{ 甲 + 收入.拨款 * 甲 }}", ["甲", "收入.拨款"]),
        ("{{ 收入['拨款'].深 ~ 项[0].名 }}", ["收入.拨款.深", "项"]),
        ("{% for x in 项 | 筛选(键) %}{{ x.名 }}{% endfor %}", ["项", "键", "x.名"]),
        ("{% if a %}{{ b }}{% elif c %}{% set d = e %}{% else %}{{ f }}{% endif %}文", ["a", "b", "c", "e", "f"]),
        ("{{ 有(a.b) and not (c | 首).d }}", ["a.b", "c"]),
    ],
)
def test_the_names_that_a_routine_looks_up(template: str, names: list[str]) -> None:
    statements, _ = tags.read(template)
    assert language.names(statements) == names


def test_the_form_of_values_that_are_known_already() -> None:
    values = {
        "数": Number(5),
        "算": Decimal(5),
        "日": dt.date(2021, 1, 1),
        "真": True,
        "文": "字",
        "缺": Gap("缺"),
        "村": ["东", "西"],
        "杂": ["东", Number(1), []],
        "深": [{"组": {"甲": Number(1)}, "列": [{"甲": "东"}]}, {"组": {"乙": Number(1)}, "列": [{"乙": "西"}]}],
        "项": [{"名": "东"}, {"额": Number(1)}],
        "空": [],
    }
    assert language.shape(values) == group(
        {
            "数": NUMBER,
            "算": NUMBER,
            "日": Field(Kind.DATE),
            "真": Field(Kind.TRUTH),
            "文": TEXT,
            "缺": Field(Kind.OPEN),
            "村": listing(TEXT),
            "杂": listing(Field(Kind.OPEN)),
            "深": listing(
                group({"组": group({"甲": NUMBER, "乙": NUMBER}), "列": listing(group({"甲": TEXT, "乙": TEXT}))})
            ),
            "项": listing(group({"名": TEXT, "额": NUMBER})),
            "空": listing(Field(Kind.OPEN)),
        },
    )


def written(formula: str, factor: str = "", *, holds: bool = True) -> str:
    statements, found = language.formula(formula, Span())
    assert found == []
    taken = language.working(statements)
    assert taken
    return taken.written(lambda operand: f"[{operand}]", lambda _: holds, factor=factor)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("a / (b + c + d)", "[0]÷([1]+[2]+[3])"),
        ("a - (b - c)", "[0]−([1]−[2])"),
        ("a - b - c", "[0]−[1]−[2]"),
        ("a / (b * c)", "[0]÷([1]×[2])"),
        ("(a + b) * c", "([0]+[1])×[2]"),
        ("(a | 合计) / -b", "[0]÷[1]"),
        ("a", ""),
        ("a ~ b", ""),
        ("a | 合计('键')", ""),
        ("[] | 合计", ""),
        ("a if b else c + d", ""),
        ("c + d if b else a", "[1]+[2]"),
        ("a * (b + c if d else e)", "[0]×([2]+[3])"),
        ("((a - b) / b) | 绝对值", "|([0]−[1])÷[2]|"),
        ("((a - b) | abs) * 2", "|[0]−[1]|×[2]"),
        ("(a / b) | 舍入(4)", "[0]÷[1]"),
        ("(a + b) | round * c", "([0]+[1])×[2]"),
        ("([a, b - c] | 合计) / d", "([0]+([1]−[2]))÷[3]"),
        ("[a] | sum", ""),
        ("a | 最大 / b", "[0]÷[1]"),
    ],
)
def test_a_formula_is_written_with_its_figures(formula: str, text: str) -> None:
    assert written(formula) == text


def test_a_factor_follows_a_product_and_brackets_a_sum() -> None:
    assert written("a / b", "×100%") == "[0]÷[1]×100%"
    assert written("a - b", "×100%") == "([0]−[1])×100%"
    assert language.working([]) is None


@pytest.mark.parametrize(
    ("formula", "divisors"),
    [
        ("a + b * c", []),
        ("a / b", ["b"]),
        ("a / (b + c) / 2", ["b", "c"]),
        ("(a / b) * (c / d) - e / f", ["b", "d", "f"]),
        ("((a / b) | 绝对值) + (a / (c - d) | abs)", ["b", "c", "d"]),
        ("a / ((b - c) | 绝对值)", ["b", "c"]),
        ("a / (b if c else d)", []),
        ("a / b if b != 0 else 0", []),
    ],
)
def test_what_a_formula_divides_by_is_known_where_no_condition_chooses(formula: str, divisors: list[str]) -> None:
    statements, _ = language.formula(formula, Span())
    taken = language.working(statements)
    assert taken
    assert [name for routine in taken.divisors() for name in language.names(routine)] == divisors


def told(yaml: str, **values: object) -> tuple[str, list[tuple[int, int, str]]]:
    """Give the text of `正文` and where something is wrong with it."""
    root, found = source.parse(yaml, "f.yaml")
    assert found == []
    assert root is not None
    assert isinstance(root.value, dict)
    statements, found = language.prose(root.value["正文"].node)
    text = "" if found else language.compile({"t": statements}).text("t", values)
    return text, [(one.span.line, one.span.column, one.rule.code) for one in found]


@pytest.mark.parametrize(
    ("yaml", "text"),
    [
        ("正文: |\n  全年在{{ 村 }}开工，\n  其余列入下年。\n", "全年在东开工，其余列入下年。"),
        ("正文: |\n  one\n  two\n", "one two"),
        ("正文: |\n  one\n  二\n", "one二"),
        ("正文: |\n  甲\n\n  乙\n  \n\n  丙\n", "甲\u2029乙\u2029丙"),
        ("正文: |\n  {{ 村 }}\n  {{ 村 }}\n", "东东"),
        ("正文: |\n  {# 注 #}甲{# 注 #}\n", "甲"),
        ("正文: 甲{{ 村 }}\n", "甲东"),
        ("正文: \"甲{{ 村 ~ '乙' }}\"\n", "甲东乙"),
        ("正文: 甲｛｛ 村 ｝｝\n", "甲东"),
        ("正文: |\n  {{ '是' if 村 == '东' else '否' }}\n", "是"),
    ],
)
def test_prose_prints(yaml: str, text: str) -> None:
    assert told(yaml, 村="东") == (text, [])


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        ("正文: |\n  甲\n  乙{{ 村 }。\n", [(3, 4, "T508")]),
        ("正文: |\n  甲{% if 村 %}乙{% endif %}\n", [(2, 4, "T509"), (2, 15, "T509")]),
        ("正文: |\n  甲{{ 村 村 }}\n  {{ 村 | 无此 }}\n", [(2, 4, "T501"), (3, 3, "T503")]),
        ("正文: 甲{{ 村( }}{% x %}{{\n", [(1, 14, "T509"), (1, 21, "T508"), (1, 6, "T501")]),
    ],
)
def test_prose_says_what_is_wrong_with_its_place(yaml: str, found: list[tuple[int, int, str]]) -> None:
    assert told(yaml) == ("", found)

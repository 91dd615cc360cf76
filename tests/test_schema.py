"""The form: what a schema file says of each field, and which names tags can use."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import schema, source
from reportgen.schema import Field, Kind, group, is_name, listing, optional
from reportgen.units import Unit


def read(text: str) -> Field:
    root, _ = source.parse(text, "schema.yaml")
    assert root
    form, found = schema.read(root)
    assert found == []
    return form


def test_every_setting_is_read() -> None:
    form = read("""
甲: {类型: 数, 单位: 万元, 小数: 2, 必填: 否, 最小: -1.5, 最大: 100%, 说明: 决算数, 示例: "5", 需佐证: 是}
乙: {类型: 选项, 选项: [县级, 市级]}
丙: {列表: {丁: 文字}, 必填: 否, 说明: 一项一条}
戊: 任意
""")
    assert form.fields["甲"] == Field(
        Kind.NUMBER,
        unit="万元",
        decimals=2,
        required=False,
        minimum=Decimal("-1.5"),
        maximum=Decimal(1),
        meaning="决算数",
        example="5",
        evidence=True,
    )
    assert form.fields["乙"] == Field(Kind.CHOICE, choices=("县级", "市级"))
    assert form.fields["丙"] == Field(
        Kind.LIST, required=False, meaning="一项一条", item=group({"丁": Field(Kind.TEXT)})
    )
    assert form.fields["戊"] == Field(Kind.OPEN)


def test_a_field_made_in_code_is_like_one_that_is_read() -> None:
    form = read("甲: {类型: 数, 必填: 否, 小数: 1}\n乙: {列表: 正文, 必填: 否}\n")
    fields = {"甲": optional(Kind.NUMBER, decimals=1), "乙": listing(Field(Kind.PROSE), required=False)}
    assert form == group(fields)


@pytest.mark.parametrize("name", ["收入", "年度2", "a", "其他_收入", "ab"])
def test_names_that_tags_can_use(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name", ["", "2年", "a.b", "a[1]", "a b", "_a", "and", "True", "none", "Ａ", "ﬁ", "㎡", "loop"]
)
def test_names_that_tags_cannot_use(name: str) -> None:
    assert not is_name(name)


def test_a_deep_form_is_read() -> None:
    form = read("甲: " + "{甲: " * 60 + "文字" + "}" * 60)
    for _ in range(61):
        form = form.fields["甲"]
    assert form == Field(Kind.TEXT)


@pytest.mark.parametrize(
    "units",
    ["12", "[箱]", "{箱: 12}", "{箱: [1]}", "{箱: 0 瓶}", "{箱: 许多瓶}", "{元: 2 角}", "{a.b: 2 瓶}", "{箱: -1 瓶}"],
)
def test_a_unit_is_declared_as_so_many_of_another(units: str) -> None:
    root, _ = source.parse(f"计量单位: {units}\n甲: 数\n", "schema.yaml")
    assert root
    form, found = schema.read(root)
    assert [one.rule.code for one in found] == ["P204"]
    assert list(form.fields) == ["甲"]


def test_declared_units_reach_every_field() -> None:
    form = read("计量单位: {箱: 12 瓶}\n甲: {乙: {列表: {丙: 数}}}\n")
    inner = form.fields["甲"].fields["乙"].item
    assert inner
    known = inner.fields["丙"].units
    assert known
    assert known["箱"] == Unit("瓶", Fraction(12), counts=True)


def test_what_cannot_be_read_leaves_a_form() -> None:
    root, _ = source.parse("类型: 文字\n", "schema.yaml")
    assert root
    assert schema.read(root)[0] == group({})


PIECES = [
    "类型",
    "列表",
    "单位",
    "小数",
    "必填",
    "最小",
    "选项",
    "说明",
    "甲",
    "数",
    "文字",
    "组",
    "任意",
    "是",
    "5",
    "[甲]",
    "{甲: 数}",
    "{列表: 数}",
]


@given(st.dictionaries(st.sampled_from(PIECES[:9]), st.sampled_from(PIECES[8:]), min_size=1), st.booleans())
def test_no_setting_makes_the_reading_fail(settings: dict[str, str], listed: bool) -> None:  # noqa: FBT001 — drawn
    inner = "{" + ", ".join(f"{key}: {value}" for key, value in settings.items()) + "}"
    text = f"甲: {'{列表: ' + inner + '}' if listed else inner}\n"
    root, _ = source.parse(text, "schema.yaml")
    assert root
    form, found = schema.read(root)
    assert form.kind is Kind.GROUP
    assert all(one.span.line == 1 for one in found)

"""Ranges: two numbers as one fact, printed with a dash, their ends looked up by name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportgen import language, source
from reportgen.facts import Number, Range, bind
from reportgen.schema import Field, Kind, group, read
from tests import tags

AGES = Range(Number(3, 0, "周岁"), Number(11, 0, "周岁"))


def one(typed: str, form: Field) -> object:
    root, _ = source.parse(f"甲: {typed}\n", "facts.yaml")
    assert root
    facts, found = bind(root, group({"甲": form}))
    assert found == []
    return facts.values["甲"]


@pytest.mark.parametrize(
    ("typed", "form", "printed"),
    [
        ("3—11 周岁", Field(Kind.RANGE, unit="周岁"), "3—11"),
        ("3～11", Field(Kind.RANGE, unit="周岁", decimals=0), "3—11"),
        ("3.5-4", Field(Kind.RANGE, decimals=1), "3.5—4.0"),
        ("5—10%", Field(Kind.RANGE, unit="%", decimals=0), "5%—10%"),
        ("1至2万元", Field(Kind.RANGE, unit="元"), "10000—20000"),
        ("3—11 周岁", Field(Kind.OPEN), "3—11"),
        ("5～10%", Field(Kind.OPEN), "5%—10%"),
    ],
)
def test_a_range_is_printed_with_a_dash(typed: str, form: Field, printed: str) -> None:
    value = one(typed, form)
    assert isinstance(value, Range)
    assert language.printed(value) == printed


@pytest.mark.parametrize("typed", ["3-5", "3至5", "2020-2021", "3—5 幢楼", "约3—5", "3户—5人", "一—三"])
def test_open_data_takes_for_a_range_only_what_can_be_nothing_else(typed: str) -> None:
    assert one(typed, Field(Kind.OPEN)) == typed


def test_the_ends_have_names() -> None:
    values = {"龄": AGES}
    assert (
        tags.program("{{ 龄 }}：{{ 龄.起 }}到{{ 龄.止 }}，{{ 龄.止 - 龄['起'] }}").text("t", values) == "3—11：3到11，8"
    )


def test_a_range_and_its_ends_remember_their_fact() -> None:
    text, outputs = tags.traced("{{ 龄 }}{{ 龄.起 + 1 }}", {"龄": AGES})
    assert text == "3—114"
    assert [one.facts for one in outputs] == [{"龄"}] * 2


def test_what_a_range_cannot_do_is_found_before_printing() -> None:
    scope = {"龄": Field(Kind.RANGE, unit="周岁")}
    for template, codes in {
        "{{ 龄 }}{{ 龄.起 * 2 }}": [],
        "{{ 龄.中 }}": ["T502"],
        "{{ 龄 + 1 }}": ["T517"],
        "{{ 龄 | 金额 }}": ["T511"],
    }.items():
        statements, _ = tags.read(template)
        assert [one.rule.code for one in language.check(statements, [scope])] == codes
    assert language.shape(AGES) == Field(Kind.RANGE, unit="周岁")


def test_a_form_may_ask_for_a_range() -> None:
    root, _ = source.parse(
        "龄: {类型: 区间, 单位: 周岁, 小数: 0, 最小: 0, 最大: 150}\n数: {类型: 数, 选项: [一]}\n", "s"
    )
    assert root
    form, found = read(root)
    assert form.fields["龄"] == Field(Kind.RANGE, unit="周岁", decimals=0, minimum=Decimal(0), maximum=Decimal(150))
    assert [one.rule.code for one in found] == ["P203"]

"""Units: what they measure, and that each conversion is exact or refused."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import units
from reportgen.units import COMMON, COUNTS, MEASURES, SYNONYMS, Unit


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("亿元", "万元", 10_000),
        ("万亿元", "亿元", 10_000),
        ("千万元", "万元", 1000),
        ("公里", "米", 1000),
        ("亩", "平方米", Fraction(2000, 3)),
        ("万亩", "公顷", Fraction(2000, 3)),
        ("平方公里", "亩", 1500),
        ("万人", "人", 10_000),
        ("人", "万人", Fraction(1, 10_000)),
        ("万", "", 10_000),
        ("%", "‰", 10),
        ("成", "%", 10),
        ("周岁", "岁", 1),
        ("台", "台", 1),
        ("千瓦", "瓦特", None),
        ("户", "人", None),
        ("万户", "万人", None),
        ("元", "人", None),
        ("", "元", None),
        ("百分点", "%", None),
    ],
)
def test_units_of_one_dimension_convert(one: str, other: str, ratio: Fraction | int | None) -> None:
    assert units.ratio(one, other) == ratio


def test_each_measure_has_a_unit_of_its_own() -> None:
    assert {next(iter(names)) for names in MEASURES.values() if 1 in names.values()} == {
        next(iter(names)) for dimension, names in MEASURES.items() if dimension != "ratio"
    }
    assert len(COMMON) == sum(map(len, [*MEASURES.values(), COUNTS, SYNONYMS]))


@pytest.mark.parametrize(
    ("name", "counts"), [("人", True), ("", True), ("台", True), ("万人", False), ("万", False), ("元", False)]
)
def test_what_is_counted_is_whole(name: str, counts: bool) -> None:  # noqa: FBT001 — a column of the table
    assert units.unit(name).counts is counts


def test_a_word_that_only_begins_like_a_magnitude_is_a_word() -> None:
    assert units.unit("千斤顶") == Unit("千斤顶", counts=True)


@given(st.integers(-(10**60), 10**60), st.integers(0, 80), st.integers(0, 80), st.sampled_from([1, 3, 7, 30]))
def test_a_fraction_is_written_exactly_or_not_at_all(top: int, twos: int, fives: int, other: int) -> None:
    value = Fraction(top, 2**twos * 5**fives * other)
    with localcontext() as context:
        context.prec = 1
        written = units.finite(value)
    endless = value.denominator % 3 == 0 or value.denominator % 7 == 0
    assert (written is None) is endless
    assert written is None or Fraction(written) == value


def test_a_tenth_is_short() -> None:
    assert str(units.finite(Fraction(1, 10))) == str(Decimal("0.1"))

"""Numbers with bounds: what was true before rounding is never found fault with, what cannot have been is."""

from __future__ import annotations

import operator
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.checks.rounding import agree, apart, bounds, converted, exceeds, figure, rounded, total
from reportgen.facts import Number
from reportgen.language import CONTEXT

UNIT = Decimal("0.01")
TRUE = st.decimals(min_value=-5000, max_value=5000, places=6)
OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def fact(value: Decimal | str, decimals: int | None = 2, unit: str = "万元") -> Decimal:
    """Make a number of the facts as a check sees it."""
    made = rounded(Number(value, decimals, unit), "甲")
    assert isinstance(made, Decimal)
    return made


def stated(true: Decimal) -> Decimal:
    """Round as a form is filled in."""
    return fact(true.quantize(UNIT, ROUND_HALF_UP))


@given(st.lists(TRUE.filter(lambda one: one >= 0), min_size=1, max_size=8))
def test_rounded_parts_of_a_rounded_total_are_never_at_fault(parts: list[Decimal]) -> None:
    with localcontext(CONTEXT):
        assert agree((total(map(stated, parts)), stated(sum(parts, Decimal(0)))))


@given(st.lists(TRUE, min_size=1, max_size=8))
def test_a_total_that_rounding_cannot_explain_is_at_fault(parts: list[Decimal]) -> None:
    with localcontext(CONTEXT):
        added = total(map(stated, parts))
        too_far = fact(Decimal(added) + UNIT * (len(parts) + 1) / 2 + UNIT)
        assert not agree((added, too_far))
        assert exceeds(too_far, added)
        assert not exceeds(added, too_far)


@given(TRUE, TRUE, st.sampled_from(sorted(OPERATORS)), st.booleans(), st.booleans())
def test_the_bounds_of_a_result_hold_what_it_was_before_rounding(
    left: Decimal,
    right: Decimal,
    sign: str,
    left_is_fact: bool,  # noqa: FBT001 — drawn, not passed
    right_is_fact: bool,  # noqa: FBT001 — as above
) -> None:
    one, other = stated(left) if left_is_fact else left, stated(right) if right_is_fact else right
    if sign == "/" and abs(other) <= UNIT:
        return
    with localcontext(CONTEXT):
        low, high = bounds(OPERATORS[sign](one, other))
        assert low <= OPERATORS[sign](left, right) <= high


def test_a_divisor_that_may_have_been_zero_says_nothing_of_the_bounds() -> None:
    with localcontext(CONTEXT):
        quotient = fact("1.00") / (fact("2.00") - fact("1.99"))
    assert bounds(quotient) == (Decimal(100), Decimal(100))


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (fact("2032.55"), "2032.545", "2032.555"),
        (fact("2032"), "2031.995", "2032.005"),  # the form prints two decimals
        (fact("0"), "0", "0"),
        (fact("0.00"), "-0.005", "0.005"),
        (fact("48", None, "人"), "48", "48"),
        (fact("4.2", None, "万平方米"), "4.15", "4.25"),
        (fact("0.8473", 2, "%"), "0.84725", "0.84735"),
        (fact("0.85", 0, "%"), "0.845", "0.855"),
        (fact("1.00", 0, "%"), "1", "1"),
        (fact("1.0000", 2, "%"), "0.99995", "1.00005"),
        (fact("0.00", 0, "%"), "0", "0"),
        (Decimal("1.5"), "1.5", "1.5"),
        (-fact("2.50"), "-2.505", "-2.495"),
        (abs(fact("-2.50")), "2.495", "2.505"),
    ],
)
def test_what_a_number_stands_for(value: Decimal, low: str, high: str) -> None:
    assert bounds(value) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("numbers", "they_do"),
    [
        ([fact("1.00"), fact("1.00")], True),
        ([fact("1.00"), fact("1.01")], False),  # they meet at 1.005, which belongs to the second only
        ([fact("1.00"), Decimal("1.005")], False),
        ([fact("1.01"), Decimal("1.005")], True),
        ([fact("1.0", 1), fact("1.04"), fact("0.96")], False),  # each agrees with the first, not with each other
        ([Decimal(3), Decimal(3)], True),
        ([Decimal(3), Decimal(4)], False),
    ],
)
def test_numbers_agree_where_one_number_rounds_to_all(numbers: list[Decimal], they_do: bool) -> None:  # noqa: FBT001 — a table
    assert agree(numbers) is they_do


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (fact("2845.8"), "2845.80万元"),
        (fact("1.5") + fact("1.00"), "2.50万元"),
        (fact("3") - Decimal(1), "2.00万元"),
        (Decimal(2) * fact("3"), "6万元"),
        (fact("10") / fact("4"), "250%"),
        (Decimal(1) / fact("3"), "0.3333"),
        (fact("12") * fact("0.5", 2, "%"), "6.0万元"),
        (fact("0.8473", 2, "%"), "84.73%"),
        (fact("0.5", 2, "%") + Decimal("0.25"), "75.00%"),
    ],
)
def test_how_a_number_is_written(value: Decimal, written: str) -> None:
    assert figure(value) == written


def test_a_plain_fraction_is_written_like_the_percentages_beside_it() -> None:
    assert figure(Decimal("0.847275"), "%") == "84.7275%"
    assert apart(fact("0.8473", 2, "%"), Decimal("0.84")) == "0.73个百分点"


def test_a_number_is_converted_with_its_bounds() -> None:
    area = converted(fact("6200", None, "平方米"), "万平方米")
    assert area is not None
    assert (figure(area), bounds(area)) == ("0.62万平方米", (Decimal("0.61995"), Decimal("0.62005")))
    assert converted(fact("1", None, "人"), "万元") is None
    assert converted(fact("1", None, "人"), "") == 1

"""What indicators remember: which facts a score came from, and which facts decided how it came about."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen import indicators
from reportgen.language import trace
from reportgen.schema import Field, Kind
from tests import small_packs
from tests.test_scoring import BANDS, CHECKLIST, JUDGED, RATIO, indicator

CASE = '特例: [{条件: 丙 == 1, 不适用: 剔除, 原因: 无}, {条件: 丙 == 2, 得: 0, 原因: "丙为{{ 丙 }}，甲为{{ 甲 }}"}]'


def scored(text: str, third: str = "0", word: str = "欠缺") -> dict[str, Any]:
    files = {
        "schema.yaml": "甲: 数\n乙: 数\n丙: 数\n词: 文字\n",
        "indicators.yaml": text,
        "facts.yaml": f"甲: 1\n乙: 4\n丙: {third}\n词: {word}\n",
    }
    study = small_packs.built(files, trace=True).study
    assert study.sound, study.found
    return dict(study.values)


@pytest.mark.parametrize(
    ("scoring", "points", "deciding", "reason"),
    [
        (RATIO, "甲乙", "丙", "甲乙"),
        (BANDS, "", "甲乙丙", "甲乙"),
        (CHECKLIST, "", "甲乙丙", ""),
        (JUDGED, "甲", "丙", "词"),
    ],
)
def test_points_remember_what_they_came_from_and_what_decided(
    scoring: str, points: str, deciding: str, reason: str
) -> None:
    result = scored(indicator(scoring, more=CASE))["指标"]["率"]
    assert trace(result["得分"])[:2] == (frozenset(points), frozenset(deciding))
    assert trace(result["扣分"])[:2] == trace(result["得分"])[:2]
    assert trace(result["判定"]).facts == frozenset(reason)
    assert "丙" in trace(result["原因"]).conditions
    assert trace(result["算式"])[:2] == (frozenset("甲乙"), frozenset("丙"))
    assert trace(result["结果"])[:2] == (frozenset("甲乙"), frozenset("丙"))
    assert trace(result["计分"])[:2] == trace(result["适用"])[:2] == (frozenset(), frozenset("丙"))


def test_a_special_case_remembers_what_was_asked_and_what_its_reason_prints() -> None:
    result = scored(indicator(RATIO, more=CASE), "2")["指标"]["率"]
    assert trace(result["得分"])[:2] == (frozenset(), frozenset("丙"))
    assert trace(result["原因"])[:2] == (frozenset("甲丙"), frozenset("丙"))


def test_the_total_remembers_who_decided_what_counts() -> None:
    text = indicator(RATIO, name="倍").replace("甲 / 乙", "甲") + indicator(BANDS, more=CASE)
    total = scored(text)["自评"]
    assert trace(total["总分"])[:2] == (frozenset("甲"), frozenset("甲乙丙"))
    assert trace(total["计分指标数"])[:2] == (frozenset(), frozenset("丙"))
    assert trace(total["等级"])[:2] == (frozenset(), frozenset("甲乙丙"))
    lost = scored(text)["失分指标"]
    assert trace(lost)[:2] == (frozenset(), frozenset("甲乙丙"))


def test_a_level_remembers_what_its_indicators_came_from() -> None:
    (level,) = scored(indicator(RATIO, more=CASE))["指标体系"]
    assert trace(level["得分"])[:2] == (frozenset("甲乙"), frozenset("丙"))
    assert trace(level["分值"])[:2] == (frozenset(), frozenset("丙"))


def test_what_clauses_say_stands_under_what_was_asked() -> None:
    result = scored(indicator(CHECKLIST))["指标"]["率"]
    assert trace(result["条款情况"])[:2] == (frozenset("乙"), frozenset("甲乙"))


def test_an_indicator_that_uses_another_comes_from_the_facts_of_both() -> None:
    text = indicator(RATIO, name="倍").replace("甲 / 乙", "指标.率.值 + 丙") + indicator(RATIO)
    assert trace(scored(text)["指标"]["倍"]["得分"]).facts == frozenset("甲乙丙")


def test_the_forms_agree_with_what_is_there() -> None:
    """What tags may look up by the form is there when they run, and nothing more."""
    values = scored(indicator(RATIO) + indicator(CHECKLIST, name="项"))
    with small_packs.made(
        {"schema.yaml": "甲: 数\n乙: 数\n丙: 数\n词: 文字\n", "indicators.yaml": indicator(RATIO)}
    ) as (
        pack,
        found,
        _,
    ):
        assert pack, found
        form = indicators.form(pack.system)

    def agrees(field: Field, value: object) -> bool:
        if field.kind is Kind.GROUP:
            assert isinstance(value, dict)
            return set(field.fields) == set(value) and all(map(agrees, field.fields.values(), value.values()))
        if field.kind is Kind.LIST:
            assert isinstance(value, list)
            assert field.item
            return all(agrees(field.item, item) for item in value)
        return not isinstance(value, list | dict)

    assert form["指标"].fields["率"].fields.keys() == values["指标"]["率"].keys()
    for name in ("指标体系", "指标表", "失分指标", "自评"):
        assert agrees(form[name], ordered(form[name], values[name])), name


def ordered(field: Field, value: Any) -> Any:  # noqa: ANN401 — any fact
    """Put the members of groups into the order of the form."""
    if field.kind is Kind.GROUP:
        assert set(field.fields) == set(value), set(field.fields) ^ set(value)
        return {name: ordered(inner, value[name]) for name, inner in field.fields.items()}
    if field.kind is Kind.LIST and field.item:
        return [ordered(field.item, item) for item in value]
    return value


def test_a_traced_value_remembers_the_names_it_went_through() -> None:
    values = scored(indicator(RATIO))
    assert trace(values["指标"]["率"]["得分"]).through == {"指标.率.得分"}
    assert trace(values["指标"]["率"]["分值"]).through == {"指标.率.分值"}
    assert trace(values["自评"]["总分"]).through == {"指标.率.得分", "自评.总分"}
    assert trace(values["指标表"]).through == {"指标表"}

"""Every kind of scoring by tables: points, the reason for each point lost, the standard, and the total of all."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests import small_packs

if TYPE_CHECKING:
    from reportgen.build import Study

BANDS = "{分段: [{至: 10%, 得: 5}, {未满: 20%, 得: 3}, {至: 20%, 得: 2}, {否则: 0}]}"
FALLING = "{分段: [{超过: 90%, 得: 5}, {达: 80%, 得: 2.5}, {否则: 0}]}"
EITHER_WAY = "{分段: [{至: 10%, 得: 5}, {否则: 1}], 取绝对值: 是}"
STEPS = "{逐级: {超出: 0, 每: 5%, 扣: 1}, 取绝对值: 是}"
BEYOND = "{逐级: {超出: 100%, 每: 1%, 扣: 0.5}}"
DAYS = "{逐级: {超出: 30, 每: 10, 扣: 1.5}}"
RATIO = "{按比例: {满分: 100%}}"
CLAUSES = """{{{kind}: [
  {{条款: 有甲, 条件: 甲 > 0, {key}: {one}, 符合: 甲有, 不符: 甲无}},
  {{条款: 有乙, 条件: 乙 > 0, {key}: {two}, 符合: "乙有{{{{ 乙 }}}}", 不符: 乙无}}]}}"""
CHECKLIST = CLAUSES.format(kind="清单", key="扣", one="3", two="4")
EQUAL = CLAUSES.format(kind="清单", key="扣", one="1.5", two="1.5")
COMPARE = CLAUSES.format(kind="比较", key="得", one="2", two="3")
GENEROUS = CLAUSES.format(kind="比较", key="得", one="5", two="5")
YES_NO = "{是否: {条款: 有甲, 条件: 甲 > 0, 符合: 甲有, 不符: 甲无}}"
JUDGED = "{评定: {得分: 甲, 理由: 词}}"


def indicator(scoring: str, name: str = "率", form: str = "百分比", more: str = "", weight: str = "5") -> str:
    return f"""- 名称: {name}
  层级: [一, 二]
  分值: {weight}
  公式: 甲 / 乙
  格式: {form}
  评分: {scoring}
  说明: "{{{{ 条款情况 }}}}"
  {more}
"""


def studied(indicators: str, first: str = "1", second: str = "1", word: str = "", more: str = "") -> Study:
    files = {
        "schema.yaml": "甲: 数\n乙: 数\n词: {类型: 文字, 必填: 否}\n丙: {类型: 数, 必填: 否}\n",
        "indicators.yaml": indicators,
        "facts.yaml": f"甲: {first}\n乙: {second}\n" + (f"词: {word}\n" if word else "") + more,
    }
    study = small_packs.built(files).study
    assert study.sound, study.found
    return study


def result(study: Study, name: str = "率") -> dict[str, Any]:
    indicators: Any = study.values["指标"]
    return dict(indicators[name])


def total(study: Study) -> dict[str, Any]:
    values: Any = study.values["自评"]
    return dict(values)


@pytest.mark.parametrize(
    ("scoring", "first", "second", "points", "reason"),
    [
        (BANDS, "0", "1", "5", ""),
        (BANDS, "-7", "1", "5", ""),
        (BANDS, "10", "100", "5", ""),
        (BANDS, "10.01", "100", "3", "率为10.01%，超过10%、低于20%"),
        (BANDS, "10.0001", "100", "3", "率为10.0001%，超过10%、低于20%"),
        (BANDS, "19.99", "100", "3", "率为19.99%，超过10%、低于20%"),
        (BANDS, "20", "100", "2", "率为20.00%，达到20%、不超过20%"),
        (BANDS, "20.000001", "100", "0", "率为20.000001%，超过20%"),
        (BANDS, "1", "3", "0", "率为33.33%，超过20%"),
        (FALLING, "91", "100", "5", ""),
        (FALLING, "90", "100", "2.5", "率为90.00%，不超过90%、达到80%"),
        (FALLING, "80", "100", "2.5", "率为80.00%，不超过90%、达到80%"),
        (FALLING, "79.999", "100", "0", "率为79.999%，低于80%"),
        (EITHER_WAY, "-10", "100", "5", ""),
        (EITHER_WAY, "-11", "100", "1", "率为-11.00%，绝对值超过10%"),
        (EITHER_WAY, "-10.001", "100", "1", "率为-10.001%，绝对值超过10%"),
        (STEPS, "0", "1", "5", ""),
        (STEPS, "4.99", "100", "5", ""),
        (STEPS, "5", "100", "4", "率为5.00%，绝对值超出标准0%，每满5个百分点扣1分，计1次"),
        (STEPS, "-5", "100", "4", "率为-5.00%，绝对值超出标准0%，每满5个百分点扣1分，计1次"),
        (STEPS, "9.99", "100", "4", "率为9.99%，绝对值超出标准0%，每满5个百分点扣1分，计1次"),
        (STEPS, "26", "100", "0", "率为26.00%，绝对值超出标准0%，每满5个百分点扣1分，计5次"),
        (STEPS, "900", "1", "0", "率为90000.00%，绝对值超出标准0%，每满5个百分点扣1分，计18000次，扣完为止"),
        (BEYOND, "99", "100", "5", ""),
        (BEYOND, "-900", "100", "5", ""),
        (BEYOND, "100", "100", "5", ""),
        (BEYOND, "101", "100", "4.5", "率为101.00%，超出标准100%，每满1个百分点扣0.5分，计1次"),
        (RATIO, "0", "1", "0", "率为0%，按比例计分"),
        (RATIO, "-1", "4", "0", "率为-25.00%，按比例计分"),
        (RATIO, "2", "3", "3.33", "率为66.67%，按比例计分"),
        (RATIO, "1", "1", "5", ""),
        (RATIO, "3", "2", "5", ""),
        (RATIO, "999", "1000", "5", ""),  # 4.995 rounds half up
        (RATIO, "998", "1000", "4.99", "率为99.80%，按比例计分"),
        (CHECKLIST, "1", "1", "5", ""),
        (CHECKLIST, "0", "1", "2", "未达到“有甲”的要求"),
        (CHECKLIST, "1", "-1", "1", "未达到“有乙”的要求"),
        (CHECKLIST, "0", "-1", "0", "未达到“有甲”的要求，扣3分；未达到“有乙”的要求，扣4分（扣完为止）"),
        (EQUAL, "0", "-1", "2", "未达到“有甲”的要求，扣1.5分；未达到“有乙”的要求，扣1.5分"),
        (COMPARE, "1", "1", "5", ""),
        (COMPARE, "0", "1", "3", "未达到“有甲”的要求"),
        (COMPARE, "0", "-1", "0", "未达到“有甲”的要求，少得2分；未达到“有乙”的要求，少得3分"),
        (GENEROUS, "1", "1", "5", ""),
        (GENEROUS, "0", "1", "5", ""),
        (YES_NO, "1", "1", "5", ""),
        (YES_NO, "0", "1", "0", "未达到“有甲”的要求"),
        (JUDGED, "5", "1", "5", ""),
        (JUDGED, "4.5", "1", "4.5", "有欠缺"),
        (JUDGED, "0", "1", "0", "有欠缺"),
    ],
)
def test_points_and_reasons(scoring: str, first: str, second: str, points: str, reason: str) -> None:
    got = result(studied(indicator(scoring), first, second, "有欠缺"))
    assert (got["得分"], got["原因"]) == (Decimal(points), reason)
    assert got["扣分"] == Decimal(5) - Decimal(points)
    assert (got["计分"], got["适用"]) == (True, True)


def test_a_form_other_than_percent_says_limits_as_they_are_typed() -> None:
    got = result(studied(indicator(DAYS, form="数值"), "55", "1"))
    assert (got["得分"], got["原因"]) == (Decimal(2), "率为55，超出标准30，每满10扣1.5分，计2次")
    assert got["标准"] == "以30为标准，超出部分每满10扣1.5分，扣完为止。"


@pytest.mark.parametrize(
    ("form", "limits", "said"),
    [
        ("百分比", "{至: 0.125, 得: 5}, {否则: 0}", "不超过12.5%的，得5分；超过12.5%的，不得分。"),
        ("数值", "{至: 12.5%, 得: 5}, {否则: 0}", "不超过12.5%的，得5分；超过12.5%的，不得分。"),
        ("金额", "{至: 3.50, 得: 5}, {否则: 0}", "不超过3.5的，得5分；超过3.5的，不得分。"),
        ("百分点", "{未满: 0.025, 得: 5}, {否则: 0}", "低于2.5个百分点的，得5分；达到2.5个百分点的，不得分。"),
        ("定点", "{达: 3, 得: 5}, {否则: 0.5}", "达到3的，得5分；低于3的，得0.5分。"),
        ("数值", "{否则: 5}", "不论多少的，得5分。"),
    ],
)
def test_the_standard_of_bands_speaks_the_form_of_the_value(form: str, limits: str, said: str) -> None:
    assert result(studied(indicator(f"{{分段: [{limits}]}}", form=form)))["标准"] == said


@pytest.mark.parametrize(
    ("scoring", "said"),
    [
        (EITHER_WAY, "绝对值不超过10%的，得5分；绝对值超过10%的，得1分。"),
        (FALLING, "超过90%的，得5分；不超过90%、达到80%的，得2.5分；低于80%的，不得分。"),
        (STEPS, "绝对值每满5个百分点扣1分，扣完为止。"),
        (RATIO, "得分=率×分值，最高得满分。"),
        (CHECKLIST, "①有甲（不符扣3分）；②有乙（不符扣4分）。"),
        (EQUAL, "①有甲；②有乙。每有一项不符扣1.5分，扣完为止。"),
        (COMPARE, "①有甲（得2分）；②有乙（得3分）。"),
        (GENEROUS, "①有甲；②有乙。每符合一项得5分。"),
        (YES_NO, "有甲的，得满分；否则不得分。"),
        (JUDGED, "综合评定，未得满分的须说明原因。"),
    ],
)
def test_the_standard_says_what_the_rule_asks(scoring: str, said: str) -> None:
    assert result(studied(indicator(scoring), word="无"))["标准"] == said


def test_special_cases_with_fixed_reasons_are_part_of_the_standard() -> None:
    cases = """特例:
    - {条件: 乙 == 0 and 甲 == 0, 不适用: 计满分, 原因: 既无甲也无乙}
    - {条件: 乙 == 1, 不适用: 剔除, 原因: 只有一个乙}
    - {条件: 乙 == 2, 得: 0, 原因: 只有两个乙}
    - {条件: 乙 == 3, 得: 1.5, 原因: 有三个乙}
    - {条件: 乙 == 4, 得: 0, 原因: "有{{ 乙 }}个乙"}"""
    got = result(studied(indicator(RATIO, more=cases), second="5"))
    assert got["标准"] == (
        "得分=率×分值，最高得满分；既无甲也无乙的，计满分；只有一个乙的，不参与计分；只有两个乙的，不得分；有三个乙的，得1.5分。"
    )


def test_a_standard_that_is_written_is_kept() -> None:
    assert result(studied(indicator(RATIO, more="标准: 照县里的表评。")))["标准"] == "照县里的表评。"


@pytest.mark.parametrize(
    ("second", "points", "lost", "reason", "applies", "counts", "judged"),
    [
        ("1", "5", "0", "", True, True, "率为100%，按比例计分"),
        ("0", "5", "0", "无预算", False, True, "无预算，不适用，计满分"),
        ("-1", "0", "0", "没有-1", False, False, "没有-1，不适用，不参与计分"),
        ("-2", "1.5", "3.5", "负得多", True, True, "负得多"),
    ],
)
def test_special_cases(  # noqa: PLR0913 — one column each
    second: str, points: str, lost: str, reason: str, *, applies: bool, counts: bool, judged: str
) -> None:
    cases = """特例:
    - {条件: 乙 == 0, 不适用: 计满分, 原因: 无预算}
    - {条件: 乙 == -1, 不适用: 剔除, 原因: "没有{{ 乙 }}"}
    - {条件: 乙 < 0, 得: 1.5, 原因: 负得多}"""
    more = indicator(JUDGED, name="效益", weight="1")
    got = result(studied(indicator(RATIO, more=cases) + more.replace("甲 / 乙", "甲"), second=second))
    assert (got["得分"], got["扣分"], got["原因"]) == (Decimal(points), Decimal(lost), reason)
    assert (got["适用"], got["计分"], got["判定"]) == (applies, counts, judged)
    if second != "1":
        assert (got["结果"], got["算式"]) == ("—", "")


def test_the_case_before_the_zero_denominator_decides() -> None:
    """A special case is asked before the formula, so that it can stand in for a quotient that does not exist."""
    cases = "特例: [{条件: 乙 == 0, 得: 2, 原因: 无预算}]"
    assert result(studied(indicator(RATIO, more=cases), second="0"))["得分"] == 2


@pytest.mark.parametrize(
    ("formula", "form", "first", "second", "said"),
    [
        ("甲 / 乙", "百分比", "1", "4", "1÷4×100%=25.00%"),
        ("(甲 - 乙) / 乙", "百分比", "1", "4", "(1−4)÷4×100%=-75.00%"),
        ("甲 - 乙", "百分比", "1", "4", "(1−4)×100%=-300.00%"),
        ("甲 * 2 - 乙", "数值", "1.50", "-4", "1.5×2−(-4)=7"),
        ("甲 / (乙 / 2)", "定点", "1", "4", "1÷(4÷2)=0.50"),
        ("甲", "金额", "1234.5", "1", "1234.50"),
        ("([甲, 乙] | 合计) / 乙", "数值", "1", "4", "(1+4)÷4=1.25"),
        ("([甲, 乙] | 最大)", "数值", "1", "4", "4"),
        ("((甲 - 乙) / 乙) | 绝对值", "百分比", "1", "4", "|(1−4)÷4|×100%=75.00%"),
        ("甲 / 乙 if 乙 != 0 else 0", "百分比", "1", "4", "1÷4×100%=25.00%"),
        ("甲 / 乙 if 乙 != 0 else 0", "百分比", "1", "0", "0%"),
        ("(甲 / 乙) | 舍入(1)", "定点", "1", "4", "1÷4=0.30"),
    ],
)
def test_the_working_shows_the_figures(formula: str, form: str, first: str, second: str, said: str) -> None:
    text = indicator(RATIO, form=form).replace("甲 / 乙", formula)
    assert result(studied(text, first, second))["算式"] == said


def test_the_working_shows_another_indicator_as_that_one_prints_itself() -> None:
    text = indicator(RATIO, name="倍").replace("甲 / 乙", "指标.率.值 / 2") + indicator(RATIO)
    study = studied(text, "1", "3")
    assert result(study, "倍")["算式"] == "33.33%÷2×100%=16.67%"
    assert result(study, "倍")["得分"] == Decimal("0.83")  # 0.8333…, not half of the rounded 1.67


def test_what_clauses_say_is_joined_into_a_sentence() -> None:
    got = result(studied(indicator(CHECKLIST), "0", "3.5"))
    assert got["条款情况"] == got["说明"] == "甲无；乙有3.5。"
    assert result(studied(indicator(RATIO)))["条款情况"] == ""


def test_clauses_may_speak_of_their_own_indicator() -> None:
    text = indicator(YES_NO.replace("符合: 甲有", '符合: "满分{{ 分值 }}分，得{{ 得分 }}分"'))
    assert result(studied(text))["条款情况"] == "满分5分，得5分。"


def test_weights_may_have_decimals() -> None:
    study = studied(indicator(RATIO, weight="2.5") + indicator(RATIO, name="倍", weight="0.25"), "1", "3")
    assert [result(study, name)["得分"] for name in ("率", "倍")] == [Decimal("0.83"), Decimal("0.08")]
    assert total(study)["满分"] == Decimal("2.75")
    assert total(study)["总分"] == Decimal("0.91")


def test_two_indicators_with_one_printed_name_stay_two() -> None:
    one = indicator(RATIO, name="率一", more="显示名: 率")
    two = indicator(RATIO, name="率二", more="显示名: 率").replace("甲 / 乙", "乙 / 甲")
    study = studied(one + two.replace('"{{ 条款情况 }}"', '"{{ 算式 }}"'), "1", "4")
    assert [result(study, name)["名称"] for name in ("率一", "率二")] == ["率", "率"]
    assert [result(study, name)["得分"] for name in ("率一", "率二")] == [Decimal("1.25"), Decimal(5)]
    assert [result(study, name)["说明"] for name in ("率一", "率二")] == ["", "4÷1×100%=400.00%"]


LEFT_OUT = "特例: [{条件: 乙 == 4, 不适用: 剔除, 原因: 无}]"


def test_the_rest_is_scaled_where_an_indicator_is_left_out() -> None:
    text = indicator(RATIO) + indicator(RATIO, name="倍", more=LEFT_OUT, weight="2.5")
    text += indicator(JUDGED, name="益", weight="4")
    got = total(studied(text, "3", "4", "有欠缺"))
    # (3.75 + 3) ÷ (11.5 − 2.5) × 11.5 = 8.625
    assert got["算式"] == "6.75÷(11.5−2.5)×11.5=8.63"
    assert (got["总分"], got["满分"], got["扣分"]) == (Decimal("8.63"), Decimal("11.5"), Decimal("2.87"))
    assert got["计分指标数"] == 2


def test_an_unscored_indicator_changes_no_total() -> None:
    note = "- {名称: 记事, 层级: [一, 二], 评分: {不计分: 是}, 说明: 无}\n"
    study = studied(indicator(RATIO) + note, "3", "4")
    assert (result(study, "记事")["计分"], result(study, "记事")["适用"]) == (False, True)
    assert result(study, "记事")["标准"] == "不计分。"
    assert (total(study)["算式"], total(study)["计分指标数"]) == ("3.75=3.75", 1)


def test_levels_add_up() -> None:
    text = "".join(
        indicator(RATIO, name=f"率{at}", weight=weight).replace("[一, 二]", f"[{first}, {second}]")
        for at, (first, second, weight) in enumerate(
            [("一", "甲", "5"), ("一", "甲", "2.5"), ("一", "乙", "4"), ("二", "甲", "3")]
        )
    )
    study = studied(text, "1", "3")
    levels: Any = study.values["指标体系"]
    assert [(one["名称"], one["分值"], one["得分"], one["扣分"]) for one in levels] == [
        ("一", Decimal("11.5"), Decimal("3.83"), Decimal("7.67")),
        ("二", Decimal(3), Decimal(1), Decimal(2)),
    ]
    for first in levels:
        for second in (first, *first["二级"]):
            items = [item for level in first["二级"] for item in level["指标"] if second in (first, level)]
            assert [sum(item[key] for item in items) for key in ("分值", "得分", "扣分")] == [
                second[key] for key in ("分值", "得分", "扣分")
            ]
    rows: Any = study.values["指标表"]
    assert [(row["一级首行"], row["二级首行"], row["一级得分"], row["二级得分"]) for row in rows] == [
        (True, True, Decimal("3.83"), Decimal("2.5")),
        (False, False, Decimal("3.83"), Decimal("2.5")),
        (False, True, Decimal("3.83"), Decimal("1.33")),
        (True, True, Decimal(1), Decimal(1)),
    ]
    lost: Any = study.values["失分指标"]
    assert [one["名称"] for one in lost] == ["率0", "率1", "率2", "率3"]
    assert total(study)["算式"] == "3.83+1=4.83"


@pytest.mark.parametrize(
    ("points", "grade"),
    [("90", "优"), ("89.99", "中"), ("60", "中"), ("59.99", "差"), ("0", "差"), ("100", "优")],
)
def test_a_grade_begins_on_its_limit(points: str, grade: str) -> None:
    text = indicator(JUDGED, weight="100")
    assert total(studied(text, points, word="有欠缺"))["等级"] == grade


def test_a_grade_may_be_written_in_per_cent() -> None:
    manifest = small_packs.DEFAULTS["pack.yaml"].replace("达: 90", "达: 90%").replace("达: 60", "达: 60.5%")
    for points, grade in {"9": "优", "8.99": "中", "6.05": "中", "6.04": "差"}.items():
        files = {"pack.yaml": manifest, "schema.yaml": "甲: 数\n词: 文字\n", "facts.yaml": f"甲: {points}\n词: 无\n"}
        study = small_packs.built(
            {**files, "indicators.yaml": indicator(JUDGED, weight="10").replace("甲 / 乙", "甲")}
        ).study
        assert total(study)["等级"] == grade


def test_a_grade_is_a_share_of_the_full_points() -> None:
    """Two thirds of three points are 60 % and more only if nothing is rounded on the way."""
    assert total(studied(indicator(JUDGED, weight="3"), "2.7", word="有欠缺"))["等级"] == "优"
    assert total(studied(indicator(JUDGED, weight="3"), "2.69", word="有欠缺"))["等级"] == "中"


@pytest.mark.parametrize("first", ["1", "0"])
def test_a_traced_study_scores_as_a_plain_one(first: str) -> None:
    text = indicator(RATIO, more=LEFT_OUT) + indicator(CHECKLIST, name="项") + indicator(BANDS, name="档")
    files = {"schema.yaml": "甲: 数\n乙: 数\n", "indicators.yaml": text, "facts.yaml": f"甲: {first}\n乙: 4\n"}
    plain, marked = (small_packs.built(files, trace=trace).study for trace in (False, True))
    for name in ("率", "项", "档"):
        scored = {key: value for key, value in result(plain, name).items() if key not in {"说明", "改进", "条款情况"}}
        assert {key: value for key, value in result(marked, name).items() if key in scored} == scored
    assert total(plain) == total(marked)

"""What the kinds of scoring rule can be told beside the usual: other directions, limits, counts, vetoes and cases."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import FORMATS, Messages, Span
from reportgen.facts import Number
from reportgen.indicators import wording
from reportgen.indicators.definition import Indicator, Kind, Leftover, Scoring
from reportgen.indicators.scoring import Asked, Score, score
from reportgen.language import CONTEXT
from tests import small_packs
from tests.test_scoring import RATIO, indicator, result, studied, total

STEPS = "{{逐级: {{超出: 100%, 每: 2%, 扣: 1{}}}}}"
FULL_STEPS = STEPS.format("")
BEGUN = STEPS.format(", 零头: 按一级扣")
PARTS = STEPS.format(", 零头: 按比例扣")
LIMITED = STEPS.format(", 最多: 2")
BELOW = "{逐级: {低于: 100%, 每: 5%, 扣: 2}}"
CASES = "{逐级: {超出: 0, 每: 1, 扣: 2}}"
TO_NINETY = "{按比例: {满分: 90%}}"
BETWEEN = "{按比例: {满分: 90%, 零分: 60%}}"
FALLING = "{按比例: {满分: 10%, 零分: 30%}}"


@pytest.mark.parametrize(
    ("scoring", "first", "points", "reason"),
    [
        (FULL_STEPS, "100", "5", ""),
        (FULL_STEPS, "101.9", "5", ""),
        (FULL_STEPS, "102", "4", "率为102.00%，超出标准100%，每满2个百分点扣1分，计1次"),
        (FULL_STEPS, "105", "3", "率为105.00%，超出标准100%，每满2个百分点扣1分，计2次"),
        (BEGUN, "100", "5", ""),
        (BEGUN, "100.001", "4", "率为100.001%，超出标准100%，每2个百分点扣1分，不足2个百分点的按2个百分点扣，计1次"),
        (BEGUN, "102", "4", "率为102.00%，超出标准100%，每2个百分点扣1分，不足2个百分点的按2个百分点扣，计1次"),
        (BEGUN, "105", "2", "率为105.00%，超出标准100%，每2个百分点扣1分，不足2个百分点的按2个百分点扣，计3次"),
        (PARTS, "99", "5", ""),
        (PARTS, "103", "3.5", "率为103.00%，超出标准100%，每2个百分点扣1分，不足2个百分点的按比例扣"),
        (PARTS, "190", "0", "率为190.00%，超出标准100%，每2个百分点扣1分，不足2个百分点的按比例扣，扣完为止"),
        (LIMITED, "104", "3", "率为104.00%，超出标准100%，每满2个百分点扣1分，计2次"),
        (LIMITED, "140", "3", "率为140.00%，超出标准100%，每满2个百分点扣1分，计20次，最多扣2分"),
        (BELOW, "100", "5", ""),
        (BELOW, "120", "5", ""),
        (BELOW, "95.01", "5", ""),
        (BELOW, "95", "3", "率为95.00%，低于标准100%，每满5个百分点扣2分，计1次"),
        (BELOW, "60", "0", "率为60.00%，低于标准100%，每满5个百分点扣2分，计8次，扣完为止"),
        (TO_NINETY, "90", "5", ""),
        (TO_NINETY, "45", "2.5", "率为45.00%，按比例计分"),
        (BETWEEN, "95", "5", ""),
        (BETWEEN, "75", "2.5", "率为75.00%，按比例计分"),
        (BETWEEN, "60", "0", "率为60.00%，按比例计分"),
        (BETWEEN, "1", "0", "率为1.00%，按比例计分"),
        (FALLING, "10", "5", ""),
        (FALLING, "15", "3.75", "率为15.00%，按比例计分"),
        (FALLING, "30", "0", "率为30.00%，按比例计分"),
        (FALLING, "99", "0", "率为99.00%，按比例计分"),
    ],
)
def test_steps_and_ratios(scoring: str, first: str, points: str, reason: str) -> None:
    got = result(studied(indicator(scoring), first, "100"))
    assert (got["得分"], got["原因"]) == (Decimal(points), reason)


@pytest.mark.parametrize(
    ("scoring", "first", "judged"),
    [
        (FULL_STEPS, "100", "率为100%，没有超出标准100%"),
        (FULL_STEPS, "101", "率为101.00%，超出标准100%不满2个百分点"),
        (BELOW, "130", "率为130.00%，没有低于标准100%"),
    ],
)
def test_full_points_are_explained_too(scoring: str, first: str, judged: str) -> None:
    assert result(studied(indicator(scoring), first, "100"))["判定"] == judged


@pytest.mark.parametrize(
    ("scoring", "said"),
    [
        (FULL_STEPS, "以100%为标准，超出部分每满2个百分点扣1分，扣完为止。"),
        (BEGUN, "以100%为标准，超出部分每2个百分点扣1分，不足2个百分点的按2个百分点扣，扣完为止。"),
        (PARTS, "以100%为标准，超出部分每2个百分点扣1分，不足2个百分点的按比例扣，扣完为止。"),
        (LIMITED, "以100%为标准，超出部分每满2个百分点扣1分，最多扣2分。"),
        (BELOW, "以100%为标准，低于部分每满5个百分点扣2分，扣完为止。"),
        (TO_NINETY, "得分=率÷90%×分值，最高得满分。"),
        (BETWEEN, "率达到90%的，得满分；不超过60%的，不得分；其间按比例计分。"),
        (FALLING, "率不超过10%的，得满分；达到30%的，不得分；其间按比例计分。"),
    ],
)
def test_the_standard_says_it(scoring: str, said: str) -> None:
    assert result(studied(indicator(scoring)))["标准"] == said


def test_a_value_and_its_limits_carry_the_unit() -> None:
    text = indicator(CASES, form="数值", more="单位: 例").replace("甲 / 乙", "甲 + 乙")
    got = result(studied(text, "1", "2"))
    assert (got["结果"], got["算式"], got["得分"]) == ("3例", "1+2=3例", 0)
    assert got["原因"] == "率为3例，超出标准0例，每满1例扣2分，计3次，扣完为止"
    assert got["标准"] == "每满1例扣2分，扣完为止。"
    bands = indicator("{分段: [{未满: 3.5, 得: 5}, {否则: 0}]}", form="金额", more="单位: 万元")
    assert result(studied(bands, "7", "2"))["原因"] == "率为3.50万元，达到3.5万元"
    plain = indicator("{分段: [{未满: 3, 得: 5}, {否则: 0}]}", form="数值", more="单位: 户").replace("格式: 数值", "")
    assert result(studied(plain, "4", "1"))["原因"] == "率为4户，达到3户"


COUNTED = """{清单: [
  {条款: 制度健全, 条件: 甲 > 0, 扣: 1, 符合: 健全, 不符: 不全},
  {条款: 没有违规, 次数: 乙, 扣: 0.5, 最多: 2, 符合: 没有, 不符: "有{{ 乙 }}起"}]}"""
BARRED = """{清单: [
  {条款: 制度健全, 条件: 甲 > 0, 扣: 1, 符合: 健全, 不符: 不全},
  {条款: 没有挪用, 条件: 乙 == 0, 否决: 是, 符合: 没有, 不符: 挪用}]}"""
BARRED_GAIN = BARRED.replace("清单", "比较").replace("扣: 1", "得: 5")
PRAISED = """{比较: [
  {条款: 制度健全, 条件: 甲 > 0, 得: 3, 符合: 健全, 不符: 不全},
  {条款: 受到表彰, 次数: 乙, 得: 0.5, 最多: 2, 符合: "有{{ 乙 }}次", 不符: 没有}]}"""


@pytest.mark.parametrize(
    ("scoring", "facts", "points", "reason", "told"),
    [
        (COUNTED, "1 0", "5", "", "健全；没有。"),
        (COUNTED, "1 3", "3.5", "“没有违规”有3次不符", "健全；有3起。"),
        (COUNTED, "1 9", "3", "“没有违规”有9次不符", "健全；有9起。"),
        (COUNTED, "0 1", "3.5", "未达到“制度健全”的要求，扣1分；“没有违规”有1次不符，扣0.5分", "不全；有1起。"),
        (BARRED, "0 0", "4", "未达到“制度健全”的要求", "不全；没有。"),
        (BARRED, "1 1", "0", "未达到“没有挪用”的要求，本项不得分", "健全；挪用。"),
        (BARRED, "0 1", "0", "未达到“没有挪用”的要求，本项不得分", "不全；挪用。"),
        (BARRED_GAIN, "1 1", "0", "未达到“没有挪用”的要求，本项不得分", "健全；挪用。"),
        (PRAISED, "1 4", "5", "", "健全；有4次。"),
        (PRAISED, "1 1", "3.5", "“受到表彰”有1次，得0.5分", "健全；有1次。"),
        (PRAISED, "1 0", "3", "“受到表彰”有0次，得0分", "健全；没有。"),
        (PRAISED, "0 0", "0", "未达到“制度健全”的要求，少得3分；“受到表彰”有0次，得0分", "不全；没有。"),
    ],
)
def test_clauses_count_and_bar(scoring: str, facts: str, points: str, reason: str, told: str) -> None:
    text = indicator(scoring).replace("公式: 甲 / 乙\n", "公式: 甲\n")
    got = result(studied(text, *facts.split()))
    assert (got["得分"], got["原因"]) == (Decimal(points), reason)
    assert got["条款情况"] == told


@pytest.mark.parametrize(
    ("scoring", "said"),
    [
        (COUNTED, "①制度健全（不符扣1分）；②没有违规（每有一次不符扣0.5分，最多扣2分）。"),
        (COUNTED.replace(", 最多: 2", ""), "①制度健全（不符扣1分）；②没有违规（每有一次不符扣0.5分）。"),
        (BARRED, "①制度健全（不符扣1分）；②没有挪用（不符的，本项不得分）。"),
        (PRAISED, "①制度健全（得3分）；②受到表彰（每有一次得0.5分，最多得2分）。"),
    ],
)
def test_the_standard_says_what_clauses_are_worth(scoring: str, said: str) -> None:
    assert result(studied(indicator(scoring)))["标准"] == said


@pytest.mark.parametrize("count", ["1.5", "-1"])
def test_what_is_counted_is_a_whole_number(count: str) -> None:
    files = {"indicators.yaml": indicator(COUNTED).replace("甲 / 乙", "甲"), "facts.yaml": f"甲: 1\n乙: {count}\n"}
    (found,) = small_packs.found(files)
    assert FORMATS["short"]([found], Messages("en"), {}).startswith(
        f"indicators.yaml:1:7: error[I337]: “没有违规” of “率” counts cases, and “{count}” is no count"
    )


LEFT = """{按情形: [
  {情形: 没有结余, 条件: 甲 == 0, 得: 分值},
  {情形: 有结余但不超过上年结转, 条件: 甲 <= 乙, 得: 2, 原因: "结余{{ 甲 }}万元，上年结转{{ 乙 }}万元"},
  {情形: 结余超过上年结转, 得: 0}]}"""
REVERSED = """{按情形: [
  {情形: 没有上年数, 条件: 乙 == 0, 不适用: 剔除},
  {情形: 不超过目标, 条件: 值 <= 1, 得: 5},
  {情形: 超过目标, 得: 分值 * 乙 / 甲}]}"""
WITHOUT_FORMULA = "  公式: 甲 / 乙\n"


@pytest.mark.parametrize(
    ("first", "second", "points", "reason", "judged"),
    [
        ("0", "0", "5", "", "没有结余"),
        ("1", "1.5", "2", "结余1万元，上年结转1.5万元", "结余1万元，上年结转1.5万元"),
        ("2", "1", "0", "结余超过上年结转", "结余超过上年结转"),
    ],
)
def test_the_first_case_that_holds_decides(first: str, second: str, points: str, reason: str, judged: str) -> None:
    got = result(studied(indicator(LEFT).replace(WITHOUT_FORMULA, ""), first, second))
    assert (got["得分"], got["原因"], got["判定"]) == (Decimal(points), reason, judged)
    assert (got["结果"], got["算式"]) == ("—", "")
    assert got["标准"] == "没有结余的，得满分；有结余但不超过上年结转的，得2分；结余超过上年结转的，不得分。"


@pytest.mark.parametrize(
    ("first", "points", "reason"),
    [
        ("4", "5", ""),
        ("5", "5", ""),
        ("8", "3.13", "超过目标，得分=5×5÷8=3.13分"),
        ("500", "0.05", "超过目标，得分=5×5÷500=0.05分"),
    ],
)
def test_a_case_may_reckon_its_points(first: str, points: str, reason: str) -> None:
    text = indicator(REVERSED.replace("乙 == 0", "乙 == 9"))
    got = result(studied(text, first, "5"))
    assert (got["得分"], got["原因"]) == (Decimal(points), reason)
    assert got["标准"] == "没有上年数的，不参与计分；不超过目标的，得5分；超过目标的，得分=分值×乙÷甲。"


def test_points_that_are_reckoned_keep_within_the_full_ones() -> None:
    for sign, points, judged in (("+", 5, "得分=0+8×100，按5分计"), ("-", 0, "得分=0−8×100，按0分计")):
        text = indicator(REVERSED).replace("分值 * 乙 / 甲", f"0 {sign} 甲 * 100")
        got = result(studied(text, "8", "5"))
        assert (got["得分"], got["判定"]) == (points, f"超过目标，{judged}")


def test_reckoned_points_show_the_value_as_it_is_printed() -> None:
    text = indicator(REVERSED.replace("分值 * 乙 / 甲", '分值 * (2 - 值) if 值 < 2 else 0, 原因: "率为{{ 结果 }}"'))
    got = result(studied(text, "8", "6"))
    assert (got["得分"], got["原因"]) == (Decimal("3.33"), "率为133.33%，得分=5×(2−133.33%)=3.33分")
    assert result(studied(text, "12", "6"))["原因"] == "率为200.00%"
    most = indicator(REVERSED.replace("分值 * 乙 / 甲", '"1 + ([值, 2] | 最大)"'))
    assert result(studied(most, "7.5", "6"))["原因"] == "超过目标，得分=1+2=3分"
    falling = indicator(REVERSED.replace("值 <= 1", "值 > 9").replace("分值 * 乙 / 甲", "分值 + 值"))
    assert result(studied(falling, "-1", "4"))["原因"] == "超过目标，得分=5+(-25.00%)=4.75分"


def test_a_case_of_the_rule_may_leave_the_indicator_out() -> None:
    text = indicator(REVERSED.replace("乙 == 0", "乙 == 5")) + indicator(RATIO, name="倍").replace("甲 / 乙", "乙 / 甲")
    study = studied(text, "8", "5")
    got = result(study)
    assert (got["计分"], got["适用"], got["判定"]) == (False, False, "没有上年数，不适用，不参与计分")
    assert got["算式"] == "8÷5×100%=160.00%"
    assert total(study)["算式"] == "3.13÷(10−5)×10=6.26"


def test_a_special_case_may_reckon_its_points() -> None:
    case = "特例: [{条件: 乙 == 2, 得: 分值 / 乙, 原因: 只有{{ 乙 }}个, 情形: 只有两个}]"
    got = result(studied(indicator(RATIO, more=case.replace("只有{{ 乙 }}个", '"只有{{ 乙 }}个"')), "2", "2"))
    assert (got["得分"], got["原因"]) == (Decimal("2.5"), "只有2个，得分=5÷2=2.5分")
    assert got["标准"] == "得分=率×分值，最高得满分；只有两个的，得分=分值÷乙。"


def test_levels_show_how_they_add_up() -> None:
    names = [("一", "甲", "率一"), ("一", "甲", "率二"), ("一", "乙", "率三")]
    text = "".join(
        indicator(RATIO, name=name).replace("[一, 二]", f"[{first}, {second}]") for first, second, name in names
    )
    text += "- {名称: 记录, 层级: [一, 丁], 评分: {不计分: 是}, 说明: 无}\n"
    text += "- {名称: 记事, 层级: [二, 丙], 评分: {不计分: 是}, 说明: 无}\n"
    study = studied(text, "1", "2")
    levels: Any = study.values["指标体系"]
    assert [(one["名称"], one["算式"]) for one in levels] == [("一", "5+2.5=7.5"), ("二", "")]
    assert [one["算式"] for one in levels[0]["二级"]] == ["2.5+2.5=5", "2.5=2.5", ""]
    assert total(study)["算式"] == "7.5=7.5"


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("9", "满分5分，总分4.5分，达到90%，等级为优"),
        ("8", "满分5分，总分4分，达到60%、不到90%，等级为中"),
        ("1", "满分5分，总分0.5分，不到60%，等级为差"),
    ],
)
def test_the_grade_says_between_which_limits_the_total_lies(first: str, said: str) -> None:
    assert total(studied(indicator(RATIO), first, "10"))["等级说明"] == said


def test_the_only_grade_has_no_limits() -> None:
    manifest = small_packs.DEFAULTS["pack.yaml"].replace(
        "{达: 90, 为: 优}, {达: 60, 为: 中}, {否则: 差}", "{否则: 完成}"
    )
    study = small_packs.built({"pack.yaml": manifest}).study
    assert total(study)["等级说明"] == "满分10分，总分10分，等级为完成"


def test_without_grades_there_is_none() -> None:
    manifest = small_packs.DEFAULTS["pack.yaml"].replace("[{达: 90, 为: 优}, {达: 60, 为: 中}, {否则: 差}]", "[]")
    got = total(small_packs.built({"pack.yaml": manifest}).study)
    assert (got["等级"], got["等级说明"]) == ("", "")


NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=4).map(Number)
POSITIVE = st.decimals(min_value="0.0001", max_value=1000, places=4).map(Number)
MAYBE = st.none() | POSITIVE


@st.composite
def steps(draw: st.DrawFn) -> Scoring:
    return Scoring(
        Kind.STEPS,
        start=draw(NUMBERS),
        below=draw(st.booleans()),
        step=draw(POSITIVE),
        points=draw(POSITIVE),
        leftover=draw(st.sampled_from(Leftover)),
        most=draw(MAYBE),
        absolute=draw(st.booleans()),
    )


@st.composite
def ratios(draw: st.DrawFn) -> Scoring:
    full = draw(NUMBERS)
    return Scoring(Kind.RATIO, full=full, zero=draw(NUMBERS.filter(lambda zero: zero != full)))


def scored_by(scoring: Scoring, weight: Decimal, value: Decimal) -> Score:
    one = Indicator("率", "率", ("一", "二"), weight, scoring, Span(), form="百分比")
    assert wording.standard(one)
    with localcontext(CONTEXT):
        return score(one, Asked(Number(value), wording.shown(one, Number(value))))


@given(steps() | ratios(), POSITIVE.map(lambda weight: Number(weight.quantize(Decimal("0.01")) + 1)), NUMBERS)
def test_points_lie_within_the_full_ones_and_what_is_lost_has_its_reason(
    scoring: Scoring, weight: Decimal, value: Decimal
) -> None:
    got = scored_by(scoring, weight, value)
    assert isinstance(got.points, Decimal)
    assert 0 <= got.points <= weight
    assert bool(got.reason) == (got.points < weight)
    assert got.judgement


@given(steps() | ratios(), NUMBERS, NUMBERS)
def test_points_never_turn_round(scoring: Scoring, one: Decimal, other: Decimal) -> None:
    """Nearer to the standard is never worse, on either side of it."""
    rising = scoring.below if scoring.kind is Kind.STEPS else scoring.full > scoring.zero
    low, high = sorted((abs(one), abs(other)) if scoring.absolute else (one, other))
    worse, better = (low, high) if rising else (high, low)
    first, second = (scored_by(scoring, Decimal(5), value).points for value in (worse, better))
    assert isinstance(first, Decimal)
    assert isinstance(second, Decimal)
    assert first <= second

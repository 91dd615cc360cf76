"""The rules about scores on whole reports: what each finds, what it leaves to another, and what is no fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen import report
from reportgen.audit import audit

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic


def findings(*lines: str) -> list[Diagnostic]:
    text = report.of_text("\n".join(lines), "报告.txt")
    return [one for one in audit(text) if one.rule.code.startswith("A1")]


def said(*lines: str) -> list[str]:
    """Give the findings about scores as code and message."""
    return [f"{one.rule.code} {one.rule.message.format(**one.values)}" for one in findings(*lines)]


TWO_GROUPS = (
    "二、指标分析",
    "（一）投入（满分40分，得38分）",
    "1.编报质量。满分20分，得18分，因报表晚报，扣2分。",
    "2.到位率。满分20分，得20分。",
    "（二）产出（满分60分，得60分）",
    "1.完工里程。满分60分，得60分。",
)


def test_a_total_beside_right_subtotals_is_compared_with_the_scores() -> None:
    assert said("一、自评结论", "2023年我镇整体支出绩效自评得96分。", *TWO_GROUPS) == [
        "A101 the scores add up to 98 (38+60), but 96 is given as their total"
    ]
    assert said("一、自评结论", "2023年我镇整体支出绩效自评得98分。", *TWO_GROUPS) == []


def test_a_finding_shows_where_the_parts_stand() -> None:
    (found,) = findings("一、自评结论", "2023年我镇整体支出绩效自评得96分。", *TWO_GROUPS)
    assert found.span.quote == "自评得96分"
    assert [one.span.line for one in found.related] == [4, 7]


def test_a_wrong_subtotal_in_the_total_is_said_once() -> None:
    lines = [one.replace("得38分", "得36分") for one in TWO_GROUPS]
    wrong = "A102 the scores that belong to “投入” add up to 38 (18+20), but 36 is given for it"
    assert said("一、自评结论", "2023年我镇整体支出绩效自评得96分。", *lines) == [wrong]
    assert said("一、自评结论", "2023年我镇整体支出绩效自评得98分。", *lines) == [wrong]


def test_a_subtotal_in_the_conclusion_is_compared_too() -> None:
    assert said("一、自评结论", "2023年我镇整体支出绩效自评得98分，其中投入得37分，产出得60分。", *TWO_GROUPS) == [
        "A102 the scores that belong to “投入” add up to 38 (18+20), but 37 is given for it"
    ]


@pytest.mark.parametrize(
    ("change", "total"),
    [
        (("1.完工里程。满分60分，得60分。", "1.完工里程。满分50分，得50分。"), "98"),  # a full mark of 10 is not read
        (("2.到位率。满分20分，得20分。", "2.到位率。满分20分，得满分。"), "98"),
        (("1.完工里程。满分60分，得60分。", "1.完工里程。按规定为60分。"), "90"),
        (("满分60分，得60分。", "满分60分，得59.67分，因堵车晚点，扣0.33分。"), "97.67"),
        (("满分60分，得60分。", "满分60分，得59.67分，因堵车晚点，扣0.33分。"), "97.7"),
        (("满分60分，得60分。", "满分60分，得59.67分，因堵车晚点，扣0.33分。"), "98"),
    ],
)
def test_no_total_is_wrong_where_scores_may_lack_or_were_rounded(change: tuple[str, str], total: str) -> None:
    lines = [one.split("（满分")[0].replace(*change) for one in TWO_GROUPS]
    assert said("一、自评结论", f"2023年我镇整体支出绩效自评得{total}分。", *lines) == []


def test_a_score_that_lacks_may_be_the_rest_of_a_total() -> None:
    lines = (
        "一、自评结论",
        "2023年我镇整体支出绩效自评得{}分。",
        "二、指标分析",
        *(f"{one}.事项{one}得20分。" for one in "1234"),
    )
    whole = "\n".join((*lines, "5.资产管理。账实相符。"))
    assert [one[:4] for one in said(whole.format(90))] == ["A109", "A108"]
    assert [one[:4] for one in said(whole.format(79))] == ["A101", "A109", "A108"]


def test_points_that_belong_to_nothing_keep_totals_unjudged() -> None:
    lines = (
        "一、自评结论",
        "我镇整体支出绩效自评得43分。",
        "二、指标分析",
        "（一）投入",
        "1.到位率得20分。",
        "2.公开率得20分。",
    )
    assert "A101" in [one[:4] for one in said(*lines, "（二）产出", "1.完工率得4分。")]
    among = said(*lines, "（二）其他事项", "另有3分。", "（三）产出", "1.完工率得4分。")
    assert "A101" not in [one[:4] for one in among]


def test_a_subtotal_far_from_its_scores_is_that_of_more() -> None:
    lines = [one.split("（满分")[0] for one in TWO_GROUPS]
    lines[1] += "（得30分）"
    assert said(*lines) == []


def test_the_rows_of_a_table_come_to_its_total() -> None:
    rows = (
        "三级指标\t分值\t得分",
        "投入完成\t30\t30",
        "产出完成\t30\t30",
        "效益完成\t30\t29.99",
        "扣分说明：一户未还款，扣0.01分。",
    )
    assert said(*rows[:4], "合计\t90\t89.97", rows[4]) == [
        "A101 the scores add up to 89.99 (30+30+29.99), but 89.97 is given as their total"
    ]
    assert said(*rows[:4], "合计\t90\t0", rows[4])[0].startswith("A101 the scores add up to 89.99")
    assert said(*rows[:4], "合计\t90\t89.99", rows[4]) == []


def test_a_rate_of_100_percent_without_full_marks_cannot_give_the_total() -> None:
    head = ("项目资金\t全年预算数\t全年执行数\t分值\t执行率\t得分", "年度资金总额\t200\t200\t10\t100%\t9")
    rows = (
        "三级指标\t年度指标值\t实际完成值\t分值\t得分",
        "修渠长度\t9公里\t9公里\t50\t50",
        "受益户数\t80户\t80户\t40\t40",
    )
    assert said(*head, *rows, "总分\t\t\t100\t98") == [
        "A112 “100%，得9分” is not the rate times the full mark: 100%×10=10",
        "A101 the scores add up to 99 (9+50+40), but 98 is given as their total",
    ]


def test_the_total_of_the_text_is_that_of_the_table() -> None:
    table = ("指标\t分值\t得分\t扣分原因", "编报质量\t60\t55\t报表晚报", "完工率\t40\t40\t", "合计\t100\t{}\t")
    text = ("一、自评结论", "2023年我镇整体支出绩效自评得{}分。")
    both = "\n".join((*text, *table))
    assert said(both.format(95, 95)) == []
    assert said(both.format(93, 95)) == ["A103 the total is 93 here, and 95 elsewhere"]
    assert said(both.format(95, 93)) == ["A101 the scores add up to 95 (55+40), but 93 is given as their total"]
    assert said(both.format(93, 93)) == ["A101 the scores add up to 95 (55+40), but 93 is given as their total"]
    assert said("\n".join((*text, *table[:-1])).format(93)) == [
        "A101 the scores add up to 95 (55+40), but 93 is given as their total"
    ]


def test_the_total_of_a_project_is_not_that_of_the_report() -> None:
    table = ("项目名称\t修渠", "三级指标\t分值\t得分", "修渠长度\t60\t60", "受益户数\t40\t40", "总分\t100\t100")
    assert said("一、自评结论", "2023年我镇整体支出绩效自评得93分。", *table) == []


def test_two_totals_of_the_text_are_the_same() -> None:
    lines = ("一、自评结论", "2023年我镇整体支出绩效自评得93分。", "二、其他情况", "我镇整体支出绩效自评得{}分。")
    assert said("\n".join(lines).format(92)) == ["A103 the total is 92 here, and 93 elsewhere"]
    assert said("\n".join(lines).format(93)) == said("\n".join(lines).format(30)) == []


def test_a_table_and_the_text_give_one_score_to_one_indicator() -> None:
    lines = ("一、指标分析", "1.编报质量。满分10分，得{}分，因报表晚报扣分。", "2.到位率。满分10分，得10分。")
    table = ("指标\t分值\t得分", "编报质量\t10\t9", "到位率\t10\t10")
    assert said("\n".join((*lines, *table)).format("9.0")) == []
    assert said("\n".join((*lines, *table)).format("8")) == [
        "A104 “编报质量” is given 8 points at one place and 9 at another"
    ]


def test_a_reason_may_stand_anywhere_near() -> None:
    lines = ("一、指标分析", "1.编报质量。满分10分，得8分。{}", "2.到位率。满分10分，得10分。", "二、存在的问题", "{}")
    nothing = ["A106 “编报质量” lost 2 points, and nothing says why"]
    whole = "\n".join(lines)
    assert said(whole.format("报表按月编制。", "队伍建设还要加强。")) == nothing
    assert said(whole.format("酌情扣分。", "编报质量失分。")) == nothing
    for near, elsewhere in (
        ("有2份报表晚报。", ""),
        ("按时上报率80%。", ""),
        ("", "编报质量不高。"),
        ("扣分原因：人员变动大。", ""),
    ):
        assert said(whole.format(near, elsewhere)) == []


def test_points_without_a_name_are_judged_as_well() -> None:
    rows = ("指标\t分值\t得分", "（10分）\t10\t8", "到位率\t10\t10", "二、存在的问题", "进度不快。")
    assert said(*rows) == ["A106 “” lost 2 points, and nothing says why"]


def test_what_is_asked_is_no_reason() -> None:
    head = "指标\t指标值\t完成值\t分值\t评分标准\t得分"
    assert said(head, "到位率\t≥95%\t{}\t10\t每低于1个百分点扣1分\t8".format("97%")) == []
    assert said(head, "编报质量\t90%\t合格\t10\t每晚报一次扣1分\t8") == [
        "A106 “编报质量” lost 2 points, and nothing says why"
    ]


def test_the_reason_may_be_in_the_row_of_a_table_or_in_a_list_of_deductions() -> None:
    table = ("指标\t分值\t得分\t扣分原因", "编报质量\t10\t8\t{}", "到位率\t10\t10\t")
    assert said("\n".join(table).format("")) == ["A106 “编报质量” lost 2 points, and nothing says why"]
    assert said("\n".join(table).format("报表晚报")) == []
    assert said("\n".join(table).format(""), "扣分说明：两份报表晚于规定时间，扣2分。") == []


@pytest.mark.parametrize(
    "taken", ["扣2分", "一处扣1分，另一处扣1分", "两处各扣1分，共扣2分", "扣1.5分，再扣0.5分，合计扣2分"]
)
def test_deductions_count_together_or_one_is_their_sum(taken: str) -> None:
    assert (
        said("一、指标分析", f"1.编报质量。满分10分，得8分，因报表晚报，{taken}。", "2.到位率。满分9分，得9分。") == []
    )


def test_a_score_and_its_full_mark_may_stand_apart() -> None:
    lines = ("一、指标分析", "1.编报质量（6分）", "得{}分，{}", "2.到位率（9分）", "得9分。")
    whole = "\n".join(lines)
    assert said(whole.format(7, "按时编报。")) == ["A105 “编报质量” is given 7 points out of 6"]
    assert said(whole.format(4, "报表晚报，扣1分。")) == [
        "A107 “编报质量” is given 4 points out of 6, that is 2 less, but 1 are said to be taken off"
    ]


def test_nothing_is_taken_below_zero() -> None:
    assert said("一、指标分析", "1.编报质量。满分3分，得0分，4份未报，扣4分。", "2.到位率。满分9分，得9分。") == []


def test_an_indicator_without_a_score_stands_among_scored_ones() -> None:
    scored = (
        "一、指标分析",
        "1.编报质量。满分10分，得10分。",
        "2.到位率。满分10分，得10分。",
        "3.公开。满分9分，得9分。",
    )
    assert said(*scored, "4.资产管理。账实相符。") == ["A108 1 of the indicators have no score: 资产管理"]
    assert said(*scored, "4.资产管理。本镇不涉及。") == []
    assert said(*scored, "4.资产管理。按规定为4分。") == []
    assert said(*scored, "二、存在的问题", "1.资产管理。台账不全。") == []
    assert said(*scored[:3], "3.公开。已经公开。", "4.资产管理。账实相符。") == []
    assert said("指标\t分值\t得分", *(f"事项{one}\t5\t5" for one in "甲乙丙"), "事项丁\t5\t") == [
        "A108 1 of the indicators have no score: 事项丁"
    ]


def test_full_marks_of_a_group_and_of_the_whole_add_up() -> None:
    assert said(*TWO_GROUPS[:1], TWO_GROUPS[1].replace("满分40分", "满分45分"), *TWO_GROUPS[2:]) == [
        "A110 the full marks add up to 40 (20+20), but 45 is given for all of them"
    ]
    lines = [one.split("（满分")[0] for one in TWO_GROUPS] + ["（三）满意度", "1.群众满意度。满分8分，得8分。"]
    total = ("一、自评结论", "本次自评满分100分，我镇整体支出绩效自评得{}分。")
    assert said("\n".join(total).format(106), *lines) == [
        "A110 the full marks add up to 108 (40+60+8), but 100 is given for all of them"
    ]
    assert said("\n".join(total).format(95), *lines) == []


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("自评得90分，等级为优。", True),
        ("自评得79分，等级为良。", True),
        ("自评得分为89.9分，评定等级为“优秀”。", False),
        ("自评得95分，评价等次为良。", False),
        ("自评得95分，评价等次为良（95分以上为优，85—95分为良）。", True),
        ("自评得86分，等级为优（85分及以上为优，70分至85分为良）。", True),
        ("自评得94分，等级为优（95分（含）以上为优，85分（含）至95分为良）。", False),
        ("满分120分，自评得110分，等级为优。", True),
        ("满分120分，自评得100分，等级为优。", False),
        ("自评得50分，结论为不合格。", True),
    ],
)
def test_a_grade_fits_its_total(line: str, *, right: bool) -> None:
    assert (said("一、自评结论", f"2023年我镇整体支出绩效{line}") == []) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("满分10分，得9.6分。执行率96%，得分=96%×10分。", None),
        ("满分10分，得9分。执行率96%，得分=96%×10分。", "“得9分” is not the rate times the full mark: 96%×10分=9.6"),
        ("满分10分，得9分。得分=96%×10分，合同晚签另扣0.6分，扣1分。", None),
        ("满分10分，得10分。执行率105%，得分=105%×10分。", None),
        ("满分10分，得10分。执行率105%，得分=105%×10=10分。", None),
        ("满分2分，得0分，因没有预算，得分=0×100%=0。", "“0×100%=0” is not the rate times the full mark: 执行率×分值"),
        (
            "满分10分，得8分，采购执行率为100%。",
            "“采购执行率为100%，得8分” is not the rate times the full mark: 100%×10=10",
        ),
        ("满分10分，得8分，采购执行率为100%，但有一份合同晚签。", None),
        ("满分15分，得11.7分，因停业，得分=312/400×15=11.7分。", None),
        (
            "满分15分，得11.9分，因停业，得分=312/400×15=11.9分。",
            "“312/400×15=11.9分” is not the rate times the full mark: 312/400×15=11.7",
        ),
    ],
)
def test_a_score_follows_its_rate(text: str, right: str | None) -> None:
    found = said("一、指标分析", f"1.采购执行率。{text}", "2.到位率。满分5分，得5分。")
    assert found == ([f"A112 {right}"] if right else [])


LISTED_TWICE = """\
2022年度部门整体支出绩效自评报告
一、自评结论
我局2022年度部门整体支出绩效自评得分为92.5分，自评等级“优”。其中：预算编制情况得18分（满分20分），预算执行情况得37.5分（满分40分），使用效益得37分（满分40分）。
二、指标分析
（一）预算编制情况（20分，自评18分）
1.预算编制规范性（5分，自评5分）。按要求编制。
2.目标设置（15分，自评13分）。部分指标没有量化，扣2分。
（二）预算执行情况（40分，自评37.5分）
1.资金支出率（10分，自评7.5分）。截至2022年12月31日，支出率为95%，得7.5分。
2.结转结余率（10分，自评10分）。
3.政府采购（20分，自评20分）。
（三）预算使用效益（40分，自评37分）
1.经济性（10分，自评10分）。
2.效率性（15分，自评12分）。重点工作完成率80%，得12分。
3.公平性（15分，自评15分）。满意度得分率100%，问卷平均得分96分（百分制）。
"""
OTHER_POINTS = """\
2023年度部门整体支出绩效自评报告
一、基本情况
2023年度考核中，本局综合得分位列全县第3名，得分98.6分。机关效能考核得95分。
二、前期工作
县财政局对我局2022年度绩效复核评分为88分，评定为良。
三、评价结论
部门整体支出绩效评分93分，绩效等级为“优”，比上年（90分）提高3分。其中投入类指标得15分（满分15分）、过程类指标得28分（满分30分）、产出类指标得50分（满分55分）。
四、指标分析
（一）投入类指标
1.目标设定。满分8分，得8分。
2.预算配置。满分7分，得7分。
（二）过程类指标
1.预算执行。满分15分，得14分。预算调整较多，扣1分。
2.预算管理。满分15分，得14分。个别报销附件不全，扣1分。
（三）产出类指标
1.数量指标。满分25分，实际得分25分。村级考试参加率100%，平均得分92分。
2.质量指标。满分20分，得17分。验收得分率90%。
3.时效指标。满分10分，得8分，1个项目延期，满意度90分以上占比92%，群众平均打分91分。
"""
ITEMS_IN_ITEMS = """\
二、绩效分析
（一）投入情况分析（满分10分，得10分）
1.目标设定（4分）。绩效目标合理性2分，得2分；绩效指标明确性2分，得2分。
2.预算配置（6分）。在职人员控制率为95%，小于100%，计3分；“三公经费”变动率为-5%，小于0，计3分。
（二）过程情况分析（满分40分，得38分）
1.预算执行（20分）。预算完成率100%，得5分；预算控制率为12%，扣1分，得4分；公用经费控制率得8分。
"""


@pytest.mark.parametrize("text", [LISTED_TWICE, OTHER_POINTS, ITEMS_IN_ITEMS])
def test_a_faultless_report_full_of_points_earns_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "change", "code"),
    [
        (LISTED_TWICE, ("自评得分为92.5分", "自评得分为93.5分"), "A101"),
        (LISTED_TWICE, ("目标设置（15分，自评13分）", "目标设置（15分，自评12分）"), "A102"),
        (OTHER_POINTS, ("绩效评分93分", "绩效评分94分"), "A101"),
        (OTHER_POINTS, ("产出类指标得50分", "产出类指标得51分"), "A102"),
        (ITEMS_IN_ITEMS, ("绩效目标合理性2分，得2分", "绩效目标合理性2分，得1分"), "A102"),
    ],
)
def test_the_same_reports_with_one_number_changed_earn_an_error(text: str, change: tuple[str, str], code: str) -> None:
    assert text.count(change[0]) == 1
    assert code in [one[:4] for one in said(text.replace(*change))]

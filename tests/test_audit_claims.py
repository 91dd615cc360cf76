"""Claims of a report against what it says itself: which sentences claim, which admit, and what contradicts what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen import report
from reportgen.audit import finished, goals, measured, repeated

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic

GOALS = "（三）部门整体支出绩效目标"
JUDGED = "二、绩效自评情况"
OLD_TALE = (
    "镇里把旧粮仓改成了老人食堂，请了两位厨师，菜谱每周一换，行动不便的老人由网格员送饭上门，"
    "村里的小学借出操场办集市，赶集的人比往年多了不少，摊位从村口一直排到河边。"
)


def text(*lines: str) -> report.Text:
    return report.of_text("\n".join(lines), "报告.txt")


def quotes(found: list[Diagnostic]) -> list[str]:
    return [one.span.quote for one in found]


@pytest.mark.parametrize(
    "claim",
    [
        "设定的绩效指标清晰、可衡量、可量化。",
        "各项目标均已量化，便于考核。",
        "绩效目标能够量化，符合实际。",
        "指标可以衡量。",
        "目标细化到位，指标可考核。",
        "年度目标都已经量化。",
    ],
)
def test_goals_without_values_are_no_measurable_goals(claim: str) -> None:
    found = list(measured.find(text(GOALS, "改善人居环境，完善公共服务。", JUDGED, claim)))
    assert quotes(found) == [claim]
    assert found[0].related[0].span.quote == GOALS


@pytest.mark.parametrize(
    "claim",
    [
        "部分绩效目标不可衡量，扣2分。",
        "绩效指标缺乏可量化的内容。",
        "绩效指标的可量化程度有待提高。",
        "今后要使绩效指标可衡量。",
        "指标清晰、可衡量的，得3分。",
        "绩效目标难以量化。",
        "服务质量可以衡量。",
        "目标清晰。",
    ],
)
def test_other_words_about_measuring_claim_nothing(claim: str) -> None:
    assert list(measured.find(text(GOALS, "改善人居环境，完善公共服务。", JUDGED, claim))) == []


@pytest.mark.parametrize(
    "goal",
    [
        "修建村道12公里。",
        "群众满意度达到九成以上。",
        "新建文化广场三个。",
        "完成50公里的河道清理。",
        "发放补助300万元。",
        "垃圾清运率≥98%。",
        "培训农户300人次，提高种植水平。",
    ],
)
def test_a_goal_with_a_value_is_measurable(goal: str) -> None:
    assert list(measured.find(text(GOALS, goal, JUDGED, "各项绩效指标可衡量。"))) == []


@pytest.mark.parametrize(
    "goal",
    [
        "申报3000万元的体育馆项目。",
        "配合做好318国道升级改造。",
        "打通服务群众“最后100米”。",
        "力争明年集体收入高于20万元。",
        "2023年做好防汛工作。",
        "贯彻第三次会议精神。",
        "推动一二三产业融合发展。",
        "六村连片建设美丽乡村。",
    ],
)
def test_a_figure_that_is_no_target_measures_no_goal(goal: str) -> None:
    assert quotes(list(measured.find(text(GOALS, goal, JUDGED, "各项绩效指标可衡量。")))) == ["各项绩效指标可衡量。"]


def test_target_values_may_stand_elsewhere() -> None:
    table = "指标\t年度指标值\n村道\t12公里"
    for where in (table, "村道修建目标值为12公里。"):
        assert list(measured.find(text(GOALS, "改善交通条件。", JUDGED, "各项绩效指标可衡量。", where))) == []


def test_standards_in_a_table_claim_nothing() -> None:
    table = "指标\t评分标准\n明确性\t指标清晰、可衡量"
    assert list(measured.find(text(GOALS, "改善交通条件。", JUDGED, table))) == []


def test_where_no_goals_are_set_nothing_is_said_of_them() -> None:
    assert list(measured.find(text(JUDGED, "各项绩效指标可衡量。"))) == []


THREE = (GOALS, "1.修好通村道路", "全年修路。", "2.办好镇敬老院", "照顾老人。", "3.治理沿河环境", "清理河道。")


def test_each_goal_that_differs_is_shown() -> None:
    told = "本年度目标是：一是修好通村道路。二是引进茶叶企业。三是治理沿河环境。四是举办龙舟比赛。"
    found = list(goals.find(text(*THREE, JUDGED, told)))
    assert [(one.values["count"], one.values["number"]) for one in found] == [(4, 3)]
    assert [one.span.quote for one in found[0].related] == ["引进茶叶企业", "举办龙舟比赛", "办好镇敬老院", GOALS[3:]]


@pytest.mark.parametrize(
    "told",
    [
        "年度目标是：一是修好通村道路。二是办好镇敬老院。三是治理沿河环境。",
        "年度目标为：修好通村道路；镇敬老院要办好；治理沿河的环境。",
        "年度目标包括：（1）道路通到村里，修好通村路；（2）敬老院办好；（3）沿河环境治理好。",
        "年度目标包括修好通村道路，办好镇敬老院等",
        "年度目标是：修好通村道路；治理沿河环境等。",
        "年度目标是努力让群众满意。",
        "年度目标有了明显进展。",
        "本年任务是：一是引进茶叶企业。二是举办龙舟比赛。",
    ],
)
def test_the_same_goals_in_other_words_and_no_list_at_all_are_right(told: str) -> None:
    assert list(goals.find(text(*THREE, JUDGED, told))) == []


def test_goals_are_listed_below_the_words_that_announce_them() -> None:
    found = list(goals.find(text(*THREE, JUDGED, "年度目标如下：", "1.修好通村道路；", "2.引进茶叶企业；", "以上。")))
    assert [one.span.quote for one in found[0].related][:2] == ["引进茶叶企业", "办好镇敬老院"]


def test_goals_are_told_below_a_heading_of_what_came_of_them() -> None:
    told = ("（二）绩效目标完成情况", "1.修好通村道路", "已完成。", "2.引进茶叶企业", "已完成。")
    found = list(goals.find(text(*THREE, JUDGED, *told)))
    assert quotes(found) == ["绩效目标完成情况"]


def test_goals_in_two_places_or_in_none_are_not_compared() -> None:
    told = "年度目标是：一是引进茶叶企业。二是举办龙舟比赛。"
    assert list(goals.find(text(*THREE, "（四）年度工作目标", "改善民生。", JUDGED, told))) == []
    assert list(goals.find(text(GOALS, "改善民生。", JUDGED, told))) == []
    assert list(goals.find(text(JUDGED, told))) == []


def test_a_passage_is_found_at_its_second_place() -> None:
    found = list(repeated.find(text("①重点工作完成率", "今年有进展。" + OLD_TALE, "②社会效益", OLD_TALE)))
    assert quotes(found) == [OLD_TALE[:-1]]
    assert found[0].values["count"] == len(OLD_TALE)
    assert found[0].related[0].span.quote == OLD_TALE[:-1]


def test_a_passage_of_several_paragraphs_is_one() -> None:
    parts = OLD_TALE.replace("，", "。\n").splitlines()
    found = list(repeated.find(text("①重点工作完成率", *parts, "②社会效益", *parts)))
    assert [one.span.line for one in found] == [len(parts) + 3]
    assert quotes(found) == [parts[0][:-1]]
    assert found[0].values["count"] == len(OLD_TALE)


def test_numbers_of_items_and_spaces_make_no_difference() -> None:
    copy = "1." + OLD_TALE.replace("，", " ， ，")
    found = list(repeated.find(text("①重点工作完成率", "一是" + OLD_TALE, "②社会效益", copy)))
    assert [one.values["count"] for one in found] == [len(OLD_TALE) + 2]


def test_each_further_place_is_one_finding() -> None:
    found = list(repeated.find(text("①甲方面", OLD_TALE, "②乙方面", OLD_TALE, "③丙方面", OLD_TALE)))
    assert [one.span.line for one in found] == [4, 6]


@pytest.mark.parametrize(
    "passage",
    [
        OLD_TALE[:55],
        "根据《青石县财政局关于开展部门整体支出绩效自评工作并报送自评材料和佐证材料的通知》（青财绩〔2024〕5号）的有关要求开展自评。",
        "深入学习贯彻党的二十大和二十届二中三中全会精神，贯彻落实各级决策部署，坚持以新时代的指导思想统领全局做好各方面的工作。",
        "本年收入1200.50万元，本年支出1180.20万元，年末结转20.30万元，其中基本支出600万元，项目支出580.20万元，三公经费9.8万元。",
    ],
)
def test_short_official_and_figured_passages_may_stand_twice(passage: str) -> None:
    assert list(repeated.find(text("①甲方面", passage, "②乙方面", passage))) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("①资产管理", "（三）存在问题及改进意见"),
        ("①资产管理", "三、下一步工作计划"),
        ("（一）自评结论", "①社会效益"),
        (GOALS, "②绩效目标合理性"),
    ],
)
def test_some_headings_take_up_what_was_said(first: str, second: str) -> None:
    assert list(repeated.find(text(first, OLD_TALE, second, OLD_TALE))) == []


def test_tables_repeat_what_they_like() -> None:
    table = f"指标\t说明\n甲\t{OLD_TALE}\n乙\t{OLD_TALE}"
    assert list(repeated.find(text("①甲方面", OLD_TALE, "附表", table))) == []


WORK = "（二）重点工作任务"
LATE = "全年改造农村户厕285座，完成任务的89.06%。"


@pytest.mark.parametrize(
    "claim",
    [
        "各项目标均已完成",
        "年度绩效目标全部完成",
        "三项目标全部按期完成",
        "绩效目标完成率100%",
        "重点工作完成率为100.00%",
        "绩效目标完成率=6/6×100%=100%",
        "我镇圆满完成各项目标任务",
        "所有重点工作任务都已完成",
        "顺利完成各项工作任务",
        "全年目标任务圆满完成",
    ],
)
def test_all_done_is_wrong_where_a_task_is_not(claim: str) -> None:
    found = list(finished.find(text(WORK, LATE, JUDGED, f"2023年，{claim}，群众反映良好。")))
    assert quotes(found) == [claim]
    assert [str(one.severity) for one in found] == ["error"]
    assert [one.span.quote for one in found[0].related] == ["完成任务的89.06%"]


@pytest.mark.parametrize(
    "claim",
    [
        "力争各项目标全部完成",
        "确保年度任务全部完成",
        "各项目标基本完成",
        "各项目标任务完成情况较好",
        "村委会换届工作全面完成",
        "预决算公开率100%",
        "补助发放完成率100%",
        "各项目标全部完成的，得4分",
        "除户厕改造外，各项目标均已完成",
        "各项任务均完成90%以上",
        "年初设定重点工作6项，全部完成6项",
        "各项重点工作全部列出完成时间",
        "顺利完成了全年主要目标任务",
    ],
)
def test_aims_single_matters_and_what_leaves_something_open_claim_no_end(claim: str) -> None:
    assert list(finished.find(text(WORK, LATE, JUDGED, f"2023年，{claim}。"))) == []


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("缴费1104人，缴费进度达84.7%。", "缴费进度达84.7%"),
        ("任务80户，实际完成75户。", "任务80户，实际完成75户"),
        ("文化广场尚未竣工。", "尚未竣工"),
        ("敬老院改造未按期完工，水塔已经修好。", "未按期完工"),
        ("收缴75万元，占年度任务的93.8%。", "占年度任务的93.8%"),
        ("河道治理的完成率只有88%，雨季影响较大。", None),
        ("植树的完成率为88%。", "完成率为88%"),
    ],
)
def test_what_is_not_wholly_done_speaks_against_it(said: str, quote: str | None) -> None:
    found = list(finished.find(text(WORK, said, JUDGED, "各项目标均已完成。")))
    assert [one.span.quote for each in found for one in each.related] == ([quote] if quote else [])


@pytest.mark.parametrize(
    "said",
    [
        "上年完成任务的89.06%。",
        "2021年完成率为85%。",
        "上半年完成62%。",
        "至8月完成62%。",
        "完成投资占预算，资金支付完成率为92%。",
        "造林完成率为112%。",
        "目标值为90%，完成率为93%。",
        "全市平均完成率85%。",
        "广场尚未竣工，12月全部建成投入使用。",
        "督促施工方对未完成的部分返工。",
        "任务80户，完成86户。",
        "疫苗接种覆盖率79%。",
        "没有完成的原因已经查明。",
    ],
)
def test_other_figures_speak_against_nothing(said: str) -> None:
    assert list(finished.find(text("评价年度：2023", WORK, said, JUDGED, "2023年，各项目标均已完成。"))) == []


def test_works_under_way_make_it_likely_only() -> None:
    work = text(WORK, "供水工程现进入施工阶段。", JUDGED, "各项目标均已完成。")
    assert [(str(one.severity), one.related[0].span.quote) for one in finished.find(work)] == [
        ("warning", "进入施工阶段")
    ]


def test_shares_only_support_what_speaks_against_a_claim() -> None:
    found = list(finished.find(text(WORK, "接种覆盖率79%。" + LATE, JUDGED, "各项目标均已完成。")))
    assert [one.span.quote for one in found[0].related] == ["完成任务的89.06%", "覆盖率79%"]


def test_a_claim_about_projects_is_held_against_works_alone() -> None:
    claim = "各项专项资金均按计划完成。"
    assert list(finished.find(text(WORK, LATE, JUDGED, claim))) == []
    assert quotes(list(finished.find(text(WORK, LATE + "礼堂还在建设。", JUDGED, claim)))) == [claim[:-1]]


def test_a_claim_and_its_opposite_may_stand_in_one_sentence() -> None:
    found = list(finished.find(text(JUDGED, "各项目标均已完成，绩效目标完成率91%。")))
    assert [one.span.quote for one in found[0].related] == ["完成率91%"]


def test_goals_plans_and_tables_are_no_account() -> None:
    for heading in (GOALS, "三、下一步工作计划"):
        assert list(finished.find(text(heading, LATE, JUDGED, "各项目标均已完成。"))) == []
        assert list(finished.find(text(WORK, LATE, heading, "各项目标均已完成。"))) == []
    table = "指标\t说明\n目标\t各项目标均已完成"
    assert list(finished.find(text(WORK, LATE, JUDGED, table))) == []

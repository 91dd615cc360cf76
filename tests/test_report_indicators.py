"""The indicators of a report: their names, groups, scores, full marks, deductions and reasons, and the totals."""

from __future__ import annotations

from decimal import Decimal

from reportgen import report
from reportgen.report.scores import Indicator, Scores, Sheet, Statement
from reportgen.word.text import read
from tests.word_files import cell, docx, paragraph


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def scores(text: str) -> Scores:
    return report.of_text(text, "报告.txt").scores


def told(statement: Statement) -> str:
    """Write a statement as 得分/满分 扣分 原因."""
    numbers = "/".join(str(one.value) if one else "?" for one in (statement.score, statement.weight))
    words = [*(f"扣{one.value}" for one in statement.deductions), statement.reason.text if statement.reason else ""]
    words += ["满分"] * statement.full + ["不计分"] * statement.unscored
    return " ".join(one for one in (numbers, *words) if one)


def outline(found: Sheet | Scores) -> list[str]:
    """Write indicators with a blank for each level below the first."""
    return [f"{' ' * (one.level - 1)}{one.name}：{'；'.join(map(told, one.statements))}" for one in found.indicators]


HEADED = """\
二、绩效自评情况
（一）自评结论
2023年我镇整体支出绩效自评得17.5分，评定等级为良。
（二）指标分析
1、投入情况。
（1）编制。
①编制合理性。该项指标自评得5分。
预算按照职责编制。
②编制规范性编制规范性得分4分。材料报送不及时。
2、产出情况。
（1）数量。
①建设任务。
我镇按期完成道路硬化3公里。
②验收合格率（满分6分）。
该项得4.5分，扣1.5分，原因是一处返工。得分按验收单计算。
③按期完工率。验收合格率得4分。
三、存在问题及改进意见
验收合格率得4.5分，扣1.5分。
"""


def test_headings_give_the_groups_and_each_has_what_is_said_below_it() -> None:
    found = scores(HEADED)
    assert outline(found) == [
        "投入情况：",
        " 编制：",
        "  编制合理性：5/?",
        "  编制规范性：4/?",
        "产出情况：",
        " 数量：",
        "  建设任务：",
        "  验收合格率：4.5/6 扣1.5 一处返工；4.5/? 扣1.5",
        "  按期完工率：4/?",
    ]
    assert [one.name for one in found.leaves()] == ["编制合理性", "编制规范性", "建设任务", "验收合格率", "按期完工率"]


def test_a_figure_and_a_name_know_their_place() -> None:
    sound = next(one for one in scores(HEADED).indicators if one.name == "编制规范性")
    assert sound.score is not None
    assert (sound.score.span.line, sound.score.span.quote) == (9, "得分4分")
    assert (sound.place.line, sound.place.quote) == (9, "编制规范性编制规范性得分4分")


def test_a_total_has_its_grade() -> None:
    (total,) = scores(HEADED).totals
    assert (total.score.value, total.grade and total.grade.text) == (Decimal("17.5"), "良")


def test_totals_of_another_year_or_of_anyone_else_are_none() -> None:
    said = (
        "2023年度部门整体支出绩效自评报告\n（一）自评结论\n满分100分，自评得分为92分。\n"
        "2022年度自评得分88分。\n县财政局复核得90分。\n3个项目平均得分95分。\n"
        "二、存在的问题\n整体支出绩效自评得92.5分，还有差距。\n"
    )
    (total,) = scores(said).totals
    assert (total.score.value, total.weight and total.weight.value) == (Decimal(92), Decimal(100))


def test_a_total_is_not_the_full_mark_beside_it() -> None:
    said = ("综合评价总分100分，实际得分93.4分。", "自评总分96.5分。", "综合总分95分。", "本次评价总分100分。")
    totals = [scores(f"一、自评结论\n{one}").totals for one in said]
    assert [[str(one.score.value) for one in found] for found in totals] == [["93.4"], ["96.5"], ["95"], []]


def test_sentences_one_behind_the_other_are_indicators() -> None:
    found = scores(
        "一、绩效自评情况\n（一）投入\n"
        "1.编报质量（5分），得5分。按时编报。2.到位率满分10分，自评得分9分，扣1分，原因是拨付较晚。\n"
        "3.公开情况，权重5，得分4.5；4.调整率不计分。\n"
    )
    assert outline(found) == [
        "编报质量：5/5",
        "到位率：9/10 扣1 拨付较晚",
        "公开情况：4.5/5",
        "调整率：?/? 不计分",
    ]


def test_subtotals_in_a_sentence_belong_to_the_groups() -> None:
    found = scores(
        "一、自评结论\n总分100分，其中投入40分、产出60分，自评得95分：投入38分，产出57分。\n"
        "二、指标分析\n（一）投入\n1.编报质量得20分。\n2.到位率得18分。\n（二）产出\n1.完工率得57分。\n"
    )
    assert outline(found)[:2] == ["投入：?/40；38/?", " 编报质量：20/?"]
    assert [str(one.score.value) for one in found.totals] == ["95"]


def test_groups_may_be_named_by_the_short_form_of_their_headings() -> None:
    found = scores(
        "一、自评结论\n总得分95分，其中：投入38分，产出得57分。\n"
        "二、投入情况分析\n1.编报质量得20分。\n2.到位率得18分。\n三、产出指标\n1.完工率得57分。\n"
    )
    assert [one for one in outline(found) if not one.startswith(" ")] == ["投入情况分析：38/?", "产出：57/?"]


def test_a_conclusion_may_list_the_indicators() -> None:
    listed = (
        "一、自评结论\n自评得分97分。其中预算执行率10分，自评10分；产出指标50分，自评48分；效益指标：分值40分，得39分。"
    )
    found = scores(listed)
    assert outline(found) == ["预算执行率：10/10", "产出：48/50", "效益：39/40"]
    assert [str(one.score.value) for one in found.totals] == ["97"]


def test_numbers_behind_a_name_are_no_part_of_it() -> None:
    found = scores(
        "一、指标分析\n1.预算配置（9分）。在职人员控制率为95%，小于100%，计3分；“三公”经费变动率-5%，计3分；"
        "2023年我镇公开及时率100%，得3分。\n2.公开及时率。\n得满分。\n"
    )
    assert outline(found) == [
        "预算配置：?/9",
        " 在职人员控制率：3/?",
        " “三公”经费变动率：3/?",
        "公开及时率：3/?；?/? 满分",
    ]


def test_one_score_below_a_heading_is_its_own_whatever_it_is_called() -> None:
    found = scores("一、指标分析\n1.预算执行率\n全年执行数98万元，执行率98%，得9.8分。\n2.公开率\n公开程度得5分。\n")
    assert outline(found) == ["预算执行率：9.8/?", "公开率：5/?"]


def test_points_of_another_year_are_not_those_of_the_report() -> None:
    found = scores("2023年度绩效自评报告\n一、指标分析\n1.到位率得5分。上年该项得3分，2022年得4分。\n2.公开率得2分。")
    assert outline(found) == ["到位率：5/?", "公开率：2/?"]


def test_a_table_of_one_project_is_not_about_the_same_indicators() -> None:
    project = "项目名称\t修渠\n一级指标\t三级指标\t分值\t得分\n产出\t到位率\t20\t18"
    found = scores(f"一、指标分析\n1.到位率满分5分，得5分。\n2.公开率得2分。\n\n{project}")
    assert outline(found) == ["到位率：5/5", "公开率：2/?", "产出：", " 到位率：18/20"]
    assert [one.of_project for one in found.sheets] == [False, True]


def test_each_number_of_a_row_may_stand_beside_its_label() -> None:
    found = table(
        "预算执行（20分）|预算数|400|执行数|392|执行率|98%",
        "|分值|20|得分|19.6|说明|质量保证金没有到期",
        "一级指标|三级指标|目标值|完成值|分值|得分",
        "产出|修渠里程|9公里|9公里|80|80",
        "总分||||100|99.6",
    )
    (sheet,) = found.sheets[1:]
    assert outline(sheet) == ["预算执行：19.6/20 质量保证金没有到期；?/20", "产出：", " 修渠里程：80/80"]
    assert [told(one) for one in sheet.totals] == ["99.6/100"]


def test_a_score_may_be_the_result_of_its_formula() -> None:
    assert outline(scores("一、指标分析\n1.到位率\n得分=98%×10分=9.8分。\n2.公开率得2分。"))[0] == "到位率：9.8/?"


def test_what_is_no_score_is_none() -> None:
    found = scores(
        "一、履职情况\n全镇环境卫生检查得分95分，在全县排名第二。群众评分4.8分。干部考试平均得分92分。\n"
        "村级考核实行扣分制，每低于1个百分点扣0.5分；达到90%的，得2分，否则得0分。\n"
        "二、指标分析\n1.满意度满分5分，得5分。群众评分4.8分，实行5分制，80分以上为满意。\n"
        "2.公开率满分5分，得5分。\n3.到位率满分5分，得5分。\n"
        "评分标准：每少1户扣2分，得分不低于0分。\n"
    )
    assert outline(found) == ["满意度：5/5", "公开率：5/5", "到位率：5/5"]
    assert (found.totals, found.unread) == ((), ())


def test_points_that_nothing_tells_about_are_kept_apart() -> None:
    found = scores("一、指标分析\n1.到位率得5分。\n2.完成率。\n按规定为4分。\n3.验收率得3分。")
    assert [str(one.value) for one in found.unread] == ["4"]


def table(*rows: str) -> Scores:
    return scores("\n".join(one.replace("|", "\t") for one in rows))


def test_a_table_gives_groups_and_totals_in_any_order_of_columns() -> None:
    found = table(
        "得分|一级指标|二级指标|三级指标|权重（分）|评分标准|扣分原因",
        "5|投入|编制|编报质量|5|每有一项不符扣1分|无",
        "3||公开|公开时限|5|按时得5分|扣2分：决算公开晚10天",
        "—|产出|数量|建设任务|—|不赋分|不计分",
        "8|合计|||10||",
    )
    (sheet,) = found.sheets[1:]
    assert outline(sheet) == [
        "投入：",
        " 编制：",
        "  编报质量：5/5",
        " 公开：",
        "  公开时限：3/5 扣2 扣2分：决算公开晚10天",
        "产出：",
        " 数量：",
        "  建设任务：?/? 不计分",
    ]
    assert [told(one) for one in sheet.totals] == ["8/10"]


def test_points_of_groups_stand_in_their_name_in_rows_of_subtotals_or_in_columns_between() -> None:
    beside = table("一级指标|指标名称|分值|得分", "投入30/36|到位率|20|15", "|公开率|16|15", "产出（10分）|完工率|10|9")
    assert outline(beside.sheets[1])[::3] == ["投入：30/36", "产出：?/10"]
    below = table("一级指标|指标名称|分值|得分", "投入|到位率|20|15", "|公开率|16|15", "|小计|36|30")
    assert outline(below.sheets[1])[0] == "投入：30/36"
    between = table("一级指标|权重|三级指标|分值|自评得分", "投入|36|到位率|20|15", "||公开率|16|15", "总分|100||36|30")
    assert outline(between.sheets[1])[0] == "投入：?/36"
    numbered = table("指标|分值|得分", "一、投入|36|30", "1.到位率|20|15", "2.公开率|16|15", "总分|36|30")
    assert outline(numbered.sheets[1]) == ["投入：30/36", " 到位率：15/20", " 公开率：15/16"]


def test_a_head_in_the_middle_of_a_table_begins_anew() -> None:
    found = table(
        "项目资金（万元）|年初预算数|全年执行数|分值|执行率|得分",
        "年度资金总额|100|90|10|90%|9",
        "其中：财政拨款|100|90|—||—",
        "一级指标|三级指标|年度指标值|分值|得分|偏差原因分析及改进措施",
        "产出|硬化里程|3公里|50|45|雨季停工",
        "总分|||60|54|",
    )
    (sheet,) = found.sheets[1:]
    assert outline(sheet) == [
        "年度资金总额：9/10",
        "其中：财政拨款：?/? 不计分",
        "产出：",
        " 硬化里程：45/50 雨季停工",
    ]
    (rate,) = (said.rate for said in sheet.indicators[0].statements)
    assert (rate and rate.value) == Decimal(90)


def test_merged_cells_of_word_name_their_rows() -> None:
    merged, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    over = '<w:gridSpan w:val="2"/>'
    rows = (
        row(cell(paragraph("指标"), over), cell(paragraph("分值")), cell(paragraph("得分"))),
        row(*(cell(paragraph(one)) for one in ("一级指标", "二级指标", "", ""))),
        row(cell(paragraph("投入"), merged), *(cell(paragraph(one)) for one in ("到位率", "20", "18"))),
        row(cell(paragraph(""), goes_on), *(cell(paragraph(one)) for one in ("公开率", "10", "10"))),
        row(cell(paragraph("合计"), over), *(cell(paragraph(one)) for one in ("30", "28"))),
    )
    grid = "<w:tblGrid>" + '<w:gridCol w:w="1000"/>' * 4 + "</w:tblGrid>"
    document, _ = read(docx(f"<w:tbl>{grid}{''.join(rows)}</w:tbl>"), "报告.docx")
    assert document is not None
    (sheet,) = report.of_document(document).scores.sheets[1:]
    assert outline(sheet) == ["投入：", " 到位率：18/20", " 公开率：10/10"]
    assert [told(one) for one in sheet.totals] == ["28/30"]


def test_a_row_over_all_columns_of_names_is_a_group() -> None:
    over = '<w:gridSpan w:val="2"/>'
    rows = [row(*(cell(paragraph(one)) for one in ("一级指标", "二级指标", "分值", "得分")))]
    for group, first, second in (("一、投入", "到位率", "公开率"), ("二、产出", "完工率", "合格率")):
        rows.append(row(cell(paragraph(group), over), *(cell(paragraph(one)) for one in ("20", "18"))))
        rows += (row(*(cell(paragraph(one)) for one in (f"{name}类", name, "10", "9"))) for name in (first, second))
    grid = "<w:tblGrid>" + '<w:gridCol w:w="1000"/>' * 4 + "</w:tblGrid>"
    document, _ = read(docx(f"<w:tbl>{grid}{''.join(rows)}</w:tbl>"), "报告.docx")
    assert document is not None
    (sheet,) = report.of_document(document).scores.sheets[1:]
    assert outline(sheet)[:3] == ["投入：18/20", " 到位率类：", "  到位率：9/10"]


def test_rows_that_say_nothing_are_left_out() -> None:
    found = table("指标|分值|得分", "|5|5", "一、投入|10|9", "1.到位率|10|9", "说明||")
    assert outline(found.sheets[1]) == ["投入：9/10", " 到位率：9/10"]
    assert table("指标|分值|得分", "说明||").sheets[1:] == ()
    assert table("名称|数量", "分值|20|得分|18").sheets[1:] == ()


def test_an_indicator_of_the_text_and_of_a_table_is_one() -> None:
    found = scores(
        "一、指标分析\n1.到位率得9分。\n2.公开率得5分。\n\n指标名称\t分值\t得分\n到位率\t10\t9\n公开率\t5\t5"
    )
    assert outline(found) == ["到位率：9/?；9/10", "公开率：5/?；5/5"]
    assert [len(one.indicators) for one in found.sheets] == [2, 2]


def test_full_marks_in_words_are_points_where_the_full_mark_is_known() -> None:
    first, second = scores("一、指标分析\n1.到位率，满分5分，得满分。\n2.公开率得满分。").indicators
    assert (first.points, first.is_full) == (Decimal(5), True)
    assert (second.points, second.is_full) == (None, True)


def test_a_report_without_scores_has_none() -> None:
    assert scores("") == Scores(sheets=(Sheet(None, (), scored=False),))
    assert isinstance(scores("一、指标分析\n1.到位率得5分。").indicators[0], Indicator)

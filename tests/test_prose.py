"""The rules of wording: what each finds and at which words, and what only looks like it and is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import report
from reportgen.diagnostics import Severity
from reportgen.prose import proofread, words
from reportgen.word.text import read
from tests.corpus.forms import docx

ROOT = Path(__file__).parents[1]
OWN_TEXTS = sorted([*ROOT.glob("data/*.yaml"), *ROOT.glob("templates/**/*.txt"), *ROOT.glob("docs/guide/*.md")])
COVER = "部门名称：（公章）青石县河湾镇人民政府\n"


def said(text: str) -> list[tuple[str, str]]:
    return [(one.rule.code, one.span.quote) for one in proofread(report.of_text(text, "a.txt"))]


@pytest.mark.parametrize(
    ("text", "code", "quote"),
    [
        ("截止至12月底，参保900人。", "R101", "截止至"),
        ("今年以来，新增3户。", "R102", "今年"),
        ("明年动工。", "R102", "明年"),
        ("项目目前已完工。", "R102", "目前"),
        ("道路已修，现进入验收阶段。", "R102", "现"),
        ("去年同期为3户。", "R102", "去年"),
        ("问题现在已解决。", "R102", "现在"),
        ("近期已整改。", "R102", "近期"),
        ("其中:支渠3公里。", "R103", ":"),
        ("占71.42% ;其余为支渠。", "R103", ";"),
        ("党建办公室(人事办公室)负责。", "R103", "(人事办公室)"),
        ('落实"三保"支出。', "R103", '"'),
        ("(1)修建水渠。", "R103", "(1)"),
        ("按照青财[2023]5号文执行。", "R104", "[2023]5号"),
        ("按照青财（2023）5号文执行。", "R104", "（2023）5号"),
        ("一是修渠，二是疏河；三是植树。", "R107", "，二是"),
        ("一是修渠，长3公里，二是疏河，三是植树。", "R107", "一是"),
        ("一是修渠。长3公里；二是疏河；三是植树。", "R107", "一是"),
        ("一是修渠；三是植树。", "R107", "三是"),
        ("一是修渠。二是植树。二是疏河。", "R107", "二是"),
        ("一是修渠。一是植树。", "R107", "一是"),
        ("一是修渠。\n二是植树。\n四是疏河。", "R107", "四是"),
        ("落实农业、 林业政策。", "R110", "、 林"),
        ("共占12% ，其余不变。", "R110", "% ，"),
        ("（三）落实各 项制度，群众满意。", "R110", "各 项"),
        ("进一步进一步落实。", "R111", "进一步进一步"),
        ("共3万元万元。", "R111", "万元万元"),
        ("群众的的意见。", "R111", "的的"),
        ("修好水渠，，植树。", "R111", "，，"),
        ("公开率为100%公开。", "R111", "公开率为100%公开"),
        (f"{COVER}本局制度健全。", "R112", "本局"),
        ("部门名称：青石县第一中学\n我镇制度健全。", "R112", "我镇"),
        ("我镇修渠。我镇植树。我镇疏河。我局修路。", "R112", "我局"),
        ("水渠（含支渠)3公里。", "R116", "（含支渠)"),
        ("水渠3公里、（其中支渠1公里）。", "R121", "、（"),
        ("共3.2万亩，其中旱地4500亩。", "R105", "3.2万亩，其中旱地4500亩"),
        ("旱地4500亩，水田3.2万亩。", "R105", "4500亩，水田3.2万亩"),
        ("申报5千万元。", "R106", "5千万元"),
        ("补助8百户。", "R106", "8百"),
        ("建设“红色河湾•幸福小镇”。", "R108", "•"),
        ("完成率=45/60*100%=75%。", "R109", "*"),
        ("完成率=45/60x100%=75%。", "R109", "x"),
        ("得分=0.9x10=9。", "R109", "x"),
        ("一、部门基本情况\n（一）部门整体概况\n部门整体支出绩效目标。", "R114", "部门整体支出绩效目标"),
        ("1.修渠。\n2.植树。\n2.疏河。", "R115", "2."),
        ("（1）修渠。\n（2）植树。\n（4）疏河。", "R115", "（4）"),
        ("①修渠。\n③植树。", "R115", "③"),
        ("一、修渠\n三、植树", "R115", "三、"),
        ("一、职责\n（一）概况\n1.职能\n（一）文教。\n（二）卫生。\n2.机构", "R117", "（一）"),
        ("（一）、修渠。", "R118", "（一）、"),
        ("2022年3月05日通水。", "R120", "2022年3月05日"),
        ("于03月15日通水。", "R120", "03月15日"),
        ("水渠于21年12月通水。", "R120", "21年"),
        ("21年启动建设。", "R120", "21年"),
        ("现有2019河湾镇水渠。", "R124", "2019"),
        ("2021度全镇稳定。", "R124", "2021"),
        ("调解26综，走访5护。", "R122", "26综"),
        ("按每年按要求盘点。", "R122", "按每年按"),
        ("有在县政府采购网采购。", "R123", "有在"),
        ("有组织开展防火演练6次。", "R123", "有组织开展"),
        ("控制“三公”经费，三公经费下降。", "R125", "三公"),
        ("落实“两委”责任，村两委和两委干部到位。", "R125", "“两委”"),
        ("做到“实事求是”、“一心为民”。", "R126", "”、“"),
        ("3-11周岁儿童。", "R127", "3-11周岁"),
        ("从80%提高到85%，提高了5%。", "R127", "提高了5%"),
        ("从80%提高到85%，提高5%。", "R127", "提高5%"),
    ],
)
def test_what_is_wrong_is_found_at_its_words(text: str, code: str, quote: str) -> None:
    assert said(text)[:1] == [(code, quote)]
    assert {one for one, _ in said(text)} == {code}


@pytest.mark.parametrize(
    "text",
    [
        "报名于12月31日截止，截止日期不变。",
        "下一步和今后，近年来，本年、当年与上年。",
        "实现在线办理，体现在三方面，现有基地3处，现场检查，现在岗职工9人。",
        "重点项目前期工作，标题目前置，证明年龄，说明年初预算，如今年轻人返乡，过去年均3户，中近期目标，附近期间。",
        "减去年初结转，文明年度评比，照明年均用电，细目前三位，为了了解情况，党组织组织学习，专项资金资金使用，是否有进行。",
        "一、修渠\n二、植树\n一、二、三产业融合\n三、疏河",
        "2021财政年度，2021度假村，2005乡村教师。",
        "开展“今年我来讲”活动，印发《明年工作要点》。",
        "全年1,234.5万元，8:30开门，比例1:3，见http://www.a.cn/b,c:d。",
        "结转结余率=(100-20)/(300+20)×100%=25%。",
        "差异率=(决算数-调整预算数)/调整预算数×100%。",
        "印发《关于A,B的通知(试行)》，按方法(决算数-预算数)计算。",
        "使用Word(2016)办公。",
        "按照青财〔2023〕5号和《青石县(2023)5号文》执行。",
        "一是抓党建，二是抓发展，三是抓民生。",
        "一是修渠；二是植树；三是疏河。全年完成。",
        "一是修渠：一是干渠，二是支渠。二是植树。",
        "一是修渠。\n二是植树：一是松树，二是柏树。\n三是疏河。",
        "第一是修渠，之一是植树，唯一是疏河。",
        "截至 2023 年，全镇 3 个村，联系人，王 伟，电话 123。",
        "一、 修渠，植树。",
        "附  件  目  录",
        "以修渠为目的的活动，的的确确，不了了之，研究研究，干干净净，一件件一件件办好。",
        f"{COVER}我镇和本镇，我县、我市，自我局限，本院士，“我局”二字，符合本部门职责。",
        "我局修路。我镇植树。",
        "部门名称：青石县水务局\n我局和本局，本单位无此项。".replace("，本单位无此项", ""),
        "（1）修渠，（2）植树。修渠（含支渠）。",
        "共投入3万元，每户500元；水田3.2万亩，菜地400亩。水田3.2万亩。旱地4500亩。水田3.2万亩，树5000棵。",
        "长5千米，重3千克，装机6千瓦，5000万元，第3百货公司。",
        "玛丽·居里，\n• 修渠\n卡号139****0000，配置A4x5，2x4米木方。",
        "一、部门基本情况\n人员情况：共5人。\n部门整体支出绩效目标",
        "部门整体支出绩效目标\n部门整体概况",
        "一、修渠\n（一）干渠\n1.石渠\n2.土渠\n（二）支渠\n1.石渠\n二、植树\n（一）松树\n1.小树\n附件\n一、表格",
        "一、修渠\n（一）干渠\n部门整体支出绩效目标：修好\n（三）支渠\n四、植树",
        "任务包括：1.修渠；2.植树；\n3.疏河。\n2.5公里。",
        "一、修渠\n二、植树\n八、疏河",
        "历时21年完工，2022年10月20日，05号，2021年12月。",
        "共2032万元，2021个，2000多个村，〔2021〕5号，2021年全镇，G2020县道。",
        "综合治理26综合体，12各乡，3向前，5明显，预防犯罪，立即然后，学校圆满完成。",
        "没有进行，所有开展的活动，有在职人员5人，有在建项目，有开展活动的场地，有在平台采购的商品。",
        "控制“三公”经费，“三公”经费下降，三公里，第三农场，“三农”工作。",
        "建设“生态优先，绿色发展”“生态优先,绿色发展”".replace(",", "，"),
        "《甲办法》《乙办法》，《甲办法》和《乙办法》。",
        "电话0753-6320303，3～5万元，比例（5-3）/2，差异率=5-3元，从80%提高到85%，提高5个百分点，从80%提高到85%，增长6.25%。",
    ],
)
def test_what_only_looks_wrong_is_left_alone(text: str) -> None:
    assert said(text) == []


def test_a_sign_that_is_wrong_everywhere_is_said_once_with_its_first_places() -> None:
    (one,) = proofread(report.of_text("水渠,河道;山塘,林地,堤坝,水库,道路。\n" * 2, "a.txt"))
    assert (one.values["count"], one.values["found"], one.span.column) == (12, ",、;", 3)
    assert [label.span.column for label in one.related] == [6, 9, 12, 15, 18]


@pytest.mark.parametrize(("word", "year"), [("去年", 2022), ("今年", 2023), ("明年", 2024)])
def test_the_year_that_a_word_stands_for_is_told_where_the_report_has_one(word: str, year: int) -> None:
    (one,) = proofread(report.of_text(f"2023年河湾镇绩效自评报告\n{word}修渠。", "a.txt"))
    assert one.values["year"] == year


def test_a_lost_item_is_a_warning_and_an_odd_stop_a_note() -> None:
    lost, odd = proofread(report.of_text("一是修渠；三是植树；四是疏河。\n\n一是修渠；二是植树，三是疏河。", "a.txt"))
    assert (lost.severity, odd.severity) == (Severity.WARNING, Severity.NOTE)


def test_two_words_for_the_unit_that_both_suit_it_are_a_note() -> None:
    (one,) = proofread(report.of_text(f"{COVER}我镇修渠，本单位植树。", "a.txt"))
    assert (one.rule.code, one.severity, one.span.quote) == ("R112", Severity.NOTE, "本单位")


def test_numerals_that_word_counts_are_read_like_typed_ones() -> None:
    document, _ = read(docx("# 一、概况\n### 1、职责\n### 2、机构", automatic=True), "a.docx")
    assert document
    (one,) = proofread(report.of_document(document))
    assert (one.rule.code, one.span.quote, one.values["count"]) == ("R118", "职责", 2)


def test_the_numeral_after_a_lost_one_is_not_held_against_it() -> None:
    text = "一、修渠\n（一）干渠\n部门整体支出绩效目标\n（三）支渠\n三、植树"
    assert said(text) == [("R114", "部门整体支出绩效目标")]


@pytest.mark.parametrize(("wrong", "right"), words.RIGHT.items())
def test_a_listed_word_is_wrong_and_the_one_in_its_place_is_right(wrong: str, right: str) -> None:
    assert wrong != right
    assert said(f"我镇{right}工作。") == []
    assert said(f"完成{wrong}") in ([("R122", wrong)], [])


@given(st.text("一二三是、。，；：（）()[]〔〕1230年月日今明万千亩人有在进行的得分“”《》•*x-%率 \n\t|", max_size=200))
def test_any_text_is_judged_and_quoted_as_it_stands(text: str) -> None:
    lines = text.split("\n")
    for one in proofread(report.of_text(text, "a.txt")):
        stretch = lines[one.span.line - 1][one.span.column - 1 : one.span.end_column - 1]
        assert one.span.quote == stretch


def scored(*lines: str) -> str:
    return "一、预算执行情况\n" + "\n".join(lines)


ONE, TWO = "1.支付进度。满分5分，{}5分。", "2.意向公开。满分5分，自评得5分。"
THREE = "3.资产管理。满分5分，自评得5分。"


@pytest.mark.parametrize(
    "name", ["支付进度", "资金支付进度", "支付的进度情况", "按照评分标准", "该项工作完成情况", "自评"]
)
def test_the_name_of_the_heading_in_other_words_and_no_name_are_right(name: str) -> None:
    assert said(scored(ONE.format(f"{name}得"), TWO, THREE)) == []


def test_scores_of_many_headings_in_two_places_are_told_once() -> None:
    above = [f"{at}.第{at}件工作。该项指标满分2分，自评得2分。" for at in range(1, 6)]
    below = [f"{at}.第{at}件工作\n该项指标满分2分，自评得2分。工作完成。" for at in range(6, 11)]
    assert [code for code, _ in said(scored(*above, *below))] == ["R119"]
    assert said(scored(*above, *below[:-1])) == []


def test_most_listed_words_are_wrong_whatever_follows() -> None:
    found = [one for wrong in words.RIGHT for one in said(f"，{wrong}，")]
    assert len(found) > 120
    assert {code for code, _ in found} == {"R122"}


@pytest.mark.parametrize("path", OWN_TEXTS, ids=lambda one: one.name)
def test_no_word_of_our_own_texts_is_taken_for_a_wrong_one(path: Path) -> None:
    own = "\n".join(line for line in path.read_text("utf-8").split("\n") if not line.lstrip().startswith("#"))
    found = words.find(report.of_text(own, path.name))
    assert [one.span.quote for one in found] == []

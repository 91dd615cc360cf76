"""The cover, the dates and the lists of a report: what is found in them, and what looks like a fault and is none."""

from __future__ import annotations

import pytest

from reportgen import report
from reportgen.audit import audit

TITLE = "2023年度部门整体支出绩效自评报告\n"


def found(text: str, code: str) -> list[str]:
    """Give the words that each finding of a rule is about."""
    return [one.span.quote for one in audit(report.of_text(text, "报告.txt")) if one.rule.code == code]


@pytest.mark.parametrize(
    "date",
    ["2023年2月30日", "2023年2月29日", "6月31日", "2023年13月", "13月5日", "2023年0月5日", "2023-06-31", "4月31号"],
)
def test_a_day_that_there_is_not_is_found(date: str) -> None:
    assert found(f"水库于{date}开工。", "A401") == [date]


@pytest.mark.parametrize(
    "date",
    [
        "2024年2月29日",
        "2月29日",
        "2023年12月31日",
        "农历2月30日",
        "2023-15-03",
        "GB/T 9704-2012",
        "18个月31日",
        "2023年12月底前",
        "2023.06.301",
        "36月",
        "2023—2025年",
    ],
)
def test_a_day_that_there_is_or_that_is_none_is_not(date: str) -> None:
    assert found(f"水库于{date}开工。", "A401") == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (f"{TITLE}填报日期：2023年5月8日", ["2023年5月8日"]),
        (f"{TITLE}填报日期：2023年12月8日", ["2023年12月8日"]),
        (f"{TITLE}填报日期：2024年5月8日\n截至2024年6月1日，完成3项。", ["2024年5月8日"]),
        ("工期为2023年5月1日至2023年3月1日。", ["2023年3月1日"]),
        ("工期为2023年9月至2023年3月。", ["2023年3月"]),
        ("工期为2023年9月1日至3月1日。", ["3月1日"]),
    ],
)
def test_dates_out_of_order_are_found(text: str, quotes: list[str]) -> None:
    assert found(text, "A402") == quotes


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}填报日期：2024年5月8日\n截至2023年12月31日，完成3项。",
        f"{TITLE}填报日期：2024年5月8日\n截至2024年5月8日，完成3项。",
        f"{TITLE}填报日期：2024年5月\n截至2024年5月8日，完成3项。",
        f"{TITLE}填报日期：2024年5月8日\n截至2024年12月31日，预计完成3项。",
        f"{TITLE}填报日期：2023年12月31日",
        f"{TITLE}填报日期：2023年",
        f"{TITLE}填报日期：五月",
        f"{TITLE}填报人：陈一鸣",
        "2023年上半年部门整体支出绩效自评报告\n填报日期：2023年7月8日",
        "部门整体支出绩效自评报告\n填报日期：2023年5月8日\n2023年开工，2023年竣工。",
        "供暖期为11月15日至3月15日。",
        "供暖期为2023年11月15日至2024年3月15日。",
        "2023—2021年逐年减少。",
        "2024年2月29日前后；2023年2月28日至2月29日。",
    ],
)
def test_dates_in_their_order_are_not(text: str) -> None:
    assert found(text, "A402") == []


@pytest.mark.parametrize("value", ["", "____", "    年  月  日", "  年 月"])
def test_a_field_that_is_left_to_fill_in_is_empty(value: str) -> None:
    assert found(f"{TITLE}填报日期：{value}\n", "A601") == [f"填报日期：{value}"]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("县级部门整体绩效自评报告", ["县级部门整体绩效自评报告"]),
        ("县级部门整体支出绩效自评报告", ["县级部门整体支出绩效自评报告"]),
        ("县级部门整体绩效自评报告\n（2023年度）", ["县级部门整体绩效自评报告"]),
        ("县级部门整体支出绩效自评报告\n（2023年度）", []),
        ("县级部门整体支出绩效自评报告\n评价年度：2023年", []),
        ("2023年项目支出绩效自评报告", []),
        ("一、部门基本情况", []),
    ],
)
def test_a_title_names_the_spending_and_the_year(title: str, said: list[str]) -> None:
    assert found(title, "A602") == said


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("道路养护及时。\n12\n", ["12"]),
        ("道路养护及时。\n— 12 —\n群众满意。\n", ["— 12 —"]),
        ("道路养护及时。\n第3页，共9页\n一、绩效目标\n4\n", ["第3页，共9页"]),
        ("道路养护及时。\n2023\n", []),
        ("下属二级预算单位数量：\n0\n", []),
        ("指标\n12\n得分\n10\n", []),
        ("道路养护及时。\n12\n10\n", []),
        ("道路\t养护及时。\n桥梁\t安全。\n12\n", []),
    ],
)
def test_the_number_of_a_page_is_found_below_text_only(text: str, quotes: list[str]) -> None:
    assert found(text, "A603") == quotes


@pytest.mark.parametrize(
    ("field", "quotes"),
    [
        ("填报日期：202405", ["202405"]),
        ("填报日期：20240508", ["20240508"]),
        ("联系电话：0753-632030", ["0753-632030"]),
        ("联系电话：1381234567", ["1381234567"]),
        ("联系电话：138123456789", ["138123456789"]),
        ("电话：13812345678、0753-632030333", ["13812345678、0753-632030333"]),
        ("填报日期：2024年5月8日", []),
        ("填报日期：2024.5.8", []),
        ("联系电话：0753-6320303", []),
        ("联系电话：（0753）6320303", []),
        ("联系电话：0753-6320303-801", []),
        ("联系电话：6320303转12", []),
        ("联系电话：13812345678、020-83201234", []),
        ("联系电话：+86 138 1234 5678", []),
        ("联系电话：138****5678", []),
        ("联系电话：400-820-1234", []),
        ("填报人：123456789", []),
    ],
)
def test_a_date_or_number_that_is_hardly_right_is_found(field: str, quotes: list[str]) -> None:
    assert found(TITLE + field, "A604") == quotes

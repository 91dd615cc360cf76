"""The cover of a report in all layouts: its title, its fields, the year, and who reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen import report
from reportgen.word.text import read
from tests.word_files import docx as word_file
from tests.word_files import paragraph, table, written

if TYPE_CHECKING:
    from reportgen.report import Text


def of_word(body: str) -> Text:
    document, found = read(word_file(body), "报告.docx")
    assert document, found
    return report.of_document(document)


def fields(text: Text) -> dict[str, str]:
    return {one.label: one.value for one in text.cover.fields}


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("部门名称：（公章）青石县河湾镇人民政府", "部门名称", "青石县河湾镇人民政府"),
        ("部门名称（盖章）：青石县水务局", "部门名称", "青石县水务局"),
        ("部门名称：青石县水务局（公章）", "部门名称", "青石县水务局"),
        ("部门(单位)名称：青石县水务局 (公章)", "部门（单位）名称", "青石县水务局"),
        ("填报日期  2024年 2月26日", "填报日期", "2024年 2月26日"),
        ("填报人 陈一鸣", "", ""),
        ("部门（单位）名称:青石县水务局", "部门（单位）名称", "青石县水务局"),
        ("部门全称（公章）：青石县水务局", "部门全称", "青石县水务局"),
        ("评价单位（公章）：青石县水务局", "评价单位", "青石县水务局"),
        ("所属下级预算单位数量：3个", "所属下级预算单位数量", "3个"),
        ("  填 报 人：陈一鸣", "填报人", "陈一鸣"),
        ("填报人：", "填报人", ""),
        ("填报日期:202511", "填报日期", "202511"),
        ("报告日期：2024年 5月", "报告日期", "2024年 5月"),
    ],
)
def test_fields_are_read_as_they_are_written(line: str, label: str, value: str) -> None:
    text = report.of_text(f"绩效自评报告\n{line}\n一、情况\n", "报告.txt")
    assert fields(text) == ({label: value} if label else {})
    for one in text.cover.fields:
        assert one.line.text[one.start : one.end] == one.value


def test_a_line_may_hold_several_fields() -> None:
    text = report.of_text("填报人：陈一鸣    联系电话：0753-6320303　填报日期：\n一、情况\n", "报告.txt")
    assert fields(text) == {"填报人": "陈一鸣", "联系电话": "0753-6320303", "填报日期": ""}


def test_a_paragraph_may_hold_several_lines() -> None:
    said = "<w:br/>".join(f"<w:t>{one}</w:t>" for one in ("填报人：陈一鸣", "见附件", "联系电话：6320303"))
    text = of_word(f"<w:p><w:r>{said}</w:r></w:p>{paragraph('一、情况')}")
    assert fields(text) == {"填报人": "陈一鸣", "联系电话": "6320303"}


def test_text_that_mentions_a_label_is_no_field() -> None:
    text = report.of_text("绩效自评报告\n请核对 填报人：陈一鸣\n一、情况\n填报人：王二\n", "报告.txt")
    assert fields(text) == {}


def test_fields_may_stand_in_a_table() -> None:
    rows = "| 部门名称（公章） | 河湾镇 | 填报人 |  |\n| 联系电话： | 6320303 | 填报日期 | 填报时间 |\n"
    rows += "| 负责人：张三 | 评价年度 |\n"
    text = of_word(written(rows) + paragraph("一、情况"))
    assert fields(text) == {
        "部门名称": "河湾镇",
        "填报人": "",
        "联系电话": "6320303",
        "填报日期": "",
        "填报时间": "",
        "负责人": "张三",
        "评价年度": "",
    }


def test_a_table_below_the_first_heading_counts_where_it_names_the_unit() -> None:
    text = of_word(paragraph("一、情况") + written("| 单位名称 | 河湾镇 |\n| 联系人 | 王二 |\n"))
    assert fields(text) == {"单位名称": "河湾镇", "联系人": "王二"}
    text = of_word(paragraph("一、情况") + written("| 负责人 | 任务 |\n| 王二 | 修路 |\n"))
    assert fields(text) == {}


def test_merged_cells_are_read_once() -> None:
    text = report.of_text("填报人\t\t陈一鸣\n电话\t6320303\n一、情况\n", "报告.txt")
    assert fields(text) == {"填报人": "", "电话": "6320303"}


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("附件3\n河湾镇部门整体支出绩效自评报告\n（2023年度）\n", ["河湾镇部门整体支出绩效自评报告", "（2023年度）"]),
        (
            "青石县河湾镇人民政府\n2023年度部门整体支出\n绩效自评报告\n\n部门名称：河湾镇\n",
            ["青石县河湾镇人民政府", "2023年度部门整体支出", "绩效自评报告"],
        ),
        ("部门整体支出绩效评价报告（参考提纲）\n2023年\n", ["部门整体支出绩效评价报告（参考提纲）", "2023年"]),
        ("2023年度县级财政资金整体支出绩效自评材料\n", ["2023年度县级财政资金整体支出绩效自评材料"]),
        ("填报日期：2024年5月\n绩效自评报告\n", ["绩效自评报告"]),
        ("2024年5月6日\n绩效自评报告\n", ["绩效自评报告"]),
        ("根据通知要求，现将自评情况报告\n", []),
        ("现将自评情况报告如下：\n", []),
        ("我镇完成了自评工作。\n绩效自评报告\n", []),
        ("目录\n", []),
    ],
)
def test_the_title_is_what_says_report_and_stands_above_it(said: str, title: list[str]) -> None:
    assert [one.text for one in report.of_text(f"{said}一、情况\n", "报告.txt").cover.title] == title


def test_the_title_may_be_the_first_row_of_a_form() -> None:
    text = of_word(
        table(["2023年度部门整体支出绩效自评表"]) + paragraph("") + written("| 部门名称 | 河湾镇 |\n| 电话 | 6320303 |")
    )
    assert [one.text for one in text.cover.title] == ["2023年度部门整体支出绩效自评表"]
    assert text.year == 2023


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("河湾镇2023年度整体支出绩效自评报告\n填报日期：2025年5月\n", 2023),
        ("绩效自评报告\n（2022年度）\n", 2022),
        ("绩效自评报告\n评价年度：2021年\n", 2021),
        ("绩效自评报告\n填报日期：2024年5月\n一、情况\n2023年修路。2021年、2021年通水。\n", 2023),
        ("绩效自评报告\n填报日期：2024年5月\n一、情况\n2021年、2021年通水。2022年修路。\n", 2021),
        ("一、情况\n2022年修路。2021年通水。2021年5月起供水。\n", 2022),
        ("一、情况\n修路。\n", None),
    ],
)
def test_the_year_is_that_of_the_cover_or_the_one_before_the_report(said: str, year: int | None) -> None:
    assert report.of_text(said, "报告.txt").year == year


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("绩效自评报告\n部门名称：河湾镇\n", "河湾镇"),
        ("青石县水务局2023年度部门整体支出绩效自评报告\n", "青石县水务局"),
        ("青石县水务局部门整体支出绩效自评报告\n（2023年度）\n", "青石县水务局"),
        ("关于青石县水务局2023年整体支出绩效的自评报告\n", "青石县水务局"),
        ("青石县河湾镇人民政府\n2023年度部门整体支出绩效自评报告\n", "青石县河湾镇人民政府"),
        ("县级部门整体支出绩效自评报告\n", ""),
        ("2023年度部门整体支出绩效自评报告\n", ""),
        ("部门名称：\n绩效自评报告\n", ""),
        ("修路。\n", ""),
    ],
)
def test_the_unit_is_filled_in_or_in_the_title(said: str, unit: str) -> None:
    assert report.of_text(said, "报告.txt").unit == unit

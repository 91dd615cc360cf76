"""The lines and tables of a report with their places, out of plain texts and Word files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen import report
from reportgen.word.text import read
from tests.corpus.forms import docx
from tests.word_files import cell, table
from tests.word_files import docx as word_file

if TYPE_CHECKING:
    from reportgen.report import Text


def grid(text: Text, number: int = 0) -> list[list[str]]:
    return [[one.text for one in row] for row in text.tables[number].rows]


def of_word(data: bytes) -> Text:
    document, found = read(data, "报告.docx")
    assert document, found
    return report.of_document(document)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_does(end: str) -> None:
    text = report.of_text(f"标题{end}{end}修路。{end}", "报告.txt")
    assert [(one.text, one.at().line) for one in text.lines] == [("标题", 1), ("", 2), ("修路。", 3), ("", 4)]


@pytest.mark.parametrize("sign", ["\f", "\v", "\x85", "\u2028", "\u2029"])
def test_a_page_break_ends_a_line(sign: str) -> None:
    text = report.of_text(f"修路。{sign}一、情况\n通水。", "报告.txt")
    assert [(one.text, one.at().line, one.at().column) for one in text.lines] == [
        ("修路。", 1, 1),
        ("一、情况", 2, 1),
        ("通水。", 3, 1),
    ]


def test_rows_with_tabs_are_a_table() -> None:
    text = report.of_text("指标\t分值\t得分\n预算编制\t10\t 9\n水利\t\t8\n说明\n", "报告.txt")
    assert grid(text) == [["指标", "分值", "得分"], ["预算编制", "10", "9"], ["水利", "", "8"]]
    nine = text.tables[0].rows[1][2].lines[0]
    assert (nine.at().line, nine.at().column, nine.cell) == (2, 10, (0, 1, 2))
    assert [one.text for one in text.lines if one.cell is None] == ["说明", ""]
    assert text.tables[0].rows[0][0].head


def test_rows_with_bars_are_a_table_without_the_line_below_the_head() -> None:
    text = report.of_text("| 指标 | 得分 |\n|---|---|\n| 水利 | 8 |\n| 农业 |\n", "报告.txt")
    assert grid(text) == [["指标", "得分"], ["水利", "8"]]
    assert text.tables[0].rows[1][1].lines[0].at().column == 8


def test_a_single_row_and_indented_text_are_none() -> None:
    text = report.of_text("甲\t乙\n正文。\n\t缩进。\n\t\t再缩进。\n\t\n", "报告.txt")
    assert text.tables == ()


def test_shorter_rows_are_filled_up() -> None:
    text = report.of_text("指标\t分值\t得分\n水利\t8\n", "报告.txt")
    assert grid(text) == [["指标", "分值", "得分"], ["水利", "8", ""]]
    assert text.tables[0].rows[1][2].lines == ()


def test_merged_cells_stand_in_each_of_their_places() -> None:
    said = "| 一级 | 二级 | 得分 |\n| 预算 | 编制 | 5 |\n| ^ | 执行 | 4 |\n| 合计 | < | 9 |\n"
    text = of_word(docx(said, automatic=False))
    assert grid(text) == [["一级", "二级", "得分"], ["预算", "编制", "5"], ["预算", "执行", "4"], ["合计", "合计", "9"]]
    assert text.tables[0].rows[1][0] is text.tables[0].rows[2][0]
    assert [one.head for one in text.tables[0].rows[0]] == [True, True, True]


def test_a_table_in_a_cell_belongs_to_the_cell() -> None:
    inner = table(["甲", "乙"])
    text = of_word(word_file(table(["指标", cell(inner + "<w:p/>")], ["水利", "8"])))
    assert len(text.tables) == 1
    assert grid(text)[0] == ["指标", "甲\n乙\n"]


def test_a_place_in_word_is_the_paragraph_and_the_cell() -> None:
    text = of_word(word_file(table(["指标", "得分"], ["水利", "8"])))
    span = text.tables[0].rows[1][1].lines[0].at()
    assert (span.part, span.line, span.cell, span.quote) == ("正文", 4, "表1 第2行第2列", "8")

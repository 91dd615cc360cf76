"""The outline of a report, in every shape of its headings: typed, counted by Word, lost, run into the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen import report
from reportgen.word.text import read
from tests.corpus.forms import docx
from tests.word_files import docx as word_file
from tests.word_files import paragraph, run, written

if TYPE_CHECKING:
    from reportgen.report import Text


def outline(text: Text) -> list[str]:
    """Give the headings, indented by their levels, with their numerals."""
    headings = [one.heading for one in text.sections if one.heading]
    return [f"{'  ' * (one.level - 1)}{one.numeral}{one.title}" for one in headings]


def of_word(data: bytes) -> Text:
    document, found = read(data, "报告.docx")
    assert document, found
    return report.of_document(document)


def test_numerals_make_the_outline() -> None:
    text = "一、情况\n（一）概况\n1、职责\n(1)水利\n①水井\n（二）目标\n二、自评\n"
    assert outline(report.of_text(text, "报告.txt")) == [
        "一、情况",
        "  （一）概况",
        "    1、职责",
        "      (1)水利",
        "        ①水井",
        "  （二）目标",
        "二、自评",
    ]


@pytest.mark.parametrize("automatic", [True, False])
def test_word_counts_headings_or_leaves_it_to_whoever_writes(*, automatic: bool) -> None:
    said = "# 一、情况\n我镇有村九个。\n## （一）概况\n### 1.职责\n水利。\n## （二）目标\n# 二、自评\n"
    text = of_word(docx(said, automatic=automatic))
    assert outline(text) == ["一、情况", "  （一）概况", "    1.职责", "  （二）目标", "二、自评"]
    assert [one.text for one in text.below(text.sections[2])][-1] == "水利。"


def test_headings_of_word_without_numerals_have_the_level_of_their_style() -> None:
    assert outline(of_word(docx("# 情况\n## 水利与农业\n# 自评\n", automatic=False))) == [
        "情况",
        "  水利与农业",
        "自评",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "部门整体支出绩效目标。",
        "年度总体工作和重点工作任务",
        "下一步工作计划",
        "部门整体支出绩效管理存在问题及改进意见",
        "单位基本概况",
        "自评得分情况",
    ],
)
def test_a_heading_that_lost_its_numeral_is_known_by_its_words(line: str) -> None:
    assert outline(report.of_text(f"一、情况\n{line}\n正文。\n", "报告.txt")) == ["一、情况", f"  {line.rstrip('。')}"]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("（一）部门职能。我镇管理水利。", "（一）部门职能"),
        ("1.部门整体收入。2023年收入30万元。", "1.部门整体收入"),
        ("①预算编制。该项指标自评得2分。", "①预算编制"),
        ("年度总体工作：2023年，我镇修路。", "年度总体工作"),
    ],
)
def test_text_may_follow_a_heading_in_its_line(line: str, heading: str) -> None:
    text = report.of_text(line, "报告.txt")
    assert [one.strip() for one in outline(text)] == [heading]


@pytest.mark.parametrize(
    "line",
    [
        "（一）宣传贯彻落实各项方针政策。研究本镇的重大问题。",
        "1.5万元已经付清",
        "1、2023年收入",
        "一是修路",
        "2023年修路",
        "（一）严格管理，认真负责；（二）公开",
        "一、部门基本情况……………1",
        "一、部门基本情况\t1",
        "第十四届运动会",
        "一、" + "很长的标题" * 9,
        "一、",
        "情况",
    ],
)
def test_what_only_looks_like_a_heading_is_text(line: str) -> None:
    assert outline(report.of_text(line, "报告.txt")) == []


def test_parts_and_chapters_are_headings() -> None:
    said = "第一部分 部门概况\n（一）职能\n第二部分：自评\n"
    assert outline(report.of_text(said, "报告.txt")) == ["第一部分部门概况", "  （一）职能", "第二部分：自评"]


def test_a_title_in_the_style_of_headings_is_none() -> None:
    text = of_word(docx("# 2023年度部门整体支出绩效自评报告\n# 一、情况\n水利。\n# 报告\n", automatic=False))
    assert outline(text) == ["一、情况", "报告"]
    assert [one.text for one in text.cover.title] == ["2023年度部门整体支出绩效自评报告"]


def test_a_table_of_contents_in_word_is_none() -> None:
    entry = "<w:p><w:r><w:t>一、情况</w:t><w:tab/><w:t>1</w:t></w:r></w:p>"
    assert outline(of_word(word_file(entry + paragraph("一、情况")))) == ["一、情况"]


def test_lines_within_a_paragraph_are_lines_where_numerals_begin_them() -> None:
    broken = "<w:br/>".join(f"<w:t>{one}</w:t>" for one in ("一、情况", "我镇有", "村九个。", "（一）职责", "水利。"))
    text = of_word(word_file(f"<w:p><w:r>{broken}</w:r></w:p>" + paragraph("完。")))
    assert outline(text) == ["一、情况", "  （一）职责"]
    second = text.lines[1].at(0, 5)
    assert (second.line, second.column, second.quote) == (1, 15, "（一）职责")


def test_in_a_form_cells_are_headings() -> None:
    said = "| 部门名称 | 河湾镇 |\n| 一、部门职能 | 水利、农业。 |\n| 年度绩效目标 | 修路。 |\n"
    text = of_word(word_file(written(said)))
    assert outline(text) == ["一、部门职能", "  年度绩效目标"]
    assert [one.text for one in text.sections[2].lines] == ["年度绩效目标", "修路。", ""]
    assert [(one.label, one.value) for one in text.cover.fields] == [("部门名称", "河湾镇")]


def test_beside_other_headings_cells_are_none() -> None:
    said = "一、情况\n| 一、部门职能 | 水利、农业。 |\n| 年度绩效目标 | 修路。 |\n"
    assert outline(of_word(word_file(written(said)))) == ["一、情况"]


def test_a_report_without_headings_is_one_section() -> None:
    text = report.of_text("我镇有村九个。\n修路。\n", "报告.txt")
    assert [one.path for one in text.sections] == [()]
    assert [one.text for one in text.below(text.sections[0])] == ["我镇有村九个。", "修路。", ""]
    assert outline(report.of_text("", "报告.txt")) == []


def test_sections_know_where_they_stand() -> None:
    text = report.of_text("一、情况\n（一）概况\n水利。\n二、自评\n", "报告.txt")
    _, first, inner, second = text.sections
    assert text.section(text.lines[2]) is inner
    assert inner.path == ("情况", "概况")
    assert [inner.lies_in(one) for one in (first, inner, second)] == [True, True, False]
    assert [one.text for one in text.below(first)] == ["一、情况", "（一）概况", "水利。"]


def test_words_of_a_run_stay_together() -> None:
    body = f"<w:p>{run('一、情')}{run('况')}</w:p>"
    assert outline(of_word(word_file(body))) == ["一、情况"]


def test_a_list_of_contents_is_no_outline() -> None:
    entries = "目 录\n\n一、情况……1\n（一）概况……1\n二、自评……9\n"
    text = "一、情况\n（一）概况\n水利。\n二、自评\n"
    assert outline(report.of_text(entries + text, "报告.txt")) == ["一、情况", "  （一）概况", "二、自评"]
    assert outline(report.of_text(entries.replace("……", "") + text, "报告.txt")) == [
        "一、情况",
        "  （一）概况",
        "二、自评",
    ]
    assert outline(report.of_text("目录\n" + text, "报告.txt")) == ["一、情况", "  （一）概况", "二、自评"]

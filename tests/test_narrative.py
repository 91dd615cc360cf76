"""Prose in the facts: what its names lead to, in which order it is written, and where it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from reportgen import facts as binding
from reportgen import narrative, schema, source
from reportgen.diagnostics import FORMATS, Diagnostic, Messages, ordered
from reportgen.language import Log, compile, strip, trace, traced  # noqa: A004 — the field's word
from reportgen.schema import Field, Kind, group

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM = """
年度: 数
甲: {类型: 正文, 必填: 否}
乙: {类型: 正文, 必填: 否}
丙: {类型: 正文, 必填: 否}
标题: {类型: 文字, 必填: 否}
数据: {类型: 任意, 必填: 否}
工作:
  列表:
    标题: {类型: 文字, 必填: 否}
    总述: {类型: 正文, 必填: 否}
    数据: {类型: 任意, 必填: 否}
    措施: {列表: {正文: 正文, 数据: {类型: 任意, 必填: 否}}, 必填: 否}
  必填: 否
"""


def told(text: str, others: Mapping[str, Any] | None = None, *, log: Log | None = None) -> tuple[Any, list[Diagnostic]]:
    """Bind facts to the form above and write their prose."""
    form_node, _ = source.parse(FORM, "schema.yaml")
    root, _ = source.parse(text, "facts.yaml")
    assert form_node
    assert root
    form, _ = schema.read(form_node)
    facts, wrong = binding.bind(root, form)
    known = {name: Field(Kind.NUMBER) for name in others or {}}
    read, found = narrative.read(facts, known)
    values: Any = facts.values if log is None else traced(facts.values)
    found += narrative.fill(read, compile(read.routines), values, others or {}, log)
    return values, ordered([*wrong, *found])


def said(found: list[Diagnostic]) -> list[str]:
    return FORMATS["short"](found, Messages("en"), {}).splitlines()


def test_names_are_filled_in() -> None:
    values, found = told("年度: 2021\n甲: |\n  {{ 年度 }}年，\n  全年完成。\n")
    assert found == []
    assert values["甲"] == "2021年，全年完成。"


def test_lines_join_and_an_empty_line_begins_a_paragraph() -> None:
    values, _ = told("年度: 2021\n甲: |\n  第一段\n  还是第一段 one\n  two\n\n  第二段\n")
    assert values["甲"] == "第一段还是第一段 one two\u2029第二段"


@pytest.mark.parametrize(
    ("inner", "outer", "text"),
    [("数据: {数: 1}", "数据: {数: 2}", "1"), ("", "数据: {数: 2}", "2")],
)
def test_the_nearest_name_is_taken(inner: str, outer: str, text: str) -> None:
    values, found = told(
        f"年度: 2021\n{outer}\n工作:\n  - 措施:\n      - 正文: |\n          {{{{ 数据.数 }}}}\n        {inner}\n"
    )
    assert values["工作"][0]["措施"][0]["正文"] == text
    assert [one.rule.code for one in found] == (["F302"] if inner else [])


def test_a_name_is_found_in_the_group_around_the_list() -> None:
    values, found = told("年度: 2021\n工作:\n  - 数据: {数: 7}\n    措施:\n      - 正文: 共{{ 数据.数 }}个\n")
    assert (values["工作"][0]["措施"][0]["正文"], found) == ("共7个", [])


def test_indicators_are_names_too() -> None:
    values, found = told("年度: 2021\n甲: 得{{ 得分 }}分\n", {"得分": "94"})
    assert (values["甲"], found) == ("得94分", [])


def test_an_unknown_name_is_shown_where_it_stands() -> None:
    _, found = told("年度: 2021\n甲: |\n  第一行，\n\n  到{{ 年庆 }}年\n")
    assert said(found) == ["facts.yaml:5:4: error[T502]: there is no value called “年庆”"]
    assert found[0].values["close"] == "年度"


@pytest.mark.parametrize("order", ["甲乙丙", "丙乙甲", "乙丙甲"])
def test_prose_comes_after_the_prose_it_uses(order: str) -> None:
    text = {"甲": "甲: 一{{ 乙 }}", "乙": "乙: 二{{ 丙 }}", "丙": "丙: 三{{ 年度 }}"}
    values, found = told("年度: 2021\n" + "\n".join(text[name] for name in order) + "\n")
    assert (values["甲"], found) == ("一二三2021", [])


def test_prose_is_there_for_a_condition_before_it() -> None:
    values, found = told("年度: 2021\n甲: 有{{ '乙' if 乙 else '无' }}\n乙: 年{{ 年度 }}\n")
    assert (values["甲"], found) == ("有乙", [])


def test_prose_in_lists_is_written_before_it_is_used() -> None:
    text = "年度: 2021\n甲: 有{{ 工作 | 取('总述') | 连接('；') }}\n工作: [{总述: 年{{ 年度 }}}, {总述: 二}]\n"
    values, found = told(text.replace("年{{ 年度 }}", "'年{{ 年度 }}'"))
    assert (values["甲"], found) == ("有年2021；二", [])


def test_a_list_may_be_counted_from_within_and_across() -> None:
    text = """
年度: 2021
甲: 共{{ 工作 | 数量 }}项
工作:
  - 总述: 第一，{{ 工作 | 数量 }}项中，{{ 甲 }}，{{ 措施 | 数量 }}条
    措施:
      - 正文: 见{{ 总述 }}
  - 总述: 之前：{{ 工作 | 取('标题') | 首 }}
    标题: 二
"""
    values, found = told(text.replace("    措施", "    标题: 一\n    措施"))
    assert found == []
    assert values["工作"][0]["措施"][0]["正文"] == "见第一，2项中，共2项，1条"
    assert values["工作"][1]["总述"] == "之前：一"


def test_a_later_item_may_use_the_prose_of_all_when_that_makes_no_circle() -> None:
    text = """
年度: 2021
工作:
  - 措施: [{正文: "全：{{ 工作 | 取('总述') | 连接('、') }}"}]
    总述: 一
  - 总述: 二{{ 年度 }}
"""
    values, found = told(text)
    assert (values["工作"][0]["措施"][0]["正文"], found) == ("全：一、二2021", [])


def test_a_circle_is_said_once_and_the_rest_is_written() -> None:
    values, found = told("年度: 2021\n甲: 一{{ 乙 }}\n乙: 二{{ 甲 }}\n丙: 三{{ 年度 }}\n")
    assert [(one.rule.code, one.span.line) for one in found] == [("F301", 3)] or found[0].span.line == 2
    assert [one.rule.code for one in found] == ["F301"]
    assert values["丙"] == "三2021"


def test_a_prose_that_prints_itself_is_a_circle() -> None:
    _, found = told("年度: 2021\n甲: 一{{ 甲 }}\n")
    assert said(found) == ["facts.yaml:2:4: error[F301]: these texts use each other in a circle: 甲 → 甲"]


def test_a_circle_through_a_list_is_found_too() -> None:
    _, found = told("年度: 2021\n工作:\n  - 总述: 全{{ 工作 | 取('总述') | 连接('、') }}\n")
    codes = [one.rule.code for one in found]
    assert codes == ["F301"]
    assert found[0].values["names"] == "工作[1].总述 → 工作[1].总述"


def test_what_follows_from_a_failed_prose_is_marked_as_reported() -> None:
    _, found = told("年度: 2021\n甲: 一{{ 乙 }}\n乙: 二{{ 标题 }}\n")
    assert [(one.rule.code, one.values["name"], one.values["reported"]) for one in found] == [
        ("T514", "乙", True),
        ("T514", "标题", False),
    ]


def test_unclosed_tags_are_said_and_leave_the_prose_empty() -> None:
    values, found = told("年度: 2021\n甲: 一{{ 年度\n")
    assert [one.rule.code for one in found] == ["T508"]
    assert values["甲"] == ""


def test_a_traced_prose_remembers_what_it_came_from() -> None:
    log = Log()
    values, found = told(
        "年度: 2021\n甲: |\n  {{ 年度 }}年\n乙: 见{{ 甲 }}和{{ 工作 | 数量 }}项\n工作: [{总述: 一{{ 年度 }}}]".replace(
            "一{{ 年度 }}", "一"
        ),
        log=log,
    )
    assert found == []
    assert strip(values["乙"])[0] == "见2021年和1项"
    assert trace(values["甲"]).facts == {"甲", "年度"}
    assert "年度" in trace(values["乙"]).facts


def test_outputs_of_a_failed_attempt_leave_the_log() -> None:
    log = Log()
    told("年度: 2021\n甲: 一{{ 年度 }}{{ 标题 }}\n", log=log)
    assert log.outputs == []


def test_a_group_without_prose_needs_nothing() -> None:
    read, found = narrative.read(binding.Facts({}, {}, ()), group({}).fields)
    assert (read.routines, found) == ({}, [])

"""Where a check that fails is shown: at the facts that it names, those of the item first."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import build, checks, formats, source
from reportgen.diagnostics import Severity
from tests import small_packs, test_spec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.diagnostics import Diagnostic

GUIDE = (Path(__file__).parents[1] / "docs" / "guide" / "指标和评分怎么写.md").read_text("utf-8")
SMALL = {"indicators.yaml": "- {名称: 率, 层级: [一, 二], 分值: 1, 公式: 1, 评分: {按比例: {满分: 100%}}, 说明: 无}\n"}
FORM = "".join(f"{name}: {{类型: 数, 必填: 否}}\n" for name in "甲乙丙丁戊己") + (
    "工作: {列表: {标题: 文字, 数量: {类型: 数, 必填: 否}}, 必填: 否}\n组: {内: {类型: 数, 必填: 否}}\n"
)
FACTS = "甲: 1\n乙: 2\n丙: 3\n丁: 4\n戊: 5\n己: 6\n组: {内: 7}\n工作: [{标题: 一, 数量: 1}, {标题: 二, 数量: 9}]\n"


def found(condition: str, text: str = "错", each: str = "", severity: str = "错误") -> list[Diagnostic]:
    more = f", 每项: {each}" if each else ""
    check = f'- {{名称: 核, 条件: "{condition}", 级别: {severity}, 说明: "{text}", 建议: 改{more}}}\n'
    return small_packs.found({"schema.yaml": FORM, "facts.yaml": FACTS, "checks.yaml": check})


@pytest.mark.parametrize(
    ("condition", "text", "lines"),
    [
        ("乙 == 甲", "错", [2, 1]),
        ("1 == 2", "{{ 丙 }}", [3]),
        ("乙 == 甲 + 乙", "{{ 丁 }}", [2, 1, 4]),
        ("甲 + 乙 + 丙 + 丁 + 戊 + 己 == 0", "错", [1, 2, 3, 4, 5]),  # no more than four beside the first
        ("组.内 == 0", "错", [7]),
        ("指标.率.得分 == 0 and 甲 == 0", "错", [1]),
    ],
)
def test_a_check_is_shown_at_the_facts_it_names(condition: str, text: str, lines: list[int]) -> None:
    (one,) = found(condition, text)
    assert [one.span.line, *(label.span.line for label in one.related)] == lines
    assert one.span.path == "facts.yaml"


def test_a_check_of_items_is_shown_at_the_item() -> None:
    (one,) = found("甲 + 数量 <= 5", "{{ 标题 }}有{{ 数量 }}", "工作")
    assert one.values["text"] == "二有9"
    assert [(one.span.line, one.span.column), *(label.span.line for label in one.related)] == [(8, 34), 8, 1]


@pytest.mark.parametrize(
    ("word", "severity"), [("错误", Severity.ERROR), ("警告", Severity.WARNING), ("提示", Severity.NOTE)]
)
def test_a_check_says_how_bad_it_is(word: str, severity: Severity) -> None:
    (one,) = found("甲 == 2", severity=word)
    assert (one.rule.code, one.severity, one.help.format(**one.values)) == ("C101", severity, "改")


def test_a_check_sees_the_scores() -> None:
    (one,) = found("自评.总分 < 10 and 指标.率.得分 < 10", "得{{ 自评.总分 }}分")
    assert one.values["text"] == "得10分"


def test_a_traced_study_finds_the_same() -> None:
    check = '- {名称: 核, 条件: "甲 == 0", 级别: 提示, 说明: "{{ 甲 }}和{{ 题 }}", 建议: 改}\n'
    files = {"schema.yaml": "甲: 数\n题: 正文\n", "facts.yaml": '甲: 1\n题: "写{{ 甲 }}"\n', "checks.yaml": check}
    said = [small_packs.built(files, trace=trace).study.found[0].values["text"] for trace in (False, True)]
    assert said == ["1和写1", "1和写1"]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=title)
        for title, case in test_spec.cases((test_spec.SPEC / "check-kinds.md").read_text("utf-8")).items()
    ],
)
def test_a_traced_study_finds_the_same_of_every_kind(case: test_spec.Case) -> None:
    with small_packs.made(case.files) as (pack, _, facts):
        if pack is not None:  # most cases of a wrong pack are of the pack alone
            plain, traced = (build.study(facts, trace=trace, pack=pack).found for trace in (False, True))
            assert [one.key() for one in plain] == [one.key() for one in traced]


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=6).filter(any), st.data())
def test_shares_hold_as_they_are_printed_and_not_two_printed_units_off(amounts: list[int], data: st.DataObject) -> None:
    shares = formats.shares(amounts, 2)
    at = data.draw(st.integers(0, len(amounts) - 1))
    other = [share + (Decimal("0.0002") if number == at else 0) for number, share in enumerate(shares)]
    assert found_shares(amounts, shares) == []
    assert [one.span.line for one in found_shares(amounts, other)] == [at + 3]


def found_shares(amounts: Sequence[int], shares: Sequence[Decimal]) -> list[Diagnostic]:
    check = "- {名称: 核, 占比: {各项: [数 | 取('人')], 等于: [占比], 平衡: 末项}, 级别: 错误}\n"
    form = '数: {列表: {人: {类型: 数, 单位: 人}}}\n占比: {列表: {类型: 数, 单位: "%", 小数: 2}}\n'
    stated = "".join(f"  - {share * 100:.2f}%\n" for share in shares)
    facts = f"数: [{', '.join(f'{{人: {amount}}}' for amount in amounts)}]\n占比:\n{stated}"
    return small_packs.found({**SMALL, "schema.yaml": form, "facts.yaml": facts, "checks.yaml": check})


@pytest.mark.parametrize("kind", list(checks.Kind))
def test_the_guide_shows_how_each_kind_is_written(kind: checks.Kind) -> None:
    (example,) = re.findall(rf"^\| {kind} \|.*\| `(.*)` \|$", GUIDE, re.MULTILINE)
    more = "  说明: 错\n  建议: 改\n" if kind is checks.Kind.CONDITION else ""
    text = f"- 名称: 核\n  {example.replace(chr(92) + '|', '|')}\n  级别: 错误\n{more}"
    root, unread = source.parse(text, "checks.yaml", "list")
    assert root, unread
    (one,), wrong = checks.read(root)
    assert (one.kind, wrong) == (kind, [])


EXPRESSIONS = st.sampled_from(
    ["甲", "工作", "工作 | 取('数量')", "组.内", "原报.甲", "1 / 0", "'文'", "末项", "（", "无此", "[甲, 乙]", ""]
)
KEYS = st.sampled_from(["各项", "等于", "平衡", "实际", "目标", "别的"])
LISTS = st.lists(EXPRESSIONS, max_size=3)
STATEMENTS = EXPRESSIONS | LISTS | st.dictionaries(KEYS, EXPRESSIONS | LISTS, max_size=4)
CHECKS = st.dictionaries(st.sampled_from([*checks.Kind, "适用", "每项"]), STATEMENTS, max_size=2).map(
    lambda one: {"名称": "核", "级别": "错误", "说明": "错", "建议": "改", **one}
)


@settings(max_examples=300)
@given(st.lists(CHECKS, min_size=1, max_size=2))
def test_whatever_is_written_into_a_check_is_read_or_reported(written: list[dict[str, object]]) -> None:
    text = json.dumps(written, ensure_ascii=False)
    found = small_packs.found({"schema.yaml": FORM, "facts.yaml": FACTS, "checks.yaml": text})
    lines = {"checks.yaml": 1, "facts.yaml": FACTS.count("\n")}
    assert all(1 <= one.span.line <= lines[one.span.path] for one in found)

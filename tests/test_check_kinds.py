"""Every kind of check alike: when it holds, when it is broken, when it does not apply, and of what it is about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from reportgen.checks import Kind
from reportgen.diagnostics import Label, Severity
from tests import small_packs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.diagnostics import Diagnostic


class Example(NamedTuple):
    """A statement of a kind that `SOUND` facts keep, and the value of one fact, `key`, that breaks it."""

    code: str
    statement: object
    key: str
    wrong: object


INDICATORS: Final = "- {名称: 率, 层级: [一, 二], 分值: 1, 公式: 1, 评分: {按比例: {满分: 100%}}, 说明: 无}\n"
FIELDS: Final = {
    "甲": "数",
    "乙": "数",
    "始": "日期",
    "终": "日期",
    "村": {"列表": "文字"},
    "名单": {"列表": "文字"},
    "金额": {"列表": "数"},
    "占比": {"列表": {"类型": "数", "单位": "%", "小数": "2"}},
    "任务": {"列表": {"题": "文字", "成": "数", "标": "数"}},
}
SOUND: Final[Mapping[str, object]] = {
    "甲": 2,
    "乙": 2,
    "始": "2021-01-01",
    "终": "2021-12-31",
    "村": ["茜坑村", "沙溪村"],
    "名单": ["沙溪村", "茜坑村"],
    "金额": [1, 1],
    "占比": ["50%", "50%"],
    "任务": [{"题": "供水", "成": 5, "标": 5}],
}
EXAMPLES: Final[Mapping[Kind, Example]] = {
    Kind.CONDITION: Example("C101", "甲 == 乙", "乙", 3),
    Kind.SUM: Example("C104", {"各项": ["金额"], "等于": "乙"}, "乙", 3),
    Kind.EQUAL: Example("C105", ["甲", "乙"], "乙", 3),
    Kind.AT_MOST: Example("C106", ["甲", "乙"], "乙", 1),
    Kind.IN_ORDER: Example("C107", ["始", "终"], "终", "2020-12-31"),
    Kind.SAME_SET: Example("C108", ["村", "名单"], "名单", ["茜坑村"]),
    Kind.COUNT: Example("C109", {"各项": ["村"], "等于": "乙"}, "乙", 3),
    Kind.SHARES: Example("C110", {"各项": ["金额"], "等于": ["占比"]}, "占比", ["50%", "51%"]),
    Kind.TARGETS: Example(
        "C111", {"各项": ["任务"], "实际": "成", "目标": "标"}, "任务", [{"题": "供水", "成": 4, "标": 5}]
    ),
}
EVERY: Final = pytest.mark.parametrize("kind", list(Kind))


def found(
    kind: Kind, facts: Mapping[str, object], statement: object = None, *, optional: bool = False, **settings: str
) -> list[Diagnostic]:
    """Test a check of a kind on facts, of which each stands on its own line."""
    told = {"说明": "错", "建议": "改"} if kind is Kind.CONDITION else {}
    check = {"名称": "核", kind: statement or EXAMPLES[kind].statement, "级别": "错误", **told, **settings}
    form = {name: loose(field) if optional else field for name, field in FIELDS.items()}
    group = {name: loose(field) for name, field in FIELDS.items()}
    return small_packs.found(
        {
            "schema.yaml": json.dumps({**form, "项": {"列表": group, "必填": "否"}}, ensure_ascii=False),
            "indicators.yaml": INDICATORS,
            "facts.yaml": "".join(f"{key}: {written(value)}\n" for key, value in facts.items()),
            "checks.yaml": json.dumps([check], ensure_ascii=False),
        }
    )


def loose(field: object) -> object:
    return {**(field if isinstance(field, dict) else {"类型": field}), "必填": "否"}


def written(value: object) -> str:
    """Write a value as YAML in one line, numbers and dates without quotes."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {written(inner)}' for key, inner in value.items())}}}"
    return f"[{', '.join(map(written, value))}]" if isinstance(value, list) else str(value)


def broken(kind: Kind) -> dict[str, object]:
    return {**SOUND, EXAMPLES[kind].key: EXAMPLES[kind].wrong}


def without(kind: Kind) -> dict[str, object]:
    return {key: value for key, value in SOUND.items() if key != EXAMPLES[kind].key}


def of_report(kind: Kind) -> object:
    """Let a statement be about what a published report states."""
    text, key = json.dumps(EXAMPLES[kind].statement, ensure_ascii=False), EXAMPLES[kind].key
    return json.loads(text.replace(key, f"原报.{key}"))


@EVERY
def test_it_holds(kind: Kind) -> None:
    assert found(kind, SOUND) == []


@EVERY
def test_it_is_broken_at_the_fact_that_breaks_it(kind: Kind) -> None:
    (one,) = found(kind, broken(kind))
    lines = [one.span.line, *(label.span.line for label in one.related)]
    assert (one.rule.code, one.severity) == (EXAMPLES[kind].code, Severity.ERROR)
    assert (
        list(SOUND).index(EXAMPLES[kind].key) + 1 in lines or kind is Kind.SAME_SET
    )  # what is missing stands elsewhere


@EVERY
def test_it_says_so_in_words_of_its_own(kind: Kind) -> None:
    (one,) = found(kind, broken(kind), 说明="共{{ 甲 }}人", 建议="看看", 级别="提示")
    assert (one.values["text"], one.help.format(**one.values), one.severity) == ("共2人", "看看", Severity.NOTE)


@EVERY
def test_it_need_not_apply(kind: Kind) -> None:
    assert found(kind, broken(kind), 适用="1 == 2") == []


@EVERY
def test_it_is_about_every_item(kind: Kind) -> None:
    items = {"项": [SOUND, broken(kind), SOUND, broken(kind)]}
    assert [one.rule.code for one in found(kind, {**SOUND, **items}, 每项="项")] == [EXAMPLES[kind].code] * 2


@EVERY
def test_a_needed_fact_that_is_missing_is_reported_alone(kind: Kind) -> None:
    assert [one.rule.code for one in found(kind, without(kind))] == ["F205"]


@EVERY
def test_a_fact_that_need_not_be_given_is_asked_for(kind: Kind) -> None:
    (one,) = found(kind, without(kind), optional=True)
    assert (one.rule.code, one.values["name"]) == ("T514", EXAMPLES[kind].key)


@EVERY
def test_what_a_published_report_need_not_state_is_not_asked_for(kind: Kind) -> None:
    assert found(kind, SOUND, of_report(kind)) == []


@EVERY
def test_what_a_published_report_states_is_compared(kind: Kind) -> None:
    example = EXAMPLES[kind]
    facts = {**SOUND, "原报": {example.key: example.wrong}}
    assert example.code in [one.rule.code for one in found(kind, facts, of_report(kind))]


@pytest.mark.parametrize(("count", "end"), [(12, "村12"), (13, "村12…")])
def test_a_long_list_is_told_in_part(count: int, end: str) -> None:
    (one,) = found(Kind.COUNT, {**SOUND, "村": [f"村{number}" for number in range(1, count + 1)]})
    said = one.values["text"]
    assert isinstance(said, Label)
    assert str(said.values["items"]).endswith(f"、{end}")

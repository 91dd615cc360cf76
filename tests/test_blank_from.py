"""Next year's form: what the pack lets carry over stands in it unchanged, the rest is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import build, packs, schema, source
from reportgen.blank import blank, takes_year
from reportgen.blank.values import entry, tree
from reportgen.diagnostics import Severity, Span
from reportgen.facts import Facts, bind
from reportgen.schema import Field, Kind, group, listing, optional
from tests.test_blank import PACK, SAMPLE, below_head, filled, said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORM: Final = """\
单位:
  名称: {类型: 文字, 沿用: 是, 说明: 全称, 示例: 某镇}
  电话: {类型: 文字, 沿用: 是, 必填: 否}
年度: {类型: 数, 小数: 0, 沿用: 新年度}
人数: {类型: 数, 单位: 人, 小数: 0}
年初: {类型: 数, 单位: 万元, 小数: 2, 沿用: 支出.年末}
支出: {年末: {类型: 数, 单位: 万元, 小数: 2, 需佐证: 是}}
职责: {列表: 正文, 沿用: 是}
村: {列表: 文字, 必填: 否, 沿用: 是}
工作: {列表: {名: 文字}, 必填: 否}
目标:
  列表:
    名: {类型: 文字, 沿用: 是}
    措施: {列表: 文字, 沿用: 是}
    值: {数: 数}
  沿用: 是
  必填: 否
上年:
  人数: {类型: 数, 单位: 人, 小数: 0, 沿用: 人数}
数据: {类型: 任意, 沿用: 是, 必填: 否}
总结: {类型: 正文, 必填: 否}
"""
FACTS: Final = """\
专名: [235国道, "# 甲"]
单位:
  名称: {值: 丰顺县砂田镇人民政府, 来源: "公函: 1号", 备注: 全称}
年度: 2021
人数: 30 人
年初: 7
支出:
  年末:
    值: 55400 元
    佐证: 决算表
职责:
  - 一句话。
  - |
    两行，
      缩进。

    第二段。
村: []
工作: [{名: 甲}, {名: 乙}]
目标:
  - 名: "甲 # 乙"
    措施: [修路]
    值: {数: 5}
  - 名: 丙
    措施: []
    值: {数: 6}
数据:
  点: 5 公里
  码: "0123"
  村: [甲, {名: 乙, 户: 12}]
  空: {}
总结: |
  {{ 年度 }}年。
"""


def form(text: str = FORM) -> Field:
    read, found = schema.read(parsed(text))
    assert found == []
    return read


def parsed(text: str) -> source.Node:
    root, found = source.parse(text, "facts.yaml")
    assert found == []
    assert root
    return root


def facts(text: str, wanted: Field) -> Facts:
    read, found = bind(parsed(text), wanted)
    assert [one for one in found if one.rule.code != "F205"] == []
    return read


def test_what_carries_stands_there_and_the_rest_is_asked_for() -> None:
    text = blank(form(), "a@1", "甲", last=facts(FACTS, form()), year=2022)
    assert (
        text.partition("模板包: a@1\n")[2]
        == """
专名:  # 沿用上年，请核对
  - 235国道
  - "# 甲"

单位:
  名称:  # 文字；全称；沿用上年，请核对
    值: 丰顺县砂田镇人民政府
    来源: "公函: 1号"
    备注: 全称
  电话:  # 选填；文字

年度: 2022  # 整数

人数:  # 整数，单位人；上年 30 人

年初:  # 数，单位万元，最多2位小数；取自上年“支出.年末”，请核对
  值: 55400 元
  佐证: 决算表

支出:
  年末:  # 数，单位万元，最多2位小数；要写佐证；上年 55400 元

职责:  # 沿用上年，请核对
  - |
    一句话。
  - |
    两行，
      缩进。

    第二段。

村: []  # 选填；沿用上年，请核对

工作:  # 选填；上年 2 项
  # - 名:  # 文字

目标:  # 选填；沿用上年，请核对
  - 名: "甲 # 乙"  # 文字；沿用上年，请核对
    措施:  # 沿用上年，请核对
      - 修路
    值:
      数:  # 数；上年 5
  - 名: 丙  # 文字；沿用上年，请核对
    措施: []  # 沿用上年，请核对
    值:
      数:  # 数；上年 6

上年:
  人数: 30 人  # 整数，单位人；取自上年“人数”，请核对

数据:  # 选填；名称自定的数据；沿用上年，请核对
  点: 5 公里
  码: "0123"
  村:
    - 甲
    - 名: 乙
      户: 12
  空: {}

总结:  # 选填；正文
"""
    )


def test_without_last_year_there_is_only_the_year() -> None:
    assert below_head(form("年度: {类型: 数, 小数: 0, 沿用: 新年度, 示例: '2021'}")) == ["年度:  # 整数；例如 2021"]
    text = blank(form(), "a@1", "甲", year=2022)
    assert "\n年度: 2022  # 整数\n" in text
    assert "上年" not in text.replace("取自上年", "").partition("模板包")[0]
    assert "沿用" not in text


def test_an_unfinished_year_carries_what_it_has() -> None:
    text = blank(form(), "a@1", "甲", last=facts("年度: 2021\n职责: 无\n".replace("无", "[]"), form()))
    assert "\n年度:  # 整数；上年 2021\n" in text
    assert "\n职责: []  # 沿用上年，请核对\n" in text
    assert "\n年初:  # 数，单位万元，最多2位小数\n" in text
    assert "\n  # - 名:  # 文字\n" in text


@pytest.mark.parametrize(
    ("declared", "takes"),
    [
        ("年度: {类型: 数, 沿用: 新年度}", True),
        ("甲: {年度: {类型: 数, 沿用: 新年度}}", True),
        ("甲: {列表: {年度: {类型: 数, 沿用: 新年度}}}", True),
        ("年度: 数", False),
        ("甲: {列表: 数, 沿用: 是}", False),
    ],
)
def test_a_form_says_whether_it_takes_the_year(declared: str, takes: bool) -> None:  # noqa: FBT001 — a row of the table
    assert takes_year(form(declared)) is takes


def test_the_sample_goes_on_to_2022(tmp_path: Path) -> None:
    """As the clerk does it: new --from, fill in the blanks, check; what was true of last year only is found."""
    pack, _ = packs.load(PACK, Span())
    assert pack
    sample = parsed(SAMPLE.read_text("utf-8"))
    last, _ = bind(sample, pack.form)
    text = blank(pack.form, pack.name, pack.title, last=last, year=2022)
    empty, _ = bind(parsed(text), pack.form)
    for path in ("单位.名称", "职责[2]", "内设机构[14]", "人员.编制.行政编制", "单位.填报人"):
        assert empty.all[path].value == last.all[path].value
    assert empty.all["收入.年初结转和结余"].value == last.all["支出.年末结转和结余"].value
    assert {"收入.一般公共预算拨款", "重点工作[1].标题", "填报日期"} <= {gap.path for gap in empty.gaps}
    assert empty.names == last.names
    at = text.index("专名")
    copied = text[:at] + "\n".join(filled(text[at:].split("\n"), sample))
    mended = re.sub(r"填报日期: \S+", "填报日期: 2023-06-24", copied)
    mended = re.sub(r"截至: \S+", "截至: 2022-12-31", mended)
    mended = re.sub(r"项目支出: \S+", "项目支出: 727.04", mended)
    names = {"填报日期在评价年度之后", "人员统计日期在评价年度内", "收支平衡"}
    for filling, wrong in ((copied, names), (mended, set())):
        (tmp_path / "2022.yaml").write_text(filling, "utf-8")
        found = build.study(tmp_path / "2022.yaml", pack=pack).found
        assert {one.values["name"] for one in found if one.severity is Severity.ERROR} == wrong


LETTERS: Final = st.text(st.sampled_from("甲乙 a1:#-,[]{}&*!|>'\"%@`\\\t\n\u200bé￥\U0001f600"), max_size=8)
OPEN: Final = st.recursive(
    st.one_of(LETTERS, st.sampled_from(["12", "5 公里", "69.8%", "2021-12-31", "是", "甲: 乙", "- 甲"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["甲", "乙", "丙"]), inner, max_size=3),
    max_leaves=8,
)


def typed(value: object) -> str:
    """Write a value as it may stand in a facts file: in brackets, texts in quotes."""
    if isinstance(value, list):
        return f"[{', '.join(map(typed, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {typed(inner)}' for key, inner in value.items())}}}"
    return '"' + "".join(f"\\U{ord(one):08x}" for one in str(value)) + '"'


SAID: Final = LETTERS.filter(str.strip)
LONG: Final = st.fixed_dictionaries({"值": SAID}, optional={"来源": SAID, "佐证": SAID, "备注": SAID})
ALL: Final = {"文": LETTERS | LONG, "正": LETTERS | LONG, "任": OPEN, "列": st.lists(SAID | LONG, min_size=1)}
KINDS: Final = {"文": Kind.TEXT, "正": Kind.PROSE, "任": Kind.OPEN}


@given(st.fixed_dictionaries(ALL))
def test_whatever_is_carried_says_the_same(values: Mapping[str, object]) -> None:
    listed = listing(Field(Kind.PROSE), required=False)
    wanted = group({**{name: optional(kind) for name, kind in KINDS.items()}, "列": listed})
    text = "".join(f"{name}: {typed(value)}\n" for name, value in values.items())
    once, _ = bind(parsed(text), wanted)
    lines = [
        line
        for name, value in once.values.items()
        if (known := tree(value, name, once)) is not None
        for line in entry(f"{name}:", known, "  ")
    ]
    again, _ = bind(parsed("\n".join(lines) + "\n"), wanted)
    assert _bare(said(again)) == _bare(said(once))


def _bare(value: object) -> object:
    """Leave out the line breaks at the end of texts, which say nothing."""
    if isinstance(value, dict):
        return {name: _bare(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_bare(inner) for inner in value]
    return value.rstrip("\n") if isinstance(value, str) else value

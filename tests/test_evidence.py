"""The list of all evidence that templates print: in the order of the form, values as printed, traced to their facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen import evidence
from reportgen.facts import Facts, bind
from reportgen.language import trace
from reportgen.schema import read
from reportgen.source import parse
from tests import small_packs
from tests.pictures import png

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA: Final = """
甲: {金额: {类型: 数, 单位: 万元, 小数: 2}, 比例: {类型: 数, 单位: "%", 小数: 1}}
乙: {列表: 文字}
丙: 日期
丁: 是否
戊: 正文
己: 任意
庚: 图片
"""
FACTS: Final = """
己: {点: {值: 42 公里, 佐证: 图纸}}
庚: {值: a.png, 佐证: 原片}
戊: {值: "{{ 丙 }}", 佐证: 纪要}
丁: {值: 否, 佐证: 台账}
丙: {值: 2021-12-31, 佐证: 公告}
乙: [{值: 供水, 佐证: 批复}, 道路]
甲:
  比例: {值: 84.70%, 佐证: 报表, 来源: 年报}
  金额: {值: 20.50, 佐证: 决算}
"""


def bound(folder: Path) -> Facts:
    (folder / "a.png").write_bytes(png())
    form, facts = parse(SCHEMA, "schema.yaml")[0], parse(FACTS, str(folder / "facts.yaml"))[0]
    assert form
    assert facts
    values, found = bind(facts, read(form)[0], folder)
    assert found == []
    return values


def test_everything_with_evidence_is_listed_in_the_order_of_the_form(tmp_path: Path) -> None:
    rows = evidence.listed(bound(tmp_path))["佐证材料"]
    assert isinstance(rows, list)
    assert [tuple(row.values()) for row in rows] == [
        ("甲.金额", "20.50万元", "决算", ""),
        ("甲.比例", "84.7%", "报表", "年报"),
        ("乙[1]", "供水", "批复", ""),
        ("丙", "2021年12月31日", "公告", ""),
        ("丁", "否", "台账", ""),
        ("戊", "见正文", "纪要", ""),
        ("己.点", "42公里", "图纸", ""),
        ("庚", "a.png", "原片", ""),
    ]
    assert all(list(row) == ["名称", "值", "佐证", "来源"] for row in rows)
    assert {type(text) for row in rows for text in row.values()} == {str}


def test_a_traced_list_remembers_its_facts(tmp_path: Path) -> None:
    rows = evidence.listed(bound(tmp_path), traced=True)["佐证材料"]
    assert isinstance(rows, list)
    assert rows == evidence.listed(bound(tmp_path))["佐证材料"]
    for row in rows:
        path = str(row["名称"])
        assert trace(row["名称"]).as_conditions() == trace(row["名称"]), "a name does not come from the value"
        assert [trace(row[key]).facts for key in ("值", "佐证", "来源")] == [{path}, {f"{path}.佐证"}, {f"{path}.来源"}]


def test_the_list_is_printed_traced_and_plain() -> None:
    files = {
        "facts.yaml": "甲: {值: 1, 佐证: 决算}\n",
        "report.docx": "{% for x in 佐证材料 %}{{ x.名称 }}={{ x.值 }}（{{ x.佐证 }}）{% endfor %}",
    }
    assert small_packs.built(files).documents
    assert small_packs.built(files, trace=True).documents

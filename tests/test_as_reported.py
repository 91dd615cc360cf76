"""What a published report stated, kept as it stood: every contradiction in it is found, at its own line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reportgen.build import study
from reportgen.diagnostics import FORMATS, Messages

Record = dict[str, Any]
DATA = Path(__file__).parents[1] / "data"
REPORTED = DATA / "shatian-2021-as-reported.yaml"
CLEAN = DATA / "shatian-2021.yaml"
E, W, N = "error", "warning", "note"
# What stands in the line, how bad it is, by which rule, and a part of what is said or advised.
FINDINGS = [
    ("总分: 94", E, "N103", "各项得分相加却是 97 分"),
    ("总分: 94", E, "N103", "30+33+34=97"),
    ("总分: 94", E, "N101", "按事实数据是 84"),
    ("总分: 94", E, "N101", "25+31+28=84"),
    ("资产盘点情况: {得分: 2}", E, "N101", "原报写的是 2，按事实数据是 0"),
    ("资产盘点情况: {得分: 2}", E, "N101", "未达到“每年按要求进行资产盘点”的要求"),
    ("得分: 5", E, "N101", "财政拨款收入预决算差异率.得分”原报写的是 5，按事实数据是 0"),
    ("得分: 4", E, "N101", "绩效目标完成率.得分”原报写的是 4，按事实数据是 0"),
    ("公众或服务对象满意度: {得分: 2}", E, "N101", "没有满意度调查或者其他佐证材料"),
    ("值: 0%", E, "N101", "原报写的是 0%，按事实数据是 -27.11%"),
    ("值: 0%", E, "N102", "实际采购1.32万元，属于无预算采购，执行率无法计算"),
    ("值: 100%", E, "N102", "没有设定可量化的绩效指标"),
    ("一般公共预算拨款: 2032.56", E, "N101", "原报写的是 2032.56，按事实数据是 2032.55"),
    ("年初结转和结余: 28.39%", E, "C110", "应当是28.38%"),
    ("年初结转和结余: 28.39%", E, "C110", "收入占比平衡：末项"),
    ("财政拨款收入决算数: 2788.56", E, "C105", "年初财政拨款结转和结余是756.00万元，看来把上年结转算进了本年收入"),
    ("完成率: 84.73%", E, "C111", "城乡居民医疗保险参保任务 90.24%＜100%、3周岁以上人群疫苗接种 79.01%＜100%"),
    ("缴费人数: 12849 人", E, "C106", "（12849人）超过了“工作数据.养老保险.参保人数”（8729人）"),
    ("缴费人数: 12849 人", E, "C106", "是不是把医疗保险的缴费人数写成了养老保险的"),
    (
        "- 标题: 突出抓项目、办实事",
        E,
        "C108",
        "“突出抓治理、强保护，持续优化环境质量”；只在“原报.年度目标”里有的：城乡建设呈现新面貌、乡村振兴",
    ),
    ("指标: []", E, "C101", "没有写可以衡量的指标和目标值"),
    ("填报人:", E, "F205", "单位.填报人"),
    ("预算编制合理性: {得分: 2}", W, "N105", "专项资金绩效完成情况、项目实施程序、项目监管"),
    ("政府采购: {预算数: 0", N, "C101", "属于无预算采购"),
    ("意向全部公开: 是", W, "C101", "没有预算的采购无从公开意向"),
    ("检查未发现问题: 是", W, "C101", "资产没有按要求盘点"),
]


LINES = REPORTED.read_text("utf-8").splitlines()


def findings(path: Path) -> list[Record]:
    records: list[Record] = json.loads(FORMATS["json"](study(path).found, Messages("zh"), {}))
    return records


def stands(part: str, code: str, one: Record) -> bool:
    """Tell whether a finding is of a rule and about a line that holds a text."""
    return one["code"] == code and part in LINES[one["place"]["line"] - 1]


@pytest.fixture(scope="module")
def found() -> list[Record]:
    return findings(REPORTED)


@pytest.mark.parametrize(("line", "severity", "code", "part"), FINDINGS)
def test_a_contradiction_is_found(found: list[Record], line: str, severity: str, code: str, part: str) -> None:
    here = [one for one in found if stands(line, code, one) and one["severity"] == severity]
    assert any(part in one["message"] + one["help"] for one in here), here


def test_nothing_else_is_found(found: list[Record]) -> None:
    assert [one for one in found if not any(stands(line, code, one) for line, _, code, _ in FINDINGS)] == []


def test_a_share_may_make_up_the_rest_if_that_is_declared(tmp_path: Path) -> None:
    text = REPORTED.read_text("utf-8").replace("\n  收入占比:\n", "\n  收入占比平衡: 末项\n  收入占比:\n", 1)
    facts = tmp_path / "facts.yaml"
    facts.write_text(text, "utf-8")
    codes = [one["code"] for one in findings(facts)]
    assert "C110" not in codes
    assert "C105" in codes


def test_the_facts_put_right_have_no_error() -> None:
    assert [one for one in findings(CLEAN) if one["severity"] != N] == []

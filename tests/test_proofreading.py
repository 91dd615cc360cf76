"""The wording of facts, packs and templates: what is found there, at which place, and what a waiver silences."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from reportgen import proofreading
from reportgen.build import study
from tests import small_packs

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic

SCHEMA = "年度: {类型: 数, 小数: 0, 沿用: 新年度}\n单位: 文字\n概况: 正文\n成效: 正文\n"
GIVEN = "年度: 2023\n单位: 河湾镇\n"


def found(facts: str) -> list[Diagnostic]:
    manifest = small_packs.DEFAULTS["pack.yaml"] + "作者: 单位\n"
    files = {
        "schema.yaml": SCHEMA,
        "pack.yaml": manifest,
        "indicators.yaml": small_packs.DEFAULTS["indicators.yaml"].replace("公式: 甲", "公式: 1"),
        "facts.yaml": facts,
    }
    with small_packs.made(files) as (pack, wrong, path):
        assert pack, wrong
        return study(path, pack=pack, wording=proofreading.facts).found


def places(facts: str) -> list[tuple[str, int, int, str]]:
    return [(one.rule.code, one.span.line, one.span.column, one.span.quote) for one in found(facts)]


@pytest.mark.parametrize(
    ("prose", "place"),
    [
        ("概况: 今年修渠。", (3, 5, "今年")),
        ("概况: '{{ 年度 }}年，今年修渠。'", (3, 16, "今年")),
        ("概况: |\n  修渠。\n\n  2023年植树，\n  今年疏河。", (7, 3, "今年")),
        ("概况: |\n  2023年植树今\n  年疏河。", (4, 10, "今年")),
    ],
)
def test_a_text_of_the_facts_is_judged_at_its_place_in_the_file(prose: str, place: tuple[int, int, str]) -> None:
    assert places(f"{GIVEN}{prose}\n成效: 好。\n") == [("R102", *place)]


def test_a_space_that_folding_leaves_is_one_and_what_follows_stands_in_its_line() -> None:
    folded = f'{GIVEN}概况: "2023年修渠，\n  今年植树。"\n成效: 好。\n'
    assert places(folded) == [("R110", 3, 13, "， 今"), ("R102", 4, 3, "今年")]


def test_tags_are_no_words() -> None:
    tags = """概况: "今{{ 年度 }}年,{{ 年度 }}{{ 年度 }}年 {{ '今年' }}年。"\n成效: 好。\n"""
    assert [code for code, *_ in places(GIVEN + tags)] == ["R103"]


def test_a_tag_that_is_not_closed_is_no_text_either() -> None:
    codes = [one.rule.code for one in found(f"{GIVEN}概况: 修渠。{{{{ 今年\n成效: 好。\n")]
    assert codes == ["T508"]


def test_the_year_and_the_kind_of_unit_are_those_of_the_facts() -> None:
    one, other = found(f"{GIVEN}概况: 明年修渠。\n成效: 我局植树。\n")
    assert (one.values["year"], other.rule.code) == (2024, "R112")


def test_numerals_and_items_of_one_fact_are_not_those_of_another() -> None:
    assert places(f"{GIVEN}概况: |\n  1.修渠。\n\n  2.植树。\n成效: |\n  4.疏河。二是修路。\n") == []


def test_a_waiver_silences_a_rule_where_it_says_so_and_nowhere_else() -> None:
    waiver = "忽略:\n- {规则: R103, 位置: 概况, 理由: 照原文}\n"
    text = f"{GIVEN}概况: 修渠,植树。\n成效: 疏河,修路。\n"
    assert places(text) == [("R103", 3, 7, ",")]
    assert places(text + waiver) == [("R103", 4, 7, ",")]
    assert [one.rule.code for one in found(f"{GIVEN}概况: 修渠。\n成效: 疏河,修路。\n{waiver}")] == ["R103", "F253"]


def test_a_build_neither_judges_wording_nor_asks_for_what_its_waivers_silence() -> None:
    facts = "甲: 1\n忽略:\n- {规则: R103, 位置: 甲, 理由: 照原文}\n"
    assert small_packs.found({"facts.yaml": facts}) == []


def test_what_builds_reports_loads_no_rule_of_wording() -> None:
    asked = "import sys, reportgen.build, reportgen.cli.clerk; print([one for one in sys.modules if 'prose' in one])"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert said == "['reportgen.language.prose']\n"


def test_what_the_indicators_of_a_pack_print_is_judged() -> None:
    indicators = small_packs.DEFAULTS["indicators.yaml"].replace(
        "说明: 说明", "说明: 今年{{ 甲 }}万元,\n  备注: 今年,明年"
    )
    said = [(one.rule.code, one.span.line) for one in small_packs.linted({"indicators.yaml": indicators})]
    assert [one for one in said if one[0][0] == "R"] == [("R102", 7), ("R103", 7)]


def test_what_a_template_says_itself_is_judged_and_nothing_twice() -> None:
    said = small_packs.template_linted(
        {"report.docx": "一、概况\n今年{{ 甲 }}布署,一是修渠。\n部门整体支出绩效目标\n（一）职责"}
    )
    codes = [(one.rule.code, one.span.line, one.span.quote) for one in said if one.rule.code[0] == "R"]
    assert codes == [("R102", 2, "今年"), ("R122", 2, "布署")]

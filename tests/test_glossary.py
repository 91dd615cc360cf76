"""`pack show --names` lists every name that a template may use, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from reportgen import cli, packs
from reportgen.diagnostics.snippet import width
from reportgen.glossary import Name, glossary, page
from reportgen.word.review import review
from tests import small_packs
from tests.word_files import docx, paragraph

if TYPE_CHECKING:
    from reportgen.packs import Pack

ROOT = Path(__file__).parents[1]
SHIPPED = "meizhou-self-evaluation@2021.1"
SCHEMA = """甲: {类型: 数, 单位: 万元, 小数: 2, 说明: 决算数, 示例: "12.00"}
村: {列表: 文字}
项目: {列表: {名称: 文字, 投资: {类型: 数, 单位: 万元, 必填: 否}}}
"""
FACTS = "甲: 0.5\n村: [茜坑村, 沙溪村]\n项目: [{名称: 供水}]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_packs.write(tmp_path, {"schema.yaml": SCHEMA, "facts.yaml": FACTS})


@pytest.fixture
def pack(folder: Path) -> Pack:
    pack, found = packs.read(folder)
    assert pack, found
    return pack


def by_name(names: list[Name]) -> dict[str, tuple[str, ...]]:
    return {one.name: one[1:] for one in names}


def test_a_fact_is_listed_as_the_form_has_it(pack: Pack) -> None:
    assert by_name(glossary(pack, {}))["甲"] == ("数", "万元", "决算数", "12.00")


def test_names_within_groups_and_lists_follow_theirs(pack: Pack) -> None:
    names = list(by_name(glossary(pack, {})))
    assert names[:5] == ["甲", "村", "项目", "项目[].名称", "项目[].投资"]
    assert {"指标.率.得分", "指标体系[].二级[].指标[].名称", "自评.总分", "佐证材料[].佐证"} < set(names)


def test_all_that_is_listed_can_be_looked_up(pack: Pack) -> None:
    scopes = [packs.names(pack)]
    listed = [one.name for one in glossary(pack, {}) if "[]" not in one.name]
    used = docx("".join(paragraph(f"{{{{ '有' if 有({name}) else '无' }}}}") for name in listed))
    assert review(used, "t.docx", (), scopes) == []


def test_every_name_of_the_program_has_a_meaning(pack: Pack) -> None:
    bare = [name for name, (_, _, meaning, _) in by_name(glossary(pack, {})).items() if not meaning]
    assert bare == ["村", "项目", "项目[].名称", "项目[].投资", "指标.率"]


def test_samples_come_from_the_facts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = folder.parents[1] / "facts.yaml"
    asked = ["pack", "show", str(folder), "--names", "--format", "json", "--lang", "en"]
    assert cli.main([*asked, "--facts", str(facts)]) == 0
    samples = {one["name"]: one["sample"] for one in json.loads(capsys.readouterr().out)}
    wanted = {"甲": "0.50", "村": "茜坑村、沙溪村", "项目": "", "项目[].名称": "供水", "项目[].投资": ""}
    assert {name: samples[name] for name in wanted} == wanted
    assert (samples["指标.率.得分"], samples["自评.满分"]) == ("5", "10")


def test_the_table_stands_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["pack", "show", SHIPPED, "--names", "--facts", str(ROOT / "data" / "shatian-2021.yaml")]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["名称", "类型", "单位", "含义", "例如"]
    (row,) = (one for one in rows if one.startswith("收入.其他收入 "))
    assert row.split() == ["收入.其他收入", "数", "万元", "决算数", "5.54"]
    assert [width(line[: line.index(word)]) for line, word in ((head, "单位"), (row, "万元"))] == [
        width(head[: head.index("单位")])
    ] * 2
    assert {len(line.split("  ")[-1].strip()) for line in rows if line.endswith("…")} == {40}


def test_the_page_holds_the_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = folder / "名称.html"
    asked = ["pack", "show", str(folder), "--names", "-o", str(target)]
    assert cli.main(asked) == 0
    assert str(target) in capsys.readouterr().out
    root = etree.HTML(target.read_bytes())
    rows = [["".join(map(str, cell.itertext())) for cell in row] for row in root.iter("tr")]
    assert rows[:2] == [["名称", "类型", "单位", "含义", "例如"], ["甲", "数", "万元", "决算数", "12.00"]]
    before = target.read_bytes()
    assert cli.main(asked) == 1
    assert "S006" in capsys.readouterr().err
    assert target.read_bytes() == before


def test_the_page_shows_signs_of_html_as_they_are() -> None:
    text = page("<甲>", ["&"], [Name("甲", "文字", "", "<b>", "R&D")])
    assert "<td>&lt;b&gt;</td><td>R&amp;D</td>" in text
    assert "<title>&lt;甲&gt;</title>" in text


def test_packs_and_facts_that_cannot_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["pack", "show", "no@1", "--names"]) == 1
    assert cli.main(["pack", "show", str(folder), "--names", "--facts", str(folder / "no.yaml")]) == 1
    printed = capsys.readouterr()
    assert [code for code in ("P101", "S001") if code in printed.err] == ["P101", "S001"]
    assert printed.out == ""

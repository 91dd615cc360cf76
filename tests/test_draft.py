"""A draft of facts that are not complete: every gap is marked in the document and listed, in the order of the form."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from reportgen import build, word
from reportgen.cli import main
from reportgen.facts import due
from reportgen.word.text import read
from tests import small_packs
from tests.filled import document, lines
from tests.test_packs import codes
from tests.word_files import docx, paragraph

SAMPLE = Path(__file__).parents[1] / "data" / "shatian-2021.yaml"
FORM = """单位: {名称: {类型: 文字, 说明: 全称}, 填报人: 文字}
甲: {类型: 数, 单位: 万元}
乙: {类型: 数, 必填: 否}
项目: {列表: {标题: 文字, 金额: {类型: 数, 单位: 万元}, 附注: {类型: 文字, 必填: 否}}}
概况: {类型: 正文}
"""
FACTS = "单位: {名称: 砂田镇}\n概况: |\n  共{{ 甲 }}万元。\n"
REPORT = """填报人：{{ 单位.填报人 }}
甲：{{ 甲 | 金额 }}万元
{%p if 甲 > 3 %}
多
{%p else %}
少
{%p endif %}
{%p set 两倍 = 甲 * 2 %}
两倍：{{ 两倍 }}
{%p for 项 in 项目 %}
{{ 项.标题 }}：{{ 项.金额 }}万元{{ '，' ~ 项.附注 if 有(项.附注) else '' }}
{%p endfor %}
{{ 概况 }}
率：{{ 指标.率.得分 }}分，{{ 指标.率.算式 }}，共{{ 自评.总分 }}分
"""
FILES = {"schema.yaml": FORM, "facts.yaml": FACTS, "report.docx": REPORT}


def drafted(**files: str) -> build.Built:
    with small_packs.made({**FILES, **files}) as (pack, found, facts):
        assert pack, found
        return build.build(facts, pack=pack, draft=True)


def said(built: build.Built) -> list[str]:
    (made,) = built.documents
    document, _ = read(made.data, made.name)
    assert document
    return [one.text for one in document.paragraphs]


def test_a_draft_says_what_is_still_to_come_where_it_would_stand() -> None:
    built = drafted()
    assert built.study.found == []
    assert said(built) == [
        "填报人：【待补：填报人】",
        "甲：【待补：甲】万元",
        "少",
        "两倍：【待补：甲】",
        "【待补：标题】：【待补：金额】万元",
        "共【待补：甲】万元。",
        "率：【待补：率得分】分，【待补：甲】，共【待补：率得分】分",
    ]


def test_the_gaps_are_listed_in_the_order_of_the_form() -> None:
    built = drafted()
    assert built.study.facts
    assert built.study.pack
    listed = [(path, field.unit, field.meaning) for path, field in due(built.study.facts, built.study.pack.form)]
    assert listed == [("单位.填报人", "", ""), ("甲", "万元", ""), ("项目", "", "")]


def test_a_gap_in_an_item_is_found_in_the_form() -> None:
    built = drafted(**{"facts.yaml": f"{FACTS}项目: [{{标题: 一}}]\n"})
    assert built.study.facts
    assert built.study.pack
    assert [(path, field.unit) for path, field in due(built.study.facts, built.study.pack.form)][2:] == [
        ("项目[1].金额", "万元")
    ]
    assert "一：【待补：金额】万元" in said(built)


def test_without_a_draft_a_gap_is_an_error() -> None:
    with small_packs.made(FILES) as (pack, _, facts):
        built = build.build(facts, pack=pack)
    assert (built.documents, codes(built.study.found)) == ((), ["F205", "F205"])


def test_a_draft_forgives_gaps_and_nothing_else() -> None:
    wrong = drafted(**{"facts.yaml": f"{FACTS}甲: 某\n"})
    assert (wrong.documents, codes(wrong.study.found)) == ((), ["F201"])
    optional = drafted(**{"report.docx": "{{ 乙 }}"})
    assert (optional.documents, codes(optional.study.found)) == ((), ["T514"])
    assigned = drafted(**{"report.docx": "{%p set x = 乙 + 1 %}\n{{ x }}"})
    assert (assigned.documents, codes(assigned.study.found)) == ((), ["T514"])
    asked = drafted(**{"report.docx": "{%p if 乙 > 1 %}\n甲\n{%p endif %}"})
    assert (asked.documents, codes(asked.study.found)) == ((), ["T514"])


def xml(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return opened.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("own", "marked"),
    [
        ("", '<w:rPr><w:highlight w:val="yellow"/></w:rPr>'),
        ("<w:b/><w:u/>", '<w:rPr><w:b/><w:highlight w:val="yellow"/><w:u/></w:rPr>'),
        ('<w:sz w:val="32"/>', '<w:rPr><w:sz w:val="32"/><w:highlight w:val="yellow"/></w:rPr>'),
        ('<w:highlight w:val="red"/>', '<w:rPr><w:highlight w:val="yellow"/></w:rPr>'),
    ],
)
def test_what_is_to_come_has_a_yellow_ground_and_nothing_else_has(own: str, marked: str) -> None:
    look = f"<w:rPr>{own}</w:rPr>" if own else ""
    template = docx(paragraph(runs=f"<w:r>{look}<w:t>甲{{{{ 值 }}}}乙</w:t></w:r>"))
    compiled, found = word.compile(template, "t.docx")
    assert compiled, found
    data, _ = compiled.render({"值": "前【待补：a<b】后"})
    assert data
    runs = re.findall(r"<w:r>(<w:rPr>.*?</w:rPr>)?<w:t[^>]*>(.*?)</w:t>", xml(data))
    assert runs == [(look, "甲前"), (marked, "【待补：a&lt;b】"), (look, "后乙")]


def test_other_brackets_stay_as_they_are() -> None:
    assert [one.text for one in document(lines("{{ 值 }}"), {"值": "【例】【待补】"}).paragraphs] == ["【例】【待补】"]


def test_the_command_lists_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SAMPLE.read_text("utf-8")
    facts = tmp_path / "facts.yaml"
    facts.write_text(re.sub(r"  填报人:\n(?:    .*\n)+|  其他收入: .*\n", "", text), "utf-8")
    assert main(["build", str(facts)]) == 1
    assert main(["build", str(facts), "--draft"]) == 0
    printed = capsys.readouterr().out
    assert "还有 2 项事实数据待补" in printed
    assert printed.index("单位.填报人  封面“填报人”") < printed.index("收入.其他收入  万元，决算数")


def test_a_complete_draft_is_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain, draft = build.build(SAMPLE), build.build(SAMPLE, draft=True)
    assert plain.documents == draft.documents
    assert main(["build", str(SAMPLE), "--draft", "-o", str(tmp_path)]) == 0
    assert "待补" not in capsys.readouterr().out

"""The whole way: what stops it, what a document is called and says of itself, and that findings come once."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from reportgen import build
from reportgen.diagnostics import Severity
from tests import small_packs
from tests.test_packs import codes

SAMPLE = Path(__file__).parents[1] / "data" / "shatian-2021.yaml"
TWO = """名称: small
版本: "1"
标题: 小报告
文件:
  - {模板: report.docx, 输出: "报告{{ 甲 }}.docx"}
  - {模板: table.docx, 输出: 表.docx}
作者: 单位.名称
成文日期: 日
等级: [{否则: 差}]
"""
FORM = "甲: 数\n乙: {类型: 数, 必填: 否}\n日: {类型: 日期, 必填: 否}\n单位: {名称: {类型: 文字, 必填: 否}}\n"


def two(facts: str = "甲: 1\n", table: str = "表{{ 甲 }}", **files: str) -> build.Built:
    return small_packs.built(
        {"pack.yaml": TWO, "schema.yaml": FORM, "table.docx": table, "facts.yaml": facts, **files},
    )


def core(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return opened.read("docProps/core.xml").decode()


def test_a_pack_may_make_several_documents() -> None:
    built = two()
    assert [one.name for one in built.documents] == ["报告1.docx", "表.docx"]
    assert built.study.found == []


def test_all_documents_or_none() -> None:
    built = two(table="表{{ 乙 }}")
    assert (built.documents, codes(built.study.found)) == ((), ["T514"])


@pytest.mark.parametrize(
    ("facts", "holds", "lacks"),
    [
        ("甲: 1\n", [], ["created", "creator"]),
        (
            "甲: 1\n日: 2022-06-24\n单位: {名称: 砂田镇}\n",
            ["<dcterms:created", "2022-06-24T00:00:00Z", "<dc:creator>砂田镇</dc:creator>"],
            [],
        ),
    ],
)
def test_a_document_says_of_itself_what_the_named_facts_say(facts: str, holds: list[str], lacks: list[str]) -> None:
    for document in two(facts).documents:
        said = core(document.data)
        assert f"<dc:title>{document.name.removesuffix('.docx')}</dc:title>" in said
        assert all(part in said for part in holds)
        assert not any(part in said for part in lacks)


def test_a_pack_need_not_say_who_wrote_it() -> None:
    (document,) = small_packs.built({}).documents
    assert "creator" not in core(document.data)


@pytest.mark.parametrize(
    "name",
    [
        "a/b.docx",
        "报告",
        "报告.doc",
        ".docx",
        ".a.docx",
        "a .docx",
        " a.docx",
        "a..docx",
        "con.docx",
        "LPT1.x.docx",
        "a:b.docx",
        "a\u202eb.docx",
        "甲" * 79 + ".docx",
    ],
)
def test_a_name_that_some_system_cannot_hold(name: str) -> None:
    manifest = small_packs.DEFAULTS["pack.yaml"].replace("报告.docx", '"{{ 名 }}"')
    files = {"pack.yaml": manifest, "schema.yaml": "甲: 数\n名: 文字\n", "facts.yaml": f'甲: 1\n名: "{name}"\n'}
    built = small_packs.built(files)
    assert (built.documents, codes(built.study.found)) == ((), ["P105"])


def test_a_name_that_cannot_be_written() -> None:
    built = two(**{"pack.yaml": TWO.replace("报告{{ 甲 }}", "报告{{ 乙 }}")})
    assert (built.documents, codes(built.study.found)) == ((), ["T514"])


def test_a_prose_fact_in_a_name_leaves_no_marks() -> None:
    manifest = small_packs.DEFAULTS["pack.yaml"].replace("报告.docx", '"{{ 题 }}.docx"')
    files = {"pack.yaml": manifest, "schema.yaml": "甲: 数\n题: 正文\n", "facts.yaml": '甲: 1\n题: "报告{{ 甲 }}"\n'}
    assert [one.name for one in small_packs.built(files, trace=True).documents] == ["报告1.docx"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("甲: 1\n", "F101"),
        ("模板包:\n甲: 1\n", "F101"),
        ("模板包: [a]\n", "F101"),
        ("模板包: nobody@1\n", "P101"),
        ("甲: [\n", "S115"),
    ],
)
def test_without_a_pack_nothing_is_built(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(text, "utf-8")
    built = build.build(path)
    assert (built.documents, codes(built.study.found), built.study.sound) == ((), [code], False)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_bytes(b"\xff\xff\xff")
    assert codes(build.build(tmp_path / "none.yaml").study.found) == ["S001"]
    assert len(build.build(tmp_path / "other.yaml").study.found) == 1


CHANGES = {
    "a missing fact": ("  收入调整预算数: 2032.55\n", "", ["F205"]),
    "a fact that is no number": ("  件数: 27\n", "  件数: 廿七\n", ["F201"]),
    "a missing group": ("政府采购:\n", "政府买:\n", ["F204"]),
    "a missing judgement": ("    得分: 10\n", "", ["F205"]),
    "a judgement without reason": ("    得分: 10\n", "    得分: 9\n", ["I312"]),
    "a judgement beyond the points": ("    得分: 10\n", "    得分: 11\n", ["I313"]),
    "a missing answer": ("    按要求盘点: 否\n", "", ["F205"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_one_cause_gives_one_error(change: str, tmp_path: Path) -> None:
    old, new, expected = CHANGES[change]
    text = SAMPLE.read_text("utf-8")
    assert old in text
    path = tmp_path / "facts.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    found = [one for one in build.study(path).found if one.severity is Severity.ERROR]
    assert codes(found) == expected
    assert {one.span.path for one in found} == {str(path)}


def test_no_denominator_of_the_sample_stops_it(tmp_path: Path) -> None:
    """Every quotient of the pack says what a zero means."""
    text = SAMPLE.read_text("utf-8")
    for old, new in {
        "收入调整预算数: 2032.55": "收入调整预算数: 0",
        "一般公共预算拨款: 2032.55": "一般公共预算拨款: 0",
        "其他收入: 5.54": "其他收入: 0",
        "年初结转和结余: 807.72": "年初结转和结余: 0",
        "年初结转和结余: 756.00": "年初结转和结余: 0",
        "基本支出: 1311.05": "基本支出: 0",
        "项目支出: 1534.76": "项目支出: 0",
        "实际金额: 1.32": "实际金额: 0",
        "  件数: 27\n  回复件数: 27": "  件数: 0\n  回复件数: 0",
    }.items():
        assert old in text
        text = text.replace(old, new)
    for name in (
        "预算安排数",
        "实际支出数",
        "调整预算数",
        "决算数",
        "计划完成数",
        "及时完成数",
        "按时回复件数",
        "有效答卷",
        "满意答卷",
    ):
        before, found, after = text.partition(f"  {name}:\n    值: ")
        assert found
        text = f"{before}{found}0\n{after.partition(chr(10))[2]}"
    path = tmp_path / "facts.yaml"
    path.write_text(text, "utf-8")
    built = build.build(path)
    assert [one for one in built.study.found if one.severity is Severity.ERROR] == []
    assert len(built.documents) == 1

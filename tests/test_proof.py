"""Every figure of the sample's report is proved, and a figure that somebody changes is found where it stands."""

from __future__ import annotations

import io
import random
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from lxml import etree

from reportgen.build import Built, build
from reportgen.proof import Proof, Status, Words, compare, figures, prove
from reportgen.verification import disagreements, proven, verify
from reportgen.word.opening import opened
from reportgen.word.places import body, texts
from reportgen.word.text import Document, Paragraph, read
from tests import small_packs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SAMPLE = Path(__file__).parents[1] / "data" / "shatian-2021.yaml"
CHANGES = 300
UNITS = {"万元": "元", "元": "万元", "%": "‰", "人": "户", "个": "户", "户": "人", "分": "份", "项": "条", "年": "月"}
WORDS = {"增长": "下降", "全部": "首次", "均": "未", "最高": "最低", "良": "优", "超额": "增长"}


class Base(NamedTuple):
    """The sample built and read, with its proofs, and its plain bytes."""

    built: Built
    document: Document
    proofs: Sequence[Proof]
    words: Words
    data: bytes


@pytest.fixture(scope="module")
def base() -> Base:
    built = build(SAMPLE, trace=True)
    study = built.study
    assert study.pack
    assert study.facts
    assert study.log
    document, _ = read(built.documents[0].data, "report.docx", traced=True)
    assert document
    grades = tuple(one.word for one in study.pack.system.grades)
    words = Words((*study.pack.names, *study.facts.names), grades)
    proofs = prove(document, study.log, study.facts, words)
    (plain,) = build(SAMPLE, pack=study.pack).documents
    return Base(built, document, proofs, words, plain.data)


def test_every_figure_of_the_sample_is_proved(base: Base) -> None:
    assert len(base.proofs) > 600
    assert {one.status for one in base.proofs} == {Status.PROVED}


def changed(figure_text: str, rng: random.Random) -> str:
    """Change one figure: a digit, its unit, its sign, or the word that it is."""
    if figure_text in WORDS:
        return WORDS[figure_text]
    ways = [at for at, sign in enumerate(figure_text) if sign.isdecimal()]
    unit = next((one for one in UNITS if figure_text.endswith(one)), "")
    if unit and rng.random() < 0.3:
        return figure_text.removesuffix(unit) + UNITS[unit]
    if ways and rng.random() < 0.1:
        return f"-{figure_text}"
    if ways:
        at = rng.choice(ways)
        return (
            figure_text[:at]
            + rng.choice([one for one in "123456789" if one != figure_text[at]])
            + figure_text[at + 1 :]
        )
    signs = [at for at, sign in enumerate(figure_text) if sign in "一二三四五六七八九十①②③④⑤⑥⑦⑧⑨"]
    at = rng.choice(signs)
    row = "①②③④⑤⑥⑦⑧⑨" if figure_text[at] in "①②③④⑤⑥⑦⑧⑨" else "一二三四五六七八九"
    return replaced(figure_text, at, row, rng)


def replaced(text: str, at: int, signs: str, rng: random.Random) -> str:
    """Put another sign of a row in place of one."""
    return text[:at] + rng.choice([one for one in signs if one != text[at]]) + text[at + 1 :]


def edited(data: bytes, proof: Proof, new: str) -> bytes:
    """Type something else in place of a figure, as somebody does in Word: the runs stay what they are."""
    package, _ = opened(data, "report.docx")
    assert package
    part = next(one.part for one in package.stories if one.name == proof.paragraph.part)
    root = etree.fromstring(package.parts[part].data)
    (place,) = [one for one in body(root).places if one.number == proof.paragraph.number]
    said = proof.paragraph.text
    start = len(said[: proof.figure.start].translate({9: None, 10: None}))
    left = len(proof.figure.text)
    at = 0
    for leaf in texts(place.element):
        text = leaf.text or ""
        first, last = max(start - at, 0), min(start + left - at, len(text))
        if first < last or (first == last == start - at and new):
            leaf.text = text[:first] + new + text[max(last, first) :]
            new = ""
        at += len(text)
    assert not new
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as copy:
        for name in old.namelist():
            copy.writestr(name, etree.tostring(root) if name == part else old.read(name))
    return out.getvalue()


@pytest.fixture(scope="module")
def resaved(base: Base, tool: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give the document as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("resaved")
    (folder / "report.docx").write_bytes(base.data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = [str(tool("soffice")), profile, "--headless", "--convert-to", "docx", "--outdir", str(folder / "out")]
    subprocess.run([*convert, str(folder / "report.docx")], check=True, capture_output=True)
    return (folder / "out" / "report.docx").read_bytes()


@pytest.mark.parametrize("saved", ["as built", "by LibreOffice"])
def test_every_change_of_a_figure_is_found_where_it_stands(saved: str, base: Base, resaved: bytes) -> None:
    data = base.data if saved == "as built" else resaved
    document, _ = read(data, "report.docx")
    assert document
    found = compare(base.document, base.proofs, document, base.words)
    assert {one.status for one in found.proofs} == {Status.PROVED}
    assert len(found.proofs) == len(base.proofs)
    assert found.gone == ()
    rng = random.Random(2021)  # noqa: S311 — the same changes in every run
    missed = []
    for proof in rng.sample(found.proofs, CHANGES):
        new = changed(proof.figure.text, rng)
        places = doubtful(edited(data, proof, new), base)
        if places != {(proof.paragraph.part, proof.paragraph.number)}:
            missed.append((proof.figure.text, new, proof.paragraph.text, places))
    assert missed == []


def doubtful(data: bytes, base: Base) -> set[tuple[str, int]]:
    """Give the places where a figure is not proved, or is gone."""
    document, _ = read(data, "report.docx")
    assert document
    found = compare(base.document, base.proofs, document, base.words)
    doubts = (*found.gone, *(one for one in found.proofs if one.status is Status.UNPROVED))
    return {(one.paragraph.part, one.paragraph.number) for one in doubts}


ONE_PACK = {
    "schema.yaml": "甲: 数\n电话: 文字\n话: 正文\n句: 正文\n",
    "facts.yaml": "甲: 3\n电话: 0753-6320303\n话: |\n  建成{{ 甲 }}个，另有5个。\n句: 共有7个。\n",
}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("甲是{{ 甲 }}个", [("3个", Status.PROVED, "")]),
        ("甲是3个", [("3个", Status.TEMPLATE, "")]),
        ("甲是{{ 3 }}个", [("3个", Status.TEMPLATE, "")]),
        ("甲是{{ 甲 }}5个", [("35个", Status.TEMPLATE, "")]),
        ("{{ 电话 }}", [("0753-6320303", Status.PROVED, "")]),
        ("{{ 话 }}", [("3个", Status.PROVED, ""), ("5个", Status.PROSE, "话")]),
        ("{{ 句 }}", [("7个", Status.PROSE, "句")]),
        ("{% for 项 in 指标表 %}{{ loop.index }}.{% endfor %}", [("1.", Status.PROVED, "")]),
        ("{% if 甲 > 2 %}全部&完成{% endif %}", [("全部", Status.PROVED, "")]),
        ("{% if 甲 > 2 %}{% for 项 in 指标表 %}均完成{% endfor %}{% endif %}", [("均", Status.PROVED, "")]),
        ("{% for 项 in 指标表 %}均完成{% endfor %}", [("均", Status.TEMPLATE, "")]),
        ("全部完成{% if 甲 > 2 %}，完成{% endif %}", [("全部", Status.TEMPLATE, "")]),
        ("{% if 甲 > 2 %}5个{% endif %}", [("5个", Status.TEMPLATE, "")]),
        ("{{ '全部' if 甲 > 2 else '部分' }}完成", [("全部", Status.PROVED, "")]),
        ("等级为“{{ 自评.等级 }}”，等级评为优", [("优", Status.PROVED, ""), ("优", Status.TEMPLATE, "")]),
        ("满分{{ 指标.率.分值 }}分", [("10分", Status.PROVED, "")]),
    ],
)
def test_who_answers_for_a_figure(template: str, expected: list[tuple[str, Status, str]]) -> None:
    built = small_packs.built({**ONE_PACK, "report.docx": template}, trace=True)
    assert built.study.log
    assert built.study.facts
    document, _ = read(built.documents[0].data, "report.docx", traced=True)
    assert document
    assert built.study.pack
    chosen = built.study.pack.templates["report.docx"].chosen()
    proofs = prove(document, built.study.log, built.study.facts, Words(grades=("优", "良")), chosen)
    assert [(one.figure.text, one.status, one.typed) for one in proofs] == expected


def said(*texts: str) -> Document:
    paragraphs = tuple(Paragraph("正文", at, "", "", text, ()) for at, text in enumerate(texts, 1))
    return Document("report.docx", paragraphs, {})


def proved(document: Document) -> list[Proof]:
    return [
        Proof(paragraph, figure, Status.PROVED)
        for paragraph in document.paragraphs
        for figure in figures(paragraph.text, Words())
    ]


@pytest.mark.parametrize(
    ("built", "found", "unproved", "gone"),
    [
        (["收入3万元"], ["收入3万元"], [], []),
        (["收入3万元"], ["收入4万元"], [("4万元", "3万元")], ["3万元"]),
        (["收入3万元"], ["收入3亿元"], [("3亿元", "3万元")], ["3万元"]),
        (["收入3万元，支出2万元"], ["收入3万元，支出-2万元"], [("-2万元", "2万元")], ["2万元"]),
        (["到2021年12月31日"], ["到-2021年12月31日"], [("2021年12月31日", "2021年12月31日")], ["2021年12月31日"]),
        (["收入3万元"], ["本镇收入3万元"], [], []),
        (["收入3万元", "支出2万元"], ["支出2万元"], [], ["3万元"]),
        (["支出2万元"], ["另有5人参加", "支出2万元"], [("5人", "")], []),
        (
            ["收入3万元", "全年工作按时完成"],
            ["共9人", "收入33万元", "全年工作按时完成"],
            [("9人", ""), ("33万元", "3万元")],
            ["3万元"],
        ),
        (["收入3万元"], ["共9人", "开会8次"], [("9人", ""), ("8次", "")], ["3万元"]),
        (["收入3万元", "支出2万元"], ["会议由镇长主持召开"], [], ["3万元", "2万元"]),
        (["收入3万元", "支出2万元"], ["支出2万元", "收入3万元"], [], []),
        (["由3个村和4个社区"], ["由4个村和3个社区"], [("4个", "3个"), ("3个", "4个")], ["3个", "4个"]),
    ],
)
def test_what_changed_in_a_document(
    built: list[str], found: list[str], unproved: list[tuple[str, str]], gone: list[str]
) -> None:
    before = said(*built)
    comparison = compare(before, proved(before), said(*found), Words())
    doubtful = [one for one in comparison.proofs if one.status is Status.UNPROVED]
    assert [(one.figure.text, one.expected) for one in doubtful] == unproved
    assert [one.figure.text for one in comparison.gone] == gone
    assert bool(comparison.changed) is (sorted(built) != sorted(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("832平台采购3万元", ["3万元"]),
        ("平均、人均、均衡", []),
        ("均有回复，全部办结，首次突破", ["均", "全部", "首次"]),
        ("最高人民法院", []),
        ("比上年增长3.5%、持平、下降", ["增长", "3.5%", "持平", "下降"]),
        ("评定等级为良，优秀", ["良"]),
    ],
)
def test_the_figures_of_a_text(text: str, expected: list[str]) -> None:
    assert [one.text for one in figures(text, Words(("832平台", ""), ("优", "良")))] == expected


CLAIMS = {
    "schema.yaml": "甲: {类型: 数, 单位: '%'}\n乙: {类型: 数, 单位: '%'}\n话: {类型: 正文, 必填: 否}\n",
    "indicators.yaml": small_packs.DEFAULTS["indicators.yaml"].replace("公式: 甲", "公式: 甲 + 0"),
}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("各项目标均已完成，完成率{{ 甲 }}", ["均"]),
        ("全部办结，完成进度为{{ 甲 }}", ["全部"]),
        ("全部办结，完成率{{ 乙 }}", []),
        ("全部办结，满意度{{ 甲 }}", []),
        ("均有回复，完成率{{ 甲 }}", []),
        ("超额完成任务，完成率{{ 甲 }}", ["超额"]),
        ("超额完成任务，完成率{{ 甲 + 1 }}", []),
        ("收入增长{{ (甲 - 1) | 绝对值 | 百分比 }}", []),
        ("收入增长了{{ (甲 - 1) | 百分比 }}", ["增长"]),
        ("收入增长较快，另一项为{{ (甲 - 1) | 百分比 }}", []),
        ("收入{{ '增长' if 甲 > 0 else '下降' }}{{ (甲 - 1) | 百分比 }}", []),
        ("各项目标均已完成，完成率84.73%", []),
        ("{{ 话 }}", ["全部"]),
    ],
)
def test_words_that_figures_beside_them_contradict(text: str, claims: list[str]) -> None:
    facts = "甲: 84.73%\n乙: 100%\n话: |\n  全部完成，完成率{{ 甲 }}。\n"
    found = small_packs.verified({**CLAIMS, "report.docx": text, "facts.yaml": facts})
    assert [one.values["figure"] for one in found if one.rule.code == "N206"] == claims


def test_a_typed_figure_is_shown_with_the_tags_that_may_be_meant() -> None:
    schema = "甲: {类型: 数, 单位: 万元}\n乙: {类型: 数, 单位: 万元}\n日: 日期\n是: 是否\n话: 文字\n村: {列表: 数}\n"
    facts = "甲: 12.34\n乙: 123400 元\n日: 2021-12-31\n是: 是\n话: 12.34\n村: [12.3, 12.34, 12.33, 12.3, 12.32]\n"
    template = "12.34万元、12.3万元、2021年12月31日、2021年、99吨、{{ 指标.率.得分 }}得10分"
    third = small_packs.DEFAULTS["indicators.yaml"].replace("公式: 甲", "公式: 甲 / 7")
    files = {"schema.yaml": schema, "indicators.yaml": third, "report.docx": template, "facts.yaml": facts}
    found = small_packs.verified(files)
    assert {one.values["figure"]: one.values["tags"] for one in found} == {
        "12.34万元": "{{ 甲 }}、{{ 乙 }}、{{ 村[2] }}",
        "12.3万元": "{{ 甲 }}、{{ 乙 }}、{{ 村[1] }}、{{ 村[2] }}、{{ 村[3] }}…",
        "2021年12月31日": "{{ 日 }}",
        "2021年": "",
        "99吨": "",
        "10分": "{{ 指标.率.得分 }}、{{ 指标.率.分值 }}",
    }


def test_what_cannot_be_read_or_built_is_not_verified(tmp_path: Path) -> None:
    assert {one.rule.code for one in verify(b"", "a.docx", SAMPLE).found} == {"T101"}
    facts = tmp_path / "facts.yaml"
    facts.write_text("甲: 1\n", "utf-8")
    assert [one.rule.code for one in verify(small_packs.built({}).documents[0].data, "a.docx", facts).found] == ["F101"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{{ 甲 }}万元", []),
        ("{{ 甲 | 换算('元') | 数值 }}元", []),
        ("{{ 甲 | 换算('亿元') | 数值 }}亿元", []),
        ("{{ 甲 | 定点(1) }}万元", []),
        ("{{ 甲 }}", []),
        ("{{ 甲 + 乙 }}元", []),
        ("{{ 甲 }}元", ["12.34元"]),
        ("{{ 甲 }}人", ["12.34人"]),
        ("{{ 丙 }}名", []),
        ("{{ 丙 }}多名", []),
        ("{{ 丙 }}万人", ["300万人"]),
        ("{{ 日 }}", []),
    ],
)
def test_a_figure_says_what_the_fact_is_that_it_prints(text: str, wrong: list[str]) -> None:
    schema = "甲: {类型: 数, 单位: 万元}\n乙: {类型: 数, 单位: 万元}\n丙: {类型: 数, 单位: 人}\n日: 日期\n"
    facts = "甲: 12.34\n乙: 1\n丙: 300\n日: 2021-12-31\n"
    found = small_packs.verified({"schema.yaml": schema, "report.docx": text, "facts.yaml": facts})
    assert [one.values["figure"] for one in found if one.rule.code == "N208"] == wrong


def test_a_build_names_figures_that_do_not_say_what_the_fact_is() -> None:
    schema = "甲: {类型: 数, 单位: 万元}\n"
    files = {"schema.yaml": schema, "report.docx": "{{ 甲 }}元", "facts.yaml": "甲: 12.34\n"}
    built = small_packs.built(files, trace=True)
    assert [one.rule.code for one in disagreements(built, proven(built))] == ["N208"]
    assert disagreements(built._replace(study=replace(built.study, facts=None)), []) == []

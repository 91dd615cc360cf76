"""The sample report: what the rules find in it, what it says, and that every numeral in it has an owner."""

from __future__ import annotations

import re
import shutil
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reportgen import packs
from reportgen.build import Built, build
from reportgen.diagnostics import Severity
from reportgen.language import strip
from reportgen.word.text import dump, read
from tests import traced

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "shatian-2021.yaml"
PACK = ROOT / "templates" / "meizhou-self-evaluation" / "2021.1"


@pytest.fixture(scope="module")
def sample() -> Built:
    return build(SAMPLE, trace=True)


@pytest.fixture(scope="module")
def text(sample: Built) -> str:
    assert sample.study.pack
    (plain,) = build(SAMPLE, pack=sample.study.pack).documents
    document, found = read(plain.data, plain.name)
    assert document, found
    return dump(document)


def test_the_sample_earns_one_note(sample: Built) -> None:
    (note,) = sample.study.found
    assert (note.rule.code, note.severity, note.values["name"]) == ("C101", Severity.NOTE, "无预算采购")


def test_the_document_is_named_after_its_facts(sample: Built) -> None:
    assert [one.name for one in sample.documents] == ["砂田镇2021年部门整体支出绩效自评报告.docx"]


def test_the_points(sample: Built) -> None:
    total: Any = sample.study.values["自评"]
    assert {key: total[key] for key in ("总分", "满分", "扣分", "等级", "计分指标数", "算式")} == {
        "总分": Decimal("89.67"),
        "满分": Decimal(100),
        "扣分": Decimal("10.33"),
        "等级": "良",
        "计分指标数": Decimal(24),
        "算式": "30+29+30.67=89.67",
    }
    levels: Any = sample.study.values["指标体系"]
    assert [(one["名称"], str(one["得分"]), str(one["分值"])) for one in levels] == [
        ("预算编制情况", "30.00", "30"),
        ("预算执行情况", "29.00", "36"),
        ("预算使用效益", "30.67", "34"),
    ]


def test_each_lost_point_has_its_reason(sample: Built) -> None:
    lost: Any = sample.study.values["失分指标"]
    assert [(one["名称"], one["扣分"], strip(one["原因"])[0]) for one in lost] == [
        ("政府采购执行率", 2, "没有政府采购预算而实际采购1.32万元，属于无预算采购，执行率无法计算"),
        ("采购合规性", 1, "未达到“采购意向全部公开”的要求"),
        ("资产收益上缴的及时性", 1, "未达到“资产处置和使用收益及时足额上缴”的要求"),
        ("资产盘点情况", 2, "未达到“每年按要求进行资产盘点”的要求"),
        ("资产管理合规性", 1, "未达到“审计、监督检查和自查未发现资产管理问题”的要求"),
        ("重点工作完成率", Decimal("1.33"), "重点工作完成率为66.67%，按比例计分"),
        ("绩效目标完成率", 1, "绩效目标完成率为75.00%，按比例计分"),
        ("项目完成及时性", 1, "项目完成及时性为75.00%，按比例计分"),
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "收入总计2845.81万元",
        "一般公共预算拨款2032.55万元，占比71.42%",
        "政府性基金预算拨款0万元，占比0%",
        "其他收入5.54万元，占比0.19%",
        "年初结转和结余807.72万元，占比28.39%",
        "本年收入合计2038.09万元",
        "财政拨款756.00万元，其他资金51.72万元",
        "实际支出合计2845.81万元",
        "基本支出1311.05万元，占比46.07%",
        "项目支出1534.76万元，占比53.93%",
        "年末结转和结余0万元",
        "缴费任务1303人，完成1104人，完成率84.73%",
        "缴费到账12849人，参保任务14238人，参保进度90.24%",
        "3周岁以上人群9393人，累计接种首针7421人，覆盖率79.01%",
        "60周岁以上2523人，接种首针1994人，覆盖率79.03%",
        "3至11周岁1508人，接种首针1177人，覆盖率78.05%",
        "核定编制72人，其中行政编制40人、事业编制27人、行政工勤编制5人、事业工勤编制0人",
        "实有在职人员48人",
        "离退休人员29人",
        "差异率=(2032.55+0−2032.55)÷2032.55×100%=0%",
        "结转结余率=0÷(756.00+2032.55+0)×100%=0%",
        "满意度=112÷120×100%=93.33%",
    ],
)
def test_figures_that_the_published_report_has_right_are_printed(printed: str, text: str) -> None:
    assert printed in text


def test_shares_of_a_whole_add_up(text: str) -> None:
    shares = re.findall(r"万元，占比([\d.]+)%", text)
    assert len(shares) == 6
    assert [sum(map(Decimal, part)) for part in (shares[:4], shares[4:])] == [100, 100]


@pytest.mark.parametrize(
    "word", ["{", "}", "××", "某", "待补", "截止", "今年", "明年", "目前", "我局", "虚构", "None", "Gap"]
)
def test_words_that_do_not_belong_into_a_report(word: str, text: str) -> None:
    assert word not in text.replace("项目前期", "")


def test_every_invented_fact_says_so(sample: Built) -> None:
    assert sample.study.facts
    invented = [fact.path for fact in sample.study.facts.invented()]
    assert len(invented) == len(re.findall("^ +来源: 虚构$", SAMPLE.read_text("utf-8"), re.MULTILINE))
    assert {"三公经费.预算安排数", "单位.填报人", "满意度调查.有效答卷", "专项资金项目.及时完成数"} <= {*invented}
    assert all(fact.note for fact in sample.study.facts.invented())


def test_the_document_says_who_wrote_it_and_when(sample: Built) -> None:
    with zipfile.ZipFile(BytesIO(sample.documents[0].data)) as opened:
        core = opened.read("docProps/core.xml").decode()
    assert "<dc:creator>丰顺县砂田镇人民政府</dc:creator>" in core
    assert "<dc:title>砂田镇2021年部门整体支出绩效自评报告</dc:title>" in core
    assert core.count("2022-06-24T00:00:00Z") == 2


def test_every_numeral_has_an_owner(sample: Built) -> None:
    assert list(traced.loose_numerals(sample)) == []


def in_template(folder: Path, facts: Path) -> None:
    path = folder / "report.docx"
    with zipfile.ZipFile(path) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    planted = parts["word/document.xml"].replace("经自评，".encode(), "经3轮自评，".encode())
    assert planted != parts["word/document.xml"]
    with zipfile.ZipFile(path, "w") as written:
        for name, data in {**parts, "word/document.xml": planted}.items():
            written.writestr(name, data)
    assert facts.exists()


def replacing(name: str, old: str, new: str) -> Callable[[Path, Path], None]:
    def plant(folder: Path, facts: Path) -> None:
        path = folder / name if name else facts
        before = path.read_text("utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), "utf-8")

    return plant


PLANTED: dict[str, tuple[Callable[[Path, Path], None], str]] = {
    "the template": (in_template, "3轮"),
    "prose without tags": (replacing("", "完善资产管理，", "完善5类资产管理，"), "5类"),
    "prose with tags": (replacing("", "着力打造连线", "着力打造八处连线"), "八处"),
    "an indicator": (replacing("indicators.yaml", "编报内容规范、细致", "编报内容两次规范、细致"), "两次"),
    "an improvement": (replacing("indicators.yaml", "建立资产收益台账，", "建立４本资产收益台账，"), "４本"),
}


@pytest.mark.parametrize("place", PLANTED)
def test_a_numeral_that_nobody_owns_is_found(place: str, tmp_path: Path) -> None:
    plant, shown = PLANTED[place]
    folder, facts = tmp_path / "pack", tmp_path / "facts.yaml"
    shutil.copytree(PACK, folder)
    shutil.copy(SAMPLE, facts)
    plant(folder, facts)
    pack, found = packs.read(folder)
    assert pack, found
    loose = list(traced.loose_numerals(build(facts, trace=True, pack=pack)))
    assert loose
    assert all(shown in line for line in loose)

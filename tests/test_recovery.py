"""Facts read back out of reports: all of them out of our own, and of others' only what stands there for sure."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from reportgen import packs, report
from reportgen.build import Built, build, study
from reportgen.cli import main
from reportgen.diagnostics import Span
from reportgen.facts import lookup, steps
from reportgen.language import strip
from reportgen.proof import Status
from reportgen.recovery import Recovered, recover
from reportgen.schema import Kind
from reportgen.verification import Proven, proven
from reportgen.word import unmarked
from reportgen.word.text import read
from tests import corpus
from tests.corpus.forms import plain

if TYPE_CHECKING:
    from reportgen.packs import Pack
    from reportgen.proof import Proof

ROOT: Final = Path(__file__).resolve().parents[1]
SAMPLES: Final = (ROOT / "data" / "shatian-2021.yaml", *sorted(ROOT.glob("templates/*/*/samples/*.yaml")))
NOT_PRINTED: Final = "概况.村社区"
"""The one fact that the shipped pack asks for and its template does not print, unless prose does."""
SINGLE: Final = frozenset({Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.TRUTH, Kind.CHOICE})
ENOUGH: Final = 0.95


@pytest.fixture(scope="module")
def pack() -> Pack:
    pack, found = packs.load("meizhou-self-evaluation@2021.1", Span())
    assert pack is not None, found
    return pack


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built, Recovered]:
    """Give a sample's build, the build of the draft that is read out of its document, and how it was read."""
    first = build(request.param, trace=True)
    folder = tmp_path_factory.mktemp("drafts")
    document = folder / first.documents[0].name
    document.write_bytes(unmarked(first.documents[0].data))
    draft = folder / "draft.yaml"
    assert main(["--lang", "en", "check", str(document), "--facts-out", str(draft)]) == 0
    assert first.study.pack is not None
    text = draft.read_text(encoding="utf-8")
    left = lookup(first.study.values, NOT_PRINTED)
    draft.write_text(text.replace("  村社区:  #", f"  村社区: {left}  #", 1), encoding="utf-8")
    again = build(draft, trace=True)
    assert again.study.sound, again.study.found
    said_of_it, _ = read(document.read_bytes(), document.name)
    assert said_of_it is not None
    return first, again, recover(report.of_document(said_of_it), document, first.study.pack)


def test_the_draft_of_our_own_report_prints_the_same_report(both: tuple[Built, Built, Recovered]) -> None:
    first, again, back = both
    before, after = (said(proven(one)[0]) for one in (first, again))
    assert after == before
    assert back.loose + back.gaps == 1  # of what is not printed at its own place


def test_the_figures_of_our_own_report_come_back_at_the_right_fact(both: tuple[Built, Built, Recovered]) -> None:
    first, again, _ = both
    mine, others = (proven(one)[0] for one in (first, again))
    found = {place(one): one for one in others.proofs}
    right = [one for one in mine.proofs if is_right(one, found.get(place(one)), first)]
    share = len(right) / len(mine.proofs)
    print(f"figures at the right fact: {len(right)} of {len(mine.proofs)} ({share:.2%})")  # noqa: T201 — the measure
    assert share >= ENOUGH


def test_the_single_facts_of_our_own_report_come_back_as_they_were(both: tuple[Built, Built, Recovered]) -> None:
    first, again, _ = both
    assert first.study.facts
    assert again.study.facts
    known = again.study.facts.all
    open_data = ("数据", "工作数据")
    single = {
        path: fact.value
        for path, fact in first.study.facts.all.items()
        if fact.kind in SINGLE and not any(part in open_data for part in path.split("."))
    }
    assert {path: known[path].value for path in single if path in known} == single


def test_what_is_there_already_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = tmp_path / "报告.txt"
    said.write_text("部门名称：石溪镇人民政府\n", encoding="utf-8")
    target = tmp_path / "草稿.yaml"
    target.write_text("旧", encoding="utf-8")
    assert main(["check", str(said), "--facts-out", str(target)]) == 1
    assert target.read_text(encoding="utf-8") == "旧"
    assert "S006" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("things", "asked", "code"),
    [(("报告.txt", "报告.txt"), (), "A806"), (("报告.txt",), ("--pack", "a-b@1"), "P101"), (("没有.txt",), (), "S001")],
)
def test_a_draft_is_refused_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], things: tuple[str, ...], asked: tuple[str, ...], code: str
) -> None:
    (tmp_path / "报告.txt").write_text("部门名称：石溪镇人民政府\n", encoding="utf-8")
    target = tmp_path / "草稿.yaml"
    paths = [str(tmp_path / one) for one in things]
    assert main(["check", *paths, "--facts-out", str(target), *asked]) != 0
    shown = capsys.readouterr()
    assert code in shown.out + shown.err
    assert not target.exists()


def test_only_what_is_asked_for_is_printed_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = tmp_path / "报告.txt"
    said.write_text("部门名称：石溪镇人民政府\n", encoding="utf-8")
    assert main(["check", str(said), "--facts-out", str(tmp_path / "草稿.yaml"), "--format", "short"]) == 0
    assert "草稿" not in capsys.readouterr().out
    assert (tmp_path / "草稿.yaml").exists()


def said(document: Proven) -> list[str]:
    return [one.text for one in document.document.paragraphs]


def place(one: Proof) -> tuple[str, int, int]:
    return one.paragraph.part, one.paragraph.number, one.figure.start


def is_right(one: Proof, other: Proof | None, first: Built) -> bool:
    """Tell whether a figure is printed again, from the same facts or out of the prose fact that printed it before."""
    if other is None or other.figure.text != one.figure.text:
        return False
    if other.status is Status.PROSE:
        assert first.study.facts is not None
        printed, _ = strip(str(reduce(getitem, steps(other.typed), first.study.values)))  # type: ignore[arg-type] # nested
        return other.typed in first.study.facts.all and one.figure.text in printed
    return other.trace.facts <= one.trace.facts


FOREIGN: Final = """\
关于石溪街道2023年部门整体支出绩效自评报告

评价单位：乙县石溪街道办事处
填表人：周某
所属下级预算单位数量：3个
电话：0700-1234567
填报时间：2024年5月6日

一、单位基本情况
（一）主要职责
1、贯彻执行上级的决议、决定，做好辖区公共服务工作。
2、负责辖区公共安全，协调各方力量参与社会治理。
（二）机构设置
党政办公室、平安建设办公室、公共服务中心。
（三）人员编制情况
截止2023年12月31日，我街道行政编制21人，事业编制数为34人。实有在职行政人员19人，事业人员30人，参公事业人员3人，离退休人员12人，其中退休人员11人。上年事业工勤人员2人。
二、收支情况
2023年我街道总收入1300.5万元，其中：一般公共预算拨款1200.50万元，其他收入约100万元。2022年基本支出700万元。
本年支出：基本支出812.34万元；项目支出4881600元。
三、绩效自评情况
（一）年度总体工作
全年围绕{{ 年度 }}年的目标开展工作，完成率98.5%。
（二）存在问题及改进意见
部分项目进度较慢，资金支付不够及时。
四、下一步工作计划
我街道将加快项目进度，力争早日完工。
"""
READ: Final = {
    "单位.名称": "乙县石溪街道办事处",
    "单位.下属二级预算单位数量": Decimal(3),
    "单位.填报人": "周某",
    "单位.联系电话": "0700-1234567",
    "单位.自称": "我街道",
    "年度": Decimal(2023),
    "填报日期": dt.date(2024, 5, 6),
    "职责[1]": "贯彻执行上级的决议、决定，做好辖区公共服务工作。",
    "职责[2]": "负责辖区公共安全，协调各方力量参与社会治理。",
    "人员.截至": dt.date(2023, 12, 31),
    "人员.编制.行政编制": Decimal(21),
    "人员.编制.事业编制": Decimal(34),
    "人员.实有.行政人员": Decimal(19),
    "人员.实有.事业人员": Decimal(30),
    "人员.实有.参公事业人员": Decimal(3),
    "人员.离退休.退休人员": Decimal(11),
    "收入.一般公共预算拨款": Decimal("1200.50"),
    "支出.基本支出": Decimal("812.34"),
    "支出.项目支出": Decimal("488.16"),
    "总体工作": "全年围绕{ { 年度 }}年的目标开展工作，完成率98.5%。",
    "存在问题[1].问题": "部分项目进度较慢，资金支付不够及时。",
    "下一步工作": "我街道将加快项目进度，力争早日完工。",
}


def drafted(said: str, pack: Pack, tmp_path: Path) -> dict[str, object]:
    """Give the single facts of the draft that is read out of a text; nothing of it may be sure."""
    read_back = recover(report.of_text(said, "报告.txt"), Path("报告.txt"), pack)
    (tmp_path / "draft.yaml").write_text(read_back.text, encoding="utf-8")
    facts = study(tmp_path / "draft.yaml").facts
    assert facts is not None
    return {
        path: str(fact.value).strip() if fact.kind is Kind.PROSE else fact.value
        for path, fact in facts.all.items()
        if fact.kind in SINGLE | {Kind.PROSE}
    }


def test_of_another_layout_the_figures_behind_known_words_are_read_and_no_others(pack: Pack, tmp_path: Path) -> None:
    assert drafted(FOREIGN, pack, tmp_path) == READ


def test_what_is_read_loosely_is_marked_with_its_place(pack: Pack) -> None:
    back = recover(report.of_text(FOREIGN, "报告.txt"), Path("报告.txt"), pack)
    assert "    行政编制: 21  # 整数，单位人；请核对，取自报告第 16 段\n" in back.text
    assert back.loose == len(READ) - back.sure
    assert "{{ 年度" not in back.text


def test_of_our_own_report_changed_by_hand_the_rest_is_still_read(pack: Pack) -> None:
    built = build(SAMPLES[0])
    document, _ = read(built.documents[0].data, "报告.docx")
    assert document is not None
    said = "\n".join(one.text.replace("行政编制40人", "行政编制四十名") for one in document.paragraphs if not one.cell)
    back = recover(report.of_text(said, "报告.txt"), Path("报告.txt"), pack)
    assert "行政编制:  # 整数" in back.text
    assert "    事业编制: 27  # 整数，单位人；含参公事业编制；请核对，取自报告第 24 段\n" in back.text
    assert "  一般公共预算拨款: 2032.55  # 数，单位万元，最多2位小数；决算数\n" in back.text


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("行政编制21人，行政编制22人。", "two figures"),
        ("参公行政编制21人。", "words within longer ones"),
        ("行政编制约21人。", "about"),
        ("行政编制21多人。", "about"),
        ("行政编制21万元。", "another unit"),
        ("行政编制21。", "no unit"),
        ("上年行政编制21人。", "another year"),
        ("行政编制21—22人。", "a range"),
        ("行政编制" * 200 + "21人。", "too often"),
        ("行政编制第21。", "an ordinal"),
        ("", "nothing"),
    ],
)
def test_in_doubt_the_gap_stays(said: str, left: str, pack: Pack, tmp_path: Path) -> None:
    assert left
    assert drafted(f"一、部门基本情况\n3.人员编制情况\n{said}\n", pack, tmp_path) == {}


def test_figures_in_tables_are_read_with_the_unit_beside_their_names(pack: Pack, tmp_path: Path) -> None:
    said = "一、部门基本情况\n3.人员编制情况\n项目\t数量\n行政编制（人）\t21\n事业编制\t34人\n基本支出\t7\n"
    assert drafted(said, pack, tmp_path) == {"人员.编制.行政编制": Decimal(21), "人员.编制.事业编制": Decimal(34)}


def test_what_no_file_can_hold_is_left_out_of_texts(pack: Pack, tmp_path: Path) -> None:
    said = "一、部门基本情况\n1.部门主要职责\n（1）保\x07管\U000f0001档案 {% x。\n三、下一步工作计划\n甲。\n乙。\n"
    assert drafted(said, pack, tmp_path) == {"职责[1]": "保管档案 { % x。", "下一步工作": "甲。\n\n乙。"}


def test_what_has_more_paragraphs_than_any_form_takes_is_left(pack: Pack, tmp_path: Path) -> None:
    many = "".join(f"（{number}）做好工作。\n" for number in range(1, 200))
    assert drafted(f"一、部门基本情况\n1.部门主要职责\n{many}", pack, tmp_path) == {}


@pytest.mark.parametrize(
    "one", [*corpus.reports(corpus.FAULTLESS), *corpus.reports(corpus.FAULTY)], ids=lambda one: one.name
)
def test_of_every_report_of_the_corpus_a_draft_can_be_read(one: corpus.Report, pack: Pack, tmp_path: Path) -> None:
    facts = drafted(plain(one.text), pack, tmp_path)
    assert {"年度", "单位.自称", "填报日期"} & facts.keys()


def test_what_a_report_says_word_by_word_is_so(pack: Pack, tmp_path: Path) -> None:
    said = (
        "二、绩效自评情况\n①财务管理合规性\n支出有序，会计核算规范，得9分。\n（一）内设机构构成\n"
        "党政办公室、平安建设办公室、公共服务中心。\n①资产配置合规性\n"
        "办公设备配置未超过规定标准，但办公设备配置超过规定标准。\n"
    )
    assert drafted(said, pack, tmp_path) == {
        "自评要点.财务管理合规性.核算规范": True,
        "内设机构[1]": "党政办公室",
        "内设机构[2]": "平安建设办公室",
        "内设机构[3]": "公共服务中心",
    }


def test_a_sentence_that_names_several_things_is_no_list(pack: Pack, tmp_path: Path) -> None:
    said = "一、部门基本情况\n2.内设机构构成\n负责登记、监督检查、计量工作。\n"
    assert drafted(said, pack, tmp_path) == {}

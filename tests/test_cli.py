"""The commands as a clerk and a script see them: what they print, where, and with which exit code."""

from __future__ import annotations

import errno
import gc
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen import cli, files
from reportgen.cli import main
from reportgen.cli.catalogue import RULES
from reportgen.cli.face import CANNOT_RUN, STOPPED
from reportgen.word.text import read
from tests import small_packs

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).parents[1] / "data" / "shatian-2021.yaml"
PACK = "meizhou-self-evaluation@2021.1"
REPORT = "砂田镇2021年部门整体支出绩效自评报告.docx"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes the sample with one stretch of text replaced."""

    def write(old: str, new: str) -> Path:
        text = SAMPLE.read_text("utf-8")
        assert old in text
        path = tmp_path / "facts.yaml"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return path

    return write


def test_build_writes_the_report_and_says_what_is_invented(tmp_path: Path, capsys: Captured) -> None:
    assert main(["build", str(SAMPLE), "-o", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr()
    assert (tmp_path / "out" / REPORT).is_file()
    assert f"已生成：{tmp_path / 'out' / REPORT}" in printed.out
    assert f"{SAMPLE}:" in printed.out
    assert "单位.填报人" in printed.out
    assert "无预算采购" in printed.err


def test_build_takes_the_name_of_the_document(tmp_path: Path) -> None:
    assert main(["build", str(SAMPLE), "-o", str(tmp_path / "a.docx")]) == 0
    document, found = read((tmp_path / "a.docx").read_bytes(), "a.docx")
    assert found == []
    assert document is not None
    assert any("89.67分" in paragraph.text for paragraph in document.paragraphs)


def test_build_writes_beside_the_facts_by_itself(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_bytes(SAMPLE.read_bytes())
    assert main(["build", str(facts)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.yaml", REPORT]


def test_build_says_nothing_of_inventions_where_there_are_none(tmp_path: Path, capsys: Captured) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(SAMPLE.read_text("utf-8").replace("来源: 虚构", "来源: 决算"), "utf-8")
    assert main(["build", str(facts)]) == 0
    assert "虚构" not in capsys.readouterr().out


def test_build_writes_nothing_when_there_is_an_error(
    edited: Callable[[str, str], Path],
    tmp_path: Path,
    capsys: Captured,
) -> None:
    facts = edited("  其他收入: 5.54", "  其它收入: 5.54")
    assert main(["build", str(facts), "-o", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()
    printed = capsys.readouterr()
    assert "F204" in printed.err
    assert "其他收入" in printed.err


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EACCES])
def test_a_document_that_cannot_be_written_is_said_and_the_old_one_stays(
    tmp_path: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    reason: int,
) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")

    def fail(_path: Path, _data: bytes) -> None:
        raise OSError(reason, "no room")

    monkeypatch.setattr(files, "replace", fail)
    assert main(["build", str(SAMPLE), "-o", str(target)]) == 2
    assert target.read_bytes() == b"old"
    assert "S005" in capsys.readouterr().err


def test_check_prints_findings_as_its_product(edited: Callable[[str, str], Path], capsys: Captured) -> None:
    facts = edited("  基本支出: 1311.05", "  基本支出: 1311.06")
    assert main(["check", str(facts)]) == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "收支平衡" in printed.out
    assert "相差0.01万元" in printed.out


def test_check_of_the_sample_finds_no_error(capsys: Captured) -> None:
    assert main(["check", str(SAMPLE), "--lang", "en"]) == 0
    assert "errors: 0, warnings: 0, notes: 1" in capsys.readouterr().out


def test_check_gives_json(capsys: Captured) -> None:
    assert main(["check", str(SAMPLE), "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["code"] == "C101"
    assert found["severity"] == "note"


def test_strict_lets_warnings_count(edited: Callable[[str, str], Path]) -> None:
    facts = edited("    行政编制: 40", "    行政编制: 20")
    assert main(["check", str(facts)]) == 0
    assert main(["check", str(facts), "--strict"]) == 1


def test_explain_says_how_an_indicator_came_about(capsys: Captured) -> None:
    assert main(["explain", str(SAMPLE), "指标.结转结余率"]) == 0
    said = capsys.readouterr().out
    numbers = {
        name: number
        for number, line in enumerate(SAMPLE.read_text("utf-8").splitlines(), 1)
        for name in ("一般公共预算拨款: 2032.55", "年末结转和结余: 0")
        if line.strip().startswith(name)
    }
    assert "财政拨款.年末结转和结余 / (" in said
    assert "0÷(756.00+2032.55+0)×100%=0%" in said
    assert f"{SAMPLE}:{numbers['一般公共预算拨款: 2032.55']}" in said
    assert "不超过10%的，得5分" in said
    assert "评分：假设" in said


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("收入.其他收入", ["5.54 万元"]),
        ("三公经费.预算安排数", ["12.00 万元（虚构）", "指标.公用经费控制率"]),
        ("自评.总分", ["89.67", "政府采购.预算数"]),
        ("指标.社会经济环境效益", ["分值：10", "自评要点.社会经济环境效益.得分"]),
        ("指标.政府采购执行率", ["没有政府采购预算而实际采购1.32万元，属于无预算采购"]),
        ("重点工作[1].标题", ["城乡建设呈现新面貌"]),
    ],
)
def test_explain_says_how_other_values_came_about(name: str, parts: list[str], capsys: Captured) -> None:
    assert main(["explain", str(SAMPLE), name]) == 0
    said = capsys.readouterr().out
    assert [part for part in parts if part not in said] == []


@pytest.mark.parametrize(
    ("name", "code", "part"),
    [
        ("指标.结转节余率", "F401", "指标.结转结余率"),
        ("收入", "F402", "其他收入"),
        ("内设机构", "F402", "…"),
        ("完全没有", "F401", ""),
        ("重点工作[99].标题", "F401", "请对照规范"),
    ],
)
def test_explain_refuses_a_name_kindly(name: str, code: str, part: str, capsys: Captured) -> None:
    assert main(["explain", str(SAMPLE), name]) == 1
    said = capsys.readouterr().err
    assert code in said
    assert part in said


def test_explain_needs_facts_that_can_be_read(tmp_path: Path, capsys: Captured) -> None:
    assert main(["explain", str(tmp_path / "none.yaml"), "年度"]) == 1
    assert "S001" in capsys.readouterr().err


def test_new_writes_a_form_once(tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "form.yaml"
    arguments = ["new", "meizhou-self-evaluation@2021.1", "-o", str(target)]
    assert main(arguments) == 0
    assert "模板包: meizhou-self-evaluation@2021.1" in target.read_text("utf-8")
    target.write_text("filled in", "utf-8")
    assert main(arguments) == 1
    assert target.read_text("utf-8") == "filled in"
    assert "S006" in capsys.readouterr().err


def test_new_says_that_it_cannot_write(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert main(["new", "meizhou-self-evaluation@2021.1", "-o", str(tmp_path / "file" / "form.yaml")]) == 2
    assert "S005" in capsys.readouterr().err


def test_new_names_the_packs_that_are_there(capsys: Captured) -> None:
    assert main(["new", "meizhou-self-evaluation@2021.9"]) == 1
    assert "meizhou-self-evaluation@2021.1" in capsys.readouterr().err


def test_new_chooses_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "meizhou-self-evaluation@2021.1"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["meizhou-self-evaluation.yaml"]


def test_new_goes_on_from_last_year(tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "2022.yaml"
    assert main(["new", PACK, "--from", str(SAMPLE), "--year", "2022", "-o", str(target)]) == 0
    text = target.read_text("utf-8")
    assert "\n年度: 2022  # " in text
    assert "\n  名称: 丰顺县砂田镇人民政府  # " in text
    assert capsys.readouterr().err == ""


def test_new_says_what_of_last_year_does_not_fit(edited: Callable[[str, str], Path], capsys: Captured) -> None:
    last = edited("  简称: 砂田镇", "  简名: 砂田镇\n  简名: 砂田")
    target = last.with_name("2022.yaml")
    assert main(["new", PACK, "--from", str(last), "-o", str(target)]) == 0
    printed = capsys.readouterr()
    assert re.findall(r"\w+\[\w+\]", printed.err) == ["警告[F204]", "警告[S102]"]
    assert "简名: 砂田镇" in printed.err
    assert "没有带过来" in printed.out
    assert "\n  简称:  # " in target.read_text("utf-8")


def test_new_needs_a_last_year_that_can_be_read(tmp_path: Path, capsys: Captured) -> None:
    last = tmp_path / "2021.yaml"
    last.write_text("甲：1\n", "utf-8")
    for name, code in (("2020.yaml", "S001"), ("2021.yaml", "S111")):
        assert main(["new", PACK, "--from", str(tmp_path / name), "-o", str(tmp_path / "a.yaml")]) == 1
        assert code in capsys.readouterr().err
    assert not (tmp_path / "a.yaml").exists()


@pytest.mark.parametrize("year", ["22", "2022年", "二〇二二", "-2022", "02022"])
def test_a_year_has_four_digits(year: str, tmp_path: Path, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        main(["new", PACK, f"--year={year}", "-o", str(tmp_path / "a.yaml")])
    assert left.value.code == CANNOT_RUN
    assert f"“{year}”不是年份，请写成 2022 的样子" in capsys.readouterr().err


def test_rules_lists_all_rules_and_one(capsys: Captured) -> None:
    assert main(["rules"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines() if line[:1].isupper()] == sorted(RULES)
    assert main(["rules", "F204"]) == 0
    assert "F204" in capsys.readouterr().out
    assert main(["rules", "Z999"]) == 1
    said = capsys.readouterr().err
    assert "S007" in said
    assert "Z999" in said


@pytest.mark.parametrize(("language", "word"), [("zh", "事实数据文件"), ("en", "the facts file")])
def test_help_speaks_both_languages(language: str, word: str, capsys: Captured) -> None:
    for command in ("new", "check", "build", "explain", "rules"):
        with pytest.raises(SystemExit) as left:
            main([command, "--help", f"--lang={language}"])
        assert left.value.code == 0
        said = capsys.readouterr().out
        assert (word in said) == (command in {"build", "explain"})
        if language == "zh":
            assert "usage" not in said
            assert "show this help" not in said


def test_a_wrong_call_is_refused_in_chinese(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        main(["build"])
    assert left.value.code == CANNOT_RUN
    assert "required" not in capsys.readouterr().err


def ended() -> object:
    """Run the process of a command to its end, and give the code that it ends with."""
    try:
        with pytest.raises(SystemExit) as left:
            cli.command()
    finally:
        gc.unfreeze()
        gc.enable()
    return left.value.code


@pytest.mark.parametrize(("arguments", "code"), [(["rules", "F204"], 0), (["rules", "Z999"], 1)])
def test_a_process_ends_with_the_code_of_its_command(
    arguments: list[str],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.argv", ["reportgen", *arguments])
    assert ended() == code


def test_a_command_that_the_user_stops_says_nothing(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def stop() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", stop)
    assert ended() == STOPPED
    assert capsys.readouterr().err == ""


def test_the_code_of_a_rule_may_be_typed_in_small_letters(capsys: Captured) -> None:
    assert main(["rules", "f204"]) == 0
    assert "F204" in capsys.readouterr().out


def test_no_command_shows_the_help(capsys: Captured) -> None:
    assert main([]) == CANNOT_RUN
    assert "explain" in capsys.readouterr().out


def test_what_is_overlooked_is_listed(edited: Callable[[str, str], Path], capsys: Captured) -> None:
    waiver = "忽略:\n  - {规则: 无预算采购, 位置: 政府采购, 理由: 已在存在问题里说明}\n单位:\n"
    facts = edited("单位:\n", waiver)
    assert main(["check", str(facts)]) == 0
    printed = capsys.readouterr()
    assert "提示[C101]" not in printed.out + printed.err
    assert "下面 1 个问题没有计入" in printed.out
    assert "[C101] 无预算采购  已在存在问题里说明" in printed.out
    assert main(["build", str(facts)]) == 0
    assert "下面 1 个问题没有计入" in capsys.readouterr().out


def test_a_published_report_that_contradicts_itself(capsys: Captured) -> None:
    assert main(["check", str(SAMPLE.with_name("shatian-2021-as-reported.yaml")), "--format", "short"]) == 1
    printed = capsys.readouterr().out
    assert "原报写的总分是 94 分，原报自己的各项得分相加却是 97 分" in printed


PACK = "meizhou-self-evaluation@2021.1"


def test_pack_lint_says_what_is_doubtful_in_the_shipped_pack(capsys: Captured) -> None:
    assert main(["pack", "lint", PACK, "--lang", "en"]) == 0
    printed = capsys.readouterr()
    assert "warning[P307]: “专项资金绩效完成情况” is not scored" in printed.out
    assert "- 名称: 专项资金绩效完成情况" in printed.out  # the line itself is shown
    assert printed.out.splitlines()[-1].startswith("errors: 0, warnings: 3, ")
    assert printed.err == ""
    assert main(["pack", "lint", PACK, "--strict"]) == 1


def test_pack_lint_takes_a_folder_and_speaks_to_scripts(tmp_path: Path, capsys: Captured) -> None:
    folder = small_packs.write(tmp_path, {})
    assert main(["pack", "lint", str(folder), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in found if one["severity"] == "error"] == ["P301"]
    assert all(one["place"]["path"].startswith(str(folder)) for one in found)


def test_pack_lint_examines_no_pack_that_cannot_be_used(tmp_path: Path, capsys: Captured) -> None:
    folder = small_packs.write(tmp_path, {"indicators.yaml": "- 率\n"})
    assert main(["pack", "lint", str(folder), "--format", "short"]) == 1
    assert main(["pack", "lint", "nothing@1", "--format", "short"]) == 1
    assert [line.partition("[")[2][:4] for line in capsys.readouterr().out.splitlines()] == ["F209", "P101"]


def test_pack_needs_a_command_of_its_own(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["pack"])
    assert ended.value.code == 2
    assert "reportgen pack" in capsys.readouterr().err


def test_who_reads_the_output_may_stop_reading(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def stopped() -> int:
        raise BrokenPipeError

    monkeypatch.setattr(cli, "main", stopped)
    with (tmp_path / "out").open("w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert ended() == CANNOT_RUN


def test_nobody_need_read_the_output_to_its_end() -> None:
    command = [sys.executable, "-m", "reportgen", "rules"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(1)
        process.stdout.close()
        process.wait()
        assert process.stderr.read() == b""


def test_a_build_loads_nothing_that_only_authors_need(tmp_path: Path) -> None:
    program = "import sys; from reportgen import cli; cli.main(sys.argv[1:]); print(*sys.modules, sep='\\n')"
    command = [sys.executable, "-c", program, "build", str(SAMPLE), "-o", str(tmp_path)]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    assert "reportgen.cli.clerk" in loaded
    idle = ("cli.authors", "cli.catalogue", "glossary", "lint", "word.annotate", "word.review")
    assert [name for name in idle if f"reportgen.{name}" in loaded] == []


def test_check_says_who_answers_for_the_figures_of_a_report(tmp_path: Path, capsys: Captured) -> None:
    report = tmp_path / "report.docx"
    assert main(["build", str(SAMPLE), "-o", str(report)]) == 0
    capsys.readouterr()
    assert main(["check", str(report), "--facts", str(SAMPLE), "--numbers", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^正文 ¶\d+ +89\.67分 +proved +指标.*…$", out, re.MULTILINE)
    assert re.search(r"^正文 ¶\d+ +5\.54万元 +proved +收入\.其他收入:\d+$", out, re.MULTILINE)
    assert re.search(r"^figures: \d+; proved: \d+, typed in prose: 0, .*unproved: 0$", out, re.MULTILINE)
    assert main(["check", str(report), str(SAMPLE), "--facts", str(SAMPLE), "--format", "json", "--lang", "en"]) == 0


def test_check_needs_the_facts_of_a_report(tmp_path: Path, capsys: Captured) -> None:
    report = tmp_path / "report.docx"
    report.write_bytes(b"")
    assert main(["check", str(report), "--lang", "en"]) == 1
    assert "No facts are given" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "none.docx"), "--format", "short", "--lang", "en"]) == 1
    assert main(["check", str(report), "--facts", str(SAMPLE), "--format", "short", "--lang", "en"]) == 1

"""What somebody dismissed in a report stays dismissed while other lines change, is listed, and is written with care."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reportgen import dismissals
from reportgen.cli import main
from reportgen.diagnostics import Label, Severity, Span, Times
from reportgen.diagnostics.model import Rule
from reportgen.word.text import read
from tests.word_files import docx, paragraph

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.diagnostics import Diagnostic

    Captured = pytest.CaptureFixture[str]

UNTIL = "截止2023年12月31日，全镇参保8000人。"
REASON = "原件如此"
JUDGED, BROKEN = (Rule(code, "odd", Severity.WARNING, "{found}", "") for code in ("A101", "S101"))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return written(tmp_path / "报告.txt", UNTIL, UNTIL)


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def numbers(path: Path, captured: Captured, code: str = "R101") -> list[str]:
    captured.readouterr()
    main(["check", str(path), "--format", "json"])
    return [one["fingerprint"] for one in json.loads(captured.readouterr().out) if one["code"] == code]


def dismiss(path: Path, *given: str, reason: str = REASON) -> int:
    return main(["check", str(path), *(f"--dismiss={one}" for one in given), "--reason", reason, "--lang", "en"])


def beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.已核.yaml")


def own(*found: Diagnostic, **lines: str) -> list[str]:
    texts = {("", int(number[1:])): text for number, text in lines.items()}
    return [one.fingerprint for one in dismissals.numbered(found, texts)]


def test_a_number_is_of_the_rule_the_words_and_what_was_computed() -> None:
    place = Span("a.txt", 3, 1, 3, quote="97")
    (number,) = own(JUDGED.at(place, found=97))
    assert len(number) == 8
    assert own(JUDGED.at(place._replace(path="b.docx", line=9), found="97")) == [number]
    others = [JUDGED.at(place, found=98), JUDGED.at(place._replace(quote="98"), found=97)]
    others += [Rule("A102", "odd", Severity.ERROR, "", "").at(place, found=97)]
    others += [JUDGED.at(place, found=Label(Span(), "{said}", {"said": said})) for said in ("甲", "乙")]
    assert len({number, *own(*others)}) == 6


def test_equal_findings_are_told_apart_by_the_words_beside_them_then_by_order() -> None:
    places = [Span("a.txt", line, 1, 3, quote="截止") for line in (1, 2, 3)]
    first, second, third = own(*(JUDGED.at(one, found="截止") for one in places), l1="截止甲", l2="截止乙", l3="截止甲")
    assert len({first, second, third}) == 3
    assert own(JUDGED.at(places[1], found="截止"), JUDGED.at(places[0], found="截止"), l1="截止甲", l2="截止乙") == [
        second,
        first,
    ]


def test_a_finding_for_many_places_keeps_its_number_when_it_is_met_elsewhere_and_less_often() -> None:
    many = JUDGED.at(Span("a.txt", 3, 1, 2, quote=","), found=",、;", count=Times(48))
    assert own(many) == own(JUDGED.at(Span("a.txt", 9, 7, 8, quote=";"), found=";、,", count=Times(3)))
    assert own(many) != own(JUDGED.at(Span("a.txt", 3, 1, 2, quote=","), found=",、:", count=Times(48)))
    assert str(many.values["count"]) == "48"


def test_what_keeps_a_file_from_being_judged_has_no_number() -> None:
    assert own(BROKEN.at(Span("a.txt"), found=1)) == [""]


def test_a_dismissed_finding_is_left_out_and_listed_while_other_lines_change(report: Path, capsys: Captured) -> None:
    first, second = numbers(report, capsys)
    assert dismiss(report, second.lower()) == 0
    told = capsys.readouterr().out
    assert f"looked at and left as it is: 1\n  {report}:2:1  [R101] {second}  {REASON}\n" in told
    assert numbers(report, capsys) == [first]
    written(report, "", "新的一段。", UNTIL, "", UNTIL)
    assert numbers(report, capsys) == [first]


def test_the_same_words_in_word_have_the_same_number(tmp_path: Path, report: Path, capsys: Captured) -> None:
    word = tmp_path / "报告.docx"
    word.write_bytes(docx(paragraph(UNTIL)))
    assert read(word.read_bytes(), "")[0]
    assert numbers(report, capsys)[0] in numbers(word, capsys)


def test_the_file_is_appended_to_and_every_byte_stays(report: Path, capsys: Captured) -> None:
    first, second = numbers(report, capsys)
    before = f"# 我的备注\r\n- {{编号: {first.lower()}, 规则: R101, 理由: 甲}}".encode()
    beside(report).write_bytes(before)
    assert dismiss(report, second, reason=' "乙":\n#  \x07') == 0
    after = beside(report).read_bytes()
    assert after.startswith(before + b"\r\n- ")
    assert after.count(b"\r\n") == after.count(b"\n")
    assert [one.reason for one in dismissals.read(report).entries] == ["甲", '"乙": # \ufffd']
    assert numbers(report, capsys) == []


def test_a_long_quote_is_cut_in_the_file(tmp_path: Path, capsys: Captured) -> None:
    report = written(tmp_path / "报告.txt", "部门名称：河湾镇", "填报人：" + "　" * 300)
    (number,) = numbers(report, capsys, "A601")
    assert dismiss(report, number) == 0
    assert len(beside(report).read_text("utf-8")) < 300


def test_what_is_dismissed_already_is_not_written_twice(report: Path, capsys: Captured) -> None:
    first, _ = numbers(report, capsys)
    assert [dismiss(report, first), dismiss(report, first, reason="又一次")] == [0, 0]
    assert len(dismissals.read(report).entries) == 1


def test_an_emptied_file_is_as_good_as_none(report: Path, capsys: Captured) -> None:
    first, _ = numbers(report, capsys)
    beside(report).write_text("# 都删了\n\n", encoding="utf-8")
    assert dismiss(report, first) == 0
    assert beside(report).read_text("utf-8").startswith("# 都删了\n\n- 编号: ")


DAMAGED = [
    ("- 编号: [\n", "S1"),
    ("编号: 甲\n", "S110"),
    ("- {编号: MBCT6CJH, 规则: R101}\n", "F"),
    ("- {编号: MBCT6CJH, 规则: R101, 理由: 甲, 缘由: 乙}\n", "F"),
]


@pytest.mark.parametrize(("text", "code"), DAMAGED)
def test_a_damaged_file_is_said_to_be_one_and_not_written_to(
    report: Path, capsys: Captured, text: str, code: str
) -> None:
    first, _ = numbers(report, capsys)
    beside(report).write_text(text, encoding="utf-8")
    assert dismiss(report, first) == 1
    assert f"error[{code}" in capsys.readouterr().out
    assert beside(report).read_text("utf-8") == text


def test_a_file_in_another_encoding_or_none_at_all_is_said_to_be_one(report: Path, capsys: Captured) -> None:
    beside(report).write_bytes("- {编号: 甲}".encode("gbk"))
    assert main(["check", str(report), "--lang", "en"]) == 1
    assert "error[S010]" in capsys.readouterr().out
    beside(report).unlink()
    beside(report).mkdir()
    assert main(["check", str(report), "--lang", "en"]) == 1
    assert "error[S002]" in capsys.readouterr().out


def test_a_mistyped_number_is_answered_with_the_nearest(report: Path, capsys: Captured) -> None:
    first, _ = numbers(report, capsys)
    assert dismiss(report, f"{first[:-1]}8") == 1
    assert f"perhaps “{first}” is meant" in capsys.readouterr().out
    assert dismiss(report, "R101") == 1
    assert "R101 is the code of a rule" in capsys.readouterr().out
    assert not beside(report).exists()


def test_nothing_is_called_useless_that_was_not_looked_for(tmp_path: Path, capsys: Captured) -> None:
    report = written(tmp_path / "报告.txt", "全镇参保8000人。")
    for code in ("N101", "A605"):
        beside(report).write_text(f"- {{编号: AAAAAAAA, 规则: {code}, 理由: 甲}}\n", encoding="utf-8")
        assert main(["check", str(report), "--strict"]) == 0
    beside(report).write_text("- {编号: AAAAAAAA, 规则: A101, 理由: 甲}\n", encoding="utf-8")
    assert main(["check", str(report), "--strict", "--lang", "en"]) == 1
    assert "warning[A804]" in capsys.readouterr().out
    report.write_bytes(b"\xff\xfe\0")
    assert main(["check", str(report), "--format", "short", "--lang", "en"]) == 1
    assert "A804" not in capsys.readouterr().out


def test_a_number_is_given_to_programs_too(report: Path, capsys: Captured) -> None:
    first, second = numbers(report, capsys)
    main(["check", str(report), "--format", "sarif"])
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert [one["partialFingerprints"] for one in run["results"]] == [
        {"reportgen/v1": first},
        {"reportgen/v1": second},
    ]


def test_only_a_document_can_have_something_dismissed(tmp_path: Path, report: Path, capsys: Captured) -> None:
    facts = written(tmp_path / "facts.yaml", "甲: 1")
    assert dismiss(facts, "AAAAAAAA") == 2
    assert main(["check", str(report), str(facts), "--reason", REASON]) == 2
    assert "A806" in capsys.readouterr().err

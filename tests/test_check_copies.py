"""What `check` writes beside its findings: a copy of the report with comments at the words they are about."""

from __future__ import annotations

import argparse
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import docx as python_docx
import pytest

from reportgen.cli import main
from reportgen.cli.copies import annotated
from reportgen.cli.face import Face
from reportgen.diagnostics import N_, Label, Messages, Severity, Span
from reportgen.diagnostics.model import Rule
from reportgen.document import Checked
from tests.word_files import docx, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Captured = pytest.CaptureFixture[str]

JUDGED = Rule("A101", "odd", Severity.WARNING, "{found}", "")
REPORT = docx(
    paragraph("截止2023年12月31日，全镇参加城乡居民养老保险8000人。") + table(["养老", "截止2023年12月31日8000人"])
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.docx"
    path.write_bytes(REPORT)
    return path


def annotate(report: Path, copy: Path, *more: str) -> int:
    return main(["check", str(report), "--annotate", str(copy), "--lang", "en", *more])


def test_each_finding_is_a_comment_with_its_advice_and_number(report: Path, tmp_path: Path, capsys: Captured) -> None:
    copy = tmp_path / "批注.docx"
    annotate(report, copy)
    assert f"Written: {copy}" in capsys.readouterr().out
    assert report.read_bytes() == REPORT
    said = [one.text for one in python_docx.Document(BytesIO(copy.read_bytes())).comments]
    until = [one.split("\n") for one in said if "R101" in one]
    assert len(until) == 2
    for head, advice, number in until:
        assert head.startswith("warning[R101]: ")
        assert advice == "write “截至”"
        assert number.startswith("fingerprint: ")


def test_a_dismissed_finding_is_no_comment(report: Path, tmp_path: Path, capsys: Captured) -> None:
    annotate(report, tmp_path / "1.docx", "--format", "short")
    number = next(
        one.text.rpartition(" ")[2]
        for one in python_docx.Document(str(tmp_path / "1.docx")).comments
        if "R101" in one.text
    )
    annotate(report, tmp_path / "2.docx", "--dismiss", number, "--reason", "甲")
    assert not any(number in one.text for one in python_docx.Document(str(tmp_path / "2.docx")).comments)
    assert number in capsys.readouterr().out


def test_other_places_of_a_finding_have_comments_too(tmp_path: Path) -> None:
    first, second = (
        Span("报告.docx", 1, at, at + 2, part="正文", quote=quote) for at, quote in ((1, "截止"), (3, "20"))
    )
    other = (Label(second, N_("here: {found}"), {"found": 20}), Label(Span("facts.yaml", 1), "elsewhere"))
    found = [JUDGED.at(first, related=other, found=97)]
    asked = argparse.Namespace(annotate=str(tmp_path / "批注.docx"), format="text")
    checked = Checked([], Path("报告.docx"), REPORT)
    assert annotated(checked, found, Face(Messages("en"), asked)) == 0
    said = [one.text for one in python_docx.Document(asked.annotate).comments]
    assert said == ["warning[A101]: 97", "here: 20\nwarning[A101]: 97"]


def test_no_file_is_written_over(report: Path, capsys: Captured) -> None:
    annotate(report, report)
    assert "S006" in capsys.readouterr().err
    assert report.read_bytes() == REPORT


def test_a_text_holds_no_comments(tmp_path: Path, capsys: Captured) -> None:
    report = tmp_path / "报告.txt"
    report.write_text("全镇参保8000人。", encoding="utf-8")
    assert annotate(report, tmp_path / "批注.docx") == 1
    assert "A807" in capsys.readouterr().err
    report.write_bytes(b"%PDF-1.7")
    assert annotate(report, tmp_path / "批注.docx") == 1
    assert "there is no copy with comments" in capsys.readouterr().out
    assert [one.name for one in tmp_path.iterdir()] == ["报告.txt"]


def test_annotated_reports_are_valid(
    report: Path, validate: Callable[[Iterable[Path]], list[object]], tmp_path: Path
) -> None:
    annotate(report, tmp_path / "批注.docx")
    assert validate([tmp_path / "批注.docx"]) == []

"""Whatever somebody gives for a report, `check` says in one clear word what it is, and what to do with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from tests.odd_files import OLD
from tests.pictures import png
from tests.word_files import docx, paragraph, zipped

if TYPE_CHECKING:
    from pathlib import Path

    Captured = pytest.CaptureFixture[str]

TEXT = "河湾镇2023年部门整体支出绩效自评报告\n截至2023年12月31日，全镇参保8000人。\n"


def old(stream: str) -> bytes:
    return OLD + stream.encode("utf-16-le")


def opened(kind: str) -> bytes:
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<x/>"})


def office(folder: str, main_part: str) -> bytes:
    return docx("", replace={"word/document.xml": None, f"{folder}/{main_part}.xml": b"<workbook/>"})


SCAN = docx(paragraph("第1页"), types={"word/media/a.png": "image/png"}, replace={"word/media/a.png": png()})
ODD = {
    "空文件": (b"", "S/T101", "an empty file"),
    "只有空行的文件": (b"\xef\xbb\xbf \r\n\n", "T101", "an empty file"),
    "乱码": (bytes(range(256)) * 9, "T101", "another kind of file"),
    "PDF": (b"%PDF-1.7\n", "T101", "a PDF file"),
    "RTF": (b"{\\rtf1\\ansi ", "T101", "an .rtf file"),
    "照片": (b"\xff\xd8\xff\xe0\0", "T101", "a picture"),
    "加密": (old("EncryptedPackage"), "T103", "password"),
    "旧版 Word": (old("WordDocument"), "T102", "old Word"),
    "看不出是什么的旧文件": (OLD, "T102", "old Word"),
    "旧版 Excel": (old("Workbook"), "T101", "an Excel file"),
    "旧版演示": (old("PowerPoint Document"), "T101", "slides"),
    "Excel": (office("xl", "workbook"), "T101", "an Excel file"),
    "演示": (office("ppt", "presentation"), "T101", "slides"),
    "ODT": (opened("text"), "T101", "an .odt file"),
    "ODS": (opened("spreadsheet"), "T101", "OpenOffice"),
    "OFD": (zipped({"OFD.xml": b"<x/>"}), "T101", "an OFD file"),
    "压缩包": (zipped({"报告.txt": b"x"}), "T101", "packed folder"),
    "没有字的 Word 文件": (docx(paragraph()), "S020", "no text"),
    "扫描件": (SCAN, "S021", "scan"),
}


def said(path: Path, captured: Captured) -> list[tuple[str, str]]:
    captured.readouterr()
    main(["check", str(path), "--format", "json", "--lang", "en"])
    return [(one["code"], one["message"]) for one in json.loads(captured.readouterr().out)]


@pytest.mark.parametrize("ending", [".docx", ".doc", ".wps", ".pdf", ".TXT", ".xlsx", ".odt", ".rtf", ".bak"])
@pytest.mark.parametrize("name", ODD)
def test_what_is_no_report_is_named_whatever_its_name(name: str, ending: str, tmp_path: Path, capsys: Captured) -> None:
    data, codes, word = ODD[name]
    path = tmp_path / f"报告{ending}"
    path.write_bytes(data)
    ((code, message),) = said(path, capsys)
    assert code in codes
    assert word in message


@pytest.mark.parametrize("ending", [".txt", ".TXT", ".md"])
def test_a_text_is_read_under_any_other_name(ending: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / f"报告{ending}"
    path.write_text(TEXT.replace("截至", "截止"), encoding="utf-8")
    assert "R101" in {code for code, _ in said(path, capsys)}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f", "\u2028"])
def test_lines_are_counted_alike_where_they_are_shown(end: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(end.join(["全镇通水。", "", "截止2023年12月31日，全镇参保8000人。"]).encode())
    main(["check", str(path), "--lang", "en"])
    assert f"--> {path}:3:1\n   |\n 3 | 截止2023年" in capsys.readouterr().out


@pytest.mark.parametrize("ending", [".docx", ".doc", ".wps", ".DOCX"])
def test_a_text_under_the_name_of_a_word_file_is_said_to_be_one(ending: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / f"报告{ending}"
    path.write_text(TEXT, encoding="utf-8")
    assert said(path, capsys) == [("T101", "this is a plain text, not a Word document (.docx)")]


@pytest.mark.parametrize("ending", [".txt", ".doc", ".pdf"])
def test_a_word_file_is_read_under_any_other_name(ending: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / f"报告{ending}"
    path.write_bytes(docx("".join(map(paragraph, TEXT.replace("截至", "截止").splitlines()))))
    assert "R101" in {code for code, _ in said(path, capsys)}


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-8-sig"])
def test_a_text_is_read_in_any_encoding_of_windows(encoding: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(TEXT.replace("截至", "截止").encode(encoding))
    assert "R101" in {code for code, _ in said(path, capsys)}


def test_a_name_with_a_star_is_for_all_that_fit(tmp_path: Path, capsys: Captured) -> None:
    for name in ("乙.docx", "甲.docx", "~$甲.docx", "丙.txt"):
        (tmp_path / name).write_bytes(b"%PDF-1.7")
    main(["check", str(tmp_path / "*.docx"), "--lang", "en"])
    printed = capsys.readouterr().out
    assert [name for name in ("乙.docx", "甲.docx", "~$", "丙") if f"{tmp_path}/{name}" in printed] == [
        "乙.docx",
        "甲.docx",
    ]
    assert printed.count("No facts are given") == 1
    assert said(tmp_path / "?.doc", capsys) == [("S001", f"there is no file “{tmp_path}/?.doc”")]


@pytest.mark.parametrize("name", ["报告", "报告.docx", "报告.txt"])
def test_a_folder_is_none(name: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / name).mkdir()
    assert [code for code, _ in said(tmp_path / name, capsys)] == ["S002"]


def test_a_report_with_a_picture_is_read(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "报告.docx"
    body = paragraph("截止2023年12月31日，全镇参加城乡居民养老保险8000人。")
    path.write_bytes(docx(body, types={"word/media/a.png": "image/png"}, replace={"word/media/a.png": png()}))
    assert "R101" in {code for code, _ in said(path, capsys)}

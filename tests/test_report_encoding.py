"""The bytes of a plain text: a report is read whatever Windows saved it as, and what is no text is refused."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest

from reportgen import document, report

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "一、部门基本情况\n截至2023年底，全镇有水井12口。\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode("gb18030"),
    ],
)
def test_a_report_is_read_whatever_it_was_saved_as(data: bytes, tmp_path: Path) -> None:
    assert report.decode(data, "报告.txt") == (TEXT, [])
    path = tmp_path / "报告.txt"
    path.write_bytes(data)
    assert document.check(path, None).text == TEXT


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\xd0\xcf\x11\xe0\0\0", "S012"), (codecs.BOM_UTF16_LE + b"\0\xd8\0", "S011"), ("好".encode() + b"\xff", "S013")],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    text, found = report.decode(data, "报告.txt")
    assert (text, [one.rule.code for one in found]) == (None, [code])


def test_an_empty_file_is_an_empty_report() -> None:
    assert report.decode(b"", "报告.txt") == ("", [])

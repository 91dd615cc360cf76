"""The PDF of the sample says what its document says, figure by figure: nothing is cut off, hidden or doubled."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reportgen.pdf import convert
from reportgen.word.text import read
from tests.word_files import docx, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.conftest import Printed

# Numerals of headings are text in both, written by the program; nothing is numbered by Word.
NUMBER = re.compile(r"\d+(?:\.\d+)*")
# What a page adds to the text: its number, below it. The cover has none.
FOOT = re.compile(r"\s*— *(\d+) *—\s*$")
HEAD = "一级指标二级指标三级指标分值评分标准得分扣分原因"


class Said(NamedTuple):
    """The text of the body, and of what stands below each page."""

    body: str
    feet: list[str]


def of_document(data: bytes) -> Said:
    document, found = read(data, "")
    assert document is not None, found
    texts = [(one.part.rstrip("0123456789"), one.text) for one in document.paragraphs]
    assert {part for part, _ in texts} <= {"正文", "页脚"}
    bodies, feet = ([text for part, text in texts if part == name] for name in ("正文", "页脚"))
    return Said("\n".join(bodies), feet)


def of_pages(pdftotext: Path, data: bytes) -> Said:
    told = subprocess.run([pdftotext, "-raw", "-", "-"], input=data, capture_output=True, check=True).stdout
    pages = told.decode().split("\f")[:-1]
    return Said(
        "\n".join(FOOT.sub("", page) for page in pages), [foot[1] for page in pages if (foot := FOOT.search(page))]
    )


def differences(one: Iterable[str], other: Iterable[str]) -> dict[str, int]:
    """Say by how many times more the second holds what the two do not hold equally often."""
    counted = Counter(other)
    counted.subtract(one)
    return {said: times for said, times in counted.items() if times}


def in_numbers(document: Said, pages: Said) -> dict[str, int]:
    return differences(NUMBER.findall(document.body), NUMBER.findall(pages.body))


@pytest.fixture(scope="module")
def document(printed: Printed) -> Said:
    return of_document(printed.docx.read_bytes())


@pytest.fixture(scope="module")
def pages(tool: Callable[[str], Path], printed: Printed) -> Said:
    return of_pages(tool("pdftotext"), printed.pdf.read_bytes())


def test_each_number_is_in_the_pages_as_often_as_in_the_document(document: Said, pages: Said) -> None:
    assert len(NUMBER.findall(document.body)) > 500
    assert in_numbers(document, pages) == {}


def test_each_character_is_there_but_for_a_head_that_is_repeated(document: Said, pages: Said) -> None:
    plain = ["".join(said.body.split()) for said in (document, pages)]
    more = plain[1].count(HEAD) - plain[0].count(HEAD)
    assert more > 0
    assert differences(plain[0] + HEAD * more, plain[1]) == {}


def test_below_the_pages_stand_their_numbers_and_no_other(document: Said, pages: Said) -> None:
    assert {foot for said in document.feet for foot in NUMBER.findall(said)} == {
        "1"
    }  # a field, which counts in the PDF
    assert pages.feet == [str(number) for number in range(1, len(pages.feet) + 1)]


@pytest.mark.parametrize(("old", "new"), [("89.67", "89.76"), ("2032.55", "2032.5 5"), ("2845.81", "")])
def test_one_figure_that_differs_is_seen(old: str, new: str, document: Said, pages: Said) -> None:
    changed = pages._replace(body=pages.body.replace(old, new, 1))
    assert in_numbers(document, changed)[old] == -1


def test_a_figure_that_a_row_cuts_off_is_seen(tool: Callable[[str], Path]) -> None:
    tool("soffice")
    low = '<w:tr><w:trPr><w:trHeight w:val="340" w:hRule="exact"/></w:trPr>'
    rows = table([paragraph("收入56.78万元") + paragraph() * 5 + paragraph("支出12.34万元")]).replace("<w:tr>", low)
    data = docx(rows + paragraph())
    made, _ = convert({"a.docx": data})
    assert in_numbers(of_document(data), of_pages(tool("pdftotext"), made["a.docx"])) == {"12.34": -1}

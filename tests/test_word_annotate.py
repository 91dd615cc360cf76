"""An annotated copy holds one comment at each finding, is valid, and says otherwise what the template says."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import docx as python_docx
import pytest
from lxml import etree

from reportgen import cli
from reportgen.word.annotate import annotate
from reportgen.word.review import review
from reportgen.word.text import read
from tests.odd_files import commented
from tests.test_word_review import boxed, note
from tests.word_files import WML, docx, paragraph, part, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from reportgen.diagnostics import Diagnostic

FAULTY = docx(
    paragraph("全年得94分") + table(["甲", "{{ 甲 | 错 }}"]) + paragraph("乙", "1", runs=boxed("共3个")),
    headers=[paragraph("第{ 页 }}")],
    footnotes=note("footnote", "另有5个"),
)

TYPES = {"word/comments.xml": f"{WML}.comments+xml"}


def remarked(data: bytes) -> bytes:
    copy = annotate(data, "t.docx", [(one.span, [one.rule.code, "甲 < 乙"]) for one in findings(data)])
    assert copy is not None
    return copy


def findings(data: bytes) -> list[Diagnostic]:
    return review(data, "t.docx")


def comments(data: bytes) -> dict[int, str]:
    return {one.comment_id: one.text for one in python_docx.Document(BytesIO(data)).comments}


def test_every_finding_is_a_comment() -> None:
    said = comments(remarked(FAULTY))
    assert list(said) == list(range(len(findings(FAULTY))))
    assert sorted(said.values()) == sorted(
        [
            "T201\n甲 < 乙",
            "T503\n甲 < 乙",
            "T201\n甲 < 乙",
            "页眉1 ¶1\nT203\n甲 < 乙",
            "脚注 ¶1\nT201\n甲 < 乙",
        ]
    )


def test_comments_stand_at_their_paragraphs() -> None:
    with zipfile.ZipFile(BytesIO(remarked(FAULTY))) as copy:
        body = etree.fromstring(copy.read("word/document.xml"))
    marked = [
        "".join(map(str, one.itertext())) for one in body.iter("{*}p") if one.find("{*}commentRangeStart") is not None
    ]
    assert marked == ["全年得94分", "{{ 甲 | 错 }}", "乙共3个"]


def test_the_text_is_that_of_the_template() -> None:
    before, after = (read(one, "t.docx")[0] for one in (FAULTY, remarked(FAULTY)))
    assert before == after


def test_comments_that_were_there_stay() -> None:
    data = commented()
    (one,) = findings(data)
    copy = annotate(data, "t.docx", [(one.span, ["删去"])])
    assert copy is not None
    assert comments(copy) == {0: "请核对", 1: "删去"}


def test_a_file_without_links_gets_one() -> None:
    bare = docx(paragraph("94分"), replace={"word/_rels/document.xml.rels": None, "word/styles.xml": None})
    assert list(comments(remarked(bare)).values()) == ["T201\n甲 < 乙"]


def test_a_damaged_file_is_annotated_as_far_as_it_can_be_read() -> None:
    data = docx(paragraph("甲"), replace={"[Content_Types].xml": None})
    copy = annotate(data, "t.docx", [(findings(data)[0].span, ["甲"])])
    assert copy is not None
    with zipfile.ZipFile(BytesIO(copy)) as opened:
        assert "word/comments.xml" in opened.namelist()


def test_a_part_that_nothing_links_to_stays() -> None:
    data = docx(paragraph("甲"), types=TYPES, replace={"word/comments.xml": part("comments", "")})
    with zipfile.ZipFile(BytesIO(remarked(data))) as copy:
        assert {"word/comments.xml", "word/reportgen-comments.xml"} < set(copy.namelist())


def test_an_annotated_copy_is_annotated_again() -> None:
    again = comments(remarked(remarked(FAULTY)))
    assert list(again) == list(range(len(findings(FAULTY)) + len(findings(remarked(FAULTY)))))


def test_the_same_remarks_give_the_same_bytes() -> None:
    assert remarked(FAULTY) == remarked(FAULTY)


@pytest.mark.parametrize("data", [b"%PDF-1.7", docx("")])
def test_what_has_no_paragraph_takes_no_comment(data: bytes) -> None:
    assert annotate(data, "t.docx", []) is None


def test_annotated_copies_are_valid(validate: Callable[[Iterable[Path]], list[object]], tmp_path: Path) -> None:
    made = {"faulty": FAULTY, "commented": commented(), "again": remarked(FAULTY)}
    for name, data in made.items():
        (tmp_path / f"{name}.docx").write_bytes(remarked(data))
    assert validate(sorted(tmp_path.glob("*.docx"))) == []


def test_lint_writes_the_copy_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template, copy = tmp_path / "t.docx", tmp_path / "annotated.docx"
    template.write_bytes(FAULTY)
    asked = ["template", "lint", str(template), "--annotate", str(copy), "--lang", "en"]
    assert cli.main(asked) == cli.face.ERRORS
    assert f"Written: {copy}" in capsys.readouterr().out
    assert template.read_bytes() == FAULTY
    (number, *_) = [one for one in comments(copy.read_bytes()).values() if "T201" in one]
    assert number.startswith("warning[T201]: “94分” is written in the template itself")
    written = copy.read_bytes()
    assert cli.main(asked) == cli.face.ERRORS
    assert "S006" in capsys.readouterr().err
    assert copy.read_bytes() == written


@pytest.mark.parametrize("how", ["short", "text"])
def test_a_copy_is_written_where_nothing_is_wrong(how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template, copy = tmp_path / "t.docx", tmp_path / "annotated.docx"
    template.write_bytes(docx(paragraph("甲")))
    assert cli.main(["template", "lint", str(template), "--annotate", str(copy), "--format", how]) == 0
    assert comments(copy.read_bytes()) == {}
    assert (str(copy) in capsys.readouterr().out) is (how == "text")


def test_a_file_that_cannot_be_opened_has_no_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template, copy = tmp_path / "t.docx", tmp_path / "annotated.docx"
    template.write_bytes(b"%PDF-1.7")
    assert cli.main(["template", "lint", str(template), "--annotate", str(copy), "--lang", "en"]) == 1
    assert "there is no copy with comments" in capsys.readouterr().out
    assert not copy.exists()

"""An annotated copy holds one comment at each finding, is valid, and says otherwise what the template says."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import docx as python_docx
import pytest
from lxml import etree

from reportgen import cli
from reportgen.diagnostics import Span
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


BOLD = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
LINK = '<w:hyperlink w:anchor="a">{}</w:hyperlink>'
ADDED = '<w:ins w:id="9" w:author="甲" w:date="2022-01-01T00:00:00Z">{}</w:ins>'
BOXED = "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
FORMULA = "<m:oMath><m:r><m:t>1+2=3</m:t></m:r></m:oMath>"
# A paragraph, the words that a remark is about, and what the comment covers.
WORDS = {
    "in one run": (paragraph("共得94分。"), "94分", "94分"),
    "the whole run": (paragraph("94分"), "94分", "94分"),
    "over runs": (
        paragraph("共得9", runs=BOLD.format("4分") + "<w:r><w:tab/><w:t>。</w:t></w:r>"),
        "94分\t。",
        "94分。",
    ),
    "from within a run to within another": (paragraph("共得9", runs=BOLD.format("4分。")), "94分", "94分"),
    "in a link": (paragraph("见", runs=LINK.format(BOLD.format("附件94分"))), "94分", "94分"),
    "in what was added": (paragraph("得", runs=ADDED.format(BOLD.format("共94分"))), "94分", "94分"),
    "in a control": (paragraph("得", runs=BOXED.format(BOLD.format("共94分"))), "94分", "共94分"),
    "a formula": (paragraph("得", runs=FORMULA + BOLD.format("分")), "1+2=3分", "1+2=3分"),
    "half a formula": (paragraph("得", runs=FORMULA), "1+2", "得1+2=3"),
    "in a cell": (table(["甲", "共94分"]), "94分", "94分"),
    "which are not there": (paragraph("共得94分。"), "97分", "共得94分。"),
}


def words(body: str, said: str) -> tuple[bytes, bytes]:
    data = docx(body)
    document, _ = read(data, "t.docx")
    assert document is not None
    number, at = max((one.number, one.text.find(said) + 1) for one in document.paragraphs)
    span = Span("t.docx", number, max(at, 1), max(at, 1) + len(said), part="正文", quote=said)
    copy = annotate(data, "t.docx", [(span, ["甲"]), (span, ["乙"])])
    assert copy is not None
    return data, copy


def covered(copy: bytes, key: str) -> str:
    """Give the text between the two marks of a comment, and see that it is called for right behind them."""
    with zipfile.ZipFile(BytesIO(copy)) as opened:
        body = etree.fromstring(opened.read("word/document.xml"))
    found: list[str] = []
    inside = False
    for one in body.iter():
        name = etree.QName(one).localname
        if name in {"commentRangeStart", "commentRangeEnd"} and one.get(one.keys()[0]) == key:
            inside = name == "commentRangeStart"
            behind = one.getnext()
            assert inside or (behind is not None and behind[0].get(behind[0].keys()[0]) == key)
        elif inside and name == "t":
            found.append(one.text or "")
    return "".join(found)


@pytest.mark.parametrize("name", WORDS)
def test_a_comment_is_about_just_the_words(name: str) -> None:
    body, said, expected = WORDS[name]
    before, after = words(body, said)
    assert covered(after, "0") == covered(after, "1") == expected
    assert read(before, "t.docx") == read(after, "t.docx")


def test_cut_runs_look_as_before() -> None:
    _, after = words(paragraph("共得9", runs=BOLD.format("4分。")), "94分")
    (one,) = python_docx.Document(BytesIO(after)).paragraphs
    assert [(run.text, run.bold) for run in one.runs if run.text] == [
        ("共得", None),
        ("9", None),
        ("4分", True),
        ("。", True),
    ]


def test_annotated_copies_are_valid(validate: Callable[[Iterable[Path]], list[object]], tmp_path: Path) -> None:
    made = {"faulty": FAULTY, "commented": commented(), "again": remarked(FAULTY)}
    for name, data in made.items():
        (tmp_path / f"{name}.docx").write_bytes(remarked(data))
    for name, (body, said, _) in WORDS.items():
        (tmp_path / f"{name}.docx").write_bytes(words(body, said)[1])
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

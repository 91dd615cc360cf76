"""The review copy for Word: content controls around stretches of text, yellow grounds, comments, and the same text."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import docx as python_docx
import pytest
from lxml import etree

from reportgen.build import build
from reportgen.proof import Status
from reportgen.review import review
from reportgen.verification import proven
from reportgen.word import unmarked
from reportgen.word.controls import MAX_TITLE, Stretch, control
from reportgen.word.markup import w
from reportgen.word.text import read
from tests import small_packs
from tests.word_files import docx, field, paragraph, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.etree import _Element as Element

    from reportgen.build import Built

SAMPLE = Path(__file__).parents[1] / "data" / "shatian-2021.yaml"
BOLD = '<w:r><w:rPr><w:b/><w:lang w:val="zh-CN"/></w:rPr><w:t>23</w:t><w:tab/><w:t>4</w:t></w:r>'
FORMULA = (
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>5</m:t></m:r></m:oMath>'
)
LINK = f'<w:hyperlink w:anchor="a">{run("67")}</w:hyperlink>'
FOLDED = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/><w:t>8</w:t></w:r>'


def part(data: bytes, name: str = "word/document.xml") -> Element:
    return etree.fromstring(zipfile.ZipFile(BytesIO(data)).read(name))


def boxes(root: Element) -> list[tuple[str, str]]:
    said = ("".join(one.text or "" for one in box.iter(w("t"))) for box in root.iter(w("sdt")))
    titles = (str(one.get(w("val"))) for one in root.iter(w("alias")))
    return list(zip(titles, said, strict=True))


def marked(data: bytes, *stretches: Stretch) -> bytes:
    copy = control(data, "t.docx", stretches)
    assert copy is not None
    before, after = (read(one, "t.docx")[0] for one in (data, copy))
    assert before is not None
    assert after is not None
    assert before.paragraphs == after.paragraphs
    return copy


def of(text: str, *found: str, title: str = "甲") -> list[Stretch]:
    return [Stretch("正文", 1, text, text.index(one), text.index(one) + len(one), title) for one in found]


def test_a_stretch_keeps_the_looks_of_its_runs() -> None:
    copy = marked(docx(paragraph("甲1", runs=BOLD + run("5乙"))), *of("甲123\t45乙", "123\t45"))
    root = part(copy)
    assert boxes(root) == [("甲", "12345")]
    inside = root.findall(f".//{w('sdtContent')}/{w('r')}")
    assert [one.find(f"{w('rPr')}/{w('b')}") is not None for one in inside] == [False, True, False]


def test_stretches_of_one_run_stand_apart() -> None:
    copy = marked(docx(paragraph("甲12乙34丙5")), *of("甲12乙34丙5", "12", "34", "5"))
    root = part(copy)
    assert [said for _, said in boxes(root)] == ["12", "34", "5"]
    ids = [one.get(w("val")) for one in root.findall(f".//{w('sdtPr')}/{w('id')}")]
    assert len(set(ids)) == 3


def test_controls_that_are_there_keep_their_numbers() -> None:
    there = '<w:sdt><w:sdtPr><w:id w:val="{}"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    copy = marked(
        docx(paragraph("1", runs=there.format(7, run("甲")) + there.format("x", run("乙")))), *of("1甲乙", "1")
    )
    assert [one.get(w("val")) for one in part(copy).iter(w("id"))] == ["8", "7", "x"]


def test_a_run_is_cut_between_its_pieces_with_its_look() -> None:
    copy = marked(docx(paragraph(runs=BOLD)), *of("23\t4", "4"))
    assert boxes(part(copy)) == [("甲", "4")]
    assert part(copy).find(f".//{w('sdtContent')}//{w('b')}") is not None


def test_a_stretch_within_a_link_or_a_field_stays_there() -> None:
    text = "67第3页"
    copy = marked(docx(paragraph(runs=LINK + run("第") + field("PAGE", "3") + run("页"))), *of(text, "67", "3"))
    assert [said for _, said in boxes(part(copy))] == ["67", "3"]
    assert part(copy).find(f".//{w('hyperlink')}/{w('sdt')}") is not None


@pytest.mark.parametrize(
    ("runs", "text", "stretch"),
    [
        (run("1") + FORMULA, "15", "15"),
        (FORMULA, "5", "5"),
        (run("1") + LINK, "167", "167"),
        (FOLDED, "8", "8"),
    ],
)
def test_what_does_not_stand_in_runs_beside_each_other_is_left_bare(runs: str, text: str, stretch: str) -> None:
    assert boxes(part(marked(docx(paragraph(runs=runs)), *of(text, stretch)))) == []


def test_nothing_is_marked_where_another_text_stands() -> None:
    data = docx(paragraph("甲1"))
    other = [*of("乙1", "1"), Stretch("正文", 9, "甲1", 1, 2, "甲"), Stretch("页脚1", 1, "甲1", 1, 2, "甲")]
    assert boxes(part(marked(data, *other))) == []


def test_stretches_without_a_title_are_yellow_in_the_order_of_the_schema() -> None:
    text = "甲23\t4"
    root = part(marked(docx(paragraph("甲", runs=BOLD)), *of(text, "甲", "23", title="")))
    grounds = [one.getparent() for one in root.iter(w("highlight"))]
    assert [[each.tag for each in one] for one in grounds if one is not None] == [
        [w("highlight")],
        [w("b"), w("highlight"), w("lang")],
    ]
    again = part(
        marked(
            docx(paragraph(runs=BOLD.replace("<w:lang", '<w:highlight w:val="red"/><w:lang'))),
            *of("23\t4", "23", title=""),
        )
    )
    assert [one.get(w("val")) for one in again.iter(w("highlight"))] == ["yellow", "red"]


def test_headers_are_marked_too_and_what_is_no_word_file_is_not() -> None:
    copy = marked(docx(paragraph("甲"), headers=[paragraph("第1页")]), Stretch("页眉1", 1, "第1页", 1, 2, "乙"))
    assert boxes(part(copy, "word/header1.xml")) == [("乙", "1")]
    assert control(b"", "t.docx", ()) is None


def copies(built: Built) -> bytes:
    return next(one.data for one in review(built, proven(built)) if one.name.endswith(".docx"))


def test_every_figure_of_the_sample_says_where_it_is_from(
    validate: Callable[[Iterable[Path]], list[object]], tmp_path: Path
) -> None:
    built = build(SAMPLE, trace=True)
    (own,) = proven(built)
    data = copies(built)
    plain, copy = (read(one, "t.docx")[0] for one in (unmarked(built.documents[0].data), data))
    assert plain == copy
    found = boxes(part(data))
    assert [said for _, said in found] == [one.figure.text.replace("\n", "") for one in own.proofs]
    titles = [title for title, _ in found]
    assert max(map(len, titles)) <= MAX_TITLE
    assert any(
        re.fullmatch(r"8729 人 ｜ 工作数据\.养老保险\.参保人数 ｜ shatian-2021\.yaml:\d+", one) for one in titles
    )
    assert any(re.fullmatch(r"66\.67% ｜ 重点工作完成率 ｜ indicators\.yaml:\d+", one) for one in titles)
    assert any(one.startswith("虚构 ") for one in titles)
    assert any(one.endswith("自动编号") for one in titles)
    file = tmp_path / "copy.docx"
    file.write_bytes(data)
    assert validate([file]) == []


def test_a_figure_that_nobody_proves_is_yellow_with_a_comment(
    validate: Callable[[Iterable[Path]], list[object]], tmp_path: Path
) -> None:
    files = {
        "schema.yaml": "甲: 数\n乙: 文字\n",
        "facts.yaml": "甲: 1\n乙: 今年做了7件事\n",
        "report.docx": "得{{ 甲 }}分，共94人。{{ 乙 }}",
    }
    built = small_packs.built(files, trace=True)
    assert {one.status for one in proven(built)[0].proofs} == {Status.PROVED, Status.TEMPLATE, Status.PROSE}
    data = copies(built)
    assert [said for _, said in boxes(part(data))] == ["1分"]
    assert len(list(part(data).iter(w("highlight")))) == 2
    said = [one.text for one in python_docx.Document(BytesIO(data)).comments]
    assert [("94人" in one, "模板" in one) for one in said] == [(True, True), (False, False)]
    assert "乙" in said[1]
    file = tmp_path / "copy.docx"
    file.write_bytes(data)
    assert validate([file]) == []

"""Signature and date stand where their lengths put them (GB/T 9704-2012, 7.3.5.2); the author's own indent stays."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from tests.filled import template
from tests.word_files import paragraph, run

STYLES = {"9": "署名", "10": "成文日期", "11": "正文段"}
DATE = "2021年6月1日"  # 6 figures of 155 twips, 3 characters of 315, 5 seams of 72
LONG = 6 * 155 + 3 * 315 + 5 * 72


def indents(body: str, **values: str) -> list[int | None]:
    """Fill a template in and give how far from the right its paragraphs are indented, in twips."""
    data, found = template(body, styles=STYLES).render(values)
    assert data, found
    xml = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    right = [re.search(' w:right="([0-9]+)"', one) for one in re.findall("<w:p>.*?</w:p>", xml)]
    return [found and int(found[1]) for found in right]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("甲乙丙丁戊己庚辛壬癸", [640, 3150 - LONG]),
        ("甲乙丙丁戊己庚辛", [640, 2520 - LONG]),
        ("甲镇政府", [1280 + LONG - 1260, 640]),
        ("<&>", [1280 + LONG - 3 * 155, 640]),
        ("", [1280 + LONG, 640]),
    ],
)
def test_a_date_begins_two_characters_after_the_signature(name: str, wanted: list[int]) -> None:
    body = paragraph("{{ 名称 }}", "9") + paragraph("{{ 日期 }}", "10")
    assert indents(body, 名称=name, 日期=DATE) == wanted
    length = sum(155 if one.isascii() else 315 for one in name)
    assert (wanted[0] + length) - (wanted[1] + LONG) == 640


def test_several_signatures_are_placed_each_by_its_own_date() -> None:
    pair = paragraph("甲乙丙丁戊己庚辛壬癸", "9") + paragraph(DATE, "10")
    assert indents(paragraph("甲", "11") + pair + paragraph("乙", "11") + pair) == [
        None,
        640,
        3150 - LONG,
        None,
        640,
        3150 - LONG,
    ]


def test_a_signature_without_its_date_and_one_with_an_indent_stay() -> None:
    own = '<w:p><w:pPr><w:pStyle w:val="9"/><w:ind w:right="100"/></w:pPr>' + run("甲") + "</w:p>"
    body = paragraph("甲", "9") + paragraph("乙", "11") + own + paragraph(DATE, "10") + paragraph("丙", "9")
    assert indents(body) == [None, None, 100, None, None]


def test_an_indent_stands_before_the_alignment() -> None:
    aligned = '<w:p><w:pPr><w:pStyle w:val="9"/><w:keepNext/><w:jc w:val="right"/></w:pPr>' + run("甲") + "</w:p>"
    data, _ = template(aligned + paragraph(DATE, "10"), styles=STYLES).render({})
    assert data
    xml = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert re.search('<w:keepNext/><w:ind w:rightChars="[0-9]+" w:right="[0-9]+"/><w:jc ', xml)

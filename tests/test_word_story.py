"""What else a part of a Word file holds beside tags: nothing of it breaks, and no tag in it is passed over."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from docxtpl import RichText
from lxml import etree

from tests.filled import document, faults, lines, template, texts
from tests.word_files import cell, field, paragraph, run, table

FACTS: dict[str, Any] = {"甲": "2032.55", "真": True, "假": False, "列": ["东", "西"], "新段": "一\u2029二"}
LOOP = lines("{%p for 村 in 列 %}"), lines("{%p endfor %}")
IF = lines("{%p if 假 %}"), lines("{%p endif %}")
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
GLOW = "<w:r><w:rPr><w14:ligatures w14:val='none'/></w:rPr><w:t>{}</w:t></w:r>"
MARK = '<w:bookmark{} w:id="3"{}/>'
START, END = MARK.format("Start", ' w:name="甲"'), MARK.format("End", "")


def xml_of(body: str) -> str:
    """Fill a template in and give the XML of its body, which must be well-formed."""
    data, found = template(body + paragraph("末")).render(FACTS)
    assert data is not None, found
    with zipfile.ZipFile(BytesIO(data)) as opened:
        xml = opened.read("word/document.xml")
    etree.fromstring(xml)
    return xml.decode()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:p {W14}>{GLOW.format('{{ 新段 }}')}{GLOW.format('后')}</w:p>", ["一", "二后"]),
        (f"<w:p>{GLOW.format('{{ 新段 }}').replace('<w:r>', f'<w:r {W14}>')}</w:p>", ["一", "二"]),
        (f"<w:p>{run('{% if 假 %}甲')}</w:p><w:p {W14}>{run('乙{% endif %}')}{GLOW.format('丙')}</w:p>", ["丙"]),
    ],
)
def test_names_that_an_element_declares_are_known_wherever_its_text_goes(body: str, expected: list[str]) -> None:
    assert xml_of(body).count("xmlns:w14=") == 1
    assert texts(body, FACTS) == expected


def test_a_prefix_with_two_meanings_is_refused() -> None:
    found = faults(f'<w:p {W14}/><w:p xmlns:w14="urn:x"/>')
    assert [(one.rule.code, one.span.part, one.values["prefix"]) for one in found] == [("T541", "正文", "w14")]


@pytest.mark.parametrize("comment", ["<!-- {{ 无此 }} -->", "<?x {{ 无此 }}?>"])
def test_comments_in_the_xml_hide_no_tag(comment: str) -> None:
    assert texts(paragraph(runs=f"<w:r><w:t>前{comment}{{{{ 甲 }}}}后</w:t></w:r>"), FACTS) == ["前2032.55后"]


ALTERNATIVES = "<w:r><mc:AlternateContent>{}</mc:AlternateContent></w:r>"
CHOICE = '<mc:Choice Requires="v"><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></mc:Choice>'
FALLBACK = "<mc:Fallback><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></mc:Fallback>"


def test_a_text_box_with_tags_has_no_stand_in_that_nobody_fills_in() -> None:
    boxes = CHOICE.format(lines("{{ 甲 }}")) * 2 + FALLBACK.format(lines("{{ 甲 }}"))
    xml = xml_of(paragraph(runs=ALTERNATIVES.format(boxes)))
    assert xml.count("<w:txbxContent>") == xml.count("2032.55") == 1


def test_a_text_box_without_tags_keeps_its_stand_in() -> None:
    xml = xml_of(paragraph(runs=ALTERNATIVES.format(CHOICE.format(lines("框")) + FALLBACK.format(lines("框")))))
    assert xml.count("框") == 2


PINYIN = "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>"


@pytest.mark.parametrize(
    "runs",
    [
        PINYIN.format(run("{{ 甲 }}"), run("砂")),
        "<m:oMath><m:r><m:t>{{ 甲 }}</m:t></m:r></m:oMath>",
        field("SEQ ｛｛ 甲 ｝｝", "1"),
    ],
    ids=["pinyin", "formula", "field"],
)
def test_a_tag_where_none_is_filled_in_is_reported(runs: str) -> None:
    found = faults(paragraph("前") + table([paragraph(runs=runs)]))
    assert [(one.rule.code, one.span.line, one.span.cell) for one in found] == [("T540", 2, "表1 第1行第1列")]


def test_a_tag_that_is_left_outside_all_paragraphs_is_reported() -> None:
    found = faults("<m:oMathPara><m:oMath><m:r><m:t>{{ 甲 }}</m:t></m:r></m:oMath></m:oMathPara>" + paragraph())
    assert [(one.rule.code, one.span.part, one.span.line) for one in found] == [("T540", "正文", 0)]


@pytest.mark.parametrize("gone", ["del", "moveFrom"])
def test_tags_in_deleted_text_do_not_run_and_are_no_fault(gone: str) -> None:
    deleted = f'<w:{gone} w:id="1" w:author="a">{run("{{ 无此 }}")}</w:{gone}>'
    assert texts(paragraph("甲", runs=deleted), FACTS) == ["甲"]


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (paragraph("甲", runs=START + END), 2),
        (paragraph(runs=START) + lines("甲") + paragraph(runs=END), 2),
        (paragraph(runs=START) + IF[0] + lines("甲") + IF[1] + paragraph(runs=END), 2),
        (IF[0].replace("假", "真") + paragraph(runs=START + END) + IF[1], 2),
        (LOOP[0] + paragraph(runs=START + END) + LOOP[1], 0),
        (paragraph(runs=START) + LOOP[0] + paragraph(runs=END) + LOOP[1], 0),
        (IF[0] + paragraph(runs=START) + IF[1] + paragraph(runs=END), 0),
        (paragraph("{%p if 真 %}", runs=START) + paragraph(runs=END) + IF[1], 0),
        (paragraph(runs=f"{run('{% if 真 %}')}{START}{run('{% endif %}{% if 真 %}')}{END}{run('{% endif %}')}"), 0),
        (paragraph(runs=f"{run('{% if 真 %}')}{START}{run('{% else %}')}{END}{run('{% endif %}')}"), 0),
    ],
)
def test_a_bookmark_comes_out_whole_and_once_or_not_at_all(body: str, kept: int) -> None:
    assert len(re.findall("<w:bookmark", xml_of(body))) == kept


INSERTED = '<w:ins w:id="7" w:author="a">{}</w:ins>'


@pytest.mark.parametrize(
    "runs",
    [INSERTED.format(run("{{ 村 }}")), '<w:r><w:pict><v:shape style="width:1pt" id="s1"/></w:pict></w:r>'],
)
def test_what_has_a_number_of_its_own_is_not_repeated(runs: str) -> None:
    found = faults(paragraph("前") + LOOP[0] + paragraph(runs=runs) + LOOP[1])
    assert [(one.rule.code, one.span.line) for one in found] == [("T536", 2)]


def test_a_new_paragraph_does_not_repeat_that_its_mark_was_inserted() -> None:
    mark = '<w:pPr><w:rPr><w:ins w:id="7" w:author="a"/></w:rPr></w:pPr>'
    assert xml_of(f"<w:p>{mark}{run('{{ 新段 }}')}</w:p>").count("<w:ins ") == 1


def test_blanks_between_elements_go_and_those_of_texts_stay() -> None:
    xml = xml_of(f"<w:p>\n <w:r>\n  <w:t xml:space='preserve'>  </w:t> </w:r>\n</w:p>{paragraph('{{ 甲 }}')}")
    assert '<w:p><w:r><w:t xml:space="preserve">  </w:t></w:r></w:p><w:p>' in xml


BEGIN, _, STOP = field("PAGE", "1").partition(run("1"))


@pytest.mark.parametrize(
    ("runs", "refused"),
    [
        (run("{% if 假 %}") + BEGIN + STOP + run("{% endif %}"), False),
        (BEGIN + run("{% if 真 %}") + run("{% endif %}") + STOP, False),
        (run("{% for x in 列 %}") + BEGIN + STOP + run("{% endfor %}"), False),
        (run("{% if 假 %}") + BEGIN + run("{% endif %}") + STOP, True),
        (BEGIN + run("{% if 真 %}") + STOP + run("{% endif %}"), True),
        (BEGIN + run("{% if 真 %}") + STOP + BEGIN + run("{% endif %}") + STOP, True),
        (run("{% if 假 %}") + BEGIN + run("{% else %}") + STOP + run("{% endif %}"), True),
    ],
)
def test_a_field_stands_in_one_arm_of_a_block(runs: str, *, refused: bool) -> None:
    body = paragraph("前") + paragraph(runs=runs)
    if not refused:
        assert xml_of(body)
        return
    assert {(one.rule.code, one.span.line) for one in faults(body)} == {("T539", 2)}


def test_a_reserved_character_is_refused_at_its_paragraph() -> None:
    found = faults(paragraph("前") + table(["甲\ufdd0"]))
    assert [(one.rule.code, one.span.line, one.span.cell) for one in found] == [("T535", 2, "表1 第1行第1列")]


CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    "body",
    [
        CONTROL.format(IF[0] + lines("甲") + IF[1]),
        table(["甲"]).replace(
            "</w:tbl>",
            CONTROL.format("<w:tr>" + cell("{%tr if 假 %}") + "</w:tr><w:tr>" + cell("{%tr endif %}") + "</w:tr>")
            + "</w:tbl>",
        ),
    ],
)
def test_a_content_control_that_is_left_empty_goes(body: str) -> None:
    assert "<w:sdt>" not in xml_of(body)


@pytest.mark.parametrize("left", [CONTROL.format(IF[0] + lines("甲") + IF[1]), IF[0] + lines("甲") + IF[1] + END])
def test_a_cell_that_a_condition_leaves_empty_gets_its_paragraph(left: str) -> None:
    xml = xml_of(paragraph("前", runs=START) + table([cell(left), "乙"]))
    assert re.search('<w:tc>(<w:bookmarkEnd w:id="3"/>)?<w:p/></w:tc>', xml)


@pytest.mark.parametrize("text", ["{# 说明 #}", "{% set 乙 = 甲 %}", " {# #} "])
def test_a_heading_without_text_has_no_numeral(text: str) -> None:
    body = paragraph(text, "1") + paragraph("概况", "1")
    assert [one.text.strip() for one in document(body, FACTS, ["标题一"]).paragraphs] == ["", "一、概况"]


@pytest.mark.parametrize("values", [["概况", "", "收支"], ["", "概况", "收支"], ["概况", "收支", ""]])
def test_a_heading_that_comes_out_empty_has_no_numeral_and_does_not_count(values: list[str]) -> None:
    heading = paragraph("{% if 真 %}{{ x }}{% endif %}", "1")
    body = lines("{%p for x in 列 %}") + heading + lines("{%p endfor %}", "{{ '文' }}")
    made = [one.text for one in document(body, {"列": values, "真": True}, ["标题一"]).paragraphs]
    numerals = iter(["一、", "二、"])
    assert made == [*(next(numerals) + one if one else "" for one in values), "文"]


def test_a_heading_that_holds_a_rich_text_has_its_numeral() -> None:
    body = paragraph("{{ x }}{{r x }}", "1")
    made = document(body, {"x": RichText("概况")}, ["标题一"])
    assert [one.text for one in made.paragraphs] == ["一、概况概况"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (lines("{%p if 真 %}", "{{ 甲", "{%p endif %}"), [("T532", 2)]),
        (lines("{%p if 真 %}{{ 甲", "{%p endif %}"), [("T532", 1)]),
        (lines("{% if 真 %}{{ 甲", "{% endif %}"), [("T532", 1)]),
        (lines("{%p for x in 列", "{{ x }}", "{%p endfor %}"), [("T532", 1)]),
        (lines("{%p if 真 %}", "甲", "{%p endif"), [("T532", 3)]),
        (lines("{%p if 真 %}", "甲", "{% 否则 %}{%p else", "{%p endif %}"), [("T532", 3), ("T522", 3)]),
        (lines("{%p for x in 列 %}", "{%p if x 真", "{%p endfor %}", "{%p endif %}"), [("T532", 2), ("T523", 4)]),
        (lines("{%p fro x in 列", "{%p endfor %}", "{{ 甲 乙 }}"), [("T532", 1), ("T501", 3)]),
        (table(["{%tr for x in 列", "甲"], ["{{ x }}", ""], ["{%tr endfor %}", ""]), [("T532", 1)]),
        (lines("前{%p if 真 %}", "{%p endif %}后"), [("T533", 1), ("T533", 2)]),
        (lines("{%p if 真 %}{%tr if 真 %}", "{%p endif %}"), [("T533", 1)]),
        (table(["{%tr if 真 %}", "{%tr if 假 %}"], ["{%tr endif %}{%tr endif %}", ""]), [("T533", 1), ("T533", 2)]),
    ],
)
def test_one_mistake_has_no_others_in_its_train(body: str, expected: list[tuple[str, int]]) -> None:
    assert [(one.rule.code, one.span.line) for one in faults(body + paragraph("末"))] == expected


def test_an_insertion_that_a_tag_used_up_goes() -> None:
    inserted = f'<w:ins w:id="7" w:author="a">{run(" 甲")}</w:ins>'
    xml = xml_of(paragraph(runs=run("{{") + inserted + run(" }}")))
    assert "2032.55" in xml
    assert "<w:ins" not in xml


def test_a_paragraph_of_many_runs_and_tags_is_filled_in() -> None:
    many = "".join(run(text) for _ in range(3_000) for text in ("{{ ", "甲 }}", ""))
    assert texts(f"<w:p>{many}</w:p>", FACTS) == ["2032.55" * 3_000]


def test_runs_that_a_tag_used_up_leave_nothing_behind() -> None:
    runs = [run("甲{{ "), run("甲"), f"<w:r><w:tab/><w:t>{' }}'}</w:t></w:r>", run("乙")]
    xml = xml_of(f"<w:p>{''.join(runs)}</w:p>")
    kept = ['<w:t xml:space="preserve">甲2032.55</w:t>', "<w:tab/>", '<w:t xml:space="preserve">乙</w:t>']
    assert f"<w:p>{''.join(f'<w:r>{one}</w:r>' for one in kept)}</w:p>" in xml


def test_a_control_that_holds_nothing_but_an_empty_one_goes() -> None:
    assert "<w:sdt>" not in xml_of(CONTROL.format(CONTROL.format(IF[0] + lines("甲") + IF[1])))


@pytest.mark.parametrize("content", ["", table(["内"])])
def test_a_cell_and_a_box_without_a_last_paragraph_get_it(content: str) -> None:
    box = f"<w:r><w:pict><w:txbxContent>{content}</w:txbxContent></w:pict></w:r>"
    xml = xml_of(table([f"<w:tc>{content}</w:tc>"]) + paragraph(runs=box))
    assert xml.count("<w:p/></w:tc>") == xml.count("<w:p/></w:txbxContent>") == 1

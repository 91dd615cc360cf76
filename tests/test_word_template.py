"""Templates as authors type them in Word: what each tag does, where it may stand, and what is said of a mistake."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts import Number
from reportgen.language import Log
from reportgen.schema import Field, Kind
from reportgen.word import Properties, compile  # noqa: A004 — the field's word
from reportgen.word.package import deflate_zlib
from reportgen.word.text import read
from tests.filled import document, faults, lines, template, texts
from tests.word_files import cell, docx, paragraph, part, run, table

Values = dict[str, Any]
FACTS: Values = {
    "甲": Number("2032.55", 2),
    "真": True,
    "假": False,
    "列": ["东", "西"],
    "项": [{"名": "供水", "村": ["茜坑", "沙溪"]}, {"名": "道路", "村": []}],
    "无": [],
    "文": "R&D <支出> “甲”",
}
FOOTNOTE = '<w:footnote w:id="2">{}</w:footnote>'
SDT = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="v"><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Choice>'
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def split(*pieces: str, between: str = "") -> str:
    """Write one paragraph whose text is spread over runs."""
    return paragraph(runs=between.join(map(run, pieces)))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (lines("甲{{ 甲 }}乙"), ["甲2032.55乙"]),
        (lines("{{ 文 }}"), ["R&D <支出> “甲”"]),
        (lines("｛｛ 甲 ｝｝"), ["2032.55"]),
        (split("收入{", "{ 甲 }", "}万元"), ["收入2032.55万元"]),
        (split("{{ ", "甲", " }}{{", " 文 }}", "。"), ["2032.55R&D <支出> “甲”。"]),
        (split("{{ 甲", " }}", between='<w:proofErr w:type="spellStart"/>'), ["2032.55"]),
        (split("{{ 甲", " }}", between='<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>'), ["2032.55"]),
        (split("{{ 甲", " }}", between='<w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/>'), ["2032.55"]),
        (split("{{ 甲", " }}乙", between="<w:r><w:tab/></w:r>"), ["2032.55\t乙"]),
        (lines("甲{# 注 {{ 无 }} #}乙"), ["甲乙"]),
        (lines("甲", "{#p 整段不要 #}", "乙"), ["甲", "乙"]),
        (lines("{% if 真 %}是{% else %}否{% endif %}"), ["是"]),
        (lines("{% for 村 in 列 %}{{ 村 }}、{% endfor %}"), ["东、西、"]),
        (split("{% if 假 %}甲", "乙{% endif %}丙"), ["丙"]),
        (lines("{%p for 村 in 列 %}", "{{ 村 }}村", "{%p endfor %}"), ["东村", "西村"]),
        (lines("{% p for 村 in 列 %}", "{{ 村 }}村", "{% p endfor %}"), ["东村", "西村"]),
        (lines("{%p if 假 %}", "不印", "{%p elif 真 %}", "印", "{%p else %}", "不印", "{%p endif %}"), ["印"]),
        (lines("{%p set 和 = 甲 + 1 %}", "{{ 和 }}"), ["2033.55"]),
        (lines("{%p if 真 %}{# 说明 #}", "印", "{%p endif %}"), ["印"]),
        (lines("{%p if 甲 > 10% %}", "印", "{%p endif %}"), ["印"]),
        (lines("甲{% if 真 %}乙", "丙{% endif %}丁"), ["甲乙", "丙丁"]),
        (lines("甲{% if 假 %}乙", "丙{% endif %}丁"), ["甲丁"]),
        (SDT.format(paragraph("{{ 甲 }}")), ["2032.55"]),
        (paragraph(runs=SDT.format(run("{{ 甲 }}"))), ["2032.55"]),
        (SDT.format(lines("{%p for 村 in 列 %}", "{{ 村 }}", "{%p endfor %}")), ["东", "西"]),
        (paragraph(runs=f'<w:ins w:id="1" w:author="a">{run("{{ 甲 }}")}</w:ins>'), ["2032.55"]),
        (paragraph(runs=f'<w:hyperlink w:anchor="a">{run("{{ 甲 }}")}</w:hyperlink>'), ["2032.55"]),
        (paragraph("甲", runs=BOX.format(paragraph("框{{ 甲 }}"))), ["甲", "框2032.55"]),
        (table(["{{ 甲 }}", table(["{{ 文 }}"]) + paragraph("后")]), ["2032.55", "R&D <支出> “甲”", "后"]),
    ],
)
def test_a_form_of_tag_does_what_authors_expect(body: str, expected: list[str]) -> None:
    assert texts(body, FACTS) == expected


def rows(body: str) -> list[str]:
    read = document(body + paragraph("后"), FACTS)
    return [f"{one.cell[3:]} {one.text}" for one in read.paragraphs if one.cell]


def test_rows_are_repeated() -> None:
    made = rows(
        table(["名", "村"], ["{%tr for 项 in 项 %}", ""], ["{{ 项.名 }}", "{{ 项.村 | 数量 }}"], ["{%tr endfor %}", ""])
    )
    assert made == [
        "第1行第1列 名",
        "第1行第2列 村",
        "第2行第1列 供水",
        "第2行第2列 2",
        "第3行第1列 道路",
        "第3行第2列 0",
    ]


def test_cells_are_repeated() -> None:
    inner = [cell("{%tc for 村 in 列 %}"), cell("{{ 村 }}"), cell("{%tc endfor %}")]
    assert rows(table(inner)) == ["第1行第1列 东", "第1行第2列 西"]


def test_rows_of_nested_tables_are_repeated() -> None:
    inner = table(["{%tr for 村 in 列 %}"], ["{{ 村 }}"], ["{%tr endfor %}"])
    made = rows(table([inner + paragraph("末")]))
    assert made == ["第1行第1列 表1 第1行第1列 东", "第1行第1列 表1 第2行第1列 西", "第1行第1列 末"]


@pytest.mark.parametrize(
    ("tag", "merges"),
    [
        ("{% vm %}", ["restart", "continue"]),
        ("{% vm loop.first %}", ["restart", "continue"]),
        ("{% vm not loop.first %}", ["continue", "restart"]),
        ("{%vm 真%}", ["restart", "restart"]),
    ],
)
@pytest.mark.parametrize("properties", ["", '<w:tcW w:w="900" w:type="dxa"/><w:vMerge/><w:vAlign w:val="center"/>'])
def test_cells_are_merged_downwards(tag: str, merges: list[str], properties: str) -> None:
    merged = cell(f"{tag}甲{{% if 真 %}}乙{{% endif %}}", properties)
    body = table(["{%tr for 村 in 列 %}", ""], [merged, "{{ 村 }}"], ["{%tr endfor %}", ""])
    data, _ = template(body + paragraph("后")).render(FACTS)
    assert data is not None
    xml = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert re.findall(r'<w:vMerge w:val="(\w+)"/>', xml) == merges
    made = document(body + paragraph("后"), FACTS)
    texts = [one.text for one in made.paragraphs if one.cell.endswith("第1列")]
    assert texts == ["甲乙" if merge == "restart" else "" for merge in merges]


def test_the_format_of_a_tag_is_that_of_its_first_run() -> None:
    first = "<w:r><w:rPr><w:b/></w:rPr><w:t>{{ 甲</w:t></w:r>"
    data, _ = template(paragraph(runs=first + run(" }}后"))).render(FACTS)
    assert data is not None
    xml = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">2032.55</w:t>' in xml


def test_headers_footers_and_notes_are_filled_in() -> None:
    made = document(
        paragraph("{{ 甲 }}"),
        FACTS,
        headers=[paragraph("页眉{{ 甲 }}")],
        footers=[paragraph("页脚{{ 文 }}")],
        footnotes=FOOTNOTE.format(paragraph("注{{ 甲 }}")),
        endnotes=FOOTNOTE.replace("footnote", "endnote").format(paragraph("尾注{{ 甲 }}")),
    )
    expected = ["2032.55", "页眉2032.55", "页脚R&D <支出> “甲”", "注2032.55", "尾注2032.55"]
    assert [one.text for one in made.paragraphs] == expected


def test_what_is_no_tag_stays_as_it_is() -> None:
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>{{ 无此 }}</w:delText></w:r></w:del>'
    described = '<w:r><w:t xml:space="preserve"> 甲 </w:t></w:r><!-- {{ 无此 }} -->'
    data, found = template(paragraph("{{ 甲 }}", runs=deleted + described)).render(FACTS)
    assert data is not None, found
    xml = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert "<w:delText>{{ 无此 }}</w:delText>" in xml
    assert "<!--" not in xml
    assert "> 甲 <" in xml


HEADINGS = ["标题一", "标题二"]


def test_headings_are_numbered_as_they_are_printed() -> None:
    body = "".join(
        [
            paragraph("概况", "1"),
            *(paragraph(text, style) for text, style in [("{%p if 假 %}", ""), ("不印", "2"), ("{%p endif %}", "")]),
            *(
                paragraph(text, style)
                for text, style in [("{%p for 村 in 列 %}", ""), ("{{ 村 }}", "2"), ("{%p endfor %}", "")]
            ),
            paragraph("", "1"),
            paragraph("情况", "1"),
            paragraph("{{ 甲 }}", "2"),
        ]
    )
    made = [one.text for one in document(body, FACTS, HEADINGS).paragraphs]
    assert made == ["一、概况", "（一）东", "（二）西", "", "二、情况", "（一）2032.55"]


def test_a_heading_style_that_is_not_there_is_reported() -> None:
    _, found = compile(docx(paragraph()), "t.docx", ["标题一", "小标题"])
    assert [(one.rule.code, one.values["style"]) for one in found] == [("T537", "小标题")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("甲\u2029乙", ["甲", "乙"]),
        ("甲\n乙", ["甲\n乙"]),
        ("甲\r\n乙\r丙\u2028丁", ["甲\n乙\n丙\n丁"]),
        ("甲\t乙\u00a0丙", ["甲\t乙\u00a0丙"]),
        ("{{ 甲 }}{% if %}{_{", ["{{ 甲 }}{% if %}{_{"]),
        ("]]><w:p>&amp;", ["]]><w:p>&amp;"]),
        ("😀𠮷葛󠄀\u202e甲", ["😀𠮷葛󠄀\u202e甲"]),
        ("  两头空格  ", ["  两头空格  "]),
    ],
)
def test_a_value_comes_out_exactly(value: str, expected: list[str]) -> None:
    assert texts(lines("{{ 值 }}"), {"值": value}) == expected


def test_a_new_paragraph_is_like_the_one_it_leaves() -> None:
    change = '<w:pPrChange w:id="1" w:author="a"><w:pPr/></w:pPrChange>'
    properties = f'<w:pPr><w:pStyle w:val="2"/><w:jc w:val="center"/>{change}</w:pPr>'
    body = f"<w:p>{properties}<w:r><w:rPr><w:b/></w:rPr><w:t>前{{{{ 值 }}}}后</w:t></w:r></w:p>"
    data, _ = template(body).render({"值": "甲\u2029乙"})
    assert data is not None
    xml = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert xml.count('<w:pPr><w:pStyle w:val="2"/><w:jc w:val="center"/>') == 2
    assert xml.count("<w:rPr><w:b/></w:rPr>") == 2
    assert xml.count("<w:pPrChange") == 1


def test_a_paragraph_that_ends_a_section_is_not_divided() -> None:
    body = f"<w:p><w:pPr><w:sectPr/></w:pPr>{run('{{ 值 }}')}</w:p>"
    assert texts(body, {"值": "甲\u2029乙"}) == ["甲\n乙"]


@pytest.mark.parametrize(
    "around", ['<w:ins w:id="1" w:author="a">{}</w:ins>', '<w:hyperlink w:anchor="a">{}</w:hyperlink>']
)
def test_a_new_paragraph_inside_a_run_of_something_is_a_line_break(around: str) -> None:
    body = paragraph(runs=around.format(run("{{ 值 }}")))
    assert texts(body, {"值": "甲\u2029乙"}) == ["甲\n乙"]


ODD: str = "<>&\"'“”‘’{}%#\u2029\n\t\r \u00a0"
ACCEPTED = st.text(
    st.one_of(
        st.sampled_from(ODD),
        st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="\ufeff"),
    ),
    max_size=40,
)


def everywhere(value: str) -> dict[str, list[str]]:
    """Give the texts of all parts of a document whose tags print a value in every kind of place, the last ones kept."""
    said = lines("甲{{ 值 }}乙", "末")
    made = document(
        lines("甲{{ 值 }}乙")
        + table(["甲{{ 值 }}乙"])
        + paragraph(runs=BOX.format(lines("甲{{ 值 }}乙")))
        + lines("末"),
        {"值": value},
        headers=[said],
        footers=[said],
        footnotes=FOOTNOTE.format(said),
        endnotes=FOOTNOTE.replace("footnote", "endnote").format(said),
    )
    by_part: dict[str, list[str]] = {}
    for one in made.paragraphs:
        by_part.setdefault(one.part, []).append(one.text)
    return by_part


@given(ACCEPTED)
def test_any_accepted_text_comes_out_exactly_everywhere(value: str) -> None:
    expected = f"甲{value}乙".replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").split("\u2029")
    by_part = everywhere(value)
    assert by_part.pop("正文") == [*expected, *expected, "", *expected, "末"]
    assert list(by_part.values()) == [[*expected, "末"]] * 4


@pytest.mark.parametrize(
    "value",
    [
        "甲乙<丙>" * 40_000,
        "𠮷𪚥" * 9,
        "👨‍👩‍👧‍👦🇨🇳",
        "葛\U000e0100城市",
        "\u202eabc\u202c שלום مرحبا",
        "e\u0301\u200b\u00ad",
    ],
    ids=["long", "rare", "emoji", "variant", "right to left", "joined"],
)
def test_a_text_of_any_length_and_script_comes_out_exactly_everywhere(value: str) -> None:
    by_part = everywhere(value)
    assert by_part.pop("正文") == [f"甲{value}乙", f"甲{value}乙", "", f"甲{value}乙", "末"]
    assert list(by_part.values()) == [[f"甲{value}乙", "末"]] * 4


REFUSED = (0x00, 0x07, 0x0B, 0x0C, 0x1F, 0x7F, 0xD800, 0xDFFF, 0xFDD0, 0xFFFE)


@pytest.mark.parametrize("code", REFUSED)
def test_a_character_that_word_cannot_hold_is_refused_with_its_place(code: int) -> None:
    data, found = template(lines("前", "甲{{ 值 }}")).render({"值": f"乙{chr(code)}"})
    assert data is None
    assert [(one.rule.code, one.span.line, one.values["code"]) for one in found] == [("T531", 2, f"U+{code:04X}")]


def places(found: list[Any]) -> list[tuple[str, str, int, str]]:
    return [(one.rule.code, one.span.part, one.span.line, one.span.cell) for one in found]


CROSSED = table(["甲{% if 真 %}", "乙{% endif %}"])
FORMULA = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
PICTURE = '<w:r><w:br w:type="page"/></w:r>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (lines("甲", "{{ 甲"), [("T532", "正文", 2, "")]),
        (lines("{%{%{%", "乙"), [("T532", "正文", 1, "")]),
        (lines("{{ 甲 乙 }}", "{{ 甲 | 金頟 }}"), [("T501", "正文", 1, ""), ("T503", "正文", 2, "")]),
        (lines("{%p if 真 %}正文{%p else %}"), [("T524", "正文", 1, "")]),
        (lines("{%p if 真 %}甲{%p else %}乙{%p endif %}"), [("T533", "正文", 1, "")]),
        (lines("{%p if 真 %}甲{%tr endif %}"), [("T533", "正文", 1, ""), ("T524", "正文", 1, "")]),
        (lines("甲{%p if 真 %}", "{%p endif %}"), [("T533", "正文", 1, "")]),
        (lines("前{%p if 真 %}", "甲", "{%p endif %}"), [("T533", "正文", 1, "")]),
        (lines("{%p if 真 %}{{ 甲 }}", "{%p endif %}"), [("T533", "正文", 1, "")]),
        (paragraph("{%p if 真 %}", runs=PICTURE) + lines("{%p endif %}"), [("T533", "正文", 1, "")]),
        (paragraph("{%p if 真 %}", runs=FORMULA) + lines("{%p endif %}"), [("T533", "正文", 1, "")]),
        (
            table(["{%tr for 村 in 列 %}", "丢了"], ["{%tr endfor %}", ""]),
            [("T533", "正文", 1, "表1 第1行第1列")],
        ),
        (lines("{%tr for 村 in 列 %}", "{%tr endfor %}"), [("T534", "正文", 1, ""), ("T534", "正文", 2, "")]),
        (lines("{% vm %}"), [("T534", "正文", 1, "")]),
        (CROSSED, [("T528", "正文", 2, "表1 第1行第2列")]),
        (lines("{%p if 真 %}") + table(["{%p endif %}"]), [("T528", "正文", 2, "表1 第1行第1列")]),
        (lines("{% if 真 %}") + SDT.format(lines("{% endif %}")), [("T528", "正文", 2, "")]),
        (lines("{%p for x in 列 %}", "{%p endif %}", "{%p endfor %}"), [("T523", "正文", 2, "")]),
        (lines("甲", "{%p for x in 列 %}"), [("T524", "正文", 2, "")]),
        (lines("{%p macro x() %}"), [("T522", "正文", 1, "")]),
    ],
)
def test_a_mistake_is_said_with_its_place(body: str, expected: list[tuple[str, str, int, str]]) -> None:
    assert places(faults(body + paragraph("末"))) == expected


def test_all_mistakes_of_a_template_are_found_at_once() -> None:
    found = faults(
        lines("甲", "{{ 甲 乙 }}")
        + table(["", table(["甲{{"]) + paragraph()])
        + paragraph(runs=BOX.format(lines("{% x %}"))),
        headers=[lines("甲", "{{ 甲 | 无 }}")],
        footers=[lines("{%p endif %}")],
        footnotes=FOOTNOTE.format(lines("{{ 'a }}")),
    )
    assert places(found) == [
        ("T532", "正文", 4, "表1 第1行第2列 表1 第1行第1列"),
        ("T501", "正文", 2, ""),
        ("T522", "正文", 7, ""),
        ("T503", "页眉1", 2, ""),
        ("T523", "页脚1", 1, ""),
        ("T532", "脚注", 1, ""),
    ]


@pytest.mark.parametrize("where", ["body", "headers", "footers", "footnotes"])
def test_nothing_of_python_is_reached(where: str) -> None:
    code = lines("{{ cycler.__init__.__globals__.os }}")
    parts: Values = {"body": lines("甲")} | {where: code if where == "body" else [code]}
    if where == "footnotes":
        parts["footnotes"] = FOOTNOTE.format(code)
    made = template(**parts)
    assert [one.rule.code for one in made.check([{}])] == ["T502"]
    data, found = made.render({})
    assert data is None
    assert len(found) == 1


def test_names_are_checked_in_every_part() -> None:
    made = template(lines("{{ 甲 }}{{ 已 }}"), headers=[lines("{{ 己 }}")])
    found = made.check([{"甲": Field(Kind.NUMBER), "己方": Field(Kind.TEXT)}])
    assert places(found) == [("T502", "正文", 1, ""), ("T502", "页眉1", 1, "")]
    assert found[1].values["close"] == "己方"


def test_all_that_goes_wrong_while_filling_in_is_said_at_once() -> None:
    body = lines("{{ 甲 + 文 }}", "{{ 甲 }}") + table(["{{ 甲 / 0 }}"]) + lines("{% for x in 甲 %}{% endfor %}")
    data, found = template(body, headers=[lines("{{ 列 }}")]).render(FACTS)
    assert data is None
    assert [place[1:] for place in places(found)] == [
        ("正文", 1, ""),
        ("正文", 3, "表1 第1行第1列"),
        ("正文", 4, ""),
        ("页眉1", 1, ""),
    ]


@pytest.mark.parametrize("text", ["甲\ufdd07\ufdd1", "甲\U000f0001", "甲\U0010fffd", "&#xFDD0;7&#xFDD1;"])
@pytest.mark.parametrize("where", ["<w:r><w:t>{}</w:t></w:r>", '<w:bookmarkStart w:id="1" w:name="{}"/>'])
def test_characters_of_our_own_use_are_refused_wherever_they_stand(text: str, where: str) -> None:
    assert [one.rule.code for one in faults(paragraph(runs=where.format(text)))] == ["T535"]


def test_a_part_without_the_usual_prefix_is_refused() -> None:
    odd = b'<x:footnotes xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    _, found = compile(docx(paragraph(), footnotes=FOOTNOTE, replace={"word/footnotes.xml": odd}), "t.docx")
    assert [(one.rule.code, one.span.part) for one in found] == [("T538", "脚注")]


LOOP = "{%p for 村 in 列 %}", "{%p endfor %}"


def test_bookmarks_are_not_repeated() -> None:
    mark = '<w:bookmarkStart w:id="{0}" w:name="书签{0}"/>{1}<w:bookmarkEnd w:id="{0}"/>'
    inside, outside = (paragraph(runs=mark.format(at, run("{{ 甲 }}"))) for at in (1, 2))
    data, _ = template(lines(LOOP[0]) + inside + lines(LOOP[1]) + outside).render(FACTS)
    assert data is not None
    xml = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert re.findall(r"w:bookmark\w+ w:id=\"(\d)", xml) == ["2", "2"]


def test_what_a_document_holds_once_is_not_repeated() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    found = faults(
        lines("前", LOOP[0]) + paragraph("甲", runs=note) + lines(LOOP[1]), footnotes=FOOTNOTE.format(lines("注"))
    )
    assert places(found) == [("T536", "正文", 2, "")]
    once = lines(*LOOP) + paragraph("甲", runs=note)
    assert template(once, footnotes=FOOTNOTE.format(lines("注")))


def test_ids_of_editing_sessions_are_left_out() -> None:
    body = '<w:p w:rsidR="00A1"><w:r w:rsidRPr="00A2"><w:t>甲</w:t><w:lastRenderedPageBreak/></w:r></w:p>'
    data, _ = template(body).render({})
    assert data is not None
    xml = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert "rsid" not in xml
    assert "lastRendered" not in xml


def test_a_text_that_looks_like_the_id_of_a_session_stays() -> None:
    text = '甲 w:rsidR="00A1" w14:paraId="1" 乙>'
    assert texts(paragraph(text), {}) == [text]


def test_a_document_says_of_itself_what_it_is_told() -> None:
    about = Properties("报告", "砂田镇", dt.datetime(2022, 6, 24, tzinfo=dt.UTC))
    data, _ = template(lines("甲")).render({}, about)
    assert data is not None
    core = zipfile.ZipFile(BytesIO(data)).read("docProps/core.xml").decode()
    assert all(said in core for said in ("报告", "砂田镇", "2022-06-24T00:00:00Z"))


def test_the_same_values_give_the_same_bytes() -> None:
    one, other = (template(lines("{{ 甲 }}")).render(FACTS)[0] for _ in range(2))
    assert one == other


def test_the_deflate_of_the_caller_is_used() -> None:
    made = template(lines("{{ 甲 }}" * 200))
    small, large = (made.render(FACTS, deflate=deflate_zlib(level))[0] for level in (9, 0))
    assert small is not None
    assert large is not None
    assert len(small) < len(large)


def test_a_file_that_is_no_package_is_refused() -> None:
    made, found = compile(b"", "t.docx")
    assert made is None
    assert [one.rule.code for one in found] == ["T101"]


def test_a_style_without_a_name_is_passed_over() -> None:
    styles = part("styles", '<w:style w:styleId="9"/>')
    _, found = compile(docx(paragraph(), replace={"word/styles.xml": styles}), "t.docx", ["标题一"])
    assert [one.rule.code for one in found] == ["T537"]


def test_a_traced_document_prints_the_same_and_tells_what_printed_it() -> None:
    made = template(lines("甲{{ 甲 }}乙{{ 文 }}"))
    log = Log()
    data, _ = made.render(FACTS, log=log)
    assert data is not None
    filled, _ = read(data, "d.docx", traced=True)
    assert filled is not None
    (one,) = filled.paragraphs
    assert one.text == "甲2032.55乙R&D <支出> “甲”"
    printed = [one.text[mark.start : mark.end] for mark in one.marks]
    assert printed == ["2032.55", "R&D <支出> “甲”"] == [output.text for output in log.outputs]

"""The traps of docxtpl and of Word files that a template meets: what docxtpl does with them, and what we do."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import docx as python_docx
import docxtpl
import jinja2
import pytest
from lxml import etree

from reportgen.word import Properties, compile  # noqa: A004 — the field's word
from reportgen.word.text import read
from tests.docxtpl_forms import FACTS, Values, plain, xml_of
from tests.filled import document, faults, lines, template, texts
from tests.word_files import CORE, cell, docx, paragraph, relationships, run, table


def plain_texts(body: str, values: Values) -> list[str]:
    """Fill a template in with docxtpl as it comes, without escaping, and give the texts of the body."""
    made = docxtpl.DocxTemplate(io.BytesIO(docx(body)))
    made.render(values)
    return [one.text for one in made.docx.paragraphs]


@pytest.mark.parametrize(("value", "lost"), [("R&D <支出> 100", True), ("a<b>c", True), ("甲<w:p>乙", True)])
def test_trap_signs_of_xml_in_a_value_lose_text(value: str, *, lost: bool) -> None:
    body = lines("前", "{{ 值 }}", "后", "最后")
    assert (plain_texts(body, {"值": value}) != ["前", value, "后", "最后"]) == lost
    assert texts(body, {"值": value}) == ["前", value, "后", "最后"]


def test_trap_a_lone_surrogate_cuts_the_rest() -> None:
    data, found = template(lines("{{ 值 }}", "后")).render({"值": "甲\ud800"})
    assert data is None
    assert [one.rule.code for one in found] == ["T531"]


def test_trap_a_text_of_ten_megabytes_cuts_the_rest() -> None:
    data, found = template(lines("{{ 值 }}", "后")).render({"值": "甲" * 10_000_000})
    assert data is None
    assert [one.rule.code for one in found] == ["T516"]


def test_trap_a_text_of_a_million_characters_loses_nothing() -> None:
    data, found = template(lines("{{ 值 }}", "后")).render({"值": "甲" * 1_000_000})
    assert data is not None, found
    assert [len(one.text) for one in python_docx.Document(io.BytesIO(data)).paragraphs] == [1_000_000, 1]


CODE = lines("{{ cycler.__init__.__globals__.os.getpid() }}")
EVERYWHERE: dict[str, tuple[str, str, dict[str, Any]]] = {
    "word/document.xml": ("正文", CODE, {}),
    "word/header1.xml": ("页眉1", lines("甲"), {"headers": [CODE]}),
    "word/footer1.xml": ("页脚1", lines("甲"), {"footers": [CODE]}),
    "word/footnotes.xml": ("脚注", lines("甲"), {"footnotes": f'<w:footnote w:id="2">{CODE}</w:footnote>'}),
}


@pytest.mark.parametrize("name", EVERYWHERE)
def test_trap_templates_run_any_code_in_every_part(name: str) -> None:
    part, body, parts = EVERYWHERE[name]
    assert str(os.getpid()).encode() in xml_of(plain(body, {}, **parts), name)
    assert [(one.rule.code, one.span.part) for one in faults(body, **parts)] == [("T504", part)]


@pytest.mark.parametrize("code", ["cycler.__init__.__globals__", "self._TemplateReference__context", "''.__class__"])
def test_trap_templates_reach_python(code: str) -> None:
    data, found = template(lines(f"{{{{ {code} }}}}")).render({})
    assert data is None
    assert [one.rule.code for one in found] in (["T504"], ["T507"])


def test_trap_properties_run_as_templates() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{{ 7 * 6 }}</dc:title></cp:coreProperties>'
    )
    parts: dict[str, Any] = {"types": {"docProps/core.xml": CORE}, "replace": {"docProps/core.xml": core.encode()}}
    root = relationships(
        ("rId1", "officeDocument", "word/document.xml"), ("rId2", "core-properties", "docProps/core.xml")
    )
    parts["replace"]["_rels/.rels"] = root
    assert b"<dc:title>42" in xml_of(plain(lines("甲"), {}, **parts), "docProps/core.xml")
    made, _ = template(lines("甲"), **parts).render({}, Properties("报告", "砂田镇"))
    assert made is not None
    assert re.findall(r"<dc:title>(.*?)</dc:title>", xml_of(made, "docProps/core.xml").decode()) == ["报告"]


def test_trap_curly_quotes_in_tags_become_straight() -> None:
    body = lines("{{ '“三公”经费' }}")
    assert plain_texts(body, {}) == ['"三公"经费']
    assert texts(body, {}) == ["“三公”经费"]


def test_trap_nested_curly_quotes_are_a_syntax_error() -> None:
    body = lines("{{ 值 | 默认(““无””) }}")
    with pytest.raises(jinja2.TemplateSyntaxError):
        plain_texts(body.replace("默认", "default"), {})
    assert texts(body, {"值": "有"}) == ["有"]


def test_trap_full_width_brackets_are_a_syntax_error() -> None:
    body = lines("{{ 值 | default（“无”） }}")
    with pytest.raises(jinja2.TemplateSyntaxError):
        plain_texts(body, {"值": "有"})
    assert texts(body.replace("default", "默认"), {"值": "有"}) == ["有"]


def test_trap_full_width_braces_print_literally() -> None:
    assert plain_texts(lines("｛｛ 值 ｝｝"), {"值": "甲"}) == ["｛｛ 值 ｝｝"]
    assert texts(lines("｛｛ 值 ｝｝"), {"值": "甲"}) == ["甲"]


@pytest.mark.parametrize("test", ["值 == '100%'", "10% < 20%", "'%}' != 值"])
def test_trap_percent_signs_in_a_paragraph_tag(test: str) -> None:
    body = lines(f"{{%p if {test} %}}", "印", "{%p endif %}")
    with pytest.raises(jinja2.TemplateSyntaxError):
        plain_texts(body, {"值": "100%"})
    assert texts(body, {"值": "100%"}) == ["印"]


def test_trap_a_whole_condition_in_one_paragraph() -> None:
    body = lines("{%p if 值 %}正文{%p endif %}")
    with pytest.raises(jinja2.TemplateSyntaxError):
        plain_texts(body, {"值": True})
    assert texts(body, {"值": True}) == ["正文"]
    assert texts(body, {"值": False}) == []


def test_trap_text_beside_a_paragraph_tag_is_dropped() -> None:
    body = lines("丢了{%p if 值 %}", "正文", "{%p endif %}")
    assert plain_texts(body, {"值": True}) == ["正文"]
    assert ("T533", "丢了") in [(one.rule.code, one.values.get("text")) for one in faults(body)]


def test_trap_a_cell_of_conditions_only_is_left_without_a_paragraph() -> None:
    body = table([cell(lines("{%p if 值 %}", "甲", "{%p endif %}")), "乙"]) + paragraph()
    assert b"<w:tc/>" in etree.tostring(etree.fromstring(xml_of(plain(body, {"值": False}))))
    data, _ = template(body).render({"值": False})
    assert data is not None
    assert b"<w:tc><w:p/></w:tc>" in xml_of(data)


def test_trap_a_table_whose_rows_all_come_from_an_empty_loop() -> None:
    body = table(["{%tr for x in 列 %}"], ["{{ x }}"], ["{%tr endfor %}"]) + paragraph()
    assert b"<w:tbl>" in xml_of(plain(body, {"列": []}))
    data, _ = template(body).render({"列": []})
    assert data is not None
    assert b"<w:tbl>" not in xml_of(data)


def test_trap_a_font_of_rich_text_is_none_for_chinese_letters() -> None:
    body, values = lines("{{r 字 }}"), {"字": docxtpl.RichText("甲", font="仿宋_GB2312")}
    assert b"w:eastAsia" not in xml_of(plain(body, values))
    data, _ = template(body).render(values)
    assert data is not None
    assert 'w:eastAsia="仿宋_GB2312"' in xml_of(data).decode()


def test_trap_a_tag_that_joins_paragraphs_loses_the_text_before_it() -> None:
    body = lines("前", "甲{%- if 真 %}乙{% endif %}")
    assert plain_texts(body, {"真": True}) == ["前乙"]
    assert texts(body, {"真": True}) == ["前", "甲乙"]


def test_trap_colours_and_spans_come_before_the_width_of_a_cell() -> None:
    body = table([cell("{% cellbg '#FFC000' %}甲", '<w:tcW w:w="900" w:type="dxa"/>')]) + paragraph()
    assert b'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="#FFC000"/><w:tcW' in xml_of(plain(body, {}))
    data, _ = template(body).render({})
    assert data is not None
    assert b'/><w:shd w:val="clear" w:color="auto" w:fill="FFC000"/></w:tcPr>' in xml_of(data)


def test_trap_tags_in_a_tracked_deletion_run() -> None:
    gone = '<w:del w:id="1" w:author="a"><w:r><w:delText>{{ 值 / 0 }}</w:delText></w:r></w:del>'
    body = paragraph("甲", runs=gone)
    with pytest.raises(ZeroDivisionError):
        plain(body, {"值": 1})
    assert texts(body, {"值": "1"}) == ["甲"]


def test_trap_endnotes_are_not_filled_in() -> None:
    note = f'<w:endnote w:id="2">{lines("{{ 值 }}")}</w:endnote>'
    assert "{{ 值 }}".encode() in xml_of(plain(lines("甲"), {"值": "乙"}, endnotes=note), "word/endnotes.xml")
    assert [one.text for one in document(lines("甲"), {"值": "乙"}, endnotes=note).paragraphs] == ["甲", "乙"]


def test_trap_places_drift_when_rows_and_paragraphs_go() -> None:
    rows = table(["{%tr for x in 列 %}"], ["{{ x }}"], ["{%tr endfor %}"])
    body = lines("{%p if 真 %}", "甲", "{%p endif %}") + rows + lines("{{ 乙 / 0 }}")
    data, found = template(body).render({"真": True, "列": ["1", "2"], "乙": 1})
    assert data is None
    assert [(one.span.part, one.span.line) for one in found] == [("正文", 7)]


def test_trap_signs_of_layout_in_values() -> None:
    value = "甲{_{乙\r\n丙\t丁"
    assert plain_texts(lines("{{ 值 }}"), {"值": value}) == ["甲{{乙\n\n丙\t丁"]
    assert texts(lines("{{ 值 }}"), {"值": value}) == ["甲{_{乙\n丙\t丁"]


def test_trap_two_renders_differ_in_the_dates_of_the_zip() -> None:
    body, values = lines("{{ 值 }}"), {"值": "甲"}
    one, other = (template(body).render(values)[0] for _ in range(2))
    assert one is not None
    assert one == other
    assert dates(plain(body, values)) & dates(one) == set()
    assert dates(one) == {(1980, 1, 1, 0, 0, 0)}


def dates(data: bytes) -> set[tuple[int, ...]]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {one.date_time for one in opened.infolist()}


def test_trap_threads_that_share_a_template_mix_up_its_values() -> None:
    shared = template(lines("{%p for x in 列 %}", "{{ x }}", "{%p endfor %}") + table(["{{ 值 }}"]) + paragraph())
    values = [{"列": [str(number)] * 20, "值": f"第{number}份"} for number in range(200)]
    alone = [shared.render(one)[0] for one in values]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda one: shared.render(one)[0], values))
    assert together == alone
    assert len(set(together)) == len(values)


def test_trap_an_unclosed_tag_takes_text_with_it_in_silence() -> None:
    body = lines("前", "{{ 甲", "后", "末 }}")
    assert plain_texts(body, {"甲": "值"}) == ["前", ""]
    assert [(one.rule.code, one.span.line) for one in faults(body)] == [("T532", 2)]


@pytest.mark.parametrize("sign", ["\a", "\f"])
def test_trap_signs_of_control_in_values_become_breaks(sign: str) -> None:
    assert plain_texts(lines("{{ 值 }}"), {"值": f"甲{sign}乙"}) != [f"甲{sign}乙"]
    data, found = template(lines("{{ 值 }}")).render({"值": f"甲{sign}乙"})
    assert data is None
    assert [one.rule.code for one in found] == ["T531"]


@pytest.mark.parametrize("opened", ["{%{%", "{%%%", "{{ 甲", "{% if 真"])
def test_trap_a_tag_that_is_never_closed_drops_what_follows(opened: str) -> None:
    found = faults(lines("前", opened, "后", "{{ 甲 乙 }}"))
    assert [(one.rule.code, one.span.line) for one in found] == [("T532", 2), ("T501", 4)]


def test_trap_patching_takes_quadratic_time() -> None:
    assert [one.rule.code for one in faults(lines("{%" * 16_000))] == ["T532"]


def test_trap_text_inside_an_inline_content_control_is_not_seen() -> None:
    body = paragraph(runs=f"<w:sdt><w:sdtContent>{run('{{ 值 }}')}</w:sdtContent></w:sdt>")
    data, _ = template(body).render({"值": "甲"})
    assert data is not None
    assert [one.text for one in python_docx.Document(io.BytesIO(data)).paragraphs] == [""]
    assert texts(body, {"值": "甲"}) == ["甲"]


def test_trap_text_of_a_tracked_insertion_is_not_seen() -> None:
    data = docx(paragraph("甲", runs=f'<w:ins w:id="1" w:author="a">{run("乙")}</w:ins>'))
    assert [one.text for one in python_docx.Document(io.BytesIO(data)).paragraphs] == ["甲"]
    made, _ = read(data, "d.docx")
    assert made is not None
    assert [one.text for one in made.paragraphs] == ["甲乙"]


def test_trap_a_template_of_python_docx_says_who_and_when() -> None:
    source = io.BytesIO()
    python_docx.Document().save(source)
    compiled, found = compile(source.getvalue(), "t.docx")
    assert compiled is not None, found
    data, _ = compiled.render({}, Properties("报告", "砂田镇", dt.datetime(2022, 6, 24, tzinfo=dt.UTC)))
    assert data is not None
    told, said = (xml_of(one, "docProps/core.xml").decode() for one in (source.getvalue(), data))
    assert all((one in told) and (one not in said) for one in ("python-docx", "2013"))
    assert all(one in said for one in ("报告", "砂田镇", "2022-06-24"))


def test_reading_gives_what_was_filled_in() -> None:
    ours, _ = template(lines("{{ 号 }}")).render(FACTS)
    assert ours is not None
    made, found = read(ours, "d.docx")
    assert found == []
    assert made is not None
    assert [one.text for one in made.paragraphs] == ["a & <b> “c”"]

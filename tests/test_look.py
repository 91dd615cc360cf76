"""How a document looks is compared with GB/T 9704: every departure once, with its first place, in anyone's document."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import docx as python_docx
import pytest

from reportgen.build import build
from reportgen.cli import main
from reportgen.diagnostics import Severity
from reportgen.word import digest
from reportgen.word.look import look
from tests import odd_files, official
from tests.word_files import docx, field, paragraph, part, run, table

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic

DATA = Path(__file__).parents[1] / "data"
SAMPLE = DATA / "shatian-2021.yaml"
GUIDE = DATA / "invented-2021.docx"
TITLE = "[标题] 虚构镇2021年工作总结"
FONTS = {"ascii": "HAnsi", "hAnsi": "HAnsi", "eastAsia": "EastAsia"}
SENTENCE = "供水项目已经通水。"
BODY_STYLE = official.style("正文段")
SIMPLE = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
THEMED = "".join(f' w:{one}Theme="minor{font}"' for one, font in FONTS.items())
BROKEN = '<w:footerReference w:type="default" r:id="rId77"/>'
Captured = pytest.CaptureFixture[str]


def found(text: str, *flaws: tuple[str, str], footers: tuple[str, ...] = (official.FOOTER,)) -> list[Diagnostic]:
    return look(official.document(f"{TITLE}\n{text}", *flaws, footers=footers), "a.docx")


def codes(text: str, *flaws: tuple[str, str], footers: tuple[str, ...] = (official.FOOTER,)) -> list[str]:
    return [one.rule.code for one in found(text, *flaws, footers=footers)]


def box(content: str) -> str:
    within = f"<w:txbxContent>{content}</w:txbxContent>"
    return f"<w:r><w:pict><v:shape><v:textbox>{within}</v:textbox></v:shape></w:pict></w:r>"


def test_the_report_of_the_sample_departs_in_nothing() -> None:
    (document,) = build(SAMPLE).documents
    assert look(document.data, document.name) == []


@pytest.mark.parametrize("text", [official.TEXT, official.LONG])
def test_a_document_set_out_by_the_standard_departs_in_nothing(text: str) -> None:
    assert look(official.document(text), "a.docx") == []


def test_one_cause_is_one_finding_with_its_first_place_and_how_often_it_was_met() -> None:
    song = (BODY_STYLE, f'{BODY_STYLE}<w:rFonts w:eastAsia="宋体"/>')
    (one,) = found("\n".join([SENTENCE] * 200), song)
    assert (one.rule.code, one.span.line, one.values["count"], one.values["found"]) == ("D106", 2, 200, "宋体")


def test_further_values_have_their_first_places() -> None:
    runs = "".join(
        paragraph(runs=run(SENTENCE).replace("<w:t ", f'<w:rPr><w:rFonts w:eastAsia="{font}"/></w:rPr><w:t '))
        for font in ("宋体", "等线", "宋体", "隶书", "幼圆", "新宋体", "楷体")
    )
    first = next(one for one in look(docx(runs), "a.docx") if one.rule.code == "D106")
    assert first.values["found"] == "宋体、等线、隶书、幼圆、新宋体……"
    assert [label.span.line for label in first.related] == [2, 4, 5, 6, 7]


def test_what_only_offices_ask_for_is_a_note() -> None:
    small = ('<w:sz w:val="21"/>', '<w:sz w:val="15"/>')
    (one,) = look(official.document(official.TEXT, small), "a.docx")
    assert (one.rule.code, one.severity, one.values["found"]) == ("D107", Severity.NOTE, "六号")
    assert all(one.severity < Severity.ERROR for one in look(docx(paragraph(SENTENCE)), "a.docx"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[一级标题] 第一、基本情况", "D124"),
        ("[一级标题] 一.基本情况", "D124"),
        ("[二级标题] (一)经济发展", "D124"),
        ("[二级标题] （一）、经济发展", "D124"),
        ("(1)按期完成项目建设。", "D124"),
        ("1）按期完成项目建设。", "D124"),
        ("第一，按期完成项目建设。", ""),
        ("①按期完成项目建设。", ""),
        ("2021年，按期完成项目建设。", ""),
        ("1.5亿元已经拨付到位。", ""),
        ("虚财绩〔2021〕第1号文件已经印发。", "D133"),
        ("虚财绩〔2021〕01号文件已经印发。", "D133"),
        ("虚财绩【2021】1号文件已经印发。", "D133"),
        ("虚财绩〔2021〕12号文件已经印发。", ""),
        ("（2021年）3号文件已经印发。", ""),
        ("[附件说明] 附件:评分表", "D129"),
        ("[附件说明] 附件：1.评分表\n[附件说明] 2.佐证材料清单；", "D129"),
        ("[附件说明] 附件：1、评分表", "D124"),
        ("[日期] 2022-01-05", "D131"),
        ("[日期] 二〇二二年十二月二十一日", "D131"),
        ("[日期] 2022年12月21日", ""),
        ("[附件] 附件\n[标题] 评分表", ""),
        ("[附件] 附件一\n[标题] 评分表", "D127"),
    ],
)
def test_what_is_written(text: str, code: str) -> None:
    assert codes(f"{SENTENCE}\n{text}") == [code] * bool(code)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("二〇二二年十二月二十一日", "2022年12月21日"),
        ("二〇二二年一月十日", "2022年1月10日"),
        ("2022.1.05", "2022年1月5日"),
        ("2022年 3月 3 日", "2022年3月3日"),
    ],
)
def test_a_date_is_shown_mended(written: str, wanted: str) -> None:
    (one,) = found(f"{SENTENCE}\n[日期] {written}")
    assert one.values["wanted"] == wanted


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        (["一级标题 一、", "二级标题 （一）", "三级标题 1.", "四级标题 （1）"], ""),
        (["一级标题 一、", "三级标题 1."], ""),
        (["一级标题 一、", "四级标题 （1）"], "D125"),
        (["一级标题 一、", "二级标题 （一）", "四级标题 （1）"], "D125"),
        (["一级标题 一、", "附件 附件", "四级标题 （1）"], ""),
    ],
)
def test_levels_follow_each_other(levels: list[str], code: str) -> None:
    lines = [f"[{one.split()[0]}] {one.split()[1]}{'' if '附件' in one else '供水'}" for one in levels]
    assert codes("\n".join([*lines, SENTENCE])) == [code] * bool(code)


@pytest.mark.parametrize(
    ("noted", "annexes", "times"),
    [
        (["附件：1.评分表", "2.清单"], ["评分表", "清单"], 0),
        (["附件：1.评分表", "2.清单"], ["清单", "评分表"], 2),
        (["附件：1.评分表", "2.清单"], ["评分表"], 1),
        (["附件：评分表"], ["评分表", "清单"], 1),
        (["附件：《评分表》"], ["评分表"], 0),
    ],
)
def test_annexes_are_called_as_they_are_noted(noted: list[str], annexes: list[str], times: int) -> None:
    lines = [*(f"[附件说明] {one}" for one in noted)]
    lines += [line for at, one in enumerate(annexes, 1) for line in (f"[附件] 附件{at}", f"[标题] {one}")]
    assert codes("\n".join([SENTENCE, *lines])) == ["D130"] * times


def test_an_annex_begins_after_a_page_break_too() -> None:
    text = f"{SENTENCE}\n----\n[附件] 附件\n[标题] 评分表"
    assert codes(text, ("<w:pageBreakBefore/>", "")) == []


def test_the_title_of_an_annex_may_have_two_lines() -> None:
    assert codes(f"{SENTENCE}\n[附件] 附件\n[标题] 部门整体支出\n[标题] 评分表\n{SENTENCE}") == []


def test_without_a_title_above_its_text_none_is_judged() -> None:
    assert look(official.document(f"[主送] 虚构县财政局：\n{SENTENCE}"), "a.docx") == []


def test_a_title_may_have_two_lines() -> None:
    data = official.document(f"{TITLE}\n[标题] 和下年计划\n{SENTENCE}", ('w:jc w:val="center"', 'w:jc w:val="left"'))
    assert [one.span.line for one in look(data, "a.docx") if one.rule.code == "D111"] == [1]


def test_a_title_in_the_size_of_the_text_is_the_first_line() -> None:
    (one,) = look(official.document(f"虚构镇工作总结\n虚构镇人民政府\n{SENTENCE}", (BODY_STYLE, BODY_STYLE)), "a")[1:2]
    assert one.span.line == 1


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (paragraph("—", "页码", runs=field("PAGE", "1") + run("—")), ""),
        (
            paragraph(
                "— ", "页码", runs='<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>' + run(" —")
            ),
            "",
        ),
        (paragraph("- ", "页码", runs=field("PAGE", "1") + run(" -")), "D118"),
        (paragraph("第", "页码", runs=field("PAGE", "1") + run("页共") + field("NUMPAGES", "9") + run("页")), "D118"),
        (official.FOOTER.replace("页码", "正文段"), "D106 D107 D119"),
    ],
)
def test_the_form_of_page_numbers(number: str, code: str) -> None:
    assert sorted(codes(SENTENCE, footers=(number,))) == code.split()


def test_numbers_of_odd_and_even_pages_stand_outside() -> None:
    named = '<w:pStyle w:val="页码"/>'
    odd, even = (official.FOOTER.replace(named, f'{named}<w:jc w:val="{side}"/>') for side in ("right", "left"))
    mirrored = ("</w:settings>", "<w:evenAndOddHeaders/></w:settings>")
    assert codes(SENTENCE, mirrored, footers=(odd, "", even)) == []
    assert codes(SENTENCE, mirrored, footers=(even, "", odd)) == ["D119"]


def test_a_number_in_a_frame_or_a_box_may_stand_anywhere() -> None:
    left = official.FOOTER.replace("</w:pPr>", '<w:jc w:val="left"/></w:pPr>')
    framed = left.replace("</w:pPr>", '<w:framePr w:xAlign="center"/></w:pPr>')
    assert codes(SENTENCE, footers=(left,)) == ["D119"]
    assert codes(SENTENCE, footers=(framed,)) == []
    assert codes(SENTENCE, footers=(paragraph(runs=box(left)),)) == []


@pytest.mark.parametrize("grid", ['<w:docGrid w:type="lines" w:linePitch="579"/>', '<w:docGrid w:linePitch="312"/>'])
def test_lines_that_are_not_fixed_take_steps_of_the_grid(grid: str) -> None:
    loose = ('<w:spacing w:line="560" w:lineRule="exact"/>', "")
    gridded = ("</w:sectPr></w:body>", f"{grid}</w:sectPr></w:body>")
    assert codes(SENTENCE, loose, gridded) == ([] if "lines" in grid else ["D104"])


def test_a_grid_of_characters_condenses_them() -> None:
    grid = '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-848"/></w:sectPr></w:body>'
    assert codes(SENTENCE, ('<w:spacing w:val="-5"/>', ""), ("</w:sectPr></w:body>", grid)) == []


def test_lines_of_at_least_a_height() -> None:
    (one,) = found(SENTENCE, ('w:line="560" w:lineRule="exact"', 'w:line="400" w:lineRule="atLeast"'))
    assert (one.rule.code, one.values["pitch"]) == ("D104", "20.8")


def test_words_that_open_a_paragraph_may_be_set_apart() -> None:
    lead = run("（一）加强领导。").replace("<w:t ", '<w:rPr><w:rFonts w:eastAsia="楷体"/><w:b/></w:rPr><w:t ')
    body = official.line(SENTENCE).replace("<w:r>", f"{lead}<w:r>")
    assert codes(SENTENCE, (official.line(SENTENCE), body)) == []


def test_what_is_hidden_or_in_a_box_or_a_table_of_contents_is_not_judged() -> None:
    hidden = run("甲。").replace("<w:t ", '<w:rPr><w:vanish/><w:color w:val="FF0000"/></w:rPr><w:t ')
    contents = paragraph("一、基本情况", "目录一")
    boxed = box(paragraph("1、甲。"))
    style = '<w:style w:type="paragraph" w:styleId="目录一"><w:name w:val="toc 1"/></w:style></w:styles>'
    more = official.line(SENTENCE).replace("</w:p>", f"{hidden}{boxed}</w:p>{contents}")
    assert codes(SENTENCE, (official.line(SENTENCE), more), ("</w:styles>", style)) == []


def test_a_table_on_its_own_page_may_be_as_wide_as_that() -> None:
    wide = '<w:tblPr><w:tblW w:w="12000" w:type="dxa"/><w:tblInd w:w="100" w:type="dxa"/></w:tblPr>'
    rows = ('<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>', wide)
    lies = ('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906"')
    assert codes(f"{SENTENCE}\n| 甲 | 乙 |", rows, lies) == []
    (one,) = found(f"{SENTENCE}\n| 甲 | 乙 |", rows)
    assert (one.rule.code, one.values["width"], one.values["limit"]) == ("D121", "213.4", "156")


def test_a_file_of_python_docx_is_judged_as_it_is() -> None:
    made = python_docx.Document()
    made.add_heading("虚构镇2021年工作总结", 0)
    made.add_heading("一、基本情况", 1)
    for _ in range(3):
        made.add_paragraph("全年一般公共预算收入2845.81万元，比上年增长5.20%。")
    out = BytesIO()
    made.save(out)
    said = look(out.getvalue(), "a.docx")
    assert len(said) == len({one.rule.code for one in said}) + 2  # sizes and indents: of the title and text, or both
    assert {"D101", "D103", "D104", "D107", "D108", "D111", "D113", "D116", "D117"} <= {one.rule.code for one in said}


def test_a_theme_gives_the_fonts() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
        '<a:majorFont><a:latin typeface="Cambria"/><a:ea typeface="黑体"/></a:majorFont>'
        '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="等线"/>'
        "</a:minorFont></a:fontScheme></a:themeElements></a:theme>"
    ).encode()
    themed = (
        '<w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi"/></w:rPr>'
    )
    style = f'<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/>{themed}</w:style>'
    for language, wanted in (("zh-CN", ("D106", "等线")), ("ja-JP", ("D108", "“Calibri”"))):
        data = docx(
            paragraph(SENTENCE),
            links=[("rId90", "settings", "settings.xml"), ("rId91", "theme", "theme1.xml")],
            replace={
                "word/styles.xml": part("styles", style),
                "word/settings.xml": part("settings", f'<w:themeFontLang w:val="en-US" w:eastAsia="{language}"/>'),
                "word/theme1.xml": theme,
            },
        )
        assert wanted in [(one.rule.code, one.values.get("found")) for one in look(data, "a.docx")]


def test_a_list_of_word_indents_its_paragraphs() -> None:
    levels = '<w:lvl w:ilvl="0"><w:pPr><w:ind w:left="640" w:hanging="640"/></w:pPr></w:lvl><w:lvl w:ilvl="1"/>'
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"/>',
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = paragraph(SENTENCE, "a1").replace("</w:pPr>", f"{listed}</w:pPr>") + paragraph("甲" * 30, "a1").replace(
        "</w:pPr>", f"{listed}</w:pPr>"
    )
    data = docx(body, links=[("rId90", "numbering", "numbering.xml")], replace={"word/numbering.xml": numbering})
    (one,) = (one for one in look(data, "a.docx") if one.rule.code == "D113")
    assert one.values["found"] == "0/3.2"
    assert one.values["count"] == 2


def test_a_footer_that_is_not_there_has_no_number() -> None:
    assert codes(SENTENCE, ('<w:footerReference w:type="default" r:id="rId2"/>', BROKEN)) == ["D117"]


def test_a_section_goes_on_with_the_footers_of_the_one_before() -> None:
    section = '<w:p><w:pPr><w:sectPr><w:type w:val="continuous"/></w:sectPr></w:pPr></w:p>'
    data = docx(paragraph(SENTENCE) + section + paragraph(SENTENCE))
    assert [one.rule.code for one in look(data, "a.docx")].count("D101") == 1


def test_a_file_that_cannot_be_opened_says_why() -> None:
    assert [one.rule.code for one in look(b"%PDF-1.7", "a.docx")] == ["T101"]


def test_check_takes_facts_and_documents_together(tmp_path: Path, capsys: Captured) -> None:
    report = tmp_path / "报告.DOCX"
    report.write_bytes(official.document(official.TEXT, ('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"')))
    assert main(["check", str(report), str(SAMPLE), "--format", "json"]) == 0
    assert sorted(one["code"] for one in json.loads(capsys.readouterr().out)) == ["C101", "D101"]
    assert main(["check", str(report), "--strict"]) == 1
    assert main(["check", str(tmp_path / "没有.docx")]) == 1
    assert "S001" in capsys.readouterr().out


def test_the_document_of_the_guide_is_the_invented_one() -> None:
    assert digest(GUIDE.read_bytes()) == digest(official.plain())


def test_a_table_without_rows_or_in_another_is_left_alone() -> None:
    nested = table(["甲", table(["乙"]) + paragraph()]) + paragraph()
    empty = "<w:tbl><w:tblPr/><w:tblGrid/></w:tbl>"
    assert {one.rule.code for one in look(docx(nested + empty), "a.docx")} & {"D121", "D122", "D123"} == set()


def test_the_shipped_template_departs_in_nothing() -> None:
    template = SAMPLE.parents[1] / "templates" / "meizhou-self-evaluation" / "2021.1" / "report.docx"
    assert look(template.read_bytes(), "report.docx") == []


def test_of_a_template_the_look_is_judged_and_not_how_it_is_built() -> None:
    text = "1、{{ 甲 }}个供水点已经通水。\n{%p for 村 in 村 %}"
    assert codes(text) == []
    assert codes(text, ('<w:spacing w:val="-5"/>', "")) == ["D105"]


@pytest.mark.parametrize("code", [code for code in odd_files.BAD if code < "T516" and code > "T1"])
def test_every_odd_file_is_read_or_refused(code: str) -> None:
    made = odd_files.made(code, "bad")
    assert isinstance(made, bytes)
    assert all(one.rule.code[0] in "TD" for one in look(made, "a.docx"))


def test_many_blanks_are_read_at_once() -> None:
    assert codes(f"{SENTENCE}\n附件{' ' * 100_000}甲") == []


@pytest.mark.parametrize(
    ("name", "level", "font"),
    [
        ("heading 2", "", "楷体"),
        ("标题 1", "", "黑体"),
        ("标题 3", "", "仿宋"),
        ("小节", '<w:outlineLvl w:val="0"/>', "黑体"),
    ],
)
def test_styles_make_headings(name: str, level: str, font: str) -> None:
    own = f'<w:pPr><w:ind w:firstLineChars="200"/>{level}</w:pPr><w:rPr><w:rFonts w:eastAsia="{font}"/></w:rPr>'
    style = f'<w:style w:type="paragraph" w:styleId="x"><w:name w:val="{name}"/>{own}</w:style></w:styles>'
    more = (official.line(SENTENCE), paragraph("基本情况", "x") + official.line(SENTENCE))
    assert codes(SENTENCE, more, ("</w:styles>", style)) == []
    assert codes(SENTENCE, more, ("</w:styles>", style.replace(font, "宋体"))) == ["D106"]


def test_the_outline_level_of_text_makes_no_heading() -> None:
    ninth = (
        official.style("正文段"),
        official.style("正文段").replace("</w:pPr>", '<w:outlineLvl w:val="9"/></w:pPr>'),
    )
    assert codes(f"{SENTENCE}\n{'甲' * 30}", ninth) == []


def test_text_of_no_known_kind_is_set_in_some_font_of_the_standard() -> None:
    odd = ("[封面] 填报人", '<w:rFonts w:eastAsia="微软雅黑"/>')
    text = f"{TITLE}\n{odd[0]}：甲\n{SENTENCE}"
    assert look(official.document(text), "a.docx") == []
    cover = official.style("封面")
    (one,) = look(official.document(text, (cover, f"{cover}{odd[1]}")), "a.docx")
    assert (one.rule.code, one.severity) == ("D106", Severity.NOTE)


def numbered(kind: str, text: str) -> bytes:
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    return part("numbering", f'{lists}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>')


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("chineseCounting", "%1、", [("D106", "headings of level 1")]),
        ("chineseCounting", "（%1）", [("D106", "headings of level 2")]),
        ("decimal", "%1、", [("D124", "“1、”")]),
        ("bullet", "•", []),
    ],
)
def test_numbers_that_word_puts_before_headings_count(kind: str, text: str, said: list[tuple[str, str]]) -> None:
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:firstLineChars="200"/></w:pPr>'
    data = official.document(
        f"{TITLE}\n{SENTENCE}",
        (official.line(SENTENCE), official.line(SENTENCE) + f"<w:p>{listed}{run('基本情况')}</w:p>"),
        more={"numbering": numbered(kind, text)},
    )
    found = [(one.rule.code, one.values.get("what") or one.values["found"]) for one in look(data, "a.docx")]
    assert [(code, getattr(what, "message", what)) for code, what in found] == said


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('w:top="2098"', 'w:top="2154"', ""),
        ('w:top="2098"', 'w:top="2160"', "D103"),
        ('w:left="1588"', 'w:left="1474"', "D103"),
        ('w:gutter="0"', 'w:gutter="120"', "D103"),
        ('w:w="11906" w:h="16838"', 'w:w="11850" w:h="16838"', ""),
        ('w:line="560"', 'w:line="555"', ""),
        ('w:line="560"', 'w:line="579"', ""),
        ('w:line="560"', 'w:line="580"', "D104"),
        ('w:line="560"', 'w:line="554"', "D104"),
        ('<w:spacing w:val="-5"/>', '<w:spacing w:val="-4"/>', "D105"),
        ('<w:gridCol w:w="2000"/>', '<w:gridCol w:w="4530"/>', ""),
        ('<w:gridCol w:w="2000"/>', '<w:gridCol w:w="4540"/>', "D121"),
    ],
)
def test_measures_may_be_off_by_so_much(old: str, new: str, code: str) -> None:
    assert codes(f"{SENTENCE}\n| 甲 | 乙 |", (old, new)) == [code] * bool(code)


@pytest.mark.parametrize("said", ["", "-1", "1.5", "abc", "99999999999", "\u0661"])
@pytest.mark.parametrize("measure", ['w:line="560"', 'w:val="32"', 'w:w="11906"', 'w:val="-5"', 'w:rightChars="400"'])
def test_measures_that_are_none_do_no_harm(measure: str, said: str) -> None:
    name = measure.partition("=")[0]
    assert {one.rule.code[0] for one in look(official.document(official.TEXT, (measure, f'{name}="{said}"')), "a")} <= {
        "D"
    }


def test_a_number_in_a_box_of_word_is_found() -> None:
    number = official.FOOTER.replace("PAGE", r"PAGE  \* MERGEFORMAT")
    boxed = box(number).replace("<w:pict>", "<mc:AlternateContent><mc:Choice><w:pict>")
    boxed = boxed.replace(
        "</w:pict>", f"</w:pict></mc:Choice><mc:Fallback>{box(number)}</mc:Fallback></mc:AlternateContent>"
    )
    assert codes(SENTENCE, footers=(paragraph(runs=boxed),)) == []

"""Official documents for tests: lines of text go in, a .docx set out by GB/T 9704 comes out, or one with a flaw in it.

A line is a paragraph of the text; `[标题]` in front puts it into that style, `| a | b |` is a row of a table, `----` a
page break. A flaw is a stretch of the XML replaced by another one. All documents are invented.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from tests.word_files import WML, field, paragraph, part, parts, run, table, zipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TEXT: Final = """[标题] 虚构镇2021年工作总结
[主送] 虚构县财政局：
2021年，虚构镇一般公共预算收入2845.81万元，比上年增长5.20%。现将有关情况报告如下。
[一级标题] 一、基本情况
全年各项工作有序推进，群众满意度持续提高。
[二级标题] （一）经济发展
开工建设集中供水点5个，其余村庄列入下年计划。
[三级标题] 1.项目建设
项目建设按期完成。
[四级标题] （1）供水项目
供水项目已经通水。
[附件说明] 附件：评分表
[署名] 虚构镇人民政府
[日期] 2022年1月5日
[附件] 附件
[标题] 评分表
| 指标 | 得分 |
| 结转结余率 | 5 |
"""
COVER: Final = f"""[标题] 虚构镇2021年部门整体支出绩效自评报告
[封面] 部门名称（公章）：虚构镇人民政府
----
{TEXT[TEXT.index("[一级标题]") : TEXT.index("[附件说明]")]}"""
LONG: Final = TEXT + "| 预算编制合理性 | 2 |\n" * 60
PLAIN: Final = """[标题] 虚构镇2021年工作总结
[主送] 虚构县财政局：
根据《关于报送工作总结的通知》（虚财绩[2021]01号），现将有关情况报告如下。
[一级标题] 一、基本情况
1、全年一般公共预算收入2845.81万元，比上年增长5.20%。
2、开工建设集中供水点5个，其余村庄列入下年计划。
[一级标题] 二、下一步打算。
继续抓好项目建设，按期完成各项任务。
[附件说明] 附件：评分表。
[署名] 虚构镇人民政府
[日期] 2022年01月05日
"""
PLAIN_MARGINS: Final = 'w:top="1440" w:right="1800" w:bottom="1440" w:left="1800"'

_INDENT: Final = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_STYLES: Final[Mapping[str, tuple[str, str]]] = {
    "标题": ('<w:jc w:val="center"/>', '<w:rFonts w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/>'),
    "主送": ("", ""),
    "正文段": (_INDENT, ""),
    "一级标题": (_INDENT, '<w:rFonts w:eastAsia="黑体"/>'),
    "二级标题": (_INDENT, '<w:rFonts w:eastAsia="楷体_GB2312"/>'),
    "三级标题": (_INDENT, ""),
    "四级标题": (_INDENT, ""),
    "附件说明": ('<w:ind w:leftChars="500" w:left="1600" w:hangingChars="300" w:hanging="960"/>', ""),
    "署名": ('<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>', ""),
    "日期": ('<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>', ""),
    "附件": ("<w:pageBreakBefore/>", '<w:rFonts w:eastAsia="黑体"/>'),
    "封面": ('<w:jc w:val="left"/>', ""),
    "表格": ('<w:spacing w:line="300" w:lineRule="exact"/>', '<w:sz w:val="21"/>'),
    "页码": ('<w:jc w:val="center"/>', '<w:rFonts w:ascii="宋体" w:hAnsi="宋体"/><w:sz w:val="28"/>'),
}
_DEFAULTS: Final = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
    ' w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr>'
    '<w:spacing w:line="560" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
    '<w:rPr><w:spacing w:val="-5"/></w:rPr></w:style>'
)
_PAGE: Final = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1417" w:gutter="0"/>'
)
_ROW: Final = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
_STYLED: Final = re.compile(r"\[(?P<style>\w+)\] ?(?P<text>.*)")
FOOTER: Final = paragraph("— ", "页码", runs=field("PAGE", "1") + run(" —"))


def document(
    text: str = TEXT,
    *flaws: tuple[str, str],
    footers: Sequence[str] = (FOOTER,),
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """Write a document, with more parts by their kinds.

    Every flaw is a stretch of its XML that must be there, and what stands there instead.
    """
    others = {"settings": part("settings", ""), **(more or {})}
    made = parts(
        _body(text),
        footers=footers,
        links=[(f"rId9{at}", kind, f"{kind}.xml") for at, kind in enumerate(others)],
        types={f"word/{kind}.xml": f"{WML}.{kind}+xml" for kind in others},
        replace={
            "word/styles.xml": part("styles", _styles()),
            **{f"word/{kind}.xml": one for kind, one in others.items()},
        },
    )
    made["word/document.xml"] = made["word/document.xml"].replace(b"</w:sectPr></w:body>", _end())
    for old, new in flaws:
        assert any(old.encode() in one for one in made.values()), old
        made = {name: one.replace(old.encode(), new.encode()) for name, one in made.items()}
    return zipped(made)


def _end() -> bytes:
    return f"{_PAGE}</w:sectPr></w:body>".encode()


def _styles() -> str:
    listed = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="a"/>'
        f"<w:pPr>{shape}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
        for name, (shape, look) in _STYLES.items()
    )
    return f"{_DEFAULTS}{listed}"


def _body(text: str) -> str:
    blocks: list[str] = []
    for is_row, lines in groupby(text.strip().split("\n"), lambda one: one.startswith("| ")):
        if is_row:
            cells = [[paragraph(one.strip(), "表格") for one in row.strip(" |").split(" | ")] for row in lines]
            rows = table(*cells).replace("<w:tr>", _ROW)
            blocks += [rows.replace("<w:cantSplit/>", "<w:cantSplit/><w:tblHeader/>", 1), paragraph()]
        else:
            blocks += map(line, lines)
    return "".join(blocks)


def line(text: str) -> str:
    """Write one line."""
    if text == "----":
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    styled = _STYLED.fullmatch(text)
    return paragraph(styled["text"], styled["style"]) if styled else paragraph(text, "正文段")


def style(name: str) -> str:
    """Give the XML of a style as far as what its text looks like, for a flaw in that."""
    return f'w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="a"/><w:pPr>{_STYLES[name][0]}</w:pPr><w:rPr>'


def plain() -> bytes:
    """Write the document of the guide: one by somebody who never heard of the standard, invented like the others."""
    return document(
        PLAIN,
        ('w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"', PLAIN_MARGINS),
        ('<w:spacing w:line="560" w:lineRule="exact"/>', '<w:spacing w:line="360" w:lineRule="auto"/>'),
        (style("正文段"), f'{style("正文段")}<w:rFonts w:eastAsia="宋体"/><w:sz w:val="24"/>'),
        ('w:ascii="宋体" w:hAnsi="宋体"', 'w:ascii="Calibri" w:hAnsi="Calibri"'),
        (">— <", ">第<"),
        ("> —<", ">页<"),
    )

"""The forms of docxtpl's templates: those that give the document that docxtpl gives, and those read otherwise."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any, NamedTuple

import docxtpl
from lxml import etree

from tests.filled import lines
from tests.pictures import png
from tests.word_files import cell, docx, paragraph, run, table

Values = dict[str, Any]

FACTS: Values = {
    "值": "值",
    "号": "a & <b> “c”",
    "列": ["东", "西"],
    "无": [],
    "项": [{"名": "甲", "数": ["1", "2"]}, {"名": "乙", "数": ["3"]}],
    "真": True,
    "假": False,
    "二": Decimal(2),
    "色": "FFC000",
    "富": docxtpl.RichText("甲 & 乙", bold=True, color="FF0000", size=28, underline="single", italic=True, strike=True),
    "富们": [docxtpl.RichText("甲", bold=True), docxtpl.RichText("乙\n丙\t丁", superscript=True)],
    "段": docxtpl.RichTextParagraph(docxtpl.RichText("甲", bold=True), parastyle="1"),
    "单": docxtpl.Listing("甲 & <乙>\n丙\t丁"),
    "长单": docxtpl.Listing("甲\a乙\f丙"),
    "像": docxtpl.InlineImage(None, io.BytesIO(png()), width=99, height=9),
    "仿宋": docxtpl.RichText("甲", font="仿宋_GB2312"),
    "底": docxtpl.RichText("甲", highlight="#FFFF00"),
}
FACTS["富们"][0].add(docxtpl.RichText("戊", italic=True))
FACTS["段"].add("乙")
LOOP, END = "{%p for x in 列 %}", "{%p endfor %}"
ROWS, ROWS_END = "{%tr for x in 列 %}", "{%tr endfor %}"
CELLS, CELLS_END = "{%tc for x in 列 %}", "{%tc endfor %}"
WIDTH = '<w:tcW w:w="900" w:type="dxa"/>'
BOLD = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
SPAN, RED = '<w:gridSpan w:val="2"/>', '<w:shd w:val="clear" w:color="auto" w:fill="FF0000"/>'
TOP = '<w:vAlign w:val="top"/>'
THREE = ["一", "二", "三"]
BOX = (
    '<w:r><w:pict><v:shape id="a" style="width:99pt;height:99pt"><v:textbox><w:txbxContent>{}</w:txbxContent>'
    "</v:textbox></v:shape></w:pict></w:r>"
)
LINK = '<w:hyperlink w:anchor="a">{}</w:hyperlink>'


def tabled(*rows: Any) -> str:  # noqa: ANN401 — as `table`
    """Write a table with the paragraph that must follow."""
    return table(*rows) + paragraph()


SAME: dict[str, tuple[str, dict[str, Any]]] = {
    "output": (lines("甲{{ 值 }}乙"), {}),
    "outputs": (lines("{{ 值 }}{{ 值 }} {{值}}"), {}),
    "an output with its format": (paragraph(runs=BOLD.format("甲{{ 值 }}乙")), {}),
    "an expression": (lines("{{ 二 * 3 + 1 }}"), {}),
    "a choice in an output": (lines("{{ '有' if 真 else '无' }}"), {}),
    "a member": (lines("{{ 项[0].名 }}"), {}),
    "blanks around": (lines("甲 {{ 值 }} 乙"), {}),
    "split runs": (paragraph(runs="".join(map(run, ("甲{{", " 值 ", "}}")))), {}),
    "split signs": (paragraph(runs="".join(map(run, ("甲{", "{ 值 }", "}乙")))), {}),
    "text behind a split tag": (paragraph(runs="".join(map(run, ("{{ 值", " }}乙")))), {}),
    "a spelling mark in a tag": (paragraph(runs=run("{{ ") + '<w:proofErr w:type="spellStart"/>' + run("值 }}")), {}),
    "escaped": (lines("{{ 号 }}"), {}),
    "paragraph loop": (lines("前", LOOP, "{{ x }}", END, "后"), {}),
    "paragraph loop over nothing": (lines("前", "{%p for x in 无 %}", "{{ x }}", END, "后"), {}),
    "paragraph loop in a loop": (
        lines("{%p for y in 项 %}", "{{ y.名 }}", "{%p for x in y.数 %}", "{{ x }}", END, END),
        {},
    ),
    "number of the round": (lines(LOOP, "{{ loop.index }}{{ x }}{{ loop.index0 }}{{ loop.length }}", END), {}),
    "condition in a loop": (lines(LOOP, "{%p if loop.first %}", "{{ x }}", "{%p endif %}", END), {}),
    "paragraph condition": (lines("{%p if 假 %}", "甲", "{%p else %}", "乙", "{%p endif %}"), {}),
    "paragraph conditions": (lines("{%p if 假 %}", "甲", "{%p elif 真 %}", "乙", "{%p endif %}"), {}),
    "loop around a table": (lines(LOOP) + tabled(["{{ x }}"]) + lines(END), {}),
    "row loop": (tabled(["名"], [ROWS], ["{{ x }}"], [ROWS_END]), {}),
    "row loop with tags in any cell": (tabled(["名", "数"], ["", ROWS], ["{{ x }}", "甲"], [ROWS_END, ""]), {}),
    "row loop in a loop": (
        tabled(["{%tr for y in 项 %}"], ["{%tr for x in y.数 %}"], ["{{ y.名 }}{{ x }}"], [ROWS_END], [ROWS_END]),
        {},
    ),
    "row condition": (tabled(["一"], ["{%tr if 假 %}"], ["二"], ["{%tr else %}"], ["三"], ["{%tr endif %}"]), {}),
    "row condition in a loop": (
        tabled([ROWS], ["{%tr if loop.last %}"], ["{{ x }}"], ["{%tr endif %}"], [ROWS_END]),
        {},
    ),
    "cell loop": (tabled([CELLS, "{{ x }}", CELLS_END, "一"], THREE), {}),
    "cell condition": (tabled(["一", "{%tc if 真 %}", "二", "{%tc endif %}"], ["一", "二"]), {}),
    "cell loop in a row loop": (
        tabled(
            ["{%tr for y in 项 %}"], ["{{ y.名 }}", "{%tc for x in y.数 %}", "{{ x }}", CELLS_END], [ROWS_END], THREE
        ),
        {},
    ),
    "loop in a cell": (tabled([cell(lines(LOOP, "{{ x }}", END, "末"))]), {}),
    "inline condition": (lines("{% if 真 %}甲{% else %}乙{% endif %}"), {}),
    "inline condition over runs": (paragraph(runs="".join(map(run, ("{% if 真 %}甲", "乙{% endif %}", "丙")))), {}),
    "inline loop": (lines("{% for x in 列 %}{{ x }}、{% endfor %}"), {}),
    "inline block over paragraphs": (lines("{% if 真 %}甲", "乙{% endif %}"), {}),
    "run condition": (lines("甲{%r if 真 %}乙{%r endif %}丙"), {}),
    "run loop": (lines("{%r for x in 列 %}{{ x }}{%r endfor %}"), {}),
    "comment": (lines("甲{# 注 #}乙"), {}),
    "paragraph comment": (lines("甲", "{#p 注 #}", "乙"), {}),
    "row comment": (tabled(["甲"], ["{#tr 注 #}"]), {}),
    "cell comment": (tabled(["甲", "{#tc 注 #}"], ["甲"]), {}),
    "set": (lines("{% set x = 值 %}{{ x }}"), {}),
    "paragraph set": (lines("{%p set x = 值 %}", "{{ x }}"), {}),
    "nested table": (tabled([table(["{{ 值 }}"]) + paragraph("乙")]), {}),
    "header and footer": (lines("甲"), {"headers": [lines("{{ 值 }}")], "footers": [lines("{{ 号 }}")]}),
    "first and even header": (lines("甲"), {"headers": [lines("{{ 值 }}"), lines(LOOP, "{{ x }}", END), lines("丙")]}),
    "table in a header": (lines("甲"), {"headers": [tabled([ROWS], ["{{ x }}"], [ROWS_END])]}),
    "hyperlink": (paragraph(runs=LINK.format(run("{{ 值 }}"))), {}),
    "text box": (paragraph(runs=BOX.format(lines("{{ 值 }}"))), {}),
    "merged downwards": (tabled([ROWS, ""], [cell("{% vm %}甲", WIDTH), "{{ x }}"], [ROWS_END, ""]), {}),
    "merged downwards, text before": (
        tabled([ROWS, ""], [cell("甲{% vm %}", WIDTH), "{{ x }}"], [ROWS_END, ""]),
        {},
    ),
    "merged sideways": (tabled(["一", CELLS, cell("{% hm %}甲", WIDTH), CELLS_END], THREE), {}),
    "merged sideways, text before": (tabled([CELLS, cell("甲{% hm %}", WIDTH), CELLS_END], ["一", "二", "三"]), {}),
    "merged sideways, over columns": (
        tabled(["一", CELLS, cell("{% hm %}甲", WIDTH + SPAN), CELLS_END], ["一"] * 5),
        {},
    ),
    "colspan": (tabled([cell("{% colspan 二 %}甲", WIDTH), "乙"], THREE), {}),
    "colspan of an expression": (tabled([cell("{% colspan 二 + 1 %}甲", WIDTH)], THREE), {}),
    "colspan behind the text": (tabled([cell("甲{% colspan 二 %}", WIDTH), "乙"], THREE), {}),
    "colspan over another": (tabled([cell("{% colspan 二 + 1 %}甲", WIDTH + SPAN)], THREE), {}),
    "colspan in a loop": (tabled([ROWS], [cell("{% colspan 二 %}{{ x }}", WIDTH), "乙"], [ROWS_END], THREE), {}),
    "cellbg": (tabled([cell("{% cellbg 色 %}甲", WIDTH)]), {}),
    "cellbg of a text": (tabled([cell("{% cellbg 'C00000' %}甲", WIDTH + TOP)]), {}),
    "cellbg over another": (tabled([cell("{% cellbg 色 %}甲", WIDTH + RED + TOP)]), {}),
    "cellbg in a run of its own": (tabled([cell(paragraph(runs=run("{% cellbg 色 %}") + run("甲")), WIDTH)]), {}),
    "cellbg in a paragraph of its own": (tabled([cell(lines("{% cellbg 色 %}", "甲"), WIDTH)]), {}),
    "cellbg by a choice": (
        tabled([ROWS], [cell("{% cellbg 色 if loop.first else 'auto' %}甲", WIDTH)], [ROWS_END]),
        {},
    ),
    "colspan and cellbg": (tabled([cell("{% colspan 二 %}{% cellbg 色 %}甲", WIDTH + RED), "乙"], THREE), {}),
    "paragraphs joined": (lines("甲", "{%- if 真 -%}", "乙", "{%- endif -%}", "丙"), {}),
    "paragraphs left out and joined": (lines("甲", "{%- if 假 -%}", "乙", "{%- endif -%}", "丙"), {}),
    "a paragraph joined to the one before": (lines("甲", "{%- if 真 %}乙{% endif %}", "丙"), {}),
    "a paragraph joined to the one after": (lines("{% if 真 -%}", "乙", "{%- endif %}丙"), {}),
    "rich text": (lines("前{{r 富 }}后"), {}),
    "rich text alone": (lines("{{r 富 }}"), {}),
    "rich texts in a loop": (lines("{%p for x in 富们 %}", "{{r x }}", END), {}),
    "rich text in a cell": (tabled(["{{r 富 }}", "乙"]), {}),
    "rich text in a header": (lines("甲"), {"headers": [lines("{{r 富 }}")]}),
    "rich paragraphs": (lines("前", "{{p 段 }}", "后"), {}),
    "rich paragraphs in a cell": (tabled([cell(lines("{{p 段 }}", "后"))]), {}),
    "rich paragraphs by a condition": (lines("{%p if 真 %}", "{{p 段 }}", "{%p endif %}"), {}),
    "a listing": (lines("前{{ 单 }}后"), {}),
    "a listing with its format": (paragraph(runs=BOLD.format("{{ 单 }}")), {}),
    "a listing of paragraphs and pages": (paragraph("前{{ 长单 }}后", "1"), {}),
    "block": (lines("前", "{%p block 段 %}", "{{ 值 }}", "{%p endblock %}", "后"), {}),
    "block with its name at the end": (lines("{%p block 段 %}", "{{ 值 }}", "{%p endblock 段 %}"), {}),
    "name set in a block": (
        lines("{%p set x = 值 %}", "{%p block 段 %}", "{{ x }}", "{%p set x = 二 %}", "{%p endblock %}", "末{{ x }}"),
        {},
    ),
    "blocks in a block": (
        lines("{%p block 外 %}", "甲", "{%p block 内 %}", "{{ 值 }}", "{%p endblock %}", "乙", "{%p endblock %}"),
        {},
    ),
    "block in a condition": (lines("{%p if 真 %}", "{%p block 段 %}", "甲", "{%p endblock %}", "{%p endif %}"), {}),
    "block of rows": (tabled(["名"], ["{%tr block 行 %}"], ["{{ 值 }}"], ["{%tr endblock %}"]), {}),
    "block around a row loop": (
        tabled(["{%tr block 行 %}"], [ROWS], ["{{ x }}"], [ROWS_END], ["{%tr endblock 行 %}"]),
        {},
    ),
    "block in a header": (lines("甲"), {"headers": [lines("{%p block 眉 %}", "{{ 值 }}", "{%p endblock %}")]}),
    "blanks taken out": (lines("甲 {%- if 真 -%} 乙 {%- endif -%} 丙"), {}),
}


class Otherwise(NamedTuple):
    """A template that we read otherwise than docxtpl: what ours and theirs have that the other has not, and why."""

    body: str
    ours: str
    theirs: str
    why: str


OTHERWISE: dict[str, Otherwise] = {
    "a block in a loop": Otherwise(
        lines(LOOP, "{%p block 段 %}", "{{ x }}", "{%p endblock %}", END),
        "<w:t>东</w:t>",
        "<w:p></w:p><w:p></w:p>",
        "in docxtpl a block does not know the names of the loop around it, and prints nothing",
    ),
    "a picture": Otherwise(
        lines("{{ 像 }}"),
        'name="图片1"',
        'name="Picture 1"',
        "a reader of the screen says the name of a picture, and the name of its file, in the language of the report",
    ),
    "a picture in a paragraph of its own": Otherwise(
        lines("{{p 像 }}"),
        '<w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"></w:spacing></w:pPr><w:r><w:drawing>',
        "<w:body></w:body>",
        "docxtpl closes and opens a run where there is none, and the rest of the document is lost",
    ),
    "colspan without properties": Otherwise(
        tabled([cell("{% colspan 二 %}甲"), "乙"], THREE),
        '<w:gridSpan w:val="2"></w:gridSpan>',
        "",
        "docxtpl takes the tag out and changes nothing where the cell has no properties yet",
    ),
    "cellbg with a number sign": Otherwise(
        tabled([cell("{% cellbg '#FFC000' %}甲", WIDTH)]),
        'w:fill="FFC000"',
        'w:fill="#FFC000"',
        "a file of Word holds no number sign in a colour",
    ),
    "cellbg of nothing": Otherwise(
        tabled([cell("{% cellbg '' %}甲", WIDTH)]), 'w:fill="auto"', 'w:fill=""', "a file of Word holds no empty colour"
    ),
    "a font for Chinese letters": Otherwise(
        lines("{{r 仿宋 }}"),
        'w:eastAsia="仿宋_GB2312"',
        '<w:rFonts w:ascii="仿宋_GB2312" w:cs="仿宋_GB2312" w:hAnsi="仿宋_GB2312">',
        "docxtpl gives the font to Latin letters only",
    ),
    "a coloured ground of text": Otherwise(
        lines("{{r 底 }}"),
        '<w:shd w:fill="FFFF00" w:val="clear">',
        '<w:shd w:fill="FFFF00">',
        "the standard asks for a pattern",
    ),
    "rich text in an ordinary tag": Otherwise(
        lines("甲{{ 富们[0] }}乙"),
        "<w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:b></w:b></w:rPr><w:t>甲</w:t></w:r>",
        "<w:t>甲<w:r>",
        "docxtpl writes a run into the text of a run",
    ),
    "a join behind text": Otherwise(
        lines("前", "甲{%- if 真 %}乙{% endif %}"), "甲乙", "前乙", "docxtpl loses the text between the two"
    ),
    "text behind a split tag, with its format": Otherwise(
        paragraph(runs=run("{{ 值") + BOLD.format(" }}乙")),
        "<w:r><w:t>值</w:t></w:r><w:r><w:rPr><w:b></w:b></w:rPr><w:t>乙</w:t></w:r>",
        "<w:r><w:t>值乙</w:t></w:r>",
        "docxtpl draws the text behind a tag into the run of the tag",
    ),
    "a condition of runs, with its format": Otherwise(
        paragraph(runs=BOLD.format("甲{%r if 真 %}乙{%r endif %}丙")),
        "<w:t>甲乙丙</w:t>",
        "<w:r><w:t>乙丙</w:t></w:r>",
        "docxtpl takes the format of a run from the text behind a run tag",
    ),
}


def plain(body: str, values: Values, **parts: Any) -> bytes:  # noqa: ANN401 — as `docx`
    """Fill a template in with docxtpl, with escaping, and give the bytes of the document."""
    made = docxtpl.DocxTemplate(io.BytesIO(docx(body, **parts)))
    for image in (one for one in values.values() if isinstance(one, docxtpl.InlineImage)):
        image.tpl = made
    made.render(values, autoescape=True)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def xml_of(data: bytes, name: str = "word/document.xml") -> bytes:
    """Give the bytes of one part of a document."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return opened.read(name)


ORDERS = {
    "tcPr": ("tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "vAlign"),
    "rPr": ("rStyle", "rFonts", "b", "i", "strike", "color", "sz", "szCs", "u", "shd", "vertAlign"),
}


def canonical(xml: bytes) -> str:
    """Give XML in one spelling, so that only what shows remains.

    Left out are blanks between elements and the marks for keeping blanks, empty texts and runs. Runs of one format side
    by side become one; properties of cells and runs stand in the order of the standard, which docxtpl does not keep.
    """
    root = etree.fromstring(re.sub(rb">\s+<", b"><", xml))
    for text in list(root.iter("{*}t")):
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", "")
        if not text.text:
            drop(text)
    for one in list(root.iter("{*}r")):
        if all(child.tag.endswith("}rPr") for child in one):
            drop(one)
    for one in list(root.iter("{*}r")):
        join(one)
    for name, order in ORDERS.items():
        for properties in root.iter(f"{{*}}{name}"):
            known = [one for kind in order for one in properties.iterchildren(f"{{*}}{kind}")]
            assert len(known) == len(properties)
            properties[:] = known
    return str(etree.canonicalize(etree.tostring(root, encoding="unicode")))


def join(one: Any) -> None:  # noqa: ANN401 — an element of lxml
    """Let a run take in those beside it that look like it, and its texts one another."""
    other = one.getnext()
    while other is not None and look(one) is not None and look(one) == look(other):
        one.extend(child for child in list(other) if not child.tag.endswith("}rPr"))
        drop(other)
        other = one.getnext()
    for text in list(one.iterchildren("{*}t")):
        before = text.getprevious()
        if before is not None and before.tag == text.tag:
            before.text += text.text
            drop(text)


def look(one: Any) -> bytes | None:  # noqa: ANN401 — an element of lxml
    """Give the properties of a run of text; none for anything else."""
    kinds = {child.tag.rpartition("}")[2] for child in one} if one.tag.endswith("}r") else {""}
    return b"".join(map(etree.tostring, one.iterchildren("{*}rPr"))) if kinds <= {"rPr", "t", "tab", "br"} else None


def drop(element: Any) -> None:  # noqa: ANN401 — an element of lxml
    """Take an element out."""
    element.getparent().remove(element)

"""The work of the benchmark: a template of so many tags, and the data of document number so-and-so.

A report of 15 pages: 162 tags in prose, a quarter of them over two runs, 3 loops and 2 conditions over
paragraphs, a table of 30 rows by 7 columns, header and footer. Both engines read the same template and the same data.
"""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from itertools import count, cycle, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.oxml import parse_xml
from docx.shared import Mm

from reportgen.build import build
from reportgen.word.text import read
from tests.word_files import docx as docx_of
from tests.word_files import paragraph, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.facts import Value

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CHAPTERS: Final = 45
WORKS: Final = 4
ROWS: Final = 30
COLUMNS: Final = 7
STRETCH: Final = 158
SAMPLE: Final = Path(__file__).parents[2] / "data" / "shatian-2021.yaml"
SPLIT_EVERY: Final = 4  # one tag in so many lies over two runs

_FONTS: Final = (
    "<w:rPr><w:rFonts{hint} w:ascii='Times New Roman' w:hAnsi='Times New Roman' w:eastAsia='仿宋_GB2312' "
    "w:cs='Times New Roman'/><w:color w:val='000000'/><w:spacing w:val='{wider}'/><w:kern w:val='0'/>"
    "<w:sz w:val='28'/><w:szCs w:val='28'/></w:rPr>"
)
_CHINESE, _LATIN = _FONTS.format(hint=" w:hint='eastAsia'", wider="-2"), _FONTS.format(hint="", wider="0")
_LAYOUT: Final = (
    "<w:pPr><w:adjustRightInd w:val='0'/><w:snapToGrid w:val='0'/><w:spacing w:line='460' w:lineRule='exact'/>"
    f"<w:ind w:firstLineChars='200' w:firstLine='560'/>{_CHINESE}</w:pPr>"
)
_SMALL: Final = "<w:rPr><w:rFonts w:eastAsia='仿宋_GB2312'/><w:sz w:val='21'/><w:szCs w:val='21'/></w:rPr>"
_CENTRED: Final = "<w:pPr><w:jc w:val='center'/></w:pPr>"
_CELL: Final = "<w:tcPr><w:tcW w:w='1240' w:type='dxa'/><w:vAlign w:val='center'/></w:tcPr>"
_LATIN_PART: Final = re.compile(r"\{\{.*?\}\}|[0-9.]{3,}")
_NAMES: Final = ("乡村振兴", "基层治理", "民生保障", "生态环境", "安全生产", "文化惠民", "道路养护", "水利设施")
_SIGNS: Final = ("A&B", "目标<100", "完成>95", "“两不愁”", "‘三保障’", "R&D <试点>")


def template(times: int = 1) -> bytes:
    """Make the template; with `times` its prose stands in it so many times over."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ unit.name }}绩效自评报告"
    section.footer.paragraphs[0].text = "{{ unit.name }}　{{ year }}年"
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    body = document.element.body
    for block in parse_xml(f"<w:body xmlns:w='{W}'>{''.join(_blocks(times))}</w:body>"):
        body.insert(len(body) - 1, block)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def written(rows: int) -> bytes:
    """Make a template of one tag and a table with so many written rows of two cells."""
    return docx_of(table(*([f"指标{at}", "完成"] for at in range(rows))) + paragraph("{{ year }}"))


def data(number: int, *, rows: int = ROWS) -> dict[str, Value]:
    """Give the data of document `number`; no two documents share a text or a figure by rule."""
    return {
        "year": Decimal(2000 + number % 30),
        "unit": {"name": f"第{number}镇{_sign(number)}", "head": f"负责人{number * 7919 % 1009}号"},
        "chapters": {f"c{at}": _chapter(number, at) for at in range(CHAPTERS)},
        **{name: [_work(number, at, name) for at in range(WORKS)] for name in ("works", "goals", "plans")},
        "praised": {"held": True, "text": f"受到表扬{_sign(number + 1)}", "count": Decimal(number % 9 + 1)},
        "lacking": {"held": True, "text": f"仍有不足{_sign(number + 2)}", "count": Decimal(number % 7 + 1)},
        "rows": [_row(number, at) for at in range(rows)],
    }


def _blocks(times: int) -> Iterator[str]:
    numbers, prose = count(), _prose()
    for _ in range(times):
        for at in range(CHAPTERS):
            name, long = f"chapters.c{at}", next(prose)
            said = f"（{at + 1}）{long}其中{{{{ {name}.name }}}}安排资金{{{{ {name}.budget | money }}}}万元，"
            done = f"支出完成{{{{ ({name}.spent / {name}.budget) | percent }}}}，各项指标均按计划实施。"
            yield _paragraph(f"{said}{done}", numbers)
        for name in ("works", "goals", "plans"):
            yield _paragraph(f"{{%p for one in {name} %}}", numbers)
            yield _paragraph("{{ one.name }}由{{ one.owner }}负责，共有{{ one.count }}项内容。", numbers)
            done = "投入{{ one.budget | money }}万元，完成{{ one.rate | percent }}，{{ one.text }}。"
            yield _paragraph(f"{next(prose)}{done}", numbers)
            yield _paragraph("{%p endfor %}", numbers)
        for name in ("praised", "lacking"):
            said = f"{{{{ unit.head }}}}汇报：{{{{ {name}.text }}}}，共{{{{ {name}.count }}}}处。"
            yield _paragraph(f"{{%p if {name}.held %}}", numbers)
            yield _paragraph(f"{next(prose)}{said}", numbers)
            yield _paragraph("{%p endif %}", numbers)
    yield _table()
    yield _paragraph("{{ unit.name }}于{{ year }}年报出，联系人{{ unit.head }}。", numbers)


def _prose() -> Iterator[str]:
    """Give the text of the sample's report, stretch after stretch and over again."""
    document, _ = read(build(SAMPLE).documents[0].data, "sample.docx")
    assert document is not None
    text = "".join(one.text for one in document.paragraphs if one.part == "正文" and not one.cell)
    return cycle(text[at : at + STRETCH] for at in range(0, len(text) - STRETCH, STRETCH))


def _paragraph(text: str, numbers: Iterator[int]) -> str:
    """Write a paragraph as an editor leaves it: a run for each change of script, so for each tag, or even two."""
    cuts = [0]
    for part in _LATIN_PART.finditer(text):
        split = part[0].startswith("{{") and next(numbers) % SPLIT_EVERY == 0
        cuts += [part.start(), *([part.start() + len("{{ on")] if split else []), part.end()]
    stretches = [text[start:end] for start, end in pairwise([*cuts, len(text)]) if start < end]
    runs = (_run(one, _LATIN if one.isascii() else _CHINESE) for one in stretches)
    return f"<w:p>{_LAYOUT}{''.join(runs)}</w:p>"


def _run(text: str, fonts: str) -> str:
    return f"<w:r>{fonts}<w:t xml:space='preserve'>{text}</w:t></w:r>"


def _table() -> str:
    head = _cells("序号", "一级指标", "二级指标", "三级指标", "分值", "得分", "扣分原因")
    row = _cells(
        "{{ row.number }}",
        "{{ row.first }}",
        "{{ row.second }}",
        "{{ row.third }}",
        "{{ row.points | money }}",
        "{{ row.score | money }}",
        "{{ row.reason }}",
    )
    lines = f"{head}{_cells('{%tr for row in rows %}')}{row}{_cells('{%tr endfor %}')}"
    grid = "<w:gridCol w:w='1240'/>" * COLUMNS
    return f"<w:tbl><w:tblPr><w:tblW w:w='0' w:type='auto'/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def _cells(*texts: str) -> str:
    cells = (f"<w:tc>{_CELL}<w:p>{_CENTRED}{_run(text, _SMALL)}</w:p></w:tc>" for text in texts)
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _sign(number: int) -> str:
    return _SIGNS[number % len(_SIGNS)]


def _chapter(number: int, at: int) -> dict[str, Value]:
    budget = Decimal(100_000 + number * 3571 + at * 997) / 100
    return {
        "name": f"{_NAMES[(number + at) % len(_NAMES)]}{_sign(number + at)}",
        "budget": budget,
        "spent": budget - Decimal(number * 31 + at * 17 + 1) / 100,
    }


def _work(number: int, at: int, kind: str) -> dict[str, Any]:
    return {
        "name": f"{_NAMES[(number * 3 + at) % len(_NAMES)]}第{number}-{at}号{kind}",
        "owner": f"办公室{(number * 13 + at) % 101}",
        "count": Decimal((number + at) % 12 + 1),
        "budget": Decimal(number * 577 + at * 331 + 10_000) / 100,
        "rate": Decimal(9_000 + (number * 7 + at * 11) % 1000) / 10_000,
        "text": f"成效{number}.{at}{_sign(number + at)}明显，群众满意",
    }


def _row(number: int, at: int) -> dict[str, Value]:
    return {
        "number": Decimal(at + 1),
        "first": _NAMES[at // 10 % len(_NAMES)],
        "second": f"{_NAMES[(number + at // 5) % len(_NAMES)]}",
        "third": f"指标{number}-{at}",
        "points": Decimal(at % 5 + 1),
        "score": Decimal(number * 7 % 50 + at) / 100,
        "reason": f"扣分{at}{_sign(number + at)}",
    }

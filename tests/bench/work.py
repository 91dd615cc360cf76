"""The work of the benchmark: a template of so many tags, and the data of document number so-and-so.

A report of 15 pages: 162 tags in prose, a quarter of them over two runs, 3 loops and 2 conditions over
paragraphs, a table of 30 rows by 7 columns, header and footer. Both engines read the same template and the same data.
"""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.oxml import parse_xml
from docx.shared import Mm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.facts import Value

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CHAPTERS: Final = 45
WORKS: Final = 4
ROWS: Final = 30
COLUMNS: Final = 7
SPLIT_EVERY: Final = 4  # one tag in so many lies over two runs

_FONTS: Final = (
    "<w:rPr><w:rFonts w:ascii='Times New Roman' w:hAnsi='Times New Roman' w:eastAsia='仿宋_GB2312' "
    "w:cs='Times New Roman'/><w:color w:val='000000'/><w:spacing w:val='0'/><w:kern w:val='0'/><w:sz w:val='{size}'/>"
    "<w:szCs w:val='{size}'/></w:rPr>"
)
_LARGE, _SMALL = _FONTS.format(size=28), _FONTS.format(size=21)
_LAYOUT: Final = (
    "<w:pPr><w:adjustRightInd w:val='0'/><w:snapToGrid w:val='0'/><w:spacing w:line='440' w:lineRule='exact'/>"
    f"<w:ind w:firstLineChars='200' w:firstLine='560'/>{_LARGE}</w:pPr>"
)
_CENTRED: Final = f"<w:pPr><w:snapToGrid w:val='0'/><w:jc w:val='center'/>{_SMALL}</w:pPr>"
_CELL: Final = "<w:tcPr><w:tcW w:w='1240' w:type='dxa'/><w:vAlign w:val='center'/></w:tcPr>"
_PHRASES: Final = re.findall(
    r"\w+",
    "按照上级部署 结合本地实际 推进重点任务 落实过紧日子要求 严格预算管理 优化支出结构 加强绩效监控 健全内控制度 "
    "压实工作责任 完善监督机制 提升服务水平 补齐民生短板 夯实发展基础 守住安全底线 深化改革创新 盘活存量资金 "
    "规范采购程序 加快支付进度 公开部门信息 接受社会监督 做好档案管理 开展业务培训 走访困难群众 排查风险隐患 "
    "整治人居环境 修缮农田水利 发展特色产业 培育文明乡风 壮大集体经济 巩固脱贫成果 化解矛盾纠纷 畅通办事渠道",
)
_TAG: Final = re.compile(r"\{\{.*?\}\}")
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
    numbers, places = count(), count(1)
    for _ in range(times):
        for at in range(CHAPTERS):
            name, long = f"chapters.c{at}", _prose(next(places))
            said = f"（{at + 1}）{long}其中{{{{ {name}.name }}}}安排资金{{{{ {name}.budget | money }}}}万元，"
            done = f"支出完成{{{{ ({name}.spent / {name}.budget) | percent }}}}，各项指标均按计划实施。"
            yield _paragraph(f"{said}{done}", numbers)
        for name in ("works", "goals", "plans"):
            yield _paragraph(f"{{%p for one in {name} %}}", numbers)
            yield _paragraph("{{ one.name }}由{{ one.owner }}负责，共有{{ one.count }}项内容。", numbers)
            done = "投入{{ one.budget | money }}万元，完成{{ one.rate | percent }}，{{ one.text }}。"
            yield _paragraph(f"{_prose(next(places))}{done}", numbers)
            yield _paragraph("{%p endfor %}", numbers)
        for name in ("praised", "lacking"):
            said = f"{{{{ unit.head }}}}汇报：{{{{ {name}.text }}}}，共{{{{ {name}.count }}}}处。"
            yield _paragraph(f"{{%p if {name}.held %}}", numbers)
            yield _paragraph(f"{_prose(next(places))}{said}", numbers)
            yield _paragraph("{%p endif %}", numbers)
    yield _table()
    yield _paragraph("{{ unit.name }}于{{ year }}年报出，联系人{{ unit.head }}。", numbers)


def _prose(place: int) -> str:
    """Write a long half sentence, another one in each place."""
    return "".join(f"{_PHRASES[(place * step + step * step) % len(_PHRASES)]}，" for step in range(1, 23))


def _paragraph(text: str, numbers: Iterator[int]) -> str:
    """Write a paragraph as an editor leaves it: a run for each change of script, so for each tag, or even two."""
    cuts = [0]
    for tag in _TAG.finditer(text):
        within = [] if next(numbers) % SPLIT_EVERY else [tag.start() + len("{{ on")]
        cuts += [tag.start(), *within, tag.end()]
    runs = (_run(text[start:end], _LARGE) for start, end in pairwise([*cuts, len(text)]) if start < end)
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

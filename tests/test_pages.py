"""The pages of the sample and of a probe, as LibreOffice lays them out, measured against GB/T 9704-2012.

`POINTS` holds every point of the standard that a page can show, with its clause and its bounds. Which fonts there are
differs from computer to computer, so the names of fonts are read in the Word file (`FONTS`), as are the properties that
only editing shows. LibreOffice 7.4 lets punctuation hang over the right edge whatever the file says, and leaves a fifth
of a character between a Chinese one and a figure, where Word leaves a quarter.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from statistics import mode
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reportgen import pdf
from reportgen.word.template import compile as compile_template
from reportgen.word.text import read
from tests.shipped import NAMES, VAL, ids, name_of, tree, with_body
from tests.tools.pages import MM, Box, Page, Picture, pages
from tests.word_files import W, paragraph, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from tests.conftest import Printed

HEAD = ["一级指标", "二级指标", "三级指标", "分值", "评分标准", "得分", "扣分原因"]
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 184 * MM, 37 * MM, 262 * MM
BODY, NUMBER = 16.0, 14.0
HEADINGS = ["标题一", "标题二", "标题三", "标题四", "标题五"]
NUMERAL = re.compile("—([0-9]+)—")
LONG = "超过一行的附件名称" * 4
CLOSINGS = [("甲镇", "2022年12月31日"), ("甲乙丙丁镇人民政府", "2022年6月1日")]


class Sheets(NamedTuple):
    """What is measured: the sample's pages, the probe's pages, the sample's document, and who draws pages."""

    sample: list[Page]
    probe: list[Page]
    data: bytes
    draw: Callable[[Page], Picture]

    @property
    def prose(self) -> list[Page]:
        """Give the pages between the cover and the annexes."""
        return self.sample[1 : self.annexes[0]]

    @property
    def annexes(self) -> list[int]:
        """Give the pages, counted from 0, that begin an annex."""
        return [at for at, page in enumerate(self.sample) if at and page.lines[0].text.startswith("附件")]

    @property
    def table(self) -> list[Page]:
        """Give the pages of the score table."""
        return self.sample[slice(*self.annexes[:2])]


@pytest.fixture(scope="module")
def sheets(tool: Callable[[str], Path], printed: Printed, tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    made, found = pdf.convert({"probe": probe()})
    assert found == []
    path = tmp_path_factory.mktemp("pages") / "probe.pdf"
    path.write_bytes(made["probe"])
    sample, laid_out = (list(pages(one, tool("pdftotext"))) for one in (printed.pdf, path))
    return Sheets(sample, laid_out, printed.docx.read_bytes(), cache(lambda page: Picture(page, tool("pdftoppm"))))


def probe() -> bytes:
    """Write with the template's styles what the sample does not hold: plain full lines, and texts of odd lengths."""
    tab = "<w:r><w:tab/></w:r>"
    listed = [f"{run('附件：')}{tab}{run('1.')}{tab}{run(LONG)}", f"{tab}{run('2.')}{tab}{run('短名称')}"]
    body = [
        paragraph("国" * (28 * 30 - 2), ids()["正文段"]),
        paragraph("国" * 40, ids()["正文末段"]),
        *(paragraph(style=ids()["附件说明（多件）"], runs=runs) for runs in listed),
        paragraph("末" * 10, ids()["正文段"]),
        paragraph(f"附件：{LONG}", ids()["附件说明"]),
        *(
            paragraph(text, ids()[name])
            for pair in CLOSINGS
            for name, text in zip(("署名", "成文日期"), pair, strict=True)
        ),
    ]
    template, found = compile_template(with_body("".join(body)), "probe.docx")
    assert template, found
    filled_in, found = template.render({})
    assert filled_in, found
    return filled_in


def text_lines(page: Page) -> list[Box]:
    """Give the lines of a page without its number."""
    return [line for line in page.lines if not NUMERAL.fullmatch(line.text)]


def number_of(page: Page) -> Box:
    """Give the line with the number of a page."""
    return page.lines[-1]


def size(box: Box) -> float:
    """Measure the size of the type of a line of Chinese characters from what one of them takes."""
    return (box.right - box.left) / len(box.text)


def line(pages: Iterable[Page], text: str) -> Box:
    """Find a line by what it begins with."""
    return next(one for page in pages for one in page.lines if one.text.startswith(text))


def flush(sheets: Sheets) -> list[Box]:
    """Give the lines of the prose that begin at the left edge."""
    return [one for page in sheets.prose for one in text_lines(page) if one.left < LEFT + BODY]


def filled(sheets: Sheets) -> list[Box]:
    """Give the lines of the prose that their paragraph goes on after, without those whose last sign may hang over."""
    pairs = [pair for page in sheets.prose for pair in pairwise(text_lines(page))]
    return [one for one, after in pairs if after.left < LEFT + BODY and one.text[-1] not in "，。；：、！？”）》"]


def plain(sheets: Sheets) -> list[Box]:
    """Give those of them that begin at the left edge and hold nothing narrow."""
    return [
        one for one in filled(sheets) if one.left < LEFT + BODY and re.fullmatch("[一-鿿，。；：、（）]+", one.text)
    ]


def heading_lines(sheets: Sheets) -> list[Box]:
    """Give the lines of the prose that headings stand on."""
    document, _ = read(sheets.data, "report.docx")
    assert document
    headings = [one.text for one in document.paragraphs if one.style in HEADINGS]
    return [line(sheets.prose, heading[:20]) for heading in headings]


def columns(sheets: Sheets, name: str) -> Iterator[Box]:
    """Give the figures in a column of the score table, told by the name over it."""
    for page in sheets.table:
        head = next(word for word in page.words if word.text == name)
        yield from (one for one in page.column(head.left - 6, head.right + 4) if re.fullmatch("[0-9.]+", one.text))


def edges(sheets: Sheets) -> Iterator[tuple[float, float]]:
    """Give where the outermost rules of the table stand, page by page, from the picture."""
    for page in sheets.table:
        rules = sheets.draw(page).rules
        yield rules[0], rules[-1]


def below(sheets: Sheets) -> Iterator[float]:
    """Give how far below the type area the dash of each of three page numbers is inked."""
    for page in sheets.prose[:3]:
        number = number_of(page)
        inked = sheets.draw(page).rows(number.left, number.left + NUMBER / 2, BOTTOM, page.height)
        yield (inked[0] + inked[-1]) / 2 - BOTTOM


def closings(sheets: Sheets) -> list[tuple[Box, Box]]:
    """Give the lines of signature and date: of the sample, then of the probe."""
    lines = [one for pages in (sheets.prose[-1:], sheets.probe) for page in pages for one in text_lines(page)]
    return [(one, other) for one, other in pairwise(lines) if re.fullmatch(r"\d{4}年\d+月\d+日", other.text)]


def notes(sheets: Sheets) -> list[Box]:
    """Give the lines of the notes on attachments in the probe: two long names of two lines each, one short."""
    lines = [one for page in sheets.probe for one in text_lines(page)]
    start = next(at for at, one in enumerate(lines) if one.text.startswith("附件"))
    return lines[start : start + 6]


def names(sheets: Sheets) -> list[float]:
    """Give where the names of attachments and their second lines begin."""
    words = [
        word for page in sheets.probe for word in page.words if word.text[0] in "超短的名称" and word.left > LEFT + BODY
    ]
    return [word.left for word in words[:3]]


def full(sheets: Sheets) -> list[Box]:
    """Give the lines of the probe's long paragraph that it fills from edge to edge."""
    return text_lines(sheets.probe[0])[1:]


def pitch(sheets: Sheets) -> float:
    """Measure the way from line to line over a whole page."""
    lines = text_lines(sheets.probe[0])
    return (lines[-1].bottom - lines[0].bottom) / (len(lines) - 1)


def pitches(sheets: Sheets) -> list[float]:
    """Measure each way from line to line in the prose, but for the blank lines before the closing texts."""
    ways = [b.bottom - a.bottom for page in sheets.prose for a, b in pairwise(text_lines(page))]
    return [way for way in ways if way < 2 * NUMBER + BODY]


def firsts(sheets: Sheets) -> list[Box]:
    """Give the first lines of paragraphs: those that follow a line which ends short of the right edge."""
    pairs = [pair for page in sheets.prose[:-1] for pair in pairwise(text_lines(page))]
    return [after for before, after in pairs if before.right < RIGHT - 2 * BODY]


def gap(sheets: Sheets, text: str) -> float:
    """Count the lines from the one before a text to it: 2 is one blank line between."""
    before, after = next((a, b) for a, b in pairwise(text_lines(sheets.prose[-1])) if b.text.startswith(text))
    return (after.bottom - before.bottom) / pitch(sheets)


def from_right(box: Box) -> float:
    """Count the characters between a text and the right edge."""
    return (RIGHT - box.right) / BODY


def off_centre(box: Box) -> float:
    """Measure how far the middle of a line is from the middle of the type area, in mm."""
    return ((box.left + box.right) - (LEFT + RIGHT)) / 2 / MM


def as_high(sheets: Sheets, box: Box) -> float:
    """Measure the size of type by the height of its box, beside that of the body: both fonts are one here."""
    body = full(sheets)[0]
    return BODY * (box.bottom - box.top) / (body.bottom - body.top)


def spread(boxes: Iterable[Box]) -> list[float]:
    """Measure how far the right edges of figures are from the first of them."""
    edges = [box.right for box in boxes]
    return [edge - edges[0] for edge in edges]


PT = 0.3  # what LibreOffice rounds, in points
POINTS: Mapping[str, tuple[float, float, Callable[[Sheets], Iterable[float]]]] = {
    "5.1 paper is 210 mm wide": (209.8, 210.2, lambda s: [page.width / MM for page in s.sample]),
    "5.1 paper is 297 mm high": (296.8, 297.2, lambda s: [page.height / MM for page in s.sample]),
    "5.2.1 left margin 28 mm ± 1": (27, 29, lambda s: [one.left / MM for one in flush(s)]),
    "5.2.1 right margin 26 mm ± 1": (
        25,
        27,
        lambda s: [210 - one.right / MM for one in filled(s)],
    ),
    "5.2.1 top margin 37 mm ± 1": (
        36,
        38,
        lambda s: [(text_lines(page)[0].bottom - pitch(s)) / MM for page in s.prose],
    ),
    "5.2.1 bottom margin 35 mm ± 1": (34, 36, lambda s: [297 - text_lines(s.probe[0])[-1].bottom / MM]),
    "5.2.1 type area 156 mm wide": (155, 156.1, lambda s: [(one.right - one.left) / MM for one in full(s)]),
    "5.2.1 type area 225 mm high": (224, 225.1, lambda s: [22 * pitch(s) / MM]),
    "5.2.2 body is 16 pt (three)": (15.7, 16, lambda s: [size(one) for one in full(s)]),
    "5.2.3 22 lines on a page": (22, 22, lambda s: [len(text_lines(page)) for page in (s.probe[0], s.prose[0])]),
    "5.2.3 28 characters on a line": (28, 28, lambda s: [len(one.text) for one in full(s)]),
    "5.2.3 28 characters, in the sample": (
        28,
        28,
        lambda s: [mode(len(one.text) for one in plain(s))],
    ),
    "line pitch 27.74 to 28.99 pt": (27.74, 29.05, pitches),
    "7.3.2 title is 22 pt (two)": (
        21.8,
        22.2,
        lambda s: [size(line(s.sample, "县级部门")), size(line(s.table, "部门整体"))],
    ),
    "7.3.2 titles are centred, mm off": (
        -1,
        1,
        lambda s: [off_centre(line(s.sample[:1], "县级部门")), off_centre(line(s.table, "部门整体"))],
    ),
    "7.3.3 first lines are 2 characters in": (1.95, 2.05, lambda s: [(one.left - LEFT) / BODY for one in firsts(s)]),
    "7.3.3 headings are 2 characters in": (
        1.95,
        2.05,
        lambda s: [(one.left - LEFT) / BODY for one in heading_lines(s)],
    ),
    "7.3.3 headings are 16 pt (three)": (
        15.7,
        16.1,
        lambda s: [size(one) for one in heading_lines(s) if not re.search("[0-9①-⑳]", one.text)],
    ),
    "no page ends with a heading": (0, 0, lambda s: [text_lines(page)[-1] in heading_lines(s) for page in s.prose]),
    "7.3.4 attachments stand after a blank line": (1.98, 2.02, lambda s: [gap(s, "附件：")]),
    "7.3.4 attachments are 2 characters in": (
        1.95,
        2.05,
        lambda s: [(one.left - LEFT) / BODY for one in notes(s) if one.text.startswith("附件：")],
    ),
    "7.3.4 names of attachments stand under each other": (-PT, PT, lambda s: [name - names(s)[0] for name in names(s)]),
    "7.3.5 the signature stands after a blank line": (1.98, 2.02, lambda s: [gap(s, "丰顺县砂田镇人民政府")]),
    "7.3.5 the signature ends 2 characters from the right": (
        1.9,
        2.1,
        lambda s: [from_right(closings(s)[at][0]) for at in (0, 2)],
    ),
    "7.3.5 the date begins 2 characters after it": (
        1.8,
        2.25,
        lambda s: [(date.left - one.left) / BODY for one, date in closings(s)],
    ),
    "7.3.5 a longer date ends 2 characters from the right": (1.9, 2.1, lambda s: [from_right(closings(s)[1][1])]),
    "7.3.5 text stands on the page of the signature": (3, 22, lambda s: [len(text_lines(s.prose[-1]))]),
    "7.3.7 each attachment begins a page": (2, 2, lambda s: [len(s.annexes)]),
    "7.3.7 the label of an attachment is at the left": (
        -PT,
        PT,
        lambda s: [s.sample[at].lines[0].left - LEFT for at in s.annexes],
    ),
    "7.3.7 its title is on line 3": (
        2.9,
        3.1,
        lambda s: [(s.sample[at].lines[1].bottom - TOP) / pitch(s) for at in s.annexes],
    ),
    "7.5 numbers are 14 pt (four)": (13.9, 14.1, lambda s: [as_high(s, number_of(page)) for page in s.prose]),
    "7.5 the dash is 7 mm below the type area": (6.5, 7.5, lambda s: [one / MM for one in below(s)]),
    "7.5 odd numbers are 1 character from the right": (
        0.9,
        1.1,
        lambda s: [(RIGHT - number_of(page).right) / NUMBER for page in s.sample[1::2]],
    ),
    "7.5 even numbers are 1 character from the left": (
        0.9,
        1.1,
        lambda s: [(number_of(page).left - LEFT) / NUMBER for page in s.sample[2::2]],
    ),
    "8 the table begins at the left edge, mm": (27.8, 28.2, lambda s: [left / MM for left, _ in edges(s)]),
    "8 the table ends at the right edge, mm": (183.6, 184.1, lambda s: [right / MM for _, right in edges(s)]),
    "8 the table is at most 156 mm wide": (155.5, 156.1, lambda s: [(right - left) / MM for left, right in edges(s)]),
    "the table is 10.5 pt (five)": (
        10.4,
        10.6,
        lambda s: [size(word) for page in s.table for word in page.words if word.text in HEAD],
    ),
    "scores end under each other": (-PT, PT, lambda s: spread(columns(s, "得分"))),
    "points end under each other": (-PT, PT, lambda s: spread(columns(s, "分值"))),
    "5.2.4 everything is black": (
        1,
        1,
        lambda s: [s.draw(page).is_grey() for page in (s.sample[0], s.prose[0], s.table[0])],
    ),
}


@pytest.mark.parametrize("point", POINTS)
def test_every_point_of_the_standard_is_kept(sheets: Sheets, point: str) -> None:
    low, high, measure = POINTS[point]
    measured = list(measure(sheets))
    assert measured
    assert [one for one in measured if not low <= one <= high] == []


def test_the_cover_has_its_fields_and_no_number(sheets: Sheets) -> None:
    said = [one.text for one in sheets.sample[0].lines]
    fields = ["部门名称（公章）", "下属二级预算单位数量", "填报人", "联系电话", "填报日期"]
    assert [field for field in fields if not any(one.startswith(field) for one in said)] == []
    assert "—" not in "".join(said)


def test_pages_after_the_cover_are_numbered_from_one(sheets: Sheets) -> None:
    numbers = [NUMERAL.fullmatch(number_of(page).text) for page in sheets.sample[1:]]
    assert [found and int(found[1]) for found in numbers] == list(range(1, len(numbers) + 1))


def test_the_score_table_repeats_its_head_on_every_page(sheets: Sheets) -> None:
    assert len(sheets.table) > 1
    for page in sheets.table:
        words = [word.text for word in page.words]
        assert [word for word in HEAD if word not in words] == []


def test_no_row_of_the_score_table_is_split(sheets: Sheets) -> None:
    document, _ = read(sheets.data, "report.docx")
    assert document
    standards = [one.text for one in document.paragraphs if re.fullmatch("表1 第[0-9]+行第5列", one.cell)][1:-1]
    columns = ["".join(word.text for word in standard_column(page)) for page in sheets.table]
    assert len(standards) == 27
    assert [one for one in standards if not any(one.replace(" ", "") in column for column in columns)] == []


def standard_column(page: Page) -> list[Box]:
    """Give the words in the column of the standards of the score table, line by line."""
    head = next(word for word in page.words if word.text == "评分标准")
    middle = (head.left + head.right) / 2
    return sorted(page.column(middle - 70, middle + 70), key=lambda word: (round(word.bottom), word.left))


def test_attachments_are_named_without_a_stop(sheets: Sheets) -> None:
    note = [one.text for one in text_lines(sheets.prose[-1]) if one.text.startswith(("附件：", "2."))]
    assert note == ["附件：1.部门整体支出绩效自评评分表", "2.佐证材料清单"]


# By style: the fonts of Chinese characters that may stand, the first of them named, the others for where it is missing.
FONTS = {
    "正文段": ["仿宋_GB2312", "仿宋", "FangSong"],
    "报告标题": ["方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "华文中宋"],
    "附件标题": ["方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "华文中宋"],
    "标题一": ["黑体", "SimHei"],
    "标题二": ["楷体_GB2312", "楷体", "KaiTi"],
    "标题三": ["仿宋_GB2312", "仿宋", "FangSong"],
    "标题四": ["仿宋_GB2312", "仿宋", "FangSong"],
    "标题五": ["仿宋_GB2312", "仿宋", "FangSong"],
    "附件标识": ["黑体", "SimHei"],
    "表格文字": ["仿宋_GB2312", "仿宋", "FangSong"],
    "页码（单页）": ["宋体", "SimSun"],
    "页码（双页）": ["宋体", "SimSun"],
}


@pytest.mark.parametrize("name", FONTS)
def test_a_style_names_its_font_and_what_stands_in_for_it(name: str) -> None:
    styles, fonts = tree("styles"), tree("fontTable")
    font = inherited(styles, name, "rFonts", "eastAsia")
    other = fonts.find(f"w:font[@w:name='{font}']/w:altName", NAMES)
    assert other is not None
    assert [font, *str(other.get(VAL)).split(",")][: len(FONTS[name])] == FONTS[name]
    assert inherited(styles, name, "b", "val") is None
    assert inherited(styles, name, "color", "val") is None


def test_styles_are_named_in_chinese_and_stand_in_the_gallery() -> None:
    own = tree("styles").findall("w:style[@w:type='paragraph'][@w:customStyle='1']", NAMES)
    names = [name_of(style) for style in own]
    assert [name for name in names if not re.fullmatch("[一-鿿（）]+", name)] == []
    assert [name for name, style in zip(names, own, strict=True) if style.find("w:qFormat", NAMES) is None] == []
    assert {*HEADINGS, "正文段", "报告标题", "表格文字", "附件说明", "署名", "成文日期"} <= set(names)


def test_the_label_of_an_attachment_asks_for_a_page_of_its_own() -> None:
    (label,) = tree("styles").iterfind("w:style/w:name[@w:val='附件标识']/..", NAMES)
    assert label.find("w:pPr/w:pageBreakBefore", NAMES) is not None  # in the sample a page would begin there anyhow


def test_rows_stay_whole_and_heads_repeat() -> None:
    tables = tree("document").findall(".//w:tbl", NAMES)
    assert len(tables) == 2
    for table in tables:
        rows = table.findall("w:tr", NAMES)
        assert [row for row in rows if row.find("w:trPr/w:cantSplit", NAMES) is None] == []
        assert rows[0].find("w:trPr/w:tblHeader", NAMES) is not None


def inherited(styles: Element, name: str, property_: str, attribute: str) -> str | None:
    """Look a property of characters up in a style, in those that it is based on, and in what holds for all."""
    style = styles.find(f"w:style/w:name[@w:val='{name}']/..", NAMES)
    while style is not None:
        said = style.find(f"w:rPr/w:{property_}", NAMES)
        if said is not None and said.get(f"{{{W}}}{attribute}"):
            return said.get(f"{{{W}}}{attribute}")
        base = style.find("w:basedOn", NAMES)
        style = None if base is None else styles.find(f"w:style[@w:styleId='{base.get(VAL)}']", NAMES)
    said = styles.find(f"w:docDefaults/w:rPrDefault/w:rPr/w:{property_}", NAMES)
    return None if said is None else said.get(f"{{{W}}}{attribute}")

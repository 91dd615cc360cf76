"""The lines before the first heading in; the title, the fields of the cover, the year and the name of the unit out."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.report.model import Cover, Field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.report.model import Cell, Line, Section, Table

_LABELS: Final = (
    "部门名称|单位名称|部门（单位）名称|部门全称|部门（单位）全称|单位全称|评价单位|填报单位|预算单位|项目名称|预算编码|评价年度|评价类型|评价方式|评价机构"
    "|所属下属二级预算单位数量|所属下级预算单位数量|下属二级预算单位数量|下属下级预算单位数量|下属预算单位数量|填报人|填表人|联系人|经办人|单位负责人|负责人"
    "|联系电话|联络电话|电话|填报日期|填报时间|填表日期|报告日期|评价时间|主管部门审核意见|财政部门审核意见"
)
_SPACED: Final = "|".join(r"[ \u3000]{0,8}".join(one) for one in _LABELS.split("|"))
_FULL: Final = {ord("("): "（", ord(")"): "）"}
_SEAL: Final = r"(?:\s*[（(]\s*(?:盖?公章|盖章|签章|印章|签字)\s*[）)])"
_LABEL: Final = re.compile(rf"(?:^|(?<=\s))(?P<label>{_SPACED}){_SEAL}?(?:\s*[：:]{_SEAL}?[^\S\n]*|[ \u3000]+(?=\d))")
_CELL: Final = re.compile(rf"\s*(?P<label>{_SPACED}){_SEAL}?\s*[：:]?\s*")
_SEALED: Final = re.compile(rf"{_SEAL}\s*$")
_NAMES: Final = re.compile("(?:部门|单位|部门（单位）)(?:名称|全称)|(?:评价|填报|预算)单位")
_TITLE: Final = re.compile(
    r"报告\s*(?:[（(][^（）()]{0,20}[）)])?$|自评(?:材料|表|报告书?)|^[（(]?\s*20\d\d\s*年?度?\s*[）)]?$"
)
_NO_TITLE: Final = re.compile("[。；：:！？，]|^(?:根据|按照|为了?|目录|附件|附表|附)|^\\d+$")
_DATED: Final = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月")
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)\s*年(?!\s*\d+\s*月)")
_UNIT: Final = re.compile(
    "(?:关于)?(?P<name>(?![县市省区州]级|部门|单位|年度|整体)[\u4e00-\u9fff（）]{2,30}?)"
    "(?:20\\d\\d年|(?:部门|单位)?(?:预算)?(?:整体|项目)(?:支出)?绩效|部门(?:支出)?绩效)"
)
_COVER_YEAR: Final = re.compile("评价年度")
_FILLED: Final = re.compile("填报日期|填报时间|填表日期|报告日期|评价时间")
_FOUR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_FILLED_YEAR: Final = re.compile(r"20\d\d")
_MOST_TITLE: Final = 60
_ABOVE: Final = 3  # lines of a title above the one that says 报告


class Front(NamedTuple):
    """The cover, the year that the report is about, and the name of the unit."""

    cover: Cover
    year: int | None
    unit: str


def front(lines: Sequence[Line], tables: Sequence[Table], sections: Sequence[Section]) -> Front:
    """Read what stands before the text."""
    before = sections[0].lines
    fields = (*_fields(before), *(one for table in tables for one in _of_table(table, before)))
    held = {one.line.number for one in fields}
    lone = {one.number for table in tables for row in table.rows if len({*row}) == 1 for one in row[0].lines}
    may = [one for one in before if one.number not in held and (one.cell is None or one.number in lone)]
    cover = Cover(tuple(_title(may)), fields)
    return Front(cover, _year(cover, lines), _unit(cover))


def stated_year(cover: Cover) -> int | None:
    """Give the year that a field of the cover or the title names."""
    named = [one.value for one in cover.fields if _COVER_YEAR.fullmatch(one.label)]
    texts = (*named, *(one.text for one in cover.title))
    return next((int(found[1]) for found in map(_FOUR.search, texts) if found), None)


def _fields(lines: Sequence[Line]) -> Iterator[Field]:
    """Read the fields in lines outside tables, of which a line may have several."""
    for line in lines:
        if line.cell is None:
            yield from _of_line(line)


def _of_line(line: Line) -> Iterator[Field]:
    """Read fields with ： behind their labels; the value ends at the next label, or with the line."""
    text = line.text.translate(_FULL)
    found = [*_LABEL.finditer(text)]
    if not found or text[: found[0].start()].strip():
        return
    for one, after in zip(found, [*(other.start() for other in found[1:]), len(text)], strict=True):
        end = text.find("\n", one.end(), after)
        said = text[one.end() : after if end < 0 else end].rstrip()
        said = line.text[one.end() : one.end() + len(_SEALED.sub("", said).rstrip())]
        yield Field(_plain(one["label"]), said, line, one.end(), one.end() + len(said))


def _of_table(table: Table, before: Sequence[Line]) -> Iterator[Field]:
    """Read the fields of a table that stands before the text, or names the unit; the value is in the cell beside."""
    cells = [(cell, row) for at, row in enumerate(table.rows) for cell in row if cell.lines and cell.row == at]
    cells = [one for at, one in enumerate(cells) if one[0] is not cells[at - 1][0] or not at]
    labels = [found for cell, _ in cells for found in [_CELL.fullmatch(cell.text.translate(_FULL))] if found]
    is_before = bool(cells) and bool(before) and cells[0][0].lines[0].number <= before[-1].number
    if not is_before and not any(_NAMES.fullmatch(_plain(one["label"])) for one in labels):
        return
    for cell, row in cells:
        found = _CELL.fullmatch(cell.text.translate(_FULL))
        if found:
            yield _beside(cell, row, _plain(found["label"]))
        else:
            for line in cell.lines:
                yield from _of_line(line)


def _beside(cell: Cell, row: Sequence[Cell], label: str) -> Field:
    """Read the value in the cell to the right of a label; another label there leaves it empty."""
    value = next((one for one in row if one.column > cell.column), None)
    line = cell.lines[0]
    if value is None or not value.lines or _CELL.fullmatch(value.text.translate(_FULL)):
        return Field(label, "", line, len(line.text), len(line.text))
    first = value.lines[0]
    return Field(label, value.text.strip(), first, 0, len(first.text))


def _plain(label: str) -> str:
    return re.sub(r"\s", "", label)


def _title(before: Sequence[Line]) -> Iterator[Line]:
    """Give the lines of the title: those that say 报告 or the year, and what stands right above the first of them."""
    said = (one for one in before if one.text.strip())
    top = [*takewhile(lambda one: len(one.text.strip()) <= _MOST_TITLE and "。" not in one.text, said)]
    named = [at for at, one in enumerate(top) if _may_be_title(one) and _TITLE.search(one.text.strip())]
    if not named:
        return
    above = [*takewhile(_may_be_title, reversed(top[max(0, named[0] - _ABOVE) : named[0]]))]
    yield from reversed(above)
    yield from (top[at] for at in named)


def _may_be_title(line: Line) -> bool:
    return not _NO_TITLE.search(line.text.strip()) and not _DATED.search(line.text)


def _year(cover: Cover, lines: Sequence[Line]) -> int | None:
    """Give the year that is named on the cover, else the one before that of filling in, else the most frequent."""
    stated = stated_year(cover)
    if stated:
        return stated
    counts = Counter(found for one in lines for found in _YEAR.findall(one.text))
    filled = next((one.value for one in cover.fields if _FILLED.fullmatch(one.label)), "")
    last = _FILLED_YEAR.match(filled)
    if last and str(int(last.group()) - 1) in counts:
        return int(last.group()) - 1
    return int(max(counts, key=lambda year: (counts[year], year))) if counts else None


def _unit(cover: Cover) -> str:
    """Give the name that is filled in on the cover, else the one that the title begins with."""
    filled = next((one.value for one in cover.fields if _NAMES.fullmatch(one.label) and one.value), "")
    if filled:
        return filled
    title = "".join(one.text.strip() for one in cover.title)
    found = _UNIT.match(title)
    return found["name"] if found else ""

"""The lines before the first heading in; the title, the fields of the cover, the year and the name of the unit out."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.report.model import Cover, Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.report.model import Line, Section

_LABELS: Final = (
    "部门名称|单位名称|部门（单位）名称|部门全称|评价单位|填报单位|预算单位|项目名称|预算编码|评价年度|评价类型|评价方式|评价机构"
    "|(?:所属)?下属(?:二级|下级)?预算单位数量|所属下级预算单位数量|填报人|填表人|联系人|经办人|负责人|单位负责人|联系电话|电话"
    "|填报日期|填报时间|报告日期|评价时间|主管部门审核意见|财政部门审核意见"
)
_SEAL: Final = r"(?:\s*[（(]\s*(?:盖?公章|盖章|签章|印章)\s*[）)])?"
_FIELD: Final = re.compile(rf"\s*(?P<label>{_LABELS}){_SEAL}\s*[：:]\s*{_SEAL}\s*(?P<value>.*?)\s*")
_TITLE: Final = re.compile(r"报告\s*(?:（[^（）]*）)?|自评(?:材料|表|报告书?)|（\s*\d{4}\s*年?度?\s*）")
_NAMES: Final = re.compile("部门名称|单位名称|部门（单位）名称|部门全称|评价单位|填报单位|预算单位")
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)\s*年(?!\s*\d+\s*月)")
_UNIT: Final = re.compile(
    "^(?P<name>[\u4e00-\u9fff（）]{2,30}?)20\\d\\d年|关于(?P<about>[\u4e00-\u9fff]{2,20}?)20\\d\\d年"
)
_COVER_YEAR: Final = re.compile("评价年度")
_FILLED: Final = re.compile("填报日期|填报时间|报告日期|评价时间")
_FOUR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_FILLED_YEAR: Final = re.compile(r"20\d\d")
_MOST_TITLE: Final = 60
_SOON: Final = 4  # lines after the cover in which a title may still stand


class Front(NamedTuple):
    """The cover, the year that the report is about, and the name of the unit."""

    cover: Cover
    year: int | None
    unit: str


def front(lines: Sequence[Line], sections: Sequence[Section]) -> Front:
    """Read what stands before the text."""
    before = sections[0].lines if sections else ()
    fields = tuple(_fields(before))
    held = {one.line.number for one in fields}
    title = tuple(one for one in before if one.number not in held and _is_title(one.text))
    cover = Cover(title, fields)
    return Front(cover, _year(cover, lines), _unit(cover))


def _fields(lines: Iterable[Line]) -> Iterator[Field]:
    """Read the fields in lines, and in tables where a label has a cell of its own and the value stands beside it."""
    waiting: Field | None = None
    for line in lines:
        found = _FIELD.fullmatch(line.text if line.cell is None else f"{line.text}：")
        if found and line.cell is None:
            yield Field(found["label"], found["value"], line, *found.span("value"))
        elif found:
            waiting = Field(found["label"], "", line, len(line.text), len(line.text))
        elif waiting and line.cell:
            yield waiting._replace(value=line.text.strip(), line=line, start=0, end=len(line.text))
            waiting = None


def _is_title(text: str) -> bool:
    said = text.strip()
    return 0 < len(said) <= _MOST_TITLE and "。" not in said and _TITLE.search(said) is not None


def stated_year(cover: Cover) -> int | None:
    """Give the year that a field of the cover or the title names."""
    named = [one.value for one in cover.fields if _COVER_YEAR.fullmatch(one.label)]
    texts = (*named, *(one.text for one in cover.title))
    return next((int(found[1]) for found in map(_FOUR.search, texts) if found), None)


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
    found = next((found for one in cover.title for found in [_UNIT.search(one.text.strip())] if found), None)
    return found["name"] if found else ""

"""The text of a report of the corpus in; out as a plain text, or as a Word file with real headings and tables."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from reportgen.word.look.roles import numeral
from tests.lists import definition, level, listing
from tests.word_files import WML, cell, paragraph, part, run
from tests.word_files import docx as word_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HEADING: Final = re.compile(r"(?P<marks>#{1,5}) (?P<said>.*)")
_ABOVE, _LEFT = "^", "<"
_KINDS: Final = (
    ("chineseCountingThousand", re.compile("[一二三四五六七八九十]+")),
    ("decimal", re.compile(r"\d+")),
    ("decimalEnclosedCircleChinese", re.compile("[①-⑳]")),
)
_HEAD_ROW: Final = "<w:trPr><w:tblHeader/></w:trPr>"


def plain(text: str) -> str:
    """Write a plain text: headings without their marks, cells parted by tabs, empty where another one covers them."""
    return "\n".join(_plain_line(one) for one in text.split("\n"))


def _plain_line(line: str) -> str:
    if line.startswith("|"):
        return "\t".join("" if one in {_ABOVE, _LEFT} else one for one in _cells(line))
    heading = _HEADING.fullmatch(line)
    return heading["said"] if heading else line


def docx(text: str, *, automatic: bool) -> bytes:
    """Write a Word file; `automatic` lets Word count the headings, as their first numerals show how."""
    blocks: list[str] = []
    for is_row, lines in groupby(text.strip().split("\n"), lambda one: one.startswith("|")):
        if is_row:
            blocks.append(_table([_cells(one) for one in lines]))
        else:
            blocks += (_block(one, automatic=automatic) for one in lines)
    levels = _levels(text) if automatic else {}
    return word_file(
        "".join(blocks),
        links=[("rId90", "numbering", "numbering.xml")],
        types={"word/numbering.xml": f"{WML}.numbering+xml"},
        replace={"word/styles.xml": part("styles", _styles()), "word/numbering.xml": _numbering(levels)},
    )


def _cells(line: str) -> list[str]:
    return [one.strip() for one in line.strip().strip("|").split("|")]


def _block(line: str, *, automatic: bool) -> str:
    heading = _HEADING.fullmatch(line)
    if not heading:
        return paragraph(line)
    depth, said = len(heading["marks"]), heading["said"]
    mark = numeral(said) if automatic else None
    if not mark:
        return paragraph(said, f"h{depth}")
    counted = f'<w:numPr><w:ilvl w:val="{depth - 1}"/><w:numId w:val="1"/></w:numPr>'
    words = run(said[len(mark.typed) :])
    return f'<w:p><w:pPr><w:pStyle w:val="h{depth}"/>{counted}</w:pPr>{words}</w:p>'


def _levels(text: str) -> Mapping[int, str]:
    """Give for each level of headings the first numeral that is typed."""
    found: dict[int, str] = {}
    for line in text.split("\n"):
        heading = _HEADING.fullmatch(line)
        mark = numeral(heading["said"]) if heading else None
        if heading and mark:
            found.setdefault(len(heading["marks"]), mark.typed)
    return found


def _numbering(levels: Mapping[int, str]) -> bytes:
    listed = (level(depth - 1, *_counted(depth, typed)) for depth, typed in sorted(levels.items()))
    return part("numbering", definition(*listed, key="0") + listing("1", "0"))


def _counted(depth: int, typed: str) -> tuple[str, str]:
    """Give the format of a level and what is shown, out of a numeral that is typed."""
    return next((kind, sign.sub(f"%{depth}", typed)) for kind, sign in _KINDS if sign.search(typed))


def _styles() -> str:
    heads = "".join(
        f'<w:style w:type="paragraph" w:styleId="h{depth}"><w:name w:val="heading {depth}"/>'
        f'<w:pPr><w:outlineLvl w:val="{depth - 1}"/></w:pPr></w:style>'
        for depth in range(1, 6)
    )
    return f'<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>{heads}'


def _table(rows: Sequence[Sequence[str]]) -> str:
    grid = '<w:gridCol w:w="1000"/>' * max(map(len, rows))
    head = '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    body = "".join(
        f"<w:tr>{'' if at else _HEAD_ROW}{''.join(_row(row, rows[at + 1 : at + 2]))}</w:tr>"
        for at, row in enumerate(rows)
    )
    return f"{head}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _row(row: Sequence[str], after: Sequence[Sequence[str]]) -> Iterator[str]:
    """Write the cells of a row; one is over several columns or rows where signs beside and below it say so."""
    for at, said in enumerate(row):
        if said == _LEFT:
            continue
        wide = next((more for more, one in enumerate(row[at + 1 :]) if one != _LEFT), len(row) - at - 1) + 1
        goes_on = any(at < len(one) and one[at] == _ABOVE for one in after)
        span = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
        merge = "<w:vMerge/>" if said == _ABOVE else '<w:vMerge w:val="restart"/>' if goes_on else ""
        yield cell(paragraph("" if said == _ABOVE else said), f"{span}{merge}")

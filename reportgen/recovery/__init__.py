"""The report of anyone and a pack in, a facts file for the pack with what was read out: the first step of a newcomer.

The pack's own template says what stands where. What it printed itself is read back surely; of other reports, what
stands under the same headings or behind the same words is read loosely, and what is in doubt stays a gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.blank import draft
from reportgen.recovery import labels, pattern
from reportgen.recovery.matching import Found, match, match_lines, match_text
from reportgen.recovery.rows import parts, rows
from reportgen.recovery.values import converted, lacking, nested
from reportgen.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.packs import Pack
    from reportgen.recovery.labels import Shelf
    from reportgen.recovery.pieces import Piece
    from reportgen.recovery.rows import Part, Row
    from reportgen.recovery.values import Read
    from reportgen.report import Text

__all__ = ["Recovered", "recover"]


class Recovered(NamedTuple):
    """The facts file as text, and how many values were read surely, how many loosely, and how many are missing."""

    text: str
    sure: int
    loose: int
    gaps: int


def recover(report: Text, path: Path, pack: Pack) -> Recovered:
    """Read the facts of a pack out of a report."""
    listed = tuple(rows(report))
    shelf = labels.Shelf(listed, report.year)
    found = [
        one for output in pack.outputs for one in _read(report, listed, shelf, pattern.of_pack(pack, output.template))
    ]
    for output in pack.outputs:
        named = match_text(pattern.of_name(pack, output.name), f"{path.stem}.docx") or ()
        found += [(one, True) for one in named]
    known = {one.path for one, _ in found}
    found += [(one, False) for one in labels.counted(pack.form, shelf) if one.path not in known]
    values = converted(found)
    tree = nested(values)
    text = draft(pack.form, pack.name, pack.title, tree, _remarks(values))
    sure = sum(one.sure for one in values.values())
    return Recovered(text, sure, len(values) - sure, lacking(pack.form, tree))


def _read(report: Text, listed: Sequence[Row], shelf: Shelf, whole: Sequence[Piece]) -> Iterator[tuple[Found, bool]]:
    """Read a report as one that a pattern made, part by part, and then by the words before figures."""
    odd: list[Part] = []
    for part in parts(listed, whole):
        found = next(filter(None, (match(part.pattern, said) for said in (part.rows, part.near) if said)), ())
        yield from ((one, part.same) for one in found)
        if not found:
            odd.append(part)
            yield from _loosely(part, report.year)
    yield from ((one, False) for one in _of_cover(report, whole))
    yield from ((one, False) for part in odd for one in labels.anywhere(part, shelf))


def _loosely(part: Part, year: int | None) -> Iterator[tuple[Found, bool]]:
    """Read what is left of the pack's own words, what stands in the same order, and figures behind known words."""
    yield from ((one, part.same) for one in match_lines(part.pattern, part.near))
    yield from ((one, False) for one in match(part.pattern, part.near, loose=True) or ())
    yield from ((one, False) for one in labels.of_part(part, year))


def _of_cover(report: Text, whole: Sequence[Piece]) -> Iterator[Found]:
    """Read the fields of the cover, and the year that the report is about."""
    known = {one.label: one.value for one in report.cover.fields if one.value}
    for label in labels.fields(whole):
        value = next((known[name] for name in labels.same(label.words) if name in known), "")
        if label.slot.field.kind is Kind.NUMBER:
            value = value.removesuffix(label.slot.field.unit)
            value = value if value.isdecimal() else ""
        if value:
            yield Found(label.slot.path, label.slot, value)
    if report.year:
        yield from (Found(slot.path, slot, str(report.year)) for slot in labels.years(whole))
    own = labels.own_word(one.text for one in report.lines)
    yield from (Found(slot.path, slot, own) for slot in labels.selves(whole) if own)


def _remarks(values: Mapping[str, Read]) -> dict[str, str]:
    """Ask to check what is not sure, and say where it was read."""
    return {
        path: f"请核对，取自报告第 {read.line.pieces[0].span.line} 段" if read.line else "请核对"
        for path, read in values.items()
        if not read.sure
    }

"""The report of anyone and a pack in, a facts file for the pack with what was read out: the first step of a newcomer.

The pack's own template says what stands where. What it printed itself is read back surely; of other reports, what
stands under the same headings or behind the same words is read loosely, and what is in doubt stays a gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.blank import draft
from reportgen.recovery import pattern
from reportgen.recovery.matching import match, match_text
from reportgen.recovery.rows import parts
from reportgen.recovery.values import converted, lacking, nested

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from reportgen.packs import Pack
    from reportgen.recovery.matching import Found
    from reportgen.recovery.rows import Part
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
    found = [one for output in pack.outputs for one in _read(report, pack, output.template)]
    for output in pack.outputs:
        named = match_text(pattern.of_name(pack, output.name), f"{path.stem}.docx") or ()
        found += [(one, True) for one in named]
    values = converted(found)
    tree = nested(values)
    text = draft(pack.form, pack.name, pack.title, tree, _remarks(values))
    sure = sum(one.sure for one in values.values())
    return Recovered(text, sure, len(values) - sure, lacking(pack.form, tree))


def _read(report: Text, pack: Pack, template: str) -> Iterator[tuple[Found, bool]]:
    """Read a report as one that a template of the pack made, part by part."""
    for part in parts(report, pattern.of_pack(pack, template)):
        found, sure = _of_part(part)
        yield from ((one, sure) for one in found)


def _of_part(part: Part) -> tuple[tuple[Found, ...], bool]:
    for rows in (part.rows, part.near):
        found = match(part.pattern, rows)
        if found is not None:
            return found, part.same
    return match(part.pattern, part.near, loose=True) or (), False


def _remarks(values: Mapping[str, Read]) -> dict[str, str]:
    """Ask to check what is not sure, and say where it was read."""
    return {
        path: f"请核对，取自报告第 {read.line.pieces[0].span.line} 段" if read.line else "请核对"
        for path, read in values.items()
        if not read.sure
    }

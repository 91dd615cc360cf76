"""What `check --facts-out` adds: a facts file with what could be read of a report, for a township to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen import packs, report
from reportgen.cli.face import ERRORS, EXISTS, OK, Face, write
from reportgen.diagnostics import N_, Span
from reportgen.recovery import recover

if TYPE_CHECKING:
    import argparse

    from reportgen.document import Checked

_USUAL: Final = "meizhou-self-evaluation@2021.1"
"""The pack that comes along."""
_NEXT: Final = N_("The draft is in {path}: look it through, fill in the rest, then run  reportgen check {path}")


def write_facts(path: Path, checked: Checked, options: argparse.Namespace, face: Face) -> int:
    """Write the draft of a facts file from a report that was checked; what is there already stays."""
    text = report.of_text(checked.text, str(path)) if checked.text else None
    text = report.of_document(checked.document) if checked.document and text is None else text
    if text is None:
        return ERRORS
    target = Path(options.facts_out)
    if target.exists():
        return face.found([EXISTS.at(Span(), help=N_("choose another name"), path=target)])
    pack, found = packs.asked(options.pack or _USUAL)
    if pack is None:
        return face.found(found)
    draft = recover(text, path, pack)
    code = write(target, draft.text.encode(), face)
    if code == OK and options.format == "text":
        face.line(
            N_("facts read: {sure} surely, {loose} loosely (marked 请核对); not found in the report: {gaps}"),
            sure=draft.sure,
            loose=draft.loose,
            gaps=draft.gaps,
        )
        face.line(_NEXT, path=target)
    return code

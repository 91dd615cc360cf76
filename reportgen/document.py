"""A finished document in, ours or anyone's; all that is found in it out.

Its faults and its wording, in Word the look, and beside its facts the figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import files, report, source
from reportgen.audit import audit
from reportgen.diagnostics import ordered
from reportgen.prose import proofread
from reportgen.verification import verify
from reportgen.word.look import look
from reportgen.word.text import read

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.verification import Verified

LIMIT: Final = 1 << 28
PLAIN: Final = ".txt"
"""What the name of a plain text ends in."""


class Checked(NamedTuple):
    """Everything found in a document, its text if it is no Word file, and what was found out about its figures."""

    found: list[Diagnostic]
    text: str = ""
    verified: Verified | None = None


def check(path: Path, facts: Path | None) -> Checked:
    """Check a document by its path, a plain text or a Word file; one that cannot be read or opened says why."""
    data, unread = files.read(path, LIMIT)
    if data is None:
        return Checked(unread)
    if path.suffix.lower() == PLAIN:
        text, broken = source.decode(data, str(path))
        return Checked(broken) if text is None else Checked(_judged(report.of_text(text, str(path))), text)
    document, _ = read(data, str(path))
    said = _judged(report.of_document(document)) if document else []
    verified = verify(data, str(path), facts) if facts else None
    found = ordered([*look(data, str(path)), *said, *(verified.found if verified else ())])
    return Checked(found, verified=verified)


def _judged(text: Text) -> list[Diagnostic]:
    return ordered([*audit(text), *proofread(text)])

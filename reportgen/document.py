"""A finished document in, ours or anyone's; all that is found in it out: its look, and beside its facts its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import files
from reportgen.diagnostics import ordered
from reportgen.verification import verify
from reportgen.word.look import look

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.diagnostics import Diagnostic
    from reportgen.verification import Verified

LIMIT: Final = 1 << 28


class Checked(NamedTuple):
    """Everything found in a document, and what was found out about its figures, where their facts were given."""

    found: list[Diagnostic]
    verified: Verified | None = None


def check(path: Path, facts: Path | None) -> Checked:
    """Check a document by its path; a file that cannot be read or opened says why."""
    data, unread = files.read(path, LIMIT)
    if data is None:
        return Checked(unread)
    verified = verify(data, str(path), facts) if facts else None
    return Checked(ordered([*look(data, str(path)), *(verified.found if verified else ())]), verified)

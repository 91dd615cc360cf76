"""What every command says and writes in the same way, and what it takes."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from reportgen import files
from reportgen.diagnostics import FORMATS, N_, Diagnostic, Messages, Severity, Span, rule
from reportgen.diagnostics.snippet import width
from reportgen.proof import Status

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reportgen.proof import Proof
    from reportgen.waivers import Waiver

OK, ERRORS, CANNOT_RUN, STOPPED = 0, 1, 2, 130

CANNOT_WRITE = rule(
    "S005",
    "cannot-write",
    Severity.ERROR,
    "“{path}” cannot be written ({reason})",
    "close it in Word or WPS, check that there is room on the disk, or choose another place with -o",
)

EXISTS = rule(
    "S006",
    "file-exists",
    Severity.ERROR,
    "there is a file “{path}” already",
    "choose another name with -o, so that what was filled in is not lost",
)


class _Names(dict[str, str]):
    """Stands every name of a message in for its value."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


class Face:
    """What every command says in the same way."""

    def __init__(self, say: Messages, options: argparse.Namespace) -> None:
        """Take the words of a language, and what was asked for."""
        self.say = say
        self.options = options

    def line(self, message: str, **values: object) -> None:
        """Say a message with its values."""
        print(self.say(message, **values))

    def pattern(self, message: str) -> str:
        """Say a message with the names of its values in their places."""
        return self.say(message).format_map(_Names())

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Print rows in columns as wide as what stands in them."""
        widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
            print("  ".join(cells).rstrip())

    def found(
        self, diagnostics: Sequence[Diagnostic], sources: Mapping[str, str] | None = None, *, product: bool = False
    ) -> int:
        """Show findings (on the error channel unless they are what was asked for) and give the exit code."""
        chosen = getattr(self.options, "format", "text")
        if diagnostics or (product and chosen != "text"):
            print(FORMATS[chosen](diagnostics, self.say, sources or {}), file=sys.stdout if product else sys.stderr)
        worst = max((one.severity for one in diagnostics), default=Severity.NOTE)
        strict = getattr(self.options, "strict", False)
        return ERRORS if worst is Severity.ERROR or (strict and worst is Severity.WARNING) else OK


def write(target: Path, data: bytes, face: Face) -> int:
    """Write a file and the folders around it; gives the exit code."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        files.replace(target, data)
    except OSError as error:
        face.found([CANNOT_WRITE.at(Span(), path=target, reason=files.reason(error))])
        return CANNOT_RUN
    return OK


def fresh(target: Path, data: bytes, face: Face) -> int:
    """Write a new file, never over another one; gives the exit code."""
    if target.exists():
        return face.found([EXISTS.at(Span(), help=N_("choose another name"), path=target)])
    code = write(target, data, face)
    if code == OK and face.options.format == "text":
        face.line(N_("Written: {path}"), path=target)
    return code


def overlooked(waived: Sequence[tuple[Diagnostic, Waiver]], face: Face) -> None:
    """List what was overlooked because a facts file gives a reason to."""
    if waived:
        face.line(N_("overlooked, as 忽略 asks: {count}"), count=len(waived))
    for finding, waiver in waived:
        print(f"  {finding.span}  [{finding.rule.code}] {waiver.rule}  {waiver.reason}")


def count(found: Sequence[Diagnostic], face: Face) -> None:
    """Say how many findings there were."""
    counts = {severity: sum(one.severity is severity for one in found) for severity in Severity}
    face.line(
        N_("errors: {errors}, warnings: {warnings}, notes: {notes}"),
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        notes=counts[Severity.NOTE],
    )


def coverage(proofs: Sequence[Proof], face: Face) -> None:
    """Say how many figures of a report are proved, and how many are not."""
    counts = Counter(one.status for one in proofs)
    face.line(
        N_("figures: {total}; proved: {proved}, typed in prose: {prose}, typed in the template: {template}, {rest}"),
        total=len(proofs),
        proved=counts[Status.PROVED],
        prose=counts[Status.PROSE],
        template=counts[Status.TEMPLATE],
        rest=face.say(N_("unproved: {count}"), count=counts[Status.UNPROVED]),
    )

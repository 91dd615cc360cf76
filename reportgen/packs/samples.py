"""A pack in; the facts files in its folder `samples` out, which must build clean: the pack's own test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen import files
from reportgen.diagnostics import Diagnostic, Severity, Span, rule

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.packs.reading import Pack

_FOLDER: Final = "samples"

NO_SAMPLES = rule(
    "P116",
    "no-samples",
    Severity.ERROR,
    "the pack has no facts to be tested with",
    "put a facts file that must build clean into its folder samples: samples/….yaml",
)


def samples(pack: Pack) -> tuple[list[Path], list[Diagnostic]]:
    """Give the samples of a pack, by name; it is an error to have none."""
    found = sorted(path for path in (pack.folder / _FOLDER).glob("*.yaml") if files.inside(path, pack.folder))
    return found, [] if found else [NO_SAMPLES.at(Span(str(pack.folder / _FOLDER)))]

"""What somebody asks for in, the pack of this name or in this folder out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.diagnostics import Span
from reportgen.packs.reading import load, read

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic
    from reportgen.packs.reading import Pack


def asked(name: str, *, templates: bool = True) -> tuple[Pack | None, list[Diagnostic]]:
    """Read a pack by its name or its folder."""
    folder = Path(name)
    if folder.is_dir():
        return read(folder, templates=templates)
    return load(name, Span(), templates=templates)

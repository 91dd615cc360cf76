"""A Word template and the pack it is for in, everything its author should look at out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen import packs, proofreading
from reportgen.diagnostics import ordered
from reportgen.word.review import review

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic
    from reportgen.packs import Pack


def template(data: bytes, path: str, pack: Pack | None) -> list[Diagnostic]:
    """Examine a template, whether it can be used or not; without a pack, what a pack decides is left out."""
    wording = proofreading.template(data, path)
    if pack is None:
        return ordered([*review(data, path), *wording])
    return ordered([*review(data, path, pack.headings, [packs.names(pack)], pack.names), *wording])

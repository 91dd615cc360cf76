"""The name of a pack in, everything in it out, read and cross-checked; the only module that reads folders."""

from __future__ import annotations

from reportgen.packs.asked import asked
from reportgen.packs.reading import (
    MANIFEST,
    SEARCH,
    TEMPLATE_LIMIT,
    Output,
    Pack,
    available,
    holds_a_pack,
    load,
    names,
    naming,
    read,
)
from reportgen.packs.samples import samples

__all__ = [
    "MANIFEST",
    "SEARCH",
    "TEMPLATE_LIMIT",
    "Output",
    "Pack",
    "asked",
    "available",
    "holds_a_pack",
    "load",
    "names",
    "naming",
    "read",
    "samples",
]

"""The statements of a text in, how the pages of its blocks are set up out: a section break rules what is before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.language import Block, literals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.language import Statement

_SECTION: Final = re.compile(r"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)", re.DOTALL)
_REFERENCE: Final = re.compile(r'(<w:(\w+Reference) [^>]*?w:type="(\w+)"[^>]*/>)')
_KIND: Final = re.compile("<w:type [^>]*/>")
_CONTENT: Final = re.compile("<w:(?:p|tbl)[ >/]")


class Setup(NamedTuple):
    """How pages are set up: their headers and footers, also those taken over from before, and everything else."""

    references: frozenset[str]
    others: str


def page_setups(text: Sequence[Statement]) -> dict[str, list[Setup]]:
    """Give the set-ups of the pages that each outermost block stands on, in their order."""
    found: dict[str, list[Setup]] = {}
    waiting: dict[str, None] = {}
    references: dict[str, str] = {}
    for one in text:
        for stretch, section in _stretches("".join(literals([one]))):
            if isinstance(one, Block) and _CONTENT.search(stretch):
                waiting[one.name] = None
            if section:
                references |= {f"{kind} {use}": whole for whole, kind, use in _REFERENCE.findall(section)}
                setup = Setup(frozenset(references.values()), _KIND.sub("", _REFERENCE.sub("", section)))
                for name in waiting:
                    found.setdefault(name, []).append(setup)
                waiting = {}
    return found


def _stretches(xml: str) -> Iterator[tuple[str, str]]:
    """Cut a text behind its section breaks; what follows the last has none."""
    start = 0
    for section in _SECTION.finditer(xml):
        yield xml[start : section.start()], section.group()
        start = section.end()
    yield xml[start:], ""

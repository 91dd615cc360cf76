"""The document of anyone in, everything in it that departs from GB/T 9704 out, each with its place and a remedy.

`standard` is what is asked for, `reading` what the file holds, `roles` what its lines are; the others compare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import ordered
from reportgen.word import text as words
from reportgen.word.look.numbers import numbers
from reportgen.word.look.page import page
from reportgen.word.look.reading import read
from reportgen.word.look.roles import tell
from reportgen.word.look.structure import structure
from reportgen.word.look.tables import tables
from reportgen.word.look.text import text
from reportgen.word.opening import MAIN, opened

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic


_TAG: Final = re.compile("[{｛][{｛%％][^{}｛｝]*[}｝]{1,2}")


def look(data: bytes, path: str) -> list[Diagnostic]:
    """Judge how a document looks; one that cannot be opened has what keeps it from that.

    Of a template, paragraphs of tags alone are not seen, and how the document will be built is left open.
    """
    package, trees = opened(data, path)
    if package is None:
        return ordered(trees.found)
    said, _ = words.read(data, path)
    pages = read(package, trees, {one.number: one for one in said.paragraphs if one.part == MAIN} if said else {})
    has_tags = any(_TAG.search(one.text) for one in pages.lines)
    if has_tags:
        pages = pages._replace(lines=tuple(one for one in pages.lines if _TAG.sub("", one.text).strip()))
    told = tell(pages)
    parts = (page(pages, told), text(pages, told), numbers(pages, told), tables(pages))
    built = () if has_tags else structure(pages, told)
    return ordered([*trees.found, *built, *(one for part in parts for one in part)])

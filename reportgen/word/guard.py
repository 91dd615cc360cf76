"""The XML of a filled story in, the same out with what would make Word refuse it mended.

A tag that stands for a paragraph, a row or a cell can leave a cell, a text box or a note without a paragraph, a table
without a row, a row without a cell, or a table where a paragraph must follow.
"""

from __future__ import annotations

import re
from typing import Final

_PARAGRAPH: Final = "<w:p/>"
_STORIES: Final = ("hdr", "ftr", "footnote", "endnote", "txbxContent")
_HOLDERS: Final = rf"w:(?:tc|{'|'.join(_STORIES)})"
_NO_CONTENT: Final = re.compile(r"<w:sdt>(?:(?!<w:sdt>|<w:sdtContent>).)*<w:sdtContent></w:sdtContent></w:sdt>")
_MARK: Final = r"<w:(?:bookmark|commentRange|perm)(?:Start|End)\b[^>]*/>"
_NO_CELL: Final = re.compile(r"<w:tr(?: [^>]*)?>(?:(?!<w:tc[ >]|</w:tr>).)*</w:tr>")
_NO_ROW: Final = re.compile(r"<w:tbl>(?:(?!<w:tr[ >]|</w:tbl>).)*</w:tbl>")
_EMPTY: Final = re.compile(
    rf"(<({_HOLDERS})(?: [^>]*)?>(?:<w:tcPr/>|<w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr>)?(?:{_MARK})*)(</\2>)",
)
_TABLE_LAST: Final = re.compile(
    rf"(</w:tbl>(?:{_MARK}|</w:sdtContent></w:sdt>)*)(</{_HOLDERS}>|<w:sectPr|</w:body>)",
)


def mend(xml: str) -> str:
    """Put a paragraph where one must be, and take out controls, rows and tables with nothing left in them.

    The XML must hold no blanks between its elements, as a compiled template writes it.
    """
    emptied = 1
    while emptied:  # what goes may have been all that something else held
        emptied = 0
        for nothing in (_NO_CONTENT, _NO_CELL, _NO_ROW):
            xml, count = nothing.subn("", xml)
            emptied += count
    return _TABLE_LAST.sub(rf"\1{_PARAGRAPH}\2", _EMPTY.sub(rf"\1{_PARAGRAPH}\3", xml))

"""The XML of a filled story in, the same out with what would make Word refuse it mended.

A tag that stands for a paragraph or a row can leave a cell, a text box or a note without a paragraph, a table without a
row, or a table where a paragraph must follow.
"""

from __future__ import annotations

import re
from typing import Final

_PARAGRAPH: Final = "<w:p/>"
_STORIES: Final = ("hdr", "ftr", "footnote", "endnote", "txbxContent")
_HOLDERS: Final = rf"w:(?:tc|{'|'.join(_STORIES)})"
_NO_ROW: Final = re.compile(r"<w:tbl>(?:(?!<w:tr[ >]|</w:tbl>).)*</w:tbl>")
_EMPTY: Final = re.compile(rf"(<({_HOLDERS})(?: [^>]*)?>(?:<w:tcPr/>|<w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr>)?)(</\2>)")
_TABLE_LAST: Final = re.compile(rf"(</w:tbl>)(</{_HOLDERS}>|<w:sectPr|</w:body>)")
# Each expression is only tried where its sign occurs, since looking for a sign costs next to nothing.
_MENDING: Final = (
    (("<w:tblGrid/></w:tbl>", "</w:tblGrid></w:tbl>", "</w:tblPr></w:tbl>"), _NO_ROW, ""),
    (("</w:tcPr></w:tc>", "<w:tcPr/></w:tc>", "<w:tc></w:tc>"), _EMPTY, rf"\1{_PARAGRAPH}\3"),
    (tuple(f"></w:{name}>" for name in _STORIES), _EMPTY, rf"\1{_PARAGRAPH}\3"),
    (("</w:tbl></w:", "</w:tbl><w:sectPr"), _TABLE_LAST, rf"\1{_PARAGRAPH}\2"),
)


def mend(xml: str) -> str:
    """Put a paragraph where one must be, and take out tables that have no row left.

    The XML must hold no blanks between its elements, as a compiled template writes it.
    """
    for signs, expression, replacement in _MENDING:
        if any(sign in xml for sign in signs):
            xml = expression.sub(replacement, xml)
    return xml

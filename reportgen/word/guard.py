"""The XML of a filled story in, the same out with what would make Word refuse it mended: empty cells and tables without rows."""

from __future__ import annotations

import re
from typing import Final

_EMPTY_CELL: Final = re.compile(r"(<w:tc>(?:<w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr>|<w:tcPr/>)?)</w:tc>")
_EMPTY_TABLE: Final = re.compile(r"<w:tbl>(?:(?!<w:tr[ >]).)*?</w:tbl>")
_CELL_SIGNS: Final = ("<w:tc></w:tc>", "</w:tcPr></w:tc>", "<w:tcPr/></w:tc>")
_TABLE_SIGNS: Final = ("</w:tblGrid></w:tbl>", "<w:tblGrid/></w:tbl>")


def mend(xml: str) -> str:
    """Give every empty cell its paragraph, and take out tables that have no row left.

    The XML must hold no blanks between its elements, as a compiled template writes it.
    """
    if any(sign in xml for sign in _CELL_SIGNS):
        xml = _EMPTY_CELL.sub(r"\1<w:p/></w:tc>", xml)
    if any(sign in xml for sign in _TABLE_SIGNS):
        xml = _EMPTY_TABLE.sub("", xml)
    return xml

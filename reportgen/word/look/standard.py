"""GB/T 9704-2012 as far as a report or an annex needs it, in one place: what is asked, and who asks it.

The standard is 党政机关公文格式 of 2012, in force; numbers such as 7.3.3 are its clauses. A report has no red head and
no imprint: only page, title, text, levels, annexes, signature, page numbers and tables are here.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import N_, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping


class Basis(Enum):
    """Who asks for something: the words of the standard, what follows from them, or what offices are used to."""

    STANDARD = "standard"
    DERIVED = "derived"
    PRACTICE = "practice"

    @property
    def severity(self) -> Severity:
        """Give how much a departure weighs: only the standard's own words earn a warning."""
        return Severity.WARNING if self is Basis.STANDARD else Severity.NOTE


class Typeface(NamedTuple):
    """What one kind of text is set in: fonts that may be, the one to choose first; sizes in points, from and to."""

    meaning: str
    fonts: tuple[str, ...]
    sizes: tuple[Decimal, Decimal]
    basis: Basis


_SIZES: Final = (
    *(("初号", "42"), ("小初", "36"), ("一号", "26"), ("小一", "24"), ("二号", "22"), ("小二", "18"), ("三号", "16")),
    *(
        ("小三", "15"),
        ("四号", "14"),
        ("小四", "12"),
        ("五号", "10.5"),
        ("小五", "9"),
        ("六号", "7.5"),
        ("小六", "6.5"),
    ),
)
SIZES: Final[Mapping[str, Decimal]] = {name: Decimal(points) for name, points in _SIZES}
"""Sizes by their Chinese names, in points."""

# Page: 5.1 (paper), 5.2.1 (margins and type area); right and bottom margins follow from the type area.
PAPER: Final = (Decimal(210), Decimal(297))
TYPE_AREA: Final = (Decimal(156), Decimal(225))
MARGINS: Final[Mapping[str, Decimal]] = {
    "top": Decimal(37),
    "bottom": Decimal(35),
    "left": Decimal(28),
    "right": Decimal(26),
}
TOLERANCE: Final = Decimal(1)
PAPER_TOLERANCE: Final = Decimal(2)  # practice: what printers take for the same paper

# Lines and characters: 5.2.3. Any pitch from 27.74 to 28.99 points gives 22 lines; offices take 28.
LINES: Final = 22
CHARACTERS: Final = 28
NATURAL: Final = Decimal("1.3")  # practice: the height of a line that nothing fixes, in sizes of its font

# Text: 5.2.2 (size 3, 仿宋), 5.2.4 (black), 7.3.1 (title), 7.3.3 (levels), 7.3.7 (annexes), 7.5 (page numbers).
HEAVY: Final = ("宋体", "SimSun", "新宋体", "NSimSun")
"""宋体, which offices set in bold (practice) where 小标宋 is not to be had."""
_FANGSONG: Final = (
    *("仿宋_GB2312", "仿宋", "FangSong", "FangSong_GB2312", "华文仿宋", "STFangsong"),
    *("方正仿宋_GBK", "方正仿宋简体"),
)
_KAITI: Final = (
    *("楷体_GB2312", "楷体", "KaiTi", "KaiTi_GB2312", "华文楷体", "STKaiti"),
    *("方正楷体_GBK", "方正楷体简体"),
)
_HEITI: Final = ("黑体", "SimHei", "方正黑体_GBK", "方正黑体简体", "华文黑体", "STHeiti")
_TITLE: Final = (
    *("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S", "小标宋体"),
    *("华文中宋", "STZhongsong", *HEAVY),
)
_THREE: Final = (SIZES["三号"], SIZES["三号"])
BODY, TITLE, LABEL, NUMBER, TABLE, OTHER = "body", "title", "label", "number", "table", "other"
TYPEFACES: Final[Mapping[str, Typeface]] = {
    BODY: Typeface(N_("the text"), _FANGSONG, _THREE, Basis.STANDARD),
    TITLE: Typeface(N_("the title"), _TITLE, (SIZES["二号"], SIZES["二号"]), Basis.STANDARD),
    "1": Typeface(N_("headings of level 1"), _HEITI, _THREE, Basis.STANDARD),
    "2": Typeface(N_("headings of level 2"), _KAITI, _THREE, Basis.STANDARD),
    "3": Typeface(N_("headings of level 3"), _FANGSONG, _THREE, Basis.STANDARD),
    "4": Typeface(N_("headings of level 4"), _FANGSONG, _THREE, Basis.STANDARD),
    "5": Typeface(N_("headings of level 5"), _FANGSONG, _THREE, Basis.PRACTICE),
    LABEL: Typeface(N_("the word 附件 above an annex"), _HEITI, _THREE, Basis.STANDARD),
    NUMBER: Typeface(N_("page numbers"), HEAVY, (SIZES["四号"], SIZES["四号"]), Basis.STANDARD),
    TABLE: Typeface(
        N_("tables"), (*_FANGSONG, *HEAVY, *_HEITI, *_KAITI), (SIZES["小五"], SIZES["三号"]), Basis.PRACTICE
    ),
    OTHER: Typeface(
        N_("other text"), (*_FANGSONG, *_TITLE, *_HEITI, *_KAITI), (SIZES["小五"], SIZES["初号"]), Basis.PRACTICE
    ),
}
LATIN: Final = ("Times New Roman",)  # practice: the standard names no Western font
BLACK: Final = 0x22  # derived: no more of any colour than this is black on paper
INDENT: Final = Decimal(2)  # 7.3.3: every paragraph begins two characters in, its further lines at the margin
NUMBER_FORM: Final = "— {n} —"  # 7.5
TABLE_WIDTH: Final = Decimal(160)  # derived: the type area, and the margins of cells that Word lets stand out of it

_LEAST: Final = Decimal("0.05")

COMMON_FONTS: Final = frozenset(
    font.casefold()
    for font in (
        *(font for one in TYPEFACES.values() for font in one.fonts),
        *("微软雅黑", "等线", "等线 Light", "华文宋体", "华文细黑", "隶书", "幼圆"),
        *("DengXian", "Microsoft YaHei", "STSong", "STXihei"),
        *("Times New Roman", "Arial", "Calibri", "Calibri Light", "Cambria", "Cambria Math", "Courier New", "Georgia"),
        *("Tahoma", "Verdana", "Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Segoe UI", "Segoe UI Symbol"),
    )
)
"""Fonts that most computers of offices have (practice), in small letters."""


def plain(number: Decimal) -> str:
    """Write a measure with at most one decimal."""
    return f"{abs(number) if abs(number) < _LEAST else number:.1f}".removesuffix(".0")

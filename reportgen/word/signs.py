"""Signs that Word keeps by their place in a font of symbols: font and place go in, the sign that is seen comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_PRIVATE: Final = range(0xF000, 0xF100)
_SYMBOL: Final = {
    0x2D: "−",
    0xA3: "≤",
    0xA5: "∞",
    0xAE: "→",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xBC: "…",
    0xD7: "⋅",
    0xE5: "∑",
}
_WINGDINGS: Final = {
    0x6C: "●",
    0x6D: "❍",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x75: "◆",
    0x76: "❖",
    0x9E: "·",
    0x9F: "•",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xD8: "➢",
    0xE0: "→",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    **{0x81 + at: chr(ord("①") + at) for at in range(10)},
    **{0x8C + at: chr(ord("❶") + at) for at in range(10)},
}
_WINGDINGS_2: Final = {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"}
_FONTS: Final[Mapping[str, Mapping[int, str]]] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
}


def symbol(font: str, sign: str) -> str:
    """Give the sign that is seen at a place of a font, U+00FE or U+F0FE; the place itself where it is not known."""
    place = ord(sign)
    return _FONTS.get(font.casefold(), {}).get(place - _PRIVATE.start if place in _PRIVATE else place, sign)

"""What the reference says of GB/T 9704, from the module that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.diagnostics import Messages
from reportgen.word.look.standard import SIZES, TYPEFACES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

ZH = Messages("zh")


def typefaces() -> tuple[list[str], Iterator[list[str]]]:
    """Give a row for every kind of text."""
    rows = (
        [ZH(face.meaning), face.meaning, "、".join(face.fonts), sizes(*face.sizes), face.basis.value]
        for face in TYPEFACES.values()
    )
    return ["中文", "kind of text", "fonts", "size", "asked by"], rows


def sizes(first: Decimal, last: Decimal) -> str:
    names = {points: f"{name} ({points.normalize():f})" for name, points in SIZES.items()}
    return "—".join(dict.fromkeys((names[first], names[last])))

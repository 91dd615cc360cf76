"""The tables of the page on numbers and dates: ways of writing with what is read of them, and words that widen it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen import formats
from reportgen.formats import About
from reportgen.formats.grammar import ROUGH

if TYPE_CHECKING:
    from collections.abc import Mapping

Table = tuple[list[str], list[tuple[str, ...]]]

QUANTITIES: Final = (
    *("2,845.81万元", "28458100元", "5千万元", "三百万元", "1104人", "二百五十人"),
    *("15.2公里", "4.2万平方米", "84.73%", "百分之九十七点二", "九成", "九成五"),
    *("5.2个百分点", "2.3倍", "翻一番", "三分之一", "壹拾贰万元整", "-5.2%"),
    *("负3人", "约1.2亿元", "60多亩", "近60人", "10人以上", "不超过5%"),
    *("2021年", "2021年12月", "2021年12月31日", "2021-12-31", "2021.12.31", "2021/12/31"),
    *("二〇二一年十二月三十一日", "12月31日", "第三位", "①", "一是", "（一）"),
    *("5号", "十二", "２，０００户", "0753-6320303"),
)
ABOUT: Final[Mapping[About, str]] = {
    About.AROUND: "from one step below to one step above it, a step at most a tenth of the number",
    About.ABOVE: "from it to one step above it",
    About.BELOW: "from one step below it to itself, a step at most a tenth of the number",
    About.LEAST: "itself and everything above",
    About.MOST: "itself and everything below",
}


def quantities() -> Table:
    """Give what is read of each example."""
    rows: list[tuple[str, ...]] = []
    for text in QUANTITIES:
        one = formats.read(text)
        assert one, text
        low, high = ("", "") if isinstance(one.value, date) else (_end(one.low), _end(one.high))
        interval = "" if low == high else f"{low} … {high}".strip()
        rows.append((text, str(one.kind), _end(one.value), one.unit, interval))
    return ["text", "kind", "value", "unit", "what rounding allows"], rows


def _end(value: Decimal | date) -> str:
    """Write an end of an interval, without the hair's breadth that may be added to it; an open one is left out."""
    if isinstance(value, date):
        return str(value)
    return formats.plain(Decimal(formats.fixed(value, 8))) if value.is_finite() else ""


def rough() -> Table:
    """Give the words that make a number rough, by what they do."""
    rows: list[tuple[str, ...]] = [
        ("、".join(word for word, does in ROUGH.items() if does is about), ABOUT[about]) for about in About
    ]
    return ["words", "the number stands for"], rows

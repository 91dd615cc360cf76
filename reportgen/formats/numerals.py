"""Chinese numerals in, numbers out: 二千零二十一, 一万二 (12000), and 壹拾贰万 in the capitals of accounting."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

DIGIT: Final = "[一二两三四五六七八九]"
ZERO: Final = "[零〇○]"
POINT: Final = "点"
_SECTION: Final = f"(?:{DIGIT}千零?)?(?:{DIGIT}百零?)?(?:{DIGIT}?十)?{DIGIT}?"
_BELOW_YI: Final = f"(?:{_SECTION}万零?)?{_SECTION}"
NUMERAL: Final = f"(?=十|{DIGIT})(?:{_BELOW_YI}亿零?)?{_BELOW_YI}"
"""A well-formed numeral of at least 1, as a regular expression: it can be no longer than some forty signs."""
CAPITALS: Final = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"
CAPITAL: Final = "[壹贰叁肆伍陆柒捌玖]"
_PLAIN: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟〇○", "一二三四五六七八九十百千零零")
_VALUES: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_PLACES: Final = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))


def whole(numeral: str) -> int:
    """Give the number that a well-formed numeral says; a last digit without its place counts the place below."""
    for name, place in _PLACES:
        head, sign, tail = numeral.rpartition(name)
        if sign:
            high = whole(head) if head else 1
            low = _VALUES[tail] * (place // 10) if tail in _VALUES else whole(tail)
            return high * place + low
    return _VALUES[numeral[-1]] if numeral else 0


def digits(numeral: str) -> str:
    """Write digit after digit, as in 二〇二一, in figures."""
    return "".join(str(_VALUES[sign]) for sign in numeral)


def capital(numeral: str) -> int | None:
    """Give the number that capitals say; None for signs in an order that says nothing."""
    plain = numeral.translate(_PLAIN)
    if plain == "零":
        return 0
    return whole(plain) if re.fullmatch(NUMERAL, plain) else None


def spoken(numeral: str) -> Decimal:
    """Give the number that a numeral says, with what stands behind its 点."""
    front, _, behind = numeral.partition(POINT)
    number = 100 if front == "百" else whole(front)
    return Decimal(f"{number}.{digits(behind)}" if behind else number)

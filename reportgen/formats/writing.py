"""What a report prints: Decimals, dates and lists go in, Chinese text comes out.

Seals babel; every number is rounded half up, once, from its unrounded value, whatever the caller's decimal context.
"""

from __future__ import annotations

from datetime import date
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from itertools import compress
from math import lcm
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Number = Decimal | int
Balance = Literal["last", "largest"]

MAX_DIGITS = 10_000
MAX_CHINESE = 10**8
CAPITAL_LIMIT = 10**16

_EXACT = Context(
    prec=MAX_PREC,
    rounding=ROUND_HALF_UP,
    Emin=MIN_EMIN,
    Emax=MAX_EMAX,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation],
)
_UNITS = tuple(Decimal(1).scaleb(-places) for places in range(13))
_PLAIN_DIGITS = "零一二三四五六七八九"
_PLAIN_PLACES = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
_CAPITAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_CAPITAL_PLACES = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))
_CIRCLED = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))


def plain(value: Number) -> str:
    """Write a number in full, `2845.81`, without trailing zeros or exponent.

    TypeError for anything but a Decimal or an int, ValueError for NaN, infinity and magnitudes beyond 10^±MAX_DIGITS.
    """
    number = _writable(value)
    return format(_EXACT.normalize(number), "f") if number else "0"


def full(value: Number) -> str:
    """Write a number with the decimals that it has, an exact zero as `0`; errors as for `plain`."""
    number = _writable(value)
    return format(number, "f") if number else "0"


def fixed(value: Number, decimals: Number = 2) -> str:
    """Write a number with exactly so many decimals, `0.00`, rounded half up and never `-0.00`.

    TypeError for anything but a Decimal or an int, ValueError for NaN, infinity, 10^MAX_DIGITS and negative decimals.
    """
    rounded = _rounded(value, decimals)
    text = str(rounded)  # quicker, but it may write an exponent
    return format(rounded, "f") if "E" in text else text


def money(value: Number, decimals: Number = 2) -> str:
    """Write an amount, in whatever unit it is, as `fixed` does, but an exact zero as `0`: the form prints 0万元.

    Errors as for `fixed`.
    """
    text = fixed(value, decimals)
    return text if value else "0"


def percent(value: Number, decimals: Number = 2) -> str:
    """Write a rate as a percentage: 0.8473 is `84.73%`; exactly 0 and exactly 1 are `0%` and `100%`.

    A rate that only rounds to one of these keeps its decimals; errors as for `fixed`.
    """
    text = fixed(_hundredfold(value), decimals)
    return f"{text}%" if value not in (0, 1) else "100%" if value else "0%"


def points(value: Number, decimals: Number = 2) -> str:
    """Write the difference of two rates in percentage points, rounded, without trailing zeros: 0.052 is `5.2个百分点`.

    Errors as for `fixed`.
    """
    return f"{plain(_rounded(_hundredfold(value), decimals))}个百分点"


def tenths(value: Number) -> str:
    """Write a rate above 0, up to 1, in tenths: `九成`, `九成五`, and what lies between as `九成多` or `不到一成`.

    TypeError for anything but a Decimal or an int, ValueError for a rate out of range.
    """
    number = _writable(value)
    if not 0 < number <= 1:
        raise ValueError("a rate above 0, up to 1, is expected")
    tenth, rest = divmod(number.scaleb(2, context=_EXACT), 10)
    if not tenth:
        return "不到一成"
    return f"{chinese(tenth)}成{'' if not rest else '五' if rest == 5 else '多'}"  # noqa: PLR2004 — half of ten


def shares(values: Iterable[Number], decimals: Number = 2, balance: Balance = "last") -> tuple[Decimal, ...]:
    """Split a whole into one fraction per value, each with so many decimals of a percent, adding up to exactly 1.

    `last` rounds every part half up and leaves the remainder to the last non-zero one, as the form does; where that
    would move this part by a printed unit or more, the split is made by `largest`. `largest` cuts every part down and
    gives the units left over to the largest remainders, the earlier one first. Either way zeros stay zero and no part
    moves by a whole printed unit. TypeError and ValueError as for `plain`; ValueError also for negative decimals, an
    unknown balance, no values, a negative value, or nothing but zeros.
    """
    if balance not in ("last", "largest"):
        raise ValueError(f"balance must be 'last' or 'largest', not {balance!r}")
    places = _integer(decimals, 0, MAX_DIGITS) + 2
    weights = _weights([_writable(value) for value in values])
    whole = 10**places
    units = _last_takes_rest(weights, whole) if balance == "last" else None
    if units is None:
        units = _largest_remainders(weights, whole)
    return tuple(Decimal(unit).scaleb(-places, context=_EXACT) for unit in units)


def chinese(n: Number) -> str:
    """Write a whole number from 0 to 10^8 in Chinese numerals: 12 is `十二`, 100010 is `十万零一十`.

    TypeError for anything but an int or a Decimal, ValueError for a fraction or a number out of range.
    """
    text = _spell(_integer(n, 0, MAX_CHINESE), _PLAIN_DIGITS, _PLAIN_PLACES)
    return text.removeprefix("一") if text.startswith("一十") else text


def circled(n: Number) -> str:
    """Write a whole number from 1 up as `①` to `㊿`, and from 51 on, where Unicode has no sign left, as `（51）`.

    Errors as for `chinese`.
    """
    index = _integer(n, 1, MAX_CHINESE)
    return _CIRCLED[index - 1] if index <= len(_CIRCLED) else f"（{index}）"


def nth(n: Number) -> str:
    """Open the n-th item of a running list, from 1 up: 1 is `一是`, 12 is `十二是`.

    Errors as for `chinese`.
    """
    return f"{chinese(_integer(n, 1, MAX_CHINESE))}是"


def heading(level: Number, n: Number) -> str:
    """Write the n-th heading numeral, from 1 up, of a level: 1 `一、` 2 `（一）` 3 `1.` 4 `（1）` 5 `①`.

    Levels 1 to 4 are those of GB/T 9704-2012, 7.3.3; the fifth is practice. Errors as for `chinese`, of either number.
    """
    index = _integer(n, 1, MAX_CHINESE)
    match _integer(level, 1, 5):
        case 1:
            return f"{chinese(index)}、"
        case 2:
            return f"（{chinese(index)}）"
        case 3:
            return f"{index}."
        case 4:
            return f"（{index}）"
        case _:
            return circled(index)


def capital(value: Number) -> str:
    """Write an amount in 元 as 人民币大写, below 10^16 either side of zero: 1005.60 is `壹仟零伍元陆角`.

    By the 支付结算办法: 整 closes an amount in whole 元 only, 零 stands between 元 and 分 when there is no 角, and the
    optional 零 after a 万 or 元 that ends in 0 is left out. TypeError for anything but a Decimal or an int, ValueError
    for NaN, infinity, a fraction of a 分 or an amount out of range.
    """
    number = _number(value)
    exact = _rounded(number, 2)
    if exact != number:
        raise ValueError("an amount in 元 has at most two decimals")
    if exact.copy_abs() >= CAPITAL_LIMIT:
        raise ValueError("an amount is written in capitals only below 10^16 元")
    sign = "负" if number < 0 else ""
    yuan, cents = divmod(int(exact.copy_abs().scaleb(2, context=_EXACT)), 100)
    front = f"{_spell(yuan, _CAPITAL_DIGITS, _CAPITAL_PLACES)}元" if yuan or not cents else ""
    return f"{sign}{front}{_cents(*divmod(cents, 10), after_yuan=bool(yuan))}"


def long_date(day: date) -> str:
    """Write a date in full, without leading zeros: `2021年12月31日`; TypeError for anything but a date."""
    return _date(day, "y年M月d日")


def month(day: date) -> str:
    """Write the year and month of a date: `2021年12月`; TypeError for anything but a date."""
    return _date(day, "y年M月")


def month_day(day: date) -> str:
    """Write the month and day of a date: `12月31日`; TypeError for anything but a date."""
    return _date(day, "M月d日")


def date_range(first: date, last: date) -> str:
    """Write two dates as a range, the year once where it is the same: `2021年1月1日—12月31日`; a single day alone.

    TypeError for anything but a date.
    """
    if first == last:
        return long_date(first)
    return f"{long_date(first)}—{month_day(last) if first.year == last.year else long_date(last)}"


def enumerate_list(items: Iterable[str], separator: str = "、") -> str:
    """Join texts into one, `甲、乙、丙`, or nothing; TypeError for a single text and for an item that is no text."""
    if isinstance(items, str):
        raise TypeError("a list of texts is expected, not one text")
    return separator.join(items)


def _number(value: Number) -> Decimal:
    """Take a value as a Decimal, exactly."""
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"a Decimal or an int is expected, not {type(value).__name__}")
    else:
        number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"{number} is not a finite number")
    if number and number.adjusted() >= MAX_DIGITS:
        raise ValueError(f"a number of more than {MAX_DIGITS} digits is not printed")
    return number


def _writable(value: Number) -> Decimal:
    """Take a value as a Decimal that is not too small to be written out."""
    number = _number(value)
    if number and number.adjusted() < -MAX_DIGITS:
        raise ValueError(f"a number below 10^-{MAX_DIGITS} is not printed in full")
    return number


def _integer(value: Number, low: int, high: int) -> int:
    """Take a value as an int between two bounds, both included."""
    if type(value) is int and low <= value <= high:
        return value
    number = _number(value)
    if not low <= number <= high or number != int(number):
        raise ValueError(f"a whole number from {low} to {high} is expected")
    return int(number)


def _unit(decimals: Number) -> Decimal:
    """Give the last place of so many decimals."""
    if type(decimals) is int and 0 <= decimals < len(_UNITS):
        return _UNITS[decimals]
    return Decimal(1).scaleb(-_integer(decimals, 0, MAX_DIGITS), context=_EXACT)


def _rounded(value: Number, decimals: Number) -> Decimal:
    """Round half up to so many decimals; a result of zero carries no sign."""
    result = _EXACT.quantize(_number(value), _unit(decimals))
    return result or result.copy_abs()


def _hundredfold(rate: Number) -> Decimal:
    """Turn a rate into percent, exactly."""
    return _EXACT.multiply(_number(rate), 100)


def _weights(numbers: Sequence[Decimal]) -> list[int]:
    """Turn the values of a whole into ints of the same proportions."""
    if any(number < 0 for number in numbers):
        raise ValueError("shares are of values that are zero or more; one is negative")
    if not any(numbers):
        raise ValueError("shares need at least one value above zero")
    ratios = [number.as_integer_ratio() for number in numbers]
    common = lcm(*(denominator for _, denominator in ratios))
    return [numerator * (common // denominator) for numerator, denominator in ratios]


def _last_takes_rest(weights: Sequence[int], whole: int) -> list[int] | None:
    """Round each part and leave the rest to the last non-zero one; None where that moves it by a unit or more."""
    total = sum(weights)
    last = max(compress(range(len(weights)), weights))
    units = [(2 * weight * whole + total) // (2 * total) for weight in weights]
    units[last] += whole - sum(units)
    return units if abs(units[last] * total - weights[last] * whole) < total else None


def _largest_remainders(weights: Sequence[int], whole: int) -> list[int]:
    """Cut each part down and give the units left over to the largest remainders."""
    total = sum(weights)
    parts = [divmod(weight * whole, total) for weight in weights]
    missing = whole - sum(unit for unit, _ in parts)
    favoured = set(sorted(range(len(parts)), key=lambda index: -parts[index][1])[:missing])
    return [unit + (index in favoured) for index, (unit, _) in enumerate(parts)]


def _spell(n: int, digits: str, places: Sequence[tuple[int, str]]) -> str:
    """Spell a whole number below 10^16 by its highest place, what stands before it and what is left."""
    for place, name in places:
        if n >= place:
            high, low = divmod(n, place)
            gap = digits[0] if low * 10 < place else ""
            rest = f"{gap}{_spell(low, digits, places)}" if low else ""
            return f"{_spell(high, digits, places)}{name}{rest}"
    return digits[n]


def _cents(jiao: int, fen: int, *, after_yuan: bool) -> str:
    """Write what follows the 元 of an amount."""
    if not jiao and not fen:
        return "整"
    gap = _CAPITAL_DIGITS[0] if after_yuan else ""
    return (f"{_CAPITAL_DIGITS[jiao]}角" if jiao else gap) + (f"{_CAPITAL_DIGITS[fen]}分" if fen else "")


def _date(day: date, pattern: str) -> str:
    """Write a date by a pattern of figures, for which babel need not load what it knows of Chinese."""
    if not isinstance(day, date):
        raise TypeError(f"a date is expected, not {type(day).__name__}")
    from babel import Locale  # noqa: PLC0415 - babel costs start-up time and only dates need it
    from babel.dates import format_date  # noqa: PLC0415 - as above

    return format_date(day, pattern, Locale("zh"))

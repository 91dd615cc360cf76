"""What the grammar takes for a number in; its value with the unit behind it and the words around it out."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import units
from reportgen.formats import grammar, numerals
from reportgen.formats.quantities import ZERO, Kind, Quantity, exactly, half_a_unit, rounded_from, widened

if TYPE_CHECKING:
    import re

_KINDS: Final = {
    "money": Kind.MONEY,
    "ratio": Kind.PERCENT,
    "points": Kind.POINTS,
    "multiple": Kind.MULTIPLE,
}
_RANGED: Final = {*_KINDS.values(), Kind.NUMBER, Kind.YEAR}
_BASES: Final = {"百": 100, "千": 1000, "万": 10_000}
_RATIOS: Final = {"百": "%", "千": "‰"}
_QUOTIENT: Final = Context(prec=50)
_HAIR: Final = Decimal("1E-45")  # a quotient of 50 digits lies no farther from the true one
_HALF: Final = Decimal("0.5")
_YEARS: Final = range(1900, 2101)
_MOST_DOUBLED: Final = 10
_NUMBER: Final = "号"
_PLACES: Final = frozenset("十百千万亿")
_RARELY: Final = frozenset(("", "分", "角", "里"))  # units that no numeral stands before: 十分, 四角, 十里八乡
_IDLE: Final = frozenset("起块面部头站同本单对")  # 一起, 一部分, 一站式: 一 before these counts nothing


class _Unit(NamedTuple):
    """What follows a figure: the unit, a word such as 多 beside it, and where it ends."""

    name: str
    about: str
    end: int


class _Before(NamedTuple):
    """What stands before a figure: where it begins, a word such as 约, and whether there is a minus."""

    start: int
    about: str = ""
    negative: bool = False


def figure(match: re.Match[str], last: int) -> Quantity:
    """Read a number in figures with its unit: 2,845.81万元, 约60亩, 5.2个百分点; what counts nothing is a code."""
    plain, start = match.string, match.start()
    digits = match.group().replace(",", "")
    unit = _unit(plain, match.end())
    before, behind = plain[max(0, start - 1) : start], plain[unit.end : unit.end + 1]
    if not unit.name and behind == _NUMBER:
        end = unit.end + 1
        return exactly(match, Kind.ORDINAL, Decimal(digits), _NUMBER)._replace(text=plain[start:end], end=end)
    glued = _is_letter(before) or (not unit.name and _is_letter(behind))
    if glued or len(digits) > grammar.MAX_DIGITS or (digits[0] == "0" and digits[1:2].isdecimal()):
        return exactly(match, Kind.CODE, Decimal(digits))
    return _amount(match, Decimal(digits), unit, last)


def spoken(match: re.Match[str], last: int) -> Quantity | None:
    """Read a number in Chinese numerals with its unit, 三百万元; None where it counts nothing, as in 一般 and 十分."""
    text = match.group()
    unit = _unit(match.string, match.end())
    if unit.name in _RARELY or (text == "一" and unit.name in _IDLE):
        if len(text) == 1 or not _PLACES & set(text):
            return None
        unit = _Unit("", "", match.end())
    return _spoken(match, unit, last)


def alone(match: re.Match[str]) -> Quantity:
    """Read a numeral beside which nothing stands."""
    return _spoken(match, _Unit("", "", match.end()), 0)


def part(match: re.Match[str], last: int) -> Quantity:
    """Read 百分之九十七点二 as a percentage, and 三分之一 as a fraction, in per cent as well."""
    base = match["base"]
    value = Decimal(match["of"].replace(",", "")) if match["of"] else numerals.spoken(match["said"])
    if base in _RATIOS:
        return _amount(match, value, _Unit(_RATIOS[base], "", match.end()), last)
    share = _QUOTIENT.divide(100 * value, Decimal(_BASES.get(base) or numerals.whole(base)))
    return _amount(match, share, _Unit("%", "", match.end()), last, (Kind.FRACTION, _HAIR))


def tenths(match: re.Match[str], last: int) -> Quantity:
    """Read 九成五."""
    first = match["first"]
    value = f"{first if first.isdecimal() else numerals.whole(first)}.{numerals.whole(match['second'])}"
    return _amount(match, Decimal(value), _Unit("成", "", match.end()), last)


def doubled(match: re.Match[str], last: int) -> Quantity | None:
    """Read 翻一番 as 2倍 and 翻两番 as 4倍."""
    times = numerals.whole(match["times"])
    return _amount(match, Decimal(2**times), _Unit("倍", "", match.end()), last) if times <= _MOST_DOUBLED else None


def capital(match: re.Match[str], last: int) -> Quantity | None:
    """Read an amount in the capitals of accounting, 壹拾贰万元整, exactly; None where its signs say nothing."""
    front, _, rest = match.group().replace("圆", "元").rpartition("元")
    yuan = numerals.capital(front) if front else 0
    if yuan is None:
        return None
    cents = f"{_digit_before('角', rest)}{_digit_before('分', rest)}".rstrip("0")
    return _amount(match, Decimal(f"{yuan}.{cents}"), _Unit("元", "", match.end()), last, (Kind.CAPITAL, ZERO))


def code(match: re.Match[str], _last: int) -> Quantity:
    """Read figures that count nothing: a telephone number, the number of a section."""
    return exactly(match, Kind.CODE, Decimal("".join(filter(str.isdecimal, match.group()))))


def with_unit_of(first: Quantity, last: Quantity) -> Quantity:
    """Give the lower end of a range, 3 in 3—11周岁, the unit of its upper end."""
    if first.kind is not Kind.NUMBER or first.unit or last.kind not in _RANGED or not isinstance(first.value, Decimal):
        return first
    low, high = _interval(first.value, last.unit, first.about, ZERO if last.kind is Kind.YEAR else None)
    return first._replace(kind=last.kind, unit=last.unit, low=low, high=high)


def _spoken(match: re.Match[str], unit: _Unit, last: int) -> Quantity:
    """Make a quantity of a numeral; a 万 or 亿 at its end belongs to the unit."""
    text = match.group()
    figure = text.rstrip("万亿")
    return _amount(match, numerals.spoken(figure), unit._replace(name=f"{text[len(figure) :]}{unit.name}"), last)


def _amount(
    match: re.Match[str], value: Decimal, unit: _Unit, last: int, special: tuple[Kind, Decimal] | None = None
) -> Quantity:
    """Make a quantity with its sign and the words around it; a `special` one has a kind and a slack of its own."""
    plain = match.string
    behind = grammar.after().match(plain, unit.end)
    end = behind.end() if behind else unit.end
    before = _before(plain, match.start(), last)
    about = before.about or unit.about or (behind.group() if behind else "")
    if before.negative:
        value = value.copy_negate()
    kind, slack = special or (_kind(value, unit.name, about), None)
    low, high = _interval(value, unit.name, about, slack)
    return Quantity(plain[before.start : end], before.start, end, kind, value, low, high, unit.name, about)


def _unit(plain: str, end: int) -> _Unit:
    """Read what follows a figure."""
    match = grammar.unit().match(plain, end)
    if match is None or not match.group().strip():
        return _Unit("", "", end)
    name = match["name"] or f"{match['power'] or ''}{match['base'] or ''}"
    return _Unit("百分点" if name == "个百分点" else name, match["more"] or match["rest"] or "", match.end())


def _before(plain: str, start: int, last: int) -> _Before:
    """Read the sign and the word before a figure, but nothing of what was read before: it ends at `last`."""
    if not start or plain[start - 1] not in grammar.BEFORE_ENDS:
        return _Before(start)
    match = grammar.before().search(plain, max(last, start - grammar.LONGEST_BEFORE), start)
    if match is None or match.start("sign") == last > 0:
        return _Before(start)  # 5-3: a sign between two numbers belongs to neither
    return _Before(match.start(), match["about"] or "", (match["sign"] or "+") != "+")


def _kind(value: Decimal, unit: str, about: str) -> Kind:
    if unit == "年" and value in _YEARS and not about:
        return Kind.YEAR
    return _KINDS.get(units.unit(unit).dimension, Kind.NUMBER)


def _interval(value: Decimal, unit: str, about: str, slack: Decimal | None) -> tuple[Decimal, Decimal]:
    """Give what rounding and a word such as 约 allow; a whole number is exact where its unit is one that counts."""
    if slack is None:
        slack = half_a_unit(value)
        if slack == _HALF and unit and units.unit(unit).counts:
            slack = ZERO
    return widened(value, slack, grammar.ROUGH[about]) if about else rounded_from(value, slack)


def _digit_before(name: str, text: str) -> int:
    at = text.find(name)
    return numerals.capital(text[at - 1]) or 0 if at > 0 else 0


def _is_letter(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()

"""The text of a number or a range and what the form takes there in, the same with its unit out.

What is typed plainly, `2032.55` or `55400 元`, is taken as it is. What can be read in one way only, `2,032.55` or 九成,
is taken too, and it is said what it was read as. 约 before it stays with the number.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import ROUND_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import formats, units
from reportgen.diagnostics import N_, Diagnostic, Label, Severity, Span, rule
from reportgen.facts.model import Number, Range
from reportgen.formats.grammar import MAX_DIGITS
from reportgen.schema import Field, Kind

if TYPE_CHECKING:
    from reportgen.source import Node

_PERCENT: Final = "%"
_YEAR: Final = "年"  # the one unit that a number without a unit may carry
_EXACT: Final = Context(prec=2 * MAX_DIGITS)
_UPWARD: Final = Context(prec=2 * MAX_DIGITS, rounding=ROUND_UP)
_SAME, _HUNDREDTH = Fraction(1), Fraction(1, 100)
# A unit is one word; with 多, 余, 以上, 底 and the like in it, the text says more than a number and a unit.
_PLAIN: Final = re.compile(
    r"(?P<figure>[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)"
    r"\s*(?P<unit>[%％‰℃㎡]|(?:(?<=\s)|(?=[^\0-\x7f]))(?!\S*[多余几来左右上下以至到底初末前后半约])[^\W\d_]+(?:/[^\W\d_]+)?)?",
)
_ABOUT: Final = re.compile(r"(约|大约|大概)\s*(?=\S)")
IN_FIGURES: Final = re.compile("(?:大?约|大概|[-+−－])?\\s*[0-9０-９]")
"""How a number or a date of open data begins."""
LONGEST: Final = 80
"""Characters of a text of open data that can be a number or a date."""
_ALL: Final = 1  # a fraction of more than this is not taken for one without being asked
_FAR_TOO_MUCH: Final = 10
_READ: Final = frozenset(formats.Kind) - {formats.Kind.FRACTION, formats.Kind.ORDINAL, formats.Kind.CODE}
_OPEN_RANGE: Final = re.compile("[—–～~]")  # in open data 3-5 and 3至5 may be something else
_SIGNS: Final = str.maketrans({"−": "-", "–": "-", "。": ".", "_": ""})
_THOUSANDS: Final = re.compile(r"(?<=[0-9])[ '](?=[0-9]{3}(?![0-9]))")

NOT_A_NUMBER = rule(
    "F201",
    "not-a-number",
    Severity.ERROR,
    "“{name}” takes a number, “{value}” is none",
    "write digits only, such as 2032.55, in {unit}",
)
WRONG_UNIT = rule(
    "F202",
    "wrong-unit",
    Severity.ERROR,
    "“{unit}” does not fit “{name}”, which is stated in {wanted}",
    "state it in {wanted}; the unit may be left out",
)
TOO_FINE = rule(
    "F203",
    "too-many-decimals",
    Severity.ERROR,
    "“{value}” has more than the {decimals} decimals that “{name}” takes",
    "round it yourself, so that every place prints the same figure",
)
OUT_OF_RANGE = rule("F206", "out-of-range", Severity.ERROR, "“{name}” cannot be {value}", "check the figure")
NO_PERCENT_SIGN = rule(
    "F215",
    "no-percent-sign",
    Severity.ERROR,
    "“{name}” takes a percentage, “{value}” is without its sign (%)",
    "write {value}%, if that is what is meant",
)
LONG_NUMBER = rule(
    "F216",
    "long-number",
    Severity.ERROR,
    "the number of “{name}” has more than {limit} digits",
    "check the number; what is not one, such as the number of a card, goes in quotes",
)
READ_AS = rule(
    "F219",
    "read-as",
    Severity.NOTE,
    "“{value}” of “{name}” is read as {meant}",
    "if something else is meant, write it plainly, in figures",
)
ENDLESS = rule(
    "F220",
    "endless-conversion",
    Severity.ERROR,
    "“{value}” has no end when it is turned into {wanted}, the unit of “{name}”",
    "write it in {wanted}, rounded by yourself",
)
NOT_A_RANGE = rule(
    "F221",
    "not-a-range",
    Severity.ERROR,
    "“{name}” takes a range, “{value}” is none",
    "write both ends with a dash between them, such as 3—11",
)
BACKWARDS = rule(
    "F222",
    "backwards",
    Severity.ERROR,
    "the range “{value}” of “{name}” begins with the larger number",
    "write the smaller number first",
)
COUNT: Final = Label(Span(), N_("plain numbers"))


class _Typed(NamedTuple):
    """A number as it is typed: its figure and unit, 约 before it, and whether it is written plainly."""

    figure: Decimal
    unit: str
    about: str = ""
    plain: bool = True

    def __str__(self) -> str:
        return f"{self.about}{self.figure:f}{'' if self.unit in {'', _PERCENT} else ' '}{self.unit}"


def guess(said: str) -> Field | None:
    """Give the form of a number of open data, if a text begins with a figure and says a number and nothing else."""
    typed = _typed(said)
    if typed:
        return _open_number(typed.unit, formats.places(typed.figure))
    ends = _ends(said) if _OPEN_RANGE.search(said) else None
    return ends and Field(Kind.RANGE, unit=ends[0].unit)


@lru_cache
def _open_number(unit: str, decimals: int) -> Field:
    return Field(Kind.NUMBER, unit=unit, decimals=decimals)


def read(said: str, node: Node, form: Field, path: str) -> tuple[Number | None, list[Diagnostic]]:
    """Read a number as the form asks; None where it cannot be read."""
    said = said.strip()
    match = _PLAIN.fullmatch(said)
    if match and len(said) <= MAX_DIGITS and (match["unit"] or form.unit) == form.unit:
        figure = Decimal(match["figure"])  # the quick way of most numbers
        if form.unit != _PERCENT:
            places = len(match["figure"].partition(".")[2])
            fine = figure if places > (form.decimals or 0) else None
            return Number(figure, form.decimals, form.unit), _wrong(figure, fine, node, form, path)
        if match["unit"]:
            decimals = formats.places(figure) if form.decimals is None else form.decimals
            share = figure.scaleb(-2, _EXACT)
            return Number(share, decimals, _PERCENT), _wrong(share, figure, node, form, path)
    typed = _typed(said)
    if typed is None:
        return None, [_no_number(said, node, form, path)]
    if len(said) > MAX_DIGITS and len(typed.figure.as_tuple().digits) > MAX_DIGITS:
        return None, [LONG_NUMBER.at(node.span, name=path, limit=MAX_DIGITS)]
    return _meant(typed, node, form, path)


def read_range(said: str, node: Node, form: Field, path: str) -> tuple[Range | None, list[Diagnostic]]:
    """Read two numbers with the sign of a range between them; None where they cannot be read."""
    said = said.strip()
    ends = _ends(said)
    if ends is None:
        return None, [NOT_A_RANGE.at(node.span, name=path, value=said)]
    first, found = _meant(ends[0], node, form, path)
    if first is None:
        return None, found
    last, others = _meant(ends[1], node, form, path)
    found += [one for one in others if one.key() not in {other.key() for other in found}]
    if last is None:
        return None, found
    if first > last:
        found.append(BACKWARDS.at(node.span, name=path, value=said))
    return Range(first, last), found


def _meant(typed: _Typed, node: Node, form: Field, path: str) -> tuple[Number | None, list[Diagnostic]]:
    """Give the value of a typed number, and say how it was read where that may surprise."""
    if form.unit == _PERCENT and not typed.unit and typed.figure:
        meant = _percentage(typed, form)
        if meant is None:
            return None, [_no_sign(typed, node, path)]
        typed = meant
    value, found = _bound(typed, node, form, path)
    if value is not None and not typed.plain:
        found.append(READ_AS.at(node.span, name=path, value=_said(node), meant=typed))
    return value, found


def _ends(said: str) -> tuple[_Typed, _Typed] | None:
    """Read a text that is a range, both of its ends in one unit; None where it is not."""
    first, last = formats.read_range(said) or (None, None)
    if first is None or last is None or first.unit != last.unit or not {first.kind, last.kind} <= _READ:
        return None
    if first.about or last.about or isinstance(first.value, dt.date) or isinstance(last.value, dt.date):
        return None
    return _Typed(first.value, first.unit), _Typed(last.value, last.unit)


def _typed(said: str) -> _Typed | None:
    """Read a text that is a number; None where it is not, or not in one way only."""
    match = _PLAIN.fullmatch(said)
    if match:
        return _Typed(Decimal(match["figure"]), _sign(match["unit"]))
    about = _ABOUT.match(said)
    rest = said[about.end() :] if about else said
    word = about[1] if about else ""
    match = _PLAIN.fullmatch(rest)
    if match:
        return _Typed(Decimal(match["figure"]), _sign(match["unit"]), word)
    one = formats.read(rest)
    if one is None or one.kind not in _READ or one.about or not isinstance(one.value, Decimal):
        return None
    return _Typed(one.value, one.unit, word, plain=False)


def _sign(unit: str | None) -> str:
    return (unit or "").replace("％", _PERCENT)


def _bound(typed: _Typed, node: Node, form: Field, path: str) -> tuple[Number | None, list[Diagnostic]]:
    """Turn a typed number into the unit of the form, exactly."""
    figure, unit = typed.figure, typed.unit
    known = form.units or units.COMMON
    factor = _factor(unit, form.unit, known)
    if factor is None:
        return None, [WRONG_UNIT.at(node.span, name=path, unit=unit, wanted=form.unit or COUNT)]
    value = _times(figure, factor)
    if value is None:
        return None, [ENDLESS.at(node.span, name=path, value=_said(node), wanted=form.unit or COUNT)]
    found = _wrong(value, figure if unit in {"", form.unit} else None, node, form, path)
    if not form.unit and factor is not _SAME:
        unit = _PERCENT
    decimals = form.decimals
    if decimals is None and (form.unit or unit) == _PERCENT:
        decimals = formats.places(figure if typed.unit == _PERCENT else value.scaleb(2, _EXACT))
    is_as_typed = not typed.about and factor in {_SAME, _HUNDREDTH}
    slack = None if is_as_typed else _slack(typed, factor, known)
    return Number(value, decimals, form.unit or unit, slack, typed.about), found


def _percentage(typed: _Typed, form: Field) -> _Typed | None:
    """Read a number without the sign % as a percentage or as a fraction, where it cannot be the other as well."""
    size = abs(typed.figure)
    figures = [typed.figure, typed.figure.scaleb(2, _EXACT)]
    likely = [
        figure
        for figure in figures[: 1 if size > _FAR_TOO_MUCH else 2]
        if not _too_fine(figure, form.decimals) and _within(figure.scaleb(-2, _EXACT), form)
    ]
    if len(likely) != 1 or (likely == figures[1:] and size > _ALL):
        return None
    return _Typed(Decimal(formats.plain(likely[0])), _PERCENT, typed.about, plain=False)


def _no_sign(typed: _Typed, node: Node, path: str) -> Diagnostic:
    said = f"{typed.figure:f}"
    fraction = f"{formats.plain(typed.figure.scaleb(2, _EXACT))}%"
    advice = N_("write {percent} or {fraction}, whichever is meant") if abs(typed.figure) <= _FAR_TOO_MUCH else None
    return NO_PERCENT_SIGN.at(node.span, help=advice, name=path, value=said, percent=f"{said}%", fraction=fraction)


def _no_number(said: str, node: Node, form: Field, path: str) -> Diagnostic:
    mended = _mended(said)
    advice = N_("write {mended}") if mended else N_("it takes one number, not a range") if _ends(said) else None
    return NOT_A_NUMBER.at(node.span, help=advice, name=path, value=said, unit=form.unit or COUNT, mended=mended)


def _mended(said: str) -> str:
    """Write a number that is typed another way (with an exponent, needless zeros, other separators) as it is read."""
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", said[:MAX_DIGITS]).translate(_SIGNS))
    sign, digits = plain[:1].strip("0123456789."), plain.lstrip("+-")
    digits = re.sub(r"^0+(?=[0-9])", "", f"0{digits}" if digits.startswith(".") else digits)
    if match := re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)[eE]\+?([0-9])", digits):
        return f"{sign}{Decimal(match[1]).scaleb(int(match[2]), _EXACT):f}"
    return f"{sign}{digits}" if len(said) <= MAX_DIGITS and _PLAIN.fullmatch(f"{sign}{digits}") else ""


def _too_fine(figure: Decimal, decimals: int | None) -> bool:
    return (
        decimals is not None
        and formats.places(figure) > decimals
        and formats.places(figure.normalize(_EXACT)) > decimals
    )


def _times(figure: Decimal, factor: Fraction) -> Decimal | None:
    """Multiply exactly; None where the product has no end. The quick ways are the usual ones."""
    if factor is _SAME:
        return figure
    return figure.scaleb(-2, _EXACT) if factor is _HUNDREDTH else units.finite(Fraction(figure) * factor)


def _factor(unit: str, wanted: str, known: units.Units) -> Fraction | None:
    """Give what a number is multiplied by to be in another unit; a percentage is kept as a fraction."""
    if unit == _PERCENT and wanted in {"", _PERCENT}:
        return _HUNDREDTH
    if unit in {"", wanted} or (unit == _YEAR and not wanted):
        return _SAME
    if wanted in {"", _PERCENT} and units.unit(unit, known).dimension == "ratio":
        return units.unit(unit, known).factor
    return units.ratio(unit, wanted, known)


def _slack(typed: _Typed, factor: Fraction, known: units.Units) -> Decimal:
    """Give how far the true value may lie from a number that is converted or rough, rounded up."""
    is_exact = not formats.places(typed.figure) and units.unit(typed.unit, known).counts
    half = Decimal(0) if is_exact else formats.half_a_unit(typed.figure)
    if typed.about:
        low, high = formats.widened(typed.figure, half, formats.About.AROUND)
        half = max(_EXACT.subtract(high, typed.figure), _EXACT.subtract(typed.figure, low))
    slack = Fraction(half) * factor
    return _UPWARD.divide(Decimal(slack.numerator), Decimal(slack.denominator))


def _within(value: Decimal, form: Field) -> bool:
    low, high = form.minimum, form.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def _wrong(value: Decimal, figure: Decimal | None, node: Node, form: Field, path: str) -> list[Diagnostic]:
    """Find more decimals in a figure than the form takes, and a value that is out of its bounds."""
    found: list[Diagnostic] = []
    if form.decimals is None and form.minimum is form.maximum is None:
        return found
    if figure is not None and _too_fine(figure, form.decimals):
        found.append(TOO_FINE.at(node.span, name=path, value=_said(node), decimals=form.decimals))
    if not _within(value, form):
        found.append(_out_of_range(node, form, path))
    return found


def _out_of_range(node: Node, form: Field, path: str) -> Diagnostic:
    low, high = form.minimum, form.maximum
    if low is None:
        advice = N_("it must be at most {maximum}")
    elif high is None:
        advice = N_("it must be at least {minimum}")
    else:
        advice = N_("it must lie between {minimum} and {maximum}")
    minimum, maximum = _limit(low, form.unit), _limit(high, form.unit)
    return OUT_OF_RANGE.at(node.span, help=advice, name=path, value=_said(node), minimum=minimum, maximum=maximum)


def _said(node: Node) -> str:
    return str(node.value).strip()


def _limit(limit: Decimal | None, unit: str) -> str:
    if limit is None:
        return ""
    return f"{limit.scaleb(2, _EXACT).normalize(_EXACT):f}%" if unit == _PERCENT else f"{limit:f}"

"""The text of one scalar and what the form takes there in, its value out: a number, a date, a truth or a text."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import ROUND_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reportgen import units
from reportgen.diagnostics import N_, Diagnostic, Label, Severity, Span, rule
from reportgen.facts.model import Number, Value
from reportgen.schema import NO, YES, Field, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.source import Node

MAX_DIGITS: Final = 40
_PERCENT: Final = "%"
_YEAR: Final = "年"  # the one unit that a number without a unit may carry
_EXACT: Final = Context(prec=2 * MAX_DIGITS)
_UPWARD: Final = Context(prec=2 * MAX_DIGITS, rounding=ROUND_UP)
# A unit is one word; with 多, 余, 以上, 底 and the like in it, the text says more than a number and a unit.
_NUMBER: Final = re.compile(
    r"(?P<figure>[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)"
    r"\s*(?P<unit>[%％‰℃㎡]|(?:(?<=\s)|(?=[^\0-\x7f]))(?!\S*[多余几来左右上下以至到底初末前后半约])[^\W\d_]+(?:/[^\W\d_]+)?)?",
)
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)", re.ASCII)
_PRIVATE: Final = re.compile(
    "[\U000f0000-\U0010ffff]"
)  # the place map's own marks; source refuses what XML cannot hold
_TAG: Final = re.compile(r"[{｛][{｛%％#＃]")
_SIGNS: Final = str.maketrans({"−": "-", "–": "-", "。": ".", "_": ""})
_THOUSANDS: Final = re.compile(r"(?<=[0-9])[, '](?=[0-9]{3}(?![0-9]))")
_TRUTHS: Final[Mapping[str, str]] = dict.fromkeys(
    ("yes", "y", "true", "on", "1", "对", "有", "是的", "√", "✓", "✔", "☑"), YES
) | dict.fromkeys(("no", "n", "false", "off", "0", "错", "无", "没有", "不是", "×", "✗", "✘"), NO)

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
ENDLESS = rule(
    "F220",
    "endless-conversion",
    Severity.ERROR,
    "“{value}” has no end when it is turned into {wanted}, the unit of “{name}”",
    "write it in {wanted}, rounded by yourself",
)
NOT_A_CHOICE = rule("F207", "not-a-choice", Severity.ERROR, "“{name}” cannot be “{value}”", "write one of: {choices}")
NOT_A_DATE = rule(
    "F208",
    "not-a-date",
    Severity.ERROR,
    "“{name}” takes a date, “{value}” is none",
    "write it like 2022-06-24 or 2022年6月24日",
)
PRIVATE = rule(
    "F211",
    "private-character",
    Severity.ERROR,
    "“{name}” holds the character {code}, which means something on one computer only",
    "delete the character; it may be invisible",
)
CUT_SHORT = rule(
    "F213",
    "cut-short",
    Severity.WARNING,
    "the text of “{name}” ends before “ #”: the rest counts as a comment",
    "if it belongs to the text, write the text as below; if it is a comment, give it a line of its own:\n{mended}",
)
TAG_IN_TEXT = rule(
    "F214",
    "tag-in-text",
    Severity.ERROR,
    "“{name}” is printed as it stands: a tag in it would not be filled in",
    "write the text out, or move it to a place that takes prose (正文)",
)
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
_Read = tuple[Value | None, list[Diagnostic]]
_OPEN_TEXT, _OPEN_DATE, _OPEN_TRUTH = Field(Kind.TEXT), Field(Kind.DATE), Field(Kind.TRUTH)
COUNT: Final = Label(Span(), N_("plain numbers"))


def read(node: Node, form: Field, path: str) -> _Read:
    """Read a scalar as the form asks; None where it cannot be read."""
    said = str(node.value)
    if hidden := _PRIVATE.search(said):
        return None, [PRIVATE.at(node.span, name=path, code=f"U+{ord(hidden.group()):04X}")]
    return _READERS[form.kind](said, node, form, path)


def guess(node: Node) -> Field:
    """Give open data the kind that its own text shows; quoted text and blocks stay text."""
    said = str(node.value)
    if node.style != "plain":
        return _OPEN_TEXT
    if match := _NUMBER.fullmatch(said):
        return _open_number(match["unit"] or "", _decimals(match["figure"]))
    if said in {YES, NO}:
        return _OPEN_TRUTH
    return _OPEN_DATE if _day(said) else _OPEN_TEXT


@lru_cache
def _open_number(unit: str, decimals: int) -> Field:
    return Field(Kind.NUMBER, unit=unit.replace("％", _PERCENT), decimals=decimals)


def _number(said: str, node: Node, form: Field, path: str) -> _Read:
    said = said.strip()
    match = _NUMBER.fullmatch(said)
    if match is None:
        return None, [_no_number(said, node.span, form, path)]
    figure, unit = match.groups("")
    if len(figure) > MAX_DIGITS and sum(map(str.isdigit, figure)) > MAX_DIGITS:
        return None, [LONG_NUMBER.at(node.span, name=path, limit=MAX_DIGITS)]
    if form.unit == _PERCENT and not unit:
        return None, [NO_PERCENT_SIGN.at(node.span, name=path, value=said)]
    if unit and (unit != form.unit or unit == _PERCENT):
        number, found = _converted(figure, unit.replace("％", _PERCENT), node, form, path)
    else:
        number = Number(figure, form.decimals, form.unit)
        found = _finer(figure, node, form, path) if "." in figure else []
    if number is not None and (form.minimum is not None or form.maximum is not None):
        found += _range(number, said, node, form, path)
    return number, found


def _converted(figure: str, unit: str, node: Node, form: Field, path: str) -> tuple[Number | None, list[Diagnostic]]:
    """Turn a number into another unit of what it measures, exactly; per cent becomes a fraction."""
    wanted, decimals = form.unit, form.decimals
    if unit == _PERCENT and wanted in {"", _PERCENT}:
        found = _finer(figure, node, form, path) if wanted else []
        decimals = _decimals(figure) if decimals is None else decimals
        return Number(Decimal(figure).scaleb(-2, _EXACT), decimals, unit), found
    if unit == _YEAR and not wanted:
        return Number(figure, decimals, unit), []
    factor = units.ratio(unit, wanted)
    if factor is None:
        return None, [WRONG_UNIT.at(node.span, name=path, unit=unit, wanted=wanted or COUNT)]
    value = units.finite(Fraction(figure) * factor)
    if value is None:
        return None, [ENDLESS.at(node.span, name=path, value=str(node.value).strip(), wanted=wanted or COUNT)]
    return Number(value, decimals, wanted or unit, _slack(figure, unit, factor)), []


def _finer(figure: str, node: Node, form: Field, path: str) -> list[Diagnostic]:
    """Find more decimals than the form takes; zeros at the end do not count."""
    if form.decimals is None or _decimals(figure) <= form.decimals or _decimals(figure.rstrip("0")) <= form.decimals:
        return []
    return [TOO_FINE.at(node.span, name=path, value=str(node.value).strip(), decimals=form.decimals)]


def _no_number(said: str, span: Span, form: Field, path: str) -> Diagnostic:
    mended = _mended(said)
    advice = N_("write {mended}") if mended else None
    return NOT_A_NUMBER.at(span, help=advice, name=path, value=said, unit=form.unit or COUNT, mended=mended)


def _mended(said: str) -> str:
    """Write a number that is typed another way (full-width, with separators or an exponent) as it is read here."""
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", said[:MAX_DIGITS]).translate(_SIGNS))
    sign, digits = plain[:1].strip("0123456789."), plain.lstrip("+-")
    digits = re.sub(r"^0+(?=[0-9])", "", f"0{digits}" if digits.startswith(".") else digits)
    if match := re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)[eE]\+?([0-9])", digits):
        return f"{sign}{Decimal(match[1]).scaleb(int(match[2]), _EXACT):f}"
    return f"{sign}{digits}" if len(said) <= MAX_DIGITS and _NUMBER.fullmatch(f"{sign}{digits}") else ""


def _decimals(figure: str) -> int:
    return len(figure.partition(".")[2])


def _slack(figure: str, unit: str, factor: Fraction) -> Decimal:
    """Give how far a number may lie from a converted one, rounded up."""
    low, high = Number(figure, unit=unit).interval
    slack = Fraction(high - low) * factor / 2
    return _UPWARD.divide(Decimal(slack.numerator), Decimal(slack.denominator))


def _range(value: Decimal, said: str, node: Node, form: Field, path: str) -> list[Diagnostic]:
    low, high = form.minimum, form.maximum
    if (low is None or value >= low) and (high is None or value <= high):
        return []
    if low is None:
        advice = N_("it must be at most {maximum}")
    elif high is None:
        advice = N_("it must be at least {minimum}")
    else:
        advice = N_("it must lie between {minimum} and {maximum}")
    minimum, maximum = _limit(low, form.unit), _limit(high, form.unit)
    return [OUT_OF_RANGE.at(node.span, help=advice, name=path, value=said, minimum=minimum, maximum=maximum)]


def _limit(limit: Decimal | None, unit: str) -> str:
    if limit is None:
        return ""
    return f"{limit.scaleb(2, _EXACT).normalize(_EXACT):f}%" if unit == _PERCENT else f"{limit:f}"


def _day(said: str) -> dt.date | None:
    match = _DATE.fullmatch(said.strip())
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _truth(said: str, node: Node, _form: Field, path: str) -> _Read:
    said = said.strip()
    if said in {YES, NO}:
        return said == YES, []
    meant = _TRUTHS.get(said.lower(), "")
    advice = N_("write {meant}") if meant else None
    return None, [NOT_A_CHOICE.at(node.span, help=advice, name=path, value=said, choices=f"{YES}、{NO}", meant=meant)]


def _date(said: str, node: Node, _form: Field, path: str) -> _Read:
    day = _day(said)
    return day, [] if day else [NOT_A_DATE.at(node.span, name=path, value=said.strip())]


def _choice(said: str, node: Node, form: Field, path: str) -> _Read:
    if said in form.choices:
        return said, []
    return said, [NOT_A_CHOICE.at(node.span, name=path, value=said, choices="、".join(form.choices))]


def _text(said: str, node: Node, form: Field, path: str) -> _Read:
    found = _cut(node, form, path)
    if _TAG.search(said):
        found.append(TAG_IN_TEXT.at(node.span, name=path))
    return said.rstrip("\n"), found


def _prose(said: str, node: Node, form: Field, path: str) -> _Read:
    return said, _cut(node, form, path)


def _cut(node: Node, form: Field, path: str) -> list[Diagnostic]:
    """Find text that loses its end to ` #`: in prose any, in a short text only what does not look like a comment."""
    text = node.source.text
    if node.style != "plain" or text[node.end : node.end + 1] not in {" ", "\t"}:
        return []
    rest = re.compile(r"[ \t]+#.*").match(text, node.end)
    if rest is None or (form.kind is not Kind.PROSE and not re.match(r"[ \t]+#[^\s#]", rest.group())):
        return []
    whole = f"{node.value}{rest.group().rstrip()}"
    owner = "-" if path.endswith("]") else f"{path.rpartition('.')[2]}:"
    return [CUT_SHORT.at(node.span, name=path, mended=f"{owner} |\n  {whole}")]


_READERS: Final[Mapping[Kind, Callable[[str, Node, Field, str], _Read]]] = {
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.TRUTH: _truth,
    Kind.CHOICE: _choice,
    Kind.TEXT: _text,
    Kind.PROSE: _prose,
}

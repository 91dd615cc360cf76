"""Values in, the text that a bare tag prints out; and `Misuse`, how the language says that a value does not fit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from reportgen import formats
from reportgen.diagnostics import N_, Diagnostic, Label, Rule, Severity, Span, rule
from reportgen.facts import Gap, Number, Picture, Range
from reportgen.language.marks import strip
from reportgen.language.trace import TracedTruth
from reportgen.schema import NO, YES

MAX_PLAIN_DECIMALS: Final = 6
MAX_TEXT: Final = 1 << 20
_MAX_SAMPLE: Final = 40
_PERCENT: Final = "%"

WRONG_KIND = rule(
    "T511",
    "wrong-kind",
    Severity.ERROR,
    "“{filter}” takes {wanted}, not “{value}”",
    "see `docs/reference/language.md` for what each filter takes",
)
NOT_ROUNDED = rule(
    "T512",
    "not-rounded",
    Severity.ERROR,
    "a computed number with many decimals is printed as it is ({value}…)",
    "say how to print it: | 百分比, | 金额 or | 舍入(2)",
)
NOT_PRINTABLE = rule(
    "T513",
    "not-printable",
    Severity.ERROR,
    "{what} cannot be printed as it is",
    "print one of its members, or join a list with | 顿号",
)
GAP_PRINTED = rule(
    "T514",
    "gap-used",
    Severity.ERROR,
    "“{name}” is used here but is not given",
    "give it in the facts, or ask first: 有({name})",
)
BAD_SHARES = rule(
    "T515",
    "no-shares",
    Severity.ERROR,
    "shares need a list of amounts that are not negative and not all zero",
    "check the amounts, or leave the shares out when there is nothing to share",
)


PICTURE_PRINTED = rule(
    "T529",
    "picture-printed",
    Severity.ERROR,
    "a picture cannot be part of a text",
    "print it by a tag of the Word template with nothing but its name in it",
)
TOO_LONG = rule(
    "T516",
    "text-too-long",
    Severity.ERROR,
    "a tag makes more than {limit} characters of text",
    "shorten the text, or divide it over several tags",
)


class Misuse(Exception):
    """A rule of the language is broken while a tag is evaluated; whoever knows the place makes a diagnostic of it."""

    def __init__(self, broken: Rule, **values: Any) -> None:  # noqa: ANN401 — whatever the message names
        """Take the rule and the values of its message."""
        super().__init__(broken.code, values)
        self.rule = broken
        self.values = values

    def at(self, span: Span) -> Diagnostic:
        """Give the finding at a place; a value `close` is the name that was probably meant."""
        return self.rule.at(span, help=N_("write “{close}”") if "close" in self.values else None, **self.values)


class Absent(Misuse):
    """What is looked up is not there; `gap` stands for it where that may be: in 有( ) and before `| 默认`."""

    def __init__(self, broken: Rule, gap: Gap) -> None:
        """Take the rule, and the gap itself."""
        super().__init__(broken, name=gap.path, reported=gap.reported)
        self.gap = gap

    @classmethod
    def of(cls, gap: Gap) -> Absent:
        """Say that an absent fact is used."""
        return cls(GAP_PRINTED, gap)


def printed(value: object) -> str:
    """Give the text that a bare `{{ value }}` prints; raises `Misuse` for what has none."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return _figure(value)
    if isinstance(value, bool | TracedTruth):
        return YES if value else NO
    if isinstance(value, dt.date):
        return formats.long_date(value)
    if isinstance(value, Range):
        return f"{_figure(value.first)}—{_figure(value.last)}"
    if isinstance(value, Gap):
        raise Absent.of(value)
    if isinstance(value, Picture):
        raise Misuse(PICTURE_PRINTED)
    what = N_("a list") if isinstance(value, list) else N_("a group of names")
    raise Misuse(NOT_PRINTABLE, what=Label(Span(), what))


def writes_itself(value: object) -> bool:
    """Whether a value is no text: a picture, or one that a program gives and that has its own form (`__html__`)."""
    return not isinstance(value, str) and (isinstance(value, Picture) or hasattr(value, "__html__"))


def sample(value: object) -> str:
    """Give as much of a value as a message can hold; a text in quotes, so that '1' is not taken for a number."""
    if isinstance(value, list | dict):
        return "[ … ]" if isinstance(value, list) else "{ … }"
    try:
        text = strip(printed(value))[0]
    except Misuse:
        return "…"
    text = text if len(text) <= _MAX_SAMPLE else f"{text[:_MAX_SAMPLE]}…"
    return f"'{text}'" if isinstance(value, str) else text


def _figure(value: Decimal) -> str:
    try:
        return f"{value.about}{_number(value)}" if isinstance(value, Number) else _computed(value)
    except ValueError:
        raise Misuse(TOO_LONG, limit=formats.MAX_DIGITS) from None


def _number(value: Number) -> str:
    """Give a fact's number with its own decimals; zero is `0`, a share of one hundred carries its sign."""
    if value.unit == _PERCENT:
        return formats.percent(value, value.decimals or 0)
    if value.decimals is None:
        return formats.plain(value)
    return formats.money(value, value.decimals)


def _computed(value: Decimal) -> str:
    """Give a computed number with the decimals it came to have, if these are few; a rate with its sign."""
    text = formats.full(value)
    decimals = len(text.partition(".")[2])
    if decimals > MAX_PLAIN_DECIMALS:
        text = formats.plain(value)
        decimals = len(text.partition(".")[2])
        if decimals > MAX_PLAIN_DECIMALS:
            raise Misuse(NOT_ROUNDED, value=text[: text.index(".") + 1 + MAX_PLAIN_DECIMALS])
    return formats.percent(value, max(0, decimals - 2)) if getattr(value, "unit", "") == _PERCENT else text

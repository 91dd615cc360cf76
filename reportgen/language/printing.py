"""Values in, the text that a bare tag prints out; and `Misuse`, how the language says that a value does not fit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from reportgen import formats
from reportgen.diagnostics import N_, Diagnostic, Label, Rule, Severity, Span, rule
from reportgen.facts import Gap, Number
from reportgen.language.trace import TracedTruth
from reportgen.schema import NO, YES

MAX_PLAIN_DECIMALS: Final = 6
MAX_TEXT: Final = 1 << 20

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


TOO_LONG = rule(
    "T516",
    "text-too-long",
    Severity.ERROR,
    "a tag makes more than {limit} characters of text",
    "shorten the text, or divide it over several tags",
)


def printed(value: object) -> str:
    """Give the text that a bare `{{ value }}` prints; raises `Misuse` for what has none."""
    if isinstance(value, str):
        return value
    if isinstance(value, Number):
        return number(value)
    if isinstance(value, Decimal):
        return _computed(value)
    if isinstance(value, bool | TracedTruth):
        return YES if value else NO
    if isinstance(value, dt.date):
        return formats.long_date(value)
    if isinstance(value, Gap):
        raise Misuse(GAP_PRINTED, name=value.path)
    if isinstance(value, list | dict):
        what = N_("a list") if isinstance(value, list) else N_("a group of names")
        raise Misuse(NOT_PRINTABLE, what=Label(Span(), what))
    return str(value)


def number(value: Number) -> str:
    """Give a fact's number with its own decimals; zero is `0`, a share of one hundred carries its sign."""
    if value.unit == "%":
        digits = value.decimals or 0
        return formats.percent(value, digits)
    if value.decimals is None:
        return formats.plain(value)
    return formats.money(value, value.decimals)


def _computed(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > MAX_PLAIN_DECIMALS:
        raise Misuse(NOT_ROUNDED, value=str(value)[:MAX_PLAIN_DECIMALS])
    return formats.money(value, max(0, -exponent))

"""What operators and look-ups do with values: what is meant for their kind, and all else is a `Misuse`, not a guess."""

from __future__ import annotations

import datetime as dt
import operator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Severity, rule
from reportgen.facts import Gap, Range, Value
from reportgen.language.marks import strip
from reportgen.language.printing import Absent, Misuse, sample
from reportgen.language.quantities import joint_unit, unit_of
from reportgen.language.trace import TracedText, TracedTruth, in_unit, remember, trace
from reportgen.schema import ENDS, NO, YES

if TYPE_CHECKING:
    from collections.abc import Callable

MISSING_MEMBER = rule(
    "T507",
    "missing-member",
    Severity.ERROR,
    "“{name}” is not there",
    "check the name before it; the first item of a list is [0]",
)
NOT_A_NUMBER = rule(
    "T517",
    "calculated-without-number",
    Severity.ERROR,
    "“{sign}” calculates with numbers, “{value}” is none",
    "join texts with ~, and put what a filter takes in brackets: (a / b) | 百分比",
)
NOT_COMPARABLE = rule(
    "T518",
    "not-comparable",
    Severity.ERROR,
    "“{left}” and “{right}” cannot be compared by “{sign}”",
    "numbers compare with numbers, dates with dates, texts with texts (only by == and !=)",
)
DIVIDED_BY_ZERO = rule(
    "T519",
    "divided-by-zero",
    Severity.ERROR,
    "“{value}” is divided by 0",
    "say what holds where there is nothing to divide by: … if … != 0 else …",
)
NOT_A_LIST = rule(
    "T520",
    "not-a-list",
    Severity.ERROR,
    "“{sign}” takes a list, “{value}” is none",
    "name a list of the facts here",
)
_TRUTH: Final = (bool, TracedTruth)


def missing(name: str) -> Absent:
    """Say that a name leads nowhere."""
    return Absent(MISSING_MEMBER, Gap(name))


def figure(sign: str, value: Value) -> Decimal:
    """Take an operand of arithmetic."""
    if isinstance(value, Decimal):
        return value
    raise Absent.of(value) if isinstance(value, Gap) else Misuse(NOT_A_NUMBER, sign=sign, value=sample(value))


def items(sign: str, value: Value) -> list[Value]:
    """Take a list to go through."""
    if isinstance(value, list):
        return value
    raise Absent.of(value) if isinstance(value, Gap) else Misuse(NOT_A_LIST, sign=sign, value=sample(value))


def _divided(left: Decimal, right: Decimal) -> Decimal:
    """Divide; nothing is divided by zero."""
    if not right:
        raise Misuse(DIVIDED_BY_ZERO, value=sample(left))
    return left / right


def _with_unit(sign: str, calculate: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Decimal, Decimal], Decimal]:
    """Let a calculation give its result the unit that follows from the units of what it takes."""

    def calculated(left: Decimal, right: Decimal) -> Decimal:
        unit = joint_unit(sign, left, right)
        return in_unit(calculate(left, right), unit)

    return calculated


ARITHMETIC: Final[dict[str, Callable[[Decimal, Decimal], Decimal]]] = {
    sign: _with_unit(sign, calculate)
    for sign, calculate in (("+", operator.add), ("-", operator.sub), ("*", operator.mul), ("/", _divided))
}


def negative(value: Decimal) -> Decimal:
    """Turn the sign of a number round; it keeps its unit."""
    return in_unit(-value, unit_of(value))


def equal(left: Value, right: Value, sign: str = "==") -> bool:
    """Tell whether two numbers, dates, texts or truth values are equal; the texts 是 and 否 equal their truth value."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        joint_unit(sign, left, right)
        return left == right
    if isinstance(left, str) and isinstance(right, str):
        return _bare(left) == _bare(right)
    if isinstance(left, dt.date) and isinstance(right, dt.date):
        return left == right
    truths = truth(left), truth(right)
    if None not in truths and (isinstance(left, _TRUTH) or isinstance(right, _TRUTH)):
        return truths[0] == truths[1]
    raise not_comparable(sign, left, right)


def _bare(text: str) -> str:
    """Take the marks of a traced run out of a text."""
    return strip(text)[0] if isinstance(text, TracedText) else text


def truth(value: Value) -> bool | None:
    """Give what 是 and 否 say, as a truth value or as a text; None for anything else."""
    if isinstance(value, _TRUTH):
        return bool(value)
    return {YES: True, NO: False}.get(_bare(value)) if isinstance(value, str) else None


def not_comparable(sign: str, left: Value, right: Value) -> Misuse:
    """Say that two values cannot be compared, or that one of them is absent."""
    for value in (left, right):
        if isinstance(value, Gap):
            return Absent.of(value)
    return Misuse(NOT_COMPARABLE, left=sample(left), right=sample(right), sign=sign)


def _unequal(left: Value, right: Value) -> bool:
    return not equal(left, right, "!=")


def _ordering(sign: str, holds: Callable[[Any, Any], bool]) -> Callable[[Value, Value], bool]:
    def compare(left: Value, right: Value) -> bool:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            joint_unit(sign, left, right)
            return holds(left, right)
        if isinstance(left, dt.date) and isinstance(right, dt.date):
            return holds(left, right)
        raise not_comparable(sign, left, right)

    return compare


def not_below(sign: str, left: Decimal, right: Decimal) -> bool:
    """Tell whether a number is as large as another, of the same unit."""
    joint_unit(sign, left, right)
    return left >= right


def _within(needle: Value, hay: Value) -> bool:
    """Tell whether a text is part of a text, or a value equals an item of a list."""
    if isinstance(hay, str) and isinstance(needle, str):
        return _bare(needle) in _bare(hay)
    if isinstance(hay, str):
        raise not_comparable("in", needle, hay)
    found = [equal(needle, item, "in") for item in items("in", hay)]  # every item must be comparable
    return any(found)


def _not_within(needle: Value, hay: Value) -> bool:
    return not _within(needle, hay)


COMPARISONS: Final[dict[str, Callable[[Value, Value], bool]]] = {
    "eq": equal,
    "ne": _unequal,
    "lt": _ordering("<", operator.lt),
    "lteq": _ordering("<=", operator.le),
    "gt": _ordering(">", operator.gt),
    "gteq": _ordering(">=", operator.ge),
    "in": _within,
    "notin": _not_within,
}
"""Comparisons by the names that Jinja's parser gives them."""


def member(owner: Value, key: str, path: str) -> Value:
    """Look a key up in a group, and nothing else; `path` is how the whole look-up is written."""
    if isinstance(owner, dict) and key in owner:
        return owner[key]
    if isinstance(owner, Range) and key in ENDS:
        return remember(owner.end(key), trace(owner))
    raise Absent.of(owner) if isinstance(owner, Gap) else missing(path)


def item(owner: Value, at: object, path: str) -> Value:
    """Take an item of a list by its number (from 0), or a key of a group."""
    if isinstance(at, str):
        return member(owner, at, path)
    if isinstance(owner, Gap):
        raise Absent.of(owner)
    if isinstance(owner, list) and isinstance(at, Decimal) and 0 <= at < len(owner) and at == int(at):
        return owner[int(at)]
    raise missing(path)

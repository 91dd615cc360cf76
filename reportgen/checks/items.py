"""The values of the operands of a check, as its kind takes them: numbers, dates or words; and how they are written."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.checks.rounding import Rounded, converted, figure
from reportgen.diagnostics import N_, Label, Severity, Span, rule
from reportgen.language import Failed, names, sample, strip, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.checks.definition import Check, Operand
    from reportgen.facts import Value

UNFIT = rule(
    "C115",
    "check-operand",
    Severity.ERROR,
    "{kind} takes {wanted}, “{name}” is {value}",
    "name another fact in the check, or write this one as the check needs it",
)
UNITS = rule(
    "C116",
    "check-units",
    Severity.ERROR,
    "{kind} takes numbers of one kind, not {figures}",
    "compare only what can be counted in the same unit",
)
NUMBERS: Final = Label(Span(), N_("numbers"))
DAYS: Final = Label(Span(), N_("dates"))
WORDS: Final = Label(Span(), N_("texts, numbers, dates and 是 or 否"))
ALIKE: Final = Label(Span(), N_("values of one kind"))
ONE_VALUE: Final = Label(Span(), N_("one value"))
A_BALANCE: Final = Label(Span(), N_("末项 or 最大余数 as 平衡"))
_MOST: Final = 12
_COMMAS: Final = "、，"


class Item(NamedTuple):
    """One value that an operand has, or one item of the list that it has, by its number from 1."""

    operand: Operand
    value: Value
    number: int = 0

    @property
    def used(self) -> list[str]:
        """Give the names that the operand looks up."""
        return names(self.operand.routine)

    @property
    def paths(self) -> Sequence[str]:
        """Give the paths of the facts that a number comes from, or the names below which any other value stands."""
        if isinstance(self.value, Rounded):
            return self.value.paths
        return [f"{self.operand.text}[{self.number}]", *self.used] if self.used == [self.operand.text] else self.used

    @property
    def name(self) -> str:
        """Give the name of the fact that this is, or what was typed to compute it; nothing for a constant."""
        if isinstance(self.value, Rounded) and len(self.value.paths) == 1:
            return self.value.paths[0]
        return self.operand.text if self.used else ""


def unfit(one: Check, wanted: Label, item: Item) -> Failed:
    """Say that a value is not what its place in a check takes."""
    name = item.name or item.operand.text
    return Failed(UNFIT.at(item.operand.span, kind=one.kind, wanted=wanted, name=name, value=sample(item.value)))


def numbers(one: Check, items: Sequence[Item]) -> list[Decimal]:
    """Take numbers, all in the unit of the first that has one."""
    found: list[Decimal] = []
    for item in items:
        if not isinstance(item.value, Decimal):
            raise unfit(one, NUMBERS, item)
        value = converted(item.value, unit(found))
        if value is None:
            raise Failed(UNITS.at(item.operand.span, kind=one.kind, figures=shown(items)))
        found.append(value)
    return found


def unit(numbers: Sequence[Decimal]) -> str:
    """Give the unit of numbers that have one unit."""
    return next(filter(None, map(unit_of, numbers)), "")


def day(one: Check, item: Item) -> dt.date:
    """Take a date."""
    if not isinstance(item.value, dt.date):
        raise unfit(one, DAYS, item)
    return item.value


def word(one: Check, item: Item) -> tuple[str, object]:
    """Take a text, a number, a date or a truth value, with its kind, in a form in which what means the same is equal.

    Spaces say nothing in a text, nor does it matter whether signs are full-width.
    """
    value = item.value
    if isinstance(value, str):
        return "text", "".join(unicodedata.normalize("NFKC", strip(value)[0]).split())
    if isinstance(value, Decimal):
        return "number", Decimal(value)
    if isinstance(value, dt.date):
        return "date", value.toordinal()
    if isinstance(value, int):
        return "truth", bool(value)
    raise unfit(one, WORDS, item)


def shown(items: Sequence[Item], unit: str = "") -> str:
    """Write values as they are printed, each with its name; a number without a unit takes that of the others."""
    return "、".join(
        f"“{one.name}”（{_written(one.value, unit)}）" if one.name else _written(one.value, unit) for one in items
    )


def listed(items: Sequence[Item]) -> str:
    """Write what is in a list, or `—` for nothing; names that hold commas themselves come in quotes."""
    more = "…" if len(items) > _MOST else ""
    names = [told(item) for item in items[:_MOST]]
    if any(sign in name for name in names for sign in _COMMAS):
        return "".join(f"“{name}”" for name in names) + more
    return "、".join(names) + more or "—"


def told(item: Item) -> str:
    """Write one item of a list, a group as its first text."""
    members = item.value.values() if isinstance(item.value, dict) else ()
    return _written(next((member for member in members if isinstance(member, str)), item.value))


def _written(value: Value, unit: str = "") -> str:
    if isinstance(value, Decimal):
        return figure(value, unit)
    return strip(value)[0] if isinstance(value, str) else sample(value)

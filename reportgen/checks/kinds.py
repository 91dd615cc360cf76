"""What each kind of check asks of its operands: their values in; for each thing that is wrong, a sentence out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import formats
from reportgen.checks.definition import ACTUAL, AGAINST, BALANCE, ONE, OTHER, PARTS, TARGET, Kind
from reportgen.checks.items import (
    A_BALANCE,
    ALIKE,
    ONE_VALUE,
    Item,
    day,
    listed,
    numbers,
    shown,
    told,
    unfit,
    unit,
    word,
)
from reportgen.checks.rounding import PERCENT, agree, apart, exceeds, figure, places, total
from reportgen.diagnostics import N_, Label, Rule, Severity, Span, rule
from reportgen.language import names

if TYPE_CHECKING:
    from reportgen.checks.definition import Check

CONDITION = rule("C101", "check", Severity.ERROR, "{name}: {text}", "{advice}")
SUM = rule("C104", "check-sum", Severity.ERROR, "{name}: {text}", "check the parts and the total: one of them is wrong")
EQUAL = rule(
    "C105", "check-equal", Severity.ERROR, "{name}: {text}", "find out which one is right, and state it everywhere"
)
AT_MOST = rule(
    "C106", "check-at-most", Severity.ERROR, "{name}: {text}", "check both: the first cannot be the larger one"
)
IN_ORDER = rule("C107", "check-in-order", Severity.ERROR, "{name}: {text}", "check both dates")
SAME_SET = rule("C108", "check-same-set", Severity.ERROR, "{name}: {text}", "name the same in both lists")
COUNT = rule("C109", "check-count", Severity.ERROR, "{name}: {text}", "count again, or complete the list")
SHARES = rule(
    "C110",
    "check-shares",
    Severity.ERROR,
    "{name}: {text}",
    "write the share that follows from the amounts; one that makes up what is left to 100% must be declared as 平衡",
)
TARGETS = rule(
    "C111",
    "check-targets",
    Severity.ERROR,
    "{name}: {text}",
    "check the figures; what misses its target is not to be called met",
)
RULES: Final[Mapping[Kind, Rule]] = {
    Kind.CONDITION: CONDITION,
    Kind.SUM: SUM,
    Kind.EQUAL: EQUAL,
    Kind.AT_MOST: AT_MOST,
    Kind.IN_ORDER: IN_ORDER,
    Kind.SAME_SET: SAME_SET,
    Kind.COUNT: COUNT,
    Kind.SHARES: SHARES,
    Kind.TARGETS: TARGETS,
}
BALANCES: Final[Mapping[str, formats.Balance]] = {"末项": "last", "最大余数": "largest"}
_AMOUNTS: Final = Label(Span(), N_("amounts that are not negative and not all zero"))
_WHOLE: Final = Decimal(1)


class Broken(NamedTuple):
    """What is wrong, and the values that it is about, the one at fault first."""

    said: Label
    about: Sequence[Item] = ()


Given = Mapping[str, Sequence[Item]]
"""The values of a check by what they are for; an operand that is a list has given its items."""


def broken(one: Check, given: Given) -> Iterator[Broken]:
    """Say what is wrong; raises `Failed` for values that do not fit the kind of the check."""
    return _KINDS[one.kind](one, given)


def _broken(message: str, about: Sequence[Item], **values: object) -> Broken:
    return Broken(Label(Span(), message, values), about)


def _condition(_one: Check, given: Given) -> Iterator[Broken]:
    (condition,) = given[Kind.CONDITION]
    if not condition.value:
        yield Broken(Label(Span()))


def _sum(one: Check, given: Given) -> Iterator[Broken]:
    parts, whole = given[PARTS], _single(one, given, AGAINST)
    *amounts, stated = numbers(one, [*parts, whole])
    added, common = total(amounts), unit([*amounts, stated])
    if not agree((added, stated)):
        yield _broken(
            N_("{parts} add up to {sum}, not to {whole}: {difference} apart"),
            [whole, *parts],
            parts=shown(parts, common),
            sum=figure(added, common),
            whole=shown([whole], common),
            difference=apart(added, stated),
        )


def _equal(one: Check, given: Given) -> Iterator[Broken]:
    items = given[Kind.EQUAL]
    words = [word(one, item) for item in items]
    kinds = [kind for kind, _ in words]
    if len({*kinds}) > 1:
        raise unfit(one, ALIKE, next(item for item, kind in zip(items, kinds, strict=True) if kind != kinds[0]))
    if kinds[:1] == ["number"]:
        yield from _equal_numbers(items, numbers(one, items))
    elif len({*words}) > 1:
        yield _broken(N_("{items} should agree"), items, items=shown(items))


def _equal_numbers(items: Sequence[Item], values: Sequence[Decimal]) -> Iterator[Broken]:
    if not agree(values):
        yield _broken(
            N_("{items} should be equal and are {difference} apart"),
            items,
            items=shown(items, unit(values)),
            difference=apart(max(values), min(values)),
        )


def _at_most(one: Check, given: Given) -> Iterator[Broken]:
    items = given[Kind.AT_MOST]
    values = numbers(one, items)
    common = unit(values)
    for (part, less), (whole, more) in pairwise(zip(items, values, strict=True)):
        if exceeds(less, more):
            message = N_("{part} is more than {whole}")
            yield _broken(message, [part, whole], part=shown([part], common), whole=shown([whole], common))


def _in_order(one: Check, given: Given) -> Iterator[Broken]:
    days = [(item, day(one, item)) for item in given[Kind.IN_ORDER]]
    for (earlier, before), (later, after) in pairwise(days):
        if before > after:
            message = N_("{earlier} comes after {later}")
            yield _broken(message, [earlier, later], earlier=shown([earlier]), later=shown([later]))


def _same_set(one: Check, given: Given) -> Iterator[Broken]:
    left, right = ({word(one, item): item for item in given[role]} for role in (ONE, OTHER))
    here = [item for key, item in left.items() if key not in right]
    there = [item for key, item in right.items() if key not in left]
    if here and there:
        yield _broken(
            N_("only “{one}” has {here}; only “{other}” has {there}"),
            [*here, *there],
            one=_title(one, ONE),
            here=listed(here),
            other=_title(one, OTHER),
            there=listed(there),
        )
    elif here or there:
        poor, rich = (OTHER, ONE) if here else (ONE, OTHER)
        message = N_("“{poor}” lacks {missing}, which “{rich}” has")
        missing = here or there
        yield _broken(message, missing, poor=_title(one, poor), rich=_title(one, rich), missing=listed(missing))


def _count(one: Check, given: Given) -> Iterator[Broken]:
    items, stated = given[PARTS], _single(one, given, AGAINST)
    (wanted,) = numbers(one, [stated])
    if not agree((wanted, Decimal(len(items)))):
        yield _broken(
            N_("“{list}” has {count} items ({items}), not {stated}"),
            [stated, *items],
            list=_title(one, PARTS),
            count=len(items),
            items=listed(items),
            stated=shown([stated]),
        )


def _shares(one: Check, given: Given) -> Iterator[Broken]:
    parts, stated = given[PARTS], given[AGAINST]
    amounts, shares = numbers(one, parts), numbers(one, stated)
    if not any(amounts) or min(amounts) < 0:
        raise unfit(one, _AMOUNTS, _whole(one, given, PARTS))
    if len(parts) != len(stated):
        message = N_("{shares} shares are stated for {parts} amounts")
        yield _broken(message, [*stated, *parts], shares=len(stated), parts=len(parts))
        return
    whole, balance = total(amounts), _balance(one, given)
    for at, (part, share) in enumerate(zip(amounts, shares, strict=True)):
        decimals = places(share, PERCENT)
        if agree((share, part / whole)):
            continue
        if balance is None or share != formats.shares(amounts, decimals, balance)[at]:
            yield _broken(
                N_("{share} should be {right}, for {part} of {whole}"),
                [stated[at], parts[at]],
                share=shown([stated[at]]),
                right=formats.percent(part / whole, decimals),
                part=shown([parts[at]]),
                whole=figure(whole),
            )


def _balance(one: Check, given: Given) -> formats.Balance | None:
    """Tell which share may make up the difference to 100%, if that is declared."""
    for item in given[BALANCE]:
        if not isinstance(item.value, str) or item.value not in BALANCES:
            raise unfit(one, A_BALANCE, item)
        return BALANCES[item.value]
    return None


def _targets(one: Check, given: Given) -> Iterator[Broken]:
    items, reached = given[PARTS], given[ACTUAL] or given[PARTS]
    missed: list[tuple[Item, str]] = []
    for at, item in enumerate(items):
        actual, *rest = numbers(one, [reached[at], *given[TARGET][at : at + 1]])
        target = rest[0] if rest else _WHOLE
        if actual < target:
            common = unit([actual, target])
            called = told(item) if given[ACTUAL] else item.name
            missed.append((reached[at], f"{called} {figure(actual, common)}＜{figure(target, common)}"))
    if missed:
        yield _broken(
            N_("{missed} of {count} miss their targets: {items}"),
            [item for item, _ in missed],
            missed=len(missed),
            count=len(items),
            items="、".join(figures for _, figures in missed),
        )


def _single(one: Check, given: Given, role: str) -> Item:
    """Take the one value of an operand."""
    if len(given[role]) != 1:
        raise unfit(one, ONE_VALUE, _whole(one, given, role))
    return given[role][0]


def _whole(one: Check, given: Given, role: str) -> Item:
    """Give all values of an operand as one list."""
    return Item(one.operands[role][0], [item.value for item in given[role]])


def _title(one: Check, role: str) -> str:
    """Name the facts of an operand."""
    return "、".join(name for operand in one.operands[role] for name in names(operand.routine))


_KINDS: Final[Mapping[Kind, Callable[[Check, Given], Iterator[Broken]]]] = {
    Kind.CONDITION: _condition,
    Kind.SUM: _sum,
    Kind.EQUAL: _equal,
    Kind.AT_MOST: _at_most,
    Kind.IN_ORDER: _in_order,
    Kind.SAME_SET: _same_set,
    Kind.COUNT: _count,
    Kind.SHARES: _shares,
    Kind.TARGETS: _targets,
}

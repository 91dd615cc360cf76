"""Filters that take a list: they join it, count it, add it up, or choose from it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen import formats
from reportgen.diagnostics import N_
from reportgen.language.functions.table import (
    AMOUNTS,
    ANY,
    DECIMALS,
    KEY,
    LIST,
    PRINTED,
    TEXT,
    TWO,
    decimals,
    figure,
    filled,
    filtering,
    gives,
    item_of,
    items,
    items_or_member,
    kept,
    member,
    members,
    same,
    takes,
    text,
)
from reportgen.language.operators import equal, not_below
from reportgen.language.printing import BAD_SHARES, MAX_TEXT, TOO_LONG, WRONG_KIND, Misuse, printed, sample
from reportgen.language.quantities import RATE, joint_unit, unit_of
from reportgen.language.trace import in_unit, measured
from reportgen.schema import Field, Kind, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.facts import Value

_TEXT: Final = gives(Kind.TEXT)
_NUMBER: Final = gives(Kind.NUMBER)
_BALANCES: Final[Mapping[object, formats.Balance]] = {"末项": "last", "最大余数": "largest"}
_TEXTS: Final = replace(LIST, holds=PRINTED)
_LISTS: Final = replace(LIST, holds=LIST)
_BALANCE: Final = takes(N_("“末项” or “最大余数”"), Kind.TEXT)


@filtering("顿号", "enumerate", N_("the items of a list with 、 between them"), (_TEXTS,), _TEXT)
def _enumerated(value: object) -> Value:
    return _joined("顿号", value, "、")


@filtering("连接", "join", N_("the items of a list with the given text between them"), (_TEXTS, TEXT), _TEXT)
def _joined_by(value: object, separator: object) -> Value:
    return _joined("连接", value, text("连接", separator))


def _joined(name: str, value: object, separator: str) -> Value:
    listed = items(name, value)
    texts = [printed(one) for one in listed]
    _check_length(sum(map(len, texts)) + len(separator) * len(texts))
    return kept(separator.join(texts), value, separator, *listed)


def concat(*values: object) -> Value:
    """Join texts and numbers as printed, at most `MAX_TEXT` characters."""
    texts = [printed(value) for value in values]
    _check_length(sum(map(len, texts)))
    return kept("".join(texts), *values)


def _check_length(length: int) -> None:
    if length > MAX_TEXT:
        raise Misuse(TOO_LONG, limit=MAX_TEXT)


@filtering("数量", "count", N_("how many items a list has"), (LIST,), _NUMBER)
def _count(value: object) -> Value:
    return kept(Decimal(len(items("数量", value))), value)


@filtering(
    "合计", "sum", N_("the sum of a list of numbers, or of one member of its items"), (AMOUNTS, KEY), items_or_member
)
def _total(value: object, key: object = None) -> Value:
    amounts = [figure("合计", one if key is None else member("合计", one, key)) for one in items("合计", value)]
    unit = _shared_unit("合计", amounts)
    return in_unit(figure("合计", kept(sum(amounts, Decimal(0)), value)), unit)


def _shared_unit(name: str, amounts: Sequence[Decimal]) -> str:
    units = [amount for amount in amounts if unit_of(amount)]
    for other in units[1:]:
        joint_unit(name, units[0], other)
    return unit_of(units[0]) if units else ""


def _extreme(name: str, choose: Callable[[list[Decimal]], Decimal], value: object) -> Value:
    amounts = [figure(name, one) for one in filled(name, value)]
    _shared_unit(name, amounts)
    return kept(choose(amounts), value, *amounts)


@filtering("最大", "max", N_("the largest number of a list"), (AMOUNTS,), item_of)
def _largest(value: object) -> Value:
    return _extreme("最大", max, value)


@filtering("最小", "min", N_("the smallest number of a list"), (AMOUNTS,), item_of)
def _smallest(value: object) -> Value:
    return _extreme("最小", min, value)


@filtering("首", "first", N_("the first item of a list"), (LIST,), item_of)
def _first(value: object) -> Value:
    return kept(filled("首", value)[0], value)


@filtering("末", "last", N_("the last item of a list"), (LIST,), item_of)
def _last(value: object) -> Value:
    return kept(filled("末", value)[-1], value)


@filtering("取", "pluck", N_("one member of each item of a list"), (LIST, KEY), members)
def _pluck(value: object, key: object) -> Value:
    return kept([member("取", one, key) for one in items("取", value)], value)


@filtering("展开", "flatten", N_("the lists held by the items of a list, as one list"), (_LISTS, KEY), items_or_member)
def _flatten(value: object, key: object) -> Value:
    lists = [items("展开", member("展开", one, key)) for one in items("展开", value)]
    return kept([inner for one in lists for inner in one], value, *lists)


@filtering("筛选", "where", N_("the items of a list whose member is true, or equals a value"), (LIST, KEY, ANY), same)
def _where(value: object, key: object, wanted: object = None) -> Value:
    listed = items("筛选", value)
    tested = [member("筛选", one, key) for one in listed]
    chosen = [
        one
        for one, said in zip(listed, tested, strict=True)
        if (said if wanted is None else equal(said, wanted, "筛选"))
    ]
    return kept(chosen, value, *tested, wanted)


@filtering(
    "达标", "reached", N_("the items of a list whose first member is not below the second"), (AMOUNTS, KEY, KEY), same
)
def _reached(value: object, actual: object, target: object) -> Value:
    listed = items("达标", value)
    pairs = [[figure("达标", member("达标", one, key)) for key in (actual, target)] for one in listed]
    chosen = [one for one, (done, wanted) in zip(listed, pairs, strict=True) if not_below("达标", done, wanted)]
    return kept(chosen, value, *(side for pair in pairs for side in pair))


@filtering(
    "占比",
    "shares",
    N_("a list of amounts as fractions that add to exactly 1 when printed; 末项 or 最大余数 says which part gives way"),
    (AMOUNTS, DECIMALS, _BALANCE),
    lambda _value, _others: listing(Field(Kind.NUMBER, unit=RATE)),
)
def _shares(value: object, places: object = TWO, balance: object = "末项") -> Value:
    amounts, parts = _parts("占比", value, places, balance)
    return kept([measured(figure("占比", kept(part, *amounts, value)), RATE) for part in parts], value)


@filtering(
    "占比调整",
    "share_changes",
    N_("which shares were changed by how much so that they add to 100%, or nothing"),
    (AMOUNTS, DECIMALS, _BALANCE),
    _TEXT,
)
def _share_changes(value: object, places: object = TWO, balance: object = "末项") -> Value:
    amounts, parts = _parts("占比调整", value, places, balance)
    total = sum(amounts)
    pairs = [
        (formats.percent(amount / total, digits), formats.percent(part, digits))
        for digits in (decimals("占比调整", places),)
        for amount, part in zip(amounts, parts, strict=True)
    ]
    changes = [f"第{at}项{own}写作{given}" for at, (own, given) in enumerate(pairs, 1) if own != given]
    return kept("，".join(changes), value, *amounts)


def _parts(name: str, value: object, places: object, balance: object) -> tuple[list[Decimal], tuple[Decimal, ...]]:
    """Give amounts and their shares."""
    amounts = [figure(name, one) for one in items(name, value)]
    _shared_unit(name, amounts)
    digits, chosen = decimals(name, places), _BALANCES.get(balance)
    if chosen is None:
        raise Misuse(WRONG_KIND, filter=name, wanted=_BALANCE.wanted, value=sample(balance))
    try:
        return amounts, formats.shares(amounts, digits, chosen)
    except ValueError:
        raise Misuse(BAD_SHARES) from None

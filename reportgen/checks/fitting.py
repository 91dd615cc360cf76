"""A check and the forms of the known names in; a finding for each operand that never fits, whatever the facts, out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.checks.definition import ACTUAL, AGAINST, BALANCE, ONE, OTHER, PARTS, TARGET, Check, Kind
from reportgen.checks.items import A_BALANCE, ALIKE, DAYS, NUMBERS, ONE_VALUE, UNFIT, UNITS, WORDS
from reportgen.language import form
from reportgen.schema import Field
from reportgen.schema import Kind as Takes
from reportgen.units import ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.checks.definition import Operand
    from reportgen.diagnostics import Diagnostic, Label


class _Wanted(NamedTuple):
    """What may stand somewhere in a check, and whether it is one value instead of a list of them."""

    said: Label
    kinds: frozenset[Takes]
    single: bool = False


_TEXTS: Final = frozenset({Takes.TEXT, Takes.PROSE, Takes.CHOICE})
_NUMBERS: Final = _Wanted(NUMBERS, frozenset({Takes.NUMBER}))
_NUMBER: Final = _NUMBERS._replace(single=True)
_DAYS: Final = _Wanted(DAYS, frozenset({Takes.DATE}))
_WORDS: Final = _Wanted(WORDS, _TEXTS | {Takes.NUMBER, Takes.DATE, Takes.TRUTH})
_BALANCE: Final = _Wanted(A_BALANCE, _TEXTS, single=True)
_WANTED: Final[Mapping[Kind, Mapping[str, _Wanted]]] = {
    Kind.SUM: {PARTS: _NUMBERS, AGAINST: _NUMBER},
    Kind.EQUAL: {Kind.EQUAL: _WORDS},
    Kind.AT_MOST: {Kind.AT_MOST: _NUMBERS},
    Kind.IN_ORDER: {Kind.IN_ORDER: _DAYS},
    Kind.SAME_SET: {ONE: _WORDS, OTHER: _WORDS},
    Kind.COUNT: {AGAINST: _NUMBER},
    Kind.SHARES: {PARTS: _NUMBERS, AGAINST: _NUMBERS, BALANCE: _BALANCE},
    Kind.TARGETS: {ACTUAL: _NUMBERS, TARGET: _NUMBERS},
}
_TOGETHER: Final[Mapping[Kind, Sequence[str]]] = {
    Kind.SUM: (PARTS, AGAINST),
    Kind.EQUAL: (Kind.EQUAL,),
    Kind.AT_MOST: (Kind.AT_MOST,),
    Kind.SHARES: (PARTS,),
}
"""The operands that a check brings into one unit."""
_OPEN: Final = Field(Takes.OPEN)


class _Known(NamedTuple):
    """An operand and the form of its value; of a list, that of its items."""

    operand: Operand
    form: Field
    is_list: bool


def misfits(one: Check, scopes: Sequence[Mapping[str, Field]]) -> list[Diagnostic]:
    """Find the operands of a check that cannot be what it takes; what is open data is seen when the check runs."""
    known = {role: [_known(operand, scopes) for operand in operands] for role, operands in one.operands.items()}
    wanted = _WANTED.get(one.kind, {})
    if one.kind is Kind.TARGETS and not known[ACTUAL]:
        wanted = {PARTS: _NUMBERS}
    found = [
        finding for role, want in wanted.items() for operand in known[role] for finding in _unfit(one, operand, want)
    ]
    together = [operand for role in _TOGETHER.get(one.kind, ()) for operand in known[role]]
    return found or [*_unlike(one, together), *_in_units(one, together)]


def _known(operand: Operand, scopes: Sequence[Mapping[str, Field]]) -> _Known:
    own = form(operand.routine, scopes)
    is_list = own.kind is Takes.LIST
    return _Known(operand, own.item or _OPEN if is_list else own, is_list)


def _unfit(one: Check, known: _Known, want: _Wanted) -> Iterator[Diagnostic]:
    name, kind = known.operand.text, known.form.kind
    if want.single and known.is_list:
        yield UNFIT.at(known.operand.span, kind=one.kind, wanted=ONE_VALUE, name=name, value=Takes.LIST)
    elif kind not in want.kinds | {Takes.OPEN}:
        yield UNFIT.at(known.operand.span, kind=one.kind, wanted=want.said, name=name, value=kind)


def _unlike(one: Check, together: Sequence[_Known]) -> Iterator[Diagnostic]:
    """Find the first of several values that is of another kind than the first known one."""
    known = [each for each in together if each.form.kind is not Takes.OPEN]
    kinds = [Takes.TEXT if each.form.kind in _TEXTS else each.form.kind for each in known]
    for each, kind in zip(known, kinds, strict=True):
        if kind is not kinds[0]:
            yield UNFIT.at(each.operand.span, kind=one.kind, wanted=ALIKE, name=each.operand.text, value=kind)
            return


def _in_units(one: Check, together: Sequence[_Known]) -> Iterator[Diagnostic]:
    """Find the first of several numbers whose unit cannot become that of the first that has one."""
    counted = [each for each in together if each.form.unit]
    for each in counted:
        if ratio(each.form.unit, counted[0].form.unit) is None:
            both = (counted[0], each)
            figures = "、".join(f"“{other.operand.text}”（{other.form.unit}）" for other in both)
            yield UNITS.at(each.operand.span, kind=one.kind, figures=figures)
            return

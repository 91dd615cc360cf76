"""Proofs in, what a reviewer should look at out: figures that no fact gives, that somebody typed, that contradict.

A typed figure that equals a value of the facts is shown with the tag that would print it.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import formats, units
from reportgen.diagnostics import N_, Diagnostic, Label, Severity, Span, rule
from reportgen.language import Misuse, printed, strip, unit_of
from reportgen.proof.ownership import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.facts import Facts, Value
    from reportgen.formats import Quantity
    from reportgen.proof.comparison import Comparison
    from reportgen.proof.ownership import Proof

_INDICATORS: Final = "指标"
_FIGURES: Final = ("值", "得分", "分值", "扣分")
_SHOWN: Final = 5
_OF_POINTS: Final = frozenset({"", "分", "%"})
_DONE: Final = re.compile("(?:已|都|按[时期])*(?:完成|达到|达标|实现|落实|办结|办理完)")
_RATE: Final = re.compile("(?:率|进度|比例)(?:为|是|达到|达|只有|仅为?)?$")
_ALL: Final = frozenset({"全部", "均"})
_OVER: Final = "超额"
_RISES: Final = frozenset({"增长", "下降"})
_COMMON: Final = frozenset({formats.Kind.ORDINAL, formats.Kind.CODE, formats.Kind.YEAR})

CHANGED = rule(
    "N201",
    "figure-changed",
    Severity.ERROR,
    "“{figure}” stands where the facts give “{expected}”",
    "correct the facts and build again, or put back what the facts give",
)
FOREIGN = rule(
    "N202",
    "figure-unproved",
    Severity.ERROR,
    "nothing in the facts gives “{figure}”",
    "write it into the facts and print it with a tag, or take it out",
)
GONE = rule(
    "N203",
    "figure-gone",
    Severity.WARNING,
    "“{figure}”, which the facts give, no longer stands here",
    "put it back, unless it was left out on purpose",
)
TYPED_IN_PROSE = rule(
    "N204",
    "figure-typed-in-prose",
    Severity.NOTE,
    "“{figure}” was typed into the text of “{name}”: no fact answers for it",
    "write it as a fact of its own, and print it with a tag",
)
TYPED_IN_TEMPLATE = rule(
    "N205",
    "figure-typed-in-template",
    Severity.WARNING,
    "“{figure}” was typed into the template: no fact answers for it",
    "print it with a tag, or declare it under 专名 if it is part of a name",
)
CONTRADICTED = rule(
    "N206",
    "claim-contradicted",
    Severity.ERROR,
    "“{figure}” was typed here, and {other} beside it says otherwise",
    "correct the words, or let a tag choose them: 均, 全部, 超额 and 同比 print what is right for the figures",
)


TOO_FEW = rule(
    "N207",
    "too-few-proved",
    Severity.ERROR,
    "{proved} of {total} figures are proved, less than the {share}% that the pack asks for (有据率)",
    "see with --numbers which figures are not, and write them as facts",
)


DISAGREES = rule(
    "N208",
    "printed-otherwise",
    Severity.WARNING,
    "“{figure}” is printed here for “{name}”, which is {value}",
    "let the unit beside the tag be that of the fact, or convert it: {{{{ {name} | 换算('亿元') }}}}亿元",
)


class Known(NamedTuple):
    """The figures that facts and indicators have, by the names that tags use."""

    quantities: Mapping[str, Quantity]

    def like(self, quantity: Quantity) -> list[str]:
        """Give the names of the values that a figure may well be: the same within rounding, of a unit that fits."""
        if quantity.kind in _COMMON:
            return []
        return [
            name
            for name, one in self.quantities.items()
            if formats.agree(one, quantity) and (quantity.unit in _OF_POINTS or not name.startswith(_INDICATORS))
        ]


def known(facts: Facts, values: Mapping[str, Value]) -> Known:
    """List the figures of facts and scored indicators."""
    named: dict[str, object] = {path: fact.value for path, fact in facts.all.items()}
    system = values.get(_INDICATORS)
    for name, own in system.items() if isinstance(system, dict) else ():
        named |= {f"{_INDICATORS}.{name}.{key}": own.get(key) for key in _FIGURES} if isinstance(own, dict) else {}
    read = ((name, _quantity(value)) for name, value in named.items())
    return Known({name: one for name, one in read if one is not None})


def _exact(quantity: Quantity | None) -> Quantity | None:
    """Take a figure of the facts as it is, not as what may have been rounded to it."""
    if quantity is None or not isinstance(quantity.value, Decimal):
        return quantity
    return quantity._replace(low=quantity.value, high=quantity.value)


def _quantity(value: object) -> Quantity | None:
    if isinstance(value, bool) or not isinstance(value, Decimal | dt.date):
        return None
    try:
        said = strip(printed(value))[0]
    except Misuse:
        return None
    unit = unit_of(value) if isinstance(value, Decimal) else ""
    return _exact(formats.read(said if said.endswith("%") else f"{said}{unit}"))


def differences(comparison: Comparison, path: str) -> list[Diagnostic]:
    """Report the figures of a document that are not what its facts give, and those that are gone."""
    found = [
        (CHANGED if one.expected else FOREIGN).at(_place(one, path), figure=one.figure.text, expected=one.expected)
        for one in comparison.proofs
        if one.status is Status.UNPROVED
    ]
    replaced = {one.expected for one in comparison.proofs if one.expected}
    gone = (one for one in comparison.gone if one.figure.text not in replaced)
    return [*found, *(GONE.at(_place(one, path), figure=one.figure.text) for one in gone)]


def typed(proofs: Sequence[Proof], facts: Facts, known: Known, path: str) -> list[Diagnostic]:
    """Report figures that somebody typed, with the names of the values that they may be, and words that are wrong."""
    wrong = dict(_contradicted(proofs))
    found: list[Diagnostic] = []
    for one in proofs:
        place, against = _place(one, path), wrong.get(one)
        advice, tags = _suggested(known.like(one.figure.quantity) if one.figure.quantity else [])
        figure = one.figure.text
        if against is not None:
            found.append(CONTRADICTED.at(place, figure=figure, other=f"“{against.figure.text}”"))
        elif one.status is Status.PROSE:
            label = Label(place, N_("printed here"))
            name, span = one.typed, facts.all[one.typed].span
            found.append(TYPED_IN_PROSE.at(span, help=advice, related=(label,), figure=figure, name=name, tags=tags))
        elif one.status is Status.TEMPLATE:
            found.append(TYPED_IN_TEMPLATE.at(place, help=advice, figure=figure, tags=tags))
    return found


def disagreements(proofs: Sequence[Proof], facts: Facts, known: Known, path: str) -> list[Diagnostic]:
    """Report figures that print one fact and nothing else, and do not say what it is: in unit, in digits, in kind."""
    found: list[Diagnostic] = []
    for one in proofs:
        name = next(iter(one.trace.facts)) if len(one.trace.facts) == 1 and not one.trace.through else ""
        own, printed_here = known.quantities.get(name), one.figure.quantity
        if one.status is Status.PROVED and own and printed_here and not _same(own, printed_here):
            label = Label(facts.all[name].span, N_("the fact"))
            value = own.text if own.text.endswith(own.unit) else f"{own.text}{own.unit}"
            place = _place(one, path)
            found.append(DISAGREES.at(place, related=(label,), figure=one.figure.text, name=name, value=value))
    return found


def _same(own: Quantity, here: Quantity) -> bool:
    """Whether a figure can be the fact that it prints; what is counted may be counted in other words, 3000 名."""
    counted = units.unit(own.unit).counts and units.unit(here.unit).counts
    return formats.agree(own, here._replace(unit=own.unit) if counted else here)


def coverage(proofs: Sequence[Proof], share: Decimal, path: str) -> list[Diagnostic]:
    """Report a document of whose figures fewer are proved than a share in per cent."""
    proved = sum(one.status is Status.PROVED for one in proofs)
    few = proved * 100 < share * len(proofs)
    return [TOO_FEW.at(Span(path), proved=proved, total=len(proofs), share=formats.plain(share))] if few else []


def _suggested(names: Sequence[str]) -> tuple[str | None, str]:
    tags = "、".join(f"{{{{ {name} }}}}" for name in names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
    if not names:
        return None, ""
    return (N_("{tags} prints the same") if len(names) == 1 else N_("one of these may be meant: {tags}")), tags


def _contradicted(proofs: Sequence[Proof]) -> Iterator[tuple[Proof, Proof]]:
    """Find words that were typed beside a figure, in one paragraph, that says otherwise."""
    for _, some in groupby(proofs, key=lambda one: id(one.paragraph)):
        yield from _against(list(some))


def _against(proofs: Sequence[Proof]) -> Iterator[tuple[Proof, Proof]]:
    for at, one in enumerate(proofs):
        if one.figure.quantity is None and one.status in (Status.PROSE, Status.TEMPLATE):
            others = proofs if one.figure.text not in _RISES else proofs[at + 1 : at + 2]
            against = next((other for other in others if _speaks_against(one, other)), None)
            if against is not None:
                yield one, against


def _speaks_against(claim: Proof, other: Proof) -> bool:
    """Whether a computed figure says that a claim does not hold."""
    text, said, quantity = claim.paragraph.text, claim.figure.text, other.figure.quantity
    if other.status is not Status.PROVED or quantity is None or not isinstance(quantity.value, Decimal):
        return False
    if said in _RISES:
        return quantity.value < 0 and not text[claim.figure.end : other.figure.start].strip("了为")
    rate = quantity.kind is formats.Kind.PERCENT and _RATE.search(text[: other.figure.start])
    if said in _ALL:
        return bool(rate and _DONE.match(text, claim.figure.end)) and quantity.value < 100  # noqa: PLR2004 — per cent
    return said == _OVER and bool(rate) and quantity.value <= 100  # noqa: PLR2004 — per cent


def _place(one: Proof, path: str) -> Span:
    """Give the place of a figure in the document."""
    paragraph = one.paragraph
    return Span(path, line=paragraph.number, part=paragraph.part, cell=paragraph.cell, quote=paragraph.text.strip())

"""What is not scored, and what rests on nothing better than a hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.indicators.definition import HYPOTHESIS, Kind
from reportgen.lint.places import INDICATORS, place, root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.indicators.definition import Indicator
    from reportgen.packs import Pack

UNSCORED = rule(
    "P307",
    "unscored-indicator",
    Severity.WARNING,
    "“{name}” is not scored",
    "give it points and a scoring rule, if the official table has them",
)
NO_BASIS = rule(
    "P308",
    "no-basis",
    Severity.NOTE,
    "“{name}” does not say where this comes from: {keys}",
    "write it under 依据: 官方, 公开可比, 见于报告 or 假设",
)
HYPOTHESES = rule(
    "P309",
    "hypotheses",
    Severity.NOTE,
    "{count} of {total} indicators rest on hypotheses: {hypotheses}",
    "put the official table in their place, and write 官方 under 依据",
)
_KEYS: Final = ("公式", "评分", "分值")


def standing(pack: Pack) -> Iterator[Diagnostic]:
    """Find indicators without points or without a basis, and list all hypotheses in one note."""
    listed = pack.system.indicators
    for one in listed:
        if one.scoring.kind is Kind.UNSCORED:
            yield UNSCORED.at(one.span, name=one.name)
        lacking = [key for key in _asked(one) if key not in one.basis]
        if lacking:
            yield NO_BASIS.at(one.span, name=one.name, keys="、".join(lacking))
    guessed: dict[str, list[str]] = {}
    for one in listed:
        keys = "、".join(key for key, word in one.basis.items() if word == HYPOTHESIS)
        guessed.setdefault(keys, []).append(one.name)
    guessed.pop("", None)
    if guessed:
        told = "；".join(f"{keys}：{'、'.join(names)}" for keys, names in guessed.items())
        count = sum(map(len, guessed.values()))
        yield HYPOTHESES.at(place(root(pack, INDICATORS), 0), count=count, total=len(listed), hypotheses=told)


def _asked(one: Indicator) -> Iterator[str]:
    """Give what an indicator should name the source of."""
    if one.formula:
        yield _KEYS[0]
    if one.scoring.kind is not Kind.UNSCORED:
        yield from _KEYS[1:]

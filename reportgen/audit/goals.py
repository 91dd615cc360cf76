"""The goals that a report judges are not those that it set: each goal that was set is to be answered for, and no other.

The goals set are the headings below that of the goals, or the items of its list. A list elsewhere that says of itself
that it gives the goals of the year (年度目标是：一是…), and the headings below 目标完成情况, are compared with them.
Found are goals that have nothing in common with any goal set, not even its text, and goals set that nobody comes back
to. Other wordings of one goal are the same goal.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.report import goals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.goals import Goal, Goals

DIFFERENT = rule(
    "A505",
    "goals-differ",
    Severity.WARNING,
    "the {count} goals given here are not the {number} that were set",
    "judge the goals that were set, each of them, or set the goals that are judged",
)

_LIKE: Final = 0.2  # the least share of pairs of characters that wordings of one goal have in common
_TOLD: Final = 0.5  # that of threes of a goal which is told in a text
_SHOWN: Final = 3
_LISTS: Final = 20  # lists that are looked at
_OPEN: Final = re.compile("等(?:[方几多各][面个项])?(?:目标|工作|内容)?$")
_SIGN: Final = re.compile(r"[^\w]|\d")


def find(report: Text) -> Iterator[Diagnostic]:
    """Find lists of goals that differ from the goals set, where those stand in one place."""
    places = goals.sections(report)
    were_set = next(goals.below(report, places[0]), None) if len(places) == 1 else None
    if were_set is None:
        return
    for told in islice(goals.told(report, were_set.section), _LISTS):
        new = [*_missing(told, report, were_set)]
        left = [] if _OPEN.search(told.goals[-1].text) else [*_missing(were_set, report, told)]
        if new or left:
            yield _different(told, were_set, new, left)


def _missing(goals: Goals, report: Text, others: Goals) -> Iterator[Goal]:
    """Give the goals of a list that are none of another, by their words or by the text below the other's heading."""
    titles = [_groups(one.text, 2) for one in others.goals]
    told = _groups("".join(line.text for line in report.below(others.section)), 3)
    for goal in goals.goals:
        pairs, threes = _groups(goal.text, 2), _groups(goal.text, 3)
        likeness = max(len(pairs & one) / (min(len(pairs), len(one)) or 1) for one in titles)
        if likeness < _LIKE and len(threes & told) < _TOLD * len(threes):
            yield goal


def _groups(text: str, size: int) -> set[str]:
    """Give the groups of so many characters next to each other in a text."""
    said = _SIGN.sub("", text)
    return {said[at : at + size] for at in range(len(said) - size + 1)}


def _different(told: Goals, were_set: Goals, new: list[Goal], left: list[Goal]) -> Diagnostic:
    return DIFFERENT.at(
        told.span,
        related=(
            *(Label(one.span, N_("was not set")) for one in new[:_SHOWN]),
            *(Label(one.span, N_("was set, and is missing here")) for one in left[:_SHOWN]),
            Label(were_set.span, N_("the goals set")),
        ),
        count=len(told.goals),
        number=len(were_set.goals),
    )

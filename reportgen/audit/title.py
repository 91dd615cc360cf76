"""The title of a report on the spending of a whole department says 整体支出 and the year.

Without the year nobody can tell the reports of two years apart; without 支出 it is named otherwise than the form asks.
The year may as well stand in a line of its own below the title, or in a field 评价年度. Reports of another kind, and
those whose title cannot be told, are left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, Span, rule
from reportgen.report.cover import stated_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

INCOMPLETE = rule(
    "A602",
    "title-incomplete",
    Severity.WARNING,
    "the title does not say {lacking}",
    "write it as 2021年度部门整体支出绩效自评报告, with the year that the report is about",
)

_REPORT: Final = re.compile("报告|自评")
_SPENDING: Final = re.compile("整体绩效")


def find(report: Text) -> Iterator[Diagnostic]:
    """Find a title without 支出, or without the year."""
    title = report.cover.title
    unnamed = next((one for one in title if _SPENDING.search(one.text)), None)
    undated = title and stated_year(report.cover) is None
    if unnamed and undated:
        yield INCOMPLETE.at(unnamed.at(), lacking=Label(Span(), N_("“支出” and the year")))
    elif unnamed:
        yield INCOMPLETE.at(unnamed.at(), lacking="“支出”")
    elif undated:
        named = next((one for one in title if _REPORT.search(one.text)), title[0])
        yield INCOMPLETE.at(named.at(), lacking=Label(Span(), N_("the year")))

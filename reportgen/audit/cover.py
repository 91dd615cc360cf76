"""The cover names who reports, who filled in the report, and when; an empty field sends the report back.

Only fields that stand on the cover are looked at: which ones a place asks for is said by its layout. A number of units
below it (下属二级预算单位数量) of 0 is filled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.diagnostics import Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

EMPTY = rule(
    "A601",
    "empty-cover-field",
    Severity.WARNING,
    "nothing is filled in after “{label}”",
    "fill it in before the report is handed in",
)


def find(report: Text) -> Iterator[Diagnostic]:
    """Find fields of the cover that are empty."""
    for one in report.cover.fields:
        if not one.value:
            yield EMPTY.at(one.line.at(), label=one.label)

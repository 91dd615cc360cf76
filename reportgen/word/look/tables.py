"""The tables of a document in; what departs in them out: too wide, no head on the next page, rows that are torn."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, Tally, rule
from reportgen.word.look.standard import TABLE_WIDTH, TYPE_AREA, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.word.look.reading import Pages

TOO_WIDE = rule(
    "D121",
    "table-too-wide",
    Severity.WARNING,
    "the table is {width} mm wide, and the text only {limit}: it stands out into the margin",
    "in Word choose Table layout, AutoFit, AutoFit window; or put it on pages that lie on their side",
)
NO_HEAD = rule(
    "D122",
    "table-head",
    Severity.NOTE,
    "tables that go on over several pages do not repeat their first row there ({count}×)",
    "in Word put the cursor into the first row; Table properties, Row, and there “Repeat as header row”",
)
TORN = rule(
    "D123",
    "torn-rows",
    Severity.NOTE,
    "rows of tables that go on over several pages may be torn between two of them ({count}×)",
    "in Word select the table; Table properties, Row, and there take “Allow row to break across pages” away",
)

_MM: Final = Decimal("25.4") / 72
_PAGE: Final = TYPE_AREA[1] / _MM


def tables(pages: Pages) -> Iterator[Diagnostic]:
    """Find what departs in tables; a table in a table goes with the one around it."""
    heads, rows = Tally(), Tally()
    for one in pages.tables:
        section = pages.sections[min(one.section, len(pages.sections) - 1)] if pages.sections else None
        lies = section is not None and section.width > section.height
        width, limit = one.width * _MM, TYPE_AREA[lies]
        if width > limit + TABLE_WIDTH - TYPE_AREA[0]:
            yield TOO_WIDE.at(one.span, width=plain(width), limit=plain(limit))
        if one.height > (TYPE_AREA[0] / _MM if lies else _PAGE):
            if not one.repeats:
                heads.add("", one.span)
            if one.splits:
                rows.add("", one.span)
    yield from heads.found(NO_HEAD)
    yield from rows.found(TORN)

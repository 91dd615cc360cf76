"""What `docs/reference/language.md` shows of the language, out of the rows of `tests/spec/language/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Label, Messages
from reportgen.language import FILTERS, FUNCTIONS
from tests import language_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.language import Filter
    from tests.language_table import Row

_ZH: Final = Messages("zh")
_PRINTED: Final = 3
_REFUSED: Final = 2
_HEAD: Final = ("Chinese", "English", "meaning", "example", "result")
Cells = tuple[str, ...]


def example_facts() -> str:
    """Give the facts of all examples."""
    return f"```yaml\n{language_table.facts_text()}```\n"


def filters() -> tuple[Cells, list[Cells]]:
    """Give head and rows of the table of filters, each with its first row of the specification."""
    return _HEAD, _listed(FILTERS)


def functions() -> tuple[Cells, list[Cells]]:
    """Give head and rows of the table of functions."""
    return _HEAD, _listed(FUNCTIONS)


def _listed(table: Mapping[str, Filter]) -> list[Cells]:
    return [_cells(one) for one in {one.english: one for one in table.values()}.values()]


def _cells(one: Filter) -> Cells:
    first = next(row for row in language_table.rows() if row.heading == one.chinese and not row.code)
    meaning = f"{_ZH(one.meaning)}<br>{one.meaning}"
    return f"`{one.chinese}`", f"`{one.english}`", meaning, f"`{first.written}`", f"`{first.printed}`"


def expressions() -> tuple[Cells, list[Cells]]:
    """Give head and rows of what expressions give: of each operator the first that print, and that do not."""
    listed = [row for row in language_table.rows() if row.page == "operators"]
    headings = dict.fromkeys(row.heading for row in listed)
    chosen: list[Row] = []
    for heading in headings:
        own = [row for row in listed if row.heading == heading]
        chosen += [row for row in own if not row.code][:_PRINTED] + [row for row in own if row.code][:_REFUSED]
    return ("expression", "gives"), [(f"`{row.written}`", _given(row)) for row in chosen]


def _given(row: Row) -> str:
    if not row.code:
        return f"`{row.printed}`"
    one = language_table.findings(row.template)[0]
    values = {
        name: _ZH(what.message, **what.values) if isinstance(what, Label) else what for name, what in one.values.items()
    }
    return f"{row.code}: {_ZH(one.rule.message, **values)}"

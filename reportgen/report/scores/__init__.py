"""Sections and tables in; all indicators, with everything that is said of their scores, and the totals out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.report.scores import drafts, tables
from reportgen.report.scores.model import Figure, Indicator, Passage, Scores, Sheet, Statement, Total, key
from reportgen.report.scores.prose import Prose, names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.report.model import Section, Table

__all__ = ["Figure", "Indicator", "Passage", "Scores", "Sheet", "Statement", "Total", "key", "read"]


def read(sections: Sequence[Section], grids: Sequence[Table], year: int | None) -> Scores:
    """Read the scores of a report on a year."""
    sheets = [one for number, table in enumerate(grids) for one in [tables.read(table, number)] if one]
    listed = {key(one.name) for sheet in sheets for one in sheet.indicators}
    said = drafts.read(sections, {*names_of(sections), *listed}, year)
    prose = Prose(sections, said.drafts, listed)
    text = prose.sheet()
    together = _joined([*([text] if text.indicators else []), *sheets], prose.loose)
    named = {key(one.name) for one in together}
    taken = [two for name, one in prose.loose if name not in named for two in one.deductions]
    taken += [two for one in said.totals for two in one.deductions]
    return Scores(together, (text, *sheets), said.totals, said.weight, prose.unread, tuple(taken))


def _joined(sheets: Sequence[Sheet], loose: Iterable[tuple[str, Statement]]) -> tuple[Indicator, ...]:
    """Give every indicator once, with all that is said of it; one name twice in a source is several indicators."""
    said: dict[str, list[Statement]] = {}
    for name, statement in loose:
        said.setdefault(name, []).append(statement)
    given = [{key(one.name) for one in sheet.indicators} for sheet in sheets]
    unique = [{} if sheet.of_project and len(sheets) > 1 else _unique(sheet.indicators) for sheet in sheets]
    groups = {id(one.parent) for sheet in sheets for one in sheet.indicators}
    made: list[Indicator] = []
    parents: dict[int, Indicator] = {}
    for number, sheet in enumerate(sheets):
        for one in sheet.indicators:
            name = key(one.name)
            if name in unique[number] and any(name in earlier for earlier in given[:number]):
                continue
            others = [found for later in unique[number + 1 :] for found in [later.get(name)] if found]
            same = [one, *others] if name in unique[number] else [one]
            own = [two for other in same for two in other.statements]
            own += said.get(name, ()) if name in unique[number] else ()
            is_group = any(id(other) in groups for other in same)
            parent = parents.get(id(one.parent))
            parents[id(one)] = Indicator(one.name, one.level, parent, tuple(own), one.section, one.named, is_group)
            made.append(parents[id(one)])
    return tuple(made)


def _unique(indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    """Give the indicators by their keys that only one has."""
    found: dict[str, Indicator | None] = {}
    for one in indicators:
        name = key(one.name)
        found[name] = None if name in found else one
    return {name: one for name, one in found.items() if one}

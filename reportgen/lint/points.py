"""Whether points add up, and whether every value has its points."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen import formats
from reportgen.diagnostics import Severity, rule
from reportgen.indicators.definition import Kind, Side
from reportgen.indicators.wording import limit
from reportgen.lint.places import INDICATORS, MANIFEST, indicators, place, root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.indicators.definition import Indicator
    from reportgen.packs import Pack
    from reportgen.source import Node

_FULL: Final = "满分"

OTHER_SUM = rule(
    "P301",
    "points-do-not-add-up",
    Severity.ERROR,
    "the points of all indicators add up to {points}, not to {full}",
    "correct the 分值, or declare 满分: {points} in pack.yaml",
)
HOLE = rule(
    "P302",
    "hole-between-bands",
    Severity.WARNING,
    "no band of “{name}” takes a value that is {where}",
    "end the bands with {{否则: 0}}, so that every value has its points",
)
UNEVEN = rule(
    "P303",
    "uneven-bands",
    Severity.WARNING,
    "the points of the bands of “{name}” fall and rise again",
    "look whether two bands changed places: {points}",
)
NEVER_ZERO = rule(
    "P304",
    "never-without-points",
    Severity.NOTE,
    "“{name}” keeps {left} of {full} points even where no clause is met",
    "let the clauses take as many points as there are, if that is not meant",
)
TAKES_MORE = rule(
    "P305",
    "more-than-the-points",
    Severity.NOTE,
    "the clauses of “{name}” are worth {points} points together, of {full} that there are",
    "nothing needs to be done if that is meant: no score leaves 0 to {full}",
)


def points(pack: Pack) -> Iterator[Diagnostic]:
    """Find points that do not add up and values without points."""
    yield from _sum(pack)
    for one, node in zip(pack.system.indicators, indicators(pack), strict=True):
        yield from _bands(one, node)
        yield from _clauses(one, node)


def _sum(pack: Pack) -> Iterator[Diagnostic]:
    total = sum((one.weight for one in pack.system.indicators), Decimal(0))
    if total != pack.full:
        manifest = root(pack, MANIFEST)
        declared = isinstance(manifest.value, dict) and _FULL in manifest.value
        at = place(manifest, _FULL) if declared else _first(root(pack, INDICATORS))
        yield OTHER_SUM.at(at, points=formats.plain(total), full=formats.plain(pack.full))


def _first(listed: Node) -> Span:
    """Give the place of the first indicator, or of the list where there is none."""
    return place(listed, 0) if listed.value else listed.span


def _bands(one: Indicator, node: Node) -> Iterator[Diagnostic]:
    bands = one.scoring.bands
    if not bands:
        return
    last = bands[-1]
    if last.side is not Side.ELSE:
        over = last.side in {Side.UP_TO, Side.BELOW}
        where = f"{'>' if over else '<'}{'=' if last.side in {Side.BELOW, Side.ABOVE} else ''} {limit(one, last.limit)}"
        yield HOLE.at(place(node, "评分", Kind.BANDS.value, len(bands) - 1), name=one.name, where=where)
    given = [band.points for band in bands]
    if given not in (sorted(given), sorted(given, reverse=True)):
        listed = "、".join(map(formats.plain, given))
        yield UNEVEN.at(place(node, "评分", Kind.BANDS.value), name=one.name, points=listed)


def _clauses(one: Indicator, node: Node) -> Iterator[Diagnostic]:
    """Compare what all clauses are worth with the points; a veto takes all, and what is counted has perhaps no end."""
    scoring = one.scoring
    if scoring.kind not in {Kind.CHECKLIST, Kind.COMPARE}:
        return
    at, full = place(node, "评分", scoring.kind.value), formats.plain(one.weight)
    endless = any(clause.counted and clause.most is None for clause in scoring.clauses)
    barred = any(clause.veto for clause in scoring.clauses)
    worth = sum((clause.most or clause.points for clause in scoring.clauses), Decimal(0))
    if worth > one.weight:
        yield TAKES_MORE.at(at, name=one.name, points=formats.plain(worth), full=full)
    elif scoring.kind is Kind.CHECKLIST and worth < one.weight and not (endless or barred):
        yield NEVER_ZERO.at(at, name=one.name, left=formats.plain(one.weight - worth), full=full)

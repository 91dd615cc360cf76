"""Facts and scored indicators in; which facts lack the 佐证 that the form asks for, and the list of all 佐证, out."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reportgen import indicators
from reportgen.diagnostics import Diagnostic, Severity, rule
from reportgen.facts import Number, Picture
from reportgen.language import Trace, names, printed, remember
from reportgen.schema import Field, Kind, group, listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.facts import Fact, Facts, Value
    from reportgen.indicators import System

LIST: Final = "佐证材料"
FORM: Final = {LIST: listing(group(dict.fromkeys(("名称", "值", "佐证", "来源"), Field(Kind.TEXT))))}
"""What templates may look up beside the facts and the indicators."""
_NUMBER_OF_ITEM: Final = re.compile(r"\[\d+\]")
_PER_CENT: Final = "%"
_IN_THE_TEXT: Final = "见正文"
_SHOWN: Final = 3  # indicators in one message

NO_EVIDENCE = rule(
    "F218",
    "no-evidence",
    Severity.WARNING,
    "“{name}” has no 佐证",
    "write it in the long form, with the document that proves it: {{值: {value}, 佐证: …}}",
)
SCORED_WITHOUT = rule(
    "F240",
    "scored-without-evidence",
    Severity.WARNING,
    "“{name}” has no 佐证, and points were given for it: {indicators}",
    "write it in the long form, with the document that proves it: {{值: {value}, 佐证: …}}",
)


def lacking(facts: Facts, system: System, results: Mapping[str, Mapping[str, Any]]) -> list[Diagnostic]:
    """Find the facts that need evidence and have none; `results` are the scored indicators by name."""
    bare = [fact for fact in facts.all.values() if fact.needs_evidence and not fact.evidence]
    used = _used(system) if bare else {}
    found: list[Diagnostic] = []
    for fact in bare:
        path = _NUMBER_OF_ITEM.sub("", fact.path)
        resting = [name for name, paths in used.items() if any(f"{path}.".startswith(f"{one}.") for one in paths)]
        points = [f"“{results[name]['名称']}”" for name in resting if _has_points(results[name])]
        shown = "、".join(points[:_SHOWN]) + ("…" if len(points) > _SHOWN else "")
        broken = SCORED_WITHOUT if points else NO_EVIDENCE
        found.append(broken.at(fact.span, name=fact.path, value=fact.node.value, indicators=shown))
    return found


def listed(facts: Facts, *, traced: bool = False) -> dict[str, Value]:
    """Give what tags look up: every fact with evidence, in the order of the form, with its value as it is printed."""
    return {LIST: [_row(fact, traced=traced) for fact in facts.all.values() if fact.evidence]}


def _used(system: System) -> dict[str, set[str]]:
    """Give the names that the routines of each indicator look up."""
    used: dict[str, set[str]] = {one.name: set() for one in system.indicators}
    for key, routine in indicators.routines(system):
        used[key.partition("/")[0]].update(names(routine))
    return used


def _has_points(result: Mapping[str, Any]) -> bool:
    return bool(result["计分"]) and isinstance(result["得分"], Decimal) and result["得分"] > 0


def _row(fact: Fact, *, traced: bool) -> dict[str, Value]:
    row = {"名称": fact.path, "值": _shown(fact), "佐证": fact.evidence, "来源": fact.source}
    if not traced:
        return {**row}
    own = Trace(frozenset([fact.path]))
    origins = {"名称": own.as_conditions(), "值": own}  # what is written beside a value does not come from it
    return {
        key: remember(text, origins.get(key, Trace(frozenset([f"{fact.path}.{key}"])))) for key, text in row.items()
    }


def _shown(fact: Fact) -> str:
    """Print a value with its unit; prose is printed elsewhere, and a picture is called by its file."""
    if fact.kind is Kind.PROSE:
        return _IN_THE_TEXT
    if isinstance(fact.value, Picture):
        return str(fact.node.value)
    unit = fact.value.unit if isinstance(fact.value, Number) else ""
    return printed(fact.value) + unit.replace(_PER_CENT, "")

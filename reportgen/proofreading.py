"""What people typed into a facts file, a pack or a template in; what its wording breaks of the rules of writing out.

Facts are those that are texts; of a pack what its indicators print. Tags are nobody's words: no rule speaks of them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen import report
from reportgen.facts import lookup
from reportgen.prose import proofread
from reportgen.prose.halfwidth import HALF_WIDTH
from reportgen.prose.numerals import MISSING
from reportgen.schema import NEW_YEAR, Kind
from reportgen.word.text import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.facts import Facts
    from reportgen.packs import Pack
    from reportgen.source import Node
    from reportgen.waivers import Waiver

_ELSEWHERE: Final = (HALF_WIDTH, MISSING)
_PRINTED: Final = frozenset(("说明", "改进", "符合", "不符", "原因", "条款"))


def facts(given: Facts, pack: Pack, overlooking: Sequence[Waiver] = ()) -> list[Diagnostic]:
    """Read the texts of facts; where a rule is overlooked, it is asked once for that place and once for all others.

    So what is found in many places at once is not overlooked in all of them.
    """
    nodes = [one.node for one in given.all.values() if one.kind in {Kind.TEXT, Kind.PROSE}]
    unit = lookup(given.values, pack.author)
    years = (given.values.get(name) for name, field in pack.form.fields.items() if field.carried == NEW_YEAR)
    year = next((int(one) for one in years if isinstance(one, Decimal)), None)

    def found(some: Sequence[Node]) -> list[Diagnostic]:
        path = some[0].span.path if some else ""
        return proofread(report.of_prose(path, some, year, unit if isinstance(unit, str) else ""))

    parted = {one.rule for one in overlooking}
    said = [one for one in found(nodes) if one.rule.code not in parted]
    for code in sorted(parted):
        places = [one.extent for one in overlooking if one.rule == code]
        groups = [[one for one in nodes if place.holds(one.span)] for place in places]
        rest = [one for one in nodes if not any(place.holds(one.span) for place in places)]
        said += [one for group in (*groups, rest) for one in found(group) if one.rule.code == code]
    return said


def indicators(root: Node) -> list[Diagnostic]:
    """Read what the indicators of a pack print."""
    return proofread(report.of_prose(root.span.path, _printed(root)))


def template(data: bytes, path: str) -> list[Diagnostic]:
    """Read what a Word template says itself; of half-width signs its own review tells, and numerals come later."""
    document, _ = read(data, path)
    found = proofread(report.of_template(document)) if document else []
    return [one for one in found if one.rule not in _ELSEWHERE]


def _printed(node: Node) -> Iterator[Node]:
    """Give all texts below a node that stand behind a name under which something is printed."""
    if isinstance(node.value, dict):
        for name, entry in node.value.items():
            if name in _PRINTED and isinstance(entry.node.value, str):
                yield entry.node
            else:
                yield from _printed(entry.node)
    elif isinstance(node.value, tuple):
        for one in node.value:
            yield from _printed(one)

"""What a facts file asks to overlook (忽略) and findings in; what is left of them, and what was overlooked, out.

A waiver names a rule or a check of the pack, the fact that it is about, and a reason; files that cannot be read, broken
templates and bugs are never overlooked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import N_, RULES, Diagnostic, Severity, Span, nearest, rule
from reportgen.facts import bind_list, steps
from reportgen.schema import Field, Kind, group

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from reportgen.source import Node

WAIVERS: Final = "忽略"
_TEXT: Final = Field(Kind.TEXT)
WAIVER: Final = group({"规则": _TEXT, "位置": _TEXT, "理由": _TEXT})
_CHECKS: Final = "C"
_WORDING: Final = "R"
_NEVER: Final = frozenset("STDX")
_CODE: Final = re.compile(r"[A-Z][0-9]{3}")
_CLOSE_CODE: Final = 0.7  # of 1, how much of a code or a name must be right: one sign of four may be wrong

NO_SUCH_RULE = rule(
    "F250",
    "waiver-rule",
    Severity.ERROR,
    "there is no rule and no check “{name}” to overlook",
    "write the code that stands in brackets after the word error or warning, or the name of the check",
)
NEVER = rule(
    "F251",
    "waiver-never",
    Severity.ERROR,
    "{name} cannot be overlooked",
    "mend what it finds: only findings about facts, indicators, checks, figures and wording can be overlooked",
)
NO_SUCH_PLACE = rule(
    "F252",
    "waiver-place",
    Severity.ERROR,
    "this file has no “{name}”, for which something could be overlooked",
    "write the name of the fact, or of the group of facts, that the finding is about",
)
UNUSED = rule(
    "F253",
    "waiver-unused",
    Severity.WARNING,
    "nothing is left to overlook: “{rule}” finds nothing at “{place}”",
    "delete this entry of 忽略",
)


class Extent(NamedTuple):
    """The lines that a part of a facts file takes up, both included."""

    path: str
    first: int
    last: int

    def holds(self, span: Span) -> bool:
        """Whether a place begins in it."""
        return span.path == self.path and self.first <= span.line <= self.last


class Waiver(NamedTuple):
    """One wish to overlook what a rule finds at a place."""

    rule: str
    place: str
    reason: str
    span: Span
    extent: Extent

    def covers(self, finding: Diagnostic) -> bool:
        """Whether a finding is of this rule and about this place."""
        code, name = finding.rule.code, finding.values.get("name")
        named = self.rule == code or (code[0] == _CHECKS and self.rule == name)
        places = (finding.span, *(label.span for label in finding.related))
        return named and any(map(self.extent.holds, places))


def read(root: Node, checks: Collection[str], *, worded: bool) -> tuple[list[Waiver], list[Diagnostic]]:
    """Read the waivers of a facts file; `checks` are the names of the checks of its pack.

    Those of rules of wording are left out unless the wording is judged.
    """
    entry = root.value.get(WAIVERS) if isinstance(root.value, dict) else None
    if entry is None or entry.node.value in ("", ()):
        return [], []
    bound, found = bind_list(entry.node, WAIVER, WAIVERS)
    listed = bound.values[WAIVERS]
    waivers: list[Waiver] = []
    for at in range(1, len(listed) + 1 if isinstance(listed, list) else 1):
        said = {key: bound.all.get(f"{WAIVERS}[{at}].{key}") for key in WAIVER.fields}
        name, place, reason = said["规则"], said["位置"], said["理由"]
        if name is None or place is None or reason is None:
            continue
        if not worded and str(name.value).startswith(_WORDING) and _CODE.fullmatch(str(name.value)):
            continue
        extent = _extent(root, str(place.value))
        wrong = [*_rule_wrong(str(name.value), name.span, checks)]
        if extent is None:
            wrong.append(NO_SUCH_PLACE.at(place.span, name=place.value))
        elif not wrong:
            waivers.append(Waiver(str(name.value), str(place.value), str(reason.value), name.span, extent))
        found += wrong
    return waivers, found


def apply(
    waivers: Sequence[Waiver], found: Sequence[Diagnostic]
) -> tuple[list[Diagnostic], list[tuple[Diagnostic, Waiver]]]:
    """Part findings into what stays, with every waiver that nothing needs, and what is overlooked by which waiver."""
    overlooked = [(one, next((waiver for waiver in waivers if waiver.covers(one)), None)) for one in found]
    kept = [one for one, waiver in overlooked if waiver is None]
    waived = [(one, waiver) for one, waiver in overlooked if waiver is not None]
    used = {id(waiver) for _, waiver in waived}
    unused = [UNUSED.at(one.span, rule=one.rule, place=one.place) for one in waivers if id(one) not in used]
    return [*kept, *unused], waived


def _rule_wrong(name: str, span: Span, checks: Collection[str]) -> Iterator[Diagnostic]:
    if name in checks:
        return
    if name[0] in _NEVER and _CODE.fullmatch(name):
        yield NEVER.at(span, name=name)
    elif name not in RULES:
        close = nearest(name, [*checks, *RULES], _CLOSE_CODE)
        yield NO_SUCH_RULE.at(span, help=N_("write “{close}”") if close else None, name=name, close=close)


def _extent(root: Node, path: str) -> Extent | None:
    """Find the lines of what a dotted path leads to, from its key to the end of its value."""
    node, first = root, root.span.line
    for step in steps(path):
        inner = node.value
        if isinstance(step, str) and isinstance(inner, dict) and step in inner:
            first, node = inner[step].key_span.line, inner[step].node
        elif isinstance(step, int) and isinstance(inner, tuple) and 0 <= step < len(inner):
            node = inner[step]
            first = node.span.line
        else:
            return None
    own = node.source.text[node.start : node.end].rstrip()
    return Extent(node.span.path, first, node.span.line + own.count("\n"))

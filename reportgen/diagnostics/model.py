"""One kind of finding is a `Rule`; one finding is a `Diagnostic`: which rule, where, with which words."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

STAGES = "SFIPTDCNRAVEX"
_CLOSE_ENOUGH = 0.5
_LONGEST = 64  # characters of a name that can be a mistyped one


class Severity(IntEnum):
    """How bad it is; `ERROR` stops the document from being written."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        """Give the English word."""
        return self.name.lower()


class Span(NamedTuple):
    """A stretch of a text file (line and column from 1), or of a Word file, where `part` is set.

    In Word `part` is the part as a reader names it (正文, 页眉 …), `line` the number of the paragraph in that part,
    `cell` the table cell around it, `quote` the paragraph's text. `end_column` is exclusive; 0 where not known.
    """

    path: str = ""
    line: int = 0
    column: int = 0
    end_column: int = 0
    part: str = ""
    cell: str = ""
    quote: str = ""

    def meets(self, other: Span) -> bool:
        """Whether two stretches of one line of a text file have a character in common."""
        same_line = self.line == other.line > 0 and self.path == other.path
        return same_line and self.column < other.end_column and other.column < self.end_column

    def __str__(self) -> str:
        """Give the place in one word, as editors read it."""
        if self.part:
            paragraph = f" ¶{self.line}" if self.line else ""
            cell = f" {self.cell}" if self.cell else ""
            return f"{self.path} {self.part}{paragraph}{cell}"
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Label:
    """A place, with a word (a message identifier and its values) about it."""

    span: Span
    message: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


class Times(int):
    """How often something was met, as a value of one finding for all its places.

    It is told, but is no part of what makes a finding the same one another time, nor is the first of the places.
    """

    __slots__ = ()


class Rule(NamedTuple):
    """One kind of mistake: code, name, severity, and what is said of it (`{names}` are filled per finding)."""

    code: str
    name: str
    severity: Severity
    message: str
    help: str

    def at(
        self,
        span: Span,
        *,
        help: str | None = None,  # noqa: A002 — the word of the design for what to do
        related: tuple[Label, ...] = (),
        **values: object,
    ) -> Diagnostic:
        """Find this rule broken at a place; `help` replaces the rule's own advice."""
        return Diagnostic(self, span, values, self.help if help is None else help, related)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding; one about a document carries the number by which it is dismissed."""

    rule: Rule
    span: Span
    values: Mapping[str, object]
    help: str = ""
    related: tuple[Label, ...] = ()
    severity_override: Severity | None = None
    fingerprint: str = ""

    @property
    def severity(self) -> Severity:
        """The severity of the rule, unless this finding carries its own."""
        return self.severity_override or self.rule.severity

    def as_severe_as(self, severity: Severity) -> Diagnostic:
        """Give the same finding another severity."""
        return replace(self, severity_override=severity)

    def key(self) -> tuple[Span, str, tuple[tuple[str, str], ...]]:
        """Order findings by place, then by rule: the same in every run."""
        return (self.span, self.rule.code, tuple(sorted((name, str(value)) for name, value in self.values.items())))


RULES: dict[str, Rule] = {}


def rule(code: str, name: str, severity: Severity, message: str, help: str = "") -> Rule:  # noqa: A002
    """Enter a kind of mistake into the catalogue.

    Raises ValueError for a code that is taken or whose letter names no stage.
    """
    if code in RULES or code[0] not in STAGES:
        raise ValueError(code)
    RULES[code] = Rule(code, name, severity, message, help)
    return RULES[code]


def nearest(name: str, known: Collection[str], likeness: float = _CLOSE_ENOUGH) -> str:
    """Give the known name most like a mistyped one, or an empty text; `likeness` is at least so much of 1."""
    if len(name) > _LONGEST:
        return ""
    found = difflib.get_close_matches(name, sorted(known), n=1, cutoff=likeness)
    return found[0] if found else ""

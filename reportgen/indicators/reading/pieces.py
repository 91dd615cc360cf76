"""The bound values of one file, and what every part of the reading does with them: places, expressions, numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic, Severity, Span, rule
from reportgen.facts import Facts, Gap, Number
from reportgen.language import formula, prose

if TYPE_CHECKING:
    from reportgen.indicators.definition import Routine

NOT_POSITIVE = rule(
    "I317", "not-positive", Severity.ERROR, "“{key}” of “{name}” must be more than 0", "write a number such as 1 or 0.5"
)


@dataclass(slots=True)
class Pieces:
    """Reads the expressions and numbers of a file, collecting what is wrong with them."""

    bound: Facts
    found: list[Diagnostic]

    def span(self, path: str) -> Span:
        """Give the place of a value, or none where it is not given."""
        fact = self.bound.all.get(path)
        return fact.span if fact else Span()

    def first(self, path: str) -> Span:
        """Give the place of the first value of a group."""
        return next((fact.span for key, fact in self.bound.all.items() if key.startswith(f"{path}.")), Span())

    def expression(self, path: str) -> Routine:
        """Read the expression at a path; none where it is not given."""
        fact = self.bound.all.get(path)
        if fact is None:
            return ()
        routine, wrong = formula(str(fact.value), fact.span)
        self.found += wrong
        return routine

    def prose(self, path: str) -> Routine:
        """Read the prose at a path; none where it is not given."""
        fact = self.bound.all.get(path)
        if fact is None:
            return ()
        routine, wrong = prose(fact.node)
        self.found += wrong
        return routine

    def positive(self, value: object, path: str, name: str) -> Number:
        """Take a number that must be more than zero; one that is missing is reported already."""
        number = figure(value)
        if isinstance(value, Number) and number <= 0:
            self.found.append(NOT_POSITIVE.at(self.span(path), key=path.rpartition(".")[2], name=name))
        return number


def given(value: object) -> bool:
    """Whether something is there: an absent group is a mapping of gaps only."""
    if isinstance(value, dict):
        return any(not isinstance(inner, Gap) for inner in value.values())
    return bool(value) and not isinstance(value, Gap)


def typed(value: object) -> bool:
    """Whether a value was typed, be it one that is reported as wrong already."""
    return not isinstance(value, Gap) or value.reported


def word(value: object) -> str:
    """Take a text; nothing else is one."""
    return value if isinstance(value, str) else ""


def figure(value: object) -> Number:
    """Take a number; one that is missing counts as zero."""
    return value if isinstance(value, Number) else Number(0)

"""A sample of a pack in, each of its facts changed in turn; what stays in the documents though it should move out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.diagnostics import ordered
from reportgen.mutation.running import moved, sample
from reportgen.mutation.survivors import survivors

if TYPE_CHECKING:
    from reportgen.build import Study
    from reportgen.diagnostics import Diagnostic
    from reportgen.mutation.running import Progress


class Mutated(NamedTuple):
    """How many facts were changed, how many changes were made of them, and what survived."""

    facts: int
    changes: int
    found: list[Diagnostic]


def mutate(study: Study, progress: Progress | None = None) -> Mutated:
    """Change every fact of a sound study in turn, and find what stays; `progress` is told how many facts are done."""
    base = sample(study)
    moves = moved(base, progress)
    return Mutated(len(moves), sum(one.changes for one in moves.values()), ordered(survivors(base, moves)))


__all__ = ["Mutated", "mutate"]

"""A pack that can be read in, what its author should look at out: points, facts, kinds and units, standing, wording.

What keeps a pack from being used is found when it is read, by `packs`; nothing is said twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen import proofreading
from reportgen.diagnostics import ordered
from reportgen.lint.places import INDICATORS, root
from reportgen.lint.points import points
from reportgen.lint.standing import standing
from reportgen.lint.templates import template
from reportgen.lint.use import unused
from reportgen.lint.values import values

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic
    from reportgen.packs import Pack

__all__ = ["lint", "template"]


def lint(pack: Pack) -> list[Diagnostic]:
    """Examine a pack; gives everything that is doubtful in it, each with its place."""
    wording = proofreading.indicators(root(pack, INDICATORS))
    return ordered([*points(pack), *unused(pack), *values(pack), *standing(pack), *wording])

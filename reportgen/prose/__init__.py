"""A text in, a report or the prose of facts and templates; what its wording breaks of the rules of writing out.

Each module of this folder is one rule, or some of one kind: its docstring is the manual page, its `find` takes a text.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

from reportgen.diagnostics import ordered

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

KINDS = tuple(import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__))
"""The modules of this folder."""


def proofread(text: Text) -> list[Diagnostic]:
    """Find everything that breaks a rule, in the order of the places."""
    return ordered(found for kind in KINDS for found in kind.find(text))

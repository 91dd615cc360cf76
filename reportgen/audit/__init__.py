"""The report of anyone in; what in it contradicts itself out, each finding with its quote, its place and a remedy.

Each module of this folder is one kind of fault: its docstring is the manual page, its `find` takes a report.
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


def audit(report: Text) -> list[Diagnostic]:
    """Find every fault of every kind, in the order of their places."""
    return ordered(found for kind in KINDS for found in kind.find(report))

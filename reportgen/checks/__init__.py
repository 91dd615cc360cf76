"""A pack's checks.yaml and the facts in, a diagnostic for every statement about the facts that does not hold out."""

from __future__ import annotations

from reportgen.checks.definition import Check, Kind, Operand, looked_up, routines
from reportgen.checks.reading import CHECK, check, read
from reportgen.checks.running import run

__all__ = ["CHECK", "Check", "Kind", "Operand", "check", "looked_up", "read", "routines", "run"]

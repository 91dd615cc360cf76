"""The nodes of an indicators.yaml in, the declared system out; every expression is read, each fault has its place."""

from __future__ import annotations

from reportgen.indicators.reading.form import INDICATOR
from reportgen.indicators.reading.grades import read_grades
from reportgen.indicators.reading.system import read

__all__ = ["INDICATOR", "read", "read_grades"]

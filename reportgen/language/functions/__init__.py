"""What can be called in a tag: the table of filters and functions, filled by the modules beside it."""

from __future__ import annotations

from typing import Final

from reportgen.language.functions import claims, lists, numbers, others
from reportgen.language.functions.lists import concat
from reportgen.language.functions.table import (
    ANY,
    FILTERS,
    FUNCTIONS,
    KEY,
    OPEN,
    OTHER_UNIT,
    PRINTED,
    TABLE,
    Filter,
    Takes,
    joint,
)

__all__ = [
    "ANY",
    "FILTERS",
    "FUNCTIONS",
    "KEY",
    "LENIENT",
    "OPEN",
    "OTHER_UNIT",
    "PRINTED",
    "TABLE",
    "Filter",
    "Takes",
    "claims",
    "concat",
    "joint",
    "lists",
    "numbers",
    "others",
]

LENIENT: Final = frozenset({"默认", "default"})
"""The filters that take a value even where it is absent."""

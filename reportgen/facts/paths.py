"""The path of a fact in, `重点工作[1].标题`; its steps, or what it leads to among values, out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.facts.model import Value

_STEPS: Final = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def steps(path: str) -> list[str | int]:
    """Give the names of a path, and the items of its lists counted from 0."""
    return [int(number) - 1 if number else name for name, number in _STEPS.findall(path)]


def lookup(values: Mapping[str, Value], name: str, default: object = None) -> object:
    """Give what a dotted name leads to through groups; `default` where it leads nowhere."""
    value: Any = values
    for step in name.split(".") if name else ():
        if not isinstance(value, dict) or step not in value:
            return default
        value = value[step]
    return value

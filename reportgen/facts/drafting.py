"""Values with gaps in, the same with something to print in place of each out, so that a draft can be read.

A list that is missing gets one item to fill in; what is optional stays absent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, overload

from reportgen.facts.model import Gap
from reportgen.facts.paths import steps
from reportgen.schema import Field, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.facts.model import Facts, Value

_COMPUTED: Final = ("指标", "自评")
_NONE: Final = Field(Kind.OPEN)


def stand_in(path: str) -> str:
    """Give what a draft prints where the value of a path would stand: `【待补：填报人】`."""
    head, *inner = path.split(".")
    return f"【待补：{''.join(inner) if head in _COMPUTED else inner[-1] if inner else head}】"


@overload
def drafted(value: dict[str, Value], form: Field = ...) -> dict[str, Value]: ...
@overload
def drafted(value: Value, form: Field = ...) -> Value: ...
def drafted(value: Value, form: Field = _NONE) -> Value:
    """Let every gap that was found wrong print something; `form` tells what a missing list would hold."""
    if isinstance(value, Gap):
        if not value.reported:
            return value
        if form.item is not None:
            return [_blank(form.item, f"{value.path}[1]")]
        return replace(value, stand_in=stand_in(value.path))
    if isinstance(value, dict):
        return {name: drafted(inner, form.fields.get(name, _NONE)) for name, inner in value.items()}
    if isinstance(value, list):
        return [drafted(item, form.item or _NONE) for item in value]
    return value


def _blank(form: Field, path: str) -> Value:
    """Make a value of which everything that is needed is still to come."""
    if form.kind is Kind.GROUP:
        return {name: _blank(inner, f"{path}.{name}") for name, inner in form.fields.items()}
    return drafted(Gap(path, reported=form.required), form)


def due(facts: Facts, form: Field) -> Iterator[tuple[str, Field]]:
    """Give every fact that is still to come, in the order of the form: its path, and what the form says of it."""
    for gap in facts.gaps:
        if gap.reported:
            yield gap.path, form_of(form, gap.path)


def form_of(form: Field, path: str) -> Field:
    """Give what the form says of a path, through groups and lists; open data where it says nothing."""
    for step in steps(path):
        form = form.fields.get(step, _NONE) if isinstance(step, str) else form.item or _NONE
    return form

"""Which facts of the form nothing in the pack uses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen import checks, evidence, indicators
from reportgen.diagnostics import Severity, rule
from reportgen.language import check
from reportgen.lint.places import SCHEMA, place, root
from reportgen.schema import LIST, Field, Kind, find

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.language import Statement
    from reportgen.packs import Pack

    Way = tuple[str, ...]

UNUSED = rule(
    "P306",
    "unused-fact",
    Severity.NOTE,
    "nothing in the pack uses “{name}”: only the prose of a facts file may",
    "use it in an indicator, a check or a template; ask for it no longer; or leave it to prose",
)


def unused(pack: Pack) -> Iterator[Diagnostic]:
    """Find the facts that are asked for in vain; those that the prose of a facts file may use freely (任意) are not."""
    seen: set[str] = set()
    form = _watched(pack.form, "", seen)
    known = [form.fields, indicators.OWN.fields, {**indicators.form(pack.system), **evidence.FORM}]
    for routine, each in _routines(pack):
        listed = find(form, each) if each else None
        check(routine, [listed.item.fields, *known] if listed and listed.item else known)
    for name in filter(None, (pack.author, pack.dated)):
        find(form, name)
    node = root(pack, SCHEMA)
    for path, way in _never(pack.form, "", (), seen):
        yield UNUSED.at(place(node, *way), name=path)


def _routines(pack: Pack) -> Iterator[tuple[Sequence[Statement], str]]:
    """Give every routine of a pack, with the name of the list whose items it is about, if it is about items."""
    yield from ((routine, "") for _, routine in indicators.routines(pack.system))
    for one in pack.checks:
        yield from ((routine, one.each) for _, routine in checks.routines([one]))
    yield from ((output.name, "") for output in pack.outputs)
    for template in pack.templates.values():
        yield from ((routine, "") for routine in template.routines.values())


class _Watched(dict[str, Field]):
    """The fields of a group, which note the path of each that is looked up."""

    def __init__(self, fields: Mapping[str, Field], path: str, seen: set[str]) -> None:
        super().__init__({name: _watched(field, f"{path}{name}", seen) for name, field in fields.items()})
        self._path = path
        self._seen = seen

    def __getitem__(self, name: str) -> Field:
        self._seen.add(f"{self._path}{name}")
        return super().__getitem__(name)


def _watched(field: Field, path: str, seen: set[str]) -> Field:
    """Copy a form so that `seen` is told which of its fields are looked up."""
    item = _watched(field.item, f"{path}[]", seen) if field.item else None
    return replace(field, fields=_Watched(field.fields, f"{path}." if path else "", seen), item=item)


def _never(form: Field, path: str, way: Way, seen: set[str]) -> Iterator[tuple[str, Way]]:
    """Give the fields that were not looked up, each with the way to it in the file; of a whole group only the group."""
    for name, field in form.fields.items():
        own, to = f"{path}{name}", (*way, name)
        inner = field.item or field
        if own in seen:
            yield from _never(inner, f"{own}[]." if field.item else f"{own}.", (*to, LIST) if field.item else to, seen)
        elif inner.kind is not Kind.OPEN:
            yield own, to

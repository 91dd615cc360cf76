"""A name in, that the form does not have or that tags cannot use; what its writer probably meant out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Diagnostic, Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.schema import Field
    from reportgen.source import Entry

_NO_COMMA: Final = N_("between braces a comma ends a number: write it without commas, such as 1200")

UNKNOWN = rule("F204", "unknown-fact", Severity.ERROR, "the form has no “{name}”", "remove it, or see the form")
NOT_A_NAME = rule(
    "F212",
    "not-a-name",
    Severity.ERROR,
    "“{name}” cannot be used as a name in tags",
    "use letters, Chinese characters and digits, not beginning with a digit",
)


def unknown(name: str, entry: Entry, close: str, homes: Sequence[str]) -> Diagnostic:
    """Say that the form has no such name here; `close` is one that it has, `homes` are groups that have this one."""
    home = "、".join(homes)
    advice = None
    if close:
        advice = N_("write “{close}”")
    elif _is_rest(name, entry):
        advice = _NO_COMMA
    elif home:
        advice = N_("move it to “{home}”, indented below that name")
    elif homes:
        advice = N_("move it to the left margin, outside every group")
    return UNKNOWN.at(entry.key_span, help=advice, name=name, close=close, home=home)


def unusable(name: str, entry: Entry) -> Diagnostic:
    """Say that tags cannot use a name."""
    advice = None
    if _is_rest(name, entry):
        advice = _NO_COMMA
    elif name.isidentifier() and name.isascii() and not name.startswith("_"):
        advice = N_("the word has a meaning of its own in tags: choose another name")
    return NOT_A_NAME.at(entry.key_span, help=advice, name=name)


def known_names(form: Field, path: str = "") -> Iterator[tuple[str, str]]:
    """Give every name of a form with the group that it belongs to."""
    if form.item is not None:
        yield from known_names(form.item, path)
    for name, inner in form.fields.items():
        yield path, name
        yield from known_names(inner, f"{path}.{name}" if path else name)


def _is_rest(name: str, entry: Entry) -> bool:
    """Whether a name is the rest of a number that was cut at a comma between braces, as in `{甲: 1,200}`."""
    return entry.node.value == "" and re.match(r"[0-9]{3}(?![0-9])", name) is not None

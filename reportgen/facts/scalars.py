"""The text of one scalar and what the form takes there in, its value out: a number, a date, a truth or a text."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from reportgen import formats
from reportgen.diagnostics import N_, Diagnostic, Severity, rule
from reportgen.facts import numbers
from reportgen.facts.model import Value
from reportgen.schema import NO, YES, Field, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.source import Node

_PRIVATE: Final = re.compile(
    "[\U000f0000-\U0010ffff]"
)  # the place map's own marks; source refuses what XML cannot hold
_PLAIN_DATE: Final = re.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")  # the quick way of most dates
_FULL_DATE: Final = re.compile("[0-9]{4}([-./])[0-9]{1,2}\\1[0-9]{1,2}|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")
_TAG: Final = re.compile(r"[{｛][{｛%％#＃]")
_TRUTHS: Final[Mapping[str, str]] = dict.fromkeys(
    ("yes", "y", "true", "on", "1", "对", "有", "是的", "√", "✓", "✔", "☑"), YES
) | dict.fromkeys(("no", "n", "false", "off", "0", "错", "无", "没有", "不是", "×", "✗", "✘"), NO)

NOT_A_CHOICE = rule("F207", "not-a-choice", Severity.ERROR, "“{name}” cannot be “{value}”", "write one of: {choices}")
NOT_A_DATE = rule(
    "F208",
    "not-a-date",
    Severity.ERROR,
    "“{name}” takes a date, “{value}” is none",
    "write it like 2022-06-24 or 2022年6月24日",
)
PRIVATE = rule(
    "F211",
    "private-character",
    Severity.ERROR,
    "“{name}” holds the character {code}, which means something on one computer only",
    "delete the character; it may be invisible",
)
CUT_SHORT = rule(
    "F213",
    "cut-short",
    Severity.WARNING,
    "the text of “{name}” ends before “ #”: the rest counts as a comment",
    "if it belongs to the text, write the text as below; if it is a comment, give it a line of its own:\n{mended}",
)
TAG_IN_TEXT = rule(
    "F214",
    "tag-in-text",
    Severity.ERROR,
    "“{name}” is printed as it stands: a tag in it would not be filled in",
    "write the text out, or move it to a place that takes prose (正文)",
)
_Read = tuple[Value | None, list[Diagnostic]]
_OPEN_TEXT, _OPEN_DATE, _OPEN_TRUTH = Field(Kind.TEXT), Field(Kind.DATE), Field(Kind.TRUTH)


def read(node: Node, form: Field, path: str) -> _Read:
    """Read a scalar as the form asks; None where it cannot be read."""
    said = str(node.value)
    if hidden := _PRIVATE.search(said):
        return None, [PRIVATE.at(node.span, name=path, code=f"U+{ord(hidden.group()):04X}")]
    return _READERS[form.kind](said, node, form, path)


def guess(node: Node) -> Field:
    """Give open data the kind that its own text shows; quoted text and blocks stay text."""
    said = str(node.value)
    if node.style != "plain":
        return _OPEN_TEXT
    if said in {YES, NO}:
        return _OPEN_TRUTH
    if _PLAIN_DATE.fullmatch(said):
        return _OPEN_DATE
    if not numbers.IN_FIGURES.match(said) or len(said) > numbers.LONGEST:
        return _OPEN_TEXT
    return numbers.guess(said) or (_OPEN_DATE if _FULL_DATE.fullmatch(said) or _day(said) else _OPEN_TEXT)


def _day(said: str) -> dt.date | None:
    match = _PLAIN_DATE.fullmatch(said)
    if match:
        with suppress(ValueError):  # a day that does not exist
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        return None
    one = formats.read(said)
    return one.value if one and one.kind is formats.Kind.DATE and isinstance(one.value, dt.date) else None


def _truth(said: str, node: Node, _form: Field, path: str) -> _Read:
    said = said.strip()
    if said in {YES, NO}:
        return said == YES, []
    meant = _TRUTHS.get(said.lower(), "")
    advice = N_("write {meant}") if meant else None
    return None, [NOT_A_CHOICE.at(node.span, help=advice, name=path, value=said, choices=f"{YES}、{NO}", meant=meant)]


def _date(said: str, node: Node, _form: Field, path: str) -> _Read:
    day = _day(said)
    if day:
        return day, []
    said = said.strip()
    advice = N_("there is no such day; check the month and the day") if _FULL_DATE.fullmatch(said) else None
    return None, [NOT_A_DATE.at(node.span, help=advice, name=path, value=said)]


def _choice(said: str, node: Node, form: Field, path: str) -> _Read:
    if said in form.choices:
        return said, []
    return said, [NOT_A_CHOICE.at(node.span, name=path, value=said, choices="、".join(form.choices))]


def _text(said: str, node: Node, form: Field, path: str) -> _Read:
    found = _cut(node, form, path)
    if _TAG.search(said):
        found.append(TAG_IN_TEXT.at(node.span, name=path))
    return said.rstrip("\n"), found


def _prose(said: str, node: Node, form: Field, path: str) -> _Read:
    return said, _cut(node, form, path)


def _cut(node: Node, form: Field, path: str) -> list[Diagnostic]:
    """Find text that loses its end to ` #`: in prose any, in a short text only what does not look like a comment."""
    text = node.source.text
    if node.style != "plain" or text[node.end : node.end + 1] not in {" ", "\t"}:
        return []
    rest = re.compile(r"[ \t]+#.*").match(text, node.end)
    if rest is None or (form.kind is not Kind.PROSE and not re.match(r"[ \t]+#[^\s#]", rest.group())):
        return []
    whole = f"{node.value}{rest.group().rstrip()}"
    owner = "-" if path.endswith("]") else f"{path.rpartition('.')[2]}:"
    return [CUT_SHORT.at(node.span, name=path, mended=f"{owner} |\n  {whole}")]


_READERS: Final[Mapping[Kind, Callable[[str, Node, Field, str], _Read]]] = {
    Kind.NUMBER: numbers.read,
    Kind.RANGE: numbers.read_range,
    Kind.DATE: _date,
    Kind.TRUTH: _truth,
    Kind.CHOICE: _choice,
    Kind.TEXT: _text,
    Kind.PROSE: _prose,
}

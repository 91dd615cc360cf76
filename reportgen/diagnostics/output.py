"""Diagnostics in, text for a person or a machine out: text, short, json, github and sarif."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from reportgen.diagnostics.messages import N_, Messages
from reportgen.diagnostics.model import RULES, Diagnostic, Label, Severity, Span

_WORDS = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.NOTE: N_("note")}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_QUOTE = 60
_TAB = "    "


def text(found: Sequence[Diagnostic], say: Messages, sources: Mapping[str, str]) -> str:
    """Lay out each diagnostic with the source lines it points at; `sources` maps a path to its text."""
    return "\n\n".join(_block(one, say, sources) for one in found)


def short(found: Sequence[Diagnostic], say: Messages, _sources: Mapping[str, str]) -> str:
    """Give one line for each diagnostic."""
    return "\n".join(f"{one.span}: {_head(one, say)}" for one in found)


def github(found: Sequence[Diagnostic], say: Messages, _sources: Mapping[str, str]) -> str:
    """Give one workflow command for each diagnostic."""
    return "\n".join(
        f"::{_GITHUB[one.severity]} file={one.span.path},line={max(one.span.line, 1)},title={one.rule.code}::{_message(one, say)}"
        for one in found
    )


def json_text(found: Sequence[Diagnostic], say: Messages, _sources: Mapping[str, str]) -> str:
    """Give a JSON list with one object for each diagnostic."""
    return json.dumps([_record(one, say) for one in found], ensure_ascii=False, indent=1)


def sarif(found: Sequence[Diagnostic], say: Messages, _sources: Mapping[str, str]) -> str:
    """Give a SARIF 2.1.0 log."""
    used = sorted({one.rule.code for one in found})
    rules = [{"id": code, "name": RULES[code].name} for code in used]
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
    results = [
        {
            "ruleId": one.rule.code,
            "level": levels[one.severity],
            "message": {"text": _message(one, say)},
            "locations": [{"physicalLocation": _physical(one.span)}],
        }
        for one in found
    ]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "reportgen", "rules": rules}}, "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=1)


Output = Callable[[Sequence[Diagnostic], Messages, Mapping[str, str]], str]
FORMATS: Mapping[str, Output] = {"text": text, "short": short, "json": json_text, "github": github, "sarif": sarif}


def _message(one: Diagnostic, say: Messages) -> str:
    return say(one.rule.message, **_spoken(one.values, say))


def _head(one: Diagnostic, say: Messages) -> str:
    return f"{say(_WORDS[one.severity])}[{one.rule.code}]: {_message(one, say)}"


def _spoken(values: Mapping[str, object], say: Messages) -> dict[str, object]:
    """Values that are themselves messages (kinds, counts of things) are marked by a `Label` without a place."""
    return {
        name: say(value.message, **value.values) if isinstance(value, Label) else value
        for name, value in values.items()
    }


def _block(one: Diagnostic, say: Messages, sources: Mapping[str, str]) -> str:
    places = [_place(one.span, "", sources)]
    places += [_place(label.span, say(label.message, **label.values), sources) for label in one.related]
    help_text = say(one.help, **_spoken(one.values, say))
    lines = help_text.split("\n") if help_text else []
    tail = [f"   = {say(N_('help'))}: {line}" if index == 0 else f"     {line}" for index, line in enumerate(lines)]
    return "\n".join([_head(one, say), *places, *tail])


def _place(span: Span, word: str, sources: Mapping[str, str]) -> str:
    if span.part:
        quote = span.quote if len(span.quote) <= _QUOTE else span.quote[: _QUOTE - 1] + "…"
        quoted = f" “{quote}”" if quote else ""
        return f"  --> {span}{quoted}" + (f"  {word}" if word else "")
    lines = sources.get(span.path, "").split("\n")
    if not 1 <= span.line <= len(lines):
        return (f"  --> {span}" if span.path else "") + (f"  {word}" if word else "")
    return _snippet(span, word, lines[span.line - 1].rstrip("\r"))


def _snippet(span: Span, word: str, line: str) -> str:
    before, marked = line[: span.column - 1], line[span.column - 1 : span.end_column - 1 if span.end_column else None]
    number = str(span.line)
    blank = " " * len(number)
    marks = " " * _width(before) + "^" * max(1, _width(marked.rstrip()))
    shown = line.replace("\t", _TAB)
    return "\n".join(
        [
            f"{blank} --> {span}",
            f"{blank} |",
            f"{number} | {shown}",
            f"{blank} | {marks} {word}".rstrip(),
        ],
    )


def _width(line: str) -> int:
    return sum(len(_TAB) if char == "\t" else _columns(char) for char in line)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def _record(one: Diagnostic, say: Messages) -> dict[str, object]:
    span = one.span
    place: dict[str, object] = {"path": span.path, "line": span.line, "column": span.column}
    if span.part:
        place = {"path": span.path, "part": span.part, "paragraph": span.line, "cell": span.cell, "quote": span.quote}
    return {
        "code": one.rule.code,
        "name": one.rule.name,
        "severity": str(one.severity),
        "message": _message(one, say),
        "help": say(one.help, **_spoken(one.values, say)),
        "place": place,
        "related": [
            {"path": label.span.path, "line": label.span.line, "column": label.span.column} for label in one.related
        ],
    }


def _physical(span: Span) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": span.path}}
    if not span.part and span.line:
        place["region"] = {"startLine": span.line, "startColumn": max(span.column, 1)}
    return place


def ordered(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort findings by place and rule, each only once."""
    unique = {one.key(): one for one in found}
    return [unique[key] for key in sorted(unique)]

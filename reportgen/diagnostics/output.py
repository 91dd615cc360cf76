"""Diagnostics in, text for a person or a machine out: text, short, json, github and sarif."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from reportgen.diagnostics.messages import N_, Messages
from reportgen.diagnostics.model import RULES, Diagnostic, Label, Severity, Span
from reportgen.diagnostics.snippet import excerpt, visible

_WORDS: Final = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.NOTE: N_("note")}
_GITHUB: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_HELP: Final = N_("help")
_NUMBER: Final = N_("fingerprint")
_QUOTE: Final = 60
_VALUE: Final = 600  # characters of a value that are shown within a message
_GUTTER: Final = 2  # width of line numbers, at least


def text(found: Sequence[Diagnostic], say: Messages, sources: Mapping[str, str]) -> str:
    """Lay out each diagnostic with the source lines it points at; `sources` maps a path to its text."""
    lines: dict[str, list[str]] = {}
    for one in found:
        for span in (one.span, *(label.span for label in one.related)):
            if span.path not in lines:
                lines[span.path] = sources[span.path].split("\n") if span.path in sources else []
    return "\n\n".join(_block(one, say, lines) for one in found)


def short(found: Sequence[Diagnostic], say: Messages, _sources: Mapping[str, str]) -> str:
    """Give one line for each diagnostic."""
    return "\n".join(
        f"{visible(str(one.span))}: {_head(one, say)}" if one.span.path else _head(one, say) for one in found
    )


def github(found: Sequence[Diagnostic], say: Messages, _sources: Mapping[str, str]) -> str:
    """Give one workflow command for each diagnostic; a place in a Word file, which has no lines, is told in words."""
    return "\n".join(f"::{_GITHUB[one.severity]} {_properties(one)}::{_data(one, say)}" for one in found)


def json_text(found: Sequence[Diagnostic], say: Messages, _sources: Mapping[str, str]) -> str:
    """Give a JSON list with one object for each diagnostic."""
    return json.dumps([_record(one, say) for one in found], ensure_ascii=False, indent=1)


def sarif(found: Sequence[Diagnostic], say: Messages, _sources: Mapping[str, str]) -> str:
    """Give a SARIF 2.1.0 log; columns count code points."""
    used = sorted({one.rule.code for one in found})
    driver = {"name": "reportgen", "rules": [_described(code, say) for code in used]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, say, used) for one in found],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1)


Output = Callable[[Sequence[Diagnostic], Messages, Mapping[str, str]], str]
FORMATS: Mapping[str, Output] = {"text": text, "short": short, "json": json_text, "github": github, "sarif": sarif}


def told(one: Diagnostic, say: Messages) -> list[str]:
    """Give what a finding says, without its place: the message, the advice and the number if there are any."""
    number = f"{say(_NUMBER)}: {one.fingerprint}" if one.fingerprint else ""
    return [_head(one, say), *filter(None, [advice(one, say), number])]


def beside(one: Diagnostic, say: Messages) -> list[tuple[Label, str]]:
    """Give the other places of a finding, and what is said about each."""
    return [(label, _said(label.message, label.values, say)) for label in one.related]


def ordered(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort findings by place and rule, each only once."""
    unique = {one.key(): one for one in found}
    return [unique[key] for key in sorted(unique)]


def _said(message: str, values: Mapping[str, object], say: Messages) -> str:
    """Say a message with its values; a value that is itself a message stands in a `Label` without a place."""
    spoken = {name: _value(value, say) for name, value in values.items()}
    return say(message).format(**spoken)


def _value(value: object, say: Messages) -> str:
    if isinstance(value, Label):
        return _said(value.message, value.values, say)
    said = visible(str(value))
    return said if len(said) <= _VALUE else f"{said[:_VALUE]}…"


def message(one: Diagnostic, say: Messages) -> str:
    """Give what a finding says of what is wrong."""
    return " ".join(_said(one.rule.message, one.values, say).split("\n"))


def advice(one: Diagnostic, say: Messages) -> str:
    """Give what a finding says should be done, or nothing."""
    return _said(one.help, one.values, say)


def _head(one: Diagnostic, say: Messages) -> str:
    return f"{say(_WORDS[one.severity])}[{one.rule.code}]: {message(one, say)}"


def _block(one: Diagnostic, say: Messages, sources: Mapping[str, Sequence[str]]) -> str:
    labels = [Label(one.span), *one.related]
    gutter = max([_GUTTER, *(len(str(label.span.line)) for label in labels if not label.span.part)])
    places = [_place(label.span, _said(label.message, label.values, say), sources, gutter) for label in labels]
    lines = list(filter(None, advice(one, say).split("\n")))
    blank = " " * gutter
    tail = [f"{blank} = {say(_HELP)}: {lines[0]}", *(f"{blank}   {line}" for line in lines[1:])] if lines else []
    tail += [f"{blank} = {say(_NUMBER)}: {one.fingerprint}"] if one.fingerprint else []
    return "\n".join([_head(one, say), *filter(None, places), *tail])


def _place(span: Span, word: str, sources: Mapping[str, Sequence[str]], gutter: int) -> str:
    arrow, told = f"{'':{gutter}}--> {visible(str(span))}", f"  {word}" if word else ""
    if span.part:
        quoted = visible(span.quote if len(span.quote) <= _QUOTE else span.quote[: _QUOTE - 1] + "…")
        return arrow + (f" “{quoted}”" if quoted else "") + told
    lines = sources[span.path]
    if 1 <= span.line <= len(lines):
        return excerpt(span, lines[span.line - 1], word, gutter)
    return f"{arrow}{told}" if span.path else told


def _properties(one: Diagnostic) -> str:
    span = one.span
    named: dict[str, object] = {"file": visible(span.path)} if span.path else {}
    if span.line and not span.part:
        named |= {"line": span.line, "col": max(span.column, 1)}
        named |= {"endColumn": span.end_column} if span.end_column else {}
    named["title"] = one.rule.code
    return ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in named.items())


def _data(one: Diagnostic, say: Messages) -> str:
    where = f"{visible(str(one.span))}: " if one.span.part else ""
    return _escaped("\n".join(filter(None, [f"{where}{message(one, say)}", advice(one, say)])))


def _escaped(said: str, more: str = "") -> str:
    """Write out what ends a workflow command or one of its properties."""
    return re.sub(rf"[%\r\n{more}]", lambda found: f"%{ord(found.group()):02X}", said)


def _record(one: Diagnostic, say: Messages) -> dict[str, object]:
    related = [
        {"message": _said(label.message, label.values, say), "place": _located(label.span)} for label in one.related
    ]
    record: dict[str, object] = {
        "code": one.rule.code,
        "name": one.rule.name,
        "severity": str(one.severity),
        "message": message(one, say),
        "help": advice(one, say),
        "place": _located(one.span),
        "related": related,
    }
    return record | ({"fingerprint": one.fingerprint} if one.fingerprint else {})


def _located(span: Span) -> dict[str, object]:
    if span.part:
        return {"path": span.path, "part": span.part, "paragraph": span.line, "cell": span.cell, "quote": span.quote}
    return {"path": span.path, "line": span.line, "column": span.column, "end_column": span.end_column}


def _described(code: str, say: Messages) -> dict[str, object]:
    known = RULES[code]
    return {
        "id": code,
        "name": known.name,
        "shortDescription": {"text": say(known.message)},
        "defaultConfiguration": {"level": str(known.severity)},
    }


def _result(one: Diagnostic, say: Messages, used: Sequence[str]) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": one.rule.code,
        "ruleIndex": used.index(one.rule.code),
        "level": str(one.severity),
        "message": {"text": "\n".join(filter(None, [message(one, say), advice(one, say)]))},
    }
    if one.fingerprint:
        result["partialFingerprints"] = {"reportgen/v1": one.fingerprint}
    if one.span.path:
        result["locations"] = [_location(one.span)]
    related = [label for label in one.related if label.span.path]
    if related:
        words = [_said(label.message, label.values, say) for label in related]
        result["relatedLocations"] = [
            _location(label.span) | ({"message": {"text": word}} if word else {})
            for label, word in zip(related, words, strict=True)
        ]
    return result


def _location(span: Span) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(span.path)}}
    if span.part:
        named = str(span)[len(span.path) + 1 :]
        return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": named}]}
    if span.line:
        region = {"startLine": span.line, "startColumn": max(span.column, 1)}
        physical["region"] = region | ({"endColumn": span.end_column} if span.end_column else {})
    return {"physicalLocation": physical}


def _uri(path: str) -> str:
    """Write a path as a reference: whole where it is absolute, else relative with every special sign escaped."""
    place = Path(path)
    return place.as_uri() if place.is_absolute() else quote(place.as_posix(), errors="replace")

"""Templates and tags written as text in, what they print and what is wrong with them out: the language without Word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import language, source
from reportgen.diagnostics import Label, Messages, Span
from reportgen.facts import bind
from reportgen.language import Log, Piece, Statement, Tag, Text
from reportgen.schema import Kind, group, optional

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.diagnostics import Diagnostic
    from reportgen.facts import Value
    from reportgen.source import Node

SAY = Messages("en")
PROSE: Final = "正文"
FORMULAS: Final = "公式"


class Output(NamedTuple):
    """One output of a traced run."""

    text: str
    facts: set[str]
    conditions: set[str]


def read(template: str) -> tuple[list[Statement], list[Diagnostic]]:
    """Read a template; the k-th tag stands in line k."""
    cut: list[Piece] = []
    number = 0
    for piece in language.pieces(template):
        if piece.kind:
            number += 1
            cut.append(Tag(piece.kind, piece.text, Span("t", number)))
        else:
            cut.append(Text(piece.text))
    return language.parse(cut)


def program(template: str) -> language.Program:
    """Compile a template that can be read, as routine `t`."""
    statements, found = read(template)
    assert not found, said(found)
    return language.compile({"t": statements})


def plain(template: str, values: Mapping[str, Value]) -> str:
    """Print a template."""
    return program(template).text("t", values)


def traced(template: str, values: dict[str, Value]) -> tuple[str, list[Output]]:
    """Print a template in a traced run: its text without marks, and its outputs."""
    log = Log()
    remembering = language.traced(values)
    assert isinstance(remembering, dict)
    text, marks = language.strip(program(template).text("t", remembering, log))
    outputs = [Output(str(one.text), set(one.trace.facts), set(one.trace.conditions)) for one in log.outputs]
    assert sorted(mark.output for mark in marks) == list(range(len(outputs)))
    assert all(text[mark.start : mark.end] == outputs[mark.output].text for mark in marks)
    return text, outputs


def value(expression: str, values: Mapping[str, Value]) -> Value:
    """Give the value of a formula."""
    statements, found = language.formula(expression, Span("t", 1))
    assert not found, said(found)
    return language.compile({"t": statements}).value("t", values)


def wrong(template: str, values: Mapping[str, Value] | None = None) -> list[tuple[int, str]]:
    """Give the tags and codes of everything that is wrong with a template, read and run."""
    statements, found = read(template)
    if values is not None:
        found = [*found, *language.compile({"t": statements}).faults("t", values)]
    assert said(found) is not None
    return [(one.span.line, one.rule.code) for one in found]


def said(found: list[Diagnostic]) -> list[str]:
    """Say diagnostics in English, message and help, so that a missing placeholder shows."""
    spoken = []
    for one in found:
        values = {
            name: SAY(what.message, **what.values) if isinstance(what, Label) else what
            for name, what in one.values.items()
        }
        spoken.append(f"{SAY(one.rule.message, **values)} {SAY(one.help, **values)}".strip())
    return spoken


def found(files: Mapping[str, str]) -> list[Diagnostic]:
    """Run every prose under `正文` and formula under `公式` over the other keys of its file; give all that is wrong."""
    return [one for name, text in files.items() for one in _found(name, text)]


def _found(name: str, text: str) -> list[Diagnostic]:
    root, unread = source.parse(text, name)
    assert root is not None
    assert isinstance(root.value, dict)
    data = {key: entry for key, entry in root.value.items() if key not in {PROSE, FORMULAS}}
    form = {key: optional(Kind.OPEN if entry.node.value else Kind.TEXT) for key, entry in data.items()}
    bound, wrong = bind(root._replace(value=data), group(form))
    found = [*unread, *wrong]
    for key in (PROSE, FORMULAS):
        for node in _leaves(root.value[key].node) if key in root.value else ():
            found += _run(node, bound.values, is_prose=key == PROSE)
    return found


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        for entry in node.value.values():
            yield from _leaves(entry.node)
    else:
        yield node


def _run(node: Node, values: Mapping[str, Value], *, is_prose: bool) -> list[Diagnostic]:
    statements, found = language.prose(node) if is_prose else language.formula(str(node.value), node.span)
    found = [*found, *language.check(statements, [language.shape(values).fields])]
    return found or language.compile({"t": statements}).faults("t", values)

"""A facts file in, its documents out: the whole way, once, with everything that was found wrong on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportgen import checks, files, indicators, narrative, packs, source
from reportgen import facts as binding
from reportgen.diagnostics import Diagnostic, Severity, ordered, rule
from reportgen.language import Failed, Log, compile, traced  # noqa: A004 — the field's word
from reportgen.word import Properties

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reportgen.facts import Facts, Value
    from reportgen.packs import Pack
    from reportgen.source import Node

PACK: Final = "模板包"
_BAD_IN_NAMES: Final = '\\/:*?"<>|'
_MAX_NAME: Final = 80

NO_PACK_NAMED = rule(
    "F101",
    "no-pack-named",
    Severity.ERROR,
    "the file does not say which pack it fills in",
    "begin it with a line such as 模板包: meizhou-self-evaluation@2021.1",
)
BAD_OUTPUT_NAME = rule(
    "P105",
    "output-name",
    Severity.ERROR,
    "the document cannot be called “{name}”",
    'a file name is short and holds none of \\ / : * ? " < > |',
)


@dataclass(frozen=True, slots=True)
class Document:
    """One finished document: its file name and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Study:
    """All that is known of a facts file before a document is made of it.

    `values` is what tags look up; `sources` the text of every file read, by path; `found` everything that is wrong.
    """

    path: str
    found: list[Diagnostic]
    sources: dict[str, str]
    pack: Pack | None = None
    facts: Facts | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    log: Log | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing found is an error."""
        return not any(one.severity is Severity.ERROR for one in self.found)


@dataclass(frozen=True, slots=True)
class Built:
    """A study and the documents made from it; none if anything is wrong."""

    study: Study
    documents: tuple[Document, ...] = ()


def build(path: Path, *, trace: bool = False, pack: Pack | None = None) -> Built:
    """Build the documents of a facts file; with `trace` every output is marked for the place map."""
    examined = study(path, trace=trace, pack=pack)
    if not examined.sound or examined.pack is None:
        return Built(examined)
    documents: list[Document] = []
    for output in examined.pack.outputs:
        name = _name(output, examined)
        data, found = examined.pack.templates[output.template].render(
            examined.values, _about(examined), log=examined.log
        )
        examined.found.extend(found)
        if data is not None and name:
            documents.append(Document(name, data))
    return Built(examined, tuple(documents) if examined.sound else ())


def study(path: Path, *, trace: bool = False, pack: Pack | None = None) -> Study:
    """Read a facts file, compute its indicators, write its prose and test its checks."""
    found: list[Diagnostic] = []
    sources: dict[str, str] = {}
    root = _read(path, sources, found)
    if root is None:
        return Study(str(path), ordered(found), sources)
    pack = pack or _pack(root, found)
    if pack is None:
        return Study(str(path), ordered(found), sources)
    sources |= pack.sources
    facts, wrong = binding.bind(root, pack.form, sources[str(path)])
    log = Log() if trace else None
    values, more = _evaluate(facts, pack, sources, log)
    kept = ordered(_without_consequences([*found, *wrong, *more]))
    return Study(str(path), kept, sources, pack, facts, values, log)


def _read(path: Path, sources: dict[str, str], found: list[Diagnostic]) -> Node | None:
    data, wrong = files.read(path, source.LIMIT)
    found += wrong
    if data is None:
        return None
    text, wrong = source.decode(data, str(path))
    found += wrong
    if text is None:
        return None
    sources[str(path)] = text
    root, wrong = source.parse(text, str(path))
    found += wrong
    return root


def _pack(root: Node, found: list[Diagnostic]) -> Pack | None:
    entry = root.value.get(PACK) if isinstance(root.value, dict) else None
    if entry is None or not isinstance(entry.node.value, str) or not entry.node.value:
        found.append(NO_PACK_NAMED.at(entry.key_span if entry else root.span))
        return None
    pack, wrong = packs.load(entry.node.value, entry.node.span)
    found += wrong
    return pack


def _evaluate(
    facts: Facts,
    pack: Pack,
    sources: Mapping[str, str],
    log: Log | None,
) -> tuple[dict[str, Value], list[Diagnostic]]:
    """Score the indicators, write the prose of the facts, then that of the indicators, and test the checks."""
    program, system = pack.program, pack.system
    known = indicators.scored_form(system)
    told, found = narrative.read(facts, sources, known)
    values = facts.values if log is None else traced(facts.values)
    assert isinstance(values, dict)  # noqa: S101 — a group of facts stays one
    outcome, wrong = indicators.evaluate(system, program, values, log)
    found += wrong
    scored = indicators.assemble(system, outcome.results)
    found += narrative.fill(told, compile(told.routines), values, scored, log)
    outcome, wrong = indicators.tell(system, program, {**values, **scored}, outcome, log)
    found += [*wrong, *checks.run(pack.checks, pack.program, {**facts.values, **scored}, facts)]
    return {**values, **indicators.assemble(system, outcome.results)}, found


def _without_consequences(found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """Leave out what follows from a gap that is reported itself, where such a report is: one cause, one diagnostic."""
    causes = [one for one in found if not one.values.get("reported")]
    return causes if any(one.severity is Severity.ERROR for one in causes) else found


def _name(output: packs.Output, examined: Study) -> str:
    assert examined.pack is not None  # noqa: S101 — the caller has looked
    try:
        name = examined.pack.program.text(f"输出/{output.template}", examined.values)
    except Failed as failed:
        examined.found.append(failed.diagnostic)
        return ""
    if len(name) > _MAX_NAME or name.startswith(".") or not name.isprintable() or set(name) & set(_BAD_IN_NAMES):
        examined.found.append(BAD_OUTPUT_NAME.at(output.span, name=name))
        return ""
    return name


def _about(examined: Study) -> Properties:
    """Let a document say of itself what the facts say: who made it, and when it was handed in."""
    dates = [fact.value for fact in examined.facts.all.values()] if examined.facts else []
    day = max((date for date in dates if isinstance(date, dt.date)), default=None)
    created = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) if day else None
    return Properties(examined.pack.title if examined.pack else "", "", created)

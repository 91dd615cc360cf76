"""A facts file in, its documents out: the whole way, once, with everything that was found wrong on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import checks, evidence, indicators, narrative, packs, stated, waivers
from reportgen import facts as binding
from reportgen.diagnostics import Diagnostic, Severity, ordered, rule
from reportgen.facts import MISSING, STATED, drafted, lookup
from reportgen.language import Failed, Log, compile, strip, traced  # noqa: A004 — the field's word
from reportgen.word import Properties

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from reportgen.facts import Facts, Value
    from reportgen.narrative import Narrative
    from reportgen.packs import Output, Pack
    from reportgen.source import Node
    from reportgen.waivers import Waiver

    Wording = Callable[[Facts, Pack, Sequence[Waiver]], list[Diagnostic]]

PACK: Final = "模板包"
_BAD_IN_NAMES: Final = '\\/:*?"<>|'
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{at}" for port in ("com", "lpt") for at in range(1, 10))}
)
_SUFFIX: Final = ".docx"
_MAX_NAME: Final = 240

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
    'a file name is short, ends with .docx and holds none of \\ / : * ? " < > |',
)
SAME_OUTPUT_NAME = rule(
    "P106",
    "same-output-name",
    Severity.ERROR,
    "two documents would be called “{name}”",
    "let the names of the documents differ under 文件",
)


class Document(NamedTuple):
    """One finished document: its file name and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Study:
    """All that is known of a facts file before a document is made of it.

    `values` is what tags look up; `sources` the text of every file read, by path; `found` everything that is wrong, but
    for what is `waived`: overlooked because the facts file gives a reason to.
    """

    path: str
    found: list[Diagnostic]
    sources: dict[str, str]
    pack: Pack | None = None
    facts: Facts | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    log: Log | None = None
    waived: Sequence[tuple[Diagnostic, Waiver]] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing found is an error."""
        return not any(one.severity is Severity.ERROR for one in self.found)


class Built(NamedTuple):
    """A study and the documents made from it; none if anything is wrong."""

    study: Study
    documents: tuple[Document, ...] = ()


def build(path: Path, *, trace: bool = False, draft: bool = False, pack: Pack | None = None) -> Built:
    """Build the documents of a facts file, all or none; with `trace` every output is marked for the place map.

    A draft says in place of each missing fact that it is still to come, where a finished document would not be made.
    """
    examined = study(path, trace=trace, draft=draft, pack=pack)
    if not examined.sound or examined.pack is None:
        return Built(examined)
    documents: list[Document] = []
    found: list[Diagnostic] = []
    taken: set[str] = set()
    for output in examined.pack.outputs:
        name, wrong = _name(output, examined, examined.pack)
        found += wrong
        if name.casefold() in taken:
            found.append(SAME_OUTPUT_NAME.at(output.span, name=name))
        taken.add(name.casefold())
        about = _about(name.removesuffix(_SUFFIX), examined.pack, examined.values)
        data, wrong = examined.pack.templates[output.template].render(examined.values, about, log=examined.log)
        found += wrong
        documents.append(Document(name, data or b""))
    examined = replace(examined, found=ordered([*examined.found, *found]))
    return Built(examined, tuple(documents) if examined.sound else ())


def study(
    path: Path, *, trace: bool = False, draft: bool = False, pack: Pack | None = None, wording: Wording | None = None
) -> Study:
    """Read a facts file, compute its indicators, write its prose and test its checks; `wording` judges its texts."""
    (root, sources, folder), found = binding.read(path)
    if root is None:
        return Study(str(path), ordered(found), sources)
    pack = pack or _pack(root, found)
    if pack is None:
        return Study(str(path), ordered(found), sources)
    sources |= pack.sources
    facts, wrong = binding.bind(root, pack.form, folder)
    if draft:
        facts = replace(facts, values=drafted(facts.values, pack.form))
    log = Log() if trace else None
    values, more = _evaluate(facts, pack, log, draft=draft)
    overlooking, unread = waivers.read(root, {one.name for one in pack.checks}, worded=wording is not None)
    more += wording(facts, pack, overlooking) if wording else []
    wrong = [one for one in wrong if not any(one.span.meets(cause.span) for cause in found)]
    left = _without_consequences([*found, *wrong, *more])
    if draft:
        left = [one for one in left if one.rule is not MISSING and not one.values.get("reported")]
    kept, waived = waivers.apply(overlooking, left)
    return Study(str(path), ordered([*kept, *unread]), sources, pack, facts, values, log, waived)


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
    log: Log | None,
    *,
    draft: bool,
) -> tuple[dict[str, Value], list[Diagnostic]]:
    """Evaluate facts, and test the checks and what the facts say of themselves."""
    told, found = narrative.read(facts, indicators.scored_form(pack.system))
    values, outcome, wrong = evaluate(facts if log is None else remembering(facts), pack, told, log, draft=draft)
    found += [*wrong, *checks.run(pack.checks, pack.program, {**values, STATED: facts.stated}, facts)]
    found += evidence.lacking(facts, pack.system, outcome.results)
    return values, [*found, *stated.compare(facts, values, checks.looked_up(pack.checks, STATED))]


def evaluate(
    facts: Facts, pack: Pack, told: Narrative, log: Log | None = None, *, draft: bool = False
) -> tuple[dict[str, Value], indicators.Outcome, list[Diagnostic]]:
    """Score the indicators, and write the prose of the facts, in place, and then that of the indicators.

    Gives what templates look up, the indicators as scored and told, and what went wrong.
    """
    program, system, values = pack.program, pack.system, facts.values
    outcome, found = indicators.evaluate(system, program, facts, values, log)
    if draft:
        outcome = replace(outcome, results={name: drafted(one) for name, one in outcome.results.items()})
    scored = indicators.assemble(system, outcome.results, traced=log is not None)
    found += narrative.fill(told, compile(told.routines), values, scored, log)
    values = {**values, **scored}
    outcome, wrong = indicators.tell(system, program, values, outcome, log)
    values |= indicators.assemble(system, outcome.results, traced=log is not None)
    values |= evidence.listed(facts, traced=log is not None)
    return values, outcome, [*found, *wrong]


def remembering(facts: Facts) -> Facts:
    """Let facts remember their paths, as a traced build needs them."""
    values = traced(facts.values)
    assert isinstance(values, dict)  # noqa: S101 — a group of facts stays one
    return replace(facts, values=values)


def _without_consequences(found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """Leave out what follows from a gap that is reported itself, where such a report is: one cause, one diagnostic."""
    causes = [one for one in found if not one.values.get("reported")]
    return causes if any(one.severity is Severity.ERROR for one in causes) else found


def _name(output: Output, examined: Study, pack: Pack) -> tuple[str, list[Diagnostic]]:
    """Give the file name of a document, as every system can hold it."""
    try:
        name = strip(pack.program.text(packs.naming(output), examined.values))[0]
    except Failed as failed:
        return output.template, [failed.diagnostic]
    stem = name.removesuffix(_SUFFIX)
    sound = (
        name.endswith(_SUFFIX)
        and stem == stem.strip(" .")
        and stem.isprintable()
        and len(name.encode()) <= _MAX_NAME
        and not set(stem) & set(_BAD_IN_NAMES)
        and stem.partition(".")[0].lower() not in {"", *_DEVICES}
    )
    return name, [] if sound else [BAD_OUTPUT_NAME.at(output.span, name=name)]


def _about(title: str, pack: Pack, values: Mapping[str, Value]) -> Properties:
    """Let a document say of itself what the facts that the pack names for it say: who wrote it, and when."""
    author, day = (lookup(values, name) for name in (pack.author, pack.dated))
    created = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) if isinstance(day, dt.date) else None
    return Properties(title, author if isinstance(author, str) else "", created)

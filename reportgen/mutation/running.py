"""A sample and its pack in; what moves in its documents with each fact, and which figures stand in them, out.

Nothing is read again for a change: the bound facts are changed in memory, evaluated and printed, and what was printed
is compared with what the sample prints, output by output.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from reportgen import indicators, narrative, packs, proof
from reportgen.build import evaluate, remembering
from reportgen.facts import STATED, form_of
from reportgen.language import Failed, Log, strip
from reportgen.mutation.perturbing import State, copied, perturbed, rounds
from reportgen.verification import words
from reportgen.word.text import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.build import Study
    from reportgen.facts import Fact, Facts, Value
    from reportgen.language import Printed
    from reportgen.packs import Pack
    from reportgen.proof import Proof
    from reportgen.word.text import Document

    Progress = Callable[[int, int], None]
    Shown = tuple[int, str]


class Run(NamedTuple):
    """What one state of the facts prints: its outputs, each by its tag with its text, and everything piece by piece."""

    outputs: list[Shown]
    pieces: list[str]


class Moved(NamedTuple):
    """What moves with a fact: outputs of the sample by number, literal texts; and how often the fact was changed."""

    outputs: frozenset[int]
    literals: frozenset[str]
    changes: int
    anything: bool


class Sample(NamedTuple):
    """A sample as it is built: the outputs with their traces, the documents by template, the proofs of their figures.

    `literals` are the literal texts between the tags of the templates, `deciding` the facts that outputs stand under.
    """

    study: Study
    facts: Facts
    pack: Pack
    state: State
    outputs: Sequence[Printed]
    documents: Mapping[str, Document]
    proofs: Mapping[str, Sequence[Proof]]
    literals: frozenset[str]
    deciding: frozenset[str]


def sample(study: Study) -> Sample:
    """Make the documents of a study that can be built, and read who answers for their figures."""
    facts, pack = study.facts, study.pack
    assert facts is not None  # noqa: S101 — a sound study has facts
    assert pack is not None  # noqa: S101 — and a pack
    told, _ = narrative.read(facts, indicators.scored_form(pack.system))
    log = Log()
    values, _, _ = evaluate(remembering(facts), pack, told, log, draft=True)
    documents: dict[str, Document] = {}
    _named(pack, values, log)
    for output in pack.outputs:
        data, _ = pack.templates[output.template].render(values, log=log)
        assert data is not None  # noqa: S101 — it has been built
        document, _ = read(data, output.template, traced=True)
        assert document is not None  # noqa: S101 — as a sound file
        documents[output.template] = document
    spoken = words(study)
    proofs = {name: proof.prove(one, log, facts, spoken) for name, one in documents.items()}
    literals = frozenset(text for one in pack.templates.values() for text in one.literals)
    deciding = frozenset[str]().union(*(one.trace.conditions for one in log.outputs))
    return Sample(study, facts, pack, State(facts, told), log.outputs, documents, proofs, literals, deciding)


def moved(one: Sample, progress: Progress | None = None) -> dict[str, Moved]:
    """Change every fact in turn; gives what moves with it, by its path."""
    facts = [fact for fact in one.facts.all.values() if not fact.path.startswith(f"{STATED}.")]
    whole = State(replace(one.facts, values=copied(one.facts.values)), one.state.told)
    base = run(whole, one.pack)
    assert base is not None  # noqa: S101 — the sample can be built
    found: dict[str, Moved] = {}
    for at, fact in enumerate(facts):
        if progress:
            progress(at, len(facts))
        found[fact.path] = _moved_with(fact, one, base)
    if progress:
        progress(len(facts), len(facts))
    return found


def _moved_with(fact: Fact, one: Sample, base: Run) -> Moved:
    """Change one fact by little and by much; downwards only while something that is made of it has not moved."""
    dependent = {at for at, output in enumerate(one.outputs) if fact.path in output.trace.facts}
    outputs: set[int] = set()
    literals: set[str] = set()
    changes, anything = 0, False
    for number, values in enumerate(rounds(fact, form_of(one.pack.form, fact.path))):
        if number > 1 and dependent <= outputs and fact.path not in one.deciding:
            break
        runs = (run(perturbed(one.state, fact, value), one.pack) for value in values)
        now = next((each for each in runs if each is not None), None)
        if now is None:
            continue
        changes += 1
        anything |= now != base
        if now == base:
            continue
        outputs |= differing(base.outputs, now.outputs)
        literals |= _gone(base, now, one.literals)
    return Moved(frozenset(outputs), frozenset(literals), changes, anything)


def run(state: State, pack: Pack) -> Run | None:
    """Print everything that a state of the facts gives, names of documents first; None where that cannot be done."""
    log = Log()
    values, _, _ = evaluate(state.facts, pack, state.told, log, draft=True)
    try:
        _named(pack, values, log)
        pieces = [piece for each in pack.outputs for piece in pack.templates[each.template].pieces(values, log)]
    except Failed:
        return None
    return Run([(id(each.by), strip(each.text)[0]) for each in log.outputs], pieces)


def _named(pack: Pack, values: Mapping[str, Value], log: Log) -> None:
    for output in pack.outputs:
        pack.program.text(packs.naming(output), values, log)


def differing(base: Sequence[Shown], now: Sequence[Shown]) -> set[int]:
    """Give the outputs of the sample that say something else now, or are gone."""
    if [tag for tag, _ in base] == [tag for tag, _ in now]:
        return {at for at, (old, new) in enumerate(zip(base, now, strict=True)) if old != new}
    kept = {
        at
        for first, _, size in SequenceMatcher(None, base, now, autojunk=False).get_matching_blocks()
        for at in range(first, first + size)
    }
    return set(range(len(base))) - kept


def _gone(base: Run, now: Run, literals: frozenset[str]) -> frozenset[str]:
    """Give the literal texts that are printed less often than in the sample."""
    if len(base.pieces) == len(now.pieces) and [tag for tag, _ in base.outputs] == [tag for tag, _ in now.outputs]:
        return frozenset()
    before, after = (Counter(piece for piece in each.pieces if piece in literals) for each in (base, now))
    return frozenset(before - after)

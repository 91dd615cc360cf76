"""A Word report and the facts that it is made of in; who answers for its figures, and what was changed by hand, out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen import proof
from reportgen.build import build
from reportgen.diagnostics import Diagnostic, Severity, ordered
from reportgen.word.text import read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportgen.build import Built, Study
    from reportgen.proof import Proof, Words
    from reportgen.word.text import Document


class Proven(NamedTuple):
    """A document as it was built, read back, with the proofs of its figures."""

    document: Document
    proofs: tuple[Proof, ...]


class Verified(NamedTuple):
    """The study of a document's facts, the proofs of its figures, and everything found in either."""

    study: Study
    proofs: tuple[Proof, ...]
    found: list[Diagnostic]


def proven(built: Built) -> list[Proven]:
    """Prove every figure of the documents of a traced build."""
    study = built.study
    if not built.documents:
        return []
    assert study.facts is not None  # noqa: S101 — what was built has facts
    assert study.log is not None  # noqa: S101 — it was traced
    assert study.pack is not None  # noqa: S101 — and it has a pack
    spoken = words(study)
    proofs: list[Proven] = []
    for output, made in zip(study.pack.outputs, built.documents, strict=True):
        document, _ = read(made.data, made.name, traced=True)
        if document is not None:
            chosen = study.pack.templates[output.template].chosen()
            proofs.append(Proven(document, tuple(proof.prove(document, study.log, study.facts, spoken, chosen))))
    return proofs


def disagreements(built: Built, documents: Sequence[Proven]) -> list[Diagnostic]:
    """Find figures that do not say what the fact is that they print, in all documents of a build."""
    facts = built.study.facts
    if facts is None:
        return []
    known = proof.known(facts, built.study.values)
    return [found for one in documents for found in proof.disagreements(one.proofs, facts, known, one.document.path)]


def verify(data: bytes, path: str, facts: Path) -> Verified:
    """Build the facts again, and find who answers for each figure of a document that may have been edited since.

    Of several documents that the facts give, it is compared with the one that it has most in common with.
    """
    document, found = read(data, path)
    built = build(facts, trace=True)
    study = built.study
    if document is None or not study.sound:
        return Verified(study, (), ordered([*found, *(one for one in study.found if one.severity is Severity.ERROR)]))
    said = {one.text for one in document.paragraphs}
    own = max(proven(built), key=lambda one: sum(each.text in said for each in one.document.paragraphs))
    comparison = proof.compare(own.document, own.proofs, document, words(study))
    assert study.facts is not None  # noqa: S101 — what was built has facts
    assert study.pack is not None  # noqa: S101 — and a pack
    known = proof.known(study.facts, study.values)
    doubts = [
        *proof.differences(comparison, path),
        *proof.typed(comparison.proofs, study.facts, known, path),
        *proof.disagreements(comparison.proofs, study.facts, known, path),
        *proof.coverage(comparison.proofs, study.pack.proved, path),
    ]
    return Verified(study, comparison.proofs, ordered([*found, *doubts]))


def words(study: Study) -> Words:
    """Give the words that hold digits and are no figures, and those of grades, as pack and facts declare them."""
    assert study.pack is not None  # noqa: S101 — what was built has a pack
    assert study.facts is not None  # noqa: S101 — and facts
    grades = tuple(one.word for one in study.pack.system.grades)
    return proof.Words((*study.pack.names, *study.facts.names), grades)

"""The commands of the clerk: `new`, `build` and `explain`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import packs
from reportgen.blank import blank, takes_year
from reportgen.build import Document, Study, study
from reportgen.build import build as build_report
from reportgen.cli.face import CANNOT_RUN, ERRORS, EXISTS, OK, Face, count, coverage, overlooked, write
from reportgen.diagnostics import N_, Severity, Span, ordered, rule
from reportgen.explain import explain as how
from reportgen.facts import MISSING, bind, due, read
from reportgen.verification import disagreements, proven
from reportgen.word import unmarked

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from reportgen.build import Built
    from reportgen.diagnostics import Diagnostic
    from reportgen.facts import Facts
    from reportgen.packs import Pack
    from reportgen.verification import Proven

NO_YEAR = rule(
    "S008",
    "no-year",
    Severity.ERROR,
    "the form of {pack} does not say where the year goes",
    "leave --year out, and write the year into the file",
)


def new(options: argparse.Namespace, face: Face) -> int:
    """Write an empty facts file to fill in."""
    pack, found = packs.load(options.pack, Span())
    if pack is None:
        return face.found(found)
    target = Path(options.output or f"{pack.name.partition('@')[0]}.yaml")
    if target.exists():
        return face.found([EXISTS.at(Span(), path=target)])
    if options.year is not None and not takes_year(pack.form):
        return face.found([NO_YEAR.at(Span(), pack=pack.name)])
    last = _last(options, pack, face) if options.last else None
    if options.last and last is None:
        return ERRORS
    text = blank(pack.form, pack.name, pack.title, last=last, year=options.year)
    code = write(target, text.encode(), face)
    if code == OK:
        face.line(N_("The form is in {path}: fill it in, then run  reportgen check {path}"), path=target)
    return code


def _last(options: argparse.Namespace, pack: Pack, face: Face) -> Facts | None:
    """Read last year's facts as far as the form knows them; what they lack is no matter here."""
    (root, sources, folder), found = read(Path(options.last))
    if root is None:
        face.found(ordered(found), sources)
        return None
    facts, wrong = bind(root, pack.form, folder)
    odd = [one.as_severe_as(Severity.WARNING) for one in ordered([*found, *wrong]) if one.rule is not MISSING]
    if odd:
        face.found(odd, sources)
        face.line(N_("What does not fit the form, as said above, was not taken over"))
    return facts


def build(options: argparse.Namespace, face: Face) -> int:
    """Write the documents of a facts file."""
    built = build_report(Path(options.facts), trace=True, draft=options.draft)
    documents = [one._replace(data=unmarked(one.data)) for one in built.documents]
    made, lacking = _laid_out(documents) if options.pdf and documents else ([], [])
    proved = proven(built) if documents else []
    made += _for_review(built, proved) if options.review and documents else []
    found = [*built.study.found, *disagreements(built, proved), *lacking]
    code = face.found(found, built.study.sources)
    if not built.study.sound:
        count(found, face)
        return code
    for document in [*documents, *made]:
        target = _target(options, document.name, documents[0].name)
        written = write(target, document.data, face)
        if written != OK:
            return written
        face.line(N_("Written: {path}"), path=target)
    coverage([one for document in proved for one in document.proofs], face)
    if options.draft:
        _due(built.study, face)
    _invented(built.study, face)
    overlooked(built.study.waived, face)
    count(found, face)
    return CANNOT_RUN if lacking else code


def _laid_out(documents: Sequence[Document]) -> tuple[list[Document], list[Diagnostic]]:
    """Give the PDF of each document; what makes them is loaded only here."""
    from reportgen import pdf  # noqa: PLC0415 — most builds do without

    made, found = pdf.convert({one.name: one.data for one in documents})
    return [Document(str(Path(name).with_suffix(".pdf")), data) for name, data in made.items()], found


def _for_review(built: Built, proved: Sequence[Proven]) -> list[Document]:
    """Give the review copies of each document; what makes them is loaded only here."""
    from reportgen.review import review  # noqa: PLC0415 — most builds do without

    return list(review(built, proved))


def _target(options: argparse.Namespace, name: str, first: str) -> Path:
    """Give the place of a file: in the given folder, or beside the facts; `-o` may name the first document itself."""
    output = Path(options.output) if options.output else Path(options.facts).parent
    if output.suffix.lower() != ".docx":
        return output / name
    return output if name == first else output.with_name(f"{output.stem}{name.removeprefix(Path(first).stem)}")


def _invented(examined: Study, face: Face) -> None:
    invented = examined.facts.invented() if examined.facts else []
    if invented:
        face.line(N_("marked as invented (虚构), to be replaced before handing in: {count}"), count=len(invented))
    for fact in invented:
        print(f"  {fact.span.path}:{fact.span.line}  {fact.path}")


def _due(examined: Study, face: Face) -> None:
    """List what a draft still lacks, in the order of the form."""
    if examined.facts is None or examined.pack is None:
        return
    lacking = list(due(examined.facts, examined.pack.form))
    if lacking:
        face.line(N_("still to come, marked in yellow in the draft: {count}"), count=len(lacking))
    for path, field in lacking:
        print(f"  {path}  {'，'.join(said for said in (field.unit, field.meaning) if said)}".rstrip())


def explain(options: argparse.Namespace, face: Face) -> int:
    """Say how a value came about."""
    examined = study(Path(options.facts), trace=True)
    if examined.facts is None:
        return face.found(examined.found, examined.sources)
    lines, found = how(examined, options.name)
    for line in lines:
        place = f"  ({line.span.path}:{line.span.line})" if line.span and line.span.line else ""
        face.line(N_("{label}: {text}"), label=face.say(line.label), text=f"{line.text}{place}")
    return face.found(found, examined.sources)

"""The command `check`: facts files by every rule, Word reports beside the facts that they are made of."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen import files
from reportgen.build import study
from reportgen.cli.face import ERRORS, Face, count, overlooked
from reportgen.diagnostics import N_
from reportgen.proof import Status
from reportgen.verification import verify

if TYPE_CHECKING:
    import argparse

    from reportgen.build import Study
    from reportgen.proof import Proof

_DOCUMENT: Final = ".docx"
_LIMIT: Final = 1 << 28
_SHOWN: Final = 4  # names of what a figure came from
_HEAD: Final = (N_("place"), N_("figure"), N_("answers for it"), N_("from"))
_ANSWERS: Final = {
    Status.PROVED: N_("proved"),
    Status.PROSE: N_("typed in prose"),
    Status.TEMPLATE: N_("typed in the template"),
    Status.UNPROVED: N_("nobody"),
}


def check(options: argparse.Namespace, face: Face) -> int:
    """Check everything that is named; gives the worst of the exit codes."""
    return max(_checked(Path(one), options, face) for one in options.things)


def _checked(path: Path, options: argparse.Namespace, face: Face) -> int:
    if path.suffix.lower() == _DOCUMENT:
        return _document(path, options, face)
    examined = study(path)
    code = face.found(examined.found, examined.sources, product=True)
    if options.format == "text":
        overlooked(examined.waived, face)
        count(examined.found, face)
    return code


def _document(path: Path, options: argparse.Namespace, face: Face) -> int:
    data, unread = files.read(path, _LIMIT)
    if data is None:
        return face.found(unread, product=True)
    if not options.facts:
        face.line(N_("No facts are given (--facts): the figures were not checked"))
        return ERRORS
    verified = verify(data, str(path), Path(options.facts))
    code = face.found(verified.found, verified.study.sources, product=True)
    if options.format == "text":
        if options.numbers:
            _numbers(verified.proofs, verified.study, face)
        _coverage(verified.proofs, face)
        count(verified.found, face)
    return code


def _coverage(proofs: tuple[Proof, ...], face: Face) -> None:
    counts = Counter(one.status for one in proofs)
    face.line(
        N_("figures: {total}; proved: {proved}, typed in prose: {prose}, typed in the template: {template}, {rest}"),
        total=len(proofs),
        proved=counts[Status.PROVED],
        prose=counts[Status.PROSE],
        template=counts[Status.TEMPLATE],
        rest=face.say(N_("unproved: {count}"), count=counts[Status.UNPROVED]),
    )


def _numbers(proofs: tuple[Proof, ...], examined: Study, face: Face) -> None:
    """List every figure with its place, who answers for it, and from which facts."""
    rows = [[face.say(word) for word in _HEAD]]
    for one in proofs:
        place = f"{one.paragraph.part} ¶{one.paragraph.number} {one.paragraph.cell}".rstrip()
        rows.append([place, one.figure.text, face.say(_ANSWERS[one.status]), _origin(one, examined)])
    face.table(rows)


def _origin(one: Proof, examined: Study) -> str:
    """Name the facts that a figure came from with their lines, and the computed values that it went through."""
    facts = examined.facts.all if examined.facts else {}
    named = [one.typed] if one.typed else sorted(one.trace.facts)
    places = [f"{name}:{facts[name].span.line}" for name in named if name in facts]
    names = [*sorted(one.trace.through), *places]
    return "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")

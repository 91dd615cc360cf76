"""The command `check`: facts files by every rule; Word documents by how they look, beside their facts by figures."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import document
from reportgen.build import study
from reportgen.cli.face import Face, count, coverage, overlooked
from reportgen.diagnostics import N_, ordered
from reportgen.proof import Status

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.build import Study
    from reportgen.diagnostics import Diagnostic
    from reportgen.proof import Proof
    from reportgen.verification import Verified

_DOCUMENTS: Final = frozenset((document.PLAIN, ".docx", ".docm", ".dotx", ".doc", ".wps"))
_SHOWN: Final = 4  # names of what a figure came from
_HEAD: Final = (N_("place"), N_("figure"), N_("answers for it"), N_("from"))
_ANSWERS: Final = {
    Status.PROVED: N_("proved"),
    Status.PROSE: N_("typed in prose"),
    Status.TEMPLATE: N_("typed in the template"),
    Status.UNPROVED: N_("nobody"),
}


class _Examined(NamedTuple):
    """What was found in one thing, the texts that it quotes, and what else is told of it where people read."""

    found: Sequence[Diagnostic]
    sources: Mapping[str, str]
    tell: Callable[[], None]


def check(options: argparse.Namespace, face: Face) -> int:
    """Check everything that is named, and show all findings together."""
    examined = [_examined(Path(one), options, face) for one in options.things]
    found = ordered(finding for one in examined for finding in one.found)
    sources = {path: text for one in examined for path, text in one.sources.items()}
    code = face.found(found, sources, product=True)
    if options.format == "text":
        for one in examined:
            one.tell()
        count(found, face)
    return code


def _examined(path: Path, options: argparse.Namespace, face: Face) -> _Examined:
    if path.suffix.lower() not in _DOCUMENTS:
        facts = study(path)
        return _Examined(facts.found, facts.sources, partial(overlooked, facts.waived, face))
    checked = document.check(path, Path(options.facts) if options.facts else None)
    verified = checked.verified
    sources = verified.study.sources if verified else {str(path): checked.text}
    return _Examined(checked.found, sources, partial(_told, verified, options, face))


def _told(verified: Verified | None, options: argparse.Namespace, face: Face) -> None:
    """Tell of the figures of a document, as far as they were checked."""
    if verified is None:
        face.line(N_("No facts are given (--facts): the figures were not checked"))
        return
    if options.numbers:
        _numbers(verified.proofs, verified.study, face)
    coverage(verified.proofs, face)


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

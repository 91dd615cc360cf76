"""The command `check`: facts files by every rule; documents by faults, wording and look, beside their facts by figures.

What somebody dismissed in a document, in a file beside it, is left out and listed.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import dismissals, document, packs, proofreading
from reportgen.build import study
from reportgen.cli.face import CANNOT_RUN, OK, Face, count, coverage, overlooked, write
from reportgen.diagnostics import N_, Severity, Span, ordered, rule
from reportgen.diagnostics.snippet import visible
from reportgen.proof import Status

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.build import Study
    from reportgen.diagnostics import Diagnostic
    from reportgen.dismissals import Dismissal
    from reportgen.document import Checked
    from reportgen.proof import Proof
    from reportgen.report import Layout

    _Dismissed = Sequence[tuple[Diagnostic, Dismissal]]

_FACTS: Final = frozenset((".yaml", ".yml", ""))  # how the names of facts files end; everything else is a document
_OF_ONE: Final = ("dismiss", "reason", "facts_out", "annotate", "html")
_ASKED: Final = {"facts": ("N",), "pack": ("A605", "A606")}  # how the codes begin of what only these options look for
_OWN: Final = "~$"  # how Word begins the name of the file that stands beside one that is open
_SHOWN: Final = 4  # names of what a figure came from
_HEAD: Final = (N_("place"), N_("figure"), N_("answers for it"), N_("from"))
_ANSWERS: Final = {
    Status.PROVED: N_("proved"),
    Status.PROSE: N_("typed in prose"),
    Status.TEMPLATE: N_("typed in the template"),
    Status.UNPROVED: N_("nobody"),
}


ONE_DOCUMENT = rule(
    "A806",
    "one-document",
    Severity.ERROR,
    "{option} is about one document, a Word file or a text",
    "give one document, and nothing else",
)


class _Examined(NamedTuple):
    """What was found in one thing, the texts that it quotes, what else is told of it where people read, and written."""

    found: Sequence[Diagnostic]
    sources: Mapping[str, str]
    tell: Callable[[], None]
    write: Callable[[], int] = lambda: OK


def check(options: argparse.Namespace, face: Face) -> int:
    """Check everything that is named, and show all findings together."""
    paths = [path for one in options.things for path in _meant(one)]
    asked = next((f"--{one}".replace("_", "-") for one in _OF_ONE if getattr(options, one)), "")
    if asked and (len(paths) > 1 or not _is_document(paths[0])):
        face.found([ONE_DOCUMENT.at(Span(), option=asked)])
        return CANNOT_RUN
    layout, found = _layout(options.pack)
    if found:
        face.found(found)
        return CANNOT_RUN
    examined = [_document(one, options, face, layout) if _is_document(one) else _facts(one, face) for one in paths]
    found = ordered(finding for one in examined for finding in one.found)
    sources = {path: text for one in examined for path, text in one.sources.items()}
    code = face.found(found, sources, product=True)
    if options.format == "text":
        for one in examined:
            one.tell()
        if not options.facts and any(map(_is_document, paths)):
            face.line(N_("No facts are given (--facts): the figures were not compared with any"))
        count(found, face)
    return max(code, *(one.write() for one in examined))


def _meant(name: str) -> list[Path]:
    """Give the files that a name with * or ? is for, which not every console looks up itself."""
    path = Path(name)
    pattern = path.name if "*" in path.name or "?" in path.name else ""
    found = sorted(one for one in path.parent.glob(pattern) if not one.name.startswith(_OWN)) if pattern else []
    return found or [path]


def _is_document(path: Path) -> bool:
    return path.suffix.lower() not in _FACTS


def _facts(path: Path, face: Face) -> _Examined:
    facts = study(path, wording=proofreading.facts)
    return _Examined(facts.found, facts.sources, partial(overlooked, facts.waived, face))


def _layout(name: str | None) -> tuple[Layout | None, list[Diagnostic]]:
    """Read what the layout of a pack asks for; what reads it is loaded only here."""
    if not name:
        return None, []
    from reportgen.report.layout import of_pack  # noqa: PLC0415 — most checks do without

    pack, found = packs.asked(name, templates=False)
    return (of_pack(pack), []) if pack else (None, found)


def _document(path: Path, options: argparse.Namespace, face: Face, layout: Layout | None) -> _Examined:
    checked = document.check(path, Path(options.facts) if options.facts else None, layout)
    found = dismissals.numbered(checked.found, checked.lines())
    kept = dismissals.read(path)
    wrong: list[Diagnostic] = []
    if options.dismiss or options.reason:
        data, wrong = dismissals.dismiss(kept, found, options.dismiss, options.reason)
        if data is not None and write(kept.path, data, face) == OK:
            kept = dismissals.read(path)
    unasked = tuple(code for option, codes in _ASKED.items() if not getattr(options, option) for code in codes)
    left, dismissed = dismissals.apply(kept, found, unasked)
    sources = checked.verified.study.sources if checked.verified else {str(path): checked.text}
    return _Examined(
        [*left, *wrong],
        {**sources, str(kept.path): kept.text},
        partial(_told, checked, dismissed, options, face),
        partial(_written, checked, ordered(left), dismissed, options, face),
    )


def _written(
    checked: Checked, found: Sequence[Diagnostic], dismissed: _Dismissed, options: argparse.Namespace, face: Face
) -> int:
    """Write what is asked for beside the findings; what writes it is loaded only here."""
    codes = [OK]
    if options.facts_out:
        from reportgen.cli.recovering import write_facts  # noqa: PLC0415 — most checks do without

        codes.append(write_facts(checked.path, checked, options, face))
    if options.annotate or options.html:
        from reportgen.cli import copies  # noqa: PLC0415 — as above

        codes += [copies.annotated(checked, found, face)] if options.annotate else []
        codes += [copies.paged(checked, found, dismissed, face)] if options.html else []
    return max(codes)


def _told(checked: Checked, dismissed: _Dismissed, options: argparse.Namespace, face: Face) -> None:
    """Tell of what is dismissed in a document, and of its figures, as far as they were checked."""
    if dismissed:
        face.line(N_("looked at and left as it is: {count}"), count=len(dismissed))
    for finding, one in dismissed:
        print(f"  {finding.span}  [{finding.rule.code}] {one.number}  {visible(one.reason)}")
    verified = checked.verified
    if verified and options.numbers:
        _numbers(verified.proofs, verified.study, face)
    if verified:
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

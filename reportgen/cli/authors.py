"""The commands for authors of packs and templates: `pack lint`, `pack test`, `pack show` and `template lint`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen import files, packs
from reportgen.build import build, study
from reportgen.cli.face import ERRORS, OK, Face, count, fresh
from reportgen.diagnostics import N_, Diagnostic, ordered, told
from reportgen.diagnostics.snippet import visible
from reportgen.glossary import glossary, page
from reportgen.lint import lint, template
from reportgen.mutation import mutate
from reportgen.word.annotate import annotate

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from reportgen.packs import Pack

_HEAD: Final = (N_("name"), N_("kind"), N_("unit"), N_("meaning"), N_("for example"))
_CHANGED: Final = N_("{name}: {facts} facts were changed in turn, {changes} changes in all")
_WIPE: Final = "\r\033[K"
_SHOWN: Final = 40  # characters of a meaning or a sample in a table


def lint_pack(options: argparse.Namespace, face: Face) -> int:
    """Say what is doubtful in a pack."""
    pack, found = packs.asked(options.pack)
    if pack is not None:
        found = ordered([*found, *lint(pack)])
    return _found(found, pack, face)


def test_pack(options: argparse.Namespace, face: Face) -> int:
    """Build the samples of a pack, and change each of their facts if asked."""
    pack, found = packs.asked(options.pack)
    if pack is None:
        return _found(found, pack, face)
    paths, lacking = packs.samples(pack)
    found += lacking
    sources = dict(pack.sources)
    told: list[str] = []
    for path in paths:
        built = build(path, pack=pack)
        found += built.study.found
        sources |= built.study.sources
        if built.documents and options.mutate:
            mutated = mutate(built.study, _progress())
            found += mutated.found
            told.append(face.say(_CHANGED, name=path.name, facts=mutated.facts, changes=mutated.changes))
    code = face.found(ordered(found), sources, product=True)
    if options.format == "text":
        for line in told:
            print(line)
        count(found, face)
    return code


def _progress() -> Callable[[int, int], None] | None:
    """Give what shows how far a long work has come, on a terminal only."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, whole: int) -> None:
        print(f"\r{done}/{whole}" if done < whole else _WIPE, end="", file=sys.stderr, flush=True)

    return show


def show_pack(options: argparse.Namespace, face: Face) -> int:
    """List every name that a template may use, or write them as a page."""
    pack, found = packs.asked(options.pack, templates=False)
    if pack is None:
        return face.found(found)
    examined = study(Path(options.facts), pack=pack) if options.facts else None
    if examined is not None and examined.facts is None:
        return face.found(examined.found, examined.sources)
    names = [one._replace(meaning=face.say(one.meaning)) for one in glossary(pack, examined.values if examined else {})]
    head = [face.say(word) for word in _HEAD]
    if options.output:
        return fresh(Path(options.output), page(pack.title, head, names).encode(), face)
    if options.format == "json":
        print(json.dumps([one._asdict() for one in names], ensure_ascii=False, indent=1))
    else:
        face.table([head, *([*map(_short, one)] for one in names)])
    return OK


def _short(said: str) -> str:
    line = visible(" ".join(said.split()))
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def lint_template(options: argparse.Namespace, face: Face) -> int:
    """Say what is wrong with a template; write a copy with comments if asked."""
    path = Path(options.file)
    name = options.pack or (str(path.parent) if packs.holds_a_pack(path.parent) else "")
    pack, found = packs.asked(name, templates=False) if name else (None, [])
    data, unread = files.read(path, packs.TEMPLATE_LIMIT)
    found = [*found, *unread] if data is None else [*found, *template(data, str(path), pack)]
    if not name and options.format == "text":
        face.line(N_("No pack is given (--pack): names and headings were not examined"))
    code = _found(found, pack, face)
    if data is None or not options.annotate:
        return code
    return _annotate(data, [one for one in found if one.span.path == str(path)], face) or code


def _annotate(data: bytes, found: Sequence[Diagnostic], face: Face) -> int:
    """Write a copy of a template with its findings as comments, never over another file; gives the exit code."""
    copy = annotate(data, face.options.file, [(one.span, told(one, face.say)) for one in found])
    if copy is None:
        face.line(N_("The file cannot be opened: there is no copy with comments"))
        return ERRORS
    return fresh(Path(face.options.annotate), copy, face)


def _found(found: list[Diagnostic], pack: Pack | None, face: Face) -> int:
    code = face.found(found, pack.sources if pack else None, product=True)
    if face.options.format == "text":
        count(found, face)
    return code

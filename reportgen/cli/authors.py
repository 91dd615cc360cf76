"""The commands for authors of packs and templates: `pack lint`, `pack show` and `template lint`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen import files, packs
from reportgen.build import study
from reportgen.cli.face import ERRORS, EXISTS, OK, Face, count, takes_format, write
from reportgen.diagnostics import N_, Diagnostic, Span, ordered, told
from reportgen.diagnostics.snippet import visible
from reportgen.glossary import glossary, page
from reportgen.lint import lint, template
from reportgen.word import annotate

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from reportgen.cli.face import Commands
    from reportgen.diagnostics import Messages
    from reportgen.packs import Pack

_HEAD: Final = (N_("name"), N_("kind"), N_("unit"), N_("meaning"), N_("for example"))
_SHOWN: Final = 40  # characters of a meaning or a sample in a table


def commands(listed: Commands, common: argparse.ArgumentParser, say: Messages) -> None:
    """Add the commands of packs and of templates."""
    of_packs = _group(listed.add_parser("pack", parents=[common], help=say(N_("look after packs"))), say)
    lints = of_packs.add_parser("lint", parents=[common], help=say(N_("say what is doubtful in a pack")))
    lints.add_argument("pack", metavar=say(N_("PACK")), help=say(N_("the pack, by its name or its folder")))
    takes_format(lints, say)
    lints.set_defaults(run=_lint)
    _shows(of_packs.add_parser("show", parents=[common], help=say(N_("say what a pack offers"))), say)

    of_templates = _group(listed.add_parser("template", parents=[common], help=say(N_("look after templates"))), say)
    lints = of_templates.add_parser("lint", parents=[common], help=say(N_("say what is wrong with a Word template")))
    lints.add_argument("file", metavar=say(N_("FILE")), help=say(N_("the template, a .docx file")))
    lints.add_argument(
        "--pack",
        metavar=say(N_("PACK")),
        help=say(N_("the pack that it is for, by name or folder; without it, that of the template's own folder")),
    )
    lints.add_argument(
        "--annotate",
        metavar=say(N_("FILE")),
        help=say(N_("write a copy of the template with a comment of Word at each place")),
    )
    takes_format(lints, say)
    lints.set_defaults(run=_template)


def _shows(shows: argparse.ArgumentParser, say: Messages) -> None:
    shows.add_argument("pack", metavar=say(N_("PACK")), help=say(N_("the pack, by its name or its folder")))
    shows.add_argument(
        "--names", action="store_true", required=True, help=say(N_("list every name that a template may use"))
    )
    shows.add_argument(
        "--facts", metavar=say(N_("FACTS")), help=say(N_("a facts file, to show what each name is there"))
    )
    shows.add_argument(
        "-o",
        "--output",
        metavar=say(N_("FILE")),
        help=say(N_("write them as a page for the browser, to be kept beside Word")),
    )
    shows.add_argument(
        "--format", choices=["text", "json"], default="text", help=say(N_("text is a table; json is for programs"))
    )
    shows.set_defaults(run=_show)


def _group(parser: argparse.ArgumentParser, say: Messages) -> Commands:
    return parser.add_subparsers(dest="of", metavar=say(N_("command")), title=say(N_("commands")), required=True)


def _lint(options: argparse.Namespace, face: Face) -> int:
    pack, found = _pack(options.pack)
    if pack is not None:
        found = ordered([*found, *lint(pack)])
    return _found(found, pack, face)


def _show(options: argparse.Namespace, face: Face) -> int:
    pack, found = _pack(options.pack, templates=False)
    if pack is None:
        return face.found(found)
    examined = study(Path(options.facts), pack=pack) if options.facts else None
    if examined is not None and examined.facts is None:
        return face.found(examined.found, examined.sources)
    names = [one._replace(meaning=face.say(one.meaning)) for one in glossary(pack, examined.values if examined else {})]
    head = [face.say(word) for word in _HEAD]
    if options.output:
        return _new(Path(options.output), page(pack.title, head, names).encode(), face)
    if options.format == "json":
        print(json.dumps([one._asdict() for one in names], ensure_ascii=False, indent=1))
    else:
        face.table([head, *([*map(_short, one)] for one in names)])
    return OK


def _short(said: str) -> str:
    line = visible(" ".join(said.split()))
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _template(options: argparse.Namespace, face: Face) -> int:
    path = Path(options.file)
    name = options.pack or (str(path.parent) if packs.holds_a_pack(path.parent) else "")
    pack, found = _pack(name, templates=False) if name else (None, [])
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
    return _new(Path(face.options.annotate), copy, face)


def _new(target: Path, data: bytes, face: Face) -> int:
    """Write a new file, never over another one; gives the exit code."""
    if target.exists():
        return face.found([EXISTS.at(Span(), help=N_("choose another name"), path=target)])
    code = write(target, data, face)
    if code == OK and face.options.format == "text":
        face.line(N_("Written: {path}"), path=target)
    return code


def _pack(name: str, *, templates: bool = True) -> tuple[Pack | None, list[Diagnostic]]:
    """Read a pack by its name or its folder."""
    folder = Path(name)
    if folder.is_dir():
        return packs.read(folder, templates=templates)
    return packs.load(name, Span(), templates=templates)


def _found(found: list[Diagnostic], pack: Pack | None, face: Face) -> int:
    code = face.found(found, pack.sources if pack else None, product=True)
    if face.options.format == "text":
        count(found, face)
    return code

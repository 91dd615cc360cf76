"""The commands for authors of packs and templates: `pack lint`, `pack show` and `template lint`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import files, packs
from reportgen.cli.face import Face, count, takes_format
from reportgen.diagnostics import N_, Diagnostic, Span, ordered
from reportgen.lint import lint, template

if TYPE_CHECKING:
    import argparse

    from reportgen.cli.face import Commands
    from reportgen.diagnostics import Messages
    from reportgen.packs import Pack


def commands(listed: Commands, common: argparse.ArgumentParser, say: Messages) -> None:
    """Add the commands of packs and of templates."""
    of_packs = _group(listed.add_parser("pack", parents=[common], help=say(N_("look after packs"))), say)
    lints = of_packs.add_parser("lint", parents=[common], help=say(N_("say what is doubtful in a pack")))
    lints.add_argument("pack", metavar=say(N_("PACK")), help=say(N_("the pack, by its name or its folder")))
    takes_format(lints, say)
    lints.set_defaults(run=_lint)

    of_templates = _group(listed.add_parser("template", parents=[common], help=say(N_("look after templates"))), say)
    lints = of_templates.add_parser("lint", parents=[common], help=say(N_("say what is wrong with a Word template")))
    lints.add_argument("file", metavar=say(N_("FILE")), help=say(N_("the template, a .docx file")))
    lints.add_argument(
        "--pack",
        metavar=say(N_("PACK")),
        help=say(N_("the pack that it is for, by name or folder; without it, that of the template's own folder")),
    )
    takes_format(lints, say)
    lints.set_defaults(run=_template)


def _group(parser: argparse.ArgumentParser, say: Messages) -> Commands:
    return parser.add_subparsers(dest="of", metavar=say(N_("command")), title=say(N_("commands")), required=True)


def _lint(options: argparse.Namespace, face: Face) -> int:
    pack, found = _pack(options.pack)
    if pack is not None:
        found = ordered([*found, *lint(pack)])
    return _found(found, pack, face)


def _template(options: argparse.Namespace, face: Face) -> int:
    path = Path(options.file)
    name = options.pack or (str(path.parent) if packs.holds_a_pack(path.parent) else "")
    pack, found = _pack(name, templates=False) if name else (None, [])
    data, unread = files.read(path, packs.TEMPLATE_LIMIT)
    found = [*found, *unread] if data is None else [*found, *template(data, str(path), pack)]
    if not name and options.format == "text":
        face.line(N_("No pack is given (--pack): names and headings were not examined"))
    return _found(found, pack, face)


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

"""What can be asked for on the command line: the words of a language go in, a parser with all commands comes out.

Each command names the module of this folder and the function in it that answers, `run="clerk.build"`: only that module
is loaded.
"""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Final

from reportgen import __version__
from reportgen.diagnostics import FORMATS, LANGUAGES, N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.diagnostics import Messages

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 — it has no public name

_YEAR: Final = re.compile(r"[12][0-9]{3}")


def parser(say: Messages) -> argparse.ArgumentParser:
    """Give what reads the command line, in the words of a language."""
    parser = argparse.ArgumentParser(
        prog="reportgen",
        description=say(N_("Drafts the annual performance report of a department from a file of facts.")),
    )
    parser.add_argument("--version", action="version", version=__version__, help=say(N_("show the version and exit")))
    common = argparse.ArgumentParser(add_help=False)
    for one in (parser, common):
        one.add_argument("--lang", choices=LANGUAGES, help=say(N_("language of messages: zh or en")))
    commands = parser.add_subparsers(dest="command", metavar=say(N_("command")), title=say(N_("commands")))
    _commands(commands, common, say)
    return parser


def _commands(commands: Commands, common: argparse.ArgumentParser, say: Messages) -> None:
    new = commands.add_parser("new", parents=[common], help=say(N_("write an empty facts file to fill in")))
    _takes_pack(new, say)
    new.set_defaults(run="clerk.new")

    _checks(
        commands.add_parser("check", parents=[common], help=say(N_("test facts files and documents; write nothing"))),
        say,
    )

    builds = commands.add_parser("build", parents=[common], help=say(N_("write the report of a facts file")))
    _takes_facts(builds, say)
    builds.add_argument(
        "-o",
        "--output",
        metavar=say(N_("PLACE")),
        help=say(N_("a folder, or the name of the .docx; without it, beside the facts")),
    )
    builds.add_argument(
        "--draft", action="store_true", help=say(N_("mark what is missing in yellow, instead of refusing"))
    )
    builds.add_argument("--pdf", action="store_true", help=say(N_("make a PDF beside it as well, through LibreOffice")))
    builds.add_argument(
        "--review", action="store_true", help=say(N_("write a copy beside it that shows where each figure is from"))
    )
    builds.set_defaults(run="clerk.build")

    explains = commands.add_parser("explain", parents=[common], help=say(N_("say how a value came about")))
    explains.add_argument("facts", metavar=say(N_("FACTS")), help=say(N_("the facts file")))
    explains.add_argument(
        "name", metavar=say(N_("NAME")), help=say(N_("a name, such as 指标.结转结余率 or 收入.其他收入"))
    )
    explains.set_defaults(run="clerk.explain")

    _authors(commands, common, say)

    rules = commands.add_parser("rules", parents=[common], help=say(N_("list all rules, or explain one")))
    rules.add_argument("code", nargs="?", metavar=say(N_("CODE")), help=say(N_("one rule, such as F204")))
    rules.set_defaults(run="catalogue.rules")


def _checks(check: argparse.ArgumentParser, say: Messages) -> None:
    said = say(N_("a facts file, or a Word document, ours or anyone's"))
    check.add_argument("things", nargs="+", metavar=say(N_("THING")), help=said)
    check.add_argument(
        "--facts",
        metavar=say(N_("FACTS")),
        help=say(N_("the facts that the report is made of, to check its figures")),
    )
    check.add_argument(
        "--numbers", action="store_true", help=say(N_("list every figure of the report, and who answers for it"))
    )
    check.add_argument(
        "--dismiss",
        action="append",
        default=[],
        metavar=say(N_("FINGERPRINT")),
        help=say(N_("note beside the report that the finding with this number is in order; later checks leave it out")),
    )
    check.add_argument("--reason", default="", metavar=say(N_("TEXT")), help=say(N_("why it is in order")))
    _writes(check, say)
    _takes_format(check, say)
    check.set_defaults(run="checking.check")


def _writes(check: argparse.ArgumentParser, say: Messages) -> None:
    """Let `check` take what it writes beside its findings."""
    check.add_argument(
        "--facts-out",
        metavar=say(N_("FILE")),
        help=say(N_("write what can be read of a report as a facts file to go on with")),
    )
    check.add_argument(
        "--pack",
        metavar=say(N_("PACK")),
        help=say(
            N_("the pack whose form the report follows, by name or folder: what it asks for and is not there is told")
        ),
    )
    check.add_argument(
        "--html",
        metavar=say(N_("FILE")),
        help=say(N_("write a page for the browser: the findings beside the words of the report")),
    )
    check.add_argument(
        "--annotate",
        metavar=say(N_("FILE")),
        help=say(N_("write a copy of the report with a comment of Word at each finding")),
    )


def _takes_pack(parser: argparse.ArgumentParser, say: Messages) -> None:
    parser.add_argument(
        "pack", metavar=say(N_("PACK")), help=say(N_("the pack, such as meizhou-self-evaluation@2021.1"))
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar=say(N_("FILE")),
        help=say(N_("the file to write; without it, one called after the pack")),
    )
    parser.add_argument(
        "--from",
        dest="last",
        metavar=say(N_("FACTS")),
        help=say(N_("last year's facts, to take over what stays")),
    )
    parser.add_argument(
        "--year", type=_year(say), metavar=say(N_("YEAR")), help=say(N_("the year that the form is for"))
    )


def _year(say: Messages) -> Callable[[str], int]:
    """Give what reads a year from the command line."""

    def read(text: str) -> int:
        if not _YEAR.fullmatch(text):
            raise argparse.ArgumentTypeError(say(N_("“{text}” is no year; write it like 2022"), text=text))
        return int(text)

    return read


def _takes_facts(parser: argparse.ArgumentParser, say: Messages) -> None:
    parser.add_argument("facts", metavar=say(N_("FACTS")), help=say(N_("the facts file")))
    _takes_format(parser, say)


def _authors(listed: Commands, common: argparse.ArgumentParser, say: Messages) -> None:
    """Add the commands of packs and of templates."""
    of_packs = _group(listed.add_parser("pack", parents=[common], help=say(N_("look after packs"))), say)
    lints = of_packs.add_parser("lint", parents=[common], help=say(N_("say what is doubtful in a pack")))
    _takes_own_pack(lints, say)
    _takes_format(lints, say)
    lints.set_defaults(run="authors.lint_pack")
    tests = of_packs.add_parser("test", parents=[common], help=say(N_("build the samples of a pack")))
    _takes_own_pack(tests, say)
    tests.add_argument(
        "--mutate",
        action="store_true",
        help=say(N_("change each fact of the samples in turn, and find what stays though it should move")),
    )
    _takes_format(tests, say)
    tests.set_defaults(run="authors.test_pack")
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
    _takes_format(lints, say)
    lints.set_defaults(run="authors.lint_template")


def _shows(shows: argparse.ArgumentParser, say: Messages) -> None:
    _takes_own_pack(shows, say)
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
    shows.set_defaults(run="authors.show_pack")


def _takes_own_pack(parser: argparse.ArgumentParser, say: Messages) -> None:
    """Let a command of authors take the pack that it looks after."""
    parser.add_argument("pack", metavar=say(N_("PACK")), help=say(N_("the pack, by its name or its folder")))


def _group(parser: argparse.ArgumentParser, say: Messages) -> Commands:
    return parser.add_subparsers(dest="of", metavar=say(N_("command")), title=say(N_("commands")), required=True)


def _takes_format(parser: argparse.ArgumentParser, say: Messages) -> None:
    """Let a command that reports findings take their format."""
    parser.add_argument(
        "--format",
        choices=list(FORMATS),
        default="text",
        help=say(N_("text shows the line, short is one line each; others are for programs")),
    )
    parser.add_argument("--strict", action="store_true", help=say(N_("let warnings count as errors")))

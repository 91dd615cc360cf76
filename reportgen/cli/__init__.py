"""The commands: arguments in, text and files out; everything that is known comes from below."""

from __future__ import annotations

import argparse
import gc
import gettext
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from reportgen import __version__, packs
from reportgen.blank import blank, takes_year
from reportgen.build import Study, build, study
from reportgen.cli import authors
from reportgen.cli.face import CANNOT_RUN, ERRORS, EXISTS, OK, STOPPED, Face, count, takes_format, write
from reportgen.diagnostics import LANGUAGES, N_, RULES, Messages, Severity, Span, ordered, rule
from reportgen.diagnostics.messages import LOCALE
from reportgen.explain import explain
from reportgen.facts import MISSING, bind, due, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportgen.cli.face import Commands
    from reportgen.facts import Facts
    from reportgen.packs import Pack

_YEAR: Final = re.compile(r"[12][0-9]{3}")

NO_YEAR = rule(
    "S008",
    "no-year",
    Severity.ERROR,
    "the form of {pack} does not say where the year goes",
    "leave --year out, and write the year into the file",
)
NO_RULE = rule("S007", "unknown-rule", Severity.ERROR, "there is no rule {code}", "`reportgen rules` lists them all")


def command() -> NoReturn:
    """Be the process of one command: it ends soon, so no time is spent on looking for garbage."""
    gc.disable()
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # who reads the output has seen enough of it: `reportgen check … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = CANNOT_RUN
    except KeyboardInterrupt:
        code = STOPPED
    gc.freeze()  # nor at its end
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 no error, 1 errors, 2 could not run."""
    arguments = sys.argv[1:] if arguments is None else arguments
    language = _language(arguments)
    say = Messages(language)
    _speak(language)
    options = _parser(say).parse_args(arguments)
    if options.command is None:
        _parser(say).print_help()
        return CANNOT_RUN
    return int(options.run(options, Face(say, options)))


def _language(arguments: Sequence[str]) -> str:
    """Find the language before anything can be said: `--lang en`, else Chinese."""
    for at, argument in enumerate(arguments):
        given = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and at + 1 < len(arguments):
            given = arguments[at + 1]
        if given in LANGUAGES:
            return given
    return LANGUAGES[0]


def _speak(language: str) -> None:
    """Let argparse speak the same language, and no console fail at a sign that it cannot show."""
    os.environ["LANGUAGE"] = {"zh": "zh_CN", "en": "C"}[language]
    gettext.bindtextdomain("reportgen", LOCALE)
    gettext.textdomain("reportgen")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _new(options: argparse.Namespace, face: Face) -> int:
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


def _check(options: argparse.Namespace, face: Face) -> int:
    examined = study(Path(options.facts))
    code = face.found(examined.found, examined.sources, product=True)
    if options.format == "text":
        _waived(examined, face)
        count(examined.found, face)
    return code


def _build(options: argparse.Namespace, face: Face) -> int:
    built = build(Path(options.facts), draft=options.draft)
    code = face.found(built.study.found, built.study.sources)
    if not built.study.sound:
        count(built.study.found, face)
        return code
    for document in built.documents:
        target = _target(options, document.name)
        written = write(target, document.data, face)
        if written != OK:
            return written
        face.line(N_("Written: {path}"), path=target)
    if options.draft:
        _due(built.study, face)
    _invented(built.study, face)
    _waived(built.study, face)
    count(built.study.found, face)
    return code


def _target(options: argparse.Namespace, name: str) -> Path:
    """Give the place of a document: the given .docx, else its own name in the given folder or beside the facts."""
    output = Path(options.output) if options.output else Path(options.facts).parent
    return output if output.suffix.lower() == ".docx" else output / name


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


def _waived(examined: Study, face: Face) -> None:
    if examined.waived:
        face.line(N_("overlooked, as 忽略 asks: {count}"), count=len(examined.waived))
    for finding, waiver in examined.waived:
        print(f"  {finding.span}  [{finding.rule.code}] {waiver.rule}  {waiver.reason}")


def _explain(options: argparse.Namespace, face: Face) -> int:
    examined = study(Path(options.facts), trace=True)
    if examined.facts is None:
        return face.found(examined.found, examined.sources)
    lines, found = explain(examined, options.name)
    for line in lines:
        place = f"  ({line.span.path}:{line.span.line})" if line.span and line.span.line else ""
        face.line(N_("{label}: {text}"), label=face.say(line.label), text=f"{line.text}{place}")
    return face.found(found, examined.sources)


def _rules(options: argparse.Namespace, face: Face) -> int:
    wanted = options.code.upper() if options.code else None
    chosen = [RULES[code] for code in sorted(RULES) if wanted in {None, code}]
    if not chosen:
        return face.found([NO_RULE.at(Span(), code=options.code)])
    for one in chosen:
        print(f"{one.code}  {one.name}  {face.pattern(one.message)}")
        if options.code and one.help:
            print(f"      {face.pattern(one.help)}")
    return OK


def _parser(say: Messages) -> argparse.ArgumentParser:
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
    new.set_defaults(run=_new)

    check = commands.add_parser("check", parents=[common], help=say(N_("test a facts file; write nothing")))
    _takes_facts(check, say)
    check.set_defaults(run=_check)

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
    builds.set_defaults(run=_build)

    explains = commands.add_parser("explain", parents=[common], help=say(N_("say how a value came about")))
    explains.add_argument("facts", metavar=say(N_("FACTS")), help=say(N_("the facts file")))
    explains.add_argument(
        "name", metavar=say(N_("NAME")), help=say(N_("a name, such as 指标.结转结余率 or 收入.其他收入"))
    )
    explains.set_defaults(run=_explain)

    authors.commands(commands, common, say)

    rules = commands.add_parser("rules", parents=[common], help=say(N_("list all rules, or explain one")))
    rules.add_argument("code", nargs="?", metavar=say(N_("CODE")), help=say(N_("one rule, such as F204")))
    rules.set_defaults(run=_rules)


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
    takes_format(parser, say)

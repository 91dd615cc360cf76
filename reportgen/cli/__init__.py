"""The commands: arguments in, text and files out; everything that is known comes from below."""

from __future__ import annotations

import gc
import gettext
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from reportgen.cli.arguments import parser
from reportgen.cli.face import CANNOT_RUN, STOPPED, Face
from reportgen.diagnostics import LANGUAGES, Messages
from reportgen.diagnostics.messages import LOCALE

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    options = parser(say).parse_args(arguments)
    if options.command is None:
        parser(say).print_help()
        return CANNOT_RUN
    module, name = options.run.split(".")
    answer = getattr(import_module(f"{__name__}.{module}"), name)
    return int(answer(options, Face(say, options)))


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

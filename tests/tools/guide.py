"""The commands that a guide shows, run again: what they print goes below them, so that a guide shows what is there.

A `console` fence that begins with `> reportgen …` is run in a folder of the page's own. Comments that a reader does not
see prepare it: `<!-- copy data/x.yaml to y.yaml -->`, `<!-- edit y.yaml: old => new -->`, `<!-- once y.yaml: old =>
new -->` for the next command only, and `<!-- show 5 and 2 -->` for the first and last lines of long output. Lines of a
file are shown in the fence below `<!-- lines 3 to 8 of y.yaml -->`.
"""

from __future__ import annotations

import os
import re
import shlex
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from reportgen import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
STEP: Final = re.compile(
    r"<!-- copy (?P<origin>\S+) to (?P<target>\S+) -->"
    r"|<!-- (?P<how>edit|once) (?P<file>\S+): (?P<old>.*?) => (?P<new>.*?) -->"
    r"|<!-- show (?P<first>\d+) and (?P<last>\d+) -->"
    r"|(?P<above><!-- lines (?P<from>\d+) to (?P<to>\d+) of (?P<shown>\S+) -->\n```\w+\n).*?```\n"
    r"|(?P<fence>```console\n> reportgen (?P<command>[^\n]*)\n)(?P<output>.*?)```\n",
    re.DOTALL,
)
CUT: Final = "……"


def renewed(page: str) -> str:
    """Give the page with what its commands print now."""
    with TemporaryDirectory() as folder, chdir(folder), kept_environment():
        walk = Walk()
        return STEP.sub(walk.step, page)


@contextmanager
def kept_environment() -> Iterator[None]:
    """Let no command leave anything in the environment."""
    before = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class Walk:
    """One page from top to bottom: its files, and what holds for the next command only."""

    def __init__(self) -> None:
        """Begin without files."""
        self.restore: dict[Path, str] = {}
        self.lines: tuple[int, int] | None = None

    def step(self, found: re.Match[str]) -> str:
        """Carry out what a comment asks, or show what a fence shows; gives the text that stands there now."""
        if found["origin"]:
            Path(found["target"]).write_bytes((ROOT / found["origin"]).read_bytes())
        elif found["how"]:
            self.edit(found)
        elif found["first"]:
            self.lines = (int(found["first"]), int(found["last"]))
        elif found["shown"]:
            lines = Path(found["shown"]).read_text("utf-8").splitlines(keepends=True)
            return f"{found['above']}{''.join(lines[int(found['from']) - 1 : int(found['to'])])}```\n"
        else:
            return f"{found['fence']}{self.output(found['command'])}```\n"
        return found[0]

    def edit(self, found: re.Match[str]) -> None:
        """Replace a text that stands once in a file."""
        path = Path(found["file"])
        text = path.read_text("utf-8")
        old, new = (found[side].replace("\\n", "\n").replace("\\t", "\t") for side in ("old", "new"))
        assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times in {path}"
        if found["how"] == "once":
            self.restore.setdefault(path, text)
        path.write_text(text.replace(old, new), "utf-8")

    def output(self, command: str) -> str:
        """Run a command and give what it prints, on both channels, without the folder of this project."""
        out = StringIO()
        with redirect_stdout(out), redirect_stderr(out):
            cli.main(shlex.split(command))
        lines = out.getvalue().replace(f"{ROOT}{os.sep}", "").splitlines()
        for path, text in self.restore.items():
            path.write_text(text, "utf-8")
        if self.lines and len(lines) > sum(self.lines):
            first, last = self.lines
            lines = [*lines[:first], CUT, *lines[len(lines) - last :]]
        self.restore, self.lines = {}, None
        return "".join(f"{line}\n" for line in lines)

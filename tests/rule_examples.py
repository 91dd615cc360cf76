"""The pages of `spec/rules/` in; for every rule a bad example, what is said of it, and the good example out.

A `##` heading is the code of a rule. A fence named `bad` or `good` is a file of that example, a fence without either is
one of both, a fence above the first heading one of all; `stage:` on top of a page names its runner, as in `test_spec`,
or `command`, whose `console` fences are run.
What no text can show stands in a `made` fence, in words: `odd_files` has its bytes by the code of the rule.
"""

from __future__ import annotations

import os
import re
import shlex
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import lru_cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import cli, packs, pdf
from reportgen.diagnostics import FORMATS, LANGUAGES, Messages
from tests import odd_files, small_packs
from tests.test_spec import CASE, RUNNERS, SPEC
from tests.tools.guide import kept_environment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.odd_files import Content

COMMAND: Final = "command"
DEFAULT: Final = {"yaml": "facts.yaml"}
FENCE: Final = re.compile(
    r"^```(?P<language>\w+)(?: (?P<name>\S+\.\w+))?(?: (?P<side>bad|good))?\n(?P<text>(?:(?!```).*\n)*)```\n",
    re.MULTILINE,
)
SAID: Final = re.compile(r"^\S+\[([A-Z]\d{3})\]: ", re.MULTILINE)


class Fence(NamedTuple):
    """A file of an example, or a command; `side` is empty where it belongs to the bad and to the good one."""

    language: str
    name: str
    side: str
    text: str


class Example(NamedTuple):
    """What earns a rule, and what does not; `shared` are the files of its page."""

    code: str
    stage: str
    shared: list[Fence]
    fences: list[Fence]

    def side(self, side: str) -> list[Fence]:
        """Give the fences of one side, the later of one name in place of the earlier."""
        own = [one for one in self.fences if one.side in {"", side}]
        return [*(one for one in self.shared if one.name not in {other.name for other in own}), *own]


class Said(NamedTuple):
    """What is said of one side: the codes of its rules, and the findings as they are printed, by language."""

    codes: list[str]
    printed: Mapping[str, str]


@lru_cache
def examples() -> Mapping[str, Example]:
    """Read the examples of all pages, by the codes of their rules."""
    found: dict[str, Example] = {}
    for page in sorted((SPEC / "rules").glob("*.md")):
        text = page.read_text("utf-8")
        stage = text.partition("\n")[0].removeprefix("stage: ")
        shared = fences(text.partition("\n## ")[0])
        for section in CASE.finditer(text):
            code = section["title"]
            assert code not in found, f"{code} has two examples"
            found[code] = Example(code, stage, shared, fences(section["body"]))
    return found


def fences(text: str) -> list[Fence]:
    return [
        Fence(one["language"], one["name"] or DEFAULT.get(one["language"], ""), one["side"] or "", one["text"])
        for one in FENCE.finditer(text)
    ]


def said(example: Example, side: str) -> Said:
    """Run one side of an example; what is printed of other rules is left out."""
    files = {one.name: content(example.code, one) for one in example.side(side) if one.language != "console"}
    if example.stage == COMMAND:
        (line,) = (one.text for one in example.side(side) if one.language == "console")
        printed = {language: ran(line, language, files) for language in LANGUAGES}
        return Said(SAID.findall(printed["en"]), {key: only(example.code, text) for key, text in printed.items()})
    found = RUNNERS[example.stage](files)  # type: ignore[arg-type]  # a made file goes to the packs, which take bytes
    texts = {name: text for name, text in files.items() if isinstance(text, str)}
    own = [one for one in found if one.rule.code == example.code]
    printed = {language: FORMATS["text"](own, Messages(language), texts) for language in LANGUAGES}
    return Said([one.rule.code for one in found], printed)


def only(code: str, printed: str) -> str:
    return "\n\n".join(block for block in printed.split("\n\n") if f"[{code}]" in block)


def content(code: str, fence: Fence) -> Content:
    """Give what a file holds: the text of its fence, or what is made for it."""
    return odd_files.made(code, fence.side) if fence.language == "made" else fence.text


def ran(line: str, language: str, files: Mapping[str, Content]) -> str:
    """Run a command beside the files, those of a pack in a small pack; gives what it prints."""
    out = StringIO()
    refused = {name: one for name, one in files.items() if isinstance(one, OSError)}
    with TemporaryDirectory() as folder, chdir(folder), kept_environment():
        os.environ |= {packs.SEARCH: ".", pdf.PROGRAM: str(Path("soffice.sh").absolute())}
        pack = small_packs.write(Path(), {"facts.yaml": None})
        for name, one in files.items():
            path = pack / name if name in small_packs.DEFAULTS and name != "facts.yaml" else Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(one, Path):
                path.unlink()
                path.symlink_to(one)
            else:
                path.write_bytes(one.encode() if isinstance(one, str) else one if isinstance(one, bytes) else b"")
                path.chmod(0o755 if path.suffix == ".sh" else path.stat().st_mode)
        with redirect_stdout(out), redirect_stderr(out), odd_files.refusing(refused):
            cli.main([*shlex.split(line.removeprefix("> reportgen ")), "--lang", language])
    return out.getvalue().rstrip("\n")

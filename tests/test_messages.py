"""The catalogue is in step with the code: nothing untranslated, nothing obsolete, every placeholder kept."""

from __future__ import annotations

import argparse
import ast
import re
from string import Formatter
from typing import TYPE_CHECKING, Final

import pytest
from babel.messages.mofile import read_mo

from reportgen import cli
from reportgen.cli.catalogue import RULES
from reportgen.diagnostics import Messages
from reportgen.diagnostics.messages import ARGPARSE
from tests.tools.catalogue import PO, ROOT, catalogue, extracted, renewed

if TYPE_CHECKING:
    from babel.messages.catalog import Message

CATALOGUE: Final = catalogue()
TRANSLATED: Final = {str(message.id): message for message in CATALOGUE if message.id}
_NO_WORDS: Final = re.compile(r"^[\W\d_]*(\{\w+\}[\W\d_]*)*$|^%\(heading\)s:$")  # nothing in it to translate
_POSITIONAL: Final = re.compile(r"%(?:\(\w+\))?[srd]")


def fields(message: str) -> set[str]:
    """Give the names that a message is filled with; ValueError for single braces."""
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


def test_every_message_in_the_code_is_translated() -> None:
    wanted = {message for message, _ in extracted()}
    assert wanted
    assert {message for message in wanted if message not in TRANSLATED or not TRANSLATED[message].string} == set()


def test_no_message_hides_in_an_f_string_where_extraction_does_not_look() -> None:
    hidden = [
        ast.unparse(call)
        for path in (ROOT / "reportgen").rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {"N_", "_"}
    ]
    assert hidden == []


def test_no_translation_is_obsolete_or_uncertain() -> None:
    assert set(TRANSLATED) - {message for message, _ in extracted()} == set()
    assert CATALOGUE.obsolete == {}
    assert [message.id for message in CATALOGUE if message.id and message.fuzzy] == []


@pytest.mark.parametrize("message", TRANSLATED.values(), ids=lambda message: message.id[:40])
def test_placeholders_are_kept(message: Message) -> None:
    assert list(message.check(CATALOGUE)) == []
    assert fields(str(message.string)) == fields(str(message.id))
    assert sorted(_POSITIONAL.findall(str(message.string))) == sorted(_POSITIONAL.findall(str(message.id)))


def test_every_message_is_said_in_chinese() -> None:
    plain = [
        message.id
        for message in TRANSLATED.values()
        if not re.search(r"[\u4e00-\u9fff]", str(message.string)) and not _NO_WORDS.match(str(message.id))
    ]
    assert plain == []


def test_every_rule_speaks_chinese() -> None:
    say = Messages("zh")
    for rule in RULES.values():
        for message in filter(None, (rule.message, rule.help)):
            assert say(message) == TRANSLATED[message].string


def test_the_compiled_catalogue_is_in_step() -> None:
    with PO.with_suffix(".mo").open("rb") as file:
        known = {message.id: message.string for message in read_mo(file) if message.id}
    assert known == {message: one.string for message, one in TRANSLATED.items()}


def test_the_catalogue_is_as_the_tool_writes_it() -> None:
    fresh = {one.id: one.locations for one in renewed(CATALOGUE) if one.id}
    files = {message: [file for file, _ in places] for message, places in fresh.items()}
    assert files == {message: [file for file, _ in one.locations] for message, one in TRANSLATED.items()}


def test_english_is_what_stands_in_the_code() -> None:
    assert Messages("en")("write “{close}”", close="甲") == "write “甲”"
    assert Messages("zh")("write “{close}”", close="甲") == "改为“甲”"
    assert Messages("zh")("") == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--help"], "用法："),
        (["--help"], "显示这份帮助"),
        (["build"], "还缺少参数"),
        (["nonsense"], "nonsense"),
        (["build", "a.yaml", "--format", "x"], "不能是 'x'"),
        (["build", "a.yaml", "--output"], "后面要写一个值"),
        (["build", "a.yaml", "b", "c"], "不认识的参数"),
    ],
)
def test_argparse_speaks_chinese(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(arguments)
    shown = "".join(capsys.readouterr())
    assert said in shown
    assert not re.search(r"usage|options:|positional|argument|error|required|choose|expected|exit\b", shown)


def test_argparse_says_nothing_that_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()

    def listen(message: str) -> str:
        asked.add(message)
        return message

    monkeypatch.setattr(argparse, "_", listen)
    for arguments in ([], ["--help"], ["build", "--help"], ["build"], ["x"], ["build", "a", "--format", "x"]):
        with pytest.raises(SystemExit):
            raise SystemExit(cli.main(arguments))
    theirs = {message for message in asked if message and message.isascii()}  # ours come translated already
    assert theirs - set(ARGPARSE) == set()

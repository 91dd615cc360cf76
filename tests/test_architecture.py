"""The shape of the project, kept by tests: imports, sizes, names, and nothing of the machine it was written on."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "reportgen").rglob("*.py"))
TEXTS = sorted(
    path
    for kind in ("*.md", "*.toml", "*.py", "*.yaml", "*.po", "*.txt", "Makefile")
    for folder in (
        ROOT.glob(kind),
        *((ROOT / name).rglob(kind) for name in ("reportgen", "templates", "data", "docs", "tests")),
    )
    for path in folder
)
PAGES = [path for path in TEXTS if path.suffix == ".md" and "tests" not in path.parts]
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "base", "manager", "misc", "common"}
MACHINE = re.compile(r"/wor[k]/|/roo[t]/|/home/[a-z]|/User[s]/[a-z]|pypi\.or[g]|npmjs\.or[g]")
MODULE_LINES = 400
FUNCTION_LINES = 40


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_point_down_and_each_library_has_one_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= MODULE_LINES
    lengths = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_opens_with_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_every_name_says_what_is_in_it() -> None:
    words = {path: set(path.relative_to(ROOT).with_suffix("").parts) for path in MODULES}
    assert {name_of(path) for path, parts in words.items() if parts & NAMES_THAT_SAY_NOTHING} == set()


def test_links_between_pages_lead_somewhere() -> None:
    links = [(page, link) for page in PAGES for link in re.findall(r"\]\((?!\w+:)([^)#]+)", page.read_text("utf-8"))]
    assert links
    assert {f"{name_of(page)}: {link}" for page, link in links if not (page.parent / link).exists()} == set()


def test_nothing_names_the_machine_it_was_written_on() -> None:
    found = {name_of(path): hit[0] for path in TEXTS if (hit := MACHINE.search(path.read_text("utf-8", "replace")))}
    assert found == {}

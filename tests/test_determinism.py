"""Same facts, same pack: the same document, wherever, whenever and with whichever Python it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.build import build
from reportgen.word import digest
from reportgen.word.text import read

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "shatian-2021.yaml"
# The clock is moved inside the child, before anything of the program is imported.
CHILD = """
import sys, time
time.time = lambda real=time.time: real() + 40_000_000
from reportgen.cli import main
sys.exit(main(["build", sys.argv[1], "-o", sys.argv[2]]))
"""
SURROUNDINGS = {
    "plain": {},
    "zone": {"TZ": "America/St_Johns"},
    "language": {"LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8"},
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 2": {"PYTHONHASHSEED": "4242"},
}


@pytest.fixture(scope="module")
def reference() -> bytes:
    (document,) = build(SAMPLE).documents
    return document.data


def built(python: str | Path, facts: Path, target: Path, surroundings: dict[str, str]) -> bytes:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **surroundings}
    done = subprocess.run(
        [python, "-c", CHILD, facts, target],
        env=environment,
        cwd=target.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return target.read_bytes()


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_surroundings_leave_no_mark(name: str, reference: bytes, tmp_path: Path) -> None:
    assert built(sys.executable, SAMPLE, tmp_path / "a.docx", SURROUNDINGS[name]) == reference


def test_the_folder_of_the_facts_leaves_no_mark(reference: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "别的 目录" / "较深"
    folder.mkdir(parents=True)
    facts = folder / "另一个名字.yaml"
    shutil.copy(SAMPLE, facts)
    assert built(sys.executable, facts, folder / "a.docx", {}) == reference


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_other_pythons_give_the_same_content(
    version: str,
    reference: bytes,
    interpreter: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    same = version == ".".join(map(str, sys.version_info[:2]))
    python = sys.executable if same else interpreter(version)
    assert digest(built(python, SAMPLE, tmp_path / "a.docx", {})) == digest(reference)


def test_a_traced_build_prints_the_same_text(reference: bytes) -> None:
    (document,) = build(SAMPLE, trace=True).documents
    traced, _ = read(document.data, "traced", traced=True)
    plain, _ = read(reference, "plain")
    assert traced is not None
    assert plain is not None
    assert [one.text for one in traced.paragraphs] == [one.text for one in plain.paragraphs]

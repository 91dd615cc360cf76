"""Bad files given to the program as a whole: each gets its diagnostic within bounds, and nothing is written.

The bounds are set by the system on the child (2 s of processor time, 300 MB), so no assertion reads a clock.
"""

from __future__ import annotations

import io
import os
import resource
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reportgen.word.package import pack, part

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "shatian-2021.yaml"
PACK = ROOT / "templates" / "meizhou-self-evaluation" / "2021.1"
SECONDS = 2
MEMORY = 300 << 20

FILES = {
    "empty": (b"", "S109"),
    "binary": (bytes(range(256)) * 8, "S012"),
    "gbk": ("年度: 2021\n单位: 砂田镇\n".encode("gbk"), "S010"),
    "utf-16": ("年度: 2021\n".encode("utf-16"), "S011"),
    "50 MB": (b"a: 1\n" * (10 << 20), "S004"),
    "2,000 deep, flow": (b"a: " + b"[" * 2000 + b"]" * 2000, "S117"),
    "2,000 deep, block": ("".join(f"{' ' * at}a:\n" for at in range(2000)).encode(), "S117"),
    "alias bomb": (
        ("a0: &a0 [x, x]\n" + "".join(f"a{at}: &a{at} [*a{at - 1}, *a{at - 1}]\n" for at in range(1, 60))).encode(),
        "S103",
    ),
    "unknown pack": ("模板包: nobody@1\n".encode(), "P101"),
    "a path for a pack": ("模板包: ../../etc@1\n".encode(), "P102"),
    "no pack": ("年度: 2021\n".encode(), "F101"),
}


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(arguments: list[str], folder: Path, **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "reportgen", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        preexec_fn=limited,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("name", FILES)
def test_a_bad_facts_file_gets_its_diagnostic(name: str, tmp_path: Path) -> None:
    data, code = FILES[name]
    (tmp_path / "facts.yaml").write_bytes(data)
    status, said = run(["build", "facts.yaml", "-o", "out"], tmp_path)
    assert status == 1
    assert f"[{code}]" in said
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["facts.yaml"]


def damaged(change: str) -> bytes:
    """Give the pack's template, damaged in one way."""
    data = (PACK / "report.docx").read_bytes()
    if change == "no zip":
        return b"this is no Word file"
    if change == "cut off":
        return data[: len(data) // 2]
    if change == "old .doc":
        return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096)
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    if change == "broken part":
        parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:body>", b"", 1)
    elif change == "no document":
        del parts["word/document.xml"]
    else:
        parts["word/document.xml"] = b" " * (200 << 20)
    return pack([part(name, content) for name, content in parts.items()])


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ("no zip", {"T101"}),
        ("cut off", {"T104", "T105"}),
        ("old .doc", {"T102", "T103"}),
        ("broken part", {"T113"}),
        ("no document", {"T112"}),
        ("bomb", {"T110", "T111"}),
    ],
)
def test_a_bad_template_gets_its_diagnostic(change: str, codes: set[str], tmp_path: Path) -> None:
    folder = tmp_path / "packs" / "meizhou-self-evaluation" / "2021.1"
    shutil.copytree(PACK, folder)
    (folder / "report.docx").write_bytes(damaged(change))
    status, said = run(["build", str(SAMPLE), "-o", "out"], tmp_path, REPORTGEN_PACKS=str(tmp_path / "packs"))
    assert status == 1
    assert any(f"[{code}]" in said for code in codes), said
    assert "report.docx" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists()


def test_a_missing_file_gets_its_diagnostic(tmp_path: Path) -> None:
    status, said = run(["check", "none.yaml"], tmp_path)
    assert status == 1
    assert "[S001]" in said

"""What is installed is what stands in the repository: wheel, editable install and other Pythons write one report."""

from __future__ import annotations

import os
import platform
import runpy
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import reportgen

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
FACTS = ROOT / "data" / "shatian-2021.yaml"
PACK = "meizhou-self-evaluation/2021.1"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the source archive, so that the archive is known to be whole; no network is used."""
    target = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(ROOT), cwd=target)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the installed wheel and nothing else."""
    target = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    run(*pip, "--target", str(target), str(wheel), cwd=target)
    return target


def run(*command: str, cwd: Path, **environment: str) -> str:
    """Runs a command in a folder outside the repository and gives what it printed; a failure shows all of it."""
    done = subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def parts(folder: Path) -> dict[str, bytes]:
    """Gives the parts of the one document in a folder, uncompressed: what the content digest is taken over."""
    (document,) = folder.glob("*.docx")
    with zipfile.ZipFile(document) as package:
        return {name: package.read(name) for name in package.namelist()}


def build(python: Path | str, target: Path, **environment: str) -> dict[str, bytes]:
    """Builds the sample's report with the package which that interpreter finds."""
    target.mkdir()
    command = (str(python), "-P", "-m", "reportgen", "build", str(FACTS), "-o", str(target))
    run(*command, cwd=target.parent, PYTHONUTF8="1", **environment)
    return parts(target)


@pytest.fixture(scope="module")
def editable(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The sample's report as an editable install builds it: its wheel is one line that names the repository."""
    target = tmp_path_factory.mktemp("editable")
    run(sys.executable, "-c", f"import hatchling.build as it; it.build_editable({str(target)!r})", cwd=ROOT)
    (wheel,) = target.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (link,) = (name for name in archive.namelist() if ".dist-info/" not in name)
        path = archive.read(link).decode().strip()
    return build(sys.executable, target / "out", PYTHONPATH=path)


def committed(folder: Path) -> set[str]:
    """Lists the files of a folder that belong to the project, relative to it."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts and not path.name.startswith("~$")}


def test_a_wheel_holds_the_package_its_translations_and_the_packs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name.removeprefix("reportgen/") for name in archive.namelist() if name.startswith("reportgen/")}
    assert held == committed(ROOT / "reportgen") | {f"templates/{path}" for path in committed(ROOT / "templates")}
    assert held >= {"py.typed", "locale/zh_CN/LC_MESSAGES/reportgen.mo", f"templates/{PACK}/pack.yaml"}


def test_a_wheel_says_what_it_is(wheel: Path) -> None:
    assert wheel.name == f"reportgen-{reportgen.__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read(f"reportgen-{reportgen.__version__}.dist-info/METADATA").decode()
    assert "\nLicense-Expression: MIT\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata


def test_an_installed_wheel_writes_the_same_report(site: Path, editable: dict[str, bytes], tmp_path: Path) -> None:
    imported = run(
        sys.executable, "-P", "-c", "import reportgen; print(reportgen.__file__)", cwd=tmp_path, PYTHONPATH=str(site)
    )
    assert Path(imported.strip()).is_relative_to(site)
    assert build(sys.executable, tmp_path / "out", PYTHONPATH=str(site)) == editable


@pytest.mark.parametrize(
    "version", [v for v in ("3.11", "3.12", "3.13") if not platform.python_version().startswith(v)]
)
def test_another_python_writes_the_same_report(
    version: str, interpreter: Callable[[str], Path], editable: dict[str, bytes], tmp_path: Path
) -> None:
    assert build(interpreter(version), tmp_path / "out") == editable


def test_the_module_is_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["reportgen", "--help"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("reportgen", run_name="__main__")
    assert not ended.value.code
    assert "build" in capsys.readouterr().out

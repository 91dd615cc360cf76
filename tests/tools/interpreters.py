"""Other Python versions with this project installed in them, made once and kept in `.tools`."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.tools.external import FETCHED, ROOT, absent, tool


def interpreter(version: str) -> Path:
    """Gives a Python of that version ("3.12") which can run `-m reportgen`; skips where there is none."""
    python = tool(f"python{version}")
    declared = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + bytes(ROOT)).hexdigest()[:8]
    home = FETCHED / f"python{version}-{declared}"
    if not home.exists():
        _install(python, home, version)
    return home / "bin" / "python"


def _install(python: Path, home: Path, version: str) -> None:
    """Makes the environment aside and moves it into place, so that two workers cannot share half of one."""
    FETCHED.mkdir(exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=FETCHED))
    subprocess.run([python, "-m", "venv", aside], check=True, capture_output=True)
    install = [str(aside / "bin" / "python"), "-m", "pip", "install", "--quiet", "--editable", str(ROOT)]
    done = subprocess.run(install, check=False, capture_output=True, text=True)
    if done.returncode:
        shutil.rmtree(aside)
        absent(f"python{version}", f"its pip could not install the project: {done.stderr.strip()[-200:]}")
    try:
        aside.rename(home)
    except OSError:  # another worker was first
        shutil.rmtree(aside)

"""What every test may ask for: external tools, other Pythons, validators; and a closing list of what was missing."""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import hypothesis
import pytest

from reportgen import pdf
from reportgen.build import build
from tests.tools import external, interpreters, validators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# No test is timed; where a missing tool fails, examples are the same in every run.
hypothesis.settings.register_profile("reportgen", deadline=None, derandomize=external.required())
hypothesis.settings.load_profile("reportgen")


@pytest.fixture(scope="session")
def tool() -> Callable[[str], Path]:
    """Finds a program of `tests.tools.external.TOOLS`, as `tool("soffice")`, or ends the test."""
    return external.tool


@pytest.fixture(scope="session")
def interpreter() -> Callable[[str], Path]:
    """Finds another Python with this project installed, as `interpreter("3.12")`, or ends the test."""
    return interpreters.interpreter


@pytest.fixture(scope="session")
def validate() -> Callable[[Iterable[Path]], list[validators.Finding]]:
    """Asks both validators about documents: a test asserts that their findings are `[]`."""
    program = external.tool("ooxml-validator")
    return lambda documents: validators.findings(program, documents)


@pytest.fixture
def time_up(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Lets the time of each child be over as soon as there is a file, and not by the clock."""
    wait = subprocess.Popen.wait

    def set_up(file: Path) -> None:
        def until(child: subprocess.Popen[bytes], timeout: float | None = None) -> int:
            while timeout is not None and child.poll() is None:
                if file.exists():
                    raise subprocess.TimeoutExpired(child.args, timeout)
                time.sleep(0.01)
            return wait(child)

        monkeypatch.setattr(subprocess.Popen, "wait", until)

    return set_up


class Printed(NamedTuple):
    """The report of the sample, and its pages."""

    docx: Path
    pdf: Path


@pytest.fixture(scope="session")
def printed(tool: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Builds the report of the sample and lays it out, once for all tests that look at its pages."""
    tool("soffice")
    (document,) = build(Path(__file__).parents[1] / "data" / "shatian-2021.yaml").documents
    made, found = pdf.convert({document.name: document.data})
    assert found == []
    folder = tmp_path_factory.mktemp("printed")
    sample = Printed(folder / "report.docx", folder / "report.pdf")
    sample.docx.write_bytes(document.data)
    sample.pdf.write_bytes(made[document.name])
    return sample


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Lists the tools that were missing, with the number of tests that each kept from running."""
    skipped = terminalreporter.stats.get("skipped", [])
    missing = Counter(found for report in skipped if (found := external.missing_tool(str(report.longrepr))))
    if missing:
        terminalreporter.section("tests skipped because a tool is missing")
    for found, count in sorted(missing.items()):
        terminalreporter.line(f"{count} test{'s' * (count > 1)}: {found}")

"""What every test may ask for: external tools, other Pythons, validators; and a closing list of what was missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.tools import external, interpreters, validators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

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


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Lists the tools that were missing, with the number of tests that each kept from running."""
    skipped = terminalreporter.stats.get("skipped", [])
    missing = Counter(found for report in skipped if (found := external.missing_tool(str(report.longrepr))))
    if missing:
        terminalreporter.section("tests skipped because a tool is missing")
    for found, count in sorted(missing.items()):
        terminalreporter.line(f"{count} test{'s' * (count > 1)}: {found}")

"""`python -m tests.bench.memory`: what a process holds after so many documents one after another. Needs Linux."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen import language
from reportgen.build import build
from reportgen.language import Log
from tests.bench import timing, work
from tests.bench.render import compiled, filled

if TYPE_CHECKING:
    from collections.abc import Callable

COUNTS: Final = (100, 500, 1_000, 2_000)


def main() -> None:
    """Measure each way of making documents in a process of its own."""
    print(timing.machine())
    for name in _WAYS:
        subprocess.run([sys.executable, "-m", __spec__.name, name], check=True)


def measure(name: str) -> None:
    """Make documents in one way and print what the process holds."""
    make = _WAYS[name]()
    held = []
    for number in range(1, COUNTS[-1] + 1):
        make(number)
        if number in COUNTS:
            held.append(f"{number}: {_resident() / 1024:.1f}")
    print(f"{name:18}{'  '.join(held)} MB", flush=True)


def _rendering() -> Callable[[int], object]:
    template = compiled(work.template())
    return lambda number: filled(template, work.data(number))


def _tracing() -> Callable[[int], object]:
    template = compiled(work.template())

    def make(number: int) -> object:
        values = language.traced(work.data(number))
        assert isinstance(values, dict)
        return template.render(values, log=Log())

    return make


def _compiling() -> Callable[[int], object]:
    source = work.template()
    return lambda _number: compiled(source)


def _building() -> Callable[[int], object]:
    return lambda _number: build(work.SAMPLE)


_WAYS: Final[dict[str, Callable[[], Callable[[int], object]]]] = {
    "render": _rendering,
    "render, traced": _tracing,
    "compile": _compiling,
    "build the sample": _building,
}


def _resident() -> float:
    """Give the memory that this process holds, in kB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024


if __name__ == "__main__":
    measure(sys.argv[1]) if sys.argv[1:] else main()

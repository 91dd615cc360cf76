"""`python -m tests.bench.audit`: how long `check` takes for anyone's report, whole processes, and how it grows.

The work is the report of the sample with its tasks and goals twice, some 40 pages, as Word and as text; for growth the
same text again and again, each time with other figures. With a file, where the time goes in the check of that.
"""

from __future__ import annotations

import cProfile
import pstats
import re
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen import document, packs, report
from reportgen.audit import KINDS as FAULTS
from reportgen.build import build
from reportgen.diagnostics import Span
from reportgen.prose import KINDS as WORDING
from reportgen.word import unmarked
from reportgen.word.text import read
from tests.bench import timing
from tests.bench.proof import SAMPLE, repeated

if TYPE_CHECKING:
    from types import ModuleType

ROUNDS: Final = 5
TWICE: Final = 2
MEGABYTES: Final = (0.3, 0.6, 1.25, 2.5, 5.0)
SHOWN: Final = 12


def main(rounds: int = ROUNDS) -> None:
    """Print medians and exponents."""
    pack, found = packs.load("meizhou-self-evaluation@2021.1", Span())
    if pack is None:
        sys.exit(f"The pack has faults: {found}")
    pack = pack._replace(checks=())  # tasks that are there twice contradict their sums
    print(f"{timing.machine()}; {rounds} rounds, in turn")
    with tempfile.TemporaryDirectory() as name:
        facts, word, text = (Path(name, one) for one in ("facts.yaml", "report.docx", "report.txt"))
        facts.write_text(repeated(SAMPLE.read_text("utf-8"), TWICE), "utf-8")
        word.write_bytes(unmarked(build(facts, pack=pack).documents[0].data))
        said = lines(word)
        text.write_text(said, "utf-8")
        print(f"{len(said)} characters")
        sides = {"report of 40 pages, Word": word, "the same, text": text}
        calls = {one: partial(run, path) for one, path in sides.items()}
        for side, time in timing.in_turn(calls, rounds).items():
            print(f"{side}: {time.wall:.0f} ms, of the processor {time.cpu:.0f} ms")
        grow(Path(name), said)


def grow(folder: Path, said: str) -> None:
    """Print how long longer and longer texts take, and the exponent."""
    sizes, times = [], []
    for megabytes in MEGABYTES:
        path = folder / f"{megabytes}.txt"
        path.write_text(longer(said, int(megabytes * 1_000_000)), "utf-8")
        taken = timing.once(partial(run, path), 0)
        print(f"{megabytes} MB: {taken.wall / 1000:.1f} s, of the processor {taken.cpu / 1000:.1f} s")
        sizes.append(megabytes)
        times.append(taken.cpu)
    steps = [round(timing.exponent(sizes[at : at + 2], times[at : at + 2]), 2) for at in range(len(sizes) - 1)]
    print(f"check ~ size^b: b = {timing.exponent(sizes, times):.2f}; step by step {steps}")


def run(path: Path, _number: int) -> None:
    """Check a report in a process of its own."""
    command = [sys.executable, "-m", "reportgen", "check", str(path), "--format", "short"]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)


def lines(word: Path) -> str:
    """Give the text of a Word file, a paragraph a line."""
    found, _ = read(word.read_bytes(), str(word))
    assert found is not None
    return "".join(f"{one.numeral}{one.text}\n" for one in found.paragraphs if one.part == "正文")


def longer(said: str, size: int) -> str:
    """Give so many bytes of a text that is told again and again, with other figures each time."""
    times = size // len(said.encode()) + 1
    told = "".join(re.sub(r"\d", partial(_shifted, number), said) for number in range(times))
    return told.encode()[:size].decode("utf-8", "ignore")


def _shifted(by: int, digit: re.Match[str]) -> str:
    return str((int(digit[0]) + by) % 10)


def _found(kind: ModuleType, text: report.Text, _number: int) -> list[object]:
    return list(kind.find(text))


def profile(path: Path) -> None:
    """Print which rules take the time, and which functions."""
    text = report.of_text(path.read_text("utf-8"), str(path))
    sides = {kind.__name__: partial(_found, kind, text) for kind in (*FAULTS, *WORDING)}
    taken = {name: timing.once(call, 0).cpu for name, call in sides.items()}
    for name, time in sorted(taken.items(), key=lambda one: -one[1])[:SHOWN]:
        print(f"{time:8.0f} ms  {name}")
    with cProfile.Profile() as profiled:
        document.check(path, None)
    pstats.Stats(profiled).sort_stats("tottime").print_stats(SHOWN)


if __name__ == "__main__":
    given = sys.argv[1:2]
    if given and not given[0].isdecimal():
        profile(Path(given[0]))
    else:
        main(*map(int, given))

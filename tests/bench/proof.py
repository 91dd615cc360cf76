"""`python -m tests.bench.proof`: what a traced build costs beside a plain one, what the proof costs, and how it grows.

The work is the sample; for growth its tasks and goals are repeated, so that the report has up to some 200 pages.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen import packs
from reportgen.build import build
from reportgen.diagnostics import Span
from reportgen.verification import proven
from reportgen.word import unmarked
from tests.bench import timing
from tests.bench.render import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.packs import Pack

ROUNDS: Final = 20
TIMES: Final = (1, 2, 4, 8, 16)
SAMPLE: Final = Path(__file__).parents[2] / "data" / "shatian-2021.yaml"
PLAIN, TRACED, PROOF, STRIPPED = "build", "build, traced", "proof", "marks taken out"
REPEATED: Final = ("重点工作", "绩效目标")


def main(rounds: int = ROUNDS) -> None:
    """Print medians, ratios and exponents."""
    pack, found = packs.load("meizhou-self-evaluation@2021.1", Span())
    if pack is None:
        sys.exit(f"The pack has faults: {found}")
    pack = pack._replace(checks=())  # tasks that are there twice contradict their sums
    print(f"{timing.machine()}; {rounds} rounds, in turn")
    with tempfile.TemporaryDirectory() as folder:
        sizes, proofs = [], []
        for times in TIMES:
            path = Path(folder) / f"facts{times}.yaml"
            path.write_text(repeated(SAMPLE.read_text("utf-8"), times), "utf-8")
            figures, taken = measure(path, pack, max(3, rounds // times))
            sizes.append(figures)
            proofs.append(taken)
    steps = [round(timing.exponent(sizes[at : at + 2], proofs[at : at + 2]), 2) for at in range(len(sizes) - 1)]
    print(f"proof ~ figures^b: b = {timing.exponent(sizes, proofs):.2f}; step by step {steps}")


def measure(path: Path, pack: Pack, rounds: int) -> tuple[int, float]:
    """Print how long one facts file takes; give its figures, and the milliseconds of their proof."""
    built = build(path, pack=pack, trace=True)
    assert built.documents, built.study.found
    figures = sum(len(one.proofs) for one in proven(built))
    times = timing.in_turn(
        {
            PLAIN: lambda _: build(path, pack=pack),
            TRACED: lambda _: build(path, pack=pack, trace=True),
            PROOF: lambda _: proven(built),
            STRIPPED: lambda _: unmarked(built.documents[0].data),
        },
        rounds,
    )
    print(f"{figures} figures")
    table(times, PLAIN)
    return figures, times[PROOF].cpu


def repeated(text: str, times: int) -> str:
    """Give facts with so many times as many tasks and goals."""
    sections: Sequence[str] = re.split(r"^(?=[^\s#])", text, flags=re.MULTILINE)
    said = []
    for section in sections:
        name, _, items = section.partition("\n")
        said.append(f"{name}\n{items * times}" if name.rstrip(":") in REPEATED else section)
    return "".join(said)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))

"""`python -m tests.bench.pdf`: the sample as PDF, once and ten times, with and without fonts that we let stand in."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest import mock

from reportgen import confine, pdf
from reportgen.build import build
from tests.bench import timing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAMPLE: Final = Path(__file__).parents[2] / "data" / "shatian-2021.yaml"
ROUNDS: Final = 5
TEN: Final = 10
SYSTEM: Final = "/etc/fonts/fonts.conf"


def main(rounds: int = ROUNDS) -> None:
    """Print the medians of one document, of ten in one process and of ten in a process each."""
    (document,) = build(SAMPLE).documents
    one = {document.name: document.data}
    ten = {f"{number}.docx": document.data for number in range(TEN)}
    each = [{name: data} for name, data in ten.items()]
    batches: dict[str, list[dict[str, bytes]]] = {
        "one": [one],
        "ten in one process": [ten],
        "ten in a process each": each,
    }
    sides = {
        f"{name}, {fonts}": partial(converted, batch, ours=fonts == "our fonts")
        for name, batch in batches.items()
        for fonts in ("our fonts", "as installed")
    }
    print(timing.machine())
    for name, time in timing.in_turn(sides, rounds).items():
        print(f"{name:40}{time.wall / 1000:8.2f} s{time.cpu / 1000:8.2f} s of the processor")


def converted(batches: Sequence[Mapping[str, bytes]], _round: int, *, ours: bool) -> None:
    """Convert batches one after the other, with the fonts standing in that we ship or with those of the system."""
    run = confine.run

    def run_as_installed(*given: Any, **more: Any) -> confine.Outcome:  # noqa: ANN401 — as it is given
        return run(*given, **{**more, "FONTCONFIG_FILE": SYSTEM})

    with nullcontext() if ours else mock.patch.object(confine, "run", run_as_installed):
        for batch in batches:
            made, found = pdf.convert(batch)
            assert (len(made), found) == (len(batch), [])


if __name__ == "__main__":
    main()

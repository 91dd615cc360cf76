"""`python -m tests.bench.growth`: how compiling and rendering grow with the length of a document and of a table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from tests.bench import timing, work
from tests.bench.render import by_docxtpl, compiled, filled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.facts import Value
    from reportgen.word import Template

TIMES: Final = (1, 2, 4, 8, 16, 32, 64)
ROWS: Final = (30, 100, 300, 1_000, 3_000, 10_000, 30_000)
ROUNDS: Final = 7
PEER_ROUNDS: Final = 3
PEER_TIMES, PEER_ROWS = TIMES[:4], ROWS[:4]  # docxtpl takes seconds from here on


def main() -> None:
    """Print the medians of each size, and the exponents of a power law through them; docxtpl comes last."""
    print(timing.machine())
    sources = {times: work.template(times) for times in TIMES}
    _print("compile, × prose", TIMES, _each(TIMES, lambda times: partial(_compile, sources[times]), ROUNDS))
    written = {rows: work.written(rows) for rows in ROWS}
    _print("compile, rows", ROWS, _each(ROWS, lambda rows: partial(_compile, written[rows]), ROUNDS))
    templates = {times: compiled(source) for times, source in sources.items()}
    values = work.data(1)
    _print("render, × prose", TIMES, _each(TIMES, lambda times: partial(_render, templates[times], values), ROUNDS))
    listed = {rows: work.data(1, rows=rows) for rows in ROWS}
    _print("render, rows", ROWS, _each(ROWS, lambda rows: partial(_render, templates[1], listed[rows]), ROUNDS))
    peer = _each(PEER_TIMES, lambda times: partial(_peer, sources[times], values), PEER_ROUNDS)
    _print("docxtpl, × prose", PEER_TIMES, peer)
    peer = _each(PEER_ROWS, lambda rows: partial(_peer, sources[1], listed[rows]), PEER_ROUNDS)
    _print("docxtpl, rows", PEER_ROWS, peer)


def _compile(source: bytes, _number: int) -> object:
    return compiled(source)


def _render(template: Template, values: Mapping[str, Value], _number: int) -> object:
    return filled(template, values)


def _peer(source: bytes, values: Mapping[str, Value], _number: int) -> object:
    return by_docxtpl(source, values)


def _each(sizes: Sequence[int], make: Callable[[int], Callable[[int], object]], rounds: int) -> list[float]:
    """Give the median processor time of each size, measured in turn."""
    times = timing.in_turn({str(size): make(size) for size in sizes}, rounds)
    return [times[str(size)].cpu for size in sizes]


def _print(label: str, sizes: Sequence[int], times: Sequence[float]) -> None:
    """Print times, the exponent over all sizes, and what one more unit costs between the largest two."""
    shown = "  ".join(f"{size}: {one:.1f}" for size, one in zip(sizes, times, strict=True))
    step = (times[-1] - times[-2]) / (sizes[-1] - sizes[-2])
    power, last = timing.exponent(sizes, times), timing.exponent(sizes[-2:], times[-2:])
    print(f"{label:18}{shown} ms; exponent {power:.2f}, {last:.2f} at the end; {step * 1000:.0f} µs for each more")


if __name__ == "__main__":
    main()

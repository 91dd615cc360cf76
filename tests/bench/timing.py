"""Calls in, how long they take out: measured in turn (A B A B …), so that all sides meet the same machine."""

from __future__ import annotations

import gc
import math
import os
import platform
import resource
import statistics
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Time(NamedTuple):
    """How long one call takes, in milliseconds: by the clock, and of the processor."""

    wall: float
    cpu: float


def in_turn(sides: Mapping[str, Callable[[int], object]], rounds: int) -> dict[str, Time]:
    """Give the median of each side over rounds in which each is called once, with the number of the round.

    The first round warms all sides up and does not count. Nobody pays for the garbage of another.
    """
    times: dict[str, list[Time]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        for name, call in sides.items():
            gc.collect()
            taken = once(call, number)
            if number:
                times[name].append(taken)
    return {name: median(taken) for name, taken in times.items()}


def once(call: Callable[[int], object], number: int) -> Time:
    """Time one call, with the child processes that it waits for."""
    wall, cpu = time.perf_counter(), _cpu()
    call(number)
    return Time((time.perf_counter() - wall) * 1000, (_cpu() - cpu) * 1000)


def median(times: Sequence[Time]) -> Time:
    """Give the median of clock and processor, each for itself."""
    return Time(statistics.median(one.wall for one in times), statistics.median(one.cpu for one in times))


def exponent(sizes: Sequence[float], times: Sequence[float]) -> float:
    """Fit time = a · size^b and give b: 1 is linear, 2 quadratic."""
    across, up = [math.log(size) for size in sizes], [math.log(one) for one in times]
    return statistics.linear_regression(across, up).slope


def machine() -> str:
    """Say what was measured on."""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores"


def _cpu() -> float:
    """Give the processor time of this process and of its finished children, in seconds."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime

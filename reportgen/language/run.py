"""The state of one run of a program: how values become text, what was printed where, and what it depended on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import formats
from reportgen.language.marks import closing, opening
from reportgen.language.printing import MAX_TEXT, TOO_LONG, Misuse, printed
from reportgen.language.trace import EMPTY, Trace, remember, trace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportgen.facts import Value
    from reportgen.language.statements import Sink

_FAULTS: Final = (Misuse, TypeError, ArithmeticError)


class Printed(NamedTuple):
    """One output of a traced run: its text, and the facts it came from and the conditions it stood under."""

    text: str
    trace: Trace


@dataclass(slots=True)
class Log:
    """All outputs of a traced build, in the order of their indices in the place map."""

    outputs: list[Printed] = field(default_factory=list)


class Run:
    """What the compiled code calls; belongs to one run, so nothing is shared between threads."""

    def __init__(self, sinks: Sequence[Sink], log: Log | None) -> None:
        """Take the sinks of the program's tags, and the log of a traced run."""
        self.kept: Value = ""
        self.faults: list[tuple[BaseException, int]] = []
        self._sinks = sinks
        self._log = log
        self._counters = [0] * 6
        self._pending = EMPTY
        self._frames: list[Trace] = []

    def names(self) -> dict[str, Callable[..., object]]:
        """Give the calls under the names by which compiled code knows them."""
        traced = self._log is not None
        return {
            "_write": self._write_traced if traced else self._write,
            "_keep": self._keep,
            "_numeral": self._numeral_traced if traced else self._numeral,
            "_note": self._note,
            "_captured": self._captured,
            "_enter": self._enter,
            "_settle": self._settle,
            "_leave": self._leave,
            "_try_write": self._try_write,
            "_try_value": self._try_value,
        }

    def _write(self, value: object, index: int) -> str:
        text = value if isinstance(value, str) else printed(value)
        if len(text) > MAX_TEXT:
            raise Misuse(TOO_LONG, limit=MAX_TEXT)
        return self._sinks[index](text)

    def _write_traced(self, value: object, index: int) -> str:
        return self._marked(self._write(value, index), printed(value), trace(value))

    def _marked(self, written: str, text: str, origin: Trace) -> str:
        assert self._log is not None  # noqa: S101 — only a traced run comes here
        number = len(self._log.outputs)
        self._log.outputs.append(Printed(text, origin | self._conditions()))
        return f"{opening(number)}{written}{closing()}"

    def _conditions(self) -> Trace:
        """Take what was noted for this tag, and what its blocks stand under."""
        pending, self._pending = self._pending, EMPTY
        for frame in self._frames:
            pending |= frame
        return pending

    def _keep(self, value: Value, _index: int) -> str:
        self.kept = remember(value, self._conditions())
        return ""

    def _numeral(self, level: int, index: int) -> str:
        self._counters[level] += 1
        self._counters[level + 1 :] = [0] * (5 - level)
        return self._sinks[index](formats.heading(level, self._counters[level]))

    def _numeral_traced(self, level: int, index: int) -> str:
        written = self._numeral(level, index)
        return self._marked(written, written, EMPTY)

    def _note(self, value: Value) -> Value:
        self._pending |= trace(value).as_conditions()
        return value

    def _captured(self, value: Value) -> Value:
        pending, self._pending = self._pending, EMPTY
        return remember(value, pending)

    def _enter(self) -> str:
        self._frames.append(EMPTY)
        return ""

    def _settle(self) -> str:
        self._frames[-1] |= self._pending
        self._pending = EMPTY
        return ""

    def _leave(self) -> str:
        self._frames.pop()
        self._pending = EMPTY
        return ""

    def _try_write(self, evaluate: Callable[[], object], index: int) -> str:
        try:
            return self._write(evaluate(), index)
        except _FAULTS as fault:
            self.faults.append((fault, index))
            return ""

    def _try_value(self, evaluate: Callable[[], object], index: int) -> object:
        try:
            return evaluate()
        except _FAULTS as fault:
            self.faults.append((fault, index))
            return ()

"""The state of one run of a program: what was printed and where, what it depended on, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import formats
from reportgen.diagnostics import Diagnostic, Severity, rule
from reportgen.language.dialect import shown
from reportgen.language.marks import closing, opening
from reportgen.language.printing import MAX_TEXT, TOO_LONG, Misuse, printed, writes_itself
from reportgen.language.statements import Tag
from reportgen.language.trace import EMPTY, Trace, remember, trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reportgen.facts import Value
    from reportgen.language.expressions import Scope
    from reportgen.language.statements import Numeral

FAULTS: Final = (Misuse, ArithmeticError)
MAX_ROUNDS: Final = 1_000_000
MAX_OUTPUT: Final = 1 << 26
_LEVELS: Final = 5

NOT_COMPUTABLE = rule(
    "T521",
    "not-computable",
    Severity.ERROR,
    "“{tag}” cannot be computed with the values given",
    "check the size of the numbers: a result has at most a million digits",
)
TOO_MANY_ROUNDS = rule(
    "T525",
    "too-many-rounds",
    Severity.ERROR,
    "the loops go round more than {limit} times",
    "a loop in a loop goes round for every pair: filter the lists first",
)


class Printed(NamedTuple):
    """One output of a traced run: its text, what it came from and stood under, and what printed it."""

    text: str
    trace: Trace
    by: Tag | Numeral | None = None


@dataclass(slots=True)
class Log:
    """All outputs of a traced build, in the order of their indices in the place map."""

    outputs: list[Printed] = field(default_factory=list)


class Failed(Exception):
    """A routine could not be run to its end; carries what is wrong, with its place."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """Take the finding."""
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


class Run:
    """What one run of a routine carries along; with a log it is traced, a careful one goes on after a fault."""

    def __init__(
        self,
        log: Log | None = None,
        gathered: object = None,
        *,
        careful: bool = False,
    ) -> None:
        """Begin with nothing printed; what values need that write themselves is gathered."""
        self._gathered = gathered
        self.at: Tag | Numeral | None = None
        self.kept: Value = ""
        self._found: dict[object, Diagnostic] = {}
        self._log = log
        self._careful = careful
        self.parts: list[str] = []
        self._length = self._rounds = 0
        self._counters = [0] * (_LEVELS + 1)
        self._heading: tuple[Numeral, int] | None = None
        self._noted = self._conditions = EMPTY

    def body(self, steps: Sequence[str | Callable[[Scope, Run], None]], scope: Scope) -> None:
        """Carry steps out; raises `Failed` at the first fault, unless the run is careful."""
        for step in steps:
            if isinstance(step, str):
                self._length += len(step)  # whether it is too much is asked at the next output or round
                self.parts.append(step)
                continue
            try:
                step(scope, self)
            except FAULTS as fault:
                finding = self._finding(fault)
                if not self._careful:
                    raise Failed(finding) from fault
                if not (self._found and finding.values.get("reported")):
                    self._found.setdefault(finding.key(), finding)

    def found(self) -> list[Diagnostic]:
        """Give everything that went wrong in a careful run, once each."""
        return list(self._found.values())

    def _finding(self, fault: Exception) -> Diagnostic:
        assert self.at is not None  # noqa: S101 — a step says where it is before anything can go wrong
        if isinstance(fault, Misuse):
            return fault.at(self.at.span)
        return NOT_COMPUTABLE.at(self.at.span, tag=shown(self.at.text) if isinstance(self.at, Tag) else "")

    def under(self, steps: Sequence[str | Callable[[Scope, Run], None]], scopes: Iterable[Scope]) -> None:
        """Carry steps out once for each scope, all under the conditions noted so far."""
        before = self._conditions
        self._conditions, self._noted = before | self._noted, EMPTY
        for scope in scopes:
            self.body(steps, scope)
        self._conditions, self._noted = before, EMPTY

    @property
    def traced(self) -> bool:
        """Whether values are asked to remember where they came from."""
        return self._log is not None

    def count(self) -> None:
        """Count one round of a loop; raises `Misuse` when there were too many, or when they print too much."""
        self._rounds += 1
        if self._rounds > MAX_ROUNDS:
            raise Misuse(TOO_MANY_ROUNDS, limit=MAX_ROUNDS)
        if self._length > MAX_OUTPUT:
            raise Misuse(TOO_LONG, limit=MAX_OUTPUT)

    def note(self, value: Value) -> Value:
        """Let what decides something be a condition of what is printed next."""
        if self._log is not None:
            self._noted |= trace(value).as_conditions()
        return value

    def standing(self, value: Value) -> Value:
        """Let a value remember the conditions it stands under."""
        return value if self._log is None else remember(value, self._taken())

    def _taken(self) -> Trace:
        noted, self._noted = self._noted, EMPTY
        return noted | self._conditions

    def put(self, text: str) -> None:
        """Print a text; raises `Misuse` when all texts together become too long."""
        self._length += len(text)
        if self._length > MAX_OUTPUT:
            raise Misuse(TOO_LONG, limit=MAX_OUTPUT)
        self.parts.append(text)

    def write(self, value: Value, tag: Tag) -> None:
        """Print a value through the sinks of a tag; raises `Misuse` for what cannot be printed."""
        if isinstance(value, str):
            text: str = value
        elif tag.hold and writes_itself(value):
            self._head(tag)
            self.put(tag.hold(value, self._gathered))
            return
        else:
            text = printed(value)
        if len(text) > MAX_TEXT:
            raise Misuse(TOO_LONG, limit=MAX_TEXT)
        if self._heading is not None and text:
            self._head(tag)
        written = tag.sink(text)
        self.put(written if self._log is None else self._marked(text, written, trace(value) | self._taken(), tag))

    def lay(self, value: Value, tag: Tag) -> None:
        """Put a value into the layout by the sinks of a tag, unmarked; raises `Misuse` for what does not fit."""
        if tag.hold and writes_itself(value):
            self.put(tag.hold(value, self._gathered))
        else:
            self.put(tag.sink(value if isinstance(value, str) else printed(value)))

    def numeral(self, heading: Numeral) -> None:
        """Print the next numeral of a heading level, or keep its place until its heading prints anything."""
        self._heading = (heading, len(self.parts))
        self.parts.append("")
        if not heading.waits:
            self._head(heading)

    def _head(self, here: Tag | Numeral) -> None:
        """Print the numeral that waits for what is printed here, if one does."""
        if self._heading is None or self._heading[0].span != here.span:
            return
        heading, at = self._heading
        level, sink, self._heading = heading.level, heading.sink, None
        self._counters[level] += 1
        self._counters[level + 1 :] = [0] * (_LEVELS - level)
        text = formats.heading(level, self._counters[level])
        self.put(sink(text) if self._log is None else self._marked(text, sink(text), self._conditions, heading))
        self.parts[at] = self.parts.pop()

    def _marked(self, text: str, written: str, origin: Trace, by: Tag | Numeral) -> str:
        """Log a text in a traced run, and mark its place."""
        assert self._log is not None  # noqa: S101 — only a traced run marks
        number = len(self._log.outputs)
        self._log.outputs.append(Printed(text, origin, by))
        return f"{opening(number)}{written}{closing()}"

"""Statements in, a program out; a program and values in, text, values or findings out.

A program holds many routines: a Word file is a few, every prose and formula of a pack is one. It is made once, never
changes, and runs as often as wanted, from any number of threads.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, DivisionByZero, InvalidOperation, Overflow, localcontext
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.facts import Gap
from reportgen.language.dialect import LOOP
from reportgen.language.expressions import Evaluate, Scope, loop_values, meaning
from reportgen.language.operators import items
from reportgen.language.printing import Absent
from reportgen.language.run import FAULTS, Log, Run
from reportgen.language.statements import LAYOUT, Block, For, If, Keep, Numeral, Output, Set, Statement, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.facts import Value

CONTEXT: Final = Context(prec=50, rounding=ROUND_HALF_UP, traps=[DivisionByZero, InvalidOperation, Overflow])

Step = str | Callable[[Scope, Run], None]
"""Literal text, or what carries another statement out; raises `Misuse` and `ArithmeticError`."""


class Program(NamedTuple):
    """Routines, ready to run, by the keys they were given under."""

    routines: Mapping[str, Sequence[Step]]

    def text(self, routine: str, values: Mapping[str, Value], log: Log | None = None) -> str:
        """Run a routine and give what it prints; raises `Failed`. With a log, values are traced, outputs marked."""
        return "".join(self.parts(routine, values, log))

    def parts(
        self,
        routine: str,
        values: Mapping[str, Value],
        log: Log | None = None,
        gathered: object = None,
    ) -> Sequence[str]:
        """Do as `text` and leave apart what was printed at a time; literal texts are those of the statements.

        What values need that write themselves is added to what is gathered, by the tags that hold them.
        """
        run = Run(log, gathered)
        self._run(routine, values, run)
        return run.parts

    def value(self, formula: str, values: Mapping[str, Value], log: Log | None = None) -> Value:
        """Run a formula and give its value; raises `Failed`. With a log, the value remembers its conditions."""
        run = Run(log)
        self._run(formula, values, run)
        return run.kept

    def faults(self, routine: str, values: Mapping[str, Value], gathered: object = None) -> list[Diagnostic]:
        """Run a routine to its end, whatever happens, and give everything that went wrong."""
        run = Run(None, gathered, careful=True)
        self._run(routine, values, run)
        return run.found()

    def _run(self, routine: str, values: Mapping[str, Value], run: Run) -> None:
        with localcontext(CONTEXT):
            run.body(self.routines[routine], dict(values))


def compile(routines: Mapping[str, Sequence[Statement]]) -> Program:  # noqa: A001 — the field's word
    """Make a program of routines."""
    return Program({key: _body(statements) for key, statements in routines.items()})


def _body(statements: Sequence[Statement]) -> tuple[Step, ...]:
    return tuple(_step(statement) for statement in statements)


def _step(statement: Statement) -> Step:  # noqa: PLR0911 — one return for each kind of statement
    if isinstance(statement, Text):
        return statement.text
    if isinstance(statement, Output):
        return _layout(statement) if statement.tag.kind == LAYOUT else _output(statement)
    if isinstance(statement, Keep):
        return _keep(statement)
    if isinstance(statement, Set):
        return _set(statement)
    if isinstance(statement, If):
        return _if(statement)
    if isinstance(statement, For):
        return _for(statement)
    if isinstance(statement, Block):
        return _block(statement)
    return _numeral(statement)


def _numeral(statement: Numeral) -> Step:
    def step(_scope: Scope, run: Run) -> None:
        run.at = statement
        run.numeral(statement)

    return step


def _output(statement: Output) -> Step:
    tag, evaluate = statement.tag, meaning(statement.tree)

    def step(scope: Scope, run: Run) -> None:
        run.at = tag
        try:
            run.write(evaluate(scope, run), tag)
        except Absent as absent:
            if not absent.gap.stand_in:
                raise
            run.write(absent.gap.stand_in, tag)

    return step


def _layout(statement: Output) -> Step:
    tag, evaluate = statement.tag, meaning(statement.tree)

    def step(scope: Scope, run: Run) -> None:
        run.at = tag
        value = _unless_due(evaluate, scope, run)
        run.lay((isinstance(value, Gap) and value.stand_in) or value, tag)

    return step


def _keep(statement: Keep) -> Step:
    tag, evaluate = statement.tag, meaning(statement.tree)

    def step(scope: Scope, run: Run) -> None:
        run.at = tag
        run.kept = run.standing(evaluate(scope, run))

    return step


def _set(statement: Set) -> Step:
    tag, name, evaluate = statement.tag, statement.name, meaning(statement.tree)

    def step(scope: Scope, run: Run) -> None:
        run.at = tag
        try:
            scope[name] = run.standing(evaluate(scope, run))
        except FAULTS as fault:
            if isinstance(fault, Absent) and fault.gap.stand_in:
                scope[name] = fault.gap
                return
            scope[name] = Gap(name, reported=True)
            raise

    return step


def _if(statement: If) -> Step:
    arms = [(arm.tag, None if arm.test is None else meaning(arm.test), _body(arm.body)) for arm in statement.branches]

    def step(scope: Scope, run: Run) -> None:
        for tag, test, body in arms:
            run.at = tag
            if test is None or run.note(_unless_due(test, scope, run)):
                run.under(body, [scope])
                return
        run.under((), [])

    return step


def _block(statement: Block) -> Step:
    body = _body(statement.body)
    return lambda scope, run: run.body(body, {**scope})


def _unless_due(test: Evaluate, scope: Scope, run: Run) -> Value:
    """Evaluate what is not printed; in a draft, what asks for something still to come gives a gap, which is false."""
    try:
        return test(scope, run)
    except Absent as absent:
        if not absent.gap.stand_in:
            raise
        return absent.gap


def _for(statement: For) -> Step:
    tag, name = statement.tag, statement.name
    evaluate, body = meaning(statement.items), _body(statement.body)

    def step(scope: Scope, run: Run) -> None:
        run.at = tag
        listed = items("for", run.note(evaluate(scope, run)))
        run.under(body, rounds(scope, listed, run))

    def rounds(scope: Scope, listed: Sequence[Value], run: Run) -> Iterator[Scope]:
        for number, item in enumerate(listed):
            run.at = tag
            run.count()
            yield {**scope, name: item, LOOP: loop_values(number, len(listed), traced=run.traced)}

    return step

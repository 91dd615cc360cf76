"""Statements in, a compiled program out; a program and values in, text and values out.

One program holds many routines, since compiling them together is cheaper: a Word file is a few routines, every expression of
a facts file is one. A program is compiled once and run many times, from any number of threads.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from decimal import localcontext
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Template, nodes

from reportgen.diagnostics import Diagnostic, Severity, rule
from reportgen.language.dialect import CONTEXT, DIALECT
from reportgen.language.printing import Misuse
from reportgen.language.run import Log, Run
from reportgen.language.statements import For, If, Keep, Numeral, Output, Set, Sink, Statement, Tag, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.facts import Value

_FILE: Final = "<reportgen>"

NOT_COMPUTABLE = rule(
    "T521",
    "not-computable",
    Severity.ERROR,
    "“{tag}” cannot be computed with the values given",
    "check that numbers meet numbers here, and that nothing is divided by zero",
)


class Mode(StrEnum):
    """What a program does beside printing."""

    PLAIN = "plain"
    TRACED = "traced"
    CAREFUL = "careful"


class Failed(Exception):
    """A routine could not be run to its end; carries what is wrong, with its place."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """Take the finding."""
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Program:
    """Compiled routines; `tags` and `sinks` are numbered alike, over all routines."""

    mode: Mode
    template: Template
    names: Mapping[str, str]
    tags: Sequence[Tag | Numeral]

    def text(self, routine: str, values: Mapping[str, Value], log: Log | None = None) -> str:
        """Run a routine and give what it prints; raises `Failed`. A traced program needs a log."""
        return self._run(routine, values, Run(self._sinks(), log))

    def value(self, formula: str, values: Mapping[str, Value]) -> Value:
        """Run a formula and give its value; raises `Failed`."""
        run = Run(self._sinks(), Log() if self.mode is Mode.TRACED else None)
        self._run(formula, values, run)
        return run.kept

    def faults(self, routine: str, values: Mapping[str, Value]) -> list[Diagnostic]:
        """Run a routine of a careful program to its end and give everything that went wrong."""
        run = Run(self._sinks(), None)
        self._run(routine, values, run)
        return [self._found(fault, index) for fault, index in run.faults]

    def _sinks(self) -> list[Sink]:
        return [tag.sink for tag in self.tags]

    def _run(self, routine: str, values: Mapping[str, Value], run: Run) -> str:
        context = self.template.new_context({**values, **run.names()}, shared=True)
        try:
            with localcontext(CONTEXT):
                return "".join(self.template.blocks[self.names[routine]](context))
        except (Misuse, TypeError, ArithmeticError) as fault:
            raise Failed(self._found(fault, self._tag_of(fault))) from fault

    def _tag_of(self, fault: BaseException) -> int:
        """Find the number of the tag that was evaluated when a fault arose: it is the line in the tree."""
        step = fault.__traceback__
        line = 1
        while step is not None:
            if step.tb_frame.f_code.co_filename == _FILE:
                line = self.template.get_corresponding_lineno(step.tb_lineno)
            step = step.tb_next
        return line - 1

    def _found(self, fault: BaseException, index: int) -> Diagnostic:
        tag = self.tags[index]
        if isinstance(fault, Misuse):
            return fault.at(tag.span)
        return NOT_COMPUTABLE.at(tag.span, tag=tag.text.strip() if isinstance(tag, Tag) else "")


def compile(routines: Mapping[str, Sequence[Statement]], mode: Mode = Mode.PLAIN) -> Program:  # noqa: A001 — the field's word
    """Compile routines into one program."""
    builder = _Builder(mode)
    names = {routine: f"r{number}" for number, routine in enumerate(routines)}
    blocks = [
        nodes.Block(names[routine], builder.body(statements), False, False, lineno=1)  # noqa: FBT003 — not scoped, not required
        for routine, statements in routines.items()
    ]
    tree = nodes.Template(blocks, lineno=1)
    tree.set_environment(DIALECT)
    code = DIALECT.compile(tree, filename=_FILE)
    return Program(mode, Template.from_code(DIALECT, code, {}), names, tuple(builder.tags))


class _Builder:
    """Turns statements into Jinja's nodes; the line of a node is the number of its tag."""

    def __init__(self, mode: Mode) -> None:
        self.mode = mode
        self.tags: list[Tag | Numeral] = []

    def body(self, statements: Sequence[Statement]) -> list[nodes.Node]:
        return [node for statement in statements for node in self.statement(statement)]

    def statement(self, statement: Statement) -> list[nodes.Node]:
        if isinstance(statement, Text):
            return [nodes.Output([nodes.TemplateData(statement.text)], lineno=max(1, len(self.tags)))]
        line = self._enter(statement if isinstance(statement, Numeral) else statement.tag)
        if isinstance(statement, Numeral):
            built: list[nodes.Node] = [self._print("_numeral", nodes.Const(statement.level), line)]
        elif isinstance(statement, Output):
            built = [self._print("_write", self._tree(statement.tree), line)]
        elif isinstance(statement, Keep):
            built = [self._print("_keep", self._tree(statement.tree), line)]
        elif isinstance(statement, Set):
            target = nodes.Name(statement.name, "store", lineno=line)
            value = self._tree(statement.tree)
            built = [nodes.Assign(target, self._call("_captured", value) if self._traced else value, lineno=line)]
        else:
            built = self._block(statement, line)
        return built

    @property
    def _traced(self) -> bool:
        return self.mode is Mode.TRACED

    def _enter(self, tag: Tag | Numeral) -> int:
        self.tags.append(tag)
        return len(self.tags)

    def _print(self, name: str, value: nodes.Expr, line: int) -> nodes.Node:
        if self.mode is Mode.CAREFUL and name == "_write":
            name = "_try_write"
        return nodes.Output([self._call(name, value, line)], lineno=line)

    def _call(self, name: str, value: nodes.Expr | None = None, line: int = 0) -> nodes.Expr:
        arguments = [] if value is None else [value]
        if line:
            arguments.append(nodes.Const(line - 1))
        return nodes.Call(nodes.Name(name, "load"), arguments, [], None, None, lineno=line or 1)

    def _tree(self, tree: nodes.Expr) -> nodes.Expr:
        return _noting(copy.deepcopy(tree)) if self._traced else tree

    def _asked(self, tree: nodes.Expr, line: int) -> nodes.Expr:
        """Wrap what decides over a block: a test, or the items of a loop."""
        if self.mode is Mode.CAREFUL:
            return self._call("_try_value", tree, line)
        return self._call("_note", self._tree(tree)) if self._traced else tree

    def _block(self, block: If | For, line: int) -> list[nodes.Node]:
        built = self._for(block, line) if isinstance(block, For) else self._if(block, line)
        if not self._traced:
            return [built]
        return [self._step("_enter", line), built, self._step("_leave", line)]

    def _step(self, name: str, line: int) -> nodes.Node:
        return nodes.Output([self._call(name)], lineno=line)

    def _inner(self, statements: Sequence[Statement], line: int) -> list[nodes.Node]:
        settle = [self._step("_settle", line)] if self._traced else []
        return [*settle, *self.body(statements)]

    def _for(self, block: For, line: int) -> nodes.Node:
        target = nodes.Name(block.name, "store", lineno=line)
        items = self._asked(block.items, line)
        return nodes.For(target, items, self._inner(block.body, line), [], None, False, lineno=line)  # noqa: FBT003 — not recursive

    def _if(self, block: If, line: int) -> nodes.Node:
        arms: list[tuple[nodes.Expr | None, list[nodes.Node], int]] = []
        for number, branch in enumerate(block.branches):
            at = line if number == 0 else self._enter(branch.tag)
            test = None if branch.test is None else self._asked(branch.test, at)
            arms.append((test, self._inner(branch.body, at), at))
        otherwise = arms.pop()[1] if arms[-1][0] is None else []
        (test, body, at), *more = arms
        elifs = [nodes.If(test, body, [], [], lineno=at) for test, body, at in more]
        return nodes.If(test, body, elifs, otherwise, lineno=at)


_DECIDING: Final = (nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Test)


def _noting(tree: Any) -> Any:  # noqa: ANN401 — a node in, a node out
    """Let every operand that decides something (compared, negated, asked for) be noted as a condition."""
    for field, value in list(tree.iter_fields()):
        if isinstance(value, list):
            setattr(tree, field, [_noting(item) if isinstance(item, nodes.Node) else item for item in value])
        elif isinstance(value, nodes.Node):
            inner = _noting(value)
            setattr(tree, field, _note(inner) if _decides(tree, field, inner) else inner)
    return tree


def _decides(tree: nodes.Node, field: str, value: nodes.Node) -> bool:
    if isinstance(tree, nodes.CondExpr):
        return field == "test"
    return isinstance(tree, _DECIDING) and isinstance(value, nodes.Expr)


def _note(value: Any) -> Any:  # noqa: ANN401 — a node in, a node out
    return nodes.Call(nodes.Name("_note", "load"), [value], [], None, None, lineno=value.lineno)

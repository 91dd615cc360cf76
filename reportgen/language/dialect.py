"""The closed dialect of Jinja: the text of one tag in, a checked syntax tree out; and the code generator for such trees.

Closed means: a dot looks a key up and does nothing else, numbers are exact, only listed filters exist, and every node of a
tree is of a kind listed here.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import TemplateSyntaxError
from jinja2.lexer import Lexer, Token
from jinja2.parser import Parser
from jinja2.runtime import LoopContext, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.diagnostics import Severity, nearest, rule
from reportgen.facts import Gap
from reportgen.language.functions import FILTERS, concat
from reportgen.language.notation import Unclosed, normalise
from reportgen.language.printing import GAP_PRINTED, Misuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTEXT: Final = Context(prec=50, rounding=ROUND_HALF_UP, traps=[DivisionByZero, InvalidOperation, Overflow])
GIVEN: Final = frozenset({"有", "given"})
CAREFUL: Final = frozenset({"_try_write", "_try_value"})
LOOP: Final = "loop"
MAX_DEPTH: Final = 40
MAX_SHOWN: Final = 200
LOOP_KEYS: Final = ("index", "index0", "first", "last", "length")

UNREADABLE = rule(
    "T501",
    "unreadable-tag",
    Severity.ERROR,
    "the tag “{tag}” cannot be read",
    "look for a missing bracket, quote or operator, or a name with a space in it",
)
UNKNOWN_NAME = rule(
    "T502", "unknown-name", Severity.ERROR, "there is no value called “{name}”", "see the form for the names"
)
UNKNOWN_FILTER = rule(
    "T503",
    "unknown-filter",
    Severity.ERROR,
    "there is no filter called “{name}”",
    "see `docs/reference/language.md` for the filters",
)
NOT_IN_LANGUAGE = rule(
    "T504",
    "not-in-language",
    Severity.ERROR,
    "“{tag}” uses something that templates may not use ({what})",
    "templates may look up names, calculate, compare, choose and use the listed filters",
)
OPEN_QUOTE = rule(
    "T505", "open-quote", Severity.ERROR, "a quotation mark in “{tag}” has no partner", "close the quotation"
)
MISSING_MEMBER = rule("T507", "missing-member", Severity.ERROR, "“{name}” is not there", "check the name before it")

_EXPRESSIONS: Final = (
    nodes.Name,
    nodes.Const,
    nodes.List,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.Neg,
    nodes.Concat,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Test,
)


class _Lexer(Lexer):
    """Reads numbers as Decimals from their own digits."""

    def wrap(
        self,
        stream: Iterable[tuple[int, str, str]],
        name: str | None = None,
        filename: str | None = None,
    ) -> Iterator[Token]:
        figures: list[str] = []

        def watched() -> Iterator[tuple[int, str, str]]:
            for item in stream:
                if item[1] in {"integer", "float"}:
                    figures.append(item[2])
                yield item

        for token in super().wrap(watched(), name, filename):
            if token.type in {"integer", "float"}:
                yield Token(token.lineno, token.type, _exact(figures.pop(0)))
            else:
                yield token


def _exact(figure: str) -> Any:  # noqa: ANN401 — Jinja declares the value of every token as text
    if not figure.replace(".", "", 1).isdecimal():
        raise TemplateSyntaxError(figure, 1)
    return Decimal(figure)


class _Generator(CodeGenerator):
    """Writes Decimal constants as look-ups, since Python has no literal for them."""

    def visit_Const(self, node: nodes.Const, frame: Any) -> None:  # noqa: N802, ANN401 — Jinja's visitor names its methods so
        if isinstance(node.value, Decimal):
            self.write(f"environment.constants[{str(node.value)!r}]")
        else:
            super().visit_Const(node, frame)

    lenient = False

    def visit_Test(self, node: nodes.Test, frame: Any) -> None:  # noqa: N802, ANN401 — Jinja's visitor names its methods so
        """Write 有(x): whatever is missing on the way to x makes it absent."""
        self.lenient = True
        super().visit_Test(node, frame)
        self.lenient = False

    def visit_Getattr(self, node: nodes.Getattr, frame: Any) -> None:  # noqa: N802, ANN401 — Jinja's visitor names its methods so
        """Write the look-up of a key."""
        self.write("environment.peek(" if self.lenient else "environment.getattr(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Call(self, node: nodes.Call, frame: Any, forward_caller: bool = False) -> None:  # noqa: N802, ANN401, FBT001, FBT002, ARG002 — Jinja's signature
        """Write a call of our own run (a closed tree has no others); `CAREFUL` gets its argument unevaluated."""
        careful = isinstance(node.node, nodes.Name) and node.node.name in CAREFUL
        self.visit(node.node, frame)
        self.write("(")
        for position, argument in enumerate(node.args):
            self.write("lambda: " if careful and position == 0 else "")
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class _Constants(dict[str, Decimal]):
    def __missing__(self, figure: str) -> Decimal:
        self[figure] = value = Decimal(figure)
        return value


class _Missing(StrictUndefined):
    """A name that is not there at run time; any use of it says so."""

    def _fail_with_undefined_error(self, *_args: object, **_values: object) -> Any:  # noqa: ANN401 — never returns
        raise Misuse(MISSING_MEMBER, name=self._undefined_name)

    __str__ = __iter__ = __len__ = __bool__ = __eq__ = __ne__ = __hash__ = _fail_with_undefined_error
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = (
        _fail_with_undefined_error
    )
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __neg__ = _fail_with_undefined_error


class Dialect(ImmutableSandboxedEnvironment):
    """The environment that every tag is compiled for; one serves the whole process."""

    code_generator_class = _Generator

    def __init__(self) -> None:
        """Start from nothing: no globals, only our filters, one test."""
        super().__init__(undefined=_Missing, optimized=False, cache_size=0)
        self.globals = {}
        self.filters = {name: one.call for name, one in FILTERS.items()}
        self.tests = {"defined": _is_given}
        self.constants = _Constants()
        self.joined = concat

    @cached_property
    def lexer(self) -> Lexer:  # type: ignore[override]  # a property there, cached here
        """The lexer with exact numbers."""
        return _Lexer(self)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 — any fact
        """Look a key up, and nothing else."""
        if isinstance(obj, dict):
            found = obj.get(attribute, self)
            return self.undefined(name=attribute) if found is self else found
        if isinstance(obj, LoopContext) and attribute in LOOP_KEYS:
            said = getattr(obj, attribute)
            return said if isinstance(said, bool) else Decimal(said)
        if isinstance(obj, Gap):
            raise Misuse(GAP_PRINTED, name=obj.path)
        return self.undefined(name=attribute)

    def peek(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 — any fact
        """Look a key up and give a gap where there is none."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return obj if isinstance(obj, Gap) else Gap(attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 — any fact
        """Take an item of a list by its number (from 0), or look a key up."""
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        if isinstance(obj, list) and isinstance(argument, Decimal) and -len(obj) <= argument < len(obj):
            return obj[int(argument)]
        return self.undefined(name=f"[{argument}]")


def _is_given(value: object) -> bool:
    return not isinstance(value, Gap)


DIALECT: Final = Dialect()


def parser(text: str) -> Parser:
    """Give Jinja's parser over the text of one tag; raises `Misuse` for what cannot even be cut into words."""
    try:
        return Parser(DIALECT, normalise(text), state="variable")
    except Unclosed:
        raise Misuse(OPEN_QUOTE, tag=text.strip()) from None
    except TemplateSyntaxError:
        raise Misuse(UNREADABLE, tag=text.strip()) from None


def expression(text: str) -> nodes.Expr:
    """Parse a whole expression; raises `Misuse`."""
    with_parser = parser(text)
    return finish(text, with_parser, parse_expression(text, with_parser))


def parse_expression(text: str, reading: Parser, *, condition: bool = True) -> nodes.Expr:
    """Parse the next expression of a tag; `condition` allows an inline if; raises `Misuse`."""
    try:
        return reading.parse_expression(with_condexpr=condition)
    except (TemplateSyntaxError, RecursionError):
        raise Misuse(UNREADABLE, tag=text.strip()[:MAX_SHOWN]) from None


def finish(text: str, reading: Parser, tree: nodes.Expr) -> nodes.Expr:
    """Check that a tag ends here and that its tree is within the language; raises `Misuse`."""
    if not reading.stream.eos:
        raise Misuse(UNREADABLE, tag=text.strip())
    return closed(text, tree)


def closed(text: str, tree: Any, depth: int = MAX_DEPTH) -> Any:  # noqa: ANN401 — a node in, a node of the same kind out
    """Check every node of a tree against the list of what the language has; raises `Misuse`."""
    if depth == 0:
        raise Misuse(UNREADABLE, tag=text.strip()[:MAX_SHOWN])
    if isinstance(tree, nodes.Call):
        tree = _given(text, tree)
    for field, value in list(tree.iter_fields()):
        if isinstance(value, nodes.Node):
            setattr(tree, field, closed(text, value, depth - 1))
        elif isinstance(value, list):
            setattr(
                tree, field, [closed(text, item, depth - 1) if isinstance(item, nodes.Node) else item for item in value]
            )
    _check(text, tree)
    if isinstance(tree, nodes.Concat):
        return nodes.Call(nodes.EnvironmentAttribute("joined"), tree.nodes, [], None, None, lineno=tree.lineno)
    return tree


def _given(text: str, call: nodes.Call) -> nodes.Expr:
    """Read 有(x) as a test."""
    plain = not (call.kwargs or call.dyn_args or call.dyn_kwargs)
    if isinstance(call.node, nodes.Name) and call.node.name in GIVEN and len(call.args) == 1 and plain:
        return nodes.Test(call.args[0], "defined", [], [], None, None, lineno=call.lineno)
    raise Misuse(NOT_IN_LANGUAGE, tag=text.strip(), what="( )")


def _check(text: str, tree: nodes.Node) -> None:
    if not isinstance(tree, _EXPRESSIONS):
        raise Misuse(NOT_IN_LANGUAGE, tag=text.strip(), what=type(tree).__name__)
    if isinstance(tree, nodes.Const) and not isinstance(tree.value, str | Decimal | bool):
        raise Misuse(NOT_IN_LANGUAGE, tag=text.strip(), what=repr(tree.value))
    if isinstance(tree, nodes.Name) and tree.name.startswith("_"):
        raise Misuse(NOT_IN_LANGUAGE, tag=text.strip(), what=tree.name)
    if isinstance(tree, nodes.Getitem) and not isinstance(tree.arg, nodes.Const):
        raise Misuse(NOT_IN_LANGUAGE, tag=text.strip(), what="[ ]")
    if isinstance(tree, nodes.Test) and tree.name != "defined":
        raise Misuse(NOT_IN_LANGUAGE, tag=text.strip(), what=f"is {tree.name}")
    if isinstance(tree, nodes.Filter):
        if tree.kwargs or tree.dyn_args or tree.dyn_kwargs or tree.node is None:
            raise Misuse(NOT_IN_LANGUAGE, tag=text.strip(), what="=")
        if tree.name not in FILTERS:
            raise Misuse(UNKNOWN_FILTER, name=tree.name, **close(tree.name, FILTERS))


def close(name: str, known: Iterable[str]) -> dict[str, Any]:
    """Give the advice that names the nearest known name, for `Misuse` and `Rule.at`."""
    found = nearest(name, list(known))
    return {"close": found} if found else {}

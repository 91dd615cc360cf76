"""The text of one tag in, a checked syntax tree out: Jinja's parser reads its words, and nothing of Jinja runs it.

What the language has is listed here; every node of a tree is of a listed kind, so that a tag can look names up,
calculate, compare, choose and use the filters, and nothing else.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.lexer import Token, TokenStream, operators
from jinja2.parser import Parser

from reportgen.diagnostics import Severity, nearest, rule
from reportgen.language.functions import FILTERS, FUNCTIONS, Filter
from reportgen.language.notation import Unclosed, normalise
from reportgen.language.printing import Misuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GIVEN: Final = frozenset({"有", "given"})
LOOP: Final = "loop"
LOOP_KEYS: Final = ("index", "index0", "first", "last", "length")
RESERVED: Final = frozenset(
    {LOOP, "true", "True", "false", "False", "none", "None", "and", "or", "not", "in", "is", "if", "else"}
)
MAX_LENGTH: Final = 4000
MAX_BRACKETS: Final = 20
MAX_DEPTH: Final = 100
_MAX_SHOWN: Final = 80
_REMEMBERED: Final = 4096
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_NOT_NAMES: Final = RESERVED - {LOOP}
_WORD: Final = re.compile(
    r"""\s*(?:([^\W\d]\w*)|((?<!\.)[0-9]+\.[0-9]+|[1-9][0-9]*|0+)|"([^"\\]*(?:\\.[^"\\]*)*)"|"""
    r"""(//|\*\*|[=!<>]=|[-+/*%~\[\](){}=<>.:|,;]))""",
    re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\\(.)")

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
    "templates may look up names, calculate, compare, choose and use the listed filters and functions",
)
UNKNOWN_FUNCTION = rule(
    "T150",
    "unknown-function",
    Severity.ERROR,
    "there is no function called “{name}”",
    "see `docs/reference/language.md` for the functions",
)
OTHER_SHAPE = rule(
    "T151",
    "filter-or-function",
    Severity.ERROR,
    "“{name}” is not written like this",
    "write {sample}",
)
OPEN_QUOTE = rule(
    "T505", "open-quote", Severity.ERROR, "a quotation mark in “{tag}” has no partner", "close the quotation"
)
TOO_LARGE = rule(
    "T506",
    "tag-too-large",
    Severity.ERROR,
    "the tag “{tag}” is too long or its brackets lie too deep in each other",
    "divide it: name a part of it first, as an indicator or with {sample}",
)
ARGUMENTS = rule(
    "T510",
    "filter-arguments",
    Severity.ERROR,
    "“{filter}” takes {wanted} values in its brackets, not {given}",
    "see `docs/reference/language.md` for what each filter takes",
)

_SIGNS: Final[dict[type[nodes.Node], str]] = {
    nodes.Call: "( )",
    nodes.CondExpr: "if … else",
    nodes.Const: "none",
    nodes.Dict: "{ }",
    nodes.Filter: "( = )",
    nodes.FloorDiv: "//",
    nodes.Getitem: "[ ]",
    nodes.Mod: "%",
    nodes.Pos: "+",
    nodes.Pow: "**",
    nodes.Tuple: "( , )",
}
_ALLOWED: Final = frozenset(
    {
        nodes.Name,
        nodes.List,
        nodes.Getattr,
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
    }
)


def _words(text: str) -> Iterator[Token]:
    """Cut an expression into words; raises TemplateSyntaxError for what is none, RecursionError for deep brackets."""
    depth = position = 0
    end = len(text.rstrip())
    while position < end:
        found = _WORD.match(text, position)
        if found is None or (found[1] and not found[1].isidentifier()):
            raise TemplateSyntaxError(text, 1)
        name, number, literal, sign = found.groups()
        if name:
            yield Token(1, "name", name)
        elif number:
            yield Token(1, "float", cast("str", Decimal(number)))  # a token has a value of any type, whatever it says
        elif sign:
            depth += (sign in _OPENING) - (sign in _CLOSING)
            if depth > MAX_BRACKETS:
                raise RecursionError
            yield Token(1, operators[sign], sign)
        else:
            yield Token(1, "string", _ESCAPED.sub(_unescaped, literal))
        position = found.end()


def _unescaped(found: re.Match[str]) -> str:
    return {"n": "\n", "r": "\r"}.get(found[1], found[1])


class _Parser(Parser):
    """Lets `~` bind less closely than the signs of arithmetic, so that `'共' ~ a + b` joins a text and a sum."""

    def parse_math1(self) -> nodes.Expr:
        """Read sums joined by `~`."""
        line = self.stream.current.lineno
        parts = [super().parse_math1()]
        while self.stream.skip_if("tilde"):
            parts.append(super().parse_math1())
        return parts[0] if len(parts) == 1 else nodes.Concat(parts, lineno=line)

    def parse_concat(self) -> nodes.Expr:
        """Read what a sum adds."""
        return self.parse_math2()


class _Dialect(Environment):
    """What Jinja's parser wants to know of its language; nothing is ever compiled or rendered in it."""

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, _state: object = None
    ) -> TokenStream:
        return TokenStream(_words(source), name, filename)


_DIALECT: Final = _Dialect(cache_size=0)


@lru_cache(_REMEMBERED)
def expression(text: str) -> nodes.Expr:
    """Parse a whole expression; raises `Misuse`. The same text gives the same tree, which nobody may change."""
    reading = parser(text)
    return finish(text, reading, parse_expression(text, reading))


def parser(text: str) -> Parser:
    """Give Jinja's parser over the text of one tag; raises `Misuse` for what cannot even be cut into words."""
    if len(text) > MAX_LENGTH:
        raise too_large(text)
    try:
        return _Parser(_DIALECT, normalise(text))
    except Unclosed:
        raise Misuse(OPEN_QUOTE, tag=shown(text)) from None
    except TemplateSyntaxError:
        raise unreadable(text) from None


def parse_expression(text: str, reading: Parser) -> nodes.Expr:
    """Parse the next expression of a tag; raises `Misuse`."""
    try:
        return reading.parse_expression()
    except TemplateSyntaxError:
        raise unreadable(text) from None
    except RecursionError:
        raise too_large(text) from None


def finish(text: str, reading: Parser, tree: nodes.Expr) -> nodes.Expr:
    """Check that a tag ends here and that its tree is within the language; raises `Misuse`."""
    if not reading.stream.eos:
        raise unreadable(text)
    checked: nodes.Expr = _closed(text, tree, MAX_DEPTH)
    return checked


def unreadable(text: str) -> Misuse:
    """Say that the text of a tag cannot be read."""
    return Misuse(UNREADABLE, tag=shown(text))


def too_large(text: str) -> Misuse:
    """Say that the text of a tag is too long or too deep."""
    return Misuse(TOO_LARGE, tag=shown(text), sample="{%p set 甲 = … %}")


def shown(text: str) -> str:
    """Cut the text of a tag to what a message can hold."""
    text = text.strip()
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


def _closed(text: str, tree: Any, depth: int) -> Any:  # noqa: ANN401 — a node in, a node of the same kind out
    """Check every node of a tree against the list of what the language has; raises `Misuse`."""
    if depth == 0:
        raise too_large(text)
    known = FILTERS
    if isinstance(tree, nodes.Call):
        tree, known = _called(text, tree), FUNCTIONS
    if isinstance(tree, nodes.Name) and tree.name in _NOT_NAMES:
        raise unreadable(text)
    if not (type(tree) in _ALLOWED or _within(tree)):
        raise Misuse(NOT_IN_LANGUAGE, tag=shown(text), what=_sign(tree))
    for field in tree.fields:
        value = getattr(tree, field)
        if isinstance(value, nodes.Node):
            setattr(tree, field, _closed(text, value, depth - 1))
        elif isinstance(value, list):
            items = [_closed(text, item, depth - 1) if isinstance(item, nodes.Node) else item for item in value]
            setattr(tree, field, items)
    if isinstance(tree, nodes.Filter):
        _check_filter(tree, known)
    return tree


def _called(text: str, call: nodes.Call) -> nodes.Expr:
    """Read 有(x) as a test, and another function as a filter of what stands first in its brackets."""
    named = call.kwargs or call.dyn_args or call.dyn_kwargs
    if named or not isinstance(call.node, nodes.Name):
        raise Misuse(NOT_IN_LANGUAGE, tag=shown(text), what=_SIGNS[nodes.Call])
    name = call.node.name
    if name in GIVEN:
        if len(call.args) != 1:
            raise Misuse(ARGUMENTS, filter=name, wanted=1, given=len(call.args))
        return nodes.Test(call.args[0], "defined", [], [], None, None, lineno=call.lineno)
    first = call.args[0] if call.args else None
    return nodes.Filter(first, name, call.args[1:], [], None, None, lineno=call.lineno)


def _within(tree: nodes.Node) -> bool:
    """Tell whether a node of no kind that is always allowed, without those below it, is within the language."""
    match tree:
        case nodes.Const():
            return isinstance(tree.value, str | Decimal | bool)
        case nodes.Getitem():
            return isinstance(tree.arg, nodes.Const)
        case nodes.CondExpr():
            return tree.expr2 is not None
        case nodes.Test():
            return tree.name == "defined" and not (tree.args or _named(tree))
        case nodes.Filter():
            return not _named(tree)
        case _:
            return False


def _sign(tree: nodes.Node) -> str:
    """Name what a node is in the signs that are typed for it."""
    if isinstance(tree, nodes.Test):
        return f"is {tree.name}"
    return _SIGNS.get(type(tree), type(tree).__name__)


def _named(tree: nodes.Filter | nodes.Test) -> bool:
    """Tell whether values are given by name, or out of a list or a group."""
    return bool(tree.kwargs or tree.dyn_args or tree.dyn_kwargs)


def _check_filter(tree: nodes.Filter, known: dict[str, Filter]) -> None:
    """Raise `Misuse` for a filter or function that does not exist, or that takes more or fewer values."""
    found = known.get(tree.name)
    if found is None:
        raise _unknown(tree.name, known)
    given = len(tree.args) + (found.called and tree.node is not None)
    if not found.least <= given <= found.most:
        wanted = f"{found.least}" if found.least == found.most else f"{found.least}–{found.most}"
        raise Misuse(ARGUMENTS, filter=tree.name, wanted=wanted, given=given)


def _unknown(name: str, known: dict[str, Filter]) -> Misuse:
    """Say that a name is none of those known here, or that it is written in the other way."""
    if known is FILTERS:
        sample = f"{name}(…)"
        return (
            Misuse(OTHER_SHAPE, name=name, sample=sample)
            if name in {*FUNCTIONS, *GIVEN}
            else (Misuse(UNKNOWN_FILTER, name=name, **close(name, FILTERS)))
        )
    if name in FILTERS:
        return Misuse(OTHER_SHAPE, name=name, sample=f"… | {name}")
    return Misuse(UNKNOWN_FUNCTION, name=name, **close(name, [*FUNCTIONS, *GIVEN]))


def close(name: str, known: Iterable[str]) -> dict[str, Any]:
    """Give the advice that names the nearest known name, for `Misuse` and `Rule.at`."""
    found = nearest(name, list(known))
    return {"close": found} if found else {}

"""An expression and the forms of the names in it in; the form of its value, and what cannot work in it, out.

Only what goes wrong whatever the facts say is reported: the wrong kind, units that do not go together, an unknown name.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any, ClassVar, Final

from jinja2 import nodes

from reportgen.diagnostics import N_, Diagnostic, Label, Rule, Severity, Span, rule
from reportgen.language.dialect import UNKNOWN_NAME, close, shown
from reportgen.language.expressions import dotted
from reportgen.language.functions import ANY, KEY, OPEN, OTHER_UNIT, PRINTED, TABLE, Filter, Takes, joint
from reportgen.language.operators import MISSING_MEMBER, NOT_A_LIST, NOT_A_NUMBER, NOT_COMPARABLE
from reportgen.language.printing import NOT_PRINTABLE, PICTURE_PRINTED, WRONG_KIND, Misuse, sample
from reportgen.language.quantities import RATE, combined
from reportgen.language.statements import LAYOUT
from reportgen.schema import ENDS, Field, Kind, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.language.statements import Tag

BARE_QUOTIENT = rule(
    "T144",
    "bare-quotient",
    Severity.ERROR,
    "“{tag}” prints a quotient as it is, with whatever decimals it happens to have",
    "say how to print it: (a / b) | 百分比, | 金额 or | 舍入(2)",
)
BARE_DIFFERENCE = rule(
    "T152",
    "difference-of-rates",
    Severity.ERROR,
    "“{tag}” prints the difference of two rates as if it were a rate",
    "say that it is one of percentage points: (a - b) | 百分点, or let 同比(a, b) find the words",
)
NEVER_EQUAL = rule(
    "T153",
    "no-such-choice",
    Severity.ERROR,
    "“{name}” is never “{value}”",
    "it is one of: {choices}",
)
_TEXTS: Final = frozenset({Kind.TEXT, Kind.PROSE, Kind.CHOICE})
_NO_TEXT: Final = frozenset({Kind.OPEN, Kind.PICTURE, Kind.LIST, Kind.GROUP})
_TRUTH: Final = Field(Kind.TRUTH)
_TEXT: Final = Field(Kind.TEXT)
_UNPRINTABLE: Final[Mapping[Kind, str]] = {
    Kind.LIST: N_("a list"),
    Kind.GROUP: N_("a group of names"),
}
_SIGNS: Final = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
_ARITHMETIC: Final = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div)


class Forms:
    """Finds the forms of expressions; `found` collects what cannot work in them."""

    def __init__(self, scopes: Sequence[Mapping[str, Field]]) -> None:
        """Take the names that are known, innermost scope first."""
        self.scopes = scopes
        self.found: list[Diagnostic] = []
        self._tag = ""
        self._holds_pictures = False
        self._span = Span()
        self._local: Mapping[str, Field] = {}

    def of(self, tree: nodes.Expr, tag: Tag, local: Mapping[str, Field]) -> Field:
        """Give the form of an expression in a tag, where `local` names are known as well."""
        self._tag, self._span, self._local = tag.text, tag.span, local
        return self._form(tree)

    def items(self, tree: nodes.Expr, tag: Tag, local: Mapping[str, Field]) -> Field:
        """Give the form of the items of a list that a loop goes through."""
        listed = self.of(tree, tag, local)
        if listed.kind not in {Kind.LIST, Kind.OPEN}:
            self._report(NOT_A_LIST, sign="for", value=self._said(tree))
        return listed.item or OPEN

    def output(self, tree: nodes.Expr, tag: Tag, local: Mapping[str, Field]) -> None:
        """Check an expression whose value is printed as it is."""
        self._tag, self._span, self._local = tag.text, tag.span, local
        self._holds_pictures = tag.hold is not None
        self._printed(tree)
        if tag.kind == LAYOUT and tag.hold is not None and self._form(tree).kind not in _NO_TEXT:
            try:
                tag.sink(self._said(tree))
            except Misuse as misuse:
                self._report(misuse.rule, **misuse.values)

    def _report(self, broken: Rule, **values: Any) -> None:  # noqa: ANN401 — whatever the message names
        finding = Misuse(broken, **values).at(self._span)
        if all(one.key() != finding.key() for one in self.found):
            self.found.append(finding)

    def _said(self, tree: nodes.Node) -> str:  # noqa: PLR0911 — one return for each kind of expression
        """Write an expression out in a message; of what has no short form, the tag that it stands in."""
        if name := dotted(tree):
            return name
        match tree:
            case nodes.Const():
                return sample(tree.value)
            case nodes.Getattr():
                return f"{self._said(tree.node)}.{tree.attr}"
            case nodes.Getitem(arg=nodes.Const() as at):
                return f"{self._said(tree.node)}[{at.value}]"
            case nodes.BinExpr():
                return f"{self._said(tree.left)} {tree.operator} {self._said(tree.right)}"
            case nodes.Filter(node=nodes.Expr() as before):
                return self._said_filter(tree, [self._said(one) for one in (before, *tree.args)])
            case _:
                return shown(self._tag)

    def _said_filter(self, tree: nodes.Filter, said: Sequence[str]) -> str:
        if TABLE[tree.name].called:
            return f"{tree.name}({', '.join(said)})"
        return f"{said[0]} | {tree.name}" + (f"({', '.join(said[1:])})" if said[1:] else "")

    def _form(self, tree: nodes.Node) -> Field:
        return self._FORMS[type(tree)](self, tree)

    def _printed(self, tree: nodes.Node) -> None:
        """Check what is printed bare: each branch of a choice, each part of a joined text."""
        if isinstance(tree, nodes.CondExpr):
            self._form(tree.test)
            for branch in (tree.expr1, tree.expr2):
                assert branch is not None  # noqa: S101 — the dialect takes no if without else
                self._printed(branch)
            return
        before = len(self.found)
        form = self._form(tree)
        self._printable(form)
        if len(self.found) > before:
            return
        if isinstance(tree, nodes.Sub) and self._form(tree.left).unit == self._form(tree.right).unit == RATE:
            self._report(BARE_DIFFERENCE, tag=shown(self._tag))
        elif _has_quotient(tree):
            self._report(BARE_QUOTIENT, tag=shown(self._tag))

    def _printable(self, form: Field) -> None:
        if form.kind is Kind.PICTURE and not self._holds_pictures:
            self._report(PICTURE_PRINTED)
        elif form.kind in _UNPRINTABLE:
            self._report(NOT_PRINTABLE, what=Label(Span(), _UNPRINTABLE[form.kind]))

    def _name(self, tree: nodes.Name) -> Field:
        for scope in (self._local, *self.scopes):
            if tree.name in scope:
                return scope[tree.name]
        known = [known for scope in (self._local, *self.scopes) for known in scope]
        self._report(UNKNOWN_NAME, name=tree.name, **close(tree.name, known))
        return OPEN

    def _attribute(self, tree: nodes.Getattr) -> Field:
        return self._member(self._form(tree.node), tree.attr, dotted(tree) or tree.attr)

    def _item(self, tree: nodes.Getitem) -> Field:
        owner = self._form(tree.node)
        if isinstance(tree.arg, nodes.Const) and isinstance(tree.arg.value, str):
            return self._member(owner, tree.arg.value, dotted(tree) or tree.arg.value)
        if owner.kind not in {Kind.LIST, Kind.OPEN}:
            self._report(MISSING_MEMBER, name=self._said(tree))
        return owner.item or OPEN

    def _member(self, owner: Field, name: str, path: str) -> Field:
        if owner.kind is Kind.OPEN:
            return OPEN
        if name in owner.fields:
            return owner.fields[name]
        if owner.kind is Kind.RANGE and name in ENDS:
            return replace(owner, kind=Kind.NUMBER)
        before = path[: -len(name)]
        advice = {key: f"{before}{value}" for key, value in close(name, owner.fields).items()}
        self._report(UNKNOWN_NAME, name=path, **advice)
        return OPEN

    def _constant(self, tree: nodes.Const) -> Field:
        if isinstance(tree.value, str):
            return _TEXT
        return _TRUTH if isinstance(tree.value, bool) else Field(Kind.NUMBER)

    def _list(self, tree: nodes.List) -> Field:
        forms = [self._form(one) for one in tree.items]
        return listing(reduce(joint, forms) if forms else OPEN)

    def _calculated(self, tree: nodes.BinExpr) -> Field:
        left, right = (self._number(side, tree.operator) for side in (tree.left, tree.right))
        return Field(Kind.NUMBER, unit=self._together(tree.operator, (tree.left, left), (tree.right, right)))

    def _negative(self, tree: nodes.Neg) -> Field:
        return self._number(tree.node, "-")

    def _number(self, tree: nodes.Node, sign: str) -> Field:
        form = self._form(tree)
        if form.kind not in {Kind.NUMBER, Kind.OPEN}:
            self._report(NOT_A_NUMBER, sign=sign, value=self._said(tree))
            return OPEN
        return form

    def _together(self, sign: str, left: tuple[nodes.Node, Field], right: tuple[nodes.Node, Field]) -> str:
        """Give the unit of what a sign makes of two numbers, reporting units that do not go together."""
        (one, form), (other, others_form) = left, right
        unit = combined(sign, form.unit, others_form.unit)
        if isinstance(unit, str):
            return unit
        units = {"unit": form.unit, "other": others_form.unit}
        self._report(unit, sign=sign, left=self._said(one), right=self._said(other), **units)
        return ""

    def _joined(self, tree: nodes.Concat) -> Field:
        for part in tree.nodes:
            self._printed(part)
        return _TEXT

    def _compared(self, tree: nodes.Compare) -> Field:
        left, form = tree.expr, self._form(tree.expr)
        for operand in tree.ops:
            other = self._form(operand.expr)
            self._comparable(operand.op, (left, form), (operand.expr, other))
            left, form = operand.expr, other
        return _TRUTH

    def _comparable(self, name: str, left: tuple[nodes.Node, Field], right: tuple[nodes.Node, Field]) -> None:
        (one, form), (other, others_form) = left, right
        if name in {"in", "notin"}:
            self._within(left, right)
        elif form.kind is others_form.kind is Kind.NUMBER:
            self._together(_SIGNS[name], left, right)
        elif not _fit(form.kind, others_form.kind, ordered=name not in {"eq", "ne"}):
            self._report(NOT_COMPARABLE, sign=_SIGNS[name], left=self._said(one), right=self._said(other))
        else:
            self._possible(one, form, other)
            self._possible(other, others_form, one)

    def _within(self, needle: tuple[nodes.Node, Field], hay: tuple[nodes.Node, Field]) -> None:
        (one, form), (other, others_form) = needle, hay
        if others_form.kind not in {Kind.LIST, Kind.OPEN, *_TEXTS}:
            self._report(NOT_A_LIST, sign="in", value=self._said(other))
            return
        wanted = (others_form.item or OPEN) if others_form.kind is Kind.LIST else others_form
        if not _fit(form.kind, wanted.kind, ordered=False):
            self._report(NOT_COMPARABLE, sign="in", left=self._said(one), right=self._said(other))
        for choice in other.items if isinstance(other, nodes.List) else ():
            self._possible(one, form, choice)

    def _possible(self, tree: nodes.Node, form: Field, other: nodes.Node) -> None:
        """Report a choice that is compared with a word that it never is."""
        if form.choices and isinstance(other, nodes.Const) and other.value not in form.choices:
            self._report(NEVER_EQUAL, name=self._said(tree), value=other.value, choices="、".join(form.choices))

    def _either(self, tree: nodes.BinExpr) -> Field:
        return joint(self._form(tree.left), self._form(tree.right))

    def _truth(self, tree: nodes.Not | nodes.Test) -> Field:
        self._form(tree.node)
        return _TRUTH

    def _choice(self, tree: nodes.CondExpr) -> Field:
        self._form(tree.test)
        assert tree.expr2 is not None  # noqa: S101 — the dialect takes no if without else
        return joint(self._form(tree.expr1), self._form(tree.expr2))

    def _filtered(self, tree: nodes.Filter) -> Field:
        """Check what a filter or function is given; a `KEY` names a member of the items of the list."""
        found, before = TABLE[tree.name], len(self.found)
        operands = [one for one in (tree.node, *tree.args) if one is not None]
        forms = [self._form(one) for one in operands]
        for place, one, form in zip(found.takes, operands, forms, strict=False):
            self._fits(found, place, one, form)
        keys = [at for at, place in enumerate(found.takes[: len(forms)]) if place is KEY]
        for at in keys:
            forms[at] = self._keyed(operands[at], forms[0])
        if holds := found.takes[0].holds:
            for form in [forms[at] for at in keys] or [forms[0].item or OPEN]:
                self._fits(found, holds, operands[0], form)
        if found.takes[2:] == (ANY,) and len(forms) > 2:  # noqa: PLR2004 — 筛选 with the value that is wanted
            self._wanted(found, forms[1], operands[1:], forms[2])
        pair = (keys or list(range(len(forms)) if found.called else ()))[:2]
        if [forms[at].kind for at in pair] == [Kind.NUMBER, Kind.NUMBER]:
            self._together(found.chinese, *((operands[at], forms[at]) for at in pair))
        return found.gives(forms[0], forms[1:]) if len(self.found) == before else OPEN

    def _wanted(self, found: Filter, member: Field, operands: Sequence[nodes.Node], wanted: Field) -> None:
        """Check the value that a member of the items is to have: one that it can have at all."""
        key, value = operands
        if not _fit(member.kind, wanted.kind, ordered=False):
            self._report(NOT_COMPARABLE, sign=found.chinese, left=self._said(key), right=self._said(value))
        self._possible(key, member, value)

    def _keyed(self, key: nodes.Node, listed: Field) -> Field:
        if not (isinstance(key, nodes.Const) and isinstance(key.value, str)):
            return OPEN
        return self._member(listed.item or OPEN, key.value, key.value)

    def _fits(self, found: Filter, place: Takes, tree: nodes.Node, form: Field) -> None:
        """Report a value that does not fit a place, by its kind or by its unit."""
        if place is PRINTED:
            self._printable(form)
        elif place.kinds and form.kind not in {Kind.OPEN, *place.kinds}:
            self._report(WRONG_KIND, filter=found.chinese, wanted=place.wanted, value=self._said(tree))
        elif place.units and form.unit and form.unit not in place.units:
            values = {"filter": found.chinese, "wanted": place.wanted, "unit": form.unit}
            self._report(OTHER_UNIT, value=self._said(tree), **values)

    _FORMS: ClassVar[Mapping[type[nodes.Node], Callable[[Forms, Any], Field]]] = {
        nodes.Add: _calculated,
        nodes.And: _either,
        nodes.Compare: _compared,
        nodes.Concat: _joined,
        nodes.CondExpr: _choice,
        nodes.Const: _constant,
        nodes.Div: _calculated,
        nodes.Filter: _filtered,
        nodes.Getattr: _attribute,
        nodes.Getitem: _item,
        nodes.List: _list,
        nodes.Mul: _calculated,
        nodes.Name: _name,
        nodes.Neg: _negative,
        nodes.Not: _truth,
        nodes.Or: _either,
        nodes.Sub: _calculated,
        nodes.Test: _truth,
    }


def _fit(one: Kind, other: Kind, *, ordered: bool) -> bool:
    """Tell whether values of two kinds may be comparable; the texts 是 and 否 are to truth values."""
    if Kind.OPEN in {one, other}:
        return True
    if ordered:
        return one is other and one in {Kind.NUMBER, Kind.DATE}
    kinds = {Kind.TEXT if kind in _TEXTS else kind for kind in (one, other)}
    return kinds <= {Kind.TEXT, Kind.TRUTH} or (one is other and one in {Kind.NUMBER, Kind.DATE})


def _has_quotient(tree: nodes.Node | None) -> bool:
    """Tell whether an expression calculates with a quotient by something else than a written number."""
    if isinstance(tree, nodes.Neg):
        return _has_quotient(tree.node)
    if not isinstance(tree, _ARITHMETIC):
        return False
    by_value = isinstance(tree, nodes.Div) and not isinstance(tree.right, nodes.Const)
    return by_value or _has_quotient(tree.left) or _has_quotient(tree.right)

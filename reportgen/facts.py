"""Located nodes and a form in, typed facts and gaps out: the only place where text from a facts file gets a meaning."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Self

from reportgen.diagnostics import N_, Diagnostic, Label, Severity, Span, nearest, rule
from reportgen.schema import NO, UNITS, YES, Field, Kind, listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.source import Entry, Node

RESERVED: Final = ("模板包", "忽略", "更正", "专名", "原报")
INVENTED: Final = "虚构"
_LONG: Final = frozenset({"值", "来源", "佐证", "备注"})
_NUMBER: Final = re.compile(r"(?P<figure>[+-]?(?:0|[1-9]\d*)(?:\.\d+)?)\s*(?P<unit>[^\d\s.,+-]\S*)?", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)", re.ASCII)
_REFUSED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]")
_TAG: Final = re.compile(r"[{｛]\s*[{｛%％#]")

NOT_A_NUMBER = rule(
    "F201",
    "not-a-number",
    Severity.ERROR,
    "“{name}” takes a number, “{value}” is none",
    "write a number such as 2032.55, in {unit}",
)
WRONG_UNIT = rule(
    "F202",
    "wrong-unit",
    Severity.ERROR,
    "“{unit}” cannot be turned into {wanted}, the unit of “{name}”",
    "write the number in {wanted}",
)
TOO_FINE = rule(
    "F203",
    "too-many-decimals",
    Severity.ERROR,
    "“{value}” has more than the {decimals} decimals that “{name}” takes",
    "round it yourself, so that every place prints the same figure",
)
UNKNOWN = rule("F204", "unknown-fact", Severity.ERROR, "the form has no “{name}”", "remove it, or see the form")
MISSING = rule("F205", "missing-fact", Severity.ERROR, "“{name}” is missing", "{meaning}")
OUT_OF_RANGE = rule(
    "F206",
    "out-of-range",
    Severity.ERROR,
    "“{name}” cannot be {value}",
    "it must lie between {minimum} and {maximum}",
)
NOT_A_CHOICE = rule("F207", "not-a-choice", Severity.ERROR, "“{name}” cannot be “{value}”", "write one of: {choices}")
NOT_A_DATE = rule(
    "F208",
    "not-a-date",
    Severity.ERROR,
    "“{name}” takes a date, “{value}” is none",
    "write it like 2022-06-24 or 2022年6月24日",
)
WRONG_SHAPE = rule(
    "F209", "wrong-shape", Severity.ERROR, "“{name}” takes {wanted}", "see the form that `reportgen new` writes"
)
LONG_FORM = rule(
    "F210",
    "long-form",
    Severity.ERROR,
    "beside 值 there may only be 来源, 佐证 and 备注, not “{key}”",
    "remove it, or move it into 备注",
)
REFUSED = rule(
    "F211",
    "refused-character",
    Severity.ERROR,
    "“{name}” holds the character {code}, which a Word file cannot hold",
    "delete the character; it may be invisible",
)
NOT_A_NAME = rule(
    "F212",
    "not-a-name",
    Severity.ERROR,
    "“{name}” cannot be used as a name in tags",
    "use letters, Chinese characters and digits, not beginning with a digit",
)
CUT_SHORT = rule(
    "F213",
    "cut-short",
    Severity.WARNING,
    "the text of “{name}” ends before “ #”: the rest counts as a comment",
    "write the text below the name, after a “|”:\n{name}: |\n  {text}",
)
TAG_IN_TEXT = rule(
    "F214",
    "tag-in-text",
    Severity.ERROR,
    "“{name}” is printed as it stands: a tag in it would not be filled in",
    "write the text out, or move it to a place that takes prose (正文)",
)

WANTED_LIST: Final = Label(Span(), N_("a list, each item after “- ”"))
WANTED_GROUP: Final = Label(Span(), N_("a group of names with values"))
WANTED_SCALAR: Final = Label(Span(), N_("one value"))
COUNT: Final = Label(Span(), N_("a plain number"))


class Number(Decimal):
    """A fact's number: exact, with the unit it is stated in and the decimals it is printed with (None: as many as it has)."""

    __slots__ = ("decimals", "unit")
    decimals: int | None
    unit: str

    def __new__(cls, value: Decimal | str | int, decimals: int | None = None, unit: str = "") -> Self:
        """Make a number; `value` must be exact, never a float."""
        self = super().__new__(cls, value)
        self.decimals = decimals
        self.unit = unit
        return self


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact of the form that is absent: false in conditions, an error where it would be printed.

    `reported` says that its absence has been found wrong already, so that what follows from it need not be said again.
    """

    path: str
    reported: bool = False

    def __bool__(self) -> bool:
        """Count as false."""
        return False


Value = object  # str | Number | dt.date | bool | Gap | list[Value] | dict[str, Value]


@dataclass(frozen=True, slots=True)
class Fact:
    """One reported value with its path (as in `收入.其他收入` or `重点工作[1].标题`, items counted from 1) and its place."""

    path: str
    kind: Kind
    value: Value
    node: Node
    source: str = ""
    evidence: str = ""
    note: str = ""

    @property
    def span(self) -> Span:
        """The place in the facts file."""
        return self.node.span


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one file: `values` nested as tags look them up, `all` by path, and what is absent."""

    values: dict[str, Value]
    all: Mapping[str, Fact]
    gaps: tuple[Gap, ...]
    names: tuple[str, ...] = ()
    stated: Mapping[str, str] = field(default_factory=dict)

    def invented(self) -> list[Fact]:
        """Facts that say of themselves that they are invented."""
        return [fact for fact in self.all.values() if fact.source == INVENTED]


def bind(root: Node, form: Field) -> tuple[Facts, list[Diagnostic]]:
    """Give every node of a facts file the meaning that the form assigns to its place."""
    binder = _Binder()
    assert isinstance(root.value, dict)  # noqa: S101 — source.parse gives a mapping or nothing
    entries = {name: entry for name, entry in root.value.items() if name not in RESERVED}
    values = binder.group(entries, form, "", root.span)
    names = binder.texts(root.value.get("专名"))
    return Facts(values, binder.facts, tuple(binder.gaps), names), binder.found


def bind_list(root: Node, item: Field, name: str) -> tuple[Facts, list[Diagnostic]]:
    """Give a file that is one list its meaning; its items are called `name[1]`, `name[2]` and so on."""
    binder = _Binder()
    values = {name: binder.value(root, listing(item), name)}
    return Facts(values, binder.facts, tuple(binder.gaps)), binder.found


class _Binder:
    """Walks the nodes beside the form, collecting facts, gaps and diagnostics."""

    def __init__(self) -> None:
        self.facts: dict[str, Fact] = {}
        self.gaps: list[Gap] = []
        self.found: list[Diagnostic] = []

    def group(self, entries: Mapping[str, Entry], form: Field, path: str, span: Span) -> dict[str, Value]:
        for name, entry in entries.items():
            if name not in form.fields:
                close = nearest(name, form.fields)
                advice = {"help": "write “{close}”", "close": close} if close else {}
                self.found.append(UNKNOWN.at(entry.key_span, name=name, **advice))
        values: dict[str, Value] = {}
        for name, wanted in form.fields.items():
            inner = f"{path}.{name}" if path else name
            if name in entries and not _empty(entries[name].node):
                values[name] = self.value(entries[name].node, wanted, inner)
            else:
                values[name] = self.absent(wanted, inner, entries[name].key_span if name in entries else span)
        return values

    def absent(self, form: Field, path: str, span: Span, *, report: bool = True) -> Value:
        if report and _needed(form):
            self.found.append(MISSING.at(span, name=path, meaning=form.meaning))
        if form.kind is Kind.GROUP:
            return {
                name: self.absent(inner, f"{path}.{name}", span, report=False) for name, inner in form.fields.items()
            }
        return self._gap(path, reported=_needed(form))

    def value(self, node: Node, form: Field, path: str) -> Value:
        if form.kind is Kind.GROUP:
            return self._group(node, form, path)
        if form.kind is Kind.LIST:
            return self._list(node, form, path)
        if form.kind is Kind.OPEN:
            return self._open(node, path)
        inner, extra = self._long(node)
        if not isinstance(inner.value, str):
            self.found.append(WRONG_SHAPE.at(node.span, name=path, wanted=WANTED_SCALAR))
            return self._gap(path)
        if _empty(inner):
            return self.absent(form, path, inner.span)
        return self._fact(path, form, self._scalar(inner, form, path), inner, extra)

    def _group(self, node: Node, form: Field, path: str) -> Value:
        if not isinstance(node.value, dict):
            self.found.append(WRONG_SHAPE.at(node.span, name=path, wanted=WANTED_GROUP))
            return self.absent(form, path, node.span, report=False)
        return self.group(node.value, form, path, node.span)

    def _list(self, node: Node, form: Field, path: str) -> Value:
        if not isinstance(node.value, tuple) or form.item is None:
            self.found.append(WRONG_SHAPE.at(node.span, name=path, wanted=WANTED_LIST))
            return self._gap(path)
        items = [self.value(item, form.item, f"{path}[{index}]") for index, item in enumerate(node.value, 1)]
        return self._fact(path, form, items, node, {})

    def _open(self, node: Node, path: str) -> Value:
        node, extra = self._long(node)
        if isinstance(node.value, dict):
            return {name: self._open_entry(name, entry, path) for name, entry in node.value.items()}
        if isinstance(node.value, tuple):
            items = [self._open(item, f"{path}[{index}]") for index, item in enumerate(node.value, 1)]
            return self._fact(path, Field(Kind.LIST), items, node, extra)
        form = _guess(node)
        return self._fact(path, form, self._scalar(node, form, path), node, extra)

    def _open_entry(self, name: str, entry: Entry, path: str) -> Value:
        if not name.isidentifier():
            self.found.append(NOT_A_NAME.at(entry.key_span, name=name))
        return self._open(entry.node, f"{path}.{name}")

    def _long(self, node: Node) -> tuple[Node, dict[str, str]]:
        """Take the long form (值, 来源, 佐证, 备注) apart."""
        if not isinstance(node.value, dict) or "值" not in node.value:
            return node, {}
        extra = {}
        for key, entry in node.value.items():
            if key not in _LONG:
                self.found.append(LONG_FORM.at(entry.key_span, key=key))
            elif key != "值" and isinstance(entry.node.value, str):
                extra[key] = entry.node.value
        return node.value["值"].node, extra

    def _fact(self, path: str, form: Field, value: Value, node: Node, extra: Mapping[str, str]) -> Value:
        said = (extra.get("来源", ""), extra.get("佐证", ""), extra.get("备注", ""))
        self.facts[path] = Fact(path, form.kind, value, node, *said)
        return value

    def _gap(self, path: str, *, reported: bool = True) -> Gap:
        gap = Gap(path, reported)
        self.gaps.append(gap)
        return gap

    def texts(self, entry: Entry | None) -> tuple[str, ...]:
        """Read a reserved list of plain texts."""
        if entry is None:
            return ()
        values = entry.node.value
        if not isinstance(values, tuple) or not all(isinstance(item.value, str) for item in values):
            self.found.append(WRONG_SHAPE.at(entry.node.span, name="专名", wanted=WANTED_LIST))
            return ()
        return tuple(str(item.value) for item in values)

    def _scalar(self, node: Node, form: Field, path: str) -> Value:
        text = str(node.value)
        if refused := _REFUSED.search(text):
            self.found.append(REFUSED.at(node.span, name=path, code=f"U+{ord(refused.group()):04X}"))
        if form.kind is Kind.NUMBER:
            return self._number(text, node, form, path)
        if form.kind is Kind.DATE:
            return self._date(text, node, path)
        if form.kind is Kind.TRUTH:
            return self._truth(text, node, path)
        if form.kind is Kind.CHOICE and text not in form.choices:
            self.found.append(NOT_A_CHOICE.at(node.span, name=path, value=text, choices="、".join(form.choices)))
        if form.kind is Kind.TEXT and _TAG.search(text):
            self.found.append(TAG_IN_TEXT.at(node.span, name=path))
        return text

    def _truth(self, text: str, node: Node, path: str) -> Value:
        if text not in {YES, NO}:
            self.found.append(NOT_A_CHOICE.at(node.span, name=path, value=text, choices=f"{YES}、{NO}"))
            return self._gap(path)
        return text == YES

    def _date(self, text: str, node: Node, path: str) -> Value:
        day = _day(text)
        if day is None:
            self.found.append(NOT_A_DATE.at(node.span, name=path, value=text))
            return self._gap(path)
        return day

    def _number(self, text: str, node: Node, form: Field, path: str) -> Value:
        match = _NUMBER.fullmatch(text.strip())
        if match is None:
            self.found.append(NOT_A_NUMBER.at(node.span, name=path, value=text, unit=form.unit or COUNT))
            return self._gap(path)
        unit = match["unit"] or form.unit
        value = _convert(Decimal(match["figure"]), unit, form.unit or unit, stated=bool(match["unit"]))
        if value is None:
            self.found.append(WRONG_UNIT.at(node.span, name=path, unit=unit, wanted=form.unit or COUNT))
            return self._gap(path)
        decimals = form.decimals
        if unit == form.unit and decimals is not None and len(match["figure"].partition(".")[2].rstrip("0")) > decimals:
            self.found.append(TOO_FINE.at(node.span, name=path, value=text, decimals=decimals))
        self._range(value, node, form, path)
        return Number(value, decimals, form.unit or unit)

    def _range(self, value: Decimal, node: Node, form: Field, path: str) -> None:
        low, high = form.minimum, form.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            shown = {"minimum": "…" if low is None else low, "maximum": "…" if high is None else high}
            self.found.append(OUT_OF_RANGE.at(node.span, name=path, value=value, **shown))


def _needed(form: Field) -> bool:
    """Whether something must be given here: a group is needed when any of its members is."""
    if form.kind is Kind.GROUP and form.required:
        return any(_needed(inner) for inner in form.fields.values())
    return form.required


def _empty(node: Node) -> bool:
    return node.value == "" and node.style == "plain"


def _guess(node: Node) -> Field:
    """Give open data the kind that its own text shows; quoted text stays text."""
    text = str(node.value).strip()
    if node.style == "plain" and (match := _NUMBER.fullmatch(text)):
        fraction = len(match["figure"].partition(".")[2])
        return Field(Kind.NUMBER, unit=match["unit"] or "", decimals=fraction)
    if node.style == "plain" and _day(text):
        return Field(Kind.DATE)
    if node.style == "plain" and text in {YES, NO}:
        return Field(Kind.TRUTH)
    return Field(Kind.TEXT)


def _day(text: str) -> dt.date | None:
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _convert(value: Decimal, unit: str, wanted: str, *, stated: bool) -> Decimal | None:
    """Turn a value into another unit of the same kind, exactly; per cent becomes a fraction."""
    if unit == "%" and wanted == "%":
        return value * UNITS["%"][1] if stated else value
    if unit == wanted:
        return value
    kind, size = UNITS.get(unit, ("", Decimal(1)))
    wanted_kind, wanted_size = UNITS.get(wanted, ("-", Decimal(1)))
    return value * size / wanted_size if kind == wanted_kind else None

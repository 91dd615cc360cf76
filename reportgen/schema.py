"""A pack's `schema.yaml` in, the form that a facts file fills in out: kinds, units, decimals, what must be there."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from reportgen import units
from reportgen.diagnostics import N_, Diagnostic, Severity, Span, nearest, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.source import Entry, Node
    from reportgen.units import Units


class Kind(StrEnum):
    """What a value is; the words are those of the schema file."""

    TEXT = "文字"
    NUMBER = "数"
    RANGE = "区间"
    DATE = "日期"
    TRUTH = "是否"
    CHOICE = "选项"
    LIST = "列表"
    GROUP = "组"
    PROSE = "正文"
    PICTURE = "图片"
    OPEN = "任意"


YES: Final = "是"
NEW_YEAR: Final = "新年度"
NO: Final = "否"
_KIND: Final = "类型"
LIST: Final = "列表"
_CARRY: Final = "沿用"
_FIELD_KEYS: Final = (_KIND, LIST, "必填", "说明", "示例", "需佐证", _CARRY, "单位", "小数", "最小", "最大", "选项")
ENDS: Final = ("起", "止")
"""The members of a range."""
_ONLY_WITH: Final[Mapping[str, Kind]] = dict.fromkeys(("单位", "小数", "最小", "最大"), Kind.NUMBER) | {
    "选项": Kind.CHOICE
}
_LIKE: Final = {Kind.RANGE: Kind.NUMBER}  # a range has the settings of a number
_RESERVED: Final = (
    *("模板包", "忽略", "更正", "专名", "原报", "引入"),
    *("指标", "指标体系", "指标表", "失分指标", "自评", "佐证材料"),
)
_WORDS: Final = frozenset(
    (
        "and",
        "or",
        "not",
        "in",
        "is",
        "if",
        "elif",
        "else",
        "for",
        "loop",
        "true",
        "false",
        "none",
        "True",
        "False",
        "None",
    )
)
_FIGURE: Final = re.compile(r"(-?(?:0|[1-9][0-9]{0,19})(?:\.[0-9]{1,10})?)(%?)")
_DECIMALS: Final = tuple(map(str, range(11)))

NOT_A_FORM = rule(
    "P201",
    "schema-shape",
    Severity.ERROR,
    "the schema needs a kind or a group of names here",
    "write a kind such as 数 or 文字, or a mapping of names",
)
UNKNOWN_KIND = rule("P202", "schema-kind", Severity.ERROR, "there is no kind “{kind}”", "use one of: {known}")
UNKNOWN_KEY = rule(
    "P203",
    "schema-key",
    Severity.ERROR,
    "a field of the schema has no “{key}”",
    "use one of: {known}",
)
BAD_SETTING = rule(
    "P204", "schema-setting", Severity.ERROR, "“{key}” cannot be “{value}”", "see the reference on schema.yaml"
)
BAD_NAME = rule(
    "P205",
    "schema-name",
    Severity.ERROR,
    "“{name}” cannot be a name of the form",
    "use letters, Chinese characters and digits, not beginning with a digit",
)
_UNITS: Final = "计量单位"
_UNIT: Final = re.compile(r"([1-9][0-9]{0,11}|[0-9]{1,12}\.[0-9]{0,11}[1-9])\s*([^\W\d_]+)")
_UNIT_ADVICE: Final = N_("give a unit of your own, and how many of a known one it is: {{箱: 12 瓶}}")
_CARRIED: Final = N_("write 是, 新年度 (for a number), or the name of one value of the same kind and unit")


@dataclass(frozen=True, slots=True)
class Field:
    """What one place of the form takes; `fields` are a group's members, `item` is what a list holds.

    `carried` is what next year's form starts with: nothing, the value itself (是), the new year, or the value of
    another fact. `units` are those that may be typed, where the pack declares any beside the common ones.
    """

    kind: Kind
    unit: str = ""
    decimals: int | None = None
    required: bool = True
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()
    meaning: str = ""
    example: str = ""
    evidence: bool = False
    carried: str = ""
    fields: Mapping[str, Field] = field(default_factory=dict)
    item: Field | None = None
    units: Units | None = None


def group(fields: Mapping[str, Field], *, required: bool = True) -> Field:
    """Make a group of named fields."""
    return Field(Kind.GROUP, fields=fields, required=required)


def optional(kind: Kind, **settings: Any) -> Field:  # noqa: ANN401 — the settings of `Field`
    """Make a field that may be left empty."""
    return Field(kind, required=False, **settings)


def listing(item: Field, *, required: bool = True) -> Field:
    """Make a list of items of one form."""
    return Field(Kind.LIST, item=item, required=required)


def find(form: Field, path: str) -> Field | None:
    """Give the field that a dotted path leads to, through groups only; None where there is none."""
    for name in path.split("."):
        if name not in form.fields:
            return None
        form = form.fields[name]
    return form


def is_name(name: str) -> bool:
    """Whether tags can use a name: an identifier that reading does not change, and no word of the language."""
    normal = unicodedata.normalize("NFKC", name) == name
    return name.isidentifier() and normal and name not in _WORDS and not name.startswith("_")


def read(root: Node) -> tuple[Field, list[Diagnostic]]:
    """Read a schema file's root node into the form; what cannot be read counts as open data (任意)."""
    found: list[Diagnostic] = []
    if not isinstance(root.value, dict) or _is_field(root):
        found.append(NOT_A_FORM.at(root.span))
        return group({}), found
    found += [
        BAD_NAME.at(entry.key_span, help=N_("this name has a meaning of its own: choose another"), name=name)
        for name, entry in root.value.items()
        if name in _RESERVED
    ]
    form = _group({name: entry for name, entry in root.value.items() if name != _UNITS}, found)
    wrong = [(node.span, one.carried) for node, one in _carrying(root, form) if not _can_carry(one, form)]
    found += [BAD_SETTING.at(span, help=_CARRIED, key=_CARRY, value=said) for span, said in wrong]
    return (_knowing(form, _declared(root.value[_UNITS].node, found)) if _UNITS in root.value else form), found


def _declared(node: Node, found: list[Diagnostic]) -> Units:
    """Read the units that a pack declares, each as so many of a unit that is known by then."""
    known = dict(units.COMMON)
    if not isinstance(node.value, dict) or not node.value:
        found.append(BAD_SETTING.at(node.span, help=_UNIT_ADVICE, key=_UNITS, value=_shown(node)))
        return known
    for name, entry in node.value.items():
        match = _UNIT.fullmatch(_shown(entry.node))
        if match is None or name in known or not is_name(name):
            found.append(BAD_SETTING.at(entry.node.span, help=_UNIT_ADVICE, key=name, value=_shown(entry.node)))
            continue
        base = units.unit(match[2], known)
        known[name] = base._replace(factor=base.factor * Fraction(match[1]))
    return known


def _knowing(form: Field, known: Units) -> Field:
    """Let every field of a form know the units of its pack."""
    fields = {name: _knowing(inner, known) for name, inner in form.fields.items()}
    return replace(form, units=known, fields=fields, item=form.item and _knowing(form.item, known))


def _shown(node: Node) -> str:
    return node.value if isinstance(node.value, str) else "…"


def _carrying(node: Node, form: Field) -> Iterator[tuple[Node, Field]]:
    """Give every field that takes something over from last year, after the node that says so."""
    if not isinstance(node.value, dict):
        return
    if not _is_field(node):
        for name, entry in node.value.items():
            if name in form.fields:
                yield from _carrying(entry.node, form.fields[name])
        return
    if form.carried:
        yield node.value[_CARRY].node, form
    if form.item is not None:
        yield from _carrying(node.value[LIST].node, form.item)


def _can_carry(field: Field, form: Field) -> bool:
    if field.carried in {YES, NEW_YEAR}:
        return field.carried == YES or field.kind is Kind.NUMBER
    source = find(form, field.carried)
    return source is not None and not source.item and (source.kind, source.unit) == (field.kind, field.unit)


def _form(node: Node, found: list[Diagnostic]) -> Field:
    if isinstance(node.value, str):
        return Field(_kind(node.value, node.span, found))
    if not isinstance(node.value, dict) or not node.value:
        found.append(NOT_A_FORM.at(node.span))
        return Field(Kind.OPEN)
    return _field(node, found) if _is_field(node) else _group(node.value, found)


def _is_field(node: Node) -> bool:
    """Whether a mapping describes one field; any other one is a group of names, whatever they are."""
    return isinstance(node.value, dict) and (_KIND in node.value or LIST in node.value)


def _group(entries: Mapping[str, Entry], found: list[Diagnostic]) -> Field:
    found += [BAD_NAME.at(entry.key_span, name=name) for name, entry in entries.items() if not is_name(name)]
    return group({name: _form(entry.node, found) for name, entry in entries.items()})


def _field(node: Node, found: list[Diagnostic]) -> Field:
    settings = _Settings(node, found)
    kind = settings.kind()
    settings.check_keys(kind)
    low, high = settings.number("最小"), settings.number("最大")
    if low is not None and high is not None and low > high:
        settings.refuse("最小", N_("it must not be more than 最大"))
    if kind in {Kind.LIST, Kind.OPEN} and "需佐证" in settings:
        settings.refuse("需佐证", N_("only a single value has 佐证: write it there, or leave it out"))
    choices = settings.texts("选项")
    if kind is Kind.CHOICE and not choices:
        settings.refuse(_KIND, N_("add the choices: 选项: [甲, 乙]"))
    return Field(
        kind,
        unit=settings.text("单位"),
        decimals=settings.whole("小数"),
        required=settings.truth("必填", default=True),
        minimum=low,
        maximum=high,
        choices=choices,
        meaning=settings.text("说明"),
        example=settings.text("示例"),
        evidence=settings.truth("需佐证", default=False),
        carried=settings.text(_CARRY).removeprefix(NO),
        item=settings.item(),
    )


class _Settings:
    """Reads the settings of one field, reporting those that do not fit."""

    def __init__(self, node: Node, found: list[Diagnostic]) -> None:
        assert isinstance(node.value, dict)  # noqa: S101 — the caller has looked
        self._entries = node.value
        self._found = found

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def refuse(self, key: str, advice: str) -> None:
        node = self._entries[key].node
        self._found.append(BAD_SETTING.at(node.span, help=advice, key=key, value=_shown(node)))

    def check_keys(self, kind: Kind) -> None:
        for key, entry in self._entries.items():
            if key not in _FIELD_KEYS:
                close = nearest(key, _FIELD_KEYS)
                advice = N_("write “{close}”") if close else None
                known = "、".join(_FIELD_KEYS)
                self._found.append(UNKNOWN_KEY.at(entry.key_span, help=advice, key=key, known=known, close=close))
            elif kind is not Kind.OPEN and _LIKE.get(kind, kind) is not _ONLY_WITH.get(key, _LIKE.get(kind, kind)):
                advice = N_("“{key}” belongs to the kind {kind} only: remove it")
                self._found.append(UNKNOWN_KEY.at(entry.key_span, help=advice, key=key, kind=_ONLY_WITH[key]))

    def kind(self) -> Kind:
        if LIST in self._entries:
            if self._entries.get(_KIND) and self.text(_KIND) != LIST:
                self.refuse(_KIND, N_("a field with 列表 is a list: remove 类型"))
            return Kind.LIST
        node = self._entries[_KIND].node
        if not isinstance(node.value, str):
            self.refuse(_KIND, N_("write a kind such as 数 or 文字; no name of a form can be 类型"))
            return Kind.OPEN
        return _kind(node.value, node.span, self._found)

    def item(self) -> Field | None:
        return _form(self._entries[LIST].node, self._found) if LIST in self._entries else None

    def text(self, key: str) -> str:
        if key not in self._entries:
            return ""
        value = self._entries[key].node.value
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, N_("write a word or a sentence"))
            return ""
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        if key not in self._entries:
            return ()
        value = self._entries[key].node.value
        words = [item.value for item in value if isinstance(item.value, str)] if isinstance(value, tuple) else []
        if not words or len(words) != len(value) or not all(words) or len({*words}) != len(words):
            self.refuse(key, N_("write a list of different words: [甲, 乙]"))
            return ()
        return tuple(words)

    def truth(self, key: str, *, default: bool) -> bool:
        said = self.text(key)
        if said not in {YES, NO, ""}:
            self.refuse(key, N_("write 是 or 否"))
        return default if said not in {YES, NO} else said == YES

    def number(self, key: str) -> Decimal | None:
        said = self.text(key)
        match = _FIGURE.fullmatch(said)
        if said and match is None:
            self.refuse(key, N_("write a number"))
        return Decimal(match[1]).scaleb(-2 if match[2] else 0) if match else None

    def whole(self, key: str) -> int | None:
        said = self.text(key)
        if said and said not in _DECIMALS:
            self.refuse(key, N_("write a whole number such as 0, 1 or 2"))
            return None
        return int(said) if said else None


def _kind(word: str, span: Span, found: list[Diagnostic]) -> Kind:
    """Read the word for a kind; a list or a group is not named but written out."""
    simple = [kind for kind in Kind if kind not in {Kind.LIST, Kind.GROUP}]
    if word in simple:
        return Kind(word)
    if word == Kind.LIST:
        found.append(NOT_A_FORM.at(span, help=N_("say what the list holds: {{列表: 文字}}")))
    elif word == Kind.GROUP:
        found.append(NOT_A_FORM.at(span, help=N_("write the names of the group below, each with its kind")))
    else:
        found.append(UNKNOWN_KIND.at(span, kind=word, known="、".join(simple)))
    return Kind.OPEN

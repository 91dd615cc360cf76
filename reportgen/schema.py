"""A pack's `schema.yaml` in, the form that a facts file fills in out: kinds, units, decimals, what must be there."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import N_, Diagnostic, Severity, Span, nearest, rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.source import Node


class Kind(StrEnum):
    """What a value is; the words are those of the schema file."""

    TEXT = "文字"
    NUMBER = "数"
    DATE = "日期"
    TRUTH = "是否"
    CHOICE = "选项"
    LIST = "列表"
    GROUP = "组"
    PROSE = "正文"
    OPEN = "任意"


# Units that convert exactly into each other: unit → (dimension, how many of the smallest unit).
UNITS: Final[Mapping[str, tuple[str, Decimal]]] = {
    "元": ("money", Decimal(1)),
    "万元": ("money", Decimal(10_000)),
    "亿元": ("money", Decimal(100_000_000)),
    "米": ("length", Decimal(1)),
    "公里": ("length", Decimal(1000)),
    "平方米": ("area", Decimal(1)),
    "公顷": ("area", Decimal(10_000)),
    "公斤": ("mass", Decimal(1)),
    "吨": ("mass", Decimal(1000)),
    "%": ("ratio", Decimal("0.01")),
}
YES: Final = "是"
NO: Final = "否"
_FIELD_KEYS: Final = frozenset(
    {"类型", "列表", "单位", "小数", "必填", "最小", "最大", "选项", "说明", "示例", "需佐证"},
)

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
BAD_SETTING = rule("P204", "schema-setting", Severity.ERROR, "“{key}” cannot be “{value}”")


@dataclass(frozen=True, slots=True)
class Field:
    """What one place of the form takes; `fields` are a group's members, `item` is what a list holds."""

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
    fields: Mapping[str, Field] = field(default_factory=dict)
    item: Field | None = None


def group(fields: Mapping[str, Field], *, required: bool = True) -> Field:
    """Make a group of named fields."""
    return Field(Kind.GROUP, fields=fields, required=required)


def optional(kind: Kind, **settings: Any) -> Field:  # noqa: ANN401 — the settings of `Field`
    """Make a field that may be left empty."""
    return Field(kind, required=False, **settings)


def listing(item: Field, *, required: bool = True) -> Field:
    """Make a list of items of one form."""
    return Field(Kind.LIST, item=item, required=required)


def read(root: Node) -> tuple[Field, list[Diagnostic]]:
    """Read a schema file's root node into the form; what cannot be read counts as open data (任意)."""
    found: list[Diagnostic] = []
    return _form(root, found), found


def _form(node: Node, found: list[Diagnostic]) -> Field:
    if isinstance(node.value, str):
        return Field(_kind(node.value, node.span, found))
    if not isinstance(node.value, dict) or not node.value:
        found.append(NOT_A_FORM.at(node.span))
        return Field(Kind.OPEN)
    if "类型" in node.value or "列表" in node.value:
        return _field(node, found)
    return group({name: _form(entry.node, found) for name, entry in node.value.items()})


def _field(node: Node, found: list[Diagnostic]) -> Field:
    assert isinstance(node.value, dict)  # noqa: S101 — the caller has looked
    for key, entry in node.value.items():
        if key not in _FIELD_KEYS:
            hint = nearest(key, _FIELD_KEYS)
            found.append(UNKNOWN_KEY.at(entry.key_span, key=key, known=hint or "、".join(sorted(_FIELD_KEYS))))
    settings = _Settings(node, found)
    kind = Kind.LIST if "列表" in node.value else settings.kind()
    return Field(
        kind,
        unit=settings.text("单位"),
        decimals=settings.whole("小数"),
        required=settings.truth("必填", default=True),
        minimum=settings.number("最小"),
        maximum=settings.number("最大"),
        choices=settings.texts("选项"),
        meaning=settings.text("说明"),
        example=settings.text("示例"),
        evidence=settings.truth("需佐证", default=False),
        item=_form(node.value["列表"].node, found) if kind is Kind.LIST else None,
    )


class _Settings:
    """Reads the settings of one field, reporting those that do not fit."""

    def __init__(self, node: Node, found: list[Diagnostic]) -> None:
        assert isinstance(node.value, dict)  # noqa: S101 — the caller has looked
        self._entries = node.value
        self._found = found

    def _refuse(self, key: str, wanted: str) -> None:
        node = self._entries[key].node
        self._found.append(BAD_SETTING.at(node.span, key=key, value=_shown(node), help=wanted))

    def kind(self) -> Kind:
        return _kind(self.text("类型"), self._entries["类型"].node.span, self._found)

    def text(self, key: str) -> str:
        if key not in self._entries:
            return ""
        value = self._entries[key].node.value
        if not isinstance(value, str):
            self._refuse(key, N_("write a word or a sentence"))
            return ""
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        if key not in self._entries:
            return ()
        value = self._entries[key].node.value
        if not isinstance(value, tuple) or not all(isinstance(item.value, str) for item in value):
            self._refuse(key, N_("write a list of words: [甲, 乙]"))
            return ()
        return tuple(str(item.value) for item in value)

    def truth(self, key: str, *, default: bool) -> bool:
        said = self.text(key)
        if said not in {YES, NO, ""}:
            self._refuse(key, N_("write 是 or 否"))
        return default if said not in {YES, NO} else said == YES

    def number(self, key: str) -> Decimal | None:
        said = self.text(key)
        try:
            return Decimal(said) if said else None
        except InvalidOperation:
            self._refuse(key, N_("write a number"))
            return None

    def whole(self, key: str) -> int | None:
        said = self.text(key)
        if said and not (said.isascii() and said.isdigit()):
            self._refuse(key, N_("write a whole number such as 0, 1 or 2"))
            return None
        return int(said) if said else None


def _kind(word: str, span: Span, found: list[Diagnostic]) -> Kind:
    try:
        return Kind(word)
    except ValueError:
        found.append(UNKNOWN_KIND.at(span, kind=word, known="、".join(Kind)))
        return Kind.OPEN


def _shown(node: Node) -> str:
    return node.value if isinstance(node.value, str) else "…"

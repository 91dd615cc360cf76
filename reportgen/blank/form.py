"""A form in, the text of a facts file to fill in out: every name in order, with a comment that says what to write."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import formats
from reportgen.blank.values import STEP, Text, Tree, entry, name, tree, words
from reportgen.facts import Facts, Gap
from reportgen.schema import NEW_YEAR, NO, YES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from reportgen.facts import Value
    from reportgen.schema import Field

_HEAD: Final = """\
# {title}
#
# 怎样填：
# 1. 填在冒号后面。冒号用半角的“:”，后面留一个空格。“#”后面是说明，可以留着。
# 2. 写着“正文”的可以写成段的文字：冒号后写“|”，从下一行写起，每行前面比名称多空两格。
# 3. “- ”打头的是列表的一项：几项就写几个“- ”，每项都照第一项的样子写；没有的项整项删去。
# 4. 写着“选填”的可以空着。行首带“#”的是选填的列表，要写就先删去每行的这个“#”和它后面的一个空格。
# 5. 数字直接写，例如 2032.55；单位和说明里的不同，就写明单位，例如 55400 元。
# 6. 暂时编造的数注明来源，例如 {{值: 12.00, 来源: 虚构}}；每次生成都会列出来提醒。
#    写着“要写佐证”的，照样写上证明它的材料，例如 {{值: 12.00, 佐证: 部门决算表}}。
"""
_LAST_YEAR: Final = """\
# 7. 写着“沿用上年”“取自上年”的，是从上年的填报表带过来的，请逐项核对，有变化就改。
#    其余的要重新填；说明里的“上年”是上年填的内容，供参考。
"""
_CALL: Final = """\
# 填好以后运行 reportgen check 加这个文件的名称，缺什么、错什么会逐条说明。

模板包: {pack}
"""
_WORDS: Final = {
    Kind.TEXT: "文字",
    Kind.PROSE: "正文",
    Kind.DATE: "日期",
    Kind.TRUTH: f"填“{YES}”或“{NO}”",
    Kind.PICTURE: "图片的文件名，PNG 或 JPEG 格式，放在填报表旁边",
    Kind.OPEN: "名称自定的数据",
}
_EXAMPLES: Final = {
    Kind.DATE: "2022-06-24",
    Kind.RANGE: "3—11",
    Kind.PICTURE: "照片.jpg",
    Kind.OPEN: "下一行多空两格写 开工点: 5 个",
}
_SAME: Final = "沿用上年，请核对"
NOTHING: Final = Gap("")
_SHOWN: Final = 20  # characters of last year's text in a comment


def blank(form: Field, pack: str, title: str, *, last: Facts | None = None, year: int | None = None) -> str:
    """Write the facts file of a pack to fill in, with a year and what its form takes over from `last` year's facts."""
    lines = head(pack, title, _LAST_YEAR if last else "")
    if last and last.names:
        lines += ["", *entry("专名:", list(map(words, last.names)), STEP, f"  # {_SAME}")]
    return written(lines, form, Writer(last or Facts({}, {}, ()), year))


def head(pack: str, title: str, more: str = "") -> list[str]:
    """Give the lines that a facts file begins with; `more` is said of how to fill it in."""
    return (_HEAD + more + _CALL).format(pack=pack, title=_one_line(title)).splitlines()


def written(lines: list[str], form: Field, writer: Writer) -> str:
    """Write the names of a form after the lines of a head."""
    for key, field in form.fields.items():
        lines += ["", *writer.entry(key, field, "", writer.old(key))]
    return "".join(f"{line}\n" for line in lines)


def takes_year(form: Field) -> bool:
    """Whether a form says where the new year goes."""
    inner = [*form.fields.values(), *([form.item] if form.item else [])]
    return form.carried == NEW_YEAR or any(map(takes_year, inner))


class Old(NamedTuple):
    """What stood at a path of last year's facts, if anything."""

    value: Value
    path: str

    def member(self, key: str) -> Old:
        """Give what stood there under a name."""
        path = f"{self.path}.{key}" if self.path else key
        return Old(self.value.get(key, NOTHING) if isinstance(self.value, dict) else NOTHING, path)

    def items(self) -> list[Old]:
        """Give the items of a list that stood there."""
        listed = self.value if isinstance(self.value, list) else []
        return [Old(item, f"{self.path}[{number}]") for number, item in enumerate(listed, 1)]


class Writer:
    """Writes one entry after the other; `last` is all that is known of last year."""

    def __init__(self, last: Facts, year: int | None) -> None:
        """Take last year's facts, and the year that the form is for."""
        self._last = last
        self._year = year

    def old(self, path: str) -> Old:
        """Give what stood at a path that leads through groups only."""
        return reduce(Old.member, path.split("."), Old(self._last.values, ""))

    def entry(self, key: str, field: Field, indent: str, old: Old) -> Iterator[str]:
        """Write a name with what is known of it, or with room for what to write."""
        before = f"{indent}{name(key)}:"
        carried = self._carried(field, old)
        if carried is not None:
            yield from entry(before, carried, indent + STEP, self._comment(field, old, carried=True))
            return
        items = self._known(field, old)
        yield before + self._comment(field, old, carried=bool(items))
        below = [*self._members(field, indent + STEP, old), *self._items(field, indent + STEP, items)]
        unwritten = field.kind is Kind.LIST and not field.required and not items
        yield from (_unwritten(line, indent + STEP) for line in below) if unwritten else below

    def _carried(self, field: Field, old: Old) -> Tree | None:
        """Give what a field takes over as a whole; a list of groups is taken over name by name."""
        if field.carried == NEW_YEAR:
            return None if self._year is None else Text(str(self._year), plain=True)
        if not field.carried or (field.item and field.item.fields and old.items()):
            return None
        source = old if field.carried == YES else self.old(field.carried)
        return tree(*source, self._last)

    def _known(self, field: Field, old: Old) -> list[Old]:
        """Give the items of a list of which something is known."""
        return old.items() if field.carried else []

    def _members(self, field: Field, indent: str, old: Old) -> Iterator[str]:
        for key, member in field.fields.items():
            yield from self.entry(key, member, indent, old.member(key))

    def _items(self, field: Field, indent: str, items: list[Old]) -> Iterator[str]:
        """Write the items of a list that are known, or one to copy."""
        if field.item is not None:
            for old in items or [Old(NOTHING, "")]:
                yield from self._item(field.item, indent, old)

    def _item(self, item: Field, indent: str, old: Old) -> Iterator[str]:
        """Write one item: the first name of a group stands beside the sign of the list, an inner list below it."""
        if item.fields:
            first, *rest = self._members(item, indent + STEP, old)
            yield f"{indent}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}-{self._comment(item, old, carried=False)}"
            yield from self._items(item, indent + STEP, [])

    def _comment(self, field: Field, old: Old, *, carried: bool) -> str:
        example = "" if carried else field.example or _EXAMPLES.get(field.kind, "")
        said = [
            "" if field.required else "选填",
            _kind(field),
            _one_line(field.meaning),
            "要写佐证" if field.evidence else "",
            f"例如 {_one_line(example)}" if example else "",
            self._origin(field, old) if carried else self._before(old),
        ]
        text = "；".join(part for part in said if part)
        return f"  # {text}" if text else ""

    def _origin(self, field: Field, _old: Old) -> str:
        """Say where a value that stands there already comes from."""
        if field.carried == NEW_YEAR:
            return ""
        return _SAME if field.carried == YES else f"取自上年“{field.carried}”，请核对"

    def _before(self, old: Old) -> str:
        """Say what last year's file had at this place; prose is too long, and full of tags."""
        if isinstance(old.value, list):
            return f"上年 {len(old.value)} 项"
        fact = self._last.all.get(old.path)
        if fact is None or fact.kind is Kind.PROSE:
            return ""
        text = _one_line(str(fact.node.value))
        return f"上年 {text if len(text) <= _SHOWN else f'{text[:_SHOWN]}…'}"


def _unwritten(line: str, indent: str) -> str:
    """Turn a line into a comment, so that what is optional is not an empty item."""
    return f"{indent}# {line.removeprefix(indent)}"


def _kind(field: Field) -> str:
    if field.kind is Kind.CHOICE:
        return f"填“{'”“'.join(field.choices)}”之一"
    if field.kind in {Kind.NUMBER, Kind.RANGE}:
        return _number(field)
    return _WORDS.get(field.kind, "")


def _number(field: Field) -> str:
    word = "整数" if field.decimals == 0 else "数"
    if field.kind is Kind.RANGE:
        word = f"两个{word}，中间用“—”"
    unit = f"，单位{field.unit}" if field.unit else ""
    decimals = f"，最多{field.decimals}位小数" if field.decimals else ""
    return f"{word}{unit}{decimals}{_range(field)}"


def _range(field: Field) -> str:
    """Say between which limits a number lies; that it is not negative goes without saying."""
    low = "" if not field.minimum else _limit(field.minimum, field.unit)
    high = "" if field.maximum is None else _limit(field.maximum, field.unit)
    if low and high:
        return f"，{low}至{high}"
    return f"，不小于{low}" if low else f"，不大于{high}" if high else ""


def _limit(limit: Decimal, unit: str) -> str:
    return f"{formats.plain(limit * 100)}%" if unit == "%" else formats.plain(limit)


def _one_line(text: str) -> str:
    return "".join(filter(str.isprintable, "".join(line.strip() for line in text.splitlines())))

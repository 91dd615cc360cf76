"""A pack in, the pattern that its reports are printed by out: literal words, and slots where facts stand.

The indicators are written out, as their names are known; what was computed can be anything and says nothing.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, Union

from reportgen import evidence, formats
from reportgen.indicators import wording
from reportgen.indicators.definition import Kind as Scored
from reportgen.language import said as words
from reportgen.language.statements import Block, For, If, Keep, Numeral, Output, Set, Statement, Text
from reportgen.recovery.pieces import (
    ITEM,
    NOTHING,
    Any,
    Chosen,
    Count,
    Either,
    Many,
    Paragraph,
    Piece,
    Repeat,
    Says,
    Slot,
)
from reportgen.schema import NO, YES, Field, Kind
from reportgen.word.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.indicators.definition import Clause, Indicator
    from reportgen.language.said import Said
    from reportgen.packs import Pack


class _Fact(NamedTuple):
    path: str
    field: Field


class _Group(NamedTuple):
    members: Mapping[str, _Value]


class _Items(NamedTuple):
    items: tuple[_Value, ...]


class _Printed(NamedTuple):
    pieces: tuple[Piece, ...]


_Value: TypeAlias = Union[_Fact, _Group, _Items, _Printed]  # noqa: UP007 — as above
_Scope: TypeAlias = "Mapping[str, _Value]"
_ANYTHING: Final = _Printed((Any(),))
_FIGURE: Final = _Printed((Any(figure=True),))
_SCALARS: Final = frozenset({Kind.TEXT, Kind.PROSE, Kind.NUMBER, Kind.DATE, Kind.CHOICE})
_BLANKS: Final = " \t\u3000"
_TOLD: Final = ("算式", "结果", "判定", "原因", "依据")
_POINTS: Final = ("得分", "扣分", "值")


def of_pack(pack: Pack, template: str) -> tuple[Piece, ...]:
    """Give the pattern of the documents that a template of a pack makes."""
    return _Reader(pack).blocks(plain(pack.templates[template].text))


def of_name(pack: Pack, name: Sequence[Statement]) -> tuple[Piece, ...]:
    """Give the pattern of the file names that a pack gives."""
    return _Reader(pack).inline(name)


class _Reader:
    """Reads statements with the names that are visible at each."""

    def __init__(self, pack: Pack) -> None:
        self._loops = count(1)
        self._root: dict[str, _Value] = {
            name: _Fact(name, field) for name, field in {**pack.form.fields, **evidence.FORM}.items()
        }
        self._scope: _Scope = self._root
        indicators = {one.name: self._indicator(one) for one in pack.system.indicators}
        levels = _levels(pack.system.indicators, indicators)
        rows = _Items(tuple(indicators.values()))
        self._root |= {"指标": _Group(indicators), "指标体系": levels, "指标表": rows}

    def blocks(self, statements: Iterable[Statement]) -> tuple[Piece, ...]:
        """Read whole paragraphs."""
        return tuple(self._blocks(statements))

    def inline(self, statements: Iterable[Statement]) -> tuple[Piece, ...]:
        """Read a stretch of a paragraph."""
        found: list[Piece] = []
        for one in statements:
            found += self._piece(one)
        return _joined(found)

    def _blocks(self, statements: Iterable[Statement]) -> Iterator[Piece]:
        pieces: list[Piece] = []
        level = 0
        for one in statements:
            if isinstance(one, Text):
                *ended, rest = one.text.split("\n")
                for text in ended:
                    yield from _paragraph(level, [*pieces, text])
                    pieces, level = [], 0
                pieces.append(rest)
            elif isinstance(one, Numeral):
                level = one.level
            elif isinstance(one, Set):
                self._scope = {**self._scope, one.name: _FIGURE}
            elif isinstance(one, Block):
                yield from self._within(one.body, {})
            elif isinstance(one, If) and any(map(_is_block, (arm.body for arm in one.branches))):
                yield self._arms(one, whole=True)
            elif isinstance(one, For) and _is_block(one.body):
                yield from self._loop(one, whole=True)
            else:
                pieces += self._piece(one)
        yield from _paragraph(level, pieces)

    def _piece(self, one: Statement) -> Sequence[Piece]:
        match one:
            case Text():
                return [one.text]
            case Output() | Keep():
                return self._said(words.said(one.tree))
            case If():
                return [self._arms(one, whole=False)]
            case For():
                return self._loop(one, whole=False)
            case _:
                return []

    def _within(self, body: Sequence[Statement], names: _Scope, *, whole: bool = True) -> tuple[Piece, ...]:
        """Read a stretch that sees more names; what is set in it is not seen outside."""
        before = self._scope
        self._scope = {**before, **names}
        found = self.blocks(body) if whole else self.inline(body)
        self._scope = before
        return found

    def _arms(self, one: If, *, whole: bool) -> Either:
        arms: list[tuple[Piece, ...]] = []
        denied: list[Piece] = []
        for branch in one.branches:
            test = words.said(branch.test) if branch.test is not None else None
            holds = [] if test is None else self._says(test, holds=True)
            arms.append((*denied, *holds, *self._within(branch.body, {}, whole=whole)))
            denied += [] if test is None else self._says(test, holds=False)
        if one.branches[-1].test is not None:
            arms.append(tuple(denied))
        return Either(tuple(arms))

    def _loop(self, one: For, *, whole: bool) -> list[Piece]:
        listed = words.said(one.items)
        value = self._value(listed.dotted) if isinstance(listed, words.Name) else _ANYTHING
        if isinstance(value, _Items):
            unrolled: list[Piece] = []
            for at, item in enumerate(value.items, 1):
                names = {one.name: item, "loop": _Group({"index": _Printed((str(at),))})}
                unrolled += self._within(one.body, names, whole=whole)
            return unrolled
        if isinstance(value, _Fact) and value.field.item is not None:
            item, over = _Fact(value.path + ITEM, value.field.item), value.path
        else:
            item, over = _ANYTHING, f"#{next(self._loops)}"
        counted = _Group({"index": _Printed((Count(over),))})
        return [Repeat(over, self._within(one.body, {one.name: item, "loop": counted}, whole=whole))]

    def _value(self, dotted: str) -> _Value:
        """Look a name up; what is not known can be anything."""
        first, *rest = dotted.split(".")
        value: _Value = self._scope.get(first, _FIGURE)
        for name in rest:
            if isinstance(value, _Fact) and name in value.field.fields:
                value = _Fact(f"{value.path}.{name}", value.field.fields[name])
            elif isinstance(value, _Group) and name in value.members:
                value = value.members[name]
            else:
                return _ANYTHING
        return value

    def _said(self, said: Said) -> tuple[Piece, ...]:
        """Give what a printed expression looks like."""
        match said:
            case words.Words(text):
                return (text,)
            case words.Name(dotted):
                return _shown(self._value(dotted))
            case words.Joined(parts):
                return tuple(piece for part in parts for piece in self._said(part))
            case words.Choice(test, then, other):
                arms = (
                    (*self._says(test, holds=holds), *self._said(one)) for holds, one in ((True, then), (False, other))
                )
                return (Either(tuple(arms)),)
            case words.Called(name, value, others):
                return self._called(name, value, others)
            case _:
                return _FIGURE.pieces

    def _called(self, name: str, value: Said, others: tuple[Said, ...]) -> tuple[Piece, ...]:
        if name == "第几是":
            counted = self._said(value)
            return tuple(one._replace(ordinal=True) if isinstance(one, Count) else Any() for one in counted)
        if name == "默认":
            return (Either((self._said(value), self._said(others[0]))),)
        between = "、" if name == "顿号" else others[0].text if others and isinstance(others[0], words.Words) else ""
        if name in {"顿号", "连接"} and between:
            return (self._listed(value, between),)
        return (
            _FIGURE.pieces if name in {"数量", "金额", "百分比", "百分点", "定点", "数值", "合计"} else _ANYTHING.pieces
        )

    def _listed(self, value: Said, between: str) -> Piece:
        """Give the place of items with a sign between them."""
        if isinstance(value, words.Name):
            fact = self._value(value.dotted)
            if isinstance(fact, _Fact) and fact.field.item is not None and fact.field.item.kind in _SCALARS:
                return Slot(fact.path, fact.field, between)
        match value:
            case words.Called(
                "取", words.Called("筛选", words.Name(listed), (words.Words(key), *wanted)), (words.Words(member),)
            ):
                fact = self._value(listed)
                held = YES if not wanted or wanted[0] == words.Words("true") else NO
                return Chosen(fact.path, key, held, member, between) if isinstance(fact, _Fact) else Any()
        return Any()

    def _says(self, test: Said, *, holds: bool) -> list[Piece]:
        """Give what is known where a test holds, or does not."""
        match test:
            case words.Compared(words.Name("loop.length"), "gt", words.Words("1")):
                return [Many(one.over, holds) for one in self._said(words.Name("loop.index")) if isinstance(one, Count)]
            case words.Compared(words.Name(left), "eq", words.Name(right)) if holds:
                pair = self._value(left), self._value(right)
                return [
                    Says(one.path, like=other.path)
                    for one, other in (pair, pair[::-1])
                    if isinstance(one, _Fact) and isinstance(other, _Fact)
                ]
            case words.Opposite(inner):
                return self._says(inner, holds=not holds)
            case words.Name(dotted):
                fact = self._value(dotted)
                is_truth = isinstance(fact, _Fact) and fact.field.kind is Kind.TRUTH
                return [Says(fact.path, YES if holds else NO)] if isinstance(fact, _Fact) and is_truth else []
            case words.Compared(words.Called("数量", words.Name(dotted), ()), sign, words.Words("0")):
                fact = self._value(dotted)
                is_empty = holds == (sign == "eq") and sign in {"eq", "ne", "gt"}
                return [Says(fact.path, NOTHING)] if isinstance(fact, _Fact) and is_empty else []
            case _:
                return []

    def _indicator(self, one: Indicator) -> _Group:
        """Give what tags look up in an indicator."""
        title, weight = _Printed((one.title,)), _Printed((formats.plain(one.weight),))
        judged = {"得分": one.scoring.score, "原因": one.scoring.reason} if one.scoring.kind is Scored.JUDGED else {}
        own: dict[str, _Value] = {
            **dict.fromkeys(_TOLD, _ANYTHING),
            **dict.fromkeys(_POINTS, _FIGURE),
            "分值": weight,
            **{key: _Printed(self.inline(routine)) for key, routine in judged.items()},
        }
        self._scope = {**self._root, **own, "条款情况": _Printed(self._clauses(one.scoring.clauses))}
        told = {"说明": _Printed(self.inline(one.text)), "改进": _Printed(self.inline(one.improvement))}
        self._scope = self._root
        standard = one.standard or wording.standard(one)
        fixed = {"一级": one.levels[0], "二级": one.levels[1], "标准": standard, "公式说明": one.in_words}
        return _Group({**own, "名称": title, **{key: _Printed((text,)) for key, text in fixed.items()}, **told})

    def _clauses(self, clauses: Sequence[Clause]) -> tuple[Piece, ...]:
        """Give the sentence that clauses are told in, each met or not."""
        told: list[Piece] = []
        for one in clauses:
            condition = one.condition[0] if one.condition else None
            test = words.said(condition.tree) if isinstance(condition, Keep) else words.Computed()
            arms = (
                (*self._says(test, holds=holds), *self.inline(text))
                for holds, text in ((True, one.met), (False, one.unmet))
            )
            told += ["；" if told else "", Either(tuple(arms))]
        return _joined([*told, "。"]) if told else ()


def _levels(indicators: Sequence[Indicator], known: Mapping[str, _Group]) -> _Items:
    """Give the indicators by their levels."""
    tree: dict[str, dict[str, list[_Value]]] = {}
    for one in indicators:
        tree.setdefault(one.levels[0], {}).setdefault(one.levels[1], []).append(known[one.name])
    firsts = (
        _level(name, 二级=_Items(tuple(_level(inner, 指标=_Items(tuple(items))) for inner, items in seconds.items())))
        for name, seconds in tree.items()
    )
    return _Items(tuple(firsts))


def _level(name: str, **below: _Value) -> _Group:
    points = dict.fromkeys(("分值", *_POINTS), _FIGURE)
    return _Group({"名称": _Printed((name,)), **points, "算式": _ANYTHING, **below})


def _shown(value: _Value) -> tuple[Piece, ...]:
    if isinstance(value, _Printed):
        return value.pieces
    if isinstance(value, _Fact) and value.field.kind in _SCALARS:
        return (Slot(value.path, value.field),)
    return (Any(),)


def _paragraph(level: int, pieces: Sequence[Piece]) -> Iterator[Paragraph]:
    joined = list(_joined(pieces))
    if joined and isinstance(joined[0], str):
        joined[0] = joined[0].lstrip(_BLANKS)
    if joined and isinstance(joined[-1], str):
        joined[-1] = joined[-1].rstrip(_BLANKS)
    if any(joined):
        yield Paragraph(level, _joined(joined))


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Join literal words that stand side by side."""
    found: list[Piece] = []
    for one in pieces:
        if isinstance(one, str) and found and isinstance(found[-1], str):
            found[-1] += one
        elif one != "":
            found.append(one)
    return tuple(found)


def _is_block(statements: Sequence[Statement]) -> bool:
    """Tell whether paragraphs end in a stretch."""
    return any(
        (isinstance(one, Text) and "\n" in one.text)
        or (isinstance(one, For | Block) and _is_block(one.body))
        or (isinstance(one, If) and any(_is_block(arm.body) for arm in one.branches))
        for one in statements
    )

"""What a pattern has around its slots, and rows, in; what stands behind the same words in those rows out.

This is how the figures of a report are read that no template of ours printed. What is in doubt is not taken: words that
belong to longer ones, another year, another unit, about-words, and figures that differ from place to place.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import Counter
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import formats, units
from reportgen.recovery.matching import Found
from reportgen.recovery.pieces import ITEM, Either, Paragraph, Repeat, Says, Slot, inside
from reportgen.schema import NO, YES, Kind
from reportgen.word.plain import CELL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.formats import Quantity
    from reportgen.recovery.pieces import Piece
    from reportgen.recovery.rows import Part, Row
    from reportgen.schema import Field

_CLAUSE: Final = re.compile(rf"[^，。；、：:,;（）(){CELL}\s]*$")
_LEADING: Final = re.compile("^(?:其中|包括|分别|以及|和|及|共|年(?=年))+")
_TRAILING: Final = re.compile("(?:决算数|金额|数)?(?:为|有|是|共|计)?$")
_FILLER: Final = (
    "(?:决算数|人数|总数|金额|数)?(?:共计|共有|共|有|为|是)?[：:]?[ \t]?"
    rf"(?:[（(](?P<unit>[^\W\d_]{{1,3}})[）)])?{CELL}?"
)
_OPENS: Final = re.compile(r"(?:^|[^\u4e00-\u9fff]|其中|实有|在职|在编|现有|共有|年末|[我本][\u4e00-\u9fff]{1,2})$")
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)年")
_OTHER_YEAR: Final = re.compile("上年|去年|上一年|同期|下年|明年|下一年")
_STOP: Final = re.compile("[。；;\n]")
_AFTER: Final = re.compile("[多余几来]|以上|以下|左右|[—～~-]")
_SELF: Final = re.compile("我(?:镇|乡|街道|局|校|院|所|站|中心|单位|委|办|会|馆)|本单位|本部门")
_MOSTLY: Final = 0.6
_LONG_NAME: Final = 3
_NUMBER: Final = re.compile(r"(?<![\d.])(\d{1,9})$")
_DENIALS: Final = frozenset("不未没非无")
_SHORTEST: Final = 4  # characters of words that are looked for anywhere
_MOST_HITS: Final = 100
_NEAR: Final = 40  # characters in which a figure stands
_BACK: Final = 200  # characters before it that say which year it is of
_ITEMS: Final = 3  # a list has at least so many
_LONG_ITEM: Final = 30
_VERB: Final = re.compile("[设有为是]|负责|包括")  # the first item of a list would begin with the end of a sentence
_PAUSE: Final = re.compile("[，。；,;]")
_KINDS: Final = frozenset({Kind.NUMBER, Kind.DATE})
_SAME: Final = (
    ("部门名称", "单位名称", "部门（单位）名称", "部门全称", "评价单位", "填报单位", "预算单位"),
    ("下属二级预算单位数量", "所属下级预算单位数量", "所属下属预算单位数量", "下属下级预算单位数量"),
    ("填报人", "填表人", "经办人"),
    ("联系电话", "电话"),
    ("填报日期", "填报时间", "报告日期"),
)
"""Words for one field of a cover."""
_SEAL: Final = re.compile("[（(][^（()）]*章[）)]")
_DATES: Final = {"截至": "截[至止]到?"}


class Label(NamedTuple):
    """The words before the slot of a figure."""

    slot: Slot
    words: str


def labels(pattern: Sequence[Piece]) -> Iterator[Label]:
    """Give the words before each figure of a pattern that name it, leaving out items of lists."""
    for one in pattern:
        if isinstance(one, Paragraph):
            yield from labels(one.pieces)
        elif isinstance(one, Either):
            for arm in one.arms:
                yield from labels(arm)
    for before, one in pairwise(pattern):
        if isinstance(before, str) and isinstance(one, Slot) and one.field.kind in _KINDS and ITEM not in one.path:
            words = _TRAILING.sub("", _LEADING.sub("", _clause(before)))
            if words and _names(words, one):
                yield Label(one, words)


def stated(pattern: Sequence[Piece]) -> Iterator[tuple[Says, str]]:
    """Give literal texts that stand only where a fact is so or not so, with what they say."""
    for one in inside(pattern):
        if isinstance(one, Either):
            arms = [arm for arm in one.arms if len(arm) == 2]  # noqa: PLR2004 — what is said, and the words
            for says, words in arms:
                if isinstance(says, Says) and says.value in {YES, NO} and isinstance(words, str):
                    yield says, words


def fields(pattern: Sequence[Piece]) -> Iterator[Label]:
    """Give the slots of a cover, each with the words before its colon."""
    for one in pattern:
        if isinstance(one, Paragraph) and len(one.pieces) > 1:
            words, slot = one.pieces[:2]
            if isinstance(words, str) and words.endswith("：") and isinstance(slot, Slot):
                yield Label(slot, _SEAL.sub("", words).rstrip("："))


def years(pattern: Sequence[Piece]) -> Iterator[Slot]:
    """Give the slots of a year that stands alone."""
    for one in inside(pattern):
        if isinstance(one, Paragraph):
            for slot, after in pairwise(one.pieces):
                if (
                    isinstance(slot, Slot)
                    and isinstance(after, str)
                    and after.startswith("年度")
                    and not slot.field.unit
                ):
                    yield slot


def selves(pattern: Sequence[Piece]) -> Iterator[Slot]:
    """Give the slots of the word for the one who reports, as their examples show."""
    for one in inside(pattern):
        if isinstance(one, Slot) and one.field.kind is Kind.TEXT and _SELF.fullmatch(one.field.example):
            yield one


def own_word(said: Iterable[str]) -> str:
    """Give the word that a report mostly has for the one who reports; nothing where it has several."""
    counts = Counter(word for one in said for word in _SELF.findall(one))
    word, most = max(counts.items(), key=lambda one: one[1], default=("", 0))
    return word if most > _MOSTLY * counts.total() else ""


def counted(form: Field, shelf: Shelf, path: str = "") -> Iterator[Found]:
    """Read the numbers of a form that stand before their own names."""
    for name, field in form.fields.items():
        inner = f"{path}.{name}" if path else name
        yield from counted(field, shelf, inner)
        if field.kind is Kind.NUMBER and field.unit and len(name) >= _LONG_NAME:
            found = shelf.counted(inner, field)
            if found:
                yield found


def _clause(text: str) -> str:
    found = _CLAUSE.search(text.rstrip("：: "))
    return found.group() if found else ""


def _names(words: str, slot: Slot) -> bool:
    """Tell whether words are about the fact: its name lies in them, or they in its name."""
    name = _TRAILING.sub("", slot.path.rpartition(".")[2])
    return _lies_in(name, words) or _lies_in(words, name)


def _lies_in(inner: str, outer: str) -> bool:
    signs = iter(outer)
    return all(sign in signs for sign in inner)


class Shelf:
    """Rows that are looked through for words, as one text."""

    def __init__(self, rows: Sequence[Row], year: int | None = None) -> None:
        """Take rows, and the year that the report is about."""
        self._rows = rows
        self._starts = list(accumulate((len(row.text) + 1 for row in rows), initial=0))
        self._text = "\n".join(row.text for row in rows)
        self._this_year = re.compile(rf"{year}年度?(?:[我本]..?)?$" if year else "$^")
        self._year = str(year) if year else ""

    def find(self, label: Label) -> Found | None:
        """Give the figure behind the words of a label; None where there is none, or several."""
        behind = re.compile((_DATES.get(label.words) or re.escape(label.words)) + _FILLER)
        hits = islice(behind.finditer(self._text), _MOST_HITS)
        return self._only(label.slot, ((self._figure(label.slot, at), at) for at in hits))

    def counted(self, path: str, field: Field) -> Found | None:
        """Give the number that stands before its unit and the name of a fact, 17个村（社区）, if there is but one."""
        spelt = "[（()）]?".join(map(re.escape, path.rpartition(".")[2]))
        named = re.compile(re.escape(field.unit) + spelt)
        hits = islice(named.finditer(self._text), _MOST_HITS)
        return self._only(Slot(path, field), ((self._number(at.start()), at) for at in hits))

    def says(self, pairs: Iterable[tuple[Says, str]]) -> Iterator[Found]:
        """Give what is said word by word, where the opposite is not said as well."""
        said: dict[str, dict[str, Found]] = {}
        for says, words in pairs:
            at = self._text.find(words) if len(words) >= _SHORTEST else -1
            if at >= 0 and self._text[max(at - 1, 0) : at] not in _DENIALS:
                said.setdefault(says.path, {})[says.value] = Found(says.path, says, says.value, self._row(at))
        for values in said.values():
            if len(values) == 1:
                yield from values.values()

    def lists(self, slot: Slot) -> Iterator[Found]:
        """Give the items of a list that is a row by itself."""
        for row in self._rows:
            said = row.text.rpartition("：")[2].rstrip("。 ")
            items = said.split(slot.between)
            if (
                len(items) >= _ITEMS
                and not _PAUSE.search(said)
                and not _VERB.search(items[0])
                and max(map(len, items)) <= _LONG_ITEM
            ):
                yield Found(slot.path, slot, said, row)

    def _number(self, end: int) -> str:
        """Give the number that ends at a place."""
        found = _NUMBER.search(self._text, max(end - _NEAR, 0), end)
        return found[1] if found else ""

    def _row(self, at: int) -> Row:
        return self._rows[bisect_right(self._starts, at) - 1]

    def _only(self, slot: Slot, hits: Iterable[tuple[str, re.Match[str]]]) -> Found | None:
        """Give what is found if it is the same everywhere; what is found too often is about something else."""
        listed = list(hits)
        found = [(text, at) for text, at in listed if text]
        if len({text for text, _ in found}) != 1 or len(listed) == _MOST_HITS:
            return None
        text, at = found[0]
        return Found(slot.path, slot, text, self._row(at.start()))

    def _figure(self, slot: Slot, at: re.Match[str]) -> str:
        """Give a plain figure where words begin where others end, of the year that the report is about."""
        near = formats.find(self._text[at.end() : at.end() + _NEAR])
        before = self._text[max(at.start() - _BACK, 0) : at.start()]
        sentence = _STOP.split(before)[-1]
        begins = _OPENS.search(before) or self._this_year.search(before)
        other = _OTHER_YEAR.search(sentence) or (self._year and set(_YEAR.findall(sentence)) - {self._year})
        if not near or near[0].start or near[0].about or not begins or other:
            return ""
        return "" if _AFTER.match(self._text, at.end() + near[0].end) else _said(near[0], slot, at["unit"] or "")


def _said(one: Quantity, slot: Slot, unit: str) -> str:
    """Give a figure as a facts file takes it; nothing where it is of another kind or unit."""
    field = slot.field
    if field.kind is Kind.DATE:
        return one.text if one.kind is formats.Kind.DATE and isinstance(one.value, dt.date) else ""
    if isinstance(one.value, dt.date) or one.kind in {formats.Kind.ORDINAL, formats.Kind.CODE}:
        return ""
    has = one.unit or unit
    known = field.units or units.COMMON
    if bool(has) != bool(field.unit) or (has and units.ratio(has, field.unit, known) is None):
        return ""
    return formats.plain(one.value) if has == field.unit else f"{formats.plain(one.value)} {has}"


def of_part(part: Part, year: int | None) -> Iterator[Found]:
    """Read the figures of a part by the words before them, and what it says word by word."""
    shelf = Shelf(part.near, year)
    yield from filter(None, map(shelf.find, labels(part.pattern)))
    yield from shelf.says(stated(part.pattern))
    lists = [one for one in inside(part.pattern) if isinstance(one, Repeat | Slot) and _is_list(one)]
    if len(lists) == 1 and isinstance(lists[0], Slot):
        yield from shelf.lists(lists[0])


def _is_list(one: Repeat | Slot) -> bool:
    return isinstance(one, Repeat) or bool(one.between)


def anywhere(part: Part, shelf: Shelf) -> Iterator[Found]:
    """Read the figures of a part that the report has no heading for, by words that are the very name of the fact."""
    for label in labels(part.pattern):
        if not part.rows and len(label.words) >= _SHORTEST and label.words == label.slot.path.rpartition(".")[2]:
            found = shelf.find(label)
            if found:
                yield found


def same(words: str) -> Sequence[str]:
    """Give the words that mean the same field of a cover, these first."""
    return [words, *(one for group in _SAME if words in group for one in group)]

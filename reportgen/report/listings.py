"""Lines in; the lists of names in their sentences out, each with its items and the number that is stated with it.

五个点（甲村、乙村…）, 甲村、乙村等3个村, 设5个站所，分别是甲、乙…: what stands in brackets or quotes within an
item belongs to it, 等 leaves a list open, and where 甲和乙 may be one name or two, both are counted.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import formats
from reportgen.report.runs import BRACKET, Item, Run, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.report.model import Line

_MOST: Final = 60  # items of a list that is looked at
_LONGEST: Final = 60  # characters of one
_NEAR: Final = 40  # characters beside a list in which its number may stand
_HAN: Final = "\u4e00-\u9fff"
_DIGITS: Final = "一二两三四五六七八九十百"
_MEASURES: Final = "个|项|家|名|位|条|座|所|处|类|种|支|大|件|宗|户|台|辆|套|本|张|步|点|款|方面|门|栋|间|片|组|人"
_COUNT: Final = re.compile(
    rf"(?<![第\d.．千万几多数－~～—{_DIGITS}-])(?P<number>\d{{1,3}}|[{_DIGITS}]{{1,4}})\s*"
    rf"(?:(?P<unit>{_MEASURES})|(?=村|镇|乡|社区|街道|县|区|校))(?P<noun>[{_HAN}“”]{{0,14}})"
)
_CLAUSE: Final = re.compile("[^，。；：！？、（）,;:()]*$")
_LEAD: Final = re.compile(
    "(?P<mark>其中|(?:主要)?(?:分别是|分别为|具体是|具体为|具体包括|包括|包含|涵盖|即))(?:包括|有|是|为)?|为|是|有|设"
)
_MARK: Final = re.compile("包括|包含|涵盖|分别是|分别为|具体是|具体为|内设|下设|设有|设立|下辖|管辖|涉及")
_SETS: Final = frozenset(("内设", "下设", "设有", "设立", "下辖", "管辖"))
_OFFICES: Final = re.compile("[股科处室站所]室|机构|单位|部门|站所|中心|企业")
_NO_NAMES: Final = re.compile("其中|不?含|[如例见附详按以]|截至|约|共|每")
_BEHIND: Final = re.compile("(?P<name>.*?)(?P<tie>等?(?:共计|合计|一共|总共|共有|共设|共)?)这?")
_ALL: Final = re.compile(rf"\s*[，,]?\s*(?:共计|合计|一共|总共|共有|共设|共)(?=[\d{_DIGITS}])")
_OPEN: Final = re.compile(rf"(?:等|…|\.{{3}}|等[{_HAN}]{{1,4}})$")
_AND: Final = re.compile(rf"(?<=[{_HAN}”》）])(?:以及|和|及|与|或)(?=[{_HAN}“《])")
_INNER: Final = re.compile("[（(][^（()）]{0,60}[）)]|“[^“”]{0,60}”|《[^《》]{0,60}》")
_PLACES: Final = frozenset("村镇乡县区道")
ETC: Final = "等"
AMONG: Final = "其中"


class Count(NamedTuple):
    """A number that is stated: its value, its measure word, its noun, and where all that begins and ends."""

    value: int
    unit: str
    noun: str
    start: int
    end: int


class Listing(NamedTuple):
    """A list in a sentence: its line, its items, and the number stated with it, if there is one.

    It has `fewest` to `most` names. `tie` is what ties the number to it: （ or ：, 分别是, 其中 and the like, 等 or 共,
    or nothing. `open` is whether 等 stands behind the last name.
    """

    line: Line
    items: tuple[Item, ...]
    fewest: int
    most: int
    stated: Count | None = None
    tie: str = ""
    open: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The words of the items."""
        return tuple(self.line.text[one.start : one.end] for one in self.items)

    @property
    def span(self) -> tuple[int, int]:
        """Where the list begins and ends, with the number that is stated with it and the bracket around it."""
        start, end = self.items[0].start, self.items[-1].end + (self.tie == BRACKET)
        return (min(self.stated.start, start), max(self.stated.end, end)) if self.stated else (start, end)


class _Read(NamedTuple):
    """A list, the numbers one of which is stated of it, and what ties them to it."""

    items: Sequence[Item]
    counts: Sequence[Count] = ()
    tie: str = ""
    open: bool = False


def find(lines: Iterable[Line]) -> Iterator[Listing]:
    """Find the lists in lines, in reading order."""
    for line in lines:
        for run in runs(line.text):
            if len(run.items) <= _MOST and all(one.end - one.start <= _LONGEST for one in run.items):
                found = _in_brackets(line.text, run) if run.sign == BRACKET else _in_a_sentence(line.text, run)
                if found:
                    yield _listing(line, found)


def counts(text: str, start: int, end: int) -> list[Count]:
    """Give the numbers with their nouns that stand in a stretch of a text."""
    found = []
    for one in _COUNT.finditer(text, start, end):
        number = value(one["number"])
        if number:
            found.append(Count(number, one["unit"] or "", one["noun"], *one.span()))
    return found


@lru_cache
def value(numeral: str) -> int:
    """Read a number in figures or Chinese numerals; 0 where it is none."""
    read = formats.read(numeral)
    return int(read.value) if read and isinstance(read.value, Decimal) else 0


def _listing(line: Line, read: _Read) -> Listing:
    fewest = len(read.items)
    said = (_INNER.sub("名", line.text[one.start : one.end]) for one in read.items)
    most = fewest + sum(len(_AND.findall(one)) for one in said)
    fitting = (one for one in read.counts if fewest <= one.value <= most)
    stated = next(fitting, read.counts[-1] if read.counts else None)
    return Listing(line, tuple(read.items), fewest, most, stated, read.tie, read.open)


def _in_brackets(text: str, run: Run) -> _Read | None:
    """Read a list in brackets; its number stands right before them."""
    first, last = run.items[0], run.items[-1]
    if not run.whole or _NO_NAMES.match(text, first.start):
        return None
    before = _before(text, run)
    if not before and len(run.items) == 1:
        return None
    lead = _LEAD.match(text, first.start, first.end)
    items = [_behind(lead if lead and lead["mark"] else None, first), *run.items[1:]]
    return _Read(items, before, run.sign, _OPEN.search(text, last.start, last.end) is not None)


def _in_a_sentence(text: str, run: Run) -> _Read:
    """Read a list in a sentence; its number stands before 分别是 or ：, or right behind it."""
    first, last = run.items[0], run.items[-1]
    lead = _LEAD.match(text, first.start, first.end)
    mark = lead["mark"] or "" if lead else ""
    before = _before(text, run) if run.sign == "：" or (run.sign == "，" and mark) else []
    if before:
        items = [_behind(lead, first), *run.items[1:]]
        return _Read(items, before, mark or run.sign, _OPEN.search(text, last.start, last.end) is not None)
    marks = [*_MARK.finditer(text, first.start, first.end)]
    items = [_behind(marks[-1] if marks else None, first), *run.items[1:]]
    return _counted_behind(text, items, is_set=bool(marks) and marks[-1].group() in _SETS) or _Read(items)


def _behind(mark: re.Match[str] | None, first: Item) -> Item:
    """Leave out what says that a list begins, unless nothing is left."""
    return Item(mark.end(), first.end) if mark and mark.end() < first.end else first


def _before(text: str, run: Run) -> list[Count]:
    """Give the numbers in the clause before a list, where the last one with its noun stands right before it."""
    clause = _CLAUSE.search(text, max(0, run.at - _NEAR), run.at)
    found = counts(text, clause.start(), run.at) if clause else []
    if not found or found[-1].end != run.at:
        return []
    noun = found[-1].noun or text[run.at - 1]
    of_places = noun[0] in _PLACES and len(noun) > 1
    return [] if of_places and not _end_alike(text, run.items) else found


def _counted_behind(text: str, items: Sequence[Item], *, is_set: bool) -> _Read | None:
    """Read a list behind which its number stands: 甲村、乙村等3个村, 甲所、乙所，共2个机构.

    Without 等 or 共 between them the names must end alike, or be offices that are set up.
    """
    last = items[-1]
    rest = _ALL.match(text, last.end)
    if rest:
        found = [one for one in counts(text, rest.end(), rest.end() + _NEAR) if one.start == rest.end()]
        return _Read(items, found, "共") if found and _fits(text, items, found[0]) else None
    found = [one for one in counts(text, last.start, last.end) if one.start > last.start][:1]
    head = _BEHIND.fullmatch(text, last.start, found[0].start) if found else None
    if head is None or not head["name"]:
        return None
    items = [*items[:-1], Item(*head.span("name"))]
    tied = head["tie"] or _end_alike(text, items) or (is_set and _OFFICES.search(found[0].noun))
    return _Read(items, found, head["tie"][:1]) if tied and _fits(text, items, found[0]) else None


def _end_alike(text: str, items: Sequence[Item]) -> str:
    """Give the last character of all names, if it is the same: 村, 室, ”."""
    ends = {text[one.end - 1] for one in items}
    return ends.pop() if len(ends) == 1 else ""


def _fits(text: str, items: Sequence[Item], count: Count) -> bool:
    """Tell whether a number behind names counts them, and not what there is in these places: 甲村、乙村5个点."""
    end = _end_alike(text, items)
    return end not in _PLACES or end in (count.noun or text[count.end - 1])

"""A line in; what it says in points out: 满分5分，得4分，扣1分, each group with the words that it is said of."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.formats.grammar import WIDE
from reportgen.report.scores.model import Figure, Passage, key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reportgen.report.model import Line


class Kind(Enum):
    """What points are."""

    SCORE = "score"
    WEIGHT = "weight"
    SUM = "sum"
    DEDUCTION = "deduction"
    FULL = "full"
    UNSCORED = "unscored"
    BARE = "bare"


_AS_SCORE: Final = {Kind.FULL, Kind.UNSCORED}


class Mark(NamedTuple):
    """Points in a line: where the words about them begin and end, and the number; none where it is said in words."""

    kind: Kind
    start: int
    end: int
    figure: Figure | None


class Group(NamedTuple):
    """Marks of one sentence that belong together, the words before them, which tell of what, and where it begins."""

    subject: Passage
    marks: tuple[Mark, ...]
    sentence: int


_N: Final = r"(?<![\d.])(?P<{}>\d{{1,4}}(?:\.\d{{1,6}})?)(?![\d.]\d|\d)"
_POINTS: Final = r"\s?分(?![之别钟管制工享期阶解]|及?以[上下内]|[及（(]?含|\s?[-—–～~至])"
_OR_END: Final = rf"(?:{_POINTS}|(?=\s*(?:[，,。；;、)/]|$)))"
_IS: Final = r"\s?(?:为|是|共计?|合计|设为|设定为|占|[：:])?\s?"
_BY: Final = "(?:自我评价|自评|评价|考核|综合|最终|最后|实际|合计|本项|评定|自查|总计|共计|总|共|实|应|可|打|获){0,4}+"
_MARK: Final = re.compile(
    rf"(?P<FULL>(?:自评|实际|应|可|均|为)?(?:得|计|评|给予?)(?:到|为|了)?满分(?!\s*[\d为是：:]))"
    rf"|(?P<UNSCORED>不计分|不赋分|不参与(?:计分|评分|打分)|不适用|不作评分|不纳入(?:计分|评分))"
    rf"|得分\s*[=＝][^，。；：]{{1,60}}[=＝]\s?{_N.format('RECKONED')}{_POINTS}"
    rf"|(?:指标|项)?(?:满分|分值|权重|标准分|基准分|赋分|应得分?)(?:值|数)?{_IS}{_N.format('WEIGHT')}(?:\s?%|{_OR_END})"
    rf"|(?P<by>{_BY})(?<=总)分(?:值|数)?{_IS}{_N.format('SUM')}{_OR_END}"
    rf"|(?:扣|失|减)(?:减|除|掉|分|了|去){{0,3}}+(?:值|数)?{_IS}{_N.format('DEDUCTION')}{_POINTS}"
    rf"|{_BY}(?<![各均都])(?:得分|评分|自评分)(?:值|数|结果|情况)?{_IS}{_N.format('SCORE')}{_OR_END}"
    rf"|{_BY}(?<![各均都])(?:得|计|评|自评)(?:到|为|了|出)?\s?{_N.format('SCORED')}{_POINTS}"
    rf"|自评(?:为)?\s?{_N.format('RATED')}{_POINTS}"
    rf"|\(\s?(?:共|计)?{_N.format('BRACKET')}{_POINTS}(?=\s?[)，,；;、/])"
    rf"|(?<![-—–～~至×÷=＝/+−*]){_N.format('BARE')}{_POINTS}"
)
_NUMBERS: Final = ("WEIGHT", "SUM", "DEDUCTION", "SCORE", "SCORED", "RATED", "RECKONED", "BRACKET", "BARE")
_KINDS: Final = {"SCORED": "SCORE", "RATED": "SCORE", "RECKONED": "SCORE", "BRACKET": "WEIGHT"}
_OWN: Final = re.compile("自评|自我|实|得|最|获")
_HINT: Final = re.compile("[分权]|不适用")
_STANDARD: Final = re.compile(
    r"[\s(（①-⑳]*(?:评分|评价|计分|打分|扣分|得分)(?:标准|方法|办法|依据|规则|细则|要点)(?:及|和)?[^，。；：:]{0,8}[：:为是]"
)
_CONDITION: Final = re.compile(
    r"(?:每[^，。；：:]{0,30}|的[，,]|否则|者[，,]?|凡[^。；]{0,40}|(?<![例比诸])如果?[^。；：:]{0,40}|若[^。；]{0,40}|视情况?|最多|最高|不得"
    "|(?:上年|去年|上一年|往年|同期|上期)[^，。；]{0,6})$"
)
_PLAIN: Final = re.compile(r"[得计扣减评]\s?\d")
_CUT: Final = re.compile(r"[，,；;。：:！？\n]")
_FAR: Final = 200  # characters in which the name of points is looked for
_YEAR: Final = re.compile(r"\s*(?:20\d\d年度?|本年度?|全年)[，,]?")
_UNIT: Final = re.compile("(?:我|本|全)?(?:镇|乡|街道|局|院|校|站|所|中心|单位|部门|县|市|区)(?:的)?")
_TELLS: Final = re.compile(
    "(?:小于|大于|低于|高于|少于|多于|超过|超出|达到|不到|等于|未|没有|已|均|因|由于|按照?|根据|对照|依据|符合|故|实际)"
)
_RATE: Final = re.compile(r"(?:为|是|达到?|仅|约|[=＝：:])?\s*[-−]?\d[\d.,]*\s*[%％].*$")
_OF_ALL: Final = re.compile("总|综合|合计")
_EDGE: Final = " \u3000\t\xa0，,、：:；;()（）/。"
_NUMBERED: Final = re.compile(
    r"\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[)）]|[.．、](?!\d))|[①-⑳]|[一二三四五六七八九十]是|其中)[，,、：:\s]*"
)
_TAIL: Final = re.compile(
    r"(?:(?:该|本|此|这)?(?:[一二三]级)?(?:项目?|指标|方面|部分)?(?:该|本|此)?项?(?:指标)?(?:的|自评|评价|得分|评分|情况为|应|共|按)?)$"
)


def groups(line: Line, names: Collection[str]) -> Iterator[Group]:
    """Give what a line says in points, in reading order; `names` are the keys of names that begin a group."""
    if not _HINT.search(line.text):
        return
    plain = line.text.translate(WIDE)
    for start, end in line.sentences():
        if not _STANDARD.match(plain, start, end):
            yield from _parted(line, start, list(_marks(line, plain, start, end)), names)


def _marks(line: Line, plain: str, start: int, end: int) -> Iterator[Mark]:
    for found in _MARK.finditer(plain, start, end):
        before = plain[max(start, found.start() - 50) : found.start()]
        if _CONDITION.search(before) or (before.endswith("的") and _PLAIN.match(found.group())):
            continue
        name = found.lastgroup or ""
        number = next((one for one in _NUMBERS if found[one]), None)
        begin = found.start() + (found.group()[0] == "(")
        words = (begin, found.end())
        figure = Figure(Decimal(found[number]), line, *found.span(number), words) if number else None
        kind = Kind[_KINDS.get(number or name, number or name)]
        if kind is Kind.SUM and _OWN.search(found["by"]):
            kind = Kind.SCORE
        yield Mark(kind, found.start(), found.end(), figure)


def _parted(line: Line, start: int, marks: list[Mark], names: Collection[str]) -> Iterator[Group]:
    """Part the marks of a sentence: a second score, or a name, begins a new group."""
    held: list[Mark] = []
    subject = Passage(line, start, start)
    last = start
    for mark in marks:
        words = _subject(line, last, mark.start, names)
        if _is_weight(held, words, mark):
            held = [held[0]._replace(kind=Kind.WEIGHT)]
        elif held and (_clash(held, mark) or key(words.text) in names):
            yield Group(subject, tuple(held), start)
            held = []
        if not held:
            subject = words
        held.append(mark)
        last = mark.end
    if held:
        yield Group(subject, tuple(held), start)


def _clash(held: list[Mark], mark: Mark) -> bool:
    kinds = {Kind.SCORE if one.kind in _AS_SCORE else one.kind for one in held}
    kind = Kind.SCORE if mark.kind in _AS_SCORE else mark.kind
    return kind is Kind.BARE or Kind.BARE in kinds or (kind is not Kind.DEDUCTION and kind in kinds)


def _is_weight(held: list[Mark], words: Passage, mark: Mark) -> bool:
    """Tell whether a number without a word is the full mark of the score right after it, 到位率5分，得4分."""
    if [one.kind for one in held] != [Kind.BARE] or mark.kind not in {Kind.SCORE, Kind.FULL} or words.text:
        return False
    full, score = held[0].figure, mark.figure
    fits = not full or not score or score.value <= full.value
    return fits and not _OF_ALL.search(words.line.text, mark.start, mark.end)


def _subject(line: Line, start: int, end: int, names: Collection[str]) -> Passage:
    """Find the words that points are said of: those of the last clause that can be a name.

    Numerals, years, rates behind a name and words such as 该项指标 are left out, and so is 我镇 before a known name.
    """
    text = line.text[start:end]
    stop = len(text.rstrip(_EDGE))
    while stop > 0:
        cuts = [one.end() for one in _CUT.finditer(text, max(0, stop - _FAR), stop)]
        begin = cuts[-1] if cuts else 0 if stop <= _FAR else stop
        found = _trimmed(text, begin, stop)
        if found is None:
            stop = len(text[:begin].rstrip(_EDGE))
            continue
        own = _UNIT.match(text, *found)
        if own and key(text[own.end() : found[1]]) in names:
            found = (own.end(), found[1])
        return Passage(line, start + found[0], start + found[1])
    return Passage(line, end, end)


def _trimmed(text: str, begin: int, stop: int) -> tuple[int, int] | None:
    """Trim a clause to the name that it may be; None where it tells something, such as 小于100%."""
    numeral = _NUMBERED.match(text, begin, stop)
    begin = numeral.end() if numeral else begin
    year = _YEAR.match(text, begin, stop)
    begin = year.end() if year else begin
    if _TELLS.match(text, begin, stop):
        return None
    rate = _RATE.search(text, begin, stop)
    stop = rate.start() if rate else stop
    begin += len(text[begin:stop]) - len(text[begin:stop].lstrip(_EDGE))
    stop -= len(text[begin:stop]) - len(text[begin:stop].rstrip(_EDGE))
    tail = _TAIL.search(text, begin, stop)
    stop = tail.start() if tail else stop
    stop -= len(text[begin:stop]) - len(text[begin:stop].rstrip(_EDGE))
    return begin, max(begin, stop)

"""Sections in, what their lines say in points out: drafts of statements, each of an indicator or of the whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.report.scores.marks import Kind, groups
from reportgen.report.scores.model import Passage, Statement, Total, key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from reportgen.report.model import Section
    from reportgen.report.scores.marks import Mark
    from reportgen.report.scores.model import Figure

CONCLUSION: Final = re.compile("结论|自评得分|评价得分|自评结果|评价结果|总体评价|综合评价|总体情况|自评总分|得分情况")
ASIDE: Final = re.compile(
    "(?:存在|主要|其他|突出|发现)的?(?:主要|突出)?(?:问题|不足)|^问题|问题(?:及|和|与|、|分析|清单|$)|改进|建议|失分|整改(?:情况|意见)"
    "|措施(?:及|和|、|$)|下一步|打算|(?:评分|评价)(?:标准|依据|办法)"
)
_GENERIC: Final = re.compile(
    "(?:经|按照?|根据)?(?:该|本|此|这|上述)?(?:[一二三]级)?(?:个|项目?|条)?(?:[一二三]级)?(?:指标|内容)?(?:自评|评价|综合|因此|故|实际)?"
)
_WHOLE: Final = re.compile(
    "(?:整体(?:支出)?[^率性度]{0,8}绩效|整体(?:支出)?|绩效|自我|自评|总体|综合|评价|合计|总计|总|百分制|[本此]次[^率性度]{0,8}"
    "|(?:本|我)(?:镇|乡|局|院|校|站|所|单位|部门|街道|中心))(?:自评|评价|自我评价|工作|结果|结论|综合|最终|得分|总分|情况){0,3}$"
)
_OTHERS: Final = re.compile(
    "上年|去年|上一年|往年|财政(?:部门|局|所|厅|评)|复核|复评|抽查|第三方|专家|主管部门|平均|同类|全[市县省区]|项目"
)
_FOREIGN: Final = re.compile(
    "(?:群众|居民|村民|师生|家长|学生|学员|职工|企业|考试|测试|测评|平均|问卷|受访者?|竞赛|比赛|检查|督查|抽查|考评|考核中|评比中?|排名|位列.{0,8}|名列.{0,8}|答题|期末|满意度调查|信用)$"
)
_OWN: Final = {Kind.WEIGHT, Kind.SUM, Kind.BARE, Kind.UNSCORED}
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)年?")
_EARLIER: Final = re.compile("上年|去年|上一年|往年")
_CLAUSE: Final = re.compile("[，,；;：:]")
_NEAR: Final = 40  # characters before points in which their year may stand
_GRADE: Final = re.compile(
    '(?:等级|等次|档次|级别|评级|评定|评价结果|自评结果|结论)(?:评定)?(?:结果)?(?:为|是|：|:|评为|定为)*\\s*[“"‘（]?'
    "(?P<grade>优秀|良好|中等|较差|合格|不合格|优|良|中|低|差)(?![等秀好质化于])"
)
_REASON: Final = re.compile(
    "(?:(?:扣分|失分|未得分|未得满分|减分|偏差)(?:的)?)?(?:主要)?(?:原因|理由|依据)(?:分析)?(?:是|为|在于|：|:)+|(?<![基])因(?:为)?(?![此素地而果])|由于|主要是|扣分点(?:是|为|：|:)"
)
_DOUBLED: Final = re.compile(r"(.{2,30})\1")
_STOP: Final = re.compile("[^。）；]{0,300}")


@dataclass(slots=True)
class Draft:
    """A statement in the making: the section it stands in, the words it is said of, and the marks so far.

    `first` tells that it stands in the heading or right below it, `sentence` where its sentence begins, `stretches`
    what may hold its reason, `bare` what a number is here of which no word tells it.
    """

    section: Section
    subject: Passage
    marks: list[Mark]
    first: bool
    sentence: int
    stretches: list[Passage]
    bare: Kind = Kind.SCORE

    @property
    def key(self) -> str:
        """Give the key of the words, once where they are doubled."""
        return single(key(self.subject.text))

    @property
    def generic(self) -> bool:
        """Whether nothing is named."""
        return _GENERIC.fullmatch(self.key) is not None

    def begins_with(self, names: Collection[str]) -> str:
        """Give the name among several that the words are, or else begin with."""
        words = self.key
        return next((words[:end] for end in range(len(words), 1, -1) if words[:end] in names), "")

    def figure(self, *kinds: Kind) -> Figure | None:
        """Give the first number of one of some kinds."""
        return next((one.figure for one in self.marks if one.kind in kinds and one.figure), None)

    def has(self, kind: Kind) -> bool:
        """Whether there is a mark of a kind."""
        return any(one.kind is kind for one in self.marks)

    @property
    def is_scored(self) -> bool:
        """Whether it has a score, or says that it has none."""
        return any(one.kind in {Kind.SCORE, Kind.FULL, Kind.UNSCORED} for one in self.marks)

    def deductions(self) -> tuple[Figure, ...]:
        """Give all deductions."""
        return tuple(one.figure for one in self.marks if one.kind is Kind.DEDUCTION and one.figure)

    def statement(self) -> Statement:
        """Make the statement."""
        score = self.figure(Kind.SCORE, *([Kind.BARE] if self.bare is Kind.SCORE else ()))
        weight = self.figure(Kind.WEIGHT, Kind.SUM, *([Kind.BARE] if self.bare is Kind.WEIGHT else ()))
        reason = next((found for one in self.stretches for found in [_reason(one)] if found), None)
        full, unscored = self.has(Kind.FULL), self.has(Kind.UNSCORED)
        return Statement(self.subject, score, weight, self.deductions(), reason, full=full, unscored=unscored)


def _reason(stretch: Passage) -> Passage | None:
    line = stretch.line
    found = _REASON.search(line.text, stretch.start, stretch.end)
    words = _STOP.match(line.text, found.end(), stretch.end) if found else None
    return Passage(line, *words.span()) if words and words.group() else None


class Said(NamedTuple):
    """All drafts of a report by what they are of."""

    drafts: tuple[Draft, ...]
    totals: tuple[Total, ...]
    weight: Figure | None


def single(name: str) -> str:
    """Give a name once that is doubled."""
    found = _DOUBLED.fullmatch(name)
    return found[1] if found else name


def read(sections: Sequence[Section], names: Collection[str], year: int | None) -> Said:
    """Read what is said in the text, outside of tables."""
    drafts: list[Draft] = []
    totals: list[Total] = []
    weight: Figure | None = None
    bare = Kind.SCORE
    for section in sections:
        for draft in _items(list(_drafts(section, names)), names):
            if not draft.has(Kind.BARE):
                bare = Kind.WEIGHT if draft.figure(Kind.WEIGHT, Kind.SUM) and not draft.has(Kind.SCORE) else Kind.SCORE
            draft.bare = bare
            if draft.key in names or not _of_whole(draft):
                drafts += [draft] if _of_year(draft, year) else []
            elif _ours(draft, year):
                total = _total(draft)
                weight = weight or draft.figure(Kind.WEIGHT, Kind.SUM)
                totals += [total] if total else []
    return Said(tuple(drafts), tuple(totals), weight)


def _drafts(section: Section, names: Collection[str]) -> Iterator[Draft]:
    """Give the drafts of one section; 该项 goes on with the one before where that lacks what is said."""
    last: Draft | None = None
    texts = [one for one in section.lines if not one.cell and one.text.strip()]
    for number, line in enumerate(texts):
        for group in groups(line, names):
            stretch = Passage(line, group.marks[0].end, len(line.text))
            draft = Draft(section, group.subject, list(group.marks), number <= 1, group.sentence, [stretch])
            if _FOREIGN.search(group.subject.text):
                continue
            if last and _goes_on(last, draft, names):
                last.marks += draft.marks
                last.stretches += [] if last.stretches[-1].line is line else draft.stretches
                continue
            if last:
                last.stretches[-1] = _before(last.stretches[-1], group.subject)
                yield last
            last = draft
    if last:
        yield last


def _items(drafts: Sequence[Draft], names: Collection[str]) -> Iterator[Draft]:
    """Give drafts without those that only say again, or first say, what an item with its full mark gets in its line."""
    for _, group in groupby(drafts, lambda one: one.subject.line.number):
        item, *others = group
        later = [one for one in others if not _is_apart(one, names)]
        if item.has(Kind.WEIGHT) and not _of_whole(item) and (item.is_scored or len(later) == 1):
            scored = item.is_scored
            item.marks += [mark for one in later for mark in one.marks if not scored or mark.kind is Kind.DEDUCTION]
            others = [one for one in others if one not in later]
        yield from (item, *others)


def _is_apart(one: Draft, names: Collection[str]) -> bool:
    """Tell whether a draft is of something of its own: more than a score, or of a name that is known."""
    return any(mark.kind in _OWN for mark in one.marks) or one.begins_with(names) != ""


def _before(stretch: Passage, subject: Passage) -> Passage:
    """Give as much of a stretch as stands before the next words that points are said of."""
    return stretch._replace(end=min(stretch.end, subject.start)) if stretch.line is subject.line else stretch


def _goes_on(last: Draft, draft: Draft, names: Collection[str]) -> bool:
    """Tell whether points belong to what was said before: a deduction that names no other, or what it lacks."""
    if all(one.kind is Kind.DEDUCTION for one in draft.marks):
        return not draft.begins_with(names)
    if not draft.generic or (last.key in names and CONCLUSION.search(draft.section.title)):
        return False
    kinds = {one.kind for one in last.marks}
    scored = {Kind.SCORE, Kind.FULL, Kind.UNSCORED, Kind.BARE}
    return not any(one.kind in kinds or (one.kind in scored and kinds & scored) for one in draft.marks)


def _of_whole(draft: Draft) -> bool:
    """Tell whether the points are those of the whole report."""
    if not any(one.kind in {Kind.SCORE, Kind.SUM, Kind.WEIGHT} for one in draft.marks):
        return False
    if ASIDE.search(draft.section.title):
        return False
    if draft.generic:
        return CONCLUSION.search(draft.section.title) is not None or draft.has(Kind.SUM)
    return _WHOLE.search(draft.key) is not None


def _ours(draft: Draft, year: int | None) -> bool:
    """Tell whether a total is that of this report, not of another year nor by anyone else."""
    line = draft.subject.line
    before = line.text[draft.sentence : draft.marks[0].start]
    years = {int(one) for one in _YEAR.findall(before)}
    return not _OTHERS.search(before) and (year is None or not years or year in years)


def _of_year(draft: Draft, year: int | None) -> bool:
    """Tell whether points are not said to be those of another year."""
    line, end = draft.subject.line, draft.marks[0].start
    clause = _CLAUSE.split(line.text[max(draft.sentence, end - _NEAR) : end])[-1]
    years = {int(one) for one in _YEAR.findall(clause)}
    return not _EARLIER.search(clause) and (year is None or not years or year in years)


def _total(draft: Draft) -> Total | None:
    score = draft.figure(Kind.SCORE)
    weight = draft.figure(Kind.WEIGHT, Kind.SUM)
    if score is None and draft.has(Kind.SUM) and weight and weight.value != 100:  # noqa: PLR2004 — the usual full mark
        score, weight = weight, None
    return Total(score, weight, _grade(draft), draft.deductions()) if score else None


def _grade(draft: Draft) -> Passage | None:
    """Find the grade beside a total: in its line, else in the two after it."""
    lines = draft.section.lines
    at = draft.subject.line.number - lines[0].number
    for line in lines[at : at + 3]:
        found = _GRADE.search(line.text, draft.subject.start if line is draft.subject.line else 0)
        if found:
            return Passage(line, *found.span("grade"))
    return None

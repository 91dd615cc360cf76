"""A sentence that gives a score names the indicator of its heading, and all of them are written in one way.

Below the heading 项目完成及时性 the sentence 绩效目标完成率得4分 was copied from another indicator and left as it was:
a warning, for either the name is wrong or the score. Names that hold each other or have most of their characters in
common are taken for one. Three or more wordings of one idea (该项指标自评得2分, 得分2分, 得2分) are a note, and so are
scores that stand in the line of the heading for many indicators and in the text for many others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, Span, Tally, rule
from reportgen.report.scores import Passage, key
from reportgen.report.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.scores import Figure, Indicator, Statement

OTHER_LABEL: Final = rule(
    "R113",
    "other-label",
    Severity.WARNING,
    "the score below the heading “{heading}” is said to be that of “{found}”",
    "write the name of the heading, and look whether the score is its own",
)
SEVERAL: Final = rule(
    "R119",
    "several-wordings",
    Severity.NOTE,
    "the scores are not told in one way: {remark}",
    "tell them in one wording and at one place everywhere",
)
_WORDINGS: Final = N_("there are {kinds} wordings, {wordings}")
_PLACES: Final = N_("in the line of the heading ({first}×), and in the text below it ({second}×)")

_TOLD: Final = re.compile(r"(?:(?:该|本)(?:项目?)?(?:指标)?)?(?:自评)?(?:得分为?|得|评分为?|评为)[：:]? ?\Z")
_NAMED: Final = re.compile(
    f"(?:^|(?<=[，。；：,;:\\s]))(?![该本此上以各按根依经对从因由结考综两共合全实我年整])[{HAN}]{{2,18}}"
    "(?:性|率|度|情况|管理|质量|效益|效果|控制|监管|程序|制度|公开|建设)\\Z"
)
_BEFORE: Final = 40  # characters before a score in which its wording and its name stand
_ALIKE: Final = 0.6  # of the characters of the shorter name stand in the other one as well
_MANY: Final = 3  # wordings that are several
_EACH: Final = 5  # scores at either place that are no chance


def find(text: Text) -> Iterator[Diagnostic]:
    """Find scores of another name than the heading's, and scores that are told in several ways."""
    first: list[Figure] = []
    second: list[Figure] = []
    wordings: dict[str, list[Span]] = {}
    names = {key(one.name) for one in text.scores.indicators}
    for one in text.scores.leaves():
        heading = one.section.heading if one.section else None
        for said in one.statements:
            if not said.score or said.table is not None:
                continue
            if heading:
                (first if heading.line == said.score.line else second).append(said.score)
                yield from _misnamed(said, one, names)
            told = _TOLD.search(_before(said.score))
            if told:
                place = said.score.line.at(said.score.start - len(told.group()), said.score.end)
                wordings.setdefault(told.group().strip(" ：:"), []).append(place)
    if len(wordings) >= _MANY:
        listed = "、".join(f"“{one}…分”" for one in wordings)
        yield from _several(wordings, Label(Span(), _WORDINGS, {"kinds": len(wordings), "wordings": listed}))
    if min(len(first), len(second)) >= _EACH:
        remark = Label(Span(), _PLACES, {"first": len(first), "second": len(second)})
        fewer = min(first, second, key=len)
        yield from _several({"…分": [one.span for one in fewer]}, remark)


def _misnamed(said: Statement, indicator: Indicator, names: set[str]) -> Iterator[Diagnostic]:
    """Find a score below the heading of an indicator that is told of another one."""
    name = _name(said, names)
    own, other = key(indicator.name), key(name.text) if name else ""
    if not name or not indicator.section or name.line not in indicator.section.lines or not (own and other):
        return
    common = len(set(own) & set(other)) / min(len(set(own)), len(set(other)))
    if own not in other and other not in own and common < _ALIKE:
        yield OTHER_LABEL.at(name.span, found=name.text, heading=indicator.section.title)


def _name(said: Statement, names: set[str]) -> Passage | None:
    """Give the name that a score is told of: that of an indicator, or words before the score that look like one."""
    if key(said.name.text) in names:
        return said.name
    found = _NAMED.search(_TOLD.sub("", _before(said.score))) if said.score else None
    if not said.score or not found:
        return None
    start = max(said.score.start - _BEFORE, 0)
    return Passage(said.score.line, start + found.start(), start + found.end())


def _before(score: Figure) -> str:
    return score.line.text[max(score.start - _BEFORE, 0) : score.start]


def _several(places: dict[str, list[Span]], remark: Label) -> Iterator[Diagnostic]:
    tally = Tally()
    for value, spans in places.items():
        for span in spans:
            tally.add(value, span)
    yield from tally.found(SEVERAL, remark=remark)

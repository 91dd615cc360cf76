"""An indicator that lost points in; the words that may say why out.

What stands near it is its section, or its sentences where it shares one; other sentences may name it with the problems.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from reportgen.report.scores.drafts import ASIDE
from reportgen.report.scores.model import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.report.model import Text
    from reportgen.report.scores.model import Figure, Indicator, Statement

_SHORT: Final = re.compile(
    "未(?!来)|没|不(?!断|仅|但|同|计|得分|存在|含|包括)|低于|少于|偏[低高慢少多晚]|较[低差慢少]|超(?!额|过目标|前)|逾|滞后|推迟|延[迟期误]"
    "|晚|缺|漏|返工|返修|欠(?!发达)|仅|只有|差(?!异)|慢|退回|错|无(?!障碍|纸)|减少|下降|因(?!此|地|素|而)|由于|原因|理由|影响|尚"
    "|待(?:完善|加强|提高)|投诉|沉陷|损坏|差异率"
)
_PART: Final = re.compile(r"(?<![\d.])(?:\d{1,2}(?:\.\d+)?|10[1-9](?:\.\d+)?|1[1-9]\d(?:\.\d+)?)\s*[%％]")
_RATE: Final = re.compile("率$|完成情况$|及时性$|资金总额$|预算执行")
_FULL_RATE: Final = re.compile(r"[\u4e00-\u9fff]{0,12}率(?:均?[为达]到?|[：:=＝是])?\s*100(?:\.0+)?\s*[%％]")
_WHOLE: Final = 100
_FACT: Final = re.compile(
    r"\d\s*(?:个|次|项|份|人|户|万|元|起|件|台|处|家|公里|亩|笔|宗|条|栋|套|批|册|张|篇|期|只|头|吨|米|名|倍|间|座|辆|所|部)"
)
_VAGUE: Final = re.compile("酌情|适当扣|视情况?扣|综合考虑|按规定扣")
_EXPLAINS: Final = re.compile("(?:扣分|失分|偏差)(?:说明|原因|情况)")
_CLAUSE: Final = re.compile("[，,；;。：:（(]")
_SCORED: Final = re.compile(r"(?:满分|分值|得分?|自评|权重)(?:为|是)?\s*\d")
_WORDS: Final = re.compile(r"[^\u4e00-\u9fff]|扣(?:减|除|掉|分)*|指标|该项|本项|自评|评分|原因")
_ENOUGH: Final = 4  # characters that can be a reason
_STOP: Final = re.compile("[。；\n]")
_FAR: Final = 100  # characters of a clause that names an indicator
_LONGEST: Final = 50_000  # characters about problems that are looked through


class Reasons:
    """Knows what a report says near its indicators, and of its problems."""

    def __init__(self, report: Text) -> None:
        """Take the report."""
        self._report = report
        self._starts: dict[int, list[int]] = defaultdict(list)
        for one in report.scores.indicators:
            for said in one.statements:
                if said.table is None:
                    self._starts[said.name.line.number].append(said.name.start)
        for starts in self._starts.values():
            starts.sort()
        self._taken = {one.value for one in report.scores.taken}
        self._aside = "\n".join(self._problems())[:_LONGEST]

    def are_given(self, one: Indicator) -> bool:
        """Tell whether words near an indicator, or about it elsewhere, can be the reason why it lost points."""
        given = [said.reason.text for said in one.statements if said.reason]
        if one.lost in self._taken or any(_says_why(two) for said in one.statements for two in said.deductions):
            return True
        if any(tells(text) or not _VAGUE.search(text) for text in given):
            return True
        near = (stretch.text for stretch in self.near(one))
        return any(map(tells, near)) or any(map(tells, self._about(one.name)))

    def full_rate(self, one: Indicator) -> Passage | None:
        """Give the words that give an indicator a rate of 100 %, where it is one of rates and nothing falls short."""
        if not _RATE.search(one.name):
            return None
        rate = next((said.rate for said in one.statements if said.rate and said.rate.value == _WHOLE), None)
        if rate:
            return None if self.are_given(one) else Passage(rate.line, 0, len(rate.line.text))
        for stretch in self.near(one):
            found = _FULL_RATE.search(stretch.line.text, stretch.start, stretch.end)
            if found:
                return None if self.are_given(one) else Passage(stretch.line, *found.span())
        return None

    def near(self, one: Indicator) -> Iterator[Passage]:
        """Give what the text says below the heading of an indicator, else in its sentences up to the next one's."""
        section = one.section
        lines = list(section.lines) if section else []
        for said in one.statements:
            lines += [line for cell in said.row for line in cell.lines]
            if said.table is None and (section is None or self._report.section(said.name.line) is not section):
                yield self._own(said)
        yield from (Passage(line, 0, len(line.text)) for line in lines)

    def _own(self, said: Statement) -> Passage:
        line, start = said.name.line, said.name.start
        starts = self._starts[line.number]
        after = bisect_right(starts, start)
        return Passage(line, start, starts[after] if after < len(starts) else len(line.text))

    def _problems(self) -> Iterator[str]:
        for section in self._report.sections:
            aside = any(ASIDE.search(one) for one in section.path)
            yield from (line.text for line in section.lines if aside or _EXPLAINS.search(line.text))

    def _about(self, name: str) -> Iterator[str]:
        """Give the clauses about problems that name an indicator."""
        at = self._aside.find(name) if name else -1
        while at >= 0:
            yield _STOP.split(self._aside[at : at + _FAR], maxsplit=1)[0]
            at = self._aside.find(name, at + len(name))


def _says_why(deduction: Figure) -> bool:
    """Tell whether words stand before a deduction in its sentence, other than those of a score: 报表晚报，扣1分."""
    before = deduction.line.text[max(0, deduction.start - _FAR) : deduction.start]
    clauses = _CLAUSE.split(before)[-2:]
    said = [one for one in clauses if not _SCORED.search(one) and not _VAGUE.search(one)]
    return any(len(_WORDS.sub("", one)) >= _ENOUGH for one in said)


def tells(text: str) -> bool:
    """Tell whether words say that something falls short, in so many words, with a rate below 100 % or with a count."""
    return any(one.search(text) for one in (_SHORT, _PART, _FACT))

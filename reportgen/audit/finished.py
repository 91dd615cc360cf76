"""Everything is said to be done, and elsewhere in the report something is not: one of the two is wrong.

A claim is a clause that all goals, tasks or projects in general were completed (各项目标均已完成, 绩效目标完成率100%);
one about a single matter (换届全面完成, 公开率100%), an aim, and one that leaves something open (基本完成) are none.
Tasks completed below 100% (完成84.73%, 任务80户，完成75户) and what was not done in time (尚未竣工) make it an error.
Works that are still under way (进入施工阶段) make it likely only; a claim about projects is held against these alone.
Figures of other years, of half a year or of the county, and those that reach a target of their own, speak against
nothing; nor do goals, duties, plans and tables.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import N_, Label, Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.report import Line, Text

ALL_DONE = rule(
    "A503",
    "all-done-claim",
    Severity.ERROR,
    "all is said to be done here, yet the report says elsewhere that something is not",
    "say what was reached and what was not, and score accordingly",
)

_WITHIN: Final = "[^，。；：！？,;:]"
_GENERAL: Final = (
    "(?:(?:各项?|所有|全部|全年|年度|整体|绩效|既定|预定|预期|设定的?|年初|下达的?|[0-9一二三四五六七八九十]{1,3}[项个])"
    "(?:的|部门|整体|重点|绩效|工作|专项|年度|预期){0,4}(?:目标|任务|项目|专项资金|指标)|重点(?:工作|任务|项目)){1,2}(?:任务)?"
)
_DONE: Final = "(?:完成|实现|达成|达标|竣工|完工)"
_HOW: Final = "(?:已经?|[予能得]以?|按[时期]|按计划|按要求|如期|及时|顺利|圆满|高[质效]量?|地|都|全部){0,3}"
_CLAIM: Final = re.compile(
    rf"{_GENERAL}{_WITHIN}{{0,10}}?(?:均|都|全部|全面|圆满|百分之百|100[%％]){_HOW}{_DONE}(?!率|进度|情况|时间|的|\s*\d)"
    rf"|(?:圆满|全面|全部|100[%％])(?:地|按[时期])?{_DONE}了?{_GENERAL}"
    rf"|(?:顺利|如期|按[时期]){_DONE}了?(?=各项|所有|全部){_GENERAL}"
    rf"|{_GENERAL}(?:完成|办结|实现)(?:及时)?率(?:均?[为达是]到?)?(?:[=＝][^，。；]{{1,40}}[=＝])?\s*100(?:\.0{{1,2}})?[%％]"
)
_AIM: Final = re.compile(
    "力争|确保|争取|将|要求|推动|推进|保证|努力|应当?|是否|如果|若|未|没有|除|基本|大部分|绝大|计划[于在到]"
)
_OTHERWISE: Final = re.compile(r"\d\s*[项个][^。；]{0,20}完成\D{0,6}\d|除[^。；]{1,30}外")  # figures, or an exception
_GOALS: Final = re.compile("目标|任务|重点工作")
_ASIDE: Final = re.compile("职责|职能|目标(?:设定|情况)?$|计划|打算|安排|附件")
_CLAUSE: Final = re.compile("[^，。；！？,;]+")
_NUMBER: Final = r"\d{1,9}(?:\.\d{1,4})?"
_RATE: Final = re.compile(
    "(?:完成(?:率|比例|进度)?|(?:参保|征缴|缴费|收缴|征收|任务|工作|工程|建设|整改|办理)进度|占(?=全年|年度|任务|计划|目标))"
    rf"(?:[为达是仅约了到]|全年|年度|任务|目标|计划|总量|数|的){{0,6}}\s*(?P<part>{_NUMBER})\s*[%％]"
)
_COUNT: Final = re.compile(
    rf"(?:任务|计划|目标值?)[数为]{{0,2}}\s*(?P<whole>{_NUMBER})\s*(?P<unit>[\u4e00-\u9fff]{{1,3}}?)[，,、；（]?\s*"
    rf"(?:实际|已|共|全年){{0,2}}完成[值数了为]?\s*(?P<part>{_NUMBER})\s*(?P=unit)"
)
_SHARE: Final = re.compile(
    rf"(?:覆盖率|普及率|参保率|入户率|整改率|办结率)(?:[为达是仅约到]){{0,2}}\s*(?P<part>{_NUMBER})\s*[%％]"
)
_OPEN: Final = re.compile(
    "(?<![是对无否如若凡将把])(?:尚未|还未|还没有?|未|没有|没能)(?:能|全部|全面|按期|按时|如期|正式|真正|按计划){0,2}"
    "(?:竣工|完工|完成|动工|开工|建成|交付|投入使用|通过验收|达到目标|达到预期)(?!的|原因|情况|事项)"
)
_UNDER_WAY: Final = re.compile(
    "进入[^，。；]{0,6}(?:施工|招标|招投标|设计|验收|收尾|征地|建设|审批)[^，。；]{0,2}[阶价]段"
    "|正在(?:抓紧|加快|有序|稳步)?(?:施工|建设|办理|招标|实施|装修|验收)|[仍尚还]在(?:施工|建设|办理|建)"
)
_MONEY: Final = re.compile("投资|支付|支出|预算|资金|采购|拨付")
_OTHER: Final = re.compile(
    "上年|去年|上一年|往年|全[市县省国](?:总体|共|完成)|平均|上半年|季度|不低于|高于|超过|超额|满意|同比|比上|(?<!\\d)[1-9]月|提高到"
    "|目标[值为][^，。；]{0,4}\\d+(?:\\.\\d+)?[%％]|(?:年底|年末|随后|最终|1[0-2]月)[^，。；]{0,12}(?:完成|竣工|建成|投入使用)"
)
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)\s*年")
_HUNDRED: Final = Decimal(100)
_BEFORE: Final = 10  # characters before a figure that say of what it is
_SHOWN: Final = 3
_FINDINGS: Final = 20

UNDONE, NOT_DONE, SHARE, UNDER_WAY = range(4)
_SAYS: Final = (N_("less than all"), N_("not done"), N_("less than all"), N_("still under way"))
_SIGNS: Final = ((_RATE, UNDONE), (_COUNT, UNDONE), (_OPEN, NOT_DONE), (_SHARE, SHARE), (_UNDER_WAY, UNDER_WAY))


class _Place(NamedTuple):
    """A stretch of a line, and what it says: one of `UNDONE`, `NOT_DONE`, `SHARE` and `UNDER_WAY`, of a claim -1."""

    line: Line
    start: int
    end: int
    says: int = -1

    @property
    def span(self) -> Span:
        """Its place."""
        return self.line.at(self.start, self.end)

    def meets(self, other: _Place) -> bool:
        """Whether it has something in common with another."""
        return self.line is other.line and self.start < other.end and other.start < self.end


def find(report: Text) -> Iterator[Diagnostic]:
    """Find claims that all was done, with what in the report speaks against them."""
    lines = [line for line in report.lines if not line.cell and not _ASIDE.search("，".join(report.section(line).path))]
    claims = list(islice((claim for line in lines for claim in _claims(line)), _FINDINGS))
    against = [one for line in lines for one in _against(line, report.year)] if claims else []
    for claim in claims:
        of_works = not _GOALS.search(claim.line.text[claim.start : claim.end])
        speak = [one for one in against if (one.says == UNDER_WAY or not of_works) and not claim.meets(one)]
        speak.sort(key=lambda one: one.says)
        says = {one.says for one in speak} - {SHARE}
        if says:
            found = ALL_DONE.at(claim.span, related=tuple(Label(one.span, _SAYS[one.says]) for one in speak[:_SHOWN]))
            yield found.as_severe_as(Severity.WARNING) if says == {UNDER_WAY} else found


def _claims(line: Line) -> Iterator[_Place]:
    """Give, of each sentence of a line, the first clause that claims that all was done."""
    if not re.search(_DONE, line.text):
        return
    for start, end in line.sentences():
        said = line.text[start:end]
        for clause in _CLAUSE.finditer(line.text, start, end):
            if _CLAIM.search(clause.group()) and not _AIM.search(clause.group()) and not _OTHERWISE.search(said):
                yield _Place(line, *clause.span())
                break


def _against(line: Line, year: int | None) -> Iterator[_Place]:
    """Give what a line says to be less than all, not done, or under way."""
    if not any(pattern.search(line.text) for pattern, _ in _SIGNS):
        return
    for start, end in line.sentences():
        years = {int(one) for one in _YEAR.findall(line.text[start:end])}
        if _OTHER.search(line.text, start, end) or (years and year not in years):
            continue
        for pattern, says in _SIGNS:
            for found in pattern.finditer(line.text, start, end):
                if _is_less(found) and not _MONEY.search(line.text, max(start, found.start() - _BEFORE), found.start()):
                    yield _Place(line, *found.span(), says)


def _is_less(found: re.Match[str]) -> bool:
    """Tell whether a part is less than its whole; what has no figures is."""
    figures = found.groupdict()
    return "part" not in figures or Decimal(figures["part"]) < Decimal(figures.get("whole", _HUNDRED))

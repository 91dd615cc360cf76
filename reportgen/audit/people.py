"""Some are always among others: who draws a pension is insured, who was content gave an answer.

Numbers of one sentence are compared where their words say that one is of a part: those insured and those who pay or
draw, questionnaires given out, returned and content, matters received and settled, and a thing beside the same with
more said of it (住校学生, 享受补助的住校学生). Insured and paying people are compared in the whole paragraph, if it
speaks of one kind of insurance: more people paying than insured are likely those of another one. Matters left from the
year before (含上年) are passed over.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from reportgen.audit.parts import ABOVE, WHOLE
from reportgen.diagnostics import Label, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.measures import Measure

_INSURED: Final = re.compile("参保(?!率|进度|缴费|任务)")
_PAYING: Final = re.compile("领取|缴费|到账")
_INSURANCE: Final = re.compile("养老|医疗|医保|失业|工伤|生育|低保")
_PAIRS: Final = tuple(
    (re.compile(whole), re.compile(part))
    for whole, part in (
        ("发放|发出|发送|派发", "收回|回收|有效"),
        ("收回|回收|有效", "满意"),
        ("问卷|走访|访问|抽样|回访|受访", "满意"),
        ("受理|接访|收到|登记|排查", "办结|回复|答复|化解|调解|整改"),
    )
)
_LEFT: Final = re.compile("含|上年|去年|历年|累计|遗留")
_NEAR: Final = 600  # characters before a number in which its insurance is named
_MOST: Final = 12  # measures before one that are compared with it


def find(report: Text) -> Iterator[Diagnostic]:
    """Find parts that are more than what they are parts of."""
    for _, group in groupby(report.measures, lambda one: one.line.number):
        line = [one for one in group if one.dimension not in {"ratio", "money"} and not one.quantity.about]
        for at, one in enumerate(line):
            whole = next((each for each in reversed(line[max(at - _MOST, 0) : at]) if _exceeds(one, each)), None)
            if whole:
                yield ABOVE.at(
                    one.span,
                    related=(Label(whole.span, WHOLE, {"value": whole.quantity.text}),),
                    part=one.quantity.text,
                    whole=whole.quantity.text,
                ).as_severe_as(Severity.WARNING)


def _exceeds(one: Measure, whole: Measure) -> bool:
    """Tell whether a number is of a part of another, and more than it."""
    if one.quantity.unit != whole.quantity.unit or one.value <= whole.value:
        return False
    if _INSURED.search(whole.words) and _PAYING.search(one.words):
        first, second = _insurance(whole), _insurance(one)
        return first == second if first and second else one.sentence == whole.sentence
    if one.sentence != whole.sentence or _LEFT.search(one.line.text, whole.quantity.end, one.quantity.end):
        return False
    if whole.key and f"的{whole.key}" in one.words:
        return True
    return any(every.search(whole.words) and part.search(one.words) for every, part in _PAIRS)


def _insurance(one: Measure) -> str:
    """Give the kind of insurance that its line spoke of last."""
    start = max(one.quantity.start - _NEAR, 0)
    said = [found.group() for found in _INSURANCE.finditer(one.line.text, start, one.quantity.start)]
    return said[-1].replace("医保", "医疗") if said else ""

"""The keys that an indicator takes, as a form: what a file may hold is bound to it like any facts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.indicators.definition import STANDINGS, Kind, Leftover, Side, Treatment
from reportgen.schema import Field, group, listing, optional
from reportgen.schema import Kind as Takes

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXT: Final = Field(Takes.TEXT)
_NUMBER: Final = Field(Takes.NUMBER)
_PROSE: Final = Field(Takes.PROSE)
_MAYBE_TEXT: Final = optional(Takes.TEXT)
_MAYBE_PROSE: Final = optional(Takes.PROSE)
_MAYBE_NUMBER: Final = optional(Takes.NUMBER)
_MAYBE: Final = optional(Takes.TRUTH)
_STATUS: Final = optional(Takes.CHOICE, choices=STANDINGS)
_TOLD: Final[Mapping[str, Field]] = {"符合": _PROSE, "不符": _PROSE}
_CLAUSE: Final[Mapping[str, Field]] = {
    "条款": _TEXT,
    "条件": _MAYBE_TEXT,
    "次数": _MAYBE_TEXT,
    **_TOLD,
}
_LIMITS: Final[Mapping[str, Field]] = {"最多": _MAYBE_NUMBER, "否决": _MAYBE}
_BAND: Final = group({side.value: _MAYBE_NUMBER for side in Side} | {"得": _MAYBE_NUMBER})
_DECIDED: Final[Mapping[str, Field]] = {
    "得": _MAYBE_TEXT,
    "不适用": optional(Takes.CHOICE, choices=tuple(Treatment)),
}
_SPECIAL: Final = group({"条件": _TEXT, "原因": _PROSE, "情形": _MAYBE_TEXT, **_DECIDED})
_CASE: Final = group({"情形": _TEXT, "条件": _MAYBE_TEXT, "原因": _MAYBE_PROSE, **_DECIDED})
_STEPS: Final[Mapping[str, Field]] = {
    "超出": _MAYBE_NUMBER,
    "低于": _MAYBE_NUMBER,
    "每": _NUMBER,
    "扣": _NUMBER,
    "零头": optional(Takes.CHOICE, choices=tuple(Leftover)),
    "最多": _MAYBE_NUMBER,
}
_SCORING: Final[Mapping[Kind, Field]] = {
    Kind.BANDS: listing(_BAND, required=False),
    Kind.STEPS: group(_STEPS, required=False),
    Kind.RATIO: group({"满分": _NUMBER, "零分": _MAYBE_NUMBER}, required=False),
    Kind.CHECKLIST: listing(group({**_CLAUSE, "扣": _MAYBE_NUMBER, **_LIMITS}), required=False),
    Kind.COMPARE: listing(group({**_CLAUSE, "得": _MAYBE_NUMBER, **_LIMITS}), required=False),
    Kind.YES_NO: group({"条款": _TEXT, "条件": _TEXT, **_TOLD}, required=False),
    Kind.CASES: listing(_CASE, required=False),
    Kind.JUDGED: group({"得分": _TEXT, "理由": _TEXT}, required=False),
    Kind.UNSCORED: _MAYBE,
}
INDICATOR: Final = group(
    {
        "名称": _TEXT,
        "显示名": _MAYBE_TEXT,
        "层级": listing(_TEXT),
        "分值": optional(Takes.NUMBER, minimum=Decimal(0)),
        "公式": _MAYBE_TEXT,
        "公式说明": _MAYBE_TEXT,
        "格式": _MAYBE_TEXT,
        "单位": _MAYBE_TEXT,
        "特例": listing(_SPECIAL, required=False),
        "评分": group({kind.value: form for kind, form in _SCORING.items()} | {"取绝对值": _MAYBE}),
        "标准": _MAYBE_TEXT,
        "说明": _PROSE,
        "改进": _MAYBE_PROSE,
        "依据": group({"公式": _STATUS, "评分": _STATUS, "分值": _STATUS}, required=False),
        "备注": _MAYBE_TEXT,
    },
)

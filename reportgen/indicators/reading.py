"""The nodes of an indicators.yaml in, the declared system out; every expression and prose is read, each fault has its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic, Severity, Span, rule
from reportgen.facts import Facts, Gap, Number, bind_list
from reportgen.indicators.definition import (
    Band,
    Case,
    Clause,
    Grade,
    Indicator,
    Kind,
    Routine,
    Scoring,
    Side,
    System,
    Treatment,
)
from reportgen.language import FILTERS, formula, printed, prose
from reportgen.schema import Field, group, listing, optional
from reportgen.schema import Kind as Takes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.source import Node

_TEXT: Final = Field(Takes.TEXT)
_NUMBER: Final = Field(Takes.NUMBER)
_PROSE: Final = Field(Takes.PROSE)
_MAYBE_TEXT: Final = optional(Takes.TEXT)
_MAYBE_PROSE: Final = optional(Takes.PROSE)
_MAYBE_NUMBER: Final = optional(Takes.NUMBER)
_MAYBE: Final = optional(Takes.TRUTH)
_STATUS: Final = optional(Takes.CHOICE, choices=("官方", "公开可比", "种子", "假设"))
_CLAUSE: Final[Mapping[str, Field]] = {"条款": _TEXT, "条件": _TEXT, "符合": _PROSE, "不符": _PROSE}
_BAND: Final = group({side.value: _MAYBE_NUMBER for side in Side} | {"得": _MAYBE_NUMBER})
_SCORING: Final[Mapping[Kind, Field]] = {
    Kind.BANDS: listing(_BAND, required=False),
    Kind.STEPS: group({"超出": _NUMBER, "每": _NUMBER, "扣": _NUMBER}, required=False),
    Kind.RATIO: group({"上限": Field(Takes.TRUTH)}, required=False),
    Kind.CHECKLIST: listing(group({**_CLAUSE, "扣": _NUMBER}), required=False),
    Kind.COMPARE: listing(group({**_CLAUSE, "得": _NUMBER}), required=False),
    Kind.YES_NO: group(_CLAUSE, required=False),
    Kind.JUDGED: group({"得分": _TEXT, "理由": _TEXT}, required=False),
    Kind.UNSCORED: _MAYBE,
}
_CASE: Final = group(
    {
        "条件": _TEXT,
        "原因": _PROSE,
        "得": _MAYBE_NUMBER,
        "不适用": optional(Takes.CHOICE, choices=tuple(Treatment)),
    },
)
INDICATOR: Final = group(
    {
        "名称": _TEXT,
        "显示名": _MAYBE_TEXT,
        "层级": listing(_TEXT),
        "分值": optional(Takes.NUMBER, minimum=Decimal(0)),
        "公式": _MAYBE_TEXT,
        "公式说明": _MAYBE_TEXT,
        "格式": _MAYBE_TEXT,
        "特例": listing(_CASE, required=False),
        "评分": group({kind.value: form for kind, form in _SCORING.items()} | {"取绝对值": _MAYBE}),
        "标准": _MAYBE_TEXT,
        "说明": _PROSE,
        "改进": _MAYBE_PROSE,
        "依据": group({"公式": _STATUS, "评分": _STATUS, "分值": _STATUS}, required=False),
        "备注": _MAYBE_TEXT,
    },
)
_LEVELS: Final = 2

ONE_SCORING = rule(
    "I301",
    "one-scoring",
    Severity.ERROR,
    "“{name}” needs exactly one scoring rule, it has {count}",
    "give one of: {kinds}",
)
TWO_LEVELS = rule("I302", "two-levels", Severity.ERROR, "“{name}” needs two levels", "write 层级: [一级, 二级]")
SAME_NAME = rule("I303", "same-name", Severity.ERROR, "there are two indicators “{name}”", "rename one of them")
BAD_BAND = rule(
    "I304",
    "bad-band",
    Severity.ERROR,
    "a band of “{name}” needs one limit and its points",
    "write it like {{至: 10%, 得: 5}}, the last one {{否则: 0}}",
)
BAD_CASE = rule(
    "I305",
    "bad-case",
    Severity.ERROR,
    "a special case of “{name}” needs either points or 不适用",
    "write 得: 0, or 不适用: 计满分, or 不适用: 剔除",
)
NO_FORMULA = rule(
    "I306",
    "no-formula",
    Severity.ERROR,
    "“{name}” is scored by its value but has no formula",
    "add 公式, or score it by a checklist",
)
UNKNOWN_FORM = rule(
    "I307", "unknown-form", Severity.ERROR, "“{form}” is not a way to print a value", "use 百分比, 金额 or 数值"
)
NAME_FORM = rule(
    "I308",
    "indicator-name",
    Severity.ERROR,
    "“{name}” cannot be used as a name in tags",
    "use letters, Chinese characters and digits; a printed name with other signs goes into 显示名",
)
_BY_VALUE: Final = frozenset({Kind.BANDS, Kind.STEPS, Kind.RATIO})


def read(root: Node, text: str) -> tuple[System, list[Diagnostic]]:
    """Read the list of indicators; `text` is the whole file, for the places of tags."""
    bound, found = bind_list(root, INDICATOR, "指标", text)
    reader = _Reader(bound, text, found)
    items = bound.values["指标"]
    listed = items if isinstance(items, list) else []
    indicators = [
        reader.indicator(item, f"指标[{index}]") for index, item in enumerate(listed, 1) if isinstance(item, dict)
    ]
    return System(tuple(indicators)), found


@dataclass(slots=True)
class _Reader:
    """Builds definitions from bound values, reading the expressions in them."""

    bound: Facts
    text: str
    found: list[Diagnostic]
    names: set[str] = field(default_factory=set)

    def span(self, path: str) -> Span:
        fact = self.bound.all.get(path)
        return fact.span if fact else Span()

    def expression(self, path: str) -> Routine:
        fact = self.bound.all.get(path)
        if fact is None:
            return ()
        routine, wrong = formula(str(fact.value), fact.span)
        self.found += wrong
        return routine

    def prose(self, path: str) -> Routine:
        fact = self.bound.all.get(path)
        if fact is None:
            return ()
        routine, wrong = prose(fact.node, self.text)
        self.found += wrong
        return routine

    def indicator(self, item: Mapping[str, Any], path: str) -> Indicator:
        name = _word(item["名称"])
        span = self.span(f"{path}.名称")
        self._check_name(name, span)
        scoring = self.scoring(item["评分"], f"{path}.评分", name, span)
        levels = [_word(level) for level in item["层级"]] if isinstance(item["层级"], list) else []
        if len(levels) != _LEVELS:
            self.found.append(TWO_LEVELS.at(span, name=name))
        if scoring.kind in _BY_VALUE and not _word(item["公式"]):
            self.found.append(NO_FORMULA.at(span, name=name))
        if _word(item["格式"]) not in {"", *FILTERS}:
            self.found.append(UNKNOWN_FORM.at(self.span(f"{path}.格式"), form=item["格式"]))
        cases = item["特例"] if isinstance(item["特例"], list) else []
        return Indicator(
            name,
            _word(item["显示名"]) or name,
            (levels[0], levels[-1]) if levels else ("", ""),
            _figure(item["分值"]),
            scoring,
            span,
            formula=self.expression(f"{path}.公式"),
            formula_text=_word(item["公式"]),
            in_words=_word(item["公式说明"]),
            form=_word(item["格式"]),
            cases=tuple(self.case(case, f"{path}.特例[{index}]", name) for index, case in enumerate(cases, 1)),
            standard=_word(item["标准"]).strip(),
            text=self.prose(f"{path}.说明"),
            improvement=self.prose(f"{path}.改进"),
            basis={key: _word(status) for key, status in item["依据"].items() if _word(status)},
            note=_word(item["备注"]),
        )

    def _check_name(self, name: str, span: Span) -> None:
        if name in self.names:
            self.found.append(SAME_NAME.at(span, name=name))
        if name and not name.isidentifier():
            self.found.append(NAME_FORM.at(span, name=name))
        self.names.add(name)

    def case(self, item: Mapping[str, Any], path: str, name: str) -> Case:
        points, treatment = item["得"], item["不适用"]
        if isinstance(points, Gap) == isinstance(treatment, Gap):
            self.found.append(BAD_CASE.at(self.span(f"{path}.条件"), name=name))
        return Case(
            self.expression(f"{path}.条件"),
            self.prose(f"{path}.原因"),
            points if isinstance(points, Number) else None,
            Treatment(treatment) if treatment in set(Treatment) else None,
        )

    def scoring(self, item: Mapping[str, Any], path: str, name: str, span: Span) -> Scoring:
        given = [kind for kind in Kind if _given(item[kind.value])]
        if len(given) != 1:
            kinds = "、".join(Kind)
            self.found.append(ONE_SCORING.at(span, name=name, count=len(given), kinds=kinds))
        kind = given[0] if given else Kind.UNSCORED
        inner, value = f"{path}.{kind.value}", item[kind.value]
        absolute = item["取绝对值"] is True
        if kind is Kind.BANDS:
            bands = tuple(self.band(band, f"{inner}[{index}]", name) for index, band in enumerate(value, 1))
            return Scoring(kind, bands=bands, absolute=absolute)
        if kind is Kind.STEPS:
            start, step, points = (_figure(value[key]) for key in ("超出", "每", "扣"))
            return Scoring(kind, start=start, step=step, points=points, absolute=absolute)
        if kind in {Kind.CHECKLIST, Kind.COMPARE}:
            return Scoring(kind, tuple(self.clause(one, f"{inner}[{index}]") for index, one in enumerate(value, 1)))
        if kind is Kind.YES_NO:
            return Scoring(kind, (self.clause(value, inner),))
        if kind is Kind.JUDGED:
            return Scoring(kind, score=self.expression(f"{inner}.得分"), reason=self.expression(f"{inner}.理由"))
        return Scoring(kind)

    def clause(self, item: Mapping[str, Any], path: str) -> Clause:
        points = _figure(item.get("扣", item.get("得")))
        condition = self.expression(f"{path}.条件")
        return Clause(_word(item["条款"]), condition, points, self.prose(f"{path}.符合"), self.prose(f"{path}.不符"))

    def band(self, item: Mapping[str, Any], path: str, name: str) -> Band:
        sides = [side for side in Side if isinstance(item[side.value], Number)]
        if len(sides) != 1 or (sides[0] is not Side.ELSE and not isinstance(item["得"], Number)):
            place = next((self.span(f"{path}.{key}") for key in item if f"{path}.{key}" in self.bound.all), Span())
            self.found.append(BAD_BAND.at(place, name=name))
            return Band(Side.ELSE, Decimal(0), Decimal(0))
        side, limit = sides[0], item[sides[0].value]
        if side is Side.ELSE:
            return Band(side, Decimal(0), limit)
        return Band(side, limit, item["得"], printed(limit))


def read_grades(items: object) -> tuple[Grade, ...]:
    """Read a manifest's 等级: each item has 达 in points of one hundred and 为 with the grade's word, the last one 否则."""
    grades = []
    for item in items if isinstance(items, list) else []:
        if isinstance(item["达"], Number):
            grades.append(Grade(Side.FROM, item["达"], _word(item["为"])))
        else:
            grades.append(Grade(Side.ELSE, Decimal(0), _word(item["否则"])))
    return tuple(grades)


def _given(value: object) -> bool:
    """Whether a scoring kind is there: an absent group is a mapping of gaps only."""
    if isinstance(value, dict):
        return any(not isinstance(inner, Gap) for inner in value.values())
    return bool(value) and not isinstance(value, Gap)


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _figure(value: object) -> Decimal:
    return value if isinstance(value, Number) else Decimal(0)

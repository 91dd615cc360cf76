"""The nodes of an indicators.yaml in, the declared system out; every expression is read, each fault has its place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic, Severity, Span, rule
from reportgen.facts import Facts, Gap, Number, bind_list
from reportgen.indicators.definition import (
    BY_VALUE,
    FORMS,
    STANDINGS,
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
from reportgen.indicators.scoring import OVER_FULL
from reportgen.language import formula, prose
from reportgen.schema import YES, Field, group, is_name, listing, optional
from reportgen.schema import Kind as Takes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.source import Node

_TEXT: Final = Field(Takes.TEXT)
_NUMBER: Final = Field(Takes.NUMBER)
_PROSE: Final = Field(Takes.PROSE)
_MAYBE_TEXT: Final = optional(Takes.TEXT)
_MAYBE_PROSE: Final = optional(Takes.PROSE)
_MAYBE_NUMBER: Final = optional(Takes.NUMBER)
_MAYBE: Final = optional(Takes.TRUTH)
_STATUS: Final = optional(Takes.CHOICE, choices=STANDINGS)
_CLAUSE: Final[Mapping[str, Field]] = {"条款": _TEXT, "条件": _TEXT, "符合": _PROSE, "不符": _PROSE}
_BAND: Final = group({side.value: _MAYBE_NUMBER for side in Side} | {"得": _MAYBE_NUMBER})
_SCORING: Final[Mapping[Kind, Field]] = {
    Kind.BANDS: listing(_BAND, required=False),
    Kind.STEPS: group({"超出": _NUMBER, "每": _NUMBER, "扣": _NUMBER}, required=False),
    Kind.RATIO: group({"上限": Field(Takes.CHOICE, choices=(YES,))}, required=False),
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
    "I307", "unknown-form", Severity.ERROR, "“{form}” is not a way to print a value", "use one of: {forms}"
)
NAME_FORM = rule(
    "I308",
    "indicator-name",
    Severity.ERROR,
    "“{name}” cannot be used as a name in tags",
    "use letters, Chinese characters and digits; a printed name with other signs goes into 显示名",
)
NO_POINTS = rule(
    "I309",
    "weight-and-scoring",
    Severity.ERROR,
    "“{name}” has {points} points and is scored by {kind}",
    "give an indicator that is scored more than 0 points, and an unscored one (不计分) none",
)
BAD_ORDER = rule(
    "I310",
    "band-order",
    Severity.ERROR,
    "this band of “{name}” can never be reached",
    "let limits with 至 or 未满 rise, those with 达 or 超过 fall, and 否则 be the last",
)
NOT_POSITIVE = rule(
    "I317", "not-positive", Severity.ERROR, "“{key}” of “{name}” must be more than 0", "write a number such as 1 or 0.5"
)
NO_SIGN = rule(
    "I318",
    "absolute-of-nothing",
    Severity.ERROR,
    "取绝对值 says nothing about “{name}”",
    "remove it: it goes with 分段 and 逐级 only",
)
TOO_LITTLE = rule(
    "I319",
    "full-points-out-of-reach",
    Severity.WARNING,
    "the clauses of “{name}” give {points} of {full} points at most",
    "let the points of the clauses add up to the full points",
)
BAD_GRADE = rule(
    "I331",
    "bad-grade",
    Severity.ERROR,
    "this grade does not follow those before it",
    "write {{达: 90, 为: 优}}, then lower limits, the last one {{否则: 差}}",
)
_SIGNED: Final = frozenset({Kind.BANDS, Kind.STEPS})
_RISING: Final = frozenset({Side.UP_TO, Side.BELOW})


def read(root: Node) -> tuple[System, list[Diagnostic]]:
    """Read the list of indicators."""
    bound, found = bind_list(root, INDICATOR, "指标")
    reader = _Reader(bound, found)
    items = bound.values["指标"]
    listed = items if isinstance(items, list) else []
    indicators = [
        reader.indicator(item, f"指标[{index}]")
        for index, item in enumerate(listed, 1)
        if isinstance(item, dict) and _word(item["名称"])  # one without a name is reported already
    ]
    return System(tuple(indicators)), found


@dataclass(slots=True)
class _Reader:
    """Builds definitions from bound values, reading the expressions in them."""

    bound: Facts
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
        routine, wrong = prose(fact.node)
        self.found += wrong
        return routine

    def indicator(self, item: Mapping[str, Any], path: str) -> Indicator:
        name = _word(item["名称"])
        span = self.span(f"{path}.名称")
        self._check_name(name, span)
        weight = _figure(item["分值"])
        scoring = self.scoring(item["评分"], f"{path}.评分", name)
        levels = [_word(level) for level in item["层级"]] if isinstance(item["层级"], list) else []
        if len(levels) != _LEVELS and isinstance(item["层级"], list):
            self.found.append(TWO_LEVELS.at(span, name=name))
        cases = item["特例"] if isinstance(item["特例"], list) else []
        indicator = Indicator(
            name,
            _word(item["显示名"]) or name,
            (levels[0], levels[-1]) if levels else ("", ""),
            weight,
            scoring or Scoring(Kind.UNSCORED),
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
        if scoring and weight >= 0:
            self._check_points(indicator, path)
        return indicator

    def _check_points(self, one: Indicator, path: str) -> None:
        """Check that value, points and scoring rule of an indicator fit together."""
        kind, clauses = one.scoring.kind, one.scoring.clauses
        if (kind is Kind.UNSCORED) == (one.weight > 0):
            self.found.append(NO_POINTS.at(one.span, name=one.name, points=str(one.weight), kind=kind))
        if kind in BY_VALUE and not one.formula_text:
            self.found.append(NO_FORMULA.at(one.span, name=one.name))
        if one.form not in {"", *FORMS}:
            forms = "、".join(sorted(form for form in FORMS if not form.isascii()))
            self.found.append(UNKNOWN_FORM.at(self.span(f"{path}.格式"), form=one.form, forms=forms))
        given = [band.points for band in one.scoring.bands] + [case.points or Decimal(0) for case in one.cases]
        for points in given:
            if not 0 <= points <= one.weight:
                self.found.append(OVER_FULL.at(one.span, name=one.name, points=str(points), full=str(one.weight)))
        reached = sum((clause.points for clause in clauses), Decimal(0))
        if kind is Kind.COMPARE and reached < one.weight:
            self.found.append(TOO_LITTLE.at(one.span, name=one.name, points=str(reached), full=str(one.weight)))

    def _check_name(self, name: str, span: Span) -> None:
        if name in self.names:
            self.found.append(SAME_NAME.at(span, name=name))
        if not is_name(name):
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

    def scoring(self, item: Mapping[str, Any], path: str, name: str) -> Scoring | None:
        given = [kind for kind in Kind if _given(item[kind.value])]
        if len(given) != 1:
            place = self.span(f"{path.removesuffix('.评分')}.名称")
            self.found.append(ONE_SCORING.at(place, name=name, count=len(given), kinds="、".join(Kind)))
            return None
        kind = given[0]
        inner, value = f"{path}.{kind.value}", item[kind.value]
        absolute = item["取绝对值"] is True
        if absolute and kind not in _SIGNED:
            self.found.append(NO_SIGN.at(self.span(f"{path}.取绝对值"), name=name))
        return replace(self.rule(kind, value, inner, name), absolute=absolute)

    def rule(self, kind: Kind, value: Any, inner: str, name: str) -> Scoring:  # noqa: ANN401 — as bound by the form
        if kind is Kind.BANDS:
            bands = [self.band(band, f"{inner}[{index}]", name) for index, band in enumerate(value, 1)]
            self._check_order(bands, inner, name)
            return Scoring(kind, bands=tuple(band for band in bands if band))
        if kind is Kind.STEPS:
            step, points = (self.positive(value[key], f"{inner}.{key}", name) for key in ("每", "扣"))
            return Scoring(kind, start=_figure(value["超出"]), step=step, points=points)
        if kind in {Kind.CHECKLIST, Kind.COMPARE}:
            key = "扣" if kind is Kind.CHECKLIST else "得"
            clauses = (self.clause(one, f"{inner}[{index}]", name, key) for index, one in enumerate(value, 1))
            return Scoring(kind, tuple(clauses))
        if kind is Kind.YES_NO:
            return Scoring(kind, (self.clause(value, inner, name),))
        if kind is Kind.JUDGED:
            return Scoring(kind, score=self.expression(f"{inner}.得分"), reason=self.expression(f"{inner}.理由"))
        return Scoring(kind)

    def positive(self, value: object, path: str, name: str) -> Number:
        """Take a number that must be more than zero; one that is missing is reported already."""
        figure = _figure(value)
        if isinstance(value, Number) and figure <= 0:
            self.found.append(NOT_POSITIVE.at(self.span(path), key=path.rpartition(".")[2], name=name))
        return figure

    def clause(self, item: Mapping[str, Any], path: str, name: str, key: str = "") -> Clause:
        points = self.positive(item[key], f"{path}.{key}", name) if key else Number(0)
        condition = self.expression(f"{path}.条件")
        return Clause(_word(item["条款"]), condition, points, self.prose(f"{path}.符合"), self.prose(f"{path}.不符"))

    def band(self, item: Mapping[str, Any], path: str, name: str) -> Band | None:
        sides = [side for side in Side if isinstance(item[side.value], Number)]
        ends = sides == [Side.ELSE]
        if len(sides) != 1 or ends == isinstance(item["得"], Number):
            self.found.append(BAD_BAND.at(self.first(path), name=name))
            return None
        limit = item[sides[0].value]
        return Band(sides[0], Number(0), limit) if ends else Band(sides[0], limit, item["得"])

    def first(self, path: str) -> Span:
        """Give the place of the first fact of a group."""
        return next((fact.span for key, fact in self.bound.all.items() if key.startswith(f"{path}.")), Span())

    def _check_order(self, bands: Sequence[Band | None], path: str, name: str) -> None:
        """Report every band that the one before it leaves nothing to, or that lies the other way."""
        for at in range(1, len(bands)):
            before, own = bands[at - 1], bands[at]
            if before is None or own is None:
                continue
            ended = before.side is Side.ELSE
            turned = own.side is not Side.ELSE and (own.side in _RISING) != (before.side in _RISING)
            passed = own.side is not Side.ELSE and not turned and _rank(own) <= _rank(before)
            if ended or turned or passed:
                self.found.append(BAD_ORDER.at(self.first(f"{path}[{at + 1}]"), name=name))


def _rank(band: Band) -> tuple[Decimal, bool]:
    """Give how far a band reaches in its direction: of two with one limit, the one that takes it reaches farther."""
    if band.side in _RISING:
        return band.limit, band.side is Side.UP_TO
    return -band.limit, band.side is Side.FROM


def read_grades(bound: Facts) -> tuple[tuple[Grade, ...], list[Diagnostic]]:
    """Read a manifest's 等级: each has 达 in points of one hundred and 为 with the grade's word, the last one 否则."""
    items: Any = bound.values["等级"]
    found: list[Diagnostic] = []
    grades: list[Grade] = []
    limit = Decimal("Infinity")
    for at, item in enumerate(items if isinstance(items, list) else (), 1):
        last = at == len(items)
        own, word = (Decimal(0), item["否则"]) if last else (item["达"], item["为"])
        own = own.scaleb(2) if isinstance(own, Number) and own.unit == "%" else own
        given = {key for key, value in item.items() if not isinstance(value, Gap)}
        if given != ({"否则"} if last else {"达", "为"}) or not 0 <= own < limit:
            spans = [fact.span for key, fact in bound.all.items() if key.startswith(f"等级[{at}].")]
            found.append(BAD_GRADE.at(next(iter(spans), bound.all["等级"].span)))
            continue
        grades.append(Grade(own, _word(word)))
        limit = own
    return tuple(grades), found


def _given(value: object) -> bool:
    """Whether a scoring kind is there: an absent group is a mapping of gaps only."""
    if isinstance(value, dict):
        return any(not isinstance(inner, Gap) for inner in value.values())
    return bool(value) and not isinstance(value, Gap)


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _figure(value: object) -> Number:
    return value if isinstance(value, Number) else Number(0)

"""The items of an indicators.yaml in, the declared system out, each indicator tested for what fits together in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic, Severity, Span, rule
from reportgen.facts import bind_list
from reportgen.indicators.definition import BY_VALUE, FORMS, OWN_UNIT, Indicator, Kind, Scoring, System
from reportgen.indicators.reading.form import INDICATOR
from reportgen.indicators.reading.pieces import Pieces, figure, word
from reportgen.indicators.reading.scoring import read_cases, read_scoring
from reportgen.indicators.scoring import OVER_FULL
from reportgen.schema import is_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.source import Node

_LEVELS: Final = 2

TWO_LEVELS = rule("I302", "two-levels", Severity.ERROR, "“{name}” needs two levels", "write 层级: [一级, 二级]")
SAME_NAME = rule("I303", "same-name", Severity.ERROR, "there are two indicators “{name}”", "rename one of them")
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
TOO_LITTLE = rule(
    "I319",
    "full-points-out-of-reach",
    Severity.WARNING,
    "the scoring rule of “{name}” gives {points} of {full} points at most",
    "let the best band or case give the full points, and the clauses add up to them",
)
TWO_UNITS = rule(
    "I336",
    "two-units",
    Severity.ERROR,
    "“{name}” is printed by {form}, which says its own unit",
    "leave 单位 out, or print the value by 数值, 定点 or 金额",
)


def read(root: Node) -> tuple[System, list[Diagnostic]]:
    """Read the list of indicators."""
    bound, found = bind_list(root, INDICATOR, "指标")
    reader = _Reader(Pieces(bound, found))
    items = bound.values["指标"]
    listed = items if isinstance(items, list) else []
    indicators = [
        reader.indicator(item, f"指标[{index}]")
        for index, item in enumerate(listed, 1)
        if isinstance(item, dict) and word(item["名称"])  # one without a name is reported already
    ]
    return System(tuple(indicators)), found


@dataclass(slots=True)
class _Reader:
    """Builds definitions from bound values; every name is given once."""

    pieces: Pieces
    names: set[str] = field(default_factory=set)

    def indicator(self, item: Mapping[str, Any], path: str) -> Indicator:
        pieces, name = self.pieces, word(item["名称"])
        span = pieces.span(f"{path}.名称")
        self._check_name(name, span)
        weight = figure(item["分值"])
        before = len(pieces.found)
        scoring = read_scoring(pieces, item["评分"], f"{path}.评分", name)
        whole = len(pieces.found) == before  # what is left out for a fault is not missed again
        levels = [word(level) for level in item["层级"]] if isinstance(item["层级"], list) else []
        if len(levels) != _LEVELS and isinstance(item["层级"], list):
            pieces.found.append(TWO_LEVELS.at(span, name=name))
        indicator = Indicator(
            name,
            word(item["显示名"]) or name,
            (levels[0], levels[-1]) if levels else ("", ""),
            weight,
            scoring or Scoring(Kind.UNSCORED),
            span,
            formula=pieces.expression(f"{path}.公式"),
            formula_text=word(item["公式"]),
            in_words=word(item["公式说明"]),
            form=word(item["格式"]),
            unit=word(item["单位"]),
            cases=read_cases(pieces, item["特例"], f"{path}.特例", name),
            standard=word(item["标准"]).strip(),
            text=pieces.prose(f"{path}.说明"),
            improvement=pieces.prose(f"{path}.改进"),
            basis={key: word(status) for key, status in item["依据"].items() if word(status)},
            note=word(item["备注"]),
        )
        if scoring and weight >= 0:
            self._check_fit(indicator, path)
            if whole:
                self._check_best(indicator)
        return indicator

    def _check_fit(self, one: Indicator, path: str) -> None:
        """Check that value, points and scoring rule of an indicator fit together."""
        found, kind = self.pieces.found, one.scoring.kind
        if (kind is Kind.UNSCORED) == (one.weight > 0):
            found.append(NO_POINTS.at(one.span, name=one.name, points=str(one.weight), kind=kind))
        if kind in BY_VALUE and not one.formula_text:
            found.append(NO_FORMULA.at(one.span, name=one.name))
        if one.form not in {"", *FORMS}:
            forms = "、".join(sorted(form for form in FORMS if not form.isascii()))
            found.append(UNKNOWN_FORM.at(self.pieces.span(f"{path}.格式"), form=one.form, forms=forms))
        if one.unit and one.form in OWN_UNIT:
            found.append(TWO_UNITS.at(self.pieces.span(f"{path}.单位"), name=one.name, form=one.form))
        scoring = one.scoring
        fixed = [band.points for band in scoring.bands]
        fixed += [case.points for case in (*one.cases, *scoring.cases) if case.points is not None]
        for points in fixed:
            if not 0 <= points <= one.weight:
                found.append(OVER_FULL.at(one.span, name=one.name, points=str(points), full=str(one.weight)))

    def _check_best(self, one: Indicator) -> None:
        best = _best(one.scoring)
        if best is not None and best < one.weight:
            self.pieces.found.append(TOO_LITTLE.at(one.span, name=one.name, points=str(best), full=str(one.weight)))

    def _check_name(self, name: str, span: Span) -> None:
        if name in self.names:
            self.pieces.found.append(SAME_NAME.at(span, name=name))
        if not is_name(name):
            self.pieces.found.append(NAME_FORM.at(span, name=name))
        self.names.add(name)


def _best(scoring: Scoring) -> Decimal | None:
    """Give the most points that a rule can give, where that can be told from the rule itself."""
    if scoring.kind is Kind.BANDS:
        return max((band.points for band in scoring.bands), default=None)
    if scoring.kind is Kind.CASES and all(case.points is not None for case in scoring.cases):
        return max(case.points or Decimal(0) for case in scoring.cases)
    open_ended = any(clause.counted and clause.most is None for clause in scoring.clauses)
    if scoring.kind is Kind.COMPARE and not open_ended:
        return sum((clause.most or clause.points for clause in scoring.clauses), Decimal(0))
    return None

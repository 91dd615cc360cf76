"""An indicator system and the facts in; every indicator's value, working, score and reason out, in an order that formulas allow."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic, Severity, rule
from reportgen.facts import Gap, Number, Value
from reportgen.indicators import wording
from reportgen.indicators.definition import Kind as Scored
from reportgen.indicators.definition import Treatment
from reportgen.indicators.scoring import Asked, Score, score
from reportgen.language import (
    EMPTY,
    FILTERS,
    Failed,
    Log,
    Misuse,
    Program,
    Trace,
    Working,
    names,
    printed,
    remember,
    trace,
    united,
    working,
)
from reportgen.schema import Field, Kind, group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.indicators.definition import Indicator, Routine, System

INDICATORS: Final = "指标"
NONE: Final = "—"
OWN: Final = group(
    {
        "值": Field(Kind.OPEN),
        "得分": Field(Kind.NUMBER),
        "分值": Field(Kind.NUMBER),
        "扣分": Field(Kind.NUMBER),
        "算式": Field(Kind.TEXT),
        "结果": Field(Kind.TEXT),
        "条款情况": Field(Kind.TEXT),
        "原因": Field(Kind.TEXT),
    },
)
"""What the prose of an indicator may use of its own indicator."""

CYCLE = rule(
    "I321",
    "formula-cycle",
    Severity.ERROR,
    "the formulas depend on each other in a circle: {names}",
    "let one of them use facts only",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The scored indicators in the order of the system, and how the clauses of each were answered."""

    results: tuple[dict[str, Any], ...] = ()
    met: Mapping[str, tuple[bool, ...]] = field(default_factory=dict)


def routines(system: System) -> Iterator[tuple[str, Routine]]:
    """Give every routine of a system under the key by which `evaluate` runs it."""
    for one in system.indicators:
        yield _key(one, "公式"), one.formula
        for at, operand in enumerate(_operands(one)):
            yield _key(one, "算式", at), operand
        for at, case in enumerate(one.cases):
            yield _key(one, "特例", at), case.condition
            yield _key(one, "特例原因", at), case.reason
        for at, clause in enumerate(one.scoring.clauses):
            yield _key(one, "条件", at), clause.condition
            yield _key(one, "符合", at), clause.met
            yield _key(one, "不符", at), clause.unmet
        yield _key(one, "评定得分"), one.scoring.score
        yield _key(one, "评定理由"), one.scoring.reason
        yield _key(one, "说明"), one.text
        yield _key(one, "改进"), one.improvement


def _key(indicator: Indicator, what: str, at: int = 0) -> str:
    return f"{indicator.name}/{what}/{at}"


def _operands(indicator: Indicator) -> tuple[Routine, ...]:
    taken = working(indicator.formula)
    return taken.operands if taken else ()


def ordered(system: System) -> tuple[list[Indicator], list[Diagnostic]]:
    """Sort the indicators so that each comes after those its formula uses."""
    by_name = {one.name: one for one in system.indicators}
    graph = {}
    for one in system.indicators:
        used = [name.split(".") for name in names(one.formula)]
        graph[one.name] = [
            parts[1] for parts in used if parts[0] == INDICATORS and len(parts) > 1 and parts[1] in by_name
        ]
    try:
        return [by_name[name] for name in TopologicalSorter(graph).static_order()], []
    except CycleError as cycle:
        circle = cycle.args[1]
        return [], [CYCLE.at(by_name[circle[0]].span, names=" → ".join(circle))]


def evaluate(
    system: System,
    program: Program,
    values: Mapping[str, Value],
    log: Log | None = None,
) -> tuple[Outcome, list[Diagnostic]]:
    """Score every indicator; traced values go with a log."""
    order, found = ordered(system)
    evaluator = _Evaluator(program, values, log, found)
    for one in order:
        evaluator.indicator(one)
    listed = [one for one in system.indicators if one.name in evaluator.results]
    results = tuple({**_described(one), **evaluator.results[one.name]} for one in listed)
    return Outcome(results, evaluator.met), found


def tell(
    system: System,
    program: Program,
    values: Mapping[str, Value],
    outcome: Outcome,
    log: Log | None = None,
) -> tuple[Outcome, list[Diagnostic]]:
    """Write the prose of scored indicators; `values` hold the facts with their own prose written out."""
    teller = _Evaluator(program, values, log, [])
    by_name = {one["名称"]: one for one in outcome.results}
    told = tuple(
        teller.told(one, by_name[one.title], outcome.met[one.name]) for one in system.indicators if one.title in by_name
    )
    return replace(outcome, results=told), teller.found


@dataclass(slots=True)
class _Evaluator:
    """Runs the routines of indicators, collecting what goes wrong."""

    program: Program
    values: Mapping[str, Value]
    log: Log | None
    found: list[Diagnostic]
    results: dict[str, Any] = field(default_factory=dict)
    met: dict[str, tuple[bool, ...]] = field(default_factory=dict)

    def value(self, key: str) -> Value:
        try:
            return self.program.value(key, self.scope(), self.log)
        except Failed as failed:
            self.found.append(failed.diagnostic)
            return Gap(key, reported=True)

    def text(self, key: str, own: Mapping[str, Value]) -> Value:
        before = 0 if self.log is None else len(self.log.outputs)
        try:
            text = self.program.text(key, {**self.scope(), **own}, self.log)
        except Failed as failed:
            self.found.append(failed.diagnostic)
            return ""
        return text if self.log is None else remember(text, united(self.log.outputs[before:]))

    def scope(self) -> dict[str, Value]:
        return {INDICATORS: self.results, **self.values}

    def indicator(self, one: Indicator) -> None:
        case, origin = self.case(one)
        value = self.value(_key(one, "公式")) if one.formula and case is None else Gap(f"{INDICATORS}.{one.name}.值")
        shown = self.shown(one, value)
        asked = Asked(value, shown, self.routine(one))
        got = (self.score(one, asked) if case is None else self.special(one, case)).under(origin)
        self.results[one.name] = self.own(one, value, shown, got)
        self.met[one.name] = got.met

    def told(self, one: Indicator, result: Mapping[str, Value], met: Sequence[bool]) -> dict[str, Value]:
        own = {**result, "条款情况": self.clauses(one, met, trace(result["得分"]))}
        return {**own, "说明": self.text(_key(one, "说明"), own), "改进": self.text(_key(one, "改进"), own)}

    def routine(self, one: Indicator) -> Any:  # noqa: ANN401 — a function
        keys = {id(clause.condition): _key(one, "条件", at) for at, clause in enumerate(one.scoring.clauses)}
        keys |= {id(one.scoring.score): _key(one, "评定得分"), id(one.scoring.reason): _key(one, "评定理由")}
        return lambda wanted: self.value(keys[id(wanted)])

    def score(self, one: Indicator, asked: Asked) -> Score:
        try:
            return score(one, asked)
        except Misuse as misuse:
            self.found.append(misuse.at(one.span))
            return Score(Gap(one.name, reported=True))

    def case(self, one: Indicator) -> tuple[int | None, Trace]:
        """Find the special case that decides, if any, and what was looked at to find it."""
        origin = EMPTY
        for at in range(len(one.cases)):
            held = self.value(_key(one, "特例", at))
            origin |= trace(held).as_conditions()
            if held:
                return at, origin
        return None, origin

    def special(self, one: Indicator, at: int) -> Score:
        case = one.cases[at]
        reason = self.text(_key(one, "特例原因", at), {})
        if case.treatment is None:
            return Score(Number(case.points or 0), reason)
        points = one.weight if case.treatment is Treatment.FULL else Decimal(0)
        return Score(Number(points), reason, case.treatment)

    def shown(self, one: Indicator, value: Value) -> str:
        if isinstance(value, Gap) or one.form not in FILTERS:
            return NONE if isinstance(value, Gap) else str(value)
        return printed(FILTERS[one.form].call(value))

    def own(self, one: Indicator, value: Value, shown: str, got: Score) -> dict[str, Value]:
        origin = trace(value)
        applies = got.treatment is not Treatment.LEFT_OUT
        lost = one.weight - got.points if applies and isinstance(got.points, Decimal) else Decimal(0)
        return {
            "值": value,
            "结果": remember(shown, origin),
            "算式": self.working(one, value, shown),
            "得分": got.points,
            "扣分": remember(Number(lost), trace(got.points)),
            "分值": Number(one.weight),
            "原因": got.reason,
            "适用": got.treatment is None,
            "计分": applies and one.scoring.kind is not Scored.UNSCORED,
            "处理": wording.treated(got.treatment) if got.treatment else "",
        }

    def working(self, one: Indicator, value: Value, shown: str) -> Value:
        taken: Working | None = working(one.formula)
        if taken is None or isinstance(value, Gap):
            return remember(shown if not isinstance(value, Gap) else "", trace(value))
        operands = [self.value(_key(one, "算式", at)) for at in range(len(taken.operands))]
        factor = "×100%" if one.form in {"百分比", "percent"} else ""
        text = taken.written(lambda at: printed(operands[at]), factor=factor)
        return remember(f"{text}={shown}", trace(value) | united(operands))

    def clauses(self, one: Indicator, met: Sequence[bool], scored: Trace) -> Value:
        if not met:
            return ""
        keys = (_key(one, "符合" if held else "不符", at) for at, held in enumerate(met))
        told = [self.text(key, {}) for key in keys]
        return remember("；".join(map(str, told)) + "。", scored.as_conditions() | united(told))


def _described(one: Indicator) -> dict[str, Value]:
    status = "，".join(f"{key}：{word}" for key, word in one.basis.items())
    return {
        "名称": one.title,
        "一级": one.levels[0],
        "二级": one.levels[1],
        "标准": one.standard or wording.standard(one),
        "公式说明": one.in_words,
        "依据": status,
    }

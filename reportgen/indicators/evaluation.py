"""An indicator system and the facts in; every indicator's value, working, score and reason out, then its prose."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import N_, Diagnostic, Label, Severity, rule
from reportgen.facts import Gap, Number, Value
from reportgen.indicators import wording
from reportgen.indicators.definition import BY_PERCENT, BY_VALUE, Kind, Treatment
from reportgen.indicators.results import INDICATORS, OWN
from reportgen.indicators.scoring import NO_NUMBER, Asked, Score, granted, score, unknown
from reportgen.language import (
    CONTEXT,
    DIVIDED_BY_ZERO,
    EMPTY,
    GAP_PRINTED,
    Failed,
    Log,
    Misuse,
    Program,
    Trace,
    named,
    names,
    printed,
    remember,
    sample,
    trace,
    united,
    working,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.diagnostics import Span
    from reportgen.facts import Fact, Facts
    from reportgen.indicators.definition import Case, Indicator, Routine, System

NONE: Final = "—"
_NO_NAMES: Final[Mapping[str, Value]] = {}

ZERO_DENOMINATOR = rule(
    "I314",
    "zero-denominator",
    Severity.ERROR,
    "“{name}” cannot be computed: the denominator of {formula} is zero",
    "say with 特例 how it is scored then",
)
NOTHING_APPLIES = rule(
    "I316",
    "nothing-applies",
    Severity.ERROR,
    "every indicator is left out: there is nothing to score",
    "let at least one indicator count, by another 特例 or by 不适用: 计满分",
)
NO_CASE = rule(
    "I338",
    "no-case",
    Severity.ERROR,
    "no case of “{name}” holds",
    "let the last case of 按情形 have no 条件: it takes all that is left",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The scored indicators by name, in the order of the system, and how the clauses of each were answered."""

    results: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    met: Mapping[str, tuple[bool, ...]] = field(default_factory=dict)


def routines(system: System) -> Iterator[tuple[str, Routine]]:
    """Give every routine of a system under the key by which `evaluate` and `tell` run it."""
    for one in system.indicators:
        yield _key(one, "公式"), one.formula
        yield from _operands(one, "算式", one.formula)
        for kind, cases in (("特例", one.cases), ("按情形", one.scoring.cases)):
            for at, case in enumerate(cases):
                yield _key(one, kind, at), case.condition
                yield _key(one, f"{kind}原因", at), case.reason
                yield _key(one, f"{kind}得分", at), case.worth
                yield from _operands(one, f"{kind}算式{at}", case.worth)
        for at, clause in enumerate(one.scoring.clauses):
            yield _key(one, "条件", at), clause.condition
            yield _key(one, "符合", at), clause.met
            yield _key(one, "不符", at), clause.unmet
        yield _key(one, "评定得分"), one.scoring.score
        yield _key(one, "评定理由"), one.scoring.reason
        yield _key(one, "说明"), one.text
        yield _key(one, "改进"), one.improvement


def _operands(indicator: Indicator, what: str, routine: Routine) -> Iterator[tuple[str, Routine]]:
    taken = working(routine)
    return ((_key(indicator, what, at), operand) for at, operand in enumerate(taken.operands if taken else ()))


def _key(indicator: Indicator, what: str, at: int = 0) -> str:
    return f"{indicator.name}/{what}/{at}"


def needed(system: System) -> dict[str, list[str]]:
    """Give, for every indicator, those that must be scored before it, since what scores it uses them."""
    known = {one.name for one in system.indicators}
    found: dict[str, list[str]] = {}
    for one in system.indicators:
        scoring = one.scoring
        asked = [one.formula, scoring.score, scoring.reason, *(clause.condition for clause in scoring.clauses)]
        cases = (*one.cases, *scoring.cases)
        asked += [routine for case in cases for routine in (case.condition, case.reason, case.worth)]
        used = [name.split(".") for routine in asked for name in names(routine)]
        found[one.name] = [parts[1] for parts in used if parts[0] == INDICATORS and parts[1:2] and parts[1] in known]
    return found


def evaluate(
    system: System,
    program: Program,
    facts: Facts,
    values: Mapping[str, Value],
    log: Log | None = None,
) -> tuple[Outcome, list[Diagnostic]]:
    """Score every indicator; `values` are those of the facts, traced ones with a log.

    The system is one that `soundness.check` has passed: none of its indicators needs itself.
    """
    by_name = {one.name: one for one in system.indicators}
    evaluator = _Evaluator(program, values, log, facts.all)
    with localcontext(CONTEXT):
        for name in TopologicalSorter(needed(system)).static_order():
            evaluator.indicator(by_name[name])
    described = {one.name: evaluator.own(one, _described(one)) for one in system.indicators}
    results = {name: {**words, **evaluator.results[name]} for name, words in described.items()}
    scored = [one for one in system.indicators if one.scoring.kind is not Kind.UNSCORED]
    if scored and not any(results[one.name]["计分"] for one in scored):
        evaluator.found.append(NOTHING_APPLIES.at(scored[0].span))
    return Outcome(results, evaluator.met), evaluator.found


def tell(
    system: System,
    program: Program,
    values: Mapping[str, Value],
    outcome: Outcome,
    log: Log | None = None,
) -> tuple[Outcome, list[Diagnostic]]:
    """Write the prose of scored indicators; `values` are the facts with their prose written out, and all scores."""
    teller = _Evaluator(program, values, log, results=dict(outcome.results))
    told = {one.name: teller.told(one, outcome.met[one.name]) for one in system.indicators}
    return replace(outcome, results=told), teller.found


@dataclass(slots=True)
class _Evaluator:
    """Runs the routines of indicators, collecting what goes wrong."""

    program: Program
    values: Mapping[str, Value]
    log: Log | None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    results: dict[str, Any] = field(default_factory=dict)
    met: dict[str, tuple[bool, ...]] = field(default_factory=dict)

    def value(self, key: str, own: Mapping[str, Value] = _NO_NAMES) -> Value:
        try:
            return self.program.value(key, {**self.scope(), **own}, self.log)
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

    def own(self, one: Indicator, values: Mapping[str, Value]) -> dict[str, Value]:
        """Let the values of an indicator remember, in a traced run, by which name they are looked up."""
        if self.log is None:
            return dict(values)
        return {key: named(value, f"{INDICATORS}.{one.name}.{key}") for key, value in values.items()}

    def scope(self) -> dict[str, Value]:
        return {**self.values, INDICATORS: self.results}

    def indicator(self, one: Indicator) -> None:
        own = {"分值": Number(one.weight)}
        value: Value = Gap(f"{INDICATORS}.{one.name}.值")
        shown = NONE
        got, origin = self.decided(one, "特例", one.cases, own)
        if got is None:
            value = self.formula(one)
            shown = self.shown(one, value)
            got = self.score(one, value, shown)
        elif isinstance(got.points, Gap):
            value = Gap(f"{INDICATORS}.{one.name}.值", reported=True)
        self.results[one.name] = self.own(one, self.result(one, value, shown, got.under(origin), origin))
        self.met[one.name] = got.met

    def decided(
        self, one: Indicator, kind: str, cases: Sequence[Case], own: Mapping[str, Value]
    ) -> tuple[Score | None, Trace]:
        """Give the score of the first case that holds, if any, and what was looked at to find it."""
        origin = EMPTY
        for at, case in enumerate(cases):
            held = self.value(_key(one, kind, at), own) if case.condition else True
            origin |= trace(held).as_conditions()
            if isinstance(held, Gap) and held.reported:
                return unknown(one), origin
            if held:
                return self.granted(one, kind, at, case, own), origin
        return None, origin

    def granted(self, one: Indicator, kind: str, at: int, case: Case, own: Mapping[str, Value]) -> Score:
        """Give the score of a case that holds."""
        reason = self.text(_key(one, f"{kind}原因", at), own)
        if not case.worth:
            return granted(one, case.points or Decimal(0), case.treatment, reason)
        points = self.there(one, self.value(_key(one, f"{kind}得分", at), own))
        if isinstance(points, Gap):
            return unknown(one)
        if not isinstance(points, Decimal):
            self.found.append(NO_NUMBER.at(one.span, name=one.name, value=sample(points)))
            return unknown(one)
        written = self.written(one, f"{kind}算式{at}", case.worth, own)
        if written:
            reason = remember(f"{reason}，{wording.reckoned(one, written, points)}", trace(reason) | trace(points))
        return granted(one, points, case.treatment, reason)

    def by_case(self, one: Indicator, value: Value, shown: str) -> Score:
        """Score by the first case that holds; it may use the value of the formula."""
        if isinstance(value, Gap) and value.reported:
            return unknown(one)
        own = {"分值": Number(one.weight), "值": value, "结果": shown}
        got, origin = self.decided(one, "按情形", one.scoring.cases, own)
        if got is None:
            self.found.append(NO_CASE.at(one.span, name=one.name))
            return unknown(one)
        return got.under(origin)

    def formula(self, one: Indicator) -> Value:
        if not one.formula:
            return Gap(f"{INDICATORS}.{one.name}.值")
        try:
            value = self.program.value(_key(one, "公式"), self.scope(), self.log)
        except Failed as failed:
            found = failed.diagnostic
            if found.rule is DIVIDED_BY_ZERO:
                zeros = [place for path, place in self.places(one.formula) if self.facts[path].value == 0]
                related = tuple(Label(place, N_("this is zero")) for place in zeros)
                found = ZERO_DENOMINATOR.at(found.span, related=related, name=one.name, formula=one.formula_text)
            self.found.append(found)
            return Gap(f"{INDICATORS}.{one.name}.值", reported=True)
        return self.there(one, value)

    def there(self, one: Indicator, value: Value) -> Value:
        """Give a value that must be there, or a gap that is reported now."""
        if not isinstance(value, Gap) or value.reported:
            return value
        self.found.append(GAP_PRINTED.at(one.span, name=value.path))
        return Gap(value.path, reported=True)

    def places(self, routine: Routine) -> list[tuple[str, Span]]:
        """Give the facts that a routine names, with their places."""
        return [(name, self.facts[name].span) for name in names(routine) if name in self.facts]

    def score(self, one: Indicator, value: Value, shown: str) -> Score:
        scoring = one.scoring
        if scoring.kind is Kind.CASES:
            return self.by_case(one, value, shown)
        answers = [self.value(_key(one, "条件", at)) for at in range(len(scoring.clauses))]
        points: Value = ""
        reason: Value = ""
        if scoring.kind is Kind.JUDGED:
            points, reason = (self.value(_key(one, key)) for key in ("评定得分", "评定理由"))
        try:
            return score(one, Asked(value, shown, answers, points, reason))
        except Misuse as misuse:
            place = next((place for _, place in self.places(scoring.score)), one.span)
            self.found.append(misuse.at(place))
            return unknown(one)

    def shown(self, one: Indicator, value: Value) -> str:
        if isinstance(value, Gap):
            return NONE
        try:
            return wording.shown(one, value)
        except Misuse as misuse:
            if isinstance(value, Decimal) or one.scoring.kind not in BY_VALUE:  # else the rule refuses the value
                self.found.append(misuse.at(one.span))
            return NONE

    def result(self, one: Indicator, value: Value, shown: str, got: Score, origin: Trace) -> dict[str, Value]:
        applies = got.treatment is not Treatment.LEFT_OUT
        lost = one.weight - got.points if applies and isinstance(got.points, Decimal) else Decimal(0)
        return {
            "值": remember(value, origin),
            "结果": remember(shown, trace(value) | origin),
            "算式": remember(self.working(one, value, shown), origin),
            "得分": got.points,
            "扣分": remember(Number(lost), trace(got.points)) if not isinstance(got.points, Gap) else got.points,
            "分值": Number(one.weight),
            "原因": got.reason,
            "判定": got.judgement,
            "适用": remember(got.treatment is None, origin),
            "计分": remember(applies and one.scoring.kind is not Kind.UNSCORED, origin),
        }

    def working(self, one: Indicator, value: Value, shown: str) -> Value:
        """Write the formula with its figures, and what comes out: `0÷(756+2032.55)×100%=0%`."""
        if isinstance(value, Gap):
            return value if value.reported else ""
        written = self.written(one, "算式", one.formula, {}, factor="×100%" if one.form in BY_PERCENT else "")
        return remember(f"{written}={shown}" if written else shown, trace(value))

    def written(self, one: Indicator, what: str, routine: Routine, own: Mapping[str, Value], factor: str = "") -> str:
        """Write an expression with its figures; empty where nothing is calculated, or a figure cannot be written."""
        taken = working(routine)
        assert taken is not None  # noqa: S101 — what has a value is an expression

        def operand(at: int) -> Value:
            return self.value(_key(one, what, at), own)

        try:
            return taken.written(
                lambda at: self.figure(taken.operands[at], operand(at), own),
                lambda at: bool(operand(at)),
                factor=factor,
            )
        except Misuse as misuse:
            self.found.append(misuse.at(one.span))
            return ""

    def figure(self, operand: Routine, value: Value, own: Mapping[str, Value]) -> str:
        """Write one operand: the value of an indicator as that one prints it, all else as a bare tag does."""
        text = next(filter(None, (self.named(name, value, own) for name in names(operand))), None) or printed(value)
        return f"({text})" if text.startswith("-") else text

    def named(self, name: str, value: Value, own: Mapping[str, Value]) -> str:
        """Give what an indicator, or this one, prints for a value that is looked up by its name."""
        if name == "值" and own.get(name) == value:
            return str(own.get("结果", ""))
        owner, _, key = name.removeprefix(f"{INDICATORS}.").partition(".")
        stands = key == "值" and owner in self.results and self.results[owner]["值"] == value
        return str(self.results[owner]["结果"]) if stands else ""

    def told(self, one: Indicator, met: Sequence[bool]) -> dict[str, Value]:
        result = self.results[one.name]
        own = {name: result[name] for name in OWN.fields if name in result}
        own["条款情况"] = self.clauses(one, met, own)
        said = {key: self.text(_key(one, key), own) for key in ("说明", "改进")}
        return {**result, **self.own(one, {"条款情况": own["条款情况"], **said})}

    def clauses(self, one: Indicator, met: Sequence[bool], own: Mapping[str, Value]) -> Value:
        """Join what the clauses say of themselves into one sentence."""
        if isinstance(own["得分"], Gap):
            return own["得分"]
        told = [self.text(_key(one, "符合" if held else "不符", at), own) for at, held in enumerate(met)]
        sentence = f"{'；'.join(map(str, told))}。" if told else ""
        return remember(sentence, trace(own["得分"]).as_conditions() | united(told))


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

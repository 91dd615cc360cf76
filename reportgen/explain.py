"""A traced study and a name in, how that value came about out: formula, figures, file lines, rule, score, standing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reportgen.diagnostics import N_, Diagnostic, Severity, Span, nearest, rule
from reportgen.facts import Gap, Picture
from reportgen.language import Misuse, printed, strip, trace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.build import Study
    from reportgen.facts import Fact
    from reportgen.indicators.definition import Indicator
    from reportgen.language import Trace

INDICATORS: Final = "指标"
_LINES: Final = (
    (N_("value"), "结果"),
    (N_("formula in words"), "公式说明"),
    (N_("with its figures"), "算式"),
    (N_("scoring rule"), "标准"),
    (N_("judged"), "判定"),
    (N_("full points"), "分值"),
    (N_("points"), "得分"),
    (N_("why points were lost"), "原因"),
    (N_("basis"), "依据"),
)

UNKNOWN = rule(
    "F401",
    "unknown-value",
    Severity.ERROR,
    "there is no value called “{name}”",
    "see the form for the names",
)
NOT_ONE_VALUE = rule(
    "F402",
    "not-one-value",
    Severity.ERROR,
    "“{name}” is a group of values",
    "name one of them: {members}",
)


class Line(NamedTuple):
    """One line of an explanation: a label (a message identifier), what it says, and a place if it has one."""

    label: str
    text: str
    span: Span | None = None


def explain(study: Study, name: str) -> tuple[list[Line], list[Diagnostic]]:
    """Explain a fact, an indicator or any other value by its name, as `收入.其他收入` or `指标.结转结余率`."""
    facts = study.facts.all if study.facts else {}
    if name in facts and not isinstance(facts[name].value, list):
        return list(_fact(facts[name], study)), []
    value: Any = study.values
    for part in name.split("."):
        if not isinstance(value, dict) or part not in value:
            return [], [_unknown(name, part, value, study)]
        value = value[part]
    declared = {one.name: one for one in study.pack.system.indicators} if study.pack else {}
    owner, _, own = name.partition(".")
    if owner == INDICATORS and own in declared:
        return list(_indicator(declared[own], value, study)), []
    if isinstance(value, dict | list):
        members = "、".join(value) if isinstance(value, dict) else "…"
        return [], [NOT_ONE_VALUE.at(Span(study.path), name=name, members=members)]
    return list(_value(value, study)), []


def _unknown(name: str, part: str, group: object, study: Study) -> Diagnostic:
    """Say that a name is unknown from one of its parts on; a part that counts items is not like a name without."""
    close = nearest(part, group) if isinstance(group, dict) and "[" not in part else ""
    advice = N_("write “{close}”") if close else None
    return UNKNOWN.at(Span(study.path), help=advice, name=name, close=name.replace(part, close))


def _fact(fact: Fact, study: Study) -> Iterator[Line]:
    yield Line(N_("fact"), _figure(fact), fact.span)
    extra = ((N_("source"), fact.source), (N_("evidence"), fact.evidence), (N_("remark"), fact.note))
    yield from (Line(label, text) for label, text in extra if text)
    for one in study.pack.system.indicators if study.pack else ():
        result = _result(study, one.name)
        reached = trace(result.get("得分")) | trace(result.get("值"))
        if fact.path in reached.facts | reached.conditions:
            yield Line(N_("used by"), f"{INDICATORS}.{one.name}")


def _indicator(one: Indicator, result: dict[str, Any], study: Study) -> Iterator[Line]:
    yield Line(N_("indicator"), " › ".join([*one.levels, one.title]), one.span)
    if one.formula_text:
        yield Line(N_("formula"), one.formula_text)
    yield from (Line(label, said(result.get(key))) for label, key in _LINES if said(result.get(key)))
    if one.note:
        yield Line(N_("remark"), one.note)
    yield from _origins(trace(result.get("值")) | trace(result.get("得分")), study)


def _value(value: object, study: Study) -> Iterator[Line]:
    yield Line(N_("value"), said(value))
    yield from _origins(trace(value), study)


def _origins(origin: Trace, study: Study) -> Iterator[Line]:
    facts = study.facts.all if study.facts else {}
    for path in facts:
        if path in origin.facts | origin.conditions:
            yield Line(N_("from"), f"{path} = {_figure(facts[path])}", facts[path].span)


def _result(study: Study, name: str) -> dict[str, Any]:
    results: Any = study.values.get(INDICATORS)
    return results.get(name, {}) if isinstance(results, dict) else {}


def _figure(fact: Fact) -> str:
    unit = getattr(fact.value, "unit", "")
    text = said(fact.value)
    measured = f"{text} {unit}" if unit and unit != "%" else text
    return f"{measured}（{fact.source}）" if fact.source else measured


def said(value: object) -> str:
    """Print a value in one line; nothing where there is none."""
    if value is None or isinstance(value, Gap):
        return ""
    if isinstance(value, Picture):
        return f"{value.path}（{value.format}，{value.width}×{value.height}）"
    try:
        return strip(printed(value))[0]
    except Misuse:
        return "…"

"""What a published report states (原报) beside what follows from the facts in, a finding for every difference out.

What is stated goes by the names that tags use: `指标.结转结余率.得分`, `自评.总分`, `收入.其他收入`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from reportgen import formats, units
from reportgen.diagnostics import N_, Diagnostic, Severity, nearest, rule
from reportgen.facts import STATED, Fact, Gap, Number, lookup
from reportgen.language import Misuse, printed, strip, unit_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from reportgen.facts import Facts, Value

_PREFIX: Final = f"{STATED}."
_INDICATORS: Final = "指标"
_POINTS: Final = "得分"
_TOTAL, _WORKING = "自评.总分", "自评.算式"
_NOWHERE: Final = object()

DIFFERS = rule(
    "N101",
    "stated-differs",
    Severity.ERROR,
    "the report states {stated} for “{name}”, the facts give {actual}",
    "correct the facts if they are wrong; a new report prints what they give",
)
NOT_COMPUTABLE = rule(
    "N102",
    "stated-not-computable",
    Severity.ERROR,
    "the report states {stated} for “{name}”, which cannot be computed from the facts: {reason}",
    "correct the facts if they are wrong; a new report prints no value here",
)
NOT_THE_SUM = rule(
    "N103",
    "stated-total",
    Severity.ERROR,
    "the report states a total of {stated}, but its own points add up to {sum}",
    "the points that it states are {working}={sum}; a new report adds them up itself",
)
UNKNOWN = rule(
    "N104",
    "stated-unknown",
    Severity.ERROR,
    "“{name}” is no value that could be compared",
    "use the name that tags use, such as 指标.结转结余率.得分, 自评.总分 or 收入.其他收入",
)
UNSCORED = rule(
    "N105",
    "stated-unscored",
    Severity.WARNING,
    "the report states no points for {names}",
    "ask the finance bureau whether these indicators are scored; the points of a total must be complete",
)


def compare(facts: Facts, values: Mapping[str, Value], used: Collection[str]) -> list[Diagnostic]:
    """Compare everything stated; `used` are the names below 原报 that the checks of the pack look at."""
    stated = [fact for path, fact in facts.all.items() if path.startswith(_PREFIX) and "[" not in path]
    found: list[Diagnostic] = []
    for fact in stated:
        name = fact.path.removeprefix(_PREFIX)
        actual = lookup(values, name, _NOWHERE)
        if actual is not _NOWHERE:
            found += _compared(fact, name, actual, values)
        elif not any(_is_in(fact.path, one) for one in used):
            found.append(_unknown(fact, name, values))
    return [*found, *_total(facts, values), *_unscored(stated, values)]


def _is_in(path: str, outer: str) -> bool:
    return path == outer or path.startswith((f"{outer}.", f"{outer}["))


def _unknown(fact: Fact, name: str, values: Mapping[str, Value]) -> Diagnostic:
    """Name the nearest name of the group in which the first unknown one stands."""
    group: Any = values
    before, *rest = "", *name.split(".")
    while isinstance(group, dict) and rest and rest[0] in group:
        before, group = f"{before}{rest[0]}.", group[rest.pop(0)]
    close = nearest(rest[0], group) if rest and isinstance(group, dict) else ""
    advice = N_("write “{close}”") if close else None
    return UNKNOWN.at(fact.span, help=advice, name=name, close=".".join([f"{before}{close}", *rest[1:]]))


def _compared(fact: Fact, name: str, actual: Any, values: Mapping[str, Value]) -> Iterator[Diagnostic]:  # noqa: ANN401 — any value
    stated = _shown(fact.value)
    if isinstance(actual, Gap):
        if not actual.reported:
            yield NOT_COMPUTABLE.at(fact.span, stated=stated, name=name, reason=_reason(name, values) or "—")
        return
    if not _agree(fact.value, actual):
        advice, reason = _advice(name, values)
        shown = _printed(name, actual, values)
        yield DIFFERS.at(fact.span, help=advice, stated=stated, name=name, actual=shown, reason=reason)


def _advice(name: str, values: Mapping[str, Value]) -> tuple[str | None, object]:
    """Say why a value is as the facts give it, if something can be said."""
    if name == _TOTAL:
        return N_("the points that follow from the facts are {reason}"), lookup(values, _WORKING)
    reason = _reason(name, values)
    advice = N_("points were lost, for this reason: {reason}; correct the facts if it does not hold")
    return advice if reason else None, reason


def _printed(name: str, actual: object, values: Mapping[str, Value]) -> str:
    """Give a value as a report prints it: that of an indicator in the indicator's own form."""
    owner, _, own = name.partition(".")
    indicator, _, key = own.rpartition(".")
    shown = lookup(values, f"{owner}.{indicator}.结果") if (owner, key) == (_INDICATORS, "值") else actual
    return _shown(shown)


def _agree(stated: object, actual: object) -> bool:
    """Whether a stated figure is what the actual one becomes when it is rounded; all else must be the same."""
    if isinstance(stated, Number) and isinstance(actual, Decimal):
        own = unit_of(actual)
        scale = _scale(stated.unit or own, own)
        low, high = (Fraction(end) * (scale or 0) for end in stated.interval)
        return scale is not None and (low <= Fraction(actual) < high or low == high == Fraction(actual))
    return _shown(stated) == _shown(actual)


def _scale(unit: str, own: str) -> Fraction | None:
    """Give what turns a stated figure into the unit of the actual one; a percentage is kept as a fraction."""
    if not own or unit == own:
        return Fraction(1)
    scale = units.ratio(unit, own)
    return scale / 100 if scale and own == "%" else scale


def _reason(name: str, values: Mapping[str, Value]) -> str:
    """Say why an indicator lost points, if it is one that a name leads into."""
    owner, _, own = name.partition(".")
    if owner != _INDICATORS:
        return ""
    reason = lookup(values, f"{_INDICATORS}.{own.partition('.')[0]}.原因")
    return strip(reason)[0] if isinstance(reason, str) else ""


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "、".join(map(_shown, value))
    try:
        return formats.plain(value) if isinstance(value, Decimal) and not isinstance(value, Number) else printed(value)
    except Misuse:
        return "…"


def _total(facts: Facts, values: Mapping[str, Value]) -> Iterator[Diagnostic]:
    """Compare the stated total with the stated points."""
    total = facts.all.get(f"{_PREFIX}{_TOTAL}")
    points = _stated_points(facts.stated, values)
    if total is None or not isinstance(total.value, Decimal) or not points:
        return
    whole = sum((one for _, one in points), Decimal(0))
    if whole != total.value:
        levels: dict[str, Decimal] = {}
        for level, one in points:
            levels[level] = levels.get(level, Decimal(0)) + one
        working = "+".join(map(formats.plain, levels.values()))
        yield NOT_THE_SUM.at(total.span, stated=_shown(total.value), sum=formats.plain(whole), working=working)


def _stated_points(stated: Mapping[str, Value], values: Mapping[str, Value]) -> list[tuple[str, Decimal]]:
    """Give the stated points of all indicators, each with the name of its first level, in the order of the system."""
    found: list[tuple[str, Decimal]] = []
    for name, own in _indicators(values):
        points = lookup(stated, f"{_INDICATORS}.{name}.{_POINTS}")
        if isinstance(points, Decimal):
            found.append((str(own["一级"]), Decimal(points)))
    return found


def _indicators(values: Mapping[str, Value]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    indicators = values.get(_INDICATORS)
    if isinstance(indicators, dict):
        yield from indicators.items()


def _unscored(stated: Sequence[Fact], values: Mapping[str, Value]) -> Iterator[Diagnostic]:
    """Find the indicators for which no points are stated, where there are points of others."""
    given = {fact.path: fact for fact in stated if fact.path.endswith(f".{_POINTS}")}
    lacking = [
        own["名称"] for name, own in _indicators(values) if f"{_PREFIX}{_INDICATORS}.{name}.{_POINTS}" not in given
    ]
    if given and lacking:
        first = next(iter(given.values()))
        yield UNSCORED.at(first.span, names="、".join(lacking))

"""The bound 评分 and 特例 of one indicator in, its scoring rule and special cases out."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Severity, rule
from reportgen.facts import Gap, Number
from reportgen.indicators.definition import Band, Case, Clause, Kind, Leftover, Scoring, Side, Treatment
from reportgen.indicators.reading.pieces import figure, given, typed, word
from reportgen.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.indicators.reading.pieces import Pieces

ONE_SCORING = rule(
    "I301",
    "one-scoring",
    Severity.ERROR,
    "“{name}” needs exactly one scoring rule, it has {count}",
    "give one of: {kinds}",
)
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
BAD_ORDER = rule(
    "I310",
    "band-order",
    Severity.ERROR,
    "this band of “{name}” can never be reached",
    "let limits with 至 or 未满 rise, those with 达 or 超过 fall, and 否则 be the last",
)
NO_SIGN = rule(
    "I318",
    "absolute-of-nothing",
    Severity.ERROR,
    "取绝对值 says nothing about “{name}”",
    "remove it: it goes with 分段 and 逐级 only",
)
BAD_CLAUSE = rule(
    "I332",
    "bad-clause",
    Severity.ERROR,
    "it is not clear what the clause “{clause}” of “{name}” is worth",
    "give it 条件 and {key}; or 次数, {key} for each case and perhaps 最多; or 条件 and 否决: 是",
)
NO_START = rule(
    "I333",
    "steps-from-nowhere",
    Severity.ERROR,
    "the steps of “{name}” need one standard to be counted from",
    "write 超出 where what lies above it loses points, or 低于 where what lies below does",
)
NO_SLOPE = rule(
    "I334",
    "ratio-without-slope",
    Severity.ERROR,
    "“{name}” gives full points and none at the same value",
    "let 满分 and 零分 differ; without 零分 it is 0",
)
AFTER_ALL = rule(
    "I335",
    "case-after-all",
    Severity.ERROR,
    "the case “{case}” of “{name}” comes after one that takes everything",
    "leave 条件 out in the last case only",
)
_SIGNED: Final = frozenset({Kind.BANDS, Kind.STEPS})
_RISING: Final = frozenset({Side.UP_TO, Side.BELOW})
_NOTHING_BELOW_ZERO: Final = Band(Side.BELOW, Number(0), Decimal(0))


def read_scoring(pieces: Pieces, item: Mapping[str, Any], path: str, name: str) -> Scoring | None:
    """Read the one rule that an indicator is scored by; None where there is not exactly one."""
    there = [kind for kind in Kind if given(item[kind.value])]
    if len(there) != 1:
        place = pieces.span(f"{path.removesuffix('.评分')}.名称")
        pieces.found.append(ONE_SCORING.at(place, name=name, count=len(there), kinds="、".join(Kind)))
        return None
    kind = there[0]
    absolute = item["取绝对值"] is True
    if absolute and kind not in _SIGNED:
        pieces.found.append(NO_SIGN.at(pieces.span(f"{path}.取绝对值"), name=name))
    if kind is Kind.BANDS:
        return _bands(pieces, item[kind.value], f"{path}.{kind.value}", name, absolute=absolute)
    return _rule(pieces, kind, item[kind.value], f"{path}.{kind.value}", name)._replace(absolute=absolute)


def read_cases(pieces: Pieces, items: object, path: str, name: str) -> tuple[Case, ...]:
    """Read a list of cases, in the order in which they are tried."""
    listed = items if isinstance(items, list) else []
    cases = tuple(_case(pieces, item, f"{path}[{at}]", name) for at, item in enumerate(listed, 1))
    ends = next((at for at, case in enumerate(cases) if not case.condition), len(cases))
    pieces.found += [
        AFTER_ALL.at(pieces.first(f"{path}[{at + 1}]"), case=case.text, name=name)
        for at, case in enumerate(cases)
        if at > ends
    ]
    return cases


def _case(pieces: Pieces, item: Mapping[str, Any], path: str, name: str) -> Case:
    points, treatment = word(item["得"]), item["不适用"]
    if bool(points) == given(treatment):
        pieces.found.append(BAD_CASE.at(pieces.first(path), name=name))
    text = word(item["情形"])
    reason = pieces.prose(f"{path}.原因") or (Text(text),)
    fixed = _number(points)
    return Case(
        text
        or "".join(one.text for one in reason if isinstance(one, Text)) * all(isinstance(one, Text) for one in reason),
        pieces.expression(f"{path}.条件"),
        reason,
        points=fixed,
        worth=pieces.expression(f"{path}.得") if points and fixed is None else (),
        worth_text=points,
        treatment=Treatment(treatment) if treatment in set(Treatment) else None,
    )


def _number(text: str) -> Decimal | None:
    """Take a text that is a plain number for it."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _rule(pieces: Pieces, kind: Kind, value: Any, path: str, name: str) -> Scoring:  # noqa: ANN401 — as bound by the form
    if kind is Kind.STEPS:
        return _steps(pieces, value, path, name)
    if kind is Kind.RATIO:
        full, zero = figure(value["满分"]), figure(value["零分"])
        if full == zero and isinstance(value["满分"], Number):
            pieces.found.append(NO_SLOPE.at(pieces.span(f"{path}.满分"), name=name))
        return Scoring(kind, full=full, zero=zero)
    if kind is Kind.CASES:
        return Scoring(kind, cases=read_cases(pieces, value, path, name))
    if kind is Kind.JUDGED:
        return Scoring(kind, score=pieces.expression(f"{path}.得分"), reason=pieces.expression(f"{path}.理由"))
    return Scoring(kind, tuple(_clauses(pieces, kind, value, path, name)))


def _steps(pieces: Pieces, value: Mapping[str, Any], path: str, name: str) -> Scoring:
    step, points = (pieces.positive(value[key], f"{path}.{key}", name) for key in ("每", "扣"))
    starts = [key for key in ("超出", "低于") if typed(value[key])]
    if len(starts) != 1:
        pieces.found.append(NO_START.at(pieces.first(path), name=name))
    return Scoring(
        Kind.STEPS,
        start=figure(value[starts[0]]) if starts else Number(0),
        below=starts == ["低于"],
        step=step,
        points=points,
        leftover=Leftover(value["零头"]) if value["零头"] in set(Leftover) else Leftover.NOTHING,
        most=_most(pieces, value["最多"], path, name),
    )


def _most(pieces: Pieces, value: object, path: str, name: str) -> Decimal | None:
    return None if isinstance(value, Gap) else pieces.positive(value, f"{path}.最多", name)


def _clauses(pieces: Pieces, kind: Kind, value: Any, path: str, name: str) -> Iterator[Clause]:  # noqa: ANN401 — as above
    if kind is Kind.YES_NO:
        yield _clause(pieces, value, path)
    if kind in {Kind.CHECKLIST, Kind.COMPARE}:
        key = "扣" if kind is Kind.CHECKLIST else "得"
        for at, item in enumerate(value, 1):
            yield _weighed(pieces, item, f"{path}[{at}]", name, key)


def _clause(pieces: Pieces, item: Mapping[str, Any], path: str) -> Clause:
    met, unmet = (pieces.prose(f"{path}.{key}") for key in ("符合", "不符"))
    return Clause(word(item["条款"]), pieces.expression(f"{path}.条件"), Decimal(0), met, unmet)


def _weighed(pieces: Pieces, item: Mapping[str, Any], path: str, name: str, key: str) -> Clause:
    """Read a clause that is worth points for each case, points once, or everything."""
    clause = _clause(pieces, item, path)
    asks, counts, weighs, limits = (typed(item[one]) for one in ("条件", "次数", key, "最多"))
    veto = item["否决"] is True
    one_of_each = asks != counts and weighs != veto
    if not one_of_each or (limits and not counts) or (veto and counts):
        pieces.found.append(BAD_CLAUSE.at(pieces.first(path), clause=clause.text, name=name, key=key))
    return clause._replace(
        condition=pieces.expression(f"{path}.次数") if counts else clause.condition,
        points=pieces.positive(item[key], f"{path}.{key}", name) if weighs else Number(0),
        counted=counts,
        most=_most(pieces, item["最多"], path, name),
        veto=veto,
    )


def _bands(pieces: Pieces, value: Any, path: str, name: str, *, absolute: bool) -> Scoring:  # noqa: ANN401 — as above
    bands = [_band(pieces, band, f"{path}[{index}]", name) for index, band in enumerate(value, 1)]
    _check_order(pieces, bands, path, name, absolute=absolute)
    return Scoring(Kind.BANDS, bands=tuple(band for band in bands if band), absolute=absolute)


def _band(pieces: Pieces, item: Mapping[str, Any], path: str, name: str) -> Band | None:
    sides = [side for side in Side if isinstance(item[side.value], Number)]
    ends = sides == [Side.ELSE]
    if len(sides) != 1 or ends == isinstance(item["得"], Number):
        pieces.found.append(BAD_BAND.at(pieces.first(path), name=name))
        return None
    limit = item[sides[0].value]
    return Band(sides[0], Number(0), limit) if ends else Band(sides[0], limit, item["得"])


def _check_order(pieces: Pieces, bands: Sequence[Band | None], path: str, name: str, *, absolute: bool) -> None:
    """Report every band that those before it leave nothing to, or that lies the other way."""
    for at, own in enumerate(bands):
        before = bands[at - 1] if at else _NOTHING_BELOW_ZERO if absolute else None
        if own is None or before is None or (not at and own.side not in _RISING):
            continue
        ended = before.side is Side.ELSE or (absolute and before.side not in _RISING and _takes_zero(before))
        turned = own.side is not Side.ELSE and (own.side in _RISING) != (before.side in _RISING)
        passed = own.side is not Side.ELSE and not turned and _rank(own) <= _rank(before)
        if ended or turned or passed:
            pieces.found.append(BAD_ORDER.at(pieces.first(f"{path}[{at + 1}]"), name=name))


def _takes_zero(band: Band) -> bool:
    """Whether a band that begins somewhere begins at zero or below."""
    return band.limit < 0 or (band.limit == 0 and band.side is Side.FROM)


def _rank(band: Band) -> tuple[Decimal, bool]:
    """Give how far a band reaches in its direction: of two with one limit, the one that takes it reaches farther."""
    if band.side in _RISING:
        return band.limit, band.side is Side.UP_TO
    return -band.limit, band.side is Side.FROM

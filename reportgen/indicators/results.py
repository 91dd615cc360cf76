"""Scored indicators in, what templates look up out: each by name, by level, in a table, those that lost points, and the total."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from reportgen import formats
from reportgen.facts import Number, Value
from reportgen.indicators.definition import Side
from reportgen.language import remember, trace, united
from reportgen.schema import Field, Kind, group, listing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.indicators.definition import Grade, System

_CENT: Final = Decimal("0.01")
_HUNDRED: Final = Decimal(100)
_TEXT: Final = Field(Kind.TEXT)
_NUMBER: Final = Field(Kind.NUMBER)
_TRUTH: Final = Field(Kind.TRUTH)
_POINTS: Final[Mapping[str, Field]] = dict.fromkeys(("分值", "得分", "扣分"), _NUMBER)
_WORDS: Final = ("名称", "一级", "二级", "标准", "公式说明", "依据", "结果", "算式", "原因", "处理")
_TOLD: Final = ("条款情况", "说明", "改进")
SCORED: Final = group(
    {**dict.fromkeys(_WORDS, _TEXT), **_POINTS, "值": Field(Kind.OPEN), "适用": _TRUTH, "计分": _TRUTH}
)
ITEM: Final = group({**SCORED.fields, **dict.fromkeys(_TOLD, _TEXT)})
_SECOND: Final = group({"名称": _TEXT, **_POINTS, "指标": listing(ITEM)})
_FIRST: Final = group({"名称": _TEXT, **_POINTS, "二级": listing(_SECOND)})
_ROW: Final = group(
    {
        **ITEM.fields,
        **dict.fromkeys(("一级首行", "二级首行"), _TRUTH),
        **dict.fromkeys(("一级分值", "一级得分", "二级分值", "二级得分"), _NUMBER),
    },
)
_TOTAL: Final = group(
    {"总分": _NUMBER, "满分": _NUMBER, "扣分": _NUMBER, "等级": _TEXT, "计分指标数": _NUMBER, "算式": _TEXT}
)


def scored_form(system: System) -> dict[str, Field]:
    """Give the form of what is there as soon as indicators are scored: what prose and formulas may use."""
    return {"指标": group({one.name: SCORED for one in system.indicators}), "自评": _TOTAL}


def form(system: System) -> dict[str, Field]:
    """Give the form of what `assemble` adds to the facts, so that tags can be checked before they run."""
    return {
        "指标": group({one.name: ITEM for one in system.indicators}),
        "指标体系": listing(_FIRST),
        "指标表": listing(_ROW),
        "失分指标": listing(ITEM),
        "自评": _TOTAL,
    }


def assemble(system: System, results: Sequence[dict[str, Any]]) -> dict[str, Value]:
    """Build everything that is looked up beside the facts from the scored indicators, in their order."""
    if len(results) != len(system.indicators):
        return {}
    firsts = _by_level("一级", results)
    levels = [
        {**_sums(name, items), "二级": [_second(*pair) for pair in _by_level("二级", items)]} for name, items in firsts
    ]
    lost = [one for one in results if one["计分"] and isinstance(one["扣分"], Decimal) and one["扣分"] > 0]
    return {
        "指标": {one.name: result for one, result in zip(system.indicators, results, strict=True)},
        "指标体系": levels,
        "指标表": [row for name, items in firsts for row in _rows(_sums(name, items), items)],
        "失分指标": remember(lost, united(one["扣分"] for one in results).as_conditions()),
        "自评": _total(system.grades, results, levels),
    }


def _by_level(level: str, items: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    return [(name, list(inner)) for name, inner in groupby(items, key=lambda one: one[level])]


def _second(name: str, items: list[dict[str, Any]]) -> dict[str, Value]:
    return {**_sums(name, items), "指标": items}


def _sums(name: str, items: Sequence[dict[str, Any]]) -> dict[str, Value]:
    counted = [one for one in items if one["计分"]]
    return {"名称": name, **{key: _sum(one[key] for one in counted) for key in _POINTS}}


def _sum(values: Any) -> Value:  # noqa: ANN401 — points, or gaps where a score could not be computed
    figures = [value for value in values if isinstance(value, Decimal)]
    return remember(Number(sum(map(Decimal, figures), Decimal(0))), united(figures))


def _rows(first: Mapping[str, Value], items: Sequence[dict[str, Any]]) -> list[dict[str, Value]]:
    rows: list[dict[str, Value]] = []
    for name, inner in _by_level("二级", items):
        second = _sums(name, inner)
        for at, item in enumerate(inner):
            rows.append(
                {
                    **item,
                    "一级首行": not rows,
                    "二级首行": at == 0,
                    "一级分值": first["分值"],
                    "一级得分": first["得分"],
                    "二级分值": second["分值"],
                    "二级得分": second["得分"],
                },
            )
    return rows


def _total(
    grades: Sequence[Grade], results: Sequence[dict[str, Any]], levels: Sequence[Mapping[str, Any]]
) -> dict[str, Value]:
    """Add the points up; where indicators were left out, the rest is scaled to the full marks, and the working says so."""
    counted = [one for one in results if one["计分"]]
    got, counted_full = _sum(one["得分"] for one in counted), _sum(one["分值"] for one in counted)
    full = _sum(one["分值"] for one in results)
    working = "+".join(formats.plain(level["得分"]) for level in levels)
    assert isinstance(got, Decimal) and isinstance(full, Decimal) and isinstance(counted_full, Decimal)  # noqa: S101, PT018 — sums are
    points = Decimal(got)
    if counted_full != full and counted_full:
        points = (points / counted_full * full).quantize(_CENT, ROUND_HALF_UP)
        left_out = formats.plain(full - counted_full)
        working = f"({working})÷({formats.plain(full)}−{left_out})×{formats.plain(full)}"
    origin = trace(got) | united(one["计分"] for one in results).as_conditions()
    total = remember(Number(points), origin)
    share = points / full * _HUNDRED if full else Decimal(0)
    return {
        "总分": total,
        "满分": Number(full),
        "扣分": remember(Number(full - points), origin),
        "等级": remember(_grade(grades, share), origin.as_conditions()),
        "计分指标数": Number(len(counted)),
        "算式": remember(f"{working}={formats.plain(points)}", origin),
    }


def _grade(grades: Sequence[Grade], share: Decimal) -> str:
    for grade in grades:
        if grade.side is Side.ELSE or (grade.side is Side.FROM and share >= grade.limit):
            return grade.word
    return ""

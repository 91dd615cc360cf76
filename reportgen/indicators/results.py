"""Scored indicators in, what templates look up out: by name, by level, in a table, those that lost points, the sum."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from reportgen import formats
from reportgen.facts import Gap, Number, Value
from reportgen.language import CONTEXT, named, printed, remember, trace, united
from reportgen.schema import Field, Kind, group, listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.indicators.definition import Grade, System

_CENT: Final = Decimal("0.01")
_HUNDRED: Final = Decimal(100)
_TEXT: Final = Field(Kind.TEXT)
_NUMBER: Final = Field(Kind.NUMBER)
_TRUTH: Final = Field(Kind.TRUTH)
_POINTS: Final[Mapping[str, Field]] = dict.fromkeys(("分值", "得分", "扣分"), _NUMBER)
_WORDS: Final = ("名称", "一级", "二级", "标准", "公式说明", "依据", "结果", "算式", "原因", "判定")
_TOLD: Final = ("条款情况", "说明", "改进")
INDICATORS: Final = "指标"
OWN: Final = group(
    {
        "值": Field(Kind.OPEN),
        **_POINTS,
        **dict.fromkeys(("算式", "结果", "原因", "判定", "条款情况"), _TEXT),
    },
)
"""What the prose of an indicator may use of its own indicator, beside the facts."""
SCORED: Final = group(
    {**dict.fromkeys(_WORDS, _TEXT), **_POINTS, "值": Field(Kind.OPEN), "适用": _TRUTH, "计分": _TRUTH}
)
ITEM: Final = group({**SCORED.fields, **dict.fromkeys(_TOLD, _TEXT)})
_LEVEL: Final[Mapping[str, Field]] = {"名称": _TEXT, **_POINTS, "算式": _TEXT}
_SECOND: Final = group({**_LEVEL, "指标": listing(ITEM)})
_FIRST: Final = group({**_LEVEL, "二级": listing(_SECOND)})
_ROW: Final = group(
    {
        **ITEM.fields,
        **dict.fromkeys(("一级首行", "二级首行"), _TRUTH),
        **dict.fromkeys(("一级分值", "一级得分", "二级分值", "二级得分"), _NUMBER),
    },
)
_TOTAL: Final = group(
    {
        **dict.fromkeys(("总分", "满分", "扣分", "计分指标数"), _NUMBER),
        **dict.fromkeys(("等级", "等级说明", "算式"), _TEXT),
    },
)


def scored_form(system: System) -> dict[str, Field]:
    """Give the form of what is there as soon as indicators are scored: what the prose of facts may use."""
    return {INDICATORS: group({one.name: SCORED for one in system.indicators}), "自评": _TOTAL}


def form(system: System) -> dict[str, Field]:
    """Give the form of what `assemble` adds to the facts, so that tags can be checked before they run."""
    return {
        INDICATORS: group({one.name: ITEM for one in system.indicators}),
        "指标体系": listing(_FIRST),
        "指标表": listing(_ROW),
        "失分指标": listing(ITEM),
        "自评": _TOTAL,
    }


def assemble(system: System, results: Mapping[str, dict[str, Any]], *, traced: bool = False) -> dict[str, Value]:
    """Build everything that is looked up beside the facts from the scored indicators of a system, by name.

    With `traced`, lists and the total remember by which name they are looked up.
    """
    items = list(results.values())
    levels = [_first(name, inner) for name, inner in _by_level("一级", items)]
    lost = [one for one in items if one["计分"] and isinstance(one["扣分"], Decimal) and one["扣分"] > 0]
    listed: dict[str, Value] = {
        "指标体系": levels,
        "指标表": [row for level in levels for row in _rows(level)],
        "失分指标": remember(lost, united(one["扣分"] for one in items).as_conditions()),
    }
    total = _total(system.grades, items, levels)
    if traced:
        listed = {name: named(value, name) for name, value in listed.items()}
        total = {key: named(value, f"自评.{key}") for key, value in total.items()}
    return {INDICATORS: dict(results), **listed, "自评": total}


def _by_level(level: str, items: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    return [(name, list(inner)) for name, inner in groupby(items, key=lambda one: one[level])]


def _first(name: str, items: Sequence[dict[str, Any]]) -> dict[str, Any]:
    seconds = [{**_sums(name, inner, inner), "指标": inner} for name, inner in _by_level("二级", items)]
    return {**_sums(name, items, seconds), "二级": seconds}


def _sums(name: str, items: Sequence[dict[str, Any]], parts: Sequence[Mapping[str, Any]]) -> dict[str, Value]:
    """Add the points of a level up; its working names those of its parts."""
    counted = [one for one in items if one["计分"]]
    asked = united(one["计分"] for one in items).as_conditions()
    sums = {key: remember(_sum(one[key] for one in counted), asked) for key in _POINTS}
    terms = [part["得分"] for part in parts if part.get("计分", part["算式"])]
    got = sums["得分"]
    working = (
        got if isinstance(got, Gap) else remember(f"{_added(terms)}={printed(got)}" if counted else "", trace(got))
    )
    return {"名称": name, **sums, "算式": working}


def _added(points: Iterable[Value]) -> str:
    return "+".join(map(printed, points))


def _sum(values: Iterable[Value]) -> Value:
    """Add points up; one that is not known leaves the sum unknown, for the same reason."""
    figures: list[Decimal] = []
    for value in values:
        if isinstance(value, Gap):
            return value
        assert isinstance(value, Decimal)  # noqa: S101 — points are numbers or unknown
        figures.append(value)
    return remember(Number(sum(map(Decimal, figures), Decimal(0))), united(figures))


def _rows(first: Mapping[str, Any]) -> list[dict[str, Value]]:
    rows: list[dict[str, Value]] = []
    for second in first["二级"]:
        for at, item in enumerate(second["指标"]):
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
    grades: Sequence[Grade], items: Sequence[dict[str, Any]], levels: Sequence[Mapping[str, Any]]
) -> dict[str, Value]:
    """Add the points up; where indicators were left out, the rest is scaled to the full marks, and the working says so.

    What is scaled are the points as printed, so that the working can be checked by hand.
    """
    counted = [one for one in items if one["计分"]]
    asked = united(one["计分"] for one in items).as_conditions()
    of_count = remember(Number(len(counted)), asked)
    got, applying, full = (
        _sum(one[key] for one in some) for key, some in (("得分", counted), ("分值", counted), ("分值", items))
    )
    assert isinstance(applying, Decimal)  # noqa: S101 — the full points are declared
    assert isinstance(full, Decimal)  # noqa: S101 — as above
    if not isinstance(got, Decimal):
        return {**dict.fromkeys(_TOTAL.fields, got), "满分": Number(full), "计分指标数": of_count}
    terms = [level["得分"] for level in levels if level["算式"]]
    working = _added(terms)
    points = Decimal(got)
    if applying != full:
        with localcontext(CONTEXT):
            points = (points / applying * full).quantize(_CENT, ROUND_HALF_UP) if applying else points
        working = f"({working})" if len(terms) > 1 else working
        working += f"÷({formats.plain(full)}−{formats.plain(full - applying)})×{formats.plain(full)}"
    origin = trace(got) | asked
    grade = _grade(grades, points, full)
    return {
        "总分": remember(Number(points), origin),
        "满分": Number(full),
        "扣分": remember(Number(full - points), origin),
        "等级": remember(grade.word if grade else "", origin.as_conditions()),
        "等级说明": remember(_placed(grades, grade, points, full), origin),
        "计分指标数": of_count,
        "算式": remember(f"{working}={formats.plain(points)}", origin),
    }


def _grade(grades: Sequence[Grade], points: Decimal, full: Decimal) -> Grade | None:
    """Give the first grade that the points reach; compared without dividing, so that a limit itself is exact."""
    return next((grade for grade in grades if points * _HUNDRED >= grade.limit * full), None)


def _placed(grades: Sequence[Grade], grade: Grade | None, points: Decimal, full: Decimal) -> str:
    """Say between which shares of the full points the total lies: `满分100分，总分85分，达到80%、不到90%，等级为良`."""
    if grade is None:
        return ""
    better = grades[: grades.index(grade)][-1:]
    limits = [f"达到{formats.plain(grade.limit)}%"] if grade.limit else []
    limits += [f"不到{formats.plain(one.limit)}%" for one in better]
    said = [f"满分{formats.plain(full)}分", f"总分{formats.plain(points)}分", "、".join(limits), f"等级为{grade.word}"]
    return "，".join(filter(None, said))

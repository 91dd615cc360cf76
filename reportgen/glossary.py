"""A pack in, and perhaps the values of a facts file; every name that its templates may use out, with what it means."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reportgen import evidence, indicators, packs
from reportgen.diagnostics import N_
from reportgen.language import Misuse, printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.packs import Pack
    from reportgen.schema import Field

_MEANINGS: Final[Mapping[str, str]] = {
    "指标": N_("the indicators"),
    "指标体系": N_("the indicators by their levels"),
    "指标表": N_("all indicators in order, one a row, for a table"),
    "失分指标": N_("the indicators that lost points"),
    "自评": N_("the result of the whole"),
    "佐证材料": N_("every fact that has 佐证"),
    "名称": N_("its name"),
    "值": N_("its value, not rounded"),
    "结果": N_("its value as it is printed"),
    "算式": N_("the working, with its figures"),
    "分值": N_("the full points"),
    "得分": N_("the points reached"),
    "扣分": N_("the points lost"),
    "原因": N_("why points were lost; empty if none were"),
    "判定": N_("how the points were decided"),
    "条款情况": N_("what is so and what is not, clause by clause"),
    "标准": N_("the scoring rule in words"),
    "公式说明": N_("the formula in words"),
    "依据": N_("where formula, rule and points come from"),
    "说明": N_("the paragraphs about it"),
    "改进": N_("what will be done about lost points"),
    "适用": N_("whether it applies"),
    "计分": N_("whether it is scored"),
    "一级": N_("the first level that it belongs to"),
    "二级": N_("the second level"),
    "一级首行": N_("whether it is the first of its first level, for merged cells"),
    "二级首行": N_("whether it is the first of its second level, for merged cells"),
    "一级分值": N_("the full points of its first level"),
    "一级得分": N_("the points of its first level"),
    "二级分值": N_("the full points of its second level"),
    "二级得分": N_("the points of its second level"),
    "总分": N_("the total of the points"),
    "满分": N_("the total of the full points"),
    "计分指标数": N_("how many indicators are scored"),
    "等级": N_("the grade"),
    "等级说明": N_("the grade, with the limits it lies between"),
    "佐证": N_("the document that proves it"),
    "来源": N_("where it comes from"),
}
"""What is meant by the last word of a name that is no fact."""

_PAGE: Final = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font-family: sans-serif; margin: 1em; }}
table {{ border-collapse: collapse; }}
th {{ position: sticky; top: 0; background: #eee; text-align: left; }}
th, td {{ border: 1px solid #bbb; padding: 2px 6px; vertical-align: top; }}
</style>
</head>
<body>
<h1>{title}</h1>
<table>
<thead><tr>{top}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


class Name(NamedTuple):
    """One name: the way to it (`[]` for each item of a list), its kind, unit, meaning (a message) and a sample."""

    name: str
    kind: str
    unit: str
    meaning: str
    sample: str


def glossary(pack: Pack, values: Mapping[str, Any]) -> list[Name]:
    """List every name, facts first, in the order of the form; samples come from the values, else from the form."""
    own = {**indicators.form(pack.system), **evidence.FORM}
    return [
        one
        for name, field in packs.names(pack).items()
        for one in _named(name, name, field, values.get(name), own=name in own)
    ]


def page(title: str, head: Sequence[str], names: Sequence[Name]) -> str:
    """Write names as a page for the browser, to be printed or kept beside Word; it needs no other file."""
    top = "".join(f"<th>{escape(word)}</th>" for word in head)
    rows = (
        f"<tr><td><code>{escape(one.name)}</code></td>{''.join(f'<td>{escape(cell)}</td>' for cell in one[1:])}</tr>"
        for one in names
    )
    return _PAGE.format(title=escape(title), top=top, rows="\n".join(rows))


def _named(path: str, word: str, field: Field, value: object, *, own: bool) -> Iterator[Name]:
    """Give a name and those within it; `own` are the program's, which are no facts."""
    meaning = _MEANINGS.get(word, "") if own else field.meaning
    yield Name(path, field.kind.value, field.unit, meaning, _sample(value) or field.example)
    if field.item is not None:
        first = value[0] if isinstance(value, list) and value else None
        yield from _inner(f"{path}[]", field.item, first, own=own)
    else:
        yield from _inner(path, field, value, own=own)


def _inner(path: str, field: Field, value: object, *, own: bool) -> Iterator[Name]:
    """Give the names within a group; an item of a list that is no group has no name of its own."""
    known = value if isinstance(value, dict) else {}
    for name, inner in field.fields.items():
        yield from _named(f"{path}.{name}", name, inner, known.get(name), own=own)


def _sample(value: object) -> str:
    """Print a value as a bare tag would, a list of such values with 、 between; nothing for what cannot be printed."""
    if isinstance(value, list):
        return "、".join(filter(None, map(_sample, value)))
    try:
        return "" if value is None else printed(value)
    except Misuse:
        return ""

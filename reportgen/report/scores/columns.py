"""The cells of a row in; what stands in the columns below them out, where the row is the head of a table of scores."""

from __future__ import annotations

import re
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reportgen.report.scores.model import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.report.model import Cell


class Column(Enum):
    """What stands in a column; items stand in place of names where there are none, standards tell what is asked."""

    NAME = "(?:[一二三四]级)?(?:评价|考核|评分|绩效|自评)?指标(?:名称|内容|体系)?|[一二三四]级(?:项目)?"
    ITEM = "(?:评价|考核|评分|自评)(?:项目|内容|要素|事项)|项目|内容|类别|项目名称"
    WEIGHT = (
        "(?:指标|[一二三四]级指标|标准|设定)?(?:分值|权重|满分|标准分|满分值|基准分|赋分|应得分|总分值|分数)(?:值|数)?"
    )
    SCORE = "(?:自评|自我评价|实际|评价|单位|部门|本次){0,2}(?:得分|评分|实得分?|自评分|自评分数)(?:值|数|情况)?"
    DEDUCTION = "扣分(?:值|数)?|失分|扣减分?|扣减分值"
    REASON = (
        "(?:扣分|失分|未完成|未得满分|偏差|减分|未达标|扣分及).{0,12}(?:原因|说明|情况|理由|依据).{0,12}"
        "|原因(?:分析|说明).{0,12}|扣分说明|备注|说明"
    )
    RATE = "(?:预算)?执行率"
    STANDARD = (
        "(?:评分|评价|计分|打分|考核|扣分)(?:标准|依据|办法|方法|细则|说明|要点|规则)|指标(?:说明|解释|含义)|计算(?:公式|方法)"
        "|(?:年度|年初|预期)?(?:指标|目标)值|评价要点"
    )


_PATTERNS: Final = tuple((one, re.compile(one.value)) for one in Column)
_BRACKETS: Final = re.compile(r"[（(][^（）()]*[)）]")
_VALUES: Final = {Column.WEIGHT, Column.SCORE, Column.DEDUCTION, Column.REASON, Column.RATE}
_ENOUGH: Final = 2  # cells that tell a row to be a head


def heads(row: Sequence[Cell], *, goes_on: bool) -> dict[int, Column]:
    """Tell the columns by a row; nothing where it is no head. One that `goes_on` stands below a head."""
    found = {place: column for place, cell in enumerate(row) for column in [_column(cell)] if column}
    points = {Column.SCORE, Column.WEIGHT} & set(found.values())
    if not (goes_on and found) and not (points and len(found) >= _ENOUGH):
        return {}
    named = Column.NAME in found.values()
    items = {place for place, column in found.items() if column is Column.ITEM}
    return {
        place: Column.NAME if column is Column.ITEM else column
        for place, column in found.items()
        if not (named and place in items)
    }


def beside(row: Sequence[Cell], at: int) -> dict[Column, Cell]:
    """Give the cells that stand beside labels in one row, 分值 20 得分 18; nothing where the first is a label too."""
    cells = [cell for place, cell in enumerate(row) if (cell.row, cell.column) == (at, place)]
    pairs = ((_column(one), two) for one, two in pairwise(cells))
    found = {column: cell for column, cell in pairs if column in _VALUES and cell.text.strip() and not _column(cell)}
    named = not row or _column(row[0]) is None
    return found if named and {Column.SCORE, Column.WEIGHT} <= found.keys() else {}


def _column(cell: Cell) -> Column | None:
    text = key(_BRACKETS.sub("", cell.text))
    return next((column for column, pattern in _PATTERNS if pattern.fullmatch(text)), None) if text else None

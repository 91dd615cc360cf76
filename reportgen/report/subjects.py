"""The words before a figure in; what it is a figure of, bare enough to be compared, and its roles out.

A role is what else the words tell: that it is of the budget, a goal, of the year's beginning, a part of something.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

BUDGET: Final = "预算"
GOAL: Final = "目标"
FIRST: Final = "年初"
LAST: Final = "年末"
BEFORE: Final = "上年"
PART: Final = "其中"
TOTAL: Final = "合计"
ACTUAL: Final = "决算"

_FUNDS: Final = re.compile("(一般公共|政府性基金|国有资本经营|部门|财政)预算(?=财政|拨款|收入|支出|资金|结转)")
_GRANT: Final = re.compile("(?:(?<=一般公共)|(?<=性基金)|(?<=资本经营))财政(?=拨款)")
_ROLES: Final = {
    BUDGET: "(?:年初|调整|全年|批复|当年)?预算(?:安排|批复|调整)?(?:数|额|金额)?(?!单位)|计划(?:数)?|下达(?:数)?",
    GOAL: "目标值|(?<!绩效)目标|任务数?|指标值",
    ACTUAL: "决算(?:数|额)?|实际(?:完成|执行)?(?:数|额|值)?|执行数|完成[数值]",
    FIRST: "年初|期初|上年(?:度)?(?=结转)|上年末",
    LAST: "年末|年底|期末",
    BEFORE: "上年(?:度)?|去年|上年?同期|同期|前年",
    PART: "其中",
    TOTAL: "合计|总计|总额|共计|累计|总数|总量|小计|总(?=收入|支出|编制|投资)",
}
_ROLE: Final = re.compile("|".join(f"(?P<r{at}>{words})" for at, words in enumerate(_ROLES.values())))
_NAMES: Final = tuple(_ROLES)
_LEADING: Final = re.compile(
    r"(?:我|本|全|该|各)(?:[镇乡县市区局校院站所村年]|街道|中心|单位|部门|办事处|年度)"
    r"|(?:19|20)\d\d(?:年度|年|(?=全))?|截[至止]至?|年度|全年|当年|年内|部门(?=整体)|整体(?=[收支])"
    r"|另外?|还有|并|及|和|与|以及|分别|已经?|均|共|现有|实有|核定|设有|有|为|是|的|由|按|其(?!他|它|余)|中(?!央)|本次|此外|同时|经费?(?=支出)|全部"
)
_TRAILING: Final = re.compile(
    "(?:人数|户数|件数|金额|数额|数量|总|数|额|量|为|是|有|共|达|到|达到|已|约|计|均|各|仅|只|了|的|占|人员|情况|[“”\"':：=\\s])$"
)
_NOISE: Final = re.compile(r"[“”\"'‘’\s（）()《》]")
_MOST: Final = 40


class Subject(NamedTuple):
    """What a figure is of: its bare words, empty where none are left, and the roles that the words named."""

    key: str
    roles: frozenset[str]


@lru_cache(maxsize=4096)
def subject(words: str) -> Subject:
    """Read the words right before a figure."""
    bare = _NOISE.sub("", words[-_MOST:])
    bare = _FUNDS.sub(r"\1", bare)
    bare = _GRANT.sub("", bare)
    roles = {_NAMES[int(found.lastgroup[1:])] for found in _ROLE.finditer(bare) if found.lastgroup}
    bare = _stripped(_ROLE.sub("", bare))
    return Subject(re.sub("(?<=拨款)收入$", "", bare), frozenset(roles))


def _stripped(bare: str) -> str:
    while (found := _LEADING.match(bare)) and found.end():
        bare = bare[found.end() :]
    while found := _TRAILING.search(bare):
        bare = bare[: found.start()]
    return bare

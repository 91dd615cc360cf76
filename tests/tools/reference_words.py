"""What the reference says in words of its own, by the names that the program declares; a test compares the names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

STAGES: Final[Mapping[str, tuple[str, str]]] = {
    "S": ("读取文件", "reading files"),
    "F": ("事实数据", "facts"),
    "I": ("指标", "indicators"),
    "P": ("模板包", "packs"),
    "T": ("引用和 Word 模板", "tags and Word templates"),
    "D": ("成文", "finished documents"),
    "C": ("核查规则", "checks of a pack"),
    "N": ("数字", "numbers"),
    "R": ("文字", "prose"),
    "A": ("审查别处来的报告", "audit"),
    "V": ("更正", "corrections"),
    "E": ("Excel 表", "Excel forms"),
    "X": ("程序自身的错误", "faults of the program"),
}

EXAMPLE_FACTS: Final = """\
截至: 2021-12-31
村: [茜坑村, 沙溪村, 占上村]
项目:
  - {名称: 饮水工程, 计划: 4, 完成: 3, 按时: 否, 费用: [5, 12]}
  - {名称: 村道硬化, 计划: 2, 完成: 2, 按时: 是, 费用: [30]}
"""

EXAMPLES: Final[Mapping[str, str]] = {
    "money": "2845.8 | 金额",
    "fixed": "3 | 定点(1)",
    "plain": "12.50 | 数值",
    "percent": "(1104 / 1303) | 百分比",
    "points": "0.052 | 百分点",
    "shares": "[1, 1, 1] | 占比",
    "chinese": "12 | 中文数字",
    "circled": "3 | 圈码",
    "nth": "2 | 第几是",
    "capital": "1005.60 | 大写",
    "date": "截至 | 日期",
    "year": "截至 | 年份",
    "month": "截至 | 年月",
    "month_day": "截至 | 月日",
    "enumerate": "村 | 顿号",
    "join": "村 | 连接('；')",
    "count": "村 | 数量",
    "sum": "项目 | 合计('计划')",
    "max": "[3, 8, 5] | 最大",
    "min": "[3, 8, 5] | 最小",
    "first": "村 | 首",
    "last": "村 | 末",
    "default": "预算 | 默认('无')",
    "round": "(2 / 3) | 舍入(2)",
    "abs": "-1.32 | 绝对值",
    "pluck": "项目 | 取('名称')",
    "flatten": "项目 | 展开('费用')",
    "where": "项目 | 筛选('按时') | 取('名称')",
    "reached": "项目 | 达标('完成', '计划') | 取('名称')",
}

EXPRESSIONS: Final = (
    "1.50 + 2",
    "10% + 1",
    "６ × 7",
    "'甲' ~ 3 ~ 截至",
    "“三公”经费",
    "“三公”",
    "项目[0].名称",
    "村[-1]",
    "'沙溪村' in 村",
    "3 ≥ 2 and not 有(预算)",
    "'有' if 有(预算) else '没有'",
    "1 / 3",
    "(1 / 3) | 百分比",
    "1 / 3 | 百分比",
    "2 / 0",
    "预算",
    "项目[0].金额",
    "7 % 2",
    "2 ** 3",
    "村[0:1]",
    "村.append(3)",
    "村 | 反转",
)

KINDS: Final[Mapping[str, str]] = {
    "文字": "a text, printed as it is; it may not hold tags",
    "数": "a number, with or without a unit: `2032.55`, `55400 元`, `84.73%`",
    "日期": "a date: `2021-12-31`, `2021.12.31` or `2021年12月31日`; printed `2021年12月31日`",
    "是否": "`是` or `否`",
    "选项": "one of the words listed under `选项`",
    "列表": "items, each after `- `; declared by the key `列表`, which takes the form of an item",
    "组": "names with values; declared by writing the names, each with its form",
    "正文": "prose: a text that may hold expressions in `{{ }}` and blank lines between paragraphs",
    "图片": "the name of a PNG or JPEG file beside the facts; see [pictures](#pictures)",
    "任意": "open data: lists, groups and values under names of the author's own",
}

SCHEMA: Final[Mapping[str, str]] = {
    "类型": "the kind; needed unless `列表` is there",
    "列表": "the form of one item; makes the field a list",
    "必填": "`否` for what may be left out; everything else must be given",
    "说明": "what the clerk should write; printed in the empty form and where the fact is missing",
    "示例": "an example for the empty form",
    "需佐证": "`是` marks a fact that needs evidence; read, not yet acted upon",
    "单位": "the unit that the number is stated and computed in; other units of the same quantity are converted to it",
    "小数": "how many decimals are printed, and at most typed; without it a number prints as many as it has",
    "最小": "the smallest number taken",
    "最大": "the largest number taken",
    "选项": "the list of words that a field of kind `选项` takes",
}

MANIFEST: Final[Mapping[str, str]] = {
    "名称": "the name of the pack: small letters, digits and `-`; also the name of its folder",
    "版本": 'its version, in quotes: `"2021.1"`; also the name of the folder in the folder',
    "标题": "what the pack makes, for the head of the empty form and the title property of the document",
    "文件": "the documents it makes",
    "文件[].模板": "the name of the Word template in the pack's folder",
    "文件[].输出": "the name of the finished file; prose, so it may use facts",
    "标题样式": "the Word styles of heading levels 1 to 5, whose numerals 一、（一）1.（1）① the program writes",
    "作者": "the name of the fact that becomes the author in the document's properties: `单位.名称`",
    "成文日期": "the name of the date that becomes the time in the document's properties: `填报日期`",
    "等级": "the grades, best first, by 自评.总分 in per cent of 自评.满分",
    "等级[].达": "from how many per cent on the grade is given",
    "等级[].为": "the grade's word",
    "等级[].否则": "the word of the last grade, instead of `达` and `为`",
    "等级依据": "where the grades come from, as in `依据` of an indicator",
    "说明": "what the pack is for",
}

INDICATOR: Final[Mapping[str, str]] = {
    "名称": "the name, unique; usable in tags as `指标.名称`",
    "显示名": "the printed name, where it differs",
    "层级": "the two levels above: `[预算执行情况, 资金管理]`; their order in the file is their order in the report",
    "分值": "the full points; 0 or left out where the indicator is not scored",
    "公式": "an expression over facts and other indicators that gives 值",
    "公式说明": "the formula in words, printed in the annex",
    "格式": "the filter that prints 值: `百分比`, `金额`, `数值` …",
    "特例": "special cases, tried in order before `评分`; the first whose condition holds decides",
    "特例[].条件": "an expression",
    "特例[].原因": "prose: why the case applies, printed with the score",
    "特例[].得": "the points that are given",
    "特例[].不适用": "instead of `得`: `计满分` gives the full points, `剔除` takes the indicator out of the total",
    "评分": "the scoring rule: exactly one of the kinds below, and `取绝对值` beside `分段` or `逐级`",
    "评分.分段": "bands of 值, tried in order; the first that takes it gives its points",
    "评分.分段[].至": "the band reaches up to this limit, which belongs to it (≤)",
    "评分.分段[].未满": "the band lies below this limit (<)",
    "评分.分段[].达": "the band begins at this limit, which belongs to it (≥)",
    "评分.分段[].超过": "the band lies above this limit (>)",
    "评分.分段[].否则": "the points of the last band, which takes everything else; it stands alone",
    "评分.分段[].得": "the points of the band",
    "评分.逐级": "points taken away step by step, not below 0",
    "评分.逐级.超出": "the standard from which steps are counted",
    "评分.逐级.每": "the size of a step; only full steps count",
    "评分.逐级.扣": "the points that each step takes",
    "评分.按比例": "points = 值 × 分值, between 0 and 分值",
    "评分.按比例.上限": "`是`: at most the full points",
    "评分.清单": "starts with the full points; each clause that is not met takes points, not below 0",
    "评分.清单[].条款": "what is asked, a short phrase without a full stop",
    "评分.清单[].条件": "the expression that says whether it is met",
    "评分.清单[].符合": "prose: half a sentence for when it is met",
    "评分.清单[].不符": "prose: half a sentence for when it is not",
    "评分.清单[].扣": "the points that the clause takes when it is not met",
    "评分.比较": "starts with 0; each clause that is met gives points, up to 分值",
    "评分.比较[].条款": "as in `清单`",
    "评分.比较[].条件": "as in `清单`",
    "评分.比较[].符合": "as in `清单`",
    "评分.比较[].不符": "as in `清单`",
    "评分.比较[].得": "the points that the clause gives when it is met",
    "评分.是否": "one clause: all points, or none",
    "评分.是否.条款": "as in `清单`",
    "评分.是否.条件": "as in `清单`",
    "评分.是否.符合": "as in `清单`",
    "评分.是否.不符": "as in `清单`",
    "评分.评定": "points that a person gives",
    "评分.评定.得分": "the expression of the points, mostly the name of a fact",
    "评分.评定.理由": "the expression of the reason, which must be given below the full points",
    "评分.不计分": "`是`: the indicator is described and not scored",
    "评分.取绝对值": "`是`: the size of 值 counts, without its sign",
    "标准": "the text of 评分标准 in the annex; without it the text is made from `评分`",
    "说明": "prose of its paragraph; own names: 值, 得分, 分值, 扣分, 算式, 结果, 条款情况, 原因",
    "改进": "prose printed among the improvements when points were lost",
    "依据": "from where: 官方 official, 公开可比 published elsewhere, 见于报告 a published report, 假设 hypothesis",
    "依据.公式": "of the formula",
    "依据.评分": "of the scoring rule",
    "依据.分值": "of the full points",
    "备注": "a note for authors; `explain` shows it",
}

CHECK: Final[Mapping[str, str]] = {
    "名称": "the name, printed with the finding",
    "条件": "the expression that must hold",
    "适用": "an expression; where it does not hold, nothing is checked",
    "级别": "how bad it is: an 错误 keeps the report from being written",
    "说明": "prose: what is wrong, with the figures",
    "建议": "what to do about it",
    "每项": "the name of a list: the check is made for each item, whose own names come first",
}

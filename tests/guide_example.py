"""The examples of guides as Word files: a template, step by step, of a report on one page, and last year's report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.shipped import ids, with_body
from tests.word_files import paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD: Final = ("一级指标", "分值", "得分")
_WIDTHS: Final = (4000, 2422, 2422)
_TAG: Final = "模板标签"
_TITLE: Final = ("附件标题", "{{ 单位.名称 }}{{ 年度 }}年绩效自评简报")
_SPENT: Final = "{{ 年度 }}年实际支出{{ (支出.基本支出 + 支出.项目支出) | 金额 }}万元。"
_CLOSING: Final = (("署名", "{{ 单位.名称 }}"), ("成文日期", "{{ 填报日期 }}"))
_ROWS: Final = (
    ("{%tr for 项 in 指标体系 %}",),
    ("{{ 项.名称 }}", "{{ 项.分值 }}", "{{ 项.得分 | 定点(2) }}"),
    ("{%tr endfor %}",),
    ("合计", "{{ 自评.满分 }}", "{{ 自评.总分 | 定点(2) }}"),
)


def styled() -> bytes:
    """Write the report as text: styles are on, tags are still to come."""
    return _made(
        ("附件标题", "某某镇2021年绩效自评简报"),
        ("标题一", "基本情况"),
        ("正文段", "我镇设有内设机构14个，2021年实际支出2845.81万元。"),
        ("标题一", "重点工作"),
        ("正文段", "全年安排重点工作6项，完成4项："),
        ("正文段", "一是……；"),
        ("标题一", "自评得分"),
        ("正文段", "自评得89.67分，等级为“良”，各项得分见下表。"),
        (("……", "30", "30.00"), ("合计", "100", "89.67")),
        ("署名", "某某镇人民政府"),
        ("成文日期", "2022年6月24日"),
    )


def faulty() -> bytes:
    """Write the template with what often goes wrong in a first one."""
    return _made(
        _TITLE,
        ("标题一", "一、基本情况"),
        (
            "正文段",
            "{{ 单位.自称 }}设有内设机构14个，" + _SPENT,
        ),
        ("标题一", "重点工作"),
        ("正文段", "全年安排重点工作{{ 重点工作 | 数量 }}项，完成{{ 重点工作 | 筛选('完成') | 数量 }}项："),
        (_TAG, "{%p for 工作 in 重点工作 %}"),
        ("正文段", "{{ loop.index | 第几是 }}{{ 工作.题目 }}{{ '。' if loop.last else '；' }}"),
        (_TAG, "{%p endfor %}"),
        ("标题一", "自评得分"),
        ("正文段", "自评得{{ 自评.总分 }分，等级为“{{ 自评.等级 }}”，各项得分见下表。"),
        _ROWS,
        *_CLOSING,
        repeated=False,
    )


def mended() -> bytes:
    """Write the template without a fault."""
    return _made(
        _TITLE,
        ("标题一", "基本情况"),
        (
            "正文段",
            "{{ 单位.自称 }}设有内设机构{{ 内设机构 | 数量 }}个，" + _SPENT,
        ),
        ("标题一", "重点工作"),
        ("正文段", "全年安排重点工作{{ 重点工作 | 数量 }}项，完成{{ 重点工作 | 筛选('完成') | 数量 }}项："),
        (_TAG, "{%p for 工作 in 重点工作 %}"),
        ("正文段", "{{ loop.index | 第几是 }}{{ 工作.标题 }}{{ '。' if loop.last else '；' }}"),
        (_TAG, "{%p endfor %}"),
        ("标题一", "自评得分"),
        ("正文段", "自评得{{ 自评.总分 }}分，等级为“{{ 自评.等级 }}”，各项得分见下表。"),
        _ROWS,
        *_CLOSING,
    )


def last_year() -> bytes:
    """Write a short report by hand, of an invented town, with what often goes wrong in one."""
    return _made(
        ("附件标题", "青石县河湾镇2023年度部门整体支出绩效自评报告"),
        ("正文段", "部门名称：（公章）青石县河湾镇人民政府"),
        ("正文段", "填报人："),
        ("正文段", "填报日期：2024年5月8日"),
        ("标题一", "一、部门基本情况"),
        ("正文段", "截止2023年12月31日，我镇下辖杨梅村、石桥村、上坪村、下坪村等4个行政村。"),
        (
            "正文段",
            (
                "2023年收入合计1200万元，其中：一般公共预算拨款900万元，占75%；政府性基金预算拨款240万元，占20%；"
                "其他收入60万元，占6%。"
            ),
        ),
        ("标题一", "二、绩效自评情况"),
        ("正文段", "2023年我镇整体支出绩效自评得93分，各项得分见下表。"),
        (
            ("预算编制情况", "30", "30"),
            ("预算执行情况", "40", "34"),
            ("预算使用效益", "30", "30"),
            ("合计", "100", "94"),
        ),
        ("正文段", "预算执行情况的扣分原因：年中追加的两笔资金12月才支付，扣6分。"),
        ("标题一", "三、存在问题和改进措施"),
        ("正文段", "我镇暂无问题。"),
        ("署名", "青石县河湾镇人民政府"),
        ("成文日期", "2024年5月8日"),
    )


def _made(*blocks: Sequence[str] | Sequence[Sequence[str]], repeated: bool = True) -> bytes:
    """Write a file: a block of two texts is a paragraph (its style, its text), any other the rows of the table."""
    return with_body("".join(_block(one, repeated=repeated) for one in blocks))


def _block(block: Sequence[str] | Sequence[Sequence[str]], *, repeated: bool) -> str:
    style, text = block[0], block[1]
    if isinstance(style, str) and isinstance(text, str):
        return paragraph(text, ids()[style])
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    rows = "".join(_row(row, head=at == 0, repeated=repeated) for at, row in enumerate((HEAD, *block)))
    properties = f'<w:tblStyle w:val="{ids()["评分表"]}"/><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/>'
    properties += '<w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>" + paragraph(
        style=ids()["表后"]
    )


def _row(texts: Sequence[str], *, head: bool, repeated: bool) -> str:
    alone = len(texts) == 1
    widths = (sum(_WIDTHS),) if alone else _WIDTHS
    span = f'<w:gridSpan w:val="{len(_WIDTHS)}"/>' if alone else ""
    styles = ("表头",) * 3 if head else (_TAG,) if alone else ("表格居中", "表格数字", "表格数字")
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>{paragraph(text, ids()[style])}</w:tc>'
        for text, width, style in zip(texts, widths, styles, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' * (head and repeated)}</w:trPr>{cells}</w:tr>"

"""Files as people, editors and programs leave them: every way to write a scalar, in every surrounding."""

from __future__ import annotations

import codecs
from itertools import product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.source import Node

WRITTEN: Final = [
    "收入: 1\n",
    "收入: 1",
    "收入: 1 # 注\n支出: 2\n",
    "收入: 1\t# 注\n",
    "收入:\t1\n",
    "收入: 1   \n支出: 2\t\n",
    "收入: 1\n\n\n",
    " 收入: 1\n 支出: 2\n",
    "# 注\n\n收入: 1\n",
    "---\n收入: 1\n",
    "---\n收入: 1\n...\n",
    "收入: 😀 # 注\n支出: 𠮷\n",
    "收入: 全角　空格　 # 注\n支出: 2\n",
    "收入:\n",
    "收入:",
    "收入:\n支出: 1\n",
    "收入: # 注\n支出: 1\n",
    "收入:   \n支出: 1",
    "收入:\n  1\n支出: 2\n",
    "收入:\n  '1'\n支出: 2\n",
    "收入:\n  |\n  一\n支出: 2\n",
    "收入: 一\n  二\n  三\n支出: 4\n",
    "收入: '一\n  二\n\n  三'\n支出: 4\n",
    '收入: "一\n  二\\\n  三"\n支出: 4\n',
    '收入: "一\\t二\\u4e09\\\\"\n',
    "收入: '一''二'\n支出: 1\n",
    "收入: '' # 注\n",
    "\"收 入\": 一\n'支出': 二\n",
    "? 收入\n: 一\n",
    "? 收入\n",
    "- 1\n- 2\n",
    "- \n- 一\n",
    "-\n- 一",
    "- - 1\n  - 2\n- - 3\n",
    "- |\n  一\n- >\n  二\n-   |\n    三\n",
    "- 名: |\n    一\n  数: 2\n",
    "收入:\n- 1\n- 名: 2\n  数: 3\n",
    "收入:\n    - 名: 1\n      数:\n          - 2\n",
    "收入:\n  一:\n    二:\n      三: |\n        四\n      五: 6\n",
    "收入: {名: 1, 数: 2}\n",
    "收入: {名: , 数: 2}\n",
    "收入: {名, 数}\n",
    "收入: [1, 2]\n",
    "收入: [1,\n  2, # 注\n  3]\n",
    "收入: {\n  名: 1,\n  数: [\n    '2',\n  ],\n}\n",
    "收入: {名: [1, {数: '二'}]}\n",
    "收入: [[1, 2], [], [[3]]]\n",
    "收入: |\n  一\n  二\n支出: 1\n",
    "收入: |-\n  一\n支出: 1\n",
    "收入: |+\n  一\n\n\n支出: 1\n",
    "收入: |\n  一\n\n\n支出: 1\n",
    "收入: |\n\n  一\n支出: 1\n",
    "收入: |2\n    深\n  浅\n支出: 1\n",
    "收入: |1-\n 一\n支出: 1\n",
    "收入: | # 注\n  一\n支出: 1\n",
    "收入: >\n  一\n  二\n\n  三\n支出: 1\n",
    "收入: >-\n  一\n    深\n  二\n",
    "收入: |\n  一",
    "收入: |\n支出: 1\n",
    "收入: |",
    "收入: |\n  一\n# 注\n支出: 1\n",
    "收入: |\n  一\n  # 不是注\n # 注\n支出: 1\n",
    "收入: |\n        一\t二\n\n        \t三\n支出: 1\n",
]
PLACES: Final = [
    "{}",
    "收入: {}",
    "- {}",
    "- - 1\n  - {}",
    "收入:\n  - 名: 1\n    数: {}",
    "[1, {}]",
    "{{名: {}, 数: 1}}",
]
FLOWING: Final = ["1", "一 二", "''", "'一'", '"一"', "{一: 二}", "[一]"]
BLOCKS: Final = ["|\n        一\n", ">-\n        一\n        二\n"]
AFTER: Final = ["", "\n", " # 注\n", "\n\n# 注\n\n"]


def _texts() -> Iterator[str]:
    """Give the texts with line feeds: those written by hand, then every scalar in every place, under a name."""
    yield from WRITTEN
    written = [*product(PLACES, FLOWING, AFTER), *product(PLACES[:5], BLOCKS, AFTER[:2])]
    for place, scalar, after in written:
        inner = place.format(scalar).replace("\n", "\n  ").rstrip(" ")
        yield f"镇:\n  {inner}{after}"


def _files() -> Iterator[bytes]:
    """Give each text with line feeds and as Windows ends lines, every other one of these with a byte order mark."""
    for at, text in enumerate(_texts()):
        mark = codecs.BOM_UTF8 if at % 2 else b""
        yield text.encode()
        yield mark + text.replace("\n", "\r\n").encode()


FILES: Final = [*_files()]


def scalars(node: Node) -> Iterator[Node]:
    """Give every scalar in a tree, in the order of the file."""
    if isinstance(node.value, str):
        yield node
    elif isinstance(node.value, dict):
        for entry in node.value.values():
            yield from scalars(entry.node)
    else:
        for item in node.value:
            yield from scalars(item)

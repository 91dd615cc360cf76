"""The sample's report as LibreOffice lays it out: what a reader sees on its pages."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Printed

HEAD = ["一级指标", "二级指标", "三级指标", "分值", "评分标准", "得分", "扣分原因"]


@pytest.fixture(scope="module")
def pages(tool: Callable[[str], Path], printed: Printed) -> list[str]:
    read = [str(tool("pdftotext")), "-layout", str(printed.pdf), "-"]
    text: str = subprocess.run(read, check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1]


def test_the_cover_has_its_fields_and_no_number(pages: list[str]) -> None:
    fields = ["部门名称（公章）", "下属二级预算单位数量", "填报人", "联系电话", "填报日期"]
    assert [field for field in fields if field not in pages[0]] == []
    assert "—" not in pages[0]


def test_pages_after_the_cover_are_numbered_from_one(pages: list[str]) -> None:
    numbers = [re.findall(r"— *(\d+) *—", page) for page in pages[1:]]
    assert numbers == [[str(number)] for number in range(1, len(pages))]


def test_the_score_table_repeats_its_head_on_every_page(pages: list[str]) -> None:
    title = "部门整体支出绩效自评评分表"
    table = next(number for number, page in enumerate(pages) if title in page and page.strip().startswith("附件"))
    end = next(number for number, page in enumerate(pages) if page.strip().startswith("附件 2"))
    assert end - table > 1
    for page in pages[table:end]:
        assert [word for word in HEAD if word not in page] == []


def test_headings_are_numbered_by_the_engine(pages: list[str]) -> None:
    text = "".join(pages)
    expected = ["一、部门基本情况", "（一）部门整体概况", "1.部门主要职责", "二、绩效自评情况", "三、下一步工作计划"]
    assert [heading for heading in expected if heading not in text] == []

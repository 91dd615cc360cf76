"""One template, eight threads, a thousand documents: each is the one that is made when nothing else goes on."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from reportgen.facts import Number, Picture
from reportgen.language import Log, traced
from reportgen.word import Properties
from tests.filled import lines, template
from tests.pictures import png
from tests.word_files import paragraph, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.language import Printed

DOCUMENTS = 1_000
SPOILT_EVERY, TRACED_EVERY, PICTURE_EVERY = 50, 3, 7
BODY = (
    paragraph("{{ 名 }}的收支", "1")
    + lines("{%p for 项 in 列 %}", "{{ loop.index }}. {{ 项.名 }}{{ 项.额 | 金额 }}万元", "{%p endfor %}")
    + paragraph("{{ 名 }}的成效", "1")
    + lines("{%p if 额 > 500 %}", "{{ (额 / 1000) | 百分比 }}", "{%p else %}", "{{ 额 }}", "{%p endif %}")
    + lines("{%p set 和 = 额 + 列[0].额 %}", "{{ 和 }}{{ 文 }}", "{{ 照片 }}")
    + table(["名", "额"], ["{%tr for 项 in 列 %}", ""], ["{{ 项.名 }}", "{{ 项.额 }}"], ["{%tr endfor %}", ""])
    + paragraph()
)
SHARED = template(
    BODY,
    ["标题一"],
    headers=[paragraph("{{ 名 }}自评报告")],
    footers=[paragraph("{{ 额 | 金额 }}")],
    footnotes=f'<w:footnote w:id="2">{paragraph("{{ 文 }}")}</w:footnote>',
)


class Made(NamedTuple):
    """What one render gives."""

    data: bytes | None
    found: list[Diagnostic]
    outputs: list[Printed]


def values(number: int) -> dict[str, Any]:
    """Give the values of a document, of which now and then one is no value at all, and now and then one a picture."""
    rows: list[Any] = [
        {"名": f"第{number}-{at}项", "额": Number(f"{number * 7 + at}.{at}5", 2)} for at in range(1 + number % 9)
    ]
    return {
        "名": f"第{number}镇",
        "额": [] if number % SPOILT_EVERY == 0 else Decimal(number),
        "列": rows,
        "文": f"<{number}>\n&“{number}”",
        "照片": f"无图{number}" if number % PICTURE_EVERY else Picture("图.png", "PNG", number, 1, png(number, 1)),
    }


def make(number: int) -> Made:
    """Make a document, one in so many with the marks of its place map."""
    log = None if number % TRACED_EVERY else Log()
    about = Properties(f"第{number}份", f"第{number}人")
    given = values(number) if log is None else traced(values(number))
    assert isinstance(given, dict)
    data, found = SHARED.render(given, about, log=log)
    return Made(data, found, [] if log is None else log.outputs)


@pytest.fixture
def restless() -> Iterator[None]:
    """Let the threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("restless")
def test_threads_that_share_a_template_make_the_documents_that_each_would_make_alone() -> None:
    alone = [make(number) for number in range(DOCUMENTS)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(make, range(DOCUMENTS)))
    wrong = [number for number in range(DOCUMENTS) if together[number] != alone[number]]
    assert wrong == []
    spoilt = [number for number in range(DOCUMENTS) if alone[number].data is None]
    assert spoilt == [number for number in range(DOCUMENTS) if alone[number].found]
    assert spoilt == list(range(0, DOCUMENTS, SPOILT_EVERY))
    assert len({one.data for one in alone}) == DOCUMENTS - len(spoilt) + 1

"""The page of findings: each beside the words that it is about, and the page as a browser shows it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli import main
from reportgen.diagnostics import N_, Label, Severity, Span
from reportgen.diagnostics.model import Rule
from reportgen.review.findings import findings
from reportgen.word.text import Document, Paragraph
from tests.word_files import docx, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from reportgen.diagnostics import Diagnostic

    Captured = pytest.CaptureFixture[str]

DRIVER = Path(__file__).parent / "tools" / "findings.mjs"
TEXT = "截止12月，得94分<\t"
LONG = [f"第{number}段，说一说别的事情。" for number in range(200)]


def judged(code: str, severity: Severity, start: int, end: int, line: int = 1) -> Diagnostic:
    place = Span("a.txt", line, start + 1, end + 1, quote=TEXT[start:end])
    return Rule(code, "odd", severity, "“{found}”不对", "改正").at(place, found=TEXT[start:end])


def page(*found: Diagnostic, dismissed: tuple[Diagnostic, ...] = ()) -> str:
    lines = tuple(Paragraph("正文", number, "", "", text) for number, text in enumerate([TEXT, ""], 1))
    document = Document("a.txt", lines, {"正文": (1, 2)})
    return findings("报告<1>.txt", document, found, [(one, "原件如此") for one in dismissed])


def article(html: str) -> str:
    return html.partition("<article")[2].partition("</article>")[0]


def marked(html: str) -> list[tuple[str, str, str]]:
    return re.findall(r'<a class="q (\w+)" href="#e(\d+)"[^>]*>(.*?)</a>', article(html))


def test_the_words_of_a_finding_lead_to_it_and_it_to_them() -> None:
    html = page(judged("A101", Severity.ERROR, 7, 10))
    assert marked(html) == [("error", "0", "94分")]
    assert '<i class="at" id="q0"></i><a class="q error"' in html
    assert '<a class="to" href="#q0">94分</a> <span class="where">第1行</span>' in html
    assert html.index('id="e0"') < html.index("<article")
    assert "“94分”不对" in html


def test_words_that_several_findings_are_about_lead_to_the_worst() -> None:
    html = page(
        judged("R101", Severity.WARNING, 0, 2),
        judged("A101", Severity.ERROR, 1, 8),
        judged("R103", Severity.NOTE, 5, 6),
    )
    assert marked(html) == [
        ("warning", "0", "截"),
        ("error", "1", "止"),
        ("error", "1", "12月"),
        ("error", "1", "，"),
        ("error", "1", "得9"),
    ]
    assert 'data-of="e0 e1"' in html
    assert re.sub("<[^>]*>", "", article(html)).strip("\n ").endswith("截止12月，得94分&lt;&emsp;")


def test_places_beside_a_finding_are_marked_and_led_to() -> None:
    one = judged("A101", Severity.ERROR, 7, 10)
    other = judged("A101", Severity.ERROR, 0, 2).span
    related = (Label(other, N_("here: {found}"), {"found": 1}), Label(Span("b.yaml", 4), "x"))
    html = page(Rule("A101", "odd", Severity.ERROR, "x", "").at(one.span, related=related))
    assert [said for *_, said in marked(html)] == ["截止", "94分"]
    assert '<a class="to" href="#q0-0">截止</a>' in html
    assert '<li><span class="where">第4行</span> x</li>' in html


def test_a_finding_about_no_words_says_where_it_belongs() -> None:
    empty = Rule("D102", "odd", Severity.NOTE, "空", "").at(Span("a.txt", 2, part="正文", cell="表1 第1行第1列"))
    whole = Rule("S101", "odd", Severity.ERROR, "坏", "").at(Span("a.txt"))
    html = page(empty, whole)
    assert marked(html) == []
    assert '<a class="to" href="#q0">这里</a> <span class="where">正文 第2段 表1 第1行第1列</span>' in html
    assert '<span class="where">整份文件</span>' in html
    assert "公文格式（1）" in html
    assert "文件本身（1）" in html


def test_what_was_dismissed_is_listed_with_its_reason() -> None:
    html = page(dismissed=(judged("A101", Severity.ERROR, 7, 10),))
    assert "没有发现问题。" in html
    assert "核对过、不用改的" in html
    assert "原件如此" in html
    assert marked(html) == []


def test_what_a_report_says_cannot_become_part_of_the_page() -> None:
    html = page(judged("A101", Severity.ERROR, 7, 11))
    assert "报告&lt;1&gt;.txt" in html
    assert "94分&lt;" in html
    assert not re.search(r"(?:src=|href=[\"'][^#])|url\(|@import|fetch\(|https?:", html)
    assert "default-src 'none'" in html


def test_check_writes_the_page_of_a_word_file_and_of_a_text(tmp_path: Path, capsys: Captured) -> None:
    report = tmp_path / "报告.docx"
    report.write_bytes(docx(paragraph("截止2023年12月31日，全镇参保8000人。") + table(["甲", "截止2023年12月31日"])))
    (text := tmp_path / "报告.txt").write_text("截止2023年12月31日，全镇参保8000人。", encoding="utf-8")
    for one in (report, text):
        target = tmp_path / f"{one.suffix}.html"
        main(["check", str(one), "--html", str(target), "--lang", "en"])
        assert f"Written: {target}" in capsys.readouterr().out
        assert "截止" in [said for *_, said in marked(target.read_text("utf-8"))]
    assert main(["check", str(text), "--html", str(text)]) == 1
    assert "S006" in capsys.readouterr().err
    report.write_bytes(b"%PDF-1.7")
    assert main(["check", str(report), "--html", str(tmp_path / "x.html"), "--lang", "en"]) == 1
    assert "there is no page" in capsys.readouterr().out


def test_a_reviewer_finds_the_way_in_a_browser(tool: Callable[[str], Path], tmp_path: Path) -> None:
    report, file = tmp_path / "报告.docx", tmp_path / "检查结果.html"
    lines = [
        *LONG[:80],
        "截止2023年12月31日，全镇参保8000人。",
        *LONG[80:150],
        "截止2024年6月30日，没有变化。",
        *LONG[150:],
    ]
    report.write_bytes(docx("".join(map(paragraph, lines)) + table(["项目", "得分"], ["甲", "94"])))
    main(["check", str(report), "--html", str(file)])
    driven = [tool("node"), DRIVER, tool("browser-tools"), tool("chromium"), file]
    told = subprocess.run(driven, capture_output=True, text=True, check=False, encoding="utf-8")
    assert told.returncode == 0, told.stderr
    seen = json.loads(told.stdout)
    assert {one.partition(":")[0] for one in seen["requests"]} == {"file"}
    assert (seen["errors"], seen["axe"], seen["axe_small"]) == ([], [], [])
    assert seen["at_words"]
    assert seen["at_finding"]
    assert seen["back"][0] == seen["back"][1]
    assert 0 < seen["without_warnings"] < seen["cards"]
    assert seen["told"] == f"列出 {seen['without_warnings']} 个，共 {seen['cards']} 个"
    assert seen["off"] >= 2
    assert len(seen["families"]) > 2
    assert 0 < seen["of_one_family"] < seen["cards"]
    assert seen["first"] != seen["second"]
    assert seen["followed"] == f"#q{seen['first'].removeprefix('e')}"
    assert seen["overflow"] <= 0
    assert seen["printed"] == {".tools": False, "nav": True, "article": True}

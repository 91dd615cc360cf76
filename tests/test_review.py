"""The review copy: what a reviewer is shown of each figure, and the page as a browser shows it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.build import build
from reportgen.cli import main
from reportgen.review import review
from reportgen.review.knowledge import knowledge
from reportgen.verification import proven

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.build import Built

SAMPLE = Path(__file__).parents[1] / "data" / "shatian-2021.yaml"
DRIVER = Path(__file__).parent / "tools" / "review.mjs"


@pytest.fixture(scope="module")
def built() -> Built:
    return build(SAMPLE, trace=True)


@pytest.fixture(scope="module")
def page(built: Built) -> str:
    word, one = review(built, proven(built))
    title = "砂田镇2021年部门整体支出绩效自评报告"
    assert (word.name, one.name) == (f"{title}（核对稿）.docx", f"{title}（核对稿）.html")
    return one.data.decode()


@pytest.fixture(scope="module")
def known(built: Built) -> dict[str, Any]:
    (own,) = proven(built)
    return knowledge(own.proofs, built.study)


def test_the_page_says_what_the_report_says_and_marks_every_figure(built: Built, page: str) -> None:
    (own,) = proven(built)
    article = page.partition("<article>")[2].partition("</article>")[0]
    marked = re.findall(r'<span class="f [^"]*" id="f\d+"[^>]*>(.*?)</span>', article)
    assert marked == [one.figure.text for one in own.proofs]
    for one in own.document.paragraphs:
        assert one.text.partition("\n")[0].replace("\t", "\u2003") in re.sub("<[^>]*>", "", article).replace(
            "&emsp;", "\u2003"
        )


def test_the_page_leads_nowhere_and_is_small(page: str) -> None:
    assert not re.search(r"(?:src|href)=|url\(|@import|fetch\(|https?:", page)
    assert "default-src 'none'" in page
    assert len(page.encode()) < 1_500_000


def test_a_fact_is_shown_with_its_place_and_who_gave_it(known: dict[str, Any]) -> None:
    plain = known["facts"]["收入.其他收入"]
    assert plain["value"] == "5.54 万元"
    assert re.fullmatch(r"shatian-2021\.yaml:\d+", plain["place"])
    assert not plain["invented"]
    made_up = known["facts"]["三公经费.预算安排数"]
    assert made_up["invented"]
    assert ["来源", "虚构", ""] in made_up["lines"]


def test_an_indicator_is_shown_with_its_rule_its_working_and_what_it_stands_on(known: dict[str, Any]) -> None:
    own = known["values"]["指标.重点工作完成率"]
    said = {label: text for label, text, _ in own["lines"]}
    assert said["算式"] == "4÷6×100%=66.67%"
    assert said["失分原因"]
    assert "假设" in said["依据"]
    assert "重点工作[1].完成" in own["from"]
    lost = [one["title"] for one in known["indicators"] if one["lost"]]
    assert len(lost) == 8
    assert "重点工作完成率" in lost


def test_figures_refer_to_what_is_told(known: dict[str, Any]) -> None:
    for _, at, *_ in known["figures"]:
        facts, conditions, _ = known["traces"][at]
        assert not set(facts) & set(conditions)
    told = {name for _, _, names in known["traces"] for name in names}
    assert {"自评.总分", "指标.重点工作完成率"} <= told & known["values"].keys()
    assert not any(name.startswith("loop") for name in told)


def test_what_facts_say_cannot_leave_the_data(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace("名称: 砂田镇", "名称: 砂</script><b>田", 1)
    facts = tmp_path / "facts.yaml"
    facts.write_text(text, encoding="utf-8")
    changed = build(facts, trace=True)
    for one in list(review(changed, proven(changed)))[1:]:
        assert one.data.decode().count("</script>") == 2


def test_build_writes_the_copy_beside_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(SAMPLE), "--review", "-o", str(tmp_path / "报告.docx")]) == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["报告.docx", "报告（核对稿）.docx", "报告（核对稿）.html"]
    assert "报告（核对稿）.html" in capsys.readouterr().out


def test_a_reviewer_finds_the_way_in_a_browser(page: str, tool: Callable[[str], Path], tmp_path: Path) -> None:
    file = tmp_path / "核对稿.html"
    file.write_text(page, encoding="utf-8")
    driven = [tool("node"), DRIVER, tool("browser-tools"), tool("chromium"), file]
    told = subprocess.run(driven, capture_output=True, text=True, check=False, encoding="utf-8")
    assert told.returncode == 0, told.stderr
    seen = json.loads(told.stdout)
    assert {one.partition(":")[0] for one in seen["requests"]} == {"file"}
    assert len(seen["requests"]) == 2  # opened, and loaded anew
    assert seen["errors"] == []
    assert (seen["axe"], seen["axe_small"]) == ([], [])
    _used_with_the_mouse(seen)
    _used_with_the_keyboard(seen)
    assert seen["overflow"] <= 0
    assert seen["printed"] == {"header .tools": False, "#panel": False, "article": True, "#scores": True}


def _used_with_the_mouse(seen: dict[str, Any]) -> None:
    for said in ("84.73%", "有依据", "工作数据.养老保险.缴费人数 = 1104 人", "shatian-2021.yaml:219"):
        assert said in seen["clicked"]
    assert seen["jumped"] == "1303人"
    for said in ("政府采购执行率", "公式", "评分标准", "失分原因", "依据", "indicators.yaml"):
        assert said in seen["indicator"]
    assert "虚构" in seen["invented"]
    assert seen["closed"]
    assert (seen["indicators"], len(seen["lost"])) == (27, 8)


def _used_with_the_keyboard(seen: dict[str, Any]) -> None:
    assert seen["hits"] == "5 处"
    assert seen["hit"] == "1 / 5 处"
    assert seen["emptied"] == ""
    assert seen["focused"] == "f0"
    assert seen["opened"] == "2021年"
    assert seen["stepped"] != seen["opened"]
    assert seen["escaped"]
    assert seen["back"] == "f1"
    assert seen["help"]
    assert "invented" in seen["invented_step"]

"""The documents say what the program does: generated stretches are up to date, and everything is documented."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Literal

import pytest

from reportgen import checks, cli, indicators, packs, schema, source
from reportgen.build import build
from reportgen.cli.catalogue import RULES
from reportgen.diagnostics import Messages, Span
from reportgen.facts import bind
from reportgen.indicators import reading
from reportgen.language import FILTERS, FUNCTIONS, Filter
from reportgen.word.text import read
from tests.tools import guide, reference, reference_words

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


SAMPLE = ROOT / "data" / "shatian-2021.yaml"


def page(name: str) -> str:
    return (DOCS / "reference" / name).read_text("utf-8")


@pytest.mark.parametrize("path", reference.pages(), ids=lambda path: path.name)
def test_a_page_is_what_make_reference_writes(path: Path) -> None:
    assert path.read_text("utf-8") == reference.renewed(path)


@pytest.mark.parametrize("path", reference.texts(), ids=lambda path: path.name)
def test_the_text_beside_a_template_is_its_text(path: Path) -> None:
    assert path.read_text("utf-8") == reference.text(path)


def test_every_generated_stretch_has_its_place_in_a_page() -> None:
    used = [
        found["name"] for path in reference.pages() for found in reference.STRETCH.finditer(path.read_text("utf-8"))
    ]
    assert sorted(used) == sorted(reference.GENERATED)


def test_a_page_that_has_fallen_behind_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "REFERENCE", tmp_path)
    old = tmp_path / "facts.md"
    old.write_text("before\n<!-- generated: units -->\nold\n<!-- end -->\nafter\n", "utf-8")
    new = reference.renewed(old)
    assert new == f"before\n<!-- generated: units -->\n\n{reference.units()}\n<!-- end -->\nafter\n"


def test_every_rule_is_documented() -> None:
    assert re.findall(r"^### ([A-Z]\d{3}) ", page("rules.md"), re.MULTILINE) == sorted(RULES)


@pytest.mark.parametrize(("heading", "listed"), [("Filters", FILTERS), ("Functions", FUNCTIONS)])
def test_every_filter_and_function_is_documented(heading: str, listed: Mapping[str, Filter]) -> None:
    section = page("language.md").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"^\| `(\S+)` \| `(\S+)` \|", section, re.MULTILINE))
    assert named == {(one.chinese, one.english) for one in listed.values()}


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (packs.MANIFEST, reference_words.MANIFEST),
        (reading.INDICATOR, reference_words.INDICATOR),
        (checks.CHECK, reference_words.CHECK),
    ],
    ids=["pack.yaml", "indicators.yaml", "checks.yaml"],
)
def test_every_key_of_a_pack_is_documented(form: schema.Field, words: dict[str, str]) -> None:
    assert list(words) == [place for place, _ in reference.places(form)]


def test_every_kind_and_every_key_of_a_schema_is_documented() -> None:
    assert list(reference_words.KINDS) == [kind.value for kind in schema.Kind]
    root, _ = source.parse("年度: {类型: 数, ZZZ: 1}", "schema.yaml")
    assert root is not None
    (found,) = schema.read(root)[1]
    assert str(found.values["known"]) == "、".join(reference_words.SCHEMA)


def test_every_command_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    with reference.kept_environment(COLUMNS=reference.WIDE), pytest.raises(SystemExit):
        cli.main(["--lang", "en", "--help"])
    listed = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)
    assert listed == [one for one in reference.COMMANDS if " " not in one]
    assert tuple(re.findall(r"^## ([\w ]+)$", page("commands.md"), re.MULTILINE)) == reference.COMMANDS
    for readme in ("README.md", "README.zh-CN.md"):
        named = re.findall(r"^\| `reportgen (\w+)", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
        assert list(dict.fromkeys(named)) == listed


def test_help_of_every_version_of_argparse_reads_the_same() -> None:
    old = "usage: x\n\noptions:\n  -h, --help            show it\n  -o FILE, --output FILE\n"
    old += "                        where\n"
    new = "usage: x\n\noptions:\n  -h, --help          show it\n  -o, --output FILE   where\n"
    assert (
        list(reference.listed(old))
        == list(reference.listed(new))
        == [
            ("-h, --help", "show it"),
            ("-o, --output FILE", "where"),
        ]
    )


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_example_of_the_readme_is_true(readme: str, tmp_path: Path) -> None:
    """The facts of the README, put in place of the sample's 重点工作, give the sentence that the README prints."""
    text = (ROOT / readme).read_text("utf-8")
    (facts,) = re.findall(r"^```yaml\n(重点工作:\n.*?)^```", text, re.MULTILINE | re.DOTALL)
    quoted = re.findall(r"^> (?!py |\.venv)(.*)$", text, re.MULTILINE)
    assert quoted
    sample = SAMPLE.read_text("utf-8")
    path = tmp_path / "facts.yaml"
    path.write_text(re.sub(r"^重点工作:\n(?:(?!\S).*\n)+", f"{facts}\n", sample, flags=re.MULTILINE), "utf-8")
    made = build(path)
    assert [one.rule.code for one in made.study.found] == ["C101"]  # a note of the sample
    document, _ = read(made.documents[0].data, "report.docx")
    assert document is not None
    texts = [paragraph.text for paragraph in document.paragraphs]
    at = texts.index(quoted[0])
    assert texts[at : at + len(quoted)] == quoted


def test_every_page_can_be_reached_from_the_first() -> None:
    linked = set(re.findall(r"\]\(([^)#]+\.md)\)", (DOCS / "README.md").read_text("utf-8")))
    pages = {path.relative_to(DOCS).as_posix() for path in reference.pages()}
    assert pages - linked == set()


def test_a_guide_shows_what_its_commands_print() -> None:
    shown = guide.renewed(
        "<!-- copy data/shatian-2021.yaml to a.yaml -->\n"
        "<!-- once a.yaml: 其他收入: 5.54 => 其它收入: 5.54 -->\n"
        "<!-- show 1 and 1 -->\n"
        "```console\n> reportgen check --lang en --format short a.yaml\nold\n```\n"
        "```console\n> reportgen rules --lang en F204\n```\n"
    )
    first, second = re.findall(r"```console\n(.*?)```", shown, re.DOTALL)
    assert first.startswith("> reportgen check --lang en --format short a.yaml\na.yaml:")
    assert second.splitlines()[1] == f"F204  unknown-fact  {Messages('en')(RULES['F204'].message)}"
    assert guide.renewed(shown) == shown


def test_a_guide_does_not_edit_what_is_not_there() -> None:
    with pytest.raises(AssertionError, match="stands 0 times"):
        guide.renewed("<!-- copy data/shatian-2021.yaml to a.yaml -->\n<!-- edit a.yaml: 没有的字 => 甲 -->\n")


PLAIN = "- 名称: 甲\n  层级: [一, 二]\n  公式: 政府采购.实际金额 / 政府采购.预算数\n  说明: 文字\n"


def snippets() -> list[str]:
    """Give the pieces of packs that the guide for their authors shows."""
    text = (DOCS / "guide" / "指标和评分怎么写.md").read_text("utf-8")
    return re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def whole(snippet: str) -> str:
    """Complete a piece of an indicator: what the piece leaves out is that of a plain one."""
    if snippet.startswith("- "):
        return snippet
    scoring = "" if snippet.startswith("评分:") else "  评分: {按比例: {满分: 100%}}\n"
    full = "" if "不计分" in snippet else "  分值: 5\n"
    return f"{PLAIN}{full}{scoring}{indent(snippet, '  ')}"


@pytest.mark.parametrize("snippet", snippets(), ids=lambda snippet: snippet.split("\n")[0])
def test_what_the_guide_shows_of_packs_can_be_read(snippet: str) -> None:
    top: Literal["list", "mapping"] = "mapping" if snippet.startswith("名称:") else "list"
    text = snippet if top == "mapping" else whole(snippet)
    root, found = source.parse(text, "pack", top)
    assert root is not None, found
    if top == "mapping":
        found += bind(root, packs.MANIFEST)[1]
    elif "级别:" in snippet:
        found += checks.read(root)[1]
    else:
        found += indicators.read(root)[1]
    assert found == []


@pytest.mark.parametrize("snippet", snippets(), ids=lambda snippet: snippet.split("\n")[0])
def test_what_the_guide_shows_of_packs_uses_facts_that_there_are(snippet: str) -> None:
    pack, _ = packs.load("meizhou-self-evaluation@2021.1", Span())
    assert pack is not None
    root = set(pack.form.fields) | {"算式", "措施", "标题"}
    used = re.findall(r"^[ -]*(?:条件|公式): ([^\n]*)|(?:得分|理由): ([^\n,}]*)|\{\{ (.+?) \}\}", snippet, re.MULTILINE)
    names = {name for pair in used for name in re.findall(r"[^\W\d]\w*(?:\.\w+)*", "".join(pair))}
    words = {"and", "or", "not", "有", *FILTERS, *FUNCTIONS}
    assert {name for name in names - words if name.split(".")[0] not in root} == set()

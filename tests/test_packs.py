"""Finding packs by name, and what may stand in their folders: links, broken templates, missing files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen import evidence, facts, indicators, packs, schema, source
from reportgen.cli.catalogue import RULES
from reportgen.diagnostics import Span
from reportgen.packs import reading
from tests import small_packs, test_spec, word_files

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic

SHIPPED = "meizhou-self-evaluation@2021.1"


def codes(found: list[Diagnostic]) -> list[str]:
    return [one.rule.code for one in found]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packs that the environment names."""
    monkeypatch.setenv(packs.SEARCH, os.pathsep.join(["", str(tmp_path / "nowhere"), str(tmp_path)]))
    small_packs.write(tmp_path, {})
    return tmp_path


def test_the_shipped_pack_is_sound() -> None:
    pack, found = packs.load(SHIPPED, Span())
    assert (codes(found), pack and pack.name) == ([], SHIPPED)


def test_a_pack_is_found_where_the_environment_says(shelf: Path) -> None:
    pack, found = packs.load("small@1", Span())
    assert (codes(found), pack and pack.folder) == ([], shelf / "small" / "1")
    assert packs.available() == [SHIPPED, "small@1"]


def test_a_pack_on_an_earlier_shelf_hides_the_later(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shelf / "first"
    small_packs.write(first, {})
    monkeypatch.setenv(packs.SEARCH, os.pathsep.join([str(first), str(shelf)]))
    pack, _ = packs.load("small@1", Span())
    assert pack
    assert pack.folder == first / "small" / "1"


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("small@2", "small@1"),
        ("meizhou-self-evaluation@2022.1", SHIPPED),
        ("nobody@7", f"{SHIPPED}、small@1"),
    ],
)
def test_a_pack_that_is_not_there_is_told_from_those_that_are(name: str, known: str) -> None:
    pack, found = packs.load(name, Span("facts.yaml", 1))
    assert (pack, codes(found), found[0].values["known"], found[0].span.line) == (None, ["P101"], known, 1)


def test_no_pack_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "roots", list)
    _, found = packs.load("small@1", Span())
    assert (codes(found), found[0].values["known"]) == (["P101"], "—")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "small",
        "small@",
        "@1",
        "../small@1",
        "small@../1",
        "a/b@1",
        "small@1/..",
        "Small@1",
        "small@1\n",
        "小@1",
        "small@１",
    ],
)
def test_a_name_is_no_path(name: str) -> None:
    assert codes(packs.load(name, Span())[1]) == ["P102"]


def test_a_folder_that_may_not_be_looked_into_holds_no_pack(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bool:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "is_file", refuse)
    assert codes(packs.load("small@1", Span())[1]) == ["P101"]
    assert shelf.is_dir()


def test_a_pack_is_named_after_its_folder(shelf: Path) -> None:
    (shelf / "small" / "1").rename(shelf / "small" / "2")
    pack, found = packs.load("small@2", Span())
    assert (pack, codes(found), found[0].values["name"]) == (None, ["P103"], "small@1")


@pytest.mark.parametrize("name", ["pack.yaml", "schema.yaml", "indicators.yaml", "checks.yaml", "report.docx"])
def test_a_file_that_is_missing_is_named(name: str) -> None:
    with small_packs.made({name: None}) as (pack, found, _):
        assert (pack, codes(found)) == (None, ["S001"])
        assert Path(found[0].span.path).name == name


@pytest.mark.parametrize("name", ["pack.yaml", "schema.yaml", "indicators.yaml", "checks.yaml"])
def test_a_file_in_another_encoding_is_refused(name: str) -> None:
    with small_packs.made({name: b"\xff\xff\xff"}) as (pack, found, _):
        assert pack is None
        assert [Path(one.span.path).name for one in found] == [name]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "T101"),
        (b"not a zip", "T101"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "T102"),
        (word_files.docx(word_files.paragraph("甲"))[:-40], "T104"),
        (word_files.docx("<w:p>"), ""),
        (word_files.docx("", replace={"word/styles.xml": b"<w:styles"}), ""),
    ],
)
def test_a_broken_template_is_refused_with_its_place(data: bytes, code: str) -> None:
    with small_packs.made({"report.docx": data}) as (pack, found, _):
        assert pack is None
        assert found
        assert all(one.rule.code.startswith("T1") for one in found), found
        assert {Path(one.span.path).name for one in found} == {"report.docx"}
        assert code in {"", *codes(found)}


@pytest.mark.parametrize("name", ["report.docx", "schema.yaml"])
def test_a_link_out_of_the_folder_is_not_followed(name: str, shelf: Path, tmp_path: Path) -> None:
    path = shelf / "small" / "1" / name
    outside = tmp_path / f"outside-{name}"
    path.rename(outside)
    path.symlink_to(outside)
    pack, found = packs.load("small@1", Span())
    assert (pack, codes(found), found[0].values["name"]) == (None, ["P108"], name)


def test_a_link_inside_the_folder_and_a_linked_folder_are_followed(shelf: Path) -> None:
    folder = shelf / "small" / "1"
    (folder / "report.docx").rename(folder / "real.docx")
    (folder / "report.docx").symlink_to("real.docx")
    folder.rename(shelf / "elsewhere")
    folder.symlink_to(shelf / "elsewhere")
    assert packs.load("small@1", Span())[0] is not None


def test_warnings_alone_do_not_refuse_a_pack() -> None:
    clause = "{比较: [{条款: 有, 条件: 甲 > 0, 得: 2, 符合: 有, 不符: 无}]}"
    text = f"- {{名称: 项, 层级: [一, 二], 分值: 5, 评分: {clause}, 说明: 无}}\n"
    with small_packs.made({"indicators.yaml": text}) as (pack, found, _):
        assert pack
        assert codes(found) == ["I319"]


def test_no_form_takes_a_name_that_has_a_meaning_already() -> None:
    taken = [*facts.RESERVED, *indicators.form(indicators.System()), *evidence.FORM]
    root, _ = source.parse("".join(f"{name}: 数\n" for name in taken), "schema.yaml")
    assert root
    assert [one.values["name"] for one in schema.read(root)[1]] == taken


def test_every_rule_about_packs_is_on_a_page() -> None:
    pages = "".join(page.read_text("utf-8") for page in test_spec.pages())
    own = [code for code in RULES if code[0] in "IC" or code.startswith("P1")]
    assert len(own) > 30
    assert [code for code in own if code not in pages] == [
        "P108",
        "P116",
        "P115",
    ]  # a link: tested above; samples: test_mutation; sections: test_section_order

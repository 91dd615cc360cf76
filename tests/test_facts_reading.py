"""Facts in several files: what the spec page cannot show, as links, limits, and places in each file."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.build import build
from reportgen.diagnostics import Diagnostic, Span
from reportgen.explain import explain
from reportgen.facts import Reading, bind, read
from reportgen.facts.reading import FILES
from reportgen.schema import Field, Kind, group
from tests import small_packs

SAMPLE: Final = Path(__file__).resolve().parents[1] / "data" / "shatian-2021.yaml"


def written(folder: Path, files: dict[str, str | bytes]) -> tuple[Reading, list[Diagnostic]]:
    """Write files and read the first of them with all that it includes."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(folder / next(iter(files)))


def said(found: list[Diagnostic]) -> list[tuple[str, Span]]:
    return [(one.rule.code, one.span) for one in found]


def test_each_fact_knows_its_place_in_its_own_file(tmp_path: Path) -> None:
    reading, found = written(tmp_path, {"a.yaml": "引入: 附件/b.yaml\n甲: 1\n", "附件/b.yaml": "\n\n乙: 2\n"})
    assert found == []
    assert reading.root
    other = str(tmp_path / "附件" / "b.yaml")
    assert reading.sources == {str(tmp_path / "a.yaml"): "引入: 附件/b.yaml\n甲: 1\n", other: "\n\n乙: 2\n"}
    facts, found = bind(reading.root, group(dict.fromkeys("甲乙", Field(Kind.NUMBER))))
    assert found == []
    assert facts.values == {"甲": 1, "乙": 2}
    assert facts.all["乙"].span == Span(other, 3, 4, 5)


def test_a_name_is_looked_up_beside_the_file_that_names_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.yaml": "引入: 附件/b.yaml\n",
        "附件/b.yaml": "引入: c.yaml\n",
        "c.yaml": "丙: 1\n",
    }
    reading, found = written(tmp_path, files)
    assert reading.root is None
    assert said(found) == [("S001", Span(str(tmp_path / "附件" / "b.yaml"), 1, 5, 11))]


@pytest.mark.parametrize("kind", ["file", "folder", "loop"])
def test_no_link_leads_out_of_the_folder(tmp_path: Path, kind: str) -> None:
    (tmp_path / "secret.yaml").write_text("丙: 1\n", "utf-8")
    files: dict[str, str | bytes] = {"a.yaml": "引入: b/secret.yaml\n" if kind == "folder" else "引入: b\n"}
    inside = tmp_path / "in"
    inside.mkdir()
    target = {"file": tmp_path / "secret.yaml", "folder": tmp_path, "loop": inside / "b"}[kind]
    (inside / "b").symlink_to(target)
    reading, found = written(inside, files)
    assert reading.root is None
    assert list(reading.sources) == [str(inside / "a.yaml")]
    assert [code for code, _ in said(found)] == ["S003" if kind == "loop" else "F231"]


def test_a_link_within_the_folder_is_the_file_that_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to("b.yaml")
    reading, found = written(tmp_path, {"a.yaml": "引入: [b.yaml, link.yaml]\n", "b.yaml": "丙: 1\n"})
    assert reading.root
    [again] = found
    assert (again.rule.code, again.span.column) == ("F232", 14)
    assert [label.span.column for label in again.related] == [6]


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    written(tmp_path / "real", {"a.yaml": "引入: b.yaml\n", "b.yaml": "丙: 1\n"})
    reading, found = read(tmp_path / "link" / "a.yaml")
    assert found == []
    assert reading.root


@pytest.mark.parametrize("name", ["a\\0b", "\\u200bb.yaml", "x" * 400, "CON", "b.yaml/", "a.yaml/b", "x/" * 3000])
def test_no_name_makes_the_reading_fail(tmp_path: Path, name: str) -> None:
    reading, found = written(tmp_path, {"a.yaml": f'引入: "{name}"\n'})
    assert reading.root is None
    assert found
    assert {one.span.line for one in found} == {1}


def test_a_device_or_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "b.yaml")
    reading, found = written(tmp_path, {"a.yaml": "引入: b.yaml\n"})
    assert reading.root is None
    assert said(found) == [("S002", Span(str(tmp_path / "a.yaml"), 1, 5, 11))]


def test_a_file_in_another_encoding_is_named_itself(tmp_path: Path) -> None:
    reading, found = written(tmp_path, {"a.yaml": "引入: b.yaml\n", "b.yaml": "丙: 丰顺县\n".encode("gbk")})
    assert reading.root is None
    assert said(found) == [("S010", Span(str(tmp_path / "b.yaml"), 1, 1, 2))]


def test_of_very_many_names_only_so_many_are_looked_at(tmp_path: Path) -> None:
    found = written(tmp_path, {"a.yaml": f"引入: [{'b, ' * 50_000}]\n"})[1]
    assert [code for code, _ in said(found)] == ["F233", "S001", *["F232"] * (FILES - 2)]


@given(st.lists(st.text(max_size=30), max_size=4))
def test_no_names_make_the_reading_fail(names: list[str]) -> None:
    quoted = (f'"{"".join(f"{chr(92)}U{ord(one):08x}" for one in name)}"' for name in names)
    with small_packs.folder() as folder:
        text = f"引入: [{', '.join(quoted)}]\n甲: 1\n"
        found = written(folder, {"a.yaml": text})[1]
    assert bool(found) is bool(names)
    assert all(one.span.path == str(folder / "a.yaml") for one in found)


def test_the_sample_in_three_files_makes_the_same_report(tmp_path: Path) -> None:
    whole = SAMPLE.read_text("utf-8")
    works, rest = cut(whole, "重点工作")
    income, rest = cut(rest, "收入")
    parts: dict[str, str | bytes] = {
        "main.yaml": f"引入: [工作.yaml, 财政所/收入.yaml]\n{rest}",
        "工作.yaml": works,
        "财政所/收入.yaml": income,
    }
    written(tmp_path, parts)
    split, one = build(tmp_path / "main.yaml", trace=True), build(SAMPLE, trace=True)
    assert [(each.name, each.data) for each in split.documents] == [(each.name, each.data) for each in one.documents]
    assert split.documents
    lines, _ = explain(split.study, "收入.其他收入")
    assert lines[0].span
    assert lines[0].span.path == str(tmp_path / "财政所" / "收入.yaml")


def cut(text: str, name: str) -> tuple[str, str]:
    """Cut an entry of the left margin out of a file."""
    found = re.search(rf"^{name}:.*\n(?:(?![^\s#]).*\n)*", text, re.MULTILINE)
    assert found
    return found[0], text.replace(found[0], "")


@pytest.mark.parametrize("extra", [0, 1])
def test_so_many_files_and_no_more(tmp_path: Path, extra: int) -> None:
    count = FILES + extra
    chain: dict[str, str | bytes] = {f"{at}.yaml": f"引入: {at + 1}.yaml\n名{at}: 1\n" for at in range(count - 1)}
    reading, found = written(tmp_path, {**chain, f"{count - 1}.yaml": f"名{count - 1}: 1\n"})
    assert reading.root
    assert len(reading.sources) == FILES
    assert said(found) == [("F233", Span(str(tmp_path / f"{FILES - 1}.yaml"), 1, 5, 12))] * extra

"""Whatever is in a file, reading it ends: with values and findings, each in its place, the same in every run.

The files of the sample and its pack are cut, doubled, swapped and filled with odd characters, and forms are made up.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import build, checks, indicators, packs, schema, source
from reportgen.diagnostics import FORMATS, Messages, Span, ordered
from reportgen.facts import bind, bind_list
from reportgen.schema import Field, Kind, group, listing
from tests.test_source import PIECES, TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.source import Node

ROOT = Path(__file__).parents[1]
NAME = "meizhou-self-evaluation@2021.1"
FOLDER = ROOT / "templates" / NAME.replace("@", "/")
PACK_FILES = {path.name: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.yaml"))}
FACTS = [path.read_text("utf-8") for path in sorted((ROOT / "data").glob("*.yaml"))]
LISTS = ("indicators.yaml", "checks.yaml")
WORDS = st.sampled_from(
    [
        *("值: ", "来源: ", "列表: ", "类型: ", "公式: ", "条件: ", "得: ", "数", "是", "10%", "1e9", "9" * 45),
        *("{{", "}}", "1/0", "((", "指标."),
    ]
)


@st.composite
def damaged(draw: st.DrawFn, texts: Sequence[str]) -> str:
    """Take one of the texts and damage it in up to four places."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(start + draw(st.sampled_from([0, 1, 2, 5, 20, 100])), len(text))
        other = draw(st.integers(0, len(text)))
        piece = draw(st.one_of(PIECES, WORDS, st.sampled_from(["", text[start:end] * 2, text[other : other + 30]])))
        text = text[:start] + piece + text[end:]
    return text


@st.composite
def damaged_lines(draw: st.DrawFn, texts: Sequence[str]) -> str:
    """Take one of the texts and lose, double, swap and shift lines of it."""
    lines = draw(st.sampled_from(texts)).split("\n")
    for _ in range(draw(st.integers(1, 4))):
        one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["lose", "double", "swap", "left", "right"]))
        if change == "lose" and len(lines) > 1:
            del lines[one]
        elif change == "double":
            lines.insert(one, lines[other])
        elif change == "swap":
            lines[one], lines[other] = lines[other], lines[one]
        else:
            lines[one] = f"  {lines[one]}" if change == "right" else lines[one].removeprefix("  ")
    return "\n".join(lines)


def any_of(*texts: str) -> st.SearchStrategy[str]:
    return st.one_of(damaged(texts), damaged_lines(texts))


def in_place(found: Sequence[Diagnostic], texts: Mapping[str, str]) -> None:
    """Test that every place of the findings lies in its file."""
    for span in (span for one in found for span in (one.span, *(label.span for label in one.related))):
        if span.line and not span.part:
            lines = texts[span.path].split("\n")
            assert span.line <= len(lines)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1
            assert span.end_column == 0 or span.column <= span.end_column <= len(lines[span.line - 1]) + 1


def parsed(text: str, name: str) -> tuple[Node | None, list[Diagnostic]]:
    decoded, found = source.decode(text.encode("utf-8", "surrogatepass"), name)
    if decoded is None:
        return None, found
    return source.parse(decoded, name, "list" if name in LISTS else "mapping")


def read(root: Node, name: str) -> list[Diagnostic]:
    """Read a file of a pack by itself."""
    if name == "pack.yaml":
        return bind(root, packs.MANIFEST)[1]
    reader = {"schema.yaml": schema.read, "indicators.yaml": indicators.read, "checks.yaml": checks.read}[name]
    return reader(root)[1]


@given(st.data())
@settings(max_examples=200)
def test_no_file_of_a_pack_makes_its_reader_fail(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(list(PACK_FILES)))
    text = data.draw(any_of(PACK_FILES[name]))
    root, found = parsed(text, name)
    in_place(found + (read(root, name) if root else []), {name: text})


KINDS = st.sampled_from([kind for kind in Kind if kind not in {Kind.GROUP, Kind.LIST, Kind.PICTURE}])
UNITS = st.sampled_from(["", "万元", "%", "人", "亩"])
NAMES = st.sampled_from("甲乙丙丁值")
DECIMALS = st.none() | st.integers(0, 2)
CHOICES = st.just(("甲", "乙"))
SCALARS = st.builds(Field, KINDS, unit=UNITS, decimals=DECIMALS, required=st.booleans(), choices=CHOICES)
FORMS = st.recursive(
    SCALARS,
    lambda inner: (
        st.builds(listing, inner, required=st.booleans())
        | st.builds(group, st.dictionaries(NAMES, inner, min_size=1), required=st.booleans())
    ),
    max_leaves=8,
)
TYPED = ["1", "12.50万元", "84.73%", "5 人", "2021-12-31", "是", "约1", "", "甲", "0.1亿元"]
VALUES = st.one_of(TEXT, st.sampled_from(TYPED))
TREES = st.recursive(
    VALUES.map(lambda text: text.replace("\n", " ")),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.one_of(NAMES, st.sampled_from(["来源", "佐证"])), inner, max_size=3).map(
            lambda entries: f"{{{', '.join(f'{name}: {value}' for name, value in entries.items())}}}"
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(NAMES, FORMS, min_size=1), st.dictionaries(NAMES, TREES, min_size=1))
@settings(max_examples=200)
def test_no_facts_and_no_form_make_binding_fail(form: Mapping[str, Field], entries: Mapping[str, str]) -> None:
    text = "\n".join(f"{name}: {value}" for name, value in entries.items())
    root, found = source.parse(text, "f.yaml")
    if root is None:
        return
    facts, wrong = bind(root, group(form))
    in_place([*found, *wrong], {"f.yaml": text})
    assert all(fact.span.path == "f.yaml" for fact in facts.all.values())
    assert [one.key() for one in bind(root, group(form))[1]] == [one.key() for one in wrong]


@given(FORMS, st.lists(TREES))
def test_no_list_makes_binding_fail(item: Field, items: Sequence[str]) -> None:
    text = "".join(f"- {one}\n" for one in items)
    root, found = source.parse(text, "f.yaml", "list")
    if root is not None:
        in_place([*found, *bind_list(root, item, "甲")[1]], {"f.yaml": text})


@pytest.fixture(scope="module")
def pack() -> packs.Pack:
    read, _ = packs.load(NAME, Span())
    assert read
    return read


@given(data=st.data())
@settings(max_examples=60)
def test_no_facts_file_makes_a_study_fail(
    data: st.DataObject, pack: packs.Pack, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = data.draw(any_of(*FACTS))
    path = tmp_path_factory.mktemp("facts") / "facts.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    study = build.study(path, pack=pack)
    in_place(study.found, study.sources)
    assert study.found == ordered(study.found)
    again = [build.study(path, pack=pack, trace=trace).found for trace in (False, True)]
    assert [[one.key() for one in found] for found in again] == [[one.key() for one in study.found]] * 2
    for form in FORMATS.values():
        assert form(study.found, Messages("zh"), study.sources) or not study.found


@given(data=st.data())
@settings(max_examples=20)
def test_no_file_of_a_pack_makes_reading_all_of_it_fail(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("packs") / "pack"
    shutil.copytree(FOLDER, folder)
    name = data.draw(st.sampled_from(list(PACK_FILES)))
    text = data.draw(any_of(PACK_FILES[name]))
    (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    pack, found = packs.read(folder)
    in_place(found, {str(folder / one): text if one == name else said for one, said in PACK_FILES.items()})
    assert pack or found
    assert found == ordered(found)

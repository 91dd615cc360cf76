"""The empty facts file: it parses, asks for every fact with its meaning, and filled in it says what the facts say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from reportgen import packs, schema, source
from reportgen.blank import blank
from reportgen.diagnostics import Diagnostic, Severity, Span
from reportgen.facts import RESERVED, Facts, bind
from reportgen.schema import Field, Kind, group, listing, optional

if TYPE_CHECKING:
    from reportgen.source import Node

SAMPLE: Final = Path(__file__).resolve().parents[1] / "data" / "shatian-2021.yaml"
PACK: Final = "meizhou-self-evaluation@2021.1"
# An entry that has something already: behind its colon, in the long form, or as items that are no groups.
TAKEN: Final = re.compile(r"[ -]*[^:]+:(?! *#| *$| *\n)|[^\n]*\n +(值: |- (\||[^:\n]+\n))")


def form() -> Field:
    pack, found = packs.load(PACK, Span())
    assert pack is not None, found
    return pack.form


def parsed(text: str) -> Node:
    root, found = source.parse(text, "facts.yaml")
    assert (found, root is not None) == ([], True)
    assert root is not None
    return root


def bound(text: str, wanted: Field) -> tuple[Facts, list[Diagnostic]]:
    return bind(parsed(text), wanted)


def written(text: str) -> Field:
    """Read a form as a schema file writes it."""
    read, found = schema.read(parsed(text))
    assert found == []
    return read


def below_head(wanted: Field) -> list[str]:
    """Give the lines below the head and the name of the pack."""
    return blank(wanted, "a@1", "甲").partition("模板包: a@1\n")[2].strip("\n").split("\n")


def needed(wanted: Field, path: str = "") -> dict[str, Field]:
    """Give every place that must be filled in, in an empty file with one group in each list of groups."""
    if not wanted.required:
        return {}
    if wanted.item is not None and wanted.item.fields:
        return needed(wanted.item, f"{path}[1]")
    if not wanted.fields:
        return {path: wanted}
    inner = ((f"{path}.{name}" if path else name, member) for name, member in wanted.fields.items())
    return {place: field for name, member in inner for place, field in needed(member, name).items()}


def test_the_empty_form_asks_for_every_fact_and_says_what_it_means() -> None:
    wanted = form()
    _, found = bound(blank(wanted, PACK, "标题"), wanted)
    lines = [line for one in found for line in str(one.values["lines"]).split("\n")]
    asked = [line.partition("#")[0].strip().rstrip(":") for line in lines]
    assert {one.rule.code for one in found} == {"F205"}
    assert sorted(asked) == sorted(path.rpartition(".")[2] for path in needed(wanted))
    assert [field.meaning for field in needed(wanted).values() if field.meaning not in "\n".join(lines)] == []
    assert len(asked) > 100


def test_each_finding_stands_in_the_line_to_fill_in() -> None:
    wanted = form()
    text = blank(wanted, PACK, "标题")
    _, found = bound(text, wanted)
    lines = text.split("\n")
    for one in found:
        first = str(one.values["names"]).split("、")[0]
        name = first.rpartition(".")[2].partition("[")[0]
        line = lines[one.span.line - 1]
        assert f"{name}:" in line


def test_the_form_names_its_pack_and_title() -> None:
    text = blank(group({"年度": Field(Kind.NUMBER)}), PACK, "一份报告\n（2021 年格式）")
    assert text.startswith("# 一份报告（2021 年格式）\n#\n")
    facts, _ = bound(text, group({"模板包": Field(Kind.TEXT), "年度": optional(Kind.NUMBER)}))
    assert {path: fact.value for path, fact in facts.all.items()} == {}
    root = parsed(text).value
    assert isinstance(root, dict)
    assert (list(root), root["模板包"].node.value) == (["模板包", "年度"], PACK)


@pytest.mark.parametrize(
    ("declared", "lines"),
    [
        ("{类型: 文字}", ["值:  # 文字"]),
        ("{类型: 正文, 必填: 否}", ["值:  # 选填；正文"]),
        ("{类型: 数}", ["值:  # 数"]),
        ("{类型: 数, 小数: 0, 单位: 人, 说明: 年末}", ["值:  # 整数，单位人；年末"]),
        ("{类型: 数, 小数: 2, 单位: 万元}", ["值:  # 数，单位万元，最多2位小数"]),
        ("{类型: 日期}", ["值:  # 日期；例如 2022-06-24"]),
        ("{类型: 日期, 示例: 2021-12-31}", ["值:  # 日期；例如 2021-12-31"]),
        ("{类型: 图片}", ["值:  # 图片的文件名，PNG 或 JPEG 格式，放在填报表旁边；例如 照片.jpg"]),
        ("{类型: 数, 需佐证: 是}", ["值:  # 数；要写佐证"]),
        ("{类型: 数, 最小: 0}", ["值:  # 数"]),
        ("{类型: 数, 最小: 2000, 最大: 2100}", ["值:  # 数，2000至2100"]),
        ("{类型: 数, 最小: -5}", ["值:  # 数，不小于-5"]),
        ('{类型: 数, 单位: "%", 最小: 0, 最大: 100%}', ["值:  # 数，单位%，不大于100%"]),
        ("{类型: 是否}", ["值:  # 填“是”或“否”"]),
        ("{类型: 选项, 选项: [良好, 较好]}", ["值:  # 填“良好”“较好”之一"]),
        ("{类型: 任意, 必填: 否}", ["值:  # 选填；名称自定的数据；例如 下一行多空两格写 开工点: 5 个"]),
        ("{甲: {乙: 数}}", ["值:", "  甲:", "    乙:  # 数"]),
        ("{列表: 文字, 说明: 一个一项}", ["值:  # 一个一项", "  -  # 文字"]),
        ("{列表: {列表: 文字, 说明: 一行}}", ["值:", "  -  # 一行", "    -  # 文字"]),
        ("{列表: {列表: {甲: 数, 乙: 数}}}", ["值:", "  -", "    - 甲:  # 数", "      乙:  # 数"]),
        ("{列表: {甲: {乙: 数}, 丙: 数}}", ["值:", "  - 甲:", "      乙:  # 数", "    丙:  # 数"]),
        ("{列表: {甲: {列表: 数}}}", ["值:", "  - 甲:", "      -  # 数"]),
        ("{列表: 文字, 必填: 否}", ["值:  # 选填", "  # -  # 文字"]),
        ("{列表: {甲: 数, 乙: 数}, 必填: 否}", ["值:  # 选填", "  # - 甲:  # 数", "  #   乙:  # 数"]),
        ('{类型: 文字, 说明: "两行\\n说明", 示例: "甲\\n 乙"}', ["值:  # 文字；两行说明；例如 甲乙"]),
    ],
)
def test_each_kind_says_what_to_write(declared: str, lines: list[str]) -> None:
    assert below_head(written(f"值: {declared}\n")) == lines


@pytest.mark.parametrize("name", ["年度", "832平台", "是/否", "名称: 全称", "# 号", '"三公"', "a b", "- 甲"])
def test_any_name_is_read_back(name: str) -> None:
    text = blank(group({name: Field(Kind.TEXT)}), PACK, "标题")
    root = parsed(text).value
    assert isinstance(root, dict)
    assert list(root) == ["模板包", name]


def test_what_is_optional_may_stay_as_it_is() -> None:
    inner = group({"甲": Field(Kind.TEXT)})
    wanted = group({"数": optional(Kind.NUMBER), "列": listing(inner, required=False), "末": optional(Kind.PROSE)})
    assert bound(blank(wanted, PACK, "标题"), wanted)[1] == []


def test_a_list_without_items_is_an_empty_list_of_the_form() -> None:
    wanted = written("甲: {列表: {列表: {乙: 数}}}\n")
    facts, found = bound(blank(wanted, PACK, "标题").replace("乙:", "乙: 5"), wanted)
    assert found == []
    assert facts.values == {"甲": [[{"乙": 5}]]}


def filled(lines: list[str], node: Node) -> list[str]:
    """Fill in the lines of one group as a clerk does: behind the colons, item by item, optional lists uncommented."""
    assert isinstance(node.value, dict)
    done: list[str] = []
    for line, below in entries(lines):
        name = line.split(":")[0].strip()
        if name not in node.value:
            done += [line, *below]
        else:
            done += entry(line, below, node.value[name].node)
    return done


def entries(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Cut lines into those that begin an entry, each with the deeper ones below it."""
    cut: list[tuple[str, list[str]]] = []
    depth = indent_of(lines[0]) if lines else 0
    for line in filter(None, lines):
        if indent_of(line) == depth:
            cut.append((line, []))
        else:
            cut[-1][1].append(line)
    return cut


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip())


def entry(line: str, below: list[str], node: Node) -> list[str]:
    if TAKEN.match("\n".join([line, *below])):
        return [line, *below]
    if not below:
        return value(line, node)
    if below[0].lstrip().startswith("# -"):
        below = [one.replace("# ", "", 1) for one in below]
    if below[0].lstrip().startswith("-"):
        assert isinstance(node.value, tuple)
        return [line, *(one for item in node.value for one in list_item(below, item))]
    return [line, *filled(below, node)]


def list_item(lines: list[str], node: Node) -> list[str]:
    if not isinstance(node.value, dict):
        return value(lines[0], node)
    sign = lines[0].index("-")
    first, *rest = filled([lines[0].replace("-", " ", 1), *lines[1:]], node)
    return [f"{first[:sign]}-{first[sign + 1 :]}", *rest]


def value(line: str, node: Node) -> list[str]:
    """Write a value behind the colon (or the sign of a list) of a line, before its comment."""
    before, _, comment = line.partition("  # ")
    first, *rest = shown(node, " " * (indent_of(line) + 2))
    return [f"{before} {first}  # {comment}", *rest]


def shown(node: Node, indent: str) -> list[str]:
    if isinstance(node.value, dict):
        inner = [(f"{indent}{name}:", one.node) for name, one in node.value.items()]
    elif isinstance(node.value, tuple):
        inner = [(f"{indent}-", one) for one in node.value]
    elif node.style == "block":
        return ["|", *(f"{indent}{line}".rstrip() for line in node.value.splitlines())]
    else:
        return [node.value if node.style == "plain" else json.dumps(node.value, ensure_ascii=False)]
    done = [""]
    for before, one in inner:
        first, *rest = shown(one, f"{indent}  ")
        done += [f"{before} {first}", *rest]
    return done


def said(facts: Facts) -> dict[str, tuple[object, ...]]:
    """Give what a reader of facts can know of each of them, but its place."""
    return {
        path: (fact.kind, fact.value, getattr(fact.value, "unit", ""), fact.source, fact.evidence, fact.note)
        for path, fact in facts.all.items()
    }


def test_the_form_filled_in_says_what_the_facts_say() -> None:
    wanted = form()
    original = SAMPLE.read_text("utf-8")
    sample = parsed(original)
    lines = blank(wanted, PACK, "标题").split("\n")
    start = next(at for at, line in enumerate(lines) if line.startswith("模板包"))
    text = "\n".join([*lines[:start], *filled(lines[start:], sample), ""])
    again, found = bound(text, wanted)
    expected, _ = bound(original, wanted)
    assert [one for one in found if one.severity is Severity.ERROR] == []
    assert said(again) == said(expected)
    assert again.values == expected.values
    assert set(again.gaps) == set(expected.gaps)


def test_every_comment_of_the_form_survives_filling_in() -> None:
    wanted = form()
    empty = blank(wanted, PACK, "标题")
    sample = parsed(SAMPLE.read_text("utf-8"))
    text = "\n".join(filled(empty.partition("模板包: ")[2].split("\n")[1:], sample))
    comments = {line.rpartition("  # ")[2] for line in empty.split("\n") if "  # " in line}
    assert {comment for comment in comments if comment not in text} == set()


def test_the_form_uses_no_reserved_name() -> None:
    assert set(form().fields) & set(RESERVED) == set()

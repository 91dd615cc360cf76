"""`python -m tests.bench.facts`: 2,000 lines of facts are read, located and bound, in turn with yaml.CSafeLoader.

Two files, both sound: the sample, its lists repeated, with the form of its pack; and a list of short values, as dense
as facts can be.
"""

from __future__ import annotations

import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from reportgen import packs, schema
from reportgen.diagnostics import Span
from reportgen.facts import bind
from reportgen.source import Node, parse
from tests.bench import timing
from tests.bench.render import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportgen.schema import Field

ROUNDS: Final = 60
LINES: Final = 2_000
SAMPLE: Final = Path(__file__).parents[2] / "data" / "shatian-2021.yaml"
PEER: Final = "yaml.CSafeLoader"
ITEM: Final = """\
  - 名称: 第{n}号饮水工程
    预算: {n}.50
    决算: {n}.25 万元
    开工: 2021-03-{day:02}
    完工: 是
    受益: {n} 人
    满意率: 9{digit}.5%
    地点: 茜坑村
"""
FORM: Final = """\
项目:
  列表:
    名称: 文字
    预算: {类型: 数, 单位: 万元, 小数: 2, 最小: 0}
    决算: {类型: 数, 单位: 万元, 小数: 2, 最小: 0}
    开工: 日期
    完工: 是否
    受益: {类型: 数, 单位: 人, 小数: 0}
    满意率: {类型: 数, 单位: "%", 小数: 1}
    地点: 文字
"""


def main(rounds: int = ROUNDS) -> None:
    """Print medians and ratios for both files."""
    print(f"{timing.machine()}; {rounds} rounds, in turn")
    pack, found = packs.load("meizhou-self-evaluation@2021.1", Span())
    if pack is None:
        sys.exit(f"The pack has faults: {found}")
    form, _ = schema.read(root(FORM))
    measure("the sample, its lists repeated", "".join(repeated(SAMPLE.read_text("utf-8"))), pack.form, rounds)
    items = (ITEM.format(n=n, day=n % 28 + 1, digit=n % 10) for n in range(1, LINES // 8 + 1))
    measure("short values only", "项目:\n" + "".join(items), form, rounds)


def repeated(text: str) -> Iterator[str]:
    """Give the text with the list of every name at the margin so many times over that it has the lines wanted."""
    sections = re.split(r"^(?=[^\s#])", text, flags=re.MULTILINE)
    lists = {at for at, one in enumerate(sections) if re.match(r".*:\n  - \S+: ", one)}
    some = sum(sections[at].count("\n") - 1 for at in lists)
    times = 1 - (text.count("\n") - LINES) // some
    for at, section in enumerate(sections):
        name, _, items = section.partition("\n")
        yield f"{name}\n{items * times}" if at in lists else section


def measure(title: str, text: str, form: Field, rounds: int) -> None:
    """Print how long the parts of one file's reading take."""
    facts, found = bind(root(text), form)
    if found:
        sys.exit(f"The facts have faults: {found[:3]}")
    sides: dict[str, Callable[[int], object]] = {
        PEER: partial(loaded, text),
        "its events alone": partial(events, text),
        "source.parse": partial(read, text),
        "facts.bind": partial(bound, root(text), form),
        "both": partial(both, text, form),
    }
    print(f"\n{title}: {text.count(chr(10)):,} lines, {len(text):,} characters, {len(facts.all):,} facts")
    table(timing.in_turn(sides, rounds), PEER)


def root(text: str) -> Node:
    """Read a sound file."""
    node, found = parse(text, "facts.yaml")
    if node is None or found:
        sys.exit(f"The file has faults: {found[:3]}")
    return node


def loaded(text: str, _number: int) -> object:
    """Read as most programs do: without places."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


def events(text: str, _number: int) -> object:
    """Let the parser run with nothing made of it."""
    return sum(1 for _ in iter(yaml.CSafeLoader(text).get_event, None))


def read(text: str, _number: int) -> object:
    """Read with places."""
    return parse(text, "facts.yaml")


def bound(node: Node, form: Field, _number: int) -> object:
    """Give a tree its meaning."""
    return bind(node, form)


def both(text: str, form: Field, _number: int) -> object:
    """Read and give a meaning."""
    return bind(root(text), form)


if __name__ == "__main__":
    main()

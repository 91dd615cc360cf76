"""One scalar of a file is replaced, and no other byte of it: in every odd file, by every odd value."""

from __future__ import annotations

import codecs
import re
from itertools import cycle, islice
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.source import Node, decode, parse, replaced
from tests.odd_yaml import FILES, scalars
from tests.test_source import TEXT, codes, entry

Top = Literal["mapping", "list"]

VALUES = [
    *("12.50", "砂田镇", "no", "0123", "a:b", "甲#乙", "it's", "甲：“乙”", "😀𠮷", "-1", "x" * 1200),
    *("a: b", "甲 # 乙", "- 甲", "@甲", "{a: 1}", "[甲", "{{ 单位.简称 }}", "*甲", "&甲", "!甲", "%甲", "|", "? 甲"),
    *("", " ", " 前", "后 ", "　全角　", "\t", "a\tb", "\\", 'C:\\"甲"', "甲, 乙]", "---", "...", "'", '"', "`", "#"),
    *("甲\n乙", "甲\n乙\n", "甲\n\n乙\n\n\n", "  深\n浅\n", "甲\n 深\n乙\n", "\n\n甲\n", "\n", "尾 \n甲  \n"),
    *("甲: 乙\n- 丙 # 丁\n", "甲\r\n乙"),
]
SEVERAL = 12  # values that each scalar of a file is given
STRETCHES = range(0, len(FILES), 40)


def tree(node: Node, other: Node | None = None, value: str = "") -> object:
    """Give what a node says, with another value for one scalar in it."""
    if node is other:
        return value
    if isinstance(node.value, dict):
        return {name: tree(one.node, other, value) for name, one in node.value.items()}
    return [tree(one, other, value) for one in node.value] if isinstance(node.value, tuple) else node.value


def read(data: bytes) -> tuple[Node, Top]:
    text, _ = decode(data, "f.yaml")
    assert text is not None
    for top in ("mapping", "list"):
        root, found = parse(text, "f.yaml", top)
        if root is not None and not found:
            return root, top
    raise AssertionError(text)


def outside(data: bytes, root: Node, node: Node) -> tuple[bytes, bytes]:
    """Give the bytes of a file before and after a scalar."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = root.source.text
    return mark + text[: node.start].encode(), text[node.end :].encode()


def changed(data: bytes, root: Node, top: Top, node: Node, value: str) -> Node:
    """Replace a scalar, test that nothing else is changed, and give the scalar of the new file."""
    new, found = replaced(data, node, value)
    assert found == []
    assert new is not None
    before, after = outside(data, root, node)
    assert new.startswith(before)
    assert new.endswith(after)
    assert len(new) >= len(before) + len(after)
    text, _ = decode(new, "f.yaml")
    assert text is not None
    again, found = parse(text, "f.yaml", top)
    assert found == []
    assert again is not None
    assert tree(again) == tree(root, node, value), text
    return [*scalars(again)][[*scalars(root)].index(node)]


@pytest.mark.parametrize("first", STRETCHES)
def test_one_scalar_of_any_file_is_replaced_and_nothing_else(first: int) -> None:
    values = cycle(VALUES)
    for data in FILES[first : first + 40]:
        root, top = read(data)
        for node in scalars(root):
            for value in islice(values, SEVERAL):
                changed(data, root, top, node, value)


def test_there_are_enough_files() -> None:
    assert len({*FILES}) > 500


@pytest.mark.parametrize("first", STRETCHES)
def test_a_scalar_keeps_its_style_if_that_can_hold_the_value(first: int) -> None:
    for data in FILES[first : first + 40]:
        root, top = read(data)
        for node in scalars(root):
            assert changed(data, root, top, node, "砂田镇").style == node.style
            if node.style != "plain":
                assert changed(data, root, top, node, "甲: 乙 # 丙").style == node.style


def test_a_value_that_is_there_already_changes_nothing() -> None:
    for data in FILES:
        root, _ = read(data)
        assert all(replaced(data, node, str(node.value)) == (data, []) for node in scalars(root))


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("a: 1 # 注\n", "2", "a: 2 # 注\n"),
        ("a: # 注\n", "2", "a: 2 # 注\n"),
        ("a: {b}\n", "2", "a: {b: 2}\n"),
        ("a: 1\n", "甲: 乙", 'a: "甲: 乙"\n'),
        ("a: 1\n", '甲: "乙"', "a: '甲: \"乙\"'\n"),
        ("a: '1'\n", "it's", "a: 'it''s'\n"),
        ("a: '1'\n", "甲\n乙", 'a: "甲\\n乙"\n'),
        ('a: "1"\n', 'C:\\ "甲"', 'a: "C:\\\\ \\"甲\\""\n'),
        ("a: 1\nb: 2\n", "甲\n\n乙\n", "a: |\n  甲\n\n  乙\nb: 2\n"),
        ("a: 1\r\n", "甲\n乙", "a: |-\r\n  甲\r\n  乙\r\n"),
        ("a:\n- - 1\n", "甲\n乙\n", "a:\n- - |\n    甲\n    乙\n"),
        ("a: [1]\n", "甲\n乙\n", 'a: ["甲\\n乙\\n"]\n'),
        ("a: [1]\n", "甲, 乙", 'a: ["甲, 乙"]\n'),
        ("a: {b: 1}\n", "甲, 乙: 2", 'a: {b: "甲, 乙: 2"}\n'),
        ("a: 1 # 注\n", "甲\n乙", 'a: "甲\\n乙" # 注\n'),
        ("a: | # 注\n    甲\n\nb: 1\n", "乙\n丙\n", "a: | # 注\n    乙\n    丙\n\nb: 1\n"),
        ("a: |\n  甲\n\nb: 1\n", "乙", "a: |-\n  乙\n\nb: 1\n"),
        ("a: |\n  甲\n\nb: 1\n", "乙\n\n\n", "a: |+\n  乙\n\n\nb: 1\n"),
        ("a: |+\n  甲\n\nb: 1\n", "乙\n", "a: |+\n  乙\nb: 1\n"),
        ("a: |\n   甲\nb: 1\n", "  深\n乙\n", "a: |3\n     深\n   乙\nb: 1\n"),
        ("a: >\n  甲\n  乙\n", "丙\n丁\n 深\n戊\n", "a: >\n  丙\n\n  丁\n   深\n  戊\n"),
        ("a: |\n  甲", "乙", "a: |\n  乙"),
        ("a: |\n  甲", "乙\n", "a: |\n  乙\n"),
        ("a: |\n  甲\nb: 1\n", "甲\r\n乙", 'a: "甲\\r\\n乙"\nb: 1\n'),
    ],
)
def test_the_spelling_changes_as_little_as_it_can(text: str, value: str, expected: str) -> None:
    root, _ = parse(text, "f.yaml")
    assert root is not None
    new, found = replaced(text.encode(), next(scalars(root)), value)
    assert found == []
    assert new is not None
    assert new.decode() == expected


@pytest.mark.parametrize("character", ["\x07", "\r", "\u2028", "\ufeff", "\ud800"])
def test_what_no_file_may_hold_is_not_written(character: str) -> None:
    root = entry("a: 1\n")
    assert codes(replaced(b"a: 1\n", next(scalars(root)), f"甲{character}乙")[1]) == ["S130"]


@pytest.mark.parametrize("text", ["a: {\n  b\n}\n", "a:\n|\n  甲\n"])
def test_where_no_spelling_fits_the_file_is_left(text: str) -> None:
    root = entry(text)
    new, found = replaced(text.encode(), next(scalars(root)), "甲\r\n乙")
    assert (new, codes(found)) == (None, ["S131"])


def test_a_file_with_mistakes_is_left() -> None:
    text = "a: 1\na: 2\n"
    root, found = parse(text, "f.yaml")
    assert found != []
    assert root is not None
    assert replaced(text.encode(), next(scalars(root)), "3") == (None, found)


@given(TEXT, TEXT, st.data())
def test_whatever_is_read_and_written_nothing_else_changes(text: str, value: str, data: st.DataObject) -> None:
    root, found = parse(text, "f.yaml")
    if root is None or found or not [*scalars(root)]:
        return
    node = data.draw(st.sampled_from([*scalars(root)]))
    new, wrong = replaced(text.encode(), node, value)
    assert (new is None) == bool(wrong)
    if new is not None:
        before, after = outside(b"", root, node)
        assert re.fullmatch(re.escape(before) + b".*" + re.escape(after), new, re.DOTALL)
        again, found = parse(new.decode(), "f.yaml")
        assert found == []
        assert again is not None
        assert tree(again) == tree(root, node, value)

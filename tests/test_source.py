"""Text and places of source files: decoding, offsets, bad input within its limits, and what no input may do.

The rules of reading are in `spec/source.md`; here is what a page cannot show.
"""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from reportgen.cli.catalogue import RULES
from reportgen.diagnostics import Diagnostic, Span
from reportgen.source import DEPTH, MANY, NODES, Node, decode, parse, places, within
from reportgen.source.mistakes import Scene, explain
from reportgen.source.places import Source

TESTS = Path(__file__).parent


def codes(found: list[Diagnostic]) -> list[str]:
    return [one.rule.code for one in found]


def entry(text: str, *names: str | int) -> Node:
    """Parse a sound text and walk to a node."""
    node, found = parse(text, "f.yaml")
    assert found == []
    assert node is not None
    for name in names:
        node = node.value[name].node if isinstance(node.value, dict) else node.value[name]  # type: ignore[index,assignment]  # a test that walks wrongly fails here
    return node


def nodes(node: Node) -> list[Node]:
    inner = node.value
    children = (
        [one.node for one in inner.values()]
        if isinstance(inner, dict)
        else [*inner]
        if isinstance(inner, tuple)
        else []
    )
    return [node, *(deeper for child in children for deeper in nodes(child))]


def plain(node: Node) -> object:
    """Give what plain YAML would give."""
    if isinstance(node.value, dict):
        return {key: plain(one.node) for key, one in node.value.items()}
    return [plain(one) for one in node.value] if isinstance(node.value, tuple) else node.value


def marked(text: str, span: Span) -> str:
    """Give the text that a place marks, to the end of its line where the place ends elsewhere."""
    line = text.split("\n")[span.line - 1]
    return line[span.column - 1 : span.end_column - 1 if span.end_column else None]


# Every rule: here what cannot be written in a spec page.

GBK = "年度: 2021\n单位: 砂田镇\n"
BYTES: list[tuple[str, bytes, str, tuple[int, int]]] = [
    ("GBK", GBK.encode("gbk"), "S010", (1, 1)),
    ("GB18030", "单位: 𠮷田镇".encode("gb18030"), "S010", (1, 1)),
    ("GBK after plain lines", b"a: 1\nb: " + "镇".encode("gbk"), "S010", (2, 4)),
    ("UTF-16", GBK.encode("utf-16"), "S011", (0, 0)),
    ("UTF-16, the other way round", b"\xfe\xff" + GBK.encode("utf-16-be"), "S011", (0, 0)),
    ("a Word file", b"PK\x03\x04\x14\x00\x06\x00", "S012", (0, 0)),
    ("a damaged byte", "年度: 2021\n单位: 砂".encode() + b"\xff\n", "S013", (2, 6)),
    ("a cut character", "单位: 砂田".encode()[:-1], "S013", (1, 6)),
    ("no encoding at all", b"a: \x80\xff\xff", "S013", (1, 4)),
    ("a file of one bad byte", b"\xff", "S013", (1, 1)),
]
TEXTS: list[tuple[str, str, str, tuple[int, int]]] = [
    ("a bell", "a: x\x07\nb: 1\n", "S113", (1, 5)),
    ("a line separator", "a: 1\nb: x\u2028y\n", "S113", (2, 5)),
    ("a byte order mark inside", "a: \ufeffx\n", "S113", (1, 4)),
    ("half of a pair", "a: x\ud800\n", "S113", (1, 5)),
    ("a carriage return alone", "a: x\ry\n", "S113", (1, 5)),
    ("nesting in brackets", f"a: {'[' * 2000}{']' * 2000}", "S117", (1, 4 + DEPTH - 1)),
    ("nesting in blocks", "".join(f"{' ' * depth}a:\n" for depth in range(2000)), "S117", (DEPTH + 1, DEPTH + 1)),
    ("too much", f"a: [{'1,' * NODES}]", "S118", (0, 0)),
]


@pytest.mark.parametrize(("data", "code", "place"), [pytest.param(*row[1:], id=row[0]) for row in BYTES])
def test_other_encodings_are_named(data: bytes, code: str, place: tuple[int, int]) -> None:
    text, found = decode(data, "f.yaml")
    assert text is None
    assert [(one.rule.code, one.span.line, one.span.column) for one in found] == [(code, *place)]


@pytest.mark.parametrize(("text", "code", "place"), [pytest.param(*row[1:], id=row[0]) for row in TEXTS])
def test_other_texts_are_refused(text: str, code: str, place: tuple[int, int]) -> None:
    _, found = parse(text, "f.yaml")
    assert [(one.rule.code, one.span.line, one.span.column) for one in found] == [(code, *place)]


def test_every_rule_is_in_a_page_or_a_table() -> None:
    pages = [*(TESTS / "spec").rglob("*.md"), TESTS / "test_source.py", TESTS / "test_files.py", TESTS / "test_cli.py"]
    shown = {code for page in pages for code in re.findall(r"\bS\d{3}\b", page.read_text("utf-8"))}
    assert {code for code in RULES if code.startswith("S")} - shown == set()


def test_a_control_character_is_named_and_the_rest_is_read() -> None:
    node, found = parse("a: x\x07\na: 2\n", "f.yaml")
    assert codes(found) == ["S113", "S102"]
    assert found[0].values == {"code": "U+0007"}
    assert node is not None


def test_after_many_mistakes_the_rest_is_not_shown() -> None:
    _, found = parse("a: 1\n" * 5000, "f.yaml")
    assert codes(found) == ["S102"] * MANY + ["S120"]
    assert [one.span.line for one in found[:MANY]] == list(range(2, MANY + 2))


@pytest.mark.parametrize("text", ["\x01\n" * 5000, "a：\n" * 5000, f"a: [{'*a, ' * 5000}]", f"a: [{'!a , ' * 5000}]"])
def test_no_mistake_is_shown_without_end(text: str) -> None:
    _, found = parse(text, "f.yaml")
    assert len(found) == MANY + 1
    assert found[-1].rule.code == "S120"


def test_both_places_are_named() -> None:
    twice = parse("a: 1\nb: 2\na: 3\n", "f.yaml")[1][0]
    assert [label.span for label in twice.related] == [Span("f.yaml", 1, 1, 2)]
    again = parse("a: &x 1\nb: *x\n", "f.yaml")[1][1]
    assert [label.span.line for label in again.related] == [1]
    bracket = parse("a: [1\nb: 2\n", "f.yaml")[1][0]
    assert [label.span.line for label in bracket.related] == [2]


def test_a_reference_to_nothing_has_one_place() -> None:
    assert parse("a: *x\n", "f.yaml")[1][0].related == ()


def test_a_long_line_is_shown_in_part() -> None:
    found = parse(f"a: *{'长' * 5000}\n", "f.yaml")[1][0]
    assert len(str(found.values["mended"])) < 200


def test_what_holds_quotes_is_quoted_with_the_other_ones() -> None:
    assert parse('a: @"甲"乙\n', "f.yaml")[1][0].values["mended"] == "'@\"甲\"乙'"


def test_a_complaint_that_nobody_foresaw_is_passed_on() -> None:
    found = explain(Scene(Source("a: 1\n", "f.yaml"), "did something", "while reading", 3, -1, (-1, -1, ""), -1))
    assert found is not None
    assert (found.rule.code, found.span) == ("S101", Span("f.yaml", 1, 4, 5))
    assert found.values["problem"].values == {"words": "while reading did something"}  # type: ignore[attr-defined]  # values are objects


@pytest.mark.parametrize("text", ["- a\n- b\n", "[]\n"])
def test_a_list_may_be_asked_for(text: str) -> None:
    node, found = parse(text, "f.yaml", "list")
    assert found == []
    assert node is not None
    assert isinstance(node.value, tuple)


@pytest.mark.parametrize("text", ["a: 1\n", "a\n"])
def test_a_list_that_was_asked_for_must_be_one(text: str) -> None:
    node, found = parse(text, "f.yaml", "list")
    assert (node, codes(found)) == (None, ["S110"])
    assert "list" in found[0].help


# What is read, and where it stands.


@pytest.mark.parametrize("text", ['"　甲": 1\n', "'\xa0甲': 1\n"])
def test_a_name_in_quotes_may_begin_with_a_wide_space(text: str) -> None:
    assert [*entry(text).value] == [text[1:3]]


def test_a_type_before_a_name_is_refused_whatever_the_name_begins_with() -> None:
    assert codes(parse("甲: 1\n!a 　乙: 1\n", "f.yaml")[1]) == ["S107"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_or_without_a_mark(encoding: str) -> None:
    assert decode("年度: 2021\r\n".encode(encoding), "f.yaml") == ("年度: 2021\r\n", [])


def test_places_of_all_kinds() -> None:
    text = "a: b c # d\ne:\nf: '引'\ng: {h: 1, i: [2]}\nj:\n  - |\n    k\n  - l\n"
    shown = [(node.span.line, node.span.column, node.span.end_column, node.style) for node in nodes(entry(text))]
    assert shown == [
        (1, 1, 0, ""),
        (1, 4, 7, "plain"),
        (2, 3, 3, "plain"),
        (3, 4, 7, "quoted"),
        (4, 4, 18, "flow"),
        (4, 8, 9, "plain"),
        (4, 14, 17, "flow"),
        (4, 15, 16, "plain"),
        (6, 3, 0, ""),
        (6, 5, 0, "block"),
        (8, 5, 6, "plain"),
    ]
    root = entry(text)
    assert isinstance(root.value, dict)
    assert root.value["g"].key_span == Span("f.yaml", 4, 1, 2)
    sources = [text[node.start : node.end] for node in nodes(root)]
    assert sources[1:4] == ["b c", "", "'引'"]
    assert sources[4:6] == ["{h: 1, i: [2]}", "1"]
    assert sources[8:10] == ["- |\n    k\n  - l", "|\n    k\n"]


def test_an_empty_value_is_an_empty_text() -> None:
    assert entry("键:\n", "键")[:4] == ("", "plain", 2, 2)
    assert entry("键:\n", "键").span == Span("f.yaml", 1, 3, 3)


def test_an_empty_value_at_the_very_end_is_in_the_last_line() -> None:
    assert entry("? 键", "键").span == Span("f.yaml", 1, 4, 4)


def test_replacing_the_own_text_of_a_value_changes_nothing_else() -> None:
    text = "收入:            # 单位\r\n  其他:   5.540   # 注\r\n项目:\r\n  - {名称: a,  金额: 1.10}  # 流\r\n"
    node = entry(text, "项目", 0, "金额")
    assert text[: node.start] + "2.00" + text[node.end :] == text.replace("1.10", "2.00")


@pytest.mark.parametrize(
    ("text", "part", "line", "column"),
    [
        ("a: 全年{{ x }}个\n", "{{ x }}", 1, 6),
        ("a: 全年\n  开工{{ x }}个\n", "{{ x }}", 2, 5),
        ("a: 全年\n\n\n  开工{{ x }}个\n", "{{ x }}", 4, 5),
        ("a: |\n  全年\n  开工{{ x }}个\n", "{{ x }}", 3, 5),
        ("a: |\r\n  全年\r\n\r\n  开工{{ x }}个\r\n", "{{ x }}", 4, 5),
        ("a:\n  - |2-\n\n      全年\n    \n    开工{{ x }}个\n\nb: 1\n", "{{ x }}", 6, 7),
        ("a: |+ # 注\n    全年\n      深\n    开工{{ x }}个", "{{ x }}", 4, 7),
        ("a: >\n  全年\n  开工{{ x }}个\n\n  完\n", "{{ x }}", 3, 5),
        ("a: >-\n  全年\n  开工\n    深{{ x }}个\n  完\n", "{{ x }}", 4, 6),
        ("a: '全年''开''工{{ x }}个'\n", "{{ x }}", 1, 13),
        ('a: "全年\\"开\\u5de5\\n \\x41{{ x }}个"\n', "{{ x }}", 1, 23),
        ('a: "全年 \\\n   开工\n\n  又{{ x }}个"\n', "{{ x }}", 4, 4),
        ('a: "全年\\\n\n   开工{{ x }}个"\n', "{{ x }}", 3, 6),
    ],
)
def test_a_part_of_a_value_has_its_own_place(text: str, part: str, line: int, column: int) -> None:
    node = next(node for node in nodes(entry(text)) if isinstance(node.value, str) and part in node.value)
    start = str(node.value).index(part)
    span = within(node, start, start + len(part))
    assert span == Span("f.yaml", line, column, column + len(part))
    assert marked(text, span) == part
    assert within(node, start, start) == Span("f.yaml", line, column, column)


def test_a_part_over_two_lines_ends_nowhere() -> None:
    text = "a: |\n  全年\n  开工\n"
    assert within(entry(text, "a"), 1, 4) == Span("f.yaml", 2, 4, 0)


def test_a_part_that_is_not_there_has_the_place_of_the_whole() -> None:
    text = "a: {b: 1, c: 甲}\n"
    assert within(entry(text, "a"), 0, 1) == entry(text, "a").span
    node = entry(text, "a", "c")
    assert within(node, 1, 1) == within(node, 0, 2) == within(node, -1, 1) == node.span


# Bad input ends within its limits; the child that reads it has no more than these.

CHILD = """
    import sys
    from pathlib import Path
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_CPU, (2, 2))
        resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))
    except ImportError:  # no such limits here
        pass
    from reportgen import files, source
    path = Path(sys.argv[1])
    data, found = files.read(path, source.LIMIT)
    if data is not None:
        text, found = source.decode(data, str(path))
        if text is not None:
            found = source.parse(text, str(path))[1]
    print(*(one.rule.code for one in found[:3]))
"""
BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 11))
MEGABYTES = 8 << 20
BAD: list[tuple[str, bytes, str]] = [
    ("empty", b"", "S109"),
    ("binary", bytes(range(256)) * 1000, "S012"),
    ("GBK", ("单位: 砂田镇\n" * 100_000).encode("gbk"), "S010"),
    ("50 MB", b"a: 1\n" * (10 << 20), "S004"),
    ("2000 deep in brackets", b"a: " + b"[" * 2000 + b"]" * 2000, "S117"),
    ("2000 deep in blocks", "".join(f"{' ' * n}a:\n" for n in range(2000)).encode(), "S117"),
    ("an alias bomb", BOMB.encode(), "S103 S103 S103"),
    ("nothing but open brackets", b"[" * MEGABYTES, "S117"),
    ("nothing but question marks", b"? " * (MEGABYTES // 2), "S117"),
    ("nothing but dashes", b"- " * (MEGABYTES // 2), "S117"),
    ("one line of references", b"a: [" + b"*a, " * (MEGABYTES // 4 - 2) + b"]", "S118 S103 S103"),
    ("one line of types", b"a: [" + b"!a b, " * (MEGABYTES // 6 - 2) + b"]", "S118 S107 S107"),
    ("the same name over and over", b"a:\n" * 90_000, "S102 S102 S102"),
    ("values without end", b"a: [" + b"1," * (MEGABYTES // 2 - 4) + b"]", "S118"),
    ("one long text", b'a: "' + b"x" * (MEGABYTES - 4), "S114"),
    ("one long line", "：".encode() * (MEGABYTES // 3), "S110"),
    ("control characters", b"\x01\n" * (MEGABYTES // 2), "S113 S113 S113"),
]


@pytest.mark.parametrize(("data", "expected"), [pytest.param(*row[1:], id=row[0]) for row in BAD])
def test_bad_input_ends_within_two_seconds_and_300_megabytes(tmp_path: Path, data: bytes, expected: str) -> None:
    path = tmp_path / "坏.yaml"
    path.write_bytes(data)
    command = [sys.executable, "-c", textwrap.dedent(CHILD), str(path)]
    done = subprocess.run(command, cwd=TESTS.parent, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, expected, "")


# Whatever is read.

PIECES = st.sampled_from(
    [
        *"\n \t:-?[]{},#&*!|>'\"%@`\\~<=.0aé镇：，　\r\x07\ufeff\u2028",
        "\r\n",
        ": ",
        "- ",
        "\n  ",
        "{{ x }}",
        "{% x %}",
        "---\n",
        "...\n",
        "<<",
        "|\n  ",
    ],
)
TEXT = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60))


@given(st.one_of(st.binary(max_size=60), TEXT.map(lambda text: text.encode("utf-8", "surrogatepass"))))
@example("联通".encode("gbk"))
def test_no_bytes_make_decode_fail(data: bytes) -> None:
    text, found = decode(data, "f.yaml")
    assert (text is None) == bool(found)


@given(TEXT, st.sampled_from(["mapping", "list"]))
@example("[?", "list")
@example("? :-", "mapping")
def test_no_text_makes_parse_fail_and_every_place_is_in_the_file(text: str, top: str) -> None:
    node, found = parse(text, "f.yaml", top)  # type: ignore[arg-type]  # sampled as text
    assert node is not None or found
    spans = [one.span for one in found] + [label.span for one in found for label in one.related]
    spans += [one.span for one in nodes(node)] if node else []
    lines = text.split("\n")
    for span in spans:
        if span == Span("f.yaml"):
            continue
        assert 1 <= span.line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert span.end_column == 0 or span.column <= span.end_column <= len(lines[span.line - 1]) + 1


@given(TEXT)
def test_what_is_read_is_what_yaml_reads(text: str) -> None:
    node, found = parse(text, "f.yaml")
    if node is not None and not found:
        assert plain(node) == yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 — the base loader builds only text, lists and mappings


@given(TEXT, st.data())
def test_every_part_of_a_value_is_found_in_the_file(text: str, data: st.DataObject) -> None:
    node, _ = parse(text, "f.yaml")
    for one in nodes(node) if node else []:
        if isinstance(one.value, str):
            start = data.draw(st.integers(0, len(one.value)))
            end = data.draw(st.integers(start, len(one.value)))
            span = within(one, start, end)
            assert 1 <= span.line <= text.count("\n") + 1
            part = one.value[start:end]
            if part.isalnum() and span != one.span and "\\" not in text:
                assert marked(text, span) == part


def test_a_long_text_is_looked_through_once_for_all_its_places(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    whole = places._block  # noqa: SLF001 — to be counted

    def block(raw: str, value: str) -> list[int]:
        looked.append(raw)
        return whole(raw, value)

    monkeypatch.setattr(places, "_block", block)
    node = entry("文: |\n  甲乙\n  丙丁\n", "文")
    spans = [within(node, at, at + 1) for at in (0, 1, 3, 4)]
    assert [(span.line, span.column) for span in spans] == [(2, 3), (2, 4), (3, 3), (3, 4)]
    assert len(looked) == 1

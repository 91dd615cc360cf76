"""Whatever is written in a tag, whatever the facts hold: a text, a value or diagnostics, never another exception."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportgen import language, source
from reportgen.diagnostics import Span
from reportgen.facts import Gap, Number
from reportgen.language import FILTERS, FUNCTIONS, Failed, Log, Tag, Text
from reportgen.language.statements import Output
from tests import tags

if TYPE_CHECKING:
    from reportgen.facts import Value
    from reportgen.language import Piece

NAMES: Final = ("甲", "乙", "丙", "组", "组.深", "组.深.深", "列", "列[0]", "列[1].甲", "无", "loop", "loop.index", "x")
WORDS: Final = (
    *NAMES,
    "and",
    "or",
    "not",
    "in",
    "is",
    "defined",
    "if",
    "else",
    "true",
    "none",
    "for",
    "有",
    "_x",
    "set",
)
SIGNS: Final = (
    *"+-*/%~|.,()[]{}<>=!'\"“”‘’（），：．｜％×÷≤≥≠　 \n\\@#&^?;:",
    "==",
    "!=",
    "**",
    "//",
    "{{",
    "}}",
    "{%",
    "%}",
)
LITERALS: Final = ("0", "1", "0.5", "10%", "-3", "'文'", "“字”", "''", "9" * 60, "0.00000000001", "true")
ODD: Final = ("1e9", "0x1", "007", "1_0", ".5", "2.")

FACTS: Final[dict[str, Value]] = {
    "甲": Number("2032.55", 2),
    "乙": Number("5.54", 2),
    "真": True,
    "文": "文字",
    "列": [Number(1)],
    "组": {"子": Number(3)},
    "项": [{"名": "供水"}],
}


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("", "T501"),
        ("甲 乙", "T501"),
        ("甲 +", "T501"),
        ("(甲", "T501"),
        ("甲 | 金额(", "T501"),
        ("甲 or or", "T501"),
        ("甲 and in", "T501"),
        ("if", "T501"),
        ("not", "T501"),
        ("is", "T501"),
        ("else", "T501"),
        ("@", "T501"),
        ("1e5", "T501"),
        ("0x10", "T501"),
        ("1_000", "T501"),
        ("007", "T501"),
        ("1٣", "T501"),
        ("甲 }} {% import os %}", "T501"),
        ("甲 | 无此", "T503"),
        ("甲 | upper", "T503"),
        ("甲 | 金额.x", "T503"),
        ("none", "T504"),
        ("None", "T504"),
        ("甲 if 真", "T504"),
        ("甲 ** 2", "T504"),
        ("甲 // 2", "T504"),
        ("甲 % 乙", "T504"),
        ("+甲", "T504"),
        ("(1, 2)", "T504"),
        ("{'a': 1}", "T504"),
        ("列[0:1]", "T504"),
        ("列[甲]", "T504"),
        ("甲()", "T150"),
        ("range(9)", "T150"),
        ("金额(甲)", "T151"),
        ("甲 | 有", "T151"),
        ("甲 | 同比(乙)", "T151"),
        ("同比()", "T510"),
        ("同比(甲, 乙, 2, 3)", "T510"),
        ("同比(*列)", "T504"),
        ("组.子(1)", "T504"),
        ("有()", "T510"),
        ("有(甲, 乙)", "T510"),
        ("有(x=甲)", "T504"),
        ("有(*列)", "T504"),
        ("甲 | 金额(小数=1)", "T504"),
        ("甲 | 金额(*列)", "T504"),
        ("甲 is odd", "T504"),
        ("甲 is defined(1)", "T504"),
        ("甲 is in 列", "T504"),
        ("().__class__", "T504"),
        ("'' ~ [].append(1)", "T504"),
        ("甲 | 金额(1, 2)", "T510"),
        ("项 | 取", "T510"),
        ("甲 | 默认", "T510"),
        ("甲 | 数值(1)", "T510"),
        ("(" * 21 + "1" + ")" * 21, "T506"),
        ("[" * 21 + "]" * 21, "T506"),
        ("not " * 990 + "1", "T506"),
        ("-" * 3900 + "1", "T506"),
        ("1 if 1 else " * 300 + "1", "T506"),
        ("1+" * 101 + "1", "T506"),
        ("9" * 4001, "T506"),
    ],
)
def test_what_is_outside_the_language_cannot_be_written(expression: str, code: str) -> None:
    _, found = language.formula(expression, Span("t", 1))
    assert [one.rule.code for one in found] == [code]
    condition = [Tag("{%", f"if {expression}", Span("t", 1)), Tag("{%", "endif", Span("t", 1))]
    assert [one.rule.code for one in language.parse(condition)[1]] == [code]


@pytest.mark.parametrize(
    "expression",
    [
        "cycler.__init__.__globals__.os.popen('id').read()",
        "''.__class__.__mro__[1].__subclasses__()",
        "文.__class__.__base__",
        "文|attr('__class__')",
        "文['__class__']['__mro__']",
        "项.__init__.__globals__",
        "loop.__class__",
        "文.format('{0.__class__}')",
        "'%s' % 文",
        "lipsum.__globals__",
        "environment",
        "context",
        "_note",
        "resolve",
        "l_0_甲",
    ],
)
def test_trap_no_python_through_globals(expression: str) -> None:
    template = "{% for x in 项 %}{{ " + expression + " }}{% endfor %}"
    assert {code for _, code in tags.wrong(template, FACTS)} <= {"T503", "T504", "T507"} != set()


def test_trap_string_multiplication_is_not_there() -> None:
    assert tags.wrong("{{ 'x' * 200000000 }}{{ [1] * 9 }}{{ '%9d' % 1 }}", FACTS) == [
        (3, "T504"),
        (1, "T517"),
        (2, "T517"),
    ]


def test_trap_map_attribute_gives_no_silent_undefined() -> None:
    assert tags.wrong("{{ 项 | map(attribute='无') }}{{ 项 | 取('无') | 顿号 }}", FACTS) == [(1, "T504"), (2, "T511")]


facts: st.SearchStrategy[Value] = st.recursive(
    st.one_of(
        st.sampled_from(
            [Gap("缺"), Gap("缺.深", reported=True), True, False, "", "文", "12", "是", dt.date(2021, 12, 31)]
        ),
        st.builds(Number, st.decimals(allow_nan=False, allow_infinity=False, places=4), st.sampled_from([None, 0, 2])),
        st.builds(Number, st.sampled_from([0, 1, -1, "1E+40", "1E-40", "1E+20000"]), st.just(2), st.just("%")),
        st.text(max_size=5),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("甲乙深"), inner, max_size=3),
    max_leaves=6,
)
values: st.SearchStrategy[dict[str, Value]] = st.dictionaries(st.sampled_from(["甲", "乙", "丙", "组", "列"]), facts)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.sampled_from(["+", "-", "*", "/", "~", "==", "!=", "<", "<=", ">", ">=", "and", "or", "in"])
    filters = st.sampled_from(sorted(FILTERS))
    return st.one_of(
        st.builds("{} {} {}".format, inner, joined, inner),
        st.builds("({})".format, inner),
        st.builds("-{}".format, inner),
        st.builds("(not {})".format, inner),
        st.builds("{} | {}".format, inner, filters),
        st.builds("({}) | {}({})".format, inner, filters, inner),
        st.builds("({}) | {}({}, {})".format, inner, filters, inner, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{} if ({}) else {}".format, inner, inner, inner),
        st.builds("有({})".format, inner),
        st.builds("{}({}, {})".format, st.sampled_from(sorted(FUNCTIONS)), inner, inner),
        st.builds("({}).深".format, inner),
        st.builds("({})[0]".format, inner),
        st.builds("(({}) is defined)".format, inner),
    )


expressions = st.recursive(st.sampled_from([*NAMES, *LITERALS]), _larger, max_leaves=8)
scraps = st.lists(st.sampled_from([*WORDS, *SIGNS, *LITERALS, *ODD]) | st.text(max_size=3), max_size=12).map("".join)
bodies = st.one_of(expressions, scraps, st.text(max_size=30))
statements = st.builds(
    "{}{}".format,
    st.sampled_from(
        ["if ", "elif ", "else", "endif", "for x in ", "for ", "endfor", "set x = ", "set ", "", "raw", "block "]
    ),
    bodies,
)


def printed(program: language.Program, facts: dict[str, Value], log: Log | None) -> str | None:
    try:
        return language.strip(program.text("t", facts, log))[0] if log else program.text("t", facts)
    except Failed as failed:
        tags.said([failed.diagnostic])
        return None


def run(pieces: list[Piece], facts: dict[str, Value]) -> str | None:
    """Read and run in every way; give what is printed, or nothing where something is wrong."""
    read, found = language.parse(pieces)
    assert all(one.span.line for one in found), tags.said(found)
    tags.said(language.check(read, [language.shape(facts).fields]))
    program = language.compile({"t": read})
    faults = program.faults("t", facts)
    tags.said([*found, *faults])
    text = printed(program, facts, None)
    assert (text is None) is bool(faults)
    remembering = language.traced(facts)
    assert isinstance(remembering, dict)
    marked = printed(program, remembering, Log())
    assert marked == text
    return text


@given(bodies, values)
@example("1/3 ~ ''", {})
@example("甲 | 金额", {"甲": Number("1E+20000")})
@example("甲 * 甲", {"甲": Number("1E+600000")})
@example("甲 == ''", {"甲": "\U000f0000"})
def test_an_expression_gives_a_text_or_diagnostics(body: str, facts: dict[str, Value]) -> None:
    run([Text("前"), Tag("{{", body, Span("t", 1)), Text("后")], facts)


@given(bodies, values)
def test_a_formula_gives_a_value_or_a_diagnostic(body: str, facts: dict[str, Value]) -> None:
    read, found = language.formula(body, Span("t", 1))
    tags.said(found)
    if found:
        return
    program = language.compile({"t": read})
    try:
        value = program.value("t", facts)
    except Failed as failed:
        tags.said([failed.diagnostic])
        return
    assert isinstance(value, str | Decimal | bool | dt.date | list | dict | Gap)
    assert language.trace(value) == language.EMPTY


@given(st.lists(st.tuples(st.sampled_from(["{{", "{%"]), statements | bodies), max_size=8), values)
def test_a_template_gives_a_text_or_diagnostics(typed: list[tuple[str, str]], facts: dict[str, Value]) -> None:
    run([Tag(kind, body, Span("t", at)) for at, (kind, body) in enumerate(typed, 1)], facts)


@given(
    st.lists(
        st.sampled_from(
            [
                "if 甲",
                "if 乙 > 1",
                "elif 甲",
                "else",
                "endif",
                "for x in 列",
                "for 甲 in [乙, 1]",
                "endfor",
                "set x = 甲 ~ 1",
            ]
        )
        | st.just(""),
        max_size=14,
    ),
    values,
)
def test_blocks_in_any_order(typed: list[str], facts: dict[str, Value]) -> None:
    run(
        [
            Tag("{%", body, Span("t", at)) if body else Tag("{{", "x ~ 甲", Span("t", at))
            for at, body in enumerate(typed, 1)
        ],
        facts,
    )


def _wholly(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Make a larger expression of which every part is evaluated, whatever the others are."""
    joined = st.sampled_from(["+", "-", "*", "/", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in"])
    filters = st.sampled_from(sorted({*FILTERS} - {"默认", "default"}))
    functions = st.sampled_from(sorted(FUNCTIONS))
    return st.one_of(
        st.builds("({} {} {})".format, inner, joined, inner),
        st.builds("(-{})".format, inner),
        st.builds("(not {})".format, inner),
        st.builds("({} | {})".format, inner, filters),
        st.builds("({} | {}({}))".format, inner, filters, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{}({}, {})".format, functions, inner, inner),
        st.builds("{}[0]".format, inner),
        st.builds("{}.深".format, inner),
    )


UNITS: Final = ("", "%", "元", "万元", "人", "万元/人")
measured: st.SearchStrategy[Value] = st.builds(
    Number, st.decimals(-9, 999, places=2), st.just(2), st.sampled_from(UNITS)
)
known: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {"甲": facts, "乙": measured, "丙": measured, "组": facts, "列": st.lists(measured, max_size=3)}
)
OPERANDS: Final = ("甲", "乙", "丙", "乙", "丙", "组", "列", "列[0]", "'文'", "'是'", "2", "10%", "true", "'%'", "'元'")
LUCK: Final = {"T144", "T152", "T502"}


@given(st.recursive(st.sampled_from(OPERANDS), _wholly, max_leaves=6), known)
def test_what_is_refused_before_the_run_fails_in_the_run(body: str, facts: dict[str, Value]) -> None:
    """Nothing is refused for its kinds or its units that would have worked, with whatever facts."""
    read, unread = language.parse([Tag("{{", body, Span("t", 1))])
    found = language.check(read, [language.shape(facts).fields])
    if not unread and found and not {one.rule.code for one in found} & LUCK:
        assert language.compile({"t": read}).faults("t", facts) != [], tags.said(found)


@given(expressions)
def test_what_the_grammar_builds_can_be_read_unless_a_filter_gets_too_much(body: str) -> None:
    _, found = language.formula(body, Span("t", 1))
    assert {one.rule.code for one in found} <= {"T510"}


PROSE: Final = (
    "在{{ 列 | 顿号 }}，收入{{ 甲 | 金额(1) }}万元，{{ '增' if 甲 > 乙 else '降' }}。\n\n其余{{ 文 ~ “（{{甲}}）” }}",
    "比上年{{ 同比(甲, 乙) }}，{{ 项 | 均('是') }}完成；占{{ (乙 / 甲) | 百分比 }}。\n{# 注 #}👍第二行{{ 有(无) }}",
)
CUTS: Final = st.tuples(
    st.integers(0, 90), st.integers(0, 9), st.sampled_from([*SIGNS, *WORDS, "", "\n", "\u2029", "👍"])
)


def changed(text: str, cuts: list[tuple[int, int, str]]) -> str:
    """Replace stretches of a text."""
    for start, length, put in cuts:
        text = text[:start] + put + text[start + length :]
    return text


prose = st.builds(changed, st.sampled_from(PROSE), st.lists(CUTS, max_size=4)) | st.text(max_size=60)


@given(prose, values)
def test_prose_gives_a_text_or_findings_that_lie_in_its_file(text: str, facts: dict[str, Value]) -> None:
    lines = text.splitlines() or [""]
    file = "前: 1\n正文: |\n" + "".join(f"  {line}\n" for line in lines)
    root, unread = source.parse(file, "f.yaml")
    if unread or root is None or not isinstance(root.value, dict) or "正文" not in root.value:
        return
    statements, found = language.prose(root.value["正文"].node)
    program = language.compile({"t": statements})
    faults = program.faults("t", facts)
    found = [*found, *language.check(statements, [language.shape(facts).fields]), *faults]
    tags.said(found)
    tagged = [one.tag.span for one in statements if isinstance(one, Output)]
    longest = [len(line) + 1 for line in file.split("\n")]
    for span in [*(one.span for one in found), *tagged]:
        assert span.path == "f.yaml"
        assert 2 <= span.line <= len(longest)
        assert 1 <= span.column <= longest[span.line - 1]
    assert (printed(program, facts, None) is None) is bool(faults)

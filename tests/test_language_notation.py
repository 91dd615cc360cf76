"""What is typed in a tag: full-width signs, quotes of every kind, percentages; and where tags begin and end."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.language import Typed, Unclosed, pieces
from reportgen.language.notation import normalise
from tests import tags


def cut(text: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in pieces(text)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("收入．合计 ｜ 金额（１，“x”）", '收入.合计 | 金额(1,"x")'),
        ("ａ×ｂ÷ｃ−１＋２", "a*b/c-1+2"),
        ("甲≤乙　and 丙≥丁 or 戊≠己", "甲<=乙 and 丙>=丁 or 戊!=己"),
        ("［1，2］【0】", "[1,2][0]"),
        ("10%", "0.10"),
        ("0.5%＋１２．５％", "0.005+0.125"),
        ("100 % - 200%", "1.00 - 2.00"),
        ("达10%", "达10%"),
        ("a.5%", "a.5%"),
        ("甲\u00a0+\u00a0乙", "甲 + 乙"),
    ],
)
def test_full_width_signs_and_percentages_are_read_as_ascii(typed: str, read: str) -> None:
    assert normalise(typed) == read


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("'“三公”经费'", "“三公”经费"),
        ("“三公经费”", "三公经费"),
        ("““无””", "“无”"),
        ("‘‘无’’", "‘无’"),
        ("＂无＂ ~ ＇有＇", "无有"),
        ("'100％（全部）：１'", "100％（全部）：１"),
        ("'%} }} {{ {% #}'", "%} }} {{ {% #}"),
        (r"'\n\\'", r"\n\\"),
        ("'甲\n乙\r丙'", "甲\n乙\r丙"),
        ("'\"'", '"'),
    ],
)
def test_trap_curly_quotes_inside_a_literal_stay(typed: str, printed: str) -> None:
    assert tags.plain(f"{{{{ {typed} }}}}", {}) == printed


@given(st.text().filter(lambda text: '"' not in text))
def test_a_literal_prints_what_it_holds(text: str) -> None:
    assert tags.value(f'"{text}"', {}) == text


def test_trap_full_width_braces_are_tags() -> None:
    assert cut("甲｛｛ 乙 ｝｝丙｛％ if x ％｝{＃ y #}") == [
        ("", "甲"),
        ("{{", " 乙 "),
        ("", "丙"),
        ("{%", " if x "),
        ("{#", " y "),
    ]


def test_trap_percent_and_brace_inside_a_tag() -> None:
    assert tags.plain("{% if 率 == '100%' %}全{% elif 率 == '}}' %}括{% endif %}", {"率": "100%"}) == "全"
    assert cut("{% if x == '%}' %}") == [("{%", " if x == '%}' ")]


def test_a_comment_ends_at_its_sign_even_after_an_apostrophe() -> None:
    assert cut("{# don't #}甲") == [("{#", " don't "), ("", "甲")]


def test_pieces_know_where_they_stand() -> None:
    assert list(pieces("甲{{ 乙 }}")) == [Typed("", "甲", 0, 1), Typed("{{", " 乙 ", 1, 8)]


@pytest.mark.parametrize("text", ["甲{{ 乙", "甲{{ '乙 }}", "甲{% 乙 }}", "甲{{ {{ 乙 }}", "甲{# 乙", "甲{{ “乙 }}"])
def test_a_tag_that_does_not_end_is_found_where_it_begins(text: str) -> None:
    with pytest.raises(Unclosed) as raised:
        cut(text)
    assert raised.value.start == 1


@given(st.text(alphabet="{}%#'\"“”甲 \n｛｝％"))
def test_pieces_lose_nothing_before_a_tag_that_does_not_end(text: str) -> None:
    found: list[Typed] = []
    rest = len(text)
    try:
        for piece in pieces(text):
            found.append(piece)  # noqa: PERF402 — an exception keeps what came before it
    except Unclosed as unclosed:
        rest = unclosed.start
    assert "".join(text[piece.start : piece.end] for piece in found) == text[:rest]
    assert all(piece.text in text[piece.start : piece.end] for piece in found)


def test_trap_float_literals_are_decimals() -> None:
    assert tags.value("0.1 + 0.2", {}) == Decimal("0.3")
    assert tags.value("0.1 + 0.2 == 0.3", {}) is True
    assert tags.value("1.10", {}) == Decimal("1.10")

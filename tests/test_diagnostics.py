"""Findings as people and machines read them: excerpts, escapes, order, and what each format promises."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportgen.facts
from reportgen.diagnostics import (
    FORMATS,
    RULES,
    Diagnostic,
    Label,
    Messages,
    Rule,
    Severity,
    Span,
    nearest,
    ordered,
    rule,
)

EN = Messages("en")
RULE = reportgen.facts.misnamed.UNKNOWN
ERROR = Rule("F901", "some-error", Severity.ERROR, "the form has no “{name}”", "write “{close}”")
PLAIN = Rule("F902", "some-warning", Severity.WARNING, "write it like {{值: 5}}", "")
HELD = Rule("F903", "some-note", Severity.NOTE, "{what} is here", "first\nsecond")
AT = Span("data/镇.yaml", 2, 3, 7)
SOURCES = {"data/镇.yaml": "年度: 2021\n  其它收入: 5.54\n\t中: \x1b[31m红\n"}


def text(*found: Diagnostic, sources: dict[str, str] | None = None) -> list[str]:
    return FORMATS["text"](found, EN, SOURCES if sources is None else sources).split("\n")


def test_a_finding_shows_its_line_with_marks_as_wide_as_the_signs() -> None:
    assert text(ERROR.at(AT, name="其它收入", close="其他收入")) == [
        "error[F901]: the form has no “其它收入”",
        "  --> data/镇.yaml:2:3",
        "   |",
        " 2 |   其它收入: 5.54",
        "   |   ^^^^^^^^",
        "   = help: write “其他收入”",
    ]


def test_a_tab_is_shown_as_spaces_and_nothing_commands_the_terminal() -> None:
    assert text(PLAIN.at(Span("data/镇.yaml", 3, 5, 10))) == [
        "warning[F902]: write it like {值: 5}",
        "  --> data/镇.yaml:3:5",
        "   |",
        " 3 |     中: \ufffd[31m红",
        "   |         ^^^^^^",
    ]


def test_marks_reach_to_the_end_of_the_line_when_the_end_is_not_known() -> None:
    assert text(PLAIN.at(Span("data/镇.yaml", 1, 5)))[-1] == "   |       ^^^^"


@pytest.mark.parametrize(("line", "mark"), [("e\u0301x", "   |  ^"), ("\u200bx", "   | ^"), ("𠮷x", "   |   ^")])
def test_marks_stand_under_what_they_mark(line: str, mark: str) -> None:
    column = len(line)
    assert text(PLAIN.at(Span("a", 1, column, column + 1)), sources={"a": line})[-1] == mark


def test_a_line_without_a_column_is_shown_without_marks() -> None:
    assert text(PLAIN.at(Span("data/镇.yaml", 1)))[1:] == ["  --> data/镇.yaml:1:0", "   |", " 1 | 年度: 2021", "   |"]


@pytest.mark.parametrize("column", [1, 50, 5_000_000, 8_000_000])
def test_a_long_line_is_cut_around_the_place(column: int) -> None:
    line = "甲" * (column - 1) + "乙" + "丙" * (8_000_001 - column)
    shown, marks = text(PLAIN.at(Span("a", 1, column, column + 1)), sources={"a": line})[3:]
    assert len(shown) < 160
    before = shown[5 : shown.index("乙")]
    assert len(marks) - len("   | ") - len("^^") == 2 * len(before.removeprefix("…")) + 2 * before.startswith("…")
    assert shown.startswith(" 1 | …") is (column > 61)
    assert shown.endswith("…") is (column < 8_000_000)


def test_marks_of_a_long_stretch_end_with_what_is_shown() -> None:
    marks = text(PLAIN.at(Span("a", 1, 1, 1001)), sources={"a": "x" * 1000})[-1]
    assert marks == "   | " + "^" * 140


def test_a_file_is_cut_into_lines_once() -> None:
    source = "甲: 1\n" * 100_000
    found = [PLAIN.at(Span("a", number, 1, 2)) for number in range(1, 101)]
    tracemalloc.start()
    FORMATS["text"](found[:1], EN, {"a": source})
    _, once = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    FORMATS["text"](found, EN, {"a": source})
    _, often = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert often < 1.5 * once


@pytest.mark.parametrize("span", [Span("a.yaml"), Span("a.yaml", 99, 1), Span("b.yaml", 1, 1)])
def test_a_place_that_cannot_be_shown_is_named(span: Span) -> None:
    assert text(PLAIN.at(span), sources={"a.yaml": "甲"})[1:] == [f"  --> {span}"]


def test_a_finding_without_a_place_has_no_place() -> None:
    assert text(PLAIN.at(Span())) == ["warning[F902]: write it like {值: 5}"]


def test_a_place_in_word_is_told_with_its_text() -> None:
    span = Span("report.docx", 112, part="正文", cell="表2 R3C1", quote="结转结余率={{ 值 }}" + "长" * 60)
    line = text(PLAIN.at(span))[1]
    assert line.startswith("  --> report.docx 正文 ¶112 表2 R3C1 “结转结余率={{ 值 }}长")
    assert line.endswith("长…”")
    assert str(Span("report.docx", part="页眉")) == "report.docx 页眉"
    assert text(PLAIN.at(Span("report.docx", part="页眉")))[1] == "  --> report.docx 页眉"


def test_related_places_follow_with_their_words() -> None:
    related = (
        Label(Span("data/镇.yaml", 1, 1, 3), "first given {how}", {"how": "here"}),
        Label(Span("x.docx", 1, part="正文"), "there"),
        Label(Span(), "nowhere"),
        Label(Span("y"), "elsewhere"),
    )
    lines = text(HELD.at(AT, related=related, what=Label(Span(), "a {size} list", {"size": "long"})))
    assert lines[0] == "note[F903]: a long list is here"
    assert lines[5:] == [
        "  --> data/镇.yaml:1:1",
        "   |",
        " 1 | 年度: 2021",
        "   | ^^^^ first given here",
        "  --> x.docx 正文 ¶1  there",
        "  nowhere",
        "  --> y  elsewhere",
        "   = help: first",
        "     second",
    ]


def test_all_places_of_a_finding_and_its_help_stand_at_one_bar() -> None:
    found = PLAIN.at(Span("a", 100, 1, 2), help="help", related=(Label(Span("a", 2, 1, 2)), Label(Span("b", 1))))
    lines = text(found, sources={"a": "甲\n" * 100})
    assert [line[:6] for line in lines[1:]] == [
        "   -->",
        "    |",
        "100 | ",
        "    | ",
        "   -->",
        "    |",
        "  2 | ",
        "    | ",
        "   -->",
        "    = ",
    ]


def test_values_cannot_break_the_layout() -> None:
    found = ERROR.at(AT, name="甲\n乙\x1b[2J", close="丙" * 10_000)
    assert text(found)[0] == "error[F901]: the form has no “甲 乙\ufffd[2J”"
    assert len(text(found)[-1]) < 700
    assert len(FORMATS["short"]([found], EN, {}).split("\n")) == 1


def test_short_gives_one_line_each() -> None:
    found = [ERROR.at(AT, name="甲", close="乙"), PLAIN.at(Span())]
    assert FORMATS["short"](found, EN, {}).split("\n") == [
        "data/镇.yaml:2:3: error[F901]: the form has no “甲”",
        "warning[F902]: write it like {值: 5}",
    ]


def test_json_says_everything() -> None:
    related = (Label(Span("b", 1, 2, 3), "first"),)
    word = Span("r.docx", 3, part="正文", cell="表1", quote="文")
    found = [ERROR.at(AT, related=related, name="甲", close="乙"), HELD.at(word, what="甲")]
    first, second = json.loads(FORMATS["json"](found, EN, {}))
    assert first == {
        "code": "F901",
        "name": "some-error",
        "severity": "error",
        "message": "the form has no “甲”",
        "help": "write “乙”",
        "place": {"path": "data/镇.yaml", "line": 2, "column": 3, "end_column": 7},
        "related": [{"message": "first", "place": {"path": "b", "line": 1, "column": 2, "end_column": 3}}],
    }
    assert second["place"] == {"path": "r.docx", "part": "正文", "paragraph": 3, "cell": "表1", "quote": "文"}


def test_github_commands_are_escaped() -> None:
    bad = Span("a,b:c%.yaml", 2, 3, 7)
    found = [ERROR.at(bad, name="5%\r\n", close="x"), PLAIN.at(AT), PLAIN.at(Span("a", 2)), PLAIN.at(Span())]
    assert FORMATS["github"](found, EN, {}).split("\n") == [
        "::error file=a%2Cb%3Ac%25.yaml,line=2,col=3,endColumn=7,title=F901::the form has no “5%25\ufffd ”%0Awrite “x”",
        "::warning file=data/镇.yaml,line=2,col=3,endColumn=7,title=F902::write it like {值: 5}",
        "::warning file=a,line=2,col=1,title=F902::write it like {值: 5}",
        "::warning title=F902::write it like {值: 5}",
    ]


def test_github_tells_a_place_in_word_in_words() -> None:
    found = HELD.at(Span("r.docx", 3, part="正文"), what="甲")
    assert FORMATS["github"]([found], EN, {}) == (
        "::notice file=r.docx,title=F903::r.docx 正文 ¶3: 甲 is here%0Afirst%0Asecond"
    )


def sarif(*found: Diagnostic) -> Any:  # noqa: ANN401 — a JSON document
    log = json.loads(FORMATS["sarif"](found, EN, {}))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["level"] in {"error", "warning", "note"}
        for location in [*result.get("locations", []), *result.get("relatedLocations", [])]:
            physical = location["physicalLocation"]
            assert physical["artifactLocation"]["uri"].isascii()
            assert all(number >= 1 for number in physical.get("region", {}).values())
    return run


@pytest.fixture
def own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in (ERROR, PLAIN, HELD):
        monkeypatch.setitem(RULES, one.code, one)


@pytest.mark.usefixtures("own_rules")
def test_sarif_holds_what_its_schema_asks_for() -> None:
    related = (Label(Span("b c", 1, 2), "first"), Label(Span("d"), ""), Label(Span(), "nowhere"))
    run = sarif(ERROR.at(AT, related=related, name="甲", close="乙"), PLAIN.at(Span()), PLAIN.at(Span("a")))
    assert [one["id"] for one in run["tool"]["driver"]["rules"]] == ["F901", "F902"]
    first, without, whole = run["results"]
    [place] = first["locations"]
    assert unquote(place["physicalLocation"]["artifactLocation"]["uri"]) == "data/镇.yaml"
    assert place["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 3, "endColumn": 7}
    assert first["relatedLocations"][0]["message"] == {"text": "first"}
    assert first["relatedLocations"][1] == {"physicalLocation": {"artifactLocation": {"uri": "d"}}}
    assert len(first["relatedLocations"]) == 2
    assert "locations" not in without
    assert "region" not in whole["locations"][0]["physicalLocation"]


@pytest.mark.usefixtures("own_rules")
def test_sarif_names_a_place_in_word() -> None:
    [result] = sarif(HELD.at(Span("r.docx", 3, part="正文"), what="甲"))["results"]
    assert result["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": "r.docx"}},
            "logicalLocations": [{"fullyQualifiedName": "正文 ¶3"}],
        }
    ]


@pytest.mark.usefixtures("own_rules")
@given(st.text(st.characters(exclude_characters="\0"), min_size=1))
def test_sarif_places_are_references(path: str) -> None:
    run = sarif(HELD.at(Span(path, 1, 1), what="甲"))
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert urlsplit(uri).scheme in {"", "file"}


def test_findings_are_sorted_by_place_and_said_once() -> None:
    one, two = ERROR.at(AT, name="甲", close="乙"), ERROR.at(AT, name="丙", close="乙")
    first = PLAIN.at(Span("a", 1, 1))
    last = PLAIN.at(Span("data/镇.yaml", 10, 1))
    assert ordered([last, one, two, first, one]) == [first, two, one, last]


def test_a_finding_may_carry_its_own_severity() -> None:
    found = PLAIN.at(AT).as_severe_as(Severity.ERROR)
    assert text(found)[0].startswith("error[F902]")


@pytest.mark.parametrize(("code", "name"), [(RULE.code, "taken"), ("Z100", "no-stage")])
def test_a_rule_has_a_code_of_its_own_and_a_stage(code: str, name: str) -> None:
    with pytest.raises(ValueError, match=code):
        rule(code, name, Severity.ERROR, "message")


@pytest.mark.parametrize(
    ("name", "near"),
    [("其它收入", "其他收入"), ("收入", "其他收入"), ("支出", ""), ("其它收入" * 100_000, "")],
)
def test_the_nearest_name_is_found(name: str, near: str) -> None:
    assert nearest(name, ["年度", "其他收入"]) == near


@given(
    st.text(),
    st.text(),
    st.builds(Span, st.sampled_from(["a", "b\x1b[1m"]), st.integers(0, 5), st.integers(0, 50), st.integers(0, 60)),
    st.sampled_from(list(FORMATS)),
)
def test_no_place_and_no_value_makes_an_output_fail(source: str, value: str, place: Span, form: str) -> None:
    found = RULE.at(place, name=value)
    out = FORMATS[form]([found], EN, {"a": source, "b\x1b[1m": source})
    assert value or out
    assert "\x1b" not in out

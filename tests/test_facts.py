"""Facts: the values that are bound, exactly; and that no file can make the binding fail."""

from __future__ import annotations

import datetime as dt
import random
import re
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import formats, language, schema, source
from reportgen.diagnostics import Diagnostic, Label, Span, ordered
from reportgen.facts import INVENTED, Facts, Gap, Number, bind, bind_list
from reportgen.schema import Field, Kind, group, listing, optional
from tests import tags

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SHATIAN = (ROOT / "data" / "shatian-2021.yaml").read_text("utf-8")
MEIZHOU = (ROOT / "templates" / "meizhou-self-evaluation" / "2021.1" / "schema.yaml").read_text("utf-8")
FIGURES = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**30), max_value=10**30)


def bound(text: str, form: Field) -> tuple[Any, list[Diagnostic]]:
    root, _ = source.parse(text, "facts.yaml")
    assert root
    facts, found = bind(root, form)
    return facts, found


def one(typed: str, form: Field) -> Any:  # noqa: ANN401 — any fact
    """Bind one value, which must be right."""
    facts, found = bound(f"甲: {typed}\n", group({"甲": form}))
    assert found == []
    return facts.values["甲"]


def open_value(typed: str) -> Any:  # noqa: ANN401 — any fact
    return one(f"{{乙: {typed}}}" if "\n" not in typed else f"\n  乙: {typed}", Field(Kind.OPEN))["乙"]


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("2032.55", "万元", "2032.55"),
        ("2032.55 万元", "万元", "2032.55"),
        ("55400 元", "万元", "5.54"),
        ("55400元", "万元", "5.54"),
        ("1.2 亿元", "万元", "12000"),
        ("5千元", "元", "5000"),
        ("12.5 公里", "米", "12500"),
        ("3 公顷", "平方米", "30000"),
        ("2 吨", "公斤", "2000"),
        ("1.2 万人", "人", "12000"),
        ("3 亩", "平方米", "2000"),
        ("15 平方公里", "万亩", "2.25"),
        ("500 斤", "吨", "0.25"),
        ("30 天", "日", "30"),
        ("5.2个百分点", "百分点", "5.2"),
        ("84.73%", "%", "0.8473"),
        ("84.73 ％", "%", "0.8473"),
        ("1104 人", "人", "1104"),
        ("-0.5", "", "-0.5"),
        ("+7", "", "7"),
        ("69.8%", "", "0.698"),
        ("2021年", "", "2021"),
        ('"5"', "", "5"),
        ("1" * 40, "", "1" * 40),
    ],
)
def test_numbers_are_exact_in_the_unit_of_the_form(typed: str, unit: str, value: str) -> None:
    number = one(typed, Field(Kind.NUMBER, unit=unit))
    assert number == Decimal(value)
    assert isinstance(number, Number)


@pytest.mark.parametrize(
    ("typed", "form", "unit", "decimals"),
    [
        ("55400 元", Field(Kind.NUMBER, unit="万元", decimals=2), "万元", 2),
        ("5.50", Field(Kind.NUMBER), "", None),
        ("69.80%", Field(Kind.NUMBER), "%", 2),
        ("69.8%", Field(Kind.NUMBER, unit="%", decimals=2), "%", 2),
        ("2021年", Field(Kind.NUMBER), "年", None),
    ],
)
def test_numbers_keep_their_unit_and_the_decimals_they_are_printed_with(
    typed: str, form: Field, unit: str, decimals: int | None
) -> None:
    number = one(typed, form)
    assert (number.unit, number.decimals) == (unit, decimals)


@pytest.mark.parametrize(
    ("typed", "form", "low", "high"),
    [
        ("2032.55", Field(Kind.NUMBER, unit="万元", decimals=2), "2032.545", "2032.555"),
        ("756", Field(Kind.NUMBER, unit="万元", decimals=2), "755.995", "756.005"),
        ("756", Field(Kind.NUMBER, unit="万元"), "755.5", "756.5"),
        ("20325512.34 元", Field(Kind.NUMBER, unit="万元", decimals=2), "2032.5512335", "2032.5512345"),
        ("84.73%", Field(Kind.NUMBER, unit="%", decimals=2), "0.84725", "0.84735"),
        ("90%", Field(Kind.NUMBER, unit="%", decimals=2), "0.89995", "0.90005"),
        ("84.7%", Field(Kind.NUMBER), "0.8465", "0.8475"),
        ("1104 人", Field(Kind.NUMBER, unit="人", decimals=0), "1104", "1104"),
        ("1.2 万人", Field(Kind.NUMBER, unit="人", decimals=0), "11500", "12500"),
        ("2021", Field(Kind.NUMBER), "2021", "2021"),
        ("0.5", Field(Kind.NUMBER), "0.45", "0.55"),
        ("-3.1", Field(Kind.NUMBER), "-3.15", "-3.05"),
        ("30 天", Field(Kind.NUMBER, unit="日"), "30", "30"),
        ("9" * 40, Field(Kind.NUMBER, unit="元"), f"{'9' * 39}8.5", f"{'9' * 40}.5"),
    ],
)
def test_a_number_knows_what_rounding_makes_it_of(typed: str, form: Field, low: str, high: str) -> None:
    with localcontext() as context:
        context.prec = 1
        assert one(typed, form).interval == (Decimal(low), Decimal(high))


def test_the_interval_of_a_conversion_without_end_is_not_too_narrow() -> None:
    low, high = one("3 亩", Field(Kind.NUMBER, unit="平方米")).interval
    assert 0 < Fraction(5000, 3) - Fraction(low) < Fraction(1, 10**30)
    assert 0 < Fraction(high) - Fraction(7000, 3) < Fraction(1, 10**30)


@pytest.mark.parametrize("precision", [1, 28])
def test_conversion_does_not_heed_the_precision_of_the_caller(precision: int) -> None:
    figure = "1234567890123456789012345678901234567.123"
    with localcontext() as context:
        context.prec = precision
        value = one(f"{figure} 元", Field(Kind.NUMBER, unit="亿元"))
    assert value.as_tuple().digits == tuple(map(int, figure.replace(".", "")))


@given(FIGURES, st.sampled_from(["元", "千元", "万元", "亿元"]), st.sampled_from(["元", "千元", "万元", "亿元"]))
def test_conversion_is_exact_there_and_back(figure: Decimal, unit: str, wanted: str) -> None:
    there = one(f"{figure:f} {unit}", Field(Kind.NUMBER, unit=wanted))
    back = one(f"{there:f} {wanted}", Field(Kind.NUMBER, unit=unit))
    assert back == figure


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", Decimal(12)),
        ("42 公里", Decimal(42)),
        ("154.72 亩", Decimal("154.72")),
        ("154.72亩", Decimal("154.72")),
        ("69.8%", Decimal("0.698")),
        ("69.8 %", Decimal("0.698")),
        ("5 元/亩", Decimal(5)),
        ("5 km", Decimal(5)),
        ("2021-12-31", dt.date(2021, 12, 31)),
        ("2021年12月31日", dt.date(2021, 12, 31)),
        ("2021.12.31", dt.date(2021, 12, 31)),
        ("是", True),
        ("否", False),
        ("茜坑村", "茜坑村"),
        ('"12"', "12"),
        ('"是"', "是"),
        ('""', ""),
        ("0123", "0123"),
        ("0753-6320303", "0753-6320303"),
        ("12:30", "12:30"),
        ("1e3", "1e3"),
        ("5G基站", "5G基站"),
        ("60多人", "60多人"),
        ("3至5人", "3至5人"),
        ("2021年底", "2021年底"),
        ("2021年12月", "2021年12月"),
        ("40×60", "40×60"),
        ("12,34", "12,34"),
        ("九成", "九成"),
        ("十二", "十二"),
        ("5-10人", "5-10人"),
        ("第3名", "第3名"),
        ("2022/6/24", dt.date(2022, 6, 24)),
        ("２０２２年６月２４日", dt.date(2022, 6, 24)),
        ("约 60 亩", Decimal(60)),
        ("大约60亩", Decimal(60)),
        ("约", "约"),
        ("no", "no"),
    ],
)
def test_open_data_becomes_what_its_text_shows_and_loses_nothing(typed: str, value: object) -> None:
    got = open_value(typed if "," not in typed else f"\n    {typed}")
    assert got == value
    assert isinstance(got, bool) is isinstance(value, bool)


READ_AS = [
    # typed, form, value, unit, what it is read as
    ("2,032.55", Field(Kind.NUMBER, unit="万元", decimals=2), "2032.55", "万元", "2032.55"),
    ("2，032.55 万元", Field(Kind.NUMBER, unit="万元", decimals=2), "2032.55", "万元", "2032.55 万元"),
    ("５.５４", Field(Kind.NUMBER), "5.54", "", "5.54"),
    ("−5", Field(Kind.NUMBER), "-5", "", "-5"),
    ("1,234人", Field(Kind.NUMBER, unit="人"), "1234", "人", "1234 人"),
    ("三", Field(Kind.NUMBER), "3", "", "3"),
    ("十二万人", Field(Kind.NUMBER, unit="人"), "120000", "人", "12 万人"),
    ("壹拾贰万元整", Field(Kind.NUMBER, unit="万元", decimals=2), "12", "万元", "120000 元"),
    ("九成", Field(Kind.NUMBER, unit="%", decimals=0), "0.9", "%", "9 成"),
    ("九成五", Field(Kind.NUMBER), "0.95", "%", "9.5 成"),
    ("百分之九十", Field(Kind.NUMBER, unit="%"), "0.9", "%", "90%"),
    ("千分之三", Field(Kind.NUMBER), "0.003", "%", "3 ‰"),
    ("0.8473", Field(Kind.NUMBER, unit="%", decimals=2), "0.8473", "%", "84.73%"),
    ("84.73", Field(Kind.NUMBER, unit="%", decimals=2), "0.8473", "%", "84.73%"),
    ("1.2", Field(Kind.NUMBER, unit="%", maximum=Decimal(1)), "0.012", "%", "1.2%"),
    ("0.85", Field(Kind.NUMBER, unit="%", minimum=Decimal("0.1")), "0.85", "%", "85%"),
    ("大约三百", Field(Kind.NUMBER), "300", "", "大约300"),
]


@pytest.mark.parametrize(("typed", "form", "value", "unit", "meant"), READ_AS, ids=[row[0] for row in READ_AS])
def test_what_can_be_read_in_one_way_only_is_read_and_said(
    typed: str, form: Field, value: str, unit: str, meant: str
) -> None:
    facts, found = bound(f"甲: {typed}\n", group({"甲": form}))
    assert (facts.values["甲"], facts.values["甲"].unit) == (Decimal(value), unit)
    assert [(one.rule.code, str(one.values["meant"])) for one in found] == [("F219", meant)]


@pytest.mark.parametrize(("typed", "printed"), [("千分之三", "0.3%"), ("0.50%", "0.50%"), ("3‰", "0.3%")])
def test_a_rate_keeps_the_decimals_that_it_needs(typed: str, printed: str) -> None:
    facts, _ = bound(f"甲: {typed}\n", group({"甲": Field(Kind.NUMBER)}))
    assert formats.percent(facts.values["甲"], facts.values["甲"].decimals) == printed


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("0.85", Field(Kind.NUMBER, unit="%", decimals=2)),
        ("1", Field(Kind.NUMBER, unit="%", decimals=2, maximum=Decimal(1))),
        ("0.8473", Field(Kind.NUMBER, unit="%")),
        ("1.25", Field(Kind.NUMBER, unit="%", decimals=1)),
        ("84.735", Field(Kind.NUMBER, unit="%", decimals=2)),
        ("-5", Field(Kind.NUMBER, unit="%", minimum=Decimal(0))),
    ],
)
def test_a_percentage_without_its_sign_is_not_guessed(typed: str, form: Field) -> None:
    facts, found = bound(f"甲: {typed}\n", group({"甲": form}))
    assert [one.rule.code for one in found] == ["F215"]
    assert isinstance(facts.values["甲"], Gap)


def test_nought_is_nought_per_cent() -> None:
    assert one("0", Field(Kind.NUMBER, unit="%")) == 0


ROUGH = [
    ("约60亩", Field(Kind.NUMBER, unit="亩"), "约60", 54, 66),
    ("约 60.5 亩", Field(Kind.NUMBER, unit="亩", decimals=2), "约60.50", Decimal("60.4"), Decimal("60.6")),
    ("大约 3 亩", Field(Kind.NUMBER, unit="平方米"), "大约2000", Fraction(5000, 3), Fraction(7000, 3)),
    ("约90%", Field(Kind.NUMBER, unit="%", decimals=0), "约90%", Decimal("0.81"), Decimal("0.99")),
    ("约1.2亿元", Field(Kind.NUMBER, unit="万元"), "约12000", 11000, 13000),
]


@pytest.mark.parametrize(("typed", "form", "printed", "low", "high"), ROUGH, ids=[row[0] for row in ROUGH])
def test_a_rough_number_keeps_its_word_and_stands_for_more(
    typed: str, form: Field, printed: str, low: Fraction | Decimal, high: Fraction | Decimal
) -> None:
    number = one(typed, form)
    assert language.printed(number) == printed
    assert abs(Fraction(number.interval[0]) - Fraction(low)) < Fraction(1, 10**30)
    assert abs(Fraction(number.interval[1]) - Fraction(high)) < Fraction(1, 10**30)


def test_what_is_computed_with_a_rough_number_is_computed_with_its_figure() -> None:
    values = {"甲": one("约60 亩", Field(Kind.NUMBER, unit="亩"))}
    assert tags.program("{{ 甲 }}、{{ 甲 + 1 }}、{{ 甲 | 金额 }}").text("t", values) == "约60、61、60.00"
    assert tags.traced("{{ 甲 }}", values)[0] == "约60"


def test_open_data_nests() -> None:
    text = "{开工点: 5 个, 村: [茜坑村, {名: 沙溪村, 户: 12}], 空: [], 组: {}}"
    assert one(text, Field(Kind.OPEN)) == {
        "开工点": 5,
        "村": ["茜坑村", {"名": "沙溪村", "户": 12}],
        "空": [],
        "组": {},
    }


def test_open_data_keeps_the_decimals_that_were_typed() -> None:
    assert (open_value("28.70 万元").decimals, open_value("28.70 万元").unit) == (2, "万元")


def test_a_block_of_short_text_ends_without_a_line_break() -> None:
    assert one("|\n  第一行\n  第二行\n", Field(Kind.TEXT)) == "第一行\n第二行"


def test_facts_know_their_path_their_place_and_their_source() -> None:
    form = group({"组": group({"甲": Field(Kind.NUMBER)}), "表": listing(group({"乙": Field(Kind.OPEN)}))})
    text = "组: {甲: {值: 1, 来源: 虚构, 佐证: 文件, 备注: 注}}\n表:\n  - 乙: {丙: [二]}\n"
    facts, found = bound(text, form)
    assert found == []
    assert list(facts.all) == ["组.甲", "表[1].乙.丙[1]", "表[1].乙.丙", "表"]
    fact = facts.all["组.甲"]
    assert (fact.source, fact.evidence, fact.note) == (INVENTED, "文件", "注")
    assert fact.span == Span("facts.yaml", 1, 12, 13)
    assert facts.invented() == [fact]


def test_gaps_say_whether_they_were_reported() -> None:
    form = group(
        {
            "必": Field(Kind.TEXT),
            "可": optional(Kind.TEXT),
            "组": group({"必": Field(Kind.TEXT), "可": optional(Kind.TEXT)}),
            "可组": group({"必": Field(Kind.TEXT)}, required=False),
            "表": listing(Field(Kind.TEXT), required=False),
            "数": Field(Kind.NUMBER),
            "错组": group({"可": optional(Kind.TEXT)}),
        }
    )
    facts, _ = bound("数: 甲\n错组: 甲\n", form)
    assert {gap.path: gap.reported for gap in facts.gaps} == {
        "必": True,
        "可": False,
        "组.必": True,
        "组.可": True,
        "可组.必": False,
        "表": False,
        "数": True,
        "错组.可": True,
    }
    assert facts.values["可组"] == {"必": Gap("可组.必")}
    assert not facts.values["必"]


def test_long_lists_of_missing_names_are_cut() -> None:
    form = group({f"名{number}": Field(Kind.TEXT) for number in range(20)})
    _, [found] = bound("别: 1\n".replace("别", "名0"), form)
    assert str(found.values["names"]).endswith("名12…")


def test_a_file_that_is_a_list() -> None:
    text = "- 甲: 1\n- 甲: x\n- 乙: 2\n"
    root, _ = source.parse(text, "checks.yaml", "list")
    assert root
    facts, found = bind_list(root, group({"甲": Field(Kind.NUMBER)}), "规则")
    assert facts.values["规则"] == [
        {"甲": 1},
        {"甲": Gap("规则[2].甲", reported=True)},
        {"甲": Gap("规则[3].甲", reported=True)},
    ]
    assert [(one.rule.code, one.span.line) for one in ordered(found)] == [("F201", 2), ("F205", 3), ("F204", 3)]


def test_many_unknown_names_are_told_without_a_guess() -> None:
    text = "甲甲: 1\n" + "".join(f"乙乙{number}: 1\n" for number in range(200))
    _, found = bound(text, group({"甲甲": Field(Kind.NUMBER), "乙乙": optional(Kind.NUMBER)}))
    assert [bool(one.values.get("close")) for one in found].count(True) == 100


def test_the_sample_facts_are_without_fault() -> None:
    facts, found = shatian(SHATIAN)
    assert found == []
    assert facts.values["收入"]["一般公共预算拨款"] == Decimal("2032.55")
    assert "235国道" in facts.names


def meizhou() -> Field:
    root, _ = source.parse(MEIZHOU, "schema.yaml")
    assert root
    form, found = schema.read(root)
    assert found == []
    return form


FORM = meizhou()


def shatian(text: str) -> tuple[Any, list[Diagnostic]]:
    """Read and bind a text with the form of the pack; None where it cannot be read."""
    root, found = source.parse(text, "facts.yaml")
    if root is None:
        return None, found
    facts, wrong = bind(root, FORM)
    return facts, [*found, *wrong]


def faults(text: str, facts: Facts | None, found: list[Diagnostic]) -> Iterator[str]:
    """Give what breaks a promise: places outside the file, messages that cannot be filled in, facts that are lost."""
    lines = text.split("\n")
    for one in found:
        for span in (one.span, *(label.span for label in one.related)):
            if span.path != "facts.yaml" or not 0 <= span.line <= len(lines):
                yield f"{one.rule.code} outside: {span}"
            elif span.line and not 1 <= span.column <= len(lines[span.line - 1]) + 1:
                yield f"{one.rule.code} outside its line: {span}"
        values = {name: "" if isinstance(value, Label) else value for name, value in one.values.items()}
        try:
            one.rule.message.format(**values)
            one.help.format(**values)
        except KeyError as missing:
            yield f"{one.rule.code} lacks {missing}"
    if facts:
        yield from (f"{path} outside" for path, fact in facts.all.items() if fact.span.line > len(lines))


EDITS = (
    lambda _line, _: "",
    lambda line, _: line[:-1],
    lambda line, _: line.replace(": ", "："),
    lambda line, _: line.replace(":", "", 1),
    lambda line, _: f"  {line}",
    lambda line, _: line[1:],
    lambda line, _: line.rstrip() + " # 注 #1",
    lambda line, _: re.sub(r"[0-9]", "９", line, count=1),
    lambda line, _: re.sub(r"[0-9]+", "1" * 50, line, count=1),
    lambda line, _: re.sub(r": \S.*", ":", line),
    lambda line, _: re.sub(r": \S.*", ": []", line),
    lambda line, _: re.sub(r": \S.*", ": {值: 1, 来源: 虚构, 别: x}", line),
    lambda line, _: re.sub(r": \S.*", ": [{值: {甲: 1}}]", line),
    lambda line, _: re.sub(r": \S.*", ': {甲.乙: "\U000f0000", "a[1]": 5%}', line),
    lambda line, _: line.replace("其他", "其它"),
    lambda _line, other: other,
    lambda line, other: f"{line}\n{other}",
    lambda line, other: line[: len(line) - len(line.lstrip())] + other.lstrip(),
)


@given(st.integers(0, 2**32), st.integers(1, 6))
def test_no_edit_of_a_facts_file_makes_the_binding_fail(seed: int, count: int) -> None:
    chance = random.Random(seed)  # noqa: S311 — edits of a test
    lines = SHATIAN.split("\n")
    for _ in range(count):
        at = chance.randrange(len(lines))
        lines[at] = chance.choice(EDITS)(lines[at], chance.choice(lines))
    text = "\n".join(lines)
    facts, found = shatian(text)
    assert list(faults(text, facts, found)) == []


NAMES = st.sampled_from(
    [
        "单位",
        "名称",
        "年度",
        "收入",
        "重点工作",
        "措施",
        "正文",
        "数据",
        "值",
        "来源",
        "专名",
        "职责",
        "a.b",
        "x[1]",
        "其它收入",
    ]
)
SCALARS = st.sampled_from(
    [
        "",
        "甲",
        "5",
        "5%",
        "1e9",
        "是",
        "2021-12-31",
        "“{{ 甲 }}”",
        "甲：乙",
        '"\\U000f0001"',
        "'  '",
        "9" * 60,
        "甲 #1",
        "NaN",
    ]
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(NAMES, inner, max_size=4).map(
            lambda items: "{" + ", ".join(f'"{name}": {value}' for name, value in items.items()) + "}"
        ),
    ),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, TREES, min_size=1))
def test_no_shape_makes_the_binding_fail(tops: dict[str, str]) -> None:
    text = "".join(f'"{name}": {value}\n' for name, value in tops.items())
    facts, found = shatian(text)
    assert list(faults(text, facts, found)) == []


@given(st.text())
def test_no_text_makes_the_binding_fail(text: str) -> None:
    facts, found = shatian(text)
    assert list(faults(text, facts, found)) == []


@given(st.lists(st.sampled_from([*"甲乙：:- #|>{}[]\"'\n\t&*!%,5", "  ", "收入:", "- ", "正文: |\n"]), max_size=40))
def test_no_yaml_looking_text_makes_the_binding_fail(parts: list[str]) -> None:
    text = "".join(parts)
    facts, found = shatian(text)
    assert list(faults(text, facts, found)) == []

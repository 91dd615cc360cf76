"""Tags that shape a table cell, grids that follow them, and paragraphs that tags join."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from reportgen.facts import Gap
from reportgen.word import compile  # noqa: A004 — the field's word
from tests.docxtpl_forms import BOX, xml_of
from tests.filled import document, faults, lines, template, texts
from tests.word_files import cell, docx, field, paragraph, run, table

FACTS: dict[str, Any] = {"列": ["东", "西", "南"], "二": Decimal("2.00"), "色": "ffc000", "真": True, "无": []}
WIDTH, BELOW = '<w:tcW w:w="900" w:type="dxa"/>', '<w:vAlign w:val="center"/>'
LOOP, END = "{%tc for x in 列 %}", "{%tc endfor %}"


def xml(body: str, values: dict[str, Any] = FACTS) -> str:
    data, found = template(body + paragraph("末")).render(values)
    assert data is not None, found
    return xml_of(data).decode()


def codes(body: str) -> list[tuple[str, int, str]]:
    """Give the rules that a filled template breaks, with their places."""
    data, found = template(body).render(FACTS)
    assert data is None
    return [(one.rule.code, one.span.line, one.span.cell) for one in found]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("{% colspan 二 %}", '<w:gridSpan w:val="2"/>'),
        ("{% colspan 列|数量 %}", '<w:gridSpan w:val="3"/>'),
        ("{% colspan '' %}", '<w:gridSpan w:val="1"/>'),
        ("｛％colspan 63％｝", '<w:gridSpan w:val="63"/>'),
        ("{% cellbg 色 %}", '<w:shd w:val="clear" w:color="auto" w:fill="ffc000"/>'),
        ("{% cellbg 'auto' %}", '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'),
        (
            "{% cellbg '#00FF00' %}{% colspan 2 %}",
            '<w:gridSpan w:val="2"/><w:shd w:val="clear" w:color="auto" w:fill="00FF00"/>',
        ),
    ],
)
def test_a_value_shapes_a_cell_in_the_order_of_the_standard(tags: str, expected: str) -> None:
    made = xml(table([cell(f"{tags}甲", WIDTH + BELOW)]))
    assert f"<w:tcPr>{WIDTH}{expected}{BELOW}</w:tcPr>" in made


@pytest.mark.parametrize("value", ["0", "64", "1.5", "'甲'", "-1", "1000000000000", "'NaN'", "'Infinity'"])
def test_no_number_of_columns(value: str) -> None:
    assert codes(table([f"{{% colspan {value} %}}"]) + paragraph()) == [("T542", 1, "表1 第1行第1列")]


@pytest.mark.parametrize("value", ["'red'", "'#FFF'", "'FFC0000'", "1", "'\"/>'"])
def test_no_colour(value: str) -> None:
    assert codes(table([f"{{% cellbg {value} %}}"]) + paragraph()) == [("T543", 1, "表1 第1行第1列")]


@pytest.mark.parametrize("tag", ["{% colspan 2 %}", "{% cellbg 色 %}", "{% hm %}", "{% vm 真 %}"])
def test_a_tag_for_cells_outside_a_table(tag: str) -> None:
    (found,) = faults(lines(tag))
    assert (found.rule.code, found.values["tag"]) == ("T534", tag)


@pytest.mark.parametrize("tag", ["{% colspan %}", "{% cellbg %}", "{% colspan 2 3 %}"])
def test_a_value_that_cannot_be_read(tag: str) -> None:
    assert [one.rule.code for one in faults(table([tag]) + paragraph())] == ["T501"]


def test_in_a_draft_what_is_to_come_shapes_nothing() -> None:
    body = table([cell("{% colspan 数 %}{% cellbg 色 %}甲")])
    due = {"数": Gap("数", stand_in="【待补：数】"), "色": Gap("色", stand_in="【待补：色】")}
    assert '<w:tcPr><w:gridSpan w:val="1"/><w:shd w:val="clear" w:color="auto" w:fill="auto"/></w:tcPr>' in xml(
        body, due
    )


def test_what_is_not_given_shapes_nothing_and_is_said() -> None:
    data, found = template(table([cell("{% colspan 数 %}甲")]) + paragraph()).render({"数": Gap("数")})
    assert data is None
    assert [one.rule.code for one in found] == ["T514"]


@pytest.mark.parametrize(("span", "made"), [("", "3"), ('<w:gridSpan w:val="2"/>', "6")])
def test_the_first_cell_of_a_loop_reaches_over_all(span: str, made: str) -> None:
    body = table([LOOP, cell("{% hm %}{{ x }}", WIDTH + span), END])
    assert re.findall(r'<w:gridSpan w:val="(\d+)"/>', xml(body)) == [made]
    assert texts(body, FACTS) == ["东"]


def test_a_cell_that_says_over_how_many_columns_it_reaches_is_left_so() -> None:
    body = table([LOOP, cell("{% colspan 二 %}{% hm %}{{ x }}"), END])
    assert re.findall(r'<w:gridSpan w:val="(\d+)"/>', xml(body)) == ["2"]


def test_cells_merged_sideways_outside_a_loop() -> None:
    assert {code for code, *_ in codes(table([cell("{% hm %}甲")]) + paragraph())} == {"T507"}


@pytest.mark.parametrize("tag", ["{% vm %}", "{% hm %}", "{% colspan 二 %}", "{% cellbg 色 %}"])
def test_a_cell_is_shaped_once_by_each_tag(tag: str) -> None:
    body = table(["甲", f"{tag}{tag}乙"]) + paragraph()
    assert [(one.rule.code, one.span.cell) for one in faults(body)] == [("T165", "表1 第1行第2列")]
    inner = table([tag]) + paragraph(tag)
    assert "T165" not in [one.rule.code for one in compile(docx(table([cell(inner)]) + paragraph()), "t.docx")[1]]


def test_a_row_of_which_nothing_is_left_goes() -> None:
    body = table([LOOP.replace("列", "无"), cell("{% hm %}甲"), END], ["乙"])
    assert xml(body).count("<w:tr>") == 1


def test_a_property_comes_before_the_tags_of_a_cell() -> None:
    inner = lines("{%p if 真 %}", "甲", "{%p endif %}", "{% cellbg 色 %}")
    assert re.search("<w:tc><w:tcPr><w:shd [^>]*/></w:tcPr><w:p>", xml(table([cell(inner)])))


def widths(body: str) -> list[int]:
    return [int(one) for one in re.findall(r'<w:gridCol w:w="(\d+)"/>', xml(body))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (table([LOOP, "{{ x }}", END]), [2000, 2000, 2000]),
        (table([LOOP, "{{ x }}", END, "一"]), [2000] * 4),
        (table([LOOP, "{{ x }}", END, "一", "二"]), [2000] * 5),
        (table([LOOP.replace("列", "[1, 2]"), "{{ x }}", END]), [3000, 3000]),
        (table(["{% colspan 3 %}", "一"]), [1000] * 4),
        (table(["一", "{% colspan 1 %}"]), [2000, 2000]),
        (table(["{%tc if 真 %}", table(["内", "内"]) + paragraph(), "{%tc endif %}"]), [6000, 2000, 2000]),
        (
            table(["{% colspan 1 %}", "一", "二"]).replace(
                "<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="2"/></w:trPr>'
            ),
            [1000] * 6,
        ),
    ],
)
def test_a_grid_has_the_columns_of_its_widest_row(body: str, expected: list[int]) -> None:
    assert widths(body) == expected


@pytest.mark.parametrize(
    "grid",
    [
        "",
        "<w:tblGrid/>",
        f'<w:tblGrid><w:gridCol w:w="{"9" * 5000}"/></w:tblGrid>',
        "<w:tblGrid><w:gridCol/></w:tblGrid>",
    ],
)
def test_a_grid_that_says_nothing_is_left_alone(grid: str) -> None:
    body = re.sub("<w:tblGrid>.*</w:tblGrid>", grid, table([LOOP, "{{ x }}", END]))
    assert grid in xml(body)


@pytest.mark.parametrize(("span", "columns"), [(0, 1), (62, 62), (999_999_999, 63)])
def test_a_span_without_sense_makes_no_grid_without_sense(span: int, columns: int) -> None:
    assert len(widths(table(["{% colspan 1 %}"], [cell("乙", f'<w:gridSpan w:val="{span}"/>')]))) == columns


def test_a_span_without_end_counts_as_one_column() -> None:
    assert widths(table(["{% colspan 2 %}", cell("乙", '<w:gridSpan w:val="9999999999"/>')])) == [1333, 1333, 1333]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (lines("{%p if 真 %}甲{%p endif %}", "乙"), ["甲", "乙"]),
        (lines("{%p if not 真 %}甲{%p endif %}", "乙"), ["乙"]),
        (lines(" {%p for x in 列 %} {{ x }}{# 注 #}村 {%p endfor %} "), ["东村 ", "西村 ", "南村 "]),
        (lines("{%p for x in 列 %}{%p if not loop.first %}{{ x }}{%p endif %}{%p endfor %}"), ["西", "南"]),
        (lines("{%p set y = 1 %}{%p if 真 %}{% if 真 %}甲{% endif %}{{ y }}{%p endif %}"), ["甲1"]),
        (paragraph(runs=run("{%p if 真 %}") + run("甲") + run("{%p endif %}")), ["甲"]),
        (lines("{%p if 真 %}{{ 色 }}{%p endif %}"), ["ffc000"]),
        (table([cell(lines("{%p if not 真 %}甲{%p endif %}"))]), [""]),
    ],
)
def test_tags_for_paragraphs_around_the_text_of_one(body: str, expected: list[str]) -> None:
    assert texts(body, FACTS) == expected


@pytest.mark.parametrize("first", ["{%p if 真 %}", "{# 注 #}"])
def test_a_heading_keeps_its_numeral_where_its_first_run_goes(first: str) -> None:
    heading = paragraph("", "1", runs=run(first) + run("甲") + (run("{%p endif %}") if "if" in first else ""))
    made = document(heading, FACTS, ["标题一"])
    assert [one.text for one in made.paragraphs] == ["一、甲"]


BREAK = '<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>'
MARK = '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (lines("甲", "{%- if 真 -%}", "乙", "{%- endif -%}", "丙"), ["甲乙丙"]),
        (lines("甲", "{%- if 无|数量 > 0 -%}", "乙", "{%- endif -%}", "丙"), ["甲丙"]),
        (lines("甲", " {%- if 真 %}乙{% endif %}"), ["甲乙"]),
        (lines("甲", "{% if 真 %}乙{% endif -%} ", "丙", "丁"), ["甲", "乙丙", "丁"]),
        (lines("甲 {%- if 真 -%} 乙 {%- endif -%} 丙"), ["甲乙丙"]),
        (lines("甲 {%－ if 真 －%} 乙 {% endif %} 丙"), ["甲乙  丙"]),
        (lines("甲 {%- if 真 -%} {%- endif -%} 丙"), ["甲丙"]),
        (lines("甲", "{%- for x in 列 -%}", "{{ x }}", "{%- endfor -%}", "丙"), ["甲东西南丙"]),
        (lines("甲{% if 真 -%}", "{%- endif %}乙"), ["甲乙"]),
        (lines("甲", "{%p if 真 -%}", "乙", "{%- endif %}".replace("{%-", "{%p")), ["甲", "乙"]),
        (lines("甲") + MARK + lines("{%- if 真 %}乙{% endif %}"), ["甲乙"]),
        (lines("{%p if 真 %}", "甲", "{%- if 真 %}乙{% endif %}", "{%p endif %}"), ["甲乙"]),
        (lines("{% if 真 -%}", "甲{% endif %}") + BREAK.format("乙"), ["甲", "乙"]),
        (lines("{% if 真 -%}") + BREAK.format("甲{% endif %}"), ["甲"]),
    ],
)
def test_paragraphs_are_joined_and_blanks_taken_out(body: str, expected: list[str]) -> None:
    assert texts(body, FACTS) == expected


def test_joined_paragraphs_have_the_properties_of_the_first() -> None:
    made = xml(paragraph("甲", "1") + paragraph("{%- if 真 %}乙{% endif %}", "2"))
    assert re.findall(r'<w:pStyle w:val="(\d)"/>', made) == ["1"]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (lines("{%- if 真 %}甲{% endif %}"), 1),
        (table([lines("{%- if 真 %}甲{% endif %}")]) + paragraph(), 1),
        (table(["甲"]) + lines("{%- if 真 %}甲{% endif %}"), 2),
        (lines("甲", "{%p if 真 %}", "{%- if 真 %}甲{% endif %}", "{%p endif %}"), 3),
        (BREAK.format("甲") + lines("{%- if 真 %}甲{% endif %}"), 2),
        (BREAK.format("{% if 真 %}甲{% endif -%}") + lines("乙"), 1),
        (lines("{% if 真 %}甲{% endif -%}", "{%p if 真 %}", "乙", "{%p endif %}"), 1),
    ],
)
def test_a_paragraph_with_nothing_to_join(body: str, line: int) -> None:
    assert [(one.rule.code, one.span.line) for one in faults(body)] == [("T544", line)]


def test_a_join_moves_whatever_stands_in_the_paragraph() -> None:
    moved = field(" PAGE ", "1") + BOX.format(lines("{{ 色 }}"))
    made = texts(lines("甲") + paragraph("{%- if 真 %}乙{% endif %}", runs=moved + run("丙")), FACTS)
    assert made == ["甲乙1丙", "ffc000"]

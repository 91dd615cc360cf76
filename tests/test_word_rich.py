"""Values of docxtpl that a program gives to a template: what of them comes out, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

import docxtpl
import pytest

from reportgen.facts import Gap, Picture
from reportgen.language import Log
from tests.docxtpl_forms import FACTS, tabled, xml_of
from tests.filled import faults, lines, template, texts
from tests.pictures import png
from tests.word_files import cell, paragraph, run, table

SEEN = Picture("照片.png", "PNG", 2, 1, png())
BOLD = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'


def xml(body: str, values: dict[str, Any]) -> str:
    data, found = template(body + paragraph("末")).render(values)
    assert data is not None, found
    return xml_of(data).decode()


class Written(NamedTuple):
    """A value that writes itself, as a sub-document of docxtpl does."""

    xml: str

    def __html__(self) -> str:
        return self.xml


@pytest.mark.parametrize("tag", ["{{ x }}", "{{r x }}", "{{r x}}", "{{r\tx}}"])
def test_rich_text_stands_between_runs(tag: str) -> None:
    value = docxtpl.RichText("甲", bold=True)
    assert BOLD.format("甲") in xml(lines(f"前{tag}后"), {"x": value})
    assert texts(lines(f"前{tag}后"), {"x": value}) == ["前甲后"]


def test_a_name_that_begins_like_a_sign_for_runs_or_paragraphs_is_a_name() -> None:
    facts = {"r": Decimal(1), "p": "甲", "pr": "乙", "r1": "丙"}
    assert texts(lines("{{ r }}{{r}}{{r + 1}}{{p}}{{p ~ pr}}{{pr}}{{r1}}{{p if r == 1 else pr}}"), facts) == [
        "112甲甲乙乙丙甲"
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (docxtpl.RichText("一\a二"), ["前一", "二后"]),
        (docxtpl.RichText("一\n二\t三"), ["前一\n二\t三后"]),
        (docxtpl.RichText("一\f二"), ["前一", "", "二后"]),
        (docxtpl.Listing("一\a二\n三"), ["前一", "二\n三后"]),
        (docxtpl.Listing("<w:p>&"), ["前<w:p>&后"]),
        (docxtpl.Listing(""), ["前后"]),
        (docxtpl.RichText(""), ["前后"]),
    ],
)
def test_breaks_in_the_values_of_docxtpl(value: object, expected: list[str]) -> None:
    assert texts(lines("前{{ x }}后"), {"x": value}) == expected


def test_in_a_link_a_new_paragraph_is_a_line_and_a_page_a_break() -> None:
    link = paragraph(runs=f'<w:hyperlink w:anchor="a">{run("{{ x }}")}</w:hyperlink>')
    made = xml(link, {"x": docxtpl.Listing("一\a二\f三")})
    assert '一</w:t><w:br/><w:t xml:space="preserve">二</w:t><w:br w:type="page"/>' in made


def test_the_properties_of_a_run_stand_in_order_and_are_whole() -> None:
    value = docxtpl.RichText("甲", font="仿宋", size=28, bold=True, highlight="FFFF00", style="a", color="FF0000")
    fonts = '<w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:cs="仿宋" w:eastAsia="仿宋"/>'
    size = '<w:sz w:val="28"/><w:szCs w:val="28"/>'
    ground = '<w:shd w:fill="FFFF00" w:val="clear"/>'
    expected = f'<w:rStyle w:val="a"/>{fonts}<w:b/><w:color w:val="FF0000"/>{size}{ground}'
    assert f"<w:rPr>{expected}</w:rPr>" in xml(lines("{{r x }}"), {"x": value})


def test_a_font_of_its_own_for_chinese_letters_stays() -> None:
    made = xml(lines("{{ x }}"), {"x": docxtpl.RichText("甲", font="eastAsia:仿宋")})
    assert 'w:eastAsia="仿宋"' in made
    assert made.count("eastAsia") == 1


def test_signs_that_no_file_can_hold_are_refused() -> None:
    with pytest.raises(SyntaxError):
        template(lines("{{ x }}")).render({"x": docxtpl.Listing("甲\x01")})
    data, found = template(lines("{{ x }}")).render({"x": docxtpl.Listing("甲\ufdd1")})
    assert data is None
    assert [one.rule.code for one in found] == ["T531"]


def test_paragraphs_stand_where_their_tag_stood() -> None:
    value = docxtpl.RichTextParagraph("甲", parastyle="1")
    value.add(docxtpl.RichText("乙", bold=True))
    made = xml(lines("前", "{{p x }}", "后"), {"x": value})
    assert '<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>' in made
    assert texts(lines("前", "{{p x }}", "后"), {"x": value}) == ["前", "甲", "乙", "后"]


def test_a_sub_document_is_paragraphs_and_tables() -> None:
    part = Written(lines("子一") + table(["格"]) + paragraph("子二", runs='<w:bookmarkStart w:id="1" w:name="a"/>'))
    assert texts(lines("前", "{{p x }}", "后"), {"x": part}) == ["前", "子一", "格", "子二", "后"]
    only = Written(table(["格"]))
    assert texts(tabled([cell(lines("{{p x }}"))]), {"x": only}) == ["格", "", ""]


def test_what_stands_in_a_run_comes_with_it() -> None:
    made = xml(lines("{{ x }}"), {"x": Written('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>')})
    assert '甲</w:t><w:br w:type="page"/><w:t xml:space="preserve">乙' in made


def test_a_picture_can_be_a_paragraph() -> None:
    made = xml(paragraph("{{p x }}", "1"), {"x": SEEN})
    spacing = '<w:spacing w:line="240" w:lineRule="auto"/>'
    assert f'<w:p><w:pPr><w:pStyle w:val="1"/>{spacing}</w:pPr><w:r><w:drawing>' in made
    exact = '<w:pPr><w:spacing w:before="9" w:line="560" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>'
    single = exact.replace('w:line="560" w:lineRule="exact"', 'w:line="240" w:lineRule="auto"')
    assert f"<w:p>{single}<w:r><w:drawing>" in xml(f"<w:p>{exact}{run('{{p x }}')}</w:p>", {"x": SEEN})
    assert f"<w:p><w:pPr>{spacing}</w:pPr><w:r><w:drawing>" in xml(lines("{{p x }}"), {"x": SEEN})


def test_where_nothing_is_given_no_paragraph_stands_and_a_draft_says_what_is_to_come() -> None:
    due = Gap("图", stand_in="【待补：图】")
    assert texts(lines("前", "{{p x }}", "后"), {"x": ""}) == ["前", "后"]
    assert texts(lines("前", "{{p x }}", "{{p x.y }}", "后"), {"x": due}) == [
        "前",
        "【待补：图】",
        "【待补：图】",
        "后",
    ]
    assert '<w:highlight w:val="yellow"/>' in xml(lines("{{p x }}"), {"x": due})
    data, found = template(lines("{{p x }}")).render({"x": Gap("图")})
    assert data is None
    assert [one.rule.code for one in found] == ["T514"]


@pytest.mark.parametrize("value", ["甲", Decimal(1)])
def test_a_text_is_no_paragraph(value: object) -> None:
    data, found = template(lines("{{p x }}")).render({"x": value})
    assert data is None
    assert [one.rule.code for one in found] == ["T545"]


def test_text_beside_a_tag_for_paragraphs() -> None:
    assert [one.rule.code for one in faults(lines("前{{p x }}"))] == ["T533"]


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("{{ x }}", docxtpl.RichTextParagraph("甲")),
        ("{{p x }}", docxtpl.RichText("甲")),
        ("{{ x }}", Written(table(["甲"]))),
        ("{{r x }}", docxtpl.RichText("甲", url_id="rId7")),
        ("{{p x }}", docxtpl.RichTextParagraph(docxtpl.RichText("甲", url_id="rId7"))),
    ],
)
def test_what_does_not_fit_is_the_mistake_of_the_program(tag: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"RichText|paragraphs|another file"):
        template(lines(tag)).render({"x": value})


def test_a_traced_document_holds_the_values_too() -> None:
    log = Log()
    body = lines("{{r 富 }}{{ 值 }}", "{{p 段 }}")
    data, _ = template(body).render(FACTS, log=log)
    assert data is not None
    assert [one.text for one in log.outputs] == ["值"]


def test_a_text_that_could_write_itself_is_text() -> None:
    class Markup(str):
        __slots__ = ()

        def __html__(self) -> str:
            return "<w:br/>"

    assert texts(lines("{{ x }}"), {"x": Markup("<甲>")}) == ["<甲>"]

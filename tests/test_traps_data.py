"""The traps of YAML, of numbers and of hostile Word files: what the libraries do with them, and what we do."""

from __future__ import annotations

import copy
import io
import zipfile
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any

import docx as python_docx
import docxtpl
import pytest
import yaml

from reportgen import formats
from reportgen.diagnostics import FORMATS, Messages
from reportgen.facts import bind
from reportgen.language import compile, prose  # noqa: A004 — the field's word
from reportgen.schema import Field, Kind, group
from reportgen.source import decode, parse
from reportgen.word.package import read
from tests.word_files import docx, field, paragraph, part, parts, zipped

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic


def codes(found: list[Diagnostic]) -> list[str]:
    return [one.rule.code for one in found]


def test_trap_the_last_of_two_keys_wins() -> None:
    text = "收入: 1\n收入: 2\n"
    assert yaml.safe_load(text) == {"收入": 2}
    _, found = parse(text, "f.yaml")
    assert [(one.rule.code, one.span.line, one.related[0].span.line) for one in found] == [("S102", 2, 1)]


@pytest.mark.parametrize("typed", ["no", "0123", "12:30:45", "07536320303", "1e3", "2022-06-24", "1_000"])
def test_trap_yaml_guesses_what_a_word_means(typed: str) -> None:
    assert not isinstance(yaml.safe_load(f"甲: {typed}")["甲"], str) or typed == "1e3"
    root, found = parse(f"甲: {typed}\n", "f.yaml")
    assert found == []
    assert root is not None
    facts, wrong = bind(root, group({"甲": Field(Kind.TEXT)}))
    assert wrong == []
    assert facts.values == {"甲": typed}


def test_trap_a_full_width_colon_makes_one_text() -> None:
    assert yaml.safe_load("收入：100") == "收入：100"
    assert codes(parse("收入：100\n", "f.yaml")[1]) == ["S111"]


def test_trap_an_alias_bomb_loads_at_once() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{at}: &a{at} [*a{at - 1}, *a{at - 1}]" for at in range(1, 40))]
    assert len(yaml.safe_load("\n".join(lines))) == 40
    assert "S103" in codes(parse("\n".join(lines), "f.yaml")[1])


def test_trap_a_list_that_holds_itself_is_endless() -> None:
    loaded = yaml.safe_load("a: &a [*a]")["a"]
    assert loaded[0] is loaded
    assert set(codes(parse("a: &a [*a]\n", "f.yaml")[1])) == {"S103"}


def test_trap_a_key_may_be_a_list() -> None:
    assert codes(parse("? [a, b]\n: 1\n", "f.yaml")[1]) == ["S104"]


def test_trap_a_control_character_is_another_kind_of_error() -> None:
    with pytest.raises(yaml.reader.ReaderError):
        yaml.safe_load("a: \x07")
    assert codes(parse("a: \x07b\n", "f.yaml")[1]) == ["S113"]


def test_trap_a_gbk_file_is_another_kind_of_error() -> None:
    typed = "收入: 100\n".encode("gbk")
    with pytest.raises(yaml.reader.ReaderError):
        yaml.safe_load(typed)
    assert codes(decode(typed, "f.yaml")[1]) == ["S010"]


def test_trap_the_fast_parser_of_yaml_shows_no_line() -> None:
    text = "甲: 1\n乙: [一, 二]]\n"
    with pytest.raises(yaml.MarkedYAMLError) as raised:
        yaml.load(text, yaml.CSafeLoader)
    assert raised.value.problem_mark is not None
    assert raised.value.problem_mark.get_snippet() is None
    _, found = parse(text, "f.yaml")
    assert "2 | 乙: [一, 二]]" in FORMATS["text"](found, Messages("en"), {"f.yaml": text})


def test_trap_text_that_begins_with_a_tag_reads_badly() -> None:
    with pytest.raises(yaml.YAMLError):
        yaml.safe_load("正文: {{ 甲 }}元")
    assert codes(parse("正文: {{ 甲 }}元\n", "f.yaml")[1]) == ["S105"]


@pytest.mark.parametrize(
    ("value", "printed"), [("2.345", "2.35"), ("2.665", "2.67"), ("-2.345", "-2.35"), ("0.005", "0.01")]
)
def test_trap_halves_are_rounded_to_even(value: str, printed: str) -> None:
    even = Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    assert str(even) != printed
    assert formats.fixed(Decimal(value), 2) == printed


def test_trap_shares_do_not_add_up() -> None:
    amounts = [Decimal(one) for one in ("2032.55", "0", "5.54", "807.72")]
    naive = [formats.fixed(one / sum(amounts) * 100, 2) for one in amounts]
    assert sum(map(Decimal, naive)) == Decimal("99.99")
    shares = formats.shares(amounts)
    assert [formats.percent(one) for one in shares] == ["71.42%", "0%", "0.19%", "28.39%"]
    assert sum(shares) == 1


@pytest.mark.parametrize(
    ("value", "printed"), [(Decimal("0E+2"), "0"), (Decimal(1) / 3, None), (Decimal("1E+3"), "1000")]
)
def test_trap_a_bare_decimal_prints_as_it_likes(value: Decimal, printed: str | None) -> None:
    root, _ = parse("正文: |\n  {{ 值 }}\n", "f.yaml")
    assert root is not None
    assert isinstance(root.value, dict)
    statements, _ = prose(root.value["正文"].node)
    program = compile({"a": statements})
    assert "E" in str(value) or printed is None
    if printed is None:
        assert codes(program.faults("a", {"值": value})) == ["T512"]
    else:
        assert program.text("a", {"值": value}) == printed


HOSTILE: dict[str, tuple[dict[str, Any], str]] = {
    "a link to a file": ({"links": [("rId8", "image", "http://example.com/a.png")]}, "T120"),
    "an attached template": ({"links": [("rId8", "attachedTemplate", "file:///c:/a.dotm")]}, "T121"),
    "a field that reads a file": ({"body": paragraph(runs=field('INCLUDETEXT "c:\\\\a.docx"'))}, "T124"),
    "a field that runs a program": ({"body": paragraph(runs=field('DDEAUTO c:\\\\cmd.exe "/k calc"'))}, "T124"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_trap_what_reaches_out_of_a_file_goes_straight_into_the_output(what: str) -> None:
    changed, code = HOSTILE[what]
    found = read(docx(**{"body": paragraph("甲"), **changed}), "t.docx")[1].found
    assert code in codes(found)


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("word/vbaProject.bin", "application/vnd.ms-office.vbaProject"),
        ("word/embeddings/a.bin", "application/vnd.openxmlformats-officedocument.oleObject"),
    ],
)
def test_trap_a_program_inside_a_file_goes_straight_into_the_output(name: str, type: str) -> None:  # noqa: A002 — the field's word
    link = ("rId8", type.rsplit(".", 1)[1], name.removeprefix("word/"))
    data = docx(paragraph("甲"), types={name: type}, replace={name: b"x"}, links=[link])
    assert name in docxtpl_copies(data)
    assert codes(read(data, "t.docx")[1].found) == ["T118", "T122"]


def docxtpl_copies(data: bytes) -> list[str]:
    """Give the names of the parts of a document that docxtpl makes of a template."""
    made, out = docxtpl.DocxTemplate(io.BytesIO(data)), io.BytesIO()
    made.render({})
    made.save(out)
    return zipfile.ZipFile(out).namelist()


def test_trap_of_two_parts_with_one_name_the_last_wins() -> None:
    out = io.BytesIO(docx(paragraph("甲")))
    with zipfile.ZipFile(out, "a") as opened, pytest.warns(UserWarning, match="Duplicate name"):
        opened.writestr("word/document.xml", part("document", f"<w:body>{paragraph('乙')}</w:body>"))
    assert [one.text for one in python_docx.Document(out).paragraphs] == ["乙"]
    assert codes(read(out.getvalue(), "t.docx")[1].found) == ["T108"]


def test_trap_a_small_file_unpacks_to_much_memory() -> None:
    bomb = docx(paragraph("甲"), types={"word/a.xml": "application/xml"}, replace={"word/a.xml": b" " * 20_000_000})
    assert len(bomb) < 50_000
    assert codes(read(bomb, "t.docx")[1].found) == ["T111"]


@pytest.mark.parametrize("name", ["../a.xml", "..\\a.xml", "C:/a.xml", "/a.xml", "word/../../a.xml"])
def test_trap_names_that_lead_out_of_a_file_are_mended_in_silence(name: str) -> None:
    files = copy.copy(parts(paragraph("甲")))
    files[name] = b"<a/>"
    assert "T107" in codes(read(zipped(files), "t.docx")[1].found)

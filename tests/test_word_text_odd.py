"""XML that no program writes, and much of it: whatever a file holds, reading it gives a document."""

from __future__ import annotations

from itertools import starmap

from hypothesis import given
from hypothesis import strategies as st

from reportgen.word.text import dump, read
from tests.word_files import docx, part, run

WORD = """
    p r t pPr rPr del ins moveFrom sdt sdtContent tbl tr tc trPr tcPr tblHeader cellDel gridSpan gridBefore
    vMerge hMerge fldChar footnoteReference endnoteReference sectPr headerReference titlePg txbxContent numPr
    numId ilvl pStyle rStyle vanish specVanish outlineLvl sym br footnote endnote style name basedOn num
    abstractNum abstractNumId lvl numFmt lvlText start lvlOverride startOverride numStyleLink footnotePr
    numRestart evenAndOddHeaders
"""
MATHS = "oMath f num den d e sSup nary rad naryPr chr"
TAGS = [
    *(f"w:{name}" for name in WORD.split()),
    *(f"m:{name}" for name in MATHS.split()),
    "mc:AlternateContent",
    "mc:Choice",
]
KEYS = "w:val w:id w:type w:fldCharType w:char w:font w:ilvl w:numId w:abstractNumId w:styleId w:default r:id m:val"
VALUES = ["0", "1", "2", "-1", "999999999", "99999999999", "x", "", "begin", "separate", "end", "restart", "eachSect"]
ATTRIBUTES = st.dictionaries(st.sampled_from(KEYS.split()), st.sampled_from(VALUES), max_size=3)


def element(name: str, attributes: dict[str, str], content: list[str]) -> str:
    said = "".join(starmap(' {}="{}"'.format, attributes.items()))
    return f"<{name}{said}>{''.join(content)}</{name}>"


XML = st.recursive(
    st.sampled_from(["甲", "<w:p/>", run("乙"), "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"]),
    lambda inner: st.builds(element, st.sampled_from(TAGS), ATTRIBUTES, st.lists(inner, max_size=4)),
)


@given(XML, XML, XML, XML)
def test_no_xml_makes_it_raise(body: str, notes: str, styles: str, numbering: str) -> None:
    links = [(f"rId9{at}", name, f"{name}.xml") for at, name in enumerate(("numbering", "settings"))]
    given_parts = {"styles": styles, "numbering": numbering, "settings": notes}
    replaced = {f"word/{name}.xml": part(name, content) for name, content in given_parts.items()}
    document, found = read(docx(body, headers=[body], footnotes=notes, links=links, replace=replaced), "x.docx")
    assert document, found
    assert dump(document).count("\n") >= len(document.layout) - 1
    held = {one.number for one in document.paragraphs if one.part == "正文"}
    assert {one.caller for one in document.notes} <= held

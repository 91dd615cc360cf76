"""Files that no text can show: for a rule the file that earns it, and the mended one; made in Python when asked for."""

from __future__ import annotations

import errno
import os
import zipfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest import mock

from tests import official
from tests.word_files import WML, docx, field, paragraph, part, parts, run, table, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Content = str | bytes | OSError | Path  # an OSError is what the system says when the file is touched, a Path a link
SOUND: Final = docx(paragraph("得{{ 自评.总分 }}分"))
FACTS: Final = "模板包: small@1\n甲: 1\n"

NOTE: Final = '<w:r><w:footnoteReference w:id="2"/></w:r>'
FOOTNOTE: Final = f'<w:footnote w:id="2">{paragraph("注")}</w:footnote>'
FORMULA: Final = "<m:oMath><m:r><m:t>{{ 自评.总分 }}</m:t></m:r></m:oMath>"
LOOP: Final = (paragraph("{%p for 一村 in 村 %}"), paragraph("{%p endfor %}"))
BEGIN, _, STOP = field("PAGE", "1").partition(run("1"))
STYLE: Final = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="标题一"/></w:style>'
HEADED: Final = table(["村"], ["{%tr for 一村 in 村 %}"], ["{{ 一村 }}"], ["{%tr endfor %}"]).replace(
    "<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1
)
UPRIGHT, WIDE = (
    f'<w:sectPr><w:pgSz w:w="{wide}" w:h="{high}"/></w:sectPr>' for wide, high in ((11906, 16838), (16838, 11906))
)
OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OFFICE: Final = """#!/bin/sh
for name in *.docx; do printf '%%PDF-1.7\n%%%%EOF\n' >"${name%.docx}.pdf"; done
"""
DOCUMENT: Final = part("document", "<w:body><w:p/></w:body>")
STRICT: Final = b'<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'


def named(name: str, section: str = "") -> str:
    """Write a named block, which may end with a section break."""
    ended = f"<w:p><w:pPr>{section}</w:pPr></w:p>" if section else ""
    return f"{paragraph(f'{{%p block {name} %}}')}{paragraph(name)}{ended}{paragraph('{%p endblock %}')}"


def facts(*villages: str) -> str:
    return f"甲: 1\n村: [{', '.join(villages)}]\n"


def text(*runs: str) -> bytes:
    return docx(paragraph(runs="".join(runs)))


def main(document: bytes) -> bytes:
    return docx("", replace={"word/document.xml": document})


def holding(name: str, data: bytes = b"BM", kind: str = "image/png") -> bytes:
    return docx(paragraph("甲"), types={name: kind}, replace={name: data})


def linked(kind: str, target: str, key: str = "rId77") -> bytes:
    return docx(paragraph("甲"), links=[(key, kind, target)])


def stored(body: str, more: Mapping[str, bytes] | None = None) -> bytes:
    return zipped({**parts(body), **(more or {})}, zipfile.ZIP_STORED)


def added(name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO(SOUND)
    with zipfile.ZipFile(out, "a", method) as packed:
        packed.writestr(name, data)
    return out.getvalue()


def with_one_byte_wrong() -> bytes:
    data = bytearray(stored(paragraph("甲")))
    data[data.index("甲".encode())] ^= 1
    return bytes(data)


def foreign_prefix() -> bytes:
    document = DOCUMENT
    for old, new in ((b"<w:", b"<x:"), (b"</w:", b"</x:"), (b"xmlns:w=", b"xmlns:x=")):
        document = document.replace(old, new)
    return main(document)


def styled(text: str, style: str, *, numbered: bool = False) -> bytes:
    """Make a paragraph in a style, numbered by Word or not."""
    numbers = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if numbered else ""
    body = paragraph(text, style).replace("</w:pPr>", f"{numbers}</w:pPr>")
    return docx(body, styles={"1": "标题一", "a1": "正文缩进"})


def in_font(font: str) -> bytes:
    return docx(paragraph(runs=run("甲").replace("<w:t", f'<w:rPr><w:rFonts w:eastAsia="{font}"/></w:rPr><w:t')))


def commented() -> bytes:
    """Make a paragraph with a comment."""
    remark = f'<w:comment w:id="0" w:author="甲">{paragraph("请核对")}</w:comment>'
    return docx(
        paragraph("甲", runs='<w:r><w:commentReference w:id="0"/></w:r>'),
        links=[("rId77", "comments", "comments.xml")],
        types={"word/comments.xml": f"{WML}.comments+xml"},
        replace={"word/comments.xml": part("comments", remark)},
    )


def refused() -> OSError:
    return PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def full() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


TEXT_STYLE: Final = official.style("正文段")
INDENTED: Final = 'w:firstLineChars="200" w:firstLine="640"'
TITLED: Final = 'w:val="标题"/><w:basedOn w:val="a"/><w:pPr><w:jc w:val="center"/>'
NUMBERED_AT: Final = '<w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:ascii'
FIRST: Final = ("</w:sectPr></w:body>", "<w:titlePg/></w:sectPr></w:body>")


def looking(look: str) -> bytes:
    """Write an official document whose text has another look."""
    return official.document(official.TEXT, (TEXT_STYLE, f"{TEXT_STYLE}{look}"))


BAD: Final[Mapping[str, Callable[[], Content]]] = {
    "D101": lambda: official.document(official.TEXT, ('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"')),
    "D102": lambda: official.document(
        official.TEXT[: official.TEXT.index("[附件] ")], ('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906"')
    ),
    "D103": lambda: official.document(official.TEXT, ('w:top="2098" w:right="1474"', 'w:top="1440" w:right="1800"')),
    "D104": lambda: official.document(official.TEXT, ('w:line="560"', 'w:line="640"')),
    "D105": lambda: official.document(official.TEXT, ('<w:spacing w:val="-5"/>', "")),
    "D106": lambda: looking('<w:rFonts w:eastAsia="宋体"/>'),
    "D107": lambda: looking('<w:sz w:val="28"/>'),
    "D108": lambda: official.document(official.TEXT, (' w:eastAsia="仿宋_GB2312"', "")),
    "D109": lambda: looking('<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/>'),
    "D110": lambda: official.document(official.TEXT, ('<w:sz w:val="44"/>', '<w:b/><w:sz w:val="44"/>')),
    "D111": lambda: official.document(official.TEXT, (TITLED, TITLED.replace("center", "left"))),
    "D112": lambda: official.document(official.TEXT, ('<w:jc w:val="both"/>', "")),
    "D113": lambda: official.document(official.TEXT, (INDENTED, 'w:firstLine="0"')),
    "D114": lambda: official.document(f"{official.TEXT[:15]}\n　　供水项目已经通水。", (INDENTED, 'w:firstLine="0"')),
    "D115": lambda: official.document(official.TEXT, ('w:line="560"', 'w:after="120" w:line="560"')),
    "D116": lambda: looking('<w:color w:val="FF0000"/>'),
    "D117": lambda: official.document(footers=[paragraph()]),
    "D118": lambda: official.document(official.TEXT, (">— <", ">第<"), ("> —<", ">页<")),
    "D119": lambda: official.document(official.TEXT, (NUMBERED_AT, NUMBERED_AT.replace("center", "right"))),
    "D120": lambda: official.document(official.COVER),
    "D121": lambda: official.document(official.TEXT, ('<w:gridCol w:w="2000"/>', '<w:gridCol w:w="6000"/>')),
    "D122": lambda: official.document(official.LONG, ("<w:tblHeader/>", "")),
    "D123": lambda: official.document(official.LONG, ("<w:cantSplit/>", "")),
    "D128": lambda: official.document(official.TEXT, ("<w:pageBreakBefore/>", "")),
    "D132": lambda: official.document(
        official.TEXT, ('<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>', "")
    ),
    "D202": lambda: "#!/bin/sh\nexit 77\n",
    "D203": lambda: "#!/bin/sh\n",
    "D204": full,
    "P108": lambda: Path(__file__),
    "P115": lambda: docx(named("正文", UPRIGHT) + named("附件")),
    "S003": refused,
    "S004": lambda: bytes(17 << 20),
    "S005": refused,
    "A803": lambda: "填报人：甲".encode() + b"\xff",
    "S020": lambda: docx(paragraph()),
    "S021": lambda: docx(
        paragraph(), types={"word/media/a.png": "image/png"}, replace={"word/media/a.png": b"\x89PNG"}
    ),
    "S010": lambda: FACTS.encode("gbk"),
    "S011": lambda: FACTS.encode("utf-16"),
    "S012": lambda: SOUND,
    "S013": lambda: FACTS.encode()[:-6] + FACTS.encode()[-5:],
    "S117": lambda: f"{FACTS}乙: {'[' * 2_000}{']' * 2_000}\n",
    "S118": lambda: f"{FACTS}乙: [{'1, ' * 300_000}]\n",
    "S120": lambda: FACTS + "乙: 2\n" * 150,
    "S130": lambda: "砂\a田镇",
    "T101": lambda: b"%PDF-1.7 ...",
    "T102": lambda: OLD,
    "T103": lambda: OLD + "EncryptedPackage".encode("utf-16-le"),
    "T104": lambda: SOUND[: len(SOUND) // 2],
    "T105": with_one_byte_wrong,
    "T106": lambda: added("word/media/a.png", b"x", zipfile.ZIP_BZIP2),
    "T107": lambda: holding("word/../../图片.png"),
    "T108": lambda: added("word/Document.xml", DOCUMENT),
    "T109": lambda: zipped({**parts(""), **{f"word/media/{at}.png": b"" for at in range(2_001)}}),
    "T110": lambda: stored(paragraph("甲"), {"word/media/a.png": bytes(21 << 20)}),
    "T111": lambda: holding("word/media/a.png", bytes(9 << 20)),
    "T112": lambda: docx("", replace={"word/document.xml": None}),
    "T113": lambda: main(DOCUMENT[:-20]),
    "T114": lambda: main('<?xml version="1.0" encoding="GBK"?><a>中</a>'.encode("gbk")),
    "T115": lambda: main(DOCUMENT.replace(b"<w:doc", b"<!DOCTYPE a><w:doc", 1)),
    "T116": lambda: docx("", replace={"word/styles.xml": part("hdr", "")}),
    "T117": lambda: main(b'<workbook xmlns="urn:x"/>'),
    "T118": lambda: docx("", types={"word/document.xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}),
    "T119": lambda: docx("", replace={"word/a.bin": b"x"}),
    "T120": lambda: linked("image", "file:///D:/照片.png"),
    "T121": lambda: linked("attachedTemplate", "file:///D:/公文.dotm"),
    "T122": lambda: linked("oleObject", "embeddings/a.bin"),
    "T123": lambda: linked("image", "media/a.png"),
    "T124": lambda: text(field("DDEAUTO excel 表格.xls")),
    "T125": lambda: text("<w:r><w:control/></w:r>"),
    "T126": lambda: stored("<w:p/>" * 1_100_000),
    "T127": lambda: linked("hyperlink", "https://www.example.org/", "rId1"),
    "T128": lambda: docx('<w:p><w:hyperlink r:id="rId99"/></w:p>'),
    "T129": lambda: main(STRICT),
    "T130": lambda: docx("", types={"word/styles.xml": "application/xml"}),
    "T166": lambda: docx(run("甲") + paragraph()),
    "T167": lambda: text('<w:bookmarkStart w:id="1"/><w:bookmarkEnd w:id="1"/>'),
    "T168": lambda: docx("", replace={"word/styles.xml": part("styles", STYLE * 2)}),
    "T169": lambda: text(NOTE),
    "T170": lambda: docx('<w:p><w:pPr><w:jc w:val="middle"/></w:pPr></w:p>'),
    "T171": lambda: holding("word/media/a.png", b""),
    "T172": lambda: main(DOCUMENT.replace(b"<w:document ", b'<w:document mc:Ignorable="w99" ')),
    "T204": lambda: styled("一、部门基本情况", "1"),
    "T205": lambda: styled("部门基本情况", "1", numbered=True),
    "T206": lambda: styled("甲", "报告正文"),
    "T207": lambda: in_font("汉仪旗黑"),
    "T209": lambda: text(f'<w:ins w:id="1" w:author="甲">{run("甲")}</w:ins>'),
    "T210": commented,
    "T516": lambda: facts("长" * 400_000),
    "T525": lambda: facts(*(f"村{at}" for at in range(1_001))),
    "T526": lambda: docx(paragraph("{% if 甲 > 0 %}" * 101 + "有收入。" + "{% endif %}" * 101)),
    "T535": lambda: docx(paragraph("甲\U000f0001")),
    "T536": lambda: docx(LOOP[0] + paragraph("{{ 一村 }}", runs=NOTE) + LOOP[1], footnotes=FOOTNOTE),
    "T538": foreign_prefix,
    "T539": lambda: text(run("{% if 甲 > 0 %}"), BEGIN, run("{% endif %}"), STOP),
    "T540": lambda: text(FORMULA),
    "T541": lambda: docx('<w:p xmlns:w14="urn:a"/><w:p xmlns:w14="urn:b"/>'),
}
GOOD: Final[Mapping[str, Callable[[], Content]]] = {
    **dict.fromkeys(("D201", "D202", "D203", "D204"), lambda: OFFICE),
    "P115": lambda: docx(named("正文", UPRIGHT) + named("附件", WIDE)),
    "D120": lambda: official.document(official.COVER, FIRST),
    **{f"D1{at:02}": official.document for at in (*range(20), *range(21, 40))},
    "S130": lambda: "砂田镇",
    **{code: lambda: styled("部门基本情况", "1") for code in ("T204", "T205")},
    "T206": lambda: styled("甲", "a1"),
    "T207": lambda: in_font("黑体"),
    "T208": lambda: docx(HEADED + paragraph(), styles={"1": "标题一"}),
    "T209": lambda: text(run("甲")),
    "T516": lambda: facts("长" * 5),
    "T525": lambda: facts("茜坑村", "沙溪村"),
    "T536": lambda: docx("".join(LOOP) + paragraph("村", runs=NOTE), footnotes=FOOTNOTE),
    "T539": lambda: text(run("{% if 甲 > 0 %}"), BEGIN, STOP, run("{% endif %}")),
}


def made(code: str, side: str) -> Content:
    """Make the file of one side of a rule's example; a mended Word file is a sound one."""
    return BAD[code]() if side == "bad" else GOOD.get(code, lambda: SOUND)()


@contextmanager
def refusing(files: Mapping[str, OSError]) -> Iterator[None]:
    """Let the system refuse to open or to replace files, by their names."""
    opening, replacing = Path.open, os.replace

    def refuse(name: object) -> None:
        if (refused := files.get(Path(str(name)).name)) is not None:
            raise refused

    def opened(path: Path, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 — as Path.open
        refuse(path)
        return opening(path, *arguments, **named)

    def replaced(fresh: Path, target: object) -> None:
        refuse(target)
        replacing(fresh, str(target))

    with mock.patch.object(Path, "open", opened), mock.patch("os.replace", replaced):
        yield

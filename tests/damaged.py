"""Templates damaged on purpose: for each kind of damage the file, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.pictures import png
from tests.word_files import WML, R, field, paragraph, part, parts, run, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Parts = dict[str, bytes]
    Change = Callable[[Parts], Parts]

DOCUMENT, STYLES, TYPES = "word/document.xml", "word/styles.xml", "[Content_Types].xml"
LINKS = "word/_rels/document.xml.rels"
PICTURE: Final = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="9525" cy="9525"/><wp:docPr id="{}" name="图"/><a:graphic '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="图"/>'
    '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId21"/><a:stretch><a:fillRect/></a:stretch>'
    '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing></w:r>"
)
MARKED = '<w:bookmarkStart w:id="1" w:name="甲"/>{}<w:bookmarkEnd w:id="1"/>'
REMARKED = '<w:commentRangeStart w:id="1"/>{}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
NOTE, ENDNOTE = (f'<w:r><w:{kind}Reference w:id="2"/></w:r>' for kind in ("footnote", "endnote"))
CONTROL = '<w:sdt><w:sdtPr><w:alias w:val="控件"/><w:id w:val="77"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
NUMBERED = (
    '<w:p><w:pPr><w:keepNext/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:jc w:val="left"/></w:pPr>'
    '<w:r><w:rPr><w:b/><w:sz w:val="32"/></w:rPr><w:t>项</w:t></w:r></w:p>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
BOX = (
    '<w:r><w:pict><v:shape id="s1" style="width:99pt;height:99pt"><v:textbox><w:txbxContent>{}</w:txbxContent>'
    "</v:textbox></v:shape></w:pict></w:r>"
)
SPAN = '<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc>'
ROW = '<w:tr><w:tc><w:tcPr><w:vMerge w:val="{}"/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>'
TABLE = table(["甲", "{{ 值 }}"], [SPAN]).replace(
    "</w:tbl>", ROW.format("restart") + ROW.format("continue") + "</w:tbl>"
)
CHOICE = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="v"><w:pict/></mc:Choice><mc:Fallback><w:pict/></mc:Fallback>'
    "</mc:AlternateContent></w:r>"
)
BODY = (
    paragraph("标题{{ 值 }}", "1")
    + TABLE
    + paragraph(runs=MARKED.format(run("书签")) + REMARKED.format(run("批注")) + NOTE + ENDNOTE)
    + paragraph(runs=PICTURE.format(1) + PICTURE.format(2))
    + paragraph(
        runs=field(" PAGE ", "1")
        + f'<w:hyperlink r:id="rId22">{run("链接")}</w:hyperlink>'
        + BOX.format(paragraph("框"))
        + CHOICE
    )
    + CONTROL.format(paragraph("控件"))
    + NUMBERED
)
COMMENTS = f'<w:comment w:id="1" w:author="甲">{paragraph("批")}</w:comment>'


def notes(kind: str) -> str:
    drawn = "".join(
        f'<w:{kind} w:type="{name}" w:id="{at}"><w:p><w:r><w:{name}/></w:r></w:p></w:{kind}>'
        for at, name in enumerate(("separator", "continuationSeparator"))
    )
    return f'{drawn}<w:{kind} w:id="2">{paragraph("注{{ 值 }}")}</w:{kind}>'


def sound() -> dict[str, bytes]:
    """Give the parts of a template that holds some of everything."""
    return parts(
        BODY,
        headers=[paragraph("页眉{{ 值 }}")],
        footers=[paragraph("页脚")],
        footnotes=notes("footnote"),
        endnotes=notes("endnote"),
        links=[
            ("rId21", "image", "media/a.png"),
            ("rId22", "hyperlink", "https://www.example.org/"),
            ("rId23", "numbering", "numbering.xml"),
            ("rId24", "comments", "comments.xml"),
        ],
        types={
            "word/media/a.png": "image/png",
            "word/numbering.xml": f"{WML}.numbering+xml",
            "word/comments.xml": f"{WML}.comments+xml",
        },
        replace={
            "word/media/a.png": png(1, 1),
            "word/numbering.xml": part("numbering", NUMBERING),
            "word/comments.xml": part("comments", COMMENTS),
        },
    )


def edited(name: str, *edits: tuple[str, str]) -> Change:
    """Change the first of each text in a part; raises ValueError where it is not there."""

    def change(files: Parts) -> Parts:
        text = files[name].decode()
        for old, new in edits:
            text = text[: text.index(old)] + new + text[text.index(old) + len(old) :]
        return {**files, name: text.encode()}

    return change


def without(gone: str) -> Change:
    return lambda files: {name: data for name, data in files.items() if name != gone}


def renamed(old: str, new: str) -> Change:
    return lambda files: {new if name == old else name: data for name, data in files.items()}


def replaced(name: str, change: Callable[[bytes], bytes]) -> Change:
    return lambda files: {**files, name: change(files[name])}


def body(old: str, new: str) -> Change:
    return edited(DOCUMENT, (old, new))


INSERTED: Final = f'<w:ins w:id="50" w:author="甲">{run("甲")}</w:ins>'
P: Final = paragraph("甲")
# What is said of a file, empty where it becomes a sound document all the same.
DAMAGES: Final[Mapping[str, tuple[Change, str]]] = {
    "no content types": (
        without(TYPES),
        "T112",
    ),
    "no package links": (without("_rels/.rels"), "T112"),
    "no document": (without(DOCUMENT), "T112"),
    "no document links": (without(LINKS), "T169 正文 ¶9; T128 正文 ¶10; T128 正文 ¶11; T128 正文"),
    "no styles": (without(STYLES), "T123 正文"),
    "no numbering": (without("word/numbering.xml"), "T123 正文"),
    "no picture": (without("word/media/a.png"), "T123 正文"),
    "no header": (without("word/header1.xml"), "T123 正文"),
    "no footnotes": (without("word/footnotes.xml"), "T169 正文 ¶9; T123 正文"),
    "no comments": (without("word/comments.xml"), "T123 正文"),
    "header unlinked": (
        edited(LINKS, (f'<Relationship Id="rId2" Type="{R}/header" Target="header1.xml"/>', "")),
        "T128 正文",
    ),
    "header linked as footer": (
        edited(LINKS, (f'Type="{R}/header"', f'Type="{R}/footer"')),
        "T169 正文; T130 word/header1.xml",
    ),
    "footnotes unlinked": (
        edited(LINKS, (f'<Relationship Id="rId4" Type="{R}/footnotes" Target="footnotes.xml"/>', "")),
        "T169 正文 ¶9",
    ),
    "comments unlinked": (
        edited(LINKS, (f'<Relationship Id="rId24" Type="{R}/comments" Target="comments.xml"/>', "")),
        "",
    ),
    "numbering unlinked": (
        edited(LINKS, (f'<Relationship Id="rId23" Type="{R}/numbering" Target="numbering.xml"/>', "")),
        "",
    ),
    "picture linked as header": (edited(LINKS, (f'Type="{R}/image"', f'Type="{R}/header"')), "T130 word/media/a.png"),
    "document renamed": (renamed(DOCUMENT, "word/Dokument.xml"), "T112"),
    "two styles links": (
        edited(
            LINKS,
            ("</Relationships>", f'<Relationship Id="rId31" Type="{R}/styles" Target="styles.xml"/></Relationships>'),
        ),
        "T168 正文",
    ),
    "two ids in links": (
        edited(LINKS, ('Id="rId22"', 'Id="rId21"')),
        "T127 word/_rels/document.xml.rels; T128 正文 ¶11",
    ),
    "link without id": (edited(LINKS, ('Id="rId22" ', "")), "T128 正文 ¶11"),
    "link without target": (edited(LINKS, (' Target="styles.xml"', "")), "T123 正文"),
    "link without type": (edited(LINKS, (f' Type="{R}/styles"', "")), "T122 正文"),
    "content type of header missing": (
        edited(TYPES, (f'<Override PartName="/word/header1.xml" ContentType="{WML}.header+xml"/>', "")),
        "T130 页眉1",
    ),
    "content type of header wrong": (
        edited(TYPES, (f"{WML}.header+xml", f"{WML}.footer+xml")),
        "T116 页眉1; T130 页眉1",
    ),
    "content type of rels missing": (
        edited(
            TYPES,
            ('<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>', ""),
        ),
        "T119 _rels/.rels; T119 word/_rels/document.xml.rels",
    ),
    "content type of a missing part": (
        edited(TYPES, ("</Types>", '<Override PartName="/word/weg.xml" ContentType="application/xml"/></Types>')),
        "",
    ),
    "content type twice": (
        edited(TYPES, ("</Types>", f'<Override PartName="/word/header1.xml" ContentType="{WML}.header+xml"/></Types>')),
        "T168 [Content_Types].xml",
    ),
    "content types in another namespace": (
        edited(TYPES, ("/content-types", "/types")),
        "T112",
    ),
    "links in another namespace": (
        edited(LINKS, ('/relationships"', '/links"')),
        "T169 正文 ¶9; T128 正文 ¶10; T128 正文 ¶11; T128 正文",
    ),
    "root of a header in a footer": (
        edited("word/footer1.xml", ("<w:ftr", "<w:hdr"), ("</w:ftr", "</w:hdr")),
        "T116 页脚1",
    ),
    "root of another namespace": (
        edited(DOCUMENT, ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"', 'xmlns:w="urn:x"')),
        "T117 word/document.xml",
    ),
    "no body": (edited(DOCUMENT, ("<w:body>", ""), ("</w:body>", "")), "T167 正文"),
    "two bodies": (edited(DOCUMENT, ("</w:body>", "</w:body><w:body><w:p/></w:body>")), "T166 正文"),
    "empty body": (replaced(DOCUMENT, lambda _: part("document", "<w:body/>")), ""),
    "text in the body": (body("<w:body>", "<w:body>甲"), "T166 正文"),
    "text in a run": (body("<w:r><w:t", "<w:r>甲<w:t"), "T166 正文 ¶1"),
    "a dangling hyperlink": (body('r:id="rId22"', 'r:id="rId99"'), "T128 正文 ¶11"),
    "a dangling picture": (body('r:embed="rId21"', 'r:embed="rId99"'), "T128 正文 ¶10"),
    "a dangling header": (
        body('<w:headerReference w:type="default" r:id="rId2"/>', '<w:headerReference w:type="default" r:id="rId99"/>'),
        "T128 正文",
    ),
    "a header reference without id": (
        body('<w:headerReference w:type="default" r:id="rId2"/>', '<w:headerReference w:type="default"/>'),
        "T167 正文",
    ),
    "a header reference twice": (
        body(
            '<w:headerReference w:type="default" r:id="rId2"/>', '<w:headerReference w:type="default" r:id="rId2"/>' * 2
        ),
        "",
    ),
    "a header referenced as styles": (
        body('<w:headerReference w:type="default" r:id="rId2"/>', '<w:headerReference w:type="default" r:id="rId1"/>'),
        "T169 正文",
    ),
    "two bookmarks of one id": (
        body(
            '<w:bookmarkEnd w:id="1"/>',
            '<w:bookmarkEnd w:id="1"/>' + '<w:bookmarkStart w:id="1" w:name="乙"/><w:bookmarkEnd w:id="1"/>',
        ),
        "",
    ),
    "two bookmarks of one name": (
        body(
            '<w:bookmarkEnd w:id="1"/>',
            '<w:bookmarkEnd w:id="1"/><w:bookmarkStart w:id="9" w:name="甲"/><w:bookmarkEnd w:id="9"/>',
        ),
        "",
    ),
    "a bookmark without id": (
        body('<w:bookmarkStart w:id="1" w:name="甲"/>', '<w:bookmarkStart w:name="甲"/>'),
        "T167 正文 ¶9",
    ),
    "a bookmark without name": (
        body('<w:bookmarkStart w:id="1" w:name="甲"/>', '<w:bookmarkStart w:id="1"/>'),
        "T167 正文 ¶9",
    ),
    "a bookmark without end": (body('<w:bookmarkEnd w:id="1"/>', ""), ""),
    "a bookmark without start": (body('<w:bookmarkStart w:id="1" w:name="甲"/>', ""), ""),
    "a bookmark end first": (
        body(
            '<w:bookmarkStart w:id="1" w:name="甲"/>',
            '<w:bookmarkEnd w:id="1"/><w:bookmarkStart w:id="1" w:name="甲"/>',
        ),
        "",
    ),
    "two pictures of one id": (body('<wp:docPr id="2"', '<wp:docPr id="1"'), ""),
    "a picture without id": (body('<wp:docPr id="2"', "<wp:docPr"), ""),
    "a picture with a text as id": (body('<wp:docPr id="2"', '<wp:docPr id="x"'), ""),
    "a picture without name": (body('<wp:docPr id="2" name="图"', '<wp:docPr id="2"'), ""),
    "two shapes of one id": (
        body('<w:pict><v:shape id="s1"', '<w:pict><v:shape id="s1"/></w:pict><w:pict><v:shape id="s1"'),
        "",
    ),
    "two controls of one id": (body("</w:sdt>", "</w:sdt>" + CONTROL.format(P)), ""),
    "a control without content": (body(f"<w:sdtContent>{paragraph('控件')}</w:sdtContent>", ""), ""),
    "a control without paragraph": (body(f"<w:sdtContent>{paragraph('控件')}</w:sdtContent>", "<w:sdtContent/>"), ""),
    "a control with a text as id": (body('<w:id w:val="77"/>', '<w:id w:val="x"/>'), "T170 正文 ¶13"),
    "two notes of one id": (
        edited("word/footnotes.xml", ("</w:footnotes>", f'<w:footnote w:id="2">{P}</w:footnote></w:footnotes>')),
        "T168 脚注",
    ),
    "a note without id": (
        edited("word/footnotes.xml", ('<w:footnote w:id="2">', "<w:footnote>")),
        "T169 正文 ¶9; T167 脚注",
    ),
    "a note without paragraph": (edited("word/footnotes.xml", (paragraph("注{{ 值 }}"), "")), ""),
    "a note of an unknown kind": (
        edited("word/footnotes.xml", ('<w:footnote w:id="2">', '<w:footnote w:id="2" w:type="x">')),
        "T170 脚注",
    ),
    "a reference to no footnote": (
        body('<w:footnoteReference w:id="2"/>', '<w:footnoteReference w:id="5"/>'),
        "T169 正文 ¶9",
    ),
    "a reference to no endnote": (
        body('<w:endnoteReference w:id="2"/>', '<w:endnoteReference w:id="5"/>'),
        "T169 正文 ¶9",
    ),
    "a footnote reference without id": (
        body('<w:footnoteReference w:id="2"/>', "<w:footnoteReference/>"),
        "T167 正文 ¶9",
    ),
    "a reference to no comment": (body('<w:commentReference w:id="1"/>', '<w:commentReference w:id="5"/>'), ""),
    "a comment range without end": (body('<w:commentRangeEnd w:id="1"/>', ""), ""),
    "a comment range without start": (body('<w:commentRangeStart w:id="1"/>', ""), ""),
    "a comment range of no comment": (
        body(
            '<w:commentRangeStart w:id="1"/>',
            '<w:commentRangeStart w:id="1"/><w:commentRangeStart w:id="8"/><w:commentRangeEnd w:id="8"/>',
        ),
        "",
    ),
    "two comments of one id": (
        edited("word/comments.xml", ("</w:comments>", COMMENTS + "</w:comments>")),
        "T168 word/comments.xml",
    ),
    "a comment without author": (edited("word/comments.xml", (' w:author="甲"', "")), "T167 word/comments.xml"),
    "a footnote reference in a header": (edited("word/header1.xml", ("</w:p>", NOTE + "</w:p>")), "T169 页眉1 ¶1"),
    "a paragraph in a paragraph": (body("<w:p>", "<w:p><w:p/>"), "T166 正文 ¶2"),
    "a paragraph in a run": (body("<w:r><w:t", "<w:r><w:p/><w:t"), "T166 正文 ¶2"),
    "a run in the body": (body("<w:body>", "<w:body>" + run("甲")), "T166 正文 ¶1"),
    "a run in a run": (body("<w:r><w:t", f"<w:r>{run('甲')}<w:t"), "T166 正文 ¶1"),
    "a text in a paragraph": (body("<w:p>", "<w:p><w:t>甲</w:t>"), "T166 正文 ¶1"),
    "a table in a paragraph": (body("<w:p>", "<w:p>" + table(["甲"])), "T166 正文 ¶1"),
    "a row in the body": (body("<w:body>", "<w:body><w:tr><w:tc><w:p/></w:tc></w:tr>"), "T166 正文 ¶1"),
    "a cell in a table": (
        body("<w:tbl><w:tblPr>", "<w:tbl><w:tc><w:p/></w:tc><w:tblPr>"),
        "T166 正文 ¶2 表1 第1行第1列",
    ),
    "a cell without paragraph": (body("<w:tc><w:p/></w:tc>", "<w:tc/>"), ""),
    "a cell that ends with a table": (body("<w:tc><w:p/></w:tc>", f"<w:tc>{table(['甲'])}</w:tc>"), ""),
    "a row without cells": (body("</w:tbl>", "<w:tr/></w:tbl>"), ""),
    "a table without rows": (body("<w:body>", "<w:body><w:tbl><w:tblPr/><w:tblGrid/></w:tbl>"), ""),
    "a table without grid": (body('<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>', ""), ""),
    "a table without properties": (body('<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>', ""), ""),
    "a table of two grids": (body("<w:tblGrid>", "<w:tblGrid/><w:tblGrid>"), "T166 正文 ¶2 表1 第1行第1列"),
    "a grid with fewer columns": (body('<w:gridCol w:w="2000"/>', ""), ""),
    "a grid column of no number": (
        body('<w:gridCol w:w="2000"/>', '<w:gridCol w:w="breit"/>'),
        "T170 正文 ¶2 表1 第1行第1列",
    ),
    "a span too large": (body('<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="99"/>'), ""),
    "a span of zero": (body('<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="0"/>'), ""),
    "a span of no number": (body('<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="x"/>'), "T170 正文 ¶4 表1 第2行第1列"),
    "a merge without start": (body('<w:vMerge w:val="restart"/>', '<w:vMerge w:val="continue"/>'), ""),
    "a merge of an unknown kind": (
        body('<w:vMerge w:val="restart"/>', '<w:vMerge w:val="x"/>'),
        "T170 正文 ¶5 表1 第3行第1列",
    ),
    "paragraph properties out of order": (
        body(
            '<w:keepNext/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
            '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:keepNext/>',
        ),
        "",
    ),
    "run properties out of order": (body('<w:b/><w:sz w:val="32"/>', '<w:sz w:val="32"/><w:b/>'), ""),
    "cell properties out of order": (
        body(
            '<w:tcW w:w="4000" w:type="dxa"/><w:gridSpan w:val="2"/>',
            '<w:gridSpan w:val="2"/><w:tcW w:w="4000" w:type="dxa"/>',
        ),
        "",
    ),
    "section properties out of order": (body("<w:sectPr>", "<w:sectPr><w:cols/>"), ""),
    "paragraph properties behind text": (
        body('<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>', '<w:p><w:r/><w:pPr><w:pStyle w:val="1"/></w:pPr>'),
        "T166 正文 ¶1",
    ),
    "run properties behind text": (
        body(
            '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr><w:t>项</w:t>',
            '<w:t>项</w:t><w:rPr><w:b/><w:sz w:val="32"/></w:rPr>',
        ),
        "T166 正文 ¶14",
    ),
    "cell properties behind text": (
        body(
            '<w:tcPr><w:tcW w:w="4000" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr><w:p/>',
            '<w:p/><w:tcPr><w:tcW w:w="4000" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr>',
        ),
        "T166 正文 ¶4 表1 第2行第1列",
    ),
    "two properties of a paragraph": (body("<w:pPr>", "<w:pPr/><w:pPr>"), "T166 正文 ¶1"),
    "a size of no number": (body('<w:sz w:val="32"/>', '<w:sz w:val="groß"/>'), "T170 正文 ¶14"),
    "an unknown alignment": (body('<w:jc w:val="left"/>', '<w:jc w:val="middle"/>'), "T170 正文 ¶14"),
    "an unknown element": (body("<w:r><w:t", "<w:r><w:neu/><w:t"), "T166 正文 ¶1"),
    "an unknown attribute": (body("<w:r><w:t", '<w:r w:neu="1"><w:t'), "T166 正文 ¶1"),
    "an element of another namespace": (body("<w:body>", '<w:body><x:a xmlns:x="urn:x"/>'), "T166 正文 ¶1"),
    "an attribute of another namespace": (body("<w:body>", '<w:body xmlns:x="urn:x" x:a="1">'), "T166 正文"),
    "an ignorable prefix undeclared": (body("<w:document ", '<w:document mc:Ignorable="w99" '), "T172 正文"),
    "an ignorable prefix declared": (body("<w:document ", '<w:document xmlns:x="urn:x" x:a="1" mc:Ignorable="x" '), ""),
    "to be understood": (body("<w:document ", '<w:document xmlns:x="urn:x" mc:MustUnderstand="x" '), ""),
    "a choice without requires": (body(' Requires="v"', ""), "T167 正文 ¶11"),
    "a choice of an undeclared prefix": (body(' Requires="v"', ' Requires="w99"'), "T172 正文 ¶11"),
    "alternatives without choice": (body('<mc:Choice Requires="v"><w:pict/></mc:Choice>', ""), "T167 正文 ¶11"),
    "alternatives without anything": (
        body('<mc:Choice Requires="v"><w:pict/></mc:Choice><mc:Fallback><w:pict/></mc:Fallback>', ""),
        "T167 正文 ¶11",
    ),
    "two fallbacks": (
        body("<mc:Fallback><w:pict/></mc:Fallback>", "<mc:Fallback><w:pict/></mc:Fallback>" * 2),
        "T168 正文 ¶11",
    ),
    "a missing style": (body('<w:pStyle w:val="1"/>', '<w:pStyle w:val="weg"/>'), ""),
    "a style on itself": (
        edited(STYLES, ('<w:name w:val="标题一"/>', '<w:name w:val="标题一"/><w:basedOn w:val="1"/>')),
        "",
    ),
    "styles on each other": (
        edited(
            STYLES,
            ('<w:name w:val="标题一"/>', '<w:name w:val="标题一"/><w:basedOn w:val="2"/>'),
            ('<w:name w:val="标题二"/>', '<w:name w:val="标题二"/><w:basedOn w:val="1"/>'),
        ),
        "",
    ),
    "a style on a missing one": (
        edited(STYLES, ('<w:name w:val="标题一"/>', '<w:name w:val="标题一"/><w:basedOn w:val="weg"/>')),
        "",
    ),
    "two styles of one id": (edited(STYLES, ('w:styleId="2"', 'w:styleId="1"')), "T168 word/styles.xml"),
    "two styles of one name": (edited(STYLES, ("标题二", "标题一")), ""),
    "a style without id": (edited(STYLES, (' w:styleId="2"', "")), ""),
    "a style without name": (edited(STYLES, ('<w:name w:val="标题二"/>', "")), ""),
    "a style of an unknown kind": (
        edited(STYLES, ('w:type="paragraph" w:styleId="2"', 'w:type="x" w:styleId="2"')),
        "T170 word/styles.xml",
    ),
    "two default styles": (edited(STYLES, ('w:styleId="2"', 'w:default="1" w:styleId="2"')), ""),
    "a number of no list": (
        edited(
            "word/numbering.xml",
            ('<w:num w:numId="1"><w:abstractNumId w:val="1"/>', '<w:num w:numId="1"><w:abstractNumId w:val="7"/>'),
        ),
        "T169 word/numbering.xml",
    ),
    "a number without list": (
        edited("word/numbering.xml", ('<w:num w:numId="1"><w:abstractNumId w:val="1"/>', '<w:num w:numId="1">')),
        "T167 word/numbering.xml",
    ),
    "numbers before lists": (
        replaced(
            "word/numbering.xml",
            lambda _: part(
                "numbering", NUMBERING[NUMBERING.index("<w:num ") :] + NUMBERING[: NUMBERING.index("<w:num ")]
            ),
        ),
        "T166 word/numbering.xml",
    ),
    "a paragraph of no number": (body('<w:numId w:val="1"/>', '<w:numId w:val="9"/>'), ""),
    "two numbers of one id": (
        edited(
            "word/numbering.xml",
            ("</w:numbering>", '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'),
        ),
        "T168 word/numbering.xml",
    ),
    "two lists of one id": (
        edited("word/numbering.xml", ("<w:num ", NUMBERING[: NUMBERING.index("<w:num ")] + "<w:num ")),
        "T168 word/numbering.xml",
    ),
    "a level too deep": (body('<w:ilvl w:val="0"/>', '<w:ilvl w:val="12"/>'), ""),
    "a section in the middle": (body("<w:body>", "<w:body><w:sectPr/>"), "T166 正文 ¶1"),
    "two sections at the end": (body("</w:sectPr></w:body>", "</w:sectPr><w:sectPr/></w:body>"), "T166 正文"),
    "text behind the section": (body("</w:sectPr></w:body>", "</w:sectPr><w:p/></w:body>"), "T166 正文 ¶15"),
    "no section": (edited(DOCUMENT, ("<w:sectPr>", "<!--"), ("</w:sectPr>", "-->")), ""),
    "a section in a cell": (body("<w:tc><w:p/></w:tc>", "<w:tc><w:p><w:pPr><w:sectPr/></w:pPr></w:p></w:tc>"), ""),
    "a field without end": (body('<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""), ""),
    "a field without begin": (body('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', ""), ""),
    "a field separated twice": (
        body(
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' * 2
        ),
        "",
    ),
    "a field of an unknown sign": (body('w:fldCharType="separate"', 'w:fldCharType="x"'), "T170 正文 ¶11"),
    "a text box without paragraph": (body(f"<w:txbxContent>{paragraph('框')}", "<w:txbxContent>"), ""),
    "a header without paragraph": (edited("word/header1.xml", (paragraph("页眉{{ 值 }}"), "")), ""),
    "blanks not preserved": (body('<w:t xml:space="preserve">标题', "<w:t> 标题"), ""),
    "blanks of an unknown kind": (body('xml:space="preserve"', 'xml:space="behalten"'), "T170 正文 ¶1"),
    "a tracked change without author": (
        body("<w:body>", f'<w:body><w:p><w:ins w:id="50">{run("甲")}</w:ins></w:p>'),
        "T167 正文 ¶1",
    ),
    "two tracked changes of one id": (
        body(
            "<w:body>",
            f"<w:body><w:p>{INSERTED}{INSERTED}</w:p>",
        ),
        "",
    ),
    "a date that does not exist": (
        body(
            "<w:body>",
            f'<w:body><w:p><w:ins w:id="50" w:author="甲" w:date="2021-13-45T00:00:00Z">{run("甲")}</w:ins></w:p>',
        ),
        "T170 正文 ¶1",
    ),
    "a move without its range": (
        body("<w:body>", f'<w:body><w:p><w:moveTo w:id="50" w:author="甲">{run("甲")}</w:moveTo></w:p>'),
        "",
    ),
    "deleted text outside a deletion": (body("<w:r><w:t", "<w:r><w:delText>甲</w:delText><w:t"), ""),
    "text inside a deletion": (
        body("<w:body>", f'<w:body><w:p><w:del w:id="50" w:author="甲">{run("甲")}</w:del></w:p>'),
        "",
    ),
    "broken utf-8": (
        replaced(DOCUMENT, lambda d: d.replace("标题".encode(), b"\xe6\xa0", 1)),
        "T114 word/document.xml",
    ),
    "utf-16": (
        replaced(DOCUMENT, lambda d: d.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        "T114 word/document.xml",
    ),
    "gbk declared": (
        replaced(DOCUMENT, lambda d: d.decode().replace("UTF-8", "GBK").encode("gbk")),
        "T114 word/document.xml",
    ),
    "gbk undeclared": (replaced(DOCUMENT, lambda d: d.decode().encode("gbk")), "T114 word/document.xml"),
    "gbk said of utf-8": (replaced(DOCUMENT, lambda d: d.replace(b"UTF-8", b"GBK", 1)), "T114 word/document.xml"),
    "a byte order mark": (replaced(DOCUMENT, lambda d: b"\xef\xbb\xbf" + d), ""),
    "two byte order marks": (replaced(DOCUMENT, lambda d: b"\xef\xbb\xbf" * 2 + d), "T113 word/document.xml"),
    "bytes before the xml": (replaced(DOCUMENT, lambda d: b"\n" + d), "T113 word/document.xml"),
    "bytes behind the xml": (replaced(DOCUMENT, lambda d: d + b"\0" * 9), "T114 word/document.xml"),
    "xml cut off": (replaced(DOCUMENT, lambda d: d[: len(d) // 2]), "T113 word/document.xml"),
    "xml empty": (replaced(DOCUMENT, lambda _: b""), "T113 word/document.xml"),
    "xml of zeros": (replaced(DOCUMENT, lambda d: bytes(len(d))), "T114 word/document.xml"),
    "a bare ampersand": (body("标题", "标&题"), "T113 word/document.xml"),
    "a character xml cannot hold": (body("标题", "标&#1;题"), "T113 word/document.xml"),
    "an entity": (body("标题", "标&nbsp;题"), "T113 word/document.xml"),
    "an attribute twice": (
        body('<w:jc w:val="left"/>', '<w:jc w:val="left" w:val="right"/>'),
        "T113 word/document.xml",
    ),
    "a prefix undeclared": (body("<w:body>", "<w:body><y:a/>"), "T113 word/document.xml"),
    "a doctype": (body("<w:document", "<!DOCTYPE w:document><w:document"), "T115 word/document.xml"),
    "a processing instruction": (body("<w:body>", '<w:body><?mso-application progid="Word.Document"?>'), ""),
    "cdata": (body("标题", "<![CDATA[标<题]]>"), ""),
    "xml 1.1": (body('version="1.0"', 'version="1.1"'), ""),
    "styles cut off": (replaced(STYLES, lambda d: d[: len(d) // 2]), "T113 word/styles.xml"),
    "a picture cut off": (replaced("word/media/a.png", lambda d: d[:20]), ""),
    "a picture empty": (replaced("word/media/a.png", lambda _: b""), "T171 word/media/a.png"),
}

"""Small Word files for tests: body XML goes in, the bytes of a minimal valid .docx come out, with any part replaced."""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
STYLES: Mapping[str, str] = {"1": "标题一", "2": "标题二", "a1": "正文缩进"}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def run(text: str) -> str:
    """Write a run of text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str = "", style: str = "", *, runs: str = "") -> str:
    """Write a paragraph of a text (and of runs after it), in a style named by its id."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{run(text) if text else ''}{runs}</w:p>"


def table(*rows: Sequence[str]) -> str:
    """Write a table of cells, each given as a text or as the XML of its blocks."""
    cells = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    grid = '<w:gridCol w:w="2000"/>' * max(map(len, rows))
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{cells}</w:tbl>'


def written(text: str) -> str:
    """Write a body from text: a line is a paragraph, lines such as `| cell | cell |` are the rows of a table.

    A filter within a cell stands without blanks: `{{ 甲|金额 }}`.
    """
    blocks: list[str] = []
    for is_row, lines in groupby(text.strip().split("\n"), lambda line: line.startswith("| ")):
        if is_row:
            blocks += [table(*([one.strip() for one in line.strip(" |").split(" | ")] for line in lines)), paragraph()]
        else:
            blocks += map(paragraph, lines)
    return "".join(blocks)


def cell(content: str, properties: str = "") -> str:
    """Write a table cell; content that is a cell already stays."""
    if content.startswith("<w:tc>"):
        return content
    blocks = content if content.startswith("<w:") else paragraph(content)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{blocks}</w:tc>"


def field(instruction: str, result: str = "") -> str:
    """Write the runs of a complex field."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>'
    return f"{marks[0]}{code}{marks[1]}{run(result)}{marks[2]}"


def part(root: str, content: str) -> bytes:
    """Write a part of WordprocessingML."""
    return f"{_HEAD}<w:{root} {NAMESPACES}>{content}</w:{root}>".encode()


def relationships(*links: tuple[str, str, str]) -> bytes:
    """Write a relationships part from (id, kind, target); a target with a colon or backslash is external."""
    items = "".join(
        f'<Relationship Id="{key}" Type="{_kind(kind)}" Target="{escape(target)}"{_mode(target)}/>'
        for key, kind, target in links
    )
    return f'{_HEAD}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'.encode()


def content_types(overrides: Mapping[str, str], defaults: Mapping[str, str] | None = None) -> bytes:
    """Write the list of content types."""
    known = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    items = [
        f'<Default Extension="{one}" ContentType="{kind}"/>' for one, kind in {**known, **(defaults or {})}.items()
    ]
    items += [f'<Override PartName="/{one}" ContentType="{kind}"/>' for one, kind in overrides.items()]
    return f'{_HEAD}<Types xmlns="{PACKAGE}/content-types">{"".join(items)}</Types>'.encode()


def parts(  # noqa: PLR0913 — each keyword is one part of a Word file
    body: str,
    *,
    headers: Sequence[str] = (),
    footers: Sequence[str] = (),
    footnotes: str = "",
    endnotes: str = "",
    styles: Mapping[str, str] = STYLES,
    links: Sequence[tuple[str, str, str]] = (),
    types: Mapping[str, str] | None = None,
    replace: Mapping[str, bytes | None] | None = None,
) -> dict[str, bytes]:
    """Give the parts of a .docx by name; `links` and `types` are added, and `replace` has the last word."""
    named = [("styles", part("styles", _styles(styles)))]
    named += [(f"header{at}", part("hdr", one)) for at, one in enumerate(headers, 1)]
    named += [(f"footer{at}", part("ftr", one)) for at, one in enumerate(footers, 1)]
    named += [("footnotes", part("footnotes", footnotes))] if footnotes else []
    named += [("endnotes", part("endnotes", endnotes))] if endnotes else []
    own = [(f"rId{at}", one.rstrip("0123456789"), f"{one}.xml") for at, (one, _) in enumerate(named, 1)]
    references = "".join(
        f'<w:{kind}Reference w:type="{use}" r:id="{key}"/>'
        for kind in ("header", "footer")
        for (key, _, _), use in zip([one for one in own if one[1] == kind], ("default", "first", "even"), strict=False)
    )
    overrides = {f"word/{one}.xml": f"{WML}.{one.rstrip('0123456789')}+xml" for one, _ in named}
    made: dict[str, bytes | None] = {
        "[Content_Types].xml": content_types(
            {"word/document.xml": f"{WML}.document.main+xml", **overrides, **(types or {})}
        ),
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relationships(*own, *links),
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr>{references}</w:sectPr></w:body>"),
        **{f"word/{one}.xml": content for one, content in named},
        **(replace or {}),
    }
    return {name: data for name, data in made.items() if data is not None}


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack parts with the standard library, as another program would."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def docx(  # noqa: PLR0913 — as `parts`
    body: str,
    *,
    headers: Sequence[str] = (),
    footers: Sequence[str] = (),
    footnotes: str = "",
    endnotes: str = "",
    styles: Mapping[str, str] = STYLES,
    links: Sequence[tuple[str, str, str]] = (),
    types: Mapping[str, str] | None = None,
    replace: Mapping[str, bytes | None] | None = None,
) -> bytes:
    """Give the bytes of a .docx; arguments as for `parts`."""
    return zipped(
        parts(
            body,
            headers=headers,
            footers=footers,
            footnotes=footnotes,
            endnotes=endnotes,
            styles=styles,
            links=links,
            types=types,
            replace=replace,
        ),
    )


def _mode(target: str) -> str:
    return ' TargetMode="External"' if ":" in target or "\\" in target else ""


def _kind(kind: str) -> str:
    if kind == "core-properties":
        return f"{PACKAGE}/relationships/metadata/core-properties"
    return kind if ":" in kind else f"{R}/{kind}"


def _styles(names: Mapping[str, str]) -> str:
    listed = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in names.items()
    )
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    return f"{normal}{listed}"

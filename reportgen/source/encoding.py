"""Bytes in, text out: only UTF-8 is read, anything else is named together with the way to save it as UTF-8."""

from __future__ import annotations

import codecs

from reportgen.diagnostics import N_, Diagnostic, Severity, Span, rule

_SAVE = N_(
    "open it in Notepad, choose “Save as”, set the encoding to UTF-8 and save; "
    "in WPS: “Save as”, plain text, encoding UTF-8",
)
GBK = rule(
    "S010",
    "gbk-file",
    Severity.ERROR,
    "the file is saved in the old Chinese encoding (GBK), not in UTF-8",
    _SAVE,
)
UTF16 = rule(
    "S011",
    "utf16-file",
    Severity.ERROR,
    "the file is saved as UTF-16 (“Unicode”), not as UTF-8",
    _SAVE,
)
BINARY = rule(
    "S012",
    "binary-file",
    Severity.ERROR,
    "this is not a text file",
    "give a text file, its name ends in .yaml; Word, Excel and picture files are not read here",
)
BROKEN = rule(
    "S013",
    "broken-text",
    Severity.ERROR,
    "the text is damaged here: the byte {byte} belongs to no character",
    "type this character again and save the file as UTF-8, or fetch an undamaged copy",
)
_WIDE = "\u0800"  # characters from here on take three bytes in UTF-8, which GBK text hardly ever imitates


def decode(data: bytes, path: str) -> tuple[str | None, list[Diagnostic]]:
    """Read UTF-8 with or without a byte order mark; the text comes without it and keeps its line ends."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None, [UTF16.at(Span(path))]
    if b"\0" in data:
        return None, [BINARY.at(Span(path))]
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8"), []
    except UnicodeDecodeError as error:
        return None, [_undecodable(body, error.start, path)]


def _undecodable(body: bytes, start: int, path: str) -> Diagnostic:
    before = body[:start].decode("utf-8")
    column = len(before) - before.rfind("\n")
    span = Span(path, before.count("\n") + 1, column, column + 1)
    kind = BROKEN if max(before, default="") >= _WIDE or not _is_gbk(body) else GBK
    return kind.at(span, byte=f"{body[start]:02X}")


def _is_gbk(body: bytes) -> bool:
    try:
        body.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True

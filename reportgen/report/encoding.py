"""The bytes of a plain text in, what they say out: reports come from any program, so more is read than of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen import source
from reportgen.report.lines import BREAK

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic

_CODECS: Final = {source.GBK.code: "gb18030", source.UTF16.code: "utf-16"}


def decode(data: bytes, path: str) -> tuple[str | None, list[Diagnostic]]:
    """Read UTF-8, the old Chinese encoding or UTF-16 with its mark; lines, and pages as well, end with one sign."""
    text, found = source.decode(data, path)
    if text is None and found[0].rule.code in _CODECS:
        try:
            text, found = data.decode(_CODECS[found[0].rule.code]), []
        except UnicodeDecodeError:
            return None, found
    return (text if text is None else BREAK.sub("\n", text)), found

"""The bytes of a plain text in, what they say out: reports come from any program, so more is read than of facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen import source

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic

_CODECS: Final = {source.GBK.code: "gb18030", source.UTF16.code: "utf-16"}
_ENDS: Final = re.compile("\r\n?")


def decode(data: bytes, path: str) -> tuple[str | None, list[Diagnostic]]:
    """Read UTF-8, the old Chinese encoding or UTF-16 with its mark; lines of the text end as they do in Unix."""
    text, found = source.decode(data, path)
    if text is None and found[0].rule.code in _CODECS:
        try:
            text, found = data.decode(_CODECS[found[0].rule.code]), []
        except UnicodeDecodeError:
            return None, found
    return (text if text is None else _ENDS.sub("\n", text)), found

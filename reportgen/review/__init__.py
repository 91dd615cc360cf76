"""A traced build in, its review copies out: what a reviewer reads to see where each figure of a document is from.

They are in Chinese, as the reports are; nothing in them leads out of the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.build import Document
from reportgen.review.page import page
from reportgen.verification import proven

if TYPE_CHECKING:
    from reportgen.build import Built

_MARK: Final = "（核对稿）"


def review(built: Built) -> list[Document]:
    """Write the review copies of all documents of a traced build."""
    return [
        Document(_name(one.document.path, ".html"), page(Path(one.document.path).stem, one, built.study).encode())
        for one in proven(built)
    ]


def _name(document: str, suffix: str) -> str:
    return f"{Path(document).stem}{_MARK}{suffix}"

"""A traced build in, its review copies out: what a reviewer reads to see where each figure of a document is from.

Beside them `findings`: a report that anyone wrote, with what was found in it.

They are in Chinese, as the reports are; nothing in them leads out of the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.build import Document
from reportgen.review.copies import copy
from reportgen.review.page import page
from reportgen.word import unmarked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.build import Built
    from reportgen.verification import Proven

_MARK: Final = "（核对稿）"


def review(built: Built, proved: Sequence[Proven]) -> Iterator[Document]:
    """Write the review copies of the documents of a traced build, of which the figures are proved: Word, browser."""
    for document, own in zip(built.documents, proved, strict=True):
        title = Path(document.name).stem
        plain = document._replace(data=unmarked(document.data))
        yield Document(f"{title}{_MARK}.docx", copy(plain, own.proofs, built.study))
        yield Document(f"{title}{_MARK}.html", page(title, own, built.study).encode())

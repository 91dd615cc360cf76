"""Subdocs for tests: the bytes of a Word file go in, what docxtpl would give comes out; and a file with much in it."""

from __future__ import annotations

import io
from functools import cache

import docx
from docx.shared import Mm

from tests.pictures import png
from tests.word_files import docx as word_file
from tests.word_files import paragraph, run


class Given:
    """A Subdoc as docxtpl gives it, of a file whose parts are not yet anywhere else."""

    def __init__(self, data: bytes) -> None:
        """Open the file as docxtpl does."""
        self.docx = self.subdocx = docx.Document(io.BytesIO(data))

    def __html__(self) -> str:
        raise AssertionError("its own XML leads nowhere in another file")


@cache
def rich() -> bytes:
    """Give a file with headings, lists, a picture and a table, as python-docx makes it."""
    own = docx.Document()
    own.add_heading("小标题", 2)
    own.add_paragraph("甲", style="List Number")
    own.add_paragraph("乙", style="List Bullet")
    own.add_picture(io.BytesIO(png()), width=Mm(9))
    own.add_table(1, 1, style="Light Grid Accent 1")
    held = io.BytesIO()
    own.save(held)
    return held.getvalue()


def linked() -> bytes:
    """Give a file with a link to the web, a bookmark, and a link to it."""
    marked = '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>'
    links = f'<w:hyperlink r:id="rId7">{run("网")}</w:hyperlink><w:hyperlink w:anchor="a">{run("上")}</w:hyperlink>'
    return word_file(paragraph(runs=marked + links), links=[("rId7", "hyperlink", "https://www.example.org/")])

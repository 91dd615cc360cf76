"""The guide for authors of templates shows what is there: its examples are as made, and its pictures are light."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from tests.tools.guide_pictures import EXAMPLES, FOLDER, beside, built

if TYPE_CHECKING:
    from pathlib import Path


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as files:
        return {name: files.read(name) for name in files.namelist()}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_what_its_steps_make(name: str) -> None:
    assert contents((FOLDER / name).read_bytes()) == contents(EXAMPLES[name]())


def test_every_picture_is_shown_and_light() -> None:
    shown = {
        name for page in FOLDER.parent.glob("*.md") for name in re.findall(r"\]\(图/([^)]+)\)", page.read_text("utf-8"))
    }
    there = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert shown == set(there)
    assert [name for name, size in there.items() if size > 150_000] == []


def test_the_mended_example_builds(tmp_path: Path) -> None:
    assert "word/document.xml" in contents(built(tmp_path))


def test_comments_stand_beside_the_page() -> None:
    comment = '<w:comment w:id="0"><w:p><w:r><w:t>改为“甲”</w:t></w:r></w:p></w:comment>'
    parts = contents(EXAMPLES["有错的模板.docx"]())
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name, data in {**parts, "word/comments.xml": comment.encode()}.items():
            out.writestr(name, data)
    assert "<w:framePr " in contents(beside(made.getvalue()))["word/document.xml"].decode()

"""The examples and the pictures of the guides: run it as a module to make them.

The examples are Word files that the guide's commands examine; a test compares them with what is made here. The pictures
show pages as LibreOffice lays them out; they are made again by hand, since each of its versions draws a little
differently. LibreOffice 7.4 prints no comments: in the picture of the annotated copy they are frames beside the page.
The review copy and the page of findings are shown as Chromium shows them.
"""

from __future__ import annotations

import re
import subprocess
import zipfile
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from reportgen import cli, packs, pdf
from reportgen.build import build
from tests import guide_example
from tests.shipped import PACK
from tests.tools.external import ROOT, tool
from tests.word_files import run, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = ROOT / "docs" / "guide" / "图"
EXAMPLES: Final = {
    "有错的模板.docx": guide_example.faulty,
    "改好的模板.docx": guide_example.mended,
    "去年的报告.docx": guide_example.last_year,
}
_DOTS: Final = 72  # per inch, enough to read the text on a screen
_MARGIN: Final = 4600  # twips beside the page, for comments
_FILL: Final = '<w:shd w:val="clear" w:color="auto" w:fill="FFE699"/>'
_LINE, _ACROSS = 260, 22  # twips from line to line in a comment, characters on a line


def make() -> None:
    """Write all examples and pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, example in EXAMPLES.items():
        (FOLDER / name).write_bytes(example())
    with TemporaryDirectory() as folder:
        pages = {
            "样式": guide_example.styled(),
            "标签": guide_example.mended(),
            "批注": beside(annotated(Path(folder))),
            "报告": built(Path(folder)),
        }
        made, found = pdf.convert(pages)
        assert not found, found
        for name, data in made.items():
            draw(data, Path(folder), FOLDER / f"{name}.png")
        for name, picture in reviewed(Path(folder)).items():
            (FOLDER / f"{name}.jpg").write_bytes(picture)
        found_in(Path(folder), FOLDER / "检查结果.jpg")


def found_in(folder: Path, picture: Path) -> None:
    """Let a browser open the page of what was found in last year's report."""
    page = folder / "检查结果.html"
    with redirect_stdout(StringIO()):
        cli.main(["check", str(FOLDER / "去年的报告.docx"), "--html", str(page)])
    programs = tool("node"), ROOT / "tests" / "tools" / "findings.mjs", tool("browser-tools"), tool("chromium")
    subprocess.run([*programs, page, picture], check=True, capture_output=True)


def reviewed(folder: Path) -> dict[str, bytes]:
    """Let a browser open the review copy of the sample, and show a figure and an indicator in it."""
    with redirect_stdout(StringIO()):
        cli.main(["build", str(ROOT / "data" / "shatian-2021.yaml"), "--review", "-o", str(folder / "report.docx")])
    programs = tool("node"), ROOT / "tests" / "tools" / "review.mjs", tool("browser-tools"), tool("chromium")
    subprocess.run([*programs, folder / "report（核对稿）.html", folder], check=True, capture_output=True)
    return {name: (folder / f"{of}.jpg").read_bytes() for name, of in (("核对稿", "figure"), ("核对指标", "indicator"))}


def annotated(folder: Path) -> bytes:
    """Let the program examine the faulty template and write its comments into a copy."""
    target = folder / "批注.docx"
    name = f"{PACK.parent.name}@{PACK.name}"
    with redirect_stdout(StringIO()):
        cli.main(
            ["template", "lint", str(FOLDER / "有错的模板.docx"), "--pack", name, "--annotate", str(target)],
        )
    return target.read_bytes()


def built(folder: Path) -> bytes:
    """Build the short report of the sample: the template stands in a copy of the pack instead of the long one."""
    copy = folder / PACK.parent.name / PACK.name
    copytree(PACK, copy)
    (copy / "report.docx").write_bytes(guide_example.mended())
    pack, found = packs.read(copy)
    assert pack, found
    (document,) = build(ROOT / "data" / "shatian-2021.yaml", pack=pack).documents
    return document.data


def beside(data: bytes) -> bytes:
    """Put the comments of a file into frames beside a page that is made wider, and a colour under what they are on."""
    with zipfile.ZipFile(BytesIO(data)) as files:
        parts = {name: files.read(name) for name in files.namelist()}
    xml = parts["word/document.xml"].decode()
    xml = re.sub(r"<w:r><w:commentReference [^>]*/></w:r>", "", xml)
    xml = re.sub(r"<w:commentRangeStart [^>]*/>(.*?)<w:commentRangeEnd [^>]*/>", _coloured, xml)
    for name in ("w", "right"):
        xml = re.sub(
            rf'(<w:pg(?:Sz|Mar) [^>]*w:{name}=")(\d+)', lambda found: f"{found[1]}{int(found[2]) + _MARGIN}", xml
        )
    frames = "".join(_frames(parts["word/comments.xml"].decode()))
    parts["word/document.xml"] = xml.replace("<w:body>", f"<w:body>{frames}", 1).encode()
    return zipped(parts)


def _coloured(found: re.Match[str]) -> str:
    return found[1].replace("<w:r>", f"<w:r><w:rPr>{_FILL}</w:rPr>")


def _frames(comments: str) -> Iterator[str]:
    """Write a frame for each comment, one below the other."""
    top = 2500
    for comment in re.findall("<w:comment .*?</w:comment>", comments):
        said = ["".join(re.findall("<w:t[^>]*>([^<]*)</w:t>", one)) for one in re.findall("<w:p>.*?</w:p>", comment)]
        frame = (
            f'<w:framePr w:w="{_MARGIN - 500}" w:hSpace="0" w:wrap="around" w:vAnchor="page" w:hAnchor="page" '
            f'w:x="{11906 - 700}" w:y="{top}"/>'
        )
        edges = "".join(
            f'<w:{edge} w:val="single" w:sz="4" w:space="2" w:color="BF9000"/>'
            for edge in ("top", "left", "bottom", "right")
        )
        for text in said:
            properties = f'<w:pStyle w:val="TableText"/>{frame}<w:pBdr>{edges}</w:pBdr>{_FILL}'
            yield f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"
        top += sum(_LINE + _LINE * (len(text) // _ACROSS) + 60 for text in said) + 350


def draw(data: bytes, folder: Path, target: Path) -> None:
    """Draw the first page, without the blank of its lower edge."""
    path = folder / "page.pdf"
    path.write_bytes(data)
    lines = round(240 / 25.4 * _DOTS)
    command = [
        str(tool("pdftoppm")),
        "-png",
        "-singlefile",
        "-r",
        str(_DOTS),
        "-f",
        "1",
        "-l",
        "1",
        "-x",
        "0",
        "-y",
        "60",
    ]
    command += ["-W", "2000", "-H", str(lines), str(path), str(target.with_suffix(""))]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    make()

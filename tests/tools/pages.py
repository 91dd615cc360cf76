"""The pages of a PDF: lines with the boxes around them, and what is inked.

Lengths are points (1/72 inch) from the upper left corner of the page. All text is read by `pdftotext`, all ink by
`pdftoppm`; both come with poppler, which the other tests of pages need as well.
"""

from __future__ import annotations

import re
import subprocess
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MM = 72 / 25.4
_DOTS = 150  # per inch, of a page as a picture
_XHTML = "{http://www.w3.org/1999/xhtml}"


class Box(NamedTuple):
    """A text on a page and the box around it; the lower edge lies at the same height for all fonts of a size."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


class Page(NamedTuple):
    """One page: its number in the file from 1, its size, the words on it, and its lines from top to bottom."""

    pdf: Path
    number: int
    width: float
    height: float
    words: tuple[Box, ...]

    @property
    def lines(self) -> list[Box]:
        """Join the words that stand on one line."""
        standing = sorted(self.words, key=lambda word: (round(word.bottom), word.left))
        return [_joined(list(words)) for _, words in groupby(standing, lambda word: round(word.bottom))]

    def column(self, left: float, right: float) -> list[Box]:
        """Give the words that stand between two heights of the page's width, as they follow down the page."""
        return [word for word in self.words if left <= word.left and word.right <= right]


class Picture:
    """A page as a picture, in dots of three colours."""

    def __init__(self, page: Page, pdftoppm: Path) -> None:
        """Draw the page."""
        number = str(page.number)
        draw = [str(pdftoppm), "-r", str(_DOTS), "-f", number, "-l", number, str(page.pdf)]
        data = subprocess.run(draw, check=True, capture_output=True).stdout
        head = re.match(rb"P6\s(\d+) (\d+)\s255\s", data)
        assert head
        self.width, self.height, self.dots = int(head[1]), int(head[2]), data[head.end() :]

    @cached_property
    def _dark(self) -> list[bytes]:
        grey = self.dots[::3]
        return [bytes(grey[at : at + self.width]) for at in range(0, len(grey), self.width)]

    def is_grey(self) -> bool:
        """Whether nothing on the page has a colour."""
        return self.dots[::3] == self.dots[1::3] == self.dots[2::3]

    def rows(self, left: float, right: float, top: float, bottom: float) -> list[float]:
        """Give the heights of all rows of dots that are inked within a box."""
        scale = _DOTS / 72
        across = slice(int(left * scale), int(right * scale))
        inked = range(int(top * scale), min(int(bottom * scale), self.height))
        return [at / scale for at in inked if min(self._dark[at][across]) < 128]

    @cached_property
    def rules(self) -> list[float]:
        """Give where upright rules stand that are at least a tenth as long as the page."""
        found = []
        for at in range(self.width):
            runs = re.findall(rb"[\x00-\x7f]+", bytes(row[at] for row in self._dark))
            if max(map(len, runs), default=0) > self.height / 10:
                found.append(at * 72 / _DOTS)
        return found


def pages(pdf: Path, pdftotext: Path) -> Iterator[Page]:
    """Read the pages of a PDF."""
    read = [str(pdftotext), "-bbox", str(pdf), "-"]
    told = subprocess.run(read, check=True, capture_output=True).stdout
    for number, page in enumerate(ET.fromstring(told).iter(f"{_XHTML}page"), 1):  # noqa: S314 — poppler wrote it
        words = tuple(Box(*_edges(word), word.text or "") for word in page.iter(f"{_XHTML}word"))
        yield Page(pdf, number, float(page.get("width", "")), float(page.get("height", "")), words)


def _edges(word: ET.Element) -> tuple[float, float, float, float]:
    left, top, right, bottom = (float(word.get(name, "")) for name in ("xMin", "yMin", "xMax", "yMax"))
    return left, top, right, bottom


def _joined(words: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms, texts = zip(*words, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms), "".join(texts))

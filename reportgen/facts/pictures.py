"""The name of a picture in, its format and size out, read from its own bytes without decoding what it shows."""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic, Severity, rule
from reportgen.facts.model import Picture
from reportgen.facts.naming import fetch, locate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.source import Node

    Size = tuple[int, int]

LIMIT: Final = 16 << 20  # bytes of a picture
PIXELS: Final = 64_000_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_DEPTHS: Final = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}  # bits, by kind of colour
_SIDE: Final = 1 << 31  # one more than the longest side that a PNG can state
_SEGMENT: Final = re.compile(rb"\xff+(?P<kind>[^\x00\xff])(?P<length>..)", re.DOTALL)
_FRAMES: Final = frozenset({b"\xc0", b"\xc1", b"\xc2"})  # the ways of coding that Word reads
_SCAN: Final = b"\xda"
_END: Final = b"\xff\xd9"

NOT_A_PICTURE = rule(
    "F236",
    "not-a-picture",
    Severity.ERROR,
    "“{value}” is no picture that Word can show: it is neither PNG nor JPEG",
    "open it in Paint, choose “Save as” and PNG or JPEG, and write the name of the new file",
)
DAMAGED = rule(
    "F237",
    "damaged-picture",
    Severity.ERROR,
    "the picture “{value}” is damaged or not whole",
    "copy it again from where it came from; try whether it opens",
)
TOO_MANY_PIXELS = rule(
    "F238",
    "too-many-pixels",
    Severity.ERROR,
    "the picture “{value}” has {width} × {height} dots, more than a report needs",
    "make it smaller in Paint (“Resize”) and save it again",
)


class Album:
    """The pictures in the folder of a facts file; each file is read once, however often it is named."""

    def __init__(self, folder: Path | None) -> None:
        """Look for pictures in `folder`; without one, there are none."""
        self._folder = folder
        self._seen: dict[Path, Picture] = {}

    def take(self, node: Node) -> tuple[Picture | None, list[Diagnostic]]:
        """Give the picture that a node names, beside the file that the node stands in; None for what is none."""
        path, found = locate(node, self._folder)
        if path is None:
            return None, found
        if path not in self._seen:
            data, found = fetch(path, node, LIMIT)
            picture, wrong = _recognised(path, data, node) if data is not None else (None, found)
            if picture is None:
                return None, wrong
            self._seen[path] = picture
        return self._seen[path], []


def picture(name: str, data: bytes) -> Picture:
    """Make a picture of the bytes of a PNG or JPEG for a program; raises ValueError for what is neither, or damaged."""
    kind, size = _measured(data)
    if size is None:
        raise ValueError(f"{name} is neither a sound PNG nor a sound JPEG")
    return Picture(name, kind, *size, data)


def _recognised(path: Path, data: bytes, node: Node) -> tuple[Picture | None, list[Diagnostic]]:
    """Make a picture of the bytes of a file, whatever its name ends in."""
    kind, size = _measured(data)
    if not kind:
        return None, [NOT_A_PICTURE.at(node.span, value=node.value)]
    if size is None:
        return None, [DAMAGED.at(node.span, value=node.value)]
    width, height = size
    if width * height > PIXELS:
        return None, [TOO_MANY_PIXELS.at(node.span, value=node.value, width=width, height=height)]
    return Picture(str(path), kind, width, height, data), []


def _measured(data: bytes) -> tuple[str, Size | None]:
    """Tell the format, empty for an unknown one, and the size, None for what is not sound."""
    if data.startswith(_PNG):
        return "PNG", _png(data)
    return ("JPEG", _jpeg(data)) if data.startswith(_JPEG) else ("", None)


def _png(data: bytes) -> Size | None:
    """Measure a PNG whose chunks are all there, each with the sum that proves it; None for any other."""
    size, drawn = None, False
    for number, (kind, body) in enumerate(_chunks(data)):
        if number == 0:
            size = _header(kind, body)
        if kind == b"IEND" or size is None:
            return size if drawn else None
        drawn = drawn or kind == b"IDAT"
    return None


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give the kind and the body of each chunk of a PNG, up to the first that is not sound."""
    at = len(_PNG)
    while at < len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4])
        if data[end : end + 4] != zlib.crc32(data[at + 4 : end]).to_bytes(4):
            return
        yield data[at + 4 : at + 8], data[at + 8 : end]
        at = end + 4


def _header(kind: bytes, body: bytes) -> Size | None:
    if kind != b"IHDR" or len(body) != struct.calcsize(">IIBBBBB"):
        return None
    width, height, depth, colour, packing, filtering, lacing = struct.unpack(">IIBBBBB", body)
    sound = depth in _DEPTHS.get(colour, ()) and packing == filtering == 0 and lacing in {0, 1}
    return (width, height) if sound and 0 < width < _SIDE and 0 < height < _SIDE else None


def _jpeg(data: bytes) -> Size | None:
    """Measure a JPEG which states its size before what it shows, and ends after it; None for any other."""
    size = None
    at = 2
    while match := _SEGMENT.match(data, at):
        at = match.start("length") + int.from_bytes(match["length"])
        if match["kind"] in _FRAMES and size is None:
            size = _frame(data[match.end() : at])
        elif match["kind"] == _SCAN:
            return size if data.rfind(_END, at) >= 0 else None
    return None


def _frame(body: bytes) -> Size | None:
    if len(body) < struct.calcsize(">BHHB"):
        return None
    depth, height, width, colours = struct.unpack_from(">BHHB", body)
    sound = depth == 8 and colours in {1, 3, 4} and len(body) == 6 + 3 * colours  # noqa: PLR2004 — as the format says
    return (width, height) if sound and width and height else None

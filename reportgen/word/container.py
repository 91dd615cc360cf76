"""The zip around a Word file: any bytes go in and parts come out, or parts go in and settled bytes come out.

Seals zipfile and zlib; nothing is ever written to disk, and nothing is unpacked beyond the size that it declares.
"""

from __future__ import annotations

import codecs
import struct
import zipfile
import zlib
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from reportgen.diagnostics import N_, Diagnostic, Label, Severity, Span, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CONTENT_TYPES = "[Content_Types].xml"
ROOT_RELATIONSHIPS = "_rels/.rels"
MAX_FILE = 64 << 20
MAX_PARTS = 2_000
MAX_PART = 20 << 20
MAX_TOTAL = 64 << 20
MAX_RATIO = 500
MAX_PACKED = 2 << 30

NOT_WORD = rule(
    "T101",
    "not-a-docx",
    Severity.ERROR,
    N_("this is {kind}, not a Word document (.docx)"),
    N_("open the file in Word or WPS and save it as .docx"),
)
OLD_WORD = rule(
    "T102",
    "old-doc",
    Severity.ERROR,
    N_("this is a file of an old Word (.doc) or of WPS (.wps)"),
    N_("open the file in Word or WPS and save it as .docx"),
)
LOCKED = rule(
    "T103",
    "password-protected",
    Severity.ERROR,
    N_("the file is protected with a password"),
    N_("open the file in Word, remove the password and save it as .docx"),
)
CUT_OFF = rule(
    "T104",
    "broken-zip",
    Severity.ERROR,
    N_("the file is cut off or damaged: it cannot be unpacked"),
    N_("fetch the file once more; if Word can still open it, save it there as .docx"),
)
DAMAGED = rule(
    "T105",
    "damaged-part",
    Severity.ERROR,
    N_("this part of the file is damaged: {reason}"),
    N_("fetch the file once more; if Word can still open it, save it there as .docx"),
)
PACKED_OTHERWISE = rule(
    "T106",
    "compression-method",
    Severity.ERROR,
    N_("this part is packed in a way (method {method}) that Word does not know"),
    N_("open the file in Word and save it as .docx"),
)
BAD_NAME = rule(
    "T107",
    "part-name",
    Severity.ERROR,
    N_("a Word document may hold no part of this name"),
    N_("open the file in Word and save it as .docx; do not trust it if it came from outside"),
)
TWICE = rule(
    "T108",
    "duplicate-part",
    Severity.ERROR,
    N_("the file holds this part more than once"),
    N_("open the file in Word and save it as .docx; do not trust it if it came from outside"),
)
TOO_MANY = rule(
    "T109",
    "too-many-parts",
    Severity.ERROR,
    N_("the file holds more than {limit} parts"),
    N_("a template needs far fewer: remove pictures that are not needed"),
)
TOO_LARGE = rule(
    "T110",
    "too-large",
    Severity.ERROR,
    N_("{size} MB are more than the {limit} MB that are allowed"),
    N_("make the pictures in the document smaller"),
)
BOMB = rule(
    "T111",
    "zip-bomb",
    Severity.ERROR,
    N_("this part grows to more than {limit} times its packed size"),
    N_("open the file in Word and save it as .docx; do not trust it if it came from outside"),
)


class Kind(NamedTuple):
    """What a file is that is no Word document, and what is to be done with it."""

    name: str
    help: str = NOT_WORD.help

    def at(self, place: Span) -> Diagnostic:
        """Say that a file is of this kind."""
        return NOT_WORD.at(place, help=self.help, kind=Label(Span(), self.name))


_GIVE_WORD = N_("give the Word file of the report")
EXCEL = Kind(N_("an Excel file"), _GIVE_WORD)
SLIDES = Kind(N_("a file of slides"), _GIVE_WORD)
OPEN_TEXT = Kind(N_("an .odt file"))
OPEN_OTHER = Kind(N_("a file of OpenOffice or LibreOffice"), _GIVE_WORD)
FIXED = Kind(N_("an OFD file"), N_("give the Word file that it was made of"))
ARCHIVE = Kind(N_("a packed folder (.zip)"), N_("unpack it, and give the Word file that is in it"))
_EMPTY = Kind(N_("an empty file"), N_("check that this is the right file; fetch it once more"))
_PDF = Kind(
    N_("a PDF file"),
    N_("give the Word file that it was made of; if there is none, open the PDF in Word or WPS and save it as .docx"),
)
_PICTURE = Kind(N_("a picture"), N_("give the Word file; the words of a picture cannot be read here"))
_RTF, _PAGE, _PLAIN = Kind(N_("an .rtf file")), Kind(N_("a web page")), Kind(N_("a plain text"))
_OTHER = Kind(N_("another kind of file"))
_BINARY = (
    (b"%PDF", _PDF),
    (b"{\\rtf", _RTF),
    *((one, _PICTURE) for one in (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM")),
)
_BEGINNINGS = (*_BINARY, (b"<", _PAGE), (b"MIME-Version:", _PAGE))
_STREAMS = (("WordDocument", None), ("Workbook", EXCEL), ("PowerPoint Document", SLIDES))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT = 1_000
_SHORT, _CHECKSUM, _HEADER = (
    N_("its length is not the declared one"),
    N_("its checksum is wrong"),
    N_("its entry in the zip contradicts the list of contents"),
)
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_SIGNATURE, _LISTED, _ENDING = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_FLAG_ENCRYPTED, _FLAG_UTF8, _MADE, _DATE = 0x2041, 0x800, 20, 0x21
_KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_RAW = -15  # deflate without a header, of the largest window
_RATIO_FROM = 1 << 20
_FORBIDDEN = set('\\:*?"<>|')
_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error)


class Part(NamedTuple):
    """One part of a package: its bytes, and the same as the zip holds them (raw deflate or stored, CRC-32)."""

    name: str
    data: bytes
    compressed: bytes
    method: int
    crc: int


class Deflate(NamedTuple):
    """Raw deflate and the CRC-32 of one library; another one makes other bytes of the same content."""

    compress: Callable[[bytes], bytes]
    crc32: Callable[[bytes], int]


def deflate_zlib(level: int = 6) -> Deflate:
    """Give the deflate of zlib at one level, from 0 to 9."""
    return Deflate(partial(zlib.compress, level=level, wbits=_RAW), zlib.crc32)


def deflate_isal(level: int = 1) -> Deflate:
    """Give that of isal at one level, from 0 to 3: many times as fast; raises ImportError where it is not installed."""
    from isal import isal_zlib  # noqa: PLC0415 — an extra that need not be installed

    return Deflate(partial(isal_zlib.compress, level=level, wbits=_RAW), isal_zlib.crc32)


ORDINARY = deflate_zlib()


def part(name: str, data: bytes, deflate: Deflate = ORDINARY) -> Part:
    """Make a part of its name and bytes, compressed once, or stored where that is shorter."""
    compressed = deflate.compress(data)
    if len(compressed) >= len(data):
        return stored(name, data, deflate)
    return Part(name, data, compressed, zipfile.ZIP_DEFLATED, deflate.crc32(data))


def stored(name: str, data: bytes, deflate: Deflate = ORDINARY) -> Part:
    """Make a part of its name and bytes as they are, such as a picture, which is compressed in itself."""
    return Part(name, data, data, zipfile.ZIP_STORED, deflate.crc32(data))


def pack(parts: Iterable[Part]) -> bytes:
    """Write parts as a zip that depends on nothing but them: fixed order and dates, UTF-8 names, no extra fields.

    Raises ValueError for a name given twice, more than 65,535 parts or 2 GiB, which no checked input reaches.
    """
    ordered = sorted(parts, key=lambda one: settled_order(one.name))
    if len({one.name for one in ordered}) < len(ordered):
        raise ValueError("two parts of one name")
    written: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for one in ordered:
        name = one.name.encode()
        sizes = (one.method, 0, _DATE, one.crc, len(one.compressed), len(one.data), len(name), 0)
        written += (_LOCAL.pack(_SIGNATURE, _MADE, _FLAG_UTF8, *sizes), name, one.compressed)
        listed += (_CENTRAL.pack(_LISTED, _MADE, _MADE, _FLAG_UTF8, *sizes, 0, 0, 0, 0, at), name)
        at += _LOCAL.size + len(name) + len(one.compressed)
        if at > MAX_PACKED:
            raise ValueError("a package of more than 2 GiB")
    contents = b"".join(listed)
    if len(ordered) > 0xFFFF:  # noqa: PLR2004 — the field has two bytes
        raise ValueError("a package of more than 65,535 parts")
    end = _END.pack(_ENDING, 0, 0, len(ordered), len(ordered), len(contents), at, 0)
    return b"".join([*written, contents, end])


def settled_order(name: str) -> tuple[bool, bool, str]:
    """Order parts: the list of content types, the root relationships, then by name."""
    return (name != CONTENT_TYPES, name != ROOT_RELATIONSHIPS, name)


def unpack(data: bytes, path: str) -> tuple[dict[str, Part], list[Diagnostic]]:
    """Read a zip whose bytes may be hostile: the sound parts by name, in their order, and what is wrong with the rest.

    Folder entries and Word's `[trash]` are left out. Limits: MAX_FILE, MAX_PART, MAX_TOTAL, MAX_PARTS, MAX_RATIO.
    """
    refused = _not_a_zip(data, Span(path))
    if refused:
        return {}, [refused]
    if data.count(_LISTED) > MAX_PARTS:
        return {}, [TOO_MANY.at(Span(path), limit=MAX_PARTS)]
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            infos = [info for info in opened.infolist() if not _passed_over(info)]
            end = opened.start_dir
    except _UNREADABLE:
        return {}, [CUT_OFF.at(Span(path))]
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL:
        return {}, [_too_large(Span(path), total, MAX_TOTAL)]
    return _entries(data[:end], infos, path)


def is_text(data: bytes) -> bool:
    """Whether a file is a plain text, in whatever encoding."""
    start = _start(data)
    known = data.startswith((_OLE, _SIGNATURE, *(one for one, _ in _BINARY))) or not start
    return not known and (b"\0" not in start or data.startswith(_WIDE))


def _not_a_zip(data: bytes, place: Span) -> Diagnostic | None:
    if len(data) > MAX_FILE:
        return _too_large(place, len(data), MAX_FILE)
    if data.startswith(_OLE):
        return LOCKED.at(place) if _wide("EncryptedPackage") in data else _old(data, place)
    if data.startswith(_SIGNATURE):
        return None
    start = _start(data)
    kind = next((kind for beginning, kind in _BEGINNINGS if start.startswith(beginning)), None)
    return (kind or (_EMPTY if not start else _PLAIN if is_text(data) else _OTHER)).at(place)


def _start(data: bytes) -> bytes:
    return data.removeprefix(codecs.BOM_UTF8).lstrip()[:_LOOKED_AT]


def _old(data: bytes, place: Span) -> Diagnostic:
    """Say what a file is in the container of the old Office: the names of its streams tell."""
    kind = next((kind for name, kind in _STREAMS if _wide(name) in data), None)
    return OLD_WORD.at(place) if kind is None else kind.at(place)


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def _passed_over(info: zipfile.ZipInfo) -> bool:
    name = info.orig_filename
    return (name.endswith("/") and not info.file_size) or name.startswith("[trash]/")


def _too_large(place: Span, size: int, limit: int) -> Diagnostic:
    return TOO_LARGE.at(place, size=-(-size >> 20), limit=limit >> 20)


def _entries(data: bytes, infos: list[zipfile.ZipInfo], path: str) -> tuple[dict[str, Part], list[Diagnostic]]:
    parts: dict[str, Part] = {}
    found: list[Diagnostic] = []
    seen: set[str] = set()
    for info in infos:
        place = Span(path, part=_shown(info.orig_filename))
        one = _entry(data, info, place)
        if info.orig_filename.casefold() in seen:
            found.append(TWICE.at(place))
        elif isinstance(one, Part):
            parts[one.name] = one
        else:
            found.append(one)
        seen.add(info.orig_filename.casefold())
    return parts, found


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in name) or '""'


def _entry(data: bytes, info: zipfile.ZipInfo, place: Span) -> Part | Diagnostic:
    refused = _unacceptable(info, place)
    if refused:
        return refused
    compressed = _stretch(data, info)
    if compressed is None:
        return _damaged(place, _HEADER)
    raw = compressed if info.compress_type == zipfile.ZIP_STORED else _inflate(compressed, info.file_size)
    if raw is None or len(raw) != info.file_size:
        return _damaged(place, _SHORT)
    if zlib.crc32(raw) != info.CRC:
        return _damaged(place, _CHECKSUM)
    return Part(info.orig_filename, raw, compressed, info.compress_type, info.CRC)


def _unacceptable(info: zipfile.ZipInfo, place: Span) -> Diagnostic | None:
    """Judge an entry by what the list of contents says of it, before anything is unpacked."""
    if not _plain_name(info.orig_filename):
        return BAD_NAME.at(place)
    if info.flag_bits & _FLAG_ENCRYPTED:
        return LOCKED.at(place)
    if info.compress_type not in _KNOWN:
        return PACKED_OTHERWISE.at(place, method=info.compress_type)
    if info.file_size > MAX_PART:
        return _too_large(place, info.file_size, MAX_PART)
    if info.file_size > max(_RATIO_FROM, info.compress_size * MAX_RATIO):
        return BOMB.at(place, limit=MAX_RATIO)
    return None


def _damaged(place: Span, reason: str) -> Diagnostic:
    return DAMAGED.at(place, reason=Label(Span(), reason))


def _plain_name(name: str) -> bool:
    if not name.isprintable() or _FORBIDDEN & set(name):
        return False
    return all(step.strip(".") and step == step.strip() for step in name.split("/"))


def _stretch(data: bytes, info: zipfile.ZipInfo) -> bytes | None:
    """Cut out the bytes of an entry, if its local header names the same part and all of them are there."""
    at = info.header_offset
    header = data[at : at + _LOCAL.size] if at >= 0 else b""
    if len(header) < _LOCAL.size or not header.startswith(_SIGNATURE):
        return None
    *_, name_size, extra_size = _LOCAL.unpack(header)
    start = at + _LOCAL.size + name_size
    name = info.orig_filename.encode("utf-8" if info.flag_bits & _FLAG_UTF8 else "cp437")
    compressed = data[start + extra_size : start + extra_size + info.compress_size]
    if data[start - name_size : start] != name or len(compressed) < info.compress_size:
        return None
    return compressed


def _inflate(compressed: bytes, size: int) -> bytes | None:
    """Unpack raw deflate, never beyond one byte more than declared; None unless the stream ends there."""
    reader = zlib.decompressobj(_RAW)
    try:
        raw = reader.decompress(compressed, size + 1)
    except zlib.error:
        return None
    return raw if reader.eof and not reader.unused_data else None

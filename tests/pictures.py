"""Pictures for tests, made byte by byte: sound ones, and such as lie about themselves."""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
TABLES = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb\x00\x43\x00" + bytes(64)
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\x34"


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(width: int = 2, height: int = 1, *settings: int) -> bytes:
    """Write the header chunk; `settings` are depth, kind of colour, packing, filtering and lacing."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, *(settings or (8, 0, 0, 0, 0))))


def png(width: int = 2, height: int = 1, *settings: int) -> bytes:
    """Write a grey PNG; a large one lacks most of what it shows."""
    rows = zlib.compress(bytes(1 + width) * min(height, 1))
    return SIGNATURE + header(width, height, *settings) + chunk(b"IDAT", rows) + chunk(b"IEND")


def frame(width: int = 2, height: int = 1, colours: int = 1, kind: int = 0xC0, depth: int = 8) -> bytes:
    parts = bytes(3 * colours)
    return bytes([0xFF, kind]) + struct.pack(">HBHHB", 8 + len(parts), depth, height, width, colours) + parts


def jpeg(frame: bytes, scan: bytes = SCAN, end: bytes = b"\xff\xd9") -> bytes:
    return b"\xff\xd8" + TABLES + frame + scan + end

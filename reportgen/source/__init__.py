"""Bytes of a YAML file in, a tree out whose every node knows its place and is still text; seals yaml.

`decode` makes text of the bytes, `parse` a tree of the text, `replaced` changes one scalar of a file and nothing else,
`within` finds a stretch of a value in the file again,
`misread` says why a text that was meant as names with values is none.
"""

from __future__ import annotations

from reportgen.source.encoding import GBK, UTF16, decode
from reportgen.source.mistakes import misread
from reportgen.source.nodes import Entry, Node, Style
from reportgen.source.places import within
from reportgen.source.reader import DEPTH, LIMIT, MANY, NODES, parse
from reportgen.source.writing import replaced

__all__ = [
    "DEPTH",
    "GBK",
    "LIMIT",
    "MANY",
    "NODES",
    "UTF16",
    "Entry",
    "Node",
    "Style",
    "decode",
    "misread",
    "parse",
    "replaced",
    "within",
]

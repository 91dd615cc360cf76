"""A file name in a facts file in, that file's path or bytes out: nothing outside the folder of the facts is opened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from reportgen import files
from reportgen.diagnostics import Diagnostic, Severity, rule

if TYPE_CHECKING:
    from reportgen.source import Node

OUTSIDE = rule(
    "F231",
    "outside-facts-folder",
    Severity.ERROR,
    "“{name}” does not lie in the folder of the facts file",
    "copy the file itself into that folder, or into a folder in it, and write its name without “..” or a drive",
)


def locate(node: Node, folder: Path | None) -> tuple[Path | None, list[Diagnostic]]:
    """Give the path of the file that a node names, beside the file that the node stands in.

    A backslash separates folders as / does, so that a name means the same on every system. None for what does not
    lie in `folder`, all links followed; without a folder nothing may be named.
    """
    name = str(node.value).strip()
    named = PureWindowsPath(name)
    plain = name and name.isprintable() and ":" not in name and not named.anchor and ".." not in named.parts
    path = Path(node.span.path).parent.joinpath(*named.parts)
    if folder is None or not plain or not files.inside(path, folder):
        return None, [OUTSIDE.at(node.span, name=name)]
    return path, []


def fetch(path: Path, node: Node, limit: int) -> tuple[bytes | None, list[Diagnostic]]:
    """Give the bytes of the file that a node names; what prevents it is said of the node."""
    data, found = files.read(path, limit)
    return data, [replace(one, span=node.span) for one in found]

"""The path of a facts file in, one tree of it and of the files that it includes out; every node keeps its own place."""

from __future__ import annotations

import os
from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from reportgen import files, source
from reportgen.diagnostics import N_, Diagnostic, Label, Severity, rule
from reportgen.facts.model import INCLUDE, MAIN_ONLY
from reportgen.facts.naming import fetch, locate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.source import Entry, Node

T = TypeVar("T")

FILES: Final = 20  # facts files that belong together, the main one among them

NO_FILE_NAME = rule(
    "F230",
    "no-file-name",
    Severity.ERROR,
    "“引入” takes the name of a facts file",
    "write 引入: 职责.yaml, or one name after each “- ” for several",
)
READ_ALREADY = rule(
    "F232", "read-already", Severity.ERROR, "“{name}” is read already", "remove this name: each file is read once"
)
TOO_MANY_FILES = rule(
    "F233",
    "too-many-files",
    Severity.ERROR,
    "the facts are spread over more than {limit} files",
    "put some of them together",
)
MAIN_FILE_ONLY = rule(
    "F234",
    "main-file-only",
    Severity.ERROR,
    "“{name}” belongs in the main facts file, not in one that it includes",
    "move it to the main file",
)
GIVEN_IN_TWO = rule(
    "F235",
    "given-in-two-files",
    Severity.ERROR,
    "“{name}” is given in two files",
    "keep it in one of them: what belongs to one name of the left margin stands in one file",
)


class Reading(NamedTuple):
    """A facts file with all that it includes as one tree, None where a file cannot be read; the text of each by path.

    `folder` is where the main file lies, and the only place whose files it may name.
    """

    root: Node | None
    sources: dict[str, str]
    folder: Path


def read(path: Path) -> tuple[Reading, list[Diagnostic]]:
    """Read a facts file and, in turn, every file that it or an included one names under 引入."""
    data, found = files.read(path, source.LIMIT)
    reader = _Reader(path, found)
    root = reader.parse(path, data)
    return Reading(root and reader.join(root), reader.sources, path.parent), found


class _Reader:
    """Joins the entries of files, collecting their texts and what is wrong with them."""

    def __init__(self, path: Path, found: list[Diagnostic]) -> None:
        self.sources: dict[str, str] = {}
        self._folder = path.parent
        self._found = found
        self._named: dict[str, tuple[Label, ...]] = {os.path.realpath(path): ()}

    def parse(self, path: Path, data: bytes | None) -> Node | None:
        """Make a tree of the bytes of a file."""
        text = None if data is None else self._took(source.decode(data, str(path)))
        if text is None:
            return None
        self.sources[str(path)] = text
        return self._took(source.parse(text, str(path)))

    def join(self, root: Node) -> Node | None:
        """Put the entries of all files together; None if one of them cannot be read."""
        entries: dict[str, Entry] = {}
        waiting = deque([root])
        whole = True
        while waiting:
            one = waiting.popleft()
            assert isinstance(one.value, dict)  # noqa: S101 — source.parse gives a mapping or nothing
            self._add(one.value, entries)
            for name in self._names(one.value.get(INCLUDE)):
                path = self._took(locate(name, self._folder))
                if path is None:
                    whole = False
                elif self._is_new(path, name):
                    other = self.parse(path, self._took(fetch(path, name, source.LIMIT)))
                    whole = whole and other is not None
                    waiting += [other] if other else []
        return root._replace(value=entries) if whole else None

    def _took(self, result: tuple[T, list[Diagnostic]]) -> T:
        """Keep the findings of a step and give its value."""
        value, found = result
        self._found += found
        return value

    def _names(self, entry: Entry | None) -> list[Node]:
        """Give the nodes that name files under 引入, which may be left empty."""
        if entry is None or entry.node.value == "":
            return []
        value = entry.node.value
        asked = value if isinstance(value, tuple) else (entry.node,)
        if len(asked) >= FILES:
            self._found.append(TOO_MANY_FILES.at(asked[FILES - 1].span, limit=FILES))
            asked = asked[: FILES - 1]
        wrong = [node for node in asked if not isinstance(node.value, str) or not node.value.strip()]
        self._found += [NO_FILE_NAME.at(node.span) for node in wrong]
        return [node for node in asked if node not in wrong]

    def _is_new(self, path: Path, name: Node) -> bool:
        """Whether a file is not read yet and may be; each is read once, so that no circle goes on."""
        real = os.path.realpath(path)
        if real in self._named:
            self._found.append(READ_ALREADY.at(name.span, related=self._named[real], name=name.value))
            return False
        if len(self._named) == FILES:
            self._found.append(TOO_MANY_FILES.at(name.span, limit=FILES))
            return False
        self._named[real] = (Label(name.span, N_("named here first")),)
        return True

    def _add(self, new: Mapping[str, Entry], entries: dict[str, Entry]) -> None:
        """Take the entries of one more file in; the main one comes first."""
        included = bool(entries)
        for name, entry in new.items():
            if name in MAIN_ONLY and included:
                self._found.append(MAIN_FILE_ONLY.at(entry.key_span, name=name))
            elif name not in entries:
                entries[name] = entry
            elif name != INCLUDE:
                first = (Label(entries[name].key_span, N_("first given here")),)
                self._found.append(GIVEN_IN_TWO.at(entry.key_span, related=first, name=name))

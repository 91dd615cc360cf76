"""The pages of `spec/language/` in, their rows out: a tag, what it prints, and the facts that this depends on."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import language, source
from reportgen.facts import bind
from reportgen.schema import Field, Kind, group
from tests import tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.facts import Value

FOLDER: Final = Path(__file__).parent / "spec" / "language"
_FENCE: Final = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)
_HEADING: Final = re.compile(r"#+ (.+)")
_CELL: Final = re.compile(r"(?<!\\)\|")
_CODE: Final = re.compile(r"[A-Z]\d{3}")
_NOTHING: Final = "（空）"


class Row(NamedTuple):
    """One row: an expression, or a template where it begins with a tag, and what becomes of it."""

    page: str
    heading: str
    written: str
    printed: str
    code: str
    facts: frozenset[str]
    conditions: frozenset[str]

    @property
    def template(self) -> str:
        """The row as a template."""
        return self.written if self.written.startswith("{") else f"{{{{ {self.written} }}}}"


@cache
def rows() -> tuple[Row, ...]:
    """Read every row of every page."""
    return tuple(row for page in sorted(FOLDER.glob("*.md")) for row in _rows(page))


def _rows(page: Path) -> Iterator[Row]:
    heading = ""
    for line in page.read_text("utf-8").splitlines():
        if found := _HEADING.fullmatch(line):
            heading = found[1]
        elif line.startswith("| `"):
            written, printed, *traced = (cell.strip().replace("\\|", "|") for cell in _CELL.split(line)[1:-1])
            code = printed if _CODE.fullmatch(printed) else ""
            said = "" if code or printed == _NOTHING else _bare(printed)
            facts, conditions = (frozenset(cell.split()) for cell in (*traced, "", "")[:2])
            yield Row(page.stem, heading, _bare(written), said, code, facts, conditions)


def _bare(cell: str) -> str:
    assert re.fullmatch("`[^`]+`", cell), f"`…` is missing: {cell}"
    return cell[1:-1]


def facts_text() -> str:
    """Give the text of the facts that all rows are about."""
    found = _FENCE.search((FOLDER / "facts.md").read_text("utf-8"))
    assert found
    return found[1]


@cache
def facts() -> dict[str, Value]:
    """Give these facts."""
    text = facts_text()
    root, unread = source.parse(text, "facts.yaml")
    assert root is not None, unread
    assert isinstance(root.value, dict)
    form = group(dict.fromkeys(root.value, Field(Kind.OPEN, required=False)))
    bound, wrong = bind(root, form)
    assert not wrong, wrong
    return bound.values


def findings(template: str) -> list[Diagnostic]:
    """Give what is wrong with a template over the facts: as it is read, else as it is checked, else as it is run."""
    statements, found = tags.read(template)
    found = found or language.check(statements, [language.shape(facts()).fields])
    return found or language.compile({"t": statements}).faults("t", facts())

"""The reports of the corpus in, each as plain text and as Word file; what is planted, found and missed in them out.

What a file holds is told in README.md beside this.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from reportgen import report
from reportgen.audit import audit
from reportgen.prose import proofread
from reportgen.word.look.roles import BLANKS, numeral
from reportgen.word.text import read
from tests.corpus.forms import docx, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.report import Line, Text

FOLDER: Final = Path(__file__).parent
FAULTY: Final = FOLDER / "faulty"
FAULTLESS: Final = FOLDER / "faultless"
BEFORE: Final = "规则之前"
FORMS: Final = ("text", "docx")
_FILE: Final = re.compile("---\n(?P<front>.*?)\n---\n(?P<text>.*)", re.DOTALL)


class Planted(NamedTuple):
    """A fault that was planted: the rules of which one should speak, and the stretches of which one should be named."""

    rules: tuple[str, ...]
    quotes: tuple[str, ...]


class Report(NamedTuple):
    """A file of the corpus: its name, when it was written, whether Word numbers its headings, its faults, its text.

    `right` are findings that are right and yet no faults of their own, as a second rule about the same words.
    """

    name: str
    written: str
    automatic: bool
    planted: tuple[Planted, ...]
    right: tuple[Planted, ...]
    text: str

    def as_text(self) -> Text:
        """Read it as a plain text."""
        return report.of_text(plain(self.text), f"{self.name}.txt")

    def as_document(self) -> Text:
        """Read it as a Word file."""
        document, found = read(docx(self.text, automatic=self.automatic), f"{self.name}.docx")
        assert document, found
        return report.of_document(document)

    def read(self, form: str) -> Text:
        """Read it as one of the forms."""
        return self.as_text() if form == FORMS[0] else self.as_document()


class Place(NamedTuple):
    """A stretch of a line, and where it begins and ends."""

    line: Line
    start: int
    end: int

    def meets(self, other: Place) -> bool:
        """Whether two stretches have a character in common, or stand in one row of a table."""
        if self.line.cell and other.line.cell:
            return self.line.cell[:2] == other.line.cell[:2]
        return self.line is other.line and self.start < other.end and other.start < self.end


class Measured(NamedTuple):
    """A report after the rules: the faults with whether they were found, and the findings that meet none of them."""

    report: Report
    faults: tuple[tuple[Planted, bool], ...]
    unplanted: tuple[Diagnostic, ...]


def reports(folder: Path) -> list[Report]:
    """Read the reports of a folder, in the order of their names."""
    return [_report(one) for one in sorted(folder.glob("*.md"))]


def _report(path: Path) -> Report:
    held = _FILE.fullmatch(path.read_text("utf-8"))
    assert held, path
    front = yaml.safe_load(held["front"])
    planted, right = (tuple(map(_planted, front.get(key, ()))) for key in ("错误", "也对"))
    name = path.relative_to(FOLDER).with_suffix("").as_posix()
    return Report(name, front["写于"], front.get("编号") == "自动", planted, right, held["text"])


def _planted(one: Mapping[str, str | Sequence[str]]) -> Planted:
    return Planted(_several(one["规则"]), _several(one["原文"]))


def _several(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def findings(text: Text) -> list[Diagnostic]:
    """Let all rules speak."""
    return [*audit(text), *proofread(text)]


def measure(one: Report, form: str) -> Measured:
    """Compare what is planted in a report with what is found in it."""
    text = one.read(form)
    lines = _by_span(text)
    found = [(each, tuple(_places(each, lines))) for each in findings(text)]
    wanted = [(each, tuple(_stretches(each, text.lines))) for each in (*one.planted, *one.right)]
    faults = [(each, any(_meets(said, each, places) for said in found)) for each, places in wanted]
    rest = (said[0] for said in found if not any(_meets(said, each, places) for each, places in wanted))
    return Measured(one, tuple(faults[: len(one.planted)]), tuple(rest))


def shown(diagnostic: Diagnostic) -> tuple[str, str]:
    """Give the rule of a finding and what it quotes, without the numeral that Word may have set."""
    quote = diagnostic.span.quote.strip(BLANKS)
    mark = numeral(quote)
    return diagnostic.rule.code, (quote[len(mark.typed) :] if mark else quote).strip(BLANKS)


def _meets(said: tuple[Diagnostic, Sequence[Place]], planted: Planted, places: Sequence[Place]) -> bool:
    diagnostic, own = said
    return diagnostic.rule.code in planted.rules and any(one.meets(other) for one in own for other in places)


def _by_span(text: Text) -> Mapping[tuple[str, int], list[Line]]:
    """Gather lines by the place where they begin, which the cells of a row in a plain text share."""
    found: dict[tuple[str, int], list[Line]] = {}
    for line in text.lines:
        span = line.pieces[0].span
        found.setdefault((span.part, span.line), []).append(line)
    return found


def _places(diagnostic: Diagnostic, lines: Mapping[tuple[str, int], Sequence[Line]]) -> Iterator[Place]:
    for span in (diagnostic.span, *(one.span for one in diagnostic.related)):
        yield from _place(span, lines.get((span.part, span.line), ()))


def _place(span: Span, lines: Sequence[Line]) -> Iterator[Place]:
    before = [one for one in lines if one.pieces[0].span.column <= span.column]
    if before:
        start = span.column - before[-1].pieces[0].span.column
        yield Place(before[-1], start, max(span.end_column - span.column, len(span.quote), 1) + start)


def _stretches(fault: Planted, lines: Sequence[Line]) -> Iterator[Place]:
    """Find the one line that a quote stands in, or that is nothing else."""
    for quote in fault.quotes:
        held = [(one, at) for one in lines if (at := f"{one.numeral}{one.text}".find(quote)) >= 0]
        held = [(one, at) for one, at in held if one.text == quote] or held
        assert len(held) == 1, f"stands {len(held)} times in the report: {quote}"
        ((line, at),) = held
        start = max(at - len(line.numeral), 0)
        yield Place(line, start, start + len(quote))

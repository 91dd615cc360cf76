"""The sections and the text of a document in; what departs on the page out: paper, margins, lines, characters."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.word.look.roles import Role, usual
from reportgen.word.look.standard import (
    BODY,
    CHARACTERS,
    LINES,
    MARGINS,
    NATURAL,
    PAPER,
    PAPER_TOLERANCE,
    TOLERANCE,
    TYPE_AREA,
    TYPEFACES,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.word.look.reading import Line, Pages, Section
    from reportgen.word.look.roles import Told

ODD_PAPER = rule(
    "D101",
    "paper",
    Severity.WARNING,
    "the paper is {width} × {height} mm, where A4 (210 × 297 mm) is asked for",
    "in Word choose Layout, Size, A4, for the whole document",
)
LANDSCAPE = rule(
    "D102",
    "landscape",
    Severity.NOTE,
    "the pages from here on lie on their side, and no wide table is on them",
    "in Word choose Layout, Orientation, Portrait; only pages with a wide table lie on their side",
)
ODD_MARGINS = rule(
    "D103",
    "margins",
    Severity.WARNING,
    "the margins are: top {top}, bottom {bottom}, left {left}, right {right} mm; asked for are 37, 35, 28 and 26",
    "in Word choose Layout, Margins, Custom margins: top 3.7 cm, bottom 3.5 cm, left 2.8 cm, right 2.6 cm",
)
ODD_LINES = rule(
    "D104",
    "lines-per-page",
    Severity.WARNING,
    "about {lines} lines of text fit on a page, where 22 are asked for: a line takes {pitch} points",
    "in Word select the text, choose Paragraph, Line spacing, Exactly, 28 points",
)
ODD_CHARACTERS = rule(
    "D105",
    "characters-per-line",
    Severity.WARNING,
    "{characters} characters of text fit on a line, where 28 are asked for",
    "in Word select the text, choose Font, Advanced, Spacing: condensed by 0.25 points",
)

_MM: Final = Decimal("25.4") / 72


def page(pages: Pages, told: Sequence[Told]) -> Iterator[Diagnostic]:
    """Find what departs on the pages; what several sections have in common is said at the first."""
    seen: set[tuple[object, ...]] = set()
    tables = {one.section for one in pages.tables}
    for at, section in enumerate(pages.sections):
        for one in _section(section, has_table=at in tables):
            key = (one.rule, *one.values.values())
            if key not in seen:
                seen.add(key)
                yield one
    text = [one.line for one in told if one.role is Role.BODY]
    if text:
        yield from _type_area(text, pages.sections)


def _section(section: Section, *, has_table: bool) -> Iterator[Diagnostic]:
    sides = sorted((_mm(section.width), _mm(section.height)))
    if any(abs(side - asked) > PAPER_TOLERANCE for side, asked in zip(sides, PAPER, strict=True)):
        yield ODD_PAPER.at(section.span, width=plain(_mm(section.width)), height=plain(_mm(section.height)))
    if section.width > section.height:
        yield from () if has_table else (LANDSCAPE.at(section.span),)
        return
    margins = {side: _mm(section.margins[side]) for side in MARGINS}
    if any(abs(margins[side] - asked) > TOLERANCE for side, asked in MARGINS.items()):
        yield ODD_MARGINS.at(section.span, help=None, related=(), **{side: plain(one) for side, one in margins.items()})


def _type_area(text: Sequence[Line], sections: Sequence[Section]) -> Iterator[Diagnostic]:
    """Judge lines and characters by the type area that is asked for: wrong margins are said once."""
    size = usual(text)
    set_out = Counter((one.shape.lines, one.shape.on_grid, one.section) for one in text)
    (lines, on_grid, at), _ = set_out.most_common(1)[0]
    section = sections[min(at, len(sections) - 1)] if sections else None
    first = next(one for one in text if one.shape.lines == lines)
    pitch = section.pitch if section and on_grid else Decimal(0)
    high = _height(first, size, pitch)
    fit = int(TYPE_AREA[1] / _MM / high) if high > 0 else 0
    if fit != LINES:
        yield ODD_LINES.at(first.span, lines=fit, pitch=plain(high))
    sizes = TYPEFACES[BODY].sizes
    if sizes[0] <= size <= sizes[1]:
        spacing = Counter(piece.look.spacing for one in text for piece in one.pieces).most_common(1)[0][0]
        wide = size + spacing + (section.added if section and on_grid else 0)
        fit = int(TYPE_AREA[0] / _MM / wide) if wide > 0 else 0
        if fit != CHARACTERS:
            yield ODD_CHARACTERS.at(first.span, characters=fit)


def _height(line: Line, size: Decimal, pitch: Decimal) -> Decimal:
    """Give the height of a line in points; what nothing fixes is estimated, and takes whole steps of a grid."""
    lines, natural = line.shape.lines, NATURAL * size
    if lines.exact:
        return lines.height
    least = max(lines.height, natural) if lines.least else natural
    high = (least / pitch).to_integral_value(ROUND_CEILING) * pitch if pitch else least
    return high if lines.least else high * lines.height


def _mm(points: Decimal) -> Decimal:
    return points * _MM

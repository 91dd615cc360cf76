"""The lines of a document with their roles in; what departs in how they are set out: fonts, sizes, indents, colour."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, Span, Tally, rule
from reportgen.word.look.roles import BLANKS, Role
from reportgen.word.look.standard import (
    BLACK,
    BODY,
    HEAVY,
    INDENT,
    LABEL,
    LATIN,
    OTHER,
    SIZES,
    TABLE,
    TITLE,
    TYPEFACES,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.diagnostics import Diagnostic, Rule
    from reportgen.word.look.reading import Line, Pages, Piece
    from reportgen.word.look.roles import Told
    from reportgen.word.look.standard import Typeface

ODD_FONT = rule(
    "D106",
    "text-font",
    Severity.WARNING,
    "{what}: set in {found} ({count}×), where {wanted} is asked for",
    "in Word select it (Home, Select, Select text with similar formatting) and choose the font {wanted}",
)
ODD_SIZE = rule(
    "D107",
    "text-size",
    Severity.WARNING,
    "{what}: of size {found} ({count}×), where {wanted} is asked for",
    "in Word select it (Home, Select, Select text with similar formatting) and choose the size {wanted}",
)
HALF_FONT = rule(
    "D108",
    "half-a-font",
    Severity.WARNING,
    "the fonts {found} are chosen for letters and digits only ({count}×); Chinese is printed in another one",
    "in Word select all, open Font, and choose under Chinese text font as well: 仿宋_GB2312 for the text, 黑体 and"
    " 楷体_GB2312 for headings of levels 1 and 2, 方正小标宋简体 for the title",
)
ODD_LATIN = rule(
    "D109",
    "western-font",
    Severity.NOTE,
    "{what}: letters and digits are in {found} ({count}×); offices use Times New Roman",
    "in Word select the text, open Font, and choose Times New Roman under Latin text font",
)
BOLD = rule(
    "D110",
    "bold",
    Severity.NOTE,
    "{what}: bold ({count}×); the standard sets it apart by its font alone",
    "in Word select it and take B (bold) away",
)
NOT_CENTRED = rule(
    "D111",
    "title-not-centred",
    Severity.WARNING,
    "the title is not centred",
    "in Word put the cursor into it and choose Centre; take its indent away",
)
NOT_JUSTIFIED = rule(
    "D112",
    "not-justified",
    Severity.NOTE,
    "the text does not reach to both margins ({count}×)",
    "in Word select the text and choose Justify",
)
ODD_INDENT = rule(
    "D113",
    "indent",
    Severity.WARNING,
    "{what}: indented by {found} characters (first line/further lines, {count}×), where 2/0 is asked for",
    "in Word select the paragraphs, open Paragraph: indentation left 0, right 0, special: first line, 2 characters",
)
TYPED_INDENT = rule(
    "D114",
    "typed-indent",
    Severity.NOTE,
    "{what}: the first line is indented by spaces that were typed ({count}×)",
    "delete them, and in Word open Paragraph, special: first line, 2 characters",
)
SPACED = rule(
    "D115",
    "space-around-paragraphs",
    Severity.NOTE,
    "there is space before or after the paragraphs of the text ({found} points, {count}×)",
    "in Word select the text, open Paragraph: spacing before 0, after 0; else a page does not hold 22 lines",
)
COLOURED = rule(
    "D116",
    "colour",
    Severity.WARNING,
    "text in colour ({found}, {count}×); official documents are black",
    "in Word select it and choose the font colour Automatic",
)

_FACES: Final = {
    Role.TITLE: TITLE,
    Role.LABEL: LABEL,
    Role.CELL: TABLE,
    **dict.fromkeys((Role.FRONT, Role.ASIDE), OTHER),
    **dict.fromkeys((Role.BODY, Role.ADDRESSEE, Role.NOTE, Role.SIGNATURE, Role.DATE), BODY),
}
_HAN: Final = re.compile("[\u3400-\u9fff]")
_WESTERN: Final = re.compile("[0-9A-Za-z]")
_DEEPEST: Final = 5
_MAIN, _HEADING = "main", "heading"
_WHAT: Final[Mapping[str, str]] = {
    _MAIN: N_("text and headings"),
    _HEADING: N_("headings"),
    **{key: face.meaning for key, face in TYPEFACES.items()},
}
_ABOUT: Final = Decimal("0.3")  # characters; half a point of space is none either
_LEADS: Final = tuple(font for key in "12" for font in TYPEFACES[key].fonts)


def text(pages: Pages, told: Sequence[Told]) -> Iterator[Diagnostic]:
    """Find what departs in how the lines of a document are set out."""
    faces = _Faces()
    for one in told:
        faces.add(one, _face_of(one))
    yield from faces.found()
    yield from _indents(told)
    for one in told:
        if one.role is Role.TITLE and one.line.shape.align != "center":
            yield NOT_CENTRED.at(one.line.span)
            break
    yield from _paragraphs([one.line for one in told if one.role is Role.BODY])
    yield from _colours(pages.lines)


def _paragraphs(body: Sequence[Line]) -> Iterator[Diagnostic]:
    ragged, spaced = Tally(), Tally()
    for line in body:
        if line.shape.align != "both":
            ragged.add(line.shape.align, line.span)
        if max(line.shape.before, line.shape.after) > _ABOUT:
            spaced.add(f"{plain(line.shape.before)}/{plain(line.shape.after)}", line.span)
    yield from ragged.found(NOT_JUSTIFIED)
    yield from spaced.found(SPACED)


def _colours(lines: Sequence[Line]) -> Iterator[Diagnostic]:
    coloured = Tally()
    for line in lines:
        for piece in line.pieces:
            if piece.text.strip(BLANKS) and _is_colour(piece.look.colour):
                coloured.add(f"#{piece.look.colour}", line.span)
    yield from coloured.found(COLOURED)


def _face_of(one: Told) -> str:
    """Give the key of the typeface that is asked for in a line."""
    return str(min(one.level, _DEEPEST)) if one.role is Role.HEADING else _FACES[one.role]


def meaning(key: str) -> Label:
    """Give what a kind of text is called, in the reader's language."""
    return Label(Span(), _WHAT[key])


def size_name(points: Decimal) -> str:
    """Give the name of a size, or its points."""
    return next((name for name, size in SIZES.items() if size == points), f"{plain(points)}磅")


def sizes_of(face: Typeface) -> str:
    """Give the sizes that a typeface may have, by name."""
    return "—".join(dict.fromkeys(map(size_name, reversed(face.sizes))))


class _Faces:
    """What departs in fonts, sizes and weight, by the kind of text; like with like is said once."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._tallies: dict[Rule, dict[str, Tally]] = {
            one: defaultdict(Tally) for one in (ODD_FONT, ODD_SIZE, ODD_LATIN, BOLD)
        }
        self._halves = Tally()

    def add(self, one: Told, key: str) -> None:
        """Compare a line with the typeface that its role asks for."""
        face, text, span = TYPEFACES[key], TYPEFACES[BODY], one.line.span
        group = BODY if face.fonts == text.fonts else key
        for piece in _pieces(one):
            look = piece.look
            if _HAN.search(piece.text) and not is_of(look.chinese, face.fonts):
                is_half = not look.chinese or is_of(look.latin, face.fonts)
                if is_half:
                    self._halves.add(f"“{look.latin}”", span)
                else:
                    self._tallies[ODD_FONT][group].add(look.chinese, span)
            if piece.text.strip(BLANKS) and not face.sizes[0] <= look.size <= face.sizes[1]:
                self._tallies[ODD_SIZE][_MAIN if face.sizes == text.sizes else key].add(size_name(look.size), span)
            if key == BODY and _WESTERN.search(piece.text) and not is_of(look.latin, (*LATIN, *face.fonts, "")):
                self._tallies[ODD_LATIN][key].add(look.latin, span)
        if one.role in {Role.TITLE, Role.HEADING} and all(map(_is_bold, one.line.pieces)):
            self._tallies[BOLD][key if one.role is Role.TITLE else _HEADING].add("", span)

    def found(self) -> Iterator[Diagnostic]:
        """Give what departs; a finding weighs as much as whoever asks for the typeface."""
        yield from self._halves.found(HALF_FONT)
        for departs, tallies in self._tallies.items():
            for key, tally in tallies.items():
                face = TYPEFACES[BODY if key in {_MAIN, _HEADING} else key]
                wanted = sizes_of(face) if departs is ODD_SIZE else face.fonts[0]
                for one in tally.found(departs, what=meaning(key), wanted=wanted):
                    yield one.as_severe_as(min(departs.severity, face.basis.severity))


def is_of(font: str, fonts: Sequence[str]) -> bool:
    """Tell whether a font is one of those that are asked for."""
    return font.casefold() in {one.casefold() for one in fonts}


def _pieces(one: Told) -> Sequence[Piece]:
    """Give what a line is judged by: text may begin with words that are set apart like a heading."""
    pieces = one.line.pieces
    if one.role is not Role.BODY:
        return pieces
    led = next((at for at, piece in enumerate(pieces) if not is_of(piece.look.chinese, _LEADS)), len(pieces))
    return pieces[led:] if any(_HAN.search(piece.text) for piece in pieces[led:]) else pieces


def _is_bold(piece: Piece) -> bool:
    return (piece.look.bold and not is_of(piece.look.chinese, HEAVY)) or not piece.text.strip(BLANKS)


def _indents(told: Sequence[Told]) -> Iterator[Diagnostic]:
    """Compare the indents of text and headings with two characters and none."""
    odd, typed = (defaultdict[str, Tally](Tally) for _ in range(2))
    for one in told:
        if one.role not in {Role.BODY, Role.HEADING}:
            continue
        key = _HEADING if one.role is Role.HEADING else BODY
        line, shape, size = one.line, one.line.shape, one.line.size
        blanks = line.text[: len(line.text) - len(line.text.lstrip(BLANKS))]
        spaces = sum(Decimal(1) if sign == "\u3000" else Decimal("0.5") for sign in blanks)
        left = shape.left.characters(size)
        first = left + shape.first.characters(size) + spaces
        if abs(first - INDENT) > _ABOUT or abs(left) > _ABOUT:
            odd[key].add(f"{plain(first)}/{plain(left)}", line.span)
        elif blanks:
            typed[key].add("", line.span)
    for departs, tallies in ((ODD_INDENT, odd), (TYPED_INDENT, typed)):
        yield from (found for key, tally in tallies.items() for found in tally.found(departs, what=meaning(key)))


def _is_colour(colour: str) -> bool:
    """Tell whether a colour is not black."""
    return bool(re.fullmatch("[0-9A-F]{6}", colour)) and max(bytes.fromhex(colour)) > BLACK

"""The page numbers of a document in; what departs in them out: none at all, their form, font, side, and the cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, Tally, rule
from reportgen.word.look.reading import NUMBER as SIGN
from reportgen.word.look.roles import Role
from reportgen.word.look.standard import NUMBER, NUMBER_FORM, TYPEFACES
from reportgen.word.look.text import ODD_FONT, ODD_SIZE, is_of, meaning, size_name, sizes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.word.look.reading import PageNumber, Pages, Section
    from reportgen.word.look.roles import Told

NO_NUMBER = rule(
    "D117",
    "no-page-number",
    Severity.WARNING,
    "the pages have no numbers",
    "in Word choose Insert, Page number, Bottom of page; write — on both sides of it, in 宋体, size 四号",
)
NUMBER_FORM_ODD = rule(
    "D118",
    "page-number-form",
    Severity.WARNING,
    "the page number is written “{found}”, where “— 1 —” is asked for",
    "open the footer in Word and write a dash “—” and a space on both sides of the number, and nothing else",
)
NUMBER_PLACE = rule(
    "D119",
    "page-number-place",
    Severity.NOTE,
    "the page number stands on the left or right side of all pages, or in the header",
    "put it into the footer; in Word tick “Different odd & even pages”, odd pages on the right, even ones on the left;"
    " ordinary papers may have it in the middle",
)
COVER_NUMBERED = rule(
    "D120",
    "cover-numbered",
    Severity.NOTE,
    "the cover has a page number",
    "in Word open the footer of the cover, tick “Different first page”, and delete the number there",
)

_FORM: Final = NUMBER_FORM.format(n=SIGN).replace(" ", "")
_HEADER: Final = "页眉"


def numbers(pages: Pages, told: Sequence[Told]) -> Iterator[Diagnostic]:
    """Find what departs in the page numbers; each kind of departure is said once."""
    kinds = ((section, kind) for section in pages.sections for kind in _kinds(section, pages))
    seen = [one for section, kind in kinds for one in section.numbers.get(kind, ())]
    if not seen:
        yield NO_NUMBER.at(pages.span)
        return
    form, fonts, sizes = Tally(), Tally(), Tally()
    face = TYPEFACES[NUMBER]
    for one in seen:
        if "".join(one.text.split()) != _FORM:
            form.add(one.text.replace(SIGN, "1"), one.span)
        if not is_of(one.look.latin, face.fonts):
            fonts.add(one.look.latin, one.span)
        if not face.sizes[0] <= one.look.size <= face.sizes[1]:
            sizes.add(size_name(one.look.size), one.span)
    what = meaning(NUMBER)
    yield from form.found(NUMBER_FORM_ODD)
    yield from fonts.found(ODD_FONT, what=what, wanted=face.fonts[0])
    yield from sizes.found(ODD_SIZE, what=what, wanted=sizes_of(face))
    yield from (NUMBER_PLACE.at(one.span) for one in [*_misplaced(pages)][:1])
    yield from _cover(pages, told)


def _kinds(section: Section, pages: Pages) -> Sequence[str]:
    """Give the kinds of pages that a section has."""
    return ["default", *(["even"] if pages.mirrored else []), *(["first"] if section.own_first else [])]


def _misplaced(pages: Pages) -> Iterator[PageNumber]:
    for section in pages.sections:
        sides = {"default": "right", "even": "left"} if pages.mirrored else {"default": ""}
        for page, side in sides.items():
            for one in section.numbers.get(page, ()):
                is_wrong = one.shape.align not in {"center", side}
                if one.span.part.startswith(_HEADER) or (is_wrong and not one.free):
                    yield one


def _cover(pages: Pages, told: Sequence[Told]) -> Iterator[Diagnostic]:
    """Tell of a number on the cover: pages before the text that hold a title and end with a break."""
    plain = [one for one in told if one.role is not Role.CELL]
    text = next((at for at, one in enumerate(plain) if one.role in {Role.HEADING, Role.BODY}), 0)
    front = plain[:text]
    if not any(one.role is Role.TITLE for one in front) or not pages.sections:
        return
    last, first = front[-1].line, plain[text].line
    between = [one for one in pages.lines if last.span.line <= one.span.line < first.span.line]
    turned = first.shape.new_page or any(one.breaks for one in between)
    apart = first.section != last.section and not pages.sections[min(first.section, len(pages.sections) - 1)].continuous
    if turned or apart:
        section = pages.sections[0]
        shown = section.numbers.get("first" if section.own_first else "default", ())
        yield from (COVER_NUMBERED.at(one.span) for one in shown[:1])

"""The lines of a document with their roles in; what departs in how it is built out: numerals, annexes, dates."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, Tally, rule
from reportgen.word.look.roles import BLANKS, DATE, NOTE, Role, numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.word.look.reading import Line, Pages
    from reportgen.word.look.roles import Told

ODD_NUMERAL = rule(
    "D124",
    "numeral-form",
    Severity.WARNING,
    "numerals are written {found} ({count}×)",
    "write 一、 and below it （一）, 1. and （1）: brackets of full width with nothing after them, a dot after 1",
)
SKIPPED = rule(
    "D125",
    "level-skipped",
    Severity.WARNING,
    "after “{before}” comes “{found}”: a level between them is left out",
    "the levels are 一、, （一）, 1. and （1）, in this order",
)
HEADING_END = rule(
    "D126",
    "heading-end",
    Severity.NOTE,
    "a heading that stands alone ends with “{found}” ({count}×)",
    "delete the sign at its end",
)
LABEL_FORM = rule(
    "D127",
    "annex-label",
    Severity.WARNING,
    "“{found}” above an annex is not as it should be",
    "write 附件 and the figure, such as 附件1, with nothing after it, at the left margin without an indent",
)
SAME_PAGE = rule(
    "D128",
    "annex-on-same-page",
    Severity.WARNING,
    "the annex does not begin on a new page",
    "put the cursor before 附件 and press Ctrl and Enter",
)
NOTE_FORM = rule(
    "D129",
    "annex-note",
    Severity.WARNING,
    "the annex note “{found}” is not as it should be",
    "write 附件：, with several annexes 1. and so on, and the name without a sign at its end",
)
NAMES_DIFFER = rule(
    "D130",
    "annex-names-differ",
    Severity.WARNING,
    "the annex note says “{noted}”, the annex itself “{found}”",
    "write the same name in both places",
)
DATE_FORM = rule(
    "D131",
    "date-form",
    Severity.WARNING,
    "the date is written “{found}”",
    "write {wanted}: figures, the year in full, no 0 before month and day",
)
DATE_PLACE = rule(
    "D132",
    "date-place",
    Severity.WARNING,
    "the date under the text does not stand on the right, some characters in",
    "in Word align it on the right, and open Paragraph: indentation right 2 characters, with a seal 4 characters",
)
DOCUMENT_NUMBER = rule(
    "D133",
    "document-number",
    Severity.WARNING,
    "document numbers are written {found} ({count}×)",
    "write the year in full between 〔 and 〕, no 第 and no 0 before the number: 〔2021〕1号",
)

_ENDS: Final = tuple("。：；，、:;,.")
_LABEL: Final = re.compile(r"附件\s?\d*")
_COLON: Final = "附件："
_NUMBERED: Final = re.compile(
    r"(?:[\u3400-\u9fff])(?P<number>(?P<year>[\[［〔【（(][12]\d{3}[\]］〕】）)])(?P<rest>\s*第?\s*0*\d+\s*号))"
)
_RIGHT: Final = re.compile(r"〔\d{4}〕[1-9]\d*号")
_HAN: Final = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_NEAR, _FAR, _MIDDLE = Decimal(1), Decimal(8), Decimal(8)  # characters from the right, or from the left


def structure(pages: Pages, told: Sequence[Told]) -> Iterator[Diagnostic]:
    """Find what departs in how a document is built."""
    numerals, ends, numbered = Tally(), Tally(), Tally()
    for one in told:
        if one.role in {Role.HEADING, Role.BODY, Role.NOTE} and (found := _numeral(one)):
            numerals.add(f"“{found}”", one.line.span)
        if one.role is Role.HEADING and one.text[-1] in _ENDS:
            ends.add(one.text[-1], one.line.span)
        for number in _NUMBERED.finditer(one.text):
            if not _RIGHT.fullmatch(number["number"]):
                numbered.add(f"“{number['number']}”", one.line.span)
    yield from numerals.found(ODD_NUMERAL)
    yield from _skipped(told)
    yield from ends.found(HEADING_END)
    yield from _annexes(pages, told)
    yield from _dates(told)
    yield from numbered.found(DOCUMENT_NUMBER)


def _numeral(one: Told) -> str:
    """Give the numeral of a line if it is not written as it should be."""
    found = numeral(NOTE.sub("", one.text)) if one.role is Role.NOTE else one.numeral
    return "" if found is None or found.right else found.typed


def _skipped(told: Sequence[Told]) -> Iterator[Diagnostic]:
    """Find headings two levels below the one before; 1. may stand right below 一、 where no （一） is used."""
    last: Told | None = None
    for one in told:
        if one.role is Role.LABEL:
            last = None
        if one.role is not Role.HEADING or one.numeral is None:
            continue
        if last is not None and one.level > last.level + 1 and (last.level, one.level) != (1, 3):
            yield SKIPPED.at(one.line.span, before=last.text, found=one.numeral.typed)
        last = one


def _annexes(pages: Pages, told: Sequence[Told]) -> Iterator[Diagnostic]:
    noted = [one for one in told if one.role is Role.NOTE]
    labels = [at for at, one in enumerate(told) if one.role is Role.LABEL]
    tops = _page_tops(pages) if labels else frozenset()
    for one in (told[at] for at in labels):
        shape = one.line.shape
        indent = shape.left.characters(one.line.size) + shape.first.characters(one.line.size)
        moved = shape.align in {"center", "right"} or abs(indent) >= _NEAR / 2 or one.line.text[:1] in BLANKS
        if moved or not _LABEL.fullmatch(one.text):
            yield LABEL_FORM.at(one.line.span, found=one.text)
        if one.line.span.line not in tops:
            yield SAME_PAGE.at(one.line.span)
    for one in noted:
        is_ended = any(line[-1:] in _ENDS for line in one.text.split("\n") if line)
        if is_ended or (NOTE.match(one.text) and not one.text.startswith(_COLON)):
            yield NOTE_FORM.at(one.line.span, found=one.text)
    if noted and labels:
        yield from _named(noted, [list(_title(told, at)) for at in labels])


def _title(told: Sequence[Told], label: int) -> Iterator[Told]:
    """Give the lines of the title below the label of an annex."""
    for one in told[label + 1 :]:
        if one.role is not Role.TITLE:
            return
        yield one


def _named(noted: Sequence[Told], titles: Sequence[Sequence[Told]]) -> Iterator[Diagnostic]:
    """Compare what the note says with the annexes, one by one."""
    said = [(_bare(line), one.line.span) for one in noted for line in one.text.split("\n")]
    found = [("".join(_bare(one.text) for one in title), title[0].line.span) for title in titles if title]
    for (note, span), (name, place) in zip_longest(said, found, fillvalue=("—", None)):
        if note != name:
            yield NAMES_DIFFER.at(place or span or noted[0].line.span, noted=note, found=name)


def _bare(text: str) -> str:
    """Give the name of an annex alone."""
    name = re.sub(r"^\d+\s*[.．、]", "", NOTE.sub("", text.strip(BLANKS)))
    return re.sub(r"[\s《》]", "", name).rstrip("".join(_ENDS))


def _page_tops(pages: Pages) -> frozenset[int]:
    """Give the numbers of the lines that begin a page, as far as breaks tell; blank lines above do not count."""
    tops: set[int] = set()
    turned, section = True, 0
    for one in pages.lines:
        if one.section != section:
            own = pages.sections[min(one.section, len(pages.sections) - 1)]
            turned, section = turned or not own.continuous, one.section
        if one.shape.new_page or one.breaks or turned:
            tops.add(one.span.line)
        turned = one.breaks or (turned and not one.text.strip(BLANKS))
    return frozenset(tops)


def _dates(told: Sequence[Told]) -> Iterator[Diagnostic]:
    """Judge the form of every date that stands alone, and the place of that below the text."""
    for one in told:
        if one.role is Role.DATE and (found := DATE.fullmatch(one.text)):
            year = "".join(_HAN.get(sign, sign) for sign in found["year"])
            wanted = f"{year}年{_figure(found['month'])}月{_figure(found['day'])}日"
            if one.text != wanted:
                yield DATE_FORM.at(one.line.span, found=one.text, wanted=wanted)
    end = next((at for at, one in enumerate(told) if one.role is Role.LABEL and at), len(told))
    texts = [at for at, one in enumerate(told[:end]) if one.role is Role.BODY]
    last = next((one for one in told[texts[-1] : end] if one.role is Role.DATE), None) if texts else None
    if last is not None and not _on_the_right(last.line):
        yield DATE_PLACE.at(last.line.span)


def _figure(said: str) -> str:
    """Write a month or a day in figures, as dates have it."""
    if said.isdecimal():
        return str(int(said))
    tens, ten, units = said.rpartition("十")
    return str((int(_HAN.get(tens, "1")) * 10 if ten else 0) + int(_HAN.get(units, "0")))


def _on_the_right(line: Line) -> bool:
    """Tell whether a line stands on the right, some characters from the margin."""
    shape, size = line.shape, line.size
    if shape.align == "right":
        room = shape.right.characters(size) + len(line.text) - len(line.text.rstrip(BLANKS))
        return _NEAR <= room <= _FAR
    blanks = len(line.text) - len(line.text.lstrip(BLANKS))
    return shape.align != "center" and shape.left.characters(size) + shape.first.characters(size) + blanks >= _MIDDLE

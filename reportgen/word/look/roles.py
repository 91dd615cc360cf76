"""The lines of a document in, what each is out: title, heading of a level, text, annex, signature, date, and so on.

No document says so itself: styles are a hint; numerals, order and layout decide. What is not sure is put aside.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from enum import Enum
from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.word.look.reading import Line, Pages

_HAN: Final = "[一二三四五六七八九十百]{1,4}"
_LEVELS: Final = (
    re.compile(f"(?P<right>{_HAN}、)|第{_HAN}、|{_HAN}[.．]"),
    re.compile(f"(?P<right>（{_HAN}）(?![、.，]))|[（(]{_HAN}[）)][、.，]?"),
    re.compile(r"(?P<right>[1-9]\d?[.．](?!\d))|[1-9]\d?、(?!\d)"),
    re.compile(r"(?P<right>（[1-9]\d?）(?![、.，]))|[（(]?[1-9]\d?[）)][、.，]?"),
    re.compile("(?P<right>[①-⑳])"),
)
LABEL: Final = re.compile(rf"附\s*件\s*+(\d+|{_HAN})?\s*+[：:、.]?")
NOTE: Final = re.compile(r"附\s*件\s*[：:]\s*(?=\S)")
DATE: Final = re.compile(
    r"(?P<year>\d{4}|[〇○零一二三四五六七八九]{4})\s*[年./-]\s*(?P<month>\d\d?|[一二三四五六七八九十]{1,2})\s*[月./-]\s*"
    r"(?P<day>\d\d?|[一二三四五六七八九十]{1,3})\s*日?"
)
_NOTED: Final = re.compile(r"\d+\s*[.．、]\s*\S[^。；]*[。；]?")
_TITLED: Final = frozenset(("title", "标题", "报告标题", "文章标题", "公文标题"))
_LIST: Final = re.compile(r"(?i)toc\b|table of|目录")
_ASIDE: Final = re.compile(r"[表图]\s*\d+|(注|备注|数据来源|资料来源|单位)[：:]|（[^（）]*）$")
_STOPS: Final = frozenset("。！？；")
_PAUSES: Final = frozenset("。！？；：，、")
_HEADING, _SENTENCE, _TITLE, _TEXT = 45, 25, 90, 25  # the most characters of a heading … the least of a text
BLANKS: Final = " \u3000\t\xa0\n"


class Role(Enum):
    """What a line is in a document."""

    TITLE = "title"
    FRONT = "front"
    ADDRESSEE = "addressee"
    HEADING = "heading"
    BODY = "body"
    NOTE = "note"
    SIGNATURE = "signature"
    DATE = "date"
    LABEL = "label"
    ASIDE = "aside"
    CELL = "cell"


class Numeral(NamedTuple):
    """What a line begins with: the numeral as typed, its level from 1, and whether it is written as it should be."""

    typed: str
    level: int
    right: bool


class Told(NamedTuple):
    """A line with its words, its role, the numeral that it begins with, and the level of a heading."""

    line: Line
    text: str
    role: Role
    numeral: Numeral | None
    level: int


def tell(pages: Pages) -> tuple[Told, ...]:
    """Give the role of every line that says something, but for text boxes and tables of contents."""
    lines = [one for one in pages.lines if _said(one) and not one.boxed and not _LIST.match(one.style)]
    plain = [one for one in lines if not one.span.cell]
    start = next((at for at, one in enumerate(plain) if _begins(_said(one))), len(plain))
    front = plain[:start]
    teller = _Teller(frozenset(one.span.line for one in front), _titles(front, usual(plain[start:])))
    told = [teller.tell(one) for one in lines]
    return tuple(_with_signature(told))


def numeral(text: str) -> Numeral | None:
    """Read the numeral that a text begins with."""
    matches = ((level, pattern.match(text)) for level, pattern in enumerate(_LEVELS, 1))
    found = next(((level, match) for level, match in matches if match), None)
    return Numeral(found[1][0], found[0], found[1]["right"] is not None) if found else None


def usual(lines: Sequence[Line]) -> Decimal:
    """Give the size that most of the text has, in points."""
    sizes: Counter[Decimal] = Counter()
    for one in lines:
        for piece in one.pieces:
            sizes[piece.look.size] += len(piece.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=Decimal(0))


class _Teller:
    """Goes through a document from top to bottom and keeps what was seen last."""

    def __init__(self, front: frozenset[int], titles: frozenset[int]) -> None:
        """Take the numbers of the lines before the text, and of those that are the title."""
        self._front, self._titles = front, titles
        self._last: Told | None = None

    def tell(self, line: Line) -> Told:
        """Tell the role of the next line."""
        text = _said(line)
        found = numeral(text)
        role = Role.CELL if line.span.cell else self._role(line, text, found)
        level = (found.level if found else line.level) if role is Role.HEADING else 0
        told = Told(line, text, role, found, level)
        self._last = told if role is not Role.CELL else None
        return told

    def _role(self, line: Line, text: str, found: Numeral | None) -> Role:
        last = self._last.role if self._last else None
        is_front = line.span.line in self._front
        is_called = text.endswith(("：", ":")) and last in {Role.TITLE, Role.ADDRESSEE}
        roles = (
            (Role.TITLE, line.span.line in self._titles or self._goes_on(line)),
            (Role.LABEL, LABEL.fullmatch(text)),
            (Role.TITLE, last is Role.LABEL and not _begins(text)),
            (Role.NOTE, NOTE.match(text) or (last is Role.NOTE and _NOTED.fullmatch(text))),
            (Role.DATE, DATE.fullmatch(text)),
            (Role.HEADING, _is_heading(line, text, found)),
            (Role.ADDRESSEE, is_front and is_called),
            (Role.FRONT, is_front),
            (Role.BODY, _is_text(line, text)),
        )
        return next((role for role, holds in roles if holds), Role.ASIDE)

    def _goes_on(self, line: Line) -> bool:
        """Tell whether a line goes on with the title of an annex."""
        last = self._last
        if last is None or last.role is not Role.TITLE or line.span.line in self._front:
            return False
        same = last.line.shape.align == line.shape.align == "center" and last.line.size == line.size
        return same and last.line.span.line not in self._titles


def _with_signature(told: Sequence[Told]) -> Iterator[Told]:
    """Let what stands right above a date, and is no sentence, be the signature."""
    for one, after in zip_longest(told, told[1:]):
        signs = after is not None and after.role is Role.DATE and one.role in {Role.BODY, Role.ASIDE}
        yield one._replace(role=Role.SIGNATURE) if signs and not _STOPS & set(one.text) else one


def _titles(front: Sequence[Line], text: Decimal) -> frozenset[int]:
    """Find the lines of the title: those in its style, else the largest, else the first one."""
    may = [one for one in front if len(_said(one)) <= _TITLE and one.shape.align != "right" and not _is_no_title(one)]
    if not may:
        return frozenset()
    styled = [one for one in may if one.style.lower() in _TITLED]
    largest = max(one.size for one in may)
    first = styled[0] if styled else next(one for one in may if one.size == largest)
    if first.size <= text:
        return frozenset((first.span.line,))
    after = (one for one in front if one.span.line >= first.span.line)
    return frozenset(one.span.line for one in takewhile(lambda one: _like(one, first), after))


def _like(line: Line, first: Line) -> bool:
    """Tell whether a line goes on with the title that another one begins."""
    same = (line.size, line.shape.align, line.style) == (first.size, first.shape.align, first.style)
    return same and not _is_no_title(line)


def _is_no_title(line: Line) -> bool:
    text = _said(line)
    return text.endswith(("：", ":")) or bool(LABEL.fullmatch(text) or DATE.fullmatch(text))


def _begins(text: str) -> bool:
    """Tell whether the text of a document begins here: with a numeral or a sentence."""
    return numeral(text) is not None or bool(_STOPS & set(text))


def _is_heading(line: Line, text: str, found: Numeral | None) -> bool:
    """Tell whether a line is a heading that stands alone, by its style or its numeral."""
    words = text[len(found.typed) :] if found else text
    if line.level:
        return len(words) <= _HEADING
    if not found or not words or len(words) > _HEADING or _STOPS & set(words[:-1]):
        return False
    if found.level <= len(("一、", "（一）")):
        return words[-1] not in "；，、" and (words[-1] not in _STOPS or len(words) <= _SENTENCE)
    return words[-1] not in _PAUSES


def _is_text(line: Line, text: str) -> bool:
    """Tell whether a line is text for sure, and not a caption, a remark, or an item that Word numbers."""
    if _ASIDE.match(text) or (line.shape.align in {"center", "right"} and not _STOPS & set(text)):
        return False
    return bool(_STOPS & set(text)) or (len(text) > _TEXT and not line.numeral)


def _said(line: Line) -> str:
    """Give what a line says, with the number that Word puts before it, unless that is a bullet or the like."""
    text = line.text.strip(BLANKS)
    return f"{line.numeral}{text}" if text and numeral(line.numeral) else text

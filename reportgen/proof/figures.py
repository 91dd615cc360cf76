"""A text in, the figures in it out: numbers and dates of every kind, grades, and words that claim something of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import formats
from reportgen.language import GAP

if TYPE_CHECKING:
    from reportgen.formats import Quantity

_CLAIMS: Final = "增长|下降|持平|超额|全部|首次|最高(?!人民)|(?<![平人户年月日周])均(?![衡价值线等匀为摊])"
_GRADED: Final = '(?<=等级)(?:评?为|是|：)?[“"]?(?P<grade>{})'
_DIGITS: Final = re.compile("[0-9０-９①-⑳]")
_NUMERALS: Final = re.compile("[〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]")


class Words(NamedTuple):
    """What a pack and its facts say of words: 专名, which hold digits and are no figures, and the words of grades."""

    names: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()


class Figure(NamedTuple):
    """One figure of a text, `text[start:end]`; a claim and a grade are words and have no quantity."""

    start: int
    end: int
    text: str
    quantity: Quantity | None = None

    @property
    def signs(self) -> list[int]:
        """The places in the text of what somebody must have printed: the digits of a figure, all of a word."""
        if self.quantity is None:
            return [*range(self.start, self.end)]
        digits = _DIGITS if _DIGITS.search(self.text) else _NUMERALS
        return [self.start + one.start() for one in digits.finditer(self.text)]


def figures(text: str, words: Words) -> list[Figure]:
    """Find all figures of a text in their order."""
    names, spoken = _patterns(words)
    free = names.sub(lambda found: GAP * len(found[0]), text) if names else text
    found = [Figure(one.start, one.end, text[one.start : one.end], one) for one in formats.find(free)]
    taken = {at for one in found for at in range(one.start, one.end)}
    said = (Figure(*one.span(one.lastgroup or 0), one[one.lastgroup or 0]) for one in spoken.finditer(free))
    return sorted([*found, *(one for one in said if one.start not in taken)], key=lambda one: one.start)


@lru_cache(maxsize=16)
def _patterns(words: Words) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    """Give what finds names, and what finds claims and grades."""
    spoken = [_CLAIMS, *([_GRADED.format(_any(words.grades))] if words.grades else ())]
    return re.compile(_any(words.names)) if any(words.names) else None, re.compile("|".join(spoken))


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(filter(None, words), key=len, reverse=True)))

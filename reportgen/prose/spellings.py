"""One thing is written in one way: a motto with the same signs, 三公 with quotation marks or without.

Compared are what stands in quotation marks, with the signs inside of it, and some short names of the field: 三公, 两委,
三农, 三定 and 三保. The spelling that stands more often is taken to be meant. Half-width signs and spaces make no
difference here, for other rules speak of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule
from reportgen.report.wording import HAN, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.report import Text

SPELLINGS: Final = rule(
    "R125",
    "two-spellings",
    Severity.NOTE,
    "{found} is written {other} elsewhere",
    "write it in one way everywhere",
)
_HERE: Final = N_("here: {found}")

_QUOTED: Final = re.compile(f"“[{HAN}][^“”\n]{{2,30}}[{HAN}]”")
_NAMES: Final = "三公(?=”?(?:经费|消费|支出))|两委|(?<!第)三农(?![场村业户民])|三定(?=”?方案)|三保(?=”?支出)"
_SHORT: Final = re.compile(f"“(?:{_NAMES})”|(?<!“)(?:{_NAMES})(?!”)")
_SIGNS: Final = re.compile(f"[^{HAN}0-9A-Za-z]")
_WIDE: Final = str.maketrans(",;:", "，；：", " \u3000\xa0")


def find(text: Text) -> Iterator[Diagnostic]:
    """Find what is written in two ways."""
    things: defaultdict[str, defaultdict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for line in text.lines:
        words = written(line)
        for found in (*_QUOTED.finditer(words), *_SHORT.finditer(words)):
            things[_SIGNS.sub("", found.group())][found.group().translate(_WIDE)].append(line.at(*found.span()))
    for spellings in things.values():
        other, *odd = sorted(spellings, key=lambda one: -len(spellings[one]))
        for one in odd:
            related = (Label(spellings[other][0], _HERE, {"found": other}),)
            yield SPELLINGS.at(spellings[one][0], related=related, found=one, other=other)

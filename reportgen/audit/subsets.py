"""11个村达到5万元以上，5个村达到10万元以上 leaves open whether the five are among the eleven.

Found is a number of things that reach a bound, followed in the same sentence by a smaller number of the same things
that reach a higher bound of the same unit, or that reach another standard (达到…标准). 其中 before the second number
says that they are among the first.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

UNCLEAR = rule(
    "A304",
    "subset-unclear",
    Severity.NOTE,
    "it is not said whether these {fewer} are among the {more}",
    "write 其中 before the second number, or give bounds that exclude each other (5万元以上10万元以下)",
)
_PART: Final = (
    r"(?P<{0}>(?P<n{0}>\d{{1,5}})\s*(?P<c{0}>[个户家名人所条][\u4e00-\u9fff]{{0,6}}?)[\u4e00-\u9fff]{{0,12}}?"
    r"(?P<w{0}>超过|突破)?(?P<v{0}>\d{{1,9}}(?:\.\d{{1,4}})?)\s*(?P<u{0}>万元|亿元|元|万斤|公斤|亩|%|人|户)"
    r"(?(w{0})(?:以上)?|(?:及|或)?以上))"
)
_BOUNDS: Final = re.compile(
    _PART.format("a") + r"[\u4e00-\u9fff]{0,6}[，；、]\s*(?P<among>其中)?(?:有|共)?" + _PART.format("b")
)
_STANDARDS: Final = re.compile(
    r"(?P<na>\d{1,5})\s*(?P<ca>[个户家名所条处][\u4e00-\u9fff]{1,4}?)达到[^，。；、\d]{1,10}标准[，；、]\s*"
    r"(?P<nb>\d{1,5})\s*(?P<cb>(?P=ca))达到[^，。；、\d]{1,10}标准"
)


def find(report: Text) -> Iterator[Diagnostic]:
    """Find smaller numbers with a higher bound, or another standard, that may be among the larger ones before them."""
    for line in report.lines:
        for found in (*filter(_rises, _BOUNDS.finditer(line.text)), *_STANDARDS.finditer(line.text)):
            if int(found["nb"]) < int(found["na"]):
                fewer, more = (f"{found[f'n{one}']}{found[f'c{one}']}" for one in "ba")
                yield UNCLEAR.at(line.at(*found.span()), fewer=fewer, more=more)


def _rises(found: re.Match[str]) -> bool:
    """Tell whether the second bound is a higher one of the same things, without 其中."""
    same = found["ca"][0] == found["cb"][0] and found["ua"] == found["ub"]
    return same and not found["among"] and Decimal(found["vb"]) > Decimal(found["va"])

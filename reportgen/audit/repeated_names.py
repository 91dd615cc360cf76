"""A name that stands twice in one list was counted twice, or stands in the place of another.

Lists of names with 、 between them are looked at, of three names and more. Marks and grades in the order of years or
offices (分别为优、良、优), figures, and names of one character are left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Listing, Text

TWICE = rule(
    "A303",
    "name-repeated",
    Severity.WARNING,
    "“{name}” stands twice in the list",
    "take one out, or write what was meant instead; count again where the number is stated",
)
_NAME: Final = re.compile("(?!优秀|良好|中等|合格|达标|完成|一般|较好)[\u4e00-\u9fff（）()“”《》]{2,20}")
_VERB: Final = re.compile(
    ".*(?:走访|经过|途经|涉及|覆盖|深入|组织|慰问|检查|联合|会同|沿线|[在对到为有由设和])(?=[\u4e00-\u9fff]{3,20}$)"
)
_RESPECTIVELY: Final = re.compile("分别|依次")
_LEAST: Final = 3
_NEAR: Final = 20


def find(report: Text) -> Iterator[Diagnostic]:
    """Find names that stand twice in one list."""
    for one in report.listings:
        if len(one.items) >= _LEAST and not _is_in_order(one):
            yield from _repeated(one)


def _repeated(one: Listing) -> Iterator[Diagnostic]:
    verb = None if one.names[0] in one.names[1:] else _VERB.match(one.names[0])
    seen = {one.names[0][verb.end() :]: 0} if verb else {}
    for at, name in enumerate(one.names):
        if name in seen and _NAME.fullmatch(name):
            first, again = one.items[seen[name]], one.items[at]
            related = (Label(one.line.at(*first), N_("it stands here as well")),)
            yield TWICE.at(one.line.at(*again), related=related, name=name)
        seen.setdefault(name, at)


def _is_in_order(one: Listing) -> bool:
    """Tell whether the names are said of others one by one."""
    start = one.items[0].start
    return one.stated is None and _RESPECTIVELY.search(one.line.text, max(0, start - _NEAR), start) is not None

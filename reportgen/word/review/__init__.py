"""A template in, everything its author should look at out: what keeps it from being used, its words, its layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from reportgen.diagnostics import ordered
from reportgen.language import check
from reportgen.language.dialect import UNKNOWN_NAME
from reportgen.word.package import read
from reportgen.word.review.layout import layout
from reportgen.word.review.styles import Styles
from reportgen.word.review.wording import wording
from reportgen.word.template import cut_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.language import Statement
    from reportgen.schema import Field

    Scopes = Sequence[Mapping[str, Field]]

_STATEMENTS: Final = re.compile("[{｛][%％](?:(?![%％][}｝]).)*")


def review(
    data: bytes,
    path: str,
    headings: Sequence[str] = (),
    scopes: Scopes | None = None,
    names: Sequence[str] = (),
) -> list[Diagnostic]:
    """Examine a template as far as it can be read, everything at once.

    `headings` names the styles of numbered headings by level, `scopes` what tags may look up (None: not known), `names`
    the words in which digits are no figures.
    """
    package, trees = read(data, path)
    if package is None:
        return ordered(trees.found)
    stories, found = cut_up(package, trees, headings)
    if scopes is not None:
        found += list(_unknown(stories.routines, scopes, found))
    styles = Styles(package, trees, headings)
    found += styles.fonts()
    for story in package.stories:
        root = etree.fromstring(package.parts[story.part].data)
        place = package.place(story.part)
        found += [*wording(root, place, styles, names), *layout(root, place, styles)]
    return ordered(found)


def _unknown(
    routines: Mapping[str, Sequence[Statement]], scopes: Scopes, faults: Sequence[Diagnostic]
) -> Iterator[Diagnostic]:
    """Check the names of what could be read; one that a faulty `for` or `set` would give is known by its fault."""
    given = {word for one in faults for tag in _STATEMENTS.findall(one.span.quote) for word in re.findall(r"\w+", tag)}
    for statements in routines.values():
        for one in check(statements, scopes):
            if one.rule is not UNKNOWN_NAME or one.values["name"] not in given:
                yield one

"""Compiled templates and 段块顺序 of pack.yaml in, the templates with their blocks in that order out."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, Span, nearest, rule
from reportgen.language import Block, Numeral, Set, Text, outermost
from reportgen.word.sections import page_setups

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.diagnostics import Diagnostic
    from reportgen.language import Statement, Tag
    from reportgen.word import Template

_TAG: Final = re.compile("<[^>]*>")
_SHOWS: Final = re.compile("<(?:w:drawing|w:pict|w:object|m:oMath)[ >/]")
_MORE: Final = Label(Span(), N_("a picture or a formula"))
_SHOWN: Final = 20  # characters of a text in a message

NO_BLOCK = rule(
    "P111",
    "unknown-block",
    Severity.ERROR,
    "“{name}” is not the name of an outermost block in the text of a template",
    "the outermost blocks are: {known}",
)
NOT_LISTED = rule(
    "P112",
    "block-not-listed",
    Severity.ERROR,
    "the block “{name}” of {template} is missing here",
    "add it: every outermost block of the text is listed once",
)
LISTED_TWICE = rule(
    "P113", "block-listed-twice", Severity.ERROR, "the block “{name}” is listed twice", "list each block once"
)
OUTSIDE_BLOCKS = rule(
    "P114",
    "outside-blocks",
    Severity.ERROR,
    "“{text}” of {template} stands outside its blocks, and would stay while they move",
    "put it into one of the blocks, a condition or loop around blocks as well; or leave 段块顺序 out",
)
OTHER_PAGES = rule(
    "P115",
    "other-pages",
    Severity.ERROR,
    "the block “{name}” would come to stand on pages with another size, margin, header or numbering",
    "in Word, let the block end with a section break of its own, or leave it among the blocks of its section",
)


def arranged(
    templates: Mapping[str, Template],
    order: Sequence[tuple[str, Span]],
    place: Span,
) -> tuple[dict[str, Template], list[Diagnostic]]:
    """Put the outermost blocks of each text into an order: names with their places; `place` is that of the whole list.

    A template without blocks stays as it is, and so does all if anything is wrong.
    """
    own = {name: outermost(one.text) for name, one in templates.items()}
    found = [*_listed(own, order, place)]
    for name, template in templates.items():
        if own[name]:
            found += _outside(name, template.text, place)
    if found:
        return dict(templates), found
    names = [name for name, _ in order]
    ordered = {name: one.arranged(names) for name, one in templates.items()}
    for name, template in templates.items():
        before, after = page_setups(template.text), page_setups(ordered[name].text)
        found += [OTHER_PAGES.at(span, name=one) for one, span in order if before.get(one) != after.get(one)]
    return ordered, found


def _listed(own: Mapping[str, Sequence[Block]], order: Sequence[tuple[str, Span]], place: Span) -> Iterator[Diagnostic]:
    """Compare the names in the list with those in the templates."""
    known = {block.name: None for blocks in own.values() for block in blocks}
    first: dict[str, Span] = {}
    for name, span in order:
        if first.setdefault(name, span) is not span:
            yield LISTED_TWICE.at(span, related=(Label(first[name], N_("the other one")),), name=name)
        elif name not in known:
            close = nearest(name, known)
            yield NO_BLOCK.at(span, name=name, known=close or "、".join(known) or "—")
    for template, blocks in own.items():
        for block in blocks:
            if block.name not in first:
                related = (Label(block.tag.span, N_("it begins here")),)
                yield NOT_LISTED.at(place, related=related, name=block.name, template=template)


def _outside(template: str, text: Sequence[Statement], place: Span) -> Iterator[Diagnostic]:
    """Find what a text shows before, between and after its blocks, the first of each stretch."""
    for inside, stretch in groupby(text, lambda one: isinstance(one, Block)):
        said, tag = ("", None) if inside else next(filter(any, map(_shown, stretch)), ("", None))
        if said:
            related = (Label(tag.span, N_("it stands here")),) if tag else ()
            yield OUTSIDE_BLOCKS.at(place, related=related, text=said, template=template)


def _shown(one: Statement) -> tuple[object, Tag | None]:
    """Give what a statement shows, and its tag; an empty paragraph and a name that is set show nothing."""
    if isinstance(one, Text):
        return _TAG.sub("", one.text).strip()[:_SHOWN] or (_MORE if _SHOWS.search(one.text) else ""), None
    return ("", None) if isinstance(one, Set | Numeral) else (one.tag.text.strip(), one.tag)

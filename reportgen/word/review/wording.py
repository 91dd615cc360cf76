"""The paragraphs of one story in, what is doubtful in the words between the tags out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import formats
from reportgen.diagnostics import Severity, rule
from reportgen.language import GAP, untagged
from reportgen.word.places import body, computed, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.word.review.styles import Styles

LITERAL_NUMBER = rule(
    "T201",
    "literal-number",
    Severity.WARNING,
    "“{numbers}” is written in the template itself and stays the same whatever the facts say",
    "put a tag in its place; if it is part of a name, list the name under 专名 in pack.yaml",
)
ODD_WIDTH = rule(
    "T202",
    "odd-width",
    Severity.WARNING,
    "“{found}” is typed in the wrong width",
    "write “{meant}”",
)
STRAY_BRACE = rule(
    "T203",
    "stray-brace",
    Severity.WARNING,
    "“{sign}” stands outside a tag and would be printed as it is",
    "complete the tag: it begins with {{{{ or {{% and ends with }}}} or %}}; or delete the sign",
)
TYPED_NUMERAL = rule(
    "T204",
    "typed-numeral",
    Severity.ERROR,
    "the heading begins with “{numeral}”, and the program numbers the style “{style}” itself",
    "delete the numeral: the right one is put there",
)
AUTOMATIC_NUMERAL = rule(
    "T205",
    "automatic-numeral",
    Severity.ERROR,
    "the heading is numbered by Word, and the program numbers the style “{style}” itself",
    "turn the automatic numbering of Word off, for the paragraph or for its style",
)

_CHINESE: Final = "[\u3400-\u9fff]"
_BEFORE: Final = "[\u3400-\u9fff”’）》]"
_WIDE: Final = {
    **{code: code - 0xFEE0 for code in map(ord, "０１２３４５６７８９％．")},
    **{code: code - 0xFEE0 for first in "Ａａ" for code in range(ord(first), ord(first) + 26)},
    **str.maketrans(",;:?!().", "，；：？！（）。"),
}
_BRACES: Final = re.compile("[{｛][^{}｛｝]*[}｝]+|[{｛]+|[%％]?[}｝]+")
_HAN: Final = "[一二三四五六七八九十百]{1,4}"


class _Said(NamedTuple):
    """One paragraph: its element, its place, and its words; what is not typed there by the author is a gap."""

    element: Element
    span: Span
    words: str


def wording(root: Element, place: Span, styles: Styles, names: Sequence[str]) -> Iterator[Diagnostic]:
    """Find doubtful words in one story; `names` are words in which digits are no figures."""
    listed = sorted(filter(None, names), key=len, reverse=True)
    named = re.compile("|".join(map(re.escape, listed))) if listed else None
    for said in _paragraphs(root, place):
        words = said.words
        title = styles.heading(said.element)
        if title:
            numeral = _numeral().match(words)
            if numeral:
                yield TYPED_NUMERAL.at(said.span, numeral=numeral["numeral"].strip(), style=title)
                words = _without(words, numeral.start(), numeral.end())
            if styles.numbered(said.element):
                yield AUTOMATIC_NUMERAL.at(said.span, style=title)
        yield from _words(named.sub(_blank, words) if named else words, said.span)


def _words(words: str, span: Span) -> Iterator[Diagnostic]:
    """Find braces that belong to no tag, then literal numbers in what is left, then odd widths."""
    braces = list(dict.fromkeys(one[0] for one in _BRACES.finditer(words)))
    if braces:
        yield STRAY_BRACE.at(span, sign=" ".join(braces))
    words = _BRACES.sub(_blank, words)
    figures = [one for one in formats.find(words) if one.kind is not formats.Kind.ORDINAL]
    if figures:
        yield LITERAL_NUMBER.at(span, numbers="、".join(dict.fromkeys(one.text.strip() for one in figures)))
    for one in figures:
        words = _without(words, one.start, one.end)
    odd = list(dict.fromkeys(_odd().findall(words)))
    if odd:
        yield ODD_WIDTH.at(span, found=" ".join(odd), meant=" ".join(odd).translate(_WIDE))


def _paragraphs(root: Element, place: Span) -> Iterator[_Said]:
    typed_by_word = computed(root)
    for one in body(root).places:
        parts = list(texts(one.element))
        whole = "".join(part.text or "" for part in parts)
        words = "".join(GAP * len(part.text or "") if part in typed_by_word else part.text or "" for part in parts)
        yield _Said(one.element, place._replace(line=one.number, cell=one.cell, quote=whole.strip()), untagged(words))


@cache
def _odd() -> re.Pattern[str]:
    """Match what is typed in the wrong width; a pattern that is slow to make, and that most runs never need."""
    return re.compile(
        f"[０-９Ａ-Ｚａ-ｚ％．]+|(?<={_BEFORE})[,;:?!()]+|[,;:?!(]+(?={_CHINESE})|(?<={_BEFORE})[.](?=$|{_CHINESE})"
    )


@cache
def _numeral() -> re.Pattern[str]:
    """Match the numeral that a heading begins with."""
    return re.compile(
        rf"[\s　]*(?P<numeral>第{_HAN}[章节条]|{_HAN}、|[（(](?:{_HAN}|[0-9]{{1,2}})[）)]"
        r"|[0-9]{1,2}(?:[.．][0-9]{1,2})*(?:[.．、](?![0-9])|(?=[\s　]))|[①-⑳⑴-⒛㈠-㈩])"
    )


def _blank(found: re.Match[str]) -> str:
    return GAP * len(found[0])


def _without(words: str, start: int, end: int) -> str:
    return words[:start] + GAP * (end - start) + words[end:]

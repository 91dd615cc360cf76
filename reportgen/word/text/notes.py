"""The notes of a Word file: where the body calls for them goes in; which stands where, under which sign, comes out."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from reportgen.word import places
from reportgen.word.markup import w
from reportgen.word.text.model import Note
from reportgen.word.text.numerals import numeral

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lxml.etree import _Element as Element

    from reportgen.word.places import Place
    from reportgen.word.text.sections import Counting

STORIES = dict(zip(("脚注", "尾注"), places.CALLS, strict=True))
"""The parts with notes, and the element that calls for one of each."""


class Call(NamedTuple):
    """An element of the body that calls for a note: in which paragraph, and where in its text."""

    element: Element
    number: int
    at: int


class Notes:
    """The notes of one story."""

    def __init__(self, story: str, found: Sequence[Place], calls: Iterable[Call], counting: Sequence[Counting]) -> None:
        """Take its paragraphs, what the body calls for, and how each section counts."""
        self._story = story
        self._owners: dict[str, list[int]] = {}
        for place in found:
            for holder in place.element.iterancestors(*places.NOTES):
                self._owners.setdefault(_id(holder), []).append(place.number)
        self._called: dict[str, tuple[Call, str]] = {}
        own = [one for one in calls if one.element.tag == STORIES[story]]
        for one, sign in zip(own, _signs(own, counting), strict=True):
            self._called.setdefault(_id(one.element), (one, sign))

    def signs(self) -> Mapping[int, str]:
        """Give the sign of each note by its first paragraph."""
        return {self._owners[key][0]: sign for key, (_, sign) in self._called.items() if key in self._owners}

    def uncalled(self, body: Element) -> set[int]:
        """Give the paragraphs of notes whose only calls are deleted or hidden."""
        keys = {_id(one) for one in body.iter(STORIES[self._story])} - self._called.keys()
        return {number for key in keys for number in self._owners.get(key, ())}

    def read(self) -> tuple[Note, ...]:
        """Give the notes in the order of their calls."""
        return tuple(
            Note(self._story, tuple(self._owners[key]), sign, one.number, one.at)
            for key, (one, sign) in self._called.items()
            if key in self._owners
        )


def _id(element: Element) -> str:
    return str(element.get(w("id"), ""))


def _signs(calls: Iterable[Call], counting: Sequence[Counting]) -> Iterable[str]:
    """Count the notes of one story; a call that brings its own sign, as text, does not count."""
    count, section = None, -1
    ends = [one.last for one in counting]
    for one in calls:
        at = min(bisect_left(ends, one.number), len(ends) - 1)
        own = counting[at]
        if str(one.element.get(w("customMarkFollows"), "0")) not in {"0", "false", "off"} or own.restart == "eachPage":
            yield ""
            continue
        anew = count is None or (own.restart == "eachSect" and at != section)
        count = own.start if anew or count is None else count + 1
        section = at
        yield numeral(own.format, count)

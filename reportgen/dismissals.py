"""Findings about a document in, each with a number of its own, what somebody dismissed out; and the file of these.

The number is made of the rule, the exact words and what was computed, not of lines: it stays when others change. The
file stands beside the document, and is written by appending: what is in it already keeps every byte.
"""

from __future__ import annotations

import codecs
import hashlib
import json
from base64 import b32encode
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen import files, source
from reportgen.diagnostics import N_, RULES, Label, Severity, Span, Times, nearest, rule
from reportgen.diagnostics.snippet import visible
from reportgen.facts import bind_list
from reportgen.schema import Field, Kind, group, optional

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from reportgen.diagnostics import Diagnostic

    Lines = Mapping[tuple[str, int], str]

_ENDING: Final = ".已核.yaml"
_ABOUT: Final = frozenset("ADNR")  # stages that judge a document; what the others find keeps it from being judged
_SIGNS: Final = 8
_BESIDE: Final = 12  # characters on either side of a short quote that tell it from others
_NEAR: Final = 0.7
_QUOTE: Final = 100  # characters of the words that are written down, for whoever reads the file
_LIST: Final = "已核"
_TEXT: Final = Field(Kind.TEXT)
_FORM: Final = group({"编号": _TEXT, "规则": _TEXT, "原文": optional(Kind.TEXT), "理由": _TEXT})
_HEAD: Final = "# {name} 里已经核对过、不用改的地方。检查时不再提示它们；删去一条，就又会提示。\n"

UNKNOWN = rule(
    "A801",
    "no-such-fingerprint",
    Severity.ERROR,
    "no finding in this document has the number “{given}”",
    "copy the number from the last line of the finding",
)
NO_REASON = rule(
    "A802",
    "dismissal-reason",
    Severity.ERROR,
    "what is dismissed, or why, is not said",
    "write both: --dismiss with the number of the finding, --reason with the reason in quotes",
)
NEVER = rule(
    "A803",
    "dismissal-never",
    Severity.ERROR,
    "{given} cannot be dismissed: as long as it is there, the file cannot be judged",
    "mend the file as the finding says",
)
UNUSED = rule(
    "A804",
    "dismissal-unused",
    Severity.WARNING,
    "nothing is left to dismiss: the document has no finding {number} any more",
    "the words were mended or changed: delete this entry, and look at the place once more",
)
NO_ROOM = rule(
    "A805",
    "dismissals-shape",
    Severity.ERROR,
    "nothing can be added at the end of this file",
    "write it as a list, each entry beginning with “- ”, or delete it to begin anew",
)


class Dismissal(NamedTuple):
    """One finding that somebody looked at and found in order, and where that is written down."""

    number: str
    code: str
    reason: str
    span: Span


class Kept(NamedTuple):
    """The file of what was dismissed in a document: its bytes (none if there is no file), text, entries, mistakes."""

    path: Path
    data: bytes = b""
    text: str = ""
    entries: tuple[Dismissal, ...] = ()
    found: tuple[Diagnostic, ...] = ()


class Judged(NamedTuple):
    """What is left of the findings, with every dismissal that nothing needs, and what was dismissed by which."""

    found: list[Diagnostic]
    dismissed: list[tuple[Diagnostic, Dismissal]]


def numbered(found: Sequence[Diagnostic], lines: Lines) -> list[Diagnostic]:
    """Give each finding about a document its number; equal ones in equal words are told apart by their order.

    `lines` are the texts of the document by part (empty in a text file) and number.
    """
    met: Counter[str] = Counter()
    own: list[Diagnostic] = []
    for one in found:
        if one.rule.code[0] in _ABOUT:
            content = _content(one, lines)
            met[content] += 1
            digest = hashlib.sha256(f"{content}{met[content]}".encode("utf-8", "surrogatepass")).digest()
            own.append(replace(one, fingerprint=b32encode(digest).decode()[:_SIGNS]))
        else:
            own.append(one)
    return own


def _content(one: Diagnostic, lines: Lines) -> str:
    """Write down what makes a finding the same one another time.

    Of one that was met many times this is what was met, in no order: which is the most frequent changes with the lines.
    """
    counted = [name for name, value in one.values.items() if isinstance(value, Times)]
    values = {name: value for name, value in one.values.items() if name not in counted}
    if counted:
        return json.dumps([one.rule.code, [[name, sorted(str(value))] for name, value in sorted(values.items())]])
    return json.dumps([one.rule.code, [one.span.quote, *_around(one.span, lines)], _plain(values)])


def _around(span: Span, lines: Lines) -> list[str]:
    """Give the words before and after a quote that is a stretch of a line."""
    line = lines.get((span.part, span.line), "")
    start, end = span.column - 1, span.end_column - 1
    return [line[max(start - _BESIDE, 0) : start], line[end : end + _BESIDE]] if 0 <= start < end else []


def _plain(values: Mapping[str, object]) -> list[list[object]]:
    return [
        [name, [value.message, _plain(value.values)] if isinstance(value, Label) else str(value)]
        for name, value in sorted(values.items())
    ]


def read(document: Path) -> Kept:
    """Read what was dismissed in a document; there need be no such file."""
    path = document.with_name(f"{document.name}{_ENDING}")
    data, unread = files.read(path, source.LIMIT)
    if data is None:
        return Kept(path, found=tuple(one for one in unread if one.rule is not files.MISSING))
    text, broken = source.decode(data, str(path))
    if text is None or _says_nothing(text):
        return Kept(path, data, found=tuple(broken))
    root, found = source.parse(text, str(path), "list")
    if root is None:
        return Kept(path, data, text, found=tuple(found))
    bound, wrong = bind_list(root, _FORM, _LIST)
    listed = bound.values[_LIST]
    entries: list[Dismissal] = []
    for at in range(1, len(listed) + 1 if isinstance(listed, list) else 1):
        number, code, reason = (bound.all.get(f"{_LIST}[{at}].{name}") for name in ("编号", "规则", "理由"))
        if number is not None and code is not None and reason is not None:
            entries.append(Dismissal(_typed(number.value), str(code.value), str(reason.value), number.span))
    return Kept(path, data, text, tuple(entries), (*found, *wrong))


def _says_nothing(text: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.split("\n"))


def _typed(number: object) -> str:
    return str(number).strip().upper()


def apply(kept: Kept, found: Sequence[Diagnostic], unasked: tuple[str, ...] = ()) -> Judged:
    """Part findings, which are numbered, by the file; `unasked` is how the codes begin of what was not looked for.

    Where a document could not be judged, no dismissal is called useless.
    """
    entries = {one.number: one for one in reversed(kept.entries)}
    left = [one for one in found if one.fingerprint not in entries]
    dismissed = [(one, entries[one.fingerprint]) for one in found if one.fingerprint in entries]
    numbers = {one.fingerprint for one in found}
    judged = all(one.rule.code[0] in _ABOUT for one in found)
    unused = [
        UNUSED.at(one.span, number=one.number)
        for one in kept.entries
        if judged and one.number not in numbers and not one.code.startswith(unasked)
    ]
    return Judged([*left, *kept.found, *unused], dismissed)


def dismiss(
    kept: Kept, found: Sequence[Diagnostic], numbers: Collection[str], reason: str
) -> tuple[bytes | None, list[Diagnostic]]:
    """Give the file with more findings dismissed for a reason; None if nothing is to be written, and why."""
    said = " ".join(visible(reason).split())
    if not numbers or not said:
        return None, [NO_REASON.at(Span())]
    known = {one.fingerprint: one for one in found if one.fingerprint}
    wanted = dict.fromkeys(map(_typed, numbers))
    wrong = [_unknown(one, known, found) for one in wanted if one not in known]
    wrong += [one for one in kept.found if one.severity is Severity.ERROR]
    if wrong:
        return None, wrong
    taken = {one.number for one in kept.entries}
    fresh = [known[number] for number in wanted if number not in taken]
    return _added(kept, fresh, said) if fresh else (None, [])


def _unknown(given: str, known: Collection[str], found: Sequence[Diagnostic]) -> Diagnostic:
    if given in RULES:
        if given[0] not in _ABOUT and any(one.rule.code == given for one in found):
            return NEVER.at(Span(), given=given)
        advice = N_("{given} is the code of a rule; copy the number from the last line of the finding")
        return UNKNOWN.at(Span(), given=given, help=advice)
    close = nearest(given, known, _NEAR)
    return UNKNOWN.at(Span(), given=given, close=close, help=N_("perhaps “{close}” is meant") if close else None)


def _added(kept: Kept, fresh: Sequence[Diagnostic], reason: str) -> tuple[bytes | None, list[Diagnostic]]:
    """Append entries, and read them back to be sure of them."""
    end = "\r\n" if "\r\n" in kept.text else "\n"
    entries = "".join(
        f"- 编号: {one.fingerprint}\n  规则: {one.rule.code}\n"
        f"  原文: {_quoted(one.span.quote)}\n  理由: {_quoted(reason)}\n"
        for one in fresh
    )
    name = kept.path.name.removesuffix(_ENDING)
    before = kept.data or _HEAD.format(name=visible(name)).encode()
    between = "" if before.endswith((b"\n", codecs.BOM_UTF8)) else end
    data = before + (between + entries.replace("\n", end)).encode()
    text, _ = source.decode(data, str(kept.path))
    root, found = source.parse(text or "", str(kept.path), "list")
    items = root.value if root is not None and isinstance(root.value, tuple) else ()
    if found or len(items) != len(kept.entries) + len(fresh):
        return None, [NO_ROOM.at(Span(str(kept.path)))]
    return data, []


def _quoted(said: str) -> str:
    """Write a text in one line of YAML; a long one is cut."""
    line = visible(" ".join(said.replace("\ufeff", "").split()))
    short = line if len(line) <= _QUOTE else f"{line[: _QUOTE - 1]}…"
    return json.dumps(short, ensure_ascii=False)

"""Who works somewhere has a post there: each kind of staff that is counted has its own number of posts (编制).

Where a paragraph gives the posts of several kinds (行政编制, 事业编制, 工勤编制), a kind of staff without posts is
found (参公人员 beside none of them), and so are more people than posts of a kind. People outside the posts (编外,
临聘, 退休) and reports that give one number of posts for all are passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import N_, Label, Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text
    from reportgen.report.measures import Measure

POSTS = rule(
    "A218",
    "staff-without-post",
    Severity.WARNING,
    "{staff} of “{kind}” are more than the posts that are stated for them: {posts}",
    "add the posts that are missing, or explain why there are more people than posts",
)
_THE_POSTS: Final = N_("posts: {value}")

_WORDS: Final = re.compile("行政工勤|事业工勤|工勤|参公|参照公务员|行政|事业")
_OUTSIDE: Final = re.compile(
    "[离退]休|编外|编制外|临聘|聘用|临时|遗属|新增|调[入出离]|招|增|减|借|抽|培训|慰问|参加|离职|辞|单位"
)
_STAFF: Final = re.compile("人员|在职|实有|干部|职工")
_POST: Final = "编制"
_WORKERS: Final = "工勤"
_PEOPLE: Final = frozenset({"人", "名", "个", "位"})
_LINES: Final = 2  # after the posts, in which the people are counted


def find(report: Text) -> Iterator[Diagnostic]:
    """Find kinds of staff without posts, and more people than posts."""
    posts: dict[str, Measure] = {}
    staff: dict[str, Measure] = {}
    for one in report.measures:
        kind = _kind(one)
        if kind and _POST in one.words:
            posts.setdefault(kind, one)
        elif kind and posts and _STAFF.search(one.words):
            first = next(iter(posts.values())).line.number
            if first <= one.line.number <= first + _LINES:
                staff.setdefault(kind, one)
    if len(posts) > 1:
        for kind, one in staff.items():
            yield from _judged(kind, one, posts)


def _kind(one: Measure) -> str:
    """Give the kind of staff or posts that a figure counts, or nothing."""
    if one.quantity.unit not in _PEOPLE or _OUTSIDE.search(one.words):
        return ""
    found = _WORDS.search(one.words)
    return found.group().replace("参照公务员", "参公") if found else ""


def _judged(kind: str, staff: Measure, posts: Mapping[str, Measure]) -> Iterator[Diagnostic]:
    """Compare the people of a kind with their posts; those of all workers may stand together."""
    own = posts.get(kind)
    if own and staff.value > own.value:
        label = Label(own.span, _THE_POSTS, {"value": own.quantity.text})
        yield POSTS.at(staff.span, related=(label,), staff=staff.quantity.text, kind=kind, posts=own.value)
    elif staff.value and not own and not (kind.endswith(_WORKERS) and any(name.endswith(_WORKERS) for name in posts)):
        labels = tuple(Label(one.span, _THE_POSTS, {"value": one.quantity.text}) for one in posts.values())
        yield POSTS.at(staff.span, related=labels, staff=staff.quantity.text, kind=kind, posts=0)

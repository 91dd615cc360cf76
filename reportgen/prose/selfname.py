"""A town calls itself 我镇, an office 我局, a school 我校: another word for oneself was copied from another report.

The kind of unit is read from its name on the cover, else from the word that it uses most; another kind is a warning.
我县, 我市, 我省 and 我国 are the areas around, and right. 本单位 and 本部门 are right for everybody; where a report
uses them beside 我镇, a note says so once, for one word is enough. What is quoted is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import N_, Severity, Tally, rule
from reportgen.report.wording import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.report import Text

OTHER_SELF: Final = rule(
    "R112",
    "other-self",
    Severity.WARNING,
    "the report calls its unit “{own}”, and also “{found}” ({count}×)",
    "write “{own}”: this unit is of another kind; the passage may come from the report of another one",
)

_KINDS: Final = {
    "镇": ("镇人民政府", "镇政府", "镇党委", "镇"),
    "乡": ("乡人民政府", "乡政府", "乡"),
    "街道": ("街道办事处", "街道办", "街道", "街道党工委"),
    "局": ("局",),
    "校": ("学校", "中学", "小学", "职校", "学院", "大学", "校", "一中", "二中", "三中"),
    "院": ("医院", "卫生院", "法院", "检察院", "研究院", "福利院", "敬老院", "学院", "院"),
    "中心": ("中心",),
    "委": ("委员会", "委"),
    "办": ("办公室", "街道办事处", "街道办", "街道", "办"),
    "馆": ("馆",),
    "站": ("站",),
    "队": ("支队", "大队", "总队"),
    "园": ("幼儿园", "园"),
    "街": ("街道办事处", "街道办", "街道"),
}
_SELF: Final = re.compile(
    "(?<!自)[我本](?P<kind>街道|中心|镇(?!长|域|村)|乡(?!镇|下|村|土)|局(?!限|部|面|势|长)|校(?!准|正|对|区|园|长|友)|院(?!士|长|落|校)"
    "|委(?!员|托|派|屈|婉)|办(?!理|好|事|公|学|法|案)|馆(?!长|藏)|站(?!点|在|长)|队(?!伍|员|长)|园(?!区|林|长)|街(?!道|区))"
    "|(?P<any>[我本]单位|(?<!自)我部门|本部门(?!职|预算|工作))"
)
_ONE_WORD: Final = N_("write “{own}” everywhere: one word for the unit is enough")
_LEAST: Final = 3  # times that a word stands where the report is taken to be of its kind …
_SHARE: Final = 4  # … and of so many words for oneself at most one is another


class _Use(NamedTuple):
    """A word for oneself: the word, its kind (empty where it suits all), its place."""

    word: str
    kind: str
    span: Span


def find(text: Text) -> Iterator[Diagnostic]:
    """Find words for oneself of another kind of unit."""
    uses = [
        _Use(found.group(), found["kind"] or "", line.at(*found.span()))
        for line in text.lines
        for found in _SELF.finditer(said(line))
    ]
    words = Counter(one.word for one in uses if one.kind)
    kinds = _kinds(text.unit) or _usual(words)
    if not kinds:
        return
    own = max((word for word in words if word[1:] in kinds), key=lambda word: words[word], default="")
    others, general = Tally(), Tally()
    for one in uses:
        if one.kind not in kinds:
            (others if one.kind else general).add(one.word, one.span)
    yield from others.found(OTHER_SELF, own=own or f"我{kinds[0]}")
    if own:
        spare = general.found(OTHER_SELF, help=_ONE_WORD, own=own)
        yield from (one.as_severe_as(Severity.NOTE) for one in spare)


def _kinds(unit: str) -> list[str]:
    """Give the words that suit a unit after 我, by what its name ends in."""
    return [kind for kind, ends in _KINDS.items() if unit.strip().endswith(ends)]


def _usual(words: Counter[str]) -> list[str]:
    """Give the kind that a report without a cover nearly always takes its unit for."""
    kinds: Counter[str] = Counter()
    for word, count in words.items():
        kinds[word[1:]] += count
    ((kind, count),) = kinds.most_common(1) or [("", 0)]
    return [kind] if count >= max(_LEAST, kinds.total() * (_SHARE - 1) / _SHARE) else []

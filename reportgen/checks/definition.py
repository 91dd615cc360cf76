"""What a check is made of, as checks.yaml declares it; expressions and prose are kept as statements."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.language import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.diagnostics import Severity, Span
    from reportgen.language import Statement

PARTS: Final = "各项"
AGAINST: Final = "等于"
BALANCE: Final = "平衡"
ACTUAL: Final = "实际"
TARGET: Final = "目标"
ONE: Final = "同集/一"
OTHER: Final = "同集/二"


class Kind(StrEnum):
    """What kind of statement a check makes; the words are those of the file."""

    CONDITION = "条件"
    SUM = "合计"
    EQUAL = "相等"
    AT_MOST = "不超过"
    IN_ORDER = "先后"
    SAME_SET = "同集"
    COUNT = "数目"
    SHARES = "占比"
    TARGETS = "均达标"


class Operand(NamedTuple):
    """One expression of a check: the key of its routine, what was typed, and where."""

    key: str
    text: str
    routine: Sequence[Statement]
    span: Span


class Check(NamedTuple):
    """A statement that must hold; its operands go by what they are for, such as 各项 and 等于.

    `each` names the list whose items it is about, if it is about items.
    """

    name: str
    kind: Kind
    operands: Mapping[str, Sequence[Operand]]
    applies: Sequence[Statement]
    severity: Severity
    text: Sequence[Statement]
    advice: str
    each: str
    span: Span
    each_span: Span

    def listed(self) -> list[Operand]:
        """Give all operands in their order."""
        return [one for operands in self.operands.values() for one in operands]


def routines(checks: Sequence[Check]) -> Iterator[tuple[str, Sequence[Statement]]]:
    """Give every routine of the checks under the key by which it is run."""
    for one in checks:
        yield from ((operand.key, operand.routine) for operand in one.listed())
        yield applies(one), one.applies
        yield text(one), one.text


def looked_up(checks: Sequence[Check], head: str) -> set[str]:
    """Give the dotted names below `head` that checks look up."""
    used = (name for _, routine in routines(checks) for name in names(routine))
    return {name for name in used if name.partition(".")[0] == head}


def applies(one: Check) -> str:
    """Give the key of the routine that says whether a check applies."""
    return f"核查/{one.name}/适用"


def text(one: Check) -> str:
    """Give the key of the prose that says what is wrong."""
    return f"核查/{one.name}/说明"

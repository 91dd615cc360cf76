"""What a validator reports although Word opens the document as it is meant: each with the reason why it is let pass."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """A kind of finding: who reports it, in which part, with which words, and why it is no fault."""

    validator: str
    part: str
    text: re.Pattern[str]
    reason: str


FALSE_ALARMS = (
    FalseAlarm(
        "audit",
        "/word/stylesWithEffects.xml",
        re.compile(r"^(styles\.xml contains \d+ style\(s\) not in stylesWithEffects|docDefaults differ between)"),
        "python-docx's default template carries this copy of the styles from Word 2010; it differs from styles.xml as "
        "shipped, and more so once a header adds its style. Word reads styles.xml, and the SDK has no such rule.",
    ),
    FalseAlarm(
        "audit",
        "/word/document.xml",
        re.compile(r"^A required relationship type '\S+/(settings|fontTable|theme)' is missing"),
        "ECMA-376 lets a main document have these parts and requires none of them. The small templates that tests make "
        "are without them, and so are the documents made from these; the SDK has no such rule.",
    ),
)

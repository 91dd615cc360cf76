"""Signs have one form: the dot of names and mottoes is ·, times is ×, and titles or quotations in a row need no 、.

• is a mark of lists and stands bigger (红色河湾•幸福小镇); * and x are for keyboards (0/756*100%); 《甲》、《乙》 is
《甲》《乙》 by the rules of punctuation. A bullet at the beginning of a line, and * in a concealed number (139****0000)
are right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.report.wording import HAN, tallied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

DOT: Final = rule(
    "R108",
    "bullet-for-dot",
    Severity.NOTE,
    "a mark of lists in place of the dot ·: {found} ({count} in all)",
    "write · (in a Chinese input method the key left of 1, or insert it as a symbol)",
)
TIMES: Final = rule(
    "R109",
    "asterisk",
    Severity.NOTE,
    "“{found}”: a formula in a document has the sign × ({count} in all)",
    "write × in place of * or x",
)
NEEDLESS: Final = rule(
    "R126",
    "needless-dun",
    Severity.NOTE,
    "a 、 between titles or quotations in a row: {found} ({count} in all)",
    "delete it: 《》《》 and “”“” are parted by their own signs",
)

_DOT: Final = re.compile(f"(?<=[{HAN}”]) ?[•●∙‧･・] ?(?=[{HAN}“])")
_TIMES: Final = re.compile(
    r"(?<![\dA-Za-z*.][A-Za-z])(?<=[\d)）%％率额数])"
    r"(?: ?\* ?(?=[\d(（])| ?[xX] ?(?=100 ?[%％]|[\d(（][\d.]{0,9} ?[=＝]))"
)
_NEEDLESS: Final = re.compile("》、《|”、“")


def find(text: Text) -> Iterator[Diagnostic]:
    """Find signs of the wrong form, and signs that nobody needs."""
    yield from tallied(text, _DOT).found(DOT)
    yield from tallied(text, _TIMES).found(TIMES)
    yield from tallied(text, _NEEDLESS).found(NEEDLESS)

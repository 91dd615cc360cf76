"""有 before a verb says in the South that something was done: 有进行研究. Standard Chinese says 进行了研究.

Found are 有 before 进行, 开展, 组织开展, 召开 and 按时, and 有在…采购 and the like. 没有进行, 所有开展的活动,
有在职人员 and 有开展活动的场地 are right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.report.wording import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

DIALECT: Final = rule(
    "R123",
    "dialect",
    Severity.WARNING,
    "“{found}”: standard Chinese has no 有 before a verb",
    "leave out 有, and write 了 after the verb where it is meant: 进行了, 开展了",
)

_NOT: Final = "(?<![没未所只还具拥如凡若占现已原持国既共固仍公私专享设含保带附留尚稀特否另存])"
_VERB: Final = "进行|开展|组织开展|召开|采购|购买|办理|公示|公开|实施|举办|落实|使用"
_DIALECT: Final = re.compile(
    rf"{_NOT}有(?:(?:进行(?![性中时])|开展|组织开展|召开|按时|按期|按要求|按规定|及时)(?![^，。；\n]{{0,20}}的)"
    rf"|在(?![职编建校册岗读营籍逃院任库途研线地园外家乡村场内本全])(?=[^，。；\n]{{2,40}}?(?:{_VERB})(?!的)))"
)


def find(text: Text) -> Iterator[Diagnostic]:
    """Find 有 before a verb."""
    for line, found in matches(text, _DIALECT):
        yield DIALECT.at(line.at(*found.span()), found=found.group())

"""A form and what is known of its facts in, the text of a facts file out: as a new one, but for what is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.blank.form import NOTHING, Old, Writer, head, written
from reportgen.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.blank.values import Tree
    from reportgen.schema import Field

_READ: Final = """\
# 7. 已经填好的，是从一份报告里读出来的；写着“请核对”的，请对照报告逐项核对，有错就改。
#    空着的，报告里没有读到，请补填。
"""


def draft(form: Field, pack: str, title: str, known: Mapping[str, Tree], remarks: Mapping[str, str]) -> str:
    """Write a facts file with all that is known in it; `remarks` stand as comments beside the values, by path."""
    return written(head(pack, title, _READ), form, _Drafter(known, remarks))


class _Drafter(Writer):
    """Writes what is known in place of what was so last year."""

    def __init__(self, known: Mapping[str, Tree], remarks: Mapping[str, str]) -> None:
        super().__init__(Facts({}, {}, ()), None)
        self._given = known
        self._remarks = remarks

    def old(self, path: str) -> Old:
        return Old(self._given.get(path, NOTHING), path)

    def _carried(self, field: Field, old: Old) -> Tree | None:
        value: Tree | None = None if old.value is NOTHING else old.value  # type: ignore[assignment]  # from `known`
        if field.fields or (field.item and field.item.fields and value):
            return None
        return value

    def _known(self, _field: Field, old: Old) -> list[Old]:
        return old.items()

    def _origin(self, _field: Field, old: Old) -> str:
        inside = (said for path, said in self._remarks.items() if path.startswith(f"{old.path}["))
        return self._remarks.get(old.path) or next(inside, "")

    def _before(self, _old: Old) -> str:
        return ""

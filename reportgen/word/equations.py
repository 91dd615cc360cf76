"""Formulas of Word's equation editor: an `m:oMath` goes in, one line of text comes out, such as `(0÷2788.55)×100%`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element as Element

M: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTS: Final = {f"{{{M}}}t", f"{_W}t"}
_GONE: Final = {f"{_W}del", f"{_W}moveFrom"}
_SIMPLE: Final = r"\w*|[\d.,]+%?|\([^()]*\)|（[^（）]*）"
_VALUE: Final = f"{{{M}}}val"


def linear(formula: Element) -> str:
    """Read a formula, or a part of one: a fraction as `a/b`, a power as `a^b`, a root as `√(a)`."""
    return "".join(map(_part, formula))


def _part(element: Element) -> str:
    if element.tag in _TEXTS:
        return element.text or ""
    if element.tag in _GONE or not isinstance(element.tag, str):
        return ""
    name = element.tag.rpartition("}")[2]
    if name.endswith("Pr"):
        return ""
    return _FORMS.get(name, linear)(element)


def _m(name: str) -> str:
    return f"{{{M}}}{name}"


def _of(element: Element, name: str) -> str:
    found = element.find(_m(name))
    return "" if found is None else linear(found)


def _single(text: str) -> str:
    """Put brackets around what is more than one number, name or bracket."""
    return text if re.fullmatch(_SIMPLE, text) else f"({text})"


def _fraction(element: Element) -> str:
    return f"{_single(_of(element, 'num'))}/{_single(_of(element, 'den'))}"


def _scripts(element: Element) -> str:
    """Write what stands below and above a letter or a sign of sum."""
    low, high = _of(element, "sub"), _of(element, "sup")
    return f"{f'_{_single(low)}' if low else ''}{f'^{_single(high)}' if high else ''}"


def _scripted(element: Element) -> str:
    return f"{_of(element, 'e')}{_scripts(element)}"


def _root(element: Element) -> str:
    degree = _of(element, "deg")
    return f"{'' if degree in ('', '2') else degree}√{_single(_of(element, 'e'))}"


def _sum(element: Element) -> str:
    return f"{_sign(element, 'chr', '∫')}{_scripts(element)}{_of(element, 'e')}"


def _brackets(element: Element) -> str:
    inner = _sign(element, "sepChr", "|").join(map(linear, element.iterchildren(_m("e"))))
    return f"{_sign(element, 'begChr', '(')}{inner}{_sign(element, 'endChr', ')')}"


def _sign(element: Element, name: str, usual: str) -> str:
    """Give a sign that the properties of a form choose, or the usual one."""
    found = element.find(f"{_m('*')}/{_m(name)}")
    return usual if found is None else str(found.get(_VALUE, ""))


_FORMS: Final[Mapping[str, Callable[[Element], str]]] = {
    "f": _fraction,
    "sSup": _scripted,
    "sSub": _scripted,
    "sSubSup": _scripted,
    "rad": _root,
    "nary": _sum,
    "d": _brackets,
}

"""Values of docxtpl that lean on parts of its own package: InlineImage and Subdoc go in, XML of Word comes out."""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from reportgen.facts import picture
from reportgen.word.container import pack, part, unpack
from reportgen.word.graft import Unfit, graft
from reportgen.word.markup import W, w
from reportgen.word.package import read
from reportgen.word.preflight import harmless
from reportgen.word.story import RESERVED_SIGNS

if TYPE_CHECKING:
    from reportgen.facts import Picture
    from reportgen.word.needs import Needs
    from reportgen.word.opening import Package

_NAME: Final = "Subdoc"
_DECLARED: Final = f' xmlns:w="{W}"'


def seen(image: Any) -> Picture:  # noqa: ANN401 — docxtpl ships no types
    """Read the picture of an InlineImage: a path, or a file open for reading; raises ValueError and OSError."""
    held = image.image_descriptor
    if image.anchor and not harmless(image.anchor):
        raise ValueError(f"a picture may lead to a page of the web or a mail address, not to {image.anchor}")
    if isinstance(held, str | Path):
        return picture(str(held), Path(held).read_bytes())
    held.seek(0)
    return picture(str(getattr(held, "name", "")), held.read())


def pasted(value: Any, needs: Needs) -> str:  # noqa: ANN401 — as above
    """Write the body of a Subdoc; raises ValueError for what a template may not hold, or cannot be taken along."""
    package = _package(value)
    body = etree.fromstring(package.parts[package.main].data).find(w("body"))
    assert body is not None  # noqa: S101 — it was put there
    try:
        graft(body, package, package.main, needs)
    except Unfit as unfit:
        raise ValueError(f"this Subdoc cannot be put in: {unfit}") from unfit
    return "".join(etree.tostring(one, encoding="unicode", with_tail=False).replace(_DECLARED, "") for one in body)


def _package(value: Any) -> Package:  # noqa: ANN401 — as above
    """Read the package that a Subdoc keeps its parts in, with the Subdoc as its text, as suspiciously as a template."""
    out = BytesIO()
    value.docx.save(out)
    parts, found = unpack(out.getvalue(), _NAME)
    main = str(value.docx.part.partname).lstrip("/")
    root = etree.Element(w("document"), nsmap=value.subdocx.element.nsmap)
    body = etree.SubElement(root, w("body"))
    body[:] = [deepcopy(one) for one in value.subdocx.element.body if one.tag != w("sectPr")]
    xml = etree.tostring(root, encoding="unicode")
    if (sign := RESERVED_SIGNS.search(xml)) or root.nsmap.get("w") != W:
        raise ValueError(f"this Subdoc holds the character U+{ord(sign[0]):04X}" if sign else "w is not Word's prefix")
    parts[main] = part(main, xml.encode())
    package, trees = read(pack(parts.values()), _NAME)
    if package is None:
        told = ", ".join(dict.fromkeys(f"{one.rule.code} {one.rule.name}" for one in [*found, *trees.found]))
        raise ValueError(f"this Subdoc holds what no template may: {told}")
    return package

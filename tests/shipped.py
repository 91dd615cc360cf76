"""Word files with the styles, the page and the footers of the shipped template, and a body of the test's own."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from tests.word_files import W, part, zipped

if TYPE_CHECKING:
    from collections.abc import Mapping

PACK: Final = Path(__file__).parents[1] / "templates" / "meizhou-self-evaluation" / "2021.1"
TEMPLATE: Final = PACK / "report.docx"
NAMES, VAL = {"w": W}, f"{{{W}}}val"


@cache
def parts() -> Mapping[str, bytes]:
    """Give the parts of the template by their names."""
    with zipfile.ZipFile(TEMPLATE) as files:
        return {name: files.read(name) for name in files.namelist()}


def tree(name: str) -> ET.Element:
    """Read a part of the template, such as `styles`."""
    return ET.fromstring(parts()[f"word/{name}.xml"])  # noqa: S314 — our own file


def name_of(style: ET.Element) -> str:
    """Give the name of a style."""
    name = style.find("w:name", NAMES)
    return "" if name is None else str(name.get(VAL))


@cache
def ids() -> Mapping[str, str]:
    """Give the ids of the styles by their names."""
    return {name_of(one): str(one.get(f"{{{W}}}styleId")) for one in tree("styles").iterfind("w:style", NAMES)}


def with_body(body: str) -> bytes:
    """Write a file of the template's parts with another body; it ends with the template's last section."""
    section = re.findall(r"<w:sectPr.*?</w:sectPr>", parts()["word/document.xml"].decode(), re.DOTALL)[-1]
    return zipped({**parts(), "word/document.xml": part("document", f"<w:body>{body}{section}</w:body>")})

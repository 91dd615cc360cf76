"""The messages in the code in, the catalogue in step with them out.

`python -m tests.tools.catalogue` renews reportgen.po: what is new has no translation yet, what is gone is dropped;
`make messages` then compiles it.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
PO: Final = ROOT / "reportgen" / "locale" / "zh_CN" / "LC_MESSAGES" / "reportgen.po"
MESSAGE, HELP = 3, 4  # positions of `rule(code, name, severity, message, help)`


def extracted() -> Iterator[tuple[str, str]]:
    """Give every message in the code with the file it stands in, in the order of the files."""
    for path in sorted((ROOT / "reportgen").rglob("*.py")):
        code = path.read_bytes()
        for _, name, found, _ in extract_python(BytesIO(code), dict.fromkeys(("N_", "_", "rule")), [], {}):
            said = [found] if isinstance(found, str) else list(found)
            wanted = said[MESSAGE : HELP + 1] if name == "rule" else said[:1]
            yield from ((message, path.relative_to(ROOT).as_posix()) for message in wanted if message)


def catalogue() -> Catalog:
    """Read the committed catalogue."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN", domain="reportgen", abort_invalid=True)


def renewed(known: Catalog) -> Catalog:
    """Give a catalogue of the messages in the code, with the translations that are known."""
    fixed = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    fresh = Catalog(
        locale="zh_CN",
        domain="reportgen",
        project="reportgen",
        last_translator="reportgen contributors",
        language_team="reportgen contributors",
        msgid_bugs_address="see the issues of the project",
        version="1",
        copyright_holder="reportgen contributors",
        creation_date=fixed,
        revision_date=fixed,
        fuzzy=False,
        header_comment="# What reportgen says in Chinese. English stands in the code; {names} are filled in.",
    )
    for message, file in extracted():
        same = known.get(message)
        fresh.add(message, str(same.string) if same else "", locations=[(file, 0)])
    return fresh


def main() -> None:
    """Write the catalogue anew."""
    known = catalogue() if PO.exists() else Catalog(locale="zh_CN")
    fresh = renewed(known)
    with PO.open("wb") as file:
        write_po(file, fresh, width=0, include_lineno=False, sort_by_file=True)


if __name__ == "__main__":
    main()

"""Word files in, their pages as PDF out, laid out by LibreOffice: all files in one process, with a profile of its own.

The process is confined in time, sees neither the user's settings nor a LibreOffice that is open, runs no macro and
fetches nothing. Where fontconfig finds the fonts, `fonts.conf` lets others stand in for those that are not installed.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from reportgen import confine, files
from reportgen.confine import Ending, Limits
from reportgen.diagnostics import N_, Label, Severity, Span, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.confine import Outcome
    from reportgen.diagnostics import Diagnostic

PROGRAM: Final = "REPORTGEN_SOFFICE"
_OWN: Final = Path(__file__).parent
_START, _EACH = 120.0, 30.0  # seconds, many times what an old computer needs
_LARGEST: Final = 256 << 20

NO_OFFICE = rule(
    "D201",
    "no-libreoffice",
    Severity.ERROR,
    "no PDF was made: LibreOffice, which lays out its pages, was not found on this computer",
    "install LibreOffice (Windows: from www.libreoffice.org; Mac: brew install --cask libreoffice; Debian, Ubuntu: "
    "sudo apt install libreoffice-writer fonts-noto-cjk) and build again, or open the report in Word or WPS and "
    "save it as PDF there",
)
STOPPED = rule(
    "D202",
    "libreoffice-stopped",
    Severity.ERROR,
    "LibreOffice {reason}; without a PDF: {names}",
    "build again; if that does not help, open the report in Word or WPS and save it as PDF there",
)
NOT_MADE = rule(
    "D203",
    "no-pdf",
    Severity.ERROR,
    "LibreOffice made no PDF of “{name}”",
    "open the report in Word or WPS and save it as PDF there",
)

NO_ROOM = rule(
    "D204",
    "no-room-for-pdf",
    Severity.ERROR,
    "no PDF was made: files cannot be kept for a moment in the system's temporary folder ({reason})",
    "make room on the disk, and build again",
)


def convert(documents: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Give the PDF of each .docx, by the same names; those that could not be made are named by what was found."""
    program = office()
    if program is None:
        return {}, [NO_OFFICE.at(Span())]
    try:
        with TemporaryDirectory(prefix="reportgen-", ignore_cleanup_errors=True) as folder:
            return _converted(documents, program, Path(folder))
    except OSError as error:
        return {}, [NO_ROOM.at(Span(), reason=files.reason(error))]


def office() -> Path | None:
    """Find LibreOffice: what the environment names, else where it is usually installed."""
    places = [os.environ[PROGRAM]] if os.environ.get(PROGRAM) else _places()
    return next((Path(found).absolute() for place in places if (found := shutil.which(place))), None)


def _places() -> Iterable[str]:
    if sys.platform == "win32":  # never on the PATH; a search there begins in the current folder, which is anyone's
        folders = (os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)"))
        return [str(Path(folder) / "LibreOffice" / "program" / "soffice.com") for folder in folders if folder]
    return ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")


def _converted(
    documents: Mapping[str, bytes], program: Path, folder: Path
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Lay out documents in a folder, under names of ours: none looks like an option or is strange to the system."""
    given = {name: f"{at}.docx" for at, name in enumerate(documents, start=1)}
    for name, data in documents.items():
        (folder / given[name]).write_bytes(data)
    limits = Limits(_START + _EACH * len(documents))
    outcome = _laid_out(program, folder, list(given.values()), limits)
    made = {name: data for name, file in given.items() if (data := _read((folder / file).with_suffix(".pdf")))}
    return made, list(_lacking([name for name in documents if name not in made], outcome, limits))


def _laid_out(program: Path, folder: Path, names: Sequence[str], limits: Limits) -> Outcome:
    """Let LibreOffice write a PDF beside each of the files."""
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True)
    shutil.copyfile(_OWN / "profile.xcu", settings / "registrymodifications.xcu")
    command: list[str | Path] = [
        *(program, f"-env:UserInstallation={settings.parent.as_uri()}"),
        *("--headless", "--norestore", "--nologo", "--nodefault", "--infilter=MS Word 2007 XML"),
        *("--convert-to", "pdf:writer_pdf_Export", *names),
    ]
    return confine.run(command, folder, limits, FONTCONFIG_FILE=str(_OWN / "fonts.conf"), LC_ALL="C.UTF-8")


def _read(path: Path) -> bytes:
    """Give the bytes of a PDF that was written to its end, else nothing."""
    data, _ = files.read(path, _LARGEST)
    return data if data and data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF") else b""


def _lacking(names: Sequence[str], outcome: Outcome, limits: Limits) -> Iterator[Diagnostic]:
    """Say what was not made: in one finding if LibreOffice stopped, else file by file."""
    if names and not outcome.good:
        yield STOPPED.at(Span(), reason=_reason(outcome, limits), names="、".join(names))
        return
    for name in names:
        yield NOT_MADE.at(Span(), name=name)


def _reason(outcome: Outcome, limits: Limits) -> Label:
    reasons = {
        Ending.BY_ITSELF: N_("failed (code {code})"),
        Ending.OUT_OF_TIME: N_("did not finish within {seconds} seconds"),
        Ending.PRINTED_TOO_MUCH: N_("was stopped, since it did nothing but report faults"),
        Ending.NEVER_STARTED: N_("could not be started"),
    }
    return Label(Span(), reasons[outcome.ending], {"code": outcome.code, "seconds": round(limits.seconds)})

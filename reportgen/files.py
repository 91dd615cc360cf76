"""Paths in, bytes out, and back: reads within a size limit; writes the whole new file or leaves the old one."""

from __future__ import annotations

import contextlib
import errno
import math
import os
import stat
from pathlib import Path
from typing import Final

from reportgen.diagnostics import N_, Diagnostic, Label, Severity, Span, rule

MISSING = rule(
    "S001",
    "missing-file",
    Severity.ERROR,
    "there is no file “{path}”",
    "check the name and the folder",
)
NOT_A_FILE = rule(
    "S002",
    "not-a-file",
    Severity.ERROR,
    "“{path}” is a folder or a device, not a file",
    "give the name of a file",
)
UNREADABLE = rule(
    "S003",
    "unreadable-file",
    Severity.ERROR,
    "“{path}” cannot be read ({reason})",
    "close the programs that hold it open, and check that you may read it",
)
TOO_LARGE = rule(
    "S004",
    "file-too-large",
    Severity.ERROR,
    "“{path}” is larger than {limit} MB, the most that is read",
    "check that this is the right file",
)


# The reasons that a clerk may meet, in words; the system's own words for all others are in the system's own language.
_REASONS: Final = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EACCES: N_("access is denied"),
    errno.EPERM: N_("access is denied"),
    errno.EROFS: N_("the disk is write-protected"),
    errno.EBUSY: N_("another program holds it open"),
    errno.ENOTDIR: N_("a part of its path is a file, not a folder"),
    errno.EEXIST: N_("a part of its path is a file, not a folder"),
    errno.ENOENT: N_("there is no such folder"),
    errno.EISDIR: N_("there is a folder of this name"),
    errno.ENAMETOOLONG: N_("its name is too long"),
}


def reason(error: OSError) -> Label | str:
    """Say why the system refused, for the message of a finding."""
    known = _REASONS.get(error.errno or 0)
    return Label(Span(), known) if known else str(error.strerror or error)


def read(path: Path, limit: int) -> tuple[bytes | None, list[Diagnostic]]:
    """Give the bytes of a file of at most `limit` bytes, or None with what prevents it; never raises OSError.

    Kind and size are looked at first, so that nothing large, endless or blocking is opened.
    """
    span = Span(str(path))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return None, [NOT_A_FILE.at(span, path=path)]
        data = b"" if status.st_size > limit else _head(path, limit + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a name that no file can have
        return None, [MISSING.at(span, path=path)]
    except OSError as error:
        return None, [UNREADABLE.at(span, path=path, reason=reason(error))]
    if max(status.st_size, len(data)) > limit:
        return None, [TOO_LARGE.at(span, path=path, limit=math.ceil(limit / (1 << 20)))]
    return data, []


def inside(path: Path, folder: Path) -> bool:
    """Whether a path lies in a folder once all links are followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def replace(path: Path, data: bytes) -> None:
    """Make `data` the whole content of a file, keeping the mode of an existing one and the link it may be reached by.

    Raises OSError, and then leaves the old file as it was and nothing beside it.
    """
    target = Path(os.path.realpath(path))
    fresh = target.with_name(f".reportgen-{os.urandom(8).hex()}.tmp")
    try:
        with fresh.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            fresh.chmod(stat.S_IMODE(target.stat().st_mode))
        os.replace(fresh, target)  # noqa: PTH105 — tests stop a process exactly here
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
    _settle(target.parent)


def _head(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _settle(folder: Path) -> None:
    """Write a folder's own entries to the disk, where the system can (Windows cannot)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""A command and its limits in, how it ended and what it printed out: seals subprocess.

The child gets its command as separate words, never through a shell's grammar, an environment of a few listed names, a
folder of its own and nothing to read. When the call returns, it has ended.

Everywhere: the limits on time and on what is printed. On Unix also those on memory (macOS does not keep that one), on
the size of each written file and on processor time, which ends a busy child even where this process was killed; and all
that the child started ends with it, but for what takes a session of its own. On Windows what the child started is ended
where a limit is met, not where the child ends by itself.
"""

from __future__ import annotations

import contextlib
import math
import os
import signal
import subprocess
import sys
import threading
from enum import Enum
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_KIB: Final = 1 << 10
_BLOCK: Final = 512  # bytes, the unit in which a POSIX shell counts the size of files
_CHUNK: Final = 1 << 16
_PATIENCE: Final = 5.0  # seconds for the pipes of a child that has ended

# What a program needs to find itself, its libraries, its fonts and the user's folder; nothing else is handed on.
_INHERITED: Final = (
    *("HOME", "PATH"),
    *("APPDATA", "LOCALAPPDATA", "PATHEXT", "PROGRAMDATA", "PROGRAMFILES", "SYSTEMDRIVE", "SYSTEMROOT", "USERPROFILE"),
)
_TEMPORARY: Final = ("TMPDIR", "TEMP", "TMP")

# Sets the limits that it is given and becomes the command: done in the child, without running Python between fork and
# exec. A limit that the system does not know, or that is lower already, stays as it is.
_LIMITING: Final = """
ulimit -v "$1" 2>/dev/null; ulimit -f "$2" 2>/dev/null; ulimit -t "$3" 2>/dev/null; ulimit -c 0 2>/dev/null
shift 3
exec "$@"
"""


class Limits(NamedTuple):
    """What a child may use: seconds by the clock, and bytes of what it prints, of memory, of each file it writes."""

    seconds: float
    printed: int = 1 << 20
    memory: int = 4 << 30
    written: int = 1 << 30


class Ending(Enum):
    """How a child came to its end."""

    BY_ITSELF = "by itself"
    OUT_OF_TIME = "out of time"
    PRINTED_TOO_MUCH = "printed too much"
    NEVER_STARTED = "never started"


class Outcome(NamedTuple):
    """How a child ended, with which code (not 0: it failed, or was ended by a signal), and what it printed."""

    ending: Ending
    code: int
    out: bytes = b""
    err: bytes = b""

    @property
    def good(self) -> bool:
        """Whether the child ended by itself and says that it did what it was asked for."""
        return self.ending is Ending.BY_ITSELF and self.code == 0


def run(command: Sequence[str | Path], folder: Path, limits: Limits, **variables: str) -> Outcome:
    """Run a program, named by its whole path, in a folder, with some environment variables of its own; never raises."""
    words = [str(word) for word in command]
    if not os.access(words[0], os.X_OK):
        return Outcome(Ending.NEVER_STARTED, -1)
    try:
        child = subprocess.Popen(  # noqa: S603 — words, not a shell's text; what may run is for the caller to say
            _limited(words, limits),
            cwd=folder,
            env=_environment(folder, variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            **_APART,
        )
    except OSError:
        return Outcome(Ending.NEVER_STARTED, -1)
    readers = [_Reader(child, stream, limits.printed) for stream in (child.stdout, child.stderr) if stream]
    ending = _awaited(child, limits.seconds)
    for reader in readers:
        reader.join(_PATIENCE)
    if any(reader.full for reader in readers):
        ending = Ending.PRINTED_TOO_MUCH
    return Outcome(ending, child.returncode, *(bytes(reader.read[: limits.printed]) for reader in readers))


def _environment(folder: Path, variables: Mapping[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {**kept, **dict.fromkeys(_TEMPORARY, str(folder)), **variables}


def _awaited(child: subprocess.Popen[bytes], seconds: float) -> Ending:
    """Wait for a child, and let nothing of it live on, whatever happens to this process meanwhile."""
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        return Ending.OUT_OF_TIME
    finally:
        _end(child)
        child.wait()
    return Ending.BY_ITSELF


class _Reader(threading.Thread):
    """Reads one of the streams of a child, and ends a child that prints more than it may."""

    def __init__(self, child: subprocess.Popen[bytes], stream: IO[bytes], limit: int) -> None:
        """Begin to read at once."""
        super().__init__(daemon=True)
        self.child, self.stream, self.limit = child, stream, limit
        self.read = bytearray()
        self.start()

    @property
    def full(self) -> bool:
        """Whether the child printed too much."""
        return len(self.read) > self.limit

    def run(self) -> None:
        """Read until the child has nothing more to say, or has said too much."""
        with self.stream:
            while not self.full and (chunk := self.stream.read(_CHUNK)):
                self.read += chunk
            if self.full:
                _end(self.child)


if sys.platform == "win32":
    _APART: Final[Mapping[str, Any]] = {
        "creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    }

    def _limited(words: Sequence[str], _limits: Limits) -> Sequence[str]:
        return words

    def _end(child: subprocess.Popen[bytes]) -> None:
        """End a child and all that it started."""
        killer = os.path.join(os.environ["SYSTEMROOT"], "System32", "taskkill.exe")  # noqa: PTH118 — a word of a command
        subprocess.run([killer, "/F", "/T", "/PID", str(child.pid)], capture_output=True, check=False)  # noqa: S603 — ditto

else:
    _APART: Final[Mapping[str, Any]] = {"start_new_session": True}

    def _limited(words: Sequence[str], limits: Limits) -> Sequence[str]:
        """Let a shell set the limits and become the program: nothing of Python runs between fork and exec."""
        processor = math.ceil(limits.seconds) * (os.cpu_count() or 1)  # as much as the clock allows, never less
        amounts = (limits.memory // _KIB, limits.written // _BLOCK, processor)
        return ["/bin/sh", "-c", _LIMITING, "sh", *map(str, amounts), *words]

    def _end(child: subprocess.Popen[bytes]) -> None:
        """End a child and all that it started, which is in one group with it."""
        with contextlib.suppress(OSError):  # nothing is left of the group
            os.killpg(child.pid, signal.SIGKILL)

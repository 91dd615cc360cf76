"""A confined child: what it may use, what it sees, and that nothing of it is left when the call returns."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.confine import Ending, Limits, Outcome, run

if TYPE_CHECKING:
    from collections.abc import Callable

LATER = Limits(600)
SLEEPS = "import time; open('ready', 'w').close(); time.sleep(600)"
FORKS = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEPS!r}])"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); {SLEEPS}"
PRINTS = "while True: print('长' * 1000)"


def python(program: str, folder: Path, limits: Limits = LATER) -> Outcome:
    return run([sys.executable, "-I", "-c", program], folder, limits, MARK=str(folder))


def left(folder: Path) -> list[str]:
    """Give the processes that run with the mark of a test in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile, or is another user's
            if f"MARK={folder}".encode() in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_text("utf-8", "replace"))
    return found


def ends(folder: Path) -> bool:
    """Wait, no longer than a minute, until the system has buried all that was killed."""
    for _ in range(600):
        if not left(folder):
            return True
        time.sleep(0.1)
    return False


def test_what_is_left_would_be_seen(tmp_path: Path) -> None:
    ready = "print(flush=True)"  # before this the system may not show its environment yet
    command = [sys.executable, "-c", f"{ready}; {SLEEPS}"]
    with subprocess.Popen(command, cwd=tmp_path, env={"MARK": str(tmp_path)}, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        seen = left(tmp_path)
        child.kill()
    assert len(seen) == 1
    assert ends(tmp_path)


@pytest.mark.parametrize(
    ("program", "limits", "ending"),
    [
        (SLEEPS, LATER, Ending.OUT_OF_TIME),
        (DEAF, LATER, Ending.OUT_OF_TIME),
        (f"{FORKS}; {SLEEPS}", LATER, Ending.OUT_OF_TIME),
        (f"{FORKS}.wait()", LATER, Ending.OUT_OF_TIME),
        (FORKS, LATER, Ending.BY_ITSELF),
        (PRINTS, LATER, Ending.PRINTED_TOO_MUCH),
        (f"import sys; sys.stdout = sys.stderr\n{PRINTS}", LATER, Ending.PRINTED_TOO_MUCH),
        (f"{FORKS}\n{PRINTS}", LATER, Ending.PRINTED_TOO_MUCH),
        ("bytearray(2 << 30)", Limits(60, memory=1 << 30), Ending.BY_ITSELF),
    ],
)
def test_whatever_a_child_does_nothing_of_it_is_left(
    program: str, limits: Limits, ending: Ending, tmp_path: Path, time_up: Callable[[Path], None]
) -> None:
    if ending is Ending.OUT_OF_TIME:
        time_up(tmp_path / "ready")
    outcome = python(program, tmp_path, limits)
    assert outcome.ending is ending
    assert outcome.good is (program is FORKS)
    assert ends(tmp_path)


def test_a_child_says_what_it_has_to_say(tmp_path: Path) -> None:
    program = "import sys; sys.stdout.write('甲'); sys.stderr.write('乙'); sys.exit(3)"
    outcome = python(f"{program}", tmp_path)
    assert outcome == Outcome(Ending.BY_ITSELF, 3, "甲".encode(), "乙".encode())
    assert not outcome.good


def test_no_more_is_kept_than_may_be_printed(tmp_path: Path) -> None:
    outcome = python(PRINTS, tmp_path, Limits(60, printed=1000))
    assert outcome.out == ("长" * 334).encode()[:1000]


def test_what_was_said_in_time_is_kept(tmp_path: Path, time_up: Callable[[Path], None]) -> None:
    time_up(tmp_path / "ready")
    assert python(DEAF, tmp_path).out == b"deaf\n"


def test_the_time_of_a_child_is_that_of_the_clock(tmp_path: Path) -> None:
    assert python(SLEEPS, tmp_path, Limits(0.3)).ending is Ending.OUT_OF_TIME
    assert ends(tmp_path)


@pytest.mark.parametrize("written", [4096, 1 << 20])
def test_a_file_grows_no_further_than_it_may(written: int, tmp_path: Path) -> None:
    program = "file = open('a', 'wb', 0)\nfor _ in range(1 << 7): file.write(bytes(1 << 12))"
    outcome = python(program, tmp_path, Limits(60, written=written))
    assert outcome.good is (written > 1 << 19)
    assert (tmp_path / "a").stat().st_size == min(written, 1 << 19)


def test_a_child_sees_a_folder_and_an_environment_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "甲")
    monkeypatch.setenv("LD_PRELOAD", "")
    told = python("import os; print(*sorted(os.environ), os.getcwd(), os.environ['TMPDIR'], sep='\\n')", tmp_path).out
    names = {*told.decode().splitlines()}
    assert names & {"SECRET", "LD_PRELOAD", "PYTHONPATH"} == set()
    assert {"HOME", "PATH", "MARK", str(tmp_path)} <= names


def test_a_child_has_nothing_to_read_and_no_file_of_ours(tmp_path: Path) -> None:
    with (tmp_path / "open").open("wb") as ours:
        program = f"import os, sys; print(sys.stdin.read() == '', os.path.exists('/proc/self/fd/{ours.fileno()}'))"
        assert python(program, tmp_path).out == b"True False\n"


def test_words_of_a_command_stay_what_they_are(tmp_path: Path) -> None:
    words = ["$HOME", "`id`", "a b", "'", '"', "-x", "", "*", "；", "\n", "$(exit 3)", "--"]
    outcome = run([sys.executable, "-c", "import sys; print(ascii(sys.argv[1:]))", *words], tmp_path, LATER)
    assert outcome.out.decode().strip() == ascii(words)


@pytest.mark.parametrize("name", ["missing", "folder", "text"])
def test_what_is_no_program_never_starts(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("x", "utf-8")
    assert not run([tmp_path / name], tmp_path, LATER).good
    assert run([tmp_path / "missing"], tmp_path, LATER).ending is Ending.NEVER_STARTED


def test_a_child_needs_its_folder(tmp_path: Path) -> None:
    assert python("", tmp_path / "missing").ending is Ending.NEVER_STARTED


def test_who_is_interrupted_leaves_nothing_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(child: subprocess.Popen[bytes], timeout: float | None = None) -> int:
        if timeout is not None:
            raise KeyboardInterrupt
        return wait(child)

    wait = subprocess.Popen.wait
    monkeypatch.setattr(subprocess.Popen, "wait", interrupt)
    with pytest.raises(KeyboardInterrupt):
        python(SLEEPS, tmp_path)
    assert ends(tmp_path)


def test_a_child_that_outlives_this_process_ends_by_its_use_of_the_processor(tmp_path: Path) -> None:
    program = "import resource; print(*resource.getrlimit(resource.RLIMIT_CPU))"
    soft, hard = python(program, tmp_path, Limits(7)).out.split()
    assert int(soft) == int(hard) == 7 * (os.cpu_count() or 1)


def test_children_of_several_threads_do_not_meet(tmp_path: Path) -> None:
    outcomes: dict[int, Outcome] = {}

    def start(number: int) -> None:
        outcomes[number] = python(f"print({number})", tmp_path)

    threads = [threading.Thread(target=start, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {number: one.out for number, one in outcomes.items()} == {n: f"{n}\n".encode() for n in range(8)}


def test_a_signal_shows_in_the_code(tmp_path: Path) -> None:
    assert python("import os; os.kill(os.getpid(), 9)", tmp_path).code == -signal.SIGKILL

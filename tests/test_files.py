"""Reading within a limit; writing the whole file or leaving the whole old one, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.diagnostics import Label, Span
from reportgen.files import read, reason, replace

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic


def codes(found: list[Diagnostic]) -> list[str]:
    return [one.rule.code for one in found]


def refuse(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def child(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run code in a child process of this Python."""
    root = Path(__file__).parents[1]
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_a_file_is_read_whole_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "事实.yaml"
    path.write_bytes(b"12345")
    assert read(path, 5) == (b"12345", [])
    data, found = read(path, 4)
    assert (data, codes(found)) == (None, ["S004"])


@pytest.mark.parametrize("name", ["没有.yaml", "没有/没有.yaml", "文件/里面.yaml", "坏\0名", "长" * 300])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "文件").write_bytes(b"")
    data, found = read(tmp_path / name, 10)
    assert data is None
    assert codes(found) in (["S001"], ["S003"])
    assert found[0].span.path == str(tmp_path / name)
    assert codes(found) == ["S003"] or "长" not in name


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert codes(read(tmp_path, 10)[1]) == ["S002"]


def test_a_device_is_not_waited_for() -> None:
    assert codes(read(Path(os.devnull), 10)[1]) == ["S002"]


def test_an_unreadable_file_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "锁.yaml"
    path.write_bytes(b"1")

    def locked(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", locked)
    data, found = read(path, 10)
    assert (data, codes(found)) == (None, ["S003"])
    assert found[0].values["reason"] == Label(Span(), "access is denied")


def test_an_unknown_reason_is_given_in_the_words_of_the_system() -> None:
    assert reason(OSError(errno.EXDEV, "odd")) == "odd"
    assert reason(OSError("nothing known")) == "nothing known"


def test_a_file_that_grows_while_it_is_read_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "长.yaml"
    path.write_bytes(b"123456")
    before = os.stat_result((stat.S_IFREG | 0o644, 0, 0, 1, 0, 0, 3, 0, 0, 0))
    monkeypatch.setattr(Path, "stat", lambda _: before)
    assert codes(read(path, 5)[1]) == ["S004"]


def test_the_limit_is_said_in_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "大.yaml"
    path.touch()
    os.truncate(path, 50 << 20)
    assert read(path, 8 << 20)[1][0].values["limit"] == 8


def test_a_new_file_is_written(tmp_path: Path) -> None:
    replace(tmp_path / "新.docx", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("新.docx", b"new")]


def test_a_new_file_has_the_mode_that_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    replace(tmp_path / "新.docx", b"new")
    assert (tmp_path / "新.docx").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_an_old_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "旧.docx"
    path.write_bytes(b"old")
    path.chmod(0o600)
    mode = path.stat().st_mode
    replace(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode == mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "真.docx").write_bytes(b"old")
    (tmp_path / "链.docx").symlink_to("真.docx")
    replace(tmp_path / "链.docx", b"new")
    assert (tmp_path / "链.docx").is_symlink()
    assert (tmp_path / "真.docx").read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "旧.docx"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, step, refuse)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        replace(path, b"new")
    assert [(left.name, left.read_bytes()) for left in tmp_path.iterdir()] == [("旧.docx", b"old")]


def test_a_write_that_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "旧.docx"
    path.write_bytes(b"old")
    code = """
        import sys
        from pathlib import Path
        from reportgen.files import replace
        try:
            import resource, signal
        except ImportError:  # no such limit here
            raise SystemExit("limited")
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))
        try:
            replace(Path(sys.argv[1]), b"x" * (1 << 20))
        except OSError:
            raise SystemExit("limited")
    """
    assert child(code, path).stderr.strip() == "limited"
    assert [(left.name, left.read_bytes()) for left in tmp_path.iterdir()] == [("旧.docx", b"old")]


def test_a_kill_between_write_and_replace_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "旧.docx"
    path.write_bytes(b"old")
    code = """
        import os, signal, sys
        from pathlib import Path
        from reportgen.files import replace
        os.replace = lambda *_: os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        replace(Path(sys.argv[1]), b"new")
        print("alive")
    """
    done = child(code, path)
    assert (done.returncode != 0, done.stdout) == (True, "")
    assert path.read_bytes() == b"old"


def test_two_writers_leave_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "同.docx"
    versions = [bytes([letter]) * 300_000 for letter in b"abcd"]

    def write(data: bytes) -> None:
        for _ in range(5):
            replace(path, data)

    writers = [threading.Thread(target=write, args=(data,)) for data in versions]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert path.read_bytes() in versions
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replace(tmp_path / "没有" / "新.docx", b"new")


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "夹").mkdir()
    with pytest.raises(OSError, match=r".+"):
        replace(tmp_path / "夹", b"new")
    assert [left.name for left in tmp_path.iterdir()] == ["夹"]

"""PDFs: what LibreOffice makes of documents, and what is said when it is missing, fails, hangs or writes rubbish."""

from __future__ import annotations

import http.server
import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from reportgen import confine, files, pdf
from reportgen.cli import main
from reportgen.cli.face import CANNOT_RUN, OK
from reportgen.confine import Ending, Outcome
from reportgen.diagnostics import Messages, told
from reportgen.pdf import convert
from tests import odd_files
from tests.word_files import docx, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Captured = pytest.CaptureFixture[str]
SAMPLE = Path(__file__).parents[1] / "data" / "shatian-2021.yaml"
REPORT = "砂田镇2021年部门整体支出绩效自评报告"
TWO = {"甲.docx": docx(paragraph("甲")), "乙.docx": docx(paragraph("乙"))}
WHOLE = "%%PDF-1.7\\n%%%%EOF\\n"
PDF = b"%PDF-1.7\n%%EOF\n"
BOTH = ["LibreOffice 没能把“甲.docx”转成 PDF", "LibreOffice 没能把“乙.docx”转成 PDF"]
PICTURE = """<w:p><w:r><w:drawing>
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
<wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="1"/>
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:nvPicPr><pic:cNvPr id="1" name="1"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:link="rId77"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, time_up: Callable[[Path], None]) -> Callable[[str], None]:
    """Puts a shell script in the place of LibreOffice, whose time is up when there is a file $READY."""
    time_up(tmp_path / "ready")

    def write(script: str) -> None:
        program = tmp_path / "a folder" / "soffice"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\nREADY={tmp_path}/ready\n{script}\n", "utf-8")
        program.chmod(0o755)
        monkeypatch.setenv(pdf.PROGRAM, str(program))

    return write


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """Serves nothing, but notes what it is asked for: gives its port, and the list."""
    requests: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle(self) -> None:
            requests.append(self.rfile.readline().decode("latin-1"))

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield server.server_address[1], requests
        server.shutdown()
        serving.join()


def said(documents: dict[str, bytes]) -> tuple[list[str], list[str]]:
    """Convert documents; gives the names of those that became a PDF, and what is said in Chinese."""
    made, found = convert(documents)
    return list(made), [told(one, Messages("zh"))[0].partition(": ")[2] for one in found]


@pytest.mark.parametrize(
    ("script", "made", "expected"),
    [
        (odd_files.OFFICE.partition("\n")[2], ["甲.docx", "乙.docx"], []),
        ("exit 77", [], ["LibreOffice 中途出错退出（代码 77），没有生成 PDF：甲.docx、乙.docx"]),
        ("touch $READY; sleep 600 & sleep 600", [], ["LibreOffice 180秒内没有完成，没有生成 PDF：甲.docx、乙.docx"]),
        ("yes", [], ["LibreOffice 不停地报错，已经叫停，没有生成 PDF：甲.docx、乙.docx"]),
        (":", [], BOTH),
        ("echo rubbish >1.pdf; echo rubbish >2.pdf", [], BOTH),
        ("printf %%PDF-1.7 >1.pdf; mkdir 2.pdf", [], BOTH),
        (f"printf '{WHOLE}' >2.pdf", ["乙.docx"], BOTH[:1]),
        (
            f"printf '{WHOLE}' >1.pdf; kill -9 $$",
            ["甲.docx"],
            ["LibreOffice 中途出错退出（代码 -9），没有生成 PDF：乙.docx"],
        ),
        (
            f"printf '{WHOLE}' >1.pdf; touch $READY; sleep 600",
            ["甲.docx"],
            ["LibreOffice 180秒内没有完成，没有生成 PDF：乙.docx"],
        ),
        (f"printf '{WHOLE}' >1.pdf; printf '%%PDF%0200d\\n%%%%EOF' 0 >2.pdf", ["甲.docx"], BOTH[1:]),
    ],
)
def test_whatever_happens_is_said_and_what_was_made_is_kept(
    script: str,
    made: list[str],
    expected: list[str],
    install: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install(script)
    monkeypatch.setattr(pdf, "_LARGEST", 100)
    assert said(TWO) == (made, expected)


def test_a_program_that_vanishes_is_said(install: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    install(":")
    monkeypatch.setattr(confine, "run", lambda *_, **__: Outcome(Ending.NEVER_STARTED, -1))
    assert said(TWO)[1] == ["LibreOffice 启动不了，没有生成 PDF：甲.docx、乙.docx"]


@pytest.mark.parametrize("given", ["", "/nowhere/soffice"])
def test_a_computer_without_libreoffice_is_told_how_to_get_it(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pdf.PROGRAM, given)
    monkeypatch.setattr("shutil.which", lambda _: None)
    made, (found,) = convert(TWO)
    assert made == {}
    help_ = told(found, Messages("zh"))[1]
    for way in ("sudo apt install libreoffice-writer fonts-noto-cjk", "brew install --cask libreoffice", "另存为"):
        assert way in help_


def test_libreoffice_is_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libreoffice").write_text("", "utf-8")
    (tmp_path / "libreoffice").chmod(0o755)
    monkeypatch.delenv(pdf.PROGRAM, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pdf.office() == tmp_path / "libreoffice"


def test_a_name_never_reaches_the_command_line(install: Callable[[str], None], tmp_path: Path) -> None:
    install(f'echo "$@" >"{tmp_path}/words"; set >"{tmp_path}/variables"')
    convert({"-h.docx": b"", "a b'\"$(id).docx": b""})
    words = (tmp_path / "words").read_text("utf-8").split()
    assert words[-2:] == ["1.docx", "2.docx"]
    assert words[0].startswith("-env:UserInstallation=file:///")
    assert str(Path(pdf.__file__).with_name("fonts.conf")) in (tmp_path / "variables").read_text("utf-8")


def test_nothing_stays_in_the_temporary_folder(
    install: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(odd_files.OFFICE)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    assert list(convert(TWO)[0]) == list(TWO)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_pdf_stands_beside_each_document(install: Callable[[str], None], tmp_path: Path, capsys: Captured) -> None:
    install(odd_files.OFFICE)
    assert main(["build", str(SAMPLE), "-o", str(tmp_path), "--pdf"]) == OK
    assert (tmp_path / f"{REPORT}.pdf").read_bytes() == PDF
    written = [line for line in capsys.readouterr().out.splitlines() if line.startswith("已生成：")]
    assert written == [f"已生成：{tmp_path / REPORT}.{kind}" for kind in ("docx", "pdf")]


@pytest.mark.parametrize("name", ["b.docx", "b.DOCX"])
def test_a_pdf_is_called_as_the_document_is(name: str, install: Callable[[str], None], tmp_path: Path) -> None:
    install(odd_files.OFFICE)
    assert main(["build", str(SAMPLE), "-o", str(tmp_path / "out" / name), "--pdf"]) == OK
    assert {path.name for path in (tmp_path / "out").iterdir()} == {name, "b.pdf"}


def test_a_document_is_written_though_its_pdf_could_not_be_made(
    install: Callable[[str], None], tmp_path: Path, capsys: Captured
) -> None:
    install("exit 1")
    out = tmp_path / "out"
    assert main(["build", str(SAMPLE), "-o", str(out), "--pdf"]) == CANNOT_RUN
    assert [path.name for path in out.iterdir()] == [f"{REPORT}.docx"]
    printed = capsys.readouterr()
    assert "D202" in printed.err
    assert "错误 1 个" in printed.out


def test_an_older_pdf_is_whole_or_replaced(
    install: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes) -> None:
        if path.suffix == ".pdf":
            raise PermissionError
        replace(path, data)

    install(odd_files.OFFICE)
    replace = files.replace
    monkeypatch.setattr(files, "replace", refuse)
    (tmp_path / "b.pdf").write_bytes(b"old")
    assert main(["build", str(SAMPLE), "-o", str(tmp_path / "b.docx"), "--pdf"]) == CANNOT_RUN
    assert (tmp_path / "b.pdf").read_bytes() == b"old"
    assert (tmp_path / "b.docx").is_file()


def test_programs_read_one_list_of_findings(install: Callable[[str], None], tmp_path: Path, capsys: Captured) -> None:
    install(":")
    assert main(["build", str(SAMPLE), "-o", str(tmp_path / "b.docx"), "--pdf", "--format", "json"]) == CANNOT_RUN
    assert [one["code"] for one in json.loads(capsys.readouterr().err)] == ["C101", "D203"]


def test_no_pdf_is_tried_of_what_is_not_written(install: Callable[[str], None], tmp_path: Path) -> None:
    install(f'touch "{tmp_path}/started"')
    (tmp_path / "facts.yaml").write_text("模板包: meizhou-self-evaluation@2021.1\n", "utf-8")
    assert main(["build", str(tmp_path / "facts.yaml"), "--pdf"]) == 1
    assert not (tmp_path / "started").exists()


def test_a_build_without_a_pdf_loads_nothing_for_it(tmp_path: Path) -> None:
    program = f"""
import sys
from reportgen.cli import main
main(["build", {str(SAMPLE)!r}, "-o", {str(tmp_path)!r}])
print([name for name in ("reportgen.pdf", "reportgen.confine") if name in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told.splitlines()[-1] == "[]"


def text_of(tool: Callable[[str], Path], data: bytes) -> str:
    read = [str(tool("pdftotext")), "-", "-"]
    return subprocess.run(read, input=data, capture_output=True, check=True).stdout.decode().strip()


def test_files_of_any_name_and_two_offices_at_once(tool: Callable[[str], Path]) -> None:
    tool("soffice")
    names = ["有 空格.docx", "-h.docx", "--version.docx", "单'引\"号.docx", "$(id);&|.docx", "a/../b.docx", "长" * 200]
    batches = [{f"{at}{name}" if at else name: docx(paragraph(name)) for name in names} for at in range(2)]
    with ThreadPoolExecutor() as pool:
        results = list(pool.map(convert, batches))
    for batch, (made, found) in zip(batches, results, strict=True):
        assert found == []
        texts = {name: text_of(tool, data).replace("\n", "") for name, data in made.items()}
        assert texts == dict(zip(batch, names, strict=True))


def test_one_spoilt_file_does_not_keep_the_others(tool: Callable[[str], Path]) -> None:
    tool("soffice")
    spoilt = {"甲.docx": b"rubbish", "丙.docx": TWO["乙.docx"][:300]}
    made, expected = said({"乙.docx": TWO["乙.docx"], **spoilt, "丁.docx": TWO["甲.docx"]})
    assert made == ["乙.docx", "丁.docx"]
    assert expected == [f"LibreOffice 没能把“{name}”转成 PDF" for name in spoilt]


def test_a_linked_picture_is_not_fetched(
    asked: tuple[int, list[str]], tool: Callable[[str], Path], tmp_path: Path
) -> None:
    port, requests = asked
    office = tool("soffice")
    linked = docx(PICTURE, links=[("rId77", "image", f"http://127.0.0.1:{port}/a.png")])
    made, found = convert({"甲.docx": linked})
    assert (list(made), found, requests) == (["甲.docx"], [], [])
    (tmp_path / "a.docx").write_bytes(linked)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    plain = [str(office), profile, "--headless", "--convert-to", "pdf", "a.docx"]
    subprocess.run(plain, cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, check=True)
    assert requests  # LibreOffice by itself does ask


def test_fonts_of_templates_have_others_that_stand_in_for_them() -> None:
    settings = etree.parse(Path(pdf.__file__).with_name("fonts.conf")).getroot()
    aliases = {one.findtext("family"): [family.text for family in one.findall("accept/family")] for one in settings}
    named: set[str] = set()
    for template in (SAMPLE.parents[1] / "templates").glob("*/*/*.docx"):
        with zipfile.ZipFile(template) as opened:
            named |= set(re.findall('<w:rFonts [^>]*w:eastAsia="([^"]+)"', opened.read("word/styles.xml").decode()))
    assert named
    assert named <= {family for family, others in aliases.items() if others}

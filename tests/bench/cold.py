"""`python -m tests.bench.cold`: whole processes in turn, `reportgen build` of the sample and a bare docxtpl script.

The script's template is the built sample with as many tags as the template of our pack has.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import docx

from reportgen.build import build
from reportgen.word.container import unpack
from reportgen.word.text import read
from tests.bench import timing
from tests.bench.render import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen import packs

ROUNDS: Final = 15
SAMPLE: Final = Path(__file__).parents[2] / "data" / "shatian-2021.yaml"
HERE: Final = Path(__file__).parent
OURS, PEER, PYTHON, LIBRARY = "reportgen build", "docxtpl script", "python -c pass", "import docxtpl"
BARE: Final = "the same without the proof"
UNPROVED: Final = """\
import gc, pathlib, sys
gc.disable()
import reportgen.cli
from reportgen.build import build
from reportgen.files import replace
for one in build(pathlib.Path(sys.argv[1])).documents:
    replace(pathlib.Path(sys.argv[2], one.name), one.data)
gc.freeze()
"""
TOP: Final = 12


def main(rounds: int = ROUNDS) -> None:
    """Print the medians of whole processes, and where ours spends its time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built = build(SAMPLE)
        assert built.study.pack is not None
        folder.joinpath("sample.docx").write_bytes(built.documents[0].data)
        tags = _tags(built.study.pack)
        _peer_template(folder, *tags)
        commands = {  # the first round, which does not count, leaves compiled modules for all that follow
            PEER: [str(HERE / "peer.py"), *(str(folder / one) for one in ("peer.docx", "peer.json", "made.docx"))],
            OURS: ["-m", "reportgen", "build", str(SAMPLE), "-o", name],
            BARE: ["-c", UNPROVED, str(SAMPLE), name],
            PYTHON: ["-c", "pass"],
            LIBRARY: ["-c", "import docxtpl"],
        }
        times = timing.in_turn({one: _Process(command, folder) for one, command in commands.items()}, rounds)
        _same(folder / "sample.docx", folder / "made.docx")
        print(f"{timing.machine()}; {rounds} processes each, in turn; {tags[0]} outputs and {tags[1]} statements")
        table(times, PEER)
        for side in (OURS, BARE):
            wall, cpu = (ours / peer for ours, peer in zip(times[side], times[PEER], strict=True))
            print(f"{side}: {cpu:.2f} × the processor time of the docxtpl script, {wall:.2f} × by the clock")
        _stages(built.study.pack.name, folder)


class _Process:
    """A command of this Python, run when called."""

    def __init__(self, arguments: Sequence[str], folder: Path) -> None:
        self.arguments = arguments
        # Both sides find their modules compiled, as after an installation, whatever this shell says about caches.
        self.environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def __call__(self, _number: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *self.arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=self.environment)


def _tags(pack: packs.Pack) -> tuple[int, int]:
    """Count the outputs and the statements of a pack's templates."""
    texts: list[str] = []
    for name in pack.templates:
        document, _ = read((pack.folder / name).read_bytes(), name)
        assert document is not None
        texts += [one.text for one in document.paragraphs]
    return sum(text.count("{{") for text in texts), sum(text.count("{%") for text in texts)


def _peer_template(folder: Path, outputs: int, statements: int) -> None:
    """Make a template for docxtpl of the built sample: so many texts in tags, so many tags around paragraphs."""
    document = docx.Document(str(folder / "sample.docx"))
    values: dict[str, str] = {}
    cells = [one for row in document.tables[-1].rows for cell in row.cells for one in cell.paragraphs]
    runs = [one.runs[0] for one in [*document.paragraphs, *cells] if one.text.strip() and "{" not in one.text]
    for at in range(outputs):
        run = runs[at * len(runs) // outputs]
        if not run.text.startswith("{{"):
            values[f"v{at}"] = run.text
            run.text = f"{{{{ v{at} }}}}"
    spaced = document.paragraphs[: -1 : max(1, len(document.paragraphs) // (statements // 2))]
    for paragraph in spaced[: statements // 2]:
        paragraph.insert_paragraph_before("{%p if held %}")
        paragraph.insert_paragraph_before("{%p endif %}")
    document.save(str(folder / "peer.docx"))
    folder.joinpath("peer.json").write_text(json.dumps({**values, "held": True}), "utf-8")


def _same(one: Path, other: Path) -> None:
    said = []
    for path in (one, other):
        document, _ = read(path.read_bytes(), path.name)
        assert document is not None
        said.append([(line.part, line.text) for line in document.paragraphs])
        print(f"{len(unpack(path.read_bytes(), '')[0]['word/document.xml'].data):,} bytes of document.xml")
    if said[0] != said[1]:
        sys.exit("The texts differ")


def _stages(pack: str, folder: Path) -> None:
    stages = json.loads(_Process(["-m", "tests.bench.phases", str(SAMPLE), pack], folder)().stdout)
    print("One process, stage after stage:", ", ".join(f"{stage} {time:.0f} ms" for stage, time in stages.items()))
    log = _Process(["-X", "importtime", "-c", "import reportgen.cli"], folder)().stderr
    print("Imports that cost most by themselves (ms, with what they import):")
    for own, whole, name in sorted(_imports(log), reverse=True)[:TOP]:
        print(f"  {name.strip():36}{own / 1000:8.1f}{whole / 1000:8.1f}")


def _imports(log: str) -> Iterator[tuple[int, int, str]]:
    """Give own time, time with imports (microseconds) and name of every module of Python's log."""
    for line in log.splitlines():
        own, _, rest = line.removeprefix("import time:").partition("|")
        whole, _, name = rest.partition("|")
        if own.strip().isdecimal():
            yield int(own), int(whole), name


if __name__ == "__main__":
    main()

"""Facts read back out of reports: all of them out of our own, and of others' only what stands there for sure."""

from __future__ import annotations

from functools import reduce
from operator import getitem
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from reportgen import packs, report
from reportgen.build import Built, build
from reportgen.cli import main
from reportgen.diagnostics import Span
from reportgen.facts import lookup, steps
from reportgen.language import strip
from reportgen.proof import Status
from reportgen.recovery import Recovered, recover
from reportgen.schema import Kind
from reportgen.verification import Proven, proven
from reportgen.word import unmarked
from reportgen.word.text import read

if TYPE_CHECKING:
    from reportgen.packs import Pack
    from reportgen.proof import Proof

ROOT: Final = Path(__file__).resolve().parents[1]
SAMPLES: Final = (ROOT / "data" / "shatian-2021.yaml", *sorted(ROOT.glob("templates/*/*/samples/*.yaml")))
NOT_PRINTED: Final = "概况.村社区"
"""The one fact that the shipped pack asks for and its template does not print."""
SINGLE: Final = frozenset({Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.TRUTH, Kind.CHOICE})
ENOUGH: Final = 0.95


@pytest.fixture(scope="module")
def pack() -> Pack:
    pack, found = packs.load("meizhou-self-evaluation@2021.1", Span())
    assert pack is not None, found
    return pack


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built, Recovered]:
    """Give a sample's build, the build of the draft that is read out of its document, and how it was read."""
    first = build(request.param, trace=True)
    folder = tmp_path_factory.mktemp("drafts")
    document = folder / first.documents[0].name
    document.write_bytes(unmarked(first.documents[0].data))
    draft = folder / "draft.yaml"
    assert main(["--lang", "en", "check", str(document), "--facts-out", str(draft)]) == 0
    assert first.study.pack is not None
    text = draft.read_text(encoding="utf-8")
    left = lookup(first.study.values, NOT_PRINTED)
    draft.write_text(text.replace("  村社区:", f"  村社区: {left}", 1), encoding="utf-8")
    again = build(draft, trace=True)
    assert again.study.sound, again.study.found
    said_of_it, _ = read(document.read_bytes(), document.name)
    assert said_of_it is not None
    return first, again, recover(report.of_document(said_of_it), document, first.study.pack)


def test_the_draft_of_our_own_report_prints_the_same_report(both: tuple[Built, Built, Recovered]) -> None:
    first, again, back = both
    before, after = (said(proven(one)[0]) for one in (first, again))
    assert after == before
    assert (back.loose, back.gaps) == (0, 1)


def test_the_figures_of_our_own_report_come_back_at_the_right_fact(both: tuple[Built, Built, Recovered]) -> None:
    first, again, _ = both
    mine, others = (proven(one)[0] for one in (first, again))
    found = {place(one): one for one in others.proofs}
    right = [one for one in mine.proofs if is_right(one, found.get(place(one)), first)]
    share = len(right) / len(mine.proofs)
    print(f"figures at the right fact: {len(right)} of {len(mine.proofs)} ({share:.2%})")  # noqa: T201 — the measure
    assert share >= ENOUGH


def test_the_single_facts_of_our_own_report_come_back_as_they_were(both: tuple[Built, Built, Recovered]) -> None:
    first, again, _ = both
    assert first.study.facts
    assert again.study.facts
    known = again.study.facts.all
    open_data = ("数据", "工作数据")
    single = {
        path: fact.value
        for path, fact in first.study.facts.all.items()
        if fact.kind in SINGLE and not any(part in open_data for part in path.split("."))
    }
    assert {path: known[path].value for path in single if path in known} == single


def test_what_is_there_already_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = tmp_path / "报告.txt"
    said.write_text("部门名称：石溪镇人民政府\n", encoding="utf-8")
    target = tmp_path / "草稿.yaml"
    target.write_text("旧", encoding="utf-8")
    assert main(["check", str(said), "--facts-out", str(target)]) == 1
    assert target.read_text(encoding="utf-8") == "旧"
    assert "S006" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("things", "asked", "code"),
    [(("报告.txt", "报告.txt"), (), "A806"), (("报告.txt",), ("--pack", "a-b@1"), "P101"), (("没有.txt",), (), "S001")],
)
def test_a_draft_is_refused_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], things: tuple[str, ...], asked: tuple[str, ...], code: str
) -> None:
    (tmp_path / "报告.txt").write_text("部门名称：石溪镇人民政府\n", encoding="utf-8")
    target = tmp_path / "草稿.yaml"
    paths = [str(tmp_path / one) for one in things]
    assert main(["check", *paths, "--facts-out", str(target), *asked]) != 0
    shown = capsys.readouterr()
    assert code in shown.out + shown.err
    assert not target.exists()


def test_only_what_is_asked_for_is_printed_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = tmp_path / "报告.txt"
    said.write_text("部门名称：石溪镇人民政府\n", encoding="utf-8")
    assert main(["check", str(said), "--facts-out", str(tmp_path / "草稿.yaml"), "--format", "short"]) == 0
    assert "草稿" not in capsys.readouterr().out
    assert (tmp_path / "草稿.yaml").exists()


def said(document: Proven) -> list[str]:
    return [one.text for one in document.document.paragraphs]


def place(one: Proof) -> tuple[str, int, int]:
    return one.paragraph.part, one.paragraph.number, one.figure.start


def is_right(one: Proof, other: Proof | None, first: Built) -> bool:
    """Tell whether a figure is printed again, from the same facts or out of the prose fact that printed it before."""
    if other is None or other.figure.text != one.figure.text:
        return False
    if other.status is Status.PROSE:
        assert first.study.facts is not None
        printed, _ = strip(str(reduce(getitem, steps(other.typed), first.study.values)))  # type: ignore[arg-type] # nested
        return other.typed in first.study.facts.all and one.figure.text in printed
    return other.trace.facts <= one.trace.facts

"""Every number of the sample is changed in turn: what depends on it changes, and nothing else does."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reportgen import build
from reportgen.facts import Number
from reportgen.language import printed
from reportgen.schema import Kind
from tests import traced
from tests.traced import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.build import Built
    from reportgen.facts import Fact
    from reportgen.packs import Pack

SAMPLE = Path(__file__).parents[1] / "data" / "shatian-2021.yaml"
# A score below the full points needs a reason; with one in the base, the score itself can be changed.
JUDGED = "    得分: 10\n"
FIGURE = re.compile(r"(?P<about>约 ?)?(?P<whole>\d+)(?:\.(?P<rest>\d+))?(?P<unit>.*)")
# What a change may be, in the order in which it is tried: one printed unit, a large one up, a large one down.
MUTATIONS = ("unit", "up", "down")


class Base(NamedTuple):
    """The sample as it stands, built without checks: a changed number may well contradict another."""

    text: str
    built: Built
    lines: list[Line]
    pack: Pack


def render(path: Path, pack: Pack | None = None) -> Built:
    study = build.study(path, trace=True, pack=pack)
    assert study.sound, study.found
    assert study.pack
    template = study.pack.templates[study.pack.outputs[0].template]
    data, found = template.render(study.values, log=study.log)
    assert data, found
    return build.Built(study, (build.Document("report.docx", data),))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    text = SAMPLE.read_text("utf-8")
    assert JUDGED in text
    text = text.replace(JUDGED, f"{JUDGED}    理由: 佐证不足\n")
    path = tmp_path_factory.mktemp("base") / "facts.yaml"
    path.write_text(text, "utf-8")
    built = render(path)
    assert built.study.pack
    return Base(text, built, traced.lines(built), built.study.pack._replace(checks=()))


def numbers() -> list[str]:
    facts = build.study(SAMPLE).facts
    assert facts
    return [path for path, fact in facts.all.items() if fact.kind is Kind.NUMBER]


def mutated(fact: Fact, mutation: str) -> str:
    """Change the text of a number, in its own unit and with its own decimals."""
    assert isinstance(fact.value, Number)
    match = FIGURE.fullmatch(str(fact.node.value))
    assert match
    decimals = max(len(match["rest"] or ""), fact.value.decimals or 0)
    units = int(match["whole"] + (match["rest"] or "").ljust(decimals, "0"))
    changed = {"unit": units + 1, "up": units * 2 + 10**decimals * 10, "down": units // 3}[mutation]
    if fact.path == "年度":
        changed = {"unit": units + 1, "up": units + 50, "down": units - 10}[mutation]  # the form takes 2000 to 2100
    if fact.path == "自评要点.社会经济环境效益.得分":
        changed = {"unit": units - 1, "up": units - 5, "down": 0}[mutation]  # 10 are the full points
    digits = str(changed).rjust(decimals + 1, "0")
    figure = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"{match['about'] or ''}{figure}{match['unit']}"


def changes(old: list[Line], new: list[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Give the stretches of paragraphs that differ, pair by pair where as many came as went."""
    matcher = SequenceMatcher(None, [one.text for one in old], [one.text for one in new], autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        before, after = old[start:end], new[first:last]
        if len(before) == len(after):
            yield from (([one], [other]) for one, other in zip(before, after, strict=True))
        else:
            yield before, after


def explained(path: str, before: list[Line], after: list[Line]) -> bool:
    """Whether a fact accounts for a change: for one of a pair, or for every paragraph that came or went."""
    told = [path in line.facts | line.conditions for line in (*before, *after)]
    return any(told) if len(before) == len(after) else all(told)


def prints(base: Base, fact: Fact) -> set[int]:
    """Give the paragraphs with an output that is the fact and nothing else."""
    log = base.built.study.log
    assert log
    own = printed(fact.value)
    outputs = {at for at, one in enumerate(log.outputs) if one.text == own and one.trace.facts == {fact.path}}
    return {at for at, line in enumerate(base.lines) if outputs & line.outputs}


@pytest.mark.parametrize("path", numbers())
def test_what_depends_on_a_number_changes_with_it_and_nothing_else(path: str, base: Base, tmp_path: Path) -> None:
    assert base.built.study.facts
    fact = base.built.study.facts.all[path]
    dependent = {at for at, line in enumerate(base.lines) if path in line.facts}
    changed: set[int] = set()
    for mutation in MUTATIONS:
        if mutation == "down" and dependent <= changed:
            break
        text = base.text[: fact.node.start] + mutated(fact, mutation) + base.text[fact.node.end :]
        facts = tmp_path / f"{mutation}.yaml"
        facts.write_text(text, "utf-8")
        own: set[int] = set()
        for before, after in changes(base.lines, traced.lines(render(facts, base.pack))):
            own |= {base.lines.index(line) for line in before}
            assert explained(path, before, after), (before, after)
        assert prints(base, fact) <= own
        changed |= own
    assert [base.lines[at].text for at in sorted(dependent - changed)] == []


def test_a_change_that_a_fact_does_not_explain_is_seen() -> None:
    own, other = (Line("正文", 1, text, frozenset([text]), frozenset(), frozenset()) for text in "甲乙")
    assert list(changes([own, other], [own, own])) == [([other], [own])]
    assert list(changes([own, other], [own])) == [([other], [])]
    assert explained("甲", [own], [other])
    assert not explained("甲", [other], [other])
    assert not explained("甲", [other], [])
    assert not explained("甲", [own, other], [own])
    assert explained("甲", [], [own])


def test_every_number_of_the_sample_is_used(base: Base) -> None:
    """A number that no paragraph depends on would pass the test above by saying nothing."""
    used = frozenset[str]().union(*(line.facts | line.conditions for line in base.lines))
    assert [path for path in numbers() if path not in used] == []

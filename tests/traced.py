"""A traced build read back: which stretch of which paragraph was printed by which output, and from which facts."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.language import strip
from reportgen.schema import Kind
from reportgen.word.text import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.build import Built, Study

_STEPS = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_MEASURED = re.compile(r"[0-9０-９]|[〇零一二两三四五六七八九十百千万亿]")
_UNIT = "万元"


class Line(NamedTuple):
    """A paragraph: its place, its text, the facts it prints or is computed from, and those it stands under."""

    part: str
    number: int
    text: str
    facts: frozenset[str]
    conditions: frozenset[str]
    outputs: frozenset[int]


def at(values: object, path: str) -> Any:  # noqa: ANN401 — any fact
    """Give the value at a fact's path."""
    for name, number in _STEPS.findall(path):
        values = values[name] if name else values[int(number) - 1]  # type: ignore[index]  # a group or a list
    return values


def lines(built: Built) -> list[Line]:
    """Give every paragraph of the first document with what its outputs remember.

    An output over several paragraphs is a text whose own tags stand in them: what each is made of, they say themselves.
    """
    document, found = read(built.documents[0].data, "report.docx", traced=True)
    assert document, found
    assert built.study.log
    outputs = built.study.log.outputs
    spread = Counter(mark.output for one in document.paragraphs for mark in one.marks)
    listed = []
    for one in document.paragraphs:
        traces = [outputs[mark.output].trace for mark in one.marks]
        whole = [outputs[mark.output].trace for mark in one.marks if spread[mark.output] == 1]
        facts = frozenset[str]().union(*(trace.facts for trace in whole))
        conditions = frozenset[str]().union(*(trace.conditions for trace in traces))
        marks = frozenset(mark.output for mark in one.marks)
        listed.append(Line(one.part, one.number, one.text, facts, conditions, marks))
    return listed


def prose_of(study: Study) -> set[str]:
    """Give every text that is written by hand with tags in it: of facts and of indicators."""
    assert study.facts
    texts = [at(study.values, fact.path) for fact in study.facts.all.values() if fact.kind is Kind.PROSE]
    results: Any = study.values["指标"]
    texts += [one[key] for one in results.values() for key in ("说明", "改进", "条款情况")]
    texts += [one["原因"] for one in results.values() if strip(one["原因"])[1]]  # those without tags the engine writes
    return {strip(text)[0] for text in texts}


def loose_numerals(built: Built) -> Iterator[str]:
    """Give the body's paragraphs with a numeral that no output printed and no name of 专名 holds; those are shown as ….

    An output that prints prose covers nothing: in it, only the outputs of its own tags do.
    """
    study = built.study
    assert study.log
    assert study.pack
    assert study.facts
    prose = prose_of(study)
    document, found = read(built.documents[0].data, "report.docx", traced=True)
    assert document, found
    for one in document.paragraphs:
        if one.part != "正文":
            continue
        text = one.text
        for start, end, output in one.marks:
            if strip(study.log.outputs[output].text)[0] not in prose:
                text = text[:start] + "…" * (end - start) + text[end:]
        for name in (*study.pack.names, *study.facts.names, _UNIT):
            text = text.replace(name, "…" * len(name))
        if _MEASURED.search(text):
            yield text

"""A document and the proofs of its figures in, a copy for Word out: each proved figure says where it is from.

It stands in a content control whose title says so; one that nobody proves is yellow, with a comment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Span
from reportgen.explain import INDICATORS, explain
from reportgen.facts import INVENTED
from reportgen.language import Tag
from reportgen.proof import Status
from reportgen.review.knowledge import card, place
from reportgen.word.annotate import annotate
from reportgen.word.controls import MAX_TITLE, Stretch, control

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.build import Document, Study
    from reportgen.proof import Proof

_DOUBTS: Final = {
    Status.PROSE: "“{figure}”是手写在“{typed}”的文字里的，没有数据为它作证，请对照原始材料核实。",
    Status.TEMPLATE: "“{figure}”是手写在模板里的，不随数据变化，请核实它该不该是固定的。",
    Status.UNPROVED: "数据里找不到“{figure}”，请对照原始材料核实。",
}
_LOOP: Final = "loop."
_NUMBERED: Final = "自动编号"
_ELLIPSIS: Final = "…"


def copy(document: Document, proofs: Sequence[Proof], study: Study) -> bytes:
    """Write the copy of a document as it was built, without marks; the proofs are those of the same build traced."""
    known: dict[str, str] = {}
    stretches = [
        Stretch(
            one.paragraph.part,
            one.paragraph.number,
            one.paragraph.text,
            one.figure.start,
            one.figure.end,
            _title(one, study, known) if one.status is Status.PROVED else "",
        )
        for one in proofs
    ]
    marked = control(document.data, document.name, stretches)
    assert marked is not None  # noqa: S101 — what was built can be opened
    doubts = [(_span(one, document.name), [_doubt(one)]) for one in proofs if one.status in _DOUBTS]
    return (annotate(marked, document.name, doubts) if doubts else None) or marked


def _span(one: Proof, path: str) -> Span:
    return Span(path, line=one.paragraph.number, part=one.paragraph.part, cell=one.paragraph.cell)


def _doubt(one: Proof) -> str:
    return _DOUBTS[one.status].format(figure=one.figure.text, typed=one.typed)


def _title(one: Proof, study: Study, known: dict[str, str]) -> str:
    """Say in the length of a title what a figure is: value and unit, the rule, the line."""
    facts = sorted(one.trace.facts)
    values = [card(name) for name in sorted(one.trace.through) if card(name)]
    if len(values) == 1:
        return _fitted(one.figure.text, values[0].removeprefix(f"{INDICATORS}."), _line(values[0], study, known))
    if len(facts) == 1:
        return _fitted(_value(facts[0], study) or one.figure.text, facts[0], _line(facts[0], study, known))
    counted = any(name.startswith(_LOOP) for name in one.trace.through) and not facts
    rules = [] if counted else list(_tags(one, study))
    where = f"{_line(facts[0], study, known)} 等" if facts else ""
    return _fitted(one.figure.text, rules[0] if rules else _NUMBERED, where)


def _tags(one: Proof, study: Study) -> Iterator[str]:
    """Give the tags that printed a figure, as typed."""
    outputs = study.log.outputs if study.log else []
    for at in one.outputs:
        by = outputs[at].by
        if isinstance(by, Tag):
            yield " ".join(by.text.split())


def _value(name: str, study: Study) -> str:
    """Give the value of a fact with its unit, and whether it is invented."""
    fact = study.facts.all.get(name) if study.facts else None
    lines = explain(study, name)[0]
    said = lines[0].text if lines else ""
    plain = said.removesuffix(f"（{fact.source}）") if fact else said
    return f"虚构 {plain}" if fact and fact.source == INVENTED else plain


def _line(name: str, study: Study, known: dict[str, str]) -> str:
    """Name the line of a fact or an indicator; each is looked up once."""
    if name not in known:
        facts = study.facts.all if study.facts else {}
        lines = explain(study, name)[0] if name not in facts else []
        known[name] = place(facts[name].span if name in facts else lines[0].span if lines else None)
    return known[name]


def _fitted(value: str, rule: str, line: str) -> str:
    """Put a title together, and shorten the value and then the rule until it fits."""
    value = " ".join(value.split())
    short = value if len(value) <= MAX_TITLE // 3 else f"{value[: MAX_TITLE // 3 - 1]}{_ELLIPSIS}"
    room = MAX_TITLE - len(" ｜ ".join([short, "", *filter(None, [line])]))
    fitting = rule if len(rule) <= room else f"{_ELLIPSIS}{rule[1 - room :]}" if room > 1 else ""
    return " ｜ ".join(filter(None, [short, fitting, line]))[:MAX_TITLE]

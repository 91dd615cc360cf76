"""The proofs of a document in; what a reviewer can be shown of each figure out, as plain data that JSON can hold.

Facts and computed values are told once, by name; figures refer to them.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Messages
from reportgen.explain import INDICATORS, explain, said
from reportgen.facts import INVENTED
from reportgen.language import Tag, trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.build import Study
    from reportgen.diagnostics import Span
    from reportgen.explain import Line
    from reportgen.facts import Fact
    from reportgen.indicators.definition import Indicator
    from reportgen.proof import Proof

_SAY: Final = Messages("zh")
_OWN_LINES: Final = 1  # of a fact: what it is itself, before what is said about it


def knowledge(proofs: Sequence[Proof], study: Study) -> dict[str, Any]:
    """Give `facts` and `values` by name, `figures` in reading order, and `indicators` in the order of the report."""
    cards = {name: own for one in proofs for name in one.trace.through if (own := card(name))}
    declared = study.pack.system.indicators if study.pack else ()
    names = dict.fromkeys([*(f"{INDICATORS}.{one.name}" for one in declared), *sorted(cards.values())])
    values = {name: one for name in names if (one := _value(name, study))}
    traces: dict[tuple[tuple[str, ...], ...], int] = {}
    figures = [_figure(one, cards, traces, study) for one in proofs]
    known = study.facts.all if study.facts else {}
    used = {name for one in traces for names in one[:2] for name in names}
    used |= {name for one in values.values() for name in one["from"]} | {one.typed for one in proofs}
    return {
        "facts": {name: _fact(fact, study) for name, fact in known.items() if name in used},
        "values": values,
        "traces": list(traces),
        "figures": figures,
        "indicators": [one for each in declared if (one := _scored(each, study))],
    }


def place(span: Span | None) -> str:
    """Name the file and the line of a place; folders are those of whoever built it, and are left out."""
    return f"{PurePath(span.path).name}:{span.line}" if span and span.line else ""


def invented(names: Iterable[str], known: Mapping[str, Fact]) -> bool:
    """Whether any of the facts says of itself that it is invented."""
    return any(known[name].source == INVENTED for name in names if name in known)


def card(name: str) -> str:
    """Give the name under which a computed value is explained: that of its indicator, if it is part of one.

    There is none for what only counts the rounds of a loop.
    """
    first, *rest = name.split(".")
    if first == "loop":
        return ""
    return ".".join([first, *rest[:1]]) if first == INDICATORS else name


def _value(name: str, study: Study) -> dict[str, Any] | None:
    """Explain a computed value; None where there is nothing to say of it, as of a list."""
    lines, _ = explain(study, name)
    value: Any = study.values
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    parts = [value.get("值"), value.get("得分")] if isinstance(value, dict) else [value]
    origin = [trace(one) for one in parts]
    facts = set().union(*(one.facts | one.conditions for one in origin))
    told = [one for one in lines if not _of_fact(one, facts)]
    return {"lines": list(_lines(told)), "from": sorted(facts)} if told else None


def _of_fact(line: Line, facts: set[str]) -> bool:
    return line.text.partition(" = ")[0] in facts


def _fact(fact: Fact, study: Study) -> dict[str, Any]:
    lines = list(_lines(explain(study, fact.path)[0]))
    items = f"{len(fact.value)} 项" if isinstance(fact.value, list) else ""
    return {
        "value": lines[0][1].removesuffix(f"（{fact.source}）") if lines else items,
        "place": place(fact.span),
        "invented": fact.source == INVENTED,
        "lines": lines[_OWN_LINES:],
    }


def _lines(lines: Iterable[Line]) -> Iterator[list[str]]:
    yield from ([_SAY(one.label), one.text, place(one.span)] for one in lines)


def _figure(
    one: Proof, cards: Mapping[str, str], traces: dict[tuple[tuple[str, ...], ...], int], study: Study
) -> list[Any]:
    """Give the status of a figure, the number of its trace, its place, the text it was typed in, and its tags."""
    own = one.trace
    through = sorted({cards[name] for name in own.through if name in cards})
    key = (tuple(sorted(own.facts)), tuple(sorted(own.conditions - own.facts)), tuple(through))
    paragraph = one.paragraph
    outputs = study.log.outputs if study.log else []
    tags = dict.fromkeys(by.text for at in one.outputs if isinstance(by := outputs[at].by, Tag))
    where = f"{paragraph.part} 第{paragraph.number}段 {paragraph.cell}".rstrip()
    return [one.status.name, traces.setdefault(key, len(traces)), where, one.typed, list(tags)]


def _scored(one: Indicator, study: Study) -> dict[str, str] | None:
    """Give the row of an indicator in the list of all: where it belongs, its points, and why it lost some."""
    results: Any = study.values.get(INDICATORS)
    result = results.get(one.name) if isinstance(results, dict) else None
    if not isinstance(result, dict):
        return None
    scored = bool(result["计分"])
    lost = said(result["原因"]) if scored and result["扣分"] else ""
    return {
        "name": f"{INDICATORS}.{one.name}",
        "title": one.title,
        "level": " › ".join(one.levels),
        "full": said(result["分值"]),
        "points": said(result["得分"]) if scored else "不计分",
        "lost": lost,
    }

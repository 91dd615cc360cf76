"""A stretch of a paragraph is given as elements of its own, wherever its runs begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reportgen.word import places
from reportgen.word.stretches import Stretches
from tests.word_files import NAMESPACES

RUNS = st.lists(
    st.lists(st.sampled_from(["甲", "乙丙", "1 2", "<w:tab/>", "<w:br/>", "🙂", ""]), max_size=3), max_size=5
)


def made(runs: list[list[str]]) -> etree._Element:
    body = "".join(
        f"<w:r>{''.join(one if one.startswith('<') else f'<w:t>{one}</w:t>' for one in run)}</w:r>" for run in runs
    )
    return etree.fromstring(f"<w:p {NAMESPACES}>{body}</w:p>")


@given(RUNS, st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=4))
def test_stretches_are_cut_anywhere_in_any_order(runs: list[list[str]], cuts: list[tuple[int, int]]) -> None:
    paragraph = made(runs)
    text = places.text_of(paragraph)
    stretches = Stretches(paragraph)
    assert stretches.text == text
    for one in cuts:
        start, end = sorted(min(at, len(text)) for at in one)
        inside = stretches.between(start, end)
        assert "".join(map(places.said, inside)) == text[start:end]
        assert places.text_of(paragraph) == text
        runs_inside = dict.fromkeys(element.getparent() for element in inside)
        assert "".join(places.said(leaf) for run in runs_inside if run is not None for leaf in run) == text[start:end]

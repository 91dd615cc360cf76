"""Form by form: what a compiled template gives is what docxtpl gives, or is otherwise for a reason written down."""

from __future__ import annotations

import pytest

from tests.docxtpl_forms import FACTS, OTHERWISE, SAME, canonical, plain, xml_of
from tests.filled import template

ENOUGH = 40


def test_the_forms_are_enough() -> None:
    assert len(SAME) >= ENOUGH
    assert all(one.why for one in OTHERWISE.values())


@pytest.mark.parametrize("form", SAME)
def test_a_form_gives_the_document_that_docxtpl_gives(form: str) -> None:
    body, parts = SAME[form]
    theirs = plain(body, FACTS, **parts)
    ours, found = template(body, **parts).render(FACTS)
    assert ours is not None, found
    stories = [f"word/{kind.rstrip('s')}{at}.xml" for kind, own in parts.items() for at, _ in enumerate(own, 1)]
    for name in ("word/document.xml", *stories):
        assert canonical(xml_of(ours, name)) == canonical(xml_of(theirs, name))


@pytest.mark.parametrize("form", OTHERWISE)
def test_a_form_is_read_otherwise_for_a_reason(form: str) -> None:
    one = OTHERWISE[form]
    data, found = template(one.body).render(FACTS)
    assert data is not None, found
    ours, theirs = canonical(xml_of(data)), canonical(xml_of(plain(one.body, FACTS)))
    assert one.ours in ours
    assert one.ours not in theirs
    assert one.theirs in theirs
    assert not one.theirs or one.theirs not in ours

"""The reports of the corpus, faulty and faultless, as plain text and as Word file: what the rules say of them."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import Severity
from tests.corpus import FAULTLESS, FAULTY, FORMS, Report, findings, measure, reports, shown

FAULTY_REPORTS = reports(FAULTY)
FAULTLESS_REPORTS = reports(FAULTLESS)
ALL = {one.name: one for one in (*FAULTY_REPORTS, *FAULTLESS_REPORTS)}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("one", FAULTLESS_REPORTS, ids=lambda one: one.name)
def test_no_error_is_said_of_a_faultless_report(one: Report, form: str) -> None:
    assert [shown(said) for said in findings(one.read(form)) if said.severity is Severity.ERROR] == []


@pytest.mark.parametrize("name", ALL)
def test_text_and_word_file_have_the_same_lines_and_findings(name: str) -> None:
    text, document = (ALL[name].read(form) for form in FORMS)
    lines = ([f"{line.numeral}{line.text}" for line in one.lines if line.text] for one in (text, document))
    assert next(lines) == next(lines)
    said = (sorted(map(shown, findings(one))) for one in (text, document))
    assert next(said) == next(said)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("one", FAULTY_REPORTS, ids=lambda one: one.name)
def test_every_planted_fault_stands_once_in_its_report(one: Report, form: str) -> None:
    assert [fault for fault, _ in measure(one, form).faults] == list(one.planted) != []

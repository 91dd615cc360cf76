"""A rule has an example that earns it, and the same example mended, which earns nothing; the reference shows both."""

from __future__ import annotations

import pytest

from reportgen.cli.catalogue import RULES
from tests import rule_examples

EXAMPLES = rule_examples.examples()
# A finding that cannot be written down as dismissed stays, and what keeps a file from being read is said as well.
# Too many files need not be there, too many mistakes need mistakes, a total that is no sum is no true one either, and
# where too few figures are proved each of the others is named.
WITH_OTHERS = {
    "A803": {"S013"},
    "A805": {"A601"},
    "F233": {"S001"},
    "N103": {"N101"},
    "N207": {"N204"},
    "S120": {"S102"},
}


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_bad_example_earns_the_rule_and_no_other(code: str) -> None:
    said = rule_examples.said(EXAMPLES[code], "bad")
    assert set(said.codes) - WITH_OTHERS.get(code, set()) == {code}
    assert all(f"[{code}]" in printed for printed in said.printed.values())


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_good_example_earns_nothing(code: str) -> None:
    assert rule_examples.said(EXAMPLES[code], "good").codes == []


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    assert set(EXAMPLES) == set(RULES)

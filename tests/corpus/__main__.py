"""Measure the rules on the corpus: `python -m tests.corpus [--rules A1 R] [--form docx] [NAME …]`.

Prints for every report what was missed and what was found without being planted, then both for every rule.
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from reportgen.diagnostics import Messages, told
from tests.corpus import FAULTLESS, FAULTY, FORMS, measure, reports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.corpus import Measured


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of the names of reports; all of them by default")
    parser.add_argument("--rules", nargs="*", default=[""], help="what the codes of rules begin with")
    parser.add_argument("--form", choices=FORMS, default=FORMS[0])
    asked = parser.parse_args(arguments)
    wanted = tuple(asked.rules)
    chosen = (one for folder in (FAULTY, FAULTLESS) for one in reports(folder))
    planted, found, false = Counter[str](), Counter[str](), Counter[str]()
    for one in chosen:
        if asked.names and not any(name in one.name for name in asked.names):
            continue
        measured = measure(one, asked.form)
        _print(measured, wanted)
        for fault, hit in measured.faults:
            planted[fault.rules[0]] += 1
            found[fault.rules[0]] += hit
        false.update(each.rule.code for each in measured.unplanted)
    print("\nrule  planted found unplanted")  # noqa: T201 — a command
    for code in sorted({*planted, *false}):
        if code.startswith(wanted):
            print(f"{code} {planted[code]:8} {found[code]:5} {false[code]:9}")  # noqa: T201 — a command
    total = sum(count for code, count in planted.items() if code.startswith(wanted))
    hits = sum(count for code, count in found.items() if code.startswith(wanted))
    print(f"all  {total:8} {hits:5}  recall {hits / max(total, 1):.1%}")  # noqa: T201 — a command


def _print(measured: Measured, wanted: tuple[str, ...]) -> None:
    said = Messages("en")
    faults = [(one, hit) for one, hit in measured.faults if any(code.startswith(wanted) for code in one.rules)]
    rest = [one for one in measured.unplanted if one.rule.code.startswith(wanted)]
    print(f"{measured.report.name}: {sum(hit for _, hit in faults)} of {len(faults)} found")  # noqa: T201 — a command
    for fault, hit in faults:
        if not hit:
            print(f"  missed {'/'.join(fault.rules)}: {' | '.join(fault.quotes)}")  # noqa: T201 — a command
    for one in rest:
        message = told(one, said)[0]
        quote = one.span.quote[:60]
        print(f"  not planted: {one.severity} {one.rule.code} ¶{one.span.line} “{quote}”: {message}")  # noqa: T201 — a command


if __name__ == "__main__":
    main()

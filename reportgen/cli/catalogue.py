"""The command `rules`: it loads every module that declares a rule, and lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import reportgen.cli.authors
import reportgen.cli.checking
import reportgen.cli.clerk
import reportgen.cli.copies
import reportgen.packs.order
import reportgen.pdf  # noqa: F401 — all for the rules that they and what they use declare
from reportgen.cli.face import OK
from reportgen.diagnostics import RULES, Severity, Span, rule

if TYPE_CHECKING:
    import argparse

    from reportgen.cli.face import Face

__all__ = ["RULES", "rules"]

NO_RULE = rule("S007", "unknown-rule", Severity.ERROR, "there is no rule {code}", "`reportgen rules` lists them all")


def rules(options: argparse.Namespace, face: Face) -> int:
    """List all rules, or explain one."""
    wanted = options.code.upper() if options.code else None
    chosen = [RULES[code] for code in sorted(RULES) if wanted in {None, code}]
    if not chosen:
        return face.found([NO_RULE.at(Span(), code=options.code)])
    for one in chosen:
        print(f"{one.code}  {one.name}  {face.pattern(one.message)}")
        if options.code and one.help:
            print(f"      {face.pattern(one.help)}")
    return OK

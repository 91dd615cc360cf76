"""What `check` writes for others to read: a copy of a report with comments of Word at its findings, a page of both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.face import ERRORS, Face, fresh
from reportgen.diagnostics import N_, Diagnostic, Severity, Span, beside, rule, told
from reportgen.review.findings import findings
from reportgen.word.annotate import annotate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.dismissals import Dismissal
    from reportgen.document import Checked

NO_COMMENTS = rule(
    "A807",
    "no-comments",
    Severity.ERROR,
    "a text file cannot hold comments of Word",
    "give the Word file of the report, or write a page for the browser: --html 检查结果.html",
)


def annotated(checked: Checked, found: Sequence[Diagnostic], face: Face) -> int:
    """Write a copy of a Word file in which each finding is a comment, at every place that it names."""
    if checked.text:
        return face.found([NO_COMMENTS.at(Span())]) or ERRORS
    path = str(checked.path)
    remarks = [(one.span, told(one, face.say)) for one in found if one.span.path == path]
    remarks += [
        (label.span, [word, told(one, face.say)[0]])
        for one in found
        for label, word in beside(one, face.say)
        if label.span.path == path
    ]
    copy = annotate(checked.data, path, sorted(remarks))
    if copy is None:
        face.line(N_("The file cannot be opened: there is no copy with comments"))
        return ERRORS
    return fresh(Path(face.options.annotate), copy, face)


def paged(
    checked: Checked, found: Sequence[Diagnostic], dismissed: Sequence[tuple[Diagnostic, Dismissal]], face: Face
) -> int:
    """Write a page for the browser with the findings beside the words of the report."""
    if checked.document is None:
        face.line(N_("The file cannot be opened: there is no page"))
        return ERRORS
    reasons = [(one, why.reason) for one, why in dismissed]
    page = findings(checked.path.name, checked.document, found, reasons)
    return fresh(Path(face.options.html), page.encode("utf-8", "replace"), face)

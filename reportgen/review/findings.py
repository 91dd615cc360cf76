"""The findings about a document in, one page for the browser out: each beside the words that it is about.

It needs no other file and asks nothing of a network. Findings lead to their words and words to their findings by plain
links; the script only filters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.diagnostics import Messages, Severity, advice, beside, message
from reportgen.report.lines import MAIN
from reportgen.review.sheet import Sheet, escaped, filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.word.text import Document, Paragraph

_SAY: Final = Messages("zh")
_WORDS: Final = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
_FAMILIES: Final = {
    "A1": "得分",
    "A2": "金额、比率",
    "A3": "名单、个数",
    "A4": "日期、期间",
    "A5": "前后说法",
    "A6": "封面、内容",
    "A8": "核对记录",
    "R": "用词、标点",
    "D": "公文格式",
    "N": "数字的来历",
}
_OTHER: Final = "文件本身"
_SHOWN: Final = 120  # characters of a quote that are shown beside its finding


class _Mark(NamedTuple):
    """A stretch of a paragraph that finding number `of` is about; `key` is the id of the place in the page."""

    start: int
    end: int
    of: int
    key: str


def findings(
    title: str, document: Document, found: Sequence[Diagnostic], dismissed: Sequence[tuple[Diagnostic, str]]
) -> str:
    """Write the page of one document; those that were dismissed come with the reason."""
    page = _Page(document, found)
    counts = Counter(one.severity for one in found)
    return filled(
        "findings",
        {
            "title": escape(title),
            "families": page.families(),
            "list": "\n".join([*page.groups(), *_dismissed(dismissed)]),
            "report": "\n".join(Sheet(document, page.within).parts()),
            **{f"count_{one}": counts[one] for one in Severity},
        },
    )


class _Page:
    """Writes the findings, and the text of each paragraph with a mark at their words."""

    def __init__(self, document: Document, found: Sequence[Diagnostic]) -> None:
        self._path = document.path
        self._found = found
        self._texts = {(one.part, one.number): one.text for one in document.paragraphs}
        self._marks: dict[tuple[str, int], list[_Mark]] = defaultdict(list)
        for number, one in enumerate(found):
            self._mark(one.span, number, f"q{number}")
            for at, label in enumerate(one.related):
                self._mark(label.span, number, f"q{number}-{at}")

    def _mark(self, span: Span, of: int, key: str) -> None:
        where = (span.part or MAIN, span.line)
        text = self._texts.get(where)
        if span.path == self._path and text is not None:
            exact = 0 < span.column < span.end_column <= len(text) + 1
            start, end = (span.column - 1, span.end_column - 1) if exact else (0, len(text))
            self._marks[where].append(_Mark(start, end, of, key))

    def families(self) -> str:
        """Write a choice for each family of rules that something was found by."""
        names = dict.fromkeys([*_FAMILIES.values(), _OTHER])
        met = Counter(_family(one) for one in self._found)
        return "".join(f'<option value="{name}">{name}（{met[name]}）</option>' for name in names if met[name])

    def groups(self) -> Iterator[str]:
        """Write the findings, the worst first."""
        for severity, word in _WORDS.items():
            cards = [self._card(at, one) for at, one in enumerate(self._found) if one.severity is severity]
            if cards:
                yield f'<section class="group"><h2>{word}（{len(cards)}）</h2><ol>{"".join(cards)}</ol></section>'
        if not self._found:
            yield "<p>没有发现问题。</p>"

    def _card(self, at: int, one: Diagnostic) -> str:
        others = "".join(
            f"<li>{self._quoted(label.span, f'q{at}-{number}')} {escape(word)}</li>"
            for number, (label, word) in enumerate(beside(one, _SAY))
        )
        help_ = escape(advice(one, _SAY)).replace("\n", "<br>")
        number = f"编号 <code>{one.fingerprint}</code>，" if one.fingerprint else ""
        return (
            f'<li class="card {one.severity}" id="e{at}" tabindex="-1" data-family="{_family(one)}">'
            f'<p class="said"><span class="badge">{_WORDS[one.severity]}</span> {escape(message(one, _SAY))}</p>'
            f"<p>{self._quoted(one.span, f'q{at}')}</p>"
            + (f'<ul class="others">{others}</ul>' if others else "")
            + (f'<p class="help">{help_}</p>' if help_ else "")
            + f'<p class="where">{number}规则 {one.rule.code}</p></li>'
        )

    def _quoted(self, span: Span, key: str) -> str:
        """Write the words of a place as a link to them, and where they are."""
        place = f'<span class="where">{escape(_place(span))}</span>'
        quote = " ".join(span.quote.split()) or "这里"
        short = quote if len(quote) <= _SHOWN else f"{quote[: _SHOWN - 1]}…"
        known = span.path == self._path and (span.part or MAIN, span.line) in self._texts
        return f'<a class="to" href="#{key}">{escape(short)}</a> {place}' if known else place

    def within(self, paragraph: Paragraph) -> str:
        """Write the text of a paragraph; each stretch leads to the worst finding about it."""
        text = paragraph.text
        begins: dict[int, list[_Mark]] = defaultdict(list)
        ends = {0, len(text)}
        for one in sorted(self._marks.get((paragraph.part, paragraph.number), ())):
            begins[one.start].append(one)
            ends |= {one.start, one.end}
        pieces: list[str] = []
        open_: list[_Mark] = []
        for start, end in pairwise([*sorted(ends), len(text)]):
            begun = begins.get(start, [])
            open_ = [one for one in (*open_, *begun) if one.end > start]
            pieces += [f'<i class="at" id="{one.key}"></i>' for one in begun]
            said = escaped(text[start:end])
            if open_ and said:
                worst = max(open_, key=lambda one: (self._found[one.of].severity, -one.of))
                about = " ".join(dict.fromkeys(f"e{one.of}" for one in open_))
                kind = self._found[worst.of].severity
                said = f'<a class="q {kind}" href="#e{worst.of}" data-of="{about}">{said}</a>'
            pieces.append(said)
        return "".join(pieces)


def _family(one: Diagnostic) -> str:
    code = one.rule.code
    return _FAMILIES.get(code[:2], _FAMILIES.get(code[0], _OTHER))


def _place(span: Span) -> str:
    if span.part:
        return f"{span.part} 第{span.line}段 {span.cell}".rstrip() if span.line else span.part
    return f"第{span.line}行" if span.line else "整份文件"


def _dismissed(dismissed: Sequence[tuple[Diagnostic, str]]) -> Iterator[str]:
    """Write what somebody looked at and found in order."""
    if dismissed:
        told = "".join(
            f'<li class="card"><p>{escape(message(one, _SAY))}</p><p class="where">{escape(_place(one.span))}</p>'
            f'<p class="help">{escape(reason)}</p><p class="where">编号 <code>{one.fingerprint}</code></p></li>'
            for one, reason in dismissed
        )
        yield f'<section class="group"><h2>核对过、不用改的</h2><ol>{told}</ol></section>'

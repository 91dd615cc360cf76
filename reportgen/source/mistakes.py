"""The YAML parser's complaint in, what the writer most likely meant out: a diagnostic that shows the mended line."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportgen.diagnostics import N_, Diagnostic, Label, Severity, Span, rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.source.nodes import Node
    from reportgen.source.places import Source

SYNTAX = rule("S101", "yaml-syntax", Severity.ERROR, "this cannot be read: {problem}", "see the guide on facts files")
ALIAS = rule(
    "S103",
    "yaml-alias",
    Severity.ERROR,
    "a text cannot begin with “{character}”, which YAML takes for a reference",
    "if the text begins like this, put it in quotes: {mended}; "
    "if a reference to another value is meant, write that value out here",
)
STARTS_WITH_TAG = rule(
    "S105",
    "starts-with-tag",
    Severity.ERROR,
    "a value cannot begin with a tag in the line of its key",
    "write the text below, as a block:\n{mended}",
)
EXPLICIT_TAG = rule(
    "S107",
    "yaml-tag",
    Severity.ERROR,
    "a text cannot begin with “!”, which YAML takes for a type",
    "put the text in quotes: {mended}",
)
SEVERAL = rule(
    "S108",
    "several-documents",
    Severity.ERROR,
    "a file holds one document; here begins another",
    "remove the line “---” or “...”, or put what follows into a file of its own",
)
FULL_WIDTH = rule(
    "S111",
    "full-width-colon",
    Severity.ERROR,
    "after a name come a half-width colon and a space, not “{colon}”",
    "write: {mended}",
)
INDENTED = rule(
    "S112",
    "indentation-character",
    Severity.ERROR,
    "a line is indented with half-width spaces, not with {character}",
    "replace it by half-width spaces, two for each level",
)
QUOTE = rule(
    "S114",
    "unclosed-quote",
    Severity.ERROR,
    "the quote mark {quote} that opens here is not closed",
    "close it at the end of the text, in the same line; within the text use “” quotes",
)
BRACKET = rule(
    "S115",
    "unclosed-bracket",
    Severity.ERROR,
    "the bracket “{bracket}” that opens here is not closed properly",
    "close it with “{closing}”; put half-width commas between items, and quotes round what holds commas or brackets",
)
CHARACTER = rule(
    "S116",
    "special-character",
    Severity.ERROR,
    "a text cannot begin with “{character}”, which has a meaning of its own here",
    "put the text in quotes: {mended}",
)
GLUED = rule(
    "S119",
    "colon-without-space",
    Severity.ERROR,
    "there is no space between the colon and the value",
    "write: {mended}",
)

_NO_NAME = r""":：﹕∶#"'\[\]{}，。；、…"""  # what stands in no name
_HEAD = rf"(?P<head>[ \u3000\xa0]*(?:- +)*(?!\d+[:：])[^-\s|>{_NO_NAME}][^\n{_NO_NAME}]{{0,29}})"
# Made when something is wrong, since all three take long to make; `re` keeps them.
_WIDE_COLON = _HEAD + r"(?P<colon>[：﹕∶])[ \t\u3000]*(?P<rest>.*)"
_TIGHT_COLON = _HEAD + r"(?P<colon>:)\u3000*(?P<rest>[^\s:/].*)"
_TAG_VALUE = r"(?P<head>(?P<margin> *)(?P<dashes>(?:- +)*)(?:[^\s:#\[{][^\n:]*: +)?)(?P<rest>\{[{%].*)"
_LINES = 101  # lines of a text that are looked at
_SHOWN = 160  # characters of a line that are looked at and shown
_CLOSING = {"[": "]", "{": "}"}
_SPACES = {"\t": N_("tabs"), "\u3000": N_("full-width spaces"), "\xa0": N_("no-break spaces")}


class Scene(NamedTuple):
    """Where and how reading failed: the parser's words and offsets, and what was read last.

    `began` is where the parser's context began, `last` the last value read (its style is `alias` for a reference),
    `opened` the innermost open bracket; offsets count characters, -1 stands for none.
    """

    source: Source
    problem: str
    context: str
    at: int
    began: int
    last: tuple[int, int, str]
    opened: int

    @property
    def text(self) -> str:
        """The text that was read."""
        return self.source.text

    def span(self, start: int, end: int = -1) -> Span:
        """Give the place from `start` to `end`, or to the end of its line."""
        return self.source.span(start, line_end(self.text, start) if end < 0 else end)


def explain(scene: Scene) -> Diagnostic | None:
    """Say what is wrong where reading stopped; None where an earlier finding has said it."""
    if scene.last[2] == "alias" and "\n" not in scene.text[scene.last[1] : scene.at]:
        return None
    words = f"{scene.context} {scene.problem}".strip()
    return next(filter(None, (look(scene) for look in _LOOKS)), None) or SYNTAX.at(
        scene.span(scene.at),
        problem=Label(Span(), N_("it is not valid YAML ({words})"), {"words": words}),
    )


def line_start(text: str, at: int) -> int:
    """Give the offset at which the line of `at` begins."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Give the offset after the last visible character of the line of `at`, within what is shown of a line."""
    end = text.find("\n", at, at + _SHOWN)
    return at + len(text[at : end if end >= 0 else at + _SHOWN].rstrip())


def quoted(text: str, at: int) -> str:
    """Give what stands at an offset as YAML would take it for text: in quotes."""
    before, rest = text[line_start(text, at) : at], text[at : line_end(text, at)]
    ends = r": | #|[,\]}]" if re.search(r"[\[{]", before) else r": | #"
    value = rest[:1] + re.split(ends, rest[1:], maxsplit=1)[0].rstrip()
    return f"'{value}'" if '"' in value or "\\" in value else f'"{value}"'


def colon(source: Source, start: int, end: int) -> Diagnostic | None:
    """Find a full-width colon, or one without a space, where `text[start:end]` was meant as a key and its value."""
    for kind, pattern in ((FULL_WIDTH, _WIDE_COLON), (GLUED, _TIGHT_COLON)):
        if match := re.compile(pattern).match(source.text, start, end):
            at = match.start("colon")
            mended = f"{match['head'].strip()}: {match['rest']}".strip()
            return kind.at(source.span(at, at + 1), colon=match["colon"], mended=mended)
    return None


def misread(node: Node) -> list[Diagnostic]:
    """Find in a text that was meant as names with values, line by line, what keeps it from being that."""
    lines = islice(re.finditer(r"[^\n]+", node.source.text[node.start : node.end]), _LINES)
    found = [colon(node.source, node.start + line.start(), node.start + line.end()) for line in lines]
    return [one for one in found if one]


def tag_value(source: Source, at: int) -> Diagnostic | None:
    """Find a value that begins with a tag in the line of `at`, where YAML sees a bracket."""
    text = source.text
    start = line_start(text, at)
    match = re.compile(_TAG_VALUE).match(text, start, line_end(text, at))
    if not match:
        return None
    head, rest = match["head"], match["rest"]
    indent = len(match["margin"] + match["dashes"])
    if head.endswith(": "):
        indent += 2
    elif not match["dashes"]:
        above = text[line_start(text, start - 1) : max(start - 1, 0)].rstrip()
        if not above.endswith(":"):
            return None
        head, indent = f"{above} ", max(indent, len(above) - len(above.lstrip(" -")) + 2)
    mended = f"{head}|\n{' ' * indent}{rest}"
    return STARTS_WITH_TAG.at(source.span(match.start("rest"), match.end()), mended=mended)


def indented(source: Source, at: int) -> Diagnostic:
    """Say which character other than a space indents a line."""
    return INDENTED.at(source.span(at, at + 1), character=Label(Span(), _SPACES[source.text[at]]))


def bracket(scene: Scene, at: int) -> Diagnostic:
    """Say that the bracket at an offset is not closed, and how far it was read."""
    sign = scene.text[at]
    read = (Label(scene.span(scene.at, scene.at + 1), N_("read up to here")),)
    return BRACKET.at(scene.span(at, at + 1), related=read, bracket=sign, closing=_CLOSING[sign])


def _syntax(scene: Scene, at: int, problem: str, advice: str, related: tuple[Label, ...] = ()) -> Diagnostic:
    return SYNTAX.at(scene.span(at), help=advice, related=related, problem=Label(Span(), problem))


def _tag_value(scene: Scene) -> Diagnostic | None:
    begun = tag_value(scene.source, scene.began) if scene.began >= 0 else None
    return begun or tag_value(scene.source, scene.at)


def _indentation_character(scene: Scene) -> Diagnostic | None:
    return indented(scene.source, scene.at) if scene.text[scene.at : scene.at + 1] == "\t" else None


def _reference(scene: Scene) -> Diagnostic | None:
    mended = quoted(scene.text, scene.began)
    if "anchor" in scene.context or "alias" in scene.context:
        return ALIAS.at(scene.span(scene.began), character=scene.text[scene.began], mended=mended)
    return EXPLICIT_TAG.at(scene.span(scene.began), mended=mended) if " tag" in scene.context + scene.problem else None


def _quote(scene: Scene) -> Diagnostic | None:
    start, end, style = scene.last
    if "quoted scalar" in scene.context:
        if scene.problem.startswith("found unexpected"):
            return QUOTE.at(scene.span(scene.began), quote=scene.text[scene.began])
        return _syntax(
            scene, scene.at, N_("a backslash in double quotes has a meaning of its own"), N_("use single quotes")
        )
    if style == "quoted" and "\n" in scene.text[start:end] and "did not find" in scene.problem:
        return QUOTE.at(scene.span(start), quote=scene.text[start])
    return None


def _bracket(scene: Scene) -> Diagnostic | None:
    if scene.context.startswith("while parsing a flow") and "expected ','" in scene.problem:
        return bracket(scene, scene.began)
    return bracket(scene, scene.opened) if scene.opened >= 0 and scene.at >= len(scene.text.rstrip()) else None


def _block_header(scene: Scene) -> Diagnostic | None:
    if scene.context != "while scanning a block scalar":
        return None
    return _syntax(scene, scene.at, N_("after “|” or “>” the line ends"), N_("begin the text in the next line"))


def _colon(scene: Scene) -> Diagnostic | None:
    start, end, style = scene.last
    if "could not find expected ':'" in scene.problem:
        return _no_colon(scene, line_start(scene.text, scene.began))
    own_line = line_start(scene.text, start)
    alone = style == "plain" and start < end and not scene.text[own_line:start].strip(" -")
    if alone and scene.problem.startswith(("mapping values", "did not find expected <document start>")):
        return _no_colon(scene, own_line)
    if not scene.problem.startswith("mapping values") or style != "plain":
        return colon(scene.source, own_line, line_end(scene.text, own_line)) if alone else None
    if "\n" not in scene.text[start:end]:
        advice = N_("put the whole text after the first colon in quotes")
        return _syntax(scene, scene.at, N_("a second colon stands in the line"), advice)
    advice = N_("move it to the left, under the entry it stands beside; or leave the entry above without a value")
    at = end - len(scene.text[start:end].rsplit("\n", 1)[1].lstrip())
    return _syntax(scene, at, N_("the line stands deeper than the one above, which already has a value"), advice)


def _no_colon(scene: Scene, start: int) -> Diagnostic:
    end = line_end(scene.text, start)
    if found := colon(scene.source, start, end):
        return found
    at = start + len(scene.text[start:end]) - len(scene.text[start:end].lstrip())
    if re.match(r"-[^\s-]", scene.text[at:end]):
        return _syntax(scene, at, N_("after the dash of a list item stands a space"), N_("put a space after “-”"))
    advice = N_("write a name, a half-width colon and a space before the value; a text of several lines follows “|”")
    return _syntax(scene, at, N_("the line has no colon"), advice)


def _after_end(scene: Scene) -> Diagnostic | None:
    _, end, style = scene.last
    same_line = "\n" not in scene.text[end : scene.at]
    if style not in ("quoted", "flow") or not same_line or "did not find expected" not in scene.problem:
        return None
    advice = N_("put the whole value in quotes; if it holds \" quotes, use ' quotes around it")
    return _syntax(scene, scene.at, N_("text follows the closing quote or bracket"), advice)


def _indentation(scene: Scene) -> Diagnostic | None:
    if not scene.context.startswith("while parsing a block") or scene.problem.endswith("content"):
        return None
    if scene.last[2] == "block":
        advice = N_("indent every line of the text at least as deep as its first line")
        return _syntax(
            scene, scene.at, N_("the line stands neither under a name above nor deep enough for the text above"), advice
        )
    advice = N_("begin it exactly under the entries it belongs to, and do not mix list items with named entries")
    beside = (Label(scene.span(scene.began), N_("these entries begin here")),)
    return _syntax(scene, scene.at, N_("the line does not stand under the entries above it"), advice, beside)


def _dash(scene: Scene) -> Diagnostic | None:
    if not scene.problem.startswith("block sequence entries"):
        return None
    return _syntax(scene, scene.at, N_("a list does not begin in the line of its key"), N_("begin it in the next line"))


def _document(scene: Scene) -> Diagnostic | None:
    if "document" not in scene.problem and "directive" not in scene.context + scene.problem:
        return None
    directive = re.compile(r"^%", re.MULTILINE).search(scene.text, max(scene.last[1], 0))
    if directive and directive.start() <= scene.at:
        return _special(scene, directive.start())
    return SEVERAL.at(scene.span(scene.at))


def _character(scene: Scene) -> Diagnostic | None:
    words = ("cannot start any token", "node content", "mapping keys are not allowed")
    return (
        _special(scene, scene.at) if scene.problem.endswith(words[:2]) or scene.problem.startswith(words[2]) else None
    )


def _special(scene: Scene, at: int) -> Diagnostic:
    return CHARACTER.at(scene.span(at, at + 1), character=scene.text[at : at + 1], mended=quoted(scene.text, at))


_LOOKS: tuple[Callable[[Scene], Diagnostic | None], ...] = (
    _tag_value,
    _indentation_character,
    _reference,
    _quote,
    _bracket,
    _block_header,
    _colon,
    _after_end,
    _indentation,
    _dash,
    _document,
    _character,
)

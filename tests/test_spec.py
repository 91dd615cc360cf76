"""The pages of `spec/` are the specification: a `##` heading is a case, a fence a file, a marker what its line earns.

`# error: S102 "part of what is said"` (or warning, note) stands at the end of the line it is about. Where no comment
can stand, a line `error at 3: S102 "part"` follows the fence; line 0 is the file as a whole. `stage:` on top of a page
names its runner, which takes all files of a case by name; a file above the first case belongs to every case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import chdir
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

import pytest

from reportgen import narrative, report, schema
from reportgen.audit import audit
from reportgen.diagnostics import FORMATS, Diagnostic, Messages
from reportgen.facts import Facts, Number, bind, read
from reportgen.language import compile  # noqa: A004 — the field's word
from reportgen.prose import proofread
from reportgen.report.layout import of_pack
from reportgen.schema import Field, Kind
from reportgen.source import Node, parse, replaced
from reportgen.word.look import look
from tests import odd_yaml, official, small_packs, tags

T = TypeVar("T")
Files = Mapping[str, str]
Runner = Callable[[Files], list[Diagnostic]]

SPEC = Path(__file__).parent / "spec"
CASE = re.compile(r"^## (?P<title>.+)\n(?P<body>(?:(?!## ).*\n)*)", re.MULTILINE)
FENCE = re.compile(r"^```(?P<language>\w+)(?: (?P<name>\S+))?\n(?P<text>(?:(?!```).*\n)*)```\n", re.MULTILINE)
_WANT = r'(?P<severity>error|warning|note){}: (?P<code>[A-Z]\d{{3}})(?: "(?P<said>[^"]*)")?'
MARKER = re.compile("# " + _WANT.format(""))
LISTED = re.compile("^" + _WANT.format(r" at (?:(?P<file>[^\s:]+):)?(?P<line>\d+)"), re.MULTILINE)


class Want(NamedTuple):
    """A diagnostic that a page asks for."""

    file: str
    line: int
    severity: str
    code: str
    said: str


class Case(NamedTuple):
    """One heading of a page."""

    stage: str
    files: Files
    wanted: list[Want]


def source(files: Files) -> list[Diagnostic]:
    return [one for name, text in files.items() for one in parse(text, name)[1]]


def form(files: Files) -> list[Diagnostic]:
    return [one for name in files for one in _read(files, name, schema.read)[1]]


def facts(files: Files) -> list[Diagnostic]:
    return _bound(files)[1]


def prose(files: Files) -> list[Diagnostic]:
    bound, found = _bound(files)
    told, wrong = narrative.read(bound, {"得分": Field(Kind.NUMBER)})
    filled = narrative.fill(told, compile(told.routines), bound.values, {"得分": Number(94)})
    return [*found, *wrong, *filled]


def _bound(files: Files) -> tuple[Facts, list[Diagnostic]]:
    asked, wrong = _read(files, "schema.yaml", schema.read)
    with TemporaryDirectory() as place, chdir(place):
        for name, text in files.items():
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).write_bytes(bytes.fromhex(text) if name.endswith((".png", ".jpg")) else text.encode())
        (root, _, folder), unread = read(Path("facts.yaml"))
        bound, found = bind(root, asked, folder) if root else (Facts({}, {}, ()), [])
    return bound, [*wrong, *unread, *found]


def _read(files: Files, name: str, stage: Callable[[Node], tuple[T, list[Diagnostic]]]) -> tuple[T, list[Diagnostic]]:
    root, unread = parse(files[name], name)
    assert root, unread
    value, found = stage(root)
    return value, [*unread, *found]


def pack(files: Files) -> list[Diagnostic]:
    return small_packs.found(files)


def written(files: Files) -> list[Diagnostic]:
    """Give the last value of the facts file the text of the other file."""
    root, _ = parse(files["facts.yaml"], "facts.yaml")
    assert root is not None
    *_, last = odd_yaml.scalars(root)
    return replaced(files["facts.yaml"].encode(), last, files["value.txt"].strip())[1]


def linted(files: Files) -> list[Diagnostic]:
    return small_packs.linted(files)


def template(files: Files) -> list[Diagnostic]:
    return small_packs.template_linted(files)


def document(files: Files) -> list[Diagnostic]:
    """Judge how documents look; one given as a text is set out by the standard first."""
    data = {name: official.document(one) if isinstance(one, str) else one for name, one in files.items()}
    return [found for name, one in data.items() for found in look(one, name)]


def reported(files: Files) -> list[Diagnostic]:
    """Judge reports that are given as plain texts."""
    texts = [report.of_text(one, name) for name, one in files.items()]
    return [found for one in texts for found in (*audit(one), *proofread(one))]


def laid_out(files: Files) -> list[Diagnostic]:
    """Judge a report by the layout of the template beside it."""
    with small_packs.made({"report.docx": files["report.docx"]}) as (pack, wrong, _):
        assert pack, wrong
        text = report.of_text(files["报告.txt"], "报告.txt")
        return audit(replace(text, layout=of_pack(pack)))


RUNNERS: dict[str, Runner] = {
    "report": reported,
    "layout": laid_out,
    "lint": linted,
    "pack": pack,
    "document": document,
    "template": template,
    "source": source,
    "written": written,
    "schema": form,
    "facts": facts,
    "prose": prose,
    "language": tags.found,
    "verification": small_packs.verified,
    "mutation": small_packs.mutated,
}


def pages() -> list[Path]:
    return sorted(SPEC.glob("*.md"))


def cases(page: str) -> dict[str, Case]:
    """Read a page into its cases, by their headings."""
    stage = re.match(r"stage: (\w+)\n", page)
    assert stage, "a page begins with its stage"
    shared = case(stage[1], page.partition("\n## ")[0]).files
    found = {match["title"]: case(stage[1], match["body"]) for match in CASE.finditer(page)}
    return {title: one._replace(files={**shared, **one.files}) for title, one in found.items()}


def case(stage: str, body: str) -> Case:
    files: dict[str, str] = {}
    wanted: list[Want] = []
    end = 0
    for fence in FENCE.finditer(body):
        wanted += listed(body[end : fence.start()], files)
        end = fence.end()
        name = fence["name"] or f"{'file' if files else 'facts'}.{fence['language']}"
        files[name] = fence["text"]
        for number, line in enumerate(fence["text"].split("\n"), 1):
            wanted += [
                Want(name, number, marker["severity"], marker["code"], marker["said"] or "")
                for marker in MARKER.finditer(line)
            ]
    return Case(stage, files, wanted + listed(body[end:], files))


def listed(prose: str, files: Files) -> list[Want]:
    """Read the diagnostics that are asked for below the last fence."""
    last = list(files)[-1] if files else ""
    return [
        Want(one["file"] or last, int(one["line"]), one["severity"], one["code"], one["said"] or "")
        for one in LISTED.finditer(prose)
    ]


def got(found: list[Diagnostic]) -> list[Want]:
    """Give diagnostics as wants, with all that is said in English."""
    records = json.loads(FORMATS["json"](found, Messages("en"), {}))
    return [
        Want(
            one["place"]["path"],
            one["place"].get("line", 0),
            one["severity"],
            one["code"],
            one["message"] + "\n" + one["help"],
        )
        for one in records
    ]


def unmet(wanted: list[Want], found: list[Want]) -> tuple[list[Want], list[Want]]:
    """Give what was asked for and not found, and what was found and not asked for."""
    left = list(found)
    missing = []
    for want in sorted(wanted):
        hit = next((one for one in left if one[:4] == want[:4] and want.said in one.said), None)
        if hit:
            left.remove(hit)
        else:
            missing.append(want)
    return missing, left


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(one, id=f"{page.stem}: {title}")
        for page in pages()
        for title, one in cases(page.read_text("utf-8")).items()
    ],
)
def test_spec(case: Case) -> None:
    assert case.files
    assert unmet(case.wanted, got(RUNNERS[case.stage](case.files))) == ([], [])


def test_a_page_is_read_as_it_is_written() -> None:
    page = """stage: source
# Title
## One
```yaml
a: 1
a: 2  # error: S102 "twice"
```
## Two
```yaml facts.yaml
a
```
error at 1: S110 "no"
```yaml other.yaml
b
```
note at facts.yaml:0: S120
"""
    assert cases(page) == {
        "One": Case(
            "source",
            {"facts.yaml": 'a: 1\na: 2  # error: S102 "twice"\n'},
            [Want("facts.yaml", 2, "error", "S102", "twice")],
        ),
        "Two": Case(
            "source",
            {"facts.yaml": "a\n", "other.yaml": "b\n"},
            [Want("facts.yaml", 1, "error", "S110", "no"), Want("facts.yaml", 0, "note", "S120", "")],
        ),
    }


def test_a_page_can_fail() -> None:
    wanted = [Want("facts.yaml", 2, "error", "S102", "twice"), Want("facts.yaml", 3, "error", "S101", "")]
    found = [Want("facts.yaml", 2, "error", "S102", "given once")]
    assert unmet(wanted, found) == (wanted, found)
    assert unmet(wanted[:1], [found[0]._replace(said="given twice")]) == ([], [])

"""The files of a pack in, its form, indicators, checks and templates out, checked against one another."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeVar

from reportgen import checks, evidence, files, indicators, schema, source
from reportgen.diagnostics import Diagnostic, Severity, Span, nearest, ordered, rule
from reportgen.facts import STATED, Facts, bind
from reportgen.indicators import System
from reportgen.language import Program, Statement, prose
from reportgen.language import check as check_names
from reportgen.language import compile as compile_program
from reportgen.schema import Field, Kind, group, listing, optional
from reportgen.word import Template
from reportgen.word import compile as compile_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reportgen.checks import Check
    from reportgen.indicators.definition import Grade
    from reportgen.source import Node

T = TypeVar("T")

_MANIFEST: Final = "pack.yaml"
SEARCH: Final = "REPORTGEN_PACKS"
TEMPLATE_LIMIT: Final = 32 << 20
_NAME: Final = re.compile(r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)@(?P<version>[0-9]+(?:\.[0-9]+)*)")
_FILE: Final = re.compile(r"[^\\/:*?\"<>|.\s][^\\/:*?\"<>|]*\.docx")
_TEXT: Final = Field(Kind.TEXT)
_LEVELS: Final = 5
FULL: Final = Decimal(100)
"""What the points of all indicators add up to, unless the manifest declares it."""
MANIFEST: Final = group(
    {
        "名称": _TEXT,
        "版本": _TEXT,
        "标题": _TEXT,
        "文件": listing(group({"模板": _TEXT, "输出": Field(Kind.PROSE)})),
        "标题样式": listing(_TEXT, required=False),
        "段块顺序": listing(_TEXT, required=False),
        "作者": optional(Kind.TEXT),
        "成文日期": optional(Kind.TEXT),
        "等级": listing(group({"达": optional(Kind.NUMBER), "为": optional(Kind.TEXT), "否则": optional(Kind.TEXT)})),
        "满分": optional(Kind.NUMBER, minimum=Decimal(0)),
        "有据率": optional(Kind.NUMBER, minimum=Decimal(0), maximum=Decimal(100)),
        "等级依据": optional(Kind.CHOICE, choices=indicators.STANDINGS),
        "说明": optional(Kind.TEXT),
    },
)

NO_PACK = rule("P101", "unknown-pack", Severity.ERROR, "there is no pack “{name}” here", "packs that are here: {known}")
BAD_NAME = rule(
    "P102",
    "pack-name",
    Severity.ERROR,
    "“{name}” is not the name of a pack",
    "write name@version, such as 模板包: meizhou-self-evaluation@2021.1",
)
OTHER_NAME = rule(
    "P103",
    "pack-elsewhere",
    Severity.ERROR,
    "the pack in this folder calls itself “{name}”",
    "the folders must be named after the pack and its version",
)
BAD_FILE = rule(
    "P104", "template-name", Severity.ERROR, "“{name}” is not the name of a .docx file of the pack", "write report.docx"
)
TWICE = rule(
    "P107", "template-twice", Severity.ERROR, "the template “{name}” is listed twice", "list each template once"
)
OUTSIDE = rule(
    "P108",
    "outside-pack",
    Severity.ERROR,
    "“{name}” leads out of the folder of the pack",
    "put the file itself into the folder instead of a link",
)
TOO_MANY_STYLES = rule(
    "P109",
    "heading-styles",
    Severity.ERROR,
    "there are {count} heading styles, and numerals for {limit} levels",
    "name the styles of the headings 一、 （一） 1. （1） ① in this order",
)
WRONG_FACT = rule(
    "P110",
    "fact-for-property",
    Severity.ERROR,
    "“{key}” takes the name of a fact of the kind {kind}, “{name}” is none",
    "name a fact of the form, or leave “{key}” out",
)


class Output(NamedTuple):
    """One document that a pack makes: its template, and the routine that gives its file name."""

    template: str
    name: Sequence[Statement]
    span: Span


class Pack(NamedTuple):
    """A pack as read; `sources` holds the text of its files by path, for showing where something is wrong.

    `author` and `dated` name the facts (or nothing) by which a document says who wrote it and when. `full` is what the
    points of all indicators should add up to, `proved` how many per cent of a document's figures must be, `names` the
    专名, `headings` the styles of numbered headings by level. `program` runs the formulas, conditions and prose of the
    pack, but not its templates, which are programs themselves.
    """

    folder: Path
    name: str
    title: str
    outputs: tuple[Output, ...]
    author: str
    dated: str
    form: Field
    system: System
    checks: tuple[Check, ...]
    full: Decimal
    proved: Decimal
    names: tuple[str, ...]
    headings: tuple[str, ...]
    sources: Mapping[str, str]
    templates: Mapping[str, Template]
    program: Program


def roots() -> list[Path]:
    """Give the folders that hold packs: those the environment names, then the packs that come with the program."""
    own = Path(__file__).parent.parent
    named = [Path(folder) for folder in os.environ.get(SEARCH, "").split(os.pathsep) if folder]
    return [*named, *(folder for folder in (own / "templates", own.parent / "templates") if folder.is_dir())]


def available() -> list[str]:
    """Give the names of all packs that can be found, sorted."""
    found = {f"{path.parent.parent.name}@{path.parent.name}" for root in roots() for path in root.glob("*/*/pack.yaml")}
    return sorted(name for name in found if _NAME.fullmatch(name))


def load(name: str, span: Span, *, templates: bool = True) -> tuple[Pack | None, list[Diagnostic]]:
    """Find and read a pack as `read` does; `span` is where its name was given."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None, [BAD_NAME.at(span, name=name)]
    for root in roots():
        folder = root / match["name"] / match["version"]
        if holds_a_pack(folder):
            pack, found = read(folder, templates=templates)
            if pack is not None and pack.name != name:
                return None, [*found, OTHER_NAME.at(Span(str(folder / _MANIFEST)), name=pack.name)]
            return pack, found
    known = available()
    return None, [NO_PACK.at(span, name=name, known=nearest(name, known) or "、".join(known) or "—")]


def holds_a_pack(folder: Path) -> bool:
    """Tell whether a folder is that of a pack."""
    try:
        return (folder / _MANIFEST).is_file()
    except OSError:  # a folder that may not be looked into holds nothing for us
        return False


def read(folder: Path, *, templates: bool = True) -> tuple[Pack | None, list[Diagnostic]]:
    """Read the pack in a folder; None if anything in it is wrong, and then everything that is.

    Without `templates` it is read for what its templates are made with: they are left alone, and it has none.
    """
    reader = _Reader(folder)
    manifest = reader.manifest()
    form = reader.form()
    system, rules = reader.system(), reader.checks()
    compiled = reader.templates(manifest) if templates else {}
    if form is not None:
        reader.check(manifest, form, system, rules, compiled)
    found = ordered(reader.found)
    if form is None or system is None or any(one.severity is Severity.ERROR for one in found):
        return None, found
    pack = Pack(
        folder,
        manifest.name,
        manifest.title,
        manifest.outputs,
        manifest.author,
        manifest.dated,
        form,
        system._replace(grades=manifest.grades),
        rules,
        manifest.full,
        manifest.proved,
        manifest.names,
        manifest.headings,
        reader.sources,
        compiled,
        compile_program(dict(_routines(manifest, system, rules))),
    )
    return pack, found


def _routines(manifest: _Manifest, system: System, rules: Sequence[Check]) -> Iterator[tuple[str, Sequence[Statement]]]:
    """Give every routine of a pack but those of its templates, under the key by which it is run."""
    yield from indicators.routines(system)
    yield from checks.routines(rules)
    for output in manifest.outputs:
        yield naming(output), output.name


def naming(output: Output) -> str:
    """Give the key of the routine that names a document."""
    return f"输出/{output.template}"


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What pack.yaml says."""

    name: str = ""
    title: str = ""
    outputs: tuple[Output, ...] = ()
    headings: tuple[str, ...] = ()
    order: tuple[tuple[str, Span], ...] = ()
    grades: tuple[Grade, ...] = ()
    author: str = ""
    dated: str = ""
    full: Decimal = FULL
    proved: Decimal = Decimal(0)
    spans: Mapping[str, Span] = field(default_factory=dict)
    names: tuple[str, ...] = ()


class _Reader:
    """Reads the files of one folder, collecting what is wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: list[Diagnostic] = []
        self.sources: dict[str, str] = {}

    def took(self, result: tuple[T, list[Diagnostic]]) -> T:
        """Keep the findings of a stage and give its value."""
        value, found = result
        self.found += found
        return value

    def data(self, name: str, limit: int) -> bytes | None:
        """Read a file of the folder, and no other: links that lead out of it are refused."""
        path = self.folder / name
        if not files.inside(path, self.folder):
            self.found.append(OUTSIDE.at(Span(str(path)), name=name))
            return None
        return self.took(files.read(path, limit))

    def file(self, name: str, top: Literal["mapping", "list"]) -> Node | None:
        path = str(self.folder / name)
        data = self.data(name, source.LIMIT)
        text = None if data is None else self.took(source.decode(data, path))
        if text is None:
            return None
        self.sources[path] = text
        return self.took(source.parse(text, path, top))

    def form(self) -> Field | None:
        root = self.file("schema.yaml", "mapping")
        return None if root is None else self.took(schema.read(root))

    def system(self) -> System | None:
        root = self.file("indicators.yaml", "list")
        return None if root is None else self.took(indicators.read(root))

    def checks(self) -> tuple[Check, ...]:
        root = self.file("checks.yaml", "list")
        return () if root is None else self.took(checks.read(root))

    def manifest(self) -> _Manifest:
        root = self.file(_MANIFEST, "mapping")
        if root is None:
            return _Manifest()
        bound = self.took(bind(root, MANIFEST))
        headings = _texts(bound.values["标题样式"])
        if len(headings) > _LEVELS:
            span = bound.all["标题样式"].span
            self.found.append(TOO_MANY_STYLES.at(span, count=len(headings), limit=_LEVELS))
        return _Manifest(
            f"{bound.values['名称']}@{bound.values['版本']}",
            str(bound.values["标题"]),
            tuple(self.outputs(bound)),
            headings[:_LEVELS],
            _placed(bound, "段块顺序"),
            self.took(indicators.read_grades(bound)),
            str(bound.values["作者"] or ""),
            str(bound.values["成文日期"] or ""),
            _number(bound.values["满分"], FULL),
            _number(bound.values["有据率"], Decimal(0)),
            {path: fact.span for path, fact in bound.all.items()},
            bound.names,
        )

    def outputs(self, bound: Facts) -> Iterator[Output]:
        listed = bound.values["文件"]
        seen: set[str] = set()
        for at in range(1, len(listed) + 1 if isinstance(listed, list) else 1):
            template, name = bound.all.get(f"文件[{at}].模板"), bound.all.get(f"文件[{at}].输出")
            if template is None or name is None:
                continue
            title = str(template.value)
            if not _FILE.fullmatch(title) or not title.isprintable():
                self.found.append(BAD_FILE.at(template.span, name=title))
            elif title.casefold() in seen:
                self.found.append(TWICE.at(template.span, name=title))
            else:
                yield Output(title, self.took(prose(name.node)), template.span)
            seen.add(title.casefold())

    def templates(self, manifest: _Manifest) -> dict[str, Template]:
        """Compile the templates that documents are made of, by name; one that cannot be compiled is left out."""
        compiled: dict[str, Template] = {}
        for name in (output.template for output in manifest.outputs):
            data = self.data(name, TEMPLATE_LIMIT)
            path = str(self.folder / name)
            template = None if data is None else self.took(compile_template(data, path, manifest.headings))
            if template is not None:
                compiled[name] = template
        place = manifest.spans.get("段块顺序")
        return self.took(_arranged(compiled, manifest.order, place)) if place and manifest.order else compiled

    def check(
        self,
        manifest: _Manifest,
        form: Field,
        system: System | None,
        rules: Sequence[Check],
        templates: Mapping[str, Template],
    ) -> None:
        """Check every name that a file of the pack looks up against the form and the indicators."""
        early, late = (_known(system, form_of) for form_of in (indicators.scored_form, indicators.form))
        known = {**form.fields, **late, **evidence.FORM}
        if system is not None:
            self.found += indicators.check(system, form.fields)
        self.found += checks.check(rules, form, {**early, STATED: Field(Kind.OPEN)})
        for template in templates.values():
            self.found += template.check([known])
        for output in manifest.outputs:
            self.found += check_names(output.name, [known])
        for key, name, kind in (("作者", manifest.author, Kind.TEXT), ("成文日期", manifest.dated, Kind.DATE)):
            meant = schema.find(form, name) if name else None
            if name and (meant is None or meant.kind is not kind):
                self.found.append(WRONG_FACT.at(manifest.spans[key], key=key, kind=kind, name=name))


def names(pack: Pack) -> dict[str, Field]:
    """Give the form of every name that a template of the pack may look up."""
    return {**pack.form.fields, **indicators.form(pack.system), **evidence.FORM}


def _known(system: System | None, form_of: Callable[[System], dict[str, Field]]) -> dict[str, Field]:
    """Give what an indicator system adds to the facts; where it cannot be read, anything may be in it."""
    if system is None:
        return dict.fromkeys(form_of(System()), Field(Kind.OPEN))
    return form_of(system)


def _number(value: object, otherwise: Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else otherwise


def _arranged(
    templates: Mapping[str, Template], order: Sequence[tuple[str, Span]], place: Span
) -> tuple[dict[str, Template], list[Diagnostic]]:
    from reportgen.packs.order import arranged  # noqa: PLC0415 — start-up time: few packs list an order

    return arranged(templates, order, place)


def _placed(bound: Facts, name: str) -> tuple[tuple[str, Span], ...]:
    """Give the items of a list of texts with their places."""
    listed = bound.values[name]
    items = (bound.all[f"{name}[{at}]"] for at in range(1, len(listed) + 1 if isinstance(listed, list) else 1))
    return tuple((str(item.value), item.span) for item in items)


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 — any fact
    return tuple(map(str, value)) if isinstance(value, list) else ()

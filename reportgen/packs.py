"""The name of a pack in, its form, indicators, checks and templates out; below `build` the only module that reads folders."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from reportgen import checks, files, indicators, schema, source
from reportgen.diagnostics import Diagnostic, Severity, Span, nearest, ordered, rule
from reportgen.facts import Facts, bind
from reportgen.language import Program, Statement, prose
from reportgen.language import compile as compile_program
from reportgen.schema import Field, Kind, group, listing, optional
from reportgen.word import Template
from reportgen.word import compile as compile_template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.checks import Check
    from reportgen.indicators import System
    from reportgen.source import Node

T = TypeVar("T")

SEARCH: Final = "REPORTGEN_PACKS"
TEMPLATE_LIMIT: Final = 32 << 20
_NAME: Final = re.compile(r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)@(?P<version>[0-9]+(?:\.[0-9]+)*)")
_FILE: Final = re.compile(r"[^\\/:*?\"<>|.][^\\/:*?\"<>|]*\.docx")
_TEXT: Final = Field(Kind.TEXT)
MANIFEST: Final = group(
    {
        "名称": _TEXT,
        "版本": _TEXT,
        "标题": _TEXT,
        "文件": listing(group({"模板": _TEXT, "输出": Field(Kind.PROSE)})),
        "标题样式": listing(_TEXT, required=False),
        "等级": listing(group({"达": optional(Kind.NUMBER), "为": optional(Kind.TEXT), "否则": optional(Kind.TEXT)})),
        "等级依据": optional(Kind.CHOICE, choices=("官方", "公开可比", "种子", "假设")),
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


@dataclass(frozen=True, slots=True)
class Output:
    """One document that a pack makes: its template, and the routine that gives its file name."""

    template: str
    name: Sequence[Statement]
    span: Span


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as read; `sources` holds the text of its files by path, for showing where something is wrong.

    `program` runs its formulas, conditions and prose, but not its templates, which are programs themselves.
    """

    folder: Path
    name: str
    title: str
    outputs: tuple[Output, ...]
    headings: tuple[str, ...]
    form: Field
    system: System
    checks: tuple[Check, ...]
    names: tuple[str, ...]
    sources: Mapping[str, str]
    templates: Mapping[str, Template]
    program: Program = field(default_factory=lambda: Program({}))

    def routines(self) -> Iterator[tuple[str, Sequence[Statement]]]:
        """Give every routine of the pack but those of its templates."""
        yield from indicators.routines(self.system)
        yield from checks.routines(self.checks)
        for output in self.outputs:
            yield f"输出/{output.template}", output.name


def roots() -> list[Path]:
    """Give the folders that hold packs: those the environment names, then the packs that come with the program."""
    own = Path(__file__).parent
    named = [Path(folder) for folder in os.environ.get(SEARCH, "").split(os.pathsep) if folder]
    return [*named, *(folder for folder in (own / "templates", own.parent / "templates") if folder.is_dir())]


def available() -> list[str]:
    """Give the names of all packs that can be found, sorted."""
    found = {f"{path.parent.parent.name}@{path.parent.name}" for root in roots() for path in root.glob("*/*/pack.yaml")}
    return sorted(name for name in found if _NAME.fullmatch(name))


def load(name: str, span: Span) -> tuple[Pack | None, list[Diagnostic]]:
    """Find and read a pack; `span` is where its name was given. None if anything in it is wrong."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None, [BAD_NAME.at(span, name=name)]
    for root in roots():
        folder = root / match["name"] / match["version"]
        if (folder / "pack.yaml").is_file():
            pack, found = read(folder)
            if pack is not None and pack.name != name:
                return None, [*found, OTHER_NAME.at(Span(str(folder / "pack.yaml")), name=pack.name)]
            return pack, found
    known = available()
    close = nearest(name, known)
    return None, [NO_PACK.at(span, name=name, known=close or "、".join(known))]


def read(folder: Path) -> tuple[Pack | None, list[Diagnostic]]:
    """Read the pack in a folder; None if anything in it is wrong."""
    reader = _Reader(folder)
    manifest, text = reader.file("pack.yaml", "mapping")
    form, _ = reader.file("schema.yaml", "mapping")
    system, system_text = reader.file("indicators.yaml", "list")
    rules, rules_text = reader.file("checks.yaml", "list")
    if manifest is None or form is None or system is None or rules is None:
        return None, reader.found
    bound = reader.took(bind(manifest, MANIFEST, text))
    outputs = tuple(reader.outputs(bound, text))
    read_system = replace(
        reader.took(indicators.read(system, system_text)),
        grades=indicators.read_grades(bound.values["等级"]),
    )
    headings = _texts(bound.values["标题样式"])
    pack = Pack(
        folder,
        f"{bound.values['名称']}@{bound.values['版本']}",
        str(bound.values["标题"]),
        outputs,
        headings,
        reader.took(schema.read(form)),
        read_system,
        reader.took(checks.read(rules, rules_text)),
        bound.names,
        reader.sources,
        {output.template: template for output in outputs if (template := reader.template(output, headings))},
    )
    errors = any(one.severity is Severity.ERROR for one in reader.found)
    if errors:
        return None, ordered(reader.found)
    return replace(pack, program=compile_program(dict(pack.routines()))), ordered(reader.found)


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 — any fact
    return tuple(map(str, value)) if isinstance(value, list) else ()


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

    def file(self, name: str, top: Any) -> tuple[Node | None, str]:  # noqa: ANN401 — source's own literal type
        path = self.folder / name
        data = self.took(files.read(path, source.LIMIT))
        text = None if data is None else self.took(source.decode(data, str(path)))
        if text is None:
            return None, ""
        self.sources[str(path)] = text
        return self.took(source.parse(text, str(path), top)), text

    def outputs(self, bound: Facts, text: str) -> Iterator[Output]:
        listed = bound.values["文件"]
        for at, item in enumerate(listed if isinstance(listed, list) else (), 1):
            template, name = bound.all.get(f"文件[{at}].模板"), bound.all.get(f"文件[{at}].输出")
            if template is None or name is None:
                continue
            if not _FILE.fullmatch(str(item["模板"])):
                self.found.append(BAD_FILE.at(template.span, name=item["模板"]))
                continue
            yield Output(str(item["模板"]), self.took(prose(name.node, text)), template.span)

    def template(self, output: Output, headings: Sequence[str]) -> Template | None:
        path = self.folder / output.template
        data = self.took(files.read(path, TEMPLATE_LIMIT))
        return None if data is None else self.took(compile_template(data, str(path), headings))

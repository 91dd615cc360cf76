"""Small packs for tests: files by name go in, what is missing is filled up; a study, or documents, come out."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest import mock

from reportgen import build, packs
from reportgen.lint import lint, template
from reportgen.mutation import mutate
from reportgen.verification import verify
from tests import word_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.diagnostics import Diagnostic, Label, Span

DEFAULTS: Mapping[str, str] = {
    "pack.yaml": """名称: small
版本: "1"
标题: 小报告
文件: [{模板: report.docx, 输出: 报告.docx}]
等级: [{达: 90, 为: 优}, {达: 60, 为: 中}, {否则: 差}]
""",
    "schema.yaml": "甲: 数\n乙: {类型: 数, 必填: 否}\n",
    "indicators.yaml": """- 名称: 率
  层级: [一级, 二级]
  分值: 10
  公式: 甲
  格式: 数值
  评分: {按比例: {满分: 100%}}
  说明: 说明
""",
    "checks.yaml": "[]\n",
    "facts.yaml": "甲: 1\n",
    "report.docx": "得{{ 自评.总分 }}分",
}


def write(root: Path, files: Mapping[str, str | bytes | None]) -> Path:
    """Write a pack under a folder of packs, by its name and version; None leaves a file out, a template may be text."""
    folder = root / "small" / "1"
    folder.mkdir(parents=True)
    for name, content in {**DEFAULTS, **files}.items():
        if name.endswith(".docx") and isinstance(content, str):
            content = word_files.docx(word_files.written(content))  # noqa: PLW2901
        if content is not None and name != "facts.yaml":
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        elif isinstance(content, str):
            (root / name).write_text(content, "utf-8")
    return folder


@contextmanager
def folder() -> Iterator[Path]:
    """Give an empty folder for a while."""
    with TemporaryDirectory() as place:
        yield Path(place)


@contextmanager
def made(files: Mapping[str, str | bytes | None]) -> Iterator[tuple[packs.Pack | None, list[Diagnostic], Path]]:
    """Read a small pack; gives it, what was found in it, and the path of the facts file."""
    with folder() as root:
        yield *packs.read(write(root, files)), root / "facts.yaml"


def built(files: Mapping[str, str | bytes | None], *, trace: bool = False) -> build.Built:
    """Build a small pack that has nothing wrong in it."""
    with made(files) as (pack, found, facts):
        assert pack, found
        return build.build(facts, pack=pack, trace=trace)


def found(files: Mapping[str, str | bytes | None]) -> list[Diagnostic]:
    """Give everything that is wrong with a small pack, or else with its facts, by the names of files alone.

    Facts that name a pack are built with that one, where it can be found; the small pack is small@1.
    """
    with made(files) as (pack, wrong, facts):
        if "模板包" in facts.read_text("utf-8"):
            with mock.patch.dict(os.environ, {packs.SEARCH: str(facts.parent)}):
                return [_named(one) for one in build.build(facts).study.found]
        more = [] if pack is None else build.build(facts, pack=pack).study.found
        return [_named(one) for one in (*wrong, *more)]


def linted(files: Mapping[str, str | bytes | None]) -> list[Diagnostic]:
    """Give everything that is doubtful in a small pack, or else what is wrong with it, by the names of files alone."""
    with made(files) as (pack, wrong, _):
        return [_named(one) for one in (*wrong, *(lint(pack) if pack else ()))]


def template_linted(files: Mapping[str, str | bytes | None]) -> list[Diagnostic]:
    """Give everything that is wrong with the template of a small pack, by the name of its file alone."""
    with folder() as root:
        place = write(root, files)
        pack, wrong = packs.read(place, templates=False)
        found = template((place / "report.docx").read_bytes(), "report.docx", pack)
        return [_named(one) for one in (*wrong, *found)]


def verified(files: Mapping[str, str | bytes | None]) -> list[Diagnostic]:
    """Give what is found in a document of a small pack: `edited.docx`, or the one that is built."""
    with made({**files, "facts.yaml": "模板包: small@1\n" + str(files["facts.yaml"])}) as (pack, wrong, facts):
        assert pack, wrong
        (built,) = build.build(facts, pack=pack).documents
        edited = files.get("edited.docx")
        data = built.data if edited is None else word_files.docx(word_files.written(str(edited)))
        with mock.patch.dict(os.environ, {packs.SEARCH: str(facts.parent)}):
            return [_named(one) for one in verify(data, "edited.docx", facts).found]


def mutated(files: Mapping[str, str | bytes | None]) -> list[Diagnostic]:
    """Give what stays in the documents of a small pack though its facts change."""
    with made(files) as (pack, wrong, facts):
        assert pack, wrong
        return [_named(one) for one in mutate(build.study(facts, pack=pack)).found]


def _named(one: Diagnostic) -> Diagnostic:
    return replace(one, span=_short(one.span), related=tuple(map(_label, one.related)))


def _label(label: Label) -> Label:
    return replace(label, span=_short(label.span))


def _short(span: Span) -> Span:
    return span._replace(path=Path(span.path).name)

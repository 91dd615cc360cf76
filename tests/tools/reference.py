"""What in `docs/` is generated: `make reference` writes it into the pages, `tests/test_reference.py` compares.

A generated stretch of a page stands between `<!-- generated: NAME -->` and `<!-- end -->`; the rest is written by hand.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen import cli
from reportgen.checks import CHECK
from reportgen.cli.catalogue import RULES
from reportgen.diagnostics import LANGUAGES, Messages
from reportgen.indicators.reading import INDICATOR
from reportgen.packs import MANIFEST
from reportgen.schema import Field, Kind
from reportgen.units import MEASURES
from reportgen.word.text import dump, read
from tests import rule_examples
from tests.tools import guide, reference_language, reference_look, reference_numbers, reference_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reportgen.diagnostics import Rule
    from tests.rule_examples import Example, Fence

ROOT: Final = Path(__file__).resolve().parents[2]
REFERENCE: Final = ROOT / "docs" / "reference"
STRETCH: Final = re.compile(r"(<!-- generated: (?P<name>[a-z-]+) -->\n).*?(?=<!-- end -->)", re.DOTALL)
COMMANDS: Final = (
    *("new", "check", "build", "explain", "pack", "pack lint", "pack show", "template", "template lint"),
    "rules",
)
WIDE: Final = "1000"
ZH: Final = Messages("zh")
BAD, SAID, GOOD = (
    f"**{zh} · {en}**\n" for zh, en in (("有问题", "bad"), ("程序说", "what is said"), ("改好后", "good"))
)


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), ["---"] * len(list(head)), *(list(row) for row in rows)]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def rules() -> str:
    """Write a section for every rule, by stage."""
    examples = rule_examples.examples()
    lacking = sorted(RULES.keys() - examples.keys())
    assert not lacking, f"write an example for {', '.join(lacking)} into tests/spec/rules"
    sections: list[str] = []
    stage = ""
    for code in sorted(RULES):
        if code[0] != stage:
            stage = code[0]
            zh, en = reference_words.STAGES[stage]
            sections.append(f"## {stage} {zh} · {en}\n")
        sections.append(rule(RULES[code], examples[code]))
    return "\n".join(sections)


def rule(one: Rule, example: Example) -> str:
    head = f"### {one.code} {one.name}\n\n*{ZH(str(one.severity))} {one.severity}*\n\n"
    found = [f"```text\n{printed}\n```\n" for printed in rule_examples.said(example, "bad").printed.values()]
    sides = {side: [fence(one) for one in example.fences if one.side == side] for side in ("", "bad", "good")}
    return head + "\n".join([*sides[""], BAD, *sides["bad"], SAID, *found, GOOD, *sides["good"]])


def fence(one: Fence) -> str:
    title = f"`{one.name}`:\n\n" if one.name else ""
    return f"{title}```{'text' if one.language == 'made' else one.language}\n{one.text}```\n"


def units() -> str:
    return table(["quantity", "units"], ((kind, "、".join(names)) for kind, names in MEASURES.items()))


def schema_keys() -> str:
    return table(["key", "meaning"], ((f"`{key}`", said) for key, said in reference_words.SCHEMA.items()))


def kinds() -> str:
    return table(["kind", "takes"], ((f"`{kind.value}`", reference_words.KINDS[kind.value]) for kind in Kind))


def keys_of(form: Field, words: Mapping[str, str]) -> str:
    """Write one row for every key of a form, with what it takes."""
    rows = (
        (f"`{path}`", takes(field), "yes" if field.required else "", words.get(path, ""))
        for path, field in places(form)
    )
    return table(["key", "takes", "needed", "meaning"], rows)


def places(form: Field, path: str = "") -> Iterator[tuple[str, Field]]:
    """Give every key of a form by its path, a list's items marked with []."""
    for name, field in form.fields.items():
        inner = f"{path}.{name}" if path else name
        yield inner, field
        yield from places(field, inner)
    if form.item is not None:
        yield from places(form.item, f"{path}[]")


def takes(field: Field) -> str:
    if field.item is not None:
        return "a list" if field.item.fields else f"a list of {field.item.kind.value}"
    if field.kind is Kind.CHOICE:
        return "、".join(field.choices)
    return "keys" if field.fields else field.kind.value


def commands() -> str:
    """Write a section for every command, from what its --help says in both languages."""
    sections = (f"## {command}\n\n{helped_in_both(*command.split())}" for command in COMMANDS)
    return "\n".join([helped_in_both(), *sections])


def helped_in_both(*command: str) -> str:
    zh, en = (helped(language, *command) for language in LANGUAGES)
    return arguments(zh, en)


def helped(language: str, *command: str) -> str:
    """Give what a command's --help prints, in lines that do not break."""
    out = StringIO()
    with kept_environment(COLUMNS=WIDE), redirect_stdout(out), suppress(SystemExit):
        cli.main([*command, "--lang", language, "--help"])
    return out.getvalue()


@contextmanager
def kept_environment(**values: str) -> Iterator[None]:
    """Set variables of the environment for a while."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def arguments(zh: str, en: str) -> str:
    """Lay out the same help in two languages as one table, the same with every version of argparse."""
    usage = [re.split("[:：]", said.partition("\n")[0], maxsplit=1)[1].strip() for said in (zh, en)]
    rows = (
        (f"`{english}`" if name == english else f"`{english}`, `{name}`", said, other)
        for (name, said), (english, other) in zip(listed(zh), listed(en), strict=True)
    )
    return f"```text\n{usage[0]}\n{usage[1]}\n```\n\n" + table(["argument", "中文", "English"], rows)


def listed(helped: str) -> Iterator[tuple[str, str]]:
    """Give the arguments that a help text lists, each with what it says of it."""
    name = ""
    for line in helped.split("\n"):
        depth = len(line) - len(line.lstrip())
        if depth in {2, 4}:
            name, _, said = line.strip().partition("  ")
            name = re.sub(r"^(-\w) (\S+), (--[\w-]+) \2$", r"\1, \3 \2", name)
            if said:
                yield name, said.strip()
        elif depth and name:
            yield name, line.strip()


GENERATED: Final[Mapping[str, Callable[[], str]]] = {
    "rules": rules,
    "example-facts": reference_language.example_facts,
    "expressions": lambda: table(*reference_language.expressions()),
    "filters": lambda: table(*reference_language.filters()),
    "functions": lambda: table(*reference_language.functions()),
    "units": units,
    "quantities": lambda: table(*reference_numbers.quantities()),
    "rough": lambda: table(*reference_numbers.rough()),
    "kinds": kinds,
    "schema-keys": schema_keys,
    "manifest-keys": lambda: keys_of(MANIFEST, reference_words.MANIFEST),
    "indicator-keys": lambda: keys_of(INDICATOR, reference_words.INDICATOR),
    "check-keys": lambda: keys_of(CHECK, reference_words.CHECK),
    "typefaces": lambda: table(*reference_look.typefaces()),
    "commands": commands,
}


def renewed(page: Path) -> str:
    """Give a page with every generated stretch, and everything a guide's commands print, as it is now."""
    text = page.read_text("utf-8")
    if page.is_relative_to(REFERENCE):
        return STRETCH.sub(lambda found: f"{found[1]}\n{GENERATED[found['name']]()}\n", text)
    return guide.renewed(text)


def pages() -> list[Path]:
    return sorted([*REFERENCE.glob("*.md"), *(ROOT / "docs" / "guide").glob("*.md")])


def texts() -> list[Path]:
    """Gives the text that stands beside each Word template, so that a change to it can be read in a diff."""
    return sorted(path.with_suffix(".txt") for path in ROOT.glob("templates/*/*/*.docx"))


def text(page: Path) -> str:
    document, _ = read(page.with_suffix(".docx").read_bytes(), page.name)
    assert document is not None
    return dump(document)


if __name__ == "__main__":
    for page in texts():
        page.write_text(text(page), "utf-8")
    for page in pages():
        page.write_text(renewed(page), "utf-8")

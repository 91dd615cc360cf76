"""Published scoring systems written as data: a page of `spec/systems/` is a pack, its facts, and what comes of them.

The files above the first heading are those of the pack, read by nothing but the program. Under a heading stand the
facts of a case and tables of what is expected, worked out by hand: a row is an indicator, a level or 合计, a column
one of its values. Under 改动 stands what is other in the facts for that row. A table of points without changes lists
every indicator. What is wrong with the facts is marked as on the other pages of the specification.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from reportgen import build
from reportgen.diagnostics import Severity
from reportgen.language import printed, strip
from tests import small_packs, test_spec
from tests.test_spec import SPEC, Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.facts import Value

PAGES = {page.stem: page.read_text("utf-8") for page in sorted((SPEC / "systems").glob("*.md"))}
TABLE = re.compile(r"^\|.+\|\n\|[-|]+\|\n(?:\|.+\|\n)+", re.MULTILINE)
CHANGE, ROW = "改动", "指标"
TOTAL, OF_TOTAL = "合计", {"得分": "总分", "判定": "等级说明"}


class Row(NamedTuple):
    """What is expected of one indicator, level or total, by the words of its table's head."""

    case: str
    change: str
    name: str
    wanted: Mapping[str, str]


@lru_cache
def cases(page: str) -> Mapping[str, Case]:
    return {
        title: test_spec.case("pack", body)._replace(files={**shared(page), **test_spec.case("pack", body).files})
        for title, body in bodies(page).items()
    }


def shared(page: str) -> Mapping[str, str]:
    return test_spec.case("pack", PAGES[page].partition("\n## ")[0]).files


def bodies(page: str) -> Mapping[str, str]:
    return {found["title"]: found["body"] for found in test_spec.CASE.finditer(PAGES[page])}


def tables(page: str, title: str) -> list[list[Row]]:
    """Read the tables of a case."""
    read = []
    for table in TABLE.findall(bodies(page)[title]):
        head, _, *lines = ([cell.strip() for cell in line[1:-1].split("|")] for line in table.splitlines())
        rows = [dict(zip(head, line, strict=True)) for line in lines]
        read.append([Row(title, row.pop(CHANGE, ""), row.pop(ROW), row) for row in rows])
    return read


def rows() -> Iterator[tuple[str, Row]]:
    for page in PAGES:
        yield from ((page, row) for title in bodies(page) for table in tables(page, title) for row in table)


@lru_cache
def values(page: str, title: str, change: str) -> Mapping[str, Value]:
    """Study the facts of a case, with a change; nothing may be wrong with them."""
    files = cases(page)[title].files
    with small_packs.made({**files, "facts.yaml": changed(files["facts.yaml"], change)}) as (pack, found, facts):
        assert pack, found
        assert found == []
        study = build.study(facts, pack=pack)
        assert study.sound, study.found
        return study.values


def changed(text: str, change: str) -> str:
    """Put another scalar in the place of one, by its name: `三公经费.上年度: 0`."""
    if not change:
        return text
    facts: Any = yaml.load(text, yaml.BaseLoader)  # noqa: S506 — texts and nothing else
    path, _, value = change.partition(": ")
    *owners, last = path.split(".")
    owner = facts
    for name in owners:
        owner = owner[int(name) if name.isdecimal() else name]
    assert last in owner, f"{path} changes nothing"
    owner[last] = value
    return str(yaml.safe_dump(facts, allow_unicode=True, sort_keys=False)).replace("'", "")


def found(looked_up: Mapping[str, Any], row: Row) -> dict[str, str]:
    if row.name == TOTAL:
        own = {key: looked_up["自评"][OF_TOTAL.get(key, key)] for key in row.wanted}
    elif row.name in looked_up["指标"]:
        own = {key: looked_up["指标"][row.name][key] for key in row.wanted}
    else:
        (level,) = (one for one in looked_up["指标体系"] if one["名称"] == row.name)
        own = {key: level.get(key, "") for key in row.wanted}
    return {key: strip(plain(value))[0] for key, value in own.items()}


def plain(value: Value) -> str:
    """Print points without the decimals that they are printed with."""
    text = printed(value)
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", text) else text


@pytest.mark.parametrize(
    ("page", "row"),
    [pytest.param(page, row, id=f"{page}: {row.case}: {row.change or row.name}") for page, row in rows()],
)
def test_what_comes_of_the_facts(page: str, row: Row) -> None:
    assert found(values(page, row.case, row.change), row) == row.wanted


@pytest.mark.parametrize(("page", "title"), [(page, title) for page in PAGES for title in bodies(page)])
def test_what_is_wrong_with_the_facts(page: str, title: str) -> None:
    case = cases(page)[title]
    assert test_spec.unmet(case.wanted, test_spec.got(small_packs.found(case.files))) == ([], [])


@pytest.mark.parametrize(("page", "title"), [(page, title) for page in PAGES for title in bodies(page)])
def test_no_indicator_is_left_unsaid(page: str, title: str) -> None:
    for table in tables(page, title):
        if not any(row.change for row in table) and "得分" in table[0].wanted:
            names = set(re.findall(r"^- 名称: (\S+)$", shared(page)["indicators.yaml"], re.MULTILINE))
            assert names - {row.name for row in table} == set()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_in_the_data_of_a_system_is_wrong(page: str) -> None:
    found = small_packs.linted(shared(page))
    assert [one for one in found if one.severity is Severity.ERROR] == []
    assert {one.rule.code for one in found if one.severity is Severity.WARNING} <= {"P310"}  # as published


def test_a_table_can_fail() -> None:
    page, row = next(rows())
    assert found(values(page, row.case, ""), row._replace(wanted={"得分": "0"})) != {"得分": "0"}
    with pytest.raises(AssertionError, match="changes nothing"):
        changed("甲: {乙: 1}\n", "甲.丙: 2")

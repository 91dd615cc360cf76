"""Each fact of a sample is changed in turn: what depends on it moves, nothing else does, and planted faults stay."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import build, cli, mutation, narrative, schema, source
from reportgen.facts import Fact, Number, bind
from reportgen.language import Numeral, Tag, compile, printed  # noqa: A004 — the field's word
from reportgen.mutation.perturbing import State, perturbed, rounds
from reportgen.mutation.running import Moved, Sample, differing, moved, sample
from reportgen.mutation.survivors import survivors
from reportgen.schema import Field, Kind
from tests import small_packs, word_files

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic
    from reportgen.source import Node

SAMPLE = Path(__file__).parents[1] / "data" / "shatian-2021.yaml"
IN_SHARES = {"收入份额[1] | 百分比", "收入份额[2] | 百分比"}  # a share of nothing stays nothing, whatever the rest is


class Base(NamedTuple):
    """The sample of the project, and what moves in it with each of its facts."""

    sample: Sample
    moves: dict[str, Moved]


@pytest.fixture(scope="module")
def base() -> Base:
    one = sample(build.study(SAMPLE))
    return Base(one, moved(one))


def related(path: str, other: str) -> bool:
    """Whether one of two facts is the other, or lies in it."""
    return path == other or any(one.startswith((f"{two}.", f"{two}[")) for one, two in ((path, other), (other, path)))


def around(base: Base) -> dict[int, set[str]]:
    """Give the facts that decide on an output because it stands in the text of another one, by its number."""
    found: dict[int, set[str]] = {}
    marks = (one.marks for document in base.sample.documents.values() for one in document.paragraphs)
    for inner, outer in (pair for some in marks for pair in permutations(some, 2)):
        if outer.start <= inner.start and inner.end <= outer.end:
            trace = base.sample.outputs[outer.output].trace
            found.setdefault(inner.output, set()).update(trace.facts | trace.conditions)
    return found


def test_nothing_moves_but_by_a_fact_that_it_is_made_of_or_stands_under(base: Base) -> None:
    outer = around(base)
    wrong = []
    for path, one in base.moves.items():
        for at in one.outputs:
            output = base.sample.outputs[at]
            own = output.trace.facts | output.trace.conditions | outer.get(at, set())
            if not isinstance(output.by, Numeral) and not any(related(path, other) for other in own):
                wrong.append((path, output.text))
    assert wrong == []


def test_everything_that_is_made_of_a_fact_moves_with_it(base: Base) -> None:
    stays = {
        (path, output.by.text.strip() if isinstance(output.by, Tag) else "")
        for path, one in base.moves.items()
        for at, output in enumerate(base.sample.outputs)
        if path in output.trace.facts and at not in one.outputs
    }
    assert {(path, tag) for path, tag in stays if tag not in IN_SHARES} == set()


def test_every_fact_of_the_sample_is_changed_and_moves_something(base: Base) -> None:
    assert [path for path, one in base.moves.items() if not (one.changes and one.anything)] == []


def test_a_figure_of_the_sample_that_is_a_fact_moves_with_it(base: Base) -> None:
    for path, fact in base.sample.facts.all.items():
        if fact.kind is Kind.NUMBER:
            own = printed(fact.value)
            outputs = {
                at
                for at, one in enumerate(base.sample.outputs)
                if one.trace.facts == {path} and one.text == own and not one.trace.through
            }
            assert outputs <= base.moves[path].outputs


def test_nothing_in_the_shipped_template_survives(base: Base) -> None:
    assert list(survivors(base.sample, base.moves)) == []


SCHEMA = """单位: 文字
年度: {类型: 数, 小数: 0, 最小: 2000, 最大: 2100}
填报日期: 日期
完工日期: 日期
收入:
  预算数: {类型: 数, 单位: 万元, 小数: 2}
  决算数: {类型: 数, 单位: 万元, 小数: 2}
  上年数: {类型: 数, 单位: 万元, 小数: 2}
支出:
  预算数: {类型: 数, 单位: 万元, 小数: 2}
  决算数: {类型: 数, 单位: 万元, 小数: 2}
  上年数: {类型: 数, 单位: 万元, 小数: 2}
项目: {计划数: {类型: 数, 单位: 个}, 完成数: {类型: 数, 单位: 个}}
信访: {受理件数: {类型: 数, 单位: 件}, 办结件数: {类型: 数, 单位: 件}}
培训: {场次: {类型: 数, 单位: 场}, 人数: {类型: 数, 单位: 人}}
走访: {户数: {类型: 数, 单位: 户}, 人数: {类型: 数, 单位: 人}}
任务: {列表: {名称: 文字, 目标数: {类型: 数, 单位: 个}, 实际数: {类型: 数, 单位: 个}}}
公开: 是否
"""
FACTS = """单位: 甲镇
年度: 2021
填报日期: 2022-03-15
完工日期: 2022-03-15
收入: {预算数: 500, 决算数: 500, 上年数: 400}
支出: {预算数: 480.5, 决算数: 480.5, 上年数: 530}
项目: {计划数: 12, 完成数: 12}
信访: {受理件数: 27, 办结件数: 27}
培训: {场次: 6, 人数: 130}
走访: {户数: 6, 人数: 130}
任务: [{名称: 修路, 目标数: 3, 实际数: 3}, {名称: 清淤, 目标数: 8, 实际数: 8}]
公开: 是
"""
INDICATORS = """- 名称: 完成
  层级: [产出, 数量]
  分值: 10
  公式: 项目.完成数 / 项目.计划数
  格式: 百分比
  评分: {按比例: {满分: 100%}}
  说明: 无
"""
HEADER = "{{ 单位 }}{{ 年度 }}年报告，共办{{ 信访.受理件数 }}件"
BODY = """收入预算数{{ 收入.预算数 }}万元，收入决算数{{ 收入.决算数 }}万元，\
比上年{{ '增长' if 收入.决算数 > 收入.上年数 else '下降' }}\
{{ (收入.决算数 / 收入.上年数 - 1) | 绝对值 | 百分比 }}。
其中收入上年数{{ 收入.上年数 }}万元。
支出预算数{{ 支出.预算数 }}万元，支出决算数{{ 支出.决算数 }}万元，\
与预算{{ '持平' if 支出.决算数 == 支出.预算数 else '不同' }}。
上年支出{{ 支出.上年数 }}万元，今年比上年{{ '增长' if 支出.决算数 > 支出.上年数 else '下降' }}\
{{ (支出.决算数 - 支出.上年数) | 绝对值 }}万元。
计划数{{ 项目.计划数 }}个，完成数{{ 项目.完成数 }}个，完成率{{ (项目.完成数 / 项目.计划数) | 百分比 }}，\
{{ '全部' if 项目.完成数 == 项目.计划数 else '部分' }}完工。
{%p if 信访.办结件数 == 信访.受理件数 %}
受理件数{{ 信访.受理件数 }}件，全部办结。
{%p else %}
受理件数{{ 信访.受理件数 }}件，办结件数{{ 信访.办结件数 }}件。
{%p endif %}
{% if 信访.办结件数 < 信访.受理件数 %}仍有信访件没有办结{% else %}{{ 信访.办结件数 }}件信访均已办结{% endif %}。
全年培训场次{{ 培训.场次 }}场，培训人数{{ 培训.人数 }}人。
走访户数{{ 走访.户数 }}户，走访人数{{ 走访.人数 }}人，{{ '首次' if 走访.户数 > 5 else '再次' }}上门。
填报日期{{ 填报日期 | 日期 }}，完工日期{{ 完工日期 | 日期 }}。
自评得分{{ 自评.总分 }}分，等级为{{ 自评.等级 }}。
任务共{{ 任务 | 数量 }}项，{% if 公开 %}已经公开{% else %}没有公开{% endif %}。
{%p for 项 in 任务 %}
{{ 项.名称 }}目标数{{ 项.目标数 }}个，实际数{{ 项.实际数 }}个。
{%p endfor %}
| 项目 | 数 |
| 决算数 | {{ 收入.决算数 }} |
| 受理件数 | {{ 信访.受理件数 }} |
| 场次 | {{ 培训.场次 }} |
"""


class Planted(NamedTuple):
    """A fault: what stands in the sound template, what is put in its place, the rule that finds it, and its figure."""

    sound: str
    faulty: str
    code: str
    figure: str


TYPED, WORD, OTHER, IDLE = "N211", "N212", "N213", "N214"
HEADER_YEAR = Planted("{{ 年度 }}年", "2021年", TYPED, "2021年")
PLANTED = (
    Planted("收入预算数{{ 收入.预算数 }}万", "收入预算数500.00万", TYPED, "500.00万元"),
    Planted("完成率{{ (项目.完成数 / 项目.计划数) | 百分比 }}", "完成率100%", TYPED, "100%"),
    Planted("填报日期{{ 填报日期 | 日期 }}", "填报日期2022年3月15日", TYPED, "2022年3月15日"),
    Planted("任务共{{ 任务 | 数量 }}项", "任务共两项", TYPED, "两项"),
    Planted("| 场次 | {{ 培训.场次 }} |", "| 场次 | 6 |", TYPED, "6"),
    HEADER_YEAR,
    Planted("收入决算数{{ 收入.决算数 }}", "收入决算数{{ 收入.预算数 }}", OTHER, "500.00万元"),
    Planted("支出决算数{{ 支出.决算数 }}", "支出决算数{{ 支出.预算数 }}", OTHER, "480.50万元"),
    Planted("完成数{{ 项目.完成数 }}", "完成数{{ 项目.计划数 }}", OTHER, "12个"),
    Planted("走访人数{{ 走访.人数 }}", "走访人数{{ 培训.人数 }}", OTHER, "130人"),
    Planted("完工日期{{ 完工日期 | 日期 }}", "完工日期{{ 填报日期 | 日期 }}", OTHER, "2022年3月15日"),
    Planted("| 受理件数 | {{ 信访.受理件数 }} |", "| 受理件数 | {{ 信访.办结件数 }} |", OTHER, "27"),
    Planted("实际数{{ 项.实际数 }}", "实际数{{ 项.目标数 }}", OTHER, "3个"),
    Planted("{{ '增长' if 收入.决算数 > 收入.上年数 else '下降' }}", "增长", WORD, "增长"),
    Planted("{{ '持平' if 支出.决算数 == 支出.预算数 else '不同' }}", "持平", WORD, "持平"),
    Planted("{{ '增长' if 支出.决算数 > 支出.上年数 else '下降' }}", "下降", WORD, "下降"),
    Planted("{{ '全部' if 项目.完成数 == 项目.计划数 else '部分' }}", "全部", WORD, "全部"),
    Planted("{{ '首次' if 走访.户数 > 5 else '再次' }}", "{{ '首次' }}", WORD, "首次"),
    Planted(
        "{% if 信访.办结件数 < 信访.受理件数 %}仍有信访件没有办结{% else %}"
        "{{ 信访.办结件数 }}件信访均已办结{% endif %}",
        "{{ 信访.办结件数 }}件信访均已办结",
        WORD,
        "均",
    ),
    Planted("等级为{{ 自评.等级 }}", "等级为优", WORD, "优"),
)


def survived(faults: tuple[Planted, ...]) -> list[Diagnostic]:
    """Plant faults in the sound template; gives what survives the changes of all facts."""
    body, header = BODY, HEADER
    for one in faults:
        assert (body + header).count(one.sound) == 1, one
        body, header = (text.replace(one.sound, one.faulty) for text in (body, header))
    template = word_files.docx(word_files.written(body), headers=[word_files.paragraph(header)])
    texts = {"schema.yaml": SCHEMA, "facts.yaml": FACTS, "indicators.yaml": INDICATORS}
    with small_packs.made({**texts, "report.docx": template}) as (pack, wrong, facts):
        assert pack, wrong
        examined = build.study(facts, pack=pack)
        assert examined.sound, examined.found
        return mutation.mutate(examined).found


def blames(found: Diagnostic, fault: Planted) -> bool:
    """Whether a finding is that of a fault, with the paragraph of the template that it was planted in."""
    own = fault.faulty.strip("| ").rpartition("| ")[2]
    return (found.rule.code, found.values.get("figure")) == (fault.code, fault.figure) and own in found.span.quote


def test_all_twenty_planted_faults_are_found_and_nothing_else() -> None:
    assert len(PLANTED) == 20
    found = survived(PLANTED)
    assert [one for one in PLANTED if not any(blames(other, one) for other in found)] == []
    more = [one for one in found if not any(blames(one, other) for other in PLANTED)]
    # the tag in the loop prints the second task as well
    assert [(one.rule.code, one.values["figure"]) for one in more if one.rule.code != IDLE] == [(OTHER, "8个")]
    assert {one.span.part for one in found if one.rule.code != IDLE} == {"正文", "页眉1"}


def test_the_sound_template_is_clean() -> None:
    assert survived(()) == []


@pytest.mark.parametrize("fault", PLANTED, ids=lambda one: one.figure)
def test_each_planted_fault_is_found_by_itself(fault: Planted) -> None:
    assert any(blames(one, fault) for one in survived((fault,)))


WHOLE = """甲: {类型: 数, 单位: 万元, 小数: 2, 最小: 0, 最大: 1000}
乙: {类型: 数, 单位: "%", 小数: 0}
丙: {类型: 区间, 单位: 岁}
丁: 日期
戊: 是否
己: {类型: 选项, 选项: [优, 良, 差]}
庚: 文字
辛: 正文
壬: {列表: {名称: 文字, 情况: 正文}}
"""


class Bound(NamedTuple):
    """Facts of every kind with their form."""

    form: Field
    state: State


@pytest.fixture(scope="module")
def bound() -> Bound:
    text = """甲: 12.5
乙: 84%
丙: 3—11 岁
丁: 2021-12-31
戊: 是
己: 良
庚: 甲镇
辛: 甲为{{ 甲 }}万元。
壬: [{名称: 一, 情况: "比例{{ 乙 }}"}, {名称: 二, 情况: "名叫{{ 名称 }}"}]
"""
    form, found = schema.read(node(WHOLE))
    facts, wrong = bind(node(text), form)
    told, unread = narrative.read(facts, {})
    assert [*found, *wrong, *unread] == []
    return Bound(form, State(facts, told))


def node(text: str) -> Node:
    root, found = source.parse(text, "facts.yaml")
    assert root, found
    return root


KINDS = {
    "甲": ["12.51", "35.00", "4.16"],
    "乙": ["0.85", "1.78", "0.28"],
    "丙": ["3—12", "3—32"],
    "丁": ["2022年1月1日", "2023年2月4日", "2020年11月26日"],
    "戊": ["否"],
    "己": ["优", "差"],
    "庚": ["甲镇又", "另外一段文字"],
}


def shown(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value) if isinstance(value, Number) else printed(value)


@pytest.mark.parametrize("path", KINDS)
def test_a_fact_is_changed_by_one_printed_unit_and_by_much(path: str, bound: Bound) -> None:
    made = rounds(bound.state.facts.all[path], bound.form.fields[path])
    assert [shown(one[0]) for one in made] == KINDS[path]


def test_prose_grows_and_is_replaced_with_its_tags(bound: Bound) -> None:
    fact = bound.state.facts.all["辛"]
    states = [perturbed(bound.state, fact, value) for (value,) in rounds(fact, bound.form.fields["辛"])]
    assert [written(one)["辛"] for one in states] == ["甲为12.50万元。又", "另外一段文字"]


def test_a_list_grows_and_shrinks_with_the_prose_in_it(bound: Bound) -> None:
    fact = bound.state.facts.all["壬"]
    states = [perturbed(bound.state, fact, value) for (value,) in rounds(fact, bound.form.fields["壬"])]
    told = [[item["情况"] for item in written(one)["壬"]] for one in states]
    assert told == [["比例84%", "名叫二", "名叫二"], ["比例84%"]]
    assert len(bound.state.facts.values["壬"]) == 2  # type: ignore[arg-type]  # a list


def test_a_list_of_one_item_becomes_empty(bound: Bound) -> None:
    fact = bound.state.facts.all["壬"]
    assert isinstance(fact.value, list)
    one = fact._replace(value=fact.value[:1])
    assert [len(value) for (value,) in rounds(one, bound.form.fields["壬"])] == [2, 0]  # type: ignore[arg-type]


def written(state: State) -> dict[str, Any]:
    """Write the prose of changed facts."""
    assert narrative.fill(state.told, compile(state.told.routines), state.facts.values, {}) == []
    return state.facts.values


@given(
    value=st.decimals(0, 1000, places=2),
    low=st.none() | st.just(Decimal(0)),
    high=st.none() | st.just(Decimal(1000)),
)
def test_a_changed_number_is_another_one_that_the_form_takes(
    value: Decimal, low: Decimal | None, high: Decimal | None
) -> None:
    form = Field(Kind.NUMBER, unit="万元", decimals=2, minimum=low, maximum=high)
    number = Number(value, 2, "万元")
    made = rounds(Fact("甲", Kind.NUMBER, number, node("甲: 1")), form)
    assert made
    for one in made:
        for other in one:
            assert isinstance(other, Number)
            assert other != number
            assert (other.decimals, other.unit) == (2, "万元")
            assert low is None or other >= low
            assert high is None or other <= high


def test_what_a_change_takes_away_has_moved() -> None:
    assert differing([(1, "甲"), (2, "乙"), (3, "丙")], [(1, "甲"), (3, "丙")]) == {1}
    assert differing([(1, "甲"), (2, "乙")], [(1, "甲"), (2, "丁")]) == {1}
    assert differing([(1, "甲")], [(1, "甲"), (2, "乙")]) == set()


def test_a_fact_that_nothing_is_made_of_is_told() -> None:
    with small_packs.made({"report.docx": "得{{ 自评.总分 }}分", "facts.yaml": "甲: 1\n乙: 2\n"}) as (pack, _, facts):
        assert pack
        found = mutation.mutate(build.study(facts, pack=pack)).found
    assert [(one.rule.code, one.values["name"]) for one in found] == [("N214", "乙")]


def test_a_pack_is_tested_with_its_samples(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = small_packs.write(tmp_path, {"report.docx": "得{{ 自评.总分 }}分，甲{{ 甲 }}，不到8个"})
    command = ["pack", "test", str(pack), "--lang", "en"]
    assert cli.main(command) == 1
    assert "P116" in capsys.readouterr().out
    (pack / "samples").mkdir()
    (pack / "samples" / "one.yaml").write_text("甲: 1\n", "utf-8")
    assert cli.main(command) == 0
    assert capsys.readouterr().out == "errors: 0, warnings: 0, notes: 0\n"
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert cli.main([*command, "--mutate"]) == 1
    told = capsys.readouterr()
    assert "N211" in told.out
    assert "one.yaml: 1 facts were changed in turn, 3 changes in all\n" in told.out
    assert told.err.startswith("\r0/1")
    (pack / "samples" / "two.yaml").write_text("乙: 1\n", "utf-8")
    assert cli.main([*command, "--mutate", "--format", "short"]) == 1
    assert "F205" in capsys.readouterr().out
    assert cli.main(["pack", "test", "no@1", "--lang", "en"]) == 1

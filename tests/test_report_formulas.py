"""Formulas written out in a text are found with their names and results, and are reckoned exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reportgen import report
from reportgen.audit import formulas

CASES = {
    "差异率=(12.5-10)/10×100%=25%": ("差异率", "(12.5-10)/10×100%", Fraction(1, 4), "25%"),
    "结转结余率＝0÷（80＋120.5）×100％＝0％": ("结转结余率", "0÷（80＋120.5）×100％", Fraction(0), "0％"),
    "该项得分=执行率×分值=98.5%×10=9.85分": ("该项得分", "98.5%×10", Fraction(197, 20), "9.85分"),
    "总分算式为：30+29+31=90": ("总分算式为", "30+29+31", Fraction(90), "90"),
    "收入合计310=200+110": ("收入合计", "200+110", Fraction(310), "310"),
    "率=（支出90万元-年初10万元）/预算100万元=80%": (
        "率",
        "（支出90万元-年初10万元）/预算100万元",
        Fraction(4, 5),
        "80%",
    ),
    "合计=1亿元+5000万元=1.5亿元": ("合计", "1亿元+5000万元", Fraction(3, 2), "1.5亿元"),
    "乙=2-(-3)=5": ("乙", "2-(-3)", Fraction(5), "5"),
    "执行率=1.5/0×100%=0%": ("执行率", "1.5/0×100%", None, "0%"),
    "完成率=4/5×100%，完成率为80%": ("完成率", "4/5×100%", Fraction(4, 5), "80%"),
    "完成率=4/5×100%，办结率为90%": ("完成率", "4/5×100%", Fraction(4, 5), None),
    "完成率=4/5×100%，完成率为优": ("完成率", "4/5×100%", Fraction(4, 5), None),
}


@pytest.mark.parametrize("text", CASES)
def test_a_formula_is_read(text: str) -> None:
    (found,) = report.of_text(text, "报告.txt").formulas
    value = found.value and found.value.exact
    assert (found.name, found.expression, value, found.result and found.result.text) == CASES[text]


@pytest.mark.parametrize(
    "text",
    [
        "电话0753-6320303",
        "3-5万元",
        "2021-2022年=两年",
        "a=((1+2=3",
        "a=1+2)=3",
        "a=1*-/2=3",
        "a=1÷(2.0-2.1)=-10",
        "率=1÷(0.3-0.3+0.01)=1",
        "=" * 9,
        "+".join("1" * 300) + "=300",
        "a=1+2+(3=4",
        "a=(1+2)3=4",
        "a=5(1+2)=15",
        "数为1" + "，" * 50 + "=1",
    ],
)
def test_what_is_no_formula_is_passed_over(text: str) -> None:
    assert not list(formulas.find(report.of_text(text, "报告.txt")))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("执行率=98.5÷120.3×100%=82.00%", "81.88%"),
        ("执行率=98.5÷120.3×100%=81.90%", ""),
        ("得分=80%×10=9", ""),
        ("合计=1万元+5人=9万元", ""),
        ("合计=1+5=2021年12月1日", ""),
        ("结转率=1/5", ""),
        ("合计=2+3=约4", ""),
        ("合计=2+3=4以上", ""),
        ("控制率=8/9=0.9", ""),
        ("控制率=8÷9×100%=约89%", ""),
        ("人均=1200万元÷400人=4万元", ""),
        ("合计=300万元+200万元=600万元", "500.00万元"),
        ("合计=300万元+200万元=600人", ""),
        ("三年=1+2=2021年", ""),
        ("差异率=(12.1-12.1)/12.1×100%=0%", ""),
        ("人数=12+13=24人", "25.00人"),
    ],
)
def test_a_result_is_wrong_only_where_rounding_does_not_explain_it(text: str, right: str) -> None:
    found = [one for one in formulas.find(report.of_text(text, "报告.txt")) if one.rule is formulas.WRONG]
    assert [one.values["right"] for one in found] == ([right] if right else [])

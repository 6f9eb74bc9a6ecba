"""Who made a document and how long it is: answered from the document, and a wrong maker is set right."""

import pytest

from lawqa.answer.answer import ANSWERED
from lawqa.answer.authority import is_among
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("算法推荐管理规定是国务院发布的吗", "不是国务院。"),
        ("暂行办法是国务院制定的吗", "不是国务院。"),
        ("标识办法是不是网信办一家发的", "不是网信办一家。"),
        ("国务院制定的算法推荐管理规定要求什么", "不是国务院。"),
        ("未成年人网络保护条例是网信办发布的吗", "不是网信办。"),
    ],
)
def test_a_wrong_maker_is_set_right_first(lawqa, question, wrong):
    answer = lawqa.ask(question, TODAY)
    assert answer.status == ANSWERED
    first = answer.answer.split("\n")[0]
    assert first.endswith(wrong)
    assert "由" in first


@pytest.mark.parametrize(
    "question",
    [
        "暂行办法是网信办发布的吗",
        "算法推荐管理规定是公安部和工信部联合发布的吗",
        "公安部制定的算法推荐管理规定要求什么",
        "个人信息保护法是全国人大常委会制定的吗",
    ],
)
def test_a_right_maker_is_left_alone(lawqa, question):
    answer = lawqa.ask(question, TODAY)
    assert answer.status == ANSWERED
    assert "，不是" not in answer.answer.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "said", "ref"),
    [
        ("暂行办法几章几条", "共24条，分5章，最后一条是第二十四条", "genai-interim-measures-2023:24"),
        ("暂行办法一共多少条", "共24条", "genai-interim-measures-2023:24"),
        ("标识办法有多少条", "共14条，不分章", "ai-content-labeling-measures-2025:14"),
        ("人工智能治理原则有几条", "分为8个部分：“和谐友好”", "ai-governance-principles-2019:8"),
    ],
)
def test_the_extent_of_a_document(lawqa, question, said, ref):
    answer = lawqa.ask(question, TODAY)
    assert answer.status == ANSWERED
    assert said in answer.answer
    assert {c.ref.split(".")[0] for c in answer.citations} == {ref}


@pytest.mark.parametrize("question", ["暂行办法对训练数据有几条要求", "个保法关于自动化决策的规定有几条"])
def test_how_many_about_a_subject_is_no_question_of_extent(lawqa, question):
    assert "最后一条是" not in lawqa.ask(question, TODAY).answer


def test_names_of_one_authority():
    assert is_among("网信办", ["国家互联网信息办公室"])
    assert is_among("市监总局", ["国家市场监督管理总局"])
    assert is_among("全国人大常委会", ["全国人民代表大会常务委员会"])
    assert not is_among("国务院", ["国家互联网信息办公室", "公安部"])
    assert not is_among("科技部", ["教育部"])

"""A figure that the asker takes for the law's is set right from the text; a figure of a story is left alone."""

import pytest

from lawqa.corpus.quantity import spoken_amounts


def notice_of(lawqa, question):
    answer = lawqa.ask(question)
    return [n for n in answer.notices if "与条文不符" in n], answer


def test_a_wrong_period_is_set_right_from_the_text(lawqa):
    notices, answer = notice_of(lawqa, "网络安全法第二十三条是不是要求网络日志至少留存三年？")
    assert len(notices) == 1
    assert "三年" in notices[0]
    assert "六个月" in notices[0]
    assert answer.answer.startswith(notices[0])


@pytest.mark.parametrize(
    "question",
    [
        "网络安全法第二十三条是不是要求网络日志至少留存6个月？",  # right, spelt otherwise than the law
        "我们公司成立三年了，网络安全法第二十三条的日志怎么存",  # a figure of the story
    ],
)
def test_a_right_figure_or_a_story_is_left_alone(lawqa, question):
    assert notice_of(lawqa, question)[0] == []


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("个保法最高罚一个亿对吗", "一个亿"),
        ("网络日志要留存三年吗", "六个月"),
        ("网络安全法规定网络日志留存三年对吗", "六个月"),
    ],
)
def test_a_figure_asked_to_be_confirmed_is_a_claim(lawqa, question, said):
    notices, _ = notice_of(lawqa, question)
    assert len(notices) == 1
    assert said in notices[0]


def test_a_figure_of_another_document_bears_nothing_out(lawqa):
    answer = lawqa.ask("数安法规定72小时内报告吗")
    assert answer.answer.startswith("《中华人民共和国数据安全法》的条文里没有写“72小时”。")


@pytest.mark.parametrize(
    "question",
    [
        "个保法最高罚五千万对吗",  # right, without 元
        "我们公司成立三年了，要留存网络日志吗",  # a figure of the story
        "那家公司只罚了五十万，个保法不是说最高能罚几千万吗",  # what happened
        "网络日志要留存六个月吗",
        "数安法对我们五十万用户的平台有什么要求",
    ],
)
def test_no_correction_of_what_is_right_or_no_claim(lawqa, question):
    answer = lawqa.ask(question)
    assert not [n for n in answer.notices if "与条文不符" in n or "没有写" in n]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("罚一个亿", [100_000_000]),
        ("最高罚款五十万", [500_000]),
        ("赔100万", [1_000_000]),
        ("五十万的罚款", [500_000]),
        ("罚五十万元", []),  # has its unit: an ordinary quantity
        ("五十万用户", []),
        ("处罚五十万人", []),
    ],
)
def test_amounts_without_a_unit(text, values):
    assert [int(q.value) for q in spoken_amounts(text)] == values

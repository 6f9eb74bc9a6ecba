"""A figure that the asker takes for the law's is set right from the text; a figure of a story is left alone."""

import pytest


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

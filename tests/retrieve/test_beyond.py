"""Questions that no document answers are refused with a reason and without a citation."""

import pytest


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("公司用AI把我们组全裁了，经济补偿金怎么算", "劳动合同法"),
        ("AI画的图著作权归谁", "著作权法"),
    ],
)
def test_the_law_that_is_likely_is_named(lawqa, question, named):
    answer = lawqa.ask(question)
    assert answer.status == "refused"
    assert answer.citations == ()
    assert named in (answer.reason or "")


@pytest.mark.parametrize("question", ["今天天气怎么样", "帮我写一首诗", "怎么用LoRA微调一个7B模型"])
def test_talk_and_technique_are_refused(lawqa, question):
    answer = lawqa.ask(question)
    assert answer.status == "refused"
    assert answer.citations == ()
    assert answer.reason

"""Why a question is refused: the law that it names, or that it asks nothing."""

from __future__ import annotations

import pytest

from lawqa.lawqa import LawQA


@pytest.mark.parametrize(
    ("question", "law"),
    [("民法典里肖像权怎么规定", "中华人民共和国民法典"), ("电商法对大数据杀熟怎么规定", "中华人民共和国电子商务法")],
)
def test_a_law_that_is_not_held_is_not_answered_out_of_others(lawqa: LawQA, question: str, law: str) -> None:
    answer = lawqa.ask(question)
    assert answer.status == "refused"
    assert f"问的是《{law}》" in (answer.reason or "")


def test_a_law_left_aside_is_no_reason(lawqa: LawQA) -> None:
    answer = lawqa.ask("除了民法典以外，AI换脸要不要经过本人同意？")
    assert answer.status == "answered"


@pytest.mark.parametrize("question", ["怎么办", "算法", "数据？"])
def test_what_asks_nothing_is_asked_back(lawqa: LawQA, question: str) -> None:
    answer = lawqa.ask(question)
    assert answer.status == "refused"
    assert "太笼统" in (answer.reason or "")
    assert not answer.related

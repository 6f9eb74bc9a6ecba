"""Who asks what a breach costs gets the duty and the penalty that its document threatens."""

from __future__ import annotations

import pytest

from lawqa.lawqa import LawQA
from tests.conftest import TODAY


def _cited(lawqa: LawQA, question: str) -> list[str]:
    return list(dict.fromkeys(c.ref.split(".")[0] for c in lawqa.ask(question, TODAY).citations))


@pytest.mark.parametrize(
    ("question", "duty", "penalty"),
    [
        # an article that names the duty
        (
            "备案编号没有在网站上公示，会怎么罚？",
            "algorithm-recommendation-provisions-2021:26",
            "algorithm-recommendation-provisions-2021:31",
        ),
        # an article for every breach of the document
        (
            "泄露了个人信息没有通知个人，会罚多少钱？",
            "personal-information-protection-law-2021:57",
            "personal-information-protection-law-2021:66",
        ),
    ],
)
def test_the_penalty_stands_beside_the_duty(lawqa: LawQA, question: str, duty: str, penalty: str) -> None:
    assert {duty, penalty} <= set(_cited(lawqa, question))


def test_a_duty_alone_needs_no_penalty(lawqa: LawQA) -> None:
    cited = _cited(lawqa, "备案编号要公示在哪里？")
    assert "algorithm-recommendation-provisions-2021:26" in cited
    assert "algorithm-recommendation-provisions-2021:31" not in cited


def test_the_other_duties_that_a_penalty_lists_are_not_related(lawqa: LawQA) -> None:
    related = lawqa.ask("备案编号没有在网站上公示，会怎么罚？", TODAY).related
    assert "algorithm-recommendation-provisions-2021:14" not in related


def test_an_article_and_what_its_breach_costs(lawqa: LawQA) -> None:
    answer = lawqa.ask("违反个保法第五十五条怎么罚？", TODAY)
    first = answer.answer.splitlines()[0]
    assert "第五十五条" in first
    assert "法律责任见《中华人民共和国个人信息保护法》第六十六条" in first
    cited = list(dict.fromkeys(c.ref.split(".")[0] for c in answer.citations))
    assert cited == ["personal-information-protection-law-2021:55", "personal-information-protection-law-2021:66"]


def test_an_article_alone_is_all_that_is_quoted(lawqa: LawQA) -> None:
    assert set(_cited(lawqa, "个保法第五十五条")) == {"personal-information-protection-law-2021:55"}


def test_a_fine_that_the_document_does_not_have_is_denied(lawqa: LawQA) -> None:
    answer = lawqa.ask("深度合成规定罚款3万，对吗？", TODAY)
    assert answer.answer.startswith("《互联网信息服务深度合成管理规定》的条文里没有写“3万”。")
    assert {c.ref.split(".")[0] for c in answer.citations} == {"deep-synthesis-provisions-2022:22"}


def test_an_upper_limit_that_is_another_is_set_right(lawqa: LawQA) -> None:
    answer = lawqa.ask("个保法罚款上限是500万，对吗？", TODAY)
    assert "“500万”与条文不符" in answer.answer
    assert "五千万元" in answer.answer.splitlines()[0]


def test_the_penalty_of_the_next_rule_where_the_first_has_none(lawqa: LawQA) -> None:
    cited = _cited(lawqa, "外卖APP给老用户的价比新用户贵，去哪说理，会罚它吗")
    assert cited[0] == "algorithm-recommendation-provisions-2021:21"  # left to other laws by its own document
    assert "network-data-regulations-2024:61" in cited  # threatens the breach of what is cited next

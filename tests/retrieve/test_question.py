from datetime import date

import pytest

from lawqa.errors import UsageError
from lawqa.lawqa import LawQA
from lawqa.retrieve.question import Question
from tests.conftest import TODAY

GENAI = "genai-interim-measures-2023"
CSL, OLD_CSL = "cybersecurity-law-2025", "cybersecurity-law-2016"


def understand(lawqa: LawQA, text: str, history: tuple[str, ...] = (), as_of: date | None = TODAY) -> Question:
    return lawqa.conversation(text, as_of, history)


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("第七条讲什么", [f"{GENAI}:7"]),
        ("请解释一下网安法21条", [f"{CSL}:21"]),
        ("暂行办法第七条和标识办法第四条有什么关系", [f"{GENAI}:7", "ai-content-labeling-measures-2025:4"]),
        ("训练数据有什么要求", []),
        ("电子商务法第十八条", []),
    ],
)
def test_named_provisions(lawqa: LawQA, text: str, references: list[str]) -> None:
    assert [str(r) for r in understand(lawqa, text).references] == references


def test_the_version_in_force_on_the_day(lawqa: LawQA) -> None:
    assert understand(lawqa, "网络安全法第二十一条", as_of=date(2024, 1, 1)).documents == (OLD_CSL,)
    assert understand(lawqa, "2024年时网络安全法第二十一条怎么规定", as_of=None).documents == (OLD_CSL,)
    assert understand(lawqa, "网络安全法第二十一条").documents == (CSL,)


def test_missing_catalog_and_unknown(lawqa: LawQA) -> None:
    assert understand(lawqa, "暂行办法第一百条").missing == ((GENAI, "100"),)
    assert understand(lawqa, "未成年人网络保护条例第八条").catalog == ("minors-network-protection-2023",)
    question = understand(lawqa, "电子商务法第十八条")
    assert question.unknown_titles == ("电子商务法",)
    assert question.references == ()


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("AI论理规范第8条", "ai-ethics-norms-2021:8"),
        ("算法规定第二十四条", "algorithm-recommendation-provisions-2021:24"),
    ],
)
def test_a_mistyped_name_is_taken_for_the_only_document_it_can_mean(lawqa: LawQA, text: str, ref: str) -> None:
    question = understand(lawqa, text)
    assert [str(r) for r in question.references] == [ref]
    assert [id for _, id in question.assumed] == [ref.split(":")[0]]
    assert "理解" in " ".join(lawqa.ask(text).notices)


def test_an_absent_part_of_an_article_is_said_and_the_article_shown(lawqa: LawQA) -> None:
    answer = lawqa.ask("暂行办法第七条第三款")
    assert {c.ref.split(".")[0] for c in answer.citations} == {f"{GENAI}:7"}
    assert any("只有1款，没有第三款" in n for n in answer.notices)


@pytest.mark.parametrize(
    ("history", "text", "documents"),
    [
        (("深度合成规定管什么",), "那标识呢？", ("deep-synthesis-provisions-2022",)),
        (("网络安全法说了什么",), "第二十一条呢", (CSL,)),
        (("暂行办法怎么规定处罚", "那数据安全法呢"), "它的第三条", ("data-security-law-2021",)),
    ],
)
def test_follow_ups_know_what_they_are_about(
    lawqa: LawQA, history: tuple[str, ...], text: str, documents: tuple[str, ...]
) -> None:
    question = understand(lawqa, text, history)
    assert question.thread is not None
    assert question.documents == documents or question.references[0].document == documents[0]
    assert question.thread.asked == history[0]


def test_a_question_that_stands_alone_is_no_follow_up(lawqa: LawQA) -> None:
    question = understand(lawqa, "个人信息保护法规定的敏感个人信息包括哪些内容", ("暂行办法管什么",))
    assert not question.follow_up
    assert question.documents == ("personal-information-protection-law-2021",)


def test_a_follow_up_keeps_the_date_of_the_question_before(lawqa: LawQA) -> None:
    question = understand(lawqa, "第二十一条呢", ("2024年时网络安全法怎么规定",), as_of=None)
    assert question.as_of.day == date(2024, 12, 31)


@pytest.mark.parametrize("text", ["", "   ", "\u200b\x00", "🤖🎉", "？？？", "。。。", "\ud83d"])
def test_nothing_is_asked(lawqa: LawQA, text: str) -> None:
    with pytest.raises(UsageError, match="问题"):
        understand(lawqa, text)


def test_too_much_is_asked(lawqa: LawQA) -> None:
    with pytest.raises(UsageError, match="10000字，最多4000字"):
        understand(lawqa, "字" * 10_000)


def test_a_question_must_be_text(lawqa: LawQA) -> None:
    with pytest.raises(UsageError, match="应为文字"):
        lawqa.understand(7)  # type: ignore[arg-type]

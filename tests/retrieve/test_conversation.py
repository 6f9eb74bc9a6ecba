"""A conversation: every follow-up is understood with the subject, the document and the provisions before it."""

from datetime import date

import pytest

from lawqa.lawqa import LawQA
from lawqa.retrieve.question import Question
from tests.conftest import TODAY

GENAI, CSL, OLD_CSL = "genai-interim-measures-2023", "cybersecurity-law-2025", "cybersecurity-law-2016"
LABELS, SYNTHESIS = "ai-content-labeling-measures-2025", "deep-synthesis-provisions-2022"


def last(lawqa: LawQA, *turns: str, as_of: date | None = TODAY) -> Question:
    return lawqa.conversation(turns[-1], as_of, turns[:-1])


def best(lawqa: LawQA, *turns: str) -> str:
    question = last(lawqa, *turns)
    return str(lawqa.retriever.hits(lawqa.retriever.rank(question), 1)[0].ref)


@pytest.mark.parametrize(
    ("turns", "ref"),
    [
        # a penalty follow-up goes to the penalty of what was cited before
        (("网络安全法要求网络运营者留存日志多久", "不留会罚多少？"), f"{CSL}:61"),
        (("网安法对关键信息基础设施运营者采购有什么要求", "违反了罚多少"), f"{CSL}:67"),
        (("暂行办法对训练数据有什么要求", "那罚多少？"), f"{GENAI}:21"),
        (("暂行办法第七条", "那第八条呢？", "违反了怎么办？"), f"{GENAI}:21"),
        (("算法推荐服务要让用户能关掉推荐吗", "不让关会怎么罚？"), "algorithm-recommendation-provisions-2021:31"),
        # the new words weigh as much as the old
        (
            ("个人信息处理者处理人脸信息要单独同意吗", "如果是未成年人呢？"),
            "personal-information-protection-law-2021:31",
        ),
        (
            ("用户能要求平台删除个人信息吗", "如果平台不删呢？", "死者的呢？"),
            "personal-information-protection-law-2021:49",
        ),
        (("深度合成规定管什么", "要备案吗？"), f"{SYNTHESIS}:19"),
        (("深度合成规定管什么", "要备案吗？", "谁来管？"), f"{SYNTHESIS}:3"),
        (("算法推荐规定对未成年人有什么保护", "那老年人呢？"), "algorithm-recommendation-provisions-2021:19"),
        (("科技伦理高风险活动要专家复核吗", "复核要多久？"), "science-ethics-review-measures-2023:31"),
        # a follow-up that was no answer does not lose the subject
        (("标识办法对用户上传的AI视频有什么要求", "第八条呢？", "那平台呢？"), f"{LABELS}:6"),
    ],
)
def test_what_a_follow_up_finds(lawqa: LawQA, turns: tuple[str, ...], ref: str) -> None:
    assert best(lawqa, *turns) == ref


def test_the_subject_is_that_of_the_last_question_that_stands_alone(lawqa: LawQA) -> None:
    question = last(lawqa, "AI做的图片上要怎么打显式标识", "视频的要求一样吗", "音频呢？")
    assert question.thread is not None
    assert question.thread.asked == "AI做的图片上要怎么打显式标识"
    assert question.thread.latest
    assert question.own == "音频"


def test_a_document_that_was_named_stays(lawqa: LawQA) -> None:
    for turns in (("深度合成规定管什么", "谁来管？"), ("深度合成规定管什么", "要备案吗？", "它什么时候生效？")):
        question = last(lawqa, *turns)
        assert question.documents == (SYNTHESIS,)
        assert question.thread is not None
        assert question.thread.named


def test_a_document_that_only_answered_is_left_for_the_next_that_does(lawqa: LawQA) -> None:
    question = last(lawqa, "AI换脸需要打标识吗", "去掉标识会怎样？", "谁来管？")
    assert question.thread is not None
    assert not question.thread.named
    assert question.documents == (question.thread.anchors[0].document,)
    assert question.named == ()
    assert last(lawqa, "深度合成规定管什么", "谁来管？").named == (SYNTHESIS,)


@pytest.mark.parametrize(
    ("turns", "documents", "topics"),
    [
        (
            ("数据安全法怎么规定数据分类分级", "那网络数据安全管理条例呢？"),
            ("network-data-regulations-2024",),
            ("数据分类分级",),
        ),
        (("治理原则里的隐私怎么说", "那伦理规范呢？"), ("ai-ethics-norms-2021",), ("治理原则里的隐私",)),
        (("深度合成规定对显著标识有什么要求", "和标识办法有什么不同？"), (SYNTHESIS, LABELS), ("显著标识",)),
        (("深度合成规定和标识办法对显著标识有什么不同", "罚款呢？"), (SYNTHESIS, LABELS), ("罚款",)),
        (("网络安全法对等级保护怎么罚", "跟旧法比有什么变化？"), (OLD_CSL, CSL), ("等级保护、罚",)),
    ],
)
def test_what_a_follow_up_sets_side_by_side(
    lawqa: LawQA, turns: tuple[str, ...], documents: tuple[str, ...], topics: tuple[str, ...]
) -> None:
    sides = last(lawqa, *turns).sides
    assert sides is not None
    assert (sides.documents, sides.topics) == (documents, topics)


def test_a_question_that_stands_alone_owes_nothing_to_the_one_before(lawqa: LawQA) -> None:
    alone = "个人信息保护法规定的敏感个人信息包括哪些内容"
    assert last(lawqa, "暂行办法管什么", alone) == last(lawqa, alone)


def test_a_follow_up_about_something_foreign_is_no_evidence(lawqa: LawQA) -> None:
    question = last(lawqa, "暂行办法对训练数据有什么要求", "那养猫呢？")
    assert lawqa.retriever.rank(question).strange
    assert not lawqa.retriever.rank(last(lawqa, "暂行办法对训练数据有什么要求", "那标注呢？")).strange


def test_the_day_goes_on(lawqa: LawQA) -> None:
    assert last(lawqa, "2024年时网络安全法怎么规定", "第二十一条呢", as_of=None).as_of.day == date(2024, 12, 31)
    assert last(lawqa, "2024年时网络安全法怎么规定", "第二十一条呢").as_of.day == TODAY


def test_blank_and_endless_histories(lawqa: LawQA) -> None:
    assert last(lawqa, " ", "", "那罚多少？").thread is None
    turns = ["标识办法管什么", *["谁来管？", "要备案吗？"] * 15, "那罚多少？"]
    assert last(lawqa, *turns).documents == (LABELS,)
    assert best(lawqa, *turns) == f"{LABELS}:13"


PIPL = "personal-information-protection-law-2021"


@pytest.mark.parametrize(
    ("turns", "refs"),
    [
        (("个保法第十三条", "第二款呢"), (f"{PIPL}:13.2",)),
        (("个保法第十三条", "那第二款"), (f"{PIPL}:13.2",)),
        (("个保法第十三条", "第（二）项呢"), (f"{PIPL}:13.1.2",)),
        (("个保法第十三条", "第二项呢"), (f"{PIPL}:13.1.2",)),
        (("个保法第十三条", "第一款第（三）项呢"), (f"{PIPL}:13.1.3",)),
        (("个保法第十三条第二款", "前款呢"), (f"{PIPL}:13.1",)),
        (("个保法第十三条", "第二款呢", "上一款呢"), (f"{PIPL}:13.1",)),
        (("个保法第十三条", "上一条呢"), (f"{PIPL}:12",)),
        (("个保法第十三条", "下一条说什么"), (f"{PIPL}:14",)),
        (("个保法第十三条", "下一条呢", "下一条呢"), (f"{PIPL}:15",)),
        (("个保法第十三条", "前款呢"), (f"{PIPL}:13",)),
        (("个保法第十三条", "那第三款"), (f"{PIPL}:13",)),  # which it does not have
        (("个保法第十三条", "第八条呢"), (f"{PIPL}:8",)),
        (("暂行办法第七条", "个保法第六十六条第二款呢"), (f"{PIPL}:66.2",)),
        (("个保法第十三条", "第二款应用呢"), ()),
        (("个保法第十三条", "上一条评论要删吗"), ()),
        (("第二款呢",), ()),
    ],
)
def test_a_bare_part_is_of_the_provision_spoken_of(lawqa: LawQA, turns: tuple[str, ...], refs: tuple[str, ...]) -> None:
    assert tuple(map(str, last(lawqa, *turns).references)) == refs


def test_a_part_that_the_provision_does_not_have(lawqa: LawQA) -> None:
    assert [str(r) for r in last(lawqa, "个保法第十三条", "那第三款").imprecise] == [f"{PIPL}:13.3"]
    assert last(lawqa, "个保法第七十四条", "下一条呢").missing == ((PIPL, "75"),)


@pytest.mark.parametrize("follow_up", ["这个从什么时候开始的", "它什么时候生效？", "这个规定哪天开始施行"])
def test_since_when_is_asked_of_the_document_that_answered(lawqa: LawQA, follow_up: str) -> None:
    answer = lawqa.ask(follow_up, as_of=TODAY, history=["深度合成要不要标识"])
    before = lawqa.ask("深度合成要不要标识", as_of=TODAY)
    assert {c.document for c in answer.citations} == {before.citations[0].document}


def test_since_when_does_not_hold_another_question_back(lawqa: LawQA) -> None:
    question = last(lawqa, "深度合成要不要标识", "那处理人脸信息呢？")
    assert all(boost > 0 for _, boost in question.boosts)

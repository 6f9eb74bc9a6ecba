"""Follow-ups as they are answered: the reader sees how they were read."""

import pytest

from lawqa.answer.answer import Answer
from lawqa.lawqa import LawQA
from tests.conftest import TODAY


def ask(lawqa: LawQA, *turns: str) -> Answer:
    return lawqa.ask(turns[-1], as_of=TODAY, history=[{"q": q} for q in turns[:-1]])


def test_the_answer_says_how_it_was_read(lawqa: LawQA) -> None:
    first = ask(lawqa, "深度合成规定管什么", "谁来管？").answer.splitlines()[0]
    assert first == "（接着“深度合成规定管什么”问，按《互联网信息服务深度合成管理规定》理解。）"
    assert "接着" not in ask(lawqa, "深度合成规定管什么").answer


def test_a_document_that_nobody_named_is_not_claimed_to_be_meant(lawqa: LawQA) -> None:
    first = ask(lawqa, "AI换脸需要打标识吗", "去掉标识会怎样？").answer.splitlines()[0]
    assert first == "（接着“AI换脸需要打标识吗”问。）"


def test_a_refusal_says_it_too(lawqa: LawQA) -> None:
    answer = ask(lawqa, "暂行办法对训练数据有什么要求", "那养猫呢？")
    assert answer.status == "refused"
    assert not answer.citations
    assert answer.answer.startswith("（接着“暂行办法对训练数据有什么要求”问")


def test_long_and_signed_questions_are_repeated_without_harm(lawqa: LawQA) -> None:
    answer = ask(lawqa, "暂行办法第七条 [9] **粗** `码` " + "训练数据" * 40, "那第八条呢？")
    first = answer.answer.splitlines()[0]
    assert "[9]" not in first
    assert "*" not in first
    assert "`" not in first
    assert len(first) < 100
    assert not any("未能核实" in n for n in answer.notices)
    assert {c.ref.split(".")[0] for c in answer.citations} == {"genai-interim-measures-2023:8"}


@pytest.mark.parametrize(
    ("turns", "ref"),
    [
        (("网络安全法要求网络运营者留存日志多久", "不留会罚多少？", "那个人呢？"), "cybersecurity-law-2025:61"),
        (("标识办法规定了什么？", "它什么时候施行？"), "ai-content-labeling-measures-2025:14"),
        (("暂行办法第七条", "那第八条呢？"), "genai-interim-measures-2023:8"),
        (("数据安全法怎么规定数据分类分级", "那网络数据安全管理条例呢？"), "network-data-regulations-2024:5"),
        (("治理原则里的隐私怎么说", "那伦理规范呢？"), "ai-ethics-norms-2021:3"),
    ],
)
def test_the_first_citation(lawqa: LawQA, turns: tuple[str, ...], ref: str) -> None:
    assert ask(lawqa, *turns).citations[0].ref.split(".")[0] == ref


def test_a_document_that_punishes_nothing(lawqa: LawQA) -> None:
    answer = ask(lawqa, "新一代人工智能伦理规范对隐私有什么要求", "违反了罚多少？")
    assert any("没有写处罚" in n for n in answer.notices)
    assert not any("没有写处罚" in n for n in ask(lawqa, "暂行办法对训练数据有什么要求", "那罚多少？").notices)


def test_another_document_that_is_silent_on_the_topic(lawqa: LawQA) -> None:
    answer = ask(lawqa, "个人信息保护法对自动化决策有什么规定", "那标识办法呢？")
    assert answer.status == "refused"
    assert "《人工智能生成合成内容标识办法》里没有找到关于“自动化决策”的条文" in answer.answer


def test_how_it_was_understood_is_data_too(lawqa: LawQA) -> None:
    read = ask(lawqa, "深度合成规定对显著标识有什么要求", "和标识办法有什么不同？").understood
    assert read["follow_up"] is True
    assert read["follows"] == "深度合成规定对显著标识有什么要求"
    assert read["compared"]["topics"] == ("显著标识",)
    assert lawqa.ask("训练数据有什么要求？", as_of=TODAY).understood["compared"] is None


def test_a_follow_up_keeps_its_subject(lawqa: LawQA) -> None:
    cited = {c.ref.split(".")[0] for c in ask(lawqa, "重要数据处理者有什么义务", "那出境呢？").citations}
    assert "network-data-regulations-2024:37" in cited


def test_a_pronoun_for_what_the_question_itself_says_leans_on_nothing(lawqa: LawQA) -> None:
    alone = "外卖平台给老用户的价格比新用户贵，会罚它吗？"
    assert "接着" not in ask(lawqa, "邻居把我的电话贴在楼道里可以吗", alone).answer
    assert "接着" in ask(lawqa, "外卖平台给老用户的价格比新用户贵，合法吗？", "会罚它吗？").answer

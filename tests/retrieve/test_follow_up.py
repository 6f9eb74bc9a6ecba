"""Which questions lean on those before them, and what they add."""

import pytest

from lawqa.lawqa import LawQA
from lawqa.retrieve.follow_up import added, leans
from tests.conftest import TODAY


def leaning(lawqa: LawQA, text: str) -> bool:
    return leans(text, lawqa.understand(text, TODAY).mentions, lawqa.index.tokeniser)


@pytest.mark.parametrize(
    "text",
    [
        "那罚多少？",
        "第八条呢？",
        "如果是未成年人呢？",
        "它什么时候生效？",
        "那个人呢？",
        "要备案吗？",
        "谁来管？",
        "那标识办法呢？",
        "那如果只是变更呢，也是这个期限？",
        "他们要是把看到的代码和隐私往外说怎么办",
        "它的第三条",
        "what about audio?",
    ],
)
def test_leans(lawqa: LawQA, text: str) -> None:
    assert leaning(lawqa, text)


@pytest.mark.parametrize(
    "text",
    [
        "个人信息保护法规定的敏感个人信息包括哪些内容",
        "那数据安全法对数据分类分级有什么规定？",
        "如果用户要求删除个人信息，平台应当多久回复",
        "在上海开一家奶茶店要办什么手续？",
        "what are the labeling requirements for AI generated content",
    ],
)
def test_a_question_with_a_subject_of_its_own_stands_alone(lawqa: LawQA, text: str) -> None:
    assert not leaning(lawqa, text)


@pytest.mark.parametrize(
    ("text", "own"),
    [("那个人呢？", "个人"), ("那罚多少？", "罚多少"), ("要备案吗？", "要备案吗"), ("那 呢？", "")],
)
def test_added(lawqa: LawQA, text: str, own: str) -> None:
    assert added(text, lawqa.index.tokeniser) == own

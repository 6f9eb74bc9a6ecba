"""What a question is about, without names, question words and words of form."""

import pytest

from lawqa.lawqa import LawQA
from lawqa.retrieve.topic import bare, content_words, topics, without_names
from tests.conftest import TODAY


def asked(lawqa: LawQA, text: str) -> tuple[str, ...]:
    mentions = lawqa.understand(text, TODAY).mentions
    return topics(without_names(text, mentions), lawqa.index.tokeniser)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("深度合成规定和标识办法对显式标识的要求有什么不同？", ("显式标识",)),
        ("征求意见稿和暂行办法在备案和罚款上有什么差别？", ("备案", "罚款")),
        ("网络安全法2016年版和2025年版的罚款有什么变化？", ("罚款",)),
        ("关于告知、同意和删除，个保法和网数条例有何区别", ("告知", "同意", "删除")),
        ("新旧网络安全法改了什么？", ()),
        ("网安法修改前后有什么变化", ()),
        ("跟旧法比有什么变化？", ()),
        ("算法推荐规定和深度合成规定谁管得更严", ()),
        ("美国的恶意伪造禁令法案和深度伪造报告法案有什么不同", ()),
        ("新网安法比旧网安法罚得更重吗？", ("罚",)),
        ("数据安全法与网络安全法哪个先生效", ()),
        ("暂行办法和标识办法关于年假的规定", ("年假",)),
        # a question word inside parts what is asked from what it is asked about
        ("平台大数据杀熟怎么处罚", ("平台大数据杀熟、处罚",)),
        # told at length it is one topic, 和 or not
        (
            "对向境内公众提供服务时采集的训练语料和用户输入内容的保护有什么不同",
            ("向境内公众提供服务时采集的训练语料、用户输入内容的保护",),
        ),
    ],
)
def test_topics(lawqa: LawQA, text: str, expected: tuple[str, ...]) -> None:
    assert asked(lawqa, text) == expected


def test_the_askers_signs_and_letters(lawqa: LawQA) -> None:
    """[1] would be a marker in an answer; AI stays AI."""
    assert asked(lawqa, "深度合成规定和标识办法对AI视频[1]**和**`罚款`有什么不同") == ("AI视频", "罚款")
    assert asked(lawqa, "深度合成规定和标识办法对AI[1]视频有什么不同") == ("AI1视频",)


def test_words_of_a_topic(lawqa: LawQA) -> None:
    tokeniser = lawqa.index.tokeniser
    assert content_words("个人信息的处罚", tokeniser) == ("个人信息", "处罚")
    assert content_words("年假", tokeniser) == ("年假",)  # not 年 and 假, which stand in many provisions
    assert content_words("罚", tokeniser) == ("罚",)
    assert content_words("", tokeniser) == ()


def test_bare_keeps_what_stands_between() -> None:
    assert bare(["在", "老年人", "的", "保护", "上"]) == "老年人的保护"
    assert bare(["有", "什么", "不同"]) == ""

"""What a question sets side by side, and what it does not."""

import pytest

from lawqa.lawqa import LawQA
from lawqa.retrieve.sides import Sides
from tests.conftest import TODAY

GENAI, DRAFT = "genai-interim-measures-2023", "genai-measures-draft-2023"
CSL, OLD_CSL = "cybersecurity-law-2025", "cybersecurity-law-2016"
PIPL, DATA, REGULATIONS = (
    "personal-information-protection-law-2021",
    "data-security-law-2021",
    "network-data-regulations-2024",
)
SYNTHESIS, LABELS, ALGORITHMS = (
    "deep-synthesis-provisions-2022",
    "ai-content-labeling-measures-2025",
    "algorithm-recommendation-provisions-2021",
)
NORMS, PRINCIPLES = "ai-ethics-norms-2021", "ai-governance-principles-2019"


def sides(lawqa: LawQA, text: str) -> Sides | None:
    return lawqa.understand(text, TODAY).sides


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("个人信息保护法和网络数据安全管理条例关于告知的要求有什么区别", (PIPL, REGULATIONS)),
        ("算法推荐规定和深度合成规定谁管得更严", (ALGORITHMS, SYNTHESIS)),
        ("暂行办法和标识办法在打标上要求一样吗", (GENAI, LABELS)),
        ("暂行办法、深度合成规定和标识办法对标识的要求有什么不同", (GENAI, SYNTHESIS, LABELS)),
        ("暂行办法和深度合成规定对备案的要求", (GENAI, SYNTHESIS)),
        # named by the end of their titles
        ("伦理规范和治理原则在隐私保护上说法一样吗", (NORMS, PRINCIPLES)),
        ("2019的治理原则跟2021的伦理规范，在个人隐私上写法有啥不同", (PRINCIPLES, NORMS)),
        ("伦理规范和数据安全法对罚款的规定有什么不同", (NORMS, DATA)),
        # called by what they are about, and counted
        ("算法推荐、深度合成、生成式AI三份文件里，备案的要求有什么不同？", (ALGORITHMS, SYNTHESIS, GENAI)),
    ],
)
def test_documents(lawqa: LawQA, text: str, documents: tuple[str, ...]) -> None:
    found = sides(lawqa, text)
    assert found is not None
    assert (found.documents, found.versions, found.things) == (documents, False, ())


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("网络安全法2016年版和2025年版的罚款有什么变化？", (OLD_CSL, CSL)),
        ("新旧网络安全法改了什么？", (OLD_CSL, CSL)),
        ("网安法修改前后有什么变化", (OLD_CSL, CSL)),
        ("网安法改了哪些地方？", (OLD_CSL, CSL)),
        ("这次修改网络安全法，删掉了哪些条？", (OLD_CSL, CSL)),
        ("新网安法比旧网安法罚得更重吗？", (OLD_CSL, CSL)),
        ("网安法第二十六条和旧法比有改动吗", (OLD_CSL, CSL)),
        # what it says now and what it said before
        ("网安法现在最高罚多少，以前是多少", (OLD_CSL, CSL)),
        ("网络安全法以前最高罚多少", (OLD_CSL, CSL)),
        ("以前的网安法对不做等级保护怎么罚", (OLD_CSL, CSL)),
        ("网络安全法原来最高罚多少，现在最高罚多少", (OLD_CSL, CSL)),
        ("网络安全法第二十一条现在是等级保护吗", (OLD_CSL, CSL)),
        ("网络安全法原第五十九条现在是第几条", (OLD_CSL, CSL)),
        ("2016年版网络安全法第五十九条现在是第几条", (OLD_CSL, CSL)),
        ("网安法修改前最高罚多少", (OLD_CSL, CSL)),
        ("征求意见稿和暂行办法在备案和罚款上有什么差别？", (DRAFT, GENAI)),
        ("暂行办法最后改了征求意见稿的什么", (DRAFT, GENAI)),
        ("意见稿里的实名要求正式稿还保留吗", (DRAFT, GENAI)),
        ("草案要求的训练数据来源，定稿改成什么了？", (DRAFT, GENAI)),
        ("暂行办法征求意见稿和正式稿有什么区别", (DRAFT, GENAI)),
        ("2023年4月的那版草案和后来正式的生成式AI办法，在罚款这件事上有什么差别？", (DRAFT, GENAI)),
    ],
)
def test_versions_the_older_first(lawqa: LawQA, text: str, documents: tuple[str, ...]) -> None:
    found = sides(lawqa, text)
    assert found is not None
    assert found.versions
    assert found.documents == documents


@pytest.mark.parametrize(
    ("text", "things", "respect"),
    [
        ("显式标识和隐式标识有什么区别", ("显式标识", "隐式标识"), ()),
        ("个人信息处理者和受托人责任有何不同", ("个人信息处理者", "受托人"), ("责任",)),
        ("图片和视频的标识要求有什么不同", ("图片", "视频"), ("标识",)),
        ("匿名化和去标识化区别", ("匿名化", "去标识化"), ()),
        ("算法备案和大模型备案是一回事吗", ("算法备案", "大模型备案"), ()),
    ],
)
def test_things(lawqa: LawQA, text: str, things: tuple[str, str], respect: tuple[str, ...]) -> None:
    found = sides(lawqa, text)
    assert found is not None
    assert (found.documents, found.things, found.topics) == ((), things, respect)


def test_things_of_one_document(lawqa: LawQA) -> None:
    found = sides(lawqa, "个保法里的匿名化和去标识化有什么区别")
    assert found is not None
    assert (found.documents, found.things) == ((PIPL,), ("匿名化", "去标识化"))


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("科技进步法修订前后有什么变化", "《中华人民共和国科学技术进步法》的其他文本"),
        ("标识办法征求意见稿和正式稿有什么区别", "《人工智能生成合成内容标识办法》的征求意见稿"),
    ],
)
def test_a_version_that_is_not_held(lawqa: LawQA, text: str, lacking: str) -> None:
    found = sides(lawqa, text)
    assert found is not None
    assert found.lacking == lacking


@pytest.mark.parametrize(
    "text",
    [
        "训练数据有什么要求",
        "网安法对不同的网络运营者有什么要求",
        "平台不同意删除个人信息怎么办",
        "数据安全法对技术变化带来的风险有什么规定",
        "不合理的差别待遇是什么意思",
        "征求意见稿对训练数据有什么要求",
        "旧网安法第五十九条",
        # before something else than the law's amendment, or of a law of which no older text is held
        "网安法现在最高罚多少",
        "原来网安法也管这个",
        "网络安全法第二十一条现在还有效吗",
        "网络安全法第二十一条说了什么",
        "数据安全法原第二十一条现在是第几条",
        "网安法规定收集个人信息以前要做什么",
        "我以前被网安法罚过，现在还会罚吗",
        "网络安全法2026年以前施行吗",
        "数据安全法以前最高罚多少",
        "个保法现在最高罚多少，以前是多少",
        # the second document is not held, or not known at all
        "个保法和GDPR有什么区别",
        "网安法和刑法对黑客的处罚有什么不同",
        "标识办法和标识国标有什么区别",
        # a story, and a comparison that is none of its question
        "海报里常有假的店员和假的顾客，跟真拍的几乎看不出差别。律师函里该引哪几条劝他？",
        "市网信办、县公安、通信管理局同时来函，要求还不一样。到底谁牵头？",
        "OMB的人工智能监管备忘录定稿前是否须公布草案征求意见？",
        # how documents hang together is no comparison
        "伦理审查办法与《科学技术进步法》是什么关系？",
        # a version of a document is no thing
        "2016年首版与2019年更新版的美国人工智能研发战略计划有何差别？",
        "S.3805的技术性修正条款修改了什么？",
    ],
)
def test_nothing_is_set_side_by_side(lawqa: LawQA, text: str) -> None:
    assert sides(lawqa, text) is None


def test_what_both_say_is_another_question_than_how_they_differ(lawqa: LawQA) -> None:
    both, differ = (sides(lawqa, f"暂行办法和深度合成规定对备案的要求{end}") for end in ("", "有什么不同"))
    assert both is not None
    assert not both.asked
    assert differ is not None
    assert differ.asked

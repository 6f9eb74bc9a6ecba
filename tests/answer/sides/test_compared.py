"""Comparisons as they are answered: verified, aligned, and honest where a side is silent."""

from __future__ import annotations

import re

import pytest

from lawqa.answer.answer import Answer
from lawqa.answer.verify import fault_of
from lawqa.lawqa import LawQA
from tests.conftest import TODAY

GENAI, DRAFT = "genai-interim-measures-2023", "genai-measures-draft-2023"
CSL, OLD_CSL = "cybersecurity-law-2025", "cybersecurity-law-2016"
PIPL, REGULATIONS = "personal-information-protection-law-2021", "network-data-regulations-2024"
SYNTHESIS, LABELS = "deep-synthesis-provisions-2022", "ai-content-labeling-measures-2025"

QUESTIONS = [
    "深度合成规定和标识办法对显式标识的要求有什么不同？",
    "网络安全法2016年版和2025年版的罚款有什么变化？",
    "新旧网络安全法改了什么？",
    "网安法修改前后有什么变化",
    "征求意见稿和暂行办法在备案和罚款上有什么差别？",
    "个人信息保护法和网络数据安全管理条例关于告知的要求有什么区别",
    "算法推荐规定和深度合成规定谁管得更严",
    "暂行办法和标识办法在打标上要求一样吗",
    "显式标识和隐式标识有什么区别",
    "备案和安全评估有什么区别",
    "个人信息处理者和受托人责任有何不同",
    "暂行办法、深度合成规定和标识办法对标识的要求有什么不同",
    "美国的恶意伪造禁令法案和深度伪造报告法案有什么不同",
    "伦理规范和治理原则在隐私保护上说法一样吗",
]


def ask(lawqa: LawQA, question: str) -> Answer:
    return lawqa.ask(question, as_of=TODAY)


def articles(answer: Answer) -> set[str]:
    return {re.sub(r"(:\w+).*", r"\1", c.ref) for c in answer.citations}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_is_verified_and_marked(lawqa: LawQA, question: str) -> None:
    answer = ask(lawqa, question)
    assert answer.status == "answered"
    assert answer.citations
    assert not [f for c in answer.citations if (f := fault_of(lawqa.corpus, c, TODAY))]
    assert [c.marker for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    quoted = [line[2:] for line in answer.answer.splitlines() if line.startswith("> ")]
    assert quoted == [f"{c.quote} [{c.marker}]" for c in answer.citations]


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("征求意见稿和正式的暂行办法在罚则上有什么不同", {DRAFT, GENAI}),
        ("新旧网安法对不履行等级保护义务的罚款有什么变化", {OLD_CSL, CSL}),
        ("标识办法和深度合成管理规定对删除标识的禁止有什么区别", {LABELS, SYNTHESIS}),
        ("暂行办法、深度合成规定和标识办法对标识的要求有什么不同", {GENAI, SYNTHESIS, LABELS}),
    ],
)
def test_every_text_is_cited(lawqa: LawQA, question: str, documents: set[str]) -> None:
    assert {c.document for c in ask(lawqa, question).citations} == documents


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        (
            "个人信息保护法和网络数据安全管理条例关于告知的要求有什么区别",
            {f"{PIPL}:17", f"{PIPL}:18", f"{REGULATIONS}:21"},
        ),
        ("深度合成规定和标识办法对显式标识的要求有什么不同？", {f"{SYNTHESIS}:17", f"{LABELS}:4"}),
        ("征求意见稿和暂行办法在备案和罚款上有什么差别？", {f"{DRAFT}:6", f"{GENAI}:17", f"{DRAFT}:20", f"{GENAI}:21"}),
        ("网络安全法2016年版和2025年版的罚款有什么变化？", {f"{OLD_CSL}:59", f"{CSL}:61"}),
        ("网安法第六十一条修改前后有什么变化", {f"{OLD_CSL}:59", f"{CSL}:61"}),
        ("网安法第二十六条和旧法比有改动吗", {f"{OLD_CSL}:24", f"{CSL}:26"}),
        ("个保法和网安法关于个人信息的定义一样吗", {f"{PIPL}:4", f"{CSL}:78"}),
        ("暂行办法和标识办法在打标上要求一样吗", {f"{GENAI}:12", f"{LABELS}:4"}),
        (
            "算法推荐规定和深度合成规定对安全评估的要求有什么不同",
            {"algorithm-recommendation-provisions-2021:27", f"{SYNTHESIS}:20"},
        ),
        ("显式标识和隐式标识有什么区别", {f"{LABELS}:3", f"{LABELS}:4", f"{LABELS}:5"}),
        ("匿名化和去标识化区别", {f"{PIPL}:73"}),
        ("敏感个人信息和个人信息有什么不同", {f"{PIPL}:28", f"{PIPL}:4"}),
        ("个人信息处理者和受托人责任有何不同", {f"{PIPL}:9", f"{PIPL}:59", f"{PIPL}:21"}),
        ("个保法第十七条和网数条例第二十一条有什么不同", {f"{PIPL}:17", f"{REGULATIONS}:21"}),
    ],
)
def test_the_provisions_on_the_topic_are_set_side_by_side(lawqa: LawQA, question: str, wanted: set[str]) -> None:
    assert wanted <= articles(ask(lawqa, question))


def test_only_the_definitions_of_things_defined_together_are_quoted(lawqa: LawQA) -> None:
    quotes = [c.quote for c in ask(lawqa, "匿名化和去标识化区别").citations]
    assert len(quotes) == 2
    assert all("是指" in q for q in quotes)


def test_of_things_in_one_list_their_own_items_are_quoted(lawqa: LawQA) -> None:
    answer = ask(lawqa, "图片和视频的标识要求有什么不同")
    first = [c.ref for c in answer.citations if c.ref.startswith(f"{LABELS}:4")]
    assert first == [f"{LABELS}:4.1", f"{LABELS}:4.1.3", f"{LABELS}:4.1.4"]
    assert answer.citations[0].ref == first[0]


@pytest.mark.parametrize(
    ("question", "said", "silent"),
    [
        ("暂行办法和网数条例关于出境的规定有什么区别", REGULATIONS, GENAI),
        (
            "个人信息保护法和算法推荐规定关于自动化决策的规定有什么不同",
            PIPL,
            "algorithm-recommendation-provisions-2021",
        ),
        ("算法推荐规定与深度合成规定关于未成年人保护的要求对比", "algorithm-recommendation-provisions-2021", SYNTHESIS),
    ],
)
def test_a_side_that_is_silent_is_said_to_be(lawqa: LawQA, question: str, said: str, silent: str) -> None:
    answer = ask(lawqa, question)
    assert {c.document for c in answer.citations} == {said}
    assert f"{lawqa.corpus.instrument(silent).label}没有找到相应的条文" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "暂行办法和个人信息保护法对养猫的规定有什么区别",
        "暂行办法和标识办法关于年假的规定有什么不同",
        "个保法和数据安全法对房屋租赁的规定有什么不同",
        "新旧网络安全法对养猫的规定有什么变化",
        "暂行办法和标识办法对搓麻将、唱昆曲的规定有什么不同",
    ],
)
def test_where_no_side_speaks_nothing_is_cited(lawqa: LawQA, question: str) -> None:
    answer = ask(lawqa, question)
    assert answer.status == "refused"
    assert not answer.citations
    assert "没有找到" in answer.answer


def test_a_topic_told_at_length_is_weighed_like_any_question(lawqa: LawQA) -> None:
    """Its words need not stand in the law: it cannot be said from them that nothing does, nor that something does."""
    told = "暂行办法和标识办法对老板半夜喊员工起来钓鱼炖排骨是不是太过分有什么不同"
    question = lawqa.understand(told, TODAY)
    assert question.sides is not None
    table = lawqa.answerer.compared(question)
    assert table is None or not table.literal
    assert "都没有找到关于" not in ask(lawqa, told).answer


@pytest.mark.parametrize(
    "question",
    ["科技进步法修订前后有什么变化", "标识办法征求意见稿和正式稿有什么区别"],
)
def test_a_version_that_is_not_held_is_not_replaced_by_another(lawqa: LawQA, question: str) -> None:
    answer = ask(lawqa, question)
    assert answer.status == "refused"
    assert "没有收录" in (answer.reason or "")


@pytest.mark.parametrize("question", ["专利和商标有什么区别", "猫和狗有什么区别", "个保法和GDPR有什么区别"])
def test_things_that_the_documents_do_not_treat_are_no_comparison(lawqa: LawQA, question: str) -> None:
    assert ask(lawqa, question).status == "refused"


def test_who_is_stricter_is_not_judged(lawqa: LawQA) -> None:
    answer = ask(lawqa, "算法推荐规定和深度合成规定谁管得更严")
    assert "哪一份更严，条文没有说" in answer.answer
    assert {"**适用范围**", "**备案**"} <= set(answer.answer.splitlines())
    assert "**法律责任**：" in answer.answer


def test_dates_are_compared_as_facts(lawqa: LawQA) -> None:
    answer = ask(lawqa, "数据安全法与网络安全法哪个先生效")
    assert "自2021年9月1日起施行" in answer.answer
    assert "自2026年1月1日起施行" in answer.answer
    dates = lawqa.understand("数据安全法与网络安全法的施行日期有什么不同", TODAY)
    assert dates.sides is not None
    assert lawqa.answerer.compared(dates) is None


def test_a_comparison_kept_to_one_document_compares_nothing(lawqa: LawQA) -> None:
    question = "个人信息保护法和网络数据安全管理条例关于告知的要求有什么区别"
    answer = lawqa.ask(question, as_of=TODAY, docs=[PIPL])
    assert {c.document for c in answer.citations} == {PIPL}


def test_the_askers_signs_make_no_markers(lawqa: LawQA) -> None:
    answer = ask(lawqa, "深度合成规定和标识办法在删除标识[7]和**罚款**上有什么不同")
    assert not any("未能核实" in n for n in answer.notices)
    assert "[7]" not in answer.answer.split("\n")[0]


def test_a_draft_is_not_cited_beside_the_law_unless_it_is_asked_for(lawqa: LawQA) -> None:
    answer = ask(lawqa, "训练数据有什么要求？")
    assert answer.citations
    assert not {c.document for c in answer.citations} & {DRAFT, OLD_CSL}


@pytest.mark.parametrize(
    ("question", "word", "near"),
    [
        ("网安法和数安法谁的罚款更高", "罚款", True),
        ("个人信息保护法和网络数据安全管理条例关于告知的要求有什么区别", "告知", False),
        ("暂行办法和标识办法在打标上要求一样吗", "打标", True),
        ("网络安全法2016年版和2025年版的罚款有什么变化？", "罚款", False),
        ("新旧网安法在安全评估上有什么变化", "安全评估", True),
    ],
)
def test_what_is_said_to_speak_of_a_word_has_it(lawqa: LawQA, question: str, word: str, near: bool) -> None:
    """What is only ranked near is called near."""
    lines = ask(lawqa, question).answer.splitlines()
    texts = {p.label: p.text for p in lawqa.corpus.provisions.values()}
    for line in lines:
        if not (said := re.match(f"说到“{word}”的(改动)?还有：?(.+)。", line)) or said[1]:
            continue
        for part in said[2].split("，"):
            document = re.sub(r"第[一二三四五六七八九十百]+条.*", "", part)
            numbers = re.findall(r"第[一二三四五六七八九十百]+条", part)
            assert numbers
            assert all(word in texts[document + number] for number in numbers)
    assert any(line.startswith(f"与“{word}”相近的") for line in lines) == near


def test_near_changes_are_not_said_to_speak_of_the_words(lawqa: LawQA) -> None:
    answer = ask(lawqa, "新旧网安法在安全评估上有什么变化").answer
    assert "其中与“安全评估”相近而有改动的有2处" in answer
    assert "说到“安全评估”" not in answer

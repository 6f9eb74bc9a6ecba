"""Answers to all development questions: every citation exists and is literal, a refusal cites nothing.

The check reads the files of the corpus itself, not through the code that made the answers.
"""

import re
from datetime import date

import pytest

from lawqa.answer.answer import ANSWERED, REFUSED, Answer
from lawqa.answer.refusal import catalog_facts
from lawqa.errors import UsageError
from lawqa.lawqa import LawQA
from tests.conftest import ROOT, TODAY
from tests.dev_sets import dev_questions

GENAI = "genai-interim-measures-2023"


@pytest.fixture(scope="module")
def answers(lawqa: LawQA) -> dict[str, Answer]:
    return {q["id"]: lawqa.ask(q["question"], q["as_of"], history=q["history"]) for q in dev_questions()}


def test_every_citation_exists_and_is_literal(lawqa: LawQA, answers: dict[str, Answer]) -> None:
    raw = {p.stem: p.read_text(encoding="utf-8") for p in (ROOT / "corpus").glob("*.md")}
    catalog = (ROOT / "corpus" / "catalog.yaml").read_text(encoding="utf-8")
    count = 0
    for id, answer in answers.items():
        for citation in answer.citations:
            count += 1
            assert citation.quote, id
            if citation.ref.startswith("catalog:"):
                assert citation.quote in catalog, (id, citation)
                continue
            ref = lawqa.corpus.parse(citation.ref)  # exists
            assert citation.quote in (lawqa.corpus.provision(ref).piece(ref) or ""), (id, citation)
            assert all(line in raw[citation.document] for line in citation.quote.split("\n")), (id, citation)
            assert citation.label.startswith(f"《{citation.title}》")
    assert count > 500


def test_markers_and_citations_belong_together(answers: dict[str, Answer]) -> None:
    for id, answer in answers.items():
        markers = {int(m) for m in re.findall(r"\[(\d+)\]", answer.answer)}
        assert markers == {c.marker for c in answer.citations}, id


def test_refusals_cite_nothing_and_say_why(answers: dict[str, Answer]) -> None:
    refused = [a for a in answers.values() if a.status == REFUSED]
    assert refused
    for answer in refused:
        assert answer.citations == ()
        assert answer.reason
        assert answer.reason in answer.answer
        assert not re.search(r"\[\d+\]", answer.answer)
    for answer in answers.values():
        if answer.status == ANSWERED:
            assert answer.citations
            assert answer.reason is None


def test_drafts_digests_and_old_law_are_marked(lawqa: LawQA) -> None:
    draft = lawqa.ask("征求意见稿第十七条", TODAY)
    assert draft.citations[0].status == "征求意见稿"
    assert any("征求意见稿" in n for n in draft.notices)
    old = lawqa.ask("旧网安法第二十一条", TODAY)
    assert old.citations[0].status == "已被修改"
    assert any("已被修改" in n for n in old.notices)
    digests = [i for i in lawqa.corpus.instruments if i.is_digest]
    assert digests
    provision = next(p for p in digests[0].provisions if p.paragraphs)
    assert any("摘编，非原文" in n for n in lawqa.ask(provision.label, TODAY).notices)


@pytest.mark.parametrize(
    ("question", "refs"),
    [
        ("暂行办法第七条第一款第三项", {f"{GENAI}:7.1", f"{GENAI}:7.1.3"}),
        ("PIPL Art. 24(1)", {"personal-information-protection-law-2021:24.1"}),
        (f"{GENAI}:9.2", {f"{GENAI}:9.2"}),
    ],
)
def test_a_named_provision_is_quoted(lawqa: LawQA, question: str, refs: set[str]) -> None:
    assert {c.ref for c in lawqa.ask(question, TODAY).citations} == refs


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("暂行办法第一百条说什么", "共24条，没有第100条"),
        ("未成年人网络保护条例第八条", "正文没有收录"),
    ],
)
def test_what_is_not_there_is_said(lawqa: LawQA, question: str, said: str) -> None:
    answer = lawqa.ask(question, TODAY)
    assert answer.status == REFUSED
    assert said in answer.answer


def test_dates_of_the_catalog_are_cited_from_it(lawqa: LawQA) -> None:
    answer = lawqa.ask("未成年人网络保护条例什么时候施行", TODAY)
    assert answer.status == ANSWERED
    assert {c.ref for c in answer.citations} == {"catalog:minors-network-protection-2023"}
    assert any(c.quote == "2024-01-01" for c in answer.citations)


@pytest.mark.parametrize(
    "question",
    ["What are the requirements for training data?", "training data 要合法吗 (GenAI measures)", "訓練數據有什麼要求", "怎么\x00用\u200bAI\n\n标识？", "Quelle est la loi?", "'; DROP TABLE", "<script>alert(1)</script>标识", "[1] [2] 训练数据 [99]", "{question}", "%s%n 标识办法"],
)  # fmt: skip
def test_odd_questions_have_an_answer_or_a_refusal(lawqa: LawQA, question: str) -> None:
    answer = lawqa.ask(question, TODAY)
    assert answer.status in (ANSWERED, REFUSED)
    assert bool(answer.citations) == (answer.status == ANSWERED)


def test_the_law_of_the_day_asked_about(lawqa: LawQA) -> None:
    assert lawqa.ask("网络安全法第二十一条", date(2024, 1, 1)).citations[0].document == "cybersecurity-law-2016"
    assert lawqa.ask("网络安全法第二十一条", TODAY).citations[0].document == "cybersecurity-law-2025"


@pytest.mark.parametrize("as_of", ["tomorrow", "2024-02-30", "", "20240101"])
def test_unusable_dates(lawqa: LawQA, as_of: str) -> None:
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        lawqa.ask("训练数据", as_of)


def test_the_same_question_gives_the_same_answer(lawqa: LawQA) -> None:
    first, second = (lawqa.ask("训练数据有什么要求", TODAY).to_dict() for _ in range(2))
    del first["timings_ms"], second["timings_ms"]
    assert first == second


@pytest.mark.parametrize("question", ["暂行办法第一百条说什么", "未成年人网络保护条例第八条", "怎么做红烧肉"])
def test_a_reason_is_a_whole_sentence(lawqa: LawQA, question: str) -> None:
    answer = lawqa.ask(question, TODAY)
    assert answer.status == REFUSED
    assert answer.reason
    assert answer.reason.endswith("。")
    assert answer.answer.split("\n")[0].endswith("。")


def test_an_unknown_page_of_the_catalog_ends_its_sentence(lawqa: LawQA) -> None:
    unknown = [e for e in lawqa.corpus.catalog if not e.source_url]
    assert unknown
    assert all(catalog_facts(e).endswith("官方页面未知。") for e in unknown)


def test_what_else_to_read_says_when_there_is_more(lawqa: LawQA) -> None:
    compose = lawqa.answerer.compose
    ref = lawqa.corpus.parse(f"{GENAI}:7")
    assert compose._see([ref], more=True)[0] == compose._see([ref])[0] + "等"
    assert compose._see([]) == []

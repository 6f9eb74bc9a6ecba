"""Ranking: the number fast path, filters, and current law before the rest."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

import pytest

from lawqa.corpus import Corpus, Instrument, Provision
from lawqa.corpus.editorial import load_aliases
from lawqa.errors import UsageError
from lawqa.lawqa import LawQA
from tests.conftest import TODAY

DRAFT, FINAL = "genai-measures-draft-2023", "genai-interim-measures-2023"
OLD, NEW = "cybersecurity-law-2016", "cybersecurity-law-2025"


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c in "0123456789" else c for c in text)


def ways(corpus: Corpus, instrument: Instrument, provision: Provision, alias: str) -> Iterator[str]:
    """Six ways in which people cite a provision."""
    short = max(instrument.short_titles, key=len)
    tail = provision.label.removeprefix(instrument.label)
    arabic = f"第{provision.ref.number}条" if provision.is_article else tail
    yield provision.label
    yield f"{short}{tail}"
    yield f"{instrument.label} {arabic}"
    yield f"请问{instrument.label}{_full_width(arabic)}怎么规定的？"
    yield f"{alias}{tail}"
    yield str(provision.ref)


def test_every_provision_is_understood_in_six_ways(lawqa: LawQA) -> None:
    aliases = load_aliases(lawqa.corpus.root)
    wrong = []
    for instrument in lawqa.corpus.instruments:
        alias = next(a for a in aliases[instrument.id] if re.search(r"[\u4e00-\u9fff]$", a))
        for provision in instrument.provisions:
            for text in ways(lawqa.corpus, instrument, provision, alias):
                if lawqa.understand(text, TODAY).references != (provision.ref,):
                    wrong.append(text)
    assert wrong == []


def test_named_provisions_rank_first_in_their_order(lawqa: LawQA) -> None:
    """Every provision, twelve in a question: the first ranks are theirs."""
    labels = [(p.label, str(ref)) for ref, p in lawqa.corpus.provisions.items()]
    for start in range(0, len(labels), 12):
        part = labels[start : start + 12]
        hits = lawqa.search("；".join(label for label, _ in part), k=len(part), as_of=TODAY).hits
        assert [h.ref for h in hits] == [ref for _, ref in part]


@pytest.mark.parametrize("way", range(6))
def test_a_named_provision_ranks_first(lawqa: LawQA, way: int) -> None:
    for provision in list(lawqa.corpus.provisions.values())[way::97]:
        instrument = lawqa.corpus.instrument(provision.ref.document)
        text = list(ways(lawqa.corpus, instrument, provision, instrument.short_titles[0]))[way]
        assert lawqa.search(text, k=1, as_of=TODAY).hits[0].ref == str(provision.ref)


def test_docs_is_a_hard_filter(lawqa: LawQA) -> None:
    hits = lawqa.search("训练数据有什么要求", k=1000, docs=(FINAL, DRAFT)).hits
    assert {h.document for h in hits} == {FINAL, DRAFT}
    assert len(hits) == sum(len(lawqa.corpus.instrument(d).provisions) for d in (FINAL, DRAFT))
    with pytest.raises(UsageError, match="没有标识为“nothing”的文件"):
        lawqa.search("训练数据", docs=("nothing",))


@pytest.mark.parametrize("question", ["训练数据有什么要求", "生成式人工智能服务提供者的义务", "违反规定怎么处罚"])
def test_drafts_stand_behind_the_law(lawqa: LawQA, question: str) -> None:
    order = [h.document for h in lawqa.search(question, k=60, as_of=TODAY).hits]
    assert FINAL in order
    assert DRAFT not in order or order.index(FINAL) < order.index(DRAFT)


def test_a_draft_that_is_asked_for_comes_first(lawqa: LawQA) -> None:
    assert lawqa.search("征求意见稿对训练数据有什么要求", k=1, as_of=TODAY).hits[0].document == DRAFT


@pytest.mark.parametrize(("day", "expected"), [(date(2024, 6, 1), OLD), (date(2026, 6, 1), NEW)])
def test_the_law_of_the_day(lawqa: LawQA, day: date, expected: str) -> None:
    other = NEW if expected == OLD else OLD
    order = [
        h.document for h in lawqa.search("关键信息基础设施的运营者采购网络产品和服务的安全审查", k=40, as_of=day).hits
    ]
    assert order.index(expected) < (order.index(other) if other in order else 99)


@pytest.mark.parametrize("k", [1, 3, 1000])
def test_ranks_scores_and_size(lawqa: LawQA, k: int) -> None:
    hits = lawqa.search("个人信息", k=k).hits
    assert len(hits) == min(k, len(lawqa.corpus.provisions))
    assert [h.rank for h in hits] == list(range(1, len(hits) + 1))
    assert all(a.score >= b.score for a, b in pairwise(hits))
    assert len({h.ref for h in hits}) == len(hits)


@pytest.mark.parametrize("k", [0, -1, 1001])
def test_unusable_k(lawqa: LawQA, k: int) -> None:
    with pytest.raises(UsageError, match="应在 1 与 1000 之间"):
        lawqa.search("个人信息", k=k)


@pytest.mark.parametrize(
    "make",
    [lambda s: s, lambda s: s.upper(), lambda s: f"  {s}\u200b\n", lambda s: s + "？" * 50],
)
def test_the_same_question_has_the_same_answer(lawqa: LawQA, make: Callable[[str], str]) -> None:
    plain = [h.ref for h in lawqa.search("PIPL里敏感个人信息的规定", k=3).hits]
    assert [h.ref for h in lawqa.search(make("PIPL里敏感个人信息的规定"), k=3).hits] == plain


@pytest.mark.parametrize(
    ("question", "ref"),
    [
        ("What is the maximum fine under PIPL?", "personal-information-protection-law-2021:66"),
        ("Does China require labels on AI generated content?", "ai-content-labeling-measures-2025:4"),
        ("Do I need a DPO in China?", "personal-information-protection-law-2021:52"),
    ],
)
def test_an_english_question_is_searched_in_the_words_of_the_law(lawqa: LawQA, question: str, ref: str) -> None:
    assert ref in [str(h.ref) for h in lawqa.search(question, 2, TODAY).hits]


def test_a_text_not_yet_published_on_the_day_is_not_found(lawqa: LawQA) -> None:
    """2023-07-10 the interim measures were published, 2023-08-15 they took effect."""
    for text, found in (
        ("2023年5月时生成式人工智能服务提供者的定义是什么", False),
        ("2023年7月20日时生成式人工智能服务提供者的定义是什么", True),
        ("生成式人工智能服务提供者的定义是什么", True),
        ("2023年5月时暂行办法怎么规定训练数据", True),  # named
        ("2023年5月时暂行办法第七条怎么规定", True),
    ):
        question = lawqa.understand(text, None)
        hits = lawqa.retriever.hits(lawqa.retriever.rank(question), 2000)
        assert (FINAL in {h.ref.document for h in hits}) is found, text


def test_nothing_after_the_day_is_cited(lawqa: LawQA) -> None:
    for text in (
        "2023年5月时生成式人工智能服务提供者的定义是什么",
        "2020年时个人信息处理者处理个人信息的规定是什么",
        "2016年前算法推荐怎么规定",
    ):
        answer = lawqa.ask(text)
        day = date.fromisoformat(answer.understood["as_of"])
        for document in {c.document for c in answer.citations}:
            assert lawqa.corpus.published_on(lawqa.corpus.instrument(document), day), text


def test_a_named_text_that_was_not_yet_published_says_so(lawqa: LawQA) -> None:
    answer = lawqa.ask("2023年5月时暂行办法第七条怎么规定")
    assert {c.status for c in answer.citations} == {"尚未公布"}
    assert "尚未公布" in answer.answer
    answer = lawqa.ask("2023年7月20日时暂行办法第七条怎么规定")
    assert {c.status for c in answer.citations} == {"尚未施行"}


def test_where_nothing_was_published_nothing_is_answered(lawqa: LawQA) -> None:
    for text in ("2010年时深度伪造怎么规定", "2016年前算法推荐怎么规定", "2010年时网络运营者要做什么"):
        answer = lawqa.ask(text)
        assert answer.status == "refused", text
        assert not answer.citations
    answer = lawqa.ask("2016年12月时网络运营者留存日志有什么规定")  # published, in force only from 2017-06-01
    assert {c.document for c in answer.citations} <= {OLD}

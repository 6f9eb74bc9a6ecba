"""The last gate: what is forged does not pass."""

from dataclasses import replace

import pytest

from lawqa.answer.answer import ANSWERED, REFUSED, Answer
from lawqa.answer.citation import Citation, cite, cite_entry
from lawqa.answer.verify import fault_of, verified
from lawqa.corpus import Corpus
from tests.conftest import TODAY

GENAI = "genai-interim-measures-2023"


@pytest.fixture(scope="module")
def good(corpus: Corpus) -> Citation:
    ref = corpus.parse(f"{GENAI}:7.1.3")
    return cite(corpus, ref, corpus.provision(ref).piece(ref) or "", TODAY, 1)


def answer(*citations: Citation, text: str | None = None) -> Answer:
    lines = [f"> {c.quote} [{c.marker}]" for c in citations]
    return Answer("问", ANSWERED, text or "\n".join(["开头。", *lines]), citations)


def test_what_is_true_passes_unchanged(corpus: Corpus, good: Citation) -> None:
    assert fault_of(corpus, good, TODAY) is None
    assert verified(corpus, answer(good), TODAY) == answer(good)


FORGERIES = {
    "an article that does not exist": {"ref": f"{GENAI}:99"},
    "an item that does not exist": {"ref": f"{GENAI}:7.1.9"},
    "a document that does not exist": {"ref": "no-law-2020:1"},
    "no reference": {"ref": "第七条"},
    "another provision's reference": {"ref": f"{GENAI}:8"},
    "too precise a reference": {"ref": f"{GENAI}:7.1.2"},
    "an altered quote": {"quote": "（三）涉及个人信息的，可以取得个人同意"},
    "an empty quote": {"quote": ""},
    "a quote with another space": {"quote": "（三） 涉及个人信息的"},
    "a wrong status": {"status": "已失效"},
    "a wrong title": {"title": "中华人民共和国网络安全法"},
    "a wrong document": {"document": "data-security-law-2021"},
    "a catalog entry that does not exist": {"ref": "catalog:nothing"},
}


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES.keys())
def test_what_is_forged_is_struck_out(corpus: Corpus, good: Citation, forged: dict[str, str]) -> None:
    bad = replace(good, **forged, marker=2)  # type: ignore[arg-type]
    assert fault_of(corpus, bad, TODAY)
    result = verified(corpus, answer(good, bad), TODAY)
    assert result.status == ANSWERED
    assert result.citations == (good,)
    assert "[2]" not in result.answer
    assert "[1]" in result.answer
    assert "1处引用未能核实" in result.notices[-1]


def test_nothing_left_is_a_refusal(corpus: Corpus, good: Citation) -> None:
    result = verified(corpus, answer(replace(good, quote="编造的话")), TODAY)
    assert result.status == REFUSED
    assert result.citations == ()
    assert result.reason
    assert "编造" not in result.answer


def test_a_marker_without_a_citation_takes_its_line_with_it(corpus: Corpus, good: Citation) -> None:
    text = f"> {good.quote} [1]\n无依据的话 [7]\n"
    result = verified(corpus, answer(good, text=text), TODAY)
    assert "无依据" not in result.answer
    assert result.citations == (good,)


def test_a_refusal_cites_nothing(corpus: Corpus, good: Citation) -> None:
    result = verified(corpus, replace(answer(good), status=REFUSED), TODAY)
    assert result.citations == ()
    assert "[1]" not in result.answer


def test_catalog_facts_are_literal_strings(corpus: Corpus) -> None:
    entry = next(e for e in corpus.catalog if e.effective and e.issuers)
    assert entry.effective
    for quote in (entry.title, entry.effective.isoformat(), entry.issuers[0]):
        assert fault_of(corpus, cite_entry(entry, quote, 1), TODAY) is None
    assert fault_of(corpus, cite_entry(entry, "1999-01-01", 1), TODAY)


def test_the_status_is_that_of_the_day(corpus: Corpus) -> None:
    from datetime import date

    ref = corpus.parse("cybersecurity-law-2016:21")
    quote = corpus.provision(ref).paragraphs[0].text
    then = cite(corpus, ref, quote, date(2024, 1, 1), 1)
    assert fault_of(corpus, then, date(2024, 1, 1)) is None
    assert fault_of(corpus, then, TODAY)

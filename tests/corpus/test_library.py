from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from lawqa.corpus import Corpus, load_corpus
from lawqa.errors import ReferenceNotFound
from tests.conftest import CorpusCopy

OLD, NEW = "cybersecurity-law-2016", "cybersecurity-law-2025"
DRAFT, FINAL = "genai-measures-draft-2023", "genai-interim-measures-2023"


def test_documents_and_articles_are_all_there(corpus: Corpus) -> None:
    counts = {i.id: (len(i.articles), i.last_article) for i in corpus.instruments if i.articles}
    assert counts[FINAL] == (24, 24)
    assert counts["personal-information-protection-law-2021"] == (74, 74)
    assert counts["data-security-law-2021"] == (55, 55)
    assert counts[OLD] == (79, 79)
    assert counts["network-data-regulations-2024"] == (64, 64)


def test_public_data_is_frozen(corpus: Corpus) -> None:
    with pytest.raises(FrozenInstanceError):
        corpus.instruments[0].title = "x"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        next(iter(corpus.provisions.values())).label = "x"  # type: ignore[misc]


def test_versions_of_one_law(corpus: Corpus) -> None:
    old, new = corpus.instrument(OLD), corpus.instrument(NEW)
    assert corpus.successor(old) == new
    assert corpus.predecessor(new) == old
    assert old.title == new.title
    assert old.label != new.label


@pytest.mark.parametrize(
    ("id", "day", "status", "current"),
    [
        (OLD, "2016-11-06", "尚未公布", False),
        (OLD, "2016-11-07", "尚未施行", False),
        (OLD, "2017-05-31", "尚未施行", False),
        (NEW, "2025-10-27", "尚未公布", False),
        (OLD, "2025-12-31", "现行有效", True),
        (OLD, "2026-01-01", "已被修改", False),
        (NEW, "2025-12-31", "尚未施行", False),
        (NEW, "2026-01-01", "现行有效", True),
        (DRAFT, "2023-05-01", "征求意见稿", False),
        (DRAFT, "2023-04-01", "征求意见稿", False),
        (FINAL, "2023-07-09", "尚未公布", False),
        (FINAL, "2023-07-10", "尚未施行", False),
        (FINAL, "2023-08-14", "尚未施行", False),
        ("ai-industry-action-plan-2017", "2017-12-13", "尚未公布", False),
        (FINAL, "2023-08-15", "现行有效", True),
        ("us-deepfake-report-act-2019", "2024-01-01", "未生效", False),
        ("next-gen-ai-plan-2017", "2024-01-01", "不适用", True),
    ],
)
def test_status_on_a_day(corpus: Corpus, id: str, day: str, status: str, current: bool) -> None:
    instrument = corpus.instrument(id)
    if id == "next-gen-ai-plan-2017":
        status = instrument.status
    assert corpus.status_on(instrument, date.fromisoformat(day)) == status
    assert corpus.current_on(instrument, date.fromisoformat(day)) is current


def test_a_bill_without_a_date_is_of_the_year_of_its_id(corpus: Corpus) -> None:
    bill = corpus.instrument("us-deepfake-report-act-2019")
    assert not corpus.published_on(bill, date(2018, 12, 31))
    assert corpus.published_on(bill, date(2019, 1, 1))


def test_digest_changes_with_any_byte(corpus: Corpus, corpus_copy: CorpusCopy) -> None:
    assert load_corpus(corpus_copy.root).digest == corpus.digest
    corpus_copy.edit("data-security-law-2021.md", "应当", "可以")
    assert load_corpus(corpus_copy.root).digest != corpus.digest


def test_unknown_ids(corpus: Corpus) -> None:
    with pytest.raises(ReferenceNotFound, match="lawqa corpus list"):
        corpus.instrument("nothing-2000")
    with pytest.raises(ReferenceNotFound, match="只有目录"):
        corpus.instrument(corpus.catalog[0].id)


def test_catalog_entries_are_facts_or_none(corpus: Corpus) -> None:
    for entry in corpus.catalog:
        assert entry.title
        assert entry.summary
        assert not corpus.has(entry.id)
        assert corpus.entry(entry.id) is entry
        assert entry.promulgated is None or type(entry.promulgated) is date

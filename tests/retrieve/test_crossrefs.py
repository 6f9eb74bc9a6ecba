import pytest

from lawqa.corpus import Corpus, Reference
from lawqa.corpus.titles import Titles
from lawqa.retrieve.crossrefs import CrossReferences


@pytest.fixture(scope="module")
def references(corpus: Corpus, titles: Titles) -> CrossReferences:
    return CrossReferences(corpus, titles)


def test_all_targets_exist_and_are_others(corpus: Corpus, references: CrossReferences) -> None:
    count = 0
    for ref in corpus.provisions:
        for other in references.cites(ref):
            count += 1
            assert other in corpus.provisions
            assert other != ref
            assert ref in references.cited_by(other)
    assert count > 100


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("personal-information-protection-law-2021:38", "personal-information-protection-law-2021:40"),
        ("data-security-law-2021:45", "data-security-law-2021:27"),
    ],
)
def test_articles_that_a_text_names(references: CrossReferences, source: str, target: str) -> None:
    assert Reference(*target.split(":")) in references.cites(Reference(*source.split(":")))


def test_documents_that_a_text_names(references: CrossReferences) -> None:
    named = references.documents(Reference("genai-interim-measures-2023", "1"))
    assert "cybersecurity-law-2016" in named  # the version of its time
    assert "personal-information-protection-law-2021" in named

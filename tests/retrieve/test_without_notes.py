"""A document that a user adds has no editorial notes, and is still found beside those that have."""

from __future__ import annotations

import shutil

import pytest

from lawqa.lawqa import LawQA
from lawqa.retrieve.hybrid import WITHOUT_NOTES
from lawqa.settings import load_settings
from tests.conftest import ROOT, TODAY

OWN = "science-ethics-review-measures-2023"
#: Written for this test, in words of one's own.
QUESTIONS = {
    "伦理委员会至少要有多少个委员，能不能全是本单位的人": f"{OWN}:7",
    "遇到疫情这种紧急状态，伦理审查几个小时内要做完": f"{OWN}:36",
    "和国外大学合作的科技活动，那边的伦理审查也要过吗": f"{OWN}:12",
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> LawQA:
    folder = tmp_path_factory.mktemp("own")
    corpus, mine = folder / "corpus", folder / "mine"
    shutil.copytree(ROOT / "corpus", corpus)
    mine.mkdir()
    (corpus / f"{OWN}.md").rename(mine / f"{OWN}.md")
    (corpus / "editorial" / f"{OWN}.yaml").unlink()
    return LawQA.open(load_settings({}, corpus=str(corpus), user_corpus=str(mine), index=str(folder / "index")))


def test_it_is_among_the_first_five(own: LawQA) -> None:
    found = {q: [str(h.ref) for h in own.search(q, 5, TODAY).hits] for q in QUESTIONS}
    assert all(any(ref.startswith(f"{OWN}:") for ref in refs) for refs in found.values()), found
    assert sum(QUESTIONS[q] in refs for q, refs in found.items()) >= 2, found


def test_others_keep_their_questions(own: LawQA) -> None:
    assert str(own.search("大模型训练数据有什么要求", 1, TODAY).hits[0].ref).startswith("genai-interim-measures-2023:")


def test_only_what_has_no_notes_is_lifted(own: LawQA, lawqa: LawQA) -> None:
    question = own.understand("遇到疫情这种紧急状态，伦理审查几个小时内要做完", TODAY)
    row = next(i for i, ref in enumerate(own.index.refs) if str(ref) == f"{OWN}:36")
    scores = own.retriever.rank(question).scores
    own.retriever._bare[:] = False
    try:
        assert scores[row] - own.retriever.rank(question).scores[row] == pytest.approx(WITHOUT_NOTES)
    finally:
        own.retriever._bare[:] = [r.document == OWN for r in own.index.refs]
    assert not lawqa.retriever._bare.any()

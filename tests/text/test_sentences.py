from hypothesis import given
from hypothesis import strategies as st

from lawqa.corpus import Corpus
from lawqa.text.sentences import sentences

MARKS = st.sampled_from(list("。；！？;!?”’」（）“甲乙 \n"))


@given(st.lists(MARKS, max_size=30).map("".join))
def test_sentences_join_to_the_text(text: str) -> None:
    pieces = sentences(text)
    assert "".join(pieces) == text or (not text.strip() and pieces == [])
    assert all(p.strip() for p in pieces)


def test_sentences_of_the_corpus_are_literal(corpus: Corpus) -> None:
    for provision in corpus.provisions.values():
        for _, text in provision.pieces():
            assert "".join(sentences(text)) == text


def test_cut_outside_brackets_and_quotation_marks_only() -> None:
    assert sentences("甲（乙。丙）丁。戊；己") == ["甲（乙。丙）丁。", "戊；", "己"]
    assert sentences("他说“好。”然后走了。") == ["他说“好。”", "然后走了。"]

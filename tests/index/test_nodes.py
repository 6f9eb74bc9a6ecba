from collections import Counter

from lawqa.corpus import Corpus
from lawqa.corpus.editorial import load_editorial
from lawqa.index.nodes import BEYOND, NO_ROW, PIECE, PROVISION, QUESTION, fields_of, nodes_of


def test_nodes_cover_the_corpus(corpus: Corpus) -> None:
    editorial = load_editorial(corpus)
    nodes = nodes_of(corpus, editorial)
    refs = list(corpus.provisions)
    assert len({n.id for n in nodes}) == len(nodes)
    provisions = [n for n in nodes if n.kind == PROVISION]
    assert [n.ref for n in provisions] == refs  # rows are the corpus' order
    assert [n.provision for n in provisions] == list(range(len(refs)))
    for node in nodes:
        assert node.text.strip()
        if node.kind == BEYOND:
            assert (node.provision, node.ref) == (NO_ROW, None)
        else:
            assert node.ref is not None
            assert refs[node.provision] == node.ref.provision
    kinds = Counter(n.kind for n in nodes)
    assert kinds[PIECE] > 0
    assert kinds[QUESTION] >= len(editorial.notes)


def test_a_piece_holds_its_literal_text_and_its_lead(corpus: Corpus) -> None:
    nodes = nodes_of(corpus, load_editorial(corpus))
    (item,) = [n for n in nodes if n.kind == PIECE and str(n.ref) == "genai-interim-measures-2023:7.1.3"]
    provision = corpus.provision(item.ref)
    assert item.text.endswith(provision.piece(item.ref) or "?")


def test_one_set_of_fields_a_provision(corpus: Corpus) -> None:
    fields = fields_of(corpus, load_editorial(corpus))
    assert len(fields) == len(corpus.provisions)
    for field, provision in zip(fields, corpus.provisions.values(), strict=True):
        assert provision.text in field.text
        assert provision.text not in field.head or not provision.text

"""Qrels, runs and test collections, whole and broken."""

import gzip

import pytest

from lawqa.errors import SetError, UsageError
from lawqa.evals.qrels import read_qrels, write_qrels
from lawqa.evals.run import ranked, read_run, write_run
from lawqa.evals.test_collection import read_beir, read_collection

from .conftest import write_jsonl


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("q1 0 d1 1\nq1 0 d2 0\nq2 0 d1 2\n", "读作 TREC qrels"),
        ("query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\nq2\td1\t2\n", "读作BEIR qrels（首行为表头"),
        ("q1\td1\t1\nq1\td2\t0\nq2\td1\t2\n", "读作 qid/pid 对（3列，以制表符分隔，首行无表头，第三列为等级）"),
    ],
)
def test_qrels_are_told_apart_and_said(tmp_path, text, said):
    path = tmp_path / "qrels"
    path.write_text(text, encoding="utf-8")
    qrels, sentence = read_qrels(path)
    assert qrels == {"q1": {"d1": 1, "d2": 0}, "q2": {"d1": 2}}
    assert sentence.startswith(said)
    write_qrels(tmp_path / "again", qrels)
    assert read_qrels(tmp_path / "again")[0] == qrels


def test_pairs_without_a_grade(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("qid\tpid\n1\t22\n1\t23\n", encoding="utf-8")
    assert read_qrels(path)[0] == {"1": {"22": 1, "23": 1}}


def test_broken_qrels_are_reported_line_by_line(tmp_path):
    path = tmp_path / "qrels"
    path.write_text("q1 0 d1 1\nq1 0 d1\nq1 0 d1 2\nq1 0 d2 x\n", encoding="utf-8")
    with pytest.raises(SetError) as caught:
        read_qrels(path)
    assert [f.line for f in caught.value.faults] == [2, 3, 4]


@pytest.mark.parametrize("text", ["", "what is this\n", "\n\n"])
def test_a_file_that_is_no_qrels(tmp_path, text):
    path = tmp_path / "qrels"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SetError):
        read_qrels(path)


def test_a_run_keeps_its_order_even_where_scores_tie(tmp_path):
    run = {"q": ranked([("z", 1.0), ("a", 1.0), ("m", 0.5), ("z", 0.1)])}
    assert list(run["q"]) == ["z", "a", "m"]
    assert run["q"]["z"] > run["q"]["a"] > run["q"]["m"]  # trec_eval breaks ties by name, whatever the ranks say
    write_run(tmp_path / "run", run, "lawqa")
    assert read_run(tmp_path / "run") == run
    assert list(read_run(tmp_path / "run")["q"]) == ["z", "a", "m"]


def test_a_broken_run_is_reported_line_by_line(tmp_path):
    path = tmp_path / "run"
    path.write_text("q Q0 d 1 0.5 t\nq Q0 d 2 0.4 t\nq Q0 e x 0.3 t\nq Q0 f 4 nan t\n", encoding="utf-8")
    with pytest.raises(SetError) as caught:
        read_run(path)
    assert [f.line for f in caught.value.faults] == [2, 3, 4]


def test_a_beir_folder(beir):
    found = read_beir(beir)
    assert found.ids == tuple(f"d{n}" for n in range(6))
    assert found.texts[0] == "某法 消费者有权退货"
    assert list(found.queries) == ["q0", "q1", "q2"]  # q3 is not judged
    packed = beir / "corpus.jsonl.gz"
    packed.write_bytes(gzip.compress((beir / "corpus.jsonl").read_bytes()))
    (beir / "corpus.jsonl").unlink()
    assert read_beir(beir).texts == found.texts


def test_a_beir_folder_without_the_split(beir):
    with pytest.raises(UsageError, match="有：test"):
        read_beir(beir, "dev")


def test_every_fault_of_a_collection_is_reported(beir):
    with (beir / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "d0", "text": "again"}\n{"_id": "d9"}\n')
    with (beir / "queries.jsonl").open("a", encoding="utf-8") as file:
        file.write("{\n")
    with pytest.raises(SetError) as caught:
        read_beir(beir)
    assert len(caught.value.faults) == 3


def test_judgements_of_unknown_documents_and_queries(beir):
    with (beir / "qrels" / "test.tsv").open("a", encoding="utf-8") as file:
        file.write("q0\tnone\t1\nnobody\td1\t1\n")
    with pytest.raises(SetError) as caught:
        read_beir(beir)
    assert "“none”" in str(caught.value)
    assert "“nobody”" in str(caught.value)


def test_tab_separated_texts(tmp_path):
    (tmp_path / "docs.tsv").write_text("pid\ttext\n1\t甲\n2\t乙\t丙\n", encoding="utf-8")
    write_jsonl(tmp_path / "queries.jsonl", [{"_id": "9", "text": "问"}])
    (tmp_path / "pairs.tsv").write_text("9\t2\n", encoding="utf-8")
    found = read_collection("x", tmp_path / "docs.tsv", tmp_path / "queries.jsonl", tmp_path / "pairs.tsv")
    assert found.texts == ("甲", "乙 丙")
    assert found.qrels == {"9": {"2": 1}}

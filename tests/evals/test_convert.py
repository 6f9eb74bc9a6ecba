"""Converters, on small files of the published shapes that we made up."""

import json

import pytest

from lawqa.cli import main
from lawqa.evals.test_collection import read_beir

from .conftest import write_jsonl


def write(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def stard(tmp_path):
    folder = tmp_path / "stard"
    folder.mkdir()
    rows = [{"id": n, "name": f"某法第{n}条", "content": f"第{n}条的内容。\\n"} for n in (7, 8)]
    write_jsonl(folder / "corpus.jsonl", rows)
    asked = [
        {"query_id": 1, "问题": "甲？", "相关法规": {}, "match_id": [7, 8], "match_name": []},
        {"query_id": 2, "问题": "乙？", "相关法规": {}, "match_id": [99], "match_name": []},
    ]
    write(folder / "queries.json", asked)
    return folder


@pytest.fixture
def lecard(tmp_path):
    folder = tmp_path / "lecard"
    (folder / "query").mkdir(parents=True)
    write_jsonl(
        folder / "query" / "query.json", [{"path": "x", "ridx": 1325, "q": "被告人取走他人存款", "crime": ["盗窃罪"]}]
    )
    for ridx, cid, name in ((1325, 11, "甲盗窃案"), (1325, 12, "乙诈骗案"), (44, 11, "甲盗窃案")):
        write(
            folder / "candidates" / str(ridx) / f"{cid}.json", {"ajName": name, "ajjbqk": f"{name}的事实", "qw": "全文"}
        )
    write(folder / "label" / "label_top30_dict.json", {"1325": {"11": 3, "12": 0}})
    return folder


@pytest.fixture
def lexrag(tmp_path):
    folder = tmp_path / "lexrag"
    folder.mkdir()
    rows = [{"id": n, "name": f"《某法》第{n}条", "content": f"内容{n}"} for n in (1, 2)]
    write_jsonl(folder / "law_library.jsonl", rows)
    turns = [
        {"user": "押金不退？", "assistant": "答", "keyword": ["押金"], "article": ["《某法》第2条"]},
        {"user": "谢谢", "assistant": "不客气", "keyword": [], "article": []},
        {"user": "那租金呢？", "assistant": "答", "keyword": [], "article": ["《某法》第1条", "《无法》第9条"]},
    ]
    write(folder / "dataset.json", [{"id": 5, "conversation": turns}])
    return folder


def test_stard(stard, tmp_path, capsys):
    assert main(["eval", "convert", "stard", str(stard), str(tmp_path / "out")]) == 0
    found = read_beir(tmp_path / "out")
    assert found.qrels == {"1": {"7": 1, "8": 1}}
    assert found.texts[0] == "某法第7条 第7条的内容。"
    assert "1个问题没有可用的判断，1篇被判断的文档不在其中" in capsys.readouterr().out


def test_stards_own_split_is_read_as_it_is(stard, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LAWQA_EVAL_CACHE", str(tmp_path / "cache"))
    (tmp_path / "qrels.dev.tsv").write_text("1\t7\n", encoding="utf-8")
    (tmp_path / "dev.query.txt").write_text("1\t第7条的内容是什么\n", encoding="utf-8")
    texts = ["--collection", str(stard / "corpus.jsonl"), "--queries", str(tmp_path / "dev.query.txt")]
    assert main(["eval", str(tmp_path / "qrels.dev.tsv"), *texts, "--fail-under", "R@5=1"]) == 0


def test_lecard(lecard, tmp_path):
    assert main(["eval", "convert", "lecard", str(lecard), str(tmp_path / "out")]) == 0
    found = read_beir(tmp_path / "out")
    assert found.qrels == {"1325": {"11": 3, "12": 0}}
    assert found.texts == ("甲盗窃案 甲盗窃案的事实", "乙诈骗案 乙诈骗案的事实")


def test_lecard_with_golden_labels(lecard, tmp_path):
    (lecard / "label" / "label_top30_dict.json").unlink()
    write(lecard / "label" / "golden_labels.json", {"1325": ["11"]})
    assert main(["eval", "convert", "lecard", str(lecard), str(tmp_path / "out")]) == 0
    assert read_beir(tmp_path / "out").qrels == {"1325": {"11": 1}}


def test_lexrag(lexrag, tmp_path):
    assert main(["eval", "convert", "lexrag", str(lexrag), str(tmp_path / "out")]) == 0
    found = read_beir(tmp_path / "out")
    assert found.queries == {"5_turn1": "押金不退？", "5_turn3": "押金不退？ 谢谢 那租金呢？"}
    assert found.qrels == {"5_turn1": {"a1": 1}, "5_turn3": {"a0": 1}}


def test_mistakes(stard, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["eval", "convert", "nope", str(stard), str(out)]) == 2
    assert main(["eval", "convert", "lexrag", str(stard), str(out)]) == 2
    assert "law_library.jsonl" in capsys.readouterr().err
    write_jsonl(stard / "corpus.jsonl", [{"id": 1}, {"id": 2, "name": "x", "content": 3}])
    (stard / "queries.json").write_text("[{]", encoding="utf-8")
    assert main(["eval", "convert", "stard", str(stard), str(out)]) == 2
    error = capsys.readouterr().err
    assert "3处错误" in error
    assert not out.exists()
    out.mkdir()
    assert main(["eval", "convert", "stard", str(stard), str(out)]) == 2
    assert "已经存在" in capsys.readouterr().err

"""Small sets written to a folder."""

import json
from pathlib import Path

import pytest

GENAI = "genai-interim-measures-2023"


def question(id, gold=(f"{GENAI}:7",), **fields):
    row = {
        "id": id,
        "type": "lookup",
        "question": "提供者处理训练数据要遵守什么规定？",
        "gold": list(gold),
        "primary": gold[0] if gold else None,
        "answerable": bool(gold),
        "must_say": [],
        "as_of": None,
        "history": [],
    }
    return {**row, **fields}


def write_jsonl(path: Path, rows) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def shared_index(settings, monkeypatch):
    """Commands load the session's index, as the ``lawqa`` fixture does."""
    monkeypatch.setenv("LAWQA_INDEX", str(settings.index))


@pytest.fixture
def small_set(tmp_path):
    """Three questions that can be answered and one that cannot."""
    rows = [
        question("q1"),
        question(
            "q2", (f"{GENAI}:17",), question="暂行办法第十七条要求什么？", must_say=[["安全评估"], ["没有这个词"]]
        ),
        question("q3", (f"{GENAI}:14",), question="发现违法内容后要怎么处置？", type="lay"),
        question("q4", (), question="明天南京下不下雨啊", type="unanswerable"),
    ]
    return write_jsonl(tmp_path / "small.jsonl", rows)


@pytest.fixture
def beir(tmp_path):
    """A BEIR folder of six articles and three queries."""
    texts = ["消费者有权退货", "劳动者每日工作不超过八小时", "承租人应当按时交付租金", "网络运营者应当保护用户信息"]
    texts += ["出卖人应当交付标的物", "驾驶机动车应当取得驾驶证"]
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    write_jsonl(folder / "corpus.jsonl", [{"_id": f"d{n}", "title": "某法", "text": t} for n, t in enumerate(texts)])
    asked = ["每天能让劳动者工作几个小时", "租金什么时候交", "没有驾驶证能开机动车吗", "没有判断的问题"]
    write_jsonl(folder / "queries.jsonl", [{"_id": f"q{n}", "text": t} for n, t in enumerate(asked)])
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq0\td1\t1\nq1\td2\t1\nq2\td5\t1\n", encoding="utf-8"
    )
    return folder

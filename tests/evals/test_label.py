"""Labels: kappa by hand, files, and the page over real HTTP."""

import json
import re
import socket
import threading
import time
from contextlib import contextmanager

import httpx2
import pytest
import uvicorn

from lawqa.cli import main
from lawqa.errors import SetError
from lawqa.evals.label import Label, agreement, append_label, read_answers, read_labels
from lawqa.evals.label_page import Desk, create_label_app

from .conftest import write_jsonl


def labels(text, **fields):
    names = {"c": "correct", "i": "incomplete", "u": "unsupported", "w": "wrong"}
    return {f"q{n}": Label(f"q{n}", names[x], "", "me", fields.get("answer", ""), "") for n, x in enumerate(text)}


def test_kappa_by_hand():
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.7, expected 0.5, kappa 0.4
    found = agreement(labels("c" * 25 + "w" * 25), labels("c" * 20 + "w" * 5 + "c" * 10 + "w" * 15))
    assert (found.n, found.observed) == (50, 0.7)
    assert found.kappa == pytest.approx(0.4)
    assert found.table[("correct", "wrong")] == 5


def test_kappa_against_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    a, b = "cciuwwcciuwcuic", "cicuwwccuuwcuci"
    assert agreement(labels(a), labels(b)).kappa == pytest.approx(metrics.cohen_kappa_score(list(a), list(b)))


def test_perfect_and_one_sided_agreement():
    assert agreement(labels("cw"), labels("cw")).kappa == 1.0
    assert agreement(labels("cc"), labels("cc")).kappa == 1.0


def test_labels_of_other_answers_are_left_out():
    found = agreement({**labels("cc", answer="x")}, {**labels("c", answer="x"), "q1": labels("cw", answer="y")["q1"]})
    assert (found.n, found.other_answers) == (1, 1)


ANSWERS = [
    {
        "id": f"q{n}",
        "question": f"第{n}问<b>？",
        "status": "answered",
        "answer": "**答**：\n\n> 应当标识[1] <script>",
        "citations": [
            {
                "marker": 1,
                "ref": "genai-interim-measures-2023:12",
                "label": "《暂行办法》第十二条",
                "status": "现行有效",
                "quote": "提供者应当按照",
            }
        ],
    }
    for n in range(2)
]


def test_a_later_label_replaces_an_earlier_one(tmp_path):
    path = tmp_path / "labels.jsonl"
    append_label(path, ANSWERS[0], "wrong", "", "me")
    append_label(path, ANSWERS[0], "correct", "看错了", "me")
    assert read_labels(path)["q0"].label == "correct"
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2


def test_broken_files_are_reported_line_by_line(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "a", "label": "fine"}\n{\n{"id": "b", "label": "wrong"}\n', encoding="utf-8")
    with pytest.raises(SetError) as caught:
        read_labels(path)
    assert [f.line for f in caught.value.faults] == [1, 2]
    with pytest.raises(SetError, match="lawqa eval --out"):
        read_answers(path)


@contextmanager
def served(app):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


def test_the_page_takes_labels(lawqa, tmp_path):
    file = tmp_path / "labels.jsonl"
    app = create_label_app(Desk(ANSWERS, lawqa.corpus, file, "甲"), ["127.0.0.1"])
    with served(app) as client:
        page = client.get("/").text
        assert "第0问&lt;b&gt;？" in page
        assert "提供者应当按照" in page
        assert "<strong>答</strong>" in page
        assert "&lt;script&gt;" in page
        assert lawqa.corpus.provision(lawqa.corpus.parse("genai-interim-measures-2023:12")).text[:30] in page
        token = re.search(r'name="token" value="([^"]+)"', page)[1]
        form = {"token": token, "n": "0", "label": "incomplete", "note": "漏了第二款 & 期限"}
        following = client.post("/label", data=form)
        assert "第1问" in following.text
        assert client.post("/label", data={**form, "token": "guessed"}).status_code == 403
        assert client.post("/label", data={**form, "label": "fine"}).status_code == 422
        assert client.post("/label", data={**form, "n": "7"}).status_code == 422
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
        assert "全部答案都已标注" in client.post("/label", data={**form, "n": "1", "label": "correct"}).text
        assert "default-src 'none'" in client.get("/").headers["content-security-policy"]
    found = read_labels(file)
    assert (found["q0"].label, found["q0"].note, found["q0"].who) == ("incomplete", "漏了第二款 & 期限", "甲")
    assert found["q1"].label == "correct"
    assert len(found) == 2


def test_agreement_as_it_is_typed(tmp_path, capsys):
    for name, given in (("a", ("correct", "wrong")), ("b", ("correct", "correct"))):
        for row, label in zip(ANSWERS, given, strict=True):
            append_label(tmp_path / f"{name}.jsonl", row, label, "", name)
    command = ["eval", "label", "--agreement", str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")]
    assert main(command) == 0
    assert "共同标注2题，一致50.0%，Cohen κ = 0.0000" in capsys.readouterr().out
    assert main([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 2


def test_a_port_that_is_taken(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answers = write_jsonl(tmp_path / "answers.jsonl", ANSWERS)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["eval", "label", str(answers), "--who", "me", "--port", port]) == 2
    assert port in capsys.readouterr().err

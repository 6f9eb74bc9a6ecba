"""The model as judge, against a small server that speaks the protocol, and misbehaves."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lawqa.cli import main
from lawqa.evals.label import append_label


class Model(BaseHTTPRequestHandler):
    reply = '好的：{"label": "correct", "note": "有据"}'
    seen: list = []  # noqa: RUF012
    code = 200

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.path, self.headers["Authorization"], json.loads(body)))
        out = json.dumps({"choices": [{"message": {"content": self.reply}}]}).encode()
        self.send_response(self.code)
        self.send_header("Content-Length", str(len(out)))
        self.end_headers()
        self.wfile.write(out)

    def log_message(self, *given):
        pass


@pytest.fixture
def model(monkeypatch):
    kind = type("Model", (Model,), {"seen": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("LAWQA_JUDGE_BASE_URL", f"http://127.0.0.1:{server.server_port}/v1")
    monkeypatch.setenv("LAWQA_JUDGE_MODEL", "small-judge")
    monkeypatch.setenv("LAWQA_JUDGE_API_KEY", "very-secret")
    yield kind
    server.shutdown()
    thread.join()
    server.server_close()


def test_verdicts_are_labelled_and_held_against_people(model, small_set, tmp_path, capsys):
    out = tmp_path / "out"
    day = ["--as-of", "2025-12-01"]
    assert main(["eval", str(small_set), "--out", str(out), *day]) == 0
    assert not model.seen  # off by default
    rows = [json.loads(line) for line in (out / "answers.jsonl").read_text(encoding="utf-8").splitlines()]
    for row, label in zip(rows, ("correct", "wrong", "correct", "correct"), strict=True):
        append_label(tmp_path / "people.jsonl", row, label, "", "me")
    capsys.readouterr()
    judged = ["--judge", "--judge-labels", str(tmp_path / "people.jsonl"), "--out", str(out)]
    assert main(["eval", str(small_set), *judged, *day]) == 0
    captured = capsys.readouterr()
    assert "Judge_correct 是模型 small-judge 的评判" in captured.err
    assert "与人工标注对照4题：一致75.0%" in captured.err
    assert "Judge_correct" in captured.out
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["judge"] == "small-judge"
    assert len((out / "judge.jsonl").read_text(encoding="utf-8").splitlines()) == 4
    path, key, body = model.seen[0]
    assert (path, key, body["model"]) == ("/v1/chat/completions", "Bearer very-secret", "small-judge")


@pytest.mark.parametrize(("reply", "code"), [("I refuse", 200), ('{"label": "great"}', 200), ("", 500)])
def test_a_judge_that_is_of_no_use(model, small_set, capsys, reply, code):
    model.reply, model.code = reply, code
    assert main(["eval", str(small_set), "--judge"]) == 2
    error = capsys.readouterr().err
    assert "评判模型" in error
    assert "very-secret" not in error


def test_a_judge_that_is_down(model, small_set, capsys, monkeypatch):
    monkeypatch.setenv("LAWQA_JUDGE_BASE_URL", "http://127.0.0.1:9/v1")
    assert main(["eval", str(small_set), "--judge"]) == 2
    assert "LAWQA_JUDGE_BASE_URL" in capsys.readouterr().err

"""Running the server: probes, metrics, logs, and a stop that loses no answer."""

from __future__ import annotations

import json
import signal
import threading
import time
from pathlib import Path

import httpx2
from prometheus_client.parser import text_string_to_metric_families

from tests.web.conftest import QUESTION, Serve, Server, lawqa_command


def samples(server: Server) -> dict[tuple[str, ...], float]:
    text = httpx2.get(f"{server.url}/metrics").text
    found = {}
    for family in text_string_to_metric_families(text):
        for s in family.samples:
            found[(s.name, *(v for _, v in sorted(s.labels.items())))] = s.value
    return found


def test_metrics_count_what_happened(server: Server, http: httpx2.Client) -> None:
    before = samples(server)
    http.post("/api/v1/ask", json={"question": QUESTION})
    http.post("/api/v1/ask", json={"question": "暂行办法第九十九条"})
    http.get("/api/v1/no/such/thing")
    after = samples(server)

    def grown(*key: str) -> float:
        return after.get(key, 0) - before.get(key, 0)

    assert grown("lawqa_answers_total", "ask", "api", "answered") == 1
    assert grown("lawqa_answers_total", "ask", "api", "refused") == 1
    assert grown("lawqa_requests_total", "POST", "/api/v1/ask", "200") == 2
    assert grown("lawqa_requests_total", "GET", "other", "404") == 1
    assert after[("lawqa_ready",)] == 1


def test_logs_are_json_with_request_ids_and_no_secrets(serve: Serve) -> None:
    server = serve(
        {"LAWQA_LOG_FORMAT": "json", "LAWQA_SESSION_SECRET": "hidden-secret", "LAWQA_AUDIT_KEY": "hidden-key"}
    )
    httpx2.get(f"{server.url}/api/v1/documents?code=in-the-query", headers={"X-Request-ID": "abc-1"})
    httpx2.get(f"{server.url}/api/v1/documents", headers={"X-Request-ID": 'x"}\n{"forged'.replace("\n", " ")})
    time.sleep(0.3)
    records = [json.loads(line) for line in server.log().splitlines() if line.startswith("{")]
    mine = [r for r in records if r.get("request_id") == "abc-1"]
    assert mine[0]["path"] == "/api/v1/documents"
    assert mine[0]["status"] == 200
    assert mine[0]["ms"] >= 0
    assert "forged" not in server.log()
    assert "hidden-" not in server.log()
    assert "in-the-query" not in server.log()
    shown = lawqa_command("config", LAWQA_SESSION_SECRET="hidden-secret", LAWQA_SERVER_TOKEN="hidden-token")
    assert "hidden-" not in shown.stdout


def test_a_faulty_corpus_is_alive_but_not_ready(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "x-2020.md").write_text("no front matter")
    server = serve({"LAWQA_CORPUS": str(tmp_path / "corpus")}, wait=False)
    for _ in range(300):
        try:
            response = httpx2.get(f"{server.url}/readyz")
            if response.json()["status"] == "failed":
                break
        except httpx2.HTTPError:
            pass
        time.sleep(0.1)
    assert response.status_code == 503
    assert str(tmp_path) not in response.text
    assert httpx2.get(f"{server.url}/healthz").status_code == 200
    asked = httpx2.post(f"{server.url}/api/v1/ask", json={"question": QUESTION})
    assert asked.status_code == 503
    assert asked.headers["retry-after"]
    assert "语料有误" in server.log()
    assert server.stop() in (0, -signal.SIGTERM)


def test_a_stop_loses_no_answer(serve: Serve, tmp_path: Path) -> None:
    audit = tmp_path / "audit"
    server = serve({"LAWQA_RATE_PER_MINUTE": "0", "LAWQA_AUDIT_FOLDER": str(audit)})
    # one client, made before: a client of their own each would take longer to make than the server to stop
    limits = httpx2.Limits(max_connections=50)
    client = httpx2.Client(base_url=server.url, limits=limits, timeout=60, trust_env=False)
    begun, told = threading.Event(), threading.Event()
    whole: list[bool] = []
    after: list[bool] = []
    broken: list[str] = []

    def ask() -> None:
        try:
            events = {"Accept": "text/event-stream"}
            with client.stream("POST", "/api/v1/ask", json={"question": QUESTION}, headers=events) as response:
                text = ""
                for piece in response.iter_text():
                    begun.set()
                    text += piece
                whole.append("event: answer" in text)
                after.append(told.is_set())
        except httpx2.ConnectError:
            pass  # came after the stop: it never got in, and a proxy asks the next server
        except httpx2.HTTPError as error:
            broken.append(repr(error))

    def idle() -> None:
        try:
            with client.stream("GET", "/ui/gradio_api/heartbeat/a-page") as response:
                for _ in response.iter_bytes():
                    pass
        except httpx2.HTTPError:
            pass

    threads = [threading.Thread(target=idle), *(threading.Thread(target=ask) for _ in range(40))]
    for thread in threads:
        thread.start()
    begun.wait(30)
    stopped = time.monotonic()
    told.set()
    code = server.stop(60)
    seconds = time.monotonic() - stopped
    for thread in threads:
        thread.join(30)
    client.close()
    assert code in (0, -signal.SIGTERM)
    assert broken == []
    assert whole
    assert all(whole)
    assert any(after), "nothing was in progress when the server was told to stop"
    assert seconds < 15, "an open page held the server up"
    records = [json.loads(line) for p in audit.glob("audit-*") for line in p.read_text(encoding="utf-8").splitlines()]
    assert len(records) >= len(whole)
    assert lawqa_command("audit", "verify", "--folder", str(audit)).returncode == 0

"""The check and compare pages over HTTP: files in, verdicts and Word out, behind the sign-on, in the audit log."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import httpx2
import pytest

from lawqa.web.chat.answer_html import question_html
from tests.web.conftest import QUESTION, Serve, Server, lawqa_command

TEXT = "依据《生成式人工智能服务管理暂行办法》第九十九条。\n第七条规定“使用具有合法来源的数据和基础模型”。"


def word_file() -> bytes:
    document = docx.Document()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [("", TEXT.encode()), ("意见.txt", TEXT.encode("gb18030")), ("意见.md", TEXT.encode()), ("意见.docx", word_file())],
)
def test_each_citation_is_judged_and_leads_to_its_provision(http: httpx2.Client, name: str, data: bytes) -> None:
    given = {"name": name, "as_of": "2026-06-01"}
    found = http.post("/api/ui/check", params=given, content=data).json()
    assert found["tones"] == ["bad", "good"]
    assert 'class="bad"' in found["html"]
    assert "<style" not in found["html"]
    made = http.post("/api/ui/check/word", params=given, content=data)
    comments = [c.text for c in docx.Document(io.BytesIO(made.content)).comments]
    assert len(comments) == 2
    assert comments[0].startswith("没有这一条款")


def test_a_misplaced_quotation_links_to_where_it_stands(http: httpx2.Client) -> None:
    text = "《生成式人工智能服务管理暂行办法》第四条规定“使用具有合法来源的数据和基础模型”。"
    html = http.post("/api/ui/check", params={"as_of": "2026-06-01"}, content=text.encode()).json()["html"]
    assert 'href="./?ref=genai-interim-measures-2023:7.1.1&amp;as_of=2026-06-01"' in html


def test_what_is_pasted_is_never_markup(http: httpx2.Client) -> None:
    html = http.post("/api/ui/check", content="<img src=x onerror=alert(1)>暂行办法第七条".encode()).json()["html"]
    assert "<img" not in html


@pytest.mark.parametrize(
    ("name", "data", "status", "says"),
    [
        ("a.exe", b"MZ", 422, "a.exe"),
        ("a.docx", b"no zip", 422, "a.docx"),
        ("a.pdf", b"%PDF-1.4 broken", 422, "a.pdf"),
        ("", b"  ", 422, "没有文字"),
        ("a.txt", b"x" * 10_000_001, 413, "LAWQA_MAX_UPLOAD_BYTES"),
    ],
)
def test_faults_are_one_line(http: httpx2.Client, name: str, data: bytes, status: int, says: str) -> None:
    response = http.post("/api/ui/check", params={"name": name}, content=data)
    assert response.status_code == status
    assert says in response.json()["detail"]
    assert "\n" not in response.json()["detail"]


def test_compare_shows_only_what_changed_when_asked(http: httpx2.Client) -> None:
    pair = {"a": "cybersecurity-law-2016", "b": "cybersecurity-law-2025"}
    every = http.get("/api/ui/compare", params=pair).json()
    some = http.get("/api/ui/compare", params=pair | {"changed": "1"}).json()
    assert every["html"].count('<tr class="same"') == 62
    assert some["html"].count('<tr class="same"') == 0
    assert every["chapters"]["第六章 法律责任"]["changed"] == 9
    assert 'href="./?ref=cybersecurity-law-2025:1"' in every["html"]
    digest = http.get("/api/ui/compare", params={"a": "no-such-law", "b": pair["b"]})
    assert digest.status_code == 404


@pytest.fixture(scope="module")
def guarded(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> tuple[Server, str, Path]:
    """A server with tokens and an audit log; its token; the log's folder."""
    folder = tmp_path_factory.mktemp("guarded")
    file, audit = str(folder / "tokens.json"), folder / "audit"
    token = lawqa_command("token", "add", "lin", LAWQA_TOKENS_FILE=file).stdout.strip()
    more = {"LAWQA_SIGN_ON": "tokens", "LAWQA_TOKENS_FILE": file, "LAWQA_AUDIT_FOLDER": str(audit)}
    return serve(more), token, audit


def records(audit: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for path in sorted(audit.glob("audit-*")) for line in path.read_text().splitlines()]


def test_nobody_checks_without_signing_on(guarded: tuple[Server, str, Path]) -> None:
    server, _, _ = guarded
    with httpx2.Client(base_url=server.url, trust_env=False) as http:
        for path in ("/api/ui/check", "/api/ui/check/word", "/api/ui/export/md"):
            assert http.post(path, content=b"x").status_code == 401
        for path in ("/ui/check", "/ui/compare"):
            assert http.get(path, headers={"Accept": "text/html"}).status_code == 303
        assert http.get("/api/ui/compare", params={"a": "x", "b": "y"}).status_code == 401


def test_the_audit_log_knows_who_checked_and_keeps_only_the_beginning(guarded: tuple[Server, str, Path]) -> None:
    server, token, audit = guarded
    long = TEXT + "机密" * 300
    with httpx2.Client(base_url=server.url, trust_env=False, headers={"Authorization": f"Bearer {token}"}) as http:
        assert http.post("/api/ui/check", content=long.encode()).status_code == 200
        assert http.get("/api/ui/compare", params={"a": "旧网安法", "b": "cybersecurity-law-2025"}).status_code == 200
    check, compared = records(audit)[-2:]
    assert (check["event"], check["user"], check["channel"], check["status"]) == ("check", "lin", "page", "flagged")
    assert "genai-interim-measures-2023:7" in " ".join(check["refs"])
    assert len(check["question"]) < 300
    assert (compared["event"], compared["user"]) == ("compare", "lin")


def test_a_chat_question_stands_in_the_audit_log_under_its_asker(guarded: tuple[Server, str, Path]) -> None:
    """By the page's own way: one JSON command through Gradio's queue, whose second event is the answer."""
    server, token, audit = guarded
    headers = {"Authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=server.url, trust_env=False, headers=headers, timeout=30) as http:
        answering = http.get("/ui/config").json()["dependencies"][1]["id"]
        asked = {"role": "user", "content": [{"type": "text", "text": question_html(QUESTION)}]}
        given = [json.dumps({"kind": "ask", "q": QUESTION}), [asked]]
        call = {"data": given, "fn_index": answering, "session_hash": "audited"}
        assert http.post("/ui/gradio_api/queue/join", json=call).status_code == 200
        with http.stream("GET", "/ui/gradio_api/queue/data", params={"session_hash": "audited"}) as stream:
            done = next(line for line in stream.iter_lines() if '"process_completed"' in line)
        assert json.loads(done.removeprefix("data:"))["success"], server.log()[-3000:]
    record = records(audit)[-1]
    assert (record["event"], record["user"], record["channel"]) == ("ask", "lin", "chat")
    assert record["question"] == QUESTION
